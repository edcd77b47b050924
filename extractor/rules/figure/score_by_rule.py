"""得分与按评分规则重新计算的结果不符；“扣几分、得几分”与权重不符。

规则整条读懂才重算：达到多少得满分、每低（超）一个单位扣几分、每发现一处或每逾期一天扣几分、分档得分、优良中差各得多少、
得分＝执行率×分值、未达到的按完成比例计分、否则不得分；规则里还有读不懂的扣分、加分、加权、酌情时不算。处数、天数、等次
以该行写明的为准，抽查的笔数不算发现的处数。没有自己规则的指标，按文中统一写明的办法（未达到目标的按完成比例计分）计算，
办法里另外点名的、原因栏写明扣分的除外。

各处分列的规则：有一个基准、一条“每偏差（低于）一个百分点扣多少”、一个实际值、一个权重、一个得分，各处说法一致，
规则里没有其他扣分、分档或合成办法。逐点按比例扣、只按整数点扣（不足一点的不扣或按一点扣）、按偏差率扣，任何一种能得出
所写的分数就不指出；得分按所写的小数位四舍五入。写有“低于某值不得分”的一并计算。

正文写明“扣 A 分，得 B 分”的，A 与 B 之和应等于该指标的权重；权重本身前后不一的，与其中任何一个相符即可。

错误示例::

    # 附件一 绩效评价指标体系

    | 三级指标 | 权重 | 目标值 | 实际完成值 | 得分 | 评分规则 |
    | A11 路灯完好率 | 10 | 95% | 91.50% | 9.5 | 以 95%为基准，每低一个百分点扣权重分 5%，扣完为止。 |
    | A12 巡检及时率 | 5 | 100% | 100% | 5 | 100%得满分，每低一个百分点扣 0.5 分。 |

正确示例::

    # 附件一 绩效评价指标体系

    | 三级指标 | 权重 | 目标值 | 实际完成值 | 得分 | 评分规则 |
    | A11 路灯完好率 | 10 | 95% | 91.50% | 8.25 | 以 95%为基准，每低一个百分点扣权重分 5%，扣完为止。 |
    | A12 巡检及时率 | 5 | 100% | 100% | 5 | 100%得满分，每低一个百分点扣 0.5 分。 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Claim, Reading, Subject
from extractor.findings import Finding, evidence
from extractor.quantity import Interval, Quantity
from extractor.rules.figure._by_scheme import by_scheme, common
from extractor.rules.figure._marks import in_steps, left
from extractor.rules.figure._scoring import Deduction, Scoring, scoring
from extractor.rules.figure._told import told_deductions
from extractor.rules.figure._versions import PLACES, agreed

RULE = "score-by-rule"
FOLLOWS = ("values-disagree", "weights-disagree", "scores-disagree", "benchmark-conflict")
_HUNDREDTH = Decimal("0.01")
_OTHER_WAYS = regex.compile(
    r"按比例|比例得分|其中|分别|加权|合成|之间|区间|[一二三]档|加分|平均|占\s*\d|得\s*\d+(?:\.\d+)?\s*分|\d+\s*%\s*(?:的)?(?:权重|分值)"
)
_BY_SEVERAL = regex.compile(r"每[^\d扣]{0,8}(?!1(?![\d.]))\d")
_REVERSE = regex.compile(r"超|高于|高|增加|大于|多")
_LOWER = regex.compile(r"低|降|减|少|下滑|不足|小于")


@dataclass(frozen=True, slots=True)
class _Case:
    """Everything that a score is computed from, each stated in one way only."""

    rule: Claim
    scoring: Scoring
    deduction: Deduction
    benchmark: Quantity
    actual: Claim
    weight: Claim
    score: Claim


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each score that does not follow from its rule, or from the deduction told with it."""
    own = common(reading)
    for subject in reading.subjects:
        case = _case(subject)
        if case is not None:
            yield from _recomputed(subject, case)
        else:
            yield from by_scheme(reading, subject, own, RULE)
    yield from told_deductions(reading, RULE)


