"""Lines and columns of means: 月平均, 日平均, 月均人数."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.quantity import Interval, normal
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._shape import TOTALS, Shape, added_up

_MONTH = regex.compile(r"(?:20\d\d年)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?")
_PERIOD = regex.compile(
    r"(?:20\d\d\s*年?度?)?\s*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*月份?|第?[一二三四1-4]\s*季度?)?"
)
_PLAIN = regex.compile(r"(?:月|日|天|季度?|年)?(?:度)?平均(?:值|数|每[月日])?|均值|[月日年季]均(?:值|数)?")
_DAYS = (365, 366, 360)
_MONTHS = (12,)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean in one field: the figures it is the mean of, what it should be, in how many fields such a
    mean holds."""

    grid: Grid
    line: Line
    field: Line
    stated: Number
    members: tuple[Number, ...]
    computed: Interval
    count: int
    held: int = 0

    @property
    def holds(self) -> bool:
        """Whether it agrees, rounded in any direction to the digits written."""
        unit = Decimal(1).scaleb(-self.stated.quantity.precision)
        return self.computed.low - unit < self.stated.value < self.computed.high + unit

    @property
    def is_sum(self) -> bool:
        """Whether it is what all figures make together: persons are added where scores are averaged."""
        return self.computed.scaled(Decimal(self.count)).meets(self.stated.interval)

    def should_be(self, number: Number) -> Interval:
        """What one of its figures must be for the mean to hold, rounded in any direction."""
        unit = Decimal(1).scaleb(-self.stated.quantity.precision)
        rest = sum((n.value for n in self.members if n is not number), Decimal(0))
        whole = Interval(self.stated.value - unit, self.stated.value + unit).scaled(Decimal(self.count))
        return whole - Interval.point(rest)


def wrong_means(grid: Grid) -> Iterator[Mean]:
    """Means that do not agree under any count (lines, 12 months, 365 days), where such means hold in
    other fields.

    In a line without other fields the mean must at least lie between the smallest and the largest figure.
    """
    shape = Shape(grid)
    for at, line in enumerate(shape.lines):
        if line.kind != "mean":
            continue
        tried = [m for field in grid.fields if field.kind != "head" and (m := _mean(shape, at, field))]
        held = sum(1 for m in tried if m.holds and m.stated.value)
        sure = _of_periods(shape, at)
        for mean in tried:
            if mean.holds or mean.is_sum or not (sure or held or _plain(line)):
                continue
            if (
                2 * (len(tried) - held) <= held
                or (_outside(mean) and len(mean.members) > 2)
                or (sure and held)
            ):
                yield Mean(grid, line, mean.field, mean.stated, mean.members, mean.computed, mean.count, held)


def _plain(line: Line) -> bool:
    """Whether a line is called a mean and nothing else (平均值); 日均班次 may be of what is not in the table."""
    return bool(_PLAIN.fullmatch(normal(line.name).strip()))


def _of_periods(shape: Shape, at: int) -> bool:
    """Whether the lines that a mean is of are months, quarters or years, three or more."""
    members = _items(shape, range(shape.block(at).start, at)) or _items(
        shape, range(at + 1, shape.block(at).stop)
    )
    return len(members) > 2 and all(_PERIOD.fullmatch(normal(shape.lines[i].name).strip()) for i in members)


def _mean(shape: Shape, at: int, field: Line) -> Mean | None:
    """The mean of a field under the count that comes nearest; None where it cannot be judged."""
    grid = shape.grid
    stated = grid.number(shape.lines[at], field)
    members = _members(shape, at, field)
    if stated is None or len(members) < 2 or stated.ratio or not added_up(field):
        return None
    total = Interval(
        sum((n.value - n.half for n in members), Decimal(0)),
        sum((n.value + n.half for n in members), Decimal(0)),
    )
    best: Mean | None = None
    for count in _counts(shape, at, len(members)):
        found = Mean(grid, shape.lines[at], field, stated, members, total / Interval.point(count), count)
        if best is None or found.computed.gap(stated.interval) < best.computed.gap(stated.interval):
            best = found
    return best


def _members(shape: Shape, at: int, field: Line) -> tuple[Number, ...]:
    """The figures of the items before the mean (or after it, when it comes first), none of them a ratio
    or unreadable."""
    block = shape.block(at)
    before = _items(shape, range(block.start, at)) or _items(shape, range(at + 1, block.stop))
    if any(shape.grid.state(shape.lines[i], field) in ("words", "merged") for i in before):
        return ()
    numbers = [shape.grid.number(shape.lines[i], field) for i in before]
    given = tuple(n for n in numbers if n is not None)
    return () if any(n.ratio for n in given) else given


def _items(shape: Shape, lines: range) -> list[int]:
    return [
        i
        for i in lines
        if shape.lines[i].kind == "item" and not shape.lines[i].part and i not in shape.nested
    ]


def _counts(shape: Shape, at: int, given: int) -> Sequence[int]:
    """By what a sum may have been divided: its own items, 12 months, the days of a year by the mean's
    name."""
    name = normal(shape.lines[at].name)
    if "日" in name or "天" in name:
        return _DAYS if _by_months(shape) else (*_DAYS, given)
    items = len(_items(shape, range(len(shape.lines))))
    if "月" in name:
        return tuple(dict.fromkeys((given, items) if _by_months(shape) else (given, items, *_MONTHS)))
    return tuple(dict.fromkeys((given, items)))


def _by_months(shape: Shape) -> bool:
    months = [line for line in shape.lines if _MONTH.fullmatch(normal(line.name).strip())]
    return len(months) >= 3 and not any(line.kind in TOTALS for line in months)


def _outside(mean: Mean) -> bool:
    """Whether a mean of the items themselves lies beyond all of them."""
    values = [n.value for n in mean.members]
    return mean.count <= len(values) and not min(values) <= mean.stated.value <= max(values)
