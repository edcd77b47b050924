"""A number where it stands, in digits or in characters, without sign and unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.quantity.numerals import NUMERALS, chinese_number

_LONGEST = 1400
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,340}+(?![0-9]|,[0-9])")
_COMMAS = re.compile(r"[0-9]++(?:,[0-9]++){1,8}+")
_PLAIN = re.compile(r"[0-9]++")
_DECIMALS = re.compile(r"\.[0-9]++(?!\.[0-9])")
_CHINESE = re.compile(rf"[{NUMERALS}]++(?:点[{NUMERALS}]{{1,9}}+)?")
_PARTS = re.compile(rf"(?:[{NUMERALS}]{{1,12}}+|[0-9]{{1,6}}+)分之(?=[0-9{NUMERALS}])")
_HUNDRED = re.compile(rf"百(?![{NUMERALS}])")  # 百分之百
_MONEY = re.compile(r" ?[万亿百千]{0,2}元")


@dataclass(frozen=True, slots=True)
class Number:
    """A number without sign and unit: its ``value``, its end, its decimals, what it is a part of (万分之)."""

    value: Decimal
    end: int
    precision: int = 0
    part: str = ""
    malformed: bool = False


def number_at(text: str, start: int, prose: bool = False) -> Number | None:
    """The number that begins at an offset of a normalised text; 万 and 亿 at its end are left to the unit.

    In ``prose`` commas in the wrong places rather part a list than belong to one malformed number.
    """
    parts = _PARTS.match(text, start)
    if not parts:
        return _whole_at(text, start, prose)
    if _HUNDRED.match(text, parts.end()):
        return Number(Decimal(100), parts.end() + 1, part=parts[0])
    above = _whole_at(text, parts.end(), prose)
    return replace(above, part=parts[0]) if above else None


def _whole_at(text: str, start: int, prose: bool) -> Number | None:
    return _chinese_at(text, start) if text[start] in NUMERALS else _arabic_at(text, start, prose)


def numeral_end(text: str, start: int) -> int:
    """Where a run of Chinese numerals or digits ends, for stepping over it."""
    found = _CHINESE.match(text, start) or _PLAIN.match(text, start)
    return found.end() if found else start + 1


def _chinese_at(text: str, start: int) -> Number | None:
    found = _CHINESE.match(text, start)
    word = found[0].rstrip("万亿萬億") if found else ""
    value = chinese_number(word) if word else None
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    return Number(value, start + len(word), -exponent if isinstance(exponent, int) and exponent < 0 else 0)


def _arabic_at(text: str, start: int, prose: bool) -> Number | None:
    found, malformed = _GROUPED.match(text, start), False
    if found and _bounds(text, found):
        found = None
    if not found:
        found = _COMMAS.match(text, start)
        malformed = bool(found and not _bounds(text, found) and _one_number(text, found, prose))
        found = found if malformed else _PLAIN.match(text, start)
    if not found or len(found[0]) > _LONGEST:
        return None
    tail = _DECIMALS.match(text, found.end())
    digits = found[0].replace(",", "") + (tail[0] if tail else "")
    end = tail.end() if tail else found.end()
    return Number(Decimal(digits), end, len(tail[0]) - 1 if tail else 0, "", malformed)


def _bounds(text: str, found: re.Match[str]) -> bool:
    """Whether digits and comma are the bounds of a scale: [60,100)."""
    before, after = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    return found[0].count(",") == 1 and (before == "[" or after == "]")


def _one_number(text: str, found: re.Match[str], prose: bool) -> bool:
    """Whether digits with misplaced commas are one amount (4915,260; 9,45) and not a list (3,5,7)."""
    groups = found[0].split(",")
    if any(len(group) == 3 for group in groups[1:]):
        return True
    if not prose:
        years = all(len(group) == 4 for group in groups)
        return not years and any(len(group) > 1 for group in groups[1:])
    tail = _DECIMALS.match(text, found.end())
    return bool(_MONEY.match(text, tail.end() if tail else found.end()))
