"""Columns of target, actual value and score whose heads nobody knows: found by what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.quantity import read
from extractor.recognise.column_set import MOST, Columns, mostly_figures, numbers, within
from extractor.recognise.heads import LEVELS
from extractor.vocabulary import bare, words

_ASIDE = regex.compile(
    r"(?<!考核|评价)标准|行业|历史|上年|往年|基准|参考|基期|上期|同期|周期|实施期|中期|长期|来源|依据|年份"
)
_FOUND = regex.compile(r"核查|核实|现场|实地|实际|现状|情况$|结果$")
_HUNDRED = 100
_OF_ALL = regex.compile(r"全[省市县区州旗镇乡盟]|[省市县区州]合计")
_WANTED = regex.compile(
    r"[一-鿿]{0,6}(?:目标|指标|标杆|计划|预期|约定|任务|设定|承诺|考核标准|评价标准|要求)(?:的)?(?:数|量)?值(?:设定|设置)?"
)
_REACHED = regex.compile(
    r"(?!是否|预计|应|拟|计划)[一-鿿]{0,8}(?:完成|实际|实现|达成|达到|结果|实测)(?:的)?(?:指标|数|量)?(?:值|情况|数据|结果)?"
)
_STANDARD = regex.compile(r"(?:指标)?(?:标准|参考|参照|基准)值")
_COMPARED = regex.compile(r"差|增减|变动|得分|评分|扣|同比|环比|排名|占比|序号|编号|金额|资金|预算|支出")


def told_by_words(columns: Columns) -> None:
    """The one unknown column right of the names whose head has words of a target (绩效指标值设定, 考核标准值), or of
    what was reached (考核结果值), where none is known to be that."""
    names = max((c for c, m in columns.done.items() if m in LEVELS), default=-1)
    for meaning, wording in (("actual", _REACHED), ("target", _WANTED)):
        fits = [
            s
            for s in columns.unknown()
            if s > names and _says(bare(columns.found[s].printed), meaning, wording)
        ]
        if len(fits) == 1 and meaning not in columns.done.values():
            columns.mark(fits[0], meaning)


def _says(printed: str, meaning: str, wording: regex.Pattern[str]) -> bool:
    """Whether a head has the words; 标准值 is the target where nothing else is."""
    if meaning == "target" and _STANDARD.fullmatch(printed):
        return True
    return bool(wording.fullmatch(printed)) and not _ASIDE.search(printed) and not _COMPARED.search(printed)


def missing_target(columns: Columns) -> None:
    """The one unknown column of figures right of the names is the target, where no column is called so; one whose head
    says what was found (现场核查情况) is what was reached."""
    if "target" in columns.done.values():
        return
    names = max((c for c, m in columns.done.items() if m in LEVELS), default=-1)
    points = [columns.values[s] for m in ("weight", "score") for s in columns.starts(m)]
    fits = [
        s
        for s in columns.unknown()
        if s > names
        and not _COMPARED.search(columns.found[s].printed)
        and mostly_figures(columns.values[s])
        and not any(within(columns.values[s], p) for p in points)
    ]
    reached = [s for s in fits if _FOUND.search(columns.found[s].printed)]
    fits = [s for s in fits if s not in reached]
    if len(reached) == 1 and "actual" not in columns.done.values():
        columns.mark(reached[0], "actual")
    whole = [s for s in fits if _is_whole(columns.found[s].printed)]
    if len(fits) == 1 or len(whole) == 1:
        columns.mark((whole or fits)[0], "target")


def _is_whole(printed: str) -> bool:
    """Whether a head stands for the sum of those beside it: 合计, 全省."""
    return words("rows").meaning(printed) == "grand" or _OF_ALL.fullmatch(bare(printed)) is not None


def missing_points(columns: Columns) -> None:
    """An unknown column of numbers that never exceed the weights is the score; one that the scores never exceed and
    that makes 100 holds the weights."""
    weights, scores = columns.starts("weight"), columns.starts("score")
    for start in columns.unknown() if scores and not weights else ():
        if (
            start < scores[0]
            and within(columns.values[scores[0]], under := columns.values[start])
            and _full(under)
        ):
            columns.mark(start, "weight")
            return
    if not weights or scores:
        return
    for start in columns.unknown():
        if start > weights[0] and within(columns.values[start], columns.values[weights[0]]):
            columns.mark(start, "score")
            return


def _full(weights: Sequence[str]) -> bool:
    """Whether points make 100, alone or with the sum below them."""
    values = numbers(weights) or []
    return _HUNDRED in (sum(values), sum(values[:-1]))


def missing_actual(columns: Columns) -> None:
    """The one unknown column that answers to the target cell by cell is what was reached, where none is called
    so."""
    targets = columns.starts("target")
    if "actual" in columns.done.values() or not targets or "score" not in columns.done.values():
        return
    fits = [
        s
        for s in columns.unknown()
        if s > targets[0]
        and not _ASIDE.search(columns.found[s].printed)
        and answers(columns.values[s], columns.values[targets[0]])
    ]
    if len(fits) == 1:
        columns.mark(fits[0], "actual")


def answers(under: Sequence[str], targets: Sequence[str]) -> bool:
    """Whether texts answer to targets one by one: figures of one kind to figures, words to words."""
    if not under or len(under) != len(targets):
        return False
    pairs = [(read(u), read(t)) for u, t in zip(under, targets, strict=True)]
    same = sum(
        (u is None) == (t is None) and (u is None or t is None or u.dimension == t.dimension)
        for u, t in pairs
    )
    figures = sum(u is not None and t is not None for u, t in pairs)
    return same >= len(pairs) * MOST and figures * 2 >= len(pairs)
