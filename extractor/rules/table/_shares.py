"""Shares in per cent that must make 100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._lagged import is_share
from extractor.rules.table._shape import Shape
from extractor.vocabulary import words

_NEAR = Decimal("1.5")
_HUNDRED = Decimal(100)
_PERHAPS_ITEMS = ("less", "mean", "memo")  # called so, as 年均养护 is, but perhaps one of the parts


@dataclass(frozen=True, slots=True)
class Uneven:
    """Shares of one field that do not make 100: the shares, what they make, how many other groups do
    make 100.

    ``base`` is a figure of the table by which they would all have been computed."""

    grid: Grid
    field: Line
    members: tuple[Number, ...]
    total: Number | None
    sum: Decimal
    half: Decimal
    others: int
    base: Number | None = None

    @property
    def holds(self) -> bool:
        return abs(self.sum - _HUNDRED) <= self.half


def uneven(grid: Grid) -> tuple[Uneven, ...]:
    """The fields of a view whose shares do not make 100 though they must: a total says 100%, or the
    other groups do."""
    shape = Shape(grid)
    groups = [g for field in grid.fields if (g := _group(shape, field)) is not None]
    others = sum(1 for g in groups if g.holds)
    found = [g for g in groups if not g.holds]
    return tuple(_with(g, others) for g in found if _must(g, others, len(found)))


def _must(group: Uneven, others: int, failing: int) -> bool:
    """Whether shares must make 100: another reading (part of a list, several answers) is not possible
    or likely."""
    if group.total is not None and group.total.value == _HUNDRED:
        return abs(group.sum - _HUNDRED) <= 20 or others > 0
    if group.total is not None:
        return False
    return (others >= 2 and others >= failing) or (
        len(group.members) > 2 and abs(group.sum - _HUNDRED) <= _NEAR and others >= failing - 1
    )


def _group(shape: Shape, field: Line) -> Uneven | None:
    """The shares of a field, those of the items alone; None when there are too few, or parents among them."""
    grid = shape.grid
    whole_field = is_share(field)
    members: list[Number] = []
    named: list[Number] = []
    for i, line in enumerate(shape.lines):
        number = grid.number(line, field)
        if number is None or not number.ratio or shape.below(i):
            continue
        if line.kind in ("item", "share") and (whole_field or _says_share(line)):
            members.append(number)
        elif line.kind in _PERHAPS_ITEMS and whole_field:
            named.append(number)
    members = [*members, *named] if named and _make_hundred([*members, *named]) else members
    if len(members) < 2 or any(n.value < 0 or n.quantity.scale != Decimal("0.01") for n in members):
        return None
    if whole_field and any(line.kind == "subtotal" for line in shape.lines):
        return None
    total = _total(shape, field)
    return Uneven(grid, field, tuple(members), total, _sum(members), _slack(members), 0)


def _sum(members: Sequence[Number]) -> Decimal:
    return sum((n.value for n in members), Decimal(0))


def _slack(members: Sequence[Number]) -> Decimal:
    """By how much rounding may part shares from 100: they share the largest number of their own decimals, whatever
    those of 100.00% beside them."""
    digits = max((n.quantity.precision for n in members), default=0)
    return len(members) * Decimal(5).scaleb(-digits - 1)


def _make_hundred(members: Sequence[Number]) -> bool:
    return abs(_sum(members) - _HUNDRED) <= _slack(members)


def _says_share(line: Line) -> bool:
    """Whether a line's name ends in a share: 人员经费（占比）, or is one."""
    last = line.path[-1].text.flat if line.path else ""
    return is_share(line) or ("占比" in last and words("table-lines").meaning(last) is None)


def _total(shape: Shape, field: Line) -> Number | None:
    found = [shape.grid.number(line, field) for line in shape.lines if line.kind == "total"]
    given = [n for n in found if n is not None and n.ratio]
    return given[-1] if given else None


def _with(group: Uneven, others: int) -> Uneven:
    return Uneven(
        group.grid, group.field, group.members, group.total, group.sum, group.half, others, _base(group)
    )


def _base(group: Uneven) -> Number | None:
    """A figure of the same field by which every share is the figure before it divided: another year's
    total, say."""
    grid, parts = group.grid, _parts(group)
    if len(parts) < len(group.members):
        return None
    spots = {p.spot for p in parts}
    for field in sorted(grid.fields, key=lambda f: f.at != group.field.at):
        for line in grid.lines:
            base = grid.number(line, field)
            if base is None or base.ratio or base.value <= 0 or base.spot in spots:
                continue
            if all(_is_share_of(s, p, base) for s, p in zip(group.members, parts, strict=True)):
                return base
    return None


def _parts(group: Uneven) -> list[Number]:
    """For each share the amount that stands nearest before it, in its row or its column."""
    found = []
    for share in group.members:
        row, col = share.spot
        for spot in ((row - 1, col), (row, col - 1)):
            number = group.grid.numbers.get(spot)
            if number is not None and not number.ratio:
                found.append(number)
                break
    return found


def _is_share_of(share: Number, part: Number, base: Number) -> bool:
    wanted = part.interval
    stated = share.interval
    low, high = stated.low * (base.value - base.half) / 100, stated.high * (base.value + base.half) / 100
    return low <= wanted.high and wanted.low <= high
