"""Pages to their flows: tables and body lines from top to bottom."""

from collections.abc import Sequence
from typing import NamedTuple

from .arrays import flatnonzero, np
from .grid import NO_GRID, Grid, chars_in_cells, with_lines
from .line import Line
from .lines import chars_to_lines
from .overhang import kept_whole
from .page import Fault, Ints, PageContent, stacked
from .tables import page_to_tables


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

    ``before`` is the flow of the page before, whose last table may go on here.
    """
    last = before.grids[-1] if before and before.grids else NO_GRID
    found: list[list[Grid]] = []
    faults: list[tuple[Fault, ...]] = []
    for page in pages:
        grids, told = page_to_tables(page, last)
        last = grids[-1] if grids else NO_GRID
        found.append(grids)
        faults.append(told)
    return _filled(pages, found, faults)


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
        inside = flatnonzero((owner >= 0) & (groups == body))
        groups[inside] = owner[inside] + (body + n)
        n += len(grid.cells)
    if grids:
        kept_whole(page.chars, groups)
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
