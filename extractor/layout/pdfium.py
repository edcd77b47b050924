"""The first engine: pdfium's raw API, a page at a time into arrays.

pdfium is not thread-safe: one document at a time in one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from ctypes import addressof, c_float
from pathlib import Path

from . import limits
from . import pdfium_library as library
from .arrays import np
from .page import Floats, PageContent, unread_page, within_reach
from .pdfium_chars import ReadChars, chars_as_seen, read_chars
from .pdfium_paths import page_drawings

_REOPENED = 100  # pages after which the file is opened anew


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
        self._path = os.fsencode(path)  # the file stays on the disk: pdfium reads of it what it needs
        self._raw = self._open()
        if not self._raw:
            raise PdfiumError(library.last_error())
        self.n_pages: int = library.page_count(self._raw)

    def __enter__(self) -> PdfiumFile:
        return self

    def __exit__(self, *_: object) -> None:
        library.close_document(self._raw)

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
        page = library.load_page(self._raw, number - 1)
        if not page:
            raise PageError(number)
        try:
            return _read(page, number)
        finally:
            library.close_page(page)

    def _open(self) -> int | None:
        handle: int | None = library.load_document(self._path, None)
        return handle

    def _reopen(self) -> None:
        """Drops what pdfium keeps of pages that are closed: a tenth of a megabyte each."""
        fresh = self._open()
        if fresh:
            library.close_document(self._raw)
            self._raw = fresh


def _read(page: int, number: int) -> PageContent:
    frame = _frame(page)
    width, height = frame.size
    if not (0 < width <= limits.MAX_SIDE and 0 < height <= limits.MAX_SIDE):
        told = f"第{number}页的页面尺寸异常（{width:.0f}×{height:.0f}），未读取"
        return unread_page(number, width, height, ("limit-media-box", told))
    raw, faults, is_cut = _chars(page, number)
    boxes = within_reach(frame.boxes(raw.boxes))
    if _has_empty_box(page):
        faults += (("limit-media-box", f"第{number}页的页面尺寸为零，按{width:.0f}×{height:.0f}读取"),)
    drawn = page_drawings(page, number, frame.matrix)
    return PageContent(
        number,
        width,
        height,
        chars_as_seen(raw, boxes, frame.rotation),
        drawn.edges,
        min(drawn.picture / (width * height), 1.0),
        drawn.curves,
        faults + drawn.faults,
        is_cut,
    )


def _chars(page: int, number: int) -> ReadChars:
    text = library.load_text(page)
    if not text:
        raise PageError(number)
    try:
        return read_chars(text, number)
    finally:
        library.close_text(text)


_ROTATED = ((1.0, 0.0, 0.0, -1.0), (0.0, 1.0, 1.0, 0.0), (-1.0, 0.0, 0.0, 1.0), (0.0, -1.0, -1.0, 0.0))


class _Frame:
    """How a page's own coordinates become those of the page as seen."""

    def __init__(self, rotation: int, x0: float, y0: float, x1: float, y1: float) -> None:
        self.rotation = rotation
        upright = (x1 - x0, y1 - y0)
        self.size = upright if rotation % 2 == 0 else upright[::-1]
        shift = ((-x0, y1), (-y0, -x0), (x1, -y0), (y1, x1))[rotation]
        self.matrix = (*_ROTATED[rotation], *shift)  # a, b, c, d, e, f: x' = ax + cy + e and y' = bx + dy + f

    def boxes(self, raw: Floats) -> Floats:
        """(n, 4) left, top, right, bottom in page space to x0, top, x1, bottom as seen."""
        a, b, c, d, e, f = self.matrix
        found = np.empty_like(raw)
        corners = raw.reshape(-1, 2, 2)
        xs, ys = (corners[:, :, 0], corners[:, :, 1]) if a else (corners[:, :, 1], corners[:, :, 0])
        xs, ys = xs * (a or c) + e, ys * (d or b) + f
        np.minimum(xs[:, 0], xs[:, 1], out=found[:, 0])
        np.minimum(ys[:, 0], ys[:, 1], out=found[:, 1])
        np.maximum(xs[:, 0], xs[:, 1], out=found[:, 2])
        np.maximum(ys[:, 0], ys[:, 1], out=found[:, 3])
        return found


def _frame(page: int) -> _Frame:
    box = (c_float * 4)()  # left, top, right, bottom
    library.bounding_box(page, box)
    left, top, right, bottom = box
    return _Frame(library.rotation(page) % 4, left, min(bottom, top), right, max(bottom, top))


def _has_empty_box(page: int) -> bool:
    """Whether the page's own media box is empty; pdfium then takes a Letter page, which may cut text."""
    sides = (c_float * 4)()
    start = addressof(sides)
    if not library.media_box(page, start, start + 4, start + 8, start + 12):
        return False
    left, bottom, right, top = sides
    return left == right or bottom == top
