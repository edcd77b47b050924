"""Characters to printed lines and the pieces of them that gaps part: what shows columns where no ruling does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from .arrays import median, np
from .page import Codes, Floats

_SAME_LINE = 0.4  # of a character's height
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
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    order = np.argsort(middles, kind="stable")
    heights = (boxes[:, 3] - boxes[:, 1])[order]
    jumps = np.diff(middles[order]) > _SAME_LINE * np.maximum(heights[1:], heights[:-1])
    cuts = [0, *(np.flatnonzero(jumps) + 1).tolist(), len(order)]
    return [_line(codes, boxes, order[a:b]) for a, b in pairwise(cuts)]


def _line(codes: Codes, boxes: Floats, which: np.typing.NDArray[np.int64]) -> PieceLine:
    which = which[np.argsort(boxes[which, 0], kind="stable")]
    own = boxes[which]
    em = median(own[:, 3] - own[:, 1]) * EM
    parts = own[1:, 0] - np.maximum.accumulate(own[:, 2])[:-1] > GAP * em
    cuts = [0, *(np.flatnonzero(parts) + 1).tolist(), len(which)]
    pieces = tuple(
        Piece(float(own[a, 0]), float(own[a:b, 2].max()), "".join(map(chr, codes[which[a:b]].tolist())))
        for a, b in pairwise(cuts)
    )
    return PieceLine(float(own[:, 1].min()), float(own[:, 3].max()), pieces)


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
