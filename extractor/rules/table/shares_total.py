"""占比（比重、构成比）各项之和不是 100%。

合计行写明 100% 的，或同表其他列（年度）的占比都合计为 100% 的，各项之和应在四舍五入容差（
每项半个末位单位）内等于 100%。
只列出部分项目、多选题、相对于表外总额的占比不报；含小计或下级项目的占比列不判断。能用表内另一个基数解释的，信息中指出。

错误示例::

    | 评价 | 份数 | 占比 |
    |---|---|---|
    | 满意 | 150 | 62.00% |
    | 一般 | 75 | 33.00% |
    | 不满意 | 25 | 15.00% |
    | 合计 | 250 | 100.00% |

正确示例::

    | 评价 | 份数 | 占比 |
    |---|---|---|
    | 满意 | 151 | 60.16% |
    | 一般 | 75 | 29.88% |
    | 不满意 | 25 | 9.96% |
    | 合计 | 251 | 100.00% |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.table._defects import defects
from extractor.rules.table._shares import Uneven
from extractor.rules.table._wording import cell_evidence, spot_words

_SURE = Decimal(20)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each set of shares that does not make 100."""
    for group in defects(reading).shares:
        yield _finding(group)


def _finding(group: Uneven) -> Finding:
    grid = group.grid
    total = f"{format(group.sum, 'f')}%"
    gap = f"{format(abs(group.sum - 100), 'f')} 个百分点"
    sure = group.total is not None or group.others > 1
    parts = "＋".join(n.text for n in group.members)
    return Finding(
        rule="shares-total",
        severity="error" if sure else "warning",
        subject=f"{grid.title}：{grid.brief(group.field)}",
        message=f"{grid.title}{grid.field_called(group.field)}的占比合计不是 100%："
        f"{parts}＝{total}，相差 {gap}"
        f"{_others(group)}{_base(group)}。",
        evidence=(
            *([cell_evidence(grid, group.total, "stated")] if group.total else []),
            *(cell_evidence(grid, n, "addend") for n in group.members[:12]),
        ),
        expected="100%",
        actual=total,
        difference=gap,
        impact="影响构成分析",
        confidence=0.95 if sure else 0.75,
    )


def _others(group: Uneven) -> str:
    return f"；同表其余 {group.others} 组占比合计均为 100%" if group.others else ""


def _base(group: Uneven) -> str:
    if group.base is None:
        return ""
    return f"；各项占比实际是以{spot_words(group.grid, group.base)}的 {group.base.text} 为分母计算的"
