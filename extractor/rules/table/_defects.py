"""Everything that does not add up in a document's tables, judged together: one wrong figure is one defect.

A figure that breaks a column's sum and a row's relation is reported once, by the rule whose sum or
relation would
hold again with the same other value. What follows from a defect already reported is left out.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.claims import Reading
from extractor.document import Text
from extractor.quantity import Interval
from extractor.rules.table._grid import Grid, Number
from extractor.rules.table._means import Mean, wrong_means
from extractor.rules.table._misses import Miss, misses
from extractor.rules.table._notes import explanation
from extractor.rules.table._reading import grids
from extractor.rules.table._relations import meaning
from extractor.rules.table._shares import Uneven, uneven
from extractor.rules.table._totals import Addition, Failure, Judged, judge
from extractor.vocabulary import words


@dataclass(frozen=True, slots=True)
class Cause:
    """A figure that, with another value, would set several things right."""

    number: Number
    value: Interval


@dataclass(frozen=True, slots=True)
class BadTotal:
    """A total that is not the sum of its parts. ``note`` is what the document says of the gap."""

    failure: Failure
    note: Text | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """Two subtotals wrong by the same amount in opposite directions, their total right."""

    grid: Grid
    pair: tuple[Addition, Addition]
    whole: Addition | None


@dataclass(frozen=True, slots=True)
class Defects:
    """The defects of a document's tables by kind."""

    totals: tuple[BadTotal, ...]
    offsets: tuple[Offset, ...]
    shares: tuple[Uneven, ...]
    misses: tuple[Miss, ...]
    means: tuple[Mean, ...] = ()


_memo: dict[int, tuple[weakref.ref[Reading], Defects]] = {}


def defects(reading: Reading) -> Defects:
    """The defects of a document, computed once for all rules of the folder."""
    known = _memo.get(id(reading))
    if known and known[0]() is reading:
        return known[1]
    found = _joined([_of_table(reading, grid) for grid in grids(reading)])
    _memo.clear()
    _memo[id(reading)] = (weakref.ref(reading), found)
    return found


def _joined(parts: Sequence[Defects]) -> Defects:
    return Defects(
        tuple(t for p in parts for t in p.totals),
        tuple(o for p in parts for o in p.offsets),
        tuple(s for p in parts for s in p.shares),
        tuple(m for p in parts for m in p.misses),
        tuple(m for p in parts for m in p.means),
    )


def forms_tables(reading: Reading) -> frozenset[int]:
    """The tables of forms (自评表, 目标表, score tables): their weights, scores and sources of funds
    have rules of
    their own. A table of money that stands alone in a report is read as ``other``."""
    return frozenset(
        n
        for form in reading.forms
        if form.indicators or (form.budget and form.kind != "other")
        for n in form.tables
    )


def _of_table(reading: Reading, grid: Grid) -> Defects:
    in_form = grid.table.number in forms_tables(reading)
    views = (grid,) if in_form else (grid, grid.other)
    judged = [] if in_form else [judge(view) for view in views]
    shares = () if in_form else tuple(u for view in views for u in uneven(view))
    funds = {b.label.flat for form in reading.forms if grid.table.number in form.tables for b in form.budget}
    missed = [m for view in views for m in misses(view) if not _executed(m, funds)]
    if in_form:
        missed = [m for m in missed if not _of_scores(m)]
    offsets = tuple(o for view, j in zip(views, judged, strict=False) for o in _offsets(view, j))
    paired = {a.total.spot for o in offsets for a in o.pair}
    failures = [f for j in judged for f in j.failed if f.addition.total.spot not in paired]
    shares, missed = _shares_or_misses(shares, missed)
    totals, missed = _tied(_consequences_left_out(failures, missed, judged), missed)
    means = () if in_form else tuple(m for view in views for m in wrong_means(view) if not _known(m, totals))
    return Defects(tuple(_noted(reading, t) for t in totals), offsets, shares, tuple(_apart(missed)), means)


def _executed(miss: Miss, funds: set[str]) -> bool:
    """Whether a miss is the execution rate of a line of funds, which another rule judges."""
    return meaning(miss.field) == "rate" and any(c.text.flat in funds for c in miss.line.path)


def _of_scores(miss: Miss) -> bool:
    """Whether a relation is about weights or scores, which other rules judge."""
    columns = {number.cell.col for number in miss.numbers}
    fields = words("table-fields")
    return any(
        fields.meaning(cell.text.flat) == "weight"
        for column in miss.grid.columns
        if column.at in columns
        for cell in column.path
    )


def _offsets(grid: Grid, judged: Judged) -> Iterator[Offset]:
    """Failures in one field whose gaps cancel, the larger total right (or nothing above them wrong)."""
    left = [f for f in judged.failed if f.kind != "其中"]
    for n, first in enumerate(left):
        for second in left[n + 1 :]:
            a, b = first.addition, second.addition
            if a.field is b.field and a.gap and abs(a.gap + b.gap) <= min(a.half, b.half):
                yield Offset(grid, (a, b), _above(judged, a, b))


def _above(judged: Judged, a: Addition, b: Addition) -> Addition | None:
    """The total that holds and counts both."""
    wanted = {a.total.spot, b.total.spot}
    return next((h for h in judged.held if wanted <= {n.spot for n, _ in h.addends}), None)


