"""One page's content to its flow: tables and body lines from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..document import Box
from .arrays import np
from .grid import Grid, cells_to_grid, chars_in_cells, with_lines
from .lattice import Rulings, TooManyCrossings, edges_to_rulings, rulings_to_cells
from .lines import Line, chars_to_lines
from .open_ends import missing_sides
from .page import NO_EDGES, PageContent
from .rules import frames_to_cells, level_frames

_NEAR = 4.0


@dataclass(frozen=True, slots=True)
class PageFlow:
    """A page's tables and its body lines (those outside tables), each from top to bottom."""

    number: int
    width: float
    height: float
    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]


def page_to_flow(page: PageContent, before: PageFlow | None = None) -> tuple[PageFlow, list[tuple[str, str]]]:
    """Finds the page's tables and puts every character into a cell or a body line; also what a limit left
    out.

    ``before`` is the flow of the page before, whose last table may go on with a single cell.
    """
    faults: list[tuple[str, str]] = []
    added, rulings = NO_EDGES, edges_to_rulings(page.edges)
    try:
        added = missing_sides(rulings)
        closed = edges_to_rulings(page.edges.plus(added)) if len(added) else rulings
        boxes = rulings_to_cells(closed)
    except TooManyCrossings:
        boxes = []
        faults.append(("limit-table-lines", f"第{page.number}页表格线过密，未识别表格，文字按正文读取"))
    grids = [cells_to_grid(b, added.across) for b in boxes if len(b) > 1 or _goes_on(b[0], before)]
    grids += _unruled(page, rulings, grids)
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    filled, lines = _filled(page, grids)
    return PageFlow(page.number, page.width, page.height, tuple(filled), tuple(lines)), faults


def _unruled(page: PageContent, rulings: Rulings, grids: Sequence[Grid]) -> list[Grid]:
    """Tables framed by level rules alone, outside the ruled ones."""
    frames = level_frames(rulings)
    if not frames:
        return []
    boxes = page.chars.boxes
    free = page.chars.codes > 0x20
    for grid in grids:
        free &= chars_in_cells(boxes, grid) < 0
    found = [cells_to_grid(cells, is_guess=True) for cells in frames_to_cells(frames, boxes[free])]
    return [grid for grid in found if not any(_overlap(grid.box, other.box) for other in grids)]


def _overlap(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _goes_on(box: Box, before: PageFlow | None) -> bool:
    """Whether a lone rectangle is as wide as the table that ended the page before."""
    if before is None or not before.grids:
        return False
    last = before.grids[-1].box
    return abs(last.x0 - box.x0) < _NEAR and abs(last.x1 - box.x1) < _NEAR


def _filled(page: PageContent, grids: Sequence[Grid]) -> tuple[list[Grid], list[Line]]:
    """The grids with their cells' lines, and the lines outside."""
    groups = np.zeros(len(page.chars), np.int64)
    firsts: list[int] = []
    n_groups = 1
    for grid in grids:
        firsts.append(n_groups)
        owner = chars_in_cells(page.chars.boxes, grid)
        groups = np.where((owner >= 0) & (groups == 0), owner + n_groups, groups)
        n_groups += len(grid.cells)
    lines = chars_to_lines(page.chars, groups, n_groups)
    filled = [with_lines(g, lines[at : at + len(g.cells)]) for g, at in zip(grids, firsts, strict=True)]
    return filled, lines[0]
