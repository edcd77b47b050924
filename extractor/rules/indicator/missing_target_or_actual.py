"""指标行有分值，目标值或完成值却空着，而同一张表的其他行几乎都已填写。

只看表里有这一栏的；几行共用的合并单元格、写“/”“—”的、下级已分别列出的上级行不算漏填；整栏都没有填的（尚未到
评价时点的目标表等）不报。

错误示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 30 | 30 |
    | 产出指标 | 护岸整修长度 | ≥3公里 | 3.2公里 | 20 | 20 |
    | 产出指标 | 按期完工率 | 100% | 100% | 20 | 20 |
    | 效益指标 | 沿河居民满意度 | ≥90% | | 30 | 30 |

正确示例::

    # 项目支出绩效自评表

    | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 清淤河段长度 | ≥12公里 | 12.6公里 | 30 | 30 |
    | 产出指标 | 护岸整修长度 | ≥3公里 | 3.2公里 | 20 | 20 |
    | 产出指标 | 按期完工率 | 100% | 100% | 20 | 20 |
    | 效益指标 | 沿河居民满意度 | ≥90% | 93% | 30 | 30 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Form, Indicator
from extractor.findings import Evidence, Finding, evidence
from extractor.rules._form import empty, leaves, named, points, quote, subject, title

_WORDS = {"target": "目标值", "actual": "实际完成值"}
_MOST = Decimal("0.75")
_FEWEST = 3


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row without target or actual value while nearly all others have theirs."""
    guessed = {table.number for table in reading.document.tables if table.is_guess}
    for form in reading.forms:
        if form.kind == "worksheet":
            continue
        rows = leaves(form)
        used = [f for f in _WORDS if _used(rows, f)]
        for row in rows:
            missing = [f for f in used if empty(row.get(f)) and not _without(rows, row, f)]
            if missing and _counts(row) and row.place.table not in guessed:
                yield _finding(reading, form, row, missing)


def _used(rows: Sequence[Indicator], field: str) -> bool:
    cells = [f for r in rows if (f := r.get(field)) is not None]
    filled = [f for f in cells if not f.blank]
    return len(filled) >= _FEWEST and len(filled) >= _MOST * len(cells)


def _without(rows: Sequence[Indicator], row: Indicator, field: str) -> bool:
    """Whether no row of the same first level, of two or more, has the field: 决策 is judged without targets."""
    alike = [r for r in rows if r.levels and row.levels and r.levels[0].name == row.levels[0].name]
    return len(alike) > 1 and all((f := r.get(field)) is None or f.blank for r in alike)


def _counts(row: Indicator) -> bool:
    """Whether the row is a real one: it has a weight, a score, a target or an actual value."""
    stated = points(row.weight) or points(row.score)
    return stated is not None or any(f is not None and not f.blank for f in (row.target, row.actual))


def _finding(reading: Reading, form: Form, row: Indicator, missing: Sequence[str]) -> Finding:
    words = "、".join(_WORDS[f] for f in missing)
    score = f"，却得 {row.score.string} 分" if points(row.score) and row.score else ""
    other = row.actual if "actual" not in missing else row.target if "target" not in missing else None
    said = f"（另一栏为 {other.string}）" if other is not None and not other.blank else ""
    return Finding(
        rule="missing-target-or-actual",
        severity="warning",
        subject=subject(reading, form, named(row)),
        message=f"{title(reading, form)}：“{named(row)}”的{words}空着{said}，表中其他指标均已填写{score}。",
        evidence=tuple(_evidence(row, missing)),
        expected=f"填写{words}",
        actual="空白",
        impact="无法判断该指标是否达标，得分缺少依据",
        confidence=0.8,
    )


def _evidence(row: Indicator, missing: Sequence[str]) -> Iterator[Evidence]:
    yield evidence(row.label, "指标", "stated", quote(row))
    for field in missing:
        cell = row.get(field)
        if cell is not None:
            yield evidence(cell, f"{_WORDS[field]}（空）", "stated", quote(row))
