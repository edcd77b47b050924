"""Sums of weights and scores: what the rows of a form, the rows of a level and a subtotal's rows add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure, Form, Indicator, Level, Subtotal
from extractor.quantity import Interval, Quantity
from extractor.rules._form import children, empty, extends, leaves, named, number, points
from extractor.vocabulary import tight

_HUNDRED = Decimal(100)
_CODE = regex.compile(r"[A-Z](?:\d+(?:[-.]\d+)*)?")
_WHOLE = (Decimal(1), _HUNDRED)


@dataclass(frozen=True, slots=True)
class Addend:
    """A figure of a column and whose it is."""

    name: str
    figure: Figure
    quantity: Quantity
    full: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """What addends come to: ``printed`` by the printed numbers, ``interval`` by what they may stand for."""

    addends: tuple[Addend, ...]
    printed: Decimal
    interval: Interval
    precision: int

    def meets(self, stated: Quantity) -> bool:
        """Whether a stated total is this sum within what rounding leaves open."""
        if stated.exact and self.interval.low == self.interval.high:
            return stated.value == self.printed
        return stated.interval(self.precision).meets(self.interval)

    def shown(self) -> str:
        """The sum as a message states it."""
        return number(self.printed)


def total(addends: Sequence[Addend], field: str) -> Sum:
    """Add up. Weights are exact (two decimals or more may be rounded: 33.33); a score of full marks or 0 is exact too,
    the other scores share the column's precision, which is the largest."""
    precision = max((a.quantity.precision for a in addends), default=0)
    interval = Interval.point(0)
    for addend in addends:
        interval = interval + _spread(addend, field, precision)
    return Sum(tuple(addends), sum((a.quantity.value for a in addends), Decimal(0)), interval, precision)


def _spread(addend: Addend, field: str, precision: int) -> Interval:
    q = addend.quantity
    exact = precision < 2 if field == "weight" else (addend.full or not q.value or precision == 0)
    if exact:
        return Interval.point(q.value)
    half = Decimal(5).scaleb(-precision - 1)
    return Interval(q.value - half, q.value + half)


def column(rows: Sequence[Indicator], field: str) -> tuple[Addend, ...]:
    """The addends of a column; cells merged over several rows count once, at their first row."""
    found = []
    for row in rows:
        figure = row.get(field)
        q = points(figure)
        if figure is not None and q is not None:
            weight = points(row.weight)
            found.append(Addend(named(row), figure, q, weight is not None and weight.value == q.value))
    return tuple(found)


def gaps(rows: Sequence[Indicator], field: str) -> bool:
    """Whether a row of a column states nothing, or something that is no number of points."""
    return any((f := row.get(field)) is not None and points(f) is None and (not f.blank or empty(f)) for row in rows)


def funds(form: Form, field: str) -> tuple[Addend, ...]:
    """The addends of the funds area: its lines that have a weight."""
    found = []
    for line in form.budget:
        figure: Figure | None = getattr(line, field)
        q, weight = points(figure), points(line.weight)
        if figure is not None and q is not None and weight is not None:
            full = weight.value == q.value
            found.append(Addend(f"预算执行（{line.item}）", figure, q, full))
    return tuple(found)


def form_sum(form: Form, field: str, stated: Quantity) -> Sum:
    """The sum of a form's leaf rows, with the funds area where the total counts it: where the weights come right with
    it, else where the sum comes nearer to the stated total."""
    rows, extra = column(leaves(form), field), funds(form, field)
    plain, whole = total(rows, field), total((*extra, *rows), field)
    weight = points(form.weight) if field == "score" else None
    if weight is not None and extra:
        weights = column(leaves(form), "weight")
        if total((*funds(form, "weight"), *weights), "weight").meets(weight):
            return whole
        if total(weights, "weight").meets(weight):
            return plain
    if plain.meets(stated):
        return plain
    if whole.meets(stated) or not extra:
        return whole
    return min((whole, plain), key=lambda s: abs(s.printed - stated.value))


def funds_unread(reading: Reading, form: Form) -> bool:
    """Whether a form scores the execution of its budget in a place that was not read: then its sums are not known."""
    if funds(form, "weight") or any("执行率" in row.name for row in form.indicators):
        return False
    cells = (c.text.flat for t in reading.document.tables if t.number in form.tables for c in t.cells)
    return any("执行率" in c or "预算执行" in c for c in cells if len(c) <= 20)


def listed_twice(addends: Sequence[Addend], stated: Quantity) -> bool:
    """Whether the total comes right when rows that equal the sum of the rows below them are left out."""
    values = [a.quantity.value for a in addends]
    kept, n = Decimal(0), 0
    while n < len(values):
        if not _heads_a_run(values, n):
            kept += values[n]
        n += 1
    return kept == stated.value


