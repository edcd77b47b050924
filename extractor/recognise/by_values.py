"""What a column is where its head does not say, or says it twice: decided by the values that stand under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from extractor.quantity import normal
from extractor.recognise.column_set import MOST, Columns
from extractor.recognise.heads import VALUES, Head
from extractor.recognise.missing_columns import (
    missing_actual,
    missing_points,
    missing_target,
    told_by_words,
)
from extractor.recognise.name_columns import (
    between_levels,
    contents_explain,
    finer_names,
    goals_left,
    one_name,
)
from extractor.recognise.reviewed_scores import reviewed_scores, weighed_scores
from extractor.recognise.twin_columns import of_places, one_of_two, one_target, past_years, standards
from extractor.recognise.units import SIGNS, is_unit
from extractor.vocabulary import words

_WORDY = frozenset(["定性", "定量", "文字描述", "/", "-", "无", "其他", "正向", "反向"])
_BRACKETED = regex.compile(r"[（(]\s*([一-鿿]{2,8})\s*[)）]")


def settle_by_values(
    done: dict[int, str], found: Mapping[int, Head], values: Mapping[int, Sequence[str]]
) -> None:
    """Give unknown columns a meaning and leave each value one column; ``values`` are by a head's first
    column."""
    columns = Columns(done, found, values)
    for settle in (
        by_signs, told_in_brackets, one_name, contents_explain, goals_left, between_levels, past_years, of_places,
        standards, weighed_scores,
        reviewed_scores, one_target, one_of_two, told_by_words, missing_target, missing_points, missing_actual,
        finer_names,
    ):  # fmt: skip
        settle(columns)


def by_signs(columns: Columns) -> None:
    """Columns of operators and of units are known by what stands in them, and so is one that holds none
    (指标性质: 数量目标)."""
    for start in columns.starts("operator"):
        if columns.values[start] and not any(normal(v) in _WORDY.union(SIGNS) for v in columns.values[start]):
            columns.mark(start, "")
    for start in columns.unknown():
        under = [normal(v) for v in columns.values[start]]
        signs = sum(v in SIGNS for v in under)
        if signs and signs + sum(v in _WORDY for v in under) == len(under):
            columns.mark(start, "operator")
        elif under and sum(map(is_unit, under)) >= len(under) * MOST:
            columns.mark(start, "measure")


def told_in_brackets(columns: Columns) -> None:
    """Of two columns under one word, brackets say which is which: 指标值（目标） and 指标值（实际）."""
    for meaning in ("target", "actual", "weight", "score"):
        starts = columns.starts(meaning)
        for start in starts if len(starts) > 1 else ():
            inside = _BRACKETED.search(columns.found[start].printed)
            own = words("columns").meaning(inside[1]) if inside else None
            if own in VALUES:
                columns.mark(start, own)
