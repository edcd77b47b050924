"""各指标的权重（分值）相加不等于合计栏所写的数，或者整张表的权重不是 100 分。

只加末级指标：下级指标也列成行的上级行、小计行不重复计入；合并单元格只计一次；自评表的预算执行分值按表中合计是否
包含它来判断。没有合计的分项表、按比例（合计为 1 或 100%）写的表不误判；有指标漏填分值时由“漏填分值”规则提示，
本规则不再重复。各级标注的分值与下属各行不符、且正好解释差额时，一并写明。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 栽种乔木株数 | ≥300株 | 312株 | 40 | 40 |
    | 产出指标 | 苗木成活率 | ≥95% | 96% | 30 | 30 |
    | 效益指标 | 居民满意度 | ≥90% | 92% | 28 | 28 |
    | 总分 | | | | 100 | 98 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 栽种乔木株数 | ≥300株 | 312株 | 40 | 40 |
    | 产出指标 | 苗木成活率 | ≥95% | 96% | 30 | 30 |
    | 效益指标 | 居民满意度 | ≥90% | 92% | 30 | 30 |
    | 总分 | | | | 100 | 100 |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Form
from extractor.findings import Evidence, Finding, evidence
from extractor.rules._form import WHOLE, empty, leaves, number, points, subject, title
from extractor.rules.report._groups import groups
from extractor.rules.report._sums import (
    Sum,
    by_subtotals,
    column,
    form_sum,
    funds,
    funds_unread,
    listed_twice,
    row_unread,
    several_totals,
    total,
)

_HUNDRED = Decimal(100)
_MOST_ADDENDS = 12
_IMPACT = "权重合计不是满分，影响各指标得分和总分的计算基础"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each form whose weights do not make its total, or whose total is not 100."""
    for form in reading.forms:
        found = _against_total(reading, form) or _against_hundred(reading, form)
        if found:
            yield found


def weight_gap(reading: Reading, form: Form) -> Decimal | None:
    """Stated total weight less the sum of the rows; None if they agree or cannot be compared."""
    stated, rows = points(form.weight), leaves(form)
    if stated is None or len(column(rows, "weight")) < 2 or any(empty(r.weight) for r in rows):
        return None
    if several_totals(form):
        return None
    units = {a.quantity.unit.replace("分", "") for a in column(rows, "weight")} | {
        stated.unit.replace("分", "")
    }
    found = form_sum(form, "weight", stated)
    if (
        found.meets(stated)
        or funds_unread(reading, form, stated.value - found.printed)
        or row_unread(reading, form)
        or by_subtotals(form, "weight", stated)
        or len(units) > 1
        or listed_twice(found.addends, stated)
    ):
        return None
    return stated.value - found.printed


def _against_total(reading: Reading, form: Form) -> Finding | None:
    gap, stated = weight_gap(reading, form), points(form.weight)
    if gap is None or stated is None or form.weight is None:
        return None
    found = form_sum(form, "weight", stated)
    name = title(reading, form)
    message = (
        f"{name}：各指标权重{_with_funds(form, found)}相加为 {found.shown()} 分，"
        f"合计栏为 {form.weight.string}，"
        f"相差 {number(abs(gap))} 分{_because(form, gap)}。"
    )
    return Finding(
        rule="weights-total",
        severity="error",
        subject=subject(reading, form, "权重合计（总分行）"),
        message=message,
        evidence=(evidence(form.weight, f"{name}：合计权重"), *_addends(found)),
        expected=found.shown(),
        actual=form.weight.string,
        difference=number(abs(gap)),
        impact=_IMPACT,
        confidence=0.97,
    )


def _against_hundred(reading: Reading, form: Form) -> Finding | None:
    """A whole form whose weights agree with their total, or have none, but do not make 100."""
    rows = leaves(form)
    addends, extra = column(rows, "weight"), funds(form, "weight")
    if not _whole(form) or len(addends) < 4 or any(empty(r.weight) for r in rows):
        return None
    plain, whole = total(addends, "weight"), total((*extra, *addends), "weight")
    stated = points(form.weight)
    hundred = any(_HUNDRED in s.interval for s in (plain, whole))
    off = abs(whole.printed - _HUNDRED)
    if (
        hundred
        or funds_unread(reading, form)
        or not Decimal(0) < off <= 15
        or whole.printed in (90, 110)
        or (stated and stated.value == _HUNDRED)
    ):
        return None
    if any("加分" in name for r in rows for name in (r.name, *(level.name for level in r.levels))):
        return None
    name, certain = title(reading, form), form.weight is not None and stated is not None
    first = (evidence(form.weight, f"{name}：合计权重"),) if form.weight is not None and certain else ()
    said = f"，合计栏也写 {form.weight.string}" if form.weight is not None and certain else ""
    return Finding(
        rule="weights-total",
        severity="error" if certain else "warning",
        subject=subject(reading, form, "权重合计（总分行）"),
        message=f"{name}：各指标权重{_with_funds(form, whole)}相加为 {whole.shown()} 分{said}，"
        "不是满分 100 分。",
        evidence=(*first, *_addends(whole)),
        expected="100",
        actual=whole.shown(),
        difference=number(off),
        impact=_IMPACT,
        confidence=0.85 if certain else 0.7,
    )


def _whole(form: Form) -> bool:
    """Whether a form holds all indicators of a project: a form for itself, or a system of three levels."""
    if form.kind in WHOLE:
        return bool(form.indicators)
    return (
        form.kind == "indicator_system" and len({r.levels[0].name for r in form.indicators if r.levels}) >= 3
    )


def _with_funds(form: Form, found: Sum) -> str:
    return "（含预算执行）" if len(found.addends) > len(column(leaves(form), "weight")) else ""


def _because(form: Form, gap: Decimal) -> str:
    """The level whose stated weight differs from its rows by just this much."""
    for group in reversed([g for g in groups(form) if g.kind == "level"]):
        if group.gap("weight") == gap:
            stated = group.stated("weight")
            assert stated is not None
            rows = group.sum("weight").shown()
            return f"（“{group.name}”标明 {stated.string} 分，下属各行合计 {rows} 分，差额即在此处）"
    return ""


def _addends(found: Sum) -> tuple[Evidence, ...]:
    if len(found.addends) > _MOST_ADDENDS:
        return ()
    return tuple(evidence(a.figure, f"权重：{a.name}", "addend") for a in found.addends)
