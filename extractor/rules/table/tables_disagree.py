"""两张表格列有相同的行、相同的列，绝大多数数字相同，个别数字却不同。

例如预算安排表和预算执行表都列有各项目的预算金额。行名、列名（去掉单位和编号）相同，至少三行数字相同且占四分之三以上，才认定
两列说的是同一件事，再报其余不同的数；单位不同的换算后比较。表题（或列名）写明年度、阶段（调整前后、申报批复、上下半年）不同
的不比较。指标得分表之间的分值、得分由其他规则核对；合计错误引起的不再重复报告。

错误示例::

    表1 项目预算安排表

    | 项目名称 | 预算金额（万元） |
    |---|---|
    | 道路养护 | 312.45 |
    | 桥梁检测 | 128.60 |
    | 绿化提升 | 96.82 |
    | 照明更新 | 75.30 |

    表2 项目支付情况表

    | 项目名称 | 预算金额（万元） | 支付金额（万元） |
    |---|---|---|
    | 道路养护 | 312.45 | 301.20 |
    | 桥梁检测 | 128.60 | 128.60 |
    | 绿化提升 | 98.62 | 90.15 |
    | 照明更新 | 75.30 | 70.04 |

正确示例::

    表1 2022年项目预算安排表

    | 项目名称 | 预算金额（万元） |
    |---|---|
    | 道路养护 | 312.45 |
    | 桥梁检测 | 128.60 |
    | 绿化提升 | 96.82 |
    | 照明更新 | 75.30 |

    表2 2023年项目支付情况表

    | 项目名称 | 预算金额（万元） | 支付金额（万元） |
    |---|---|---|
    | 道路养护 | 312.45 | 301.20 |
    | 桥梁检测 | 128.60 | 128.60 |
    | 绿化提升 | 98.62 | 90.15 |
    | 照明更新 | 75.30 | 70.04 |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import regex

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.quantity import Quantity, normal, slip
from extractor.rules.table._defects import forms_tables
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._reading import grids
from extractor.rules.table._shape import TOTALS
from extractor.rules.table._wording import cell_evidence

FOLLOWS = ("table-totals", "column-relations", "shares-total", "table-unit")

_NUMBERING = regex.compile(
    r"^(?:其中[:：]?)?[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.、．\s]?(?=\D)"
)
_BRACKETS = regex.compile(r"[(\[【（].*?[)\]】）]|\s")
_TAIL = regex.compile(r"(?:金额|数额|数|额)$")
_WHEN = regex.compile(
    r"20\d\d|[一二三四五六七八九十]+月|\d{1,2}月|[上下]半年|[一二三四]季度|上年|本年|当年|累计|期初|期末|年初|年末"
    r"|调整前|调整后|变更前|变更后|申报|申请|批复|审定|审核|送审|计划|实际|试点|推广|中标|合同|结算|第[一二三四五]次"
)
_FEWEST = 3
_MOST_ROWS = 2000
_MOST_TABLES = 30


@dataclass(frozen=True, slots=True)
class _Match:
    """The figures of one row and one column of the same names in two tables."""

    line: Line
    field: Line
    first: Number
    second: Number
    same: bool


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each figure that another table states otherwise while it repeats the rest of the column."""
    forms = forms_tables(reading)
    tables = [(g, _rows(g), _columns(g)) for g in grids(reading) if g.table.number not in forms]
    told: set[tuple[int, tuple[int, int]]] = set()
    for i, k in _alike([rows for _, rows, _ in tables]):
        (one, rows, columns), (other, others, fields) = tables[i], tables[k]
        shared = [name for name in rows if name in others]
        if len(shared) < _FEWEST or _when(one.title) != _when(other.title):
            continue
        for name in columns.keys() & fields.keys():
            lines = [(rows[n], others[n]) for n in shared]
            matches = _matches(one, other, lines, (columns[name], fields[name]))
            for match in _differing(matches):
                spot = other.table.number, match.second.spot
                if spot not in told:
                    told.add(spot)
                    yield _finding(one, other, match, len(matches))


