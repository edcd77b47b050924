"""Characters to printed lines, for every cell and the body of several pages at once."""

from array import array
from itertools import pairwise, repeat
from typing import Any, NamedTuple

from ..document import Box
from .arrays import flatnonzero, median, np
from .glyphs import doubled
from .line import Line, Marks
from .page import Bools, Chars, Codes, Floats, Ints
from .reading_frame import WIDE_FROM, reading_frame

_SAME_LINE = 0.35  # of a character's height: how far the middles of one line's characters may differ
_WORD_GAP = 0.17  # em between two Latin characters that makes a blank
_WIDE_GAP = 0.9  # em between any two characters that makes a blank
_LARGE = 2.5  # times the usual height: kept apart, so that a watermark does not swallow lines
_APART = 1e5  # points by which lines and groups are kept apart in one sorted order
_HANGING = tuple(map(ord, "，。、；：！？,.;:"))
_HANGS = np.zeros(0x10000, np.int64)  # by code: 1 for these marks
_HANGS[list(_HANGING)] = 1
_new: Any = tuple.__new__  # as _make of a named tuple, for many: no call of Python's own for each


class _Run(NamedTuple):
    """Characters in reading order: ``frame`` (n, 4) as if their lines ran from left to right, ``ink`` as seen,
    ``boxes`` as turned for reading; the group key and the line number of each."""

    codes: Codes
    frame: Floats
    ink: Floats
    boxes: Floats
    key: Ints
    line: Ints

    def take(self, which: Ints) -> "_Run":
        """Some of the characters, by index."""
        boxes = self.boxes.take(which, axis=0)
        ink = boxes if self.ink is self.boxes else self.ink.take(which, axis=0)
        frame = self.frame.take(which, axis=0)
        return _Run(self.codes[which], frame, ink, boxes, self.key[which], self.line[which])


class Printed(NamedTuple):
    """The lines from top to bottom of each group of characters, and how many characters were left out because
    they were printed twice."""

    groups: list[list[Line]]
    doubled: int = 0


def chars_to_lines(chars: Chars, groups: Ints, n_groups: int, pages: Ints | None = None) -> Printed:
    """The lines of ``n_groups`` groups; ``groups`` (n,) numbers each character's group, ``pages`` (ascending)
    its page if there are several."""
    if not len(chars):
        return Printed([[] for _ in range(n_groups)])
    run = _in_order(chars, groups, np.zeros(len(chars), np.int64) if pages is None else pages)
    again = doubled(run.codes, run.boxes, run.line)
    if len(again):
        run = run.take(np.delete(np.arange(len(run.line)), again))
    lines, of = _lines(_with_gaps(run))
    bounds = np.searchsorted(of, np.arange(n_groups + 1)).tolist()
    return Printed([lines[start:end] for start, end in pairwise(bounds)], len(again))


def _in_order(chars: Chars, groups: Ints, pages: Ints) -> _Run:
    frame = reading_frame(chars, pages)
    heights = frame[:, 3] - frame[:, 1]
    key = (groups * 4 + chars.turns) * 2 + _is_large(heights, pages)
    line = _line_numbers(frame, heights, key)
    order = np.argsort(line * _APART + frame[:, 0], kind="stable")
    return _Run(chars.codes, frame, chars.seen, chars.boxes, key, line).take(order)


def _is_large(heights: Floats, pages: Ints) -> Bools:
    """Whether each character is much higher than is usual on its page."""
    found = np.zeros(len(heights), np.bool_)
    begins = flatnonzero(np.diff(pages, prepend=-1))
    highest = np.maximum.reduceat(heights, begins)
    mixed = flatnonzero(highest > _LARGE * np.minimum.reduceat(heights, begins))
    ends = np.append(begins[1:], len(heights))
    for begin, end in zip(begins[mixed].tolist(), ends[mixed].tolist(), strict=True):
        own = heights[begin:end]
        found[begin:end] = own > _LARGE * median(own)
    return found


def _line_numbers(frame: Floats, heights: Floats, key: Ints) -> Ints:
    middle = (frame[:, 1] + frame[:, 3]) / 2
    order = np.argsort(key * _APART + middle, kind="stable")
    m, h, k = middle[order], heights[order], key[order]
    new = (k[1:] != k[:-1]) | (np.diff(m) > _SAME_LINE * np.maximum(h[1:], h[:-1]))
    line = np.empty(len(m), np.int64)
    line[order[0]] = 0
    line[order[1:]] = np.cumsum(new)
    return line


def _with_gaps(run: _Run) -> _Run:
    """A blank put in wherever the print leaves a gap that a reader takes for one."""
    at = flatnonzero(_gaps(run)) + 1
    if not len(at):
        return run
    wider = run.take(np.insert(np.arange(len(run.line)), at, at))
    blank = at + np.arange(len(at))
    wider.codes[blank] = 0x20
    wider.frame[blank, 0], wider.frame[blank, 2] = run.frame[at - 1, 2], run.frame[at, 0]
    ink = wider.ink.copy() if wider.ink is wider.boxes else wider.ink
    ink[blank] = 0.0
    return _Run(wider.codes, wider.frame, ink, wider.boxes, wider.key, wider.line)


