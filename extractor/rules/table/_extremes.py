"""Fields that print the largest or the smallest of the figures before them: 最高值, 最低值."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import regex

from extractor.quantity import Interval
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Found
from extractor.rules.table._shape import TOTALS, added_up

_LARGEST = regex.compile(r"(?:最高|最大|峰)(?:值|数|分|量)?$")
_SMALLEST = regex.compile(r"(?:最低|最小|谷)(?:值|数|分|量)?$")
_FEWEST = 3


def extremes(finder: Finder) -> Iterator[Found]:
    """Figures that are not the extreme of their line, where at least three times as many are."""
    for field in finder.fields:
        name = field.name.split("（")[0].split("(")[0]
        way = 1 if _LARGEST.search(name) else -1 if _SMALLEST.search(name) else 0
        run = [f for f in finder.fields if way and f.at < field.at and _counts(finder, f)]
        if len(run) >= _FEWEST:
            yield from _wrong(finder, field, run, way)


def _counts(finder: Finder, field: Line) -> bool:
    extreme = _LARGEST.search(field.name) or _SMALLEST.search(field.name)
    return not finder.ratios[field.at] and added_up(field) and not extreme and field.kind not in TOTALS


def _wrong(finder: Finder, field: Line, run: Sequence[Line], way: int) -> Iterator[Found]:
    held, failed = 0, []
    for i, line in enumerate(finder.lines):
        stated = finder.columns[field.at][i]
        numbers = [n for f in run if (n := finder.columns[f.at][i]) is not None]
        if stated is None or len(numbers) < _FEWEST:
            continue
        extreme = max(numbers, key=lambda n: n.value * way)
        if extreme.interval.meets(stated.interval):
            held += 1
        else:
            failed.append((line, stated, extreme))
    if held < _FEWEST or held < 3 * len(failed):
        return
    words = f"{finder.grid.brief(field)}＝同行各数中的最{'大' if way > 0 else '小'}值"
    for line, stated, extreme in failed:
        yield (
            line, field, stated, (extreme,), extreme.interval, words, held, held + len(failed), True,
            partial(_solved, stated.spot, extreme.interval),
        )  # fmt: skip


def _solved(spot: tuple[int, int], due: Interval, number: Number) -> Interval | None:
    """What the extreme must be; of the other figures nothing follows."""
    return due if number.spot == spot else None
