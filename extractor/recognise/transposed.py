"""Tables and areas that lie on their side: a column for each level (A.决策, B.管理 …, 合计) or indicator, rows for
target, actual, weight and score."""

from __future__ import annotations

from typing import Any

import regex

from extractor.document import Cell, Table
from extractor.facts import Figure, Indicator, Subtotal
from extractor.recognise.figures import figure
from extractor.recognise.heads import LEVELS, VALUES
from extractor.recognise.names import named
from extractor.vocabulary import words

_ROWS = ("weight", "score", "rate")
_FEWEST = 2
_PERIOD = regex.compile(r"(?:年度?|季度|月份?|半年|[上中下]旬)$")


def transposed_rows(table: Table) -> tuple[tuple[Indicator, ...], Subtotal | None]:
    """An indicator for each level column and the total column's figures; nothing if the table does not lie
    so."""
    meanings = _row_meanings(table)
    if "score" not in meanings.values() or not 2 <= table.n_rows <= 6:
        return (), None
    rows: list[Indicator] = []
    total: Subtotal | None = None
    for col in range(1, table.n_cols):
        head = table.at(0, col)
        if head is None or not head.text or head.col != col:
            continue
        values = {m: figure(c.text) for r, m in meanings.items() if (c := table.at(r, col)) is not None}
        summing = words("rows").meaning(head.text.flat)
        if summing == "grand":
            total = Subtotal(head.text, values.get("weight"), values.get("score"), True, head.text.home)
        elif summing != "subtotal":
            rows.append(_indicator(head, values))
    return tuple(rows), total


def _row_meanings(table: Table) -> dict[int, str]:
    """What each row is (weight, score, rate), by its first cell; 分值 beside 权重 is the score."""
    found: dict[int, str] = {}
    for row in range(1, table.n_rows):
        cell = table.at(row, 0)
        meaning = words("columns").meaning(cell.text.flat) if cell else None
        if meaning == "weight" and "weight" in found.values():
            meaning = "score"
        if meaning in _ROWS:
            found[row] = meaning
    return found


def _indicator(head: Cell, values: dict[str, Figure]) -> Indicator:
    parts = named(head.text)
    return Indicator(
        parts.name, head.text, parts.code,
        weight=values.get("weight"), score=values.get("score"), rate=values.get("rate"), place=head.text.home,
    )  # fmt: skip


def sideways(table: Table, row: int) -> tuple[list[Indicator], int] | None:
    """The indicators of an area that begins at a row of names (指标名称 | 见习人数 | …) with rows of their values
    below (目标值 | … ; 完成值 | …), and the row after it; None if no such area begins there."""
    heads = _named_row(table, row)
    if heads is None:
        return None
    label, names = heads
    values: dict[str, list[Cell]] = {}
    last = row + 1
    while (found := _value_row(table, last, label, names)) is not None:
        values.setdefault(found[0], found[1])
        last += 1
    if len(values) < _FEWEST or not values.keys() & {"target", "actual"}:
        return None
    summing = [words("rows").meaning(c.text.flat) in ("grand", "subtotal") for c in names]
    rows = [_in_column(n, c, values) for n, c in enumerate(names) if not summing[n]]
    return rows, last


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


def _value_row(table: Table, row: int, label: Cell, names: list[Cell]) -> tuple[str, list[Cell]] | None:
    """The field that a row states, and its cell under each name."""
    first = table.at(row, label.col) if row < table.n_rows else None
    if first is None or first.row != row or first.col != label.col:
        return None
    field = words("columns").meaning(first.text.flat)
    cells = [table.at(row, c.col) for c in names]
    own = [
        c for c, name in zip(cells, names, strict=True) if c is not None and (c.row, c.col) == (row, name.col)
    ]
    return (field, own) if field in VALUES and len(own) == len(names) else None


def _in_column(number: int, head: Cell, values: dict[str, list[Cell]]) -> Indicator:
    """The indicator that stands in a column."""
    parts = named(head.text)
    fields: dict[str, Any] = {m: figure(cells[number].text) for m, cells in values.items()}
    return Indicator(parts.name, head.text, parts.code, place=head.text.home, **fields)
