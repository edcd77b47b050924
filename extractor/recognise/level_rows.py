"""Levels that stand in rows of their own over the whole width: 一、政策效果（40分） above the rows that it is about."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.document import Cell, Table, Text
from extractor.facts import Level
from extractor.recognise.figures import figure
from extractor.recognise.heads import Heads
from extractor.recognise.names import named
from extractor.vocabulary import words

_TOP = regex.compile(r"\s*(?:[一二三四五六七八九十]{1,2}[、.．]|[A-Z][.．、\s])")
_SECOND = regex.compile(r"\s*[（(]\s*[一二三四五六七八九十]{1,2}\s*[)）]")
_LONGEST = 30


def level_over(table: Table, heads: Heads) -> list[Text]:
    """The level that a cell right above the heads names for all rows below them, where it is as wide as these and the
    table is wider: 产出指标（60分） beside 效果指标（40分）."""
    first, last = min(heads.columns), max(heads.columns)
    cell = table.at(heads.first - 1, first) if heads.first else None
    if (
        cell is None
        or (cell.col, cell.col + cell.colspan - 1) != (first, last)
        or cell.colspan == table.n_cols
    ):
        return []
    return level_row(cell, ())


def level_row(cell: Cell, above: Sequence[Text]) -> list[Text]:
    """The rows of levels that hold from a cell over the whole width on: itself and, if it is numbered （一）, the one
    numbered 一、 above it. As they were, if it names no level."""
    flat = cell.text.flat
    numbered = _TOP.match(flat) or _SECOND.match(flat)
    known = words("rows").meaning(flat) == "level" or words("levels").meaning(flat)
    weighed = named(cell.text).weight is not None
    if len(flat) > _LONGEST or not (numbered or known or weighed):
        return list(above)
    top = [t for t in above if not _SECOND.match(t.flat)] if _SECOND.match(flat) else []
    return [*top, cell.text]


def levels_of_rows(rows: Sequence[Text]) -> tuple[Level, ...]:
    """The levels that rows over the whole width name, with the weight in their words."""
    found = []
    for text in rows:
        parts = named(text)
        weight = figure(parts.weight) if parts.weight is not None else None
        found.append(Level(parts.name, text, parts.code, weight))
    return tuple(found)
