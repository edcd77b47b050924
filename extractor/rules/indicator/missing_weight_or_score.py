"""指标行填有目标值或完成值，分值、得分却空着，而同一张表的其他行都已填写；目标值、完成值也没有填的，只有一行空着、
合计又大于其余各行之和时也指出。

合并单元格（几项指标共用一个分值）、下级指标已分别列出的上级行、用“—”“/”注明不计分的行、模板占位行都不算漏填；
多数行都没有填的，是表的用法，也不报。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 40 | 40 |
    | 产出指标 | 护岸整修长度 | ≥3公里 | 3.2公里 | 30 | 30 |
    | 效益指标 | 河道安全事故 | 0起 | 0起 | | |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 30 | 30 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 40 | 40 |
    | 产出指标 | 护岸整修长度 | ≥3公里 | 3.2公里 | 30 | 30 |
    | 效益指标 | 河道安全事故 | 0起 | 0起 | — | — |
    | 效益指标 | 沿河居民满意度 | ≥90% | 91% | 30 | 30 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Form, Indicator
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import Quantity
from extractor.rules._form import empty, leaves, named, number, points, quote, subject, title
from extractor.rules.report._sums import column, total

_WORDS = {"weight": "分值", "score": "得分"}
_MOST = Decimal("0.7")
_FEWEST = 2


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row whose weight or score is missing while the other rows have theirs."""
    guessed = {table.number for table in reading.document.tables if table.is_guess}
    for form in reading.forms:
        rows = leaves(form)
        used = [f for f in _WORDS if _used(rows, f)]
        for row in rows:
            if row.place.table in guessed:  # the cell may be merged with the one above
                continue
            missing = [f for f in used if empty(row.get(f))]
            if missing and (_filled(row) or _lacking(form, rows, row, missing)):
                yield _finding(reading, form, rows, row, missing)


def _used(rows: Sequence[Indicator], field: str) -> bool:
    """Whether a column is filled in nearly all rows that have a cell of their own there."""
    cells = [f for r in rows if (f := r.get(field)) is not None]
    filled = [f for f in cells if points(f) is not None]
    return len(filled) >= _FEWEST and (len(filled) >= _MOST * len(cells) or len(filled) == len(cells) - 1)


def _filled(row: Indicator) -> bool:
    return any(f is not None and not f.blank and f.string != "无" for f in (row.target, row.actual))


def _lacking(form: Form, rows: Sequence[Indicator], row: Indicator, missing: Sequence[str]) -> bool:
    """Whether a form has one row only without figures, by which its total is larger than the other rows: one that
    states no target either (/), as those that are judged in words."""
    if any(empty(r.get(f)) for f in missing for r in rows if r is not row):
        return False
    totals = [(_total_of(form, f), column(rows, f)) for f in missing]
    return all(
        q is not None and total(own, f).printed < q.value for f, (q, own) in zip(missing, totals, strict=True)
    )


def _total_of(form: Form, field: str) -> Quantity | None:
    """The form's total of a column, or that of its only subtotal."""
    whole = points(form.weight if field == "weight" else form.score)
    if whole is not None or len(form.subtotals) != 1:
        return whole
    only = form.subtotals[0]
    return points(only.weight if field == "weight" else only.score)


def _finding(
    reading: Reading, form: Form, rows: Sequence[Indicator], row: Indicator, missing: Sequence[str]
) -> Finding:
    words = "、".join(_WORDS[f] for f in missing)
    others = sum(points(r.get(missing[0])) is not None for r in rows)
    values = "，".join(
        f"{label} {f.string}"
        for label, f in (("目标值", row.target), ("完成值", row.actual))
        if f is not None and f.string
    )
    return Finding(
        rule="missing-weight-or-score",
        severity="error",
        subject=subject(reading, form, named(row)),
        message=f"{title(reading, form)}：“{named(row)}”{f'填有{values}，' if values else ''}{words}却空着，"
        f"其余 {others} 项指标均已填写{_total(form, missing)}。",
        evidence=tuple(_evidence(row, missing)),
        expected=f"填写{words}",
        actual="空白",
        impact="该指标未参与计分，权重分配和总分不完整",
        confidence=0.92,
    )


def _total(form: Form, missing: Sequence[str]) -> str:
    weight = points(form.weight)
    return f"（分值合计为 {number(weight.value)}）" if weight is not None and "weight" in missing else ""


def _evidence(row: Indicator, missing: Sequence[str]) -> Iterator[Evidence]:
    label: Text = row.label
    yield evidence(label, "指标", "stated", quote(row))
    for field in missing:
        cell = row.get(field)
        if cell is not None:
            yield evidence(cell, f"{_WORDS[field]}（空）", "stated", quote(row))
