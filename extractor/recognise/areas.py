"""A table cut into areas (labels, funds, goals, indicators) and each area read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from extractor.document import Table
from extractor.facts import Figure
from extractor.recognise.columns import indicator_heads
from extractor.recognise.contents import Contents
from extractor.recognise.drafts import TITLED
from extractor.recognise.fields import label_pairs, pairs_below
from extractor.recognise.figures import said
from extractor.recognise.funds import fund_heads, fund_line, funds_unit, in_funds
from extractor.recognise.goals import goal_heads, goals_below, goals_beside
from extractor.recognise.guessed_heads import guessed_heads
from extractor.recognise.head_lines import sub_heads
from extractor.recognise.heads import Heads
from extractor.recognise.heads_over_levels import heads_over_levels
from extractor.recognise.indicators import IndicatorArea
from extractor.recognise.level_rows import level_over
from extractor.recognise.lists import after_list, after_places, by_place, is_list
from extractor.recognise.paired_funds import PairedFunds, amounts_in, item_columns
from extractor.recognise.places import place_heads, rows_by_place
from extractor.recognise.sideways import sideways
from extractor.recognise.stacked_rows import stacked_rows
from extractor.recognise.tasks import read_tasks, task_heads
from extractor.recognise.transposed import transposed_rows
from extractor.vocabulary import bare, words

_SCORED = ("score_table", "indicator_system")
_GRADE = regex.compile(
    r"\s*+(?:[一-鿿]{0,4}(?:等级|等次|评级)\s*+[:：为]?\s*+)?[“\"]?(?P<grade>优秀?|良好?|中等?|合格|基本合格|不合格|较?差)[”\"]?\s*+"
)


def read_table(table: Table, unit: str = "", before: Heads | None = None, kind: str = "") -> Contents:
    """Read a table row by row; ``unit`` is what its caption says of its figures, ``before`` the heads of the table
    that it may go on from, ``kind`` that of the title under which it is the first: a form may have a row for each
    place, and it or a table of scores heads in words that nobody knows."""
    by_place = kind in TITLED
    contents = _read_rows(table, unit, before, by_place)
    if contents.areas or contents.in_columns or kind not in (*TITLED, *_SCORED):
        return contents
    if transposed_rows(table)[0]:
        return contents  # its heads are known, at the side
    guessed = guessed_heads(table) or heads_over_levels(table)
    return _read_rows(table, unit, before, by_place, guessed) if guessed else contents


def _read_rows(
    table: Table, unit: str, before: Heads | None, by_place: bool, guessed: Heads | None = None
) -> Contents:
    """Read a table from its first row to its last, the ``guessed`` heads where they stand."""
    contents = Contents(unit=unit, titled=by_place)
    row = _go_on(table, before, contents) if before else 0
    while row < table.n_rows:
        if guessed is not None and row == guessed.first:
            row = _read_indicators(table, (guessed,), contents)
            continue
        row = (by_place and _read_places(table, row, contents)) or _read_from(table, row, contents)
    return contents


def _read_places(table: Table, row: int, contents: Contents) -> int:
    """Read rows of places that begin at a row; returns the row after them, 0 if there are none."""
    rows, heads = rows_by_place(table, row), place_heads(table, row)
    if contents.areas or not (rows or heads) or indicator_heads(table, row):
        return 0
    if rows:
        contents.in_columns.extend(rows[0])
        return rows[1]
    return _read_indicators(table, heads, contents)


def _go_on(table: Table, before: Heads, contents: Contents) -> int:
    """Read a table that has no heads under those of the one before it; returns the first row not read."""
    first = next((c for c in table.cells if c.text), None)
    width = max([*before.columns, 0]) + 1
    if first is None or table.n_cols != width or indicator_heads(table, 0) or fund_heads(table, 0):
        return 0
    levels = [table.at(0, c) for c, m in before.columns.items() if m in ("level1", "level2")]
    meaning = words("rows").meaning
    if not any(c is not None and meaning(c.text.flat) == "level" for c in (*levels, first)):
        return 0
    return _read_indicators(table, (replace(before, first=-1, last=-1),), contents)


def _read_from(table: Table, row: int, contents: Contents) -> int:
    """Read the area that begins at a row; returns the row after it."""
    heads = indicator_heads(table, row)
    if heads:
        return _read_indicators(table, _titled(table, row, heads), contents)
    lying = sideways(table, row)
    if lying:
        contents.in_columns.extend(lying.rows)
        contents.column_sums.extend(lying.sums)
        return lying.after
    stacked = stacked_rows(table, row)
    if stacked:
        contents.in_columns.extend(stacked[0])
        return stacked[1]
    tasks = task_heads(table, row)
    if tasks:
        found, total, after = read_tasks(table, tasks, contents.unit or funds_unit(table, row, tasks.last))
        contents.tasks.extend(found)
        contents.budget.extend([total] if total is not None and not contents.budget else [])
        return after
    if is_list(table, row):
        return after_list(table, row)
    if contents.areas and by_place(table, row):
        return after_places(table, row)
    columns = item_columns(table, row, contents.unit or funds_unit(table, row, row))
    if columns:
        contents.unit = contents.unit or funds_unit(table, row, row)
        contents.budget.extend(columns[0])
        return columns[1]
    money = fund_heads(table, row)
    of_form = contents.titled or "项目名称" in contents.fields
    if money and in_funds(table, money.last + 1, money, of_form=of_form):
        return _read_funds(table, money, contents)
    beside = goals_beside(table, row)
    if beside:
        contents.say_goals(beside[0])
        return beside[1]
    goals = goal_heads(table, row)
    if goals:
        return _read_goals(table, goals, contents)
    return _read_labels(table, row, contents)


def _read_labels(table: Table, row: int, contents: Contents) -> int:
    """Labels and values: funds among them, values below their labels, or pairs side by side."""
    paired = PairedFunds(table, contents.unit)
    last = row
    while last < table.n_rows and not (last > row and indicator_heads(table, last)) and paired.read(last):
        contents.say(label_pairs(table, last))
        last += 1
    if last > row:
        contents.budget.extend(paired.lines())
        contents.unit = contents.unit or paired.unit
        return last
    below = pairs_below(table, row)
    if below:
        contents.say(below)
        return row + 2
    for name, value in label_pairs(table, row):
        contents.say([(name, value)])
        if "资金" in name or "预算" in name:
            contents.budget.extend(amounts_in(value.text))
    return row + 1


def _read_goals(table: Table, heads: Heads, contents: Contents) -> int:
    goals, after = goals_below(table, heads)
    contents.say_goals(goals)
    cells = {c.col: c.text for c in table.row(heads.first) if c.row == heads.first and c.col in heads.columns}
    contents.goal_names = tuple(text for _, text in sorted(cells.items()))
    return after


def _titled(table: Table, row: int, heads: tuple[Heads, ...]) -> tuple[Heads, ...]:
    """The heads with what names their block: a cell over the whole width above them, if no cell at the side
    does."""
    above = table.at(row - 1, 0) if row else None
    if above is None or above.colspan < table.n_cols or any(h.block for h in heads):
        return heads
    return tuple(h.named(above.text) for h in heads)


def _read_indicators(table: Table, heads: tuple[Heads, ...], contents: Contents) -> int:
    areas = [IndicatorArea(table, h, above=level_over(table, h)) for h in heads]
    contents.areas.extend(areas)
    lead = areas[0]
    row = heads[0].last + 1
    while row < table.n_rows and not lead.closed:
        again = indicator_heads(table, row)
        if again:
            if not _same(again, heads):
                break
            row = again[-1].last + 1
            continue
        if _other_area(table, row) or (lead.rows and by_place(table, row)):
            break
        renamed = sub_heads(table, row, heads[0])
        if renamed:
            lead.rename(renamed)
        elif lead.apart(row) or lead.note(row):
            contents.say(label_pairs(table, row))
        else:
            sums = len(lead.subtotals)
            read = [area.read(row) for area in areas]
            if not all(read):
                break
            if len(lead.subtotals) > sums:
                contents.say(p for p in label_pairs(table, row) if p[0] in words("labels").meanings)
                contents.say(_grades(table, row))
        row += 1
    return max(row, heads[0].last + 1)


def _grades(table: Table, row: int) -> Iterator[tuple[str, Figure]]:
    """The grade that stands in a sum row beside its points: 总分 | 100 | 98 | 优, or 自评等级：优."""
    for cell in table.row(row):
        found = _GRADE.fullmatch(cell.text.string) if cell.row == row else None
        if found:
            yield "绩效等级", said(cell.text.cut(*found.span("grade")))


def _same(again: tuple[Heads, ...], heads: tuple[Heads, ...]) -> bool:
    """Whether heads are only printed again, as after a page break: not if another block begins."""
    if len(again) != len(heads):
        return False
    one, other = again[0], heads[0]
    if one.block and other.block and bare(one.block.flat) != bare(other.block.flat):
        return False
    return one.meanings == other.meanings or set(one.printed.values()) == set(other.printed.values())


def _other_area(table: Table, row: int) -> bool:
    """Whether funds or goals begin at a row; heads of money alone do not end an area (a row may hold a small
    table)."""
    funds = fund_heads(table, row)
    return bool(funds and in_funds(table, funds.last + 1, funds)) or goal_heads(table, row) is not None


def _read_funds(table: Table, heads: Heads, contents: Contents) -> int:
    row = heads.last + 1
    contents.unit = contents.unit or funds_unit(table, heads.first, heads.last)
    while (
        row < table.n_rows
        and in_funds(table, row, heads, row > heads.last + 1, of_form=True)
        and not indicator_heads(table, row)
    ):
        line = fund_line(table, row, heads, contents.unit)
        if line:
            contents.budget.append(line)
        row += 1
    return row
