"""Two figures of the same fact: whether they agree, whether a target is met, and what explains a difference."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import Enum

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

    Equal precision (in base units) must be equal, different precision must overlap. A bare number agrees with a
    percentage as a proportion (=1, 100%) or by its digits (99.70, 99.70%); with another unit by its digits only.
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
    """Whether two figures of one dimension can be the same; a range and a single figure when it lies within."""
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
    return replace(q, op="", exact=True).base()


def fulfils(target: Quantity, actual: Quantity) -> bool | None:
    """Whether a target is met by the figure printed for it; None when that cannot be told.

    The printed figures are compared, so 96.9% does not meet ≥97%, and >90% is not met by 90%. A figure without a unit
    takes the other's. A target without operator is met by its own value; of other values the direction is not known.
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
    """An actual value that is itself a limit (≥98%): met when the limit is at least as strict as the target."""
    same_way = {target.op, actual.op} <= _UP or {target.op, actual.op} <= _DOWN
    if not same_way:
        return None
    if printed.low == wanted.low:
        return True if actual.op == target.op or len(target.op) == 2 else None
    stricter = printed.low > wanted.low if target.op in _UP else printed.low < wanted.low
    return True if stricter else None


def slip(a: Quantity, b: Quantity) -> str:
    """What explains that two figures of the same fact differ, in Chinese; "" when nothing does.

    Looked for: one unit printed for another (元 and 万元, ‰ and %), a shifted decimal point, two digits transposed,
    a digit lost.
    """
    if (a.value == b.value and a.unit == b.unit) or not a.value or not b.value:
        return ""
    if a.dimension != b.dimension and "number" not in (a.dimension, b.dimension):
        return ""
    return _unit_slip(a, b) or _point_slip(a, b) or _digit_slip(a, b)


def _unit_slip(a: Quantity, b: Quantity) -> str:
    if (
        a.scale == b.scale
        or "number" in (a.dimension, b.dimension)
        or a.value.normalize() != b.value.normalize()
    ):
        return ""
    if a.dimension == "ratio":
        return f"{a.unit} 与 {b.unit} 混用"
    small, large = sorted((a, b), key=lambda q: q.scale)
    times = large.scale / small.scale
    return f"相差 {times.normalize():f} 倍，疑为“{small.unit}”与“{large.unit}”之误"


def _point_slip(a: Quantity, b: Quantity) -> str:
    """The same digits, but a power of ten between them."""
    low, high = sorted((abs(a.value * a.scale), abs(b.value * b.scale)))
    if _digits(low) != _digits(high) or low == high:
        return ""
    power = high.normalize().adjusted() - low.normalize().adjusted()
    times = format(Decimal(1).scaleb(power), "f")
    if "money" in (a.dimension, b.dimension) and power == 4:
        return f"相差 {times} 倍，疑为“元”与“万元”之误"
    return f"小数点错位（相差 {times} 倍）"


def _digits(value: Decimal) -> str:
    """The digits from the first to the last that is not 0."""
    return "".join(map(str, value.as_tuple().digits)).strip("0")


def _digit_slip(a: Quantity, b: Quantity) -> str:
    one, other = (format(abs(q.value), "f").replace(".", "") for q in (a, b))
    if len(one) == len(other):
        return "数字颠倒" if _transposed(one, other) and a.precision == b.precision else ""
    short, long = sorted((one, other), key=len)
    if len(long) != len(short) + 1 or len(short) < 3 or not _one_lost(short, long):
        return ""
    return f"“{a.plain}”比“{b.plain}”{'少' if one == short else '多'}一位数字"


def _transposed(one: str, other: str) -> bool:
    """Whether two neighbouring digits stand the other way round."""
    differ = [i for i, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    i = differ[0]
    return one[i] == other[i + 1] and one[i + 1] == other[i]


def _one_lost(short: str, long: str) -> bool:
    """Whether a digit was left out of the longer one."""
    same = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    return short[same:] == long[same + 1 :]
