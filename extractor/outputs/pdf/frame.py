"""A page as seen (points from the top left) and its own coordinates, which rotation and CropBox set apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from extractor.document import Box

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The page's visible area in its own coordinates, and its rotation in quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    def point(self, x: float, y: float) -> Point:
        """A point as seen to the page's own coordinates."""
        if self.turns == 1:
            return self.left + y, self.bottom + x
        if self.turns == 2:
            return self.right - x, self.bottom + y
        if self.turns == 3:
            return self.right - y, self.top - x
        return self.left + x, self.top - y

    def corners(self, box: Box) -> tuple[Point, Point, Point, Point]:
        """The corners of a box as seen: top left, top right, bottom left, bottom right."""
        return (
            self.point(box.x0, box.top),
            self.point(box.x1, box.top),
            self.point(box.x0, box.bottom),
            self.point(box.x1, box.bottom),
        )


def around(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of the points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def frames(data: bytes, pages: Iterable[int]) -> dict[int, Frame]:
    """The frames of some pages (from 1), as pdfium, which the places come from, sees them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(BytesIO(data))
    try:
        found = {}
        for number in pages:
            page = document[number - 1]
            left, bottom, right, top = page.get_bbox()
            found[number] = Frame(left, bottom, right, top, page.get_rotation() // 90 % 4)
            page.close()
        return found
    finally:
        document.close()
