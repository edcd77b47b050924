"""Completion rates of a limit beside them: 92.5% of ≥90%, which is no figure that could be added up."""

from __future__ import annotations

from decimal import Decimal

from extractor.quantity import Interval, Quantity, normal, read
from extractor.rules.table._relations import Broken, based


def of_limit(broken: Broken) -> bool:
    """Whether a rate that another relation contradicts is that of one of its figures and a target printed as a limit
    in the same row: a forecast that equals the target in all other rows says nothing of it."""
    if broken.relation.kind != "product" or broken.grid.turned or not broken.stated.ratio:
        return False
    cells = broken.grid.table.row(broken.line.at)
    limits = [q for c in cells if (q := read(normal(c.text.flat))) is not None and q.op and q.value > 0]
    stated = based(broken.stated)
    return any(stated.meets(based(done) / _point(limit)) for limit in limits for done in broken.inputs)


def _point(limit: Quantity) -> Interval:
    """A limit as a proportion where it is a per cent, else as printed."""
    return Interval.point(limit.value * (limit.scale if limit.dimension == "ratio" else Decimal(1)))
