"""The record of a result: the contract's names, what is left out, and that results keep to the schema."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from extractor.document import Box, Cell, Document, Heading, Page, Paragraph, Place, Problem, Table, Text
from extractor.facts import About, BudgetLine, Figure, Form, Indicator, Level, Subtotal, Task
from extractor.findings import Evidence, Finding
from extractor.quantity import Quantity
from extractor.record import (
    SCHEMA_VERSION,
    figure_to_record,
    finding_to_record,
    place_to_record,
    result_to_record,
    source_to_record,
)
from extractor.result import Coverage, Result, Source

SCHEMA: dict[str, Any] = json.loads(files("extractor.outputs").joinpath("schema.json").read_text("utf-8"))


def on_page(page: int, row: int = 0, col: int = 0) -> Place:
    """A cell's place in a PDF."""
    return Place(page, Box(72.123, 301.04, 120.449, 312.0), table=0, row=row, col=col)


def figure(text: str, value: str = "", place: Place | None = None, **more: Any) -> Figure:
    """A figure as recognition gives it; without a value, a text only."""
    precision = len(value.partition(".")[2])
    read = Quantity(text, Decimal(value), precision=precision, **more) if value else None
    return Figure(Text(text, place or on_page(3)), read)


def indicator(name: str, **figures: Figure) -> Indicator:
    """A row of a form."""
    levels = (Level("产出指标", Text("产出指标")), Level("质量指标", Text("质量指标")))
    return Indicator(name, Text(name), "B2-1", levels, **figures, place=on_page(3, 7))


def finding(severity: Any = "error", rule: str = "values-disagree", **more: Any) -> Finding:
    """A finding with two places."""
    evidence = (
        Evidence("96.4%", on_page(3), "实际完成值", value="96.4", unit="%", quote="设备完好率 ≥95% 96.4%"),
        Evidence("94.6%", Place(12, Box(80, 90, 100, 101)), "正文", "stated", "94.6", "%", "完好率为94.6%"),
    )
    message = "设备完好率：自评表为 96.4%，正文为 94.6%"
    return Finding(rule, severity, "B2-1 设备完好率", message, evidence, **more)


def form() -> Form:
    """A form in which every kind of field is filled."""
    several = Figure(
        Text("一类≤30分钟，二类≤60分钟", on_page(3)),
        None,
        (
            Quantity("≤30分钟", Decimal(30), "<=", unit="分钟", exact=True, of="一类"),
            Quantity("≤60分钟", Decimal(60), "<=", unit="分钟", exact=True, of="二类"),
        ),
    )
    rows = (
        indicator(
            "设备完好率",
            explanation=figure("完好设备占全部设备的比例"),
            target=figure("≥95%", "95", op=">=", unit="%", exact=True),
            actual=figure("96.40%", "96.40", unit="%"),
            weight=figure("10", "10", exact=True),
            score=figure("9.5", "9.5"),
            rate=figure("100%", "100", unit="%"),
            rule=figure("每低1个百分点扣0.5分"),
            source=figure("台账"),
            deviation=figure(""),
            note=figure("—"),
        ),
        indicator("响应时间", target=several),
    )
    line = BudgetLine(
        "年度资金总额",
        Text("年度资金总额"),
        initial=figure("3,351.36", "3351.36"),
        full_year=figure("3351.36", "3351.36"),
        executed=figure("3,300.00", "3300.00"),
        weight=figure("10", "10"),
        rate=figure("98.47%", "98.47", unit="%"),
        score=figure("9.85", "9.85"),
        place=on_page(3, 4),
    )
    task = Task(
        "河道整治",
        Text("河道整治"),
        full_year=figure("320.00", "320.00"),
        executed=figure("312.40", "312.40"),
        others={"主要内容": figure("清淤12公里")},
        place=on_page(3, 6),
    )
    return Form(
        "self_evaluation",
        Text("项目支出绩效自评表"),
        2031,
        Text("样例项目"),
        {"主管部门": figure("某局")},
        (line, BudgetLine("其中：财政拨款", Text("其中：财政拨款"), True)),
        {"expected": figure("按期完工"), "actual": figure("已完工")},
        rows,
        (Subtotal(Text("合计"), figure("100", "100"), figure("96", "96"), True, on_page(4)),),
        figure("100", "100"),
        figure("96", "96"),
        "万元",
        1,
        (0,),
        on_page(3),
        tasks=(task,),
    )


def document() -> Document:
    """A heading, a paragraph and a table with a merged cell."""
    cells = (Cell(Text("指标\n名称"), 0, 0, 2), Cell(Text("分值"), 0, 1), Cell(Text("10"), 1, 1))
    table = Table(0, cells, 2, 2, 1, Text("表 1 指标"), Text("单位：万元"), Place(part="body", table=0))
    blocks = (Heading(Text("一、基本情况"), 1), Paragraph(Text("第一行\n第二行")), table)
    return Document("pdf", blocks, (Page(1, 595, 842),), pages_read=1)


