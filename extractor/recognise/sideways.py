"""Areas that lie on their side: a column for each indicator, rows for its levels, target, actual value and points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import regex

from extractor.document import Cell, Table
from extractor.facts import Indicator, Level, Subtotal
from extractor.recognise.figures import figure
from extractor.recognise.heads import LEVELS, VALUES
from extractor.recognise.names import named
from extractor.vocabulary import words

_FEWEST = 2
_SUMMING = ("grand", "subtotal")
_PERIOD = regex.compile(r"(?:年度?|季度|月份?|半年|[上中下]旬)$")


class Sideways(NamedTuple):
    """The indicators of an area that lies on its side, what its column of sums states, and the row after it."""

    rows: list[Indicator]
    sums: list[Subtotal]
    after: int


def sideways(table: Table, row: int) -> Sideways | None:
    """An area that begins at a row of names (指标名称 | 见习人数 | …), perhaps below those of their levels (一级指标 |
    产出指标 | …), with rows of their values below (目标值 | … ; 完成值 | …); None if no such area begins there."""
    first, row = row, _last_level(table, row)
    heads = _named_row(table, row)
    if heads is None:
        return None
    label, names = heads
    values: dict[str, list[Cell]] = {}
    fields: dict[str, int] = {}
    after = row + 1
    while (field := _value_row(table, after, label, names)) is not None:
        if field in VALUES and field not in values:
            values[field] = [cell for c in names if (cell := table.at(after, c.col)) is not None]
            fields[field] = after
        after += 1
    if len(values) < _FEWEST or not values.keys() & {"target", "actual"}:
        return None
    above = list(range(first, row))
    rows = [
        _in_column(n, c, values, [cell for r in above if (cell := table.at(r, c.col)) is not None])
        for n, c in enumerate(names)
        if words("rows").meaning(c.text.flat) not in _SUMMING
    ]
    return Sideways(rows, _sums(table, row, fields), after)


def _last_level(table: Table, row: int) -> int:
    """The last of the rows of levels that begin at a row: that of the names."""
    label = table.at(row, 0)
    while label is not None and row + 1 < table.n_rows:
        below = table.at(row + 1, label.col)
        meanings = [words("columns").meaning(c.text.flat) for c in (label, below) if c is not None]
        if len(meanings) < 2 or not all(m in LEVELS for m in meanings) or meanings[1] <= meanings[0]:  # type: ignore[operator]
            break
        row, label = row + 1, below
    return row


def _named_row(table: Table, row: int) -> tuple[Cell, list[Cell]] | None:
    """The label 指标名称 of a row and the names at its right, none of them a head or a figure."""
    cells = [c for c in table.row(row) if c.row == row and c.text]
    meaning = words("columns").meaning
    at = next((n for n, c in enumerate(cells) if c.rowspan == 1), len(cells))
    if at > 1 or len(cells) - at - 1 < _FEWEST or meaning(cells[at].text.flat) not in LEVELS:
        return None
    names = cells[at + 1 :]
    if any(meaning(c.text.flat) or figure(c.text).quantity or _PERIOD.search(c.text.flat) for c in names):
        return None
    return cells[at], names


def _value_row(table: Table, row: int, label: Cell, names: list[Cell]) -> str | None:
    """The field that a row with a cell under each name states, "" if its label is none; None if it is no such row."""
    first = table.at(row, label.col) if row < table.n_rows else None
    if first is None or first.row != row or first.col != label.col or not first.text:
        return None
    cells = [table.at(row, c.col) for c in names]
    own = all(
        c is not None and (c.row, c.col) == (row, name.col) for c, name in zip(cells, names, strict=True)
    )
    return words("columns").meaning(first.text.flat) or "" if own else None


def _in_column(number: int, head: Cell, values: dict[str, list[Cell]], above: list[Cell]) -> Indicator:
    """The indicator that stands in a column, under the levels ``above`` it."""
    parts = named(head.text)
    fields: dict[str, Any] = {m: figure(cells[number].text) for m, cells in values.items()}
    levels = []
    for cell in above:
        level = named(cell.text)
        weight = figure(level.weight) if level.weight is not None else None
        levels.append(Level(level.name, cell.text, level.code, weight))
    return Indicator(parts.name, head.text, parts.code, tuple(levels), place=head.text.home, **fields)


def _sums(table: Table, row: int, fields: Mapping[str, int]) -> list[Subtotal]:
    """What the column of the sum states (合计), weight and score."""
    found = []
    for cell in table.row(row):
        if words("rows").meaning(cell.text.flat) == "grand":
            stated = {
                field: figure(value.text)
                for field in ("weight", "score")
                if field in fields and (value := table.at(fields[field], cell.col)) is not None
            }
            found.append(Subtotal(cell.text, stated.get("weight"), stated.get("score"), True, cell.text.home))
    return found
