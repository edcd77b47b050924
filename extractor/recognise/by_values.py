"""What a column is where its head does not say, or says it twice: decided by the values that stand under
it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import regex

from extractor.quantity import normal, read
from extractor.recognise.heads import LEVELS, Head
from extractor.recognise.units import is_unit
from extractor.recognise.years import year_in
from extractor.vocabulary import words

_OPERATORS = frozenset(("≥", "≤", "=", ">", "<", ">=", "<=", "==", "=>", "=<")) | frozenset(
    ("大于等于", "小于等于", "等于", "大于", "小于", "不低于", "不少于", "不高于", "不超过")
)
_WORDY = frozenset(["定性", "定量", "文字描述", "/", "-", "无", "其他", "正向", "反向"])
_THIS_YEAR = regex.compile(r"年度|当年|本年|全年|年初|20\d\d年")
_WHOLE_PERIOD = regex.compile(r"周期|实施期|长期|中期|总体|上年|历史|调整|行业|预计")
_ONE_JUDGE = regex.compile(
    r"(?:专家|评委|评审人员?|评价人员?|成员|委员)\s*[\d一二三四五六七八九十A-Z甲乙丙丁]+"
)
_ASIDE = regex.compile(
    r"标准|行业|历史|上年|往年|基准|参考|基期|上期|同期|周期|实施期|中期|长期|来源|依据|年份"
)
_COMPARED = regex.compile(r"差|增减|变动|得分|评分|扣|同比|环比|排名|占比|序号|编号|金额|资金|预算|支出")
_REVISED = regex.compile(r"调[整增减]|变更后")
_MOST = 0.6


def settle_by_values(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> None:
    """Give unknown columns a meaning and leave each value one column; ``values`` are by a head's first
    column."""
    for settle in (
        _by_signs, _one_name, _goals_left, _between_levels, _past_years, _standards, _one_target, _one_of_two,
        _missing_target, _missing_points, _missing_actual,
    ):  # fmt: skip
        settle(done, found, values)


def _unknown(done: Mapping[int, str], found: Mapping[int, Head]) -> Iterator[int]:
    """The first columns of heads without a meaning."""
    yield from sorted({h.start for c, h in found.items() if not done[c] and h.start in done})


def _mark(done: dict[int, str], found: Mapping[int, Head], start: int, meaning: str) -> None:
    for col, head in found.items():
        if head.start == start:
            done[col] = meaning


def _by_signs(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """Columns of operators and of units are known by what stands in them, and so is one that holds none
    (指标性质: 数量目标)."""
    for start in _starts(done, found, "operator"):
        if values[start] and not any(normal(v) in _OPERATORS | _WORDY for v in values[start]):
            _mark(done, found, start, "")
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
    """Of two columns that could hold the name the later explains (三级指标 … 评价内容), unless the earlier groups
    its rows: 评价内容 merged over several 评价指标 is the level above them."""
    for level in LEVELS:
        starts = _starts(done, found, level)
        for start in starts[1:]:
            free = _free_level(done, found, level, start)
            if free:
                _mark(done, found, start, free)
            elif (
                level == "level3"
                and "level4" not in done.values()
                and _groups(done, found, values, starts[0], start)
            ):
                _mark(done, found, start, "level4")
            else:
                _mark(done, found, start, "other" if "explanation" in done.values() else "explanation")


def _free_level(done: Mapping[int, str], found: Mapping[int, Head], level: str, start: int) -> str:
    """The level below one for a second column of it (指标类型 | 评价维度 | 评价指标) left of the names; "" if taken."""
    names = max((m, c) for c, m in done.items() if m in LEVELS)
    below = LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]
    return below if below < names[0] and below not in done.values() and start < names[1] else ""


def _groups(
    done: Mapping[int, str],
    found: Mapping[int, Head],
    values: Mapping[int, Sequence[str]],
    left: int,
    right: int,
) -> bool:
    """Whether a column's cells stand for several of another's, which have the figures."""
    stated = [len(values[s]) for m in ("target", "weight", "score") for s in _starts(done, found, m)]
    return len(values[left]) < len(values[right]) and max(stated, default=0) > len(values[left])


def _goals_left(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """Words left of the names under a head of targets (职责 | 年度绩效目标 | 绩效指标): the rows' goal."""
    names = max((c for c, m in done.items() if m in LEVELS), default=-1)
    for start in _starts(done, found, "target"):
        if start < names and not any(read(v) for v in values[start]):
            _mark(done, found, start, "")


