"""Which columns hold the names of indicators and their levels, where heads name several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from extractor.quantity import read
from extractor.recognise.column_set import Columns
from extractor.recognise.heads import LEVELS, Head
from extractor.vocabulary import bare, words

_ASIDE = regex.compile(
    r"单位|部门|科室|处室|股室|责任|负责|资金|预算|金额|经费|年|时间|日期|期限|编[号码]|备注|地点|依据|政策"
)

_INDICATORS = regex.compile(r"[一-鿿]{0,4}指标(?:名称)?")
_DEEP = 3
_ASKED = regex.compile(r"[一-鿿]{0,4}(?:内容|要求|要点)")
_THINGS = regex.compile(r"[一-鿿]{0,4}(?:项目|事项|要素)")
_ANY_LEVEL = regex.compile(r"(?:绩效|评价|考核|考评|评估|评审|测评)(?:指标|内容|目标)|指标|目标")


def one_name(columns: Columns) -> None:
    """Of two columns that could hold the name the later explains (三级指标 … 评价内容), unless the earlier groups
    its rows: 评价内容 merged over several 评价指标 is the level above them."""
    for level in LEVELS:
        starts = columns.starts(level)
        for start in starts[1:]:
            free = _free_level(columns, level, start)
            if free:
                columns.mark(start, free)
            elif level == "level3" and _names_better(columns, starts[0], start):
                taken = columns.done.values()
                columns.mark(*((start, "level4") if "level2" in taken else (starts[0], "level2")))
            elif (
                level == "level3"
                and "level4" not in columns.done.values()
                and _groups(columns, starts[0], start)
            ):
                columns.mark(start, "level4")
            else:
                columns.mark(start, "other" if "explanation" in columns.done.values() else "explanation")


def _names_better(columns: Columns, left: int, right: int) -> bool:
    """Whether of two heads only the right one calls them indicators (评价要素 | 指标): the left is a level."""
    ends = [_INDICATORS.fullmatch(bare(columns.found[s].printed)) is not None for s in (left, right)]
    return ends == [False, True] and "level4" not in columns.done.values()


def _free_level(columns: Columns, level: str, start: int) -> str:
    """The level below one for a second column of it (指标类型 | 评价维度 | 评价指标) left of the names; "" if taken."""
    names = max((m, c) for c, m in columns.done.items() if m in LEVELS)
    below = LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]
    return below if below < names[0] and below not in columns.done.values() and start < names[1] else ""


def _groups(columns: Columns, left: int, right: int) -> bool:
    """Whether a column's cells stand for several of another's, which have the figures; so do those under a head over
    several columns that names no level by itself (评价内容, 绩效指标): they are the levels."""
    heads = [h for h in columns.found.values() if h.start == left]
    if len(heads) > 1 and _ANY_LEVEL.fullmatch(bare(heads[0].printed)):
        return True
    stated = [len(columns.values[s]) for m in ("target", "weight", "score") for s in columns.starts(m)]
    return len(columns.values[left]) < len(columns.values[right]) and max(stated, default=0) > len(
        columns.values[left]
    )


def goals_left(columns: Columns) -> None:
    """Words left of the names under a head of targets (职责 | 年度绩效目标 | 绩效指标): the rows' goal."""
    names = max((c for c, m in columns.done.items() if m in LEVELS), default=-1)
    for start in columns.starts("target"):
        if start < names and not any(read(v) for v in columns.values[start]):
            columns.mark(start, "")


def between_levels(columns: Columns) -> None:
    """An unknown column of words between a level and the names, whose cells group the names' or name levels, is the
    level between them."""
    names = max(((m, c) for c, m in columns.done.items() if m in LEVELS), default=("", -1))
    for start in columns.unknown():
        above = max((m for c, m in columns.done.items() if c < start and m in LEVELS), default="")
        free = [m for m in LEVELS if above < m < names[0]]
        under, rows = columns.values[start], columns.values[columns.found[names[1]].start] if names[0] else ()
        if not above or not free or start > names[1] or not under or any(read(v) for v in under):
            continue
        known = sum(words("rows").meaning(v) == "level" for v in under)
        if len(under) < len(rows) or known * 2 > len(under):
            columns.mark(start, free[0])


def contents_explain(columns: Columns) -> None:
    """Contents (考评内容) beside a column that names one thing in each row (考评项目) and has a level at its left
    say what is asked for: they explain the names."""
    levels = sorted({(columns.found[c].start, m) for c, m in columns.done.items() if m in LEVELS})
    if len(levels) < _DEEP:
        return
    (above, _), (left, _), (right, deepest) = levels[-3:]
    one_each = len(columns.values[left]) == len(columns.values[right]) > len(columns.values[above])
    known = sum(words("rows").meaning(v) == "level" for v in columns.values[left])
    asked = _ASKED.fullmatch(bare(columns.found[right].printed)) and _THINGS.fullmatch(
        bare(columns.found[left].printed)
    )
    if one_each and asked and not known and "explanation" not in columns.done.values():
        columns.mark(right, "explanation")
        columns.mark(left, deepest)


def finer_names(columns: Columns) -> None:
    """A column of words right of the names that has a cell for each weight or target (the sum row's aside), where
    several of them stand beside one merged name (评审内容 | 评审要点 | 分值): it holds the names, and the names' column
    is a level."""
    names = max(((m, c) for c, m in columns.done.items() if m in LEVELS), default=("", -1))
    figures = [s for m in ("weight", "target", "score") for s in columns.starts(m)]
    if names[0] not in LEVELS[:-1] or not figures:
        return
    stated = max(len(columns.values[s]) for s in figures)
    named = len(columns.values[columns.found[names[1]].start])
    for start in [*columns.starts("explanation"), *columns.unknown()]:
        under = columns.values[start]
        one_each = named < len(under) and stated - 1 <= len(under) <= stated
        if one_each and names[1] < start < min(figures) and not any(read(v) for v in under):
            columns.mark(start, LEVELS[LEVELS.index(names[0]) + 1])
            return


def above_levels(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> dict[int, str]:
    """An unknown column of words left of the first level, each of whose cells stands for several of it (险种 |
    指标类别 | 绩效指标): a level above, if there is room for one more. Who does it, or with what money, is none."""
    levels = sorted({m for m in done.values() if m in LEVELS})
    first = min((c for c, m in done.items() if m in LEVELS), default=0)
    starts = {h.start for c, h in found.items() if c < first and not done[c] and h.printed}
    fits = [s for s in starts if _stands_for_several(s, first, found, values)]
    if not 2 <= len(levels) < len(LEVELS) or len(fits) != 1:
        return done
    below = dict(zip(levels, LEVELS[1:], strict=False))
    return {c: "level1" if found[c].start == fits[0] else below.get(m, m) for c, m in done.items()}


def _stands_for_several(
    start: int, first: int, found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> bool:
    under, beside = values.get(start, ()), values.get(found[first].start, ())
    known = words("labels").meaning(found[start].printed)
    plain = not known and not _ASIDE.search(found[start].printed) and not any(read(v) for v in under)
    return plain and 2 <= len(under) < len(beside)
