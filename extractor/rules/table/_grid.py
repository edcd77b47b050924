"""Data tables as numbers: which rows are heads, which columns hold figures, what each figure's unit and
rounding is.

A ``Grid`` can be looked at by its rows or, turned, by its columns: ``lines`` are what is added up
(rows, or the
columns of the turned grid), ``fields`` what runs across them. Rules are written once and hold both ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from extractor.document import Cell, Table
from extractor.facts import Figure
from extractor.quantity import Interval, Quantity, Unit, unit_of

State = Literal["number", "dash", "blank", "words", "merged"]


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a table: printed ``value``, the half width of its rounding, 0 when it is exact."""

    cell: Cell
    figure: Figure
    half: Decimal = Decimal(0)

    @property
    def quantity(self) -> Quantity:
        assert self.figure.quantity is not None
        return self.figure.quantity

    @property
    def value(self) -> Decimal:
        return self.quantity.value

    @property
    def text(self) -> str:
        """The figure as printed."""
        return self.figure.string

    @property
    def ratio(self) -> bool:
        """Whether it is a per cent or per mille."""
        return self.quantity.dimension == "ratio"

    @property
    def interval(self) -> Interval:
        """What it stands for, in its unit as printed."""
        return Interval(self.value - self.half, self.value + self.half)

    @property
    def spot(self) -> tuple[int, int]:
        """Row and column."""
        return self.cell.row, self.cell.col


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of figures: its number in the table, and the cells that name it, the widest first."""

    at: int
    path: tuple[Cell, ...]
    kind: str = "item"
    depth: int = 0
    part: bool = False

    @property
    def label(self) -> str:
        """What it is called: 2019年/实际支付; the number of a row counts only where there is nothing else."""
        names: list[str] = []
        for cell in self.path:
            if cell.text.flat not in names:
                names.append(cell.text.flat)
        named = [n for n in names if not (n.isdecimal() and len(n) < 4)]
        return "/".join(named or names)

    @property
    def name(self) -> str:
        """Its own name, the last of its label."""
        return self.label.rsplit("/", 1)[-1] if len(self.path) > 1 else self.label


@dataclass(frozen=True)
class Grid:
    """The figures of one table, by line and field."""

    table: Table
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    numbers: Mapping[tuple[int, int], Number]
    states: Mapping[tuple[int, int], State]
    unit: str = ""
    turned: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is added up: the rows, of a turned grid the columns."""
        return self.columns if self.turned else self.rows

    @property
    def fields(self) -> tuple[Line, ...]:
        """What runs across the lines."""
        return self.rows if self.turned else self.columns

    @cached_property
    def other(self) -> Grid:
        """The same grid by its columns."""
        return replace(self, turned=not self.turned)

    def number(self, line: Line, field: Line) -> Number | None:
        """The figure where a line and a field meet, of a merged cell only where it begins."""
        return self.numbers.get((field.at, line.at) if self.turned else (line.at, field.at))

    def state(self, line: Line, field: Line) -> State:
        """What stands where a line and a field meet."""
        return self.states.get((field.at, line.at) if self.turned else (line.at, field.at), "blank")

    @property
    def title(self) -> str:
        """How messages name the table."""
        return titled(self.table)

    def unit_of(self, number: Number) -> Unit:
        """The unit of a figure: its own or its head's, else the table's unit line's."""
        return unit_of(number.quantity.unit or self.unit)

    def base(self, number: Number) -> Interval:
        """What a figure stands for in base units."""
        return number.interval.scaled(self.unit_of(number).scale)

    def called(self, line: Line) -> str:
        """A line in words: “合计”行, of a turned grid “合计”列."""
        kind = "列" if self.turned else "行"
        return f"“{self.brief(line)}”{kind}" if line.label else f"第{line.at + 1}{kind}"

    def field_called(self, field: Line) -> str:
        """A field in words."""
        return self.other.called(field)

    def brief(self, line: Line) -> str:
        """A line's own name where no other of its side has it, else its whole label."""
        return line.label if self._names[line.name] > 1 else line.name

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(line.name for line in (*self.rows, *self.columns))


def titled(table: Table) -> str:
    """How messages name a table: its caption, else its number."""
    return table.caption.flat if table.caption else f"第{table.number + 1}张表格"
