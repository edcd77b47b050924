"""PDF files to documents: what typesetters make of known content, hard layouts, faults and limits."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import yaml
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extractor.document import Document, Heading, Paragraph, Table, Unreadable
from extractor.layout import limits
from extractor.layout.lattice import edges_to_cells
from extractor.layout.pdfium import PdfiumFile
from extractor.layout.plumber import _chars, read_page
from extractor.parsers.pdf import parse

CORPUS = Path(__file__).parent.parent / "corpus"
TYPESET = sorted(p for p in (CORPUS / "typeset").glob("*.pdf") if not p.stem.startswith("unruled"))
UNRULED = sorted((CORPUS / "typeset").glob("unruled-*.pdf"))
ROWS = [["项目", "预算数", "决算数"], ["绿化养护", "1,234.56", "1,200.00"], ["道路保洁", "88.00", "80.15"]]
Draw = Callable[[Canvas], None]

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


# What typesetters make of known content


def contents(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(
        (CORPUS / "typeset" / f"{name}.yml").read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="module")
def content() -> list[dict[str, Any]]:
    return contents("report")


@pytest.fixture(scope="module", params=TYPESET, ids=lambda path: path.stem)
def typeset(request: pytest.FixtureRequest) -> Document:
    return parse(request.param)


def test_tables_are_those_of_the_source(typeset: Document, content: list[dict[str, Any]]) -> None:
    assert_tables(typeset, content)


@pytest.mark.parametrize("path", UNRULED, ids=lambda path: path.stem)
def test_unruled_tables_are_those_of_the_source(path: Path) -> None:
    document = parse(path)
    assert_tables(document, contents("unruled"))
    body = [b for b in document.blocks if isinstance(b, Paragraph) and b.kind == "body"]
    assert [plain(b.text.string) for b in body] == [plain(i["p"]) for i in contents("unruled") if "p" in i]


def assert_tables(document: Document, content: list[dict[str, Any]]) -> None:
    """Every table with its texts, merged cells, caption and unit."""
    made = [item["table"] for item in content if "table" in item]
    assert len(document.tables) == len(made)
    for table, truth in zip(document.tables, made, strict=True):
        assert [[plain(c) for c in row] for row in table.strings()] == [
            [plain(c) for c in row] for row in truth["rows"]
        ]
        spans = [[c.row, c.col, c.rowspan, c.colspan] for c in table.cells if c.rowspan * c.colspan > 1]
        assert sorted(spans) == sorted(truth["spans"])
        assert plain(str(table.caption or "")) == plain(truth["caption"])
        assert plain(str(table.unit or "")) == plain(truth["unit"])


def test_lines_broken_by_the_width_are_joined(typeset: Document) -> None:
    assert not [
        cell.text.string for table in typeset.tables for cell in table.cells if "\n" in cell.text.string
    ]


def test_paragraphs_and_headings_are_those_of_the_source(
    typeset: Document, content: list[dict[str, Any]]
) -> None:
    made = [plain(item["p"]) for item in content if "p" in item]
    read = [plain(b.text.string) for b in typeset.blocks if isinstance(b, Paragraph) and b.kind == "body"]
    assert read == made
    heads = [plain(b.text.string) for b in typeset.blocks if isinstance(b, Heading)]
    assert "一、项目进度" in heads and "支付进度说明" in heads


def test_every_printed_character_of_a_cell_stands_in_one_of_its_parts(typeset: Document) -> None:
    for table in typeset.tables:
        for cell in table.cells:
            parts = cell.text.home.parts or (cell.text.home,)
            for page, box in cell.text.ink.lines(0, len(cell.text)) if cell.text.ink else []:
                homes = [p.box for p in parts if p.page == page and p.box]
                middle = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
                assert any(b.x0 <= middle[0] <= b.x1 and b.top <= middle[1] <= b.bottom for b in homes)


def test_a_joined_table_keeps_a_part_for_each_page(typeset: Document) -> None:
    pages = [part.page for part in typeset.tables[0].place.parts]
    assert len(pages) > 1 and pages == sorted(set(pages))
    assert typeset.pages_read == len(typeset.pages) and not typeset.problems


@pytest.mark.parametrize(
    "path", [*TYPESET, *sorted((CORPUS / "documents").glob("*.pdf"))], ids=lambda path: path.stem
)
def test_cell_boxes_are_those_of_pdfplumber(path: Path) -> None:
    with PdfiumFile(path) as ours, pdfplumber.open(path) as reference:
        for number, page in enumerate(reference.pages, 1):
            ours.add(number)
            (own,) = ours.take()
            assert own is not None
            theirs = sorted(c for t in page.find_tables() for c in t.cells)
            tables = edges_to_cells(own.edges)
            found = sorted(tuple(box) for cells in tables if len(cells) > 1 for box in cells)
            assert len(found) == len(theirs)
            for a, b in zip(found, theirs, strict=True):
                assert a == pytest.approx(b, abs=0.3)
            page.close()


def test_the_second_engine_reads_the_same_page() -> None:
    path = CORPUS / "typeset" / "libreoffice.pdf"
    with PdfiumFile(path) as file:
        file.add(1)
        (first,) = file.take()
    second = read_page(path, 1)
    assert first is not None
    assert (first.width, first.height) == pytest.approx((second.width, second.height), abs=0.5)
    letters = [sorted(chr(c) for c in page.chars.codes if c > 0x20) for page in (first, second)]
    assert letters[0] == letters[1]
    boxes = [[box for cells in edges_to_cells(page.edges) for box in cells] for page in (first, second)]
    assert len(boxes[0]) == len(boxes[1]) > 20


# Hard layouts


def made(folder: Path, *draws: Draw, size: tuple[float, float] = (595, 842), **options: Any) -> Path:
    """A PDF with one page for each drawing."""
    path = folder / "made.pdf"
    canvas = Canvas(str(path), pagesize=size, **options)
    for draw in draws:
        canvas.setFont("STSong-Light", 10.5)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def texts(canvas: Canvas, dy: float = 0, rows: list[list[str]] = ROWS) -> None:
    for r, row in enumerate(rows):
        for x, text in zip((100, 250, 400), row, strict=False):
            canvas.drawString(x, 720 - 20 * r + dy, text)


def level(canvas: Canvas, *heights: float, dy: float = 0) -> None:
    for y in heights:
        canvas.line(90, y + dy, 500, y + dy)


def upright(canvas: Canvas, *positions: float, dy: float = 0) -> None:
    for x in positions:
        canvas.line(x, 735 + dy, x, 674 + dy)


def grid(canvas: Canvas, dy: float = 0, rows: list[list[str]] = ROWS) -> None:
    texts(canvas, dy, rows)
    level(canvas, 735, 714, 694, 674, dy=dy)
    upright(canvas, 90, 240, 390, 500, dy=dy)


def three_lines(canvas: Canvas) -> None:
    texts(canvas)
    level(canvas, 735, 713, 674)


def level_rules(canvas: Canvas) -> None:
    texts(canvas)
    level(canvas, 735, 714, 694, 674)


def open_sides(canvas: Canvas) -> None:
    texts(canvas)
    level(canvas, 735, 714, 694, 674)
    upright(canvas, 240, 390)


def tilted(canvas: Canvas) -> None:
    canvas.rotate(0.15)
    grid(canvas)


def sideways(canvas: Canvas) -> None:
    canvas.translate(595, 0)
    canvas.rotate(90)
    canvas.setFont("STSong-Light", 10.5)
    grid(canvas, -200)


def sideways_down(canvas: Canvas) -> None:
    canvas.translate(0, 842)
    canvas.rotate(-90)
    canvas.setFont("STSong-Light", 10.5)
    grid(canvas, -200)


def cropped(canvas: Canvas) -> None:
    canvas.setCropBox((50, 100, 560, 800))
    grid(canvas)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("form")
    canvas.setFont("STSong-Light", 10.5)
    grid(canvas)
    canvas.endForm()
    canvas.doForm("form")


def printed_twice(canvas: Canvas) -> None:
    grid(canvas)
    texts(canvas)


def closed_paths(canvas: Canvas) -> None:
    """Each cell a path of its own, three sides drawn and the fourth by closing it."""
    texts(canvas)
    for left, right in pairwise((90, 240, 390, 500)):
        for top, foot in pairwise((735, 714, 694, 674)):
            path = canvas.beginPath()
            path.moveTo(left, top)
            for x, y in ((right, top), (right, foot), (left, foot)):
                path.lineTo(x, y)
            path.close()
            canvas.drawPath(path)


HARD = [
    three_lines,
    level_rules,
    open_sides,
    tilted,
    sideways,
    sideways_down,
    cropped,
    in_a_form,
    printed_twice,
    closed_paths,
]


@pytest.mark.parametrize("draw", HARD, ids=lambda draw: draw.__name__)
def test_hard_layouts_give_the_same_table(draw: Draw, tmp_path: Path) -> None:
    document = parse(made(tmp_path, draw))
    assert [table.strings() for table in document.tables] == [ROWS]


def test_places_are_those_of_the_page_as_seen(tmp_path: Path) -> None:
    upright_place = parse(made(tmp_path, grid)).tables[0].at(1, 1)
    cropped_place = parse(made(tmp_path, cropped)).tables[0].at(1, 1)
    turned_place = parse(made(tmp_path, sideways)).tables[0].at(1, 1)
    assert upright_place and cropped_place and turned_place
    assert upright_place.text.home.box == pytest.approx((240, 842 - 714, 390, 842 - 694), abs=0.1)
    assert cropped_place.text.home.box == pytest.approx((190, 800 - 714, 340, 800 - 694), abs=0.1)
    assert turned_place.text.home.box == pytest.approx((595 - 514, 842 - 390, 595 - 494, 842 - 240), abs=0.1)
    box = turned_place.text.place.box
    assert box and 80 < box.x0 < box.x1 < 102 and 452 < box.top < box.bottom < 602


def test_tables_beside_each_other_stay_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for dx in (0, 260):
            canvas.grid([50 + dx, 150 + dx, 250 + dx], [674, 694, 714])
            canvas.drawString(60 + dx, 700, "甲")

    assert [t.strings() for t in parse(made(tmp_path, draw)).tables] == [[["甲", ""], ["", ""]]] * 2


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(90, 650, 400, 80)
        canvas.drawString(100, 700, "方框里的说明文字")

    document = parse(made(tmp_path, draw))
    assert not document.tables and [b.text.string for b in document.blocks if isinstance(b, Paragraph)] == [
        "方框里的说明文字"
    ]


def test_a_figure_broken_in_a_narrow_cell_is_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([90, 130, 300], [600, 660, 700])
        for y, left in ((685, "2,256."), (673, "26")):
            canvas.drawString(96, y, left)
        for y, left in ((645, "100.00"), (633, "%")):
            canvas.drawString(95, y, left)
        for y, line in ((685, "第一段到此结束。"), (673, "第二段另起一行。")):
            canvas.drawString(136, y, line)

    (table,) = parse(made(tmp_path, draw)).tables
    assert [[c.text.string for c in table.row(r)] for r in (0, 1)] == [
        ["2,256.26", "第一段到此结束。\n第二段另起一行。"],
        ["100.00%", ""],
    ]


# Tables without level rulings

HEAD = ["类别", "预算数", "决算数", "执行率"]
SPENT = [
    ["道路养护", "1,234.56", "1,200.00", "97.20%"],
    ["绿化", "88.00", "80.15", "91.08%"],
    ["保洁", "15.00", "15.00", "100%"],
]
FAULTS = [["序号", "问题", "建议", "单位"], ["1", "支付慢", "加快", "甲局"], ["2", "无台账", "补建", "乙局"]]
CLAUSE = "本项目各类支出均已经过复核，与账面一致，没有差异，余款在年末结清"
Printed = list[list[str]]


def aligned(
    rows: Printed, title: str = CLAUSE, after: Printed | None = None, uprights: Sequence[float] = ()
) -> Draw:
    """Rows in columns with nothing but gaps, or upright rulings, between them; after a sentence others."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(150, 733, title)
        lines = [*rows, *([[CLAUSE], *after] if after else [])]
        for r, row in enumerate(lines):
            for x, text in zip((90, 200, 300, 400), row, strict=False):
                canvas.drawString(x, 700 - 20 * r, text)
        for x in uprights:
            canvas.line(x, 715, x, 715 - 20 * len(rows))

    return draw


