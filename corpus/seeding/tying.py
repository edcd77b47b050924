"""Derives the ties of a sheet: declared sums found in the text, totals of tables and forms, and figures printed again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from seeding.figures import distinctive
from seeding.forms import form_ties
from seeding.sheet import HAN, Sheet, Spot, Table
from seeding.ties import Formula, Repeated, Tie, addition, parsed, same

CONSTANTS = {"1", "10", "12", "100", "365", "1,000", "1000", "10,000", "10000"}
TOTAL = re.compile(r"^(?:全年|本年)?(?:合\s*计|总\s*计|小\s*计|总\s*额)")
NOTHING = re.compile(r"^(?:绩效|产出|效益|满意度|数量|质量|时效|成本|社会效益|经济效益|服务对象满意度)?指标$|总体目标$|^\d|项目资金")
PERIOD = re.compile(r"上年|去年|同期|年初|上半年|下半年|季度|累计|由")
AIM = re.compile(r"目标|指标值|不低于|不少于|不高于|不超过|以上|控制|[≥≤><]")
WORDS = re.compile(r"单位|项目|万元|其中|金额|指标|全年|本年|年度")


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


def declared(sheet: Sheet, line: str) -> Iterator[Formula]:
    """A declared sum wherever one passage prints all its figures: a sentence, else a cell, row, column or table."""
    text, operands = parsed(line)
    for level in LEVELS:
        made = [f for group in level(sheet) if (f := _bound(text, operands, group, level is in_sentences))]
        if made:
            yield from made
            return


def _bound(text: str, operands: tuple[str, ...], group: list[Spot], prose: bool) -> Formula | None:
    """A formula bound to the spots of one passage; None if one of its figures is not there."""
    left = list(group)
    places: list[Spot | None] = []
    for operand in operands:
        spot = next((s for s in left if same(s.text, operand)), None)
        if spot is None and (operand not in CONSTANTS or not re.search(r"[*/]", text)):
            return None
        if spot is not None:
            left.remove(spot)
        places.append(spot)
    kept = [s for s in places if s is not None]
    if len(kept) < 2 or places[-1] is None:
        return None
    return Formula(text, operands, tuple(places), _family(text, places[-1], prose), _subjects(places[-1]))


def _family(text: str, result: Spot, prose: bool) -> tuple[str, ...]:
    """The rules that should find a break of the relation."""
    if prose:
        return ("sentence-arithmetic",)
    if "执行率" in result.label + result.head:
        return ("execution-rate",)
    if "分" in result.head or result.unit == "分":
        return ("score-by-rule", "rate-score")
    return ("column-relations",) if re.search(r"[-*/]", text) else ("table-totals",)


def _subjects(spot: Spot) -> tuple[str, ...]:
    said = [*spot.labels, *HAN.findall(spot.label)[-1:]]
    return tuple(dict.fromkeys(s for s in said if 2 < len(s) <= 20 and not NOTHING.search(s)))


def _grouped(spots: Iterable[Spot], keys: object) -> list[list[Spot]]:
    groups: dict[object, list[Spot]] = defaultdict(list)
    for spot in spots:
        for key in keys(spot):  # type: ignore[operator]
            groups[key].append(spot)
    return list(groups.values())


def in_sentences(sheet: Sheet) -> list[list[Spot]]:
    return _grouped((s for s in sheet.spots if not s.whole_cell), lambda s: [s.sentence])


def in_passages(sheet: Sheet) -> list[list[Spot]]:
    return _grouped((s for s in sheet.spots if not s.whole_cell), lambda s: [s.cell.start if s.cell else s.block])


def in_rows(sheet: Sheet) -> list[list[Spot]]:
    cells = [s for s in sheet.spots if s.cell]
    return _grouped(cells, lambda s: [(s.cell.table, s.cell.row + n) for n in range(s.cell.rows)])


def in_columns(sheet: Sheet) -> list[list[Spot]]:
    return _grouped((s for s in sheet.spots if s.cell), lambda s: [(s.cell.table, s.cell.col)])


def in_tables(sheet: Sheet) -> list[list[Spot]]:
    return _grouped((s for s in sheet.spots if s.cell), lambda s: [s.cell.table])


LEVELS = (in_sentences, in_passages, in_rows, in_columns, in_tables)


def totals(sheet: Sheet, table: Table) -> Iterator[Formula]:
    """Each column of a total row that closes a table without indicators, where its parts are figures."""
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
            yield addition(parts, column[-1], ("table-totals",), (labels[0],))
        first = r + 1


def _no_sum(total: Spot) -> bool:
    """Rates, means and unit prices do not add up; shares do."""
    return bool(re.search(r"率|增长|增幅|均|单价|比例|得分率", total.head)) and not re.search("比重|占比", total.head)


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
                raise ValueError(f"{sheet.source.name}: {plain!r} occurs {sheet.source.text.count(plain)} times")
            at = sheet.source.text.index(plain) + snippet.index("[")
            spots.append(next(s for s in sheet.spots if s.start == at))
        if len({s.value for s in spots}) != 1:
            raise ValueError(f"{sheet.source.name}: {line} are not one figure")
        yield Repeated(tuple(spots), ("values-disagree",), _subjects(spots[0]))


def repeated(sheet: Sheet) -> Iterator[Repeated]:
    """Figures printed again under the same words: three words' characters shared, four for a short figure."""
    by_value: dict[object, list[Spot]] = defaultdict(list)
    for spot in sheet.spots:
        if spot.value:
            by_value[spot.value].append(spot)
    for spots in by_value.values():
        for a, b in combinations(spots, 2):
            apart = a.sentence != b.sentence and (a.block != b.block or not (a.whole_cell and b.whole_cell))
            if apart and one_fact(a, b):
                yield Repeated((a, b), ("values-disagree",), _subjects(a) + _subjects(b))


def one_fact(a: Spot, b: Spot) -> bool:
    """Whether two equal figures are said to be the same thing."""
    units = {a.unit, b.unit} - {""}
    if len(units) > 1 or not units or units == {"分"} or set(re.sub(r"\D", "", a.text).strip("0")) <= {"1"}:
        return False
    if set(PERIOD.findall(a.label)) != set(PERIOD.findall(b.label)) or _aim(a) != _aim(b):
        return False
    need = 3 if distinctive(a.text) else 4
    return shared(a.label, b.label) >= need


def _aim(spot: Spot) -> bool:
    """Whether a figure says what is aimed at."""
    return bool(AIM.search(spot.label + spot.head if spot.whole_cell else spot.label[-8:]))


def shared(a: str, b: str) -> int:
    """The longest run of characters that two labels share, words that say nothing left out."""
    a, b = WORDS.sub("｜", a), WORDS.sub("＊", b)
    best = 0
    for run in HAN.findall(a):
        for i in range(len(run)):
            while i + best < len(run) and run[i : i + best + 1] in b:
                best += 1
    return best
