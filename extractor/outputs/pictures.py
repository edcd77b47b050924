"""Pages of a PDF as pictures, by pdfium: what stands at a place is seen where the place says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

_LARGEST = 4000  # pixels of a side: beyond, a browser shows nothing better and the file only grows
_QUALITY = (72, 55, 38)  # WebP, from the first try to the last


class Encoded(NamedTuple):
    """A picture as WebP; ``width`` and ``height`` are the page's, in points."""

    data: bytes
    width: float
    height: float


class PagePictures:
    """The pages of one file. Use as a context manager; raises OSError when pdfium does not open the file."""

    def __init__(self, path: Path) -> None:
        import pypdfium2

        try:
            self._file = pypdfium2.PdfDocument(path.read_bytes())
        except pypdfium2.PdfiumError as error:
            raise OSError(f"无法打开“{path.name}”以绘制页面（{error}）") from None

    def __enter__(self) -> PagePictures:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page as seen, in points; pages count from 1."""
        width, height = self._file.get_page_size(page - 1)
        return float(width), float(height)

    def picture(self, page: int, scale: float) -> Any:
        """A page as a Pillow image with ``scale`` pixels a point, fewer where it would be too large."""
        import pypdfium2

        try:
            sheet = self._file[page - 1]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise OSError(f"无法绘制第{page}页（{error}）") from None
        try:
            largest = max(sheet.get_size())
            return (
                sheet.render(scale=min(scale, _LARGEST / largest), may_draw_forms=True)
                .to_pil()
                .convert("RGB")
            )
        finally:
            sheet.close()

    def encoded(self, page: int, scale: float, budget: int) -> Encoded:
        """A page as WebP of at most about ``budget`` bytes: coarser where it does not fit at first."""
        data = b""
        for number, quality in enumerate(_QUALITY):
            data = _webp(self.picture(page, scale * (1 - 0.22 * number)), quality)
            if len(data) <= budget:
                break
        return Encoded(data, *self.size(page))


def _webp(picture: Any, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2)
    return out.getvalue()
