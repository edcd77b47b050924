"""预算执行率与执行数、预算数之比不符。

执行率按表头写明的公式（B/A、⑤=③/②）取基数；没有写明的，以全年（调整后）预算数为基数，没有全年预算数的以年初预算数为基数；
同一张表有两行以上只按另一列金额（如到位资金）才相符的，各行都以那一列为基数。
四舍五入或截去末位能解释的不报；改用年初预算数就相符的，只提示并写明；超预算执行按 100% 列示、执行率写成 1 或
0.95 的，不误判。标签栏里的当年预算数、预算执行数、预算执行率同样核对。

错误示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 86.00 | 80.00 | 73.60 | 10 | 96.20% | 9.62 |

正确示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 86.00 | 80.00 | 73.60 | 10 | 92% | 9.2 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import BudgetLine, Figure, Form
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import Interval, Quantity, slip
from extractor.rules._form import number, rounded, subject, title
from extractor.rules.fund._bases import other_bases
from extractor.rules.fund._divisor import told_base, usual_base
from extractor.rules.fund._lines import (
    COLUMNS,
    Parted,
    amount,
    base_name,
    head,
    is_change,
    label,
    parted,
    printed,
    rate,
    share,
)

_HUNDRED = Decimal(100)
_FIELDS = ("当年预算数", "预算执行数", "预算执行率")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A rate with the figures that it is made of; ``other`` is another base that might be meant."""

    name: str
    rate: Figure
    executed: Figure
    base: Figure
    base_name: str
    other: Figure | None = None
    other_name: str = ""


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each execution rate that is not what its amounts make."""
    for form in reading.forms:
        told = list(parted(form))
        for line in form.budget:
            ratio = _of_line(reading, form, line)
            if ratio and not _part_is_wrong(line, told) and not _of_another_base(reading, line, ratio):
                yield from _judged(reading, form, ratio)
        fields = [form.fields.get(name) for name in _FIELDS]
        if all(f is not None for f in fields) and not form.budget:
            base, executed, said = (f for f in fields if f is not None)
            yield from _judged(reading, form, Ratio("预算执行率", said, executed, base, "当年预算数"))


def _of_line(reading: Reading, form: Form, line: BudgetLine) -> Ratio | None:
    name = base_name(reading, line)
    base: Figure | None = getattr(line, name)
    meant = told_base(reading, line) or usual_base(reading, form, line, name)
    if meant is not None and base is not None and meant.place != base.place:
        assert line.rate is not None and line.executed is not None
        return Ratio(label(line), line.rate, line.executed, meant, head(reading, meant) or "所除的金额")
    if line.rate is None or line.executed is None or base is None:
        return None
    second = "initial" if name == "full_year" else "full_year"
    other: Figure | None = getattr(line, second)
    names = [printed(reading, line, n) for n in (name, second)]
    return Ratio(label(line), line.rate, line.executed, base, names[0], other, names[1])


def _of_another_base(reading: Reading, line: BudgetLine, ratio: Ratio) -> bool:
    """Whether the rate is that of another budget in its row: 预算数, 追加数 and 全年预算 may all stand there, and
    what 调整数 heads may be the change alone."""
    stated, executed = rate(ratio.rate), amount(ratio.executed)
    if stated is None or executed is None:
        return False
    if is_change(reading, ratio.base, ratio.executed):
        return True
    found = (share(executed, base) for base in other_bases(reading, line, ratio.base))
    return any(computed is not None and _holds(stated, computed) for computed in found)


def _judged(reading: Reading, form: Form, ratio: Ratio) -> Iterator[Finding]:
    stated, executed, base = rate(ratio.rate), amount(ratio.executed), amount(ratio.base)
    if stated is None or executed is None or base is None or _mixed(executed, base):
        return
    computed = share(executed, base)
    if computed is None or _holds(stated, computed):
        return
    yield _finding(reading, form, ratio, stated, executed, base)


def _mixed(executed: Quantity, base: Quantity) -> bool:
    """Whether only one of two amounts has a unit: then they cannot be divided."""
    return (executed.unit == "") != (base.unit == "")


def _holds(stated: Quantity, computed: Interval) -> bool:
    """Whether a rate is the computed one: rounded, cut off, capped at 100, or written as a proportion."""
    step = Decimal(1).scaleb(-stated.precision)
    cut = Interval(stated.value, stated.value + step)
    if stated.interval().meets(computed) or cut.meets(computed):
        return True
    if stated.value == _HUNDRED and computed.low > _HUNDRED:
        return True
    bare = not stated.text.rstrip().endswith(("%", "％", "‰"))
    return bare and stated.interval().scaled(_HUNDRED).meets(computed)


def _finding(
    reading: Reading, form: Form, ratio: Ratio, stated: Quantity, executed: Quantity, base: Quantity
) -> Finding:
    computed = rounded(
        executed.value * executed.scale / (base.value * base.scale) * _HUNDRED, max(stated.precision, 2)
    )
    severity, note = _reading(ratio, stated, executed, computed)
    name = title(reading, form)
    return Finding(
        rule="execution-rate",
        severity=severity,
        subject=subject(reading, form, ratio.name),
        message=f"{name}：“{ratio.name}”执行数 {ratio.executed.string}、"
        f"{ratio.base_name} {ratio.base.string}，"
        f"执行率应为 {computed}%，表中为 {ratio.rate.string}{f'（{note}）' if note else ''}。",
        evidence=(
            evidence(ratio.rate, f"{ratio.name}：执行率"),
            evidence(ratio.executed, f"{ratio.name}：执行数"),
            evidence(ratio.base, f"{ratio.name}：{ratio.base_name}"),
        ),
        expected=f"{computed}%",
        actual=ratio.rate.string,
        difference=f"{number(abs(computed - stated.value))} 个百分点",
        impact="影响预算执行得分和总分",
        confidence=0.95 if severity == "error" else 0.7,
    )


def _reading(ratio: Ratio, stated: Quantity, executed: Quantity, computed: Decimal) -> tuple[Severity, str]:
    """Severity, and the reading under which the rate would hold or what explains it."""
    other = amount(ratio.other)
    against = share(executed, other) if other is not None and other.unit == executed.unit else None
    if against is not None and _holds(stated, against):
        return (
            "warning",
            f"如以{ratio.other_name} {ratio.other.string if ratio.other else ''} 为基数则相符，请核实口径",
        )
    if stated.unit == "‰" and abs(stated.value * 10 - computed) <= 1:
        return "error", "“‰”疑为“%”之误"
    step = Decimal(1).scaleb(-stated.precision)
    if abs(stated.value - computed) <= step:
        return "info", "只差末位一个单位，疑为进位所致"
    return "error", slip(stated, Quantity("", computed, unit="%", precision=stated.precision))


def _part_is_wrong(line: BudgetLine, told: list[Parted]) -> bool:
    """Whether an amount of a part is off and the total shows it: that is reported there."""
    for group in told:
        if not any(p is line for p in group.parts):
            continue
        for name in ("executed", "full_year", "initial"):
            if group.gap(name) is not None and _mended(line, group, name):
                return True
    return False


def _mended(line: BudgetLine, group: Parted, name: str) -> bool:
    """Whether the rate would hold if the part made up the difference to the total."""
    gap, stated = group.gap(name), rate(line.rate)
    amounts = {n: q for n in COLUMNS if (q := amount(getattr(line, n))) is not None}
    if gap is None or stated is None or name not in amounts or "executed" not in amounts:
        return False
    base = "full_year" if "full_year" in amounts else "initial"
    if base not in amounts:
        return False
    values = {n: q.interval() + (gap if n == name else Interval.point(0)) for n, q in amounts.items()}
    if values[base].low <= 0:
        return False
    return _holds(stated, (values["executed"] / values[base]).scaled(_HUNDRED))
