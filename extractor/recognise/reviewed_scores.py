"""Which of two columns of scores is the table's own: the unit's, or that of those who reviewed it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.recognise.column_set import Columns, numbers

_OWN = regex.compile(r"自评|自查|自我|单位")
_EVALUATED = regex.compile(r"(?:重点|再|财政|绩效)?评价(?:得分|评分|分)?|第三方")
_REVIEW = regex.compile(r"复评|复核|复查|复审|第三方|评价|终评|评定|核定|抽评|再评")


def reviewed_scores(columns: Columns) -> None:
    """The reviewers' score counts where it is called an evaluation's and takes points off (自评得分, 重点评价得分),
    and where the table gives more reasons for points lost than the unit itself gave up: they explain what the
    reviewers took. Otherwise the unit's own score stays the first."""
    starts, weights = columns.starts("score"), columns.starts("weight")
    own = [s for s in starts if _OWN.search(columns.found[s].printed)]
    review = [s for s in starts if s not in own and _REVIEW.search(columns.found[s].printed)]
    reasons = [len(columns.values[s]) for s in columns.starts("deviation")]
    if len(own) != 1 or len(review) != 1 or not weights:
        return
    if _EVALUATED.search(columns.found[review[0]].printed) and _corrected(
        columns.values[own[0]], columns.values[review[0]]
    ):
        columns.mark(own[0], "other")
        return
    if not reasons:
        return
    full = columns.values[weights[0]]
    given_up, taken = _lost(columns.values[own[0]], full), _lost(columns.values[review[0]], full)
    if given_up < max(reasons) <= taken:
        columns.mark(own[0], "other")


def _corrected(own: Sequence[str], review: Sequence[str]) -> bool:
    """Whether the reviewers scored every row and took points off."""
    mine, theirs = numbers(own), numbers(review)
    if mine is None or theirs is None or len(mine) != len(theirs):
        return False
    return all(t <= m for m, t in zip(mine, theirs, strict=True)) and sum(theirs) < sum(mine)


def _lost(scores: Sequence[str], weights: Sequence[str]) -> int:
    """How many rows have less than their weight, the last one aside if it sums the others; 0 if it cannot be told."""
    mine, full = numbers(scores), numbers(weights)
    if mine is None or full is None or len(mine) != len(full):
        return 0
    rows = len(full) - (len(full) > 1 and sum(full[:-1]) == full[-1])
    return sum(m < f for m, f in zip(mine[:rows], full[:rows], strict=True))
