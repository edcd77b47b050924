"""The row of a whole area (全市, 全县) in a table that says that it lists all of its parts (各县, 分乡镇)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.document import Table
from extractor.rules.table._grid import Grid, Line
from extractor.rules.table._shape import added_up, holds

_WHOLE = regex.compile(
    r"全(?:省|市|县|区|州|盟|旗|镇|乡|街道|部门|局|系统|院|校|部|年)(?:合计|总计|小计)?|全部"
)
_PLACES = (
    r"(?:省|市|州|县|区|乡|镇|村|街道|社区|地区?|区域|片区|单位|部门|科室|学校|医院|季度?|月|批次|标段|站|所)"
)
_ALL = regex.compile(rf"各(?:[（(]?{_PLACES})|分{_PLACES}|分(?:类|项)")
_FEWEST = 2
_SOME = regex.compile(r"主要|部分|重点|抽[查样评]|样本|典型|前[一二三五十\d]|以外")


def with_whole(table: Table, rows: tuple[Line, ...]) -> tuple[Line, ...]:
    """The rows with the first or last one as the total, if it names the whole and the caption says that all
    parts are listed."""
    caption = table.caption.flat if table.caption else ""
    if (
        not _ALL.search(caption)
        or _SOME.search(caption)
        or any(r.kind in ("total", "subtotal") for r in rows)
    ):
        return rows
    named = _named(rows)
    return tuple(replace(r, kind="total") if r is named else r for r in rows)


def with_sums(grid: Grid) -> Grid:
    """A grid with the first or last row as the total if it names the whole and is the sum of all others in most of
    the columns that can be added up, two at least."""
    if any(r.kind in ("total", "subtotal") for r in grid.rows):
        return grid
    named = _named(grid.rows)
    if named is None:
        return grid
    parts = [r for r in grid.rows if r is not named and r.kind == "item"]
    tried = [sums for c in grid.columns if added_up(c) and (sums := _sums(grid, named, parts, c)) is not None]
    if sum(tried) < _FEWEST or sum(tried) * 2 < len(tried):
        return grid
    return replace(grid, rows=tuple(replace(r, kind="total") if r is named else r for r in grid.rows))


def _sums(grid: Grid, whole: Line, parts: Sequence[Line], column: Line) -> bool | None:
    """Whether a row is the sum of others in a column; None where that cannot be told."""
    total = grid.number(whole, column)
    numbers = [n for r in parts if (n := grid.number(r, column)) is not None]
    if total is None or total.ratio or len(numbers) < len(parts) or any(n.ratio for n in numbers):
        return None
    return holds(total, numbers)


def _named(rows: Sequence[Line]) -> Line | None:
    named = [r for r in _ends(rows) if r.path and _WHOLE.fullmatch(r.path[0].text.flat.replace(" ", ""))]
    return named[0] if len(named) == 1 and len(rows) > _FEWEST else None


def _ends(rows: Sequence[Line]) -> Sequence[Line]:
    return (rows[0], rows[-1]) if rows else ()
