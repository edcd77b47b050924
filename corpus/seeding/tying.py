"""Derives the ties of a sheet: of its forms, its declared sums, its tables' totals, figures printed again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seeding.forms import form_ties
from seeding.formulas import declared
from seeding.repeats import repeated
from seeding.sheet import HAN, Sheet, Spot, Table
from seeding.ties import Formula, Repeated, Tie, addition

TOTAL = re.compile(r"^(?:全年|本年)?(?:合\s*计|总\s*计|小\s*计|总\s*额)")


def ties_of(sheet: Sheet) -> list[Tie]:
    """All ties of a clean source; ValueError if a total or a declared tie does not hold."""
    found: list[Tie] = list(form_ties(sheet))
    for table in sheet.tables:
        found += totals(sheet, table)
    known = {t.places[-1] for t in found if isinstance(t, Formula)}
    for line in sheet.source.about.get("sums", []):
        found += (f for f in declared(sheet, line) if f.places[-1] not in known or not f.adds)
    found += snippets(sheet)
    found += repeated(sheet)
    return found


def totals(sheet: Sheet, table: Table) -> Iterator[Formula]:
    """Each column of a total row that closes a table without indicators, where its parts are figures that add up.

    A total that lies among its parts is a mean (满意度), one that its parts make twice has subtotals among them;
    a source's own ``sums`` tell what must hold."""
    if table.forms:
        return
    first = 1
    for r in range(1, len(table.lines)):
        labels = [c.text for c in table.row(r) if HAN.search(c.text)]
        if not labels or not TOTAL.match(labels[0]):
            continue
        for col in range(1, table.n_cols):
            column = [_figure(sheet, table, n, col) for n in range(first, r + 1)]
            parts = [s for s in column[:-1] if s is not None]
            if column[-1] is None or len(parts) != len(column) - 1 or len(parts) < 2 or _no_sum(column[-1]):
                continue
            if _adds(parts, column[-1]):
                yield addition(parts, column[-1], ("table-totals",), (labels[0],))
        first = r + 1


def _no_sum(total: Spot) -> bool:
    """Rates, means and unit prices do not add up; shares do."""
    return bool(
        re.search(r"率|满意度|增长|增幅|均|单价|比例|得分率|占本|占该|占其", total.head)
    ) and not re.search("比重|占比", total.head)


def _adds(parts: list[Spot], total: Spot) -> bool:
    values = [p.value for p in parts]
    return not (min(values) <= total.value <= max(values)) and 2 * total.value != sum(values)


def _figure(sheet: Sheet, table: Table, row: int, col: int) -> Spot | None:
    cell = table.cells[row, col]
    found = [s for s in sheet.at(cell) if s.whole_cell] if cell.row == row and cell.col == col else []
    return found[0] if len(found) == 1 else None


def snippets(sheet: Sheet) -> Iterator[Repeated]:
    """The declared ties: strings of the text, each with the figure in [ ], that state one fact."""
    for line in sheet.source.about.get("ties", []):
        spots = []
        for snippet in line:
            plain = re.sub(r"[\[\]]", "", snippet)
            if sheet.source.text.count(plain) != 1:
                raise ValueError(
                    f"{sheet.source.name}: {plain!r} occurs {sheet.source.text.count(plain)} times"
                )
            at = sheet.source.text.index(plain) + snippet.index("[")
            spots.append(next(s for s in sheet.spots if s.start == at))
        if len({s.value for s in spots}) != 1:
            raise ValueError(f"{sheet.source.name}: {line} are not one figure")
        yield Repeated(tuple(spots), ("values-disagree",), tuple(n for s in spots for n in s.names))
