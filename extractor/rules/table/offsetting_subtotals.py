"""两个小计（或上级项目）各与其所含各项之和不符，差额一正一负恰好抵消，总计因此看不出错误。

常见于一笔金额从一类调到另一类时只改了小计或只改了明细。差额必须在四舍五入容差内完全抵消，两个小计都按编号、合并单元格或
小计行确定其所含各项，才报；一处错误只报一次，两个小计不再分别报告。

错误示例::

    # 经费审核情况

    | 项目 | 预算 | 审核金额 |
    |---|---|---|
    | 一、运行经费 | 150.00 | 150.00 |
    | 1.水电费 | 90.00 | 90.00 |
    | 2.物业费 | 60.00 | 40.00 |
    | 二、设备经费 | 130.00 | 110.00 |
    | 1.购置费 | 80.00 | 80.00 |
    | 2.维护费 | 50.00 | 50.00 |
    | 合计 | 280.00 | 260.00 |

正确示例::

    # 经费审核情况

    | 项目 | 预算 | 审核金额 |
    |---|---|---|
    | 一、运行经费 | 150.00 | 130.00 |
    | 1.水电费 | 90.00 | 90.00 |
    | 2.物业费 | 60.00 | 40.00 |
    | 二、设备经费 | 130.00 | 130.00 |
    | 1.购置费 | 80.00 | 80.00 |
    | 2.维护费 | 50.00 | 50.00 |
    | 合计 | 280.00 | 260.00 |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.table._additions import Addition
from extractor.rules.table._defects import defects
from extractor.rules.table._grid import Grid, Number
from extractor.rules.table._ties import Offset
from extractor.rules.table._wording import addends, cell_evidence, shown, spot_words, where


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each pair of subtotals whose errors cancel."""
    for offset in defects(reading).offsets:
        yield _finding(offset)


def _finding(offset: Offset) -> Finding:
    grid, (first, second) = offset.grid, offset.pair
    gap = shown(abs(first.gap), first.total)
    whole = (
        f"，而{where(grid, offset.whole.line, offset.whole.field)} {offset.whole.total.text} 相符"
        if offset.whole
        else ""
    )
    found = [cell_evidence(grid, a.total, "stated") for a in offset.pair]
    moved = _moved(grid, offset)
    return Finding(
        rule="offsetting-subtotals",
        severity="error",
        subject=f"{grid.title}：{grid.brief(first.field)}",
        message=f"{grid.title}中两个小计的错误相互抵消：{_said(grid, first)}；{_said(grid, second)}"
        f"；两处差额均为 {gap}、方向相反{whole}{_words(grid, moved)}。",
        evidence=(
            *found,
            *(
                [cell_evidence(grid, moved, "addend")]
                if moved
                else addends(grid, (n for n, _ in first.addends))
            ),
        ),
        expected="，".join(shown(a.computed, a.total) for a in offset.pair),
        actual="，".join(a.total.text for a in offset.pair),
        difference=gap,
        impact="总计不受影响，但两类支出的构成及据此计算的核减额、占比有误",
        confidence=0.95,
    )


def _said(grid: Grid, addition: Addition) -> str:
    computed = shown(addition.computed, addition.total)
    place = where(grid, addition.line, addition.field)
    return f"{place}为 {addition.total.text}，其下 {len(addition.addends)} 项之和为 {computed}"


def _moved(grid: Grid, offset: Offset) -> Number | None:
    """A figure of the same line as an addend that is just the gap: the amount that was moved or cut in
    one place only."""
    gap = abs(offset.pair[0].gap)
    for addition in offset.pair:
        lines = {n.cell.col if grid.turned else n.cell.row for n, _ in addition.addends}
        for (row, col), number in grid.numbers.items():
            near = (col if grid.turned else row) in lines and not number.ratio
            if near and abs(abs(number.value) - gap) <= number.half:
                return number
    return None


def _words(grid: Grid, moved: Number | None) -> str:
    return f"；差额与{spot_words(grid, moved)}的 {moved.text} 相同" if moved else ""
