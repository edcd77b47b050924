"""Fields that sum a run of fields beside them though no head calls them a total: 样本数 after 很满意 … 不满意."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.rules.table._finder import MOST_FIELDS, Finder
from extractor.rules.table._grid import Line
from extractor.rules.table._lagged import Found
from extractor.rules.table._shape import TOTALS, added_up
from extractor.rules.table._signed import few_fail, tried

_SUMS = regex.compile(r"总|样本|合|共|全部|应有|实有")
_FEWEST, _MOST = 3, 12
_SAMPLE = 4


def summed_runs(finder: Finder) -> Iterator[Found]:
    """Figures that are not the sum of the run that their field sums in nearly all other lines."""
    fields = [f for f in finder.fields if not finder.ratios[f.at] and f.kind not in TOTALS and added_up(f)]
    if len(fields) > MOST_FIELDS:
        return
    for at, result in enumerate(fields):
        for run in _beside(fields, at):
            found = _of_run(finder, result, run)
            if found is not None:
                yield from found
                break


def _beside(fields: Sequence[Line], at: int) -> Iterator[Sequence[Line]]:
    """The runs that end just before a field or begin just after it, the longest first."""
    for size in range(min(_MOST, len(fields) - 1), _FEWEST - 1, -1):
        if size <= at:
            yield fields[at - size : at]
        if at + size < len(fields):
            yield fields[at + 1 : at + 1 + size]


def _of_run(finder: Finder, result: Line, run: Sequence[Line]) -> list[Found] | None:
    """The failures of a run that is what the field sums; None if it is not."""
    parts = [(f, 1) for f in run]
    failed = 0
    checked = []
    for one in tried(finder, result, parts):
        checked.append(one)
        failed += not one[0][1]
        if failed > _SAMPLE and failed * 2 > len(checked):
            return None
    if sum(c[1] for c, _ in checked) * 5 < len(checked) * 4 or not checked:
        return None
    named = finder.grid.brief
    formula = f"{named(result)}＝{'＋'.join(named(f) for f in run)}"
    found = list(few_fail(checked, formula, (4, 8, 5), bool(_SUMS.search(result.name))))
    return found if found or all(c[1] for c, _ in checked) else None
