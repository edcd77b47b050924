"""支付率 85.49%，按比例得 6.84 分 as the prose tells it, against the weight that the same paragraph states."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Text
from extractor.facts import Figure
from extractor.findings import Finding, evidence
from extractor.quantity import Interval, find
from extractor.rules._form import number, rounded

_N = r"\d{1,3}(?:\.\d+)?"
_TOLD = regex.compile(
    rf"(?P<rate>{_N})\s*[%％](?P<between>[^。；;%％\d]{{0,16}}?)按(?:照)?(?:该|此|完成|实际|实际完成)?(?:比例|比率)"
    rf"(?:计算|折算|计|应)?(?:得分|得)\s*(?P<score>{_N})\s*分"
)
_WEIGHT = regex.compile(rf"(?:[（(]|权重|分值|满分)\s*为?\s*(?P<weight>{_N})\s*分")
_PER_CENT = regex.compile(rf"({_N})\s*[%％]")
_AIM = regex.compile(r"目标|标准|指标值|要求|计划")
_OTHER = regex.compile(r"每|扣|档|区间|之间|加权|平均|分别")
_HUNDRED = Decimal(100)


def told(reading: Reading, rule: str) -> Iterator[Finding]:
    """The scores by proportion that are not the rate times the weight of their paragraph, by any target."""
    targets = {
        t
        for form in reading.forms
        for row in form.indicators
        if row.target
        for t in _rates(row.target.string)
    }
    for block in reading.document.blocks:
        if isinstance(block, Paragraph) and block.kind == "body":
            yield from _of_paragraph(block.text, targets, rule)


def _of_paragraph(text: Text, targets: set[Decimal], rule: str) -> Iterator[Finding]:
    weights = {m["weight"]: m for m in _WEIGHT.finditer(text.string)}
    found = list(_TOLD.finditer(text.string))
    if len(weights) != 1 or len(found) != 1 or _OTHER.search(text.string):
        return
    weight, match = next(iter(weights.values())), found[0]
    rate, score, whole = (Decimal(g) for g in (match["rate"], match["score"], weight["weight"]))
    told_before = _rates(text.string[: match.start("rate")])
    bases = {_HUNDRED, rate, *targets, *told_before}
    if rate > _HUNDRED or _AIM.search(match["between"]):
        return  # 低于 90%的目标，按比例得 …: the rate is what was aimed at
    if any(_fits(r, score, whole, base) for r in {rate, *told_before} for base in bases if base >= r):
        return
    yield _finding(text, match, weight, rounded(rate * whole / 100, 2), rule)


def _rates(string: str) -> set[Decimal]:
    return {value for m in _PER_CENT.finditer(string) if (value := Decimal(m[1])) > 0}


def _fits(rate: Decimal, score: Decimal, whole: Decimal, base: Decimal) -> bool:
    """Whether a score is the share that a rate is of a base, rounded or cut off."""
    wide = _half(rate)
    share = Interval(rate - wide, rate + wide).scaled(whole / base)
    return share.low - 2 * _half(score) < score <= share.high + _half(score)


def _half(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)


def _finding(
    text: Text, match: regex.Match[str], weight: regex.Match[str], computed: Decimal, rule: str
) -> Finding:
    gap = number(abs(computed - Decimal(match["score"])))
    spans = (("得分", match, "score"), ("比率", match, "rate"), ("分值", weight, "weight"))
    sentence = text.string[max(text.string.rfind("。", 0, match.start()), 0) : match.end()].strip("。")
    name = text.string[: weight.start()].strip(" （(0123456789.、．")[-20:]
    return Finding(
        rule=rule,
        severity="warning",
        subject=name or "得分",
        message=f"正文“{match[0]}”：比率 {match['rate']}%、分值 {weight['weight']} 分，"
        f"按比例应得 {number(computed)} 分，所写 {match['score']} 分，相差 {gap} 分；按文中任何目标值折算也不成立。",
        evidence=tuple(
            evidence(_figure(text, m.span(group)), f"正文：{label}", "stated", sentence)
            for label, m, group in spans
        ),
        expected=number(computed),
        actual=match["score"],
        difference=f"{gap} 分",
        impact="影响该指标得分和总分",
        confidence=0.8,
    )


def _figure(text: Text, span: tuple[int, int]) -> Figure:
    cut = text.cut(*span)
    return Figure(cut, next(iter(find(cut.string)), None))
