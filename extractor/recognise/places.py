"""Forms with a row for each county, town or school: its targets and what it reached, of one indicator or of several.

Only a form's title makes such a table one of indicators: reports are full of lists that look alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractor.document import Cell, Table
from extractor.facts import Indicator, Level
from extractor.recognise.columns import settled_heads
from extractor.recognise.figures import figure
from extractor.recognise.head_endings import planned_and_done
from extractor.recognise.head_lines import heads_in_row
from extractor.recognise.heads import LEVELS, VALUES, Head, Heads
from extractor.recognise.names import named
from extractor.recognise.units import unit_in_brackets
from extractor.vocabulary import words

_STATED = {"target", "actual"}


def place_heads(table: Table, row: int) -> tuple[Heads, ...]:
    """The heads of one indicator's figures by place (县区 | 目标任务 | 实际完成 | 得分): the places are the names."""
    place = _first_head(table, row)
    if place is None or not _names_places(place):
        return ()
    found = planned_and_done(heads_in_row(table, row))
    meanings = {h.meaning for h in found.values()}
    if meanings & set(LEVELS) or not meanings >= _STATED:
        return ()
    for col in range(place.col, place.col + place.colspan):
        found[col] = Head("level3", place.text.flat, place.col)
    return (settled_heads(table, row, row, found),)


def _first_head(table: Table, row: int) -> Cell | None:
    """The head of the first column that is not one of numbers."""
    own = [c for c in table.row(row) if c.row == row and c.text]
    if own and words("columns").meaning(own[0].text.flat) == "number":
        own = own[1:]
    return own[0] if own else None


def _names_places(head: Cell) -> bool:
    """Whether a head is that of places or units; over two indicators or more each with plan and result any will do."""
    return words("places").meaning(head.text.flat) == "place"


@dataclass(frozen=True, slots=True)
class _Group:
    """An indicator over columns of its own: 改造户厕（户） over 目标值 and 完成值."""

    head: Cell
    columns: dict[str, int]


def rows_by_place(table: Table, row: int) -> tuple[list[Indicator], int] | None:
    """A row for each place and indicator of a table that has the indicators side by side, and the row after it."""
    place = _first_head(table, row)
    if place is None or place.rowspan < 2:
        return None
    last = place.row + place.rowspan - 1
    groups = [g for c in table.row(row) if (g := _group(table, c, row, last))]
    if len(groups) < (1 if _names_places(place) else 2):
        return None
    found: list[Indicator] = []
    row = last + 1
    while row < table.n_rows:
        cell = table.at(row, place.col)
        if cell is None or cell.row != row or not cell.text or cell.colspan > place.colspan:
            break
        if words("rows").meaning(cell.text.flat) is None:
            found.extend(_indicator(table, row, cell, group) for group in groups)
        row += 1
    return (found, row) if found else None


def _group(table: Table, head: Cell, row: int, last: int) -> _Group | None:
    """The columns under a head, if they are a target and what was reached of it, perhaps more."""
    if head.row != row or head.colspan < 2 or not head.text:
        return None
    columns: dict[str, int] = {}
    for col in range(head.col, head.col + head.colspan):
        cell = table.at(last, col)
        meaning = words("columns").meaning(cell.text.flat) if cell is not None else None
        if meaning in VALUES and meaning not in columns:
            columns[meaning] = col
    return _Group(head, columns) if columns.keys() >= _STATED else None


def _indicator(table: Table, row: int, place: Cell, group: _Group) -> Indicator:
    parts = named(group.head.text)
    unit = unit_in_brackets(group.head.text.flat)
    fields: dict[str, Any] = {
        name: figure(cell.text, unit if name in _STATED else "")
        for name, col in group.columns.items()
        if (cell := table.at(row, col)) is not None and cell.row == row
    }
    where = named(place.text).name
    return Indicator(
        parts.name,
        group.head.text,
        parts.code,
        (Level(where, place.text),),
        block=where,
        place=place.text.home,
        **fields,
    )
