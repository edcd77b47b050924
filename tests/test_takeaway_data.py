"""Data for other systems: CSV by a reversible rule, mapped rows, data frames."""

from __future__ import annotations

import csv
import json
import random
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from takeaway import DOCUMENTS, HOSTILE, OFFICE, converted, hostile, read, write
from test_record import result, unread

import cli
from extractor.outputs import Batch
from extractor.outputs.csv import guarded, line, sheet, unguarded
from extractor.outputs.mapped.mapping import Fields, read_fields
from extractor.rows import KINDS, columns

MAPS = Path(__file__).parents[1] / "docs" / "maps"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
REPORT = "report-bicycles-errors.pdf"


def lines(path: Path) -> list[list[str]]:
    """A CSV as any reader has it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


# CSV


@pytest.mark.parametrize("text", [*HOSTILE, "", "普通", "96.4%", "'", "''=1", "\r=1", "\n=1", "＝1"])
def test_the_guard_is_reversible(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)


@pytest.mark.parametrize("kind", KINDS)
def test_csv_read_back_is_the_rows(kind: str, tmp_path: Path) -> None:
    write("csv", Batch([hostile(), read(REPORT)], many=True), tmp_path / "r.csv")
    head, *rows = lines(tmp_path / f"r-{kind}.csv")
    wanted = [row for found in (hostile(), read(REPORT)) for row in KINDS[kind](found)]
    assert head == columns(kind) and len(rows) == len(wanted) > 0
    for row, want in zip(rows, wanted, strict=True):
        for cell, value in zip(row, want.values(), strict=True):
            assert not cell.startswith(FORMULA) or isinstance(value, Decimal)
            if isinstance(value, str):
                assert unguarded(cell) == value
            else:
                assert cell == (
                    "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
                )


EVALUATING = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,0,true"
FORMULA_CELL = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}formula"
VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value"


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_libreoffice_finds_no_formula_in_the_csv(tmp_path: Path) -> None:
    """Read by LibreOffice with formulas evaluated: an unguarded file has one, ours have none but numbers."""
    write("csv", Batch([hostile(), read(REPORT)], many=True), tmp_path / "r.csv")
    (tmp_path / "bare.csv").write_text("=1+1,2\n", "utf-8-sig")
    sources = [tmp_path / f"{name}.csv" for name in ("bare", *(f"r-{kind}" for kind in KINDS))]
    files = {
        file.stem: file for file in converted(sources[0], "fods", tmp_path, *sources[1:], reader=EVALUATING)
    }
    if not files:
        pytest.skip("LibreOffice has no Calc")
    trees = {name: etree.parse(str(file)) for name, file in files.items()}
    formulas = {name: [e for e in tree.iter() if e.get(FORMULA_CELL)] for name, tree in trees.items()}
    assert len(trees) == len(sources) and len(formulas.pop("bare")) == 1
    assert not any(formulas.values())
    scores = [
        row["score_value"] for row in KINDS["indicators"](read(REPORT)) if row["score_value"] is not None
    ]
    values = [Decimal(value) for e in trees["r-indicators"].iter() if (value := e.get(VALUE))]
    assert scores and all(score in values for score in scores)


def test_any_text_is_guarded_and_comes_back(tmp_path: Path) -> None:
    """Thousands of texts made of what is dangerous or in the way, through a file and back."""
    chance = random.Random(7)
    pieces = [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "'",
        '"',
        ",",
        ";",
        "＝",
        " ",
        "0",
        "甲",
        "\x00",
        "\ufeff",
    ]
    texts = ["".join(chance.choices(pieces, k=chance.randrange(6))) for _ in range(4000)]
    with sheet(tmp_path / "t.csv") as out:
        out.writerows(line([text]) for text in texts)
    cells = ["".join(row) for row in lines(tmp_path / "t.csv")]
    assert [unguarded(cell) for cell in cells] == texts
    assert not [cell for cell in cells if cell.startswith(FORMULA)]


def test_csv_begins_with_a_mark_that_excel_knows(tmp_path: Path) -> None:
    write("csv", result(), tmp_path / "r.csv")
    assert {path.read_bytes()[:3] for path in tmp_path.iterdir()} == {b"\xef\xbb\xbf"}


def test_findings_between_documents_are_in_the_csv(tmp_path: Path) -> None:
    found = read(REPORT).findings[:1]
    write("csv", Batch([unread()], many=True, findings=found), tmp_path / "r.csv")
    rows = lines(tmp_path / "r-findings.csv")
    assert len(rows) == 2 and rows[1][rows[0].index("message")] == found[0].message


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_a_kind_have_the_same_columns(kind: str) -> None:
    rows = [row for found in (result(), hostile(), read(REPORT)) for row in KINDS[kind](found)]
    assert {tuple(row) for row in rows} == {tuple(columns(kind))}


def test_an_amount_without_a_unit_has_that_of_its_form() -> None:
    row = next(KINDS["budgets"](result()))
    assert (row["executed"], row["executed_value"], row["executed_unit"]) == (
        "3,300.00",
        Decimal("3300.00"),
        "万元",
    )


# Mapped rows


def mapping(tmp_path: Path, text: str) -> Fields:
    path = tmp_path / "fields.yml"
    path.write_text(text, "utf-8")
    return read_fields(path)


AMOUNTS = """
rows: budgets
columns:
  - {name: 项目, field: project}
  - {name: 执行数（元）, field: executed, unit: 元, decimals: 2, thousands: true}
  - {name: 执行数（亿元）, field: executed, unit: 亿元, otherwise: ""}
  - {name: 执行率, field: rate, unit: "%", decimals: 1}
  - {name: 来源, text: =自评}
