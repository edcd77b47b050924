"""Figures that a relation of their table contradicts, each under the relation that fits the table best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.quantity import Interval
from extractor.rules.table._achieved import otherwise_achieved
from extractor.rules.table._adjusted import of_adjusted
from extractor.rules.table._constants import constants
from extractor.rules.table._extremes import extremes
from extractor.rules.table._finder import Finder
from extractor.rules.table._flows import flows
from extractor.rules.table._formulas import written
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._lagged import lagged
from extractor.rules.table._limits import of_limit
from extractor.rules.table._portions import portions, whole_shares
from extractor.rules.table._quotients import quotients
from extractor.rules.table._relations import Broken, Relation, solve
from extractor.rules.table._remarks import remarked
from extractor.rules.table._runs import summed_runs
from extractor.rules.table._shape import TOTALS
from extractor.rules.table._shared_out import shared_out
from extractor.rules.table._yearly import yearly

_STRONG = 8


@dataclass(frozen=True, slots=True)
class Miss:
    """A stated figure, what it should be by ``formula`` (an interval in its own unit), and how well
    that is borne out."""

    grid: Grid
    line: Line
    field: Line
    stated: Number
    inputs: tuple[Number, ...]
    computed: Interval
    formula: str
    held: int
    present: int
    named: bool
    solved: Callable[[Number], Interval | None]

    @property
    def gap(self) -> Decimal:
        """How far the figure is from what was computed."""
        return self.computed.gap(self.stated.interval)

    @property
    def sure(self) -> bool:
        """Whether the relation is named by a head or holds in many lines."""
        return self.named or (self.held >= _STRONG and self.held * 10 >= self.present * 9)

    @property
    def numbers(self) -> tuple[Number, ...]:
        return (self.stated, *self.inputs)


def misses(grid: Grid) -> tuple[Miss, ...]:
    """All figures of one view that a relation contradicts, one for each line and result."""
    finder = Finder(grid)
    if len(finder.fields) < 2:
        return ()
    relations = [*written(finder), *finder.find()]
    known = {relation.result.at for relation, _ in relations}
    found = [_miss(b) for _, broken in _best(relations) for b in broken]
    found += [
        Miss(grid, *rest)
        for rest in (
            *lagged(finder),
            *yearly(finder),
            *portions(finder),
            *whole_shares(finder),
            *remarked(finder),
        )
    ]
    found += [Miss(grid, *rest) for rest in (*summed_runs(finder), *quotients(finder, known))]
    found += [Miss(grid, *rest) for rest in constants(finder, known | {m.field.at for m in found})]
    found += [Miss(grid, *rest) for rest in (*flows(finder), *extremes(finder), *shared_out(finder))]
    return _each_once([m for m in found if m.gap > 0 and not _own_digits(m)])


def _best(tried: Sequence[tuple[Relation, list[Broken]]]) -> Iterator[tuple[Relation, list[Broken]]]:
    """For each result the relation that fails least; a line in which another holds is not accused.

    What a relation fails in for other reasons (a payment booked on the next line, rates of a mean) is
    left out.
    """
    best: dict[int, tuple[Relation, list[Broken]]] = {}
    for relation, broken in tried:
        known = best.get(relation.result.at)
        if known is None or len(broken) < len(known[1]):
            best[relation.result.at] = (relation, broken)
    for relation, broken in best.values():
        rivals = [(r, b) for r, b in tried if r.result is relation.result and r is not relation]
        yield relation, [b for b in broken if not _excused(b) and not _rival_holds(b, rivals)]


def _rival_holds(broken: Broken, rivals: Sequence[tuple[Relation, list[Broken]]]) -> bool:
    return any(all(other.line is not broken.line for other in others) for _, others in rivals)


def _excused(broken: Broken) -> bool:
    """Whether a line need not keep the relation: totals of products, means of rates, amounts split over
    two lines."""
    if otherwise_achieved(broken) or of_adjusted(broken) or of_limit(broken):
        return True
    if broken.relation.kind != "sum" and broken.line.kind in (*TOTALS, "mean"):
        product = broken.relation.kind == "product" and broken.relation.result is broken.relation.c
        return product or _between(broken)
    return _shared(broken) or (broken.relation.kind == "sum" and _with_neighbour(broken))


def _shared(broken: Broken) -> bool:
    """Whether the line above or below has no result of its own, and no dash for it: the figure may be that of both, as
    where cells merged in the original were typed out."""
    grid, lines = broken.grid, broken.grid.lines
    at = lines.index(broken.line)
    near = [lines[n] for n in (at - 1, at + 1) if 0 <= n < len(lines) and lines[n].kind == "item"]
    return broken.line.kind == "item" and any(
        grid.state(line, broken.relation.result) == "blank" for line in near
    )


def _between(broken: Broken) -> bool:
    """Whether a rate in a row of means is the mean of the rates above it."""
    grid, field = broken.grid, broken.relation.result
    rates = [n.value for line in grid.lines if line.kind == "item" and (n := grid.number(line, field))]
    if not rates:
        return True
    mean = sum(rates, Decimal(0)) / len(rates)
    return abs(mean - broken.stated.value) <= broken.stated.half * 2 or broken.line.kind == "mean"


def _with_neighbour(broken: Broken) -> bool:
    """Whether it holds when the next or last line, whose result is a dash or blank, is counted in."""
    grid, relation = broken.grid, broken.relation
    at = grid.lines.index(broken.line)
    for near in (at - 1, at + 1):
        if not 0 <= near < len(grid.lines):
            continue
        line = grid.lines[near]
        if line.kind != "item" or grid.state(line, relation.result) not in ("dash", "blank"):
            continue
        extra = [grid.number(line, f) for f in (relation.a, relation.b, relation.c)]
        values = [n.value + (e.value if e else 0) for n, e in zip(broken.numbers, extra, strict=True)]
        spread = sum((n.half for n in broken.numbers), Decimal(0)) * 2
        if any(extra) and abs(values[0] + values[1] - values[2]) <= spread:
            return True
    return False


def _miss(broken: Broken) -> Miss:
    grid, relation = broken.grid, broken.relation
    computed = solve(relation, broken.numbers, broken.stated) or broken.stated.interval
    return Miss(
        grid, broken.line, relation.result, broken.stated, broken.inputs, computed,
        relation.words(lambda field: field_name(grid, field, broken.line)),
        broken.held, broken.present, relation.named, broken.should_be,
    )  # fmt: skip


def field_name(grid: Grid, field: Line, line: Line) -> str:
    """What a field is called at a line: the head in mid-table above it, else the table's head."""
    if not grid.turned:
        for row in reversed(grid.rows):
            if row.at < line.at and row.kind == "head":
                cell = grid.table.at(row.at, field.at)
                return cell.text.flat if cell is not None and cell.text else field.label
    return grid.brief(field)


def _own_digits(miss: Miss) -> bool:
    """Whether the figure holds with the rounding of its own digits (98% in a column of 97.53%)."""
    half = Decimal(5).scaleb(-miss.stated.quantity.precision - 1)
    own = Interval(miss.stated.value - half, miss.stated.value + half)
    return own.meets(miss.computed) and not miss.stated.quantity.exact


def _each_once(found: Sequence[Miss]) -> tuple[Miss, ...]:
    """One miss for each stated figure, the best borne out."""
    kept: dict[tuple[int, int], Miss] = {}
    for miss in found:
        known = kept.get(miss.stated.spot)
        if known is None or (miss.named, miss.held) > (known.named, known.held):
            kept[miss.stated.spot] = miss
    return tuple(kept.values())
