"""表格各列（或各行）之间的运算关系在个别行（列）不成立。

关系来自表头或备注写明的算式（③=②-①、执行率（B/A））、列名（差异、差额、执行率、占比、增长率），以及从数据中发现的和、差、积、商、
增长率：在五分之四以上、至少四行成立的关系，对其余各行也应成立，信息中写明成立的行数。计算用区间，四舍五入能够解释的不报；
分母为零、合并单元格不对齐、缺数的行不判断；合计行不适用单价×数量；并入相邻行后成立的（分两次支付、补付）不报；另一列作
分母或被减数时成立的不报。

错误示例::

    | 支出内容 | 预算 | 决算 | 差异 |
    |---|---|---|---|
    | 场地租金 | 120.50 | 118.20 | 2.30 |
    | 物业管理 | 86.00 | 85.40 | 0.60 |
    | 设备维护 | 52.30 | 61.90 | 9.60 |
    | 宣传印刷 | 12.30 | 11.90 | 0.40 |
    | 差旅培训 | 33.00 | 28.15 | 4.85 |

正确示例::

    | 支出内容 | 预算 | 决算 | 差异 |
    |---|---|---|---|
    | 场地租金 | 120.50 | 118.20 | 2.30 |
    | 物业管理 | 86.00 | 85.40 | 0.60 |
    | 设备维护 | 52.30 | 61.90 | -9.60 |
    | 宣传印刷 | 12.30 | 11.90 | 0.40 |
    | 差旅培训 | 33.00 | 28.15 | 4.85 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractor.claims import Reading
from extractor.document import Text
from extractor.findings import Finding, Severity
from extractor.quantity import find, slip
from extractor.rules.table._defects import defects
from extractor.rules.table._misses import Miss
from extractor.rules.table._wording import about, cell_evidence, middle, rounded, where

_SHORT = 4  # characters of a cell that may be a figure alone


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each figure that the relation of its columns or rows contradicts."""
    for miss in defects(reading).misses:
        yield _finding(miss)


def _finding(miss: Miss) -> Finding:
    grid, expected = miss.grid, about(miss.computed, miss.stated)
    severity, note = _judged(miss)
    kind = "列" if grid.turned else "行"
    rest = f"该关系在其余 {miss.held} {kind}均成立"
    if miss.held + 1 < miss.present:
        rest = f"该关系在可比的 {miss.present} {kind}中有 {miss.held} {kind}成立"
    return Finding(
        rule="column-relations",
        severity=severity,
        subject=f"{grid.title}：{grid.brief(miss.line)}",
        message=f"{grid.title}{_place(miss)}为 {miss.stated.text}，按“{miss.formula}”"
        f"由 {'、'.join(n.text for n in miss.inputs)} 计算应为 {expected}；{rest}{note}。",
        evidence=(
            cell_evidence(grid, miss.stated, "stated"),
            *(cell_evidence(grid, n, "addend") for n in miss.inputs),
        ),
        expected=expected,
        actual=miss.stated.text,
        difference=_difference(miss),
        impact="影响该行数据及引用它的分析结论" if severity != "info" else "仅末位数字不同，无实质影响",
        confidence=0.95 if miss.sure else 0.75,
    )


def _place(miss: Miss) -> str:
    """Where the figure stands; a rate in a remark stands beside the row that it speaks of."""
    grid = miss.grid
    if any(c.at == miss.stated.cell.col for c in grid.columns):
        return where(grid, miss.line, miss.field)
    return f"{grid.field_called(miss.field)}备注所写{grid.brief(miss.line)}的变动率"


def _judged(miss: Miss) -> tuple[Severity, str]:
    """The severity, and the reading under which the figure would hold."""
    unit = Decimal(1).scaleb(-miss.stated.quantity.precision)
    nearest = middle(miss.computed)
    if abs(nearest - miss.stated.value) < unit and not miss.stated.quantity.exact:
        return "info", "；按截尾或进位而不是四舍五入取数则相符"
    remark = _remark(miss)
    if remark is not None:
        return "info", f"；该行备注写明“{remark.flat[:30]}”，请核实差额即由此而来"
    digits = miss.stated.text.rstrip("%‰").rstrip()
    if "." in digits and digits.endswith("0") and abs(nearest - miss.stated.value) <= unit * 5:
        return "warning", "；若原数先四舍五入再补零则相符"
    quantity = miss.stated.quantity
    why = (
        slip(quantity, replace(quantity, value=rounded(nearest, miss.stated.quantity.precision)))
        if miss.stated.value
        else ""
    )
    if not why and miss.stated.value == -rounded(nearest, miss.stated.quantity.precision):
        why = "正负号相反"
    return ("error" if miss.sure else "warning"), f"；{why}" if why else ""


def _remark(miss: Miss) -> Text | None:
    """The remark at the row's end that gives the difference, or what it comes of: 100亩账户异常未发."""
    table, row = miss.grid.table, miss.stated.cell.row
    gap = abs(middle(miss.computed) - miss.stated.value)
    factors = (Decimal(1), *(n.value for n in miss.inputs))
    for col in range(table.n_cols - 1, miss.stated.cell.col, -1):
        cell = table.at(row, col)
        told = (
            find(cell.text.string) if cell is not None and cell.row == row and len(cell.text) > _SHORT else []
        )
        for value in (abs(q.value) for q in told):
            if cell is not None and any(_is(gap, value * by) for by in factors):
                return cell.text
    return None


def _is(gap: Decimal, value: Decimal) -> bool:
    return bool(value) and abs(gap - value) <= gap / 1000


def _difference(miss: Miss) -> str:
    gap = rounded(abs(middle(miss.computed) - miss.stated.value), miss.stated.quantity.precision)
    return f"{format(gap, 'f')}{' 个百分点' if miss.stated.ratio else ''}"
