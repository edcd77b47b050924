"""指标没有达到目标值，或得分明显低于分值，偏差原因栏却空着。

只看表里设有原因栏的：方向明确而未达到目标、得分也低于分值的，或得分不足分值八成的行应当写明原因。备注中写有说明、
原因与上面几行合写在一个单元格里的不报；未达标却得满分的，由“未达目标得满分”规则提示。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 10.8公里 | 50 | 45 | |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 50 | 50 | |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 10.8公里 | 50 | 45 | 末段与桥梁施工交叉，延至下年 |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 50 | 50 | |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Form, Indicator
from extractor.findings import Finding, evidence
from extractor.rules._form import leaves, named, points, quote, subject, title
from extractor.rules.indicator._reached import figure, reached

_LOW = Decimal("0.8")
_NOTHING = ("", "无", "无偏差", "—", "-", "/")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row that falls short and gives no reason where the form asks for one."""
    for form in reading.forms:
        for row in leaves(form):
            why = _falls_short(row)
            if why and _silent(row):
                yield _finding(reading, form, row, why)


def _falls_short(row: Indicator) -> str:
    """In words why a reason is due; "" if none is."""
    weight, score = points(row.weight), points(row.score)
    if weight is None or score is None or not 0 <= score.value < weight.value:
        return ""
    target, actual = figure(row.target), figure(row.actual)
    if target is not None and actual is not None and row.target and row.actual:
        met = reached(target, actual, row.name)
        if met is False:
            return f"目标值为 {row.target.string}，实际完成值为 {row.actual.string}，未达到目标值"
        if met is True:
            return ""
    return "得分不足分值的八成" if score.value < weight.value * _LOW else ""


def _silent(row: Indicator) -> bool:
    """Whether the row's own reason cell says nothing, and no note or rule does."""
    told = [f for f in (row.note, row.rule) if f is not None and not f.blank]
    return row.deviation is not None and row.deviation.string.strip("。. ") in _NOTHING and not told


def _finding(reading: Reading, form: Form, row: Indicator, why: str) -> Finding:
    assert row.score and row.weight and row.deviation
    places = [
        ("实际完成值", row.actual),
        ("得分", row.score),
        ("分值", row.weight),
        ("偏差原因（空）", row.deviation),
    ]
    return Finding(
        rule="missing-reason",
        severity="warning",
        subject=subject(reading, form, named(row)),
        message=f"{title(reading, form)}：“{named(row)}”{why}，"
        f"得 {row.score.string} 分（分值 {row.weight.string}），"
        "偏差原因一栏未填写。",
        evidence=tuple(evidence(f, label, "stated", quote(row)) for label, f in places if f is not None),
        expected="写明偏差原因和改进措施",
        actual=row.deviation.string or "空白",
        impact="不影响得分，扣分缺少说明",
        confidence=0.85,
    )
