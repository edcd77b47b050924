"""Characters to printed lines, for every cell and the body of a page at once."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Box
from .arrays import np
from .page import Bools, Chars, Codes, Floats, Ints, Single
from .reading_frame import WIDE_FROM, reading_frame

_SAME_LINE = 0.35  # of a character's height: how far the middles of one line's characters may differ
_WORD_GAP = 0.17  # em between two Latin characters that makes a blank
_WIDE_GAP = 0.9  # em between any two characters that makes a blank
_LARGE = 2.5  # times the usual height: kept apart, so that a watermark does not swallow lines
_HANGING = "，。、；：！？,.;:"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line.

    ``ink`` (n, 4) is the box of each character as seen, zeros for a blank that is a gap; ``spans`` (n, 2)
    start and end of each along the line; ``box`` the line's own; ``em`` the font size in points,
    ``measured`` on wide characters or else guessed from the height; ``turn`` quarter turns clockwise;
    ``blank_end``: a typed blank stood at the end.
    """

    string: str
    ink: Single
    spans: Single
    box: Box
    em: float
    turn: int = 0
    blank_end: bool = False
    measured: bool = True

    @property
    def start(self) -> float:
        """Where the line begins, along its own direction."""
        return float(self.spans[0, 0])

    @property
    def end(self) -> float:
        """Where the line ends, along its own direction."""
        return float(self.spans[-1, 1])

    @property
    def firm_end(self) -> float:
        """Where it ends without a last punctuation mark, which may hang over the margin."""
        return float(self.spans[-1, 0]) if self.string[-1] in _HANGING else self.end


@dataclass(slots=True)
class _Sorted:
    """Characters in reading order with the group key and line number of each."""

    codes: Codes
    frame: Floats
    ink: Floats
    boxes: Floats
    key: Ints
    line: Ints


