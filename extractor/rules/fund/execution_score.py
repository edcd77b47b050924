"""预算执行得分不等于分值乘以执行率，文件里又没有写明另外的计分办法。

通行的算法是执行率×分值，超过分值的按分值计。文件写明了执行率分段计分、扣分或达到某一比例得满分的不报；执行率
本身算错的由“执行率”规则提示，得分与写出的或应有的执行率之一相符即可；执行率在九成以上而得满分的只供参考。

错误示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 86.00 | 80.00 | 66.00 | 10 | 82.50% | 8.52 |

正确示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 86.00 | 80.00 | 66.00 | 10 | 82.50% | 8.3 |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Table, Text
from extractor.facts import BudgetLine, Form
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import Interval, Quantity, slip
from extractor.rules._form import number, points, rounded, subject, title
from extractor.rules.fund._lines import amount, base_name, label, rate, share

_HUNDRED = Decimal(100)
_RULE = regex.compile(r"执行率[^。\n]{0,40}(?:扣|不得分|得满分|得[0-9]|区间|以上|以下|低于|高于|≥|≤|<|>|每)")
_NEARLY = Decimal(90)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each funds line whose score is not weight times rate."""
    if any(_RULE.search(t.string) for t in _texts(reading)):
        return
    for form in reading.forms:
        for line in form.budget:
            found = _judged(reading, form, line)
            if found:
                yield found


def _texts(reading: Reading) -> Iterator[Text]:
    for block in reading.document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (c.text for c in block.cells if len(c.text) > 8)


def _judged(reading: Reading, form: Form, line: BudgetLine) -> Finding | None:
    weight, score, stated = points(line.weight), points(line.score), rate(line.rate)
    if weight is None or score is None or score.value > weight.value:
        return None
    rates = [r for r in (_interval(stated), _computed(reading, line)) if r is not None]
    if not rates or stated is None or any(_holds(score, weight, r) for r in rates):
        return None
    return _finding(reading, form, line, weight, score, stated)


def _interval(stated: Quantity | None) -> Interval | None:
    if stated is None:
        return None
    bare = not stated.text.rstrip().endswith(("%", "％")) and stated.value <= 1
    return stated.interval().scaled(_HUNDRED) if bare and stated.value else stated.interval()


def _computed(reading: Reading, line: BudgetLine) -> Interval | None:
    executed, base = amount(line.executed), amount(getattr(line, base_name(reading, line)))
    return share(executed, base) if executed and base and executed.unit == base.unit else None


def _holds(score: Quantity, weight: Quantity, rate: Interval) -> bool:
    """Whether a score is weight times rate, at most the weight, rounded as printed or cut off."""
    earned = rate.scaled(weight.value / _HUNDRED)
    capped = Interval(min(earned.low, weight.value), min(earned.high, weight.value))
    if score.value == weight.value:  # full marks are exact
        return rounded(capped.high, 2) == weight.value
    half = Decimal(5).scaleb(-score.precision - 1)
    step = Decimal(1).scaleb(-score.precision)
    return Interval(score.value - half, score.value + step).meets(capped)


def _finding(
    reading: Reading, form: Form, line: BudgetLine, weight: Quantity, score: Quantity, stated: Quantity
) -> Finding:
    assert line.score and line.weight and line.rate
    found = _interval(stated)
    assert found is not None
    middle = (found.low + found.high) / 2
    due = rounded(min(middle / _HUNDRED * weight.value, weight.value), max(score.precision, 2))
    note = slip(score, Quantity("", due, precision=score.precision))
    severity: Severity = "error" if note else "warning"
    if score.value == weight.value and middle >= _NEARLY:
        severity = "info"
    gap = number(abs(due - score.value))
    return Finding(
        rule="execution-score",
        severity=severity,
        subject=subject(reading, form, label(line)),
        message=f"{title(reading, form)}：“{label(line)}”分值 {line.weight.string}、"
        f"执行率 {line.rate.string}，"
        f"按执行率计算应得 {number(due)} 分，得分栏为 {line.score.string}，相差 {gap} 分"
        f"{f'（{note}）' if note else ''}；文件中没有写明其他计分办法。",
        evidence=(
            evidence(line.score, f"{label(line)}：得分"),
            evidence(line.rate, f"{label(line)}：执行率"),
            evidence(line.weight, f"{label(line)}：分值", "also"),
        ),
        expected=number(due),
        actual=line.score.string,
        difference=gap,
        impact="影响预算执行得分和总分",
        confidence=0.9 if note else 0.7,
    )