def _alike(names: Sequence[dict[str, Line]]) -> Iterator[tuple[int, int]]:
    """The pairs of tables that share enough names of rows; names that most tables have (人员经费) do not count."""
    having: dict[str, list[int]] = {}
    for i, own in enumerate(names):
        for name in own:
            having.setdefault(name, []).append(i)
    shared = Counter(
        pair for at in having.values() if len(at) <= _MOST_TABLES for pair in combinations(at, 2)
    )
    yield from sorted(pair for pair, count in shared.items() if count >= _FEWEST)


def _rows(grid: Grid) -> dict[str, Line]:
    """The lines by their names; names that come twice are no names."""
    return _once([(_name(line), line) for line in grid.rows[:_MOST_ROWS] if line.kind in ("item", *TOTALS)])


def _columns(grid: Grid) -> dict[str, Line]:
    return _once([(_TAIL.sub("", _name(column)), column) for column in grid.columns])


def _name(line: Line) -> str:
    return str(_NUMBERING.sub("", _BRACKETS.sub("", normal(line.label))))


def _once(named: Sequence[tuple[str, Line]]) -> dict[str, Line]:
    found: dict[str, Line] = {}
    twice: set[str] = set()
    for name, line in named:
        if len(name) < 2 or name in found:
            twice.add(name)
        found[name] = line
    return {n: line for n, line in found.items() if n not in twice}


def _when(title: str) -> frozenset[str]:
    """The years and stages that a title names."""
    return frozenset(_WHEN.findall(title))


def _matches(
    one: Grid, other: Grid, lines: Sequence[tuple[Line, Line]], fields: tuple[Line, Line]
) -> list[_Match]:
    found = []
    for mine, theirs in lines:
        first, second = one.number(mine, fields[0]), other.number(theirs, fields[1])
        if first is None or second is None:
            continue
        a, b = _with_unit(first, one), _with_unit(second, other)
        if a.dimension == b.dimension:
            same = a.base().meets(b.base()) and (
                a.value == b.value or a.precision != b.precision or a.scale != b.scale
            )
            found.append(_Match(theirs, fields[1], first, second, same))
    return found


def _with_unit(number: Number, grid: Grid) -> Quantity:
    """A figure with the unit of its table, where that is one of money and the figure has none."""
    unit = grid.unit if "元" in grid.unit and not number.quantity.unit else ""
    return replace(number.quantity, unit=unit, exact=False) if unit else number.quantity


def _differing(matches: Sequence[_Match]) -> list[_Match]:
    """The few matches that differ where the others say that the columns are the same."""
    same = [m for m in matches if m.same]
    differ = [m for m in matches if not m.same]
    telling = {m.first.value for m in same if len(m.first.value.normalize().as_tuple().digits) > 2}
    return differ if len(telling) >= _FEWEST and len(differ) * 4 <= len(matches) else []


def _finding(one: Grid, other: Grid, match: _Match, rows: int) -> Finding:
    note = slip(match.first.quantity, match.second.quantity)
    label, head = other.brief(match.line), other.brief(match.field)
    return Finding(
        rule="tables-disagree",
        severity="error" if note or rows > 5 else "warning",
        subject=f"{label}：{head}",
        message=f"“{label}”的{head}前后不一致：{one.title}为 {match.first.text}，{other.title}为 {match.second.text}"
        f"{f'（{note}）' if note else ''}；两表该列其余 {rows - 1} 行中绝大多数相同。",
        evidence=(
            cell_evidence(one, match.first, "stated"),
            cell_evidence(other, match.second, "stated"),
        ),
        expected="两表同一数字一致",
        actual=f"{match.first.text} 与 {match.second.text}",
        impact="影响据此计算的合计、比率",
        confidence=0.9 if note else 0.8,
    )
