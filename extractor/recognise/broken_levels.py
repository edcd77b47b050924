"""Names of levels broken over rows that are not merged: 产 / 出 / 指 / 标, one character beside each indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from extractor.document import Table, Text, join
from extractor.recognise.heads import LEVELS, Heads
from extractor.vocabulary import tight, words

_PIECE = 4
_MOST_ROWS = 12


class Whole(NamedTuple):
    """A level's whole name and the row of its first piece."""

    text: Text
    row: int


def broken_levels(table: Table, heads: Heads) -> Mapping[tuple[int, int], Whole]:
    """The whole name for each row and column that holds a piece of one; {} where every level is in one cell."""
    levels = sorted(c for c, m in heads.columns.items() if m in LEVELS)
    found: dict[tuple[int, int], Whole] = {}
    for col in levels[:-1]:
        pieces = list(_pieces(table, heads.last + 1, col))
        at = 0
        while at < len(pieces):
            count = _whole(pieces[at : at + _MOST_ROWS])
            whole = Whole(join([text for _, text in pieces[at : at + count]]), pieces[at][0])
            if count > 1:
                found |= {(row, col): whole for row, _ in pieces[at : at + count]}
            at += count
    return found


def _pieces(table: Table, first: int, col: int) -> Iterator[tuple[int, Text]]:
    """The texts of a column that begin in one row and stand in it alone."""
    for row in range(max(first, 0), table.n_rows):
        cell = table.at(row, col)
        if cell is not None and cell.row == row and cell.col == col and cell.rowspan == 1 and cell.text:
            yield row, cell.text


def _whole(pieces: list[tuple[int, Text]]) -> int:
    """How many of the first pieces make up the longest name of a level: 1 if they make none."""
    most, string = 1, ""
    for count, (_, text) in enumerate(pieces, 1):
        string += tight(text.flat)
        if len(tight(text.flat)) > _PIECE:
            break
        if count > 1 and words("rows").meaning(string) == "level":
            most = count
    return most
