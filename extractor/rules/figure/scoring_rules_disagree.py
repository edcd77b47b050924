"""同一指标的评分规则在指标体系与工作底稿之间不一致。

把各处所写的规则拆开后分别比较，同类才比：

- 每偏差一个百分点扣多少、每有一项不符扣多少（扣权重分的百分比按权重折成分数后再比）；
- 低于多少不得分；各组成部分各占多少；
- 逐项扣分所列的制度、要求是哪些；
- 一处按百分点扣分、另一处按几部分各占比例计分，属于两种办法，提醒核对；
- 同样的一句话，所写的数不同。

写法不同而实质相同的（扣权重分的 25% 与扣 1 分而权重为 4 分；“每低 1%”与“每偏差一个百分点”）不指出；
一处写得详细、
另一处没有写到的，也不指出。基准、目标值的差异由 benchmark-conflict 和 targets-disagree 指出。

错误示例::

    # 附件一 绩效评价指标体系

    | 三级指标 | 权重 | 评分规则 |
    | A11 路灯完好率 | 10 | 完好率≥95%得满分，每偏差一个百分点扣权重分 2%，扣完为止。 |
    | A12 巡检及时率 | 5 | 100%得满分，每低一个百分点扣 0.5 分。 |

    # A11“路灯完好率”评价底稿

    | 指标权重 | 指标权重：10 |
    | 评价标准 | 指标评分细则：完好率≥95%得满分，每偏差一个百分点扣权重分 5%，扣完为止。 |
    | 评价结果 | 指标得分：10 |

正确示例::

    # 附件一 绩效评价指标体系

    | 三级指标 | 权重 | 评分规则 |
    | A11 路灯完好率 | 10 | 完好率≥95%得满分，每偏差一个百分点扣权重分 2%，扣完为止。 |
    | A12 巡检及时率 | 5 | 100%得满分，每低一个百分点扣 0.5 分。 |

    # A11“路灯完好率”评价底稿

    | 指标权重 | 指标权重：10 |
    | 评价标准 | 指标评分细则：完好率≥95%得满分，每偏差一个百分点扣 0.2 分，扣完为止。 |
    | 评价结果 | 指标得分：10 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from extractor.claims import Claim, Reading, Subject
from extractor.document import Text
from extractor.findings import Evidence, Finding, Severity, evidence
from extractor.rules.figure._clauses import other_numbers
from extractor.rules.figure._scoring import Deduction, Scoring, scoring
from extractor.rules.figure._versions import PLACES

RULE = "scoring-rules-disagree"
_SAME_ITEM = 78.0


@dataclass(frozen=True, slots=True)
class _Difference:
    """In what two rules differ: the words of each, and how sure it is that they exclude each other."""

    what: str
    first: Text
    second: Text
    severity: Severity


@dataclass(frozen=True, slots=True)
class _Stated:
    claim: Claim
    scoring: Scoring

    @property
    def where(self) -> str:
        return PLACES.get(self.claim.origin.kind, "表格")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each indicator whose scoring rules contradict each other."""
    for subject in reading.subjects:
        stated = [_Stated(c, scoring(c.figure.text)) for c in subject.of("rule") if not c.figure.blank]
        for one, other in combinations(stated, 2):
            found = _distinct(_differences(one.scoring, other.scoring, _weights(subject)))
            if found:
                yield _finding(subject, one, other, found)
                break


def _distinct(found: Iterator[_Difference]) -> list[_Difference]:
    """Differences without those that cite what another one cites already."""
    kept: list[_Difference] = []
    for difference in found:
        said = difference.first.flat
        if not any(said in k.first.flat or k.first.flat in said for k in kept):
            kept.append(difference)
    return kept


def _weights(subject: Subject) -> tuple[Decimal, ...]:
    """Every weight that is stated for an indicator."""
    return tuple({c.figure.quantity.value for c in subject.of("weight") if c.figure.quantity})


