"""自评表、得分表里“完成率”一栏，在其余各行都是完成值除以目标值（超过的按 100%），只有个别行不是。

至少三行按这个关系成立、不成立的不超过四分之一时才判断。越小越好的指标可以是目标值除以完成值，也可以按偏差率写；完成率等于
完成值本身、得分除以权重（各行又都是 100%）的，四舍五入或截去末位能解释的，不报。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 完成率 | 权重 | 得分 |
    | 产出指标 | 改造垃圾房数量 | ≥40座 | 38座 | 59% | 30 | 28.5 |
    | 产出指标 | 购置车辆数 | 19辆 | 19辆 | 100% | 30 | 30 |
    | 效益指标 | 回收利用率 | ≥35% | 34.3% | 98% | 20 | 19.6 |
    | 效益指标 | 居民知晓率 | ≥90% | 92.4% | 100% | 20 | 20 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 完成率 | 权重 | 得分 |
    | 产出指标 | 改造垃圾房数量 | ≥40座 | 38座 | 95% | 30 | 28.5 |
    | 产出指标 | 购置车辆数 | 19辆 | 19辆 | 100% | 30 | 30 |
    | 效益指标 | 回收利用率 | ≥35% | 34.3% | 98% | 20 | 19.6 |
    | 效益指标 | 居民知晓率 | ≥90% | 92.4% | 102.67% | 20 | 20 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Form, Indicator
from extractor.findings import Finding, evidence
from extractor.quantity import Interval, Quantity, slip
from extractor.rules._form import leaves, named, number, points, quote, rounded, subject, title
from extractor.rules.fund._lines import head
from extractor.rules.indicator._reached import figure

RULE = "completion-column"
FOLLOWS = ("values-disagree", "targets-disagree", "score-by-proportion")
_FEWEST, _SHARE = 3, 4
_ONE = Interval.point(1)


@dataclass(frozen=True, slots=True)
class _Rated:
    """A row with its rate, its target and its actual value."""

    row: Indicator
    rate: Quantity
    target: Quantity
    actual: Quantity

    @property
    def plain(self) -> Interval:
        """Actual value over target."""
        return _base(self.actual, self.target) / _base(self.target, self.actual)

    @property
    def ways(self) -> tuple[Interval, ...]:
        """What the rate may be: actual over target and, for what should stay small, the other ways round."""
        plain = self.plain
        if self.target.op not in ("<=", "<", "", "=") or not plain.low > 0:
            return (plain,)
        return (plain, _ONE / plain, Interval.point(2) - plain)

    @property
    def holds(self) -> bool:
        """Whether the rate is one of these, rounded, cut off, or capped at 100%."""
        step = Decimal(1).scaleb(-self.rate.precision)
        cut = Interval(self.rate.value, self.rate.value + step).scaled(self.rate.scale)
        stated = self.rate.interval().scaled(self.rate.scale)
        capped = self.rate.value * self.rate.scale == 1
        return any(stated.meets(w) or cut.meets(w) or (capped and w.high >= 1) for w in self.ways)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row whose rate is not its completion in a form where it is in the other rows."""
    for form in reading.forms:
        rated = [r for row in leaves(form) if (r := _rated(row)) is not None]
        off = [r for r in rated if not r.holds]
        held = len(rated) - len(off)
        telling = any(r.holds and r.rate.value * r.rate.scale != 1 for r in rated)
        if held >= _FEWEST and len(off) * _SHARE <= len(rated):
            off = [r for r in off if not (_is_share(r) and _of_scores(reading, rated))]
            yield from (_finding(reading, form, r, held) for r in off if not _otherwise(r, telling))


def _rated(row: Indicator) -> _Rated | None:
    rate = row.rate.quantity if row.rate is not None else None
    target, actual = figure(row.target), figure(row.actual)
    if (
        rate is None
        or target is None
        or actual is None
        or rate.dimension != "ratio"
        or rate.op not in ("", "=")
    ):
        return None
    if (
        target.upper is not None
        or actual.upper is not None
        or actual.op not in ("", "=")
        or target.value <= 0
    ):
        return None
    alike = target.dimension == actual.dimension or "number" in (target.dimension, actual.dimension)
    return _Rated(row, rate, target, actual) if alike and actual.value > 0 else None


def _base(one: Quantity, other: Quantity) -> Interval:
    """A figure in the base unit; one without a unit has the other's."""
    scale = one.scale if one.unit else other.scale
    return one.interval().scaled(scale)


def _of_scores(reading: Reading, rated: Sequence[_Rated]) -> bool:
    """Whether a column is 得分率: nearly all rates the score's share, no head that tells of completion."""
    shares = sum(map(_is_share, rated))
    return shares * _SHARE >= len(rated) * (_SHARE - 1) and "完成" not in head(reading, rated[0].row.rate)


def _is_share(rated: _Rated) -> bool:
    """Whether a rate is the score's share of the weight."""
    weight, score = points(rated.row.weight), points(rated.row.score)
    if weight is None or score is None or weight.value <= 0:
        return False
    share = Interval.point(score.value) / Interval.point(weight.value)
    return share.meets(rated.rate.interval().scaled(rated.rate.scale))


def _otherwise(rated: _Rated, telling: bool) -> bool:
    """Whether a rate that is no completion is the actual value again, or the score's share of the weight where no
    other row below or above 100% bears completion out (``telling``)."""
    rate, weight, score = rated.rate, points(rated.row.weight), points(rated.row.score)
    if (
        rate.dimension == rated.actual.dimension
        and rate.value * rate.scale == rated.actual.value * rated.actual.scale
    ):
        return True
    if telling or weight is None or score is None or weight.value <= 0 or rated.plain.high >= 1:
        return False
    share = score.interval() / Interval.point(weight.value)
    return score.value != weight.value and share.meets(rate.interval().scaled(rate.scale))


def _finding(reading: Reading, form: Form, rated: _Rated, held: int) -> Finding:
    row, plain = rated.row, rated.plain
    assert row.rate and row.target and row.actual
    computed = rounded((plain.low + plain.high) / 2 / rated.rate.scale, max(rated.rate.precision, 2))
    note = slip(rated.rate, Quantity("", computed, unit=rated.rate.unit, precision=rated.rate.precision))
    places = [("完成率", row.rate), ("完成值", row.actual), ("目标值", row.target)]
    return Finding(
        rule=RULE,
        severity="error",
        subject=subject(reading, form, named(row)),
        message=f"{title(reading, form)}：“{named(row)}”目标值 {row.target.string}，完成值 {row.actual.string}，"
        f"完成率应为 {number(computed)}{rated.rate.unit}，表中为 {row.rate.string}；"
        f"其余 {held} 行的完成率均与完成值、目标值相符{f'（{note}）' if note else ''}。",
        evidence=tuple(evidence(f, label, "stated", quote(row)) for label, f in places),
        expected=f"{number(computed)}{rated.rate.unit}",
        actual=row.rate.string,
        difference=f"{number(abs(computed - rated.rate.value))} 个百分点",
        impact="影响该指标完成程度的判断和得分",
        confidence=0.88,
    )