def result(**changes: Any) -> Result:
    """A result in which everything that can be stated is stated."""
    about = About(
        "self_evaluation",
        Text("项目支出绩效自评表"),
        Text("样例项目"),
        2031,
        Text("某中心"),
        Text("某局"),
        Text("某公司"),
        Text("某财政局"),
        Text("2032年3月1日"),
        figure("优"),
        figure("96.00", "96.00"),
    )
    whole = Result(
        Source("自评表.pdf", "pdf", "0" * 64, 1234, 12),
        "ok-partial",
        about,
        (form(),),
        (finding(caused=("total-score-1",), confidence=0.98), finding("info", "copied-text")),
        (Problem("page-without-text", "第5页没有文字层。", Place(5)),),
        Coverage(12, 11, 1, 2, 1, 40, 30),
        document(),
    )
    return replace(whole, **changes)


def unread(status: str = "damaged") -> Result:
    """What a file that cannot be read gives."""
    said = Problem(status, "文件“坏.pdf”已损坏。")
    return Result(Source("坏.pdf"), status, problems=(said,))


# The names of contract 1.0. A name may be added here; one that goes or changes needs a new schema_version.
FIGURE = "text op value unit precision exact location"
CONTRACT = {
    "": "schema_version generator source status document forms findings problems coverage tables blocks",
    "generator": "name version",
    "source": "path format sha256 bytes pages",
    "document": "kind title project year project_unit department evaluator commissioner date grade"
    " total_score",
    "document.total_score": FIGURE,
    "forms.0": "kind title year project unit fields budget goals tasks indicators subtotals total placeholders"
    " tables location",
    "forms.0.fields.主管部门": "text location",
    "forms.0.budget.0": "item part initial full_year executed weight rate score location",
    "forms.0.budget.0.rate": FIGURE,
    "forms.0.goals": "expected actual",
    "forms.0.tasks.0": "name full_year executed others location",
    "forms.0.tasks.0.others.主要内容": "text location",
    "forms.0.indicators.0": "code levels name explanation target actual weight score rate rule source"
    " deviation note location",
    "forms.0.indicators.0.target": FIGURE,
    "forms.0.indicators.0.target.location": "page bbox table row col",
    "forms.0.indicators.0.deviation": "text location",
    "forms.0.indicators.1": "code levels name target location",
    "forms.0.indicators.1.target": "text conditions location",
    "forms.0.indicators.1.target.conditions.0": "of text op value unit precision exact",
    "forms.0.subtotals.0": "label grand weight score location",
    "forms.0.total": "weight score",
    "findings.0": "id rule severity subject message evidence expected actual difference impact confidence"
    " caused",
    "findings.0.evidence.0": "role label text value unit quote location",
    "problems.0": "code message location",
    "coverage": "pages pages_read tables indicator_rows placeholders figures figures_checked",
    "tables.0": "number caption unit rows spans header_rows location",
    "blocks.0": "type level text location",
    "blocks.1": "type kind text location",
    "blocks.2": "type number caption unit rows spans header_rows location",
}


def reached(record: Any, path: str) -> Any:
    """The value at a path of keys and positions with dots between."""
    for step in filter(None, path.split(".")):
        record = record[int(step) if isinstance(record, list) else step]
    return record


@pytest.mark.parametrize("path", CONTRACT)
def test_names_are_those_of_the_contract(path: str) -> None:
    assert SCHEMA_VERSION == "1.0", "a new version: give it its own names here and in the schema"
    assert set(reached(result_to_record(result(), True, True), path)) == set(CONTRACT[path].split())


def test_schema_names_what_the_contract_names() -> None:
    defs = SCHEMA["$defs"]
    assert defs["schema_version"] == {"const": SCHEMA_VERSION}
    named = {
        "document": "document",
        "forms.0": "form",
        "forms.0.indicators.0": "indicator",
        "source": "source",
    }
    named |= {
        "forms.0.tasks.0": "task",
        "forms.0.budget.0": "budget_line",
        "findings.0": "finding",
        "findings.0.evidence.0": "evidence",
    }
    named |= {"": "document_result", "coverage": "coverage", "tables.0": "table", "problems.0": "problem"}
    for path, name in named.items():
        assert set(CONTRACT[path].split()) <= set(defs[name]["properties"]), name


