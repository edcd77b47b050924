"""The ties of indicator forms: totals of weights and scores, levels' weights, fields stated again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from seeding.entries import head_of
from seeding.sheet import Cell, Entry, Sheet, Spot, Table
from seeding.ties import Formula, Repeated, Tie, addition

LEVEL = re.compile(r"[（(](\d+(?:\.\d+)?)\s*分[）)]$")
SUMS = {"weight": ("weights-total",), "score": ("total-score",)}
FAMILIES = {
    "weight": ("weights-disagree",),
    "score": ("scores-disagree",),
    "target": ("targets-disagree",),
    "actual": ("values-disagree",),
}
SAID = {"weight": re.compile(r"(?:权重|分值|[（(])为?$"), "score": re.compile(r"(?:得|得分|得分为|满分)$")}


def form_ties(sheet: Sheet) -> Iterator[Tie]:
    """All ties that the sheet's forms make."""
    for table in sheet.tables:
        for number, (_, says) in enumerate(table.forms):
            if "head" in says:
                entries = [e for e in sheet.entries if e.form == table.number * 10 + number]
                yield from sums(sheet, table, says, entries)
    yield from stated(sheet)


def figure(sheet: Sheet, cell: Cell | None) -> Spot | None:
    """The one figure that a cell gives; a worksheet's may be followed by words."""
    if cell is None:
        return None
    found = sheet.at(cell)
    return found[0] if found and (len(found) == 1 or found[0].start == cell.start) else None


def sums(sheet: Sheet, table: Table, says: dict[str, str], entries: list[Entry]) -> Iterator[Formula]:
    """The form's totals, with the funds' row where it counts, and the weights that its levels state."""
    start, columns = head_of(table, says)
    last = max((e.cells["name"].row for e in entries), default=start)
    until = says.get("until", r"总\s*分|合\s*计|小\s*计")
    for name, family in SUMS.items():
        if name not in columns:
            continue
        cells = dict.fromkeys(e.cells[name] for e in entries)
        spots = [s for c in cells if (s := figure(sheet, c))]
        rows = range(last + 1, len(table.lines))
        total = next(
            (
                table.cells[r, columns[name]]
                for r in rows
                if any(re.match(until, c.text) for c in table.row(r))
            ),
            None,
        )
        found = figure(sheet, total)
        made = total_of(sheet, table, start, name, spots, found, family) if found else None
        if made:
            yield made
        yield from levels(sheet, table, entries, name, columns)


def total_of(
    sheet: Sheet, table: Table, start: int, name: str, spots: list[Spot], total: Spot, family: tuple[str, ...]
) -> Formula | None:
    """The sum of a form's column with what it lacks, the funds' weight or score above the head; None if they
    are told elsewhere."""
    lack = total.value - sum((s.value for s in spots), Decimal(0))
    if lack:
        heads = re.compile(r"得分|评分" if name == "score" else r"分值|权重|标准分|满分")
        funds = [s for s in sheet.spots if s.cell and s.cell.table == table.number and s.cell.row < start]
        fits = [s for s in funds if s.value == lack and s.whole_cell and heads.search(s.head)]
        if not fits:
            return None
        spots = [*fits[:1], *spots]
    return addition(spots, total, family, ("总分", "合计", "分值", "权重", "得分"))


def levels(
    sheet: Sheet, table: Table, entries: list[Entry], name: str, columns: dict[str, int]
) -> Iterator[Formula]:
    """A level's own weight (产出（40分）) is the sum of the weights beside it."""
    if name != "weight":
        return
    for cell in dict.fromkeys(
        c for (_, col), c in table.cells.items() if col < columns["name"] and c.rows > 1
    ):
        label = LEVEL.search(cell.text)
        inside = [e for e in entries if cell.row <= e.cells["name"].row < cell.row + cell.rows]
        parts = [s for c in dict.fromkeys(e.cells["weight"] for e in inside) if (s := figure(sheet, c))]
        own = [s for s in sheet.at(cell) if label and s.start == cell.start + label.start(1)]
        if own and parts and sum(s.value for s in parts) == own[0].value:
            yield addition(parts, own[0], ("level-weights",), (cell.text[: label.start()] if label else "",))


def stated(sheet: Sheet) -> Iterator[Repeated]:
    """Each field of an indicator that several forms, or forms and prose, state."""
    for field, family in FAMILIES.items():
        places: dict[str, list[Spot]] = defaultdict(list)
        names: dict[str, set[str]] = defaultdict(set)
        for entry in sheet.entries:
            spot = figure(sheet, entry.cells.get(field))
            if spot:
                places[_space(sheet, entry) + entry.key].append(spot)
                names[_space(sheet, entry) + entry.key].add(entry.name)
        if field in SAID:
            for entry, spot in said(sheet, field):
                places[_space(sheet, entry) + entry.key].append(spot)
        for key, spots in places.items():
            mode = max((s.value for s in spots), key=[s.value for s in spots].count)
            agreeing = tuple(dict.fromkeys(s for s in spots if s.value == mode))
            if len(agreeing) > 1:
                yield Repeated(agreeing, family, tuple(names[key]))


def _space(sheet: Sheet, entry: Entry) -> str:
    """Indicators of a report are one set; each form of a file of forms has its own."""
    return "" if sheet.source.about["kind"] == "evaluation_report" else f"{entry.form}:"


def said(sheet: Sheet, field: str) -> Iterator[tuple[Entry, Spot]]:
    """Weights and scores that a paragraph or a worksheet states of the indicator that it begins with."""
    known = {e.key: e for e in sheet.entries}
    for spot in sheet.spots:
        if spot.unit == "分" and SAID[field].search(spot.before) and (entry := about(sheet, spot, known)):
            yield entry, spot


def about(sheet: Sheet, spot: Spot, known: dict[str, Entry]) -> Entry | None:
    """The indicator of the paragraph's first words; of a worksheet, its own."""
    if spot.cell is not None:
        mine = [e for e in sheet.entries if e.form // 10 == spot.cell.table and e.kind == "worksheet"]
        return mine[0] if mine else None
    text = sheet.paragraphs[spot.block][:30]
    fits = [e for e in known.values() if e.name in text and (not e.code or e.code in text)]
    return fits[0] if len(fits) == 1 else None
