"""Tables without upright rulings: three-line tables, and rows parted by level rules only.

Level rules of the same left and right end frame such a table; its columns are the gaps that no character of
its body stands in, its rows the spaces between rules, or the lines where there is no rule for each row.
"""

from __future__ import annotations

from itertools import pairwise

from ..document import Box
from .arrays import np
from .lattice import TOLERANCE, Rulings
from .page import Floats

_LEAST_RULES = 3
_COLUMN_GAP = 0.9  # em without any character between two columns
_LONGEST = 700.0  # points between two rules of one table


def frames_to_cells(frames: list[Floats], chars: Floats) -> list[list[Box]]:
    """Tables framed by level rules alone, each the boxes of its cells; ``chars`` (n, 4) stand in no ruled
    table."""
    tables = [_cells(rules, chars) for rules in frames]
    return [cells for cells in tables if cells]


def level_frames(rulings: Rulings) -> list[Floats]:
    """Groups of level rules (n, 3) with the same ends that no upright ruling crosses."""
    across, down = rulings.across, rulings.down
    if len(across.line) < _LEAST_RULES:
        return []
    rules = np.stack((across.at[across.line], across.start, across.end), axis=1)
    x, top, foot = down.at[down.line], down.start, down.end
    crossed = (
        (rules[:, None, 1] - TOLERANCE <= x)
        & (x <= rules[:, None, 2] + TOLERANCE)
        & (top - TOLERANCE <= rules[:, None, 0])
        & (rules[:, None, 0] <= foot + TOLERANCE)
    ).any(axis=1)
    rules = rules[~crossed & (rules[:, 2] - rules[:, 1] > 60)]
    groups: list[list[Floats]] = []
    for rule in rules:
        for group in groups:
            if np.abs(group[-1][1:] - rule[1:]).max() <= TOLERANCE and rule[0] - group[-1][0] < _LONGEST:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [np.array(group) for group in groups if len(group) >= _LEAST_RULES]


def _cells(rules: Floats, chars: Floats) -> list[Box]:
    """The cells between rules of one frame; nothing if there are not two columns and two rows."""
    middle_x, middle_y = (chars[:, 0] + chars[:, 2]) / 2, (chars[:, 1] + chars[:, 3]) / 2
    inside = (middle_y > rules[0, 0]) & (middle_y < rules[-1, 0])
    inside &= (middle_x > rules[0, 1]) & (middle_x < rules[0, 2])
    body = chars[inside & (middle_y > rules[1, 0])]
    if len(body) < 2:
        return []
    xs = _columns(body, float(rules[:, 1].min()), float(rules[:, 2].max()))
    ys = _rows(rules[:, 0], chars[inside], xs)
    if len(xs) < 3 or len(ys) < 3:
        return []
    return _boxes(xs, ys, chars[inside], float(rules[1, 0]))


def _columns(body: Floats, left: float, right: float) -> list[float]:
    """Boundaries of columns: the middles of the gaps that no character stands in."""
    em = float(np.median(body[:, 3] - body[:, 1])) * 0.9
    order = np.argsort(body[:, 0])
    starts, reach = body[order, 0], np.maximum.accumulate(body[order, 2])
    gaps = np.flatnonzero(starts[1:] - reach[:-1] > _COLUMN_GAP * em)
    return [left, *((starts[1:][gaps] + reach[:-1][gaps]) / 2).tolist(), right]


def _rows(rules: Floats, chars: Floats, xs: list[float]) -> list[float]:
    """Boundaries of rows: the rules, and between two rules a boundary above each line that begins a row."""
    ys: list[float] = []
    for top, foot in pairwise(rules.tolist()):
        ys.append(top)
        within = chars[(chars[:, 1] + chars[:, 3] > 2 * top) & (chars[:, 1] + chars[:, 3] < 2 * foot)]
        if len(rules) == _LEAST_RULES or len(within) == 0:
            ys += _row_starts(within, xs)
    return [*ys, float(rules[-1])]


def _row_starts(chars: Floats, xs: list[float]) -> list[float]:
    """Between lines: where a line has text in its first column or in most columns, a new row begins."""
    if not len(chars):
        return []
    middles = (chars[:, 1] + chars[:, 3]) / 2
    order = np.argsort(middles)
    height = float(np.median(chars[:, 3] - chars[:, 1]))
    line = np.concatenate(([0], np.cumsum(np.diff(middles[order]) > 0.4 * height)))
    starts: list[float] = []
    foot = 0.0
    for number in range(int(line[-1]) + 1):
        here = chars[order[line == number]]
        columns = np.unique(np.searchsorted(xs, (here[:, 0] + here[:, 2]) / 2))
        if number and (columns[0] == 1 or len(columns) > (len(xs) - 1) / 2):
            starts.append((foot + float(here[:, 1].min())) / 2)
        foot = float(here[:, 3].max())
    return starts


def _boxes(xs: list[float], ys: list[float], chars: Floats, head_foot: float) -> list[Box]:
    """One box for each field; in the head, fields that a text runs across are one cell."""
    boxes: list[Box] = []
    for top, foot in pairwise(ys):
        within = chars[(chars[:, 1] + chars[:, 3] > 2 * top) & (chars[:, 1] + chars[:, 3] < 2 * foot)]
        left = xs[0]
        for n, x in enumerate(xs[1:], 1):
            crossed = foot <= head_foot + TOLERANCE and bool(((within[:, 0] < x) & (within[:, 2] > x)).any())
            if n == len(xs) - 1 or not crossed:
                boxes.append(Box(left, top, x, foot))
                left = x
    return boxes
