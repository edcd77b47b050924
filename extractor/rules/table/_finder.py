"""Relations found in a table's figures by trying them.

A relation that holds in nearly all lines is asserted of the rest. Chance is kept out by what the holding
lines tell: figures of several digits, none of them 0 or 100%, no two lines alike.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

import regex

from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._relations import TESTS, Broken, Kind, Relation, Triple, meaning, scale_of, solve
from extractor.rules.table._shape import TOTALS, added_up
from extractor.vocabulary import words

MOST_FIELDS = 26
_POWERS = frozenset((0, -4, 4, -2, 2, -3, 3, -1, 1, -8, 8))
_ABOUT = Decimal("0.2")
_MOST_RELATIONS = 60
_SAMPLE = 24
_HOPELESS = 3
_PORTION = regex.compile(r"占比|比重|占.{0,8}比例")  # 公益林占比: of the same line's 总面积
_NAMED = frozenset({"difference", "gap_rate", "rate", "growth", "mean"})


class Finder:
    """Tries relations on the fields of one view."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.lines = [line for line in grid.lines if line.kind != "head"]
        self.heads = sorted(line.at for line in grid.lines if line.kind == "head")
        columns = {
            f.at: [_alone(grid, line, f) for line in self.lines] for f in grid.fields if f.kind != "head"
        }
        self.columns = {
            at: column for at, column in columns.items() if sum(n is not None for n in column) > 1
        }
        self.fields = [f for f in grid.fields if f.at in self.columns]
        self.ratios = {at: _mostly_ratio(column) for at, column in self.columns.items()}
        step = max(1, len(self.lines) // _SAMPLE)
        self.sample = {at: column[::step] for at, column in self.columns.items()}

    def find(self) -> Iterator[tuple[Relation, list[Broken]]]:
        """Every relation that holds in nearly all lines, with the lines in which it does not."""
        if len(self.fields) > MOST_FIELDS:
            return
        found = 0
        for kind, a, b, c in self._triples():
            tried = None if self._hopeless(kind, a, b, c) else self.try_(kind, a, b, c)
            if tried is not None:
                yield tried
                found += 1
                if found >= _MOST_RELATIONS:
                    return

    def _hopeless(self, kind: Kind, a: Line, b: Line, c: Line) -> bool:
        """Whether a relation fails in most of a few lines spread over the table: the quick way out."""
        test = TESTS[kind]
        sample = [
            (x, y, z)
            for x, y, z in zip(self.sample[a.at], self.sample[b.at], self.sample[c.at], strict=True)
            if x is not None and y is not None and z is not None and (kind != "growth" or y.value > y.half)
        ]
        power = _power(kind, [(_NO_LINES[0], numbers) for numbers in sample[:4]])
        failed = held = 0
        for numbers in sample:
            if power is not None and test(numbers, power):
                held += 1
                continue
            failed += 1
            if failed > _HOPELESS and failed > 2 * held:
                return True
        return False

    def _triples(self) -> Iterator[tuple[Kind, Line, Line, Line]]:
        for a, b in combinations(self.fields, 2):
            for c in self.fields:
                if c is a or c is b:
                    continue
                if c.kind not in TOTALS and self.ratios[a.at] == self.ratios[b.at] == self.ratios[c.at]:
                    yield "sum", a, b, c
                yield "product", a, b, c
        for a, b in permutations(self.fields, 2):
            for c in self.fields:
                if c is not a and c is not b and self.ratios[c.at] and meaning(c) in ("growth", "gap_rate"):
                    yield "growth", a, b, c

    def try_(
        self, kind: Kind, a: Line, b: Line, c: Line, stated: bool = False
    ) -> tuple[Relation, list[Broken]] | None:
        """A relation tried on all lines; None if it does not hold in nearly all, or holds by chance."""
        rows = self._present(kind, a, b, c)
        power = _power(kind, rows) if len(rows) > 1 else None
        if power is None:
            return None
        computed = self._computed(kind, a, b, c)
        named = stated or meaning(computed) in _NAMED or _PORTION.search(computed.name) is not None
        likely = named or (kind == "product" and _priced(a, b, c))
        relation = Relation(kind, a, b, c, power, named, computed)
        failing = _failing(kind, power, rows, 2 if stated else 3 if likely else 5)
        if failing is None or not _enough(
            relation, rows, failing, (1, 2) if stated else (2, self._fewest(relation)) if likely else (4, 8)
        ):
            return None
        held = len(rows) - len(failing)
        failing = self._under_heads_that_hold(rows, failing)
        return relation, [Broken(self.grid, relation, *rows[i], held, len(rows)) for i in failing]

    def _under_heads_that_hold(self, rows: Sequence[tuple[Line, Triple]], failing: list[int]) -> list[int]:
        """The lines in which a relation fails, those alone under whose heads two others or more hold: under other
        heads (funds above indicators) the columns mean something else."""
        if not self.heads:
            return failing
        block = [bisect(self.heads, line.at) for line, _ in rows]
        held = Counter(block)
        held.subtract(block[i] for i in failing)
        return [i for i in failing if held[block[i]] > 1]

    def _fewest(self, relation: Relation) -> int:
        """How many digits must tell a relation that a head names: fewer where it relates what was planned and done."""
        roles = [_role(f) for f in (relation.a, relation.b, relation.c) if f is not relation.result]
        return 3 if sorted(map(str, roles)) == ["done", "planned"] else 5

    def _computed(self, kind: Kind, a: Line, b: Line, c: Line) -> Line:
        roles = (c,) if kind == "growth" else (c, b, a)
        named = next((f for f in roles if meaning(f) in _NAMED), None)
        ratios = [f for f in roles if self.ratios[f.at]] or self._per_piece(kind, a, b, c)
        return named or (ratios[0] if len(ratios) == 1 else c)

    def _per_piece(self, kind: Kind, a: Line, b: Line, c: Line) -> list[Line]:
        """Of counts, the factors with decimals: they are so many for each (30.6 pupils a teacher)."""
        loose = [f for f in (a, b, c) if any(n is not None and n.half for n in self.columns[f.at])]
        return loose if kind == "product" and len(loose) == 1 and loose[0] is not c else []

    def _present(self, kind: Kind, a: Line, b: Line, c: Line) -> list[tuple[Line, Triple]]:
        columns = zip(self.lines, self.columns[a.at], self.columns[b.at], self.columns[c.at], strict=True)
        return [
            (line, (x, y, z))
            for line, x, y, z in columns
            if x is not None and y is not None and z is not None and (kind != "growth" or _may_grow(y, z))
            if _span(self.grid, x) == _span(self.grid, y) == _span(self.grid, z)
            if kind != "sum" or self._can_add(line, (x, y, z), (a, b, c))
        ]

    def _can_add(self, line: Line, numbers: Triple, fields: tuple[Line, Line, Line]) -> bool:
        """Whether a line's figures can be added: no rates in a field of amounts, no prices or means but for
        their differences."""
        if any(n.ratio != self.ratios[f.at] for n, f in zip(numbers, fields, strict=True)):
            return False
        return added_up(line) or any(meaning(f) == "difference" for f in fields)


def _may_grow(base: Number, growth: Number) -> bool:
    """Whether a growth can be told by division: a base above 0, and no difference of rates (1.2 个百分点)."""
    return base.value > base.half and not growth.quantity.unit.endswith("点")


def _role(line: Line) -> str | None:
    """Whether a field's own name says that it holds what was planned, or what was done."""
    return words("table-roles").meaning(line.path[-1].text.flat) if line.path else None


def _priced(a: Line, b: Line, c: Line) -> bool:
    """Whether the heads say that a field is one at the price, the standard or the weight of another."""
    weighted = any("加权" in cell.text.flat for cell in c.path[-1:])
    return weighted or ("price" in (meaning(a), meaning(b)) and meaning(c) is None)


def _alone(grid: Grid, line: Line, field: Line) -> Number | None:
    """The figure of a cell that covers one field only."""
    number = grid.number(line, field)
    across = 1 if number is None else number.cell.rowspan if grid.turned else number.cell.colspan
    return number if across == 1 else None


def _span(grid: Grid, number: Number) -> int:
    """Over how many lines a figure's cell goes."""
    return number.cell.colspan if grid.turned else number.cell.rowspan


def _mostly_ratio(column: Sequence[Number | None]) -> bool:
    given = [n for n in column if n is not None]
    return sum(n.ratio for n in given) * 2 > len(given)


def _failing(kind: Kind, power: int, rows: Sequence[tuple[Line, Triple]], share: int) -> list[int] | None:
    """The lines in which a relation fails; None as soon as they are more than one in ``share``.

    Where a head names the relation (one in three or two), failures that miss by less than 1% count half.
    """
    test, most, named = TESTS[kind], 2 * len(rows) // share, share < 5
    found: list[int] = []
    weight = 0
    for i, (_, numbers) in enumerate(rows):
        if not test(numbers, power):
            found.append(i)
            weight += 1 if named and _nearly(kind, power, numbers) else 2
            if weight > most:
                return None
    return found


def _nearly(kind: Kind, power: int, numbers: Triple) -> bool:
    """Whether a relation misses by no more than 1% of its smallest figure."""
    wanted = solve(Relation(kind, *_NO_LINES, power), numbers, numbers[2])
    least = min(abs(n.value) for n in numbers)
    return wanted is not None and wanted.gap(numbers[2].interval) * 100 <= least


_NO_LINES = (Line(0, ()), Line(0, ()), Line(0, ()))


def _enough(
    relation: Relation, rows: Sequence[tuple[Line, Triple]], failing: Sequence[int], least: tuple[int, int]
) -> bool:
    """Whether the lines that hold are enough, and tell enough digits, for it to be no chance."""
    left = set(failing)
    held = [t for i, (_, t) in enumerate(rows) if i not in left]
    if len(held) < least[0]:
        return False
    told = {tuple(n.value for n in numbers): _tells(relation, numbers) for numbers in held}
    return sum(1 for t in told.values() if t) >= least[0] and sum(told.values()) >= least[1]


def _tells(relation: Relation, numbers: Triple) -> int:
    """How much a line that holds tells, in digits; 0 if anything could have held there, as with a factor of 1 (100 in
    a column of per cents)."""
    kind = relation.kind
    plain = [n.value * scale_of(n) for n in numbers]
    if any(v == 0 for v in plain) or (kind != "sum" and any(abs(v) == 1 for v in plain)):
        return 0
    if kind == "product" and any(v.scaleb(relation.power) == 1 for v in plain[:2]):
        return 0
    if kind == "product" and not any(n.half for n in numbers[:2]):
        return min(_digits(numbers[2]), _sharp(numbers[2]), 4)
    return min(min(_digits(n) for n in numbers), 4)


def _sharp(number: Number) -> int:
    """To how many digits the rounding of a figure leaves it."""
    return 4 if not number.half else max(0, number.value.adjusted() - number.half.adjusted())


def _digits(number: Number) -> int:
    """The digits that a figure tells: 3 of 15,800, but 3 of 8.00 too."""
    value = number.value if number.quantity.precision else number.value.normalize()
    return len(value.as_tuple().digits)


def _power(kind: Kind, rows: Sequence[tuple[Line, Triple]]) -> int | None:
    """The power of ten between a product and its factors (元 and 万元), by the most of the first lines that tell it."""
    if kind != "product":
        return 0
    told: list[int] = []
    for _, numbers in rows[:4]:
        a, b, c = (n.value * scale_of(n) for n in numbers)
        if a and b and c:
            quotient = c / (a * b)
            nearest = quotient.adjusted()
            fits = [
                p for p in (nearest, nearest + 1) if p in _POWERS and abs(quotient.scaleb(-p) - 1) < _ABOUT
            ]
            told += fits[:1]
            if len(told) == 2 and told[0] == told[1]:
                break
    return max(told, key=told.count) if told else None
