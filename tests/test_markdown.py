"""Markdown and text: the carrier of all other cases, so every rule of its description has a case here."""

from __future__ import annotations

from pathlib import Path

import pytest
from ooxml_files import shown

from extractor import extract
from extractor.document import Heading, Place, Table, Text, Unreadable
from extractor.parsers import encoding as encoding_module
from extractor.parsers import markdown, parse
from extractor.parsers.captions import is_contents, read_label
from extractor.parsers.markdown import parse_text

CASES = {
    "# 一\n### 三 ###\n#无空格": ["H1 一", "H3 三", "P #无空格"],
    "甲\n乙\n\n丙": ["P 甲", "P 乙", "P 丙"],
    "一、概况 …… 7": ["contents 一、概况 …… 7"],
    "| a | b |\n|c|d|": ["T 2x2 a|b/c|d"],
    "| a | b |\n| :-- | ---: |\n| c | d |": ["T 2x2 a|b/c|d"],
    # one tab too many in the row 小计, none to spare in 总计: figures go back under their heads
    "级\t名\t分\t率\n甲\t乙\t2\t80%\n丙\t丁\t3\t90%\n小计\t\t\t5\t85%".replace("率\n", "率\t\n").replace(
        "0%\n", "0%\t\n"
    ): ["T 4x4 级|名|分|率/甲|乙|2|80%/丙|丁|3|90%/小计||5|85%"],
    # the words would come under figures: left as it is
    "级\t分\t率\t\n甲\t2\t80%\t\n丙\t3\t90%\t\n戊\t\t己\t85%": [
        "T 4x4 级|分|率|/甲|2|80%|/丙|3|90%|/戊||己|85%"
    ],
    "级\t权重\t得分\n甲\t2\t2\n\n级\t权重\t得分\n乙\t3\t3": ["T 3x3 级|权重|得分/甲|2|2/乙|3|3"],
    "级\t权重\t款\t权重\n甲\t2\t乙\t2\n\n级\t权重\t款\t权重\n丙\t3\t丁\t3": [
        "T 3x4 级|权重|款|权重/甲|2|乙|2/丙|3|丁|3"
    ],
    "| a | b\n| c": ["T 2x2 a|b/c|"],
    "| a | < | b |\n| c | d | e |": ["T 2x3 a+1x2|b/c|d|e"],
    "| a | b |\n| ^ | c |\n| ^ | d |": ["T 3x2 a+3x1|b/c/d"],
    "| a | < | b |\n| ^ | < | c |\n| ^ | ^ | d |": ["T 3x3 a+3x2|b/c/d"],
    "| < | a |\n| b | ^ |": ["T 2x2 <|a+2x1/b"],
    "| a | < |\n| ^ | b |": ["T 2x2 a+1x2/^|b"],
    "| \\< | \\^ |": ["T 1x2 <|^"],
    "| a\\|b | c<br>d<BR/>e |": ["T 1x2 a|b|c\nd\ne"],
    "| - | -- |\n| --- | x |": ["T 2x2 -|--/---|x"],
    "a\tb\nc\t": ["T 2x2 a|b/c|"],
    "只有一行\t制表符": ["P 只有一行\t制表符"],
    "a\tb\nc\td\te\nf\tg\th": ["P a\tb", "T 2x3 c|d|e/f|g|h"],
    "|a|\n\n|b|": ["T 1x1 a", "T 1x1 b"],
    "表 1-2 支出\n单位：万元\n\n|a|": ["caption 表 1-2 支出", "unit 单位：万元", "T 1x1 a"],
    "单位：元\n表1 支出\n|a|": ["unit 单位：元", "caption 表1 支出", "T 1x1 a"],
    "表 1-2 支出\n说明。\n|a|": ["P 表 1-2 支出", "P 说明。", "T 1x1 a"],
    "表 1-2 显示了支出\n|a|": ["P 表 1-2 显示了支出", "T 1x1 a"],
    "\ufeff甲\r\n乙\r丙": ["P 甲", "P 乙", "P 丙"],
    "": [],
}


@pytest.mark.parametrize("source", CASES)
def test_reads(source: str) -> None:
    assert shown(parse_text(source)) == CASES[source]


def test_only_the_first_rule_counts_header_rows() -> None:
    table = parse_text("| a | b |\n| c | d |\n|---|---|\n| e | f |\n|---|---|").tables[0]
    assert (table.header_rows, table.n_rows) == (2, 4)
    assert parse_text("|---|\n| a |").tables[0].header_rows == 0


