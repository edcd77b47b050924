"""Totals judged: in which fields a line is the sum of others, and where a sum that holds elsewhere does
not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.rules.table._additions import Addition, added
from extractor.rules.table._grid import Grid, Line
from extractor.rules.table._not_added import not_added
from extractor.rules.table._readings import Sum, of_parent, of_total, of_whole
from extractor.rules.table._relations import meaning
from extractor.rules.table._shape import TOTALS, Shape

_LARGEST_READING = 2000


@dataclass(frozen=True, slots=True)
class Failure:
    """A sum that does not hold where its reading is sure: how many fields bear the reading out, and
    ``kind`` of line; ``also`` are the other fields of a line that exceeds its parts in all: a part is missing."""

    grid: Grid
    addition: Addition
    support: int
    kind: str
    only_field: bool = False
    elsewhere: bool = False
    also: tuple[Addition, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of the totals of one view: sums that hold, and those that surely do not."""

    held: tuple[Addition, ...]
    failed: tuple[Failure, ...]


def judge(grid: Grid) -> Judged:
    """Every total, parent and whole of a view, in all its fields."""
    shape = Shape(grid)
    tables = list(_tables(shape))
    running = not_added(grid, [t.additions for t in tables])
    tables = [t.without(running) for t in tables]
    borne = _names_borne_out(tables)
    held: list[Addition] = []
    failed: list[Failure] = []
    for table in tables:
        held.extend(a for a in table.settled)
        failed.extend(_failures(grid, table, borne))
    return Judged(tuple(held), tuple(failed))


@dataclass(frozen=True, slots=True)
class _Table:
    """All readings of one line in all fields."""

    line: Line
    kind: str
    readings: tuple[Sum, ...]
    additions: tuple[Addition, ...]

    @property
    def settled(self) -> list[Addition]:
        """For each field the first reading that holds."""
        found: dict[int, Addition] = {}
        for addition in self.additions:
            if addition.holds:
                found.setdefault(addition.field.at, addition)
        return list(found.values())

    def without(self, fields: Collection[int]) -> _Table:
        """The line without some fields."""
        return replace(self, additions=tuple(a for a in self.additions if a.field.at not in fields))

    def by_reading(self, reading: Sum) -> list[Addition]:
        return [a for a in self.additions if a.sum is reading]


def _tables(shape: Shape) -> Iterator[_Table]:
    for at, line in enumerate(shape.lines):
        if line.kind in TOTALS:
            alone = sum(other.kind in TOTALS for other in shape.lines) == 1
            yield _table(shape, line, "合计" if alone else "小计", of_total(shape, at))
            continue
        if line.kind != "item":
            continue
        parts = of_whole(shape, at)
        if parts:
            yield _table(shape, line, "其中", parts)
        elif line.depth and not shape.grid.turned:
            yield _table(shape, line, "上级", of_parent(shape, at))


def _table(shape: Shape, line: Line, kind: str, readings: tuple[Sum, ...]) -> _Table:
    additions = []
    for reading in readings:
        if len(reading.members) > _LARGEST_READING:
            continue
        for field in shape.fields:
            found = added(shape, line, field, reading)
            if found is not None and (found.holds or not reading.items):
                additions.append(found)
    return _Table(line, kind, readings, tuple(additions))


def _names_borne_out(tables: Sequence[_Table]) -> dict[tuple[str, str], int]:
    """How often a way of choosing lines holds over the whole view, by kind of line: for groups built
    alike."""
    counted: dict[tuple[str, str], int] = {}
    for table in tables:
        for addition in table.additions:
            if addition.holds and addition.telling:
                key = table.kind, addition.sum.name
                counted[key] = counted.get(key, 0) + 1
    return counted


