"""评分标准写明按完成比例计分的指标，未达到目标的得分不等于“完成值÷目标值×分值”，
或者达到了却不是满分；正文“按比例得几分”与比率、分值不符。

只看评分标准里除比例外没有其他扣分、分档、加权办法的行；写有“低于某值不得分”的，得 0 分不报。得分按小数位四舍五入，
截去末位的不报。正文里的比率可能按另一处所写的目标值折算，任何一个目标值能得出所写的分数就不指出；只作提示。

错误示例::

    # 绩效评价指标得分表

    | 三级指标 | 权重 | 目标值 | 完成值 | 评分标准 | 得分 |
    | 规范管理患者比例 | 12 | ≥65% | 62.5% | 完成值÷目标值×权重分 | 10.54 |
    | 档案使用率 | 10 | ≥60% | 68.3% | 完成值÷目标值×权重分，超过的得满分 | 10 |

正确示例::

    # 绩效评价指标得分表

    | 三级指标 | 权重 | 目标值 | 完成值 | 评分标准 | 得分 |
    | 规范管理患者比例 | 12 | ≥65% | 62.5% | 完成值÷目标值×权重分 | 11.54 |
    | 档案使用率 | 10 | ≥60% | 68.3% | 完成值÷目标值×权重分，超过的得满分 | 10 |
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.findings import Finding, evidence
from extractor.rules._form import named, number, quote, rounded, subject, title
from extractor.rules.indicator._proportion import in_proportion, proportional, score_digits
from extractor.rules.indicator._reached import Scored, proportion, reached, scored
from extractor.rules.indicator._told_proportion import told

RULE = "score-by-proportion"
FOLLOWS = ("values-disagree", "targets-disagree", "weights-disagree", "scores-disagree")
_DONE = r"(?:完成|实际|达到)[^，。；÷/／]{0,10}"
_OVER = rf"{_DONE}[÷/／][^，。；×*]{{0,14}}(?:目标|计划|指标|预期|标准)[^，。；×*]{{0,6}}[)）]?"
_WEIGHT = r"[^，。；]{0,8}?(?:权重|分值|满分|标准分)"
_RULE = regex.compile(
    rf"{_OVER}\s*[×*✕xX]{_WEIGHT}|按(?:照)?(?:实际)?(?:完成|达成)(?:情况)?(?:的)?(?:比例|率)(?:计|得|给|赋|评|折)"
)
_ZERO = regex.compile(
    r"(?:低于|小于|不足|未达到?|<|＜)[^，。；]{0,12}?\d+\s*[%％][^。；]{0,6}?(?:不得分|[得计为]?\s*0\s*分)"
)
_FAR = 2
_OTHER = regex.compile(r"扣|每|档|之间|区间|加分|分别|其中|平均|加权|不得分|低于|以下|\d\s*分[，,；;。]")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row that is not scored in the proportion that its rule stipulates, and each such sentence."""
    for form in reading.forms:
        digits = score_digits(form)
        for row in scored(form):
            if _stipulated(row) and _off(row, digits):
                yield _finding(reading, row)
    yield from told(reading, RULE)


def _stipulated(row: Scored) -> bool:
    """Whether a row's rule grants the share of a target that is to be reached, and nothing else."""
    said = row.row.rule.string if row.row.rule is not None else ""
    if not _RULE.search(said) or row.target.op not in ("", "=", ">=", ">"):
        return False
    rest, zero = _ZERO.subn("", said)
    return not _OTHER.search(rest) and not (zero and not row.score.value)


def _off(row: Scored, digits: int) -> bool:
    """Whether a row that fell short has not its share, or one that reached its target not full marks."""
    met = reached(row.target, row.actual, row.row.name)
    if met is True:
        return not row.full and not _over(row)
    short = met is False and proportion(row.target, row.actual) is not None
    return short and not proportional(row, digits) and not _rounded(row)


def _over(row: Scored) -> bool:
    """Whether more than the target was done where the rule may not mean full marks: far more, or other units."""
    return row.actual.dimension != row.target.dimension or row.actual.value > row.target.value * _FAR


def _rounded(row: Scored) -> bool:
    """Whether the score is the proportional one in its own decimals."""
    return rounded(in_proportion(row), row.score.precision) == row.score.value


def _finding(reading: Reading, row: Scored) -> Finding:
    one = row.row
    met = reached(row.target, row.actual, one.name) is True
    computed = row.weight.value if met else rounded(in_proportion(row), 2)
    assert one.target and one.actual and one.score and one.rule
    gap = number(abs(computed - row.score.value))
    return Finding(
        rule=RULE,
        severity="error",
        subject=subject(reading, row.form, named(one)),
        message=f"{title(reading, row.form)}：“{named(one)}”目标值 {one.target.string}，完成值 {one.actual.string}，"
        f"按评分标准“{one.rule.string[:40]}”应得 {number(computed)} 分（分值 {number(row.weight.value)}），"
        f"表中得 {one.score.string} 分，相差 {gap} 分。",
        evidence=(*row.evidence(), evidence(one.rule, "评分标准", "stated", quote(one))),
        expected=number(computed),
        actual=one.score.string,
        difference=f"{gap} 分",
        impact="影响该指标得分和总分",
        confidence=0.9,
    )
