"""Ruling edges to cells: pdfplumber's lattice rules (snap, join and cross within 3 points) with look-ups.

The boxes are those that pdfplumber finds (a test compares them); the search goes along the grid's lines
instead of over all pairs, so that a page of 160,000 crossings takes a second instead of an hour.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ..document import Box
from . import limits
from .arrays import np
from .page import Bools, Edges, Floats, Ints

TOLERANCE = 3.0
_MIN_LENGTH = 3.0


class Lines(NamedTuple):
    """Joined ruling lines of one direction: ``at`` (k,) positions ascending; ``line``, ``start``, ``end``
    (n,) segments."""

    at: Floats
    line: Ints
    start: Floats
    end: Floats


class TooManyCrossings(Exception):
    """The page's ruling grid is beyond limits.MAX_CROSSINGS."""


class Rulings(NamedTuple):
    """The joined rulings of a page."""

    across: Lines
    down: Lines


class Meetings(NamedTuple):
    """For n upright rulings and m level ones, (n, m) whether the level one runs ``over`` the place of the upright
    one, the upright one ``through`` that of the level one, and whether both do: they ``cross``."""

    over: Bools
    through: Bools
    cross: Bools


def edges_to_rulings(edges: Edges) -> Rulings:
    """Edges snapped to common lines and joined where they nearly touch."""
    if not len(edges.across) or not len(edges.down):
        return Rulings(_joined(edges.across)[0], _joined(edges.down)[0])
    return Rulings(*_joined(edges.across, edges.down))


def rulings_to_meetings(rulings: Rulings) -> Meetings | None:
    """Which rulings meet; None for a drawing, which has too many."""
    across, down = rulings
    if len(across.line) * len(down.line) > limits.MAX_MEETINGS:
        return None
    x, y = down.at[down.line][:, None], across.at[across.line]
    top, foot = down.start[:, None] - TOLERANCE, down.end[:, None] + TOLERANCE
    over = (across.start - TOLERANCE <= x) & (x <= across.end + TOLERANCE)
    through = (top <= y) & (y <= foot)
    return Meetings(over, through, over & through)


def edges_to_cells(edges: Edges) -> list[list[Box]]:
    """Tables of a page, each the boxes of its cells from top to bottom; a lone rectangle is a table of one
    cell."""
    return rulings_to_cells(edges_to_rulings(edges))


def rulings_to_cells(rulings: Rulings) -> list[list[Box]]:
    """As edges_to_cells. Raises TooManyCrossings."""
    across, down = rulings.across, rulings.down
    if not len(across.line) or not len(down.line):
        return []
    if len(across.at) * len(down.at) > limits.MAX_CROSSINGS:
        raise TooManyCrossings
    x, y = down.at.tolist(), across.at.tolist()
    return [
        [Box(x[left], y[top], x[right], y[foot]) for top, left, foot, right in table]
        for table in cells_to_tables(crossings_to_cells(across, down), len(x))
    ]


def _joined(*kinds: Floats) -> list[Lines]:
    """Edges of one or two directions, each (n, 3) position, start, end, snapped to common lines and joined where they
    nearly touch; the directions in one go, as that costs hardly more than one."""
    edges = np.concatenate([kind.take(kind[:, 0].argsort(kind="stable"), axis=0) for kind in kinds])
    if not len(edges):
        return [Lines(np.empty(0), np.empty(0, np.int64), np.empty(0), np.empty(0))]
    turn = len(kinds[0])  # where the second direction begins
    position, start, end = edges.T
    new = position[1:] - position[:-1] > TOLERANCE
    new[turn - 1 : turn] = True
    cluster = np.zeros(len(edges), np.int64)
    new.cumsum(out=cluster[1:])
    at = np.bincount(cluster, position) / np.bincount(cluster)
    order = np.lexsort((start, cluster))
    cluster, start, end = cluster[order], start[order], end[order]
    # reach: the furthest end so far on the same line (offsets keep the lines apart in one running maximum)
    offset = cluster * (end.max() - start.min() + 10.0)
    reach = np.maximum.accumulate(end + offset)
    first = np.ones(len(edges), np.bool_)
    first[1:] = ((start + offset)[1:] > reach[:-1] + TOLERANCE) | (cluster[1:] != cluster[:-1])
    begins = first.nonzero()[0]
    line, start, end = cluster[begins], start[begins], np.maximum.reduceat(end, begins)
    if len(kinds) == 1:
        return [_long_enough(Lines(at, line, start, end))]
    n = int(cluster[turn - 1]) + 1  # lines of the first direction
    m = int(line.searchsorted(n))
    parts = Lines(at[:n], line[:m], start[:m], end[:m]), Lines(at[n:], line[m:] - n, start[m:], end[m:])
    return [_long_enough(part) for part in parts]


