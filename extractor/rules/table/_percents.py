"""Rows and columns of shares and rates whose figures are per cents though nothing prints the %."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from extractor.facts import Figure
from extractor.rules.table._grid import Line
from extractor.vocabulary import words

_RATES = frozenset({"rate", "growth", "gap_rate"})
_OTHER = regex.compile(r"[(（\[].*[)）\]]|[万千]|每|死亡|发病|患病|出生|利率|汇率|费率|税率|倍|指数|系数")
_SCORED = regex.compile(r"权重|分值|得分|满分|标准分|评分")
_LEAST, _MOST = Decimal("1.5"), Decimal(400)


def percents(lines: Sequence[Line], of: dict[int, list[Figure]]) -> frozenset[int]:
    """The lines that are called shares or rates and whose figures, none with a unit, can only be per cents."""
    return frozenset(line.at for line in lines if _named(line) and _likely(of.get(line.at, [])))


def scored(lines: Sequence[Line]) -> bool:
    """Whether some lines hold points: then a line across them that is called a rate (满意度) holds points too."""
    return any(_SCORED.search(line.label) for line in lines)


def _named(line: Line) -> bool:
    if not line.path or any(_OTHER.search(cell.text.flat) for cell in line.path):
        return False
    name = line.path[-1].text.flat
    return words("table-lines").meaning(name) == "share" or words("table-fields").meaning(name) in _RATES


def _likely(figures: Sequence[Figure]) -> bool:
    """Whether bare figures are written as per cents: most are well above 1, none far above 100."""
    found = [f.quantity for f in figures if f.quantity is not None]
    if len(found) < 2 or any(q.unit or abs(q.value) > _MOST for q in found):
        return False
    high = [q for q in found if abs(q.value) > _LEAST]
    return len(high) * 3 >= len(found) * 2 and any(q.precision or q.value == 100 for q in found)
