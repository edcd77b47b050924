"""Pages of a PDF as pictures, by pdfium: what stands at a place is seen where the place says.

pdfium draws in a process of its own, a page at a time: a page that ends it, or has it draw on and on, costs
its own picture only.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from extractor.apart.child import Child, Lost

_LARGEST = 4000  # pixels of a side: beyond, a browser shows nothing better and the file only grows
_QUALITY = (72, 55, 38)  # WebP, from the first try to the last
_SECONDS = 20.0  # for a page
_MOST_LOST = 3  # pages that may cost a process before no more are drawn
_SIZE = struct.Struct(">dd")


class Encoded(NamedTuple):
    """A picture as WebP; ``width`` and ``height`` are the page's, in points."""

    data: bytes
    width: float
    height: float


class Undrawn(NamedTuple):
    """A page that there is no picture of, and why."""

    page: int
    reason: str


def pictures(
    path: Path, pages: Iterable[int], scale: float, budget: int
) -> Iterator[tuple[int, Encoded] | Undrawn]:
    """Each page (from 1) as WebP of at most about ``budget`` bytes, with ``scale`` pixels a point at first."""
    asked = ((page, (str(path), page, scale, budget)) for page in pages)
    for page, data in _drawn("encoded", asked):
        if isinstance(data, Undrawn):
            yield data
        else:
            yield page, Encoded(data[_SIZE.size :], *_SIZE.unpack(data[: _SIZE.size]))


def outlines(
    path: Path, boxes: Mapping[int, Sequence[tuple[Sequence[float], str]]], scale: float
) -> Iterator[tuple[int, bytes] | Undrawn]:
    """Each page as PNG with its boxes (points from the top left) drawn in, each in a colour."""
    asked = ((page, (str(path), page, scale, list(boxes[page]))) for page in sorted(boxes))
    for page, data in _drawn("outlined", asked):
        yield data if isinstance(data, Undrawn) else (page, data)


def _drawn(work: str, asked: Iterable[tuple[int, tuple[Any, ...]]]) -> Iterator[tuple[int, bytes | Undrawn]]:
    lost = 0
    with Child() as child:
        for page, arguments in asked:
            if lost >= _MOST_LOST:
                yield page, Undrawn(page, "前面的页未能绘制")
                continue
            try:
                yield page, child.ask(f"{__name__}:{work}", *arguments, seconds=_SECONDS)
            except (Lost, OSError) as error:
                lost += isinstance(error, Lost)
                yield page, Undrawn(page, str(error))


# In the child


@lru_cache(maxsize=1)
def _file(path: str) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(Path(path).read_bytes())
    except pypdfium2.PdfiumError as error:
        raise OSError(f"无法打开“{Path(path).name}”以绘制页面（{error}）") from None


def encoded(path: str, page: int, scale: float, budget: int) -> bytes:
    """A page's width and height (two doubles) and the page as WebP: coarser where it does not fit at first."""
    data = b""
    for number, quality in enumerate(_QUALITY):
        data = _saved(_picture(path, page, scale * (1 - 0.22 * number)), "WEBP", quality=quality, method=2)
        if len(data) <= budget:
            break
    width, height = _file(path).get_page_size(page - 1)
    return _SIZE.pack(width, height) + data


def outlined(path: str, page: int, scale: float, boxes: list[tuple[Sequence[float], str]]) -> bytes:
    """A page with boxes drawn in, as PNG."""
    from PIL import ImageDraw

    picture = _picture(path, page, scale)
    shrunk = picture.width / _file(path).get_page_size(page - 1)[0]
    draw = ImageDraw.Draw(picture, "RGBA")
    for box, colour in boxes:
        edges = [round(edge * shrunk, 1) for edge in box]
        draw.rectangle(edges, outline=colour, fill=f"{colour}20", width=2)
    return _saved(picture, "PNG")


def _picture(path: str, page: int, scale: float) -> Any:
    """A page as a Pillow image with ``scale`` pixels a point, fewer where it would be too large."""
    import pypdfium2

    try:
        sheet = _file(path)[page - 1]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise OSError(f"无法绘制第{page}页（{error}）") from None
    try:
        fitting = min(scale, _LARGEST / max(sheet.get_size()))
        return sheet.render(scale=fitting, may_draw_forms=True).to_pil().convert("RGB")
    finally:
        sheet.close()


def _saved(picture: Any, kind: str, **how: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()
