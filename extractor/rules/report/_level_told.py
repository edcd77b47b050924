"""Findings on levels whose score or weight in prose is not what the tables make of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.claims import Reading
from extractor.findings import Finding, evidence
from extractor.rules._form import number, points
from extractor.rules.report._level_known import Known, known_levels
from extractor.rules.report._level_words import Told, told_levels
from extractor.rules.report._levels import WORDS
from extractor.rules.report._overall import by_others

_WHOLE = ({"决策", "投入"}, {"过程", "管理"}, {"产出"}, {"效益", "效果"})
_MOST_VERSIONS = 2


def told_findings(reading: Reading, field: str, rule: str) -> Iterator[Finding]:
    """A finding for each level that prose tells otherwise than the tables, above its weight, or not as its total."""
    known = known_levels(reading, field)
    told = told_levels(reading, known, by_others(reading))
    mine = [t for t in told if t.field == field]
    if _several_units(mine):
        return
    off = _off(reading, mine, known)
    yield from _grouped(off, known, field, rule)
    if field == "score":
        bad = {id(t) for t in off}
        yield from _above(t for t in mine if id(t) not in bad and t.key not in known)
        yield from _sums([t for t in mine if t.key not in known], rule)


def _several_units(told: Sequence[Told]) -> bool:
    """Whether a level is told more than twice differently: then each is another project's or place's."""
    values: dict[str, set[Decimal]] = {}
    for one in told:
        values.setdefault(one.key, set()).add(one.value)
    return any(len(v) > _MOST_VERSIONS for v in values.values())


def _off(reading: Reading, told: Sequence[Told], known: dict[str, list[Known]]) -> list[Told]:
    """What is told otherwise than every table has it; nothing if that is more than half, which is of something else."""
    compared = [t for t in told if t.key in known]
    rows: dict[int, int] = {}
    for t in compared:
        rows[t.row] = max(rows.get(t.row, 0) if t.row else 0, t.quantity.precision)
    off = [t for t in compared if not any(_meets(t, k, rows[t.row] if t.row else 0) for k in known[t.key])]
    if len(off) > max(1, len(compared) // 2):
        return []
    return [t for t in off if not _claimed(reading, t)]


def _meets(told: Told, known: Known, precision: int) -> bool:
    gap = told.value - known.value
    return known.meets(told.quantity, max(precision, told.quantity.precision)) or gap == known.gap


def _claimed(reading: Reading, told: Told) -> bool:
    """Whether the figure is a claim on a subject that has others: that it disagrees is said there."""
    for one in reading.subjects:
        claims = one.of(told.field)
        if len(claims) > 1 and any(
            c.origin.kind == "prose"
            and c.figure.place == told.figure.place
            and c.figure.text.start == told.figure.text.start
            for c in claims
        ):
            return True
    return False


def _grouped(off: Sequence[Told], known: dict[str, list[Known]], field: str, rule: str) -> Iterator[Finding]:
    same: dict[tuple[str, Decimal], list[Told]] = {}
    for one in off:
        same.setdefault((one.key, one.value), []).append(one)
    for (name, value), all_ in same.items():
        told, table, word = all_[0], known[name][0], WORDS[field]
        gap = number(abs(value - table.value))
        yield Finding(
            rule=rule,
            severity="error",
            subject=told.name,
            message=f"“{told.name}”的{word}：正文写为 {told.figure.string} 分，"
            f"{table.where}为 {number(table.value)} 分，相差 {gap} 分。",
            evidence=(
                *(evidence(t.figure, f"正文：{t.name}{word}", "stated", t.quote) for t in all_),
                *(e for k in known[name] for e in k.evidence),
            ),
            expected=number(table.value),
            actual=told.figure.string,
            difference=gap,
            impact="影响该级得分和总分" if field == "score" else "影响该级权重和得分的计算",
            confidence=0.93,
        )


def _above(told: Iterator[Told]) -> Iterator[Finding]:
    """A score above the weight told beside it."""
    for one in told:
        weight = points(one.beside)
        if weight is None or one.beside is None or one.value <= weight.value:
            continue
        gap = number(one.value - weight.value)
        yield Finding(
            rule="level-scores",
            severity="error",
            subject=one.name,
            message=f"“{one.name}”的得分 {one.figure.string} 分超过同处所写的分值 {one.beside.string} 分，"
            f"超出 {gap} 分。",
            evidence=(
                evidence(one.figure, f"正文：{one.name}得分", "stated", one.quote),
                evidence(one.beside, f"正文：{one.name}分值", "stated", one.quote),
            ),
            expected=f"不超过 {one.beside.string} 分",
            actual=one.figure.string,
            difference=gap,
            impact="影响该级得分和总分",
            confidence=0.93,
        )


def _sums(told: Sequence[Told], rule: str) -> Iterator[Finding]:
    """The total told with a list of all first levels that do not make it."""
    rows: dict[int, list[Told]] = {}
    for one in told:
        if one.row and one.total is not None:
            rows.setdefault(one.row, []).append(one)
    for row in rows.values():
        total, figure, names = points(row[0].total), row[0].total, {t.key for t in row}
        if total is None or figure is None or not all(names & one for one in _WHOLE):
            continue
        made = sum((t.value for t in row), Decimal(0))
        slack = Decimal(5).scaleb(-max(t.quantity.precision for t in row) - 1) * len(row)
        if abs(made - total.value) <= (slack if slack < Decimal("0.1") else 0):
            continue
        parts = "、".join(f"{t.name} {t.figure.string}" for t in row)
        yield Finding(
            rule=rule,
            severity="error",
            subject="总分",
            message=f"正文写明{parts}，相加为 {number(made)} 分，同处所写总分为 {figure.string} 分，"
            f"相差 {number(abs(made - total.value))} 分。",
            evidence=(
                evidence(figure, "正文：总分", "stated", row[0].quote),
                *(evidence(t.figure, f"正文：{t.name}得分", "addend", t.quote) for t in row),
            ),
            expected=number(made),
            actual=figure.string,
            difference=number(abs(made - total.value)),
            impact="影响总分，并可能影响评价等级",
            confidence=0.93,
        )
