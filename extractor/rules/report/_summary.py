"""A summary table (a row or column for each first level) against the tables that list their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.claims import Reading
from extractor.facts import Form, Indicator
from extractor.findings import Finding, evidence
from extractor.rules._form import extends, leaves, named, number, points, title
from extractor.rules.report._groups import groups
from extractor.rules.report._levels import WORDS
from extractor.rules.report._sums import Sum, column, gaps, total

_MOST_ADDENDS = 12


def summary_findings(reading: Reading, field: str, rule: str) -> Iterator[Finding]:
    """A finding for each level of a summary whose figure is not what the level's own table makes."""
    listing = [(form, leaves(form)) for form in reading.forms if form.kind != "worksheet"]
    for summary in filter(_is_summary, reading.forms):
        for level in summary.indicators:
            for form, listed in listing:
                rows = _rows_of(listed, level) if form is not summary else ()
                if not rows:
                    continue
                found = _finding(reading, summary, level, form, rows, field, rule)
                if found:
                    yield found
                    break


def _is_summary(form: Form) -> bool:
    """Whether all rows are first levels: a letter for code, or no level above and few rows, with a total."""
    rows = form.indicators
    return (
        2 <= len(rows) <= 8
        and all(len(r.code) == 1 and not r.levels for r in rows)
        and form.kind == "score_table"
    )


def _rows_of(listed: Sequence[Indicator], level: Indicator) -> tuple[Indicator, ...]:
    """All rows of a level among a form's; () unless it is plain that the form lists the whole of it."""
    rows = tuple(r for r in listed if r.code.startswith(level.code) and extends(r.code, level.code))
    second = {r.code.removeprefix(level.code).lstrip("-")[:1] for r in rows}
    return rows if len(second) > 1 else ()


def _finding(
    reading: Reading,
    summary: Form,
    level: Indicator,
    form: Form,
    rows: tuple[Indicator, ...],
    field: str,
    rule: str,
) -> Finding | None:
    figure, found = level.get(field), total(column(rows, field), field)
    stated = points(figure)
    if (
        figure is None
        or stated is None
        or found.meets(stated)
        or not _reliable(form, level, rows, field, found)
    ):
        return None
    word, here, there = WORDS[field], title(reading, summary), title(reading, form)
    gap = number(abs(stated.value - found.printed))
    addends = found.addends if len(found.addends) <= _MOST_ADDENDS else ()
    return Finding(
        rule=rule,
        severity="error",
        subject=named(level),
        message=f"“{named(level)}”的{word}：{here}为 {figure.string}，"
        f"{there}所列 {len(found.addends)} 项相加为 {found.shown()}，相差 {gap} 分。",
        evidence=(
            evidence(figure, f"{here}：{word}"),
            *(evidence(a.figure, f"{there}：{a.name}", "addend") for a in addends),
        ),
        expected=found.shown(),
        actual=figure.string,
        difference=gap,
        impact="影响该级和总分的计算",
        confidence=0.93,
    )


def _reliable(form: Form, level: Indicator, rows: tuple[Indicator, ...], field: str, found: Sum) -> bool:
    """Whether the rows are surely all of the level: a subtotal there confirms it, or the weights do."""
    if gaps(rows, field):
        return False
    if field == "score":
        weight = points(level.weight)
        return weight is not None and total(column(rows, "weight"), "weight").meets(weight)
    same = [g for g in groups(form) if set(map(id, g.rows)) == set(map(id, rows))]
    return any((f := g.stated("weight")) and (q := points(f)) and found.meets(q) for g in same)
