"""What one table states: labels and values, funds, goals, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from extractor.document import Text
from extractor.facts import INDICATOR_FIELDS, BudgetLine, Figure, Indicator, Subtotal, Task
from extractor.recognise.blocks import names_of_blocks, told_apart, under_block, under_level
from extractor.recognise.heads import Heads
from extractor.recognise.indicators import IndicatorArea
from extractor.recognise.rates import rates_by_values


@dataclass
class Contents:
    """What one table states, by area; ``last_heads`` are those of its last indicator rows, ``level`` the line before it
    that names the first level of all its rows; ``titled``: it stands under a form's title."""

    fields: dict[str, Figure] = field(default_factory=dict)
    budget: list[BudgetLine] = field(default_factory=list)
    goals: dict[str, Figure] = field(default_factory=dict)
    tasks: list[Task] = field(default_factory=list)
    areas: list[IndicatorArea] = field(default_factory=list)
    unit: str = ""
    titled: bool = False
    title: Text | None = None
    goal_names: tuple[Text, ...] = ()
    in_columns: list[Indicator] = field(default_factory=list)
    column_sums: list[Subtotal] = field(default_factory=list)
    level: Text | None = None

    @property
    def indicators(self) -> list[Indicator]:
        blocks = names_of_blocks([(a.block, a.heads.first) for a in self.areas], self.goal_names)
        rows = [
            under_block(row, blocks.get(number))
            for number, area in enumerate(self.areas)
            for row in rates_by_values(tuple(area.indicators))
        ]
        if self.level is not None and "level1" not in self.meanings:
            rows = [under_level(row, self.level) for row in rows]
        return [*told_apart(rows), *self.in_columns]

    @property
    def projects(self) -> dict[str, Text]:
        """The projects that a table of many names, each with rows of its own."""
        return {name: text for area in self.areas for name, text in area.projects.items()}

    @property
    def project_funds(self) -> dict[str, BudgetLine]:
        """The budget of each of them, where a column states it."""
        return {name: line for area in self.areas for name, line in area.funds.items()}

    @property
    def subtotals(self) -> list[Subtotal]:
        found: dict[int, Subtotal] = {}  # by label: a row of two blocks counts once
        for row in (*(row for area in self.areas for row in area.subtotals), *self.column_sums):
            found.setdefault(id(row.label), row)
        return list(found.values())

    @property
    def placeholders(self) -> int:
        return sum(area.placeholders for area in self.areas)

    @property
    def meanings(self) -> set[str]:
        """What the indicator columns mean, over all areas."""
        stated = {m for row in self.in_columns for m in INDICATOR_FIELDS if row.get(m) is not None}
        return {m for area in self.areas for m in area.seen} | stated

    @property
    def last_heads(self) -> Heads | None:
        return self.areas[-1].heads if self.areas and not self.areas[-1].closed else None

    def say(self, pairs: Iterable[tuple[str, Figure]]) -> None:
        """Take labels and values; what is stated twice keeps its first value that is not blank."""
        for name, value in pairs:
            if name not in self.fields or self.fields[name].blank:
                self.fields[name] = value

    def say_goals(self, goals: Mapping[str, Figure]) -> None:
        """Take goals; what is stated twice keeps its first text."""
        for name, goal in goals.items():
            self.goals.setdefault(name, goal)
