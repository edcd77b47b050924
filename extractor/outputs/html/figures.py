"""What is shown of the document: each cited page as a picture; without pages, the cited table or paragraph.

Every figure has an id; a target says which figure a cited place stands in and where: ``boxes`` in points on a
page, or ``cells`` with ``mark`` (offsets, in UTF-16 units as browsers count) in an excerpt.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.outputs.html.excerpts import Excerpts
from extractor.outputs.pdf.marks import boxes_by_page
from extractor.outputs.pictures import Encoded, Undrawn, pictures

if TYPE_CHECKING:
    from extractor.findings import Evidence
    from extractor.result import Result

Target = dict[str, Any]

_SCALE = 1.8  # pixels a point: 130 to the inch
_TOTAL = 9_500_000  # bytes of all pictures, before base64 makes a third more of them
_LEAST, _MOST = 45_000, 400_000  # bytes of one picture


class Figures:
    """The figures of one result, gathered while its findings are listed."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._excerpts = Excerpts(result.document)
        self._pages = {page.number for page in result.document.pages} if result.document else set()
        self._shown: dict[int, str] = {}
        self.undrawn: list[Undrawn] = []
        self._draw()

    def _draw(self) -> None:
        """Draws every cited page, where the source is still there and still the same."""
        cited = sorted({page for page in self._cited() if page in self._pages or not self._pages})
        path = Path(self._result.source.path)
        with suppress(OSError):
            if not cited or self._result.source.format != "pdf" or _changed(path, self._result.source.sha256):
                return
            self._encode(path, cited)

    def _cited(self) -> Iterator[int]:
        for finding in self._result.findings:
            for side in finding.evidence:
                yield from (page for page, _ in boxes_by_page(side.place))

    def _encode(self, path: Path, cited: list[int]) -> None:
        budget = min(max(_TOTAL // len(cited), _LEAST), _MOST)
        for drawn in pictures(path, cited, _SCALE, budget):
            if isinstance(drawn, Undrawn):
                self.undrawn.append(drawn)
            else:
                self._shown[drawn[0]] = _sheet(*drawn)

    def targets(self, side: Evidence) -> list[Target]:
        """Where a cited place is shown: a target for each page that it stands on, or one excerpt."""
        found = [
            {"figure": f"p{page}", "boxes": [[round(edge, 1) for edge in box] for box in boxes]}
            for page, boxes in boxes_by_page(side.place)
            if page in self._shown
        ]
        return found or [self._excerpts.target(side)]

    def markup(self) -> str:
        """All figures, pages first, in the order of the document."""
        return "\n".join([*(self._shown[page] for page in sorted(self._shown)), *self._excerpts.markup()])


def _sheet(page: int, picture: Encoded) -> str:
    source = f"data:image/webp;base64,{b64encode(picture.data).decode()}"
    return (
        f'<figure class="page" id="p{page}" data-width="{picture.width:.1f}" '
        f'data-height="{picture.height:.1f}"><figcaption>第{page}页</figcaption>'
        f'<div class="scroll"><div class="sheet"><img alt="第{page}页" src="{source}">'
        f'<svg class="boxes" viewBox="0 0 {picture.width:.1f} {picture.height:.1f}"></svg>'
        "</div></div></figure>"
    )


def _changed(path: Path, digest: str) -> bool:
    return bool(digest) and hashlib.sha256(path.read_bytes()).hexdigest() != digest
