"""相邻两年的同一计数完全相同，而同表其他数字都变了，疑似照抄上一年的数字。

只看件数、人次、数量一类的整数，且至少五位有效数字；预算、计划、合同、标准、面积等可以多年不变的数，以及金额、比率，不判断。
至少另有三个数字同时变化，且没有第二个不变的数，才提示核实。

错误示例::

    | 年度 | 网页办理量 | 电话办理量 | 窗口办理量 | 自助终端办理量 |
    |---|---|---|---|---|
    | 2021年 | 40,094 | 232,327 | 379,631 | 55,166 |
    | 2022年 | 47,956 | 247,522 | 382,231 | 61,384 |
    | 2023年 | 32,555 | 175,948 | 645,281 | 61,384 |

正确示例::

    | 年度 | 网页办理量 | 电话办理量 | 窗口办理量 | 自助终端办理量 |
    |---|---|---|---|---|
    | 2021年 | 40,094 | 232,327 | 379,631 | 55,166 |
    | 2022年 | 47,956 | 247,522 | 382,231 | 61,384 |
    | 2023年 | 32,555 | 175,948 | 645,281 | 61,348 |
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.quantity import normal
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._reading import looks
from extractor.rules.table._shape import TOTALS
from extractor.rules.table._wording import cell_evidence

_YEAR = regex.compile(r"((?:19|20)\d\d)\s*年?度?")
_STEADY = regex.compile(
    r"预算|计划|目标|合同|标准|定额|编制|核定|面积|户籍|人口|批复|申报|指标|长度|里程|容量|总数|存量|在册|资产|价|费|资金|金额|收入|支出|成本|款|元"
)
_DIGITS = 5
_OTHERS = 3


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each count that is the same to the last digit as the year before while the others
    moved."""
    for grid in looks(reading):
        if "元" in grid.unit or _STEADY.search(grid.title):
            continue
        years = [
            (int(y[1]), line) for line in grid.lines if (y := _YEAR.fullmatch(normal(line.name).strip()))
        ]
        for (early, before), (late, after) in pairwise(sorted(years, key=lambda y: y[0])):
            if late == early + 1:
                yield from _copied(grid, before, after)


def _copied(grid: Grid, before: Line, after: Line) -> Iterator[Finding]:
    pairs = [(f, a, b) for f in grid.fields if (a := grid.number(before, f)) and (b := grid.number(after, f))]
    pairs = [p for p in pairs if p[0].kind not in TOTALS]
    same = [p for p in pairs if p[1].value == p[2].value and p[1].value]
    if len(same) != 1 or len(pairs) - 1 < _OTHERS:
        return
    field, first, second = same[0]
    if _counted(field, second):
        yield _finding(grid, (before, after), field, (first, second))


def _counted(field: Line, number: Number) -> bool:
    """Whether a figure is a count of many digits that moves from year to year."""
    quantity = number.quantity
    digits = len(quantity.value.normalize().as_tuple().digits)
    plain = quantity.exact and not quantity.precision and quantity.dimension.startswith(("number", "count"))
    return plain and digits >= _DIGITS and not _STEADY.search(field.label)


def _finding(grid: Grid, lines: tuple[Line, Line], field: Line, numbers: tuple[Number, Number]) -> Finding:
    before, after = (grid.brief(line) for line in lines)
    return Finding(
        rule="figure-out-of-column",
        severity="warning",
        subject=f"{grid.title}：{grid.brief(field)}",
        message=f"{grid.title}“{grid.brief(field)}”{before}、{after}均为 {numbers[1].text}，与上年完全相同，"
        f"而其他各项均有变化，疑似照抄上年数字，请核实。",
        evidence=tuple(cell_evidence(grid, n, "stated") for n in numbers),
        expected=f"{after}的实际数",
        actual=numbers[1].text,
        impact="若为照抄，该年数据及合计、同比分析均有误",
        confidence=0.7,
    )
