"""What each column of an indicator table means: by its head, its neighbours and the values under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import regex

from extractor.document import Table
from extractor.quantity import normal, read
from extractor.recognise.heads import LEVELS, Head, Heads, head_lines, heads_of
from extractor.recognise.units import is_unit
from extractor.vocabulary import words

_OPERATORS = frozenset(("≥", "≤", "=", ">", "<", ">=", "<=", "==", "=>", "=<")) | frozenset(
    ("大于等于", "小于等于", "等于", "大于", "小于", "不低于", "不少于", "不高于", "不超过")
)
_WORDY = frozenset(["定性", "定量", "文字描述", "/", "-", "无", "其他", "正向", "反向"])
_THIS_YEAR = regex.compile(r"年度|当年|本年|全年|年初|20\d\d年")
_WHOLE_PERIOD = regex.compile(r"周期|实施期|长期|中期|总体|上年|历史|调整|行业|预计")
_SAMPLE = 60
_MOST = 0.6


def indicator_heads(table: Table, row: int) -> tuple[Heads, ...]:
    """The heads of the indicator areas that begin at a row, from left to right; none if the row is no such
    head."""
    lines = head_lines(table, row)
    if lines is None:
        return ()
    last, found = lines
    side = table.at(row, 0)
    block = side.text if side is not None and 0 not in found and side.text else None
    return tuple(
        heads_of(row, last, _settled(table, last + 1, run), {c: h.printed for c, h in run.items()}).named(
            block
        )
        for run in map(_ordered, _runs(found))
    )


def _ordered(found: Mapping[int, Head]) -> dict[int, Head]:
    """Without level columns left of a higher level: a side head (绩效指标 | 一级指标 | …) is no level."""
    return {
        col: head
        for col, head in found.items()
        if head.meaning not in LEVELS
        or not any(c > col and h.meaning in LEVELS and h.meaning < head.meaning for c, h in found.items())
    }


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
            starts.append(col)
    runs = [
        {c: found[c] for c in order if a <= c < b}
        for a, b in zip(starts, [*starts[1:], order[-1] + 1], strict=True)
    ]
    top = min((h.meaning for r in runs[1:] for h in r.values() if h.meaning in LEVELS), default="")
    shared = {c: h for c, h in runs[0].items() if h.meaning in LEVELS and h.meaning < top}
    return [runs[0], *({**shared, **run} for run in runs[1:])]


def _settled(table: Table, first: int, found: Mapping[int, Head]) -> dict[int, str]:
    """A meaning for each column: unknown ones by their values, the second of two alike by which fits
    better."""
    values = {c: _values(table, first, c) for c in {h.start for h in found.values()}}
    done = {c: h.meaning or _of_project(h, c, found) for c, h in found.items()}
    done = _level_weights(done)
    done = _left_of_names(done, found, values)
    for settle in (_by_signs, _one_name, _one_target, _one_of_two, _missing_target, _missing_points):
        settle(done, found, values)
    return {c: m or "other" for c, m in done.items() if m or found[c].printed}


def _of_project(head: Head, col: int, found: Mapping[int, Head]) -> str:
    """``project`` for a column 项目名称 left of the levels: a table of many projects names each in a merged
    cell."""
    left = all(c > col for c, h in found.items() if h.meaning in LEVELS)
    return "project" if left and words("labels").meaning(head.printed) == "项目名称" else ""


def _values(table: Table, first: int, col: int) -> list[str]:
    """What stands under a head, cell by cell, up to the next heads."""
    found = []
    for row in range(first, min(table.n_rows, first + _SAMPLE)):
        cell = table.at(row, col)
        if cell is None or cell.row != row or cell.col != col:
            continue
        if words("columns").meaning(cell.text.flat) in (*LEVELS, "target"):
            break
        if cell.text:
            found.append(cell.text.flat)
    return found


def _level_weights(columns: Mapping[int, str]) -> dict[int, str]:
    """A weight column that another level's column follows belongs to the level on its left:
    ``weight:level1``."""
    done = dict(columns)
    levels = sorted(c for c, m in columns.items() if m in LEVELS)
    deepest = max((columns[c] for c in levels), default="")
    for col, meaning in columns.items():
        left = [c for c in levels if c < col]
        if meaning in ("weight", "score") and left and any(c > col for c in levels):
            done[col] = f"{meaning}:{columns[left[-1]]}"
        elif meaning in (f"weight:{deepest}", f"score:{deepest}"):
            done[col] = meaning.partition(":")[0]
    return done


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


def _unknown(done: Mapping[int, str], found: Mapping[int, Head]) -> Iterator[int]:
    """The first columns of heads without a meaning."""
    yield from sorted({h.start for c, h in found.items() if not done[c] and h.start in done})


def _mark(done: dict[int, str], found: Mapping[int, Head], start: int, meaning: str) -> None:
    for col, head in found.items():
        if head.start == start:
            done[col] = meaning


def _by_signs(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """Columns of operators and of units are known by what stands in them."""
    for start in _unknown(done, found):
        under = [normal(v) for v in values[start]]
        signs = sum(v in _OPERATORS for v in under)
        if signs and signs + sum(v in _WORDY for v in under) == len(under):
            _mark(done, found, start, "operator")
        elif under and sum(map(is_unit, under)) >= len(under) * _MOST:
            _mark(done, found, start, "measure")


def _starts(done: Mapping[int, str], found: Mapping[int, Head], meaning: str) -> list[int]:
    return sorted({found[c].start for c, m in done.items() if m == meaning})


def _one_name(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """Of two columns that could hold the name the later explains: 三级指标 … 评价内容."""
    for level in LEVELS:
        for start in _starts(done, found, level)[1:]:
            _mark(done, found, start, "other" if "explanation" in done.values() else "explanation")


def _one_target(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """Of several target columns the year's is the target; a standard in words explains, the rest stand by."""
    starts = _starts(done, found, "target")
    if len(starts) < 2:
        return
    best = max(starts, key=lambda s: (_fitness(found[s].printed, values[s]), -s))
    for start in starts:
        if start == best:
            continue
        wordy = not any(read(v) for v in values[start]) and "explanation" not in done.values()
        _mark(done, found, start, "explanation" if wordy else "other")


