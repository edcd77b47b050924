"""Scores in proportion to what was reached of a target: what they come to, and with how many decimals."""

from __future__ import annotations

from decimal import Decimal

from extractor.facts import Form
from extractor.quantity import Interval
from extractor.rules._form import points
from extractor.rules.indicator._reached import Scored, proportion, reached, scored
from extractor.vocabulary import words

_RATE, _SEVERAL = "预算执行率", 2


def in_proportion(row: Scored) -> Decimal:
    """The share of the target that was reached, times the weight."""
    share = proportion(row.target, row.actual)
    assert share is not None
    return share * row.weight.value


def proportional(row: Scored, digits: int) -> bool:
    """Whether the score is the proportional one, to its own decimals, or to the form's where it has none.

    An actual value that was rounded before it was printed is given its leeway.
    """
    share = proportion(row.target, row.actual)
    assert share is not None
    wide = row.actual.interval() if row.actual.value else Interval.point(row.actual.value)
    slack = (wide.high - wide.low) / (2 * row.actual.value)
    low, high = (share * (1 + s) * row.weight.value for s in (-slack, slack))
    digits = row.score.precision or digits
    half = Decimal(5).scaleb(-digits - 1)
    step = Decimal(1).scaleb(-digits)
    return low - step < row.score.value <= high + half


def score_digits(form: Form) -> int:
    """The decimals that scores are given with in a form, funds and total included. Where several rows fell short, their
    own say it: the rate of execution is often scored more finely."""
    funds = [points(b.score) for b in form.budget]
    rows = [points(r.score) for r in form.indicators if words("levels").meaning(r.name) == _RATE]
    own = [points(r.score) for r in form.indicators if words("levels").meaning(r.name) != _RATE]
    short = [r for r in scored(form) if not r.full and reached(r.target, r.actual, r.row.name) is False]
    told = own if len(short) >= _SEVERAL else [*own, *rows, *funds, points(form.score)]
    return max((q.precision for q in told if q is not None), default=0)
