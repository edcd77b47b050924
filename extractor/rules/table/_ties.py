"""Defects that hang together: what one other figure would set right is one defect, not several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.document import Text
from extractor.quantity import Interval
from extractor.rules.table._additions import Addition
from extractor.rules.table._grid import Grid, Number
from extractor.rules.table._means import Mean
from extractor.rules.table._misses import Miss
from extractor.rules.table._shares import Uneven
from extractor.rules.table._totals import Failure, Judged


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


def offsets_in(grid: Grid, judged: Judged) -> Iterator[Offset]:
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


def shares_or_misses(
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


def without_consequences(
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


def tied(failures: Sequence[Failure], missed: Sequence[Miss]) -> tuple[list[BadTotal], list[Miss]]:
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


def known(mean: Mean, totals: Sequence[BadTotal]) -> bool:
    """Whether a mean is wrong by the same figure as a total that is reported."""
    theirs = {n.spot: n for n in mean.members}
    for total in totals:
        addition = total.failure.addition
        for number in (addition.total, *(n for n, _ in addition.addends)):
            if number.spot in theirs and addition.should_be(number).meets(mean.should_be(number)):
                return True
    return False


def apart(missed: Sequence[Miss]) -> Iterator[Miss]:
    """The misses of a line without those that the same other value would set right; what differs by more
    than its last digit speaks first."""
    kept: list[Miss] = []
    for miss in sorted(missed, key=_in_last_digit):
        if not any(_same_cause(k, miss) for k in kept):
            kept.append(miss)
            yield miss


def _in_last_digit(miss: Miss) -> bool:
    return miss.gap < Decimal(1).scaleb(-miss.stated.quantity.precision)


def _same_cause(a: Miss, b: Miss) -> bool:
    theirs = {n.spot: n for n in b.numbers}
    for number in a.numbers:
        if number.spot not in theirs:
            continue
        one, two = a.solved(number), b.solved(theirs[number.spot])
        if one is not None and two is not None and one.meets(two):
            return True
    return False
