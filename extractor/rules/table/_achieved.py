"""Completion rates that are not done ÷ planned, and need not be: capped at 100%, or of what should be small."""

from __future__ import annotations

from extractor.quantity import Interval, normal, read
from extractor.rules.table._relations import Broken, based, scale_of

_TWO = Interval.point(2)
_UP_TO = ("<=", "<")
_NAMED = ("完成", "达成", "实现", "执行")


def otherwise_achieved(broken: Broken) -> bool:
    """Whether a completion rate is 100% for more than was planned (and no other rate of its field is above it) or for
    less than the row allows at most, or follows from done and planned as rates of what should stay small do: planned ÷
    done, 2 - done ÷ planned."""
    if broken.relation.kind != "product" or not any(w in broken.relation.result.label for w in _NAMED):
        return False
    done, planned = broken.inputs
    if not based(done).low > 0 or not based(planned).low > 0:
        return False
    plain, stated = based(done) / based(planned), based(broken.stated)
    is_whole = broken.stated.value * scale_of(broken.stated) == 1
    if plain.low > 1:
        return is_whole and _capped(broken)
    if plain.high < 1 and is_whole and _at_most(broken):
        return True
    return any(stated.meets(way) for way in (based(planned) / based(done), _TWO - plain))


def _at_most(broken: Broken) -> bool:
    """Whether the row prints a sign for its plan by which less is as good: ≤, in a cell of its own or before it."""
    if broken.grid.turned:
        return False
    cells = [normal(c.text.flat) for c in broken.grid.table.row(broken.line.at)]
    told = (read(text) or read(text + "1") for text in cells)
    return any(q is not None and not q.start and q.op in _UP_TO for q in told)


def _capped(broken: Broken) -> bool:
    """Whether no rate of the field is above 100%."""
    grid, field = broken.grid, broken.relation.result
    rates = [n for line in grid.lines if (n := grid.number(line, field)) is not None]
    return all(n.value * scale_of(n) <= 1 for n in rates)
