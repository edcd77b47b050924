"""Which amount an execution rate is taken of, where several stand beside it: 预算安排, 到位资金, 调整后预算."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Cell, Table
from extractor.facts import BudgetLine, Figure, Form
from extractor.quantity import Quantity, normal
from extractor.recognise.figures import figure
from extractor.rules.fund._lines import amount, rate, share

_FORMULA = regex.compile(r"([A-Z①-⑳])\s*[/÷]\s*([A-Z①-⑳])")
_SYMBOL = regex.compile(r"\(([A-Z①-⑳])\)|([①-⑳])(?:\s*=.*)?$|(?<=[数额金款])([A-Z])$")
_MONEY = regex.compile(r"预算|到位|下达|拨付|安排|收到|批复|计划|指标|投资|资金|调整")
_SURE = 2


def told_base(reading: Reading, line: BudgetLine) -> Figure | None:
    """The figure that the formula in the rate's head divides by (执行率⑤=③/②); None if none is written."""
    table, row = _table(reading, line)
    if table is None or line.rate is None or line.rate.text.home.col is None:
        return None
    formula = next(
        (f for c in _above(table, row, line.rate.text.home.col) if (f := _FORMULA.search(_plain(c)))), None
    )
    if formula is None:
        return None
    for cell in table.row(row):
        if any(_symbol(head) == formula[2] for head in _above(table, row, cell.col)):
            return _amount(cell, line)
    return None


def usual_base(reading: Reading, form: Form, line: BudgetLine, name: str) -> Figure | None:
    """Another column of amounts of which the rates of this form are taken: in at least two lines it alone fits."""
    of = getattr(line, name)
    if of is None or line.executed is None:
        return None
    fits: dict[int, int] = {}
    for other in form.budget:
        base = getattr(other, name)
        if base is None or _holds(other, base):
            continue
        for col, found in _others(reading, other):
            fits[col] = fits.get(col, 0) + _holds(other, found)
    likely = [col for col, count in fits.items() if count >= _SURE and count == max(fits.values())]
    return next((f for c, f in _others(reading, line) if c in likely), None)


def _others(reading: Reading, line: BudgetLine) -> Sequence[tuple[int, Figure]]:
    """The other amounts of a line's row whose heads speak of money."""
    table, row = _table(reading, line)
    known = {f.text.home.col for f in (line.executed, line.rate, line.score, line.weight) if f is not None}
    if table is None:
        return ()
    return [
        (cell.col, found)
        for cell in table.row(row)
        if cell.row == row and cell.col not in known
        if any(_MONEY.search(c.text.flat) for c in _above(table, row, cell.col))
        if (found := _amount(cell, line)) is not None
    ]


def _holds(line: BudgetLine, base: Figure) -> bool:
    stated, executed, whole = rate(line.rate), amount(line.executed), amount(base)
    if stated is None or executed is None or whole is None or executed.unit != whole.unit:
        return False
    computed = share(executed, whole)
    return computed is not None and stated.interval().meets(computed) and not _plainly(stated)


def _plainly(stated: Quantity) -> bool:
    """Whether a rate tells nothing of its base."""
    return stated.value in (Decimal(0), Decimal(100))


def _table(reading: Reading, line: BudgetLine) -> tuple[Table | None, int]:
    home = line.executed.text.home if line.executed is not None else line.place
    table = next((t for t in reading.document.tables if t.number == home.table), None)
    return (table, home.row or 0) if home.row is not None else (None, 0)


def _above(table: Table, row: int, col: int) -> list[Cell]:
    """The cells above a row in a column, from below: only what has words."""
    found = [table.at(r, col) for r in range(row - 1, -1, -1)]
    return [c for c in found if c is not None and regex.search(r"\p{Han}", c.text.flat)]


def _plain(cell: Cell) -> str:
    return normal(cell.text.flat)


def _symbol(cell: Cell) -> str:
    found = _SYMBOL.search(_plain(cell))
    return str(found[1] or found[2] or found[3]) if found else ""


def _amount(cell: Cell, line: BudgetLine) -> Figure | None:
    """A cell as an amount in the unit of the line's spending."""
    executed = amount(line.executed)
    found = figure(cell.text, executed.unit if executed is not None else "")
    return found if amount(found) is not None else None
