"""总分不等于各指标得分之和，或者总分在表格与正文之间不一致。

只加末级指标和（合计包含时）预算执行得分；合并的得分单元格计一次；同一列以最多的小数位为该列精度，四舍五入能解释的
差额不报。横排的汇总表（各级一列、末列合计）同样核对。权重合计已与总权重不符且得分范围不明、有指标漏填得分、
或差额只由一行得分超过权重造成时，由相应规则提示，这里不重复。正文里上年得分、复核得分等不是同一个分数，不相比较。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 栽种乔木株数 | ≥300株 | 312株 | 40 | 40 |
    | 产出指标 | 苗木成活率 | ≥95% | 91.2% | 30 | 28.80 |
    | 效益指标 | 居民满意度 | ≥90% | 92% | 30 | 30 |
    | 总分 | | | | 100 | 99.80 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 栽种乔木株数 | ≥300株 | 312株 | 40 | 40 |
    | 产出指标 | 苗木成活率 | ≥95% | 91.2% | 30 | 28.80 |
    | 效益指标 | 居民满意度 | ≥90% | 92% | 30 | 30 |
    | 总分 | | | | 100 | 98.8 |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Figure, Form
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import Agreement, Quantity, agree, slip
from extractor.rules._form import empty, leaves, number, points, subject, title
from extractor.rules.report._groups import groups
from extractor.rules.report._overall import Stated, stated_totals
from extractor.rules.report._sums import (
    Sum,
    by_subtotals,
    column,
    form_sum,
    funds_unread,
    listed_twice,
    row_unread,
    several_totals,
)
from extractor.rules.report.weights_total import weight_gap

_MOST_ADDENDS = 12
_IMPACT = "影响总分，并可能影响评价等级"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each form whose scores do not make its total, and one if totals disagree."""
    overall = stated_totals(reading)
    wrong: list[Figure] = []
    for form in reading.forms:
        found = _against_rows(reading, form, overall)
        if found and form.score is not None:
            wrong.append(form.score)
            yield found
    yield from _versions([o for o in overall if all(o.figure is not w for w in wrong)])


def score_gap(reading: Reading, form: Form) -> Decimal | None:
    """Stated total score less the sum of the rows; None if they agree or cannot be compared."""
    stated, rows = points(form.score), leaves(form)
    if form.kind == "worksheet" or stated is None or len(column(rows, "score")) < 2:
        return None
    if any(empty(r.score) and not empty(r.weight) for r in rows):
        return None
    if several_totals(form) or row_unread(reading, form):
        return None
    found = form_sum(form, "score", stated)
    if found.meets(stated) or funds_unread(reading, form) or listed_twice(found.addends, stated):
        return None
    if by_subtotals(form, "score", stated):
        return None
    if weight_gap(reading, form) is None and form.weight is None and len(found.addends) < len(rows):
        return None
    return stated.value - found.printed


def _against_rows(reading: Reading, form: Form, overall: list[Stated]) -> Finding | None:
    gap, stated = score_gap(reading, form), points(form.score)
    if gap is None or stated is None or form.score is None:
        return None
    found = form_sum(form, "score", stated)
    if _over_weight(form, found, gap):
        return None
    name = title(reading, form)
    shown = _shown(found, stated)
    also = [o for o in overall if o.figure is not form.score and _same(o.figure, shown)]
    elsewhere = f"（{also[0].where}写的也是 {also[0].figure.string}）" if also else ""
    why = _because(form, found, stated, gap)
    message = (
        f"{name}：各指标得分{_with_funds(form, found)}相加为 {shown}{elsewhere}，"
        f"合计栏为 {form.score.string}，相差 {number(abs(gap))} 分{why}。"
    )
    return Finding(
        rule="total-score",
        severity="error",
        subject=subject(reading, form, "总分"),
        message=message,
        evidence=(evidence(form.score, f"{name}：总得分"), *(o.evidence() for o in also), *_addends(found)),
        expected=shown,
        actual=form.score.string,
        difference=number(abs(gap)),
        impact=_IMPACT,
        confidence=0.97,
    )


def _shown(found: Sum, stated: Quantity) -> str:
    """The sum with as many decimals as the stated total has, if that loses nothing."""
    precision = max(found.precision, stated.precision)
    return format(found.printed.quantize(Decimal(1).scaleb(-precision)), "f")


def _same(figure: Figure, shown: str) -> bool:
    q = points(figure)
    return q is not None and q.value == Decimal(shown)


def _over_weight(form: Form, found: Sum, gap: Decimal) -> bool:
    """Whether a single score above its weight explains it: the total was made with the right one."""
    weights = {id(r.score): points(r.weight) for r in leaves(form)}
    for addend in found.addends:
        weight = weights.get(id(addend.figure))
        if (
            weight is not None
            and addend.quantity.value > weight.value
            and 0 <= addend.quantity.value + gap <= weight.value
        ):
            return True
    return False


def _because(form: Form, found: Sum, stated: Quantity, gap: Decimal) -> str:
    """What explains the difference: a subtotal off by as much, digits, an addend left out or doubled."""
    for group in groups(form):
        if group.gap("score") == gap and (said := group.stated("score")):
            rows = group.sum("score").shown()
            return f"（“{group.name}”写 {said.string} 分，下属各行合计 {rows} 分，差额相同）"
    note = slip(Quantity("", Decimal(_shown(found, stated)), precision=stated.precision), stated)
    if note:
        return f"（{note}）"
    same = [a for a in found.addends if a.quantity.value == abs(gap)]
    if len(same) == 1:
        return f"（恰为“{same[0].name}”的得分，疑{'漏加' if gap < 0 else '重复计入'}）"
    return ""


def _with_funds(form: Form, found: Sum) -> str:
    return "（含预算执行）" if len(found.addends) > len(column(leaves(form), "score")) else ""


def _addends(found: Sum) -> tuple[Evidence, ...]:
    if len(found.addends) > _MOST_ADDENDS:
        return ()
    return tuple(evidence(a.figure, f"得分：{a.name}", "addend") for a in found.addends)


def _versions(overall: list[Stated]) -> Iterator[Finding]:
    """The total score as tables and prose state it, if they do not agree."""
    versions: list[list[Stated]] = []
    for one in overall:
        fits = [v for v in versions if agree(v[0].quantity, one.quantity) is Agreement.AGREE]
        if fits:
            fits[0].append(one)
        else:
            versions.append([one])
    if len(versions) < 2:
        return
    said = "，".join(f"{v[0].where}为 {v[0].figure.string}" for v in versions)
    note = slip(versions[0][0].quantity, versions[1][0].quantity)
    yield Finding(
        rule="total-score",
        severity="error",
        subject="综合得分（总分）",
        message=f"综合得分前后不一致：{said}{f'（{note}）' if note else ''}。",
        evidence=tuple(o.evidence("stated" if n == 0 else "also") for v in versions for n, o in enumerate(v)),
        expected="各处总分一致",
        actual=said,
        impact=_IMPACT,
        confidence=0.95,
    )