def chars_to_lines(chars: Chars, groups: Ints, n_groups: int) -> list[list[Line]]:
    """Lines from top to bottom for each of ``n_groups`` groups; ``groups`` (n,) numbers each character's
    group."""
    found: list[list[Line]] = [[] for _ in range(n_groups)]
    if not len(chars):
        return found
    run = _with_gaps(_in_order(chars, groups))
    starts = np.flatnonzero(np.concatenate(([True], run.line[1:] != run.line[:-1])))
    ink, spans = (
        run.ink.astype(np.float32),
        run.frame[:, ::2].astype(np.float32),
    )  # all that a page's lines keep
    ends = [*starts[1:].tolist(), len(run.line)]
    keys = run.key[starts].tolist()
    strings = run.codes.tobytes().decode("utf-32-le", "replace")  # one character for each code
    for start, end, key, size in zip(starts.tolist(), ends, keys, _sizes(run, starts), strict=True):
        line = _line(strings[start:end], ink[start:end], spans[start:end], key // 2 % 4, size)
        if line is not None:
            found[key // 8].append(line)
    for lines in found:
        lines.sort(key=lambda line: (line.box.top, line.box.x0))
    return found


def _sizes(run: _Sorted, starts: Ints) -> list[tuple[Box, float, bool]]:
    """Box, font size, and whether it was measured on wide characters, of the lines that begin at
    ``starts``."""
    blank = _is_blank(run.codes)[:, None]
    low = np.minimum.reduceat(np.where(blank, np.inf, run.boxes), starts)
    high = np.maximum.reduceat(np.where(blank, -np.inf, run.boxes), starts)
    widths = _usual_widths(run, starts)
    heights = np.maximum.reduceat(run.frame[:, 3] - run.frame[:, 1], starts)
    boxes = np.concatenate((low[:, :2], high[:, 2:]), axis=1).tolist()
    ems = np.where(widths > 0, widths, heights * 0.86).tolist()
    return [(Box(*box), em, known) for box, em, known in zip(boxes, ems, (widths > 0).tolist(), strict=True)]


def _usual_widths(run: _Sorted, starts: Ints) -> Floats:
    """The median width of each line's wide characters, 0 without any."""
    wide = np.flatnonzero((run.codes >= 0x3001) & (run.codes <= 0x9FFF))
    line = np.searchsorted(starts, wide, "right") - 1
    widths = (run.frame[:, 2] - run.frame[:, 0])[wide]
    widths = widths[np.lexsort((widths, line))]
    counts = np.bincount(line, minlength=len(starts))
    middles = np.cumsum(counts) - counts + counts // 2
    found = np.zeros(len(starts))
    found[counts > 0] = widths[middles[counts > 0]]
    return found


def _in_order(chars: Chars, groups: Ints) -> _Sorted:
    frame = reading_frame(chars)
    heights = frame[:, 3] - frame[:, 1]
    large = heights > _LARGE * np.median(heights)
    key = (groups * 4 + chars.turns) * 2 + large
    line = _line_numbers(frame, heights, key)
    order = np.lexsort((frame[:, 0], line))
    return _Sorted(
        chars.codes[order], frame[order], chars.seen[order], chars.boxes[order], key[order], line[order]
    )


def _line_numbers(frame: Floats, heights: Floats, key: Ints) -> Ints:
    middle = (frame[:, 1] + frame[:, 3]) / 2
    order = np.lexsort((middle, key))
    m, h, k = middle[order], heights[order], key[order]
    new = (k[1:] != k[:-1]) | (np.diff(m) > _SAME_LINE * np.maximum(h[1:], h[:-1]))
    line = np.empty(len(m), np.int64)
    line[order] = np.concatenate(([0], np.cumsum(new)))
    return line


def _with_gaps(run: _Sorted) -> _Sorted:
    """A blank put in wherever the print leaves a gap that a reader takes for one."""
    at = np.flatnonzero(_gaps(run)) + 1
    if not len(at):
        return run
    spans = run.frame[at].copy()
    spans[:, 0], spans[:, 2] = run.frame[at - 1, 2], run.frame[at, 0]
    return _Sorted(
        np.insert(run.codes, at, np.uint32(0x20)),
        np.insert(run.frame, at, spans, axis=0),
        np.insert(run.ink, at, 0.0, axis=0),
        np.insert(run.boxes, at, run.boxes[at], axis=0),
        np.insert(run.key, at, run.key[at]),
        np.insert(run.line, at, run.line[at]),
    )


def _is_blank(codes: Codes) -> Bools:
    found: Bools = (codes == 0x20) | (codes == 0x9) | (codes == 0xA0) | (codes == 0x3000)
    return found


def _gaps(run: _Sorted) -> Bools:
    """For each character but the last: whether a blank is missing after it."""
    gap = run.frame[1:, 0] - run.frame[:-1, 2]
    em = np.minimum(run.frame[1:, 3] - run.frame[1:, 1], run.frame[:-1, 3] - run.frame[:-1, 1]) * 0.9
    blank = _is_blank(run.codes)
    narrow = run.codes < WIDE_FROM
    least = np.where(narrow[1:] & narrow[:-1], _WORD_GAP, _WIDE_GAP) * em
    found: Bools = (gap > least) & (run.line[1:] == run.line[:-1]) & ~(blank[1:] | blank[:-1])
    return found


def _line(string: str, ink: Single, spans: Single, turn: int, size: tuple[Box, float, bool]) -> Line | None:
    """The line of some characters without outer blanks; None if nothing is left."""
    stripped = string.strip()
    if not stripped:
        return None
    box, em, measured = size
    if len(stripped) == len(string):
        return Line(string, ink, spans, box, em, turn, False, measured)
    first = len(string) - len(string.lstrip())
    last = first + len(stripped)
    blank_end = len(string.rstrip()) < len(string)
    return Line(stripped, ink[first:last], spans[first:last], box, em, turn, blank_end, measured)
