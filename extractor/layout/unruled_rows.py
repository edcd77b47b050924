"""Rows of a table without upright rulings: which printed lines are one row, which columns a text runs over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from ..document import Box
from .pieces import EM, Piece, PieceLine, usual_height

_OF_NUMBERS = "0123456789０１２３４５６７８９,，.%％‰+-－—–/:：~～（）()元万亿"
_UNFINISHED = tuple(".,，-－—–/:：~～（(")
_LATIN = re.compile(r"[\w.,%]+", re.ASCII)
_SPARE = 0.3  # em that a full line may leave free besides
_APART = 0.75  # of a line's height: the least distance between two lines' middles that stand under each other
_WIDER = 1.15  # times the least step between lines: a step so wide parts two rows
_LOWEST = 4.0  # points: a row's least height
Row = list[PieceLine]


def is_number(string: str) -> bool:
    """Nothing but digits and what stands among them and behind: 1,234.5万元, 85%, 2-3."""
    return not string.strip(_OF_NUMBERS)


def lines_to_rows(lines: Sequence[PieceLine], xs: Sequence[float]) -> list[Row]:
    """The lines between two rules as rows: a line goes on a row if it stands no further off than lines of one
    cell do, and every text that it goes on filled its column."""
    rooms = column_rooms(lines, xs)
    wide = _WIDER * _least_step(lines, xs)
    rows: list[Row] = []
    for line in lines:
        if rows and _goes_on(rows[-1], line, xs, rooms, wide):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _least_step(lines: Sequence[PieceLine], xs: Sequence[float]) -> float:
    """The least distance between two lines of one column."""
    last: dict[int, float] = {}
    steps: list[float] = []
    for line in lines:
        for piece in line.pieces:
            column = columns_of(piece, xs)[0]
            if column in last and line.middle - last[column] >= _APART * (line.foot - line.top):
                steps.append(line.middle - last[column])
            last[column] = line.middle
    return min(steps, default=0.0)


def column_rooms(lines: Sequence[PieceLine], xs: Sequence[float]) -> list[tuple[float, float]]:
    """The leftmost and rightmost print of each column."""
    rooms = [(right, left) for left, right in pairwise(xs)]
    for line in lines:
        for piece in line.pieces:
            first, last = columns_of(piece, xs)
            if first == last:
                low, high = rooms[first]
                rooms[first] = (min(low, piece.x0), max(high, piece.x1))
    return rooms


def columns_of(piece: Piece, xs: Sequence[float]) -> tuple[int, int]:
    """The first and the last column that a piece stands in."""
    first = bisect_right(xs, piece.x0 + 1.0) - 1
    last = bisect_right(xs, piece.x1 - 1.0) - 1
    n = len(xs) - 2
    return min(max(first, 0), n), min(max(last, 0), n)


def _goes_on(
    row: Row, line: PieceLine, xs: Sequence[float], rooms: list[tuple[float, float]], wide: float
) -> bool:
    height = line.foot - line.top
    step = line.middle - row[-1].middle
    spans = [columns_of(piece, xs) for piece in line.pieces]
    above: dict[int, Piece] = {}
    for earlier in row:
        above.update((columns_of(piece, xs)[0], piece) for piece in earlier.pieces)
    if step < _APART * height:  # cells centred on half a line, unless a figure stands under a whole one
        return not any(
            c in above and _two_figures(above[c], p) for p, (c, _) in zip(line.pieces, spans, strict=True)
        )
    if any(first < last for first, last in spans):
        return False
    shared = [(above[c], piece, c) for piece, (c, _) in zip(line.pieces, spans, strict=True) if c in above]
    told = [_continued(first, then, rooms[c], height * EM) for first, then, c in shared]
    if False in told or step > wide:
        return False
    return True in told or 0 not in above or all(first > 0 for first, _ in spans)


def _two_figures(first: Piece, then: Piece) -> bool:
    """Whether two texts of a column are a figure each."""
    numbers = is_number(first.string) and is_number(then.string)
    whole = any(map(str.isdigit, first.string)) and any(map(str.isdigit, then.string))
    return bool(numbers) and whole and not first.string.endswith(_UNFINISHED)


def _continued(first: Piece, then: Piece, room: tuple[float, float], em: float) -> bool | None:
    """Whether a text was broken by the width of its column; None where that cannot be seen."""
    if first.string.endswith(_UNFINISHED):
        return True
    if is_number(first.string) and is_number(then.string):
        return False
    low, high = room
    if high - low <= 3 * em:
        return None
    return first.x1 >= high - _first_unit(then.string) * em and first.x0 <= low + 2.5 * em


def _first_unit(string: str) -> float:
    """The width in em of what cannot be broken at a text's start, and a little more."""
    run = _LATIN.match(string)
    return max(1.0, 0.6 * len(run[0]) if run else 1.0) + _SPARE


def row_edges(rows: Sequence[Row], top: float, foot: float) -> list[float]:
    """The edges of rows between two rules: the rules, and the middles between rows, none upon another."""
    feet = [max(line.foot for line in row) for row in rows]
    tops = [min(line.top for line in row) for row in rows]
    edges = [top]
    for a, b in zip(feet, tops[1:], strict=False):
        edges.append(min(max((a + b) / 2, edges[-1] + _LOWEST), foot))
    return [*edges, foot]


def row_boxes(row: Row, top: float, foot: float, xs: Sequence[float]) -> list[Box]:
    """The cells of one row: a field for each column, those that a text runs across as one."""
    joined = set[int]()
    for line in row:
        for piece in line.pieces:
            first, last = columns_of(piece, xs)
            joined.update(range(first, last))
    boxes, left = [], xs[0]
    for n, x in enumerate(xs[1:]):
        if n not in joined or n == len(xs) - 2:
            boxes.append(Box(left, top, x, foot))
            left = x
    return boxes


def single_rows(stretches: Sequence[Sequence[PieceLine]], xs: Sequence[float]) -> bool:
    """Whether rules part every row: there are several stretches and most of them are one row by their
    print."""
    filled = [lines for lines in stretches if lines]
    ones = sum(len(lines_to_rows(lines, xs)) == 1 for lines in filled)
    return len(filled) >= 3 and ones * 2 > len(filled)


def has_figures(rows: Sequence[Row], xs: Sequence[float]) -> bool:
    """Whether a column after the first holds hardly anything but whole figures, one a row."""
    counts = [0] * (len(xs) - 1)
    for piece in (piece for row in rows for line in row for piece in line.pieces):
        is_figure = is_number(piece.string) and piece.string[-1] not in ".,，"
        counts[columns_of(piece, xs)[0]] += bool(is_figure) and any(map(str.isdigit, piece.string))
    return max(counts[1:]) * 3 >= 2 * len(rows)


def pitch(lines: Sequence[PieceLine]) -> float:
    """The usual distance between lines' middles; twice their height where there is one line."""
    steps = sorted(b.middle - a.middle for a, b in pairwise(lines))
    return steps[len(steps) // 2] if steps else 2 * usual_height(lines)
