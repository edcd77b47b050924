"""得分高于该指标的权重（分值）。

得分单元格由几行共用的，与这几行的权重之和比较；加分项、按百分制打分再折算的表（多数行得分都高于权重）不报。
预算执行得分同样核对。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 20 | 20 |
    | 产出指标 | 清淤土方外运率 | 100% | 100% | 15 | 51 |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 10 | 10 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 20 | 20.00 |
    | 产出指标 | 清淤土方外运率 | 100% | 100% | 15 | 15 |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 10 | 9 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Figure, Form, Indicator
from extractor.findings import Finding, evidence
from extractor.quantity import Quantity, slip
from extractor.rules._form import leaves, merged, named, number, points, quote, remarks, subject, title

_BONUS = ("加分", "附加", "奖励分")

FOLLOWS = ("weights-disagree", "scores-disagree")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each score that exceeds its weight."""
    for form in reading.forms:
        rows = form.indicators if form.kind == "worksheet" else leaves(form)
        over = [(n, top) for n in range(len(rows)) if (top := _weight_exceeded(rows, n)) is not None]
        if len(over) * 2 <= len(rows) or len(rows) == 1:
            for n, top in over:
                row = rows[n]
                yield _finding(reading, form, named(row), row.score, row.weight, top, quote(row))
        for line in form.budget:
            weight, score = points(line.weight), points(line.score)
            if weight and score and score.value > weight.value:
                yield _finding(
                    reading, form, f"预算执行（{line.item}）", line.score, line.weight, weight.value, ""
                )


def _weight_exceeded(rows: Sequence[Indicator], n: int) -> Decimal | None:
    """The weight that a row's score exceeds (of all rows sharing its cell); None if it does not."""
    score, weight = points(rows[n].score), points(rows[n].weight)
    if score is None or weight is None or any(b in rows[n].name + remarks(rows[n]) for b in _BONUS):
        return None
    top, at = weight.value, n
    while merged(rows, at, "score"):
        at += 1
        more = points(rows[at].weight)
        top += more.value if more is not None else 0
    return top if score.value > top and weight.unit.replace("分", "") in ("", "%") else None


def _finding(
    reading: Reading,
    form: Form,
    name: str,
    score: Figure | None,
    weight: Figure | None,
    top: Decimal,
    row: str,
) -> Finding:
    assert score is not None and weight is not None and score.quantity is not None
    note = slip(Quantity("", top), score.quantity)
    over = number(score.quantity.value - top)
    return Finding(
        rule="score-above-weight",
        severity="error",
        subject=subject(reading, form, name),
        message=f"{title(reading, form)}：“{name}”得分 {score.string}，高于分值 {number(top)}，"
        f"超出 {over} 分{f'（{note}）' if note else ''}。",
        evidence=(evidence(score, "得分", "stated", row), evidence(weight, "分值", "stated", row)),
        expected=f"不超过 {number(top)}",
        actual=score.string,
        difference=over,
        impact="该指标得分和总分虚高",
        confidence=0.97,
    )