@pytest.mark.parametrize(
    ("rows", "title", "uprights"),
    [
        ([HEAD, *SPENT], CLAUSE, ()),
        ([HEAD, *SPENT[:2]], "表1 支付情况", ()),
        ([*FAULTS, ["3", "未验收", "验收", "丙局"]], "表2 问题清单", ()),
        ([HEAD, *SPENT], CLAUSE, (85, 190, 290, 390, 500)),
        ([HEAD, *SPENT], CLAUSE, (190, 290, 390)),
    ],
    ids=["head and figures", "caption", "caption, no figures", "uprights", "inner uprights"],
)
def test_columns_under_a_head_are_a_table(
    rows: Printed, title: str, uprights: Sequence[float], tmp_path: Path
) -> None:
    (table,) = parse(made(tmp_path, aligned(rows, title, uprights=uprights))).tables
    assert table.strings() == rows and str(table.caption or "") == (title if "表" in title else "")


@pytest.mark.parametrize(
    ("rows", "title", "after"),
    [
        ([["张三", "李四", "王五", "赵六"]] * 4, "评价工作组成员：", None),
        (
            [["填表人：", "审核人：", "负责人：", "日期："], *[["张三", "李四", "王五", "2023.1.5"]] * 3],
            "目标表",
            None,
        ),
        (
            [
                ["项目名称：甲", "部门：乙", "年度：2022"],
                ["电话：123", "传真：4567", "结余：2"],
                ["地址：路", "邮编：1000", "账号：12"],
            ],
            "项目申报表",
            None,
        ),
        (
            [["□是", "□一般", "□不清楚"], ["□满意", "□否", "□其他"], ["□高", "□中等", "□低"]],
            "满意度调查表",
            None,
        ),
        ([list("项目支出"), list("绩效评价"), list("自评报告")], "申报表", None),
        (
            [["一、", "概况", "说明", "1"], ["二、", "结论", "说明", "3"], ["三、", "分析", "说明", "9"]],
            "目录",
            None,
        ),
        ([["120", "130", "150", "160"], ["2019年", "2020年", "2021年", "2022年"], *SPENT[:2]], CLAUSE, None),
        (FAULTS, CLAUSE, None),
        ([["项目资金用于道路", "项目资金用于道路", "项目资金用于道路"]] * 9, CLAUSE, None),
        ([HEAD, *SPENT], CLAUSE, SPENT),
        ([HEAD, *SPENT], "", None),
        ([["类别", "支付情况", "", "执行率"], ["", "预算数", "决算数"], *SPENT], "支付情况表", None),
    ],
    ids=[
        "names",
        "lines to sign",
        "labels",
        "boxes to tick",
        "letters set apart",
        "contents",
        "labels of a chart",
        "nothing tells",
        "prose in columns",
        "its end cannot be told",
        "its beginning cannot be told",
        "a head of two levels",
    ],
)
def test_what_stands_in_columns_is_not_yet_a_table(
    rows: Printed, title: str, after: Printed | None, tmp_path: Path
) -> None:
    document = parse(made(tmp_path, aligned(rows, title, after)))
    printed = "".join(
        text for row in [[title], *rows, [CLAUSE] * bool(after), *(after or [])] for text in row
    )
    assert document.tables == ()
    assert (
        plain("".join(b.text.string for b in document.blocks if isinstance(b, Paragraph | Heading)))
        == printed
    )


