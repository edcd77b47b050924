"""What stands just before a table or in its first rows: its title, its unit, the level that all its rows belong to."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.document import Table, Text
from extractor.recognise.fields import inline_pairs
from extractor.recognise.names import named
from extractor.recognise.slices import lone_cell
from extractor.recognise.titles import title_kind, unbroken
from extractor.recognise.units import money_unit, unit_in_line
from extractor.vocabulary import words

_YEAR_ALONE = regex.compile(r"\s*[（(]?\s*(?:20\d{2}|[二〇○零一三四五六七八九]{4})\s*年\s*度?\s*[)）]?\s*")
_TOP = 3


def unit_before(table: Table) -> str:
    """The unit that a line or the caption above a table gives its figures."""
    if table.unit:
        return unit_in_line(table.unit.string)
    return money_unit(table.caption.string) or unit_in_line(table.caption.string) if table.caption else ""


def title_inside(table: Table) -> Text | None:
    """A title printed in the table's first rows, alone in its row."""
    for row in range(min(_TOP, table.n_rows)):
        cell = lone_cell(table, row)
        if cell is None:
            return None
        if title_kind(cell.text.flat):
            return cell.text
    return None


def nearest(before: Sequence[Text]) -> Text | None:
    """The last line before a table that is no line of units, and no year or labels alone unless nothing else is."""
    lines = [t for t in reversed(before) if not unit_in_line(t.string)]
    said = (t for t in lines if not _YEAR_ALONE.fullmatch(t.flat) and not any(True for _ in inline_pairs(t)))
    return next(said, lines[0] if lines else None)


def level_before(before: Sequence[Text]) -> Text | None:
    """The line directly before a table if it is the name of a first level alone: 二、效益指标（40分）."""
    line = nearest(before)
    name = named(line).name if line is not None else ""
    top = words("levels").meaning(name)
    return line if (top and top != "预算执行率") or words("rows").meaning(name) == "level" else None


def title_among(before: Sequence[Text]) -> Text | None:
    """The last title among the lines before a table, put together where it was broken within brackets."""
    above = [None, *before]
    lines = (unbroken(line, left) for line, left in zip(reversed(before), reversed(above[:-1]), strict=True))
    return next((t for t in lines if title_kind(t.flat)), None)
