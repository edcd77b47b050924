"""HTML: pages as public notices are, every line and cell expected as a browser shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ooxml_files import shown

from extractor.document import Place, Unreadable
from extractor.parsers import encoding as encoding_module
from extractor.parsers import parse
from extractor.parsers.web import tables as tables_module

CASES = {
    "<h1>报告</h1><h3>一、概况</h3><p>正文<b>加粗</b>。</p>": ["H1 报告", "H3 一、概况", "P 正文加粗。"],
    "<div>甲<p>乙</p>丙</div>": ["P 甲", "P 乙", "P 丙"],
    "<p>甲<br>乙<br/> 丙</p>": ["P 甲\n乙\n丙"],
    "<p>预算\n   执行率 is\n ok</p>": ["P 预算执行率 is ok"],
    "<p>&lt;p&gt; &#9745; A&amp;B</p>": ["P <p> ☑ A&B"],
    "<script>alert(1)</script><style>p{}</style><p hidden>藏</p><p style='display: none'>隐</p>见": ["P 见"],
    "<ol start=3><li>甲<li>乙</ol><ul><li>丙</ul>": ["P 3. 甲", "P 4. 乙", "P 丙"],
    "<p><input type=checkbox checked>是<input type=checkbox>否<input value=9></p>": ["P ☑是☐否9"],
    "<table><tr><td>a<td>b<tr><td>c<td>d</table>": ["T 2x2 a|b/c|d"],
    "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>": ["T 2x3 a+1x2|b/c|d|e"],
    "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>": ["T 3x2 a+2x1|b/c/d|e"],
    "<table><tr><td rowspan=0>a<td>b<tr><td>c</table>": ["T 2x2 a+2x1|b/c"],
    "<table><tr><td rowspan=9>a<td>b</table>": ["T 1x2 a|b"],
    "<table><tr><td><p>甲</p><p>乙</p></td><td>a<br>b</td></table>": ["T 1x2 甲\n乙|a\nb"],
    "<table><caption>表 1 支出</caption><tr><td>a</table>": ["caption 表 1 支出", "T 1x1 a"],
    "<p>单位：万元</p><table><tr><td>a</table>": ["unit 单位：万元", "T 1x1 a"],
    "<table><tr><td>外<table><tr><td>内<td>里</table><td>旁</table>": ["T 1x2 外\n内\n里|旁", "T 1x2 内|里"],
    "<table><tr><td><p>题</p><table><tr><td>a<td>b</table></table>": ["P 题", "T 1x2 a|b"],
    "<table><tfoot><tr><td>合计</tfoot><tbody><tr><td>a</tbody></table>": ["T 2x1 a/合计"],
    "<p>未结束<table><tr><td>a</table><p>后": ["P 未结束", "T 1x1 a", "P 后"],
}


def page(tmp_path: Path, body: str, encoding: str = "utf-8", charset: str = "utf-8") -> Path:
    path = tmp_path / "a.html"
    head = f'<head><meta charset="{charset}"><title>题</title></head>'
    source = f"<!DOCTYPE html><html>{head}<body>{body}</body></html>"
    path.write_bytes(source.encode(encoding))
    return path


@pytest.mark.parametrize("body", CASES)
def test_reads(body: str, tmp_path: Path) -> None:
    document = parse(page(tmp_path, body))
    assert (document.format, shown(document)) == ("html", CASES[body])


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("gb18030", "gb2312"), ("gbk", "GBK"), ("utf-8", "gb2312"), ("gb18030", "no-such"), ("utf-16", "utf-8")],
)
def test_encodings(encoding: str, charset: str, tmp_path: Path) -> None:
    assert shown(parse(page(tmp_path, "<p>绩效目标表（琪）</p>", encoding, charset))) == [
        "P 绩效目标表（琪）"
    ]


def test_header_rows(tmp_path: Path) -> None:
    head = "<thead><tr><td>a</td></tr></thead><tbody><tr><td>b</td></tr></tbody>"
    rows = "<tr><th>a</th><th>b</th></tr><tr><th>c</th><td>d</td></tr>"
    document = parse(page(tmp_path, f"<table>{head}</table><table>{rows}</table><table><tr><th>e</table>"))
    assert [table.header_rows for table in document.tables] == [1, 1, 0]


def test_places(tmp_path: Path) -> None:
    document = parse(page(tmp_path, "<p>甲</p><table><tr><td>a<td>b</table>"))
    assert document.tables[0].cells[1].text.place == Place(part="body", table=0, row=0, col=1)


def test_limits_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = parse(
        page(tmp_path, "<table><tr><td colspan=2147483647>a<td>b<tr><td rowspan=2147483647>c</table>")
    )
    assert shown(wide) == ["T 2x2 a|b/c"]
    assert [problem.code for problem in wide.problems] == ["limit-columns"]
    monkeypatch.setattr(tables_module, "MAX_FIELDS", 3)
    cut = parse(page(tmp_path, "<table><tr><td>a<td>b<tr><td>c<td>d</table>"))
    assert (shown(cut), [problem.code for problem in cut.problems]) == (["T 1x2 a|b"], ["limit-table"])


def test_deep_nesting_is_read_or_refused(tmp_path: Path) -> None:
    assert shown(parse(page(tmp_path, "<div>" * 200 + "底" + "</div>" * 200))) == ["P 底"]
    with pytest.raises(Unreadable) as refused:
        parse(page(tmp_path, "<div>" * 5000 + "底" + "</div>" * 5000))
    assert refused.value.status == "limit-depth"


def test_pictures_alone(tmp_path: Path) -> None:
    document = parse(page(tmp_path, "<img src=a.png><img src=b.png>"))
    assert (shown(document), [x.code for x in document.problems]) == ([], ["picture-without-text"])


def test_a_tag_with_attributes_without_end_is_refused(tmp_path: Path) -> None:
    flood = " ".join(f"a{n}=1" for n in range(20_000))
    with pytest.raises(Unreadable) as refused:
        parse(page(tmp_path, f"<p {flood}>x</p>"))
    assert refused.value.status == "limit-attributes"
    words = "one two < three " * 20_000
    assert shown(parse(page(tmp_path, f"<p title='{words}' data-a=\"{words}\">底</p>"))) == ["P 底"]


def test_a_long_list_is_numbered(tmp_path: Path) -> None:
    items = "".join(f"<li>a<ol start=3><li>b{n}</ol>" for n in range(9_000))
    document = parse(page(tmp_path, f"<ol><li hidden>x</li>{items}</ol>"))
    assert shown(document)[-2:] == ["P 9000. a", "P 3. b8999"]


@pytest.mark.parametrize("charset", ["rot13", "hex", "undefined", "no-such", "utf-16", "idna"])
def test_charsets_that_are_none(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><meta charset={charset}><body><p>绩效目标表</p>".encode())
    assert shown(parse(path)) == ["P 绩效目标表"]


def test_more_text_than_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding_module, "MAX_CHARACTERS", 20)
    script = f"<script>{'x' * 90}</script>"
    assert shown(parse(page(tmp_path, f"{script}<p>{'字' * 20}</p>"))) == [f"P {'字' * 20}"]
    with pytest.raises(Unreadable) as refused:
        parse(page(tmp_path, f"<table><tr><td>{'字' * 15}<td>{'字' * 6}</table>"))
    assert refused.value.status == "limit-characters"
