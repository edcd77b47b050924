"""Column heads: which rows of a table are heads, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.document import Cell, Table
from extractor.facts import Figure
from extractor.recognise.units import unit_in_brackets
from extractor.vocabulary import Words, words

LEVELS = ("level1", "level2", "level3", "level4")
_VALUES = {"target", "actual", "weight", "score", "rate", "rule", "explanation", "source"}


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of an area: columns by meaning (a meaning may have several), their printed words, the rows taken."""

    first: int
    last: int
    columns: Mapping[int, str]
    printed: Mapping[int, str]
    units: Mapping[int, str] = field(default_factory=dict)

    def of(self, meaning: str) -> list[int]:
        """The columns of a meaning, from the left: the first run only, for a second run repeats or compares."""
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


def indicator_heads(table: Table, row: int) -> Heads | None:
    """The heads of an indicator area that begins at a row; None if the row is no such head."""
    found = row_meanings(table, row, words("columns"))
    meanings = {m for m, _ in found.values()}
    if not meanings & set(LEVELS) or not meanings & _VALUES or not _mostly(table, row, found):
        return None
    last = row
    below = row_meanings(table, row + 1, words("columns")) if row + 1 < table.n_rows else {}
    if below and _second_line(table, row, below):
        found = {**found, **below}
        last = row + 1
    return _heads(row, last, found)


def fund_heads(table: Table, row: int) -> Heads | None:
    """The heads of a funds area (年初预算数, 全年预算数, 全年执行数 …) that begins at a row."""
    found = row_meanings(table, row, words("funds"))
    money = {m for m, _ in found.values()} & {"initial", "full_year", "executed"}
    if len(money) < 2 and not (len(money) == 1 and "rate" in {m for m, _ in found.values()}):
        return None
    return _heads(row, row, found)


def goal_heads(table: Table, row: int) -> Heads | None:
    """The heads of the goals area: 预期目标 and 实际完成情况, or one of them alone above its text."""
    found = row_meanings(table, row, words("goals"))
    others = row_meanings(table, row, words("columns"))
    if not found or {m for m, _ in others.values()} & {*LEVELS, "weight", "score"}:
        return None
    anchored = [c for c in table.row(row) if c.row == row]
    named = {c.col for _, c in found.values()}
    if any(c.text and c.col not in named for c in anchored[1:]):
        return None
    if len(anchored) < 2 and anchored[0].colspan < table.n_cols - 1:
        return None
    return _heads(row, row, found)


def sub_heads(table: Table, row: int, heads: Heads) -> Heads | None:
    """Heads in mid-table that rename some columns (应达到值 | 实际达到值) while the levels go on."""
    found = row_meanings(table, row, words("columns"))
    meanings = {m for m, _ in found.values()}
    if len(meanings & _VALUES) < 2 or meanings & set(LEVELS):
        return None
    if any(c.text and c.col not in found for c in table.row(row) if c.row == row):
        return None
    merged = {c: (heads.columns[c], heads.printed[c]) for c in heads.columns if heads.columns[c] in LEVELS}
    merged |= {c: (m, cell.text.flat) for c, (m, cell) in found.items()}
    return Heads(
        row, row, {c: m for c, (m, _) in merged.items()}, {c: p for c, (_, p) in merged.items()}, heads.units
    )


def _mostly(table: Table, row: int, found: Mapping[int, object]) -> bool:
    """Whether most of a row's cells with text are heads: a data row may hold one word that is also a head."""
    filled = [c for c in table.row(row) if c.row == row and c.text]
    return sum(c.col in found for c in filled) * 2 > len(filled)


def _second_line(table: Table, row: int, below: Mapping[int, tuple[str, Cell]]) -> bool:
    """Whether the row below is the second line of two-level heads: all of its own cells are heads under a wide one."""
    own = [c for c in table.row(row + 1) if c.row == row + 1 and c.text]
    if not own or any(c.col not in below for c in own):
        return False
    return all((above := table.at(row, c.col)) is not None and above.row <= row for c in own)


def _heads(first: int, last: int, found: Mapping[int, tuple[str, Cell]]) -> Heads:
    columns = _ordered({c: m for c, (m, _) in found.items()})
    printed = {c: cell.text.flat for c, (_, cell) in found.items()}
    return Heads(first, last, _level_weights(columns), printed, {c: unit_in_brackets(p) for c, p in printed.items()})


def _ordered(columns: Mapping[int, str]) -> dict[int, str]:
    """Without level columns that stand left of a higher level: a side head (绩效指标 | 一级指标 | …) is no level."""
    return {
        col: meaning
        for col, meaning in columns.items()
        if meaning not in LEVELS or not any(c > col and m in LEVELS and m < meaning for c, m in columns.items())
    }


def _level_weights(columns: Mapping[int, str]) -> dict[int, str]:
    """A weight column that another level's column follows belongs to the level on its left: ``weight:level1``."""
    done = dict(columns)
    levels = sorted(c for c, m in columns.items() if m in LEVELS)
    for col, meaning in columns.items():
        left = [c for c in levels if c < col]
        if meaning in ("weight", "score") and left and any(c > col for c in levels):
            done[col] = f"{meaning}:{columns[left[-1]]}"
    return done


def blank(value: Figure | None) -> bool:
    """Whether a field is missing or states nothing."""
    return value is None or value.blank
