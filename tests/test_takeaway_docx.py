"""The commented DOCX, opened again by python-docx and by LibreOffice: comments stand on what they cite."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from ooxml_files import docx as ooxml
from ooxml_files import p, r, tbl, tc, tr
from takeaway import DOCUMENTS, OFFICE, converted, corpus, plain, read, write
from test_record import finding, result

from extractor import extract
from extractor.document import Place, Table
from extractor.findings import Evidence, evidence
from extractor.outputs import Batch, NotWritten
from extractor.outputs.docx.comments import _elements
from extractor.outputs.spot import spot
from extractor.result import Result, Source

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REPORT = "report-bicycles-errors.docx"


def commented(path: Path) -> list[tuple[str, str]]:
    """Each comment's text, and the text that it stands on."""
    document = docx.Document(str(path))
    found = []
    for comment in document.comments:
        inside, text = False, ""
        for element in document.element.body.iter():
            if element.get(f"{W}id") == str(comment.comment_id):
                inside = element.tag == f"{W}commentRangeStart" or (
                    inside and element.tag != f"{W}commentRangeEnd"
                )
            if inside and element.tag == f"{W}t":
                text += element.text or ""
        found.append((comment.text, text))
    return found


def paragraphs(path: Path) -> list[str]:
    body = docx.Document(str(path)).element.body
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]


@pytest.mark.parametrize("name", corpus(".docx"))
def test_comments_stand_on_the_cited_texts(name: str, tmp_path: Path) -> None:
    found = read(name)
    comments = commented(write("docx", found, tmp_path / "checked.docx"))
    sides = [(each, side) for each in found.findings for side in each.evidence]
    assert len(comments) == len(sides)
    for (each, side), (said, text) in zip(sides, comments, strict=True):
        assert each.message in said and each.expected in said
        assert plain(text) == plain(side.text)


def test_text_and_layout_stay(tmp_path: Path) -> None:
    target = write("docx", read(REPORT), tmp_path / "checked.docx")
    assert paragraphs(target) == paragraphs(DOCUMENTS / REPORT)
    again = extract(target)
    assert [f.id for f in again.findings] == [f.id for f in read(REPORT).findings]