def framed(canvas: Canvas, rows: Printed, *levels: float) -> None:
    """A frame with upright rulings, and level ones at some heights."""
    for r, row in enumerate(rows):
        for x, text in zip((90, 200, 300, 400), row, strict=False):
            canvas.drawString(x, 720 - 20 * r, text)
    canvas.grid([85, 190, 290, 390, 500], [735, *levels, 735 - 20 * len(rows)])


@pytest.mark.parametrize("levels", [(), (714,)], ids=["frame", "rule under the head"])
def test_rows_that_no_ruling_parts_are_rows(levels: Sequence[float], tmp_path: Path) -> None:
    (table,) = parse(made(tmp_path, lambda canvas: framed(canvas, [HEAD, *SPENT], *levels))).tables
    assert table.strings() == [HEAD, *SPENT]


@pytest.mark.parametrize(
    "rows",
    [
        [["质量控制", "≥95%", "97.20%", "5"], ["合格率", "", "", ""], ["（年末）", "", "", ""]],
        [
            ["质量控", "质量控", "1,200,", "抽样"],
            ["制合格", "制合格", "345,", "核查"],
            ["率甲乙", "率丙丁", "678.90", "账面"],
        ],
    ],
    ids=["a form's row", "a broken figure"],
)
def test_a_row_of_several_lines_stays_one(rows: Printed, tmp_path: Path) -> None:
    (table,) = parse(made(tmp_path, lambda canvas: framed(canvas, [HEAD, *rows], 714))).tables
    assert table.n_rows == 2


