"""Rows for other systems: one flat row for each indicator, each line of the funds, each finding.

Every row of a kind has the same keys in the same order: first those of the document and the form it stands
in, then its own. A figure ``target`` gives four: ``target`` as printed (None without a cell), ``target_op``
(">="; "=" where none is printed, "" for a text), ``target_value`` a Decimal or None, ``target_unit``; a text
such as ``rule`` gives one. Places count as in the JSON: pages from 1, the rest from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from extractor.document import Place
    from extractor.facts import About, Figure, Form, Indicator
    from extractor.findings import Evidence, Finding

Value = str | int | float | Decimal | None
Row = dict[str, Value]

FUNDS = ("initial", "full_year", "executed", "weight", "rate", "score")
FIGURES = ("target", "actual", "weight", "score", "rate")
TEXTS = ("explanation", "rule", "source", "deviation", "note")
MONEY = ("initial", "full_year", "executed")
_WHERE = ("page", "part", "paragraph", "table", "row", "col", "cell")
_LEVELS = 3  # levels above an indicator that have columns
_SIDES = 2  # places of a finding that have columns of their own; ``more`` names the others


class Named(Protocol):
    """A file by its path."""

    @property
    def path(self) -> str: ...


class Checked(Protocol):
    """What rows are made from: a result, or as much of one."""

    @property
    def source(self) -> Named: ...

    @property
    def about(self) -> About: ...

    @property
    def forms(self) -> tuple[Form, ...]: ...

    @property
    def findings(self) -> tuple[Finding, ...]: ...


@dataclass(frozen=True)
class _Sample:
    """One of everything, to learn the keys from."""

    path: str
    about: About
    forms: tuple[Form, ...]
    findings: tuple[Finding, ...]

    @property
    def source(self) -> Named:
        return self


def indicator_rows(result: Checked) -> Iterator[Row]:
    """The indicators of every form, in their order."""
    for number, form in enumerate(result.forms, 1):
        for row in form.indicators:
            figures = _figures((name, row.get(name)) for name in FIGURES)
            texts = {name: text.string if (text := row.get(name)) else None for name in TEXTS}
            yield _form(result, form, number) | _names(row) | figures | texts | _where(row.place)


def budget_rows(result: Checked) -> Iterator[Row]:
    """The lines of the funds of every form; an amount without a unit of its own has the form's (万元)."""
    for number, form in enumerate(result.forms, 1):
        for line in form.budget:
            figures = _figures((name, getattr(line, name)) for name in FUNDS)
            for name in MONEY:
                figures[f"{name}_unit"] = figures[f"{name}_unit"] or form.unit
            own: Row = {"item": line.item, "part": int(line.part)}
            yield _form(result, form, number) | own | figures | _where(line.place)


def finding_rows(result: Checked) -> Iterator[Row]:
    """The findings, with two of their places in columns."""
    for found in result.findings:
        yield _document(result) | finding_row(found)


def finding_row(found: Finding) -> Row:
    """A finding without its document; what stands beyond its second place is told in ``more``."""
    row: Row = {name: getattr(found, name) for name in ("id", "rule", "severity", "subject", "message")}
    sides = (*found.evidence, *[None] * _SIDES)[:_SIDES]
    for number, side in enumerate(sides, 1):
        row |= {f"{key}_{number}": value for key, value in _side(side).items()}
    rest = found.evidence[_SIDES:]
    row |= {"more": "；".join(f"{side.label}：{side.text}" for side in rest)}
    row |= {name: getattr(found, name) for name in ("expected", "actual", "difference", "impact")}
    return row | {"confidence": found.confidence}


KINDS: dict[str, Callable[[Checked], Iterator[Row]]] = {
    "indicators": indicator_rows,
    "budgets": budget_rows,
    "findings": finding_rows,
}


def columns(kind: str) -> list[str]:
    """The keys of a kind's rows (``indicators``, ``budgets``, ``findings``), in their order."""
    from extractor.document import Text
    from extractor.facts import About, BudgetLine, Form, Indicator
    from extractor.findings import Finding

    empty = Text("")
    form = Form("other", budget=(BudgetLine("", empty),), indicators=(Indicator("", empty),))
    sample = _Sample("", About(), (form,), (Finding("", "info", "", "", ()),))
    return list(next(KINDS[kind](sample)))


def _document(result: Checked) -> Row:
    about = result.about
    texts = {name: getattr(about, name) for name in ("project", "project_unit", "department")}
    return {
        "path": result.source.path,
        "document_kind": about.kind,
        "document_year": about.year,
        **{f"document_{name}": text.flat if text else None for name, text in texts.items()},
    }


def _form(result: Checked, form: Form, number: int) -> Row:
    return _document(result) | {
        "form": number,
        "form_kind": form.kind,
        "form_title": form.title.flat if form.title else None,
        "year": form.year or result.about.year,
        "project": form.project.flat if form.project else _flat_project(result),
    }


def _names(row: Indicator) -> Row:
    levels = (*(level.name for level in row.levels), *[""] * _LEVELS)[:_LEVELS]
    numbered: Row = {f"level_{number}": name for number, name in enumerate(levels, 1)}
    return {"code": row.code} | numbered | {"name": row.name}


def _flat_project(result: Checked) -> str | None:
    return result.about.project.flat if result.about.project else None


def _figures(figures: Iterable[tuple[str, Figure | None]]) -> Row:
    row: Row = {}
    for name, figure in figures:
        quantity = figure.quantity if figure else None
        row[name] = figure.string if figure else None
        row[f"{name}_op"] = (quantity.op or "=") if quantity else ""
        row[f"{name}_value"] = quantity.value if quantity else None
        row[f"{name}_unit"] = quantity.unit if quantity else ""
    return row


def _where(place: Place, prefix: str = "at_") -> Row:
    return {f"{prefix}{name}": getattr(place, name) for name in _WHERE}


def _side(side: Evidence | None) -> Row:
    if side is None:
        return dict.fromkeys(("label", "text", "value", "unit", *_WHERE))
    value = Decimal(side.value) if side.value else None
    said: Row = {"label": side.label, "text": side.text, "value": value, "unit": side.unit}
    return said | _where(side.place, "")
