"""Wrong marks that are no plain figures: a grade, a document number, a date, a name, a scoring rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from seeding.figures import NUMBER, digit_slips, swaps
from seeding.kinds import kind
from seeding.plot import Plot, Seed
from seeding.sheet import Cell, Entry

GRADE = re.compile(
    r"(?:等级|级别|评定|评价结果|评级)[^，。；]{0,8}?[“\"]?(优秀|良好|合格|优|良|中|差)[”\"]?(?=[，。；”级档]|$)"
)
SCALE = re.compile(r"分[^。]{0,12}(?:优|良)[^。]{0,40}分[^。]{0,12}(?:良|中|合格)")
FAMILIES = {
    "grade": "grades-disagree",
    "document-number": "document-numbers-disagree",
    "date-order": "dates-out-of-order",
    "scoring-rule": "scoring-rules-disagree",
    "name": "names-disagree",
}
OTHER_GRADES = {
    "优": "良",
    "良": "优",
    "中": "良",
    "差": "中",
    "优秀": "良好",
    "良好": "优秀",
    "合格": "良好",
}
DOCUMENT = re.compile(r"《([^》]{4,40})》（([^（）〔]{1,12})〔(\d{4})〕(\d+)号）")
RANGE = re.compile(r"(\d{1,2})月(\d{1,2})日\s*(?:至|到|—|-|－|~)\s*(\d{1,2})月(\d{1,2})日")
ISO = re.compile(
    r"(?:开始|起始|开工)[^|]{0,6}\|\s*(\d{4})(-\d{2}-\d{2})\s*\|[^|]{0,4}[^|]*(?:完成|结束|竣工|终止)[^|]*\|\s*(\d{4})(-\d{2}-\d{2})"
)
SYNONYMS = {
    "及时率": "完成率",
    "满意度": "知晓率",
    "合规性": "安全性",
    "健全性": "完整性",
    "有效性": "规范性",
    "完成率": "达标率",
    "合格率": "优良率",
    "覆盖率": "利用率",
    "规范性": "严谨性",
    "合理性": "可行性",
    "建成数": "覆盖率",
    "完好率": "使用率",
    "执行率": "到位率",
    "到位率": "使用率",
    "达标率": "合格率",
}


@kind("grade", "等级写错")
def grade(plot: Plot) -> Iterator[Seed]:
    found = list(GRADE.finditer(plot.text))
    if not found or not (SCALE.search(plot.text) or len(found) > 1):
        return
    for mark in plot.drawn(found):
        new = OTHER_GRADES[mark[1]]
        scores = tuple(s.text for s in plot.sheet.spots if s.unit == "分" and 0 < mark.start() - s.start < 40)
        yield _seed("grade", mark.span(1), new, mark[1], (*scores, mark[1]), ("等级", "评级", "综合得分"))


@kind("document-number", "文号写错")
def document_number(plot: Plot) -> Iterator[Seed]:
    places: dict[str, list[re.Match[str]]] = defaultdict(list)
    for mark in DOCUMENT.finditer(plot.text):
        places[mark[1]].append(mark)
    for title, marks in plot.drawn(places.items()):
        if len(marks) < 2 or len({m[0] for m in marks}) > 1:
            continue
        mark, true = plot.rng.choice(marks), f"〔{marks[0][3]}〕{marks[0][4]}号"
        if plot.rng.random() < 0.5:
            wrong = str(int(mark[3]) - 1)
            seed = _seed("document-number", mark.span(3), wrong, mark[0], (true,), (title,))
            yield replace(seed, said=f"〔{wrong}〕{mark[4]}号")
        else:
            wrong = next(iter([*swaps(mark[4], plot.rng), *digit_slips(mark[4], plot.rng)]))
            seed = _seed("document-number", mark.span(4), wrong, mark[0], (true,), (title,))
            yield replace(seed, said=f"〔{mark[3]}〕{wrong}号")


@kind("date-order", "日期先后颠倒")
def date_order(plot: Plot) -> Iterator[Seed]:
    for mark in plot.drawn(RANGE.finditer(plot.text)):
        if int(mark[3]) < 12:
            new = str(plot.rng.randint(int(mark[3]) + 1, 12))
            against = (f"{mark[3]}月{mark[4]}日",)
            seed = _seed("date-order", mark.span(1), new, f"{mark[1]}月{mark[2]}日", against, ())
            yield replace(seed, said=f"{new}月{mark[2]}日")
    for mark in plot.drawn(ISO.finditer(plot.text)):
        new = str(int(mark[3]) + 1)
        seed = _seed("date-order", mark.span(1), new, mark[1] + mark[2], (mark[3] + mark[4],), ())
        yield replace(seed, said=new + mark[2])


@kind("scoring-rule", "评分标准前后不符")
def scoring_rule(plot: Plot) -> Iterator[Seed]:
    places: dict[str, list[Cell]] = defaultdict(list)
    for entry in plot.sheet.entries:
        if "rule" in entry.cells:
            places[entry.key].append(entry.cells["rule"])
    names = {e.key: e.name for e in plot.sheet.entries}
    for key, cells in plot.drawn(places.items()):
        if len(cells) > 1 and (seed := _other_rule(plot, cells, names[key])):
            yield seed


def _other_rule(plot: Plot, cells: list[Cell], subject: str) -> Seed | None:
    """A figure changed in one of the places that state a scoring rule, where another place has it too."""
    cell = plot.rng.choice(cells)
    other = next(c.text for c in cells if c != cell)
    for number in plot.drawn(NUMBER.finditer(cell.text)):
        tail = cell.text[number.end() : number.end() + 2]
        if number[0] + tail in other and number[0] != "100":
            ways = [*swaps(number[0], plot.rng), *digit_slips(number[0], plot.rng)]
            new = next(n for n in ways if n + tail not in other)
            at = (cell.start + number.start(), cell.start + number.end())
            return _seed("scoring-rule", at, new, number[0], (number[0],), (subject,))
    return None


@kind("name", "指标名称前后不符")
def name(plot: Plot) -> Iterator[Seed]:
    places: dict[str, list[Entry]] = defaultdict(list)
    for entry in plot.sheet.entries:
        if entry.code:
            places[entry.code].append(entry)
    for code, entries in plot.drawn(places.items()):
        entry = plot.rng.choice(entries)
        fits = [(old, new) for old, new in SYNONYMS.items() if entry.name.endswith(old)]
        if len(entries) > 1 and len({e.name for e in entries}) == 1 and fits:
            old, new = fits[0]
            end = entry.cells["name"].end
            seed = _seed("name", (end - len(old), end), new, entry.name, (entry.name,), ())
            said = entry.name.removesuffix(old) + new
            yield replace(seed, said=said, traces=((code,), (said,), (entry.name,)))


def _seed(
    kind: str, at: tuple[int, int], new: str, old: str, against: tuple[str, ...], subjects: tuple[str, ...]
) -> Seed:
    """A defect whose new text is what must be said."""
    return Seed(kind, *at, new, new, old, against, subjects, (), (FAMILIES[kind],))
