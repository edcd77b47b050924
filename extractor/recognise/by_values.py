"""What a column is where its head does not say, or says it twice: decided by the values that stand under
it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import regex

from extractor.quantity import normal, read
from extractor.recognise.heads import LEVELS, Head
from extractor.recognise.units import is_unit

_OPERATORS = frozenset(("≥", "≤", "=", ">", "<", ">=", "<=", "==", "=>", "=<")) | frozenset(
    ("大于等于", "小于等于", "等于", "大于", "小于", "不低于", "不少于", "不高于", "不超过")
)
_WORDY = frozenset(["定性", "定量", "文字描述", "/", "-", "无", "其他", "正向", "反向"])
_THIS_YEAR = regex.compile(r"年度|当年|本年|全年|年初|20\d\d年")
_WHOLE_PERIOD = regex.compile(r"周期|实施期|长期|中期|总体|上年|历史|调整|行业|预计")
_MOST = 0.6


def settle_by_values(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> None:
    """Give unknown columns a meaning and leave each value one column; ``values`` are by a head's first
    column."""
    for settle in (_by_signs, _one_name, _one_target, _one_of_two, _missing_target, _missing_points):
        settle(done, found, values)


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