def _differences(one: Scoring, other: Scoring, weights: tuple[Decimal, ...]) -> Iterator[_Difference]:
    yield from _deducted(one, other, weights)
    for what, a, b in (("不得分的界限", one.zeros, other.zeros),):
        if (
            len(a) == len(b) == 1
            and a[0].quantity
            and b[0].quantity
            and a[0].quantity.value != b[0].quantity.value
        ):
            yield _Difference(what, a[0].text, b[0].text, "error")
    yield from _shared(one, other)
    yield from _required(one, other)
    yield from _method(one, other)
    yield from _figures(one, other, weights)


def _deducted(one: Scoring, other: Scoring, weights: tuple[Decimal, ...]) -> Iterator[_Difference]:
    for kind, what in (("point", "每偏差一个百分点的扣分"), ("item", "每项不符的扣分")):
        a, b = one.of(kind), other.of(kind)
        if len(a) == len(b) == 1 and not _equal(a[0], b[0], weights):
            yield _Difference(what, a[0].text, b[0].text, "error")


def _equal(a: Deduction, b: Deduction, weights: tuple[Decimal, ...]) -> bool:
    """Whether two deductions come to the same, with any of the weights stated."""
    if a.of_weight == b.of_weight:
        return a.amount == b.amount
    return not weights or any(a.points(w) == b.points(w) for w in weights)


def _shared(one: Scoring, other: Scoring) -> Iterator[_Difference]:
    """The same part counted for another share."""
    mine, theirs = dict(one.shares), dict(other.shares)
    for name in mine.keys() & theirs.keys():
        a, b = mine[name].quantity, theirs[name].quantity
        if a and b and a.value != b.value:
            yield _Difference(f"“{name}”所占比例", mine[name].text, theirs[name].text, "error")


def _required(one: Scoring, other: Scoring) -> Iterator[_Difference]:
    """Lists of what is required that each hold something the other does not."""
    if one.listed is None or other.listed is None:
        return
    if _missing(one.items, other.items) and _missing(other.items, one.items):
        yield _Difference("逐项扣分所列的内容", one.listed, other.listed, "warning")


def _missing(items: tuple[str, ...], among: tuple[str, ...]) -> list[str]:
    return [i for i in items if all(fuzz.ratio(i.strip(), a.strip()) < _SAME_ITEM for a in among)]


def _method(one: Scoring, other: Scoring) -> Iterator[_Difference]:
    """Points for each percentage point on one side, a blend of several parts on the other."""
    for a, b, swapped in ((one, other, False), (other, one, True)):
        if a.of("point") and not a.shares and len(b.shares) > 1 and not b.deductions:
            first, second = a.of("point")[0].text, _shares_text(b)
            yield _Difference("计分办法", *((second, first) if swapped else (first, second)), "warning")


def _figures(one: Scoring, other: Scoring, weights: tuple[Decimal, ...]) -> Iterator[_Difference]:
    """Clauses of the same words with other numbers; full marks differ with the weights, which is told of them."""
    if len(weights) < 2:
        for mine, theirs in other_numbers(one.text, other.text):
            yield _Difference("所写的数", mine, theirs, "error")


def _shares_text(rule: Scoring) -> Text:
    start = min(rule.text.string.find(name) for name, _ in rule.shares)
    last = rule.shares[-1][1].string
    return rule.text.cut(max(start - 1, 0), rule.text.string.rfind(last) + len(last))


def _finding(subject: Subject, one: _Stated, other: _Stated, found: list[_Difference]) -> Finding:
    said = "；".join(
        f"{d.what}，{one.where}为“{d.first.flat}”，{other.where}为“{d.second.flat}”" for d in found
    )
    severity: Severity = "error" if any(d.severity == "error" for d in found) else "warning"
    return Finding(
        rule=RULE,
        severity=severity,
        subject=subject.title,
        message=f"{subject.title}的评分规则前后不一致：{said}。",
        evidence=tuple(_evidence(one, other, found)),
        expected="同一指标各处的评分规则一致",
        actual=said,
        impact="影响该指标应得分数的计算",
        confidence=0.95 if severity == "error" else 0.8,
    )


def _evidence(one: _Stated, other: _Stated, found: list[_Difference]) -> Iterator[Evidence]:
    for difference in found:
        for stated, text in ((one, difference.first), (other, difference.second)):
            yield evidence(text, f"{stated.where}：评分规则", "stated", stated.claim.figure.string[:200])
