"""Amounts calculated in words from heads, a standard and months.

60 人、每人每月 300 元、12 个月，共需 216,000 元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extractor.quantity import Interval
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, agrees

_TOTAL = regex.compile(r"(?:合计|共计|总计|计|共)(?:需要?|安排|支出|投入|发放|拨付|资金|金额|经费|为)*$")
_EACH = regex.compile(r"每(?:个|名|位)?(?P<unit>课时|[人户生亩村校所座辆台套次场期年月天日床件])")
_PRICE = regex.compile(r"(?<!平均)单价(?:均?为|是|[:：])?$")
_SAME = {"天": "日", "生": "人", "名": "人", "位": "人"}
_FEWEST, _MOST = 2, 4


def product_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """An amount that is not the product of the standard and the numbers that the standard is per."""
    for number, said in enumerate(sentence.figures):
        told = _TOTAL.search(said.lead) and said.alone and not said.quantity.malformed
        factors = _factors(sentence, number) if told and said.family == "money" else None
        if factors is None:
            continue
        computed = _product(factors)
        if not agrees(said.quantity, computed):
            how = " × ".join(f.string for f in factors)
            what = said.lead[-10:].strip("，,") or "合计"
            yield Mistake(sentence, said, tuple(factors), computed, how, what)


def _factors(sentence: Sentence, number: int) -> Sequence[Said] | None:
    """The figures right before a total if they are one standard and just the numbers that it is per."""
    said = sentence.figures[number]
    near: list[Said] = []
    for figure, after in reversed(list(pairwise(sentence.figures[: number + 1]))):
        if figure.room != said.room or not figure.alone or regex.search(r"[。；;]", after.before):
            break
        near.append(figure)
    near = near[::-1]
    standards = [f for f in near if f.family == "money" and (_per(f) or _PRICE.search(f.lead))]
    if len(standards) != 1 or not _FEWEST <= len(near) <= _MOST:
        return None
    others = [f for f in near if f is not standards[0]]
    if _PRICE.search(standards[0].lead) and not _per(standards[0]):  # 45 台，单价 5,600 元
        return near if len(others) == 1 and others[0].family == "count" else None
    if sorted(map(_unit, others)) != sorted(_per(standards[0])):
        return None
    return near


def _per(said: Said) -> list[str]:
    """What an amount is per: person and month of 每人每月 300 元 and of 300 元/人·月."""
    parts = [m["unit"] for m in _EACH.finditer(said.lead)]
    parts += [p for p in regex.split(r"[/·／]", said.quantity.unit)[1:] if p]
    return [_SAME.get(p, p) for p in parts]


def _unit(said: Said) -> str:
    """What a number counts, in one character."""
    unit = said.quantity.unit.removeprefix("个").lstrip("百千万") or "?"
    return _SAME.get(unit, unit)


def _product(factors: Sequence[Said]) -> Interval:
    result = Interval.point(1)
    for factor in factors:
        counted = factor.family != "money"
        result = result * (factor.quantity.interval() if counted else factor.base)
        if counted and factor.family == "count":
            result = result.scaled(factor.quantity.scale)
    return result
