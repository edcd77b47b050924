"""The annotated PDF, read back with other libraries; and that every cited box lies on its figure."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject
from takeaway import DOCUMENTS, corpus, plain, read, write
from test_record import finding, result

import cli
from extractor import extract
from extractor.document import Box, Place
from extractor.findings import Evidence
from extractor.outputs import Batch, NotWritten
from extractor.outputs.debugging import draw_tables
from extractor.outputs.pdf.frame import Frame
from extractor.outputs.pdf.marks import boxes_by_page
from extractor.result import Result, Source

REPORT = "report-bicycles-errors.pdf"


def cited(found: Result) -> list[tuple[str, int, tuple[Box, ...]]]:
    """Every cited text with each page that it stands on and its boxes there."""
    return [
        (side.text, page, tuple(Box(*(round(edge, 1) for edge in box)) for box in boxes))
        for each in found.findings
        for side in each.evidence
        for page, boxes in boxes_by_page(side.place)
    ]


def under(page: Any, boxes: list[Box]) -> str:
    """The characters whose middle lies in one of the boxes, by pdfplumber."""
    chars = [
        char["text"]
        for box in boxes
        for char in page.chars
        if box.x0 <= (char["x0"] + char["x1"]) / 2 <= box.x1
        and box.top <= (char["top"] + char["bottom"]) / 2 <= box.bottom
    ]
    return plain("".join(chars))


@pytest.mark.parametrize("name", [path.name for path in sorted(DOCUMENTS.glob("*.pdf"))])
def test_every_box_lies_on_the_figure_it_cites(name: str) -> None:
    found = read(name)
    with pdfplumber.open(DOCUMENTS / name) as pdf:
        for each in found.findings:
            for side in each.evidence:
                pages = [page for page, _ in boxes_by_page(side.place)]
                text = "".join(under(pdf.pages[n - 1], list(b)) for n, b in boxes_by_page(side.place))
                assert pages or not side.text, side
                assert text == plain(side.text), (each.rule, side.label)


@pytest.mark.parametrize("name", corpus(".pdf"))
def test_notes_are_read_back(name: str, tmp_path: Path) -> None:
    found = read(name)
    target = write("pdf", found, tmp_path / "checked.pdf")
    with pdfplumber.open(target) as pdf:
        notes = [
            note for page in pdf.pages for note in page.annots if note["data"]["Subtype"].name == "Highlight"
        ]
    assert len(notes) == len({(page, boxes) for _, page, boxes in cited(found)})
    said = "\n".join(note["contents"] for note in notes)
    for each in found.findings:
        assert each.message in said and (each.expected in said)


def test_highlights_cover_what_they_cite(tmp_path: Path) -> None:
    found = read(REPORT)
    document = pypdfium2.PdfDocument(write("pdf", found, tmp_path / "checked.pdf"))
    texts = set()
    for page in PdfReader(tmp_path / "checked.pdf").pages:
        number = page.page_number or 0
        sheet = document[number].get_textpage()
        for note in page.get("/Annots", []):
            quads = [float(edge) for edge in note.get_object().get("/QuadPoints", [])]
            lines = [bounded(sheet, quads[at : at + 8]) for at in range(0, len(quads), 8)]
            texts.add((number + 1, plain("".join(lines))))
    parts = [(page, plain(text)) for text, page, _ in cited(found)]
    assert set(parts) <= texts


def bounded(sheet: Any, quad: list[float]) -> str:
    """The text in a quad, a little inside of its edges, by pdfium."""
    xs, ys = quad[::2], quad[1::2]
    return str(sheet.get_text_bounded(min(xs) + 1, min(ys) + 2, max(xs) - 1, max(ys) - 2))


def test_a_bookmark_for_each_finding(tmp_path: Path) -> None:
    found = read(REPORT)
    document = pypdfium2.PdfDocument(write("pdf", found, tmp_path / "checked.pdf"))
    marks = [(mark.level, mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
    own = marks[-len(found.findings) - 1 :]
    assert own[0][1].startswith("勾稽检查：错误")
    for each, (level, title, where) in zip(found.findings, own[1:], strict=True):
        assert level == 1 and each.message[:20] in title
        assert where.get_index() + 1 == each.evidence[0].place.page


def test_text_and_layout_stay(tmp_path: Path) -> None:
    source = DOCUMENTS / REPORT
    target = write("pdf", read(REPORT), tmp_path / "checked.pdf")
    assert target.read_bytes().startswith(source.read_bytes())
    before, after = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument(target)
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert old.get_textpage().get_text_range() == new.get_textpage().get_text_range()
        assert old.get_bbox() == new.get_bbox()
    again = extract(target)
    assert [f.id for f in again.findings] == [f.id for f in read(REPORT).findings]


def test_notes_and_bookmarks_that_are_there_stay(tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    path.write_bytes(changed(noted))
    found = replace(finding(), evidence=(Evidence("x", Place(1, Box(80, 90, 100, 101))),))
    source = result(source=Source(str(path), "pdf"), findings=(found,))
    reader = PdfReader(write("pdf", source, tmp_path / "checked.pdf"))
    kinds = [note.get_object()["/Subtype"] for note in reader.pages[0]["/Annots"]]
    assert kinds == ["/Text", "/Highlight", "/Popup"]
    assert reader.pages[0]["/Annots"][0].get_object()["/Contents"] == "原有批注"
    titles = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert titles[0] == "原有书签" and titles[1].startswith("勾稽检查：")


def noted(writer: PdfWriter) -> None:
    writer.add_outline_item(title="原有书签", page_number=0)
    writer.add_annotation(0, Text(rect=(50, 50, 70, 70), text="原有批注"))


def changed(change: Any) -> bytes:
    """The first page of a document of the corpus, changed."""
    writer = PdfWriter()
    writer.append(DOCUMENTS / REPORT, pages=(2, 3))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def framed(rotation: int) -> Any:
    def change(writer: PdfWriter) -> None:
        page = writer.pages[0]
        page.cropbox = RectangleObject((30, 50, 560, 800))
        page[NameObject("/Rotate")] = NumberObject(rotation)

    return change


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_highlights_find_their_place_on_turned_and_cropped_pages(rotation: int, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    path.write_bytes(changed(framed(rotation)))
    document = extract(path).document
    assert document
    text = next(b.text for b in document.blocks if hasattr(b, "text") and "96.5" in b.text.string)
    at = text.string.index("96.5")
    side = Evidence("96.5", text.place_of(at, at + 4))
    one = (replace(finding(), evidence=(side,)),)
    found = result(source=Source(str(path), "pdf"), findings=one, document=document)
    target = write("pdf", found, tmp_path / "checked.pdf")
    page = PdfReader(target).pages[0]
    (note,) = [n.get_object() for n in page["/Annots"] if n.get_object()["/Subtype"] == "/Highlight"]
    left, bottom, right, top = map(float, note["/Rect"])
    sheet = pypdfium2.PdfDocument(target)[0].get_textpage()
    assert "96.5" in sheet.get_text_bounded(left, bottom, right, top)
    assert (right - left) * (top - bottom) < 25 * 40


@pytest.mark.parametrize("turns", range(4))
def test_a_corner_as_seen_is_a_corner_of_the_page(turns: int) -> None:
    frame = Frame(10, 20, 110, 220, turns)
    corners = {0: (10, 220), 1: (10, 20), 2: (110, 20), 3: (110, 220)}
    assert frame.point(0, 0) == corners[turns]


def signature(writer: PdfWriter) -> None:
    field = DictionaryObject({NameObject("/FT"): NameObject("/Sig")})
    field[NameObject("/V")] = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = form


def permissions(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/Perms")] = DictionaryObject()


def lock(writer: PdfWriter) -> None:
    writer.encrypt("", "owner")


@pytest.mark.parametrize(
    ("change", "words"), [(signature, "数字签名"), (permissions, "数字签名"), (lock, "密码或权限")]
)
def test_signed_and_encrypted_files_are_refused(change: Any, words: str, tmp_path: Path) -> None:
    path = tmp_path / "source.pdf"
    path.write_bytes(changed(change))
    with pytest.raises(NotWritten, match=words):
        write("pdf", extract(path), tmp_path / "checked.pdf")
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_says_why_it_refuses(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "source.pdf"
    path.write_bytes(changed(signature))
    assert cli.run([str(path), "-o", str(tmp_path / "checked.pdf")]) == 4
    assert "数字签名" in capsysbinary.readouterr().err.decode()


REFUSED = {
    "不是 PDF": Batch([result(source=Source("a.docx", "docx"))]),
    "一次只能写一个文件": Batch([result()], many=True),
    "被改动过": Batch([result(source=Source(__file__, "pdf", "0" * 64))]),
    "内部结构不规范": Batch([result(source=Source(__file__, "pdf"))]),
}


def test_what_was_not_read_has_no_copy(tmp_path: Path) -> None:
    write("pdf", result(status="damaged"), tmp_path / "checked")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", REFUSED)
def test_refused_with_a_reason(words: str, tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=words):
        write("pdf", REFUSED[words], tmp_path / "checked.pdf")
    assert not list(tmp_path.iterdir())


def test_tables_are_drawn_on_their_pages(tmp_path: Path) -> None:
    from PIL import Image

    written = draw_tables(read(REPORT), tmp_path, "r")
    pages = {part.page for t in read(REPORT).document.tables for part in t.place.parts or (t.place,)}  # type: ignore[union-attr]
    assert {path.name for path in written} == {f"r-page-{page:03d}.png" for page in pages}
    with Image.open(written[0]) as picture:
        colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert (214, 39, 40) in colours


def test_places_without_boxes_are_no_marks() -> None:
    assert list(boxes_by_page(Place(3))) == [] and list(boxes_by_page(Place())) == []
