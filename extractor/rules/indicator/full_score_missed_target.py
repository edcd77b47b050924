"""指标未达到目标值，却得了满分。

按目标值写明的方向判断：>90% 而完成 90% 即未达到；没有比较符号的目标值，只有 100% 和 0 能看出方向，个数
（户、家、场等）少于目标的只提示，其余不判断；“=”的目标值被超额完成的不算未达到。表内评分规则允许偏差、或按
“每偏差 1 个百分点”扣分而差额不足一步的，只提示并写明；
规则写明该完成值即可得满分的不报。目标、完成值在基础表或正文，得分在得分表、底稿的，放在一起看，作为提示。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 11.4公里 | 50 | 50 |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 50 | 50 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.0公里 | 50 | 50 |
    | 效益指标 | 沿河居民满意度 | ≥90% | 89% | 50 | 49.44 |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.facts import Indicator
from extractor.findings import Finding
from extractor.rules._form import named, remarks, subject, title
from extractor.rules.indicator._apart import stated_apart
from extractor.rules.indicator._reached import Scored, fewer, full_by_rule, granted, reached, scored

_IMPACT = "该指标得分偏高，影响总分"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each indicator with full marks whose actual value does not reach its target."""
    for form in reading.forms:
        for row in scored(form):
            short = row.full and fewer(row)
            if short or (row.full and reached(row.target, row.actual, row.row.name) is False):
                found = _finding(reading, row, short)
                if found:
                    yield found
    for apart in stated_apart(reading):
        yield apart.finding("full-score-missed-target", _IMPACT)


def _taken_off(row: Indicator) -> bool:
    """Whether another column of the row, a reviewers' score, gives less than full marks."""
    weight = row.weight.quantity if row.weight else None
    scores = [f.quantity for head, f in row.others.items() if "分" in head and f.quantity is not None]
    return weight is not None and any(0 <= q.value < weight.value for q in scores)


def _finding(reading: Reading, row: Scored, plain: bool) -> Finding | None:
    said = remarks(row.row)
    if full_by_rule(said, row.actual) or _taken_off(row.row):
        return None
    grant = granted(said, row.target, row.actual)
    assert row.row.target and row.row.actual and row.row.score and row.row.weight
    target, actual = row.row.target.string, row.row.actual.string
    note = f"；评分规则写有“{grant}”，请核实差额是否在允许范围内" if grant else ""
    note = note or ("；目标值没有写明是至少还是至多，请核实" if plain else "")
    return Finding(
        rule="full-score-missed-target",
        severity="warning" if grant or plain else "error",
        subject=subject(reading, row.form, named(row.row)),
        message=f"{title(reading, row.form)}：“{named(row.row)}”目标值为 {target}，实际完成值为 {actual}，"
        f"未达到目标值，仍得满分 {row.row.score.string} 分（分值 {row.row.weight.string}）{note}。",
        evidence=row.evidence(),
        expected=f"未达到 {target}，得分应低于 {row.row.weight.string} 分",
        actual=f"{row.row.score.string} 分",
        impact=_IMPACT,
        confidence=0.7 if grant or plain else 0.95,
    )
