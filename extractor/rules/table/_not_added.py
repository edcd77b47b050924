"""Fields whose totals are no sums, as their figures show: means and quotients, and amounts that run on."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.rules.table._additions import Addition
from extractor.rules.table._grid import Grid, Line

_QUOTIENT = regex.compile(r"每|均|率|比|单价|标准|强度|密度|指数|得分|满意")
_RUNNING = regex.compile(r"累计|进度|截[至止]|期末|余额|存量|在库|在册")
_SEVERAL = 2


def not_added(grid: Grid, totals: Sequence[Sequence[Addition]]) -> frozenset[int]:
    """The fields (by number) in which no total is a sum and all look like something else: each lies among its own
    parts, or is the last of parts that grow. One total alone shows it only under a head that says so."""
    fields = {a.field.at: a.field for additions in totals for a in additions}
    found = {
        at: [some for additions in totals if (some := [a for a in additions if a.field.at == at])]
        for at in fields
    }
    return frozenset(at for at, lines in found.items() if _is_no_sum(grid, fields[at], lines))


def _is_no_sum(grid: Grid, field: Line, totals: Sequence[Sequence[Addition]]) -> bool:
    if any(a.holds and a.telling for additions in totals for a in additions):
        return False
    for like, head in ((_among, _QUOTIENT), (_last, _RUNNING)):
        if all(any(like(a) for a in additions) for additions in totals):
            return len(totals) >= _SEVERAL or head.search(field.label) is not None
    return False


def _among(addition: Addition) -> bool:
    """Whether a total lies among its parts: a mean, a quotient of totals."""
    values = [n.value for n, _ in addition.addends]
    return min(values) <= addition.total.value <= max(values)


def _last(addition: Addition) -> bool:
    """Whether a total is the last of its parts, which grow."""
    values = [n.value for n, _ in addition.addends]
    return values == sorted(values) and addition.total.value == values[-1]
