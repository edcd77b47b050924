"""The first engine: pdfium's raw API, read in bulk into arrays.

One call for each character, made by map() on prototypes that write into one numpy buffer, costs a tenth of
the usual ctypes call. pdfium is not thread-safe: one document at a time in one process.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2_raw as pdfium  # type: ignore[import-untyped]  # not pypdfium2, which takes twice as long

from . import limits
from .glyphs import UNKNOWN
from .page import NO_EDGES, SLANTED, Bools, Chars, Codes, Edges, Floats, Ints, PageContent, Single
from .pdfium_paths import page_drawings

_LOOSE = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_ANGLE = ctypes.PYFUNCTYPE(ctypes.c_float, ctypes.c_void_p, ctypes.c_int)
_UNITS = ctypes.POINTER(ctypes.c_ushort)
_HYPHENS = (0xFFFE, 0x2)  # what pdfium makes of a hyphen at a line's end
_LONGEST_STRING = 32_767  # characters of one string, at which pdfium cuts it without a word
_REOPENED = 100  # pages after which the file is opened anew
_SLANT = 0.06  # quarter turns off the level (5 degrees) from which text is slanted


pdfium.FPDF_InitLibrary()  # a second time, by pypdfium2 in the same process, does nothing


class PdfiumError(Exception):
    """pdfium refuses the file; ``code`` is its error number."""

    def __init__(self, code: int) -> None:
        super().__init__(f"pdfium error {code}")
        self.code = code


class PageError(Exception):
    """pdfium cannot read one page."""


class PdfiumFile:
    """An open file. Use as a context manager; pages are closed as soon as they are read."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        self._raw = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)
        if not self._raw:
            raise PdfiumError(int(pdfium.FPDF_GetLastError()))
        self.n_pages = int(pdfium.FPDF_GetPageCount(self._raw))
        self._loose = _LOOSE(_address(pdfium.FPDFText_GetLooseCharBox))
        self._angle = _ANGLE(_address(pdfium.FPDFText_GetCharAngle))

    def __enter__(self) -> PdfiumFile:
        return self

    def __exit__(self, *_: object) -> None:
        pdfium.FPDF_CloseDocument(self._raw)

    def pages(self) -> Iterator[PageContent | None]:
        """Every page; None where pdfium cannot read it."""
        for number in range(1, self.n_pages + 1):
            try:
                yield self.page(number)
            except PageError:
                yield None

    def page(self, number: int) -> PageContent:
        """One page, numbered from 1. Raises PageError."""
        if number % _REOPENED == 0:
            self._reopen()
        page = pdfium.FPDF_LoadPage(self._raw, number - 1)
        if not page:
            raise PageError(number)
        try:
            return self._read(page, number)
        finally:
            pdfium.FPDF_ClosePage(page)

    def _reopen(self) -> None:
        """Drops what pdfium keeps of pages that are closed: a tenth of a megabyte each."""
        fresh = pdfium.FPDF_LoadMemDocument64(self._data, len(self._data), None)
        if fresh:
            pdfium.FPDF_CloseDocument(self._raw)
            self._raw = fresh

    def _read(self, page: Any, number: int) -> PageContent:
        frame = _frame(page)
        width, height = frame.size
        if not (0 < width <= limits.MAX_SIDE and 0 < height <= limits.MAX_SIDE):
            fault = ("limit-media-box", f"第{number}页的页面尺寸异常（{width:.0f}×{height:.0f}），未读取")
            return PageContent(number, width, height, *_nothing(), faults=(fault,))
        chars, faults = self._chars(page, number, frame)
        if _has_empty_box(page):
            faults += (("limit-media-box", f"第{number}页的页面尺寸为零，按{width:.0f}×{height:.0f}读取"),)
        drawn = page_drawings(page, number, frame.matrix)
        pictured = min(drawn.picture / (width * height), 1.0)
        return PageContent(
            number, width, height, chars, drawn.edges, pictured, drawn.curves, faults + drawn.faults
        )

    def _chars(self, page: Any, number: int, frame: _Frame) -> tuple[Chars, tuple[tuple[str, str], ...]]:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            raise PageError(number)
        try:
            n = int(pdfium.FPDFText_CountChars(text))
            if n > limits.MAX_CHARS:
                fault = ("limit-page-chars", f"第{number}页字符过多（{n}），只读取前{limits.MAX_CHARS}个")
                return self._first_chars(text, limits.MAX_CHARS, frame), (fault,)
            cut = ("limit-page-chars", f"第{number}页有一行文字超过{_LONGEST_STRING}个字符，其后的未能读取")
            faults = (cut,) if n >= _LONGEST_STRING and _longest_run(_codes(text, n)) >= _LONGEST_STRING else ()
            return self._first_chars(text, max(n, 0), frame), faults
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _first_chars(self, text: Any, n: int, frame: _Frame) -> Chars:
        at = ctypes.cast(text, ctypes.c_void_p).value
        raw = np.zeros((n, 4), np.float32)  # left, top, right, bottom as FS_RECTF has them
        start = raw.ctypes.data
        deque(map(self._loose, repeat(at), range(n), range(start, start + 16 * n, 16)), 0)
        boxes, codes = frame.boxes(raw.astype(np.float64)), _codes(text, n)
        turns = self._turns(at, raw, frame.rotation)
        return _cleaned(codes, boxes, turns)

    def _turns(self, text: int | None, raw: Single, rotation: int) -> Ints:
        """Quarter turns clockwise as seen; asked only of characters that no other follows on their line."""
        doubtful = np.flatnonzero(~_runs_on(raw))
        angles = np.zeros(len(raw))
        angles[doubtful] = np.fromiter(
            map(self._angle, repeat(text), doubtful.tolist()), np.float64, len(doubtful)
        )
        exact = np.nan_to_num(angles) / (np.pi / 2)
        quarters = np.rint(exact)
        turns = (quarters.astype(np.int64) + rotation) % 4
        return np.where(np.abs(exact - quarters) > _SLANT, SLANTED, turns)


