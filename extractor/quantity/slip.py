"""What explains that two figures of the same fact differ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extractor.quantity.quantity import Quantity

_FEWEST_DIGITS = 3


def slip(a: Quantity, b: Quantity) -> str:
    """What explains that two figures of the same fact differ, in Chinese; "" when nothing does.

    Looked for: one unit printed for another (元 and 万元, ‰ and %), a shifted decimal point, two digits
    transposed, a digit lost.
    """
    if (a.value == b.value and a.unit == b.unit) or not a.value or not b.value:
        return ""
    if a.dimension != b.dimension and "number" not in (a.dimension, b.dimension):
        return ""
    return _unit_slip(a, b) or _point_slip(a, b) or _digit_slip(a, b)


def slipped(printed: Quantity, wanted: Decimal) -> bool:
    """Whether a printed figure is another one with one digit wrong or two neighbouring digits changed about."""
    wanted = wanted.quantize(Decimal(1).scaleb(-printed.precision)) if printed.precision else wanted
    one, other = (format(v, "f").replace(".", "") for v in (printed.value, wanted))
    return len(one) >= _FEWEST_DIGITS and one_off(one, other)


def one_off(one: str, other: str) -> bool:
    """Whether digits are others but for one of them, or for two neighbours changed about."""
    if len(one) != len(other):
        return False
    return sum(x != y for x, y in zip(one, other, strict=True)) == 1 or _transposed(one, other)


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


def slips(printed: Quantity) -> Iterator[Decimal]:
    """Every number that a figure may have been meant to be: one digit another, or two neighbours changed about.

    Of fewer than three digits there are none: any two such figures are alike.
    """
    string = format(printed.value, "f")
    places = [n for n, c in enumerate(string) if c.isdigit()]
    if len(places) < _FEWEST_DIGITS:
        return
    for n in places:
        for digit in "0123456789":
            if digit != string[n]:
                yield Decimal(string[:n] + digit + string[n + 1 :])
    for a, b in pairwise(places):
        if string[a] != string[b]:
            yield Decimal(string[:a] + string[b] + string[a + 1 : b] + string[a] + string[b + 1 :])