def _between_levels(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> None:
    """An unknown column of words between a level and the names, whose cells group the names' or name levels, is the
    level between them."""
    names = max(((m, c) for c, m in done.items() if m in LEVELS), default=("", -1))
    for start in _unknown(done, found):
        above = max((m for c, m in done.items() if c < start and m in LEVELS), default="")
        free = [m for m in LEVELS if above < m < names[0]]
        under, rows = values[start], values[found[names[1]].start] if names[0] else ()
        if not above or not free or start > names[1] or not under or any(read(v) for v in under):
            continue
        known = sum(words("rows").meaning(v) == "level" for v in under)
        if len(under) < len(rows) or known * 2 > len(under):
            _mark(done, found, start, free[0])


def _past_years(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """What was reached in a year before the target's (2021年完成值 beside 2022年目标值), or before that of another such
    column, is history."""
    wanted = [y for s in _starts(done, found, "target") if (y := year_in(found[s].printed))]
    years = {s: year_in(found[s].printed) for s in _starts(done, found, "actual")}
    reached = [y for y in years.values() if y]
    last = max((y for y in reached if y in wanted), default=max((*wanted, *reached), default=0))
    for start, year in years.items():
        if year and year < last:
            _mark(done, found, start, "other")


def _standards(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """A column of standards (考核标准) that holds figures to reach instead of rules, where none is called a target."""
    if "target" in done.values():
        return
    points = [values[s] for s in _starts(done, found, "weight")]
    for start in _starts(done, found, "rule"):
        if _mostly_figures(values[start]) and not any(_within(values[start], p) for p in points):
            _mark(done, found, start, "target")
            return


def _one_target(done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]) -> None:
    """Of several target columns the year's is the target; a standard in words explains, the rest stand by."""
    starts = _starts(done, found, "target")
    if len(starts) < 2:
        return
    reached = {year_in(found[s].printed) for s in _starts(done, found, "actual")}

    def answered(start: int) -> int:
        year = year_in(found[start].printed)
        return year if year and year in reached else 0

    best = max(starts, key=lambda s: (_fitness(found[s].printed, values[s]), answered(s), -s))
    for start in starts:
        if start == best:
            continue
        wordy = not any(read(v) for v in values[start]) and "explanation" not in done.values()
        revised = _REVISED.search(found[start].printed) and "revised" not in done.values()
        _mark(done, found, start, "revised" if revised else "explanation" if wordy else "other")


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
        keep = min(starts, key=lambda s: (_standing(found[s].printed), s), default=0)
        for start in starts:
            if start == keep:
                continue
            beside = (
                meaning == "weight" and "score" not in done.values() and _within(values[start], values[keep])
            )
            _mark(done, found, start, "score" if beside else "other")


def _standing(printed: str) -> int:
    """How far a head stands behind others of its meaning: what is agreed on first, one judge's or a whole
    period's last."""
    if _WHOLE_PERIOD.search(printed) or _ONE_JUDGE.search(printed):
        return 2
    return 1


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
        if s > names
        and not _COMPARED.search(found[s].printed)
        and _mostly_figures(values[s])
        and not any(_within(values[s], p) for p in points)
    ]
    whole = [s for s in fits if words("rows").meaning(found[s].printed) == "grand"]
    if len(fits) == 1 or len(whole) == 1:
        _mark(done, found, (whole or fits)[0], "target")


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


def _missing_actual(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> None:
    """The one unknown column that answers to the target cell by cell is what was reached, where none is called
    so."""
    targets = _starts(done, found, "target")
    if "actual" in done.values() or not targets or "score" not in done.values():
        return
    fits = [
        s
        for s in _unknown(done, found)
        if s > targets[0] and not _ASIDE.search(found[s].printed) and _answers(values[s], values[targets[0]])
    ]
    if len(fits) == 1:
        _mark(done, found, fits[0], "actual")


def _answers(under: Sequence[str], targets: Sequence[str]) -> bool:
    """Whether texts answer to targets one by one: figures of one kind to figures, words to words."""
    if not under or len(under) != len(targets):
        return False
    pairs = [(read(u), read(t)) for u, t in zip(under, targets, strict=True)]
    same = sum(
        (u is None) == (t is None) and (u is None or t is None or u.dimension == t.dimension)
        for u, t in pairs
    )
    figures = sum(u is not None and t is not None for u, t in pairs)
    return same >= len(pairs) * _MOST and figures * 2 >= len(pairs)


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
