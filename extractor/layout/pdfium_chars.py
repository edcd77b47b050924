"""The characters of pages from pdfium: code, box and direction of each.

Boxes are asked for one by one, by map(), with pdfium writing straight into one array.
"""

from collections import deque
from collections.abc import Sequence
from ctypes import addressof, c_double
from itertools import pairwise, repeat
from typing import Any, NamedTuple

from . import limits
from . import pdfium_library as library
from .arrays import flatnonzero, np
from .glyphs import UNKNOWN
from .page import SLANTED, Bools, Chars, Codes, Fault, Floats, Ints, Single, too_many_chars

_HYPHENS = (0xFFFE, 0x2)  # what pdfium makes of a hyphen at a line's end
_LONGEST_STRING = 16_383  # characters of two bytes in the 32,767 at which pdfium cuts a string without a word
_SPECIAL = np.zeros(
    0x10000, np.bool_
)  # by code: what may be no character of the print; none beyond U+FFFF is
_SPECIAL[[*range(0x21), 0xA0, 0xFEFF, 0xFFFE]] = True
_TALL = 1.6  # times a Chinese character's width: higher than any font's box
_SLANT = 0.06  # quarter turns off the level (5 degrees) from which text is slanted


class RawChars(NamedTuple):
    """n characters of several pages as pdfium has them: ``boxes`` (n, 4) left, top, right, bottom in page space;
    ``turns`` quarter turns before the page's own rotation, SLANTED for what stands at another angle; page i begins
    at ``starts[i]``, the last number is n."""

    codes: Codes
    boxes: Floats
    turns: Ints
    starts: Ints


class ReadChars(NamedTuple):
    """A page's codes and boxes (n, 4), what is missing of them, and whether a string may be ``is_cut`` short."""

    codes: Codes
    boxes: Single
    faults: tuple[Fault, ...]
    is_cut: bool


def read_chars(text: int, number: int) -> ReadChars:
    """All characters of an open text page, up to the limit."""
    n = max(library.count_chars(text), 0)
    faults: tuple[Fault, ...] = ()
    if n > limits.MAX_CHARS:
        faults = (too_many_chars(number, n),)
        n = limits.MAX_CHARS
    codes = _codes(text, n)
    is_cut = n >= _LONGEST_STRING and _longest_run(codes) >= _LONGEST_STRING
    return ReadChars(codes, _BOXES.filled(text, n).copy(), faults, is_cut)


def together(texts: Sequence[int], pages: Sequence[ReadChars]) -> RawChars:
    """The characters of pages whose text is still open, at least one: what is done to arrays costs little more for
    several pages than for one."""
    codes = np.concatenate([page.codes for page in pages])
    boxes = np.concatenate([page.boxes for page in pages])
    starts = np.zeros(len(pages) + 1, np.int64)
    np.cumsum([len(page.codes) for page in pages], out=starts[1:])
    _put_tall_right(texts, codes, boxes, starts)
    return RawChars(codes, boxes.astype(np.float64), _turns(texts, codes, boxes, starts), starts)


def _put_tall_right(texts: Sequence[int], codes: Codes, boxes: Single, starts: Ints) -> None:
    """Gives characters whose box is far higher than their font top and bottom of their ink: a font cut into several has
    in one of them a glyph that hangs low, and its box is that of all its glyphs."""
    heights, widths = boxes[:, 1] - boxes[:, 3], boxes[:, 2] - boxes[:, 0]
    tall = (heights > _TALL * widths) & (codes >= 0x4E00) & (codes <= 0x9FFF)
    if not tall.any():
        return
    tall &= widths > 0
    sides = (c_double * 4)()  # left, right, bottom, top
    start = addressof(sides)
    for text, (begin, end) in zip(texts, pairwise(starts.tolist()), strict=True):
        own, high = tall[begin:end], heights[begin:end]
        for height in np.unique(np.round(high[own], 1)):
            own |= np.abs(high - height) < 0.1
        for i in flatnonzero(own & (codes[begin:end] > 0x20)).tolist():
            if library.ink_box(text, i, start, start + 8, start + 16, start + 24):
                boxes[begin + i, 1], boxes[begin + i, 3] = sides[3], sides[2]


class _Boxes:
    """One array that pdfium writes characters' boxes into, and pointers to its rows, made once."""

    def __init__(self) -> None:
        self._array = np.empty((0, 4), np.float32)
        self._rows: list[Any] = []

    def filled(self, text: int, n: int) -> Single:
        """(n, 4) left, top, right, bottom of a page's characters; good until the next page is read."""
        if n > len(self._array):
            self._array = np.empty((max(n, 2 * len(self._array)), 4), np.float32)
            start = self._array.ctypes.data
            self._rows = list(map(library.pointer, range(start, start + self._array.nbytes, 16)))
        found = self._array[:n]
        found[:] = 0.0
        deque(map(library.loose_box, repeat(library.pointer(text)), range(n), self._rows), 0)
        return found