def _failures(grid: Grid, table: _Table, borne: dict[tuple[str, str], int]) -> Iterator[Failure]:
    """The fields in which no reading holds, under the reading that the other fields or groups bear out.

    Only a total that is the table's only one ("合计") is judged without being borne out."""
    settled = {a.field.at for a in table.settled}
    open_fields = {a.field.at for a in table.additions} - settled
    if not open_fields:
        return
    best = max(table.readings, key=lambda r: _support(table, r), default=None)
    support = _support(table, best) if best else 0
    found = list(_borne_out_here(grid, table, best, support, open_fields)) if best and support else []
    if found or support > 1:
        yield from found
        return
    if support:
        yield from _part_missing(grid, table, open_fields)
        return
    if table.kind == "其中":
        return
    for reading in table.readings:
        elsewhere = borne.get((table.kind, reading.name), 0)
        fails = [a for a in table.by_reading(reading) if a.field.at in open_fields]
        if elsewhere and (len(fails) == 1 or _short(fails)):
            yield Failure(grid, fails[0], elsewhere, table.kind, elsewhere=True, also=tuple(fails[1:]))
            return
    yield from _only_one_way(grid, table, open_fields)
    yield from _part_missing(grid, table, open_fields)


def _support(table: _Table, reading: Sum) -> int:
    return sum(1 for a in table.by_reading(reading) if a.holds and a.telling)


def _borne_out_here(
    grid: Grid, table: _Table, best: Sum, support: int, open_fields: set[int]
) -> Iterator[Failure]:
    fails = [a for a in table.by_reading(best) if a.field.at in open_fields]
    enough = support > 1 or table.kind != "其中"
    if enough and sum(not a.near for a in fails) <= max(support, 1):
        for addition in fails:
            yield Failure(grid, addition, support, table.kind)


def _only_one_way(grid: Grid, table: _Table, open_fields: set[int]) -> Iterator[Failure]:
    """A total row of a plain list with one column of figures: there is nothing else that it could sum."""
    ways = {frozenset(n.spot for n, _ in a.addends) for a in table.additions}
    fields = {a.field.at for a in table.additions}
    if grid.turned or table.kind != "合计" or len(ways) != 1 or len(fields) != 1:
        return
    addition = table.additions[0]
    if addition.telling and addition.field.at in open_fields:
        yield Failure(grid, addition, 0, table.kind, only_field=True)


def _short(fails: Sequence[Addition]) -> bool:
    """Whether a total exceeds its parts in every field, as it does where a part is left out."""
    return bool(fails) and all(a.gap > 0 and a.computed > 0 for a in fails)


def _part_missing(grid: Grid, table: _Table, open_fields: set[int]) -> Iterator[Failure]:
    """A total row that exceeds its parts in its fields, whichever lines are taken for its parts; but for those
    with figures below 0, and a few that hold because the part that is missing has 0 there."""
    if grid.turned or table.kind not in ("合计", "小计") or len(open_fields) < 2:
        return
    if any(line.part for line in grid.lines):  # what 其中 names need not be all
        return
    top = [r for r in table.readings if r.name.endswith(":最高级")]
    tried = [a for r in top[:1] or table.readings for a in table.by_reading(r) if not _signed(a)]
    held = {a.field.at for a in tried if a.holds}
    short = [a for a in tried if a.field.at not in held]
    if not _short(short) or _denied(tried, held, {a.field.at for a in short}):
        return
    if sum(a.gap * 5 > a.total.value * 4 for a in short) * 2 > len(short):
        return
    fails = max(([a for a in short if a.sum is r] for r in top[:1] or table.readings), key=len)
    told = [a for a in fails if a.telling]
    if len(fails) > 1 and told:
        yield Failure(grid, told[0], 0, table.kind, also=tuple(a for a in fails if a is not told[0]))


def _denied(tried: Sequence[Addition], held: set[int], short: set[int]) -> bool:
    """Whether too many fields hold for a part to be missing; one of a single part that is not 0 (added in the year,
    taken off in the year) says less than a sum of several."""
    told = {a.field.at for a in tried if a.holds and a.telling}
    return len(told) * 2 > len(short) or len(held) >= len(short)


def _signed(addition: Addition) -> bool:
    """Whether a sum counts figures below 0, or may: adjustments and differences."""
    if addition.field.name.endswith("调整") or meaning(addition.field) == "difference":
        return True
    return addition.total.value < 0 or any(n.value < 0 for n, _ in addition.addends)
