"""得分率一栏在各行都是得分除以权重，只有个别行不是。

某一栏（得分率、业绩值、完成率）在几乎所有行都等于得分÷权重时，这个关系也应当适用于其余的行。四舍五入或截去末位
能解释的不报；该栏本来就是完成值（多数行与得分无关）、或者是完成值除以目标值的，不判断。不符的数恰是该指标在别处
写的完成值时，提示是把两种比率混在一栏。

错误示例::

    # 绩效评价报告

    | 指标 | 权重 | 得分 | 得分率 |
    | B11 预算执行率 | 5 | 4.5 | 96.20% |
    | B12 资金到位率 | 5 | 5 | 100.00% |
    | B21 制度健全性 | 4 | 3 | 75.00% |
    | B22 制度执行有效性 | 6 | 5 | 83.33% |

正确示例::

    # 绩效评价报告

    | 指标 | 权重 | 得分 | 得分率 |
    | B11 预算执行率 | 5 | 4.5 | 90.00% |
    | B12 资金到位率 | 5 | 5 | 100.00% |
    | B21 制度健全性 | 4 | 3 | 75.00% |
    | B22 制度执行有效性 | 6 | 5 | 83.3% |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.claims import Claim, Reading
from extractor.facts import Form, Indicator
from extractor.findings import Finding, evidence
from extractor.quantity import Agreement, Interval, Quantity, agree, slip
from extractor.rules._form import named, number, points, quote, rounded, subject, title

_MOST = Decimal("0.7")
_FEWEST = 3
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """A row with its rate and what score over weight comes to, in per cent."""

    row: Indicator
    rate: Quantity
    share: Interval

    @property
    def holds(self) -> bool:
        """Whether the rate is the share, rounded or with its last digits cut off."""
        step = Decimal(1).scaleb(-self.rate.precision)
        cut = Interval(self.rate.value, self.rate.value + step)
        return self.rate.interval().meets(self.share) or cut.meets(self.share)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row whose rate is not score over weight in a table where it is everywhere else."""
    for form in reading.forms:
        shares = [s for row in form.indicators if (s := _share(row))]
        off = [s for s in shares if not s.holds]
        right = len(shares) - len(off)
        if any(_is_completion(s) for s in off):
            continue
        if off and right >= _FEWEST and right >= _MOST * len(shares):
            for share in off:
                yield _finding(reading, form, share, right)


def _share(row: Indicator) -> Share | None:
    rate = row.rate.quantity if row.rate is not None else None
    weight, score = points(row.weight), points(row.score)
    if (
        rate is None
        or rate.unit not in ("%", "％")
        or rate.op
        or weight is None
        or score is None
        or weight.value <= 0
    ):
        return None
    return Share(row, rate, (score.interval() / Interval.point(weight.value)).scaled(_HUNDRED))


def _is_completion(share: Share) -> bool:
    """Whether the rate is the actual value over the target: then the column tells that, not the score's share."""
    target, actual = (f.quantity if f is not None else None for f in (share.row.target, share.row.actual))
    if target is None or actual is None or not target.value or not actual.value:
        return False
    for above, below in ((actual, target), (target, actual)):
        ratio = above.interval() / Interval.point(below.value)
        if share.rate.interval().meets(ratio.scaled(_HUNDRED)):
            return True
    return False


def _finding(reading: Reading, form: Form, share: Share, right: int) -> Finding:
    row = share.row
    assert row.rate and row.score and row.weight and row.score.quantity and row.weight.quantity
    computed = rounded(row.score.quantity.value / row.weight.quantity.value * _HUNDRED, 2)
    elsewhere = _stated_elsewhere(reading, row, share.rate)
    note = slip(share.rate, Quantity("", computed, unit="%", precision=2))
    if elsewhere:
        why = f"；{row.rate.string} 是该指标的完成值，与其他行的得分率不是同一种比率"
    else:
        why = f"（{note}）" if note else ""
    places = [("得分率", row.rate), ("得分", row.score), ("权重", row.weight)]
    return Finding(
        rule="score-share",
        severity="warning" if elsewhere else "error",
        subject=subject(reading, form, named(row)),
        message=f"{title(reading, form)}：“{named(row)}”得分 {row.score.string}、权重 {row.weight.string}，"
        f"得分率应为 {computed}%，表中为 {row.rate.string}；其余 {right} 行均等于得分除以权重{why}。",
        evidence=tuple(evidence(f, label, "stated", quote(row)) for label, f in places),
        expected=f"{computed}%",
        actual=row.rate.string,
        difference=f"{number(abs(computed - share.rate.value))} 个百分点",
        impact="不影响得分，得分率列示有误",
        confidence=0.85 if elsewhere else 0.93,
    )


def _stated_elsewhere(reading: Reading, row: Indicator, rate: Quantity) -> Claim | None:
    """Where the document gives the same figure as the indicator's actual value."""
    for one in reading.subjects:
        if row.code != one.code or row.name not in one.names:
            continue
        for claim in one.of("actual"):
            if claim.figure.quantity and agree(claim.figure.quantity, rate) is Agreement.AGREE:
                return claim
    return None
