"""The document read once more by the same reader, each text remembering the element that it was read from.

Paragraphs and cells are counted by the reader's own code, so a place means here what it meant there. The
reader passes a text on as it is, from the element to the block: this relies on it, and a test holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from extractor.document import Block, Paragraph, Place, Table, Text
from extractor.outputs.spot import printed, spread
from extractor.parsers.continued import join_continued
from extractor.parsers.grid import to_table
from extractor.parsers.word.flow import Flow, Item, Para
from extractor.parsers.word.inline import Found
from extractor.parsers.word.names import Element, W
from extractor.parsers.word.numbering import Numbering
from extractor.parsers.word.styles import Styles
from extractor.parsers.word.tables import Content, Grid

_NOTES = ("footnotes", "endnotes")


class Traced(str):
    """A text and the element, w:p or w:tc, that it was read from."""

    element: Element

    def __new__(cls, text: str, element: Element) -> Traced:
        traced = super().__new__(cls, text)
        traced.element = element
        return traced


class _TracedFlow(Flow):
    """The reader, with elements remembered."""

    def _paragraph(self, element: Element) -> Iterator[Item]:
        for item in super()._paragraph(element):
            if isinstance(item, Para) and not isinstance(item.string, Traced):
                item = replace(item, string=Traced(item.string, element))
            yield item

    def _cell(self, element: Element) -> Content:
        content = super()._cell(element)
        return Content(Traced(content.string, element), content.nested)


class Elements:
    """The paragraphs and cells of a document's body, by their places.

    ``body`` is the w:body, ``parts`` holds the roots of the parts there are (``styles``, ``numbering``,
    ``footnotes``, ``endnotes``), ``diagram`` gives the texts drawn for a relation.
    """

    def __init__(
        self, body: Element, parts: Mapping[str, Element], diagram: Callable[[str], list[str]]
    ) -> None:
        known = Styles(parts.get("styles"))
        found = Found()
        flow = _TracedFlow(known, Numbering(parts.get("numbering"), known), found, diagram)
        self._paragraphs: list[str] = []
        blocks = join_continued(list(self._blocks([*flow.items(body), *flow.rest()])))
        self._tables = [block for block in blocks if isinstance(block, Table)]
        self._notes = {
            part: list(_references(flow, body, parts[part], part.removesuffix("s"), found.notes[part]))
            for part in _NOTES
            if part in parts and part in found.notes
        }

    def _blocks(self, items: Iterable[Item]) -> Iterator[Block]:
        tables = 0
        for item in items:
            if isinstance(item, Grid):
                for grid in (item, *item.nested):
                    yield to_table(tables, grid.fields, grid.size, header_rows=grid.header_rows)
                    tables += 1
                continue
            self._paragraphs.append(item.string)
            if item.string:
                yield Paragraph(Text(item.string))

    def at(self, place: Place, text: str = "") -> list[Element]:
        """The w:p or w:tc at a place, or several w:tc that print a text together; or the w:r that stands for it.

        Word takes no comments in text boxes and, in some versions, in notes: the run that the box hangs on or that
        refers to the note stands for these. None for a place elsewhere (a header), or one that is not there.
        """
        notes = self._notes.get(place.part or "", [])
        if place.paragraph is not None and place.paragraph < len(notes):
            return [notes[place.paragraph]]
        return [_bearer(string.element) for string in self._strings(place, text)]

    def rest(self, place: Place, start: int | None) -> int | None:
        """How many characters are printed at a place from an offset up to the end; None where it is not known."""
        strings = self._strings(place, "")
        return printed(strings[0][start:]) if strings and start is not None else None

    def _strings(self, place: Place, text: str) -> list[Traced]:
        if place.part not in (None, "body"):
            return []
        if place.table is not None:
            return self._cells(place.table, place.row or 0, place.col or 0, text)
        n = place.paragraph
        return _traced([self._paragraphs[n]]) if n is not None and n < len(self._paragraphs) else []

    def _cells(self, table: int, row: int, col: int, text: str) -> list[Traced]:
        cells = spread(self._tables[table], row, col, text) if table < len(self._tables) else []
        return _traced(cell.text.string for cell in cells)


def _traced(strings: Iterable[str]) -> list[Traced]:
    return [string for string in strings if isinstance(string, Traced)]


def _bearer(element: Element) -> Element:
    """The run that a text box hangs on, for what stands in one; else the element itself."""
    if next(element.iterancestors(W + "txbxContent"), None) is None:
        return element
    return next(reversed(list(element.iterancestors(W + "r"))), element)


def _references(flow: Flow, body: Element, root: Element, tag: str, ids: Iterable[str]) -> Iterator[Element]:
    """For each paragraph of the notes, in the reader's order, the run of the body that refers to its note."""
    marks = {mark.get(W + "id", ""): mark for mark in body.iter(f"{W}{tag}Reference")}
    notes = {note.get(W + "id", ""): note for note in root.iterchildren(W + tag)}
    for name in dict.fromkeys(ids):
        if name not in notes or name not in marks:
            continue
        run = next(marks[name].iterancestors(W + "r"))
        for _ in flow.items(notes[name]):
            yield _bearer(run)
