"""The commented DOCX, opened again by python-docx and by LibreOffice: comments stand on what they cite."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from takeaway import DOCUMENTS, OFFICE, converted, corpus, plain, read, write
from test_record import finding, result

from extractor import extract
from extractor.document import Place, Table
from extractor.findings import Evidence
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


def test_a_place_no_comment_can_stand_at_is_told_at_another(tmp_path: Path) -> None:
    note = Evidence("5", Place(part="footnotes", paragraph=0), "脚注")
    path = made(tmp_path)
    ((said, text),) = commented(write("docx", on(path, MADE["10"], note), tmp_path / "one.docx"))
    assert "脚注第1段处不能加批注" in said and text == "10"
    ((said, _),) = commented(write("docx", on(path, note), tmp_path / "two.docx"))
    assert "脚注第1段处不能加批注" in said


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
def test_libreoffice_reads_the_same_text(tmp_path: Path) -> None:
    write("docx", read(REPORT), tmp_path / "after.docx")
    (tmp_path / "before.docx").write_bytes((DOCUMENTS / REPORT).read_bytes())
    (after,) = converted(tmp_path / "after.docx", "txt:Text", tmp_path)
    said = after.read_text("utf-8-sig")
    after.unlink()
    (before,) = converted(tmp_path / "before.docx", "txt:Text", tmp_path)
    assert said == before.read_text("utf-8-sig")


SPOTS: dict[tuple[str, str, str, str], tuple[int, int] | None] = {
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
