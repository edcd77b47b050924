"""Tables of a document to grids: heads, label columns and columns of figures told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import regex

from extractor.claims import Reading
from extractor.document import Cell, Table
from extractor.facts import Figure
from extractor.quantity import Quantity, normal
from extractor.recognise.units import unit_in_brackets, unit_in_line
from extractor.rules._once import once
from extractor.rules.table._grid import Grid, Line, Number, State
from extractor.rules.table._marks import figures as figures_of
from extractor.rules.table._marks import is_dash
from extractor.rules.table._numbering import depth, is_part
from extractor.rules.table._percents import percents, scored
from extractor.rules.table._whole import with_sums, with_whole
from extractor.vocabulary import words

_PERIOD = regex.compile(
    r"(?:19|20)\d\d(?:[-—至~](?:19|20)\d\d)?\s*年?.{0,6}|\d{1,2}\s*月份?|[第一二三四1-4]{1,2}\s*季度"
)
_COUNTED = regex.compile(r"[人次件户个辆台套份条宗项场只所家]|数|量")
_LARGEST = 20000


@once
def grids(reading: Reading) -> tuple[Grid, ...]:
    """The grids of a document's tables, those without a column of figures left out; read once a document."""
    return tuple(g for t in reading.document.tables if (g := grid_of(t)) is not None)


def grid_of(table: Table) -> Grid | None:
    """A table as figures; None if no column holds any."""
    if table.n_rows < 2 or table.n_cols < 2 or table.n_rows * table.n_cols > _LARGEST * 10:
        return None
    figures = figures_of(table)
    first = _first_body_row(table, figures)
    columns = [c for c in range(table.n_cols) if _is_figures(table, c, first, figures)]
    if not columns:
        return None
    labels = list(range(columns[0])) or [0]
    heads = tuple(_line(c, _path([table.at(r, c) for r in range(first)])) for c in columns)
    rows = tuple(_row_line(table, r, labels, columns, figures) for r in range(first, table.n_rows))
    return _filled(table, with_whole(table, rows), heads, figures)


def _filled(
    table: Table, rows: tuple[Line, ...], columns: tuple[Line, ...], figures: Mapping[tuple[int, int], Figure]
) -> Grid:
    """The grid with every figure's unit and rounding."""
    unit = (
        unit_in_line(table.unit.string)
        if table.unit
        else unit_in_brackets(table.caption.string if table.caption else "")
    )
    states: dict[tuple[int, int], State] = {}
    found: dict[tuple[int, int], Figure] = {}
    own = {c.at: unit_in_brackets(c.label) for c in columns}
    for row in rows:
        named = unit_in_brackets(row.label)
        for column in columns:
            cell = table.at(row.at, column.at)
            states[row.at, column.at] = _state(cell, row.at, column.at, figures)
            if cell and states[row.at, column.at] == "number":
                found[row.at, column.at] = _with_unit(figures[row.at, column.at], own[column.at] or named)
    found = _as_percents(found, rows, columns)
    numbers = _rounded(table, found, rows, columns, unit)
    return with_sums(Grid(table, rows, columns, numbers, states, unit))


def _as_percents(
    figures: dict[tuple[int, int], Figure], rows: tuple[Line, ...], columns: tuple[Line, ...]
) -> dict[tuple[int, int], Figure]:
    """The figures, those of shares and rates without a unit in per cent."""
    by_row: dict[int, list[Figure]] = {}
    by_column: dict[int, list[Figure]] = {}
    for (row, col), figure in figures.items():
        by_row.setdefault(row, []).append(figure)
        by_column.setdefault(col, []).append(figure)
    across = frozenset() if scored(columns) else percents(rows, by_row)
    down = frozenset() if scored(rows) else percents(columns, by_column)
    return {
        (row, col): _with_unit(figure, "%" if row in across or col in down else "")
        for (row, col), figure in figures.items()
    }


def _with_unit(figure: Figure, unit: str) -> Figure:
    quantity = figure.quantity
    return (
        Figure(figure.text, replace(quantity, unit=unit))
        if quantity and unit and not quantity.unit
        else figure
    )


def _rounded(
    table: Table,
    figures: Mapping[tuple[int, int], Figure],
    rows: tuple[Line, ...],
    columns: tuple[Line, ...],
    unit: str,
) -> dict[tuple[int, int], Number]:
    """The figures with their rounding: those of one series share its largest number of decimals (10
    beside 9.95)."""
    across = _runs_across(columns)
    labels = {("r", r.at): r.label for r in rows} | {("c", c.at): c.label for c in columns}
    digits: dict[tuple[int, bool], int] = {}
    for spot, figure in figures.items():
        assert figure.quantity is not None
        key = (spot[0] if across else spot[1], figure.quantity.dimension == "ratio")
        digits[key] = max(digits.get(key, 0), min(figure.quantity.precision, 8))
    means = {key for key, label in labels.items() if _says_mean(label)}
    numbers = {}
    for spot, figure in figures.items():
        quantity = figure.quantity
        assert quantity is not None
        series = spot[0] if across else spot[1]
        label = labels["r" if across else "c", series]
        half = _half(quantity, digits[series, quantity.dimension == "ratio"], label, unit)
        if not half and means & {("r", spot[0]), ("c", spot[1])}:
            half = Decimal(5).scaleb(-quantity.precision - 1)
        cell = table.at(*spot)
        assert cell is not None
        numbers[spot] = Number(cell, figure, half)
    return numbers


