"""Which of several columns of one meaning is the year's own: target, actual value, weight, score."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.quantity import read
from extractor.recognise.column_set import Columns, mostly_figures, within
from extractor.recognise.years import year_in

_THIS_YEAR = regex.compile(r"年度|当年|本年|全年|年初|20\d\d年")
_WHOLE_PERIOD = regex.compile(r"周期|实施期|长期|中期|总体|上年|历史|调整|行业|预计")
_ONE_JUDGE = regex.compile(
    r"(?:专家|评委|评审人员?|评价人员?|成员|委员)\s*[\d一二三四五六七八九十A-Z甲乙丙丁]+"
)
_VERIFIED = regex.compile(r"核[实定查验]|审[核定]")
_OF_ALL = regex.compile(r"合计|总计|汇总|全[省市县区州旗镇乡]")
_SO_FAR = regex.compile(r"\d月|半年|年中|[一二三]季度")
_OF_PLACE = regex.compile(
    r"(?!.*(?:合计|总计|汇总|全[省市县区州旗镇乡]))[一-鿿]{1,8}(?:[省市县区州旗镇乡村]|街道)[一-鿿]+"
)
_APPROVED = regex.compile(r"批复|下达|审定|核定")
_REVISED = regex.compile(r"调[整增减]|变更后")


def past_years(columns: Columns) -> None:
    """What was reached in a year before the target's (2021年完成值 beside 2022年目标值), or before that of another such
    column, is history."""
    wanted = [y for s in columns.starts("target") if (y := year_in(columns.found[s].printed))]
    years = {s: year_in(columns.found[s].printed) for s in columns.starts("actual")}
    reached = [y for y in years.values() if y]
    last = max((y for y in reached if y in wanted), default=max((*wanted, *reached), default=0))
    for start, year in years.items():
        if year and year < last:
            columns.mark(start, "other")


def standards(columns: Columns) -> None:
    """A column of standards (考核标准) that holds figures to reach instead of rules, where none is called a target."""
    if "target" in columns.done.values():
        return
    points = [columns.values[s] for s in columns.starts("weight")]
    for start in columns.starts("rule"):
        if mostly_figures(columns.values[start]) and not any(
            within(columns.values[start], p) for p in points
        ):
            columns.mark(start, "target")
            return


def of_places(columns: Columns) -> None:
    """Targets and results of several places (东岭镇目标值, 石门乡目标值) without one for all stand by."""
    for meaning in ("target", "actual"):
        starts = columns.starts(meaning)
        if len(starts) > 1 and all(_OF_PLACE.match(columns.found[s].printed) for s in starts):
            for start in starts:
                columns.mark(start, "other")


def one_target(columns: Columns) -> None:
    """Of several target columns the year's is the target; a standard in words explains, the rest stand by."""
    starts = columns.starts("target")
    if len(starts) < 2:
        return
    reached = {year_in(columns.found[s].printed) for s in columns.starts("actual")}

    def answered(start: int) -> int:
        year = year_in(columns.found[start].printed)
        return year if year and year in reached else 0

    best = max(starts, key=lambda s: (_fitness(columns.found[s].printed, columns.values[s]), answered(s), -s))
    for start in starts:
        if start == best:
            continue
        wordy = not any(read(v) for v in columns.values[start]) and "explanation" not in columns.done.values()
        revised = _REVISED.search(columns.found[start].printed) and "revised" not in columns.done.values()
        columns.mark(start, "revised" if revised else "explanation" if wordy else "other")


def _fitness(printed: str, under: Sequence[str]) -> tuple[bool, bool, bool, bool, int]:
    """How well a column answers to the year's target: not of a whole period, figures in it, what was approved rather
    than applied for, the year in its head."""
    figures = sum(read(v) is not None for v in under)
    return (
        _OF_ALL.search(printed) is not None,
        not _WHOLE_PERIOD.search(printed),
        figures * 2 >= len(under) and bool(under),
        _APPROVED.search(printed) is not None,
        int(bool(_THIS_YEAR.search(printed))),
    )


def one_of_two(columns: Columns) -> None:
    """The second of two actual, weight or score columns: a score beside the weights, else one that stands
    by."""
    for meaning in ("actual", "weight", "score", "rate"):
        starts = columns.starts(meaning)
        keep = min(starts, key=lambda s: (_standing(columns.found[s].printed, meaning), s), default=0)
        for start in starts:
            if start == keep:
                continue
            beside = (
                meaning == "weight"
                and "score" not in columns.done.values()
                and within(columns.values[start], columns.values[keep])
            )
            columns.mark(start, "score" if beside else "other")


def _standing(printed: str, meaning: str) -> int:
    """How far a head stands behind others of its meaning: what stands for all and what was verified first, one judge's
    or a whole period's last."""
    if _OF_ALL.search(printed) or (meaning == "actual" and _VERIFIED.search(printed)):
        return 0
    if meaning == "actual" and "预计" in printed:
        return 3
    if meaning == "actual" and _SO_FAR.search(printed):
        return 2
    if _WHOLE_PERIOD.search(printed) or _ONE_JUDGE.search(printed):
        return 2
    return 1