def _case(subject: Subject) -> _Case | None:
    rules = [(c, scoring(c.figure.text)) for c in subject.of("rule")]
    rules = [(c, s) for c, s in rules if s.deductions]
    if not rules or len({tuple((d.amount, d.of_weight) for d in s.deductions) for _, s in rules}) > 1:
        return None
    rule, parsed = rules[0]
    if (
        len(parsed.deductions) != 1
        or parsed.deductions[0].kind != "point"
        or _BY_SEVERAL.search(parsed.deductions[0].text.string)
        or _OTHER_WAYS.search(_rest(parsed))
    ):
        return None
    stated = [agreed(subject, name) for name in ("actual", "weight", "score")]
    benchmark = _benchmark(subject, [s for _, s in rules])
    if benchmark is None or any(s is None for s in stated):
        return None
    actual, weight, score = (s for s in stated if s is not None)
    return _Case(rule, parsed, parsed.deductions[0], benchmark, actual, weight, score)


def _rest(parsed: Scoring) -> str:
    """The rule without the deduction and the limit below which nothing is given."""
    string = parsed.text.string
    for known in (parsed.deductions[0].text.string,):
        string = string.replace(known, "")
    return str(regex.sub(r"不得分|得\s*0\s*分", "", string))


def _benchmark(subject: Subject, rules: list[Scoring]) -> Quantity | None:
    """The one value from which on points are deducted: as the rule says, else the target."""
    said = [f.quantity for s in rules for f in s.benchmarks if f.quantity]
    if not said:
        target = agreed(subject, "target")
        said = [target.figure.quantity] if target and target.figure.quantity else []
    values = {q.value * q.scale for q in said}
    return said[0] if len(values) == 1 and said[0].dimension == "ratio" else None


def _recomputed(subject: Subject, case: _Case) -> Iterator[Finding]:
    actual, weight, score = (c.figure.quantity for c in (case.actual, case.weight, case.score))
    assert actual and weight and score
    if actual.dimension != "ratio" or actual.op not in ("", "=") or weight.value <= 0:
        return
    readings = _readings(case, actual, weight.value)
    if not readings or any(score.interval().meets(r) for r in readings):
        return
    main = readings[0]
    middle = ((main.low + main.high) / 2).quantize(Decimal(1).scaleb(-max(score.precision, 2)))
    want = f"{middle.normalize():f} 分"
    what = (
        f"基准 {case.benchmark.text}，实际完成值 {case.actual.figure.string}，“{case.deduction.text.flat}”，"
        f"权重 {case.weight.figure.string}"
    )
    yield Finding(
        rule=RULE,
        severity="error",
        subject=subject.title,
        message=f"{subject.title}的得分与评分规则不符：{what}，按规则应得 {want}，实际给 {score.text}"
        f"（{PLACES.get(case.score.origin.kind, '表格')}）；按整数点或按偏差率计算也得不出所给的分数。",
        evidence=(
            *tuple(
                evidence(c.figure, f"{PLACES.get(c.origin.kind, '表格')}：{c.label}", "stated", c.quote)
                for c in (case.score, case.actual, case.weight)
            ),
            evidence(case.deduction.text, "评分规则", "stated", case.rule.figure.string[:200]),
        ),
        expected=want,
        actual=f"{score.text}",
        difference=f"{abs(middle - score.value):f} 分",
        impact="影响该指标得分和总分",
        confidence=0.9,
    )


def _readings(case: _Case, actual: Quantity, weight: Decimal) -> list[Interval]:
    """The scores that the rule can mean, the plain reading (in proportion) first; none if it cannot be
    applied."""
    points = case.deduction.points(weight)
    limit, value = case.benchmark.base(), actual.base()
    if any(z.quantity and value.high < z.quantity.base().low for z in case.scoring.zeros):
        return [Interval.point(0)]
    gap = value - limit if _REVERSE.search(case.deduction.way) else limit - value
    if points is None or (gap.low < 0 and not _LOWER.search(case.deduction.way) and gap.high < 0):
        return []
    found = []
    for far in (gap, gap / limit if limit.low > 0 else gap):
        steps = Interval(max(far.low / _HUNDREDTH, Decimal(0)), max(far.high / _HUNDREDTH, Decimal(0)))
        found += in_steps(steps)
    return [left(weight, steps.scaled(points)) for steps in found]
