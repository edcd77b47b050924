"""The money of the whole period (实施期、中期) in target declarations: its total and what makes it up."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.document import Cell, Table
from extractor.facts import BudgetLine, Figure, Form
from extractor.quantity import Quantity
from extractor.recognise.figures import figure
from extractor.recognise.funds import PERIOD, TOTAL, item_of, known_item
from extractor.rules.fund._lines import Parted, outer
from extractor.vocabulary import words

_MOST_ROWS = 12


Pair = tuple[Cell, Figure]


def periods(reading: Reading, form: Form) -> Iterator[Parted]:
    """The totals for the whole period of a form as lines of funds, their amounts as the budget."""
    for table in reading.document.tables:
        if table.number in form.tables:
            for cell in table.cells:
                pairs = _of_label(table, cell)
                if len(pairs) > 2:
                    total, *parts = (_line(*pair) for pair in pairs)
                    yield Parted(form, total, tuple(outer(parts)))


def _line(label: Cell, amount: Figure) -> BudgetLine:
    item = item_of(label.text.flat)
    return BudgetLine(item, label.text, item != PERIOD, full_year=amount, place=label.text.home)


def _of_label(table: Table, cell: Cell) -> list[Pair]:
    """The total that a label of the whole period names, then its parts; none if it is no such label."""
    if "期" not in cell.text.string or words("fund-items").meaning(cell.text.flat) != PERIOD:
        return []
    return _beside(table, cell) or _below(table, cell)


def _beside(table: Table, head: Cell) -> list[Pair]:
    """The total at the right of its label, the parts as pairs of label and figure in the rows below."""
    col = head.col + head.colspan
    total = _money(table, head.row, col)
    if total is None:
        return []
    found = [(head, total)]
    for row in range(head.row + 1, min(head.row + _MOST_ROWS, table.n_rows)):
        label, amount = table.at(row, head.col), _money(table, row, col)
        if label is None or label.row != row or amount is None or not known_item(label.text.flat):
            break
        found.append((label, amount))
    return found


def _below(table: Table, head: Cell) -> list[Pair]:
    """The total under its head, in a row of its own (合计), the parts in the rows that follow."""
    found: list[Pair] = []
    first = head.row + head.rowspan
    for row in range(first, min(first + _MOST_ROWS, table.n_rows)):
        label, amount = _label(table, row, head.col), _money(table, row, head.col)
        if label is None or amount is None or not known_item(label.text.flat):
            break
        found.append((label if found else head, amount))
        if len(found) == 1 and known_item(label.text.flat) != TOTAL:
            return []
    return found


def _label(table: Table, row: int, col: int) -> Cell | None:
    """The nearest cell of words before a column that begins in the row."""
    for at in range(col - 1, -1, -1):
        cell = table.at(row, at)
        if cell is not None and cell.row == row and cell.text:
            return cell
    return None


def _money(table: Table, row: int, col: int) -> Figure | None:
    """The plain amount in a field; None for words and blanks."""
    cell = table.at(row, col) if col < table.n_cols else None
    if cell is None or cell.row != row:
        return None
    found = figure(cell.text)
    return found if _plain(found.quantity) else None


def _plain(q: Quantity | None) -> bool:
    return q is not None and not q.op and q.upper is None and q.dimension in ("number", "money")
