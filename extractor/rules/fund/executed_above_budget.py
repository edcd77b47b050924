"""执行数大于预算数。

逐行比较全年执行数与全年（调整后）预算数，没有全年预算数的与年初预算数比较；标签栏里的当年预算数、预算执行数同样核对。
四舍五入能解释的不报；预算为 0 或空着的行不报（多为漏填）；各项来源之间此增彼减、总额没有超出的，只提示该行。

错误示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 40.00 | 42.00 | 44.10 | 10 | 105.00% | 10 |

正确示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 40.00 | 44.10 | 44.1 | 10 | 100.00% | 10 |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.facts import BudgetLine, Figure, Form
from extractor.findings import Finding, evidence
from extractor.quantity import slip
from extractor.rules._form import number, subject, title
from extractor.rules.fund._bases import other_bases
from extractor.rules.fund._lines import COLUMNS, amount, is_change, label, parted


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each line that spent more than its budget."""
    for form in reading.forms:
        off = [group for group in parted(form) if group.gap("executed") is not None]
        for line in form.budget:
            if any(p is line for group in off for p in group.parts):
                continue  # fund-parts says that this column is wrong
            name = "full_year" if line.full_year is not None else "initial"
            budget: Figure | None = getattr(line, name)
            if not (is_change(reading, budget, line.executed) or _within_another(reading, line, budget)):
                yield from _judged(reading, form, label(line), line.executed, budget, COLUMNS[name])
        if not form.budget:
            executed, allowed = form.fields.get("预算执行数"), form.fields.get("当年预算数")
            yield from _judged(reading, form, "预算执行数", executed, allowed, "当年预算数")


def _within_another(reading: Reading, line: BudgetLine, budget: Figure | None) -> bool:
    """Whether another budget in the row, or this one with what was added to it, covers what was spent."""
    spent = amount(line.executed)
    if budget is None or spent is None:
        return False
    others = [q for q in other_bases(reading, line, budget) if q.unit == spent.unit]
    return any(spent.base().low <= q.base().high for q in others)


def _judged(
    reading: Reading, form: Form, name: str, executed: Figure | None, budget: Figure | None, base: str
) -> Iterator[Finding]:
    spent, allowed = amount(executed), amount(budget)
    if executed is None or budget is None or spent is None or allowed is None or spent.unit != allowed.unit:
        return
    if allowed.value <= 0 or spent.base().low <= allowed.base().high:
        return
    note, over = slip(spent, allowed), number(spent.value - allowed.value)
    yield Finding(
        rule="executed-above-budget",
        severity="warning",
        subject=subject(reading, form, name),
        message=f"{title(reading, form)}：“{name}”执行数 {executed.string}，大于{base} {budget.string}，"
        f"超出 {over}{spent.unit}{f'（{note}）' if note else ''}，请核实预算数是否为调整后的数。",
        evidence=(evidence(executed, f"{name}：执行数"), evidence(budget, f"{name}：{base}")),
        expected=f"不超过 {budget.string}",
        actual=executed.string,
        difference=over,
        impact="执行率超过 100%，预算数或执行数可能有误",
        confidence=0.8,
    )
