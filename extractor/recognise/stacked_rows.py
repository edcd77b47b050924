"""Tables that give each indicator a row for its plan and one for what was reached: 计划 | … above 实际 | …."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.document import Cell, Table
from extractor.facts import Indicator, Level
from extractor.recognise.figures import figure
from extractor.recognise.heads import LEVELS
from extractor.recognise.names import named
from extractor.vocabulary import words

_WHOLE_YEAR = regex.compile(r"全年|年度|合计|累计|总计")
_PART_OF_YEAR = regex.compile(r"季度|月|半年|[上中下]旬")
_FEWEST, _FEWEST_HEADS, _LONGEST = 2, 3, 8


class _Columns(NamedTuple):
    """Where a stacked table has its names, the words 计划 and 实际, and the year's figures."""

    name: int
    kind: int
    value: int


def stacked_rows(table: Table, row: int) -> tuple[list[Indicator], int] | None:
    """The indicators of an area whose heads stand in a row, and the row after it; None if it is no such area."""
    columns = _columns(table, row)
    if columns is None:
        return None
    found: list[Indicator] = []
    after = row + 1
    while after + 1 < table.n_rows and (indicator := _pair(table, after, columns)):
        found.append(indicator)
        after += 2
    return (found, after) if len(found) >= _FEWEST else None


def _columns(table: Table, row: int) -> _Columns | None:
    """The columns by the two rows below the heads; the year's figures are the whole year's, or the only ones."""
    heads = [c for c in table.row(row) if c.row == row and c.text]
    if len(heads) < _FEWEST_HEADS or any(h.text.flat[:1].isdigit() for h in heads[:3]):
        return None
    meaning = words("columns").meaning
    for at, head in enumerate(heads[1:-1], 1):
        two = [table.at(row + n, head.col) for n in (1, 2)] if row + 2 < table.n_rows else []
        short = [c.text.flat for c in two if c is not None and len(c.text) <= _LONGEST]
        if [meaning(text) for text in short] != ["target", "actual"]:
            continue
        right = [h for h in heads[at + 1 :] if not _PART_OF_YEAR.search(h.text.flat)]
        whole = [h for h in right if _WHOLE_YEAR.search(h.text.flat)] or right[:1]
        named_so = meaning(heads[at - 1].text.flat) in LEVELS
        return _Columns(heads[at - 1].col, head.col, whole[0].col) if whole and named_so else None
    return None


def _pair(table: Table, row: int, columns: _Columns) -> Indicator | None:
    """The indicator whose plan stands in a row and its result in the next."""
    name = table.at(row, columns.name)
    meaning = words("columns").meaning
    kinds = [table.at(row + n, columns.kind) for n in (0, 1)]
    values = [table.at(row + n, columns.value) for n in (0, 1)]
    if name is None or name.row != row or name.rowspan != 2 or not name.text or None in (*kinds, *values):
        return None
    if [meaning(c.text.flat) for c in kinds if c] != ["target", "actual"]:
        return None
    target, actual = (figure(c.text) for c in values if c)
    parts = named(name.text)
    levels = tuple(_levels(table, row, columns.name))
    return Indicator(
        parts.name, name.text, parts.code, levels, target=target, actual=actual, place=name.text.home
    )


def _levels(table: Table, row: int, before: int) -> Iterator[Level]:
    """The cells left of a name, without a column of numbers."""
    seen: list[Cell] = []
    for col in range(before):
        cell = table.at(row, col)
        if cell is not None and cell.text and cell not in seen and figure(cell.text).quantity is None:
            seen.append(cell)
            yield Level(named(cell.text).name, cell.text)
