"""两处几乎一样的话，数字不一样。

报告的摘要、正文、结论、底稿常把同一句话写几遍。逐句抽去数字比较文字，文字相同（只差虚词或个别插入语）的两句对齐，
同一位置的数字不一致即指出，一个事实只报一次。

不指出的：精度不同而能由四舍五入相合的；年份、编号不同的（那是另一年、另一项）；换了名称的列举项；文字里多出“不含、其中、
调整、申报、核定”一类限定词的；相邻两段的并列句；过半数字都不同的套话；评分规则、扣分得分的套话。

错误示例::

    # 摘要

    项目共培训农技人员 1,286 人次，覆盖 46 个行政村，发放技术手册 5,200 册，受训农户反映良好。

    # 一、基本情况

    项目按计划实施。

    # 二、产出情况

    项目共培训农技人员 1,268 人次，覆盖 46 个行政村，发放技术手册 5,200 册，受训农户反映良好。

正确示例::

    # 摘要

    项目共培训农技人员 1,286 人次，覆盖 46 个行政村，发放技术手册 5,200 册，受训农户反映良好。

    # 一、基本情况

    项目按计划实施。

    # 二、产出情况

    上年项目共培训农技人员 1,268 人次，覆盖 46 个行政村，发放技术手册 5,000 册，受训农户反映良好。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Table
from extractor.findings import Finding, evidence
from extractor.quantity import Agreement, agree, slip
from extractor.rules.text._figures import Said, sentences
from extractor.rules.text._passages import Passage, paired, twins
from extractor.rules.text._repeats import merged

RULE = "passages-disagree"
FOLLOWS = (
    "values-disagree",
    "targets-disagree",
    "weights-disagree",
    "scores-disagree",
    "grades-disagree",
    "sentence-arithmetic",
)
_PATTERN = regex.compile(r"扣\s*(?:除|减|权重|分|\d)|得满?分|权重|分值|评分|每偏差|为基准|单价|元/|标准为")
_SHORTEST = 18
_LONG = 28
_NEIGHBOURS = 2
_SURE = 3


@dataclass(frozen=True, slots=True)
class _Fact:
    """One figure told in two ways, in two passages; ``same`` counts the figures on which they agree."""

    one: Passage
    other: Passage
    mine: Said
    theirs: Said
    same: int


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each figure that two passages saying the same state differently."""
    yield from merged(_finding(fact) for fact in _facts(reading))


def _facts(reading: Reading) -> Iterator[_Fact]:
    told: set[tuple[str, str]] = set()
    for one, other in twins(list(_passages(reading))):
        if _side_by_side(one, other):
            continue
        pairs = paired(one, other)
        apart = [(a, b) for a, b in pairs if _contradict(a, b)]
        same = len(pairs) - len(apart)
        if not apart or len(apart) > same + (len(pairs) == 1):
            continue
        if same == 0 and (one.skeleton != other.skeleton or len(one.skeleton) < _LONG):
            continue
        for mine, theirs in apart:
            key = (min(mine.string, theirs.string), max(mine.string, theirs.string))
            if key not in told:
                told.add(key)
                yield _Fact(one, other, mine, theirs, same)


def _passages(reading: Reading) -> Iterator[Passage]:
    """The sentences of paragraphs and of worksheets that hold figures and are no pattern of the trade."""
    forms = {t: form.kind for form in reading.forms for t in form.tables}
    for number, sentence in enumerate(sentences(reading)):
        block = reading.document.blocks[sentence.block]
        if isinstance(block, Table) and forms.get(block.number) != "worksheet":
            continue
        if _PATTERN.search(sentence.string) or not sentence.figures:
            continue
        passage = Passage(sentence, number, "工作底稿" if isinstance(block, Table) else "正文")
        if len(passage.skeleton) >= _SHORTEST:
            yield passage


def _side_by_side(one: Passage, other: Passage) -> bool:
    return abs(one.sentence.block - other.sentence.block) <= _NEIGHBOURS


def _contradict(a: Said, b: Said) -> bool:
    return agree(a.quantity, b.quantity) is Agreement.DISAGREE


def _finding(fact: _Fact) -> Finding:
    mine, theirs = fact.mine, fact.theirs
    what = (mine.lead or mine.before)[-16:].strip("的为是：:，,") or "同一事项"
    note = slip(mine.quantity, theirs.quantity)
    said = f"{_where(fact.one)}写为 {mine.string}，{_where(fact.other)}写为 {theirs.string}"
    return Finding(
        rule=RULE,
        severity="error" if fact.same >= _SURE else "warning",
        subject=what,
        message=f"{what}：同样的一句话，{said}" + (f"（{note}）" if note else "") + "。",
        evidence=tuple(
            evidence(s.figure(), f"{_where(p)}：{what}", "stated", p.sentence.text.flat[:300])
            for p, s in ((fact.one, mine), (fact.other, theirs))
        ),
        expected="两处表述的数据一致",
        actual=said,
        impact="同一事实前后数据不一，影响报告的可信度",
        confidence=0.95 if fact.same >= _SURE else 0.8,
    )


def _where(passage: Passage) -> str:
    section = passage.sentence.section
    return f"{passage.where}“{section[:20]}”部分" if section else passage.where
