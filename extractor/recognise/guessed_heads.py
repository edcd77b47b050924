"""Heads in words that nobody knows: which columns are names, target, result, points and score shows in what stands
under them. Only under a form's title, and only where no head of the table is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractor.document import Cell, Table
from extractor.quantity import read
from extractor.recognise.column_set import MOST, mostly_figures, numbers, within
from extractor.recognise.columns import settled_heads
from extractor.recognise.heads import LEVELS, Head, Heads
from extractor.recognise.missing_columns import answers
from extractor.recognise.units import is_unit
from extractor.vocabulary import words

_LONGEST, _FEWEST_HEADS, _FEWEST_ROWS, _MOST_ROWS = 14, 4, 3, 60
_FULL = 100
_MONEY = regex.compile(r"金额|资金|预算|支出|收入|经费|投资|拨款|元")


@dataclass(frozen=True, slots=True)
class _Column:
    """A head with what stands under it, row by row; "" where a row has no cell of its own there."""

    head: Cell
    texts: Sequence[str]

    @property
    def given(self) -> list[str]:
        return [t for t in self.texts if t]


def guessed_heads(table: Table) -> Heads | None:
    """The heads of a table whose columns tell by their figures that it is one of indicators; None if none do."""
    for row in range(table.n_rows - _FEWEST_ROWS):
        heads = [c for c in table.row(row) if c.row == row and c.text and c.rowspan == 1]
        if len(heads) < _FEWEST_HEADS or any(map(is_no_head, heads)):
            continue
        columns = [_Column(h, _below(table, row, h.col)) for h in heads]
        meanings = _meanings(columns)
        if meanings:
            found = {
                col: Head(meanings.get(h.col, ""), h.text.flat, h.col)
                for h in heads
                for col in range(h.col, h.col + h.colspan)
            }
            return settled_heads(table, row, row, found)
    return None


def is_no_head(cell: Cell) -> bool:
    """Whether a cell cannot head a column: long, a figure, a kind of money or the label of a value."""
    flat = cell.text.flat
    known = words("labels").meaning(flat) or words("fund-items").meaning(flat)
    return len(flat) > _LONGEST or read(flat) is not None or bool(known) or bool(_MONEY.search(flat))


def _below(table: Table, row: int, col: int) -> list[str]:
    """What stands in a column below a row, as far as rows have several cells; a sum row is none of them."""
    found = []
    for at in range(row + 1, min(table.n_rows, row + 1 + _MOST_ROWS)):
        own = [c for c in table.row(at) if c.row == at and c.text]
        if len(own) < 2 or any(words("rows").meaning(c.text.flat) in ("grand", "subtotal") for c in own[:2]):
            break
        cell = table.at(at, col)
        found.append(cell.text.flat if cell is not None and (cell.row, cell.col) == (at, col) else "")
    return found


def _meanings(columns: Sequence[_Column]) -> Mapping[int, str]:
    """The meanings of columns by where they begin: names with target and result, or with points that make 100 and
    the score; {} if the figures tell neither."""
    names = _names(columns)
    if names is None:
        return {}
    right = [c for c in columns if c.head.col > names.head.col]
    found = _points(right) | _compared([c for c in right if not _is_plain(c)])
    if not ({"target", "actual"} <= set(found.values()) or {"weight", "score"} <= set(found.values())):
        return {}
    left = [c for c in columns if c.head.col < names.head.col and not mostly_figures(c.given)]
    levels = {c.head.col: level for c, level in zip(left, LEVELS, strict=False)}
    deepest = LEVELS[min(max(len(levels), 2), len(LEVELS) - 1)]
    return found | levels | {names.head.col: deepest}


def _names(columns: Sequence[_Column]) -> _Column | None:
    """The last column of words before the first one of figures, if it has a text of its own in every row."""
    first = next((n for n, c in enumerate(columns) if mostly_figures(c.given) and not _counts(c)), 0)
    if not first:
        return None
    names = columns[first - 1]
    distinct = len(set(names.given)) == len(names.texts) >= _FEWEST_ROWS
    return (
        names if distinct and sum(read(t) is not None for t in names.given) <= len(names.given) / 4 else None
    )


def _counts(column: _Column) -> bool:
    """Whether a column numbers the rows: 1, 2, 3 …."""
    values = numbers(column.given)
    return values is not None and all(b - a == 1 for a, b in pairwise(values))


def _is_plain(column: _Column) -> bool:
    return numbers(column.given) is not None


def _points(columns: Sequence[_Column]) -> dict[int, str]:
    """The columns of points, which make 100, and of the score within them."""
    plain = [c for c in columns if _is_plain(c) and all(c.texts)]
    weight = next((c for c in plain if sum(numbers(c.given) or ()) == _FULL), None)
    if weight is None:
        return {}
    scores = [c for c in plain if c.head.col > weight.head.col and within(c.given, weight.given)]
    found = {weight.head.col: "weight"}
    return found | {scores[0].head.col: "score"} if scores else found


def _compared(columns: Sequence[_Column]) -> dict[int, str]:
    """The first two columns that answer to each other row by row: what was wanted and what was reached."""
    stated = [c for c in columns if sum(map(bool, c.texts)) >= len(c.texts) * MOST and not _units(c)]
    for target, actual in pairwise(stated):
        if answers(actual.given, target.given):
            return {target.head.col: "target", actual.head.col: "actual"}
    return {}


def _units(column: _Column) -> bool:
    return all(is_unit(t) for t in column.given)
