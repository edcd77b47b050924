"""One reading of a total computed in one field."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractor.quantity import Interval
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._readings import Sum
from extractor.rules.table._shape import Shape


@dataclass(frozen=True, slots=True)
class Addition:
    """A sum computed in one field: the total as printed, its addends (with -1 for what is taken off),
    what they make."""

    sum: Sum
    line: Line
    field: Line
    total: Number
    addends: tuple[tuple[Number, int], ...]
    computed: Decimal
    half: Decimal
    blanks: int

    @property
    def gap(self) -> Decimal:
        """Printed total less computed sum."""
        return self.total.value - self.computed

    @property
    def holds(self) -> bool:
        return abs(self.gap) <= self.half + self.total.half

    @property
    def near(self) -> bool:
        """Whether it misses by so little (1%) that hardly anything else can have been summed."""
        return abs(self.gap) * 100 <= abs(self.total.value)

    @property
    def telling(self) -> bool:
        """Whether that it holds says something: at least two addends that are not 0, and not only small
        figures."""
        given = [n for n, _ in self.addends if n.value]
        return len(given) > 1 and (
            abs(self.total.value) >= 10 or len(given) > 2 or self.total.quantity.precision > 0
        )

    def should_be(self, number: Number) -> Interval:
        """What one of its figures must be for the sum to hold."""
        if number is self.total:
            return Interval(self.computed - self.half, self.computed + self.half)
        sign = next((s for n, s in self.addends if n is number), 1)
        half = self.half + self.total.half - number.half
        middle = number.value + sign * self.gap
        return Interval(middle - half, middle + half)


def added(shape: Shape, line: Line, field: Line, reading: Sum) -> Addition | None:
    """A reading computed in one field; None where it cannot be judged: words, other units, cells merged
    beyond it."""
    grid = shape.grid
    total = grid.number(line, field)
    if total is None or total.ratio or _reaches(grid, total) > 1:
        return None
    ats = {shape.lines[m].at for m in reading.members}
    addends: list[tuple[Number, int]] = []
    blanks = 0
    for m in reading.members:
        member = shape.lines[m]
        state = grid.state(member, field)
        if state == "words" or (state == "merged" and not _begins_within(grid, member, field, ats)):
            return None
        blanks += state == "blank"
        number = grid.number(member, field)
        if number is None or number.ratio:
            continue
        if not _alike(number, total) or not _ends_within(grid, number, ats):
            return None
        addends.append((number, -1 if _taken_off(member, number, reading) else 1))
    if len(addends) < 2:
        return None
    computed = sum((n.value * s for n, s in addends), Decimal(0))
    half = sum((n.half for n, _ in addends), Decimal(0))
    return Addition(reading, line, field, total, tuple(addends), computed, half, blanks)


def _taken_off(line: Line, number: Number, reading: Sum) -> bool:
    return line.kind == "less" and number.value > 0 and not reading.items


def _reaches(grid: Grid, number: Number) -> int:
    """Over how many lines a figure's cell goes."""
    return number.cell.colspan if grid.turned else number.cell.rowspan


def _begins_within(grid: Grid, line: Line, field: Line, ats: set[int]) -> bool:
    cell = grid.table.at(field.at, line.at) if grid.turned else grid.table.at(line.at, field.at)
    if cell is None:
        return False
    start, across = (cell.col, cell.row) if grid.turned else (cell.row, cell.col)
    return start in ats and across == field.at


def _ends_within(grid: Grid, number: Number, ats: set[int]) -> bool:
    cell = number.cell
    start, span = (cell.col, cell.colspan) if grid.turned else (cell.row, cell.rowspan)
    across = cell.rowspan if grid.turned else cell.colspan
    return across == 1 and all(i in ats for i in range(start, start + span))


def _alike(a: Number, b: Number) -> bool:
    """Whether two figures can be added: the same unit, or one without."""
    if not a.quantity.unit or not b.quantity.unit:
        return a.quantity.scale == b.quantity.scale or not (a.quantity.unit and b.quantity.unit)
    return a.quantity.dimension == b.quantity.dimension and a.quantity.scale == b.quantity.scale
