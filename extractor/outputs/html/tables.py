"""A table as HTML; of a long one, the head and the rows around those that are cited."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.outputs.html.shell import safe_lines

if TYPE_CHECKING:
    from extractor.document import Cell, Table

_WHOLE = 60  # rows up to which a table is shown whole
_AROUND = 10  # rows shown before and after a cited one
_HEAD = 3  # rows taken for a head where the document does not say


def table_markup(table: Table, cited: Collection[int]) -> str:
    """The table with ``data-cell="row-col"`` on every cell; runs of rows left out are shown as …"""
    bodies = []
    runs = _runs(table, cited)
    for n, (start, end) in enumerate(runs):
        rows = "".join(f"<tr>{''.join(_cells(table, row, start, end))}</tr>" for row in range(start, end))
        bodies.append(f"<tbody>{rows}</tbody>")
        if (runs[n + 1][0] if n + 1 < len(runs) else table.n_rows) > end:
            bodies.append(f'<tbody><tr><td class="gap" colspan="{table.n_cols}">…</td></tr></tbody>')
    return f"<table>{''.join(bodies)}</table>"


def _runs(table: Table, cited: Collection[int]) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each run that is shown."""
    if table.n_rows <= _WHOLE:
        return [(0, table.n_rows)]
    shown = set(range(table.header_rows or _HEAD))
    for row in cited:
        shown.update(range(max(row - _AROUND, 0), min(row + _AROUND + 1, table.n_rows)))
    rows = sorted(shown)
    starts = [rows[0], *(later for row, later in pairwise(rows) if later > row + 1)]
    ends = [*(row + 1 for row, later in pairwise(rows) if later > row + 1), rows[-1] + 1]
    return list(zip(starts, ends, strict=True))


def _cells(table: Table, row: int, start: int, end: int) -> Iterator[str]:
    """The cells that begin in a row, or were cut there because their first row is left out."""
    for cell in table.row(row):
        if cell.row == row or (row == start and cell.row < start):
            yield _cell(table, cell, min(cell.row + cell.rowspan, end) - row)


def _cell(table: Table, cell: Cell, rows: int) -> str:
    tag = "th" if cell.row < table.header_rows else "td"
    spans = f' rowspan="{rows}"' if rows > 1 else ""
    spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return f'<{tag} data-cell="{cell.row}-{cell.col}"{spans}>{safe_lines(cell.text.string)}</{tag}>'
