"""Amounts told with the parts that they are made of, or what is left of them, of which one has another unit.

全年支出 482.13 万元，结转 15.37 亿元: the printed numbers add up only if both are told in one unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.quantity import Interval
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake
from extractor.rules.text._unit_slips import odd_unit, unit_mistake

_MOST = 7
_FEWEST = 3
_DIGITS = 3


def other_units(paragraph: Sentence, money: Sequence[Said]) -> Iterator[Mistake]:
    """The one amount of another unit in a run whose printed numbers add up; of the shortest such run."""
    for size in range(_FEWEST, _MOST + 1):
        for first in range(len(money) - size + 1):
            run = money[first : first + size]
            odd = odd_unit(run) if all(_digits(f) >= _DIGITS for f in run) else None
            if odd is not None and _adds(run):
                yield unit_mistake(paragraph, run, odd, 0.9)
                return


def _digits(said: Said) -> int:
    return len(said.quantity.value.normalize().as_tuple().digits)


def _adds(run: Sequence[Said]) -> bool:
    """Whether the greatest printed number is the sum of all others."""
    whole = max(run, key=lambda f: f.quantity.value)
    made = Interval.point(0)
    for part in run:
        made = made if part is whole else made + part.quantity.interval()
    return whole.quantity.interval().meets(made)
