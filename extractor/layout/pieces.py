"""Characters to printed lines and the pieces of them that gaps part: what shows columns where no ruling does."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .arrays import flatnonzero, median, np
from .page import Codes, Floats, Ints

_SAME_LINE = 0.4  # of a character's height
_APART = 1e5  # points
GAP = 0.6  # em between two pieces
_NARROWEST = 4.0  # points
EM = 0.9  # of a character's height


class Piece(NamedTuple):
    """A run of characters without a gap, its ends in points."""

    x0: float
    x1: float
    string: str

    @property
    def width(self) -> float:
        return self.x1 - self.x0


class PieceLine(NamedTuple):
    """The pieces of one printed line from left to right."""

    top: float
    foot: float
    pieces: tuple[Piece, ...]

    @property
    def middle(self) -> float:
        return (self.top + self.foot) / 2

    @property
    def string(self) -> str:
        return " ".join(piece.string for piece in self.pieces)


def chars_to_pieces(codes: Codes, boxes: Floats) -> list[PieceLine]:
    """Lines from top to bottom; ``codes`` (n,) and ``boxes`` (n, 4) of characters that are no blanks."""
    if not len(codes):
        return []
    middles, heights = (boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 3] - boxes[:, 1]
    order = np.argsort(middles, kind="stable")
    high = heights[order]
    line = np.append(0, np.cumsum(np.diff(middles[order]) > _SAME_LINE * np.maximum(high[1:], high[:-1])))
    ems = _medians(high, line) * EM
    order = order[np.lexsort((boxes[order, 0], line))]
    own = boxes.take(order, axis=0)
    starts = flatnonzero(np.diff(line, prepend=-1))
    begins = _gaps_before(own, line) > GAP * ems[line]
    begins[starts] = True
    cuts = flatnonzero(begins)
    pieces = _pieces(codes[order], own, cuts)
    bounds = pairwise([*np.searchsorted(cuts, starts).tolist(), len(pieces)])
    tops = np.minimum.reduceat(own[:, 1], starts).tolist()
    feet = np.maximum.reduceat(own[:, 3], starts).tolist()
    return [
        PieceLine(top, foot, tuple(pieces[a:b])) for top, foot, (a, b) in zip(tops, feet, bounds, strict=True)
    ]


def _pieces(codes: Codes, boxes: Floats, cuts: Ints) -> list[Piece]:
    """The pieces that begin at ``cuts``."""
    text = codes.tobytes().decode("utf-32-le", "replace")  # one character for each code
    strings = [text[a:b] for a, b in pairwise([*cuts.tolist(), len(text)])]
    ends = np.maximum.reduceat(boxes[:, 2], cuts)
    return list(map(Piece, boxes[cuts, 0].tolist(), ends.tolist(), strings))


def _medians(values: Floats, line: Ints) -> Floats:
    """The median of the values of each line; ``line`` (n,) numbers them from 0, ascending."""
    ordered = values[np.lexsort((values, line))]
    counts = np.bincount(line)
    first = np.cumsum(counts) - counts
    found: Floats = (ordered[first + (counts - 1) // 2] + ordered[first + counts // 2]) / 2
    return found


def _gaps_before(boxes: Floats, line: Ints) -> Floats:
    """How far each character of a line begins behind the end of all before it."""
    apart = line * _APART  # keeps the lines apart in one running maximum
    reach = np.maximum.accumulate(boxes[:, 2] + apart)
    return np.append(0.0, boxes[1:, 0] + apart[1:] - reach[:-1])


def usual_height(lines: Sequence[PieceLine]) -> float:
    """The median height of some lines, in points; 0 for none."""
    return median([line.foot - line.top for line in lines]) if lines else 0.0


def columns(
    lines: Iterable[PieceLine], left: float, right: float, heads: Sequence[PieceLine] = ()
) -> list[float]:
    """Boundaries of the columns that some lines show, ``left`` and ``right`` among them; where they can, they
    also part the pieces of ``heads``.

    A line with fewer pieces than others may run over several columns, so the boundaries are the gaps of the
    lines with at least k pieces, with the k that shows most columns in enough lines.
    """
    several = [line for line in lines if len(line.pieces) > 1]
    if not several:
        return [left, right]
    enough = max(min(2, len(several)), 0.3 * len(several))
    best: list[tuple[float, float]] = []
    for k in sorted({len(line.pieces) for line in several}):
        used = [line for line in several if len(line.pieces) >= k]
        if len(used) < enough:
            break
        found = _gaps(used, usual_height(several) * EM * GAP)
        if len(found) > len(best):
            best = found
    bounds = [left]
    for x in (_parting(low, high, heads) for low, high in best):
        if bounds[-1] + _NARROWEST < x < right - _NARROWEST:
            bounds.append(x)
    return [*bounds, right]


def _parting(low: float, high: float, heads: Sequence[PieceLine]) -> float:
    """The place in a gap that is nearest to its middle and in no head."""
    middle = (low + high) / 2
    pieces = [piece for line in heads for piece in line.pieces]
    places = [middle, *(x for piece in pieces for x in (piece.x0 - 1.0, piece.x1 + 1.0) if low < x < high)]
    free = [x for x in places if not any(piece.x0 < x < piece.x1 for piece in pieces)]
    return min(free, key=lambda x: abs(x - middle), default=middle)


def _gaps(lines: list[PieceLine], least: float) -> list[tuple[float, float]]:
    """The gaps that no piece stands in."""
    spans = sorted((piece.x0, piece.x1) for line in lines for piece in line.pieces)
    found: list[tuple[float, float]] = []
    reach = spans[0][1]
    for start, end in spans[1:]:
        if start - reach > least:
            found.append((reach, start))
        reach = max(reach, end)
    return found
