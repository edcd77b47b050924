"""自评表里没有达到目标值的指标，得分既不是满分，也不等于按完成比例计算的分数，表中又没有写明另外的评分规则。

多数自评办法规定未完成的定量指标按“完成值÷目标值×分值”计分（越小越好的反过来）；同一份文件里其他未达标的行都这样计分，
只有一行不是，更应当核对。表中或说明里写有扣分规则、行内写明所扣分数且得分与之相符、得分为 0、
得分都取整数而取整后相符的不报；四舍五入能解释的也不报。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 11.4公里 | 40 | 38.00 |
    | 产出指标 | 护岸整修长度 | ≥3公里 | 3.2公里 | 30 | 30 |
    | 效益指标 | 沿河居民满意度 | ≥80% | 76% | 30 | 22.80 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 11.4公里 | 40 | 38.00 |
    | 产出指标 | 护岸整修长度 | ≥3公里 | 3.2公里 | 30 | 30 |
    | 效益指标 | 沿河居民满意度 | ≥80% | 76% | 30 | 28.50 |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Table
from extractor.findings import Finding
from extractor.rules._form import named, number, remarks, rounded, subject, title
from extractor.rules.indicator._proportion import in_proportion, proportional, score_digits
from extractor.rules.indicator._reached import Scored, proportion, reached, scored

FOLLOWS = ("score-by-proportion",)
_RULE = regex.compile(
    r"每(?:偏[差离]|降?低|下降|减少|[少差超]|增加|发现|出现|有)[^。；\n]{0,24}扣|扣完为止|不得分|按[^。；\n]{0,12}(?:区间|档次?|等级)|低于[^。；\n]{0,10}扣"
)
_DEDUCTED = regex.compile(r"(?:扣减?|减扣?)(?:除|去|掉)?\s*(\d{1,2}(?:\.\d+)?)\s*分")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row of a self-evaluation that fell short and was not scored in proportion."""
    forms = [f for f in reading.forms if f.kind == "self_evaluation"]
    if not forms or _rule_stated(reading):
        return
    short = [row for form in forms for row in scored(form) if _short(row)]
    digits = {id(form): score_digits(form) for form in forms}
    held = [row for row in short if proportional(row, digits[id(row.form)])]
    kept = set(map(id, held))
    for row in short:
        if id(row) not in kept:
            yield _finding(reading, row, held)


def _short(row: Scored) -> bool:
    if row.full or not row.score.value or reached(row.target, row.actual, row.row.name) is not False:
        return False
    if proportion(row.target, row.actual) is None or _deducted(row):
        return False
    return not _RULE.search(remarks(row.row))


def _deducted(row: Scored) -> bool:
    """Whether the row says of itself how many points were taken off, and its score is what that leaves."""
    taken = [Decimal(m[1]) for m in _DEDUCTED.finditer(remarks(row.row))]
    return bool(taken) and sum(taken) == row.weight.value - row.score.value


def _rule_stated(reading: Reading) -> bool:
    """Whether the document states a scoring rule of its own anywhere."""
    for block in reading.document.blocks:
        if isinstance(block, Paragraph) and _RULE.search(block.text.string):
            return True
        if isinstance(block, Table) and any(
            _RULE.search(c.text.string) for c in block.cells if len(c.text) > 6
        ):
            return True
    return False


def _finding(reading: Reading, row: Scored, held: list[Scored]) -> Finding:
    one, computed = row.row, rounded(in_proportion(row), 2)
    assert one.target and one.actual and one.weight and one.score
    formula = f"{number(row.actual.value)}/{number(row.target.value)}"
    if row.target.op in ("<=", "<"):
        formula = f"{number(row.target.value)}/{number(row.actual.value)}"
    others = f"，同一份文件里“{named(held[0].row)}”等 {len(held)} 项是按比例计分的" if held else ""
    gap = number(abs(computed - row.score.value))
    return Finding(
        rule="proportional-score",
        severity="warning",
        subject=subject(reading, row.form, named(one)),
        message=f"{title(reading, row.form)}：“{named(one)}”目标值 {one.target.string}，"
        f"实际完成值 {one.actual.string}，"
        f"按完成比例 {formula}×{number(row.weight.value)}={computed} 分，表中得 {one.score.string} 分，"
        f"相差 {gap} 分{others}；表中没有写明其他评分规则，请核实计分依据。",
        evidence=row.evidence(),
        expected=str(computed),
        actual=one.score.string,
        difference=gap,
        impact="影响该指标得分和总分",
        confidence=0.75 if held else 0.6,
    )
