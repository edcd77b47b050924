"""Tables whose rows only a background parts: shaded rows are rectangles, and the rows between have no edge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ..document import Box
from .grid import Grid
from .pieces import PieceLine, columns
from .unruled_frames import is_between
from .unruled_heads import Rule
from .unruled_rows import lines_to_rows

_NEAR = 3.0
_MOST_ROWS = 3  # of one band: a head of several levels
_MOST_BANDS = 200
_PITCH = 2.0  # times a line's height, from a band to the first line under it
_MOST_LINES = 12
_FEWEST = 2  # texts of a row
_FURTHEST = 12.0  # times a band's height between two bands


def bands(grids: Sequence[Grid]) -> list[Grid]:
    """The low tables that stand close above or under one of the same ends, with no higher table between, from top to
    bottom."""
    low = [grid for grid in grids if grid.n_rows <= _MOST_ROWS]
    if len(low) > _MOST_BANDS:
        return []  # a drawing
    low.sort(key=lambda grid: grid.ys[0])
    high = [grid.box for grid in grids if grid.n_rows > _MOST_ROWS]
    return [
        grid
        for grid in low
        if any(_beside(grid, other) and not _parted(grid, other, high) for other in low if other is not grid)
    ]


def _parted(a: Grid, b: Grid, high: Sequence[Box]) -> bool:
    """Whether a table that is no band stands between two."""
    upper, lower = sorted((a.box, b.box), key=lambda box: box.top)
    return any(upper.bottom <= box.top and box.bottom <= lower.top for box in high)


def _beside(a: Grid, b: Grid) -> bool:
    upper, lower = sorted((a.box, b.box), key=lambda box: box.top)
    gap = lower.top - upper.bottom
    same = abs(upper.x0 - lower.x0) <= _NEAR and abs(upper.x1 - lower.x1) <= _NEAR
    return same and _NEAR < gap < _FURTHEST * max(upper.bottom - upper.top, lower.bottom - lower.top)


def rows_between(found: Sequence[Grid], lines: Sequence[PieceLine]) -> bool:
    """Whether a line of several texts stands between two bands, none of them over an edge between the columns of the
    one above: a row without a shade. A sentence between two ruled tables is none."""
    for line in lines:
        above = [grid for grid in found if grid.ys[0] < line.middle]
        if not above or len(above) == len(found) or len(line.pieces) < _FEWEST:
            continue
        band = max(above, key=lambda grid: grid.ys[-1])
        if band.ys[-1] < line.middle and not _over_edges(line, band):
            return True
    return False


def _over_edges(line: PieceLine, band: Grid) -> bool:
    return any(p.x0 + _NEAR < x < p.x1 - _NEAR for p in line.pieces for x in band.xs)


def band_rules(found: Sequence[Grid], lines: Sequence[PieceLine]) -> list[Rule]:
    """The level edges of bands as rules, and one under the row that follows the last band without a shade."""
    rules: list[Rule] = []
    for grid in found:
        for y in grid.ys:
            rules += [(y, x0, x1) for x0, x1 in _covered(y, [cell.box for cell in grid.cells])]
        if not any(_is_next(grid, other, lines) for other in found):
            foot = _foot(grid, lines)
            rules += [(foot, grid.xs[0], grid.xs[-1])] if foot else []
    return sorted(rules)


def _covered(y: float, boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """The stretches of a height where boxes begin or end."""
    spans = sorted((b.x0, b.x1) for b in boxes if abs(b.top - y) <= _NEAR or abs(b.bottom - y) <= _NEAR)
    found: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if found and x0 - found[-1][1] <= _NEAR:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _is_next(grid: Grid, other: Grid, lines: Sequence[PieceLine]) -> bool:
    """Whether another band is one of the same table further down: only a row stands between them."""
    if other.ys[0] <= grid.ys[-1] or not _beside(grid, other):
        return False
    above, below = ((y, grid.xs[0], grid.xs[-1]) for y in (grid.ys[-1], other.ys[0]))
    return not is_between([line for line in lines if above[0] < line.middle < below[0]], above, below)


def _foot(grid: Grid, lines: Sequence[PieceLine]) -> float:
    """The lower edge of a row of several texts right under a band; 0 without one."""
    y, x0, x1 = grid.ys[-1], grid.xs[0], grid.xs[-1]
    below = [line for line in lines if line.middle > y][:_MOST_LINES]
    if not below or len(below[0].pieces) < 2 or below[0].middle - y > _PITCH * (below[0].foot - below[0].top):
        return 0.0
    inside = list(takewhile(lambda line: x0 < line.pieces[0].x0 and line.pieces[-1].x1 < x1, below))
    xs = columns(inside[:1], x0, x1)
    return lines_to_rows(inside, xs)[0][-1].foot + 2.0 if inside else 0.0


def are_striped(grid: Grid, found: Sequence[Grid]) -> bool:
    """Whether a table holds at least two bands, so that the rows between them are its own."""
    return sum(grid.ys[0] - _NEAR <= b.ys[0] and b.ys[-1] <= grid.ys[-1] + _NEAR for b in found) > 1