def _says_mean(label: str) -> bool:
    """Whether a label names a mean, which is rounded even in 元 and 分: 人均成本, 单位成本."""
    return words("table-fields").meaning(label.rsplit("/", 1)[-1]) == "mean"


def _half(quantity: Quantity, digits: int, label: str, unit: str) -> Decimal:
    """Half a unit in the last place; nothing for counts, and for amounts in 元 written to the 分."""
    digits = max(digits, quantity.precision)
    dimension = quantity.dimension
    if digits == 0 and dimension != "ratio" and (quantity.exact and not _money(label, quantity, unit)):
        return Decimal(0)
    if digits >= 2 and dimension == "money" and quantity.scale == 1:
        return Decimal(0)
    return Decimal(5).scaleb(-digits - 1)


def _money(label: str, quantity: Quantity, unit: str) -> bool:
    """Whether a whole number without a unit of its own is an amount that may have been rounded."""
    if quantity.unit:
        return False
    return bool(unit and "元" in unit and not _COUNTED.search(label))


def _runs_across(columns: tuple[Line, ...]) -> bool:
    """Whether a series runs along the rows: the columns are years or months."""
    periods = [c for c in columns if _PERIOD.fullmatch(normal(c.name).strip())]
    return len(periods) * 2 > len(columns)


def _state(cell: Cell | None, row: int, col: int, figures: Mapping[tuple[int, int], Figure]) -> State:
    if cell is None:
        return "blank"
    if (cell.row, cell.col) != (row, col):
        return "merged"
    if (row, col) in figures:
        return "number"
    if not cell.text:
        return "blank"
    return "dash" if is_dash(cell.text) else "words"


def _first_body_row(table: Table, figures: Mapping[tuple[int, int], Figure]) -> int:
    """The row after the heads: what the format says, else the first with figures that are no years or
    numbering."""
    if table.header_rows:
        return min(table.header_rows, table.n_rows)
    for row in range(min(table.n_rows, 8)):
        values = [figures[row, c].quantity for c in range(1, table.n_cols) if (row, c) in figures]
        if values and not _headlike([q for q in values if q is not None]):
            return row
    return min(1, table.n_rows)


def _headlike(values: list[Quantity]) -> bool:
    """Whether figures are heads themselves: years, or the numbering of the columns."""
    plain = [q.value for q in values if not q.unit and not q.precision]
    if len(plain) < len(values):
        return False
    years = all(1990 <= v <= 2100 for v in plain)
    counted = len(plain) > 2 and all(b - a == 1 for a, b in pairwise(plain)) and plain[0] <= 3
    return years or counted


def _is_figures(table: Table, col: int, first: int, figures: Mapping[tuple[int, int], Figure]) -> bool:
    """Whether a column holds figures in at least half of its filled cells and is no numbering or year."""
    cells = [c for r in range(first, table.n_rows) if (c := table.at(r, col)) and (c.row, c.col) == (r, col)]
    values = [figures[c.row, c.col].quantity for c in cells if (c.row, c.col) in figures]
    filled = sum(1 for c in cells if c.text and not is_dash(c.text))
    if not values or len(values) * 2 < filled:
        return False
    head = table.at(first - 1, col) if first else None
    if head is not None and words("table-fields").meaning(head.text.flat) == "ordinal":
        return False
    return col > 0 or not _counts_up([q for q in values if q is not None])


def _counts_up(values: list[Quantity]) -> bool:
    """Whether the first column's figures are numbering or years."""
    plain = [q.value for q in values if not q.precision and not q.unit]
    if len(plain) < len(values):
        return False
    steps = sum(b - a == 1 for a, b in pairwise(plain))
    return (steps * 2 >= len(plain) - 1 and plain[0] <= 2) or all(1990 <= v <= 2100 for v in plain)


def _row_line(
    table: Table, row: int, labels: list[int], columns: list[int], figures: Mapping[tuple[int, int], Figure]
) -> Line:
    """A row as a line; a row of words only, in mid-table, is a head and parts what is above from what
    is below."""
    line = _line(row, _path([table.at(row, c) for c in labels]))
    cells = [cell for c in columns if (cell := table.at(row, c)) is not None]
    own = {(row, c) for c in columns}
    filled = [c for c in cells if c.text and (c.row, c.col) in own]
    said = [c for c in filled if (c.row, c.col) not in figures and not is_dash(c.text)]
    if len(said) > 1 and len(said) == len(filled):
        return replace(line, kind="head")
    return line


def _path(cells: list[Cell | None]) -> tuple[Cell, ...]:
    """The naming cells from the outermost, each once."""
    found: list[Cell] = []
    for cell in cells:
        if cell is not None and cell.text and all(cell is not c for c in found):
            found.append(cell)
    return tuple(found)


def _line(at: int, path: tuple[Cell, ...]) -> Line:
    kinds = [k for cell in path if (k := words("table-lines").meaning(cell.text.flat))]
    depths = [d for cell in path if (d := depth(cell.text.flat))]
    part = any(is_part(cell.text.flat) for cell in path)
    kind = next((k for k in kinds if k in ("total", "subtotal")), kinds[0] if kinds else "item")
    return Line(at, path, kind, depths[0] if depths else 0, part)


def looks(reading: Reading) -> Iterator[Grid]:
    """Every grid by its rows and by its columns."""
    for grid in grids(reading):
        yield grid
        yield grid.other
