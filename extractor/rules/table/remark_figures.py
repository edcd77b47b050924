"""备注、说明栏引用本行的数字写错：其余各行的备注都与某一列相符，只有个别行差一处笔误。

同一张表至少有三行的备注引用了该列的数字并且相符，不符的行，备注里只差一处笔误（一位数字、相邻两位颠倒、多一位少一位）、而又
不是本行别的列的数字，才提醒核实。备注另写别的口径（上年、调整前、未支付、差额）的数字，与该列相差不止一处笔误，不指出。

错误示例::

    | 年度 | 预算（万元） | 支出（万元） | 说明 |
    |---|---|---|---|
    | 2018年 | 3,260.00 | 3,198.40 | 经审议同意预算3260万元 |
    | 2019年 | 3,480.00 | 3,402.75 | 经审议同意预算3481万元 |
    | 2020年 | 3,615.50 | 3,590.12 | 经审议同意预算3615.5万元 |
    | 2021年 | 3,940.00 | 3,871.06 | 经审议同意预算3940万元 |

正确示例::

    | 年度 | 预算（万元） | 支出（万元） | 说明 |
    |---|---|---|---|
    | 2018年 | 3,260.00 | 3,198.40 | 经审议同意预算3260万元 |
    | 2019年 | 3,480.00 | 3,402.75 | 经审议同意预算3480万元，比申请少121万元 |
    | 2020年 | 3,615.50 | 3,590.12 | 经审议同意预算3615.5万元 |
    | 2021年 | 3,940.00 | 3,871.06 | 经审议同意预算3940万元 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Cell
from extractor.facts import Figure
from extractor.findings import Finding, evidence
from extractor.quantity import find, slipped
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._reading import grids
from extractor.rules.table._shape import TOTALS
from extractor.rules.table._wording import cell_evidence, where

RULE = "remark-figures"
FOLLOWS = ("table-totals", "column-relations")
_HELD = 3
_OTHER = regex.compile(r"上年|去年|调整前|原|申请|未|差|比|减|增|结转|余")


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A row's figure, and the amount of its remark that should be it."""

    line: Line
    number: Number
    remark: Figure


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each remark that writes its row's figure with a slip of the pen."""
    for grid in grids(reading):
        for field in grid.columns:
            yield from _of_field(grid, field)


def _of_field(grid: Grid, field: Line) -> Iterator[Finding]:
    held, wrong = 0, []
    for line in grid.rows:
        number = grid.number(line, field)
        if line.kind in TOTALS or number is None or number.value == 0:
            continue
        amounts = list(_amounts(grid, line))
        if any(_is(grid, a, number) for a, _ in amounts):
            held += 1
        else:
            wrong += [
                _Quoted(line, number, a) for a, before in amounts if _slip(grid, line, number, a, before)
            ]
    if held >= _HELD and len(wrong) * _HELD <= held:
        yield from (_finding(grid, field, quoted, held) for quoted in wrong)


def _amounts(grid: Grid, line: Line) -> Iterator[tuple[Figure, str]]:
    """The amounts in a row's cells of words, with the words before each in its clause."""
    for cell in _remarks(grid, line):
        for quantity in find(cell.text.string):
            if quantity.unit and quantity.upper is None and not quantity.op:
                before = regex.split(r"[，。；,;\n]", cell.text.string[: quantity.start])[-1]
                yield Figure(cell.text.cut(quantity.start, quantity.end), quantity), before


def _remarks(grid: Grid, line: Line) -> Iterator[Cell]:
    """The cells behind the row's figures, or between them, that hold words."""
    figures = {c.at for c in grid.columns}
    for cell in grid.table.row(line.at):
        if (
            cell.row == line.at
            and cell.col > min(figures)
            and cell.col not in figures
            and len(cell.text) < 400
        ):
            yield cell


def _is(grid: Grid, amount: Figure, number: Number) -> bool:
    quantity = amount.quantity
    return (
        quantity is not None
        and quantity.dimension == grid.unit_of(number).dimension
        and quantity.base().meets(grid.base(number))
    )


def _slip(grid: Grid, line: Line, number: Number, amount: Figure, before: str) -> bool:
    quantity = amount.quantity
    others = [n for c in grid.columns if (n := grid.number(line, c)) is not None]
    whole = number.value.to_integral_value()  # 7,400.00 as 7401 would be written
    return (
        quantity is not None
        and quantity.unit == grid.unit_of(number).text
        and not _OTHER.search(before)
        and not any(_is(grid, amount, n) for n in others)
        and slipped(quantity, whole if whole == number.value else number.value)
    )


def _finding(grid: Grid, field: Line, quoted: _Quoted, held: int) -> Finding:
    place = where(grid, quoted.line, field)
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{grid.title}{quoted.line.name}",
        message=f"{grid.title}{place}为 {quoted.number.text}，同行的说明写为 {quoted.remark.string}；"
        f"另有 {held} 行的说明与该列相符，请核实。",
        evidence=(
            cell_evidence(grid, quoted.number, "stated"),
            evidence(quoted.remark, f"{grid.title}：说明", "stated"),
        ),
        expected=quoted.number.text,
        actual=quoted.remark.string,
        impact="影响该行数据的可信度",
        confidence=0.8,
    )
