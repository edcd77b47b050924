"""Two figures of the same fact: whether they agree, and whether a target is met."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from extractor.quantity.interval import Interval
from extractor.quantity.quantity import Quantity


class Agreement(Enum):
    """How two statements of the same fact stand to each other."""

    AGREE = "agree"
    DISAGREE = "disagree"
    INCOMPARABLE = "incomparable"


_UP = frozenset({">", ">="})
_DOWN = frozenset({"<", "<="})
_PLAIN = ("count:", "score")


def agree(a: Quantity, b: Quantity) -> Agreement:
    """Whether two statements of the same fact agree.

    Equal precision (in base units) must be equal, different precision must overlap. A bare number agrees
    with a percentage as a proportion (=1, 100%) or by its digits (99.70, 99.70%); with another unit by its
    digits only.
    Limits in opposite directions (≥5, ≤5) disagree; > and ≥ are not told apart.
    """
    if {a.op, b.op} & _UP and {a.op, b.op} & _DOWN:
        return Agreement.DISAGREE
    if a.dimension == b.dimension:
        return _verdict(_same(a, b))
    bare, other = (a, b) if a.dimension == "number" else (b, a)
    if bare.dimension != "number" or bare.scale != 1:
        return Agreement.INCOMPARABLE
    if _same(replace(bare, unit=other.unit), other):
        return Agreement.AGREE
    if other.dimension == "ratio":
        return _verdict(_same(bare, other))
    certain = other.scale == 1 and other.dimension.startswith(_PLAIN)
    return Agreement.DISAGREE if certain else Agreement.INCOMPARABLE


def _verdict(same: bool) -> Agreement:
    return Agreement.AGREE if same else Agreement.DISAGREE


def _same(a: Quantity, b: Quantity) -> bool:
    """Whether two figures of one dimension can be the same; a range holds a single figure within it."""
    if a.upper is not None and b.upper is not None:
        lower = _same(replace(a, upper=None), replace(b, upper=None))
        return lower and _same(_upper(a), _upper(b))
    exact = a.exact and b.exact
    if (
        a.op != "~"
        and b.op != "~"
        and a.upper is None
        and b.upper is None
        and (exact or _step(a) == _step(b))
    ):
        return _base(a) == _base(b)
    return a.base().meets(b.base())


def _upper(q: Quantity) -> Quantity:
    return q if q.upper is None else replace(q, value=q.upper, upper=None)


def _step(q: Quantity) -> Decimal:
    """One unit in the last place written, in base units."""
    return q.scale.scaleb(-q.precision).normalize()


def _base(q: Quantity) -> Interval:
    """The printed number itself in base units."""
    return _printed(q.value, q.upper, q.unit)


@lru_cache(maxsize=1 << 14)
def _printed(value: Decimal, upper: Decimal | None, unit: str) -> Interval:
    return Quantity("", value, upper=upper, unit=unit, exact=True).base()


def fulfils(target: Quantity, actual: Quantity) -> bool | None:
    """Whether a target is met by the figure printed for it; None when that cannot be told.

    The printed figures are compared, so 96.9% does not meet ≥97%, and >90% is not met by 90%. A figure
    without a unit takes the other's. A target without operator is met by its own value; of other values the
    direction is not known.
    """
    readings = {_met(wanted, printed) for wanted, printed in _readings(target, actual)}
    return readings.pop() if len(readings) == 1 else None


def _readings(target: Quantity, actual: Quantity) -> list[tuple[Quantity, Quantity]]:
    """The figures in one unit; a bare number beside a percentage is a proportion or a percentage."""
    if target.dimension == actual.dimension:
        return [(target, actual)]
    if "number" not in (target.dimension, actual.dimension):
        return []
    bare, other = (target, actual) if target.dimension == "number" else (actual, target)
    if bare.scale != 1 or other.dimension.startswith("unit:"):
        return []
    dressed = replace(bare, unit=other.unit)
    pairs = [dressed]
    if other.dimension == "ratio":
        pairs = _proportions(bare, dressed, other)
    return [(p, other) if bare is target else (other, p) for p in pairs]


def _proportions(bare: Quantity, dressed: Quantity, other: Quantity) -> list[Quantity]:
    """0.95 beside 90% is a proportion, 95 a percentage; 0.5 beside 2% may be either."""
    if abs(bare.value) > 2:
        return [dressed]
    if other.value * other.scale >= Decimal("0.5"):
        return [bare]
    return [bare, dressed]


def _met(target: Quantity, actual: Quantity) -> bool | None:
    wanted, printed = _base(target), actual.base() if actual.op == "~" else _base(actual)
    if target.op == "~" or target.upper is not None:
        goal = target.base()
        return True if goal.low <= printed.low and printed.high <= goal.high else None
    if actual.op in _UP | _DOWN:
        return _limit_met(target, actual, wanted, printed)
    verdicts = {_holds(target.op, end, wanted.low) for end in (printed.low, printed.high)}
    if len(verdicts) > 1 or None in verdicts:
        return None
    return verdicts.pop()


def _holds(op: str, actual: Decimal, target: Decimal) -> bool | None:
    if op == "":
        return True if actual == target else None
    return {
        ">=": actual >= target,
        "<=": actual <= target,
        ">": actual > target,
        "<": actual < target,
        "=": actual == target,
    }[op]


def _limit_met(target: Quantity, actual: Quantity, wanted: Interval, printed: Interval) -> bool | None:
    """An actual value that is itself a limit (≥98%): met when it is at least as strict as the target."""
    same_way = {target.op, actual.op} <= _UP or {target.op, actual.op} <= _DOWN
    if not same_way:
        return None
    if printed.low == wanted.low:
        return True if actual.op == target.op or len(target.op) == 2 else None
    stricter = printed.low > wanted.low if target.op in _UP else printed.low < wanted.low
    return True if stricter else None
