"""Which of several columns of scores is the table's own: the unit's, or that of those who reviewed it;
the weighed points, not those out of a hundred."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.recognise.column_set import Columns, numbers, within

_OWN = regex.compile(r"自评|自查|自我|单位")
_EVALUATED = regex.compile(r"(?:重点|再|财政|绩效)?评价(?:得分|评分|分)?|第三方")
_WEIGHED = regex.compile(r"折[算后合]|加权|换算|权重后")
_REVIEW = regex.compile(r"复评|复核|复查|复审|第三方|评价|终评|评定|核定|抽评|再评")


def weighed_scores(columns: Columns) -> None:
    """Points out of a hundred (百分制评分) are no score where another column has them weighed (折算得分)."""
    starts, weights = columns.starts("score"), columns.starts("weight")
    if len(weights) != 1:
        return
    weighed = [s for s in starts if _WEIGHED.search(columns.found[s].printed)]
    others = [s for s in starts if s not in weighed]
    full = columns.values[weights[0]]
    if len(weighed) == 1 and not any(within(columns.values[s], full) for s in others):
        for start in others:
            columns.mark(start, "other")


def reviewed_scores(columns: Columns) -> None:
    """The reviewers' score counts where it is called an evaluation's and takes points off (自评得分, 重点评价得分; also
    after a review between them: 自评分, 复核分, 评价分), and where the table gives more reasons for points lost than
    the unit itself gave up: they explain what the reviewers took. Otherwise the unit's own score stays the first."""
    starts, weights = columns.starts("score"), columns.starts("weight")
    own = [s for s in starts if _OWN.search(columns.found[s].printed)]
    review = [s for s in starts if s not in own and _REVIEW.search(columns.found[s].printed)]
    reasons = [len(columns.values[s]) for s in columns.starts("deviation")]
    if len(own) != 1 or not review or not weights:
        return
    stages = [own[0], *review]
    if _EVALUATED.search(columns.found[review[-1]].printed) and _corrected(
        [columns.values[s] for s in stages]
    ):
        for start in stages[:-1]:
            columns.mark(start, "other")
        return
    if not reasons or len(review) > 1:
        return
    full = columns.values[weights[0]]
    given_up, taken = _lost(columns.values[own[0]], full), _lost(columns.values[review[0]], full)
    if given_up < max(reasons) <= taken:
        columns.mark(own[0], "other")


def _corrected(stages: Sequence[Sequence[str]]) -> bool:
    """Whether each of several scorers scored every row, gave none more than the one before, and points were taken off
    in the end."""
    scores = [numbers(under) for under in stages]
    known = [column for column in scores if column is not None]
    if len(known) < len(scores) or len(set(map(len, known))) != 1:
        return False
    falling = all(b <= a for row in zip(*known, strict=True) for a, b in pairwise(row))
    return falling and sum(known[-1]) < sum(known[0])


def _lost(scores: Sequence[str], weights: Sequence[str]) -> int:
    """How many rows have less than their weight, the last one aside if it sums the others; 0 if it cannot be told."""
    mine, full = numbers(scores), numbers(weights)
    if mine is None or full is None or len(mine) != len(full):
        return 0
    rows = len(full) - (len(full) > 1 and sum(full[:-1]) == full[-1])
    return sum(m < f for m, f in zip(mine[:rows], full[:rows], strict=True))