def test_the_last_text_of_a_table_without_rulings_is_whole(tmp_path: Path) -> None:
    rows = [*FAULTS, ["3", "未验收，台账", "验收", "丙局"], ["", "不全"]]
    (table,) = parse(made(tmp_path, aligned(rows, "表2 问题清单"))).tables
    assert table.strings() == [*FAULTS, ["3", "未验收，台账不全", "验收", "丙局"]]


def test_a_table_without_rulings_goes_on_over_the_page(tmp_path: Path) -> None:
    rows = [[f"类{n}", f"{n}.50", f"{n}.25", "50%"] for n in range(40)]
    (table,) = parse(made(tmp_path, aligned([HEAD, *rows[:33]]), aligned(rows[33:], "", [[""]]))).tables
    assert table.strings() == [HEAD, *rows]


# Pages after each other


def titled(title: str, rows: list[list[str]]) -> Draw:
    def draw(canvas: Canvas) -> None:
        if title:
            canvas.drawString(250, 750, title)
        grid(canvas, rows=rows)

    return draw


OTHER = [["项目", "预算数", "决算数"], ["法律援助", "66.00", "65.00"], ["合计", "1,388.56", "1,345.15"]]


def test_a_repeated_head_is_dropped_and_counted(tmp_path: Path) -> None:
    (table,) = parse(made(tmp_path, titled("", ROWS), titled("", OTHER))).tables
    assert table.strings() == [*ROWS, *OTHER[1:]] and table.header_rows == 1
    assert [part.page for part in table.place.parts] == [1, 2]


