"""A whole text that is one figure, as table cells are."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal

from extractor.quantity.dates import matches
from extractor.quantity.normal import normal
from extractor.quantity.numerals import NUMERALS
from extractor.quantity.quantity import Quantity, is_exact
from extractor.quantity.reading import Reader

_CELL = Reader()
_LONGEST = 2000
_LEAD = re.compile(
    r"(?:达到?|控制在|保持在?|维持在|为|共计?|合计|总计|(?:实际|全年|已|共)?完成|人民币|每(?:年|月|周|天|日|季度?|人|次)"
    r"|年均|月均|平均|人均|全年|累计|年度|应|须|需|按|实际|[:,;、。])*+"
)
_TRAIL = re.compile(r"整?[。.,;!]*+")
_FIRST = re.compile(rf"[0-9{NUMERALS}]")
_STROKE = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")
_PHONE = re.compile(r"0[0-9]{2,3}-[0-9]{7,8}|400-[0-9]{3,4}-?[0-9]{3,4}")
_LOOSE_UNIT = re.compile(r"/[\u4e00-\u9fffA-Za-z]{1,6}\Z")


def read(text: str, unit: str = "") -> Quantity | None:
    """The figure that the whole text is, blanks and final punctuation aside; None for anything else.

    ``unit`` is that of the column's head or the form, taken only when the text has none.

    >>> q = read("≥98.50 %")
    >>> q.op, q.plain, q.unit, q.exact
    ('>=', '98.50', '%', True)
    >>> read("2020年12月") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    plain = normal(text)
    kept = _kept(plain)
    found = _read_squeezed("".join(plain[i] for i in kept)) if kept else None
    if found is None:
        return None
    start, end = kept[found.start], kept[found.end - 1] + 1
    found = replace(found, text=text[start:end], start=start, end=end)
    if unit and not found.unit:
        return replace(found, unit=unit, exact=is_exact(found.op, unit, found.precision))
    return found


def _kept(plain: str) -> list[int]:
    """The offsets of what is not blank; none when a blank parts two digits, which are two figures then."""
    kept = [i for i, char in enumerate(plain) if not char.isspace()]
    for left, right in itertools.pairwise(kept):
        if right - left > 1 and plain[left].isdigit() and plain[right].isdigit():
            return []
    return kept


def _read_squeezed(text: str) -> Quantity | None:
    first = _FIRST.search(text)
    if not first or _PHONE.fullmatch(text):
        return None
    stroke = _STROKE.fullmatch(text)
    if stroke:
        return _part(text, stroke)
    found = _CELL.figure_at(text, text, first.start())
    if found is None or not _LEAD.fullmatch(text, 0, found.start) or _dated(text, found):
        return None
    found = _with_loose_unit(text, found)
    if not _TRAIL.fullmatch(text, found.end):
        return None
    mean = "均" in text[: found.start] and not found.op
    return replace(found, exact=False) if mean else found


def _dated(text: str, found: Quantity) -> bool:
    """Whether what is written is a date: 2020年12月, 12月; with an operator a month is a length of time."""
    if found.op and not found.value >= 1000:
        return False
    return any(match.start() < found.end for match in matches(text))


def _with_loose_unit(text: str, found: Quantity) -> Quantity:
    """With what stands under the stroke of its unit, known or not: 元/话务分钟."""
    loose = _LOOSE_UNIT.match(text, found.end) if found.unit and "/" not in found.unit else None
    if not loose:
        return found
    unit = found.unit + loose[0]
    exact = is_exact(found.op, unit, found.precision)
    return replace(found, text=text[found.start :], unit=unit, end=len(text), exact=exact)


def _part(text: str, found: re.Match[str]) -> Quantity | None:
    """1/3: one of three parts, when nothing else is there."""
    if int(found[1]) >= int(found[2]):
        return None
    return Quantity(text, Decimal(found[1]), unit="/" + found[2], exact=True, end=len(text))
