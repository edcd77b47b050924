"""Heads in any words above the names of levels that every form prints (产出指标, 数量指标): the levels stand under the
first of them, the names of the indicators under the next. Only under a form's title, where no head is known."""

from __future__ import annotations

from extractor.document import Cell, Table
from extractor.recognise.columns import settled_heads
from extractor.recognise.guessed_heads import is_no_head
from extractor.recognise.heads import LEVELS, VALUES, Head, Heads
from extractor.vocabulary import words

_FEWEST_HEADS, _FEWEST_ROWS, _FEWEST_LEVELS = 3, 3, 2


def heads_over_levels(table: Table) -> Heads | None:
    """The heads of the first run of rows that names of levels stand beside, if a column right of the names holds
    targets, results or points; None without one."""
    for row in range(table.n_rows - _FEWEST_ROWS):
        heads = [c for c in table.row(row) if c.row == row and c.text and c.rowspan == 1]
        if len(heads) < _FEWEST_HEADS or any(map(is_no_head, heads)):
            continue
        found = _found(table, row, heads)
        if found:
            settled = settled_heads(table, row, row, found)
            if settled.meanings & VALUES:
                return settled
    return None


def _found(table: Table, row: int, heads: list[Cell]) -> dict[int, Head]:
    """A head for each column: levels as far as names of levels stand in them, the names in the next; {} if the
    first column holds no names of levels."""
    first = heads[0].col
    end = _end(table, row + 1, first)
    top = _own(table, row + 1, end, first)
    if end - row <= _FEWEST_ROWS or len({c.text.flat for c in top}) < _FEWEST_LEVELS:
        return {}
    levels, col = [first], first + top[0].colspan
    while col < table.n_cols and (own := _own(table, row + 1, end, col)) and all(map(_is_level, own)):
        levels.append(col)
        col += own[0].colspan
    names = [c.text.flat for c in _own(table, row + 1, end, col)]
    if col >= table.n_cols or len(levels) >= len(LEVELS) or len(set(names)) < end - row - 1:
        return {}
    meaning = words("columns").meaning
    found = {
        at: Head(meaning(h.text.flat) or "" if h.col > col else "", h.text.flat, h.col)
        for h in heads
        for at in range(h.col, h.col + h.colspan)
    }
    for at, level in zip(levels, LEVELS, strict=False):
        found[at] = Head(level, found[at].printed if at in found else "", at)
    found[col] = Head(LEVELS[max(len(levels), 2)], found[col].printed if col in found else "", col)
    return found


def _end(table: Table, row: int, col: int) -> int:
    """The row after the run of rows, from a row on, beside which names of levels stand in a column."""
    while row < table.n_rows and (cell := table.at(row, col)) is not None and _is_level(cell):
        row += 1
    return row


def _own(table: Table, first: int, end: int, col: int) -> list[Cell]:
    """The cells with text that begin in a column, in a run of rows."""
    cells = (table.at(row, col) for row in range(first, end))
    seen = dict.fromkeys(c for c in cells if c is not None and c.col == col and c.row >= first and c.text)
    return list(seen)


def _is_level(cell: Cell) -> bool:
    return words("rows").meaning(cell.text.flat) == "level"
