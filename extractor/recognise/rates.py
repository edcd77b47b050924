"""A column of per cents beside weight and score: the value reached, or the score as a share of the weight?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extractor.facts import Indicator
from extractor.quantity import Interval

_MOST = 0.7
_FEWEST = 3


def rates_by_values(rows: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """The rows of one table; where ``actual`` is score over weight in nearly all of them, it is the score's
    rate.

    Some tables head that share 业绩值 or 完成率; what it is shows in its values, not in its name.
    """
    stated = [row for row in rows if _percent(row) and row.weight and row.score and row.rate is None]
    if len(stated) < _FEWEST or len(stated) < len(rows) * _MOST:
        return rows
    shares = sum(_is_share(row) for row in stated)
    telling = [row for row in stated if not _is_whole(row)]
    if shares < len(stated) * _MOST or sum(map(_is_share, telling)) * 2 <= len(telling):
        return rows
    return tuple(replace(row, rate=row.actual, actual=None) if row.rate is None else row for row in rows)


def _is_whole(row: Indicator) -> bool:
    """Whether a row has full marks and 100%, as it may have whatever the per cents are."""
    return (
        _is_share(row)
        and row.actual is not None
        and row.actual.quantity is not None
        and row.actual.quantity.value == 100
    )


def _percent(row: Indicator) -> bool:
    quantity = row.actual.quantity if row.actual is not None else None
    return quantity is not None and quantity.unit in ("%", "％")


def _is_share(row: Indicator) -> bool:
    """Whether the row's per cent is its score over its weight, within what rounding leaves open."""
    assert row.actual and row.weight and row.score
    actual, weight, score = row.actual.quantity, row.weight.quantity, row.score.quantity
    if actual is None or weight is None or score is None or not weight.value:
        return False
    return actual.interval().meets((score.interval() / Interval.point(weight.value)).scaled(Decimal(100)))