def _fitness(printed: str, under: Sequence[str]) -> tuple[bool, bool, int]:
    """How well a column answers to the year's target: not of a whole period, figures in it, the year in its
    head."""
    figures = sum(read(v) is not None for v in under)
    return (
        not _WHOLE_PERIOD.search(printed),
        figures * 2 >= len(under) and bool(under),
        int(bool(_THIS_YEAR.search(printed))),
    )


def _one_of_two(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """The second of two actual, weight or score columns: a score beside the weights, else one that stands
    by."""
    for meaning in ("actual", "weight", "score", "rate"):
        starts = _starts(done, found, meaning)
        keep = min(starts, key=lambda s: (bool(_WHOLE_PERIOD.search(found[s].printed)), s), default=0)
        for start in starts:
            if start == keep:
                continue
            beside = (
                meaning == "weight" and "score" not in done.values() and _within(values[start], values[keep])
            )
            _mark(done, found, start, "score" if beside else "other")


def _missing_target(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> None:
    """The one unknown column of figures right of the names is the target, where no column is called so."""
    if "target" in done.values():
        return
    names = max((c for c, m in done.items() if m in LEVELS), default=-1)
    points = [values[s] for m in ("weight", "score") for s in _starts(done, found, m)]
    fits = [
        s
        for s in _unknown(done, found)
        if s > names and _mostly_figures(values[s]) and not any(_within(values[s], p) for p in points)
    ]
    if len(fits) == 1:
        _mark(done, found, fits[0], "target")


def _missing_points(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> None:
    """An unknown column of numbers that never exceed the weights is the score."""
    weights, scores = _starts(done, found, "weight"), _starts(done, found, "score")
    if not weights or scores:
        return
    for start in _unknown(done, found):
        if start > weights[0] and _within(values[start], values[weights[0]]):
            _mark(done, found, start, "score")
            return


def _mostly_figures(under: Sequence[str]) -> bool:
    return bool(under) and sum(read(v) is not None for v in under) >= len(under) * _MOST


def _numbers(under: Sequence[str]) -> list[Decimal] | None:
    quantities = [read(v) for v in under]
    plain = [q.value for q in quantities if q is not None and q.unit in ("", "分")]
    return plain if len(plain) == len(under) and plain else None


def _within(scores: Sequence[str], weights: Sequence[str]) -> bool:
    """Whether figures are at most those of the weights, one by one."""
    mine, theirs = _numbers(scores), _numbers(weights)
    if mine is None or theirs is None or len(mine) != len(theirs):
        return False
    return all(0 <= m <= t for m, t in zip(mine, theirs, strict=True))