def _shares_or_misses(
    shares: Sequence[Uneven], missed: Sequence[Miss]
) -> tuple[tuple[Uneven, ...], list[Miss]]:
    """One wrong share is reported as such; where several are wrong, their sum is reported as a whole."""
    kept = tuple(u for u in shares if not any(_explains(m, u) for m in missed))
    reported = {n.spot for u in kept for n in u.members}
    return kept, [m for m in missed if m.stated.spot not in reported]


def _explains(miss: Miss, group: Uneven) -> bool:
    """Whether the shares would make 100 with the value that one of them should have."""
    if all(n.spot != miss.stated.spot for n in group.members):
        return False
    rest = group.sum - miss.stated.value
    wanted = Interval(Decimal(100) - rest - group.half, Decimal(100) - rest + group.half)
    return wanted.meets(miss.computed)


def _consequences_left_out(
    failures: Sequence[Failure], missed: Sequence[Miss], judged: Sequence[Judged]
) -> list[Failure]:
    """Without sums that fail only because an addend is already known to be wrong: the total itself is
    borne out."""
    wrong = {m.stated.spot for m in missed}
    sums = {h.total.spot for j in judged for h in j.held}
    kept = []
    for failure in failures:
        addends = {n.spot for n, _ in failure.addition.addends}
        total = failure.addition.total.spot
        follows = addends & wrong and total not in wrong and _computed_in_row(failure, missed)
        if not follows and not (addends & wrong and total in sums):
            kept.append(failure)
    return kept


def _computed_in_row(failure: Failure, missed: Sequence[Miss]) -> bool:
    """Whether the total's field is a result of a relation that the total's own line keeps."""
    return any(
        m.field.at == failure.addition.field.at and m.grid.turned == failure.grid.turned for m in missed
    )


def _tied(failures: Sequence[Failure], missed: Sequence[Miss]) -> tuple[list[BadTotal], list[Miss]]:
    """Failures with what explains several at once; whatever one value would set right is reported with it."""
    gone: set[tuple[int, int]] = set()
    totals: list[BadTotal] = []
    used: set[int] = set()
    for n, failure in enumerate(failures):
        if n in used:
            continue
        cause = None
        for k in range(n + 1, len(failures)):
            found = _common(failure.addition, failures[k].addition)
            if k not in used and found:
                used.add(k)
                cause = cause or found
        for miss in missed:
            found = _shared(failure.addition, miss)
            if found:
                gone.add(miss.stated.spot)
                cause = cause or found
        totals.append(BadTotal(failure, cause=cause))
    return totals, [m for m in missed if m.stated.spot not in gone]


def _common(a: Addition, b: Addition) -> Cause | None:
    """The figure of both sums that one other value would set right in both."""
    mine = {n.spot: n for n, _ in a.addends} | {a.total.spot: a.total}
    theirs = {n.spot: n for n, _ in b.addends} | {b.total.spot: b.total}
    for spot in mine.keys() & theirs.keys():
        ours, other = a.should_be(mine[spot]), b.should_be(theirs[spot])
        if ours.meets(other):
            return Cause(mine[spot], _overlap(ours, other))
    return None


def _shared(a: Addition, miss: Miss) -> Cause | None:
    mine = {n.spot: n for n, _ in a.addends} | {a.total.spot: a.total}
    for number in miss.numbers:
        wanted = miss.solved(number) if number.spot in mine else None
        if wanted is None:
            continue
        ours = a.should_be(mine[number.spot])
        spread = Interval(wanted.low - miss.stated.half * 10, wanted.high + miss.stated.half * 10)
        loose = miss.stated.quantity.precision < max(n.quantity.precision for n in miss.inputs)
        if ours.meets(spread if loose else wanted):
            return Cause(mine[number.spot], _overlap(ours, wanted) if ours.meets(wanted) else ours)
    return None


def _overlap(a: Interval, b: Interval) -> Interval:
    return Interval(max(a.low, b.low), min(a.high, b.high))


def _known(mean: Mean, totals: Sequence[BadTotal]) -> bool:
    """Whether a mean is wrong by the same figure as a total that is reported."""
    theirs = {n.spot: n for n in mean.members}
    for total in totals:
        addition = total.failure.addition
        for number in (addition.total, *(n for n, _ in addition.addends)):
            if number.spot in theirs and addition.should_be(number).meets(mean.should_be(number)):
                return True
    return False


def _noted(reading: Reading, total: BadTotal) -> BadTotal:
    addition = total.failure.addition
    half = addition.half + addition.total.half
    return replace(total, note=explanation(reading, total.failure.grid, addition.gap, half or Decimal("0.5")))


def _apart(missed: Sequence[Miss]) -> Iterator[Miss]:
    """The misses of a line without those that the same other value would set right."""
    kept: list[Miss] = []
    for miss in missed:
        if not any(_same_cause(k, miss) for k in kept):
            kept.append(miss)
            yield miss


def _same_cause(a: Miss, b: Miss) -> bool:
    theirs = {n.spot: n for n in b.numbers}
    for number in a.numbers:
        if number.spot not in theirs:
            continue
        one, two = a.solved(number), b.solved(theirs[number.spot])
        if one is not None and two is not None and one.meets(two):
            return True
    return False
