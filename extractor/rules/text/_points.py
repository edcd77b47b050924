"""Changes told in percentage points beside both rates: 由 77.30%提高到 91.26%，提高 13.96 个百分点."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, agrees

_MOVED = regex.compile(
    r"(?:提[高升]|上升|增[加长]|上涨|下降|降低|减少|回落|下滑|[高低]于?|[高低]出|相?差|多|少|超过?|缩小|扩大|升高)(?:了|约|近)?$"
)
_FROM, _TO = regex.compile(r"(?:由|从)[^，,。；;]{0,16}$"), regex.compile(r"(?:到|至|为)$")
_THAN = regex.compile(r"^[，,]?\s*(?:同比|相?[比较与离距]|[低高]于|未达到|超过)[^，,。；;]{0,14}$")
_OTHER = regex.compile(r"[比较同与]")
_STOP = regex.compile(r"[。；;]|分别|平均|均")


def point_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """Points that are not the difference of the two rates told right before them."""
    figures = sentence.figures
    for (one, two), (_, said) in pairwise(pairwise(figures)):
        if not _is_points(said) or not _MOVED.search(said.lead) or not said.alone:
            continue
        if not (_is_rate(one) and _is_rate(two)) or not one.room == two.room == said.room:
            continue
        linked = (_FROM.search(one.before) and _TO.search(two.lead)) or _THAN.match(two.before)
        if not linked or _STOP.search(two.before + said.before) or _OTHER.search(said.before):
            continue
        gap = two.base - one.base
        computed = -gap if gap.high < 0 else gap
        if not agrees(said.quantity, computed):
            how = f" {one.string} 与 {two.string} 之差"
            yield Mistake(
                sentence, said, (one, two), computed, how, said.lead[-10:] or "变动", "error", 0.92, True
            )


def _is_points(said: Said) -> bool:
    return said.family == "points" or "百分点" in said.string


def _is_rate(said: Said) -> bool:
    return said.family == "ratio" and said.quantity.op in ("", "=", "~", "<", ">") and "%" in said.string
