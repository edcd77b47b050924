"""正文引用表格的合计数时写错：名称就是该列（行）的名称，数字只差一位，或相邻两位颠倒。

只看有一个合计行（列）的数据表，正文分句里除“全县”“累计”一类的词外只有该列（行）的名称和这个数，单位、位数相同，全文别处没有
正文所写的数。上年、计划、目标、申报等口径不同的，表题与句子年度不同的，相差不止一处笔误的，都不比较；提示核实。

错误示例::

    项目覆盖三个乡镇，受益人口31,450人。

    表1 分乡镇受益情况

    | 乡镇 | 覆盖村（个） | 受益人口（人） |
    |---|---|---|
    | 青石镇 | 14 | 8,620 |
    | 大垭乡 | 9 | 5,140 |
    | 马鞍镇 | 26 | 17,645 |
    | 合计 | 49 | 31,405 |

正确示例::

    项目覆盖三个乡镇，受益人口31,405人；上年受益人口31,450人。

    表1 分乡镇受益情况

    | 乡镇 | 覆盖村（个） | 受益人口（人） |
    |---|---|---|
    | 青石镇 | 14 | 8,620 |
    | 大垭乡 | 9 | 5,140 |
    | 马鞍镇 | 26 | 17,645 |
    | 合计 | 49 | 31,405 |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.findings import Finding, evidence
from extractor.rules.table._defects import forms_tables
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._quotes import OTHERWISE, YEAR, Said, is_slip, plain, said
from extractor.rules.table._reading import looks
from extractor.rules.table._shape import TOTALS
from extractor.rules.table._wording import cell_evidence, where

RULE = "quoted-total"
FOLLOWS = ("values-disagree", "sentence-arithmetic", "passages-disagree", "table-totals", "budget-disagree")
_SCOPE = regex.compile(
    r"(?:[\d一二两三四五六七八九十]+|年度?|月份?|日|底|末|至|截至|全(?:省|市|县|区|州|镇|乡|年)|项目|工程|累计|共计?|合计|总计?|实际|当年|本年|期间|已|其中)*"
)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each total that the prose gives under its name with a slip of the pen."""
    told = list(said(reading))
    if not told:
        return
    forms = forms_tables(reading)
    grids = [g for g in looks(reading) if g.table.number not in forms]
    known = {n.value for g in grids for n in g.numbers.values()}
    often = Counter(s.quantity.value for s in told)
    open_ = [s for s in told if s.quantity.value not in known and often[s.quantity.value] == 1]
    for grid in grids:
        for line, field, name, total in _totals(grid):
            for one in open_:
                if _is_quote(one, name, grid) and is_slip(grid, total, one.quantity):
                    yield _finding(grid, line, field, name, total, one)


def _totals(grid: Grid) -> Iterator[tuple[Line, Line, str, Number]]:
    """The figures of the one total line with the names of their fields."""
    totals = [line for line in grid.lines if line.kind in TOTALS]
    if len(totals) != 1:
        return
    for field in grid.fields:
        name, number = plain(field.name), grid.number(totals[0], field)
        if number is not None and len(name) > 2 and field.kind == "item":
            yield totals[0], field, name, number


def _is_quote(one: Said, name: str, grid: Grid) -> bool:
    """Whether a clause says a field's name and nothing else of weight, of no other year or state than the table."""
    if not one.clause.endswith(name) or not _SCOPE.fullmatch(one.clause.removesuffix(name)):
        return False
    years, own = set(YEAR.findall(one.sentence)), set(YEAR.findall(grid.title + name))
    return not OTHERWISE.search(one.sentence) and not (years and own and not years & own)


def _finding(grid: Grid, line: Line, field: Line, name: str, total: Number, one: Said) -> Finding:
    place = where(grid, line, field)
    gap: Decimal = abs(one.quantity.value - total.value)
    return Finding(
        rule=RULE,
        severity="warning",
        subject=name,
        message=f"{name}：正文为 {one.figure.string}，{grid.title}{place}为 {total.text}，数字只有一处不同，请核对。",
        evidence=(
            evidence(one.figure, "正文", "stated", one.sentence),
            cell_evidence(grid, total, "stated"),
        ),
        expected=total.text,
        actual=one.figure.string,
        difference=f"{gap}",
        impact="正文与表格的合计数不一致",
        confidence=0.8,
    )
