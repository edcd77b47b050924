"""表格中的合计、小计、上级项目或“其中”的整体，与其所含各项之和不符。

合计包含哪些行（或列）由表格结构推断：编号（一、（一）1.（1））、合并单元格、小计、“其中”。一个数字只要按任一合理的读法能够
相加得到，就不报。只有读法确定时才报：同一批行在同表其他列（或同类小计）相加成立，或者只有一种读法。金额按四舍五入留出
容差（每个数半个末位单位），件数、人数等为准确数。率、占比、单价、平均值、年份、序号不相加。有指标或资金部分的自评表、
目标表、得分表由其他规则判断。文件自己说明的尾差只作提示。

错误示例::

    # 项目经费

    | 支出内容 | 预算 | 实际支出 |
    |---|---|---|
    | 设备购置 | 120.50 | 118.20 |
    | 委托服务 | 86.00 | 85.40 |
    | 印刷宣传 | 12.30 | 11.90 |
    | 合计 | 218.80 | 251.50 |

正确示例::

    # 项目经费

    | 支出内容 | 预算 | 实际支出 |
    |---|---|---|
    | 设备购置 | 120.50 | 118.20 |
    | 委托服务 | 86.00 | 85.40 |
    | 印刷宣传 | 12.30 | 11.90 |
    | 合计 | 218.80 | 215.50 |
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.document import Block, Table
from extractor.findings import Finding, Severity, evidence
from extractor.rules.table._additions import Addition
from extractor.rules.table._defects import defects
from extractor.rules.table._diagnosis import diagnosis
from extractor.rules.table._grid import Grid
from extractor.rules.table._ties import BadTotal
from extractor.rules.table._totals import Failure
from extractor.rules.table._wording import about, addends, cell_evidence, shown, spot_words, where

_SOME = regex.compile(r"主要|前[三五十\d]|部分|典型|重点|节选|举例")
_SELECTED = regex.compile(r"主要|前[三五十\d]|部分|典型|重点|节选|举例|抽查|抽样|样本")
_COUNTED = regex.compile(r"[人次件户个辆台套份条宗场]|数|量")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each total that is not the sum of what it totals."""
    for total in defects(reading).totals:
        grid = total.failure.grid
        failure = total.failure
        alone = failure.only_field or (failure.also and not failure.support)
        selected = _SOME if failure.also else _SELECTED
        if not alone or not (selected.search(grid.title) or _continues(reading, grid)):
            yield _finding(total)


def _continues(reading: Reading, grid: Grid) -> bool:
    """Whether a table may be the rest of one before it: no caption of its own (or 续表), or numbered
    from above 1."""
    first = next((c.text.flat for r in grid.rows for c in r.path if c.text.flat.isdecimal()), "1")
    if grid.title.startswith("续") or int(first[:6]) not in (0, 1):
        return True
    blocks = [b for b in reading.document.blocks if isinstance(b, Table) or b.text]
    at = next((i for i, b in enumerate(blocks) if b is grid.table), 0)
    before = blocks[at - 1] if at else None
    if before is None or grid.table.caption is not None:
        return False
    if grid.table.is_guess and _begins_page(grid.table, before):
        return True
    return isinstance(before, Table) and before.n_cols == grid.table.n_cols


def _begins_page(table: Table, before: Block) -> bool:
    """Whether a table is the first on its page: without rulings what stands above it may not have been read as one."""
    place = before.place if isinstance(before, Table) else before.text.home
    last = place.parts[-1] if place.parts else place
    return (table.place.page or 0) > (last.page or 0)


