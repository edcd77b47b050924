"""排名（名次）与所依据的数字次序不一致。

先看名次是按哪一列从高到低（或从低到高）排的：至少五行、绝大多数行的名次与该列的次序相同，才认定是按该列排名，再报
个别不符的行。并列名次按跳号或不跳号均可；只取前几名、另有总分等其他列能够解释的不报。

错误示例::

    | 监测点 | 平均值 | 排名 |
    |---|---|---|
    | 东门站 | 42.6 | 2 |
    | 西门站 | 38.1 | 3 |
    | 南湖站 | 40.3 | 4 |
    | 北苑站 | 33.9 | 5 |
    | 中心站 | 45.1 | 1 |
    | 河口站 | 30.2 | 6 |

正确示例::

    | 监测点 | 平均值 | 排名 |
    |---|---|---|
    | 东门站 | 42.6 | 2 |
    | 西门站 | 38.1 | 4 |
    | 南湖站 | 40.3 | 3 |
    | 北苑站 | 33.9 | 5 |
    | 中心站 | 45.1 | 1 |
    | 河口站 | 30.2 | 6 |
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Cell
from extractor.findings import Finding, evidence
from extractor.quantity import normal
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._reading import grids
from extractor.rules.table._wording import cell_evidence

_RANK = regex.compile(r".{0,8}(?:排名|名次|位次)(?:情况)?")
_PLACE = regex.compile(r"第?(\d{1,4})名?")
_FEWEST = 5


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A line with the rank that it prints, the figure it is ranked by, and the ranks that would fit it."""

    line: Line
    cell: Cell
    rank: int
    number: Number
    due: tuple[int, int]

    @property
    def fits(self) -> bool:
        return self.rank in self.due


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each table whose ranks follow a column but for one or two lines."""
    for grid in grids(reading):
        for col in range(1, grid.table.n_cols):
            if _head(grid, col) is not None:
                yield from _of_column(grid, col)


def _head(grid: Grid, col: int) -> Cell | None:
    """The head of a column of ranks."""
    if not grid.rows or not grid.rows[0].at:
        return None
    cell = grid.table.at(grid.rows[0].at - 1, col)
    return cell if cell is not None and _RANK.fullmatch(normal(cell.text.flat)) else None


def _of_column(grid: Grid, col: int) -> Iterator[Finding]:
    ranks = {}
    for line in grid.rows:
        cell = grid.table.at(line.at, col)
        found = _PLACE.fullmatch(normal(cell.text.flat)) if cell is not None else None
        if cell is not None and found and line.kind == "item":
            ranks[line.at] = cell, int(found[1])
    best: tuple[Line, list[_Ranked]] | None = None
    for field in (f for f in grid.columns if f.at != col):
        for downwards in (True, False):
            ranked = _ranked(grid, field, ranks, downwards)
            wrong = sum(not r.fits for r in ranked)
            if len(ranked) < _FEWEST or len(ranked) < len(ranks):
                continue
            if not wrong:
                return
            if wrong <= 2 and wrong * 3 <= len(ranked) and (best is None or wrong < _wrong(best[1])):
                best = field, ranked
    if best is not None:
        yield _finding(grid, *best)


def _wrong(ranked: Sequence[_Ranked]) -> int:
    return sum(not r.fits for r in ranked)


def _ranked(grid: Grid, field: Line, ranks: dict[int, tuple[Cell, int]], downwards: bool) -> list[_Ranked]:
    """The lines with the ranks that a field gives them, equal figures sharing one."""
    given = [(line, n) for line in grid.rows if line.at in ranks and (n := grid.number(line, field))]
    keys = sorted(-n.value if downwards else n.value for _, n in given)
    dense = sorted(set(keys))
    found = []
    for line, number in given:
        key = -number.value if downwards else number.value
        due = bisect_left(keys, key) + 1, bisect_left(dense, key) + 1
        found.append(_Ranked(line, *ranks[line.at], number, due))
    return found


def _finding(grid: Grid, field: Line, ranked: list[_Ranked]) -> Finding:
    wrong = [r for r in ranked if not r.fits]
    said = "，".join(
        f"“{grid.brief(r.line)}”{grid.brief(field)}为 {r.number.text}，应排第 {r.due[0]}，表中为 {r.rank}"
        for r in wrong
    )
    return Finding(
        rule="rank-order",
        severity="warning",
        subject=f"{grid.title}：{grid.brief(wrong[0].line)}",
        message=f"{grid.title}的名次与数字次序不一致：{said}；"
        f"其余 {len(ranked) - len(wrong)} 行的名次均与该列次序相符。",
        evidence=tuple(
            item
            for r in wrong
            for item in (
                evidence(r.cell.text, f"{grid.title}：{grid.brief(r.line)}，名次"),
                cell_evidence(grid, r.number, "also"),
            )
        ),
        expected="，".join(f"第 {r.due[0]}" for r in wrong),
        actual="，".join(str(r.rank) for r in wrong),
        impact="影响排名及据此作出的评价",
        confidence=0.8,
    )
