"""DOCX (also .docm .dotx .dotm and the strict variant): everything that a reader sees.

Blocks come in this order: the body; headers and footers, each text once; footnotes, endnotes
(``kind="footnote"``) and comments in the order of their marks. Empty paragraphs are no blocks but count. A
table inside a cell follows its outer table as a table of its own, and its text is part of the outer cell's.
Left out: tracked deletions, hidden text, field codes, reference marks.

Places: ``part`` is ``body`` or the part's name (``footnotes``, ``header1``); ``paragraph`` counts the
part's paragraphs outside tables, ``table`` the document's tables after joining, both from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from extractor.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    ParagraphKind,
    Place,
    Problem,
    Table,
    Text,
)
from extractor.parsers.captions import attach_captions
from extractor.parsers.continued import join_continued
from extractor.parsers.grid import to_table
from extractor.parsers.headings import infer_headings
from extractor.parsers.ooxml.package import Package
from extractor.parsers.word.flow import Flow, Item, Para
from extractor.parsers.word.inline import Found
from extractor.parsers.word.names import ALTERNATE, Element, W
from extractor.parsers.word.numbering import Numbering
from extractor.parsers.word.styles import Styles
from extractor.parsers.word.tables import Grid
from extractor.progress import advance

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")

MAX_PARAGRAPHS = 1_000_000
"""Paragraphs and tables of the body (``limit-paragraphs``)."""

_BODY = W + "body"
_WATCHED = (
    _BODY,
    ALTERNATE,
    *(W + n for n in ("p", "tbl", "sdt", "ins", "del", "moveTo", "customXml", "altChunk", "sectPr")),
)
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_NOTES: tuple[tuple[str, str, ParagraphKind], ...] = (
    ("footnotes", "footnote", "footnote"),
    ("endnotes", "endnote", "footnote"),
    ("comments", "comment", "comment"),
)
_FAULTS = {
    "embedded-object": "有 {} 个嵌入对象（如 Excel 表、公式）只有图片，其中的文字未读取。",
    "embedded-part": "有 {} 处嵌入的外部文档（altChunk），其中的文字未读取。",
    "chart-unread": "有 {} 个图表，其中的数字未读取。",
    "private-use": "有 {} 个字符是符号字体中的字符，无法确定其含义。",
    "limit-columns": "有 {} 个表格声明的列数超过上限，已按表格自身的列数读取。",
    "limit-table": "有 {} 个表格的行数超过上限，多出的行未读取。",
    "picture-without-text": "文档有 {} 张图片而几乎没有文字，可能是扫描件，请先做文字识别（OCR）。",
}
_FEW = 40


def parse(path: Path) -> Document:
    """Read a DOCX file. Raises ``Unreadable``: ``damaged``, ``needs-password``, ``limit-…``."""
    with Package(path) as package:
        try:
            return _Reader(package).document()
        except RecursionError:
            raise package.too_deep() from None


class _Reader:
    """One document being read: its main part, and what the other parts add."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = package.main_part("word/document.xml")
        if not package.has(self._main):
            raise package.damaged("缺少正文（word/document.xml）")
        self._relations = package.relations(self._main)
        self._found = Found()
        styles = Styles(self._tree("styles"))
        numbering = Numbering(self._tree("numbering"), styles)
        self._flow = Flow(styles, numbering, self._found, self._diagram)
        self._tables = 0
        self._titles: set[int | None] = set()

    def _tree(self, relation_type: str) -> Element | None:
        """The part of a type, if the document has one."""
        target = next((r.target for r in self._relations.values() if r.type == relation_type), None)
        return self._package.tree(target) if target and self._package.has(target) else None

    def document(self) -> Document:
        """Everything, in the order that the module's description gives."""
        body = infer_headings(attach_captions(join_continued(list(self._body())), self._titles))
        blocks: tuple[Block, ...] = (*body, *self._headers(), *self._notes())
        return Document("docx", blocks, problems=tuple(self._problems(blocks)))

    def _body(self) -> Iterator[Block]:
        paragraphs = -1
        for item in self._limited(self._flow.items(self._children())):
            if isinstance(item, Grid):
                yield from self._grids(item)
                continue
            paragraphs += 1
            if item.string:
                if item.title:
                    self._titles.add(paragraphs)
                yield _block(item, Place(part="body", paragraph=paragraphs))

    def _limited(self, items: Iterable[Item]) -> Iterator[Item]:
        for count, item in enumerate(items):
            if count >= MAX_PARAGRAPHS:
                raise self._package.limit("paragraphs", f"段落超过 {MAX_PARAGRAPHS} 个")
            advance()
            yield item
        yield from self._flow.rest()

    def _children(self) -> Iterator[Element]:
        """The children of the body, each as soon as it is read whole; those before it are let go."""
        body: Element | None = None
        for event, element in self._package.stream(self._main, ("start", "end"), _WATCHED):
            if element.tag == _BODY:
                body = element if body is None else body
            elif event == "end" and body is not None and element.getparent() is body:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del body[0]
        if body is None:
            raise self._package.damaged("正文（w:body）不存在")

    def _grids(self, grid: Grid) -> Iterator[Block]:
        """A table and those nested in it."""
        for each in (grid, *grid.nested):
            self._found.faults.update(each.faults)
            yield to_table(self._tables, each.fields, each.size, header_rows=each.header_rows)
            self._tables += 1

    def _headers(self) -> Iterator[Block]:
        """Headers and footers that a section shows, each text once."""
        seen: set[str] = set()
        for relation in dict.fromkeys(self._found.headers):
            type_, target = self._relations.get(relation, ("", ""))
            if type_ not in ("header", "footer") or not self._package.has(target):
                continue
            part = PurePosixPath(target).stem
            kind: ParagraphKind = "header" if type_ == "header" else "footer"
            for block in self._plain(self._package.tree(target), part, kind):
                if block.text.string not in seen:
                    seen.add(block.text.string)
                    yield block

    def _notes(self) -> Iterator[Block]:
        """Footnotes, endnotes and comments, in the order of their marks."""
        for part, tag, kind in _NOTES:
            root = self._tree(part) if self._found.notes.get(part) else None
            if root is None:
                continue
            by_id = {note.get(W + "id", ""): note for note in root.iterchildren(W + tag)}
            marked = [by_id[n] for n in dict.fromkeys(self._found.notes[part]) if n in by_id]
            yield from self._plain((p for note in marked for p in note), part, kind)

    def _plain(self, elements: Iterable[Element], part: str, kind: ParagraphKind) -> Iterator[Paragraph]:
        """Paragraphs outside the body; of tables there the text, cell by cell."""
        items = [*self._flow.items(elements), *self._flow.rest()]
        for index, item in enumerate(items):
            for string in item.string.split("\n") if isinstance(item, Grid) else [item.string]:
                if string.strip():
                    yield Paragraph(Text(string, Place(part=part, paragraph=index)), kind)

    def _diagram(self, relation: str) -> list[str]:
        """The paragraphs drawn in a diagram (SmartArt)."""
        target = self._relations.get(relation)
        if target is None or not self._package.has(target.target):
            return []
        drawn = self._package.tree(target.target).iter(_TEXT)
        strings = ("".join(map(str, paragraph.itertext())).strip() for paragraph in drawn)
        return [string for string in strings if string]

    def _problems(self, blocks: Iterable[Block]) -> Iterator[Problem]:
        faults = self._found.faults
        pictures = faults.pop("picture", 0)
        if pictures and sum(_length(b) for b in blocks) < _FEW:
            faults["picture-without-text"] = pictures
        for code, count in faults.items():
            if count:
                yield Problem(code, _FAULTS[code].format(count))


def _length(block: Block) -> int:
    if isinstance(block, Table):
        return sum(len(c.text.string) for c in block.cells)
    return len(block.text.string)


def _block(item: Para, place: Place) -> Heading | Paragraph:
    if item.level is not None:
        return Heading(Text(item.string, place), item.level)
    kind: ParagraphKind = "contents" if item.contents else "caption" if item.caption else "body"
    return Paragraph(Text(item.string, place), kind)
