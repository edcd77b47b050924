"""Heads of two levels in a table without upright rulings: which columns an upper head is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from ..document import Box
from .pieces import Piece, PieceLine
from .unruled_rows import column_rooms, columns_of, row_boxes

Rule = tuple[float, float, float]
"""A level rule: y, x0, x1."""
_SAME_LEVEL = 3.0
_LOWEST = 4.0  # points: the least height of a level
_MOST_COLUMNS = 40


def head_boxes(
    lines: Sequence[PieceLine], rules: Sequence[Rule], top: float, foot: float, xs: Sequence[float]
) -> list[Box]:
    """The cells of a head that stands between ``top`` and ``foot``; ``rules`` are the short ones inside."""
    told = rules if any(top < rule[0] < foot for rule in rules) else _told_by_print(lines, xs)
    inner = [rule for rule in told if top + _LOWEST < rule[0] < foot - _LOWEST]
    if not inner or len(xs) > _MOST_COLUMNS:
        return row_boxes(list(lines), top, foot, xs)
    y = min(rule[0] for rule in inner)
    level = [rule for rule in inner if rule[0] - y <= _SAME_LEVEL]
    below = [rule for rule in inner if rule[0] - y > _SAME_LEVEL]
    boxes: list[Box] = []
    for first, last, is_under in _runs([_is_covered(a, b, level) for a, b in pairwise(xs)]):
        within = xs[first : last + 2]
        if is_under:
            under = _lines_of(lines, within, y, foot)
            boxes += _upper_boxes(_standing(lines, within, top, y), under, top, y, within)
            boxes += head_boxes(under, below, y, foot, within)
        else:
            boxes += row_boxes(_lines_of(lines, within, top, foot), top, foot, within)
    return boxes


def _told_by_print(lines: Sequence[PieceLine], xs: Sequence[float]) -> list[Rule]:
    """A rule for each text that runs over several columns with texts of these columns under it."""
    found: list[Rule] = []
    for line in lines:
        for piece in line.pieces:
            first, last = columns_of(piece, xs)
            below = [
                other
                for other in lines
                if other.top > line.foot - 2.0 and len(_lines_of([other], xs[first : last + 2], 0, 1e9)) > 0
            ]
            if last > first and below:
                y = (line.foot + min(other.top for other in below)) / 2
                found.append((y, xs[first], xs[last + 1]))
    return found


def _is_covered(left: float, right: float, rules: Sequence[Rule]) -> bool:
    middle = (left + right) / 2
    return any(x0 <= middle <= x1 for _, x0, x1 in rules)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int, bool]]:
    """Runs of equal flags: first, last, flag."""
    found: list[tuple[int, int, bool]] = []
    for n, flag in enumerate(flags):
        if found and found[-1][2] == flag:
            found[-1] = (found[-1][0], n, flag)
        else:
            found.append((n, n, flag))
    return found


def _lines_of(lines: Sequence[PieceLine], xs: Sequence[float], top: float, foot: float) -> list[PieceLine]:
    """What of the lines stands in some columns between two heights."""
    found = []
    for line in lines:
        own = tuple(p for p in line.pieces if xs[0] <= (p.x0 + p.x1) / 2 <= xs[-1])
        if own and top <= line.middle <= foot:
            found.append(PieceLine(line.top, line.foot, own))
    return found


def _standing(lines: Sequence[PieceLine], xs: Sequence[float], top: float, foot: float) -> list[Piece]:
    """The pieces of some columns above a rule, from left to right, those under each other as one."""
    found: list[Piece] = []
    for piece in sorted(
        (p for line in _lines_of(lines, xs, top, foot) for p in line.pieces), key=lambda p: p.x0
    ):
        if found and piece.x0 < found[-1].x1:
            found[-1] = Piece(found[-1].x0, max(found[-1].x1, piece.x1), found[-1].string + piece.string)
        else:
            found.append(piece)
    return found


def _upper_boxes(
    pieces: Sequence[Piece], under: Sequence[PieceLine], top: float, foot: float, xs: Sequence[float]
) -> list[Box]:
    """One box for each upper head, over the columns in whose middle it stands, or at whose left end."""
    n, m = len(xs) - 1, len(pieces)
    if m <= 1 or m > n:
        return [Box(xs[0], top, xs[-1], foot)]
    lows = [min(low, right) for (low, _), right in zip(column_rooms(under, xs), xs[1:], strict=True)]
    centred = _parted(n, m, lambda k, a, b: abs((xs[a] + xs[b]) / 2 - (pieces[k].x0 + pieces[k].x1) / 2))
    at_left = _parted(n, m, lambda k, a, b: abs(lows[a] - pieces[k].x0))
    ends = min(centred, at_left)[1]
    return [Box(xs[a], top, xs[b], foot) for a, b in pairwise((0, *ends))]


def _parted(n: int, m: int, distance: Callable[[int, int, int], float]) -> tuple[float, tuple[int, ...]]:
    """``n`` columns in ``m`` runs with the least sum of ``distance(run, start, end)``, and the runs' ends."""

    @cache
    def best(start: int, k: int) -> tuple[float, tuple[int, ...]]:
        options = []
        for end in [n] if k == m - 1 else range(start + 1, n - (m - k - 1) + 1):
            rest, ends = best(end, k + 1) if k < m - 1 else (0.0, ())
            options.append((distance(k, start, end) + rest, (end, *ends)))
        return min(options)

    return best(0, 0)
