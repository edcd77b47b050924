"""正文引用表格某行某列的数字时写错：行名、列名都与表相同，数字只有一处不同。

句中写明行名（年度、月份、乡镇、费用名称），紧接数字的是列名（或者反过来），同表别处没有正文所写的数，换算单位、按正文的位数四舍五入之后
仍然不符，而且只差一位数字或相邻两位颠倒的，提醒核实。上年、计划、目标、申报等口径不同的，句中另有同类行名的，都不比较。

错误示例::

    2022年3月呼入量最低，呼入量为43.03万件。

    表1 2022年一季度来件情况

    | 月份 | 呼入量（件） | 办结量（件） |
    |---|---|---|
    | 1月 | 452,310 | 450,100 |
    | 2月 | 448,672 | 447,905 |
    | 3月 | 433,018 | 431,660 |

正确示例::

    2022年3月呼入量最低，呼入量为43.30万件。

    表1 2022年一季度来件情况

    | 月份 | 呼入量（件） | 办结量（件） |
    |---|---|---|
    | 1月 | 452,310 | 450,100 |
    | 2月 | 448,672 | 447,905 |
    | 3月 | 433,018 | 431,660 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.claims import Reading
from extractor.findings import Finding, evidence
from extractor.rules.table._defects import forms_tables
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._quotes import OTHERWISE, YEAR, Said, is_slip, plain, said
from extractor.rules.table._reading import looks
from extractor.rules.table._wording import cell_evidence, where

RULE = "quoted-cell"
FOLLOWS = (
    "values-disagree",
    "sentence-arithmetic",
    "passages-disagree",
    "table-totals",
    "column-relations",
    "budget-disagree",
    "quoted-total",
    "figures-retold",
)
_LONGEST = 24
_FILLER = regex.compile(
    r"(?:(?:19|20)\d\d年度?|全(?:省|市|县|区|州|镇|乡|年)|其中|项目|工程|的|资金|实际|共|总|仅|最[高低多少大小]|年|月|日|，)*"
)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each cell that the prose gives under its row's and column's names with a slip of the pen."""
    told = list(said(reading))
    named = _by_field(reading) if told else {}
    seen: set[str] = set()
    for one in told:
        for name, (grid, field, lines) in _fields(one, named):
            line = _line(one, name, lines)
            number = grid.number(line, field) if line else None
            if line and number and _wrong(grid, number, one) and one.figure.string not in seen:
                seen.add(one.figure.string)
                yield _finding(grid, line, field, number, one)


_Look = tuple[Grid, Line, dict[str, Line]]


def _by_field(reading: Reading) -> dict[str, list[_Look]]:
    """Every view of a data table by the names of its fields, with its lines by name."""
    forms = forms_tables(reading)
    found: dict[str, list[_Look]] = {}
    for grid in looks(reading):
        if grid.table.number not in forms:
            lines = _named(grid.lines)
            for name, field in _named(grid.fields).items():
                found.setdefault(name, []).append((grid, field, lines))
    return found


def _fields(one: Said, named: dict[str, list[_Look]]) -> Iterator[tuple[str, _Look]]:
    """The fields whose names the clause ends with, of each table the longest name."""
    seen: set[tuple[int, bool]] = set()
    for start in range(max(len(one.clause) - _LONGEST, 0), len(one.clause) - 1):
        name = one.clause[start:]
        for look in named.get(name, ()):
            view = look[0].table.number, look[0].turned
            if view not in seen:
                seen.add(view)
                yield name, look


def _named(lines: Sequence[Line]) -> dict[str, Line]:
    """Lines by name, those with a name of their own of two characters and more."""
    names = [plain(line.name) for line in lines]
    return {
        n: x
        for n, x in zip(names, lines, strict=True)
        if names.count(n) == 1 and len(n) > 1 and x.kind == "item"
    }


def _line(one: Said, field: str, lines: dict[str, Line]) -> Line | None:
    """The one line that the sentence names before the figure; the clause says nothing else of weight."""
    before = "".join(one.before.split())
    found = {n for n in lines if _names(before, n)}
    found = {n for n in found if not any(n != m and n in m for m in found)}
    if len(found) != 1 or OTHERWISE.search(one.sentence):
        return None
    name = found.pop()
    rest = "".join(one.clause.split()).removesuffix(field).replace(name, "")
    return lines[name] if _FILLER.fullmatch(rest) else None


def _names(before: str, name: str) -> bool:
    """Whether words name a line: 1月 is not named by 11月."""
    at = before.rfind(name)
    return at >= 0 and not (name[0].isdigit() and before[:at][-1:].isdigit())


def _wrong(grid: Grid, number: Number, one: Said) -> bool:
    years, own = set(YEAR.findall(one.sentence)), set(YEAR.findall(grid.title))
    if own and years and not years & own and len(own) == 1:
        return False
    if any(one.quantity.base().meets(grid.base(n)) for n in grid.numbers.values()):
        return False
    return is_slip(grid, number, one.quantity)


def _finding(grid: Grid, line: Line, field: Line, number: Number, one: Said) -> Finding:
    place = where(grid, line, field)
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{plain(line.name)}{plain(field.name)}",
        message=f"{plain(line.name)}{plain(field.name)}：正文为 {one.figure.string}，"
        f"{grid.title}{place}为 {number.text}，数字只有一处不同，请核对。",
        evidence=(
            evidence(one.figure, "正文", "stated", one.sentence[-200:]),
            cell_evidence(grid, number, "stated"),
        ),
        expected=number.text,
        actual=one.figure.string,
        impact="正文与表格的数字不一致",
        confidence=0.8,
    )
