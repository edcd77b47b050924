"""Running heads, running feet and page numbers: what a page repeats in its margins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..document import Box
from .flow import PageFlow
from .line import Line

_MARGIN = 0.09  # of the page's longer side, above and below
_APART = 0.6  # of a line's height: furniture stands at least so far from the text
_PAGE_NUMBER = (
    r"第?\s*[\dIVXivx]{1,4}\s*页?|\d{1,4}\s*[/／]\s*\d{1,4}|第\s*\d+\s*页\s*[,，/]?\s*共\s*\d+\s*页"
)
_NUMERALS = "一二三四五六七八九十百"
_LONGEST = 5  # numerals
_BESIDE = "-—–－~· \t\u3000\xa0"  # what stands beside a page's number: - 1 -
_DIGITS = re.compile(r"\d+")


def running_lines(flows: Sequence[PageFlow], body_em: float) -> dict[int, set[int]]:
    """For each page (by position) the indices of its lines that are page furniture."""
    edges = [_margin_lines(flow) for flow in flows]
    spots = Counter(
        spot
        for flow, found in zip(flows, edges, strict=True)
        for spot in {_spot(flow, flow.lines[i]) for i in found}
    )
    return {
        n: _running(flow, edges[n], spots, len(flows), body_em) for n, flow in enumerate(flows) if edges[n]
    }


def _running(
    flow: PageFlow, candidates: list[int], spots: Counter[tuple[str, int]], n_pages: int, body_em: float
) -> set[int]:
    least = 2 if n_pages < 6 else max(3, n_pages // 8)
    running = set()
    for i in candidates:
        line = flow.lines[i]
        repeated = n_pages > 1 and spots[_spot(flow, line)] >= least and line.em <= 1.15 * body_em
        if repeated or _is_page_number(line.string):
            running.add(i)
    return running


def _is_page_number(string: str) -> bool:
    number = string.strip(_BESIDE)
    if not number.strip(_NUMERALS):
        return 0 < len(number) <= _LONGEST
    return bool(re.fullmatch(_PAGE_NUMBER, number))


def _spot(flow: PageFlow, line: Line) -> tuple[str, int]:
    top, foot = line.box.top, flow.height - line.box.bottom
    return _DIGITS.sub("#", line.string), round(top / 4) if top < flow.height / 2 else -round(foot / 4)


def _margin_lines(flow: PageFlow) -> list[int]:
    """Lines in the upper and lower margin, apart from the text, that no table stands outside of."""
    high = _MARGIN * max(flow.width, flow.height)
    low = flow.height - high
    return [
        i
        for i, line in enumerate(flow.lines)
        if (line.box.bottom < high and _is_apart_above(flow, line.box))
        or (line.box.top > low and _is_apart_below(flow, line.box))
    ]


def _is_apart_above(flow: PageFlow, box: Box) -> bool:
    """Whether a line stands apart from all that is below it, and every table is."""
    if any(grid.ys[0] <= box.top for grid in flow.grids):
        return False
    middle = (box.top + box.bottom) / 2
    tops = [line.box.top for line in flow.lines] + [grid.ys[0] for grid in flow.grids]
    below = min((top for top in tops if top > middle), default=flow.height)
    return below - box.bottom > _APART * (box.bottom - box.top)


def _is_apart_below(flow: PageFlow, box: Box) -> bool:
    """Whether a line stands apart from all that is above it, and every table is."""
    if any(grid.ys[-1] >= box.bottom for grid in flow.grids):
        return False
    middle = (box.top + box.bottom) / 2
    ends = [line.box.bottom for line in flow.lines] + [grid.ys[-1] for grid in flow.grids]
    above = max((end for end in ends if end < middle), default=0.0)
    return box.top - above > _APART * (box.bottom - box.top)
