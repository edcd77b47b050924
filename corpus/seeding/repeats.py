"""Figures that a source prints again under the same words: one fact stated twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from seeding.figures import distinctive
from seeding.sheet import HAN, Sheet, Spot
from seeding.ties import Repeated

PERIOD = re.compile(r"上年|去年|同期|年初|上半年|下半年|季度|累计|由|得分率|合同|占|比重")
AIM = re.compile(r"目标|指标值|不低于|不少于|不高于|不超过|以上|控制|[≥≤><]")
WORDS = re.compile(r"单位|项目|万元|其中|金额|指标|全年|本年|年度")


def repeated(sheet: Sheet) -> Iterator[Repeated]:
    """Figures printed again under the same words: three words' characters shared, four for a short figure."""
    by_value: dict[object, list[Spot]] = defaultdict(list)
    for spot in sheet.spots:
        if spot.value:
            by_value[spot.value].append(spot)
    for spots in by_value.values():
        for a, b in combinations(spots, 2):
            apart = (
                a.sentence != b.sentence
                and not _two_forms(sheet, a, b)
                and (a.block != b.block or not (a.whole_cell and b.whole_cell))
            )
            if apart and one_fact(a, b):
                family = "targets-disagree" if _aim(a) else "values-disagree"
                yield Repeated((a, b), (family,), a.names + b.names)


def _two_forms(sheet: Sheet, a: Spot, b: Spot) -> bool:
    """Whether two figures stand in different forms of one file, which speak of different projects."""
    tables = {s.cell.table for s in (a, b) if s.cell and sheet.tables[s.cell.table].forms}
    return len(tables) > 1 and sheet.source.about["kind"] != "evaluation_report"


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
    """Whether a figure says what is aimed at: by its column's head, its sign, the goal that it stands in."""
    if spot.whole_cell:
        return bool(AIM.search(spot.before + spot.head))
    where = spot.head or "".join(spot.labels[-1:]) or spot.section
    if re.search("完成|实际|过程|结果", where):
        return bool(AIM.search(spot.label[-8:]))
    return bool(AIM.search(spot.label[-8:]) or re.search("目标", where))


def shared(a: str, b: str) -> int:
    """The longest run of characters that two labels share, words that say nothing left out."""
    a, b = WORDS.sub("｜", a), WORDS.sub("＊", b)
    best = 0
    for run in HAN.findall(a):
        for i in range(len(run)):
            while i + best < len(run) and run[i : i + best + 1] in b:
                best += 1
    return best