def test_a_title_between_keeps_tables_apart(tmp_path: Path) -> None:
    assert len(parse(made(tmp_path, titled("", ROWS), titled("另一张表", OTHER))).tables) == 2


def test_a_continued_caption_does_not(tmp_path: Path) -> None:
    document = parse(made(tmp_path, titled("表 1-1 资金情况", ROWS), titled("续表 1-1 资金情况", OTHER)))
    assert [table.n_rows for table in document.tables] == [5]


def test_the_next_form_of_the_same_kind_is_a_table_of_its_own(tmp_path: Path) -> None:
    first = [["项目名称", "甲", "2023"], ["金额", "1", "2"], ["说明", "无", "无"]]
    second = [["项目名称", "乙", "2023"], ["金额", "3", "4"], ["说明", "无", "无"]]
    assert len(parse(made(tmp_path, titled("", first), titled("", second))).tables) == 2


def test_a_label_that_rows_repeat_begins_no_new_form(tmp_path: Path) -> None:
    first = [["产出指标", "甲", "12"], ["产出指标", "乙", "34"], ["产出指标", "丙", "56"]]
    second = [["产出指标", "丁", "78"], ["效益指标", "戊", "90"], ["合计", "己", "270"]]
    (table,) = parse(made(tmp_path, titled("", first), titled("", second))).tables
    assert table.strings() == first + second