def _heads_a_run(values: Sequence[Decimal], n: int) -> bool:
    run, count = Decimal(0), 0
    for value in values[n + 1 :]:
        run, count = run + value, count + 1
        if run >= values[n]:
            return run == values[n] and count > 1
    return False


@dataclass(frozen=True, slots=True)
class Group:
    """A level, a parent row or a subtotal: its label, what it states, and the leaf rows that it stands for."""

    name: str
    label: Text
    kind: str
    weight: Figure | None
    score: Figure | None
    rows: tuple[Indicator, ...]

    def stated(self, field: str) -> Figure | None:
        figure = self.weight if field == "weight" else self.score
        return figure if points(figure) is not None else None

    def sum(self, field: str) -> Sum:
        return total(column(self.rows, field), field)

    def gap(self, field: str) -> Decimal | None:
        """Stated less summed, None if both agree or nothing can be said."""
        figure = self.stated(field)
        if figure is None or not self.rows or gaps(self.rows, field):
            return None
        stated, rows = points(figure), self.sum(field)
        assert stated is not None
        units = {a.quantity.unit.replace("分", "") for a in rows.addends} | {stated.unit.replace("分", "")}
        if not rows.addends or rows.meets(stated) or len(units) > 1:
            return None
        if rows.printed in _WHOLE and stated.value != rows.printed:  # weights within the level
            return None
        return stated.value - rows.printed


def groups(form: Form) -> tuple[Group, ...]:
    """Every level, parent row and subtotal of a form whose rows are known for certain."""
    return (*_levels(form), *_parents(form), *_subtotals(form))


def _levels(form: Form) -> Iterator[Group]:
    rows = leaves(form)
    depth = {level.text.home.col for row in rows for level in row.levels}
    for col in sorted(depth, key=lambda c: -1 if c is None else c):
        at = [next((level for level in row.levels if level.text.home.col == col), None) for row in rows]
        if not all(at[n] or not any(at[:n]) for n in range(len(rows))):
            continue  # a row below lacks the level: cells left blank, not merged
        for run in _runs(at):
            level = at[run[0]]
            assert level is not None
            name = f"{level.code} {level.name}".strip()
            yield Group(name, level.text, "level", level.weight, level.score, tuple(rows[n] for n in run))


def _runs(at: Sequence[Level | None]) -> list[list[int]]:
    """The rows under the same level, a level that is printed again on the next page being the same."""
    found: list[list[int]] = []
    for n, level in enumerate(at):
        if level is None:
            continue
        last = at[found[-1][-1]] if found else None
        if last is not None and (last.text is level.text or tight(last.text.flat) == tight(level.text.flat)):
            found[-1].append(n)
        else:
            found.append([n])
    return found


def _parents(form: Form) -> Iterator[Group]:
    rows, single = form.indicators, set(map(id, leaves(form)))
    for n, row in enumerate(rows):
        below = tuple(r for r in children(rows, n) if id(r) in single)
        if below:
            yield Group(named(row), row.label, "parent", row.weight, row.score, below)


def _subtotals(form: Form) -> Iterator[Group]:
    for subtotal in form.subtotals:
        scope = None if subtotal.grand else _scope(form, subtotal)
        if scope:
            name = subtotal.label.flat
            yield Group(name, subtotal.label, "subtotal", subtotal.weight, subtotal.score, scope)


def _scope(form: Form, subtotal: Subtotal) -> tuple[Indicator, ...]:
    """The rows that a subtotal sums: those of the level that it names, else those above it; () if that is not clear."""
    rows = [r for r in leaves(form) if r.place.table == subtotal.place.table]
    above = [r for r in rows if (r.place.row or 0) < (subtotal.place.row or 0)]
    label = tight(subtotal.label.flat)
    code = _CODE.match(label)
    if code and any(r.code for r in above):
        return tuple(r for r in above if extends(r.code, code[0]))
    for group in _levels(form):
        name = tight(group.label.flat.split("（")[0].split("(")[0]).removesuffix("指标")
        if name and label.startswith(name) and all(r in above for r in group.rows):
            return group.rows
    if label.removesuffix("小计").removesuffix("合计"):
        return ()
    others = [s.place.row or 0 for s in form.subtotals if (s.place.row or 0) < (subtotal.place.row or 0)]
    since = tuple(r for r in above if (r.place.row or 0) > max(others, default=-1))
    weight = points(subtotal.weight)
    if weight is not None and not total(column(since, "weight"), "weight").meets(weight):
        whole = total(column(above, "weight"), "weight")
        return tuple(above) if whole.meets(weight) or len(since) == len(above) else ()
    return since
