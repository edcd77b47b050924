"""正文写的某项指标的完成率，不是表中实际完成值与目标值之比。

只看数量类指标：正文在该指标的段落里写“完成率 98.33%”，或者在写到该指标的句子里写“为年度计划的 101.95%”，而表中目标值、
完成值各只有一种写法。超额完成而写 100% 的、末位截去的不指出；越低越好（≤）的指标、目标值或完成值前后不一致的
（由 targets-disagree、values-disagree 指出）不核对。

错误示例::

    # 绩效评价报告

    | 三级指标 | 目标值 | 实际完成值 |
    | C11 培训护林员人次 | ≥900人次 | 885人次 |
    | C12 清理可燃物面积 | ≥300亩 | 306亩 |

    C11培训护林员人次：经核查签到册，完成率89.33%，未完成目标。

正确示例::

    # 绩效评价报告

    | 三级指标 | 目标值 | 实际完成值 |
    | C11 培训护林员人次 | ≥900人次 | 885人次 |
    | C12 清理可燃物面积 | ≥300亩 | 306亩 |

    C11培训护林员人次：经核查签到册，完成率98.33%，未完成目标。

    C12清理可燃物面积：已全部清理，完成率100%。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.claims import Claim, Reading, Subject
from extractor.findings import Finding, evidence
from extractor.quantity import Interval, Quantity, slip
from extractor.rules.figure._versions import PLACES, grouped

RULE = "completion-rate"
FOLLOWS = ("sentence-arithmetic", "values-disagree", "targets-disagree")
_LIMITS = ("<=", "<")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each completion rate in prose that the indicator's figures do not make."""
    for subject in reading.subjects:
        rates = [c for c in subject.of("completion") if c.figure.quantity is not None]
        target, actual = _only(subject, "target"), _only(subject, "actual")
        if rates and target is not None and actual is not None:
            for rate in rates:
                yield from _checked(subject, rate, target, actual)


def _only(subject: Subject, field: str) -> Claim | None:
    """What is stated of a field if every place states the same, as the most precise one states it."""
    groups = grouped([c for c in subject.of(field) if c.figure.quantity is not None and not c.scope])
    return max(groups[0], key=lambda c: _of(c).precision) if len(groups) == 1 else None


def _of(claim: Claim) -> Quantity:
    assert claim.figure.quantity is not None
    return claim.figure.quantity


def _checked(subject: Subject, rate: Claim, target: Claim, actual: Claim) -> Iterator[Finding]:
    told, aim, reached = _of(rate), _of(target), _of(actual)
    if aim.dimension != reached.dimension or aim.dimension == "ratio" or aim.op in _LIMITS:
        return
    if aim.upper is not None or aim.value <= 0 or reached.op not in ("", "="):
        return
    computed = reached.base() / Interval.point(aim.value * aim.scale)
    cut = Interval(told.value, told.value + Decimal(1).scaleb(-told.precision)).scaled(told.scale)
    if told.base().meets(computed) or cut.meets(computed):
        return
    if told.value * told.scale == 1 and computed.low > 1:
        return
    yield _finding(subject, (rate, target, actual), computed)


def _finding(subject: Subject, claims: tuple[Claim, Claim, Claim], computed: Interval) -> Finding:
    rate, target, actual = claims
    told = _of(rate)
    middle = (computed.low + computed.high) / 2 / told.scale
    expected = f"{round(middle, max(told.precision, 2)):f}%"
    note = slip(told, Quantity("", round(middle, max(told.precision, 2)), unit="%", precision=told.precision))
    return Finding(
        rule=RULE,
        severity="error",
        subject=subject.title,
        message=f"{subject.title}：正文写{rate.label} {rate.figure.string}，而目标值为 {target.figure.string}"
        f"、实际完成值为 {actual.figure.string}，完成率应为 {expected}{f'（{note}）' if note else ''}。",
        evidence=tuple(
            evidence(c.figure, f"{PLACES.get(c.origin.kind, '表格')}：{c.label}", "stated", c.quote)
            for c in claims
        ),
        expected=expected,
        actual=rate.figure.string,
        impact="影响该指标完成程度的判断",
        confidence=0.9,
    )
