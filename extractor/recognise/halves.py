"""Forms in two halves, each under a title of its own: the targets in one table, what was reached of them in another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from extractor.facts import INDICATOR_FIELDS, Form, Indicator

_FEWEST = 3
_PLANNED, _DONE = "target_declaration", "self_evaluation"


def whole_forms(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """The forms, where one states the results of just the indicators whose targets the one before it states, as one."""
    found: list[Form] = []
    for form in forms:
        if found and _complete(found[-1], form):
            found[-1] = _joined(found[-1], form)
        else:
            found.append(form)
    return tuple(found)


def _complete(planned: Form, done: Form) -> bool:
    """Whether two forms are halves of one: of the same indicators, one without results, the other without targets."""
    names = [row.name for row in planned.indicators]
    if len(names) < _FEWEST or names != [row.name for row in done.indicators]:
        return False
    if any(row.actual is not None or row.score is not None for row in planned.indicators):
        return False
    other = planned.project is not None and done.project is not None
    if other and planned.project.flat != done.project.flat:  # type: ignore[union-attr]
        return False
    stated = [row.actual is not None or row.score is not None for row in done.indicators]
    return all(stated) and all(row.target is None for row in done.indicators)


def _joined(planned: Form, done: Form) -> Form:
    rows = tuple(map(_row, planned.indicators, done.indicators))
    return replace(
        planned,
        kind=_DONE if planned.kind in (_PLANNED, _DONE) else planned.kind,
        fields={**done.fields, **planned.fields},
        goals={**done.goals, **planned.goals},
        budget=planned.budget or done.budget,
        tasks=planned.tasks or done.tasks,
        indicators=rows,
        subtotals=(*planned.subtotals, *done.subtotals),
        weight=planned.weight or done.weight,
        score=done.score,
        unit=planned.unit or done.unit,
        tables=(*planned.tables, *done.tables),
    )


def _row(planned: Indicator, done: Indicator) -> Indicator:
    """The row of the targets, with what only the other states."""
    more: dict[str, Any] = {
        name: value
        for name in INDICATOR_FIELDS
        if planned.get(name) is None and (value := done.get(name)) is not None
    }
    return replace(planned, others={**done.others, **planned.others}, **more)
