"""Excerpts of documents without pages: the cited table or paragraph and what is around it, or the quote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from extractor.document import Table
from extractor.outputs.html.shell import safe, safe_lines
from extractor.outputs.html.tables import table_markup
from extractor.outputs.spot import printed, spot, spread
from extractor.outputs.wording import place_words

if TYPE_CHECKING:
    from extractor.document import Block, Document
    from extractor.findings import Evidence

_CONTEXT = 2  # paragraphs before and after a cited one
_LONGEST = 400  # characters of a paragraph of the context


class Excerpts:
    """The excerpts of one document, gathered while its findings are listed."""

    def __init__(self, document: Document | None) -> None:
        self._blocks: tuple[Block, ...] = document.blocks if document else ()
        self._tables = {block.number: n for n, block in enumerate(self._blocks) if isinstance(block, Table)}
        self._paragraphs: dict[tuple[str | None, int], int] = {}
        for n, block in enumerate(self._blocks):
            if not isinstance(block, Table) and block.text.home.paragraph is not None:
                self._paragraphs.setdefault((block.text.home.part, block.text.home.paragraph), n)
        self._rows: dict[int, set[int]] = {}
        self._cited: set[int] = set()
        self._quotes: list[str] = []

    def target(self, side: Evidence) -> dict[str, Any]:
        """The excerpt that a cited place is shown in; a quote where the document does not hold the place."""
        place = side.place
        if place.table in self._tables and place.row is not None and place.col is not None:
            return self._in_table(self._tables[place.table], place.row, place.col, side)
        if place.paragraph is not None and (place.part, place.paragraph) in self._paragraphs:
            return self._in_paragraph(self._paragraphs[place.part, place.paragraph], side)
        return self._in_quote(side)

    def _in_table(self, block: int, row: int, col: int, side: Evidence) -> dict[str, Any]:
        table = self._blocks[block]
        assert isinstance(table, Table)
        cells = spread(table, row, col, side.text)
        if not cells:
            return self._in_quote(side)
        for cell in cells:
            self._rows.setdefault(block, set()).update(range(cell.row, cell.row + cell.rowspan))
        mark = _mark(cells[0].text.string, side, side.start)
        return {"figure": f"b{block}", "cells": [f"{cell.row}-{cell.col}" for cell in cells], "mark": mark}

    def _in_paragraph(self, block: int, side: Evidence) -> dict[str, Any]:
        paragraph = self._blocks[block]
        assert not isinstance(paragraph, Table)
        self._cited.add(block)
        mark = _mark(paragraph.text.string, side, side.start)
        return {"figure": f"b{block}", "cells": ["p"], "mark": mark}

    def _in_quote(self, side: Evidence) -> dict[str, Any]:
        string = side.quote or side.text
        where = place_words(side.place) or side.label
        number = len(self._quotes)
        self._quotes.append(_figure(f"q{number}", where, f'<p data-cell="p">{safe_lines(string)}</p>'))
        return {"figure": f"q{number}", "cells": ["p"], "mark": _mark(string, side)}

    def markup(self) -> Iterator[str]:
        """The figures in the document's order, the quotes last."""
        for block in sorted({*self._rows, *self._cited}):
            yield self._block(block)
        yield from self._quotes

    def _block(self, number: int) -> str:
        block = self._blocks[number]
        if isinstance(block, Table):
            caption = f"　{block.caption.flat}" if block.caption else ""
            unit = f"　{block.unit.flat}" if block.unit else ""
            where = f"{place_words(block.place)}{caption}{unit}"
            return _figure(f"b{number}", where, table_markup(block, self._rows[number]))
        lines = [self._line(n, n == number) for n in range(number - _CONTEXT, number + _CONTEXT + 1)]
        return _figure(f"b{number}", place_words(block.text.home), "".join(lines))

    def _line(self, number: int, cited: bool) -> str:
        """A paragraph; of those around the cited one only the beginning, and nothing of a table."""
        block = self._blocks[number] if 0 <= number < len(self._blocks) else None
        if block is None or isinstance(block, Table):
            return ""
        if cited:
            return f'<p data-cell="p">{safe_lines(block.text.string)}</p>'
        return f'<p class="context">{safe(block.text.flat[:_LONGEST])}</p>'


def _figure(name: str, caption: str, content: str) -> str:
    return (
        f'<figure class="excerpt" id="{name}"><figcaption>{safe(caption)}</figcaption>'
        f'<div class="scroll">{content}</div></figure>'
    )


def _displayed(string: str) -> str:
    """A text as the browser will hold it: what ``safe_lines`` shows, before it is escaped."""
    from extractor.outputs.wording import shown

    return "\n".join(map(shown, string.split("\n")))


def _mark(string: str, side: Evidence, start: int | None = None) -> list[int] | None:
    """Where the cited text stands in a string as displayed, of which ``start`` is its offset as read."""
    shown = _displayed(string)
    rest = None if start is None else printed(string[start:])
    found = spot(shown, side.text, side.quote, side.label, rest)
    return [len(shown[:end].encode("utf-16-le")) // 2 for end in found] if found else None
