"""All tables of one page: ruled ones, those framed by level rules alone, those that only shades part."""

from __future__ import annotations

from collections.abc import Sequence

from ..document import Box
from .arrays import flatnonzero, np
from .bare import Upright, free_uprights, gap_tables, upright_tables
from .grid import Grid, cells_to_grid, chars_in_cells
from .lattice import (
    Meetings,
    Rulings,
    TooManyCrossings,
    edges_to_rulings,
    rulings_to_cells,
    rulings_to_meetings,
)
from .open_ends import missing_sides
from .page import NO_EDGES, Fault, Floats, PageContent
from .pieces import EM, GAP, PieceLine, chars_to_pieces
from .reading_frame import reading_frame
from .rowless import may_be_rowless, with_rows
from .stripes import are_striped, band_rules, bands, rows_between
from .unruled import unruled_tables
from .unruled_frames import Sheet, free_rules
from .unruled_heads import Rule

_NEAR = 4.0
_LEAST_GAPS = 6  # of three rows in three columns


def page_to_tables(page: PageContent, before: Grid) -> tuple[list[Grid], tuple[Fault, ...]]:
    """A page's tables from top to bottom, without their lines, and what a limit left out; ``before`` is the last
    table of the page before, which may go on here."""
    rulings = edges_to_rulings(page.edges)
    meetings = rulings_to_meetings(rulings)
    faults: tuple[Fault, ...] = ()
    try:
        boxes, feet = _ruled(page, rulings, meetings)
    except TooManyCrossings:
        boxes, feet = [], NO_EDGES.across
        told = f"第{page.number}页表格线过密，未识别表格，文字按正文读取"
        faults = (("limit-table-lines", told),)
    ruled = [cells_to_grid(b, feet) for b in boxes]
    grids = [grid for grid in ruled if len(grid.cells) > 1 or _goes_on(grid.box, before)]
    if any(map(may_be_rowless, grids)):
        sheet = Sheet(_lines_outside(page, []), page.height)
        grids = [with_rows(grid, sheet) if may_be_rowless(grid) else grid for grid in grids]
    rules = free_rules(rulings, meetings)
    shaded = bands(ruled)
    if len(rules) > 1 or shaded or (rules and before.goes_on):
        grids = _with_unruled(page, grids, rules, shaded, before)
    grids += _bare(page, free_uprights(rulings, meetings), grids, before)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])), faults


def _ruled(page: PageContent, rulings: Rulings, meetings: Meetings | None) -> tuple[list[list[Box]], Floats]:
    """The boxes of each ruled table, and the lower sides that no ruling draws. Raises TooManyCrossings."""
    added = missing_sides(rulings, meetings)
    closed = edges_to_rulings(page.edges.plus(added)) if len(added) else rulings
    return rulings_to_cells(closed), added.across


def _goes_on(box: Box, before: Grid) -> bool:
    """Whether a lone rectangle is as wide as the table that ended the page before."""
    if not before.cells:
        return False
    last = before.box
    return abs(last.x0 - box.x0) < _NEAR and abs(last.x1 - box.x1) < _NEAR


def _with_unruled(
    page: PageContent, grids: list[Grid], rules: list[Rule], shaded: list[Grid], before: Grid
) -> list[Grid]:
    """The ruled tables and the unruled ones outside; shaded rows give way to the table that they are rows
    of."""
    columns = before.xs if before.is_guess else ()
    if shaded:
        others = [grid for grid in grids if grid not in shaded]
        lines = _lines_outside(page, others)
        found = (
            unruled_tables(sorted([*rules, *band_rules(shaded, lines)]), Sheet(lines, page.height, columns))
            if rows_between(shaded, lines)
            else []
        )
        striped = [grid for grid in found if are_striped(grid, shaded)]
        grids = [grid for grid in grids if not _overlaps(grid, striped)] + striped
    lines = _lines_outside(page, grids)
    found = unruled_tables(rules, Sheet(lines, page.height, columns, before.goes_on))
    return grids + [grid for grid in found if not _overlaps(grid, grids)]


def _bare(page: PageContent, uprights: list[Upright], grids: list[Grid], before: Grid) -> list[Grid]:
    """Tables without level rulings outside of the others."""
    if not uprights and not before.goes_on and not _has_gaps(page, grids):
        return []
    columns = before.xs if before.is_guess else ()
    sheet = Sheet(_lines_outside(page, grids), page.height, columns, before.goes_on)
    ruled = [grid for grid in upright_tables(uprights, sheet) if not _overlaps(grid, grids)]
    return ruled + [grid for grid in gap_tables(sheet) if not _overlaps(grid, [*grids, *ruled])]


def _has_gaps(page: PageContent, grids: Sequence[Grid]) -> bool:
    """Whether so many gaps stand between characters outside of tables that these may be columns."""
    x0, top, x1, foot = page.chars.boxes.compress(page.chars.codes > 0x20, axis=0).T
    heights = (foot - top)[1:]
    wide = x0[1:] - x1[:-1] > GAP * EM * heights
    at = flatnonzero(wide & (np.abs(top[1:] - top[:-1]) < 0.5 * heights))
    for box in (grid.box for grid in grids if len(at) >= _LEAST_GAPS):
        inside = (top[at] < box.bottom) & (foot[at] > box.top) & (x0[at] < box.x1) & (x1[at] > box.x0)
        at = at[~inside]
    return len(at) >= _LEAST_GAPS


def _lines_outside(page: PageContent, grids: Sequence[Grid]) -> list[PieceLine]:
    """The upright lines that stand in none of some tables."""
    free = (page.chars.codes > 0x20) & (page.chars.turns == 0)
    for grid in grids:
        free &= chars_in_cells(page.chars.boxes, grid) < 0
    own = page.chars.take(free)
    return chars_to_pieces(own.codes, reading_frame(own, np.zeros(len(own), np.int64)))


def _overlaps(grid: Grid, others: Sequence[Grid]) -> bool:
    a = grid.box
    return any(
        a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom
        for b in (other.box for other in others)
    )
