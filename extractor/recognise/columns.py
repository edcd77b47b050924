"""What each column of an indicator table means: by its head, its neighbours and the values under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from extractor.document import Table
from extractor.quantity import read
from extractor.recognise.by_values import settle_by_values
from extractor.recognise.funds import MONEY
from extractor.recognise.head_endings import planned_and_done
from extractor.recognise.head_lines import head_lines
from extractor.recognise.heads import LEVELS, VALUES, Head, Heads, heads_of
from extractor.recognise.name_columns import above_levels
from extractor.vocabulary import words

_SAMPLE = 60
_NATURE = regex.compile(r"\s*(?:定[性量]|约束性|预期性|[正反逆]向|核心|一般|关键)\s*(?:指标)?\s*")


def indicator_heads(table: Table, row: int) -> tuple[Heads, ...]:
    """The heads of the indicator areas that begin at a row, from left to right; none if the row is no such
    head."""
    lines = head_lines(table, row)
    if lines is None:
        return ()
    last, found = lines
    found = _without_natures(table, last + 1, found)
    side = table.at(row, 0)
    block = side.text if side is not None and 0 not in found and side.text else None
    return tuple(settled_heads(table, row, last, run).named(block) for run in map(_ordered, _runs(found)))


def settled_heads(table: Table, first: int, last: int, found: Mapping[int, Head]) -> Heads:
    """Heads over the rows ``first`` to ``last`` with a meaning for each column."""
    return heads_of(first, last, _settled(table, last + 1, found), {c: h.printed for c, h in found.items()})


def _without_natures(table: Table, first: int, found: Mapping[int, Head]) -> dict[int, Head]:
    """A column 指标类型 that says of each indicator whether it is 定量 or 定性 is no level; one of that name that says
    something else (指标分类: 产出, 效益) is no column of natures."""
    told = {
        h.start: [bool(_NATURE.fullmatch(v)) for v in _values(table, first, h.start)]
        for h in found.values()
        if h.meaning in (*LEVELS, "nature")
    }
    said = {True: "nature", False: ""}

    def meaning(head: Head) -> str:
        natures = told.get(head.start)
        if not natures or (all(natures) if head.meaning == "nature" else not all(natures)):
            return head.meaning
        return said[any(natures)]

    return {c: h._replace(meaning=meaning(h)) for c, h in found.items()}


def _ordered(found: Mapping[int, Head]) -> dict[int, Head]:
    """Without level columns left of a higher level: a side head (绩效指标 | 一级指标 | …) is no level. One with values
    between is: the levels stand right of the names then."""
    kept: dict[int, Head] = {}
    for col, head in found.items():
        right = [c for c, h in found.items() if c > col and h.meaning in LEVELS and h.meaning < head.meaning]
        values = [c for c, h in found.items() if h.meaning in VALUES and col < c < min(right, default=0)]
        if head.meaning not in LEVELS or not right or values:
            kept[col] = head
    return kept


def _runs(found: Mapping[int, Head]) -> list[dict[int, Head]]:
    """The blocks that stand side by side: one begins where a level's head is printed again with values after
    it."""
    order = sorted(found)
    starts = [order[0]]
    for col in order:
        head = found[col]
        seen = [c for c in order if starts[-1] <= c < head.start]
        again = [c for c in seen if found[c].printed == head.printed and found[c].start != head.start]
        after = {found[c].meaning for c in order if c > col}
        if head.meaning in LEVELS and again and col == head.start and "target" in after:
            starts.append(_first_of_run(found, again[0], col))
    runs = [
        {c: found[c] for c in order if a <= c < b}
        for a, b in zip(starts, [*starts[1:], order[-1] + 1], strict=True)
    ]
    top = min((h.meaning for r in runs[1:] for h in r.values() if h.meaning in LEVELS), default="")
    shared = {c: h for c, h in runs[0].items() if h.meaning in LEVELS and h.meaning < top}
    return [runs[0], *({**shared, **run} for run in runs[1:])]


def _first_of_run(found: Mapping[int, Head], first: int, again: int) -> int:
    """Where a block begins whose heads from ``again`` on repeat those from ``first`` on: with the heads that nobody
    knows at the left of both (类别)."""
    while (left := found.get(again - 1)) is not None and not left.meaning:
        if first - 1 not in found or found[first - 1].printed != left.printed:
            break
        first, again = first - 1, again - 1
    return again


def _settled(table: Table, first: int, found: Mapping[int, Head]) -> dict[int, str]:
    """A meaning for each column: unknown ones by their values, the second of two alike by which fits
    better."""
    found = planned_and_done(found) if not _compares(found) else found
    values = {h.start: _values_of(table, first, found, h) for h in found.values()}
    done = {c: h.meaning or _of_project(h, c, found) for c, h in found.items()}
    done = _level_weights(above_levels(_with_names(done, found), found, values))
    done = _left_of_names(done, found, values)
    settle_by_values(done, found, values)
    return {c: m or "other" for c, m in done.items() if m or found[c].printed}


def _compares(found: Mapping[int, Head]) -> bool:
    """Whether a target or a result is among the heads."""
    return bool({"target", "actual"} & {h.meaning for h in found.values()})


def _of_project(head: Head, col: int, found: Mapping[int, Head]) -> str:
    """``project`` for a column 项目名称 left of the levels: a table of many projects names each in a merged
    cell; ``money:full_year`` and the like for its budget beside it."""
    if any(c < col for c, h in found.items() if h.meaning in LEVELS):
        return ""
    if words("labels").meaning(head.printed) == "项目名称":
        return "project"
    money = words("funds").meaning(head.printed)
    named = any(words("labels").meaning(h.printed) == "项目名称" for c, h in found.items() if c < col)
    return f"money:{money}" if named and money in MONEY else ""


def _values_of(table: Table, first: int, found: Mapping[int, Head], head: Head) -> list[str]:
    """What stands under a head; under one of levels over several columns, in that with the most cells: the names."""
    columns = (
        [c for c, h in found.items() if h.start == head.start] if head.meaning in LEVELS else [head.start]
    )
    return max((_values(table, first, c) for c in columns), key=len)


def _values(table: Table, first: int, col: int) -> list[str]:
    """What stands under a head, cell by cell, up to the next heads."""
    found = []
    for row in range(first, min(table.n_rows, first + _SAMPLE)):
        cell = table.at(row, col)
        if cell is None or cell.row != row or cell.col != col:
            continue
        if (
            _may_head(cell.text.flat)
            and sum(_may_head(c.text.flat) for c in table.row(row) if c.row == row) > 1
        ):
            break
        if cell.text:
            found.append(cell.text.flat)
    return found


def _may_head(text: str) -> bool:
    """Whether a text is a head of a level or a target; one alone in its row may be a level's name (预期产出)."""
    return words("columns").meaning(text) in (*LEVELS, "target")