def _runs_on(raw: Single) -> Bools:
    """Whether the character before or after stands beside on the same line, so that this one is upright."""
    if len(raw) < 2:
        return np.zeros(len(raw), np.bool_)
    left, top, right, bottom = raw.T
    after = (left[1:] >= right[:-1] - 1) & (left[1:] > left[:-1] + 1)
    height = top - bottom
    overlap = np.minimum(top[1:], top[:-1]) - np.maximum(bottom[1:], bottom[:-1])
    after &= overlap > 0.85 * np.maximum(height[1:], height[:-1])
    after &= left[1:] - right[:-1] < 2 * height[1:]
    return np.concatenate((after, [False])) | np.concatenate(([False], after))


class _Frame:
    """How a page's own coordinates become those of the page as seen."""

    def __init__(self, rotation: int, x0: float, y0: float, x1: float, y1: float) -> None:
        self.rotation = rotation
        upright = (x1 - x0, y1 - y0)
        self.size = upright if rotation % 2 == 0 else upright[::-1]
        self.matrix = (
            (1.0, 0.0, 0.0, -1.0, -x0, y1),
            (0.0, 1.0, 1.0, 0.0, -y0, -x0),
            (-1.0, 0.0, 0.0, 1.0, x1, -y0),
            (0.0, -1.0, -1.0, 0.0, y1, x1),
        )[rotation]  # a, b, c, d, e, f with x' = ax + cy + e and y' = bx + dy + f

    def boxes(self, raw: Floats) -> Floats:
        """(n, 4) left, top, right, bottom in page space to x0, top, x1, bottom as seen."""
        a, b, c, d, e, f = self.matrix
        xs = np.stack((raw[:, 0] * a + raw[:, 1] * c + e, raw[:, 2] * a + raw[:, 3] * c + e))
        ys = np.stack((raw[:, 0] * b + raw[:, 1] * d + f, raw[:, 2] * b + raw[:, 3] * d + f))
        return np.stack((xs.min(0), ys.min(0), xs.max(0), ys.max(0)), axis=1)


def _frame(page: Any) -> _Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    rotation = int(pdfium.FPDFPage_GetRotation(page)) % 4
    return _Frame(rotation, box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top))


def _longest_run(codes: Codes) -> int:
    """The most characters between two line ends."""
    ends = np.flatnonzero((codes == 0xA) | (codes == 0xD))
    return int(np.diff(ends, prepend=-1, append=len(codes)).max()) - 1


def _has_empty_box(page: Any) -> bool:
    """Whether the page's own media box is empty; pdfium then takes a Letter page, which may cut text."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPage_GetMediaBox(page, *sides):
        return False
    left, bottom, right, top = (side.value for side in sides)
    return left == right or bottom == top


def _nothing() -> tuple[Chars, Edges]:
    boxes = np.empty((0, 4))
    return Chars(np.empty(0, np.uint32), boxes, np.empty(0, np.int64), boxes), NO_EDGES


def _address(function: Any) -> int:
    return int(ctypes.cast(function, ctypes.c_void_p).value or 0)


def _codes(text: Any, n: int) -> Codes:
    """Bulk text when it has one unit for each character, else a call for each (characters beyond U+FFFF)."""
    units = np.zeros(n + 1, np.uint16)
    got = int(pdfium.FPDFText_GetText(text, 0, n, units.ctypes.data_as(_UNITS))) - 1
    units = units[: max(got, 0)]
    if got == n and not ((units >= 0xD800) & (units < 0xE000)).any():
        return units.astype(np.uint32)
    each = map(pdfium.FPDFText_GetUnicode, repeat(text), range(n))
    return np.fromiter(each, np.uint32, n)


def _cleaned(codes: Codes, boxes: Floats, turns: Ints) -> Chars:
    """Hyphens put back; line ends, and blanks of no width that pdfium made itself, left out."""
    printed = boxes[:, 2] - boxes[:, 0] > 0.05
    codes[((codes == _HYPHENS[0]) | (codes == _HYPHENS[1])) & printed] = ord("-")
    codes[(codes == 0) & printed] = UNKNOWN
    narrow = (boxes[:, 2] - boxes[:, 0] < 0.05) & (boxes[:, 3] - boxes[:, 1] < 0.05)
    made = ((codes == 0x20) | (codes == 0xA0)) & narrow
    keep = ~((codes == 0) | (codes == 0xA) | (codes == 0xD) | (codes == 0xFEFF) | made)
    boxes = boxes[keep]
    return Chars(codes[keep], boxes, turns[keep], boxes)
