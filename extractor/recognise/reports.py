"""Self-evaluation reports: the one form that they hold, its parts under headings of their own (一、项目基本情况,
二、资金使用情况, 三、绩效目标完成情况)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.document import Document
from extractor.facts import Form
from extractor.recognise.titles import title_kind

_COVER = 20


def one_form(forms: Sequence[Form], document: Document) -> tuple[Form, ...]:
    """The forms; in a self-evaluation report with one table of indicators, what the tables before it state (labels,
    funds, goals) is part of that form."""
    filled = [n for n, form in enumerate(forms) if form.indicators]
    if len(filled) != 1 or not _reports(document):
        return tuple(forms)
    main, parts = forms[filled[0]], forms[: filled[0]]
    if main.budget or not any(p.budget for p in parts) or any(not _is_part(p) for p in parts):
        return tuple(forms)
    return (_joined(main, parts), *forms[filled[0] + 1 :])


def _reports(document: Document) -> bool:
    """Whether a title on the first page says that the document is a self-evaluation's report."""
    kinds = {title_kind(block.text.flat) for block in document.blocks[:_COVER] if hasattr(block, "text")}
    return "self_evaluation_report" in kinds and "evaluation_report" not in kinds


def _is_part(form: Form) -> bool:
    """Whether a form is no more than a table of labels or funds."""
    return form.kind == "other" and not form.subtotals


def _joined(main: Form, parts: Sequence[Form]) -> Form:
    fields = {name: value for form in reversed((*parts, main)) for name, value in form.fields.items()}
    goals = {name: value for form in reversed((*parts, main)) for name, value in form.goals.items()}
    return replace(
        main,
        kind="self_evaluation" if main.kind in ("score_table", "basic_data", "other") else main.kind,
        project=next((f.project for f in (main, *parts) if f.project), None),
        year=next((f.year for f in (main, *parts) if f.year), None),
        fields=fields,
        goals=goals,
        budget=tuple(line for form in parts for line in form.budget),
        unit=next((f.unit for f in (main, *parts) if f.unit), ""),
        tables=tuple(dict.fromkeys(t for form in (*parts, main) for t in form.tables)),
    )
