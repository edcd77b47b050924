"""资金总额填有数，其中某项来源有预算，却漏填了同一栏的金额。

例如年度资金总额有全年执行数，占预算全部的“当年财政拨款”却空着。预算为 0 或空着的来源没有执行数是正常的；
用“—”“/”注明不填的、总额这一栏也空着的不报，其余来源已加到总额的（结转资金没有年初预算）也不报；别的栏各项来源能加到总额的，才认定该来源应当填写。

错误示例::

    # 项目支出绩效自评表

    | 项目资金（元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 500000 | 520000 | 494000 | 10 | 95.00% | 9.5 |
    | ^ | 其中：当年财政拨款 | 500000 | 520000 | | — | | |
    | ^ | 其他资金 | 0 | 0 | | — | | |

正确示例::

    # 项目支出绩效自评表

    | 项目资金（元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 500000 | 520000 | 494000 | 10 | 95.00% | 9.5 |
    | ^ | 其中：当年财政拨款 | 500000 | 520000 | 494000 | — | | |
    | ^ | 其他资金 | 0 | 0 | | — | | |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.facts import BudgetLine
from extractor.findings import Finding, evidence
from extractor.quantity import Quantity
from extractor.rules._form import empty, subject, title
from extractor.rules.fund._lines import COLUMNS, Parted, amount, label, parted, summed


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each part with money in other columns that is blank where its total is stated."""
    for form in reading.forms:
        for group in parted(form):
            for name in COLUMNS:
                whole = amount(getattr(group.total, name))
                if (
                    whole is None
                    or not whole.value
                    or not any(group.adds_up(n) for n in COLUMNS if n != name)
                    or _complete(group, name, whole)
                ):
                    continue
                for part in group.parts:
                    if empty(getattr(part, name)) and _has_money(part):
                        yield _finding(reading, group, part, name)


def _complete(group: Parted, name: str, whole: Quantity) -> bool:
    """Whether the parts that state an amount make the whole: the blank ones had none (上年结转 before the year)."""
    stated = [q for part in group.parts if (q := amount(getattr(part, name))) is not None]
    same = all(q.unit == whole.unit for q in stated)
    return any(q.value for q in stated) and same and summed(stated).meets(whole.interval())


def _has_money(line: BudgetLine) -> bool:
    return any((q := amount(getattr(line, n))) is not None and q.value for n in COLUMNS)


def _finding(reading: Reading, group: Parted, part: BudgetLine, name: str) -> Finding:
    whole = getattr(group.total, name)
    others = [n for n in COLUMNS if (q := amount(getattr(part, n))) is not None and q.value]
    said = "、".join(f"{COLUMNS[n]} {getattr(part, n).string}" for n in others)
    return Finding(
        rule="missing-executed",
        severity="warning",
        subject=subject(reading, group.form, label(part)),
        message=f"{title(reading, group.form)}：{label(group.total)}的{COLUMNS[name]}为 {whole.string}，"
        f"“{label(part)}”{said}，{COLUMNS[name]}却空着，各项来源无法与总额核对。",
        evidence=(
            evidence(getattr(part, name), f"{label(part)}：{COLUMNS[name]}（空）"),
            evidence(whole, f"{label(group.total)}：{COLUMNS[name]}"),
            *(evidence(getattr(part, n), f"{label(part)}：{COLUMNS[n]}", "also") for n in others),
        ),
        expected=f"填写{COLUMNS[name]}",
        actual="空白",
        impact="该来源的预算执行情况不明",
        confidence=0.85,
    )