def _gaps(run: _Run) -> Bools:
    """For each character but the last: whether a blank is missing after it."""
    start, end, height = run.frame[:, 0], run.frame[:, 2], run.frame[:, 3] - run.frame[:, 1]
    em = np.minimum(height[1:], height[:-1]) * 0.9
    blank, narrow = _is_blank(run.codes), run.codes < WIDE_FROM
    least = np.where(narrow[1:] & narrow[:-1], _WORD_GAP, _WIDE_GAP) * em
    found: Bools = (start[1:] - end[:-1] > least) & (run.line[1:] == run.line[:-1])
    found &= ~(blank[1:] | blank[:-1])
    return found


def _is_blank(codes: Codes) -> Bools:
    found: Bools = (codes == 0x20) | (codes == 0x9) | (codes == 0xA0) | (codes == 0x3000)
    return found


def _lines(run: _Run) -> tuple[list[Line], Ints]:
    """The lines of a run, group after group and from top to bottom, and the group of each."""
    starts = flatnonzero(np.diff(run.line, prepend=-1))
    boxes, ems, measured = _sizes(run, starts)
    group = run.key[starts] >> 3
    order = np.lexsort((boxes[:, 0], boxes[:, 1], group))
    stops = np.append(starts[1:], len(run.line))[order]
    starts, group = starts[order], group[order]
    spans = run.frame[:, ::2].astype(np.float32)
    marks = Marks(run.ink.astype(np.float32).tobytes(), array("f", spans.tobytes()))
    text = run.codes.tobytes().decode("utf-32-le", "replace")  # one character for each code
    first, last = run.codes[starts], run.codes[stops - 1]
    columns = (
        [text[start:stop] for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)],
        map(_new, repeat(Box), boxes[order].tolist()),
        ems[order].tolist(),
        spans[starts, 0].tolist(),
        spans[stops - 1, 1].tolist(),
        spans[stops - 1, 1 - _HANGS[np.minimum(last, 0xFFFF)]].tolist(),
        repeat(marks),
        starts.tolist(),
        (run.key[starts] // 2 % 4).tolist(),
        repeat(False),
        measured[order].tolist(),
    )
    lines = list(map(_new, repeat(Line), zip(*columns, strict=False)))
    return _without_blanks(lines, group, flatnonzero(_may_be_blank(first) | _may_be_blank(last)).tolist())


def _may_be_blank(codes: Codes) -> Bools:
    """Codes among which all that Unicode calls white space stand."""
    found: Bools = (codes <= 0xA0) & ((codes <= 0x20) | (codes >= 0x85))
    return found | ((codes <= 0x3000) & (codes >= 0x1680))


def _without_blanks(lines: list[Line], group: Ints, padded: list[int]) -> tuple[list[Line], Ints]:
    """The lines, ``padded`` ones without their outer blanks, and nothing of those that are blank altogether."""
    for i in padded:
        lines[i] = _stripped(lines[i])
    blank = [i for i in padded if not lines[i].string]
    for i in reversed(blank):
        del lines[i]
    return lines, np.delete(group, blank) if blank else group


def _stripped(line: Line) -> Line:
    """A line without its outer blanks."""
    left = line.string.lstrip()
    string = left.rstrip()
    first, last = len(line.string) - len(left), len(string) - 1
    if not string:
        return line._replace(string="")
    line = line._replace(string=string, first=line.first + first, blank_end=len(string) < len(left))
    start, end = line.start_of(0), line.end_of(last)
    firm_end = line.start_of(last) if ord(string[-1]) in _HANGING else end
    return line._replace(start=start, end=end, firm_end=firm_end)


def _sizes(run: _Run, starts: Ints) -> tuple[Floats, Floats, Bools]:
    """Box, font size, and whether it was measured on wide characters, of the lines that begin at
    ``starts``."""
    blank = _is_blank(run.codes)
    low, high = run.boxes[:, :2].T.copy(), run.boxes[:, 2:].T.copy()  # side by side, which is quicker
    low[:, blank], high[:, blank] = np.inf, -np.inf
    sides = np.minimum.reduceat(low, starts, axis=1), np.maximum.reduceat(high, starts, axis=1)
    widths = _usual_widths(run, starts)
    heights = np.maximum.reduceat(run.frame[:, 3] - run.frame[:, 1], starts)
    ems = np.where(widths > 0, widths, heights * 0.86)
    return np.concatenate(sides).T, ems, widths > 0


def _usual_widths(run: _Run, starts: Ints) -> Floats:
    """The median width of each line's wide characters, 0 without any."""
    wide = flatnonzero((run.codes >= 0x3001) & (run.codes <= 0x9FFF))
    line = np.searchsorted(starts, wide, "right") - 1
    widths = run.frame[wide, 2] - run.frame[wide, 0]
    widths = widths[np.argsort(line * _APART + widths, kind="stable")]
    counts = np.bincount(line, minlength=len(starts))
    middles = np.cumsum(counts) - counts + counts // 2
    found = np.zeros(len(starts))
    found[counts > 0] = widths[middles[counts > 0]]
    return found
