"""Forms of many provinces, each as a Markdown document in tests/cases/forms/ with what must be read of it.

A case states only what matters to it. A row is [code, name, target, actual, weight, score], a budget line [item,
initial, full_year, executed, weight, rate, score], a task [name, initial, full_year, executed]; ``more`` has a row's
other fields; null is a field without a cell, '' an empty cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor.facts import About, BudgetLine, Figure, Form, Indicator
from extractor.parsers.markdown import parse_text
from extractor.recognise import recognise

CASES = sorted((Path(__file__).parent / "cases" / "forms").glob("*.yml"))
FIELDS = ("target", "actual", "weight", "score")
MONEY = ("initial", "full_year", "executed", "weight", "rate", "score")
KNOWN = {"kind", "title", "year", "project", "unit", "fields", "goals", "budget", "rows", "levels",
         "level_weights", "placeholders", "total", "read", "others", "more", "tasks"}  # fmt: skip


def said(figure: Figure | None) -> str | None:
    return None if figure is None else figure.string


def row(indicator: Indicator) -> list[str | None]:
    return [indicator.code, indicator.name, *(said(indicator.get(name)) for name in FIELDS)]


def line(budget: BudgetLine) -> list[str | None]:
    return [budget.item, *(said(getattr(budget, name)) for name in MONEY)]


def measured(figure: Figure | None) -> str:
    """Operator, number and unit as read."""
    quantity = figure.quantity if figure else None
    return f"{quantity.op} {quantity.plain} {quantity.unit}".strip() if quantity else ""


def picked(mapping: Mapping[str, Figure], wanted: Mapping[str, str]) -> dict[str, str | None]:
    return {name: said(mapping.get(name)) for name in wanted}


def state(form: Form, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says, in the words of a case, for the keys that the case states."""
    rows = {r.name: r for r in form.indicators}
    levels = {level.name: said(level.weight) for r in form.indicators for level in r.levels if level.weight}
    every: dict[str, Any] = {
        "kind": form.kind,
        "title": form.title.flat if form.title else None,
        "year": form.year,
        "project": form.project.flat if form.project else None,
        "unit": form.unit,
        "fields": picked(form.fields, wanted.get("fields", {})),
        "goals": {name: said(goal) for name, goal in form.goals.items()},
        "budget": [line(b) for b in form.budget],
        "tasks": [[t.name, said(t.initial), said(t.full_year), said(t.executed)] for t in form.tasks],
        "rows": [row(r) for r in form.indicators],
        "levels": [[level.name for level in r.levels] for r in form.indicators],
        "level_weights": {name: levels.get(name) for name in wanted.get("level_weights", {})},
        "placeholders": form.placeholders,
        "total": [said(form.weight), said(form.score)],
        "read": {
            name: {field: measured(rows[name].get(field)) for field in fields} if name in rows else None
            for name, fields in wanted.get("read", {}).items()
        },
        "others": {
            name: picked(rows[name].others, heads) if name in rows else None
            for name, heads in wanted.get("others", {}).items()
        },
        "more": {
            name: {field: said(rows[name].get(field)) for field in fields} if name in rows else None
            for name, fields in wanted.get("more", {}).items()
        },
    }
    return {key: every[key] for key in wanted}


def about(found: About, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What the document says of itself, for the keys that the case states."""
    values = {key: getattr(found, key) for key in wanted}
    return {
        key: value.string if isinstance(value, Figure) else value.flat if hasattr(value, "flat") else value
        for key, value in values.items()
    }


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_form(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(case) == {"about", "text", "document", "forms"}
    assert all(set(form) <= KNOWN for form in case["forms"])
    read = recognise(parse_text(case["text"]))
    assert about(read.about, case["document"]) == case["document"]
    assert len(read.forms) == len(case["forms"]), [(f.kind, f.fields) for f in read.forms]
    for form, wanted in zip(read.forms, case["forms"], strict=True):
        assert state(form, wanted) == wanted


def test_there_are_cases() -> None:
    assert len(CASES) >= 70