def test_running_heads_and_page_numbers_stay_out_of_the_prose(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(90, 810, "某某项目评价报告")
            canvas.drawString(290, 30, f"- {number} -")
            for line in range(6):
                canvas.drawString(90, 760 - 18 * line, f"第{number}页第{line}句写明了项目的情况。")

        return draw

    document = parse(made(tmp_path, *map(page, range(1, 5))))
    body = [b.text.string for b in document.blocks if isinstance(b, Paragraph) and b.kind == "body"]
    assert len(body) == 24 and all(line.startswith("第") for line in body)
    assert {b.kind for b in document.blocks if isinstance(b, Paragraph)} == {"body", "header", "footer"}


# Long documents: put together by sections


def long_page(number: int) -> Draw:
    """Prose that goes on over pages, and every fourth page the table of the page before."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(90, 810, "某某项目评价报告")
        canvas.drawString(290, 30, f"- {number} -")
        if number % 4 == 0:
            return grid(canvas, rows=OTHER)
        for line in range(12):
            canvas.drawString(
                90, 780 - 18 * line, "本项目的资金用于道路养护和绿化，支出依照合同，凭证齐全并经复核"
            )
        return grid(canvas, -600) if number % 4 == 3 else None

    return draw


def test_sections_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path, *map(long_page, range(1, 21)))
    whole = parse(path)
    monkeypatch.setattr("extractor.layout.assembly._SECTION", 3)
    assert parse(path) == whole
    assert [table.n_rows for table in whole.tables] == [5] * 5
    assert {
        len(b.text.place.parts) > 1 for b in whole.blocks if isinstance(b, Paragraph) and b.kind == "body"
    } == {True}


def test_only_the_document_grows_with_its_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held at most, less what the document itself takes, is the same for twice as many pages."""
    monkeypatch.setattr("extractor.layout.assembly._SECTION", 4)

    def besides(pages: int) -> int:
        path = made(tmp_path, *map(long_page, range(1, pages + 1)))
        tracemalloc.start()
        document = parse(path)
        held, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(document.pages) == pages
        return peak - held

    besides(8)  # what is made once is made
    assert besides(48) < 1.05 * besides(24)


# Faults of the text layer


def problems(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def test_radicals_become_characters_and_are_counted(tmp_path: Path) -> None:
    document = parse(made(tmp_path, lambda c: c.drawString(90, 700, "⼀⼈⾏⺠⻓⻅")))
    assert "".join(b.text.string for b in document.blocks if not isinstance(b, Table)) == "一人行民长见"
    assert problems(document) == ["glyph-repaired"] and document.problems[0].message.startswith("6")


def test_unknown_glyphs_are_told_and_make_a_page_untrusted(tmp_path: Path) -> None:
    document = parse(made(tmp_path, lambda c: c.drawString(90, 700, "\ue000\ue001\ue002\ue003项目")))
    assert problems(document) == ["page-untrusted-text", "glyph-unknown"] and document.pages_read == 0


def test_a_slanted_watermark_is_left_out_and_told(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas)
        canvas.translate(150, 640)
        canvas.rotate(35)
        canvas.setFont("STSong-Light", 30)
        canvas.drawString(0, 0, "内部资料")

    document = parse(made(tmp_path, draw))
    assert [table.strings() for table in document.tables] == [ROWS] and len(document.blocks) == 1
    assert problems(document) == ["text-slanted"] and document.problems[0].message.startswith("4")


def test_a_picture_without_text_is_told_and_a_blank_page_is_not(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (20, 30), 200)), 0, 0, 595, 842)

    document = parse(made(tmp_path, scan, lambda c: None))
    assert [(p.code, p.place.page) for p in document.problems] == [("page-without-text", 1)]
    assert document.pages_read == 1 and len(document.pages) == 2


