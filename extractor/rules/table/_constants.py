"""Amounts by a fixed standard: 补助 = 合格面积 × 200元, 全年支出 = 人数 × 月标准 × 12, as all lines share it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import regex

from extractor.quantity import Interval, most_met, unit_of
from extractor.recognise.units import unit_in_brackets
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Found
from extractor.rules.table._relations import meaning
from extractor.rules.table._shape import TOTALS, added_up

_MONEY = regex.compile(r"金额|资金|补[助贴偿]|奖[励补金]|经费|费用?$|支出|款$|投资|收入|工资|报酬|元")
_COUNT = regex.compile(r"人|户|亩|头|只|数量?|面积|里程|公里|吨|台|次|家|株|天|月")
_FEWEST, _MOST_FIELDS = 3, 12
_PERIODS = (Decimal(12), Decimal(4), Decimal(365), Decimal(52), Decimal(30), Decimal(24))
_FINE = 4


@dataclass(frozen=True, slots=True)
class _Product:
    """A field tried as a constant times one or two others."""

    result: Line
    factors: tuple[Line, ...]
    constant: Interval
    held: tuple[tuple[Line, Number], ...]
    failed: tuple[tuple[Line, Number, tuple[Number, ...]], ...]


def constants(finder: Finder, known: set[int]) -> Iterator[Found]:
    """Amounts that are not the multiple of their line's quantity (or quantity and rate) that nearly all others are."""
    plain = [f for f in finder.fields if not finder.ratios[f.at]]
    if finder.grid.turned or not 1 < len(plain) <= _MOST_FIELDS:
        return
    for result in plain:
        if result.at in known or not added_up(result) or not _is_money(finder, result):
            continue
        best = _best(finder, result, [f for f in plain if f is not result and not _is_sum(f)])
        if best is not None:
            yield from _found(finder, best)


def _is_sum(field: Line) -> bool:
    """Whether a field is a difference or a sum, of which nothing else is made."""
    return meaning(field) == "difference" or field.kind in TOTALS


def _is_money(finder: Finder, field: Line) -> bool:
    unit = unit_in_brackets(field.label)
    if unit:
        return unit_of(unit).dimension == "money"
    return bool(_MONEY.search(field.name)) and not meaning(field)


def _is_factor(field: Line) -> bool:
    """Whether a field counts or measures things, or is a price or standard for one."""
    unit = unit_in_brackets(field.label)
    if meaning(field) in ("price", "quantity") or regex.search(r"标准|单价|每", field.name):
        return True
    if unit:
        return unit_of(unit).dimension not in ("money", "ratio")
    return bool(_COUNT.search(field.name)) and not _MONEY.search(field.name)


def _best(finder: Finder, result: Line, fields: Sequence[Line]) -> _Product | None:
    """The factors by which fewest lines fail; None where none are borne out, or some fit everywhere."""
    factors = [f for f in fields if _is_factor(f)]
    tried: list[tuple[Line, ...]] = [(f,) for f in factors]
    tried += combinations(factors, 2)
    found = [p for each in tried if (p := _try(finder, result, each)) is not None]
    if not found or any(not p.failed for p in found):
        return None
    return max(found, key=lambda p: (len(p.held) - len(p.failed), -len(p.factors)))


def _try(finder: Finder, result: Line, factors: tuple[Line, ...]) -> _Product | None:
    rows = []
    for i, line in enumerate(finder.lines):
        stated = finder.columns[result.at][i]
        numbers = tuple(n for f in factors if (n := finder.columns[f.at][i]) is not None)
        if stated is None or len(numbers) < len(factors) or line.kind not in ("item", "total", "subtotal"):
            continue
        if any(n.value <= n.half or n.ratio for n in numbers) or stated.value <= stated.half:
            continue
        rows.append((line, stated, numbers, stated.interval / _product(numbers)))
    if len(rows) < _FEWEST:
        return None
    constant = most_met([quotient for *_, quotient in rows])
    held = [(r[0], r[1]) for r in rows if r[3].meets(constant)]
    failed = [(r[0], r[1], r[2]) for r in rows if not r[3].meets(constant)]
    periods = len(factors) > 1 and _is_period(constant)
    if not _enough(held, failed, 2 if periods else _FEWEST) or not _round(constant) or _is_unit(constant):
        return None
    if any(_round(r[3]) for r in rows if not r[3].meets(constant)):  # another standard, as it seems
        return None
    return _Product(result, factors, constant, tuple(held), tuple(failed))


def _product(numbers: Sequence[Number]) -> Interval:
    found = Interval.point(1)
    for number in numbers:
        found = found * number.interval
    return found


def _enough(held: Sequence[tuple[Line, Number]], failed: Sequence[object], fewest: int) -> bool:
    """Whether lines enough bear it out, in digits enough, for it to be no chance."""
    told = {n.value: min(len(n.value.normalize().as_tuple().digits), 4) for _, n in held}
    return len(told) >= fewest and sum(told.values()) >= 3 * fewest and len(failed) * fewest <= len(held)


def _round(constant: Interval) -> bool:
    """Whether a number of at most four digits lies in an interval that is narrow enough to tell one."""
    if constant.low <= 0 or (constant.high - constant.low) * 500 > constant.high:
        return False
    step = Decimal(1).scaleb(constant.high.adjusted() - _FINE + 1)
    return (constant.low / step).to_integral_value("ROUND_CEILING") * step <= constant.high


def _is_period(constant: Interval) -> bool:
    """Whether the constant is the months, quarters or days of a year, in whatever unit."""
    return any(period.scaleb(power) in constant for period in _PERIODS for power in range(-8, 5))


def _is_unit(constant: Interval) -> bool:
    """Whether the constant is a mere power of ten, which other relations look for."""
    return any(Decimal(1).scaleb(power) in constant for power in range(-8, 9))


def _found(finder: Finder, product: _Product) -> Iterator[Found]:
    name = finder.grid.brief
    value = ((product.constant.low + product.constant.high) / 2).normalize()
    shown = f"{value:.4g}"
    formula = (
        f"{name(product.result)}＝{'×'.join(name(f) for f in product.factors)}×{shown}（其余各行的倍数）"
    )
    present = len(product.held) + len(product.failed)
    for line, stated, numbers in product.failed:
        computed = _product(numbers) * product.constant
        yield (
            line, product.result, stated, numbers, computed, formula, len(product.held), present, False,
            _solver(stated, numbers, product.constant, computed),
        )  # fmt: skip


def _solver(
    stated: Number, numbers: Sequence[Number], constant: Interval, computed: Interval
) -> Callable[[Number], Interval | None]:
    """What each figure must be, the others taken as printed."""

    def solved(number: Number) -> Interval | None:
        if number.spot == stated.spot:
            return computed
        rest = [n for n in numbers if n.spot != number.spot]
        if len(rest) == len(numbers):
            return None
        return stated.interval / constant / _product(rest)

    return solved
