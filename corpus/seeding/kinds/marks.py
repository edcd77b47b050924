"""Wrong marks that are no plain figures: a grade, a document number, a date, a name, a scoring rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from seeding.figures import NUMBER, digit_slips, swaps
from seeding.kinds import kind
from seeding.plot import Plot, Seed
from seeding.sheet import Cell, Entry

GRADE = re.compile(
    r"(?:等级|级别|评定|评价结果|评级)[^，。；]{0,8}?[“\"]?(优秀|良好|合格|优|良|中|差)[”\"]?(?=[，。；”级档]|$)"
)
SCALE = re.compile(r"分[^。]{0,12}(?:优|良)[^。]{0,40}分[^。]{0,12}(?:良|中|合格)")
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
    r"(?:开始|起始|开工)[^|]{0,6}\|\s*(\d{4})(-\d{2}-\d{2})\s*\|[^|]{0,4}[^|]*(?:完成|结束|竣工|终止)[^|]*\|\s*(\d{4})-\d{2}-\d{2}"
)
SYNONYMS = [
    pair.split("/")
    for pair in (
        "及时率/完成率 满意度/知晓率 合规性/安全性 健全性/完整性 有效性/规范性 完成率/达标率 合格率/优良率 覆盖率/利用率 "
        "规范性/严谨性 合理性/可行性 建成数/覆盖率 完好率/使用率 执行率/到位率 到位率/使用率 达标率/合格率"
    ).split()
]


@kind("grade", "等级写错")
def grade(plot: Plot) -> Iterator[Seed]:
    found = list(GRADE.finditer(plot.text))
    if not found or not (SCALE.search(plot.text) or len(found) > 1):
        return
    for mark in plot.drawn(found):
        new = OTHER_GRADES[mark[1]]
        score = tuple(s.text for s in plot.sheet.spots if s.unit == "分" and 0 < mark.start() - s.start < 40)
        subjects = ("等级", "评级", "综合得分")
        yield Seed("grade", *mark.span(1), new, new, mark[1], (*score, mark[1]), subjects, (), ("grade",))


@kind("document-number", "文号写错")
def document_number(plot: Plot) -> Iterator[Seed]:
    places: dict[str, list[re.Match[str]]] = defaultdict(list)
    for mark in DOCUMENT.finditer(plot.text):
        places[mark[1]].append(mark)
    for title, marks in plot.drawn(places.items()):
        mark = plot.rng.choice(marks)
        if len(marks) > 1 and len({m[0] for m in marks}) == 1:
            year = plot.rng.random() < 0.5
            group = 3 if year else 4
            wrong = (
                str(int(mark[3]) - 1)
                if year
                else next(iter([*swaps(mark[4], plot.rng), *digit_slips(mark[4], plot.rng)]))
            )
            said = f"〔{wrong}〕{mark[4]}号" if year else f"〔{mark[3]}〕{wrong}号"
            against = (f"〔{mark[3]}〕{mark[4]}号",)
            yield Seed(
                "document-number",
                *mark.span(group),
                wrong,
                said,
                mark[0],
                against,
                (title,),
                (),
                ("document-numbers-disagree",),
            )


@kind("date-order", "日期先后颠倒")
def date_order(plot: Plot) -> Iterator[Seed]:
    for mark in plot.drawn(RANGE.finditer(plot.text)):
        last = int(mark[3])
        if last < 12:
            new = str(plot.rng.randint(last + 1, 12))
            said = f"{new}月{mark[2]}日"
            against = (f"{mark[3]}月{mark[4]}日",)
            yield Seed(
                "date-order",
                *mark.span(1),
                new,
                said,
                f"{mark[1]}月{mark[2]}日",
                against,
                ("日期",),
                (),
                ("dates-out-of-order",),
            )
    for mark in plot.drawn(ISO.finditer(plot.text)):
        new = str(int(mark[3]) + 1)
        yield Seed(
            "date-order",
            *mark.span(1),
            new,
            new + mark[2],
            mark[1] + mark[2],
            (),
            ("日期",),
            (),
            ("dates-out-of-order",),
        )


@kind("scoring-rule", "评分标准前后不符")
def scoring_rule(plot: Plot) -> Iterator[Seed]:
    places: dict[str, list[Cell]] = defaultdict(list)
    for entry in plot.sheet.entries:
        if "rule" in entry.cells:
            places[entry.key].append(entry.cells["rule"])
    names = {e.key: e.name for e in plot.sheet.entries}
    for key, cells in plot.drawn(places.items()):
        if len(cells) < 2:
            continue
        cell = plot.rng.choice(cells)
        other = next(c for c in cells if c != cell)
        for number in plot.drawn(NUMBER.finditer(cell.text)):
            tail = cell.text[number.end() : number.end() + 2]
            if number[0] + tail not in other.text or number[0] == "100":
                continue
            new = next(
                n
                for n in [*swaps(number[0], plot.rng), *digit_slips(number[0], plot.rng)]
                if n + tail not in other.text
            )
            start = cell.start + number.start()
            against = (number[0],)
            yield Seed(
                "scoring-rule",
                start,
                start + len(number[0]),
                new,
                new,
                number[0],
                against,
                (names[key],),
                (),
                ("scoring-rules-disagree",),
            )
            break


@kind("name", "指标名称前后不符")
def name(plot: Plot) -> Iterator[Seed]:
    places: dict[str, list[Entry]] = defaultdict(list)
    for entry in plot.sheet.entries:
        if entry.code:
            places[entry.code].append(entry)
    for code, entries in plot.drawn(places.items()):
        if len(entries) < 2 or len({e.name for e in entries}) > 1:
            continue
        entry = plot.rng.choice(entries)
        fits = [(a, b) for a, b in SYNONYMS if entry.name.endswith(a)]
        if not fits:
            continue
        word, new = fits[0]
        end = entry.cells["name"].end
        said = entry.name[: -len(word)] + new
        yield Seed(
            "name",
            end - len(word),
            end,
            new,
            said,
            entry.name,
            (),
            (entry.name, code),
            (),
            ("names-disagree",),
        )
