"""Sums of weights and scores: what rows add up to, and what that may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.facts import BudgetLine, Figure, Form, Indicator
from extractor.quantity import Interval, Quantity
from extractor.rules._form import empty, leaves, named, number, points

_DEDUCTS = regex.compile(r"^(?:[减扣]分|扣减)(?:项|指标|事项)?$")
_LEAST_FUNDS, _USUAL_FUNDS = 3, 10
_BESIDE = regex.compile(r"另[占计有行设]|不含|不计入|不包[括含]|未计入")


@dataclass(frozen=True, slots=True)
class Addend:
    """A figure of a column and whose it is."""

    name: str
    figure: Figure
    quantity: Quantity
    full: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """What addends come to: ``printed`` by the printed numbers, ``interval`` by what they may stand for.

    ``loose`` counts those that may have been rounded.
    """

    addends: tuple[Addend, ...]
    printed: Decimal
    interval: Interval
    precision: int
    loose: int = 0

    def meets(self, stated: Quantity) -> bool:
        """Whether a stated total is this sum within what rounding leaves open."""
        if stated.precision > self.precision:  # then the rows were rounded before they were printed
            slack = Decimal(5).scaleb(-self.precision - 1) * self.loose
            return stated.interval().meets(Interval(self.printed - slack, self.printed + slack))
        if stated.exact and self.interval.low == self.interval.high:
            return stated.value == self.printed
        return stated.interval(self.precision).meets(self.interval)

    def shown(self) -> str:
        """The sum as a message states it."""
        return number(self.printed)


def total(addends: Sequence[Addend], field: str) -> Sum:
    """Add up. Weights are exact (with two decimals or more they may be rounded: 33.33); so is a score of full
    marks or 0; the other scores share the column's precision, which is the largest."""
    precision = max((a.quantity.precision for a in addends), default=0)
    interval = Interval.point(0)
    for addend in addends:
        interval = interval + _spread(addend, field, precision)
    printed = sum((a.quantity.value for a in addends), Decimal(0))
    loose = sum(not a.full and a.quantity.value != 0 for a in addends) if field == "score" else 0
    return Sum(tuple(addends), printed, interval, precision, loose)


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
            full = weight is not None and weight.value == q.value
            found.append(Addend(named(row), figure, _signed(row, q), full))
    return tuple(found)


def _signed(row: Indicator, q: Quantity) -> Quantity:
    """What a row of deductions (减分项) states without a sign is taken off."""
    names = (row.name, *(level.name for level in row.levels))
    return replace(q, value=-abs(q.value)) if any(map(_DEDUCTS.match, names)) else q


def gaps(rows: Sequence[Indicator], field: str) -> bool:
    """Whether a row of a column states nothing, or something that is no number of points."""
    return any(
        (f := row.get(field)) is not None and points(f) is None and (not f.blank or empty(f)) for row in rows
    )


def funds(form: Form, field: str) -> tuple[Addend, ...]:
    """The addends of the funds area: its lines that have a weight."""
    found = []
    for line in _weighted(form.budget):
        figure: Figure | None = getattr(line, field)
        q, weight = points(figure), points(line.weight)
        if figure is not None and q is not None and weight is not None:
            full = weight.value == q.value
            found.append(Addend(f"预算执行（{line.item}）", figure, q, full))
    return tuple(found)


def _weighted(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The lines of funds that give points. A part that is given those of the whole again (其中：财政拨款 | 10), or
    parts that share them, give no more of their own."""
    weights = [(line, q.value) for line in lines if (q := points(line.weight)) is not None]
    wholes = [(line, w) for line, w in weights if not line.part]
    parts = [w for line, w in weights if line.part]
    whole = sum((w for _, w in wholes), Decimal(0))
    again = bool(wholes) and (whole in parts or sum(parts) == whole)
    return [line for line, _ in (wholes if again else weights)]


def form_sum(form: Form, field: str, stated: Quantity) -> Sum:
    """The sum of a form's leaf rows, with the funds area where the total counts it: where the weights come
    right with it, else where the sum comes nearer to the stated total."""
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


def several_totals(form: Form) -> bool:
    """Whether several rows call themselves the total: it is not known then which rows each sums."""
    grand = [s for s in form.subtotals if s.grand]
    return sum((points(s.weight) or points(s.score)) is not None for s in grand) > 1


def by_subtotals(form: Form, field: str, stated: Quantity) -> bool:
    """Whether a total is that of the subtotals, one of which has its rows elsewhere (定性指标小计, listed in a table of
    their own)."""
    parts = sorted((s for s in form.subtotals if not s.grand), key=lambda s: s.place.row or 0)
    values = [points(s.weight if field == "weight" else s.score) for s in parts]
    if len(parts) < 2 or sum(q.value for q in values if q is not None) != stated.value or None in values:
        return False
    rows = [r.place.row or 0 for r in leaves(form)]
    ends = [s.place.row or 0 for s in parts]
    starts = [min(rows, default=0) - 1, *ends[:-1]]
    return any(not any(a < r < b for r in rows) for a, b in zip(starts, ends, strict=True))


def funds_unread(reading: Reading, form: Form, gap: Decimal | None = None) -> bool:
    """Whether a form scores its budget's execution in a place that was not read: then no sum is known.

    ``gap`` is what a stated total exceeds its rows by, where it is known: less than a usual weight of the execution
    (3 at least) is not that."""
    if gap is not None and gap < _LEAST_FUNDS:
        return False
    if _lacks_usual_tenth(form):
        return True
    if len(funds(form, "score")) < len(funds(form, "weight")):
        return True
    if funds(form, "weight") or any(_of_execution(row) for row in form.indicators):
        return False
    cells = (c.text.flat for t in reading.document.tables if t.number in form.tables for c in t.cells)
    return any(("执行率" in c or "预算执行" in c) and not _BESIDE.search(c) for c in cells if len(c) <= 20)


def _lacks_usual_tenth(form: Form) -> bool:
    """Whether a self-evaluation's rows lack just the ten points that its execution usually has, and it prints no funds:
    they stand elsewhere."""
    weight = points(form.weight)
    if (
        form.kind != "self_evaluation"
        or weight is None
        or form.budget
        or any(map(_of_execution, form.indicators))
    ):
        return False
    return weight.value - total(column(leaves(form), "weight"), "weight").printed == _USUAL_FUNDS


def _of_execution(row: Indicator) -> bool:
    """Whether a row is the one that scores the budget's execution, by its name or its level's (预算执行)."""
    own = row.weight is not None and row.weight.quantity is not None
    return "执行率" in row.name or (own and any("预算执行" in level.name for level in row.levels))


def row_unread(reading: Reading, form: Form) -> bool:
    """Whether a row may have been lost in a table without rulings: its weight would explain both totals."""
    weight, score = points(form.weight), points(form.score)
    guessed = any(t.is_guess for t in reading.document.tables if t.number in form.tables)
    if not guessed or weight is None or score is None:
        return False
    missing = weight.value - form_sum(form, "weight", weight).printed
    return missing > 0 and 0 <= score.value - form_sum(form, "score", score).printed <= missing


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
