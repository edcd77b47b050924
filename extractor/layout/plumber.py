"""The second engine, pdfplumber: for a page that pdfium cannot read, or of which it cuts the text.

Ten times slower, so it is imported only when needed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from . import limits
from .arrays import np
from .glyphs import UNKNOWN
from .page import NO_EDGES, Chars, Edges, Floats, PageContent, too_many_chars, within_reach

_CID = chr(UNKNOWN)  # pdfplumber writes (cid:12) for a glyph that stands for no character


def read_page(path: Path, number: int) -> PageContent:
    """One page, numbered from 1. Raises whatever pdfplumber raises for a page it cannot read either."""
    import pdfplumber

    with pdfplumber.open(path, pages=[number]) as file:
        page = file.pages[0]
        width, height = float(page.width), float(page.height)
        left, top = float(page.bbox[0]), float(page.bbox[1])
        n = len(page.chars)
        chars = _chars(page.chars[: limits.MAX_CHARS], left, top)
        pictures = [i["width"] * i["height"] / (width * height) for i in page.images]
        return PageContent(
            number,
            width,
            height,
            chars,
            _edges(page, left, top),
            min(max(pictures, default=0.0), 1.0),
            len(page.curves),
            (too_many_chars(number, n),) if n > limits.MAX_CHARS else (),
        )


def read_characters(path: Path, numbers: Collection[int]) -> dict[int, Chars]:
    """The characters of some pages, numbered from 1; a page that cannot be read is left out, so are all of a file
    that only the first engine can open."""
    import pdfplumber

    found: dict[int, Chars] = {}
    with suppress(Exception), pdfplumber.open(path, pages=sorted(numbers)) as file:
        for page in file.pages:
            # what cannot be read again is neither confirmed nor doubted
            with suppress(Exception), closing(page):
                found[page.page_number] = _chars(page.chars[: limits.MAX_CHARS], page.bbox[0], page.bbox[1])
    return found


def _chars(items: list[dict[str, Any]], left: float, top: float) -> Chars:
    letters = [letter for item in items for letter in _letters(item)]
    codes = np.array([ord(letter) for letter, _, _ in letters], np.uint32)
    boxes = np.array([box for _, box, _ in letters], np.float64).reshape(-1, 4)
    boxes = within_reach(boxes - np.array([left, top, left, top]))
    turns = np.array([turn for _, _, turn in letters], np.int64)
    return Chars(codes, boxes, turns, boxes)


def _letters(item: dict[str, Any]) -> Iterator[tuple[str, tuple[float, float, float, float], int]]:
    """The letters of a glyph, each with its part of the glyph's box, and its turn: a ligature has several."""
    text = _CID if item["text"].startswith("(cid:") else item["text"]
    turn, x, top, bottom = _turn(item["matrix"]), item["x0"], item["top"], item["bottom"]
    width = (item["x1"] - x) / max(len(text), 1)
    for n, letter in enumerate(text):
        yield letter, (x + n * width, top, x + (n + 1) * width, bottom), turn


def _turn(matrix: tuple[float, ...]) -> int:
    """Quarter turns clockwise of a text matrix."""
    return round(-math.atan2(matrix[1], matrix[0]) / (math.pi / 2)) % 4


def _edges(page: Any, left: float, top: float) -> Edges:
    edges = page.edges[: limits.MAX_EDGES]
    across = [(e["top"] - top, e["x0"] - left, e["x1"] - left) for e in edges if e["orientation"] == "h"]
    down = [(e["x0"] - left, e["top"] - top, e["bottom"] - top) for e in edges if e["orientation"] == "v"]
    return Edges(_long(across), _long(down)) if edges else NO_EDGES


def _long(rows: list[tuple[float, float, float]]) -> Floats:
    found = np.array(rows, np.float64).reshape(-1, 3)
    return found[found[:, 2] - found[:, 1] >= 1.0]
