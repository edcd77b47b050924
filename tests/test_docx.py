"""DOCX: for each feature a file is made that has it, and every paragraph and cell is expected."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from ooxml_files import STRICT, WORD, docx, p, r, shown, tbl, tc, tr

from extractor.document import Place, Table
from extractor.parsers import parse

SPAN2 = '<w:gridSpan w:val="2"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def field(code: str, result: str = "") -> str:
    """A complex field in five runs."""
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}' if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{separate}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(inner: str) -> str:
    """A text box as Word writes it: drawn twice, once for old readers."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def sym(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def check(on: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>'
        f'<w:checked w:val="{on}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


CIRCLED = r"eq \o\ac(○,3)"
SHOWN, HIDDEN = '<w:vanish w:val="0"/>', "<w:vanish/>"
HIDDEN_STYLE = '<w:rStyle w:val="hid"/>'
WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
FRACTION = (
    "<m:oMath><m:f><m:num><m:r><m:t>184-1.5</m:t></m:r></m:num><m:den><m:r><m:t>184</m:t></m:r></m:den></m:f>"
    "<m:r><m:t>=99.18%</m:t></m:r></m:oMath>"
)

CASES: dict[str, tuple[str, list[str]]] = {
    "paragraphs": (p("一") + p() + p("二"), ["P 一", "P 二"]),
    "runs-are-one-text": (f"<w:p>{r('预算')}{r('执行率')}{r('99.87')}{r('%')}</w:p>", ["P 预算执行率99.87%"]),
    "blank-kept": (f"<w:p>{r('a ')}{r('b')}</w:p>", ["P a b"]),
    "tracked-insertion": (f"<w:p>{r('得')}<w:ins>{r('9')}</w:ins>{r('分')}</w:p>", ["P 得9分"]),
    "tracked-deletion": (
        f"<w:p>{r('得')}<w:del><w:r><w:delText>8</w:delText></w:r></w:del><w:ins>{r('9')}</w:ins></w:p>",
        ["P 得9"],
    ),
    "tracked-move": (
        f"<w:p><w:moveFrom>{r('旧处')}</w:moveFrom>{r('中')}</w:p><w:p><w:moveTo>{r('新处')}</w:moveTo></w:p>",
        ["P 中", "P 新处"],
    ),
    "paragraph-mark-deleted": (
        p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半") + p("另段"),
        ["P 前半后半", "P 另段"],
    ),
    "inserted-paragraph-block": (f"<w:ins>{p('插入的段')}</w:ins>", ["P 插入的段"]),
    "content-control": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('块级')}</w:sdtContent></w:sdt>"
        f"<w:p>{r('甲')}<w:sdt><w:sdtContent>{r('行内')}</w:sdtContent></w:sdt></w:p>",
        ["P 块级", "P 甲行内"],
    ),
    "simple-field": (
        f'<w:p><w:fldSimple w:instr="DATE">{r("2023年")}</w:fldSimple>{r("度")}</w:p>',
        ["P 2023年度"],
    ),
    "complex-field": (f"<w:p>{r('第')}{field('REF x', '三')}{r('章')}</w:p>", ["P 第三章"]),
    "nested-field": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        f"{field('REF y', '判断')}"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("是")}{field("REF z", "的")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r>{r("否")}</w:p>',
        ["P 是的否"],
    ),
    "field-cut-off": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' + p("后面的正文"),
        ["P 后面的正文"],
    ),
    "circled-by-field": (f"<w:p>{field(CIRCLED)}{r('栏')}</w:p>", ["P ③栏"]),
    "hyperlink-and-smart-tag": (
        f"<w:p><w:hyperlink>{r('网站')}</w:hyperlink><w:smartTag>{r('上海')}</w:smartTag></w:p>",
        ["P 网站上海"],
    ),
    "hidden-text": (f"<w:p>{r('见')}{r('隐藏', HIDDEN)}{r('文', SHOWN)}</w:p>", ["P 见文"]),
    "symbols": (
        f"<w:p>{sym('Wingdings', 'F0FE')}{r('是')}{sym('Wingdings', 'F0A8')}{r('否')}"
        f"{sym('Wingdings 2', 'F052')}"
        f"{sym('Symbol', 'F0B3')}{r('95')}</w:p>",
        ["P ☑是□否☑≥95"],
    ),
    "symbol-font-text": (
        f"<w:p>{r(chr(0xF0FE), WINGDINGS)}{r('是')}</w:p>",
        ["P ☑是"],
    ),
    "form-check-boxes": (f"<w:p>{check('1')}{r('是')}{check('0')}{r('否')}</w:p>", ["P ☑是☐否"]),
    "breaks-and-tabs": (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r></w:p>",
        ["P 甲\t乙\n丙-丁"],
    ),
    "page-break-alone": ('<w:p><w:r><w:br w:type="page"/><w:t>次页</w:t></w:r></w:p>', ["P 次页"]),
    "ruby": (
        f"<w:p><w:r><w:ruby><w:rt>{r('jì')}</w:rt><w:rubyBase>{r('绩')}</w:rubyBase></w:ruby></w:r>{r('效')}</w:p>",
        ["P 绩效"],
    ),
    "formula": (f"<w:p>{r('达标率')}{FRACTION}</w:p>", ["P 达标率(184-1.5)/184=99.18%"]),
    "text-box-once": (f"<w:p>{r('正文')}{box(p('框内'))}</w:p>" + p("后文"), ["P 正文", "P 框内", "P 后文"]),
    "table-in-text-box": (f"<w:p>{box(tbl(tr(tc('a'), tc('b'))))}</w:p>", ["T 1x2 a|b"]),
    "unknown-choice": (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="cx"><w:t>新</w:t></mc:Choice>'
        "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ["P 旧"],
    ),
    "headings-without-styles": (
        "".join(map(p, ["一、项目概况", "（一）立项", "一、二季度完成，偏高。", "1. 其他", "二、结论"])),
        ["H1 一、项目概况", "H2 （一）立项", "P 一、二季度完成，偏高。", "P 1. 其他", "H1 二、结论"],
    ),
    "contents-by-dots": (
        p("一、概况……3") + p("二、情况 ...... 12"),
        ["contents 一、概况……3", "contents 二、情况 ...... 12"],
    ),
    "centred-caption-and-unit": (
        p("收支情况表", '<w:jc w:val="center"/>') + p("单位：万元") + tbl(tr(tc("a"), tc("b"))),
        ["caption 收支情况表", "unit 单位：万元", "T 1x2 a|b"],
    ),
    "centred-but-no-caption": (
        p("某某报告", '<w:jc w:val="center"/>') + p("正文。"),
        ["P 某某报告", "P 正文。"],
    ),
    "merged-right": (
        tbl(tr(tc("a", SPAN2), tc("b")), tr(tc("c"), tc("d"), tc("e"))),
        ["T 2x3 a+1x2|b/c|d|e"],
    ),
    "merged-down": (
        tbl(
            tr(tc("a", DOWN), tc("b")), tr(tc("", ON), tc("c")), tr(tc("", ON), tc("d")), tr(tc("e"), tc("f"))
        ),
        ["T 4x2 a+3x1|b/c/d/e|f"],
    ),
    "merged-both": (
        tbl(
            tr(tc("a", SPAN2 + DOWN), tc("b")), tr(tc("", SPAN2 + ON), tc("c")), tr(tc("d"), tc("e"), tc("f"))
        ),
        ["T 3x3 a+2x2|b/c/d|e|f"],
    ),
    "merged-the-old-way": (
        tbl(
            tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>'), tc("b")),
            tr(tc("c"), tc("d"), tc("e")),
        ),
        ["T 2x3 a+1x2|b/c|d|e"],
    ),
    "two-merges-meet": (
        tbl(tr(tc("a", DOWN)), tr(tc("", ON)), tr(tc("b", DOWN)), tr(tc("", ON))),
        ["T 4x1 a+2x1//b+2x1/"],
    ),
    "merge-from-nowhere": (tbl(tr(tc("a", ON), tc("b")), tr(tc("c"), tc("d"))), ["T 2x2 a|b/c|d"]),
    "grid-before-and-after": (
        tbl(
            tr(tc("a"), tc("b"), tc("c")),
            tr(tc("d"), props='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        ),
        ["T 2x3 a|b|c/d"],
    ),
    "phantom-columns": (tbl(tr(tc("a", SPAN2), tc("b", SPAN2)), widths=(9, 9, 9, 9)), ["T 1x2 a|b"]),
    "sliver-column": (
        tbl(
            tr(tc("a"), tc("b", SPAN2)),
            tr(tc("c", SPAN2), tc("d")),
            widths=(2000, 30, 2000),
        ),
        ["T 2x2 a|b/c|d"],
    ),
    "columns-by-width": (
        tbl(
            tr(tc("a", '<w:tcW w:w="4000" w:type="dxa"/>'), tc("b", '<w:tcW w:w="4000" w:type="dxa"/>')),
            tr(
                tc("c", '<w:tcW w:w="2000" w:type="dxa"/>'),
                tc("d", '<w:tcW w:w="2010" w:type="dxa"/>'),
                tc("e", '<w:tcW w:w="3990" w:type="dxa"/>'),
            ),
        ),
        ["T 2x3 a+1x2|b/c|d|e"],
    ),
    "cell-of-many-paragraphs": (tbl(f"<w:tr><w:tc>{p('一')}{p()}{p('二')}</w:tc></w:tr>"), ["T 1x1 一\n二"]),
    "nested-table": (
        tbl(f"<w:tr><w:tc>{p('外')}{tbl(tr(tc('内一'), tc('内二')))}{p()}</w:tc>{tc('旁')}</w:tr>"),
        ["T 1x2 外\n内一\n内二|旁", "T 1x2 内一|内二"],
    ),
    "wrapped-rows-and-cells": (
        "<w:tbl><w:sdt><w:sdtContent>"
        + tr(tc("a"), f"<w:sdt><w:sdtContent>{tc('b')}</w:sdtContent></w:sdt>")
        + f"</w:sdtContent></w:sdt><w:ins>{tr(tc('c'), tc('d'))}</w:ins></w:tbl>",
        ["T 2x2 a|b/c|d"],
    ),
    "deleted-row": (tbl(tr(tc("a")), tr(tc("b"), props="<w:del/>"), tr(tc("c"))), ["T 2x1 a/c"]),
    "broken-table-with-its-head-again": (
        tbl(tr(tc("指标"), tc("权重"), tc("得分")), tr(tc("甲"), tc("5"), tc("5")))
        + p()
        + tbl(tr(tc("指标"), tc("权重"), tc("得分")), tr(tc("乙"), tc("6"), tc("6"))),
        ["T 3x3 指标|权重|得分/甲|5|5/乙|6|6"],
    ),
    "broken-table-marked": (
        tbl(tr(tc("指标"), tc("权重")), tr(tc("甲"), tc("5"))) + p("续表 1-2") + tbl(tr(tc("乙"), tc("6"))),
        ["T 3x2 指标|权重/甲|5/乙|6", "P 续表 1-2"],
    ),
    "two-forms-are-not-joined": (
        tbl(tr(tc("名称："), tc("甲"), tc("单位："), tc("丙")), tr(tc("1"), tc("2"), tc("3"), tc("4")))
        + p()
        + tbl(tr(tc("名称："), tc("甲"), tc("单位："), tc("丙")), tr(tc("5"), tc("6"), tc("7"), tc("8"))),
        ["T 2x4 名称：|甲|单位：|丙/1|2|3|4", "T 2x4 名称：|甲|单位：|丙/5|6|7|8"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_feature(name: str, tmp_path: Path) -> None:
    body, expected = CASES[name]
    assert shown(parse(docx(tmp_path / "made.docx", body))) == expected


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="章标题"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="two"><w:name w:val="x"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="not"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="three"><w:name w:val="三级标题"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 2"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="y"/><w:basedOn w:val="loop"/></w:style>
<w:style w:type="paragraph" w:styleId="cap"><w:name w:val="caption"/></w:style>
<w:style w:type="character" w:styleId="hid"><w:name w:val="z"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="num"><w:name w:val="编号"/>
  <w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
"""


def styled(text: str, style: str, more: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>{more}')


def test_headings_and_contents_come_from_styles(tmp_path: Path) -> None:
    body = (
        styled("一级", "1")
        + styled("自定义", "own")
        + styled("按大纲", "two")
        + styled("目录", "not")
        + styled("中文名", "three")
        + p("直接设置", '<w:outlineLvl w:val="3"/>')
        + styled("降为正文", "1", '<w:outlineLvl w:val="9"/>')
        + styled("项目概况\t7", "toc")
        + styled("图 1 流程", "cap")
        + styled("循环", "loop")
        + f"<w:p>{r('可见')}{r('不可见', HIDDEN_STYLE)}</w:p>"
    )
    assert shown(parse(docx(tmp_path / "made.docx", body, styles=STYLES))) == [
        "H1 一级", "H1 自定义", "H2 按大纲", "P 目录", "H3 中文名", "H4 直接设置", "P 降为正文",
        "contents 项目概况\t7", "caption 图 1 流程", "P 循环", "P 可见",
    ]  # fmt: skip


def level(n: int, number_format: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def num(n: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{n}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


BULLET = (
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0D8;"/>'
    '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%2.%3.%4", "<w:isLgl/>")
    + "</w:abstractNum>"
    + f'<w:abstractNum w:abstractNumId="1">{level(0, "decimalEnclosedCircle", "%1")}</w:abstractNum>'
    + f'<w:abstractNum w:abstractNumId="2">{level(0, "upperLetter", "%1)")}</w:abstractNum>'
    + f'<w:abstractNum w:abstractNumId="4">{BULLET}</w:abstractNum>'
    + num(1, 0)
    + num(2, 1)
    + num(3, 2)
    + num(4, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    + num(5, 4)
)


def numbered(text: str, num_id: int, at: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num_id}"/></w:numPr>')


def test_numbering_is_printed(tmp_path: Path) -> None:
    body = (
        styled("题", "1")
        + numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1) + numbered("丁", 1, 2)
        + numbered("戊", 1)
        + numbered("己", 1, 1) + numbered("庚", 1, 3) + numbered("圈", 2) + numbered("圈", 2)
        + styled("样式", "num")
        + numbered("另起", 4) + numbered("符号", 5) + numbered("无", 0) + numbered("缺", 77)
        + tbl(f"<w:tr><w:tc>{numbered('', 3)}</w:tc>{tc('格')}</w:tr>")
    )  # fmt: skip
    assert shown(parse(docx(tmp_path / "made.docx", body, styles=STYLES, numbering=NUMBERING))) == [
        "H1 题", "P 一、甲", "P （一）乙", "P （二）丙", "P 1. 丁", "P 二、戊", "P （一）己", "P 2.1.1.1 庚",
        "P ①圈", "P ②圈",
        "P A) 样式", "P 五、另起", "P ➢ 符号", "P 无", "P 缺", "T 1x2 B)|格",
    ]  # fmt: skip


def test_notes_headers_and_comments_stand_after_the_body(tmp_path: Path) -> None:
    body = (
        f'<w:p>{r("正文")}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>'
        f'<w:r><w:commentReference w:id="7"/></w:r>{r("续")}'
        '<w:del><w:r><w:footnoteReference w:id="3"/></w:r></w:del></w:p>'
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/><w:footerReference r:id="footer1"/></w:sectPr>'
    )
    document = parse(
        docx(
            tmp_path / "made.docx",
            body,
            footnotes=f'<w:footnote w:type="separator" w:id="-1">{p("线")}</w:footnote>'
            f'<w:footnote w:id="2">{p("脚注文")}</w:footnote><w:footnote w:id="3">{p("删去")}</w:footnote>',
            endnotes=f'<w:endnote w:id="1">{p("尾注文")}</w:endnote>',
            comments=f'<w:comment w:id="7">{p("批注文")}</w:comment>',
            header1=p("页眉") + tbl(tr(tc("左"), tc("右"))),
            header2=p("页眉"),
            footer1=f"<w:p>{r('第')}{field('PAGE', '1')}{r('页')}</w:p>",
        )
    )
    assert shown(document) == [
        "P 正文续", "header 页眉", "header 左", "header 右", "footer 第1页", "footnote 脚注文",
        "footnote 尾注文",
        "comment 批注文",
    ]  # fmt: skip
    assert [b.text.place.part for b in document.blocks if not isinstance(b, Table)] == [
        "body", "header1", "header1", "header1", "footer1", "footnotes", "endnotes", "comments",
    ]  # fmt: skip


def test_contents_field_over_paragraphs(tmp_path: Path) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    body = (
        f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{r('一、概况')}<w:r><w:tab/></w:r>{r('3')}</w:p>"
        f'<w:p>{r("二、结论")}<w:r><w:tab/></w:r>{r("9")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        + p("正文共 9")
    )
    assert shown(parse(docx(tmp_path / "made.docx", body))) == [
        "contents 一、概况\t3",
        "contents 二、结论\t9",
        "P 正文共 9",
    ]


def test_places(tmp_path: Path) -> None:
    body = p("零") + p() + p("二") + tbl(tr(tc("a"), tc("b"))) + tbl(tr(tc("c")), tr(tc("d")))
    blocks = parse(docx(tmp_path / "made.docx", body)).blocks
    assert [b.place.table if isinstance(b, Table) else b.text.place.paragraph for b in blocks] == [0, 2, 0, 1]
    last = blocks[-1]
    assert isinstance(last, Table)
    assert last.cells[1].text.place == Place(part="body", table=1, row=1, col=0)


def test_joined_table_is_numbered_and_placed_as_one(tmp_path: Path) -> None:
    head = tr(tc("指标"), tc("权重"), tc("得分"), props="<w:tblHeader/>")
    body = (
        tbl(head, tr(tc("甲"), tc("5"), tc("5")))
        + tbl(head, tr(tc("乙"), tc("6"), tc("6")))
        + tbl(tr(tc("z")))
    )
    joined, other = parse(docx(tmp_path / "made.docx", body)).tables
    assert (joined.header_rows, joined.n_rows, other.number) == (1, 3, 1)
    moved = joined.at(2, 0)
    assert moved is not None and (str(moved.text), moved.text.place.row, moved.text.place.table) == (
        "乙",
        2,
        0,
    )
    assert other.cells[0].text.place.table == 1


def test_diagram_text(tmp_path: Path) -> None:
    graphic = '<a:graphicData><dgm:relIds r:dm="diagram1"/></a:graphicData>'
    body = f"<w:p><w:r><w:drawing>{graphic}</w:drawing></w:r></w:p>"
    drawn = "<a:p><a:r><a:t>主管</a:t></a:r><a:r><a:t>部门</a:t></a:r></a:p><a:p/>"
    assert shown(parse(docx(tmp_path / "made.docx", body, diagram1=drawn))) == ["P 主管部门"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<w:p><w:r><w:object/></w:r></w:p>" + p("文"), "embedded-object"),
        ("<w:altChunk/>" + p("文"), "embedded-part"),
        ("<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>", "picture-without-text"),
        (f"<w:p>{sym('Unknown Font', 'F0FE')}</w:p>", "private-use"),
    ],
)
def test_what_is_not_read_is_named(body: str, code: str, tmp_path: Path) -> None:
    assert [problem.code for problem in parse(docx(tmp_path / "made.docx", body)).problems] == [code]


def test_strict_variant_reads_the_same(tmp_path: Path) -> None:
    source = docx(
        tmp_path / "usual.docx",
        p("标题", '<w:outlineLvl w:val="0"/>') + tbl(tr(tc("a", SPAN2)), tr(tc("b"), tc("c"))),
    )
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(WORD.encode(), STRICT.encode()))
    assert shown(parse(strict)) == shown(parse(source)) == ["H1 标题", "T 2x2 a+1x2/b|c"]


@pytest.mark.parametrize("suffix", [".docm", ".dotx", ".dotm"])
def test_sibling_suffixes(suffix: str, tmp_path: Path) -> None:
    assert shown(parse(docx(tmp_path / f"made{suffix}", p("文")))) == ["P 文"]


def test_a_file_by_python_docx_reads_whole(tmp_path: Path) -> None:
    made = python_docx.Document()
    made.add_heading("报告", 1)
    made.add_paragraph("第一项", style="List Number")
    made.add_paragraph("第二项", style="List Number")
    table = made.add_table(rows=3, cols=3)
    for row in range(3):
        for col in range(3):
            table.cell(row, col).text = f"{row}{col}"
    table.cell(1, 0).merge(table.cell(2, 1)).text = "并"
    made.sections[0].header.paragraphs[0].text = "眉"
    made.save(str(tmp_path / "made.docx"))
    assert shown(parse(tmp_path / "made.docx")) == [
        "H1 报告", "P 1. 第一项", "P 2. 第二项", "T 3x3 00|01|02/并+2x2|12/22", "header 眉",
    ]  # fmt: skip
