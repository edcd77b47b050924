"""Rulings that end in nothing: a table cut by a page break without a border, or drawn without its outer
sides.

Where rulings of one table stick out beyond its last crossing ruling and end at one height, the missing side
is put in, and it is remembered that nobody drew it: a cell that is open at the foot goes on over the page.
"""

from __future__ import annotations

from itertools import pairwise

from .arrays import flatnonzero, np
from .lattice import TOLERANCE, Lines, Meetings, Rulings
from .page import NO_EDGES, Bools, Edges, Floats

_STICKS_OUT = 4.0  # points


def missing_sides(rulings: Rulings, meetings: Meetings | None) -> Edges:
    """The sides that no ruling draws: ``across`` at the feet and heads of open columns, ``down`` beside
    open rows; none in a drawing."""
    across, down = rulings
    if meetings is None or not len(across.line) or not len(down.line):
        return NO_EDGES
    over, through, cross = meetings
    feet, sides = _closing(down, across, over, cross, True), _closing(across, down, through.T, cross.T, False)
    broken = _broken_foot(down, across)
    return Edges(np.concatenate((feet, broken)) if len(broken) else feet, sides)


def _broken_foot(down: Lines, across: Lines) -> Floats:
    """(n, 3) y, x0, x1 where the lowest level ruling leaves out the room between two upright ones that end on it: that
    cell goes on over the page, while its neighbours end."""
    lowest = across.line == across.line[-1]
    if lowest.sum() == 1:
        return NO_EDGES.across
    y, position = float(across.at[-1]), down.at[down.line]
    ruled = list(zip(across.start[lowest].tolist(), across.end[lowest].tolist(), strict=True))
    here = flatnonzero(np.abs(down.end - y) <= TOLERANCE)
    found: list[tuple[float, float, float]] = []
    for a, b in pairwise(here[np.argsort(position[here])].tolist()):
        left, right = float(position[a]), float(position[b])
        is_ruled = any(x0 <= left + TOLERANCE and x1 >= right - TOLERANCE for x0, x1 in ruled)
        if not is_ruled and _are_joined(down, across, a, b):
            found.append((y, left, right))
    return np.array(found, np.float64).reshape(-1, 3)


def _closing(lines: Lines, others: Lines, across: Bools, crosses: Bools, lone_too: bool) -> Floats:
    """(n, 3) position, start, end of the edges that close the open ends of ``lines``.

    ``across``: whether each of ``others`` runs over the place of each line; ``crosses``: whether the two cross.
    ``lone_too``: also of those that nothing crosses but that begin and end where lines of the table do,
    such as the sides of a cell that goes over the whole page. (Never for level lines: a rule under a
    running head is one.)
    """
    at = others.at[others.line]
    met = [_meets(ends, at, across) for ends in (lines.end, lines.start)]
    if met[0].all() and met[1].all():
        return NO_EDGES.across
    lone: Bools = np.logical_not(crosses.any(axis=1))
    belongs: Bools = np.logical_not(lone)
    if lone_too and lone.any():
        belongs = belongs | (_ends_with(lines.start, lone) & _ends_with(lines.end, lone))
    found: list[tuple[float, float, float]] = []
    for ends, side, closed in ((lines.end, 1.0, met[0]), (lines.start, -1.0, met[1])):
        beyond = side * (ends[:, None] - at)
        sticks_out = np.where(crosses, beyond, np.inf).min(axis=1, initial=np.inf)
        is_open: Bools = np.logical_and(belongs & ~closed, sticks_out >= _STICKS_OUT)
        found += _edges_at(lines, others, ends, is_open, lone & belongs)
    return np.array(found, np.float64).reshape(-1, 3)


def _meets(ends: Floats, at: Floats, across: Bools) -> Bools:
    """Whether each line's end stands on one of the others, ``at`` their positions."""
    found: Bools = np.any((np.abs(ends[:, None] - at) <= TOLERANCE) & across, axis=1)
    return found


def _ends_with(ends: Floats, lone: Bools) -> Bools:
    """Whether each line ends where one that is not lone does."""
    near: Bools = np.any(np.abs(ends[:, None] - ends[None, ~lone]) <= TOLERANCE, axis=1)
    return near


def _edges_at(
    lines: Lines, others: Lines, ends: Floats, is_open: Bools, lone: Bools
) -> list[tuple[float, float, float]]:
    """An edge between neighbouring lines that end at one height, one of them open, if they are of one
    table."""
    found: list[tuple[float, float, float]] = []
    position = lines.at[lines.line]
    for height in _heights(ends[is_open]):
        here = flatnonzero(np.abs(ends - height) <= TOLERANCE)
        here = here[np.argsort(position[here])]
        if lone[here].all():
            continue
        for a, b in zip(here[:-1].tolist(), here[1:].tolist(), strict=True):
            joint = lone[a] or lone[b] or _are_joined(lines, others, a, b)
            if (is_open[a] or is_open[b]) and joint:
                found.append((height, float(position[a]), float(position[b])))
    return found


def _heights(ends: Floats) -> list[float]:
    found: list[float] = []
    for value in sorted(ends.tolist()):
        if not found or value - found[-1] > TOLERANCE:
            found.append(value)
    return found


def _are_joined(lines: Lines, others: Lines, a: int, b: int) -> bool:
    """Whether one ruling crosses both lines."""
    low, high = lines.at[lines.line[a]], lines.at[lines.line[b]]
    top, foot = max(lines.start[a], lines.start[b]), min(lines.end[a], lines.end[b])
    at = others.at[others.line]
    spans = (others.start - TOLERANCE <= low) & (others.end + TOLERANCE >= high)
    return bool((spans & (at >= top - TOLERANCE) & (at <= foot + TOLERANCE)).any())
