"""Amounts told with the parts that they are made of, or what is left of them, of which one has another unit.

全年支出 482.13 万元，结转 15.37 亿元: the printed numbers add up only if both are told in one unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.quantity import Interval
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake

_MOST = 7
_FEWEST = 3
_DIGITS = 3


def other_units(paragraph: Sentence, money: Sequence[Said]) -> Iterator[Mistake]:
    """The one amount of another unit in a run whose printed numbers add up; of the shortest such run."""
    for size in range(_FEWEST, _MOST + 1):
        for first in range(len(money) - size + 1):
            run = money[first : first + size]
            odd = _odd(run)
            if odd is not None and _adds(run):
                yield _mistake(paragraph, run, odd)
                return


def _odd(run: Sequence[Said]) -> Said | None:
    """The one amount whose unit no other has, of enough digits to be no chance."""
    scales: Counter[Decimal] = Counter(f.quantity.scale for f in run)
    alone = [f for f in run if scales[f.quantity.scale] == 1]
    if len(alone) != 1 or len(scales) != 2 or any(_digits(f) < _DIGITS for f in run):
        return None
    return alone[0]


def _digits(said: Said) -> int:
    return len(said.quantity.value.normalize().as_tuple().digits)


def _adds(run: Sequence[Said]) -> bool:
    """Whether the greatest printed number is the sum of all others."""
    whole = max(run, key=lambda f: f.quantity.value)
    made = Interval.point(0)
    for part in run:
        made = made if part is whole else made + part.quantity.interval()
    return whole.quantity.interval().meets(made)


def _mistake(paragraph: Sentence, run: Sequence[Said], odd: Said) -> Mistake:
    others = tuple(f for f in run if f is not odd)
    like = others[0].quantity
    computed = odd.quantity.interval().scaled(like.scale)
    how = f"{'、'.join(f.string for f in others)} 的合计关系（单位应同为{like.unit}）"
    return Mistake(paragraph, odd, others, computed, how, odd.lead[-10:] or "金额", "error", 0.9)
