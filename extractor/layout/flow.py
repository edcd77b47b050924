"""Pages to their flows: tables and body lines from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..document import Box
from .arrays import np
from .grid import Grid, cells_to_grid, chars_in_cells, with_lines
from .lattice import Rulings, TooManyCrossings, edges_to_rulings, rulings_to_cells
from .line import Line
from .lines import chars_to_lines
from .open_ends import missing_sides
from .page import NO_EDGES, Fault, Ints, PageContent, stacked
from .rules import frames_to_cells, level_frames

_NEAR = 4.0


class PageFlow(NamedTuple):
    """A page's tables and its body lines (those outside tables), each from top to bottom.

    ``faults`` says what a limit left out.
    """

    number: int
    width: float
    height: float
    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()


class Sheets(NamedTuple):
    """Some pages' flows, and how many of their characters were printed twice."""

    flows: list[PageFlow]
    doubled: int


def pages_to_flows(pages: Sequence[PageContent], before: PageFlow | None = None) -> Sheets:
    """Finds the tables of pages that follow each other and puts every character into a cell or a body line.

    ``before`` is the flow of the page before, whose last table may go on with a single cell.
    """
    last = before.grids[-1] if before and before.grids else None
    found: list[list[Grid]] = []
    faults: list[tuple[Fault, ...]] = []
    for page in pages:
        grids, told = _grids(page, last)
        last = grids[-1] if grids else None
        found.append(grids)
        faults.append(told)
    return _filled(pages, found, faults)


def _grids(page: PageContent, last: Grid | None) -> tuple[list[Grid], tuple[Fault, ...]]:
    """A page's tables without their text; ``last`` is the table that ended the page before."""
    faults: tuple[Fault, ...] = ()
    added, rulings = NO_EDGES, edges_to_rulings(page.edges)
    try:
        added = missing_sides(rulings)
        closed = edges_to_rulings(page.edges.plus(added)) if len(added) else rulings
        boxes = rulings_to_cells(closed)
    except TooManyCrossings:
        boxes = []
        told = f"第{page.number}页表格线过密，未识别表格，文字按正文读取"
        faults = (("limit-table-lines", told),)
    grids = [cells_to_grid(b, added.across) for b in boxes if len(b) > 1 or _goes_on(b[0], last)]
    grids += _unruled(page, rulings, grids)
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return grids, faults


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


def _goes_on(box: Box, last: Grid | None) -> bool:
    """Whether a lone rectangle is as wide as the table that ended the page before."""
    if last is None:
        return False
    return abs(last.box.x0 - box.x0) < _NEAR and abs(last.box.x1 - box.x1) < _NEAR


def _filled(
    pages: Sequence[PageContent], grids: Sequence[list[Grid]], faults: Sequence[tuple[Fault, ...]]
) -> Sheets:
    """The flows of pages whose tables are known: the lines of all cells and bodies, made in one go."""
    groups: list[Ints] = []
    bodies: list[int] = []  # the group of each page's body; those of its tables' cells follow
    n_groups = 0
    for page, own in zip(pages, grids, strict=True):
        bodies.append(n_groups)
        of_chars, n = _groups(page, own, n_groups)
        groups.append(of_chars)
        n_groups += n
    chars, number = stacked([page.chars for page in pages])
    printed = chars_to_lines(chars, np.concatenate(groups), n_groups, number)
    flows = [
        _flow(page, own, printed.groups, body, told)
        for page, own, body, told in zip(pages, grids, bodies, faults, strict=True)
    ]
    return Sheets(flows, printed.doubled)


def _groups(page: PageContent, grids: Sequence[Grid], body: int) -> tuple[Ints, int]:
    """The group of each of a page's characters (``body``, or one for each cell after it), and how many groups
    the page takes."""
    groups = np.full(len(page.chars), body, np.int64)
    n = 1
    for grid in grids:
        owner = chars_in_cells(page.chars.boxes, grid)
        inside = np.flatnonzero((owner >= 0) & (groups == body))
        groups[inside] = owner[inside] + (body + n)
        n += len(grid.cells)
    return groups, n


def _flow(
    page: PageContent, grids: Sequence[Grid], lines: list[list[Line]], body: int, faults: tuple[Fault, ...]
) -> PageFlow:
    filled: list[Grid] = []
    at = body + 1
    for grid in grids:
        filled.append(with_lines(grid, lines[at : at + len(grid.cells)]))
        at += len(grid.cells)
    return PageFlow(page.number, page.width, page.height, tuple(filled), tuple(lines[body]), faults)