def _level_weights(columns: Mapping[int, str]) -> dict[int, str]:
    """A weight column that another level's column follows belongs to the level on its left:
    ``weight:level1``."""
    done = dict(columns)
    levels = sorted(c for c, m in columns.items() if m in LEVELS)
    deepest = max((columns[c] for c in levels), default="")
    for col, meaning in columns.items():
        left = [c for c in levels if c < col]
        named = bool(left) and columns[left[-1]] == deepest  # then further levels stand right of the values
        if meaning in ("weight", "score") and left and not named and any(c > col for c in levels):
            done[col] = f"{meaning}:{columns[left[-1]]}"
        elif meaning in (f"weight:{deepest}", f"score:{deepest}"):
            done[col] = meaning.partition(":")[0]
    return done


def _with_names(done: dict[int, str], found: Mapping[int, Head]) -> dict[int, str]:
    """Where no head is known to name a level, the last unknown one left of the figures heads the names."""
    if set(done.values()) & set(LEVELS):
        return done
    first = min((c for c, m in done.items() if m in VALUES), default=0)
    last = max(
        (found[c].start for c, m in done.items() if not m and c < first and found[c].printed), default=None
    )
    return {c: "level3" if found[c].start == last and not m else m for c, m in done.items()}


def _left_of_names(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> dict[int, str]:
    """An unknown column of words left of the only level column is the level above it (项目权重: 项目决策2分
    …)."""
    levels = [c for c, m in done.items() if m in LEVELS]
    if {done[c] for c in levels} != {"level3"}:
        return done
    for start in sorted({h.start for c, h in found.items() if c < min(levels) and not done[c]}):
        under = values.get(start, [])
        if under and not any(read(v) for v in under):
            done |= {c: "level1" for c, h in found.items() if h.start == start}
            break
    return done
