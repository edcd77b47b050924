"""Cells to a table: every format's rows and spans become one grid whose cells know where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractor.document import Cell, Place, Table, Text


class Field(NamedTuple):
    """A cell before it has a place: its string, the fields of the grid that it covers, its address on a sheet."""

    string: str
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    address: str | None = None


def to_table(
    number: int, fields: Iterable[Field], size: tuple[int, int], part: str = "body", header_rows: int = 0
) -> Table:
    """A table of ``size`` (rows, columns); each cell's home names the part, the table, its row and column."""
    cells = tuple(
        Cell(
            Text(f.string, Place(part=part, table=number, row=f.row, col=f.col, cell=f.address)),
            f.row, f.col, f.rowspan, f.colspan,
        )
        for f in fields
    )  # fmt: skip
    place = Place(part=part, table=number)
    return Table(number, cells, size[0], size[1], header_rows=header_rows, place=place)


def squeeze(fields: Sequence[Field], n_cols: int) -> tuple[list[Field], int]:
    """Without the columns that no cell begins in: remains of other merges, which nobody sees."""
    starts = sorted({f.col for f in fields})
    if len(starts) == n_cols:
        return list(fields), n_cols
    index = {col: n for n, col in enumerate(starts)}
    ends = [*starts, n_cols]
    found = []
    for f in fields:
        first = index[f.col]
        last = first
        while last + 1 < len(starts) and ends[last + 1] < f.col + f.colspan:
            last += 1
        found.append(f._replace(col=first, colspan=last - first + 1))
    return found, len(starts)
