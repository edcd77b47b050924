"""资金总额与各项来源之和不符。

年度资金总额（及实施期、中期资金总额）与其下财政拨款、上年结转、其他资金逐栏（年初预算、全年预算、执行数）核对；下一层的“其中：中央资金”等
不重复计入；金额栏全空或全为 0 的来源视为没有；某一来源漏填的由“漏填执行数”规则提示；只列了部分来源而合计
较大、别的栏也不相加的，可能只是列举，不报。四舍五入造成的尾差不报。

错误示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 120.00 | 126.00 | 113.40 | 10 | 90.00% | 9 |
    | ^ | 其中：当年财政拨款 | 100.00 | 106.00 | 93.40 | — | — | — |
    | ^ | 上年结转资金 | 20.00 | 20.00 | 22.00 | — | — | — |

正确示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 120.00 | 126.00 | 113.40 | 10 | 90.00% | 9 |
    | ^ | 其中：当年财政拨款 | 100.00 | 106.00 | 93.40 | — | — | — |
    | ^ | 上年结转资金 | 20.00 | 20.00 | 20.00 | — | — | — |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.claims import Reading
from extractor.findings import Finding, evidence
from extractor.quantity import Interval, Quantity, slip
from extractor.recognise.funds import PERIOD
from extractor.rules._form import number, subject, title
from extractor.rules.fund._lines import COLUMNS, Parted, label, parted
from extractor.rules.fund._period import periods

_ZERO = Decimal(0)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each column of a total line that its parts do not make."""
    for form in reading.forms:
        for group in (*parted(form), *periods(reading, form)):
            off = [name for name in COLUMNS if _is_off(group, name)]
            if _unfilled(group, off):
                yield _finding(reading, group, off[0], f"，{'、'.join(COLUMNS[n] for n in off)}均如此")
                continue
            for name in off:
                yield _finding(reading, group, name)


def _is_off(group: Parted, name: str) -> bool:
    gap = group.gap(name)
    return gap is not None and not _only_some(group, name, gap)


def _unfilled(group: Parted, off: Sequence[str]) -> bool:
    """Whether a total says 0 in several columns of which its parts have amounts: it was not filled in, which is one
    fault."""
    stated = [group.stated(name) for name in off]
    return len(off) > 1 and all(s is not None and not s[0].value for s in stated)


def _only_some(group: Parted, name: str, gap: Interval) -> bool:
    """Whether the parts may be only some: below the total, adding up in no column, and no 其他资金 there."""
    if gap.low < 0 or any(p.item == "其他资金" for p in group.parts):
        return False
    return not any(group.adds_up(n) for n in COLUMNS if n != name)


def _finding(reading: Reading, group: Parted, name: str, more: str = "") -> Finding:
    stated = group.stated(name)
    assert stated is not None
    whole, parts = stated
    total = sum((q.value for _, q in parts), _ZERO)
    figure = getattr(group.total, name)
    form, head = group.form, label(group.total)
    column = "金额" if group.total.item == PERIOD else COLUMNS[name]
    shown = format(total, ",f") if "," in figure.string else format(total, "f")
    gap = number(abs(whole.value - total))
    why = _because(group, name, whole, total)
    said = "、".join(f"{label(p)} {getattr(p, name).string}" for p, _ in parts)
    sure = any(group.adds_up(n) for n in COLUMNS if n != name) or total > whole.value
    return Finding(
        rule="fund-parts",
        severity="error" if sure else "warning",
        subject=subject(reading, form, f"{head}（{column}）"),
        message=f"{title(reading, form)}：{head}的{column}为 {figure.string}{whole.unit}，"
        f"各项来源（{said}）相加为 {shown}{whole.unit}，相差 {gap}{whole.unit}"
        f"{f'（{why}）' if why else ''}{more}。",
        evidence=(
            evidence(figure, f"{head}：{column}"),
            *(evidence(getattr(p, name), f"{label(p)}：{column}", "addend") for p, _ in parts),
        ),
        expected=shown,
        actual=figure.string,
        difference=gap,
        impact="影响预算、执行数和执行率的可靠性",
        confidence=0.95 if sure else 0.75,
    )


def _because(group: Parted, name: str, whole: Quantity, total: Decimal) -> str:
    """Digits that explain it: in the total, or in the one part that would then be right."""
    note = slip(whole, Quantity("", total, unit=whole.unit, precision=whole.precision))
    if note:
        return note
    stated = group.stated(name)
    for part, q in stated[1] if stated else ():
        due = Quantity("", q.value + whole.value - total, unit=q.unit, precision=q.precision)
        if due.value > 0 and (note := slip(q, due)):
            return f"“{label(part)}”如为 {number(due.value)} 则相符，{note}"
    return ""