def test_places() -> None:
    document = parse_text("# 标题\n|a|\n正文\n|b|c|\n|d|e|")
    assert [b.place.table if isinstance(b, Table) else b.text.place.paragraph for b in document.blocks] == [
        0,
        0,
        1,
        1,
    ]
    assert document.tables[1].cells[3].text.place == Place(part="body", table=1, row=1, col=1)
    assert [t.number for t in document.tables] == [0, 1]


def test_caption_and_unit_belong_to_the_table() -> None:
    table = parse_text("表 1-2 支出情况（单位：万元）\n|a|").tables[0]
    assert (str(table.caption), str(table.unit)) == ("表 1-2 支出情况", "单位：万元")
    assert table.caption is not None and table.caption.place.paragraph == 0


@pytest.mark.parametrize(
    ("line", "caption", "unit"),
    [
        ("表 1-10 2023 年情况", "表 1-10 2023 年情况", None),
        ("附表2 指标体系", "附表2 指标体系", None),
        ("续表 3", "续表 3", None),
        ("（单位：元）", None, "单位：元"),
        ("金额单位：万元", None, "金额单位：万元"),
        ("单位：万元、%", None, "单位：万元、%"),
        ("填报单位：某某局    单位：万元", None, "单位：万元"),
        ("预算单位：某某市某某局", None, None),
        ("单位：某某局", None, None),
        ("表1-2所示金额", None, None),
        ("表 3 如下：", None, None),
    ],
)
def test_labels_of_tables(line: str, caption: str | None, unit: str | None) -> None:
    label = read_label(Text(line))
    assert (label.caption and str(label.caption), label.unit and str(label.unit)) == (caption, unit)


@pytest.mark.parametrize(
    "line", ["摘 要 …… 1", "一、概况......7", "（一）内容．．．．．． 12", "三、结论···· iv"]
)
def test_contents_lines(line: str) -> None:
    assert is_contents(line)


@pytest.mark.parametrize("line", ["……", "等等…3", "共 3.5 万元", "……12", "见 2.1"])
def test_other_lines(line: str) -> None:
    assert not is_contents(line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "made.txt").write_bytes("绩效㈠\t1\n自评\t2\n".encode(encoding))
    document = parse(tmp_path / "made.txt")
    assert (document.format, shown(document), document.problems) == ("txt", ["T 2x2 绩效㈠|1/自评|2"], ())


def test_bytes_that_are_no_text_are_reported(tmp_path: Path) -> None:
    (tmp_path / "made.md").write_bytes("绩效目标".encode() + b"\xff\xff")
    assert [problem.code for problem in parse(tmp_path / "made.md").problems] == ["undecodable-text"]


def test_blank_file_is_empty(tmp_path: Path) -> None:
    (tmp_path / "made.txt").write_text(" \n\n")
    with pytest.raises(Unreadable) as refused:
        parse(tmp_path / "made.txt")
    assert refused.value.status == "empty"


def test_a_table_beyond_the_limits_is_cut_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MAX_COLUMNS", 3)
    monkeypatch.setattr(markdown, "MAX_FIELDS", 6)
    wide = markdown.parse_text("| a | b | c | d |\n| e |")
    assert (shown(wide), [x.code for x in wide.problems]) == (["T 2x3 a|b|c/e||"], ["limit-table"])
    (tmp_path / "long.md").write_text("| a | b |\n" * 4 + "底\n")
    long = extract(tmp_path / "long.md")
    assert long.status == "ok-partial" and long.document is not None
    assert shown(long.document) == ["T 3x2 a|b/a|b/a|b", "P 底"]


def test_more_text_than_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding_module, "MAX_CHARACTERS", 9)
    (tmp_path / "made.md").write_text("字" * 10)
    with pytest.raises(Unreadable) as refused:
        parse(tmp_path / "made.md")
    assert refused.value.status == "limit-characters"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# 一 ##", "一"),
        ("#  C#", "C"),
        ("## a # b #  ", "a # b"),
        (f"# a{' ' * 90_000}b", f"a{' ' * 90_000}b"),
    ],
)
def test_closed_headings(line: str, title: str) -> None:
    heading = markdown.parse_text(line).blocks[0]
    assert isinstance(heading, Heading) and heading.text.string == title