def _finding(total: BadTotal) -> Finding:
    failure, addition = total.failure, total.failure.addition
    grid = failure.grid
    place = where(grid, addition.line, addition.field)
    computed = shown(addition.computed, addition.total)
    gap = shown(abs(addition.gap), addition.total)
    found = [cell_evidence(grid, addition.total, "stated"), *addends(grid, (n for n, _ in addition.addends))]
    found += [cell_evidence(grid, other.total, "also") for other in failure.also]
    if total.note is not None:
        found.append(evidence(total.note, "文件的说明", "note"))
    return Finding(
        rule="table-totals",
        severity=_severity(total),
        subject=f"{grid.title}：{grid.brief(addition.line)}",
        message=f"{grid.title}{place}为 {addition.total.text}，{_summed(failure)}为 {computed}，"
        f"{'多' if addition.gap > 0 else '少'} {gap}{_support(failure)}{_others(failure)}{_why(total)}。",
        evidence=tuple(found),
        expected=computed,
        actual=addition.total.text,
        difference=gap,
        impact="差额文件已有说明，无实质影响" if total.note else "影响该合计数以及引用它的金额、占比",
        confidence=0.95 if failure.support else 0.85,
    )


def _summed(failure: Failure) -> str:
    count = len(failure.addition.addends)
    return {"其中": f"“其中”所列 {count} 项之和", "上级": f"其下 {count} 项之和"}.get(
        failure.kind, f"其所含 {count} 项之和"
    )


def _support(failure: Failure) -> str:
    if not failure.support:
        return ""
    return f"（同样的各项在另外 {failure.support} 处相加均成立）"


def _others(failure: Failure) -> str:
    """The other fields of a line that exceeds its parts everywhere."""
    if not failure.also:
        return ""
    said = "、".join(
        f"{failure.grid.brief(a.field)} {a.total.text}（多 {shown(a.gap, a.total)}）"
        for a in failure.also[:4]
    )
    return f"；同行 {said}也都大于所列各项之和，疑似漏列一行"


def _why(total: BadTotal) -> str:
    if total.note is not None:
        return f"；文件说明：{_cut(total.note.flat.rstrip('。；;'))}"
    grid, cause = total.failure.grid, total.cause
    if cause is not None and cause.number is not total.failure.addition.total:
        value = about(cause.value, cause.number)
        wrong = f"{spot_words(grid, cause.number)}的 {cause.number.text}"
        return f"；若{wrong} 应为 {value}，则此处与该数所在行、列的关系同时成立"
    found = diagnosis(grid, total.failure.addition)
    if cause is not None:
        found = found or f"改为 {about(cause.value, cause.number)} 后与同行其他数字的关系也成立"
    return f"；{found}" if found else ""


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:58] + "……"


def _severity(total: BadTotal) -> Severity:
    """``info`` when the document explains the gap; ``warning`` where the only column leaves room for
    doubt, or
    where parts after 其中 make less than their whole (they need not exhaust it)."""
    failure, addition = total.failure, total.failure.addition
    if total.note is not None:
        return "info"
    if failure.kind == "其中":
        return "error" if addition.gap < 0 else "warning"
    if failure.support:
        return "warning" if failure.elsewhere and failure.support == 1 else "error"
    if failure.also:
        return "error" if _number_missing(failure) else "warning"
    doubt = abs(addition.gap) * 2 > abs(addition.computed) or addition.blanks or _left_out(addition)
    return "warning" if doubt or _may_be_rounded(failure.grid, addition) else "error"


def _number_missing(failure: Failure) -> bool:
    """Whether the numbering of the parts (1, 2, 4) has a gap."""
    rows = {n.cell.row for n, _ in failure.addition.addends}
    firsts = [c.text.flat for r in failure.grid.rows if r.at in rows for c in r.path[:1]]
    numbers = [int(t) for t in firsts if t.isdecimal() and len(t) < 4]
    return len(numbers) == len(rows) and len(set(numbers)) < max(numbers) - min(numbers) + 1


def _left_out(addition: Addition) -> bool:
    """Whether the total is the sum without exactly one line, which may be meant."""
    spread = addition.half + addition.total.half
    return any(n.value and abs(addition.gap + s * n.value) <= spread for n, s in addition.addends)


def _may_be_rounded(grid: Grid, addition: Addition) -> bool:
    """Whole numbers without a unit that may be rounded amounts, and a gap that rounding could make."""
    if addition.half or addition.total.half or _COUNTED.search(addition.field.label + grid.title):
        return False
    return abs(addition.gap) * 2 <= len(addition.addends) + 1
