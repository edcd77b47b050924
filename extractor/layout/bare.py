"""Tables without level rulings: columns parted by upright rulings alone, or by nothing but gaps.

What stands in columns is not yet a table: lists of names, lines to sign, contents and the labels of a chart do
too. So a table must have a head (a text without figures over each column) and rows that fill these columns, and
something must tell that it is one: a caption or unit line above, or a column of figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..document import Box
from . import shapes
from .arrays import flatnonzero
from .grid import Grid, cells_to_grid
from .lattice import TOLERANCE, Meetings, Rulings
from .pieces import Piece, PieceLine, columns
from .unruled_frames import MARGIN, Sheet, fits, has_number
from .unruled_rows import Row, columns_of, has_figures, is_number, lines_to_rows, row_boxes, row_edges

Upright = tuple[float, float, float]
"""An upright ruling: top, foot, x."""
_LEAST = 3  # rows and columns
_APART = 3.0  # times a line's height: what stands further off is not the table's
_BROAD = 0.5  # of the page's print: a text so wide in one piece is no cell
_FILLED = 0.7  # of the rows that must fill as many columns
_LONGEST_HEAD = 14  # characters
_TALLEST = 0.2  # of the page's height, at its foot: a table that ends there may go on
_LEAST_HEIGHT = 30.0  # points of an upright ruling between columns


def gap_tables(sheet: Sheet) -> list[Grid]:
    """The tables whose columns only gaps part, from top to bottom."""
    found: list[Grid] = []
    for run in _runs(sheet.lines):
        left, right = min(p.x0 for p in _pieces(run)) - 2.0, max(p.x1 for p in _pieces(run)) + 2.0
        rest = _is_first(run, sheet) and sheet.is_open and all(fits(line, sheet.before) for line in run)
        xs = list(sheet.before) if rest else columns(run[1:], left, right, run[:1])
        # what begins a page without a caption may be the rest of rows that the page before has
        begins = sheet.is_open or not _is_first(run, sheet) or _is_named(run[0], sheet)
        if len(xs) > _LEAST and (rest or (begins and _is_table(run, xs, sheet))):
            lines = _with_tail(run, xs, sheet)
            found.append(_grid(lines, xs, lines[0].top - 2.0, lines[-1].foot + 2.0, sheet))
    return found


def _with_tail(run: list[PieceLine], xs: Sequence[float], sheet: Sheet) -> list[PieceLine]:
    """The lines with those under them that go on texts of the last row."""
    lines = list(run)
    for line in (line for line in sheet.lines if line.middle > run[-1].middle):
        tail = _rows([*lines, line], xs)[-1]
        if len(line.pieces) > 1 or not fits(line, xs) or _is_no_row(line) or tail[0] is line:
            break
        lines.append(line)
    return lines


def upright_tables(free: Sequence[Upright], sheet: Sheet) -> list[Grid]:
    """The tables whose columns upright rulings part that no level one crosses."""
    found: list[Grid] = []
    for top, foot, at in _bundles(free):
        lines = sheet.between(top - TOLERANCE, foot + TOLERANCE, 0.0, float("inf"))
        if not lines:
            continue
        xs = _with_ends(at, lines)
        rest = sheet.is_open and len(xs) == len(sheet.before) and _are_near(xs, sheet.before)
        if len(xs) > _LEAST and (rest or _is_table(lines, xs, sheet)):
            found.append(_grid(lines, xs, min(top, lines[0].top), max(foot, lines[-1].foot), sheet))
    return found


def _pieces(lines: Sequence[PieceLine]) -> list[Piece]:
    return [piece for line in lines for piece in line.pieces]


def _runs(lines: Sequence[PieceLine]) -> list[list[PieceLine]]:
    """Lines close under each other, at least three of which have three texts, without lone ones at their
    ends."""
    broad = _BROAD * max((line.pieces[-1].x1 - line.pieces[0].x0 for line in lines), default=0.0)
    runs: list[list[PieceLine]] = [[]]
    for line in lines:
        if runs[-1] and line.top - runs[-1][-1].foot > _APART * (line.foot - line.top):
            runs.append([])
        if any(piece.width > broad for piece in line.pieces) or _is_no_row(line):
            runs.append([])
        elif len(line.pieces) > 1 or runs[-1]:
            runs[-1].append(line)
    for run in runs:
        while run and len(run[-1].pieces) == 1:
            run.pop()
    return [run for run in runs if sum(len(line.pieces) >= _LEAST for line in run) >= _LEAST]


def _is_no_row(line: PieceLine) -> bool:
    """A caption, a unit line, or an entry of the contents."""
    first, last = line.pieces[0].string, line.pieces[-1].string
    return shapes.is_caption(first) or shapes.is_unit(last) or shapes.is_contents(line.string, False)


def _is_table(lines: Sequence[PieceLine], xs: Sequence[float], sheet: Sheet) -> bool:
    if not all(fits(line, xs) for line in lines):
        return False
    head, *body = _rows(lines, xs)
    n = len(xs) - 1
    full = [row for row in body if len(_columns(row, xs)) >= min(n, _LEAST)]
    if len(full) < _LEAST - 1 or len(full) < _FILLED * len(body) or not _is_head(head, xs):
        return False
    if _runs_on(lines, xs, sheet):
        return False
    return _is_named(lines[0], sheet) or (len(body) >= _LEAST and has_figures(body, xs))


def _rows(lines: Sequence[PieceLine], xs: Sequence[float]) -> list[Row]:
    """The lines as rows; a head goes on no further than to the first figure."""
    first, *others = lines_to_rows(lines, xs)
    n = next((n for n, line in enumerate(first) if n and has_number(line)), len(first))
    return [first[:n], *lines_to_rows(first[n:], xs), *others]


def _runs_on(lines: Sequence[PieceLine], xs: Sequence[float], sheet: Sheet) -> bool:
    """Whether rows of the same columns stand close under the lines, so that where the table ends cannot be
    told."""
    reach = lines[-1].foot + 2 * _APART * (lines[-1].foot - lines[-1].top)
    below = [line for line in sheet.lines if lines[-1].middle < line.middle < reach]
    return any(len(line.pieces) >= _LEAST and fits(line, xs) for line in below)


def _columns(row: Row, xs: Sequence[float]) -> set[int]:
    return {columns_of(piece, xs)[0] for piece in _pieces(row)}


def _is_head(row: Row, xs: Sequence[float]) -> bool:
    """A short text over each column on the first line (else it has two levels, and which columns an upper head is
    over does not show); none of them a figure, a label to fill in or a box to tick; not a line
    of letters set apart."""
    strings = [piece.string for piece in _pieces(row)]
    odd = any(is_number(s) or len(s) > _LONGEST_HEAD for s in strings) or any(
        set("：:。；;") & set(s) or s[0] in "□☐☑✓●■◆" for s in strings
    )
    words = sum(len(s) > 1 for s in strings)
    return not odd and 2 * words > len(strings) and len(_columns(row[:1], xs)) == len(xs) - 1


def _is_named(first: PieceLine, sheet: Sheet) -> bool:
    """Whether a table's caption or unit line stands right above."""
    above = [line for line in sheet.lines if line.middle < first.middle][-2:]
    near = [line for line in above if first.top - line.foot < 2 * _APART * (first.foot - first.top)]
    strings = [line.string for line in near]
    return any(
        shapes.is_unit(line.pieces[-1].string)
        or (len(line.pieces) <= 2 and "表" in string and _is_caption(string))
        for line, string in zip(near, strings, strict=True)
    )