"""


def test_mapped_csv(tmp_path: Path) -> None:
    batch = Batch([result()], fields=mapping(tmp_path, AMOUNTS))
    head, first, second = lines(write("mapped", batch, tmp_path / "m.csv"))
    assert head == ["项目", "执行数（元）", "执行数（亿元）", "执行率", "来源"]
    assert first == ["样例项目", "33,000,000.00", "0.33", "98.5", "'=自评"]
    assert second == ["样例项目", "", "", "", "'=自评"]


def test_mapped_json(tmp_path: Path) -> None:
    batch = Batch([result()], fields=mapping(tmp_path, AMOUNTS))
    rows = json.loads(write("mapped", batch, tmp_path / "m.json").read_text("utf-8"))
    assert rows[0] == {
        "项目": "样例项目",
        "执行数（元）": "33,000,000.00",
        "执行数（亿元）": 0.33,
        "执行率": 98.5,
        "来源": "=自评",
    }


def test_mapped_workbook_has_numbers(tmp_path: Path) -> None:
    batch = Batch([result()], fields=mapping(tmp_path, AMOUNTS))
    sheet = openpyxl.load_workbook(write("mapped", batch, tmp_path / "m.xlsx")).active
    assert sheet is not None
    cells = list(sheet[2])
    assert [cell.value for cell in cells] == ["样例项目", 33000000, 0.33, 98.5, "=自评"]
    assert cells[1].number_format == "#,##0.00" and cells[4].data_type == "s"


def test_rows_that_are_not_wanted_are_left_out(tmp_path: Path) -> None:
    column = "{name: 级别, field: severity, values: {error: 错误}}"
    text = f"rows: findings\nwhere: {{severity: [error]}}\ncolumns: [{column}]"
    batch = Batch([result()], fields=mapping(tmp_path, text))
    assert lines(write("mapped", batch, tmp_path / "m.csv")) == [["级别"], ["错误"]]


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.yml")), ids=lambda path: path.stem)
def test_examples_give_rows(path: Path, tmp_path: Path) -> None:
    batch = Batch(
        [read("self-evaluation-meals.docx"), read("targets-care.docx")], many=True, fields=read_fields(path)
    )
    head, *rows = lines(write("mapped", batch, tmp_path / "m.csv"))
    assert len(rows) > 3 and all(len(row) == len(head) for row in rows)
    assert [row[0] for row in rows if not row[0]] == []


BAD = {
    "rows: tables\ncolumns: []": (1, "tables"),
    "rows: budgets\n": (1, "缺少 columns"),
    "rows: budgets\ncolumns:\n  - {name: a, field: nothing}": (3, "nothing"),
    "rows: budgets\ncolumns:\n  - name: a\n    feild: project": (4, "feild"),
    "rows: budgets\ncolumns:\n  - {name: a}": (3, "field 或 text"),
    "rows: budgets\ncolumns:\n  - {field: project}": (3, "name"),
    "rows: budgets\ncolumns:\n  - name: a\n    field: executed\n    decimals: two": (5, "two"),
    "rows: budgets\ncolumns:\n  - {name: a, field: project, unit: 万元}": (3, "不是数值"),
    "rows: budgets\ncolumns:\n  - {name: a, field: item}\n  - {name: a, field: project}": (4, "重复"),
    "rows: budgets\nrows: budgets": (2, "两次"),
    "rows: budgets\ncolumns: [": (2, "YAML"),
    "- 1": (1, "rows"),
    "": (1, "rows"),
}


@pytest.mark.parametrize("text", BAD)
def test_a_wrong_mapping_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    line, words = BAD[text]
    with pytest.raises(ValueError, match=rf"fields\.yml”第 {line} 行：.*{words}"):
        mapping(tmp_path, text)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--map", "missing.yml", "-o", "x.csv"],
        ["--map", str(MAPS / "budgets.yml")],
        ["--debug-tables", "drawn", "-o", "out/"],
    ],
)
def test_the_command_refuses_what_does_not_go_together(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run([str(DOCUMENTS / REPORT), *arguments]) == 2
    assert not list(tmp_path.iterdir())


# Data frames


def test_frames() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frames = read(REPORT).to_pandas()
    assert list(frames.indicators.columns) == columns("indicators")
    assert len(frames.findings) == len(read(REPORT).findings)
    assert frames.indicators.score_value.dtype == "float64"
    texts = [row.score.string for form in read(REPORT).forms for row in form.indicators if row.score]
    assert [text for text in frames.indicators.score if isinstance(text, str)] == texts


def test_frames_of_a_file_that_was_not_read_are_empty() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    assert [len(frame) for frame in unread().to_pandas()] == [0, 0, 0]


def test_without_pandas_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pip install pandas"):
        result().to_pandas()