@pytest.mark.parametrize("name", [p.name for p in sorted(DOCUMENTS.glob("*.docx"))])
def test_every_place_leads_to_the_element_that_it_was_read_from(name: str) -> None:
    elements = _elements(docx.Document(str(DOCUMENTS / name)))
    document = read(name).document
    assert document
    for block in document.blocks:
        texts = [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
        for text in texts:
            if text.home.part != "body":
                continue
            (element,) = elements.at(text.home)
            printed = "".join(t.text or "" for t in element.iter(f"{W}t"))
            assert plain(text.string).endswith(plain(printed))


# A document made by hand: split runs, an empty cell, a footnote's place, a table inside a cell.


def made(tmp_path: Path) -> Path:
    document = docx.Document()
    paragraph = document.add_paragraph("完成率为9")
    paragraph.add_run("8.4").bold = True
    paragraph.add_run("%，比105多10个，另10个。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "外层"
    inner = table.cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = "内层 12.5"
    path = tmp_path / "made.docx"
    document.save(str(path))
    return path


def on(path: Path, *sides: Evidence) -> Result:
    return result(source=Source(str(path), "docx"), findings=(replace(finding(), evidence=sides),))


MADE = {
    "98.4%": Evidence("98.4%", Place(part="body", paragraph=0)),
    "10": Evidence("10", Place(part="body", paragraph=0)),
    "12.5": Evidence("12.5", Place(part="body", table=1, row=0, col=0)),
    "": Evidence("", Place(part="body", table=0, row=0, col=1)),
    "完成率为98.4%，比105多10个，另10个。": Evidence("不在文中", Place(part="body", paragraph=0)),
}


@pytest.mark.parametrize("text", MADE)
def test_a_comment_covers_just_the_cited_text(text: str, tmp_path: Path) -> None:
    path = made(tmp_path)
    target = write("docx", on(path, MADE[text]), tmp_path / "checked.docx")
    assert [covered for _, covered in commented(target)] == [text]
    assert paragraphs(target) == paragraphs(path)
    if text == "10":
        assert [run.text for run in docx.Document(str(target)).paragraphs[0].runs if run.text][-3:] == [
            "%，比105多",
            "10",
            "个，另10个。",
        ]


REPEATED = "权重5分，得分4.5分，另扣0.5分，合计5分"
OFFSETS = [at for at, char in enumerate(REPEATED) if char == "5"]


@pytest.mark.parametrize("start", OFFSETS)
@pytest.mark.parametrize("numbered", [False, True])
def test_of_a_repeated_figure_the_cited_one_is_commented(start: int, numbered: bool, tmp_path: Path) -> None:
    """Runs end within words, and a number that the text does not hold is printed before it."""
    props = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if numbered else ""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    runs = "".join(map(r, (REPEATED[:3], REPEATED[3:7], REPEATED[7:16], REPEATED[16:])))
    body = f"<w:p><w:pPr>{props}</w:pPr>{runs}</w:p>"
    path = ooxml(tmp_path / "made.docx", f"{body}{tbl(tr(tc('甲'), tc(REPEATED)))}", numbering=numbering)
    blocks = extract(path).document.blocks  # type: ignore[union-attr]
    texts = [blocks[0].text, blocks[1].cells[1].text]  # type: ignore[union-attr]
    sides = []
    for text in texts:
        at = text.string.index(REPEATED) + start
        sides.append(evidence(text.cut(at, at + 1), "值", quote=text.string))
    target = write("docx", on(path, *sides), tmp_path / "checked.docx")
    assert [covered for _, covered in commented(target)] == ["5", "5"]
    assert follows(target) == [REPEATED[start:]] * 2
    assert paragraphs(target) == paragraphs(path)


def follows(path: Path) -> list[str]:
    """What is printed from the beginning of each comment up to the end of its paragraph."""
    found = []
    for mark in docx.Document(str(path)).element.body.iter(f"{W}commentRangeStart"):
        paragraph = next(mark.iterancestors(f"{W}p"))
        elements = list(paragraph.iter())
        after = elements[elements.index(mark) :]
        found.append("".join(e.text or "" for e in after if e.tag == f"{W}t"))
    return found


@pytest.mark.parametrize("name", corpus(".docx"))
def test_a_comment_begins_where_the_cited_text_begins(name: str, tmp_path: Path) -> None:
    found, blocks = read(name), read(name).document.blocks  # type: ignore[union-attr]
    tables = {block.number: block for block in blocks if isinstance(block, Table)}
    lines = {block.text.home.paragraph: block for block in blocks if not isinstance(block, Table)}
    target = write("docx", found, tmp_path / "checked.docx")
    begun = follows(target)
    assert len(begun) == sum(len(each.evidence) for each in found.findings)
    for side, after in zip((s for f in found.findings for s in f.evidence), by_number(target), strict=True):
        place = side.place
        if place.table is None:
            string = lines[place.paragraph].text.string
        else:
            cell = tables[place.table].at(place.row or 0, place.col or 0)
            string = cell.text.string if cell else ""
        rest = plain(string[side.start :])
        assert rest.startswith(plain(after)) or plain(after).startswith(rest), side


def by_number(path: Path) -> list[str]:
    """``follows`` in the order in which the comments were made."""
    marks = docx.Document(str(path)).element.body.iter(f"{W}commentRangeStart")
    numbers = [int(mark.get(f"{W}id")) for mark in marks]
    return [text for _, text in sorted(zip(numbers, follows(path), strict=True))]


def test_comments_on_boxes_and_notes_stand_where_these_hang(tmp_path: Path) -> None:
    inner = f"<w:txbxContent>{p('框中12.5')}{p('框中第二段3.5')}</w:txbxContent>"
    box = f"<v:shape><v:textbox>{inner}</v:textbox></v:shape>"
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{r('正文')}<w:r><w:pict>{box}</w:pict></w:r>{r('后')}{mark}{r('完')}</w:p>"
    notes = f'<w:footnote w:id="1">{p("别的")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p("注一")}{p("注二为7.5")}</w:footnote>'
    path = ooxml(tmp_path / "made.docx", body, footnotes=notes)
    cited = {block.text.string: block.text for block in extract(path).document.blocks}  # type: ignore[union-attr]
    sides = [evidence(cited[text].cut(at), "值") for text, at in (("框中第二段3.5", 5), ("注二为7.5", 3))]
    target = write("docx", on(path, *sides), tmp_path / "checked.docx")
    assert [text for _, text in commented(target)] == ["框中12.5框中第二段3.5", ""]
    assert follows(target) == ["框中12.5框中第二段3.5后完", "完"]
    assert not list(
        docx.Document(str(target)).element.body.iterfind(f".//{W}txbxContent//{W}commentRangeStart")
    )
    assert all("处不能加批注" not in said for said, _ in commented(target))


def test_a_place_no_comment_can_stand_at_is_told_at_another(tmp_path: Path) -> None:
    head = Evidence("5", Place(part="header1", paragraph=0), "页眉")
    path = made(tmp_path)
    ((said, text),) = commented(write("docx", on(path, MADE["10"], head), tmp_path / "one.docx"))
    assert "页眉第1段处不能加批注" in said and text == "10"
    ((said, _),) = commented(write("docx", on(path, head), tmp_path / "two.docx"))
    assert "页眉第1段处不能加批注" in said


def signed(path: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(path, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<x/>")


def test_signed_files_are_refused(tmp_path: Path) -> None:
    path = made(tmp_path)
    signed(path)
    with pytest.raises(NotWritten, match="数字签名"):
        write("docx", on(path, MADE["10"]), tmp_path / "checked.docx")


REFUSED = {
    "不是 DOCX": Batch([result(source=Source("a.pdf", "pdf"))]),
    "一次只能写一个文件": Batch([result()], many=True),
    "被改动过": Batch([result(source=Source(__file__, "docx", "0" * 64))]),
    "不是通常的 DOCX": Batch([result(source=Source(__file__, "docx"))]),
}


def test_what_was_not_read_has_no_copy(tmp_path: Path) -> None:
    write("docx", result(status="damaged"), tmp_path / "checked")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", REFUSED)
def test_refused_with_a_reason(words: str, tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=words):
        write("docx", REFUSED[words], tmp_path / "checked.docx")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", [REPORT, "self-evaluation-rivers-errors.docx"])
def test_libreoffice_reads_the_same_text_on_the_same_pages(name: str, tmp_path: Path) -> None:
    write("docx", read(name), tmp_path / "after.docx")
    (tmp_path / "before.docx").write_bytes((DOCUMENTS / name).read_bytes())
    printed = []
    for which in ("before", "after"):
        (pdf,) = converted(tmp_path / f"{which}.docx", "pdf", tmp_path)
        # quotes at a line's end come in another order, blanks where a run begins: characters are compared
        printed.append(
            [sorted(plain(page.get_textpage().get_text_range())) for page in pypdfium2.PdfDocument(pdf)]
        )
        pdf.unlink()
    before, after = printed
    assert len(before) >= 1 and after == before


SPOTS: dict[tuple[Any, ...], tuple[int, int] | None] = {
    ("5分，又5分", "5", "", "", 4): (0, 1),
    ("5分，又5分", "5", "", "", 2): (4, 5),
    ("又 5 分 5", "5", "5 分", "又", 1): (6, 7),
    ("权重7分，得分7分", "7", "", "正文：得分"): (7, 8),
    ("权重7分，得分7分", "7", "", "权重"): (2, 3),
    ("比105多10个", "10", "", ""): (5, 7),
    ("甲为5。乙为5。", "5", "乙为5", ""): (6, 7),
    ("1, 207.65 万元", "1,207.65万元", "", ""): (0, 12),
    ("共10个", "12", "", ""): None,
    ("共10个", "", "", ""): None,
    ("在105个中", "10", "", ""): (1, 3),
    ("第10、", "10", "", ""): (1, 3),
}


@pytest.mark.parametrize("asked", SPOTS)
def test_spot(asked: Any) -> None:
    assert spot(*asked) == SPOTS[asked]