_BOXES = _Boxes()


def chars_as_seen(raw: RawChars, boxes: Floats, rotations: Sequence[int]) -> list[Chars]:
    """The characters of each page with their ``boxes`` as seen, on pages turned by so many quarters: hyphens put back;
    line ends, and blanks of no width that pdfium made itself, left out."""
    codes, turns, starts = raw.codes, raw.turns, raw.starts
    if any(rotations):
        more = np.repeat(rotations, np.diff(starts))
        turns = np.where(turns == SLANTED, SLANTED, (turns + more) % 4)
    special = flatnonzero(_SPECIAL.take(codes, mode="clip"))
    gone = special[_put_right(codes, boxes, special)]
    if len(gone):
        kept = np.ones(len(codes), np.bool_)
        kept[gone] = False
        codes, boxes, turns = codes[kept], boxes.compress(kept, axis=0), turns[kept]
        starts = starts - gone.searchsorted(starts)
    found: list[Chars] = []
    for begin, end in pairwise(starts.tolist()):
        own = boxes[begin:end]
        found.append(Chars(codes[begin:end], own, turns[begin:end], own))
    return found


def _put_right(codes: Codes, boxes: Floats, which: Ints) -> Bools:
    """Puts hyphens and unknown glyphs right among ``which`` characters; says which of them pdfium made itself."""
    own, (x0, y0, x1, y1) = codes[which], boxes.take(which, axis=0).T
    printed = x1 - x0 > 0.05
    codes[which[((own == _HYPHENS[0]) | (own == _HYPHENS[1])) & printed]] = ord("-")
    codes[which[(own == 0) & printed]] = UNKNOWN
    thin: Bools = ~printed & (y1 - y0 < 0.05) & ((own == 0x20) | (own == 0xA0))
    ends: Bools = (own == 0xA) | (own == 0xD) | (own == 0xFEFF)
    made: Bools = thin | ends | ((own == 0) & ~printed)
    return made


def _turns(texts: Sequence[int], codes: Codes, boxes: Single, starts: Ints) -> Ints:
    """Quarter turns clockwise; asked only of characters that no other follows on their line."""
    alone = ~_runs_on(boxes, starts) & (codes != 0xA) & (codes != 0xD)
    doubtful = flatnonzero(alone)
    page = starts.searchsorted(doubtful, "right") - 1
    handles = list(map(library.pointer, texts))
    asked = map(library.angle_of, map(handles.__getitem__, page.tolist()), (doubtful - starts[page]).tolist())
    angles = np.fromiter(asked, np.float64, len(doubtful))
    turns = np.zeros(len(boxes), np.int64)
    if not angles.any():
        return turns
    exact = np.nan_to_num(angles) / (np.pi / 2)
    quarters = np.rint(exact)
    turns[doubtful] = np.where(np.abs(exact - quarters) > _SLANT, SLANTED, quarters % 4)
    return turns


def _runs_on(boxes: Single, starts: Ints) -> Bools:
    """Whether the character before or after stands beside on the same line, so that this one is upright."""
    found = np.zeros(len(boxes), np.bool_)
    if len(boxes) < 2:
        return found
    left, top, right, bottom = boxes.T
    gap = left[1:] - right[:-1]
    height = top - bottom
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    after = (gap >= -1) & (left[1:] > left[:-1] + 1) & (gap < 2 * height[1:])
    after &= overlap > 0.85 * np.maximum(height[1:], height[:-1])
    inner = starts[(starts > 0) & (starts < len(boxes))]
    after[inner - 1] = False  # the next is on another page
    found[:-1] = after
    found[1:] |= after
    return found


def _longest_run(codes: Codes) -> int:
    """The most characters between two line ends."""
    ends = flatnonzero((codes == 0xA) | (codes == 0xD))
    return int(np.diff(ends, prepend=-1, append=len(codes)).max()) - 1


def _codes(text: int, n: int) -> Codes:
    """Bulk text when it has one unit for each character, else a call for each (characters beyond U+FFFF)."""
    units = np.zeros(n + 1, np.uint16)
    got = library.text_units(text, 0, n, units.ctypes.data) - 1
    units = units[: max(got, 0)]
    if got == n and not ((units >= 0xD800) & (units < 0xE000)).any():
        return units.astype(np.uint32)
    return np.fromiter(map(library.code_of, repeat(library.pointer(text)), range(n)), np.uint32, n)
