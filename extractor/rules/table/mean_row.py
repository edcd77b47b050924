"""平均行（月平均、日平均、平均值）或月均列，与所列各数的平均值不符。

除数取所列项数、12 个月或全年天数，取任一能够得到该数的；四舍五入、进一、截尾到所写位数均可。
率的平均可以简单平均也可以加权，
不判断。只有同表其他列的平均成立，或者该数超出所列各数的最大、最小值（任何加权平均都不可能）时才报。

错误示例::

    | 部门 | 1月 | 2月 | 3月 | 月均人数 |
    |---|---|---|---|---|
    | 前台 | 40 | 44 | 48 | 44 |
    | 后台 | 20 | 22 | 24 | 22 |
    | 回访 | 10 | 12 | 17 | 13 |
    | 质检 | 30 | 33 | 36 | 37 |

正确示例::

    | 部门 | 1月 | 2月 | 3月 | 月均人数 |
    |---|---|---|---|---|
    | 前台 | 40 | 44 | 48 | 44 |
    | 后台 | 20 | 22 | 24 | 22 |
    | 回访 | 10 | 12 | 17 | 13 |
    | 质检 | 30 | 33 | 36 | 33 |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.table._defects import defects
from extractor.rules.table._means import Mean
from extractor.rules.table._wording import about, addends, cell_evidence, where


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each mean that is not the mean of its figures."""
    for mean in defects(reading).means:
        yield _finding(mean)


def _finding(mean: Mean) -> Finding:
    grid, expected = mean.grid, about(mean.computed, mean.stated)
    values = [n.value for n in mean.members]
    outside = not min(values) <= mean.stated.value <= max(values) and mean.count <= len(values)
    held = f"；同表另有 {mean.held} 处平均值相符" if mean.held else ""
    beyond = (
        f"；超出所列各数的范围（{format(min(values), 'f')} 至 {format(max(values), 'f')}）" if outside else ""
    )
    return Finding(
        rule="mean-row",
        severity="error",
        subject=f"{grid.title}：{grid.brief(mean.line)}",
        message=f"{grid.title}{where(grid, mean.line, mean.field)}为 {mean.stated.text}，"
        f"所列 {len(values)} 个数除以 {mean.count} 应为 {expected}{held}{beyond}。",
        evidence=(cell_evidence(grid, mean.stated, "stated"), *addends(grid, mean.members)),
        expected=expected,
        actual=mean.stated.text,
        impact="影响引用该平均值的分析",
        confidence=0.9 if mean.held else 0.8,
    )
