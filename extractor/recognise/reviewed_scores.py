"""Which of two columns of scores is the table's own: the unit's, or that of those who reviewed it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.recognise.column_set import Columns, numbers

_OWN = regex.compile(r"自评|自查|自我|单位")
_REVIEW = regex.compile(r"复评|复核|复查|复审|第三方|评价|终评|评定|核定|抽评|再评")


def reviewed_scores(columns: Columns) -> None:
    """The reviewers' score counts where the table gives more reasons for points lost than the unit itself gave up:
    they explain what the reviewers took. Without such reasons the unit's own score stays the first."""
    starts, weights = columns.starts("score"), columns.starts("weight")
    own = [s for s in starts if _OWN.search(columns.found[s].printed)]
    review = [s for s in starts if s not in own and _REVIEW.search(columns.found[s].printed)]
    reasons = [len(columns.values[s]) for s in columns.starts("deviation")]
    if len(own) != 1 or len(review) != 1 or not weights or not reasons:
        return
    full = columns.values[weights[0]]
    given_up, taken = _lost(columns.values[own[0]], full), _lost(columns.values[review[0]], full)
    if given_up < max(reasons) <= taken:
        columns.mark(own[0], "other")


def _lost(scores: Sequence[str], weights: Sequence[str]) -> int:
    """How many rows have less than their weight, the last one aside if it sums the others; 0 if it cannot be told."""
    mine, full = numbers(scores), numbers(weights)
    if mine is None or full is None or len(mine) != len(full):
        return 0
    rows = len(full) - (len(full) > 1 and sum(full[:-1]) == full[-1])
    return sum(m < f for m, f in zip(mine[:rows], full[:rows], strict=True))
