"""The year's spending as a form's own text tells it, one slip of the pen away from the funds area's 执行数."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.facts import Figure, Form
from extractor.findings import Finding, evidence
from extractor.quantity import Quantity, find, slip, slipped
from extractor.resolve.goals import goal_texts
from extractor.resolve.leads import led
from extractor.rules._form import title
from extractor.rules.fund._lines import amount

_SPENT = regex.compile(
    r"(?:项目|资金|全年|本年度?|当年|年度|20\d{2}年度?|实际|共|总|合计|累计)*(?:支出|支付|执行数?)(?:资金|金额|总额|数)?(?:为|共|合计|达)?"
)
_FEWEST_DIGITS = 4


def retold(reading: Reading) -> Iterator[Finding]:
    """A finding for each form whose results tell the spending with a wrong digit, or two changed about."""
    for form in reading.forms:
        total = next((line for line in form.budget if not line.part), None)
        done = amount(total.executed) if total is not None else None
        if total is not None and total.executed is not None and done is not None:
            for field, text in goal_texts(form):
                if field == "actual" and not _stated(text.string, done):
                    for q, lead in led(text.string):
                        if _SPENT.fullmatch(lead.strip()) and _is_slip(q, done):
                            told = Figure(text.cut(q.start, q.end), q)
                            yield _finding(reading, form, total.executed, told, done)


def _stated(string: str, done: Quantity) -> bool:
    return any(q.dimension == "money" and q.base().meets(done.base()) for q in find(string))


def _is_slip(told: Quantity, done: Quantity) -> bool:
    """Whether two amounts of the same unit and decimals are one slip apart."""
    digits = len(done.value.normalize().as_tuple().digits)
    alike = told.dimension == "money" and told.scale == done.scale and told.precision == done.precision
    return alike and not told.op and digits >= _FEWEST_DIGITS and slipped(told, done.value)


def _finding(reading: Reading, form: Form, row: Figure, told: Figure, done: Quantity) -> Finding:
    assert told.quantity is not None
    note = slip(told.quantity, done)
    said = f"完成情况写“{told.string}”，资金栏执行数为 {row.string}"
    return Finding(
        rule="budget-disagree",
        severity="warning",
        subject="项目执行数",
        message=f"{title(reading, form)}：{said}，只差一处数字{f'（{note}）' if note else ''}，请核实。",
        evidence=(
            evidence(told, "完成情况：支出", "stated", told.text.flat),
            evidence(row, "资金栏：执行数", "stated", row.string),
        ),
        expected="各处执行数一致",
        actual=said,
        impact="影响预算执行率和资金结余的计算",
        confidence=0.8,
    )
