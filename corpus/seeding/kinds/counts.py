"""A count that is not that of the things listed, or of the indicators in the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from seeding.kinds import kind
from seeding.plot import Plot, Seed

NUMERALS = "零一二三四五六七八九十"
LISTED = re.compile(
    r"(?:^|[，。；：（]|[由为含及在对按从]|制定了|包括|涉及|覆盖|分为|设有)"
    r"((?:[^、，。；：（）“”\d的等]{1,10}、){1,6}[^、，。；：（）“”\d的等]{1,10}?)等?([两二三四五六七八九])(?:个|项|类|方面|家|种|所|座)"
)
COUNT = re.compile(r"指标共?(?:有|计)?(\d{1,2})[项个]|(\d{1,3})[项个](一级|二级|三级)指标")


@kind("count", "计数写错")
def count(plot: Plot) -> Iterator[Seed]:
    for mark in plot.drawn(LISTED.finditer(plot.text)):
        stands = "二" if mark[2] == "两" else mark[2]
        parts = len(mark[1].split("、"))
        if NUMERALS.index(stands) == parts and parts < 9:
            new = NUMERALS[parts + 1]
            yield Seed(
                "count",
                *mark.span(2),
                new,
                new,
                mark[2],
                (str(parts), stands),
                tuple(mark[1].split("、")),
                (),
                ("counts",),
            )
    for mark in plot.drawn(COUNT.finditer(plot.text)):
        group = 1 if mark[1] else 2
        if _true_count(plot, mark):
            new = str(int(mark[group]) + plot.rng.choice([-1, 1, 2]))
            yield Seed(
                "count", *mark.span(group), new, new, mark[group], (mark[group],), ("指标",), (), ("counts",)
            )


def _true_count(plot: Plot, mark: re.Match[str]) -> bool:
    """Whether a count of indicators is that of the next table, or of the indicator system's level."""
    if mark[1]:
        after = [t for t in plot.sheet.tables if t.lines[0][0] > mark.start() and t.forms]
        rows = [e for e in plot.sheet.entries if after and e.form // 10 == after[0].number]
        return len(rows) == int(mark[1])
    systems = [e for e in plot.sheet.entries if e.kind in ("indicator_system", "score_table")]
    forms = {e.form for e in systems}
    if mark[3] == "三级":
        return any(sum(e.form == f for e in systems) == int(mark[2]) for f in forms)
    column = {"一级": 0, "二级": 1}[mark[3]]
    tables = [plot.sheet.tables[f // 10] for f in forms]
    return any(_distinct(t, column) == int(mark[2]) for t in tables)


def _distinct(table: object, column: int) -> int:
    """How many different cells a column of levels has below the head, total rows left out."""
    cells = {c for (r, col), c in table.cells.items() if col == column and r > 0}  # type: ignore[attr-defined]
    return sum(not re.match(r"合\s*计|总\s*分|总\s*计", c.text) for c in cells)
