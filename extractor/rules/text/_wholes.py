"""Shares of one whole told side by side: 甲占 60%，乙占 45% are more than there is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.quantity import Interval
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake
from extractor.rules.text._sums import total

_SHARE = regex.compile(r"占(?:比|总数|总量|总额)?(?:为|达|约)?$")
_NESTED = regex.compile(r"其中|多选|同时|均|上年|去年|同期|目标|权重|比重由|分别")
_WHOLE = Interval.point(1)
_MOST = Decimal("1.12")


def share_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """Shares told one after the other that come to somewhat more than the whole."""
    run: list[Said] = []
    for said in (*sentence.figures, None):
        if said is not None and _is_share(said) and (not run or _goes_on(run[-1], said)):
            run.append(said)
            continue
        yield from _checked(sentence, run)
        run = [said] if said is not None and _is_share(said) else []


def _is_share(said: Said) -> bool:
    return said.family == "ratio" and said.alone and _SHARE.search(said.lead) is not None


def _goes_on(last: Said, said: Said) -> bool:
    return said.room == last.room and not regex.search(f"{_NESTED.pattern}|[。；;]", said.before)


def _checked(sentence: Sentence, run: list[Said]) -> Iterator[Mistake]:
    if len(run) < 2 or any(s.quantity.op for s in run) or regex.search("多选|重复", sentence.string):
        return
    made = total(run)
    if not 1 < made.low <= _MOST or _SHARE.sub("", run[0].lead) == _SHARE.sub("", run[-1].lead):
        return
    rest = run[:-1]
    how = f"各项占比之和不应超过 100%、其余占比 {'、'.join(s.string for s in rest)} "
    yield Mistake(sentence, run[-1], tuple(rest), _WHOLE - total(rest), how, "占比", "warning", 0.8)