def _is_caption(string: str) -> bool:
    return shapes.is_caption(string) or shapes.is_title_of_table(string)


def _is_first(run: Sequence[PieceLine], sheet: Sheet) -> bool:
    """Whether nothing but what stands in the page's upper margin is above."""
    return all(line.middle < MARGIN * sheet.height for line in sheet.lines if line.middle < run[0].middle)


def _grid(lines: Sequence[PieceLine], xs: Sequence[float], top: float, foot: float, sheet: Sheet) -> Grid:
    rows = _rows(lines, xs)
    boxes: list[Box] = []
    for row, (high, low) in zip(rows, pairwise(row_edges(rows, top, foot)), strict=True):
        boxes += row_boxes(row, high, low, xs)
    below = [line for line in sheet.lines if line.middle > lines[-1].middle]
    is_last = all(line.middle > (1 - MARGIN) * sheet.height for line in below)
    at_foot = lines[-1].foot > (1 - _TALLEST) * sheet.height
    return cells_to_grid(boxes, is_guess=True, goes_on=is_last and at_foot)


def free_uprights(rulings: Rulings, meetings: Meetings | None) -> list[Upright]:
    """The upright rulings that no level one crosses; none in a drawing."""
    if meetings is None:
        return []
    x, top, foot = rulings.down.at[rulings.down.line], rulings.down.start, rulings.down.end
    free = flatnonzero((foot - top > _LEAST_HEIGHT) & ~meetings.cross.any(axis=1))
    return sorted(zip(top[free].tolist(), foot[free].tolist(), x[free].tolist(), strict=True))


def _bundles(free: Sequence[Upright]) -> list[tuple[float, float, list[float]]]:
    """Rulings of one top and foot: these and their positions from left to right."""
    found: list[tuple[float, float, list[float]]] = []
    for top, foot, x in free:
        own = next((b for b in found if abs(b[0] - top) <= TOLERANCE and abs(b[1] - foot) <= TOLERANCE), None)
        if own is None:
            found.append((top, foot, [x]))
        else:
            own[2].append(x)
    return [(top, foot, sorted(at)) for top, foot, at in found if len(at) > 1]


def _with_ends(at: Sequence[float], lines: Sequence[PieceLine]) -> list[float]:
    """The rulings, and the ends of the print where it stands outside of them."""
    left, right = min(p.x0 for p in _pieces(lines)), max(p.x1 for p in _pieces(lines))
    return [
        *([left - 2.0] if left < at[0] - TOLERANCE else []),
        *at,
        *([right + 2.0] if right > at[-1] + TOLERANCE else []),
    ]


def _are_near(xs: Sequence[float], others: Sequence[float]) -> bool:
    return all(abs(a - b) <= TOLERANCE for a, b in zip(xs, others, strict=True))