VARIANTS = {
    "full": result(),
    "bare": Result(Source("a.docx", "docx"), "ok"),
    "unread": unread(),
    "limit": unread("limit-pages"),
    "no name in UTF-8": Result(Source("\udcff.pdf"), "unreadable"),
    "empty form": result(forms=(Form("other"),), findings=(), about=About()),
}


@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.parametrize("more", [False, True])
def test_every_result_keeps_to_the_schema(name: str, more: bool) -> None:
    record = result_to_record(VARIANTS[name], more, more)
    jsonschema.validate(json.loads(json.dumps(record)), SCHEMA)


BREAKS = {
    "no status": lambda record: record.pop("status"),
    "status unknown": lambda record: record.update(status="fine"),
    "value a number": lambda record: record["document"]["total_score"].update(value=96.0),
    "value without unit": lambda record: record["document"]["total_score"].pop("unit"),
    "severity unknown": lambda record: record["findings"][0].update(severity="fatal"),
    "page from 0": lambda record: record["problems"][0]["location"].update(page=0),
    "name renamed": lambda record: record["forms"][0]["indicators"][0].pop("name"),
    "another version": lambda record: record.update(schema_version="1.1"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_schema_refuses(name: str) -> None:
    record = result_to_record(result(), True, True)
    BREAKS[name](record)
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(record)


def test_figure_keeps_the_digits_printed() -> None:
    record = figure_to_record(figure("≥99.70%", "99.70", op=">=", unit="%"))
    assert record["value"] == "99.70"
    assert (record["text"], record["op"], record["unit"], record["precision"]) == ("≥99.70%", ">=", "%", 2)


def test_figure_text_has_no_line_breaks() -> None:
    assert figure_to_record(Figure(Text(" 按期\n完成 ")))["text"] == "按期完成"


def test_range_and_malformed_figure_say_so() -> None:
    ranged = figure_to_record(figure("5-10天", "5", upper=Decimal("10"), unit="天"))
    assert (ranged["value"], ranged["upper"]) == ("5", "10")
    assert figure_to_record(figure("2728,880", "2728880", malformed=True))["malformed"] is True


def test_blank_and_missing_cells_differ() -> None:
    record = result_to_record(result())["forms"][0]["indicators"]
    assert record[0]["deviation"]["text"] == ""
    assert "deviation" not in record[1]


def test_box_is_rounded_to_a_tenth() -> None:
    assert place_to_record(on_page(3))["bbox"] == [72.1, 301.0, 120.4, 312.0]


def test_docx_place_has_no_page() -> None:
    record = place_to_record(Place(part="body", table=2, row=5, col=4))
    assert record == {"part": "body", "table": 2, "row": 5, "col": 4}


def test_parts_are_all_listed_and_do_not_repeat_the_cell() -> None:
    upper, lower = Box(1, 2, 3, 4), Box(1, 0, 3, 2)
    cell = {"table": 1, "row": 2, "col": 0}
    parts = (Place(3, upper, **cell), Place(4, lower, **cell))
    record = place_to_record(Place(3, upper, **cell, parts=parts))
    assert record["parts"] == [{"page": 3, "bbox": [1, 2, 3, 4]}, {"page": 4, "bbox": [1, 0, 3, 2]}]
    assert (record["page"], record["row"]) == (3, 2)


def test_evidence_without_a_figure_has_no_value() -> None:
    said = finding_to_record(replace(finding(), evidence=(Evidence("健全", on_page(3), "实际完成值"),)))
    assert "value" not in said["evidence"][0]
    assert "caused" not in said


def test_table_rows_and_spans() -> None:
    table = result_to_record(result(), tables=True)["tables"][0]
    assert table["rows"] == [["指标名称", "分值"], ["", "10"]]
    assert table["spans"] == [[0, 0, 2, 1]]
    assert (table["caption"], table["unit"], table["header_rows"]) == ("表 1 指标", "单位：万元", 1)


def test_blocks_are_in_reading_order() -> None:
    record = result_to_record(result(), text=True)
    assert [block["type"] for block in record["blocks"]] == ["heading", "paragraph", "table"]
    assert record["blocks"][1]["text"] == "第一行\n第二行"
    assert "tables" not in record


def test_name_with_any_bytes() -> None:
    record = source_to_record(Source("表\udcff.pdf"))
    assert record["path"] == "表\\xff.pdf"
    assert bytes.fromhex(record["path_hex"]) == "表".encode() + b"\xff.pdf"


def test_finding_is_named_by_what_is_printed_not_by_where() -> None:
    moved = replace(finding(), evidence=tuple(replace(e, place=Place(9)) for e in finding().evidence))
    other = replace(finding(), evidence=(finding().evidence[0],))
    assert finding_to_record(moved)["id"] == finding_to_record(finding())["id"]
    assert finding_to_record(other)["id"] != finding_to_record(finding())["id"]
