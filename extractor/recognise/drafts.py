"""A form put together: what its tables and the lines around them state, its kind and its year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import regex

from extractor.document import Table, Text
from extractor.facts import BudgetLine, Figure, Form, Subtotal
from extractor.recognise.contents import Contents
from extractor.recognise.fields import inline_pairs
from extractor.recognise.figures import figure
from extractor.recognise.titles import project_in_title
from extractor.recognise.units import unit_in_line
from extractor.recognise.years import labelled_year, year_of_line

TITLED = ("self_evaluation", "target_declaration", "monitoring")
_PERIOD_LABELS = ("项目实施期", "实施期", "评价时段", "评价期间", "评价年度", "年度", "预算年度")
_BARE_YEAR = regex.compile(r"\s*20\d{2}\s*")
_YEAR_LABEL = regex.compile(r"\s*20\d{2}年(?:度)?(?:预算|金额|资金)")


@dataclass
class Draft:
    """A form being put together from tables under one title."""

    title: Text | None
    kind: str | None
    contents: list[tuple[Table, Contents]] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)

    def forms(self) -> list[Form]:
        """The forms that the draft has become: one, or one for each project that its table names."""
        form = self.form()
        projects = {name: text for _, c in self.contents for name, text in c.projects.items()}
        if not projects:
            return [form]
        funds = {name: line for _, c in self.contents for name, line in c.project_funds.items()}
        return [_of_project(form, name, text, funds.get(name)) for name, text in projects.items()]

    def form(self) -> Form:
        """Everything that the draft states, as one form."""
        every = [c for _, c in self.contents]
        fields = _fields(self.lines, every)
        goals = {name: goal for c in reversed(every) for name, goal in c.goals.items()}
        period = goals.pop("period", None)
        total = _total([s for c in every for s in c.subtotals])
        unit = next((c.unit for c in every if c.unit), "") or next(filter(None, map(_unit, self.lines)), "")
        form = Form(
            kind=self.kind or "other",
            title=self.title,
            year=self._year(),
            project=_project(fields, self.title),
            fields=fields,
            budget=_budget(every, unit),
            goals=goals or _goals(fields),
            tasks=tuple(task for c in every for task in c.tasks),
            period_goal=period or fields.get("实施期目标"),
            indicators=tuple(row for c in every for row in c.indicators),
            subtotals=tuple(row for c in every for row in c.subtotals),
            weight=total.weight if total else None,
            score=total.score if total else None,
            unit=unit,
            placeholders=sum(c.placeholders for c in every),
            tables=tuple(dict.fromkeys(t.number for t, _ in self.contents)),
            place=self.contents[0][0].place,
        )
        meanings = set().union(*(c.meanings for c in every)) if every else set()
        return replace(form, kind=self._kind(meanings, form))

    def _kind(self, meanings: set[str], form: Form) -> str:
        """The form's kind: from its title, unless its columns say that it is something else."""
        if self.kind == "monitoring":
            return "other"
        if self.kind in TITLED:
            return _as_filled(self.kind, meanings, form)
        if self.kind == "basic_data":
            return self.kind
        if {"rule", "weight"} <= meanings:
            return "indicator_system"
        if "score" in meanings:
            filled = bool(form.fields or form.budget)
            return "self_evaluation" if filled and {"target", "actual"} & meanings else "score_table"
        if "target" in meanings:
            if "actual" not in meanings:
                return "target_declaration"
            return "self_evaluation" if form.budget or "项目名称" in form.fields else "basic_data"
        if "actual" in meanings:
            return "basic_data"
        return self.kind if self.kind in ("indicator_system", "score_table") and form.indicators else "other"

    def _year(self) -> int | None:
        """The year of a form: from the lines around its title, else from its title row or labels."""
        texts = [
            self.title.string if self.title else "",
            *(t.string for t in self.lines[-4:]),
            *(t.string for t in self.lines[:4]),
        ]
        for table, contents in self.contents[:1]:
            texts += [c.text.string for c in [c for c in table.cells if c.text][:6] if len(c.text) <= 40]
            periods = [contents.fields[n].string for n in _PERIOD_LABELS if n in contents.fields]
            texts += [f"{p}年" if _BARE_YEAR.fullmatch(p) else p for p in periods]
            texts += [c.text.string for c in table.cells[:24] if _YEAR_LABEL.match(c.text.string)]
        told = next((year for text in texts[1:] if (year := labelled_year(text))), None)
        return told or next((year for text in texts if (year := year_of_line(text))), None)


def _of_project(form: Form, name: str, text: Text, money: BudgetLine | None) -> Form:
    """The part of a form of many projects that speaks of one."""
    rows = tuple(replace(row, block="") for row in form.indicators if row.block == name)
    place = form.place._replace(row=rows[0].place.row) if rows else form.place
    fields = {**form.fields, "项目名称": figure(text)}
    budget = (_with_unit(money, form.unit),) if money is not None else form.budget
    return replace(form, project=text, fields=fields, indicators=rows, budget=budget, place=place)


def _as_filled(kind: str, meanings: set[str], form: Form) -> str:
    """A titled form's kind by its columns: what has scores or results is no declaration."""
    if kind == "target_declaration" and "score" in meanings and "actual" in meanings:
        return "self_evaluation"
    return kind


def _fields(lines: Iterable[Text], every: Iterable[Contents]) -> dict[str, Figure]:
    fields: dict[str, Figure] = {}
    pairs = [pair for line in lines for pair in inline_pairs(line)]
    for name, value in [*(p for c in every for p in c.fields.items()), *pairs]:
        if name not in fields or fields[name].blank:
            fields[name] = value
    return fields


def _project(fields: dict[str, Figure], title: Text | None) -> Text | None:
    """The project: by its label, else as the title names it."""
    stated = fields.get("项目名称")
    if stated is not None and not stated.blank:
        return stated.text
    named = project_in_title(title) if title is not None else None
    return named or (stated.text if stated else None)


def _goals(fields: dict[str, Figure]) -> dict[str, Figure]:
    """The goals that labels state: 年度绩效目标 | … | 年度绩效目标完成情况 | …."""
    expected = fields.get("年度总体目标") or fields.get("项目目标")
    stated = {"expected": expected, "actual": fields.get("目标完成情况")}
    return {name: value for name, value in stated.items() if value is not None and not value.blank}


def _unit(line: Text) -> str:
    return unit_in_line(line.string) if len(line) <= 40 else ""


def _budget(every: Iterable[Contents], unit: str) -> tuple[BudgetLine, ...]:
    """The funds' lines; where a line above the table gives the unit, its figures take it."""
    lines = []
    for contents in every:
        for line in contents.budget:
            lines.append(line if contents.unit else _with_unit(line, unit))
    return tuple(lines)


def _with_unit(line: BudgetLine, unit: str) -> BudgetLine:
    if not unit:
        return line

    def read(amount: Figure | None) -> Figure | None:
        return figure(amount.text, unit) if amount is not None else None

    return replace(
        line, initial=read(line.initial), full_year=read(line.full_year), executed=read(line.executed)
    )


def _total(subtotals: list[Subtotal]) -> Subtotal | None:
    grand = [s for s in subtotals if s.grand]
    return grand[-1] if grand else None
