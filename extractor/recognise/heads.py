"""Column heads: what each column of an area means, and what its head says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from extractor.document import Cell, Table, Text
from extractor.recognise.units import unit_in_brackets
from extractor.vocabulary import Words

LEVELS = ("level1", "level2", "level3", "level4")
VALUES = frozenset({"target", "actual", "weight", "score", "rate", "rule", "explanation", "source"})


class Head(NamedTuple):
    """A column's head: what it means ("" if nothing known), its printed words, the first column of its
    cell."""

    meaning: str
    printed: str
    start: int


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of an area: columns by meaning (a meaning may have several), their printed words, the rows
    taken.

    ``block`` is the side or title cell that names the area (长期绩效指标), None if there is none."""

    first: int
    last: int
    columns: Mapping[int, str]
    printed: Mapping[int, str]
    units: Mapping[int, str] = field(default_factory=dict)
    block: Text | None = None

    def of(self, meaning: str) -> list[int]:
        """The columns of a meaning, from the left: the first run only, for a second run repeats or
        compares."""
        found = [c for c, m in sorted(self.columns.items()) if m == meaning]
        run = found[:1]
        for column in found[1:]:
            if column != run[-1] + 1 or self.printed[column] != self.printed[run[0]]:
                break
            run.append(column)
        return run

    def label(self, meaning: str) -> str:
        """The printed head of a meaning."""
        columns = self.of(meaning)
        return self.printed[columns[0]] if columns else ""

    @property
    def meanings(self) -> set[str]:
        return set(self.columns.values())

    def named(self, block: Text | None) -> Heads:
        """The same heads under a block's name."""
        return replace(self, block=block)


def row_meanings(table: Table, row: int, vocabulary: Words) -> dict[int, tuple[str, Cell]]:
    """For each column of a row whose cell begins in that row: what its text means in a vocabulary."""
    found: dict[int, tuple[str, Cell]] = {}
    for cell in table.row(row):
        if cell.row != row:
            continue
        meaning = vocabulary.meaning(cell.text.flat)
        if meaning:
            for col in range(cell.col, cell.col + cell.colspan):
                found[col] = (meaning, cell)
    return found


def heads_of(first: int, last: int, columns: Mapping[int, str], printed: Mapping[int, str]) -> Heads:
    """Heads out of columns that have been given their meaning."""
    return Heads(first, last, columns, printed, {c: unit_in_brackets(p) for c, p in printed.items()})