# Files that cannot be read, and limits

SAMPLE = CORPUS / "typeset" / "reportlab.pdf"
LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", "empty"), (b"plain text", "damaged"), (SAMPLE.read_bytes()[:5000], "damaged")],
    ids=["empty", "no pdf", "truncated"],
)
def test_what_is_no_pdf_is_refused_with_its_status(data: bytes, status: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as error:
        parse(path)
    assert error.value.status == status and re.search("[一-鿿]", error.value.message)


def test_a_locked_file_needs_its_password(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as error:
        parse(made(tmp_path, grid, encrypt=StandardEncryption("user", "owner")))
    assert error.value.status == "needs-password"


def test_a_page_tree_that_holds_itself_is_told(tmp_path: Path) -> None:
    path = tmp_path / "loop.pdf"
    path.write_bytes(LOOP)
    assert problems(parse(path)) == ["page-unreadable"]


def lattice(n: int, step: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50 + step * i for i in range(n)], [50 + step * i for i in range(n)])

    return draw


@pytest.mark.parametrize(("letter", "n"), [("绩", 16_400), ("x", 32_800)], ids=["two bytes", "one byte"])
def test_a_line_without_end_is_read_in_full(letter: str, n: int, tmp_path: Path) -> None:
    """pdfium cuts a string of more than 32,767 bytes; the second engine does not."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light" if letter > "z" else "Helvetica", 6)
        canvas.drawString(50, 700, letter * n + "W")

    document = parse(made(tmp_path, draw))
    assert "".join(b.text.string for b in document.blocks if isinstance(b, Paragraph)) == letter * n + "W"
    assert problems(document) == [] and document.pages_read == 1


def test_a_line_that_only_one_engine_reads_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.layout.plumber.read_page", None)
    document = parse(made(tmp_path, lambda canvas: canvas.drawString(50, 700, "x" * 17_000)))
    assert problems(document) == ["limit-page-chars"] and document.pages_read == 0


def test_the_second_engine_reads_ligatures_and_counts_unknown_glyphs() -> None:
    item = {"x0": 10.0, "x1": 16.0, "top": 5.0, "bottom": 15.0, "matrix": (1, 0, 0, 1, 0, 0)}
    found = _chars([item | {"text": "ffi"}, item | {"text": "(cid:12)"}], 0.0, 0.0)
    assert [chr(code) for code in found.codes] == ["f", "f", "i", "\N{REPLACEMENT CHARACTER}"]
    assert found.boxes[:, 0].tolist() == [10.0, 12.0, 14.0, 10.0]


@pytest.mark.parametrize(
    ("draw", "size", "code"),
    [
        (lattice(450, 5), (2400.0, 2400.0), "limit-table-lines"),
        (lambda c: c.drawString(90, 700, "项目"), (90000.0, 90000.0), "limit-media-box"),
    ],
    ids=["grid", "media box"],
)
def test_a_limit_is_named(draw: Draw, size: tuple[float, float], code: str, tmp_path: Path) -> None:
    document = parse(made(tmp_path, draw, size=size))
    assert problems(document) == [code]


def test_a_grid_of_160_000_cells_is_read(tmp_path: Path) -> None:
    document = parse(made(tmp_path, lattice(401, 5), size=(2200.0, 2200.0)))
    assert [(table.n_rows, table.n_cols) for table in document.tables] == [(400, 400)]
    assert problems(document) == []


@pytest.mark.parametrize(
    ("limit", "value", "code"),
    [
        ("MAX_CHARS", 10, "limit-page-chars"),
        ("MAX_EDGES", 3, "limit-page-edges"),
        ("MAX_OBJECTS", 2, "limit-page-edges"),
    ],
)
def test_a_page_over_a_limit_is_not_counted_as_read(
    limit: str, value: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, value)
    document = parse(made(tmp_path, grid))
    assert code in problems(document) and document.pages_read == 0


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 1)
    with pytest.raises(Unreadable) as error:
        parse(made(tmp_path, grid, grid))
    assert error.value.status == "limit-pages"
