"""The document read once more by the same reader, each text remembering the element that it was read from.

Paragraphs and cells are counted by the reader's own code, so a place means here what it meant there. The
reader passes a text on as it is, from the element to the block: this relies on it, and a test holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from extractor.document import Block, Paragraph, Place, Table, Text
from extractor.outputs.spot import spread
from extractor.parsers.continued import join_continued
from extractor.parsers.grid import to_table
from extractor.parsers.word.flow import Flow, Item, Para
from extractor.parsers.word.inline import Found
from extractor.parsers.word.names import Element
from extractor.parsers.word.numbering import Numbering
from extractor.parsers.word.styles import Styles
from extractor.parsers.word.tables import Content, Grid


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

    ``body`` is the w:body, ``styles`` and ``numbering`` the roots of these parts, ``diagram`` gives the texts
    drawn for a relation.
    """

    def __init__(
        self,
        body: Element,
        styles: Element | None,
        numbering: Element | None,
        diagram: Callable[[str], list[str]],
    ) -> None:
        known = Styles(styles)
        flow = _TracedFlow(known, Numbering(numbering, known), Found(), diagram)
        self._paragraphs: list[Element | None] = []
        blocks = join_continued(list(self._blocks([*flow.items(body), *flow.rest()])))
        self._tables = [block for block in blocks if isinstance(block, Table)]

    def _blocks(self, items: Iterable[Item]) -> Iterator[Block]:
        tables = 0
        for item in items:
            if isinstance(item, Grid):
                for grid in (item, *item.nested):
                    yield to_table(tables, grid.fields, grid.size, header_rows=grid.header_rows)
                    tables += 1
                continue
            self._paragraphs.append(_element(item.string))
            if item.string:
                yield Paragraph(Text(item.string))

    def at(self, place: Place, text: str = "") -> list[Element]:
        """The w:p or w:tc at a place, or several w:tc that print a text together.

        None for a place outside the body (a footnote), or one that the body does not have.
        """
        if place.part not in (None, "body"):
            return []
        if place.table is not None:
            return self._cells(place.table, place.row or 0, place.col or 0, text)
        n = place.paragraph
        return _elements([self._paragraphs[n]]) if n is not None and n < len(self._paragraphs) else []

    def _cells(self, table: int, row: int, col: int, text: str) -> list[Element]:
        cells = spread(self._tables[table], row, col, text) if table < len(self._tables) else []
        return _elements(_element(cell.text.string) for cell in cells)


def _elements(found: Iterable[Element | None]) -> list[Element]:
    return [element for element in found if element is not None]


def _element(string: str) -> Element | None:
    return string.element if isinstance(string, Traced) else None
