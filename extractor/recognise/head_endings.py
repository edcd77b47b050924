"""Heads that nobody knows, read by how they begin or end: 成本指标 | 成本控制目标 | 实际成本 name, plan and compare."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from extractor.recognise.heads import Head

_ENDINGS = {
    "level3": regex.compile(r"[一-鿿]{1,8}指标(?:名称)?"),
    "target": regex.compile(r"[一-鿿]{1,8}(?:目标|目标值|计划值|控制数|控制值|标准值|标准|定额|限额)"),
    "actual": regex.compile(r"实际[一-鿿]{1,8}|[一-鿿]{1,6}(?:实际|完成)(?:值|数|情况)"),
}
_PLANNED = regex.compile(r"(?:计划|目标|预计|应)([一-鿿]{1,8})")
_DONE = regex.compile(r"(?:实际|已经?|完成|实)([一-鿿]{1,8})")
_LONGEST = 12
_FEWEST = 4


def planned_and_done(found: Mapping[int, Head]) -> dict[int, Head]:
    """The heads of a row, those of the same thing planned and done (计划资助 | 实际资助) as target and result."""
    words = {h.start: h.printed for h in found.values() if not h.meaning}
    planned = {m[1]: start for start, text in words.items() if (m := _PLANNED.fullmatch(text))}
    done = {m[1]: start for start, text in words.items() if (m := _DONE.fullmatch(text))}
    both = planned.keys() & done.keys()
    if len(both) != 1:
        return dict(found)
    thing = both.pop()
    meanings = {planned[thing]: "target", done[thing]: "actual"}
    return {c: h._replace(meaning=meanings.get(h.start, h.meaning)) for c, h in found.items()}


def by_endings(found: Mapping[int, Head]) -> dict[int, Head]:
    """The heads of a row with those that name indicators, targets and results by their endings, if there is one of
    each in this order; else as they were. One ending alone says nothing: 成本指标 is a level's name in most forms."""
    cells = {h.start: h for h in found.values()}
    plain = all(
        0 < len(h.printed) <= _LONGEST and not any(map(str.isdigit, h.printed)) for h in cells.values()
    )
    if len(cells) < _FEWEST or not plain:
        return dict(found)
    ended = {
        meaning: [start for start, h in cells.items() if ending.fullmatch(h.printed)]
        for meaning, ending in _ENDINGS.items()
    }
    starts = [column[0] for column in ended.values() if len(column) == 1]
    if len(starts) < len(_ENDINGS) or starts != sorted(starts):
        return dict(found)
    meanings = dict(zip(starts, _ENDINGS, strict=True))
    return {c: h._replace(meaning=meanings.get(h.start, h.meaning)) for c, h in found.items()}
