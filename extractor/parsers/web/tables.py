"""Rows with rowspan and colspan to a grid, as a browser lays them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.parsers.grid import Field, squeeze

MAX_SPAN = 1000
"""Columns that one cell may cover, as browsers have it (``limit-columns``)."""
MAX_FIELDS = 2_000_000
"""Fields that the cells of a table cover together (``limit-table``)."""


class Slot(NamedTuple):
    """A td or th: its text and spans (a rowspan of 0 reaches to the end of the table)."""

    string: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table without a place yet, and the tables inside it; ``cut`` when it was too large."""

    fields: tuple[Field, ...]
    size: tuple[int, int]
    header_rows: int = 0
    nested: tuple[Grid, ...] = ()
    cut: bool = False

    @property
    def string(self) -> str:
        """All text, a line for each cell."""
        return "\n".join(f.string for f in self.fields if f.string)


def lay_out(rows: Sequence[Sequence[Slot]], header_rows: int, nested: Sequence[Grid]) -> Grid:
    """Put each cell into the first free field of its row; a span ends with the table."""
    fields: list[Field] = []
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        col = 0
        for slot in row:
            while (r, col) in taken:
                col += 1
            high = min(slot.rowspan or len(rows), len(rows) - r)
            if len(taken) + high * slot.colspan > MAX_FIELDS:
                return _grid(fields, r, header_rows, nested, cut=True)
            taken.update((r + i, col + j) for i in range(high) for j in range(slot.colspan))
            fields.append(Field(slot.string, r, col, high, slot.colspan))
            col += slot.colspan
    return _grid(fields, len(rows), header_rows, nested, cut=False)


def _grid(fields: list[Field], n_rows: int, header_rows: int, nested: Sequence[Grid], cut: bool) -> Grid:
    kept = [f._replace(rowspan=min(f.rowspan, n_rows - f.row)) for f in fields if f.row < n_rows]
    n_cols = max((f.col + f.colspan for f in kept), default=0)
    squeezed, n_cols = squeeze(kept, n_cols)
    return Grid(tuple(squeezed), (n_rows, n_cols), min(header_rows, n_rows), tuple(nested), cut)
