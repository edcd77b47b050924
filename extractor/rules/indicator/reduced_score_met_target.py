"""指标已达到目标值，却没有得满分，表中也没有写明扣分的规则或原因。

评分规则、备注或原因栏写有内容的不报；定性指标和方向不明的目标值不判断；完成值大幅超过目标值（三成以上）的，常因
目标定得偏低而扣分，不报。表中设有原因栏而空着的为提示，没有原因栏的只供参考。
原因栏写“低于目标值多少”“未达到多少”，而按表中的目标值、完成值已经达到的，提示两者不符。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因分析 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 50 | 45 | |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 50 | 50 | |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因分析 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 50 | 45 | 两段返工后才通过验收 |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 50 | 50 | |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from extractor.claims import Reading
from extractor.findings import Finding, evidence
from extractor.rules._form import empty, merged, named, number, subject, title
from extractor.rules.indicator._reached import Scored, reached, scored
from extractor.rules.indicator._told_short import told_short

_FAR = Decimal("1.3")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row that reached its target and got less than full marks without any reason."""
    for form in reading.forms:
        at = {id(row): number for number, row in enumerate(form.indicators)}
        shared = any(row.deviation is not None for row in form.indicators)
        for row in scored(form):
            if row.full or reached(row.target, row.actual, row.row.name) is not True:
                continue
            told = told_short(row)
            if told:
                yield _denied(reading, row, told)
            elif not _explained(row, at, shared) and not _far_beyond(row):
                yield _finding(reading, row)


def _explained(row: Scored, at: Mapping[int, int], shared: bool) -> bool:
    """Whether a reason is given; where ``shared`` (a row of the form has a cell for it), a row without one has its
    part in a cell that began above."""
    one = row.row
    if any(f is not None and not f.blank for f in (one.rule, one.note, one.deviation)):
        return True
    return (shared and one.deviation is None) or merged(row.form.indicators, at[id(one)], "score")


def _far_beyond(row: Scored) -> bool:
    wanted, done = row.target.value * row.target.scale, row.actual.value * row.actual.scale
    return wanted > 0 and done > wanted * _FAR


def _finding(reading: Reading, row: Scored) -> Finding:
    one = row.row
    assert one.target and one.actual and one.score and one.weight
    left = number(row.weight.value - row.score.value)
    blank = empty(one.deviation)
    return Finding(
        rule="reduced-score-met-target",
        severity="warning" if blank else "info",
        subject=subject(reading, row.form, named(one)),
        message=f"{title(reading, row.form)}：“{named(one)}”目标值为 {one.target.string}，"
        f"实际完成值为 {one.actual.string}，已达到目标值，得分却为 {one.score.string} 分"
        f"（分值 {one.weight.string}），少 {left} 分，表中未写明扣分规则和原因。",
        evidence=row.evidence(),
        expected=f"{one.weight.string} 分，或写明扣分原因",
        actual=f"{one.score.string} 分",
        difference=left,
        impact="该指标得分偏低或缺少依据",
        confidence=0.75 if blank else 0.6,
    )


def _denied(reading: Reading, row: Scored, told: str) -> Finding:
    one = row.row
    assert one.target and one.actual and one.score and one.weight
    remark = next(f for f in (one.deviation, one.note) if f is not None and told in f.string)
    return Finding(
        rule="reduced-score-met-target",
        severity="warning",
        subject=subject(reading, row.form, named(one)),
        message=f"{title(reading, row.form)}：“{named(one)}”的说明写“{told}”，"
        f"而目标值为 {one.target.string}，实际完成值为 {one.actual.string}，已达到目标值，两者不符"
        f"（得 {one.score.string} 分，分值 {one.weight.string}）。",
        evidence=(*row.evidence(), evidence(remark, "偏差原因", "stated", remark.string[:200])),
        expected="说明与目标值、完成值一致",
        actual=told,
        impact="影响该指标是否达标的判断及其得分",
        confidence=0.8,
    )