def _long_enough(lines: Lines) -> Lines:
    keep = lines.end - lines.start >= _MIN_LENGTH
    if keep.all():
        return lines
    kept = lines.line[keep]
    is_first = np.diff(kept, prepend=-1) > 0
    return Lines(lines.at[kept[is_first]], np.cumsum(is_first) - 1, lines.start[keep], lines.end[keep])


Corners = tuple[int, int, int, int]  # a cell by the numbers of its lines: top, left, foot, right


def crossings_to_cells(across: Lines, down: Lines) -> list[Corners]:
    """The smallest rectangles whose four corners are crossings joined by rulings, from top to bottom."""
    return list(_Crossings(across, down).cells())


class _Crossings:
    """Where level line i meets upright line j, and which segments touch there.

    Segments of one line are numbered from its start, so two crossings on a line are joined when the last
    segment that touches the first is not before the first that touches the second.
    """

    def __init__(self, across: Lines, down: Lines) -> None:
        h_low, h_high = _touched(across, down.at)
        v_low, v_high = _touched(down, across.at)
        is_crossing = (h_low >= 0) & (v_low.T >= 0)
        self.rows: list[list[int]] = [[] for _ in range(len(across.at))]
        self.cols: list[list[int]] = [[] for _ in range(len(down.at))]
        for i, j in np.argwhere(is_crossing).tolist():
            self.rows[i].append(j)
            self.cols[j].append(i)
        self._is: list[list[bool]] = is_crossing.tolist()
        self._h_low, self._h_high = h_low.tolist(), h_high.tolist()
        self._v_low, self._v_high = v_low.tolist(), v_high.tolist()

    def cells(self) -> Iterator[Corners]:
        """The smallest cell with its top left corner at each crossing, row by row."""
        above = [0] * len(self.cols)  # how many crossings of each upright line have been passed
        for i, row in enumerate(self.rows):
            for n, j in enumerate(row):
                above[j] += 1
                cell = self._cell(i, j, row[n + 1 :], self.cols[j], above[j])
                if cell is not None:
                    yield cell

    def _cell(self, i: int, j: int, right: list[int], below: list[int], first: int) -> Corners | None:
        """The smallest cell from crossing i, j: ``right`` are the crossings after it on its row, ``below``
        those of its column, the one after it at ``first``."""
        last_right, last_below = self._h_high[i], self._v_high[j]
        if not right or last_right[j] < self._h_low[i][right[0]]:
            return None
        for low in below[first:] if first else below:
            if last_below[i] < self._v_low[j][low]:
                return None
            for far in right:
                if last_right[j] < self._h_low[i][far]:
                    break
                if (
                    self._is[low][far]
                    and self._h_high[low][j] >= self._h_low[low][far]
                    and self._v_high[far][i] >= self._v_low[far][low]
                ):
                    return i, j, low, far
        return None


def _touched(lines: Lines, positions: Floats) -> tuple[Ints, Ints]:
    """For each line and position the first and the last segment (its index, else -1) that reaches it."""
    low = np.full((len(lines.at), len(positions)), -1, np.int64)
    high = low.copy()
    first = np.searchsorted(positions, lines.start - TOLERANCE, "left").tolist()
    last = np.searchsorted(positions, lines.end + TOLERANCE, "right").tolist()
    for i, row in enumerate(lines.line.tolist()):
        part = low[row, first[i] : last[i]]
        part[part < 0] = i
        high[row, first[i] : last[i]] = i
    return low, high


def cells_to_tables(cells: list[Corners], n_cols: int) -> list[list[Corners]]:
    """Cells that share a corner belong to one table; tables from top to bottom, then left to right. ``n_cols``
    is the number of upright lines."""
    tables: list[list[Corners]] = []
    table_of: dict[int, int] = {}  # the table that a corner belongs to
    part_of: dict[int, int] = {}  # tables found to be part of another
    for cell in cells:
        top, left, foot, right = cell
        corners = (
            top * n_cols + left,
            top * n_cols + right,
            foot * n_cols + left,
            foot * n_cols + right,
        )
        known = {table_of[corner] for corner in corners if corner in table_of}
        if not known:
            known = {len(tables)}
            tables.append([])
        if len(known) > 1:
            known = {_whole(part_of, table) for table in known}
        table = known.pop()
        part_of |= dict.fromkeys(known, table)
        tables[table].append(cell)
        table_of |= dict.fromkeys(corners, table)
    return _merged(tables, part_of)


def _merged(tables: list[list[Corners]], part_of: dict[int, int]) -> list[list[Corners]]:
    for table in part_of:
        tables[_whole(part_of, table)] += tables[table]
        tables[table] = []
    return sorted((sorted(table) for table in tables if table), key=lambda table: table[0][:2])


def _whole(part_of: dict[int, int], table: int) -> int:
    """The table that one has become part of."""
    while table in part_of:
        table = part_of[table]
    return table
