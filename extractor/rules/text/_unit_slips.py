"""Amounts of one sum of which one is told in another unit: 支出 418.60 万元，其中甲 364.60 万元、乙 54.00 元."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractor.quantity import Interval
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake

_FEWEST, _MOST = 2, 8
_DIGITS = 3
_EACH = regex.compile(r"每[一-鿿]{1,6}$|单价|标准")


def unit_slip_mistakes(paragraph: Sentence) -> Iterator[Mistake]:
    """The one amount of a sum whose unit is not that of the others, where the sum holds for the printed numbers."""
    figures = [f for f in paragraph.figures if f.family == "money"]
    first = 0
    while first < len(figures):
        run = _sum_from(figures, first)
        odd = odd_unit(run) if run else None
        if odd is not None:
            yield unit_mistake(paragraph, run, odd, 0.92)
        first += len(run) or 1


def _sum_from(figures: Sequence[Said], first: int) -> list[Said]:
    """An amount and those right behind it that add up to it as printed, where not all are told in one unit."""
    run: list[Said] = []
    for said in figures[first : first + _MOST + 1]:
        if not said.alone or said.quantity.malformed or said.quantity.op or _EACH.search(said.lead):
            break
        run.append(said)
        if len(run) > _FEWEST and _adds(run) and len({f.quantity.scale for f in run}) > 1:
            return run
    return []


def _adds(run: Sequence[Said]) -> bool:
    total = Interval.point(0)
    for part in run[1:]:
        total = total + part.quantity.interval()
    whole = run[0].quantity
    return len(whole.value.as_tuple().digits) >= _DIGITS and whole.interval().meets(total)


def odd_unit(run: Sequence[Said]) -> Said | None:
    """The one amount whose unit no other of a run has, where these have one."""
    scales: Counter[Decimal] = Counter(f.quantity.scale for f in run)
    alone = [f for f in run if scales[f.quantity.scale] == 1]
    return alone[0] if len(alone) == 1 and len(scales) == 2 else None


def unit_mistake(paragraph: Sentence, run: Sequence[Said], odd: Said, confidence: float) -> Mistake:
    """That the odd one of a run whose printed numbers add up should have the unit of the others."""
    others = tuple(f for f in run if f is not odd)
    like = others[0].quantity
    computed = odd.quantity.interval().scaled(like.scale)
    how = f"{'、'.join(f.string for f in others)} 的合计关系（单位应同为{like.unit}）"
    return Mistake(paragraph, odd, others, computed, how, odd.lead[-10:] or "金额", "error", confidence)
