"""The geometry of a table on pages: text to lines, columns, row heights, and where pages cut it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from reportlab.pdfbase.pdfmetrics import stringWidth

from making.source import Span, Table

FONT = "STSong-Light"
SIZE, LEAD, SIDE, TOP, FOOT = 9.0, 12.0, 3.0, 3.0, 5.0
# An unbreakable piece: opening marks, a number or word or one character, closing marks.
PIECE = re.compile(r"[（《“〔【(]*(?:[A-Za-z0-9.,%:/\-]+|.)[，。；：、）》”〕】！？)]*")


def wrap(text: str, width: float, size: float) -> list[str]:
    """The lines of a text in points of width; an author's line feed begins a new one."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines.append("")
        for piece in PIECE.findall(part):
            whole = stringWidth(piece, FONT, size) <= width
            for bit in [piece] if whole else list(piece):
                if lines[-1] and stringWidth(lines[-1] + bit, FONT, size) > width:
                    lines.append("")
                lines[-1] += bit
    return [line.strip() for line in lines]


@dataclass(frozen=True)
class Grid:
    """A table laid out on an endless page: ``xs`` and ``ys`` are its rulings, ``lines`` each cell's lines."""

    xs: list[float]
    ys: list[float]
    lines: dict[Span, list[str]]


def columns(table: Table, width: float) -> list[float]:
    """Column widths in points: as the source says, else by what the columns hold."""
    wants = list(table.widths) or [30.0] * table.n_cols
    if not table.widths:
        for cell in table.cells:
            if cell.cols == 1:
                need = max(stringWidth(t, FONT, SIZE) for t in cell.text.split("\n"))
                wants[cell.col] = max(wants[cell.col], min(need + 2 * SIDE, 130))
    return [w * width / sum(wants) for w in wants]


def lay(table: Table, width: float) -> Grid:
    """Lays a table out in points of width; a tall merged cell stretches its last row."""
    xs = list(accumulate(columns(table, width), initial=0.0))
    lines = {c: wrap(c.text, xs[c.col + c.cols] - xs[c.col] - 2 * SIDE, SIZE) for c in table.cells}
    heights = [LEAD + TOP + FOOT] * table.n_rows
    for cell in sorted(table.cells, key=lambda c: c.rows):
        rows = slice(cell.row, cell.row + cell.rows)
        lack = len(lines[cell]) * LEAD + TOP + FOOT - sum(heights[rows])
        heights[cell.row + cell.rows - 1] += max(0.0, lack)
    return Grid(xs, list(accumulate(heights, initial=0.0)), lines)


def cuts(grid: Grid, first: float, later: float) -> list[float]:
    """Where pages cut the table: the first page has room for ``first`` points, the others for ``later``.

    A row that has not enough room is cut between two of its lines if three fit, as word processors do.
    """
    found, end = [0.0], first
    for top, bottom in pairwise(grid.ys):
        while bottom > end + 0.1:
            start = max(top, found[-1])
            fit = int((end - start - TOP - FOOT) // LEAD)
            left = (bottom - start - TOP - FOOT) / LEAD - fit
            untouched = top > found[-1] or len(found) == 1
            inside = (fit >= 3 and left >= 2) or not untouched
            found.append(start + TOP + fit * LEAD if inside else top)
            end = found[-1] + later
    return [*found, grid.ys[-1]]


def placed(grid: Grid, cell: Span, breaks: list[float]) -> Iterator[tuple[int, float, str]]:
    """Slice, distance from the table's top and string of each line of a cell, centred if no page cuts it."""
    top, bottom = grid.ys[cell.row], grid.ys[cell.row + cell.rows]
    lines = grid.lines[cell]
    number = max(i for i, cut in enumerate(breaks[:-1]) if cut <= top + 0.1)
    at = top + TOP
    if bottom <= breaks[number + 1] + 0.1:
        at = top + (bottom - top - len(lines) * LEAD) / 2
    for line in lines:
        if at + LEAD > breaks[number + 1] + FOOT and number + 2 < len(breaks):
            number += 1
            at = breaks[number] + 2
        yield number, at, line
        at += LEAD
