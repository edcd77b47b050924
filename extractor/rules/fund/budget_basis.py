"""预算编制依据里写明分为几部分，各部分金额之和与表中的预算数不符。

表里的文字写明预算（经费、资金）由几部分组成，其后正好写了这么多个金额，求和后与同一张表的预算总额比较。写明的是“等”
若干部分、金额个数与所说的部分数不同、或相差超过百分之一又不是写错一位数的，可能另有未写出的部分，不指出；四舍五入能解释的不指出。

错误示例::

    # 项目支出绩效目标申报表

    | 项目名称 | 图书馆夜间开放 |
    | 年度资金总额（元） | 1284500 |
    | 年度目标 | 预算分为值守费和水电费两部分，值守费全年预算 96.52 万元，水电费全年预算 32.93 万元。 |
    | 一级指标 | 三级指标 | 指标值 |
    | 产出指标 | 开放天数 | ≥300天 |

正确示例::

    # 项目支出绩效目标申报表

    | 项目名称 | 图书馆夜间开放 |
    | 年度资金总额（元） | 1284500 |
    | 年度目标 | 预算分为值守费和水电费两部分，值守费全年预算 96.52 万元，水电费全年预算 31.93 万元。 |
    | 一级指标 | 三级指标 | 指标值 |
    | 产出指标 | 开放天数 | ≥300天 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure, Form
from extractor.findings import Finding, evidence
from extractor.quantity import Interval, Quantity, find, slip
from extractor.rules._form import number, rounded, subject, title
from extractor.rules.fund._lines import amount

RULE = "budget-basis"
_PARTS = regex.compile(
    r"(?:预算|经费|资金)[^。；;\n]{0,12}?(?:分为|分成|包括|包含|由)[^。；;\n]{1,60}?"
    r"(?P<many>[二两三四五六七八2-8])\s*(?:个)?(?:部分|项|块|类)(?:组成|构成)?(?P<told>[^\n]+)"
)
_MANY = {c: n for n, cs in enumerate(("二两2", "三3", "四4", "五5", "六6", "七7", "八8"), 2) for c in cs}
_OPEN = regex.compile(r"等\s*(?:[二两三四五六七八2-8])")
_NEAR = Decimal("0.01")
_BUDGETS = ("当年预算数", "项目总预算")


def check(reading: Reading) -> Iterator[Finding]:
    """A warning for each form whose text parts its budget into amounts that are nearly the budget."""
    for form in reading.forms:
        budget = _budget(form)
        whole = amount(budget)
        if budget is None or whole is None or whole.value <= 0:
            continue
        for text in (f.text for f in (*form.goals.values(), *form.fields.values())):
            parts = _parts(text)
            if parts and (finding := _judged(reading, form, text, parts, budget, whole)) is not None:
                yield finding
                break


def _budget(form: Form) -> Figure | None:
    """The form's total budget: of its funds, else of its labels."""
    line = next((line for line in form.budget if not line.part), None)
    if line is not None:
        return line.full_year or line.initial
    return next((form.fields[name] for name in _BUDGETS if name in form.fields), None)


def _parts(text: Text) -> list[Quantity]:
    """The amounts of the parts that a text says the budget has, if there are just as many."""
    found = _PARTS.search(text.string)
    if found is None or _OPEN.search(found[0]):
        return []
    parts = [q for q in find(text.string[: found.end()]) if q.start >= found.start("told")]
    money = [q for q in parts if q.dimension == "money" and q.op in ("", "=") and not q.malformed]
    return money if len(money) == _MANY[found["many"]] else []


def _judged(
    reading: Reading, form: Form, text: Text, parts: list[Quantity], budget: Figure, whole: Quantity
) -> Finding | None:
    total = Interval.point(Decimal(0))
    for part in parts:
        total = total + part.base()
    declared = whole.base()
    gap = (total.low + total.high - declared.low - declared.high) / 2
    if total.meets(declared) or (abs(gap) > _NEAR * declared.high and not _slipped(parts, gap)):
        return None
    said = [text.cut(q.start, q.end) for q in parts]
    together = "＋".join(s.flat for s in said)
    unit = "" if budget.string.endswith(whole.unit) else whole.unit
    added = number(sum((q.value * q.scale for q in parts), Decimal(0)) / whole.scale)
    return Finding(
        rule=RULE,
        severity="warning",
        subject=subject(reading, form, "预算"),
        message=f"{title(reading, form)}：文字所写预算各部分 {together}，合计 {added} {whole.unit}，"
        f"与预算数 {budget.string}{unit}不符，请核实。",
        evidence=(
            *(evidence(s, "预算编制依据：组成部分", "stated", text.flat[:200]) for s in said),
            evidence(budget, "预算数"),
        ),
        expected="预算各部分之和等于预算数",
        actual=together,
        difference=f"{number(abs(gap))} 元",
        impact="影响预算编制依据的准确性",
        confidence=0.75,
    )


def _slipped(parts: list[Quantity], gap: Decimal) -> bool:
    """Whether one part written wrongly explains the gap (元): its digits changed about, its point, its unit."""
    for part in parts:
        wanted = part.value - gap / part.scale
        if wanted > 0 and slip(part, replace(part, value=rounded(wanted, part.precision))):
            return True
    return False
