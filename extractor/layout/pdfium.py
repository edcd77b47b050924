"""The first engine: pdfium's raw API, a few pages at a time into arrays.

pdfium is not thread-safe: one document at a time in one process.
"""

import os
from collections.abc import Sequence
from ctypes import addressof, c_float
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from . import limits
from . import pdfium_library as library
from .arrays import np
from .page import Chars, Fault, Floats, Ints, PageContent, unread_page, within_reach
from .pdfium_chars import ReadChars, chars_as_seen, read_chars, together
from .pdfium_paths import Drawn, page_drawings

_REOPENED = 100  # pages after which the file is opened anew


class PdfiumError(Exception):
    """pdfium refuses the file; ``code`` is its error number."""

    def __init__(self, code: int) -> None:
        super().__init__(f"pdfium error {code}")
        self.code = code


class _Waiting(NamedTuple):
    """A page that is read and open still, as its characters may have to be asked for more."""

    page: int
    text: int
    number: int
    frame: "_Frame"
    chars: ReadChars
    drawn: Drawn
    faults: tuple[Fault, ...]


class PdfiumFile:
    """An open file. Use as a context manager.

    Pages are added one after the other and taken a few at a time, and closed then: what is done to arrays costs little
    more for several pages than for one.
    """

    def __init__(self, path: Path) -> None:
        self._path = os.fsencode(path)  # the file stays on the disk: pdfium reads of it what it needs
        self._raw = self._open()
        self._closed = 0  # pages since the file was opened
        if not self._raw:
            raise PdfiumError(library.last_error())
        self.n_pages: int = library.page_count(self._raw)
        self._added: list[_Waiting | PageContent | None] = []
        self.n_chars = 0  # of the pages added

    def __enter__(self) -> "PdfiumFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._close_pages()
        library.close_document(self._raw)

    @property
    def n_added(self) -> int:
        """Pages added and not yet taken."""
        return len(self._added)

    def add(self, number: int) -> None:
        """Reads a page, numbered from 1."""
        if self._closed >= _REOPENED and not self._added:
            self._reopen()
        page = library.load_page(self._raw, number - 1)
        text = library.load_text(page) if page else None
        content: _Waiting | PageContent | None = None
        try:
            content = self._read(page, text, number) if text else None
        finally:
            if not isinstance(content, _Waiting):
                _close(page, text)
        self._added.append(content)

    def take(self) -> list[PageContent | None]:
        """The pages added since; None for one that pdfium cannot read."""
        found = iter(_contents([page for page in self._added if isinstance(page, _Waiting)]))
        contents = [next(found) if isinstance(page, _Waiting) else page for page in self._added]
        self._close_pages()
        return contents

    def _read(self, page: int, text: int, number: int) -> _Waiting | PageContent:
        frame = _frame(page)
        width, height = frame.size
        if not (0 < width <= limits.MAX_SIDE and 0 < height <= limits.MAX_SIDE):
            told = f"第{number}页的页面尺寸异常（{width:.0f}×{height:.0f}），未读取"
            return unread_page(number, width, height, ("limit-media-box", told))
        chars = read_chars(text, number)
        self.n_chars += len(chars.codes)
        faults = chars.faults
        if _has_empty_box(page):
            told = f"第{number}页的页面尺寸为零，按{width:.0f}×{height:.0f}读取"
            faults += (("limit-media-box", told),)
        return _Waiting(page, text, number, frame, chars, page_drawings(page, number, frame.matrix), faults)

    def _close_pages(self) -> None:
        for page in self._added:
            if isinstance(page, _Waiting):
                _close(page.page, page.text)
        self._closed += len(self._added)
        self._added, self.n_chars = [], 0

    def _open(self) -> int | None:
        handle: int | None = library.load_document(self._path, None)
        return handle

    def _reopen(self) -> None:
        """Drops what pdfium keeps of pages that are closed: a tenth of a megabyte each."""
        fresh = self._open()
        if fresh:
            library.close_document(self._raw)
            self._raw, self._closed = fresh, 0


def _close(page: int | None, text: int | None) -> None:
    """Both may be null."""
    library.close_text(text)
    library.close_page(page)


def _contents(pages: Sequence[_Waiting]) -> list[PageContent]:
    """What was read of some pages."""
    if not pages:
        return []
    raw = together([page.text for page in pages], [page.chars for page in pages])
    frames = [page.frame for page in pages]
    boxes = within_reach(_boxes_as_seen(raw.boxes, raw.starts, frames))
    chars = chars_as_seen(raw, boxes, [frame.rotation for frame in frames])
    return [_content(page, own) for page, own in zip(pages, chars, strict=True)]


def _content(page: _Waiting, chars: Chars) -> PageContent:
    width, height = page.frame.size
    drawn = page.drawn
    pictured = min(drawn.picture / (width * height), 1.0)
    faults = page.faults + drawn.faults
    is_cut = page.chars.is_cut
    return PageContent(page.number, width, height, chars, drawn.edges, pictured, drawn.curves, faults, is_cut)


def _boxes_as_seen(raw: Floats, starts: Ints, frames: Sequence["_Frame"]) -> Floats:
    """The boxes of several pages, each by its own frame; mostly they have the same."""
    first = frames[0]
    if all(frame.matrix == first.matrix for frame in frames):
        return first.boxes(raw)
    bounds = pairwise(starts.tolist())
    return np.concatenate([frame.boxes(raw[a:b]) for frame, (a, b) in zip(frames, bounds, strict=True)])


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
