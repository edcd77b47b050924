"""Rates and remainders of a budget that another field of the line adjusts: 执行率 = 决算数 ÷ (预算数 + 追加)."""

from __future__ import annotations

import regex

from extractor.rules.table._grid import Line
from extractor.rules.table._relations import Broken, based, scale_of

_ADJUSTS = regex.compile(r"追加|追减|调整(?!后|前)|调增|调减|(?:上年|年初)结转")


def of_adjusted(broken: Broken) -> bool:
    """Whether a quotient or a difference holds once an adjustment in the same line is counted in its base."""
    relation = broken.relation
    if relation.kind == "sum":
        return _left_of_adjusted(broken)
    if relation.kind != "product" or relation.result is relation.c:
        return False
    part, whole = broken.inputs
    ratio = broken.stated.interval.scaled(scale_of(broken.stated))
    for field in broken.grid.fields:
        change = broken.grid.number(broken.line, field)
        if change is None or change.ratio or not _adjusts(field):
            continue
        for base in (based(whole) + based(change), based(whole) - based(change)):
            if base.low > 0 and not relation.power and (based(part) / base).meets(ratio):
                return True
    return False


def _left_of_adjusted(broken: Broken) -> bool:
    """Whether a remainder is that of the budget with its adjustment: 结余 = 年初预算 + 追加 - 支出."""
    computed = broken.should_be(broken.stated)
    if computed is None or broken.stated.ratio:
        return False
    changes = [broken.grid.number(broken.line, field) for field in broken.grid.fields if _adjusts(field)]
    return any(
        (computed + n.interval).meets(broken.stated.interval)
        or (computed - n.interval).meets(broken.stated.interval)
        for n in changes
        if n is not None and not n.ratio and n not in broken.numbers
    )


def _adjusts(field: Line) -> bool:
    return _ADJUSTS.search(field.name) is not None
