"""A total told before or after the items ① ② ③ that make it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.recognise.prose import passages
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, agrees
from extractor.rules.text._sums import total

_MARKS = (
    regex.compile(r"[①②③④⑤⑥⑦⑧⑨⑩⑪⑫]"),
    regex.compile(r"[（(](?:[1-9]|1\d)[)）]"),
    regex.compile(r"(?:(?<=[：:。；;，,])|^)[一二三四五六七八九]是"),
)
_LEADS_ON = regex.compile(r"(?:如下|其中|包括|分别为|分别是|包含|分为|用于|：|:)\s*$")
_MOST = 400


def enumeration_mistakes(reading: Reading) -> Iterator[Mistake]:
    """Totals that the enumerated items of their paragraph do not make."""
    for block, section, text in passages(reading.document):
        for mark in _MARKS:
            marks = list(mark.finditer(text.string))
            if 2 <= len(marks) <= 12:
                found = _checked(text, marks, section, block)
                if found is not None:
                    yield found
                break


def _checked(text: Text, marks: Sequence[regex.Match[str]], section: str, block: int) -> Mistake | None:
    head = _part(text, _begin(text.string, marks[0].start()), marks[0].start(), section, block)
    if not _LEADS_ON.search(head.string.rstrip()) or not head.figures:
        return None
    stated = head.figures[-1]
    if stated.family not in ("money", "count", "score") or not stated.alone or stated.depth:
        return None
    if regex.search(r"其中|上年|同期|[。；;]", head.string[stated.quantity.end :]):
        return None
    items = [_figures(item, stated) for item in _items(text, marks, section, block)]
    if not all(items) or _reachable(stated, items):
        return None
    last = [item[-1] for item in items]
    if not all(len(item) == 1 for item in items) and not _same_word(stated, last):
        return None
    whole = _whole(text, section, block)
    how = "、".join(p.string for p in last) + " 之和"
    computed = total(last)
    if abs(computed.low - stated.base.low) > abs(stated.base.low) / 2:
        return None
    return Mistake(whole, stated, tuple(last), computed, how, stated.lead[-14:] or "合计数")


def _begin(string: str, end: int) -> int:
    """Where the sentence that leads on to the items begins."""
    return max(string.rfind(mark, 0, end) for mark in "。！？\n") + 1


def _items(text: Text, marks: Sequence[regex.Match[str]], section: str, block: int) -> Iterator[Sentence]:
    """Each item up to the next mark, the last one up to its full stop."""
    for number, mark in enumerate(marks):
        if number + 1 < len(marks):
            end = marks[number + 1].start()
        else:
            stops = [p for s in "。\n" if (p := text.string.find(s, mark.end())) >= 0]
            end = min(stops, default=len(text))
        yield _part(text, mark.end(), end, section, block)


def _part(text: Text, start: int, end: int, section: str, block: int) -> Sentence:
    return Sentence(text.cut(start, end), section, block, ())


def _whole(text: Text, section: str, block: int) -> Sentence:
    return Sentence(text, section, block, ())


def _figures(item: Sentence, stated: Said) -> list[Said]:
    return [
        f
        for f in item.figures
        if f.quantity.dimension == stated.quantity.dimension and f.alone and not f.depth
    ]


def _reachable(stated: Said, items: Sequence[Sequence[Said]]) -> bool:
    """Whether one figure of each item can make the total; True as well when there are too many ways to
    tell."""
    ways = 1
    for item in items:
        ways *= len(item)
    if ways > _MOST:
        return True
    if any(agrees(stated.quantity, total(some)) for some in product(*items)):
        return True
    return agrees(stated.quantity, total([f for item in items for f in item]))


def _same_word(stated: Said, last: Sequence[Said]) -> bool:
    """Whether every item's last figure is told with a word of the total's: 核减 … 故核减 …."""
    words = {stated.lead[i : i + 2] for i in range(len(stated.lead) - 1)} - {"金额", "资金", "费用"}
    return any(all(word in f.before for f in last) for word in words)
