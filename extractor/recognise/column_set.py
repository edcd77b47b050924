"""The columns of an indicator table while their meanings are being settled, and what their values look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.quantity import read
from extractor.recognise.heads import Head

MOST = 0.6
"""The share of a column's values that shows what it holds."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns by number: ``done`` is what each means so far ("" if nothing known), ``found`` its head, ``values`` what
    stands under a head, by the head's first column."""

    done: dict[int, str]
    found: Mapping[int, Head]
    values: Mapping[int, Sequence[str]]

    def unknown(self) -> list[int]:
        """The first columns of heads without a meaning."""
        return sorted({h.start for c, h in self.found.items() if not self.done[c] and h.start in self.done})

    def starts(self, meaning: str) -> list[int]:
        """The first columns of the heads of a meaning."""
        return sorted({self.found[c].start for c, m in self.done.items() if m == meaning})

    def mark(self, start: int, meaning: str) -> None:
        """Give all columns of a head a meaning."""
        for col, head in self.found.items():
            if head.start == start:
                self.done[col] = meaning


def mostly_figures(under: Sequence[str]) -> bool:
    return bool(under) and sum(read(v) is not None for v in under) >= len(under) * MOST


def numbers(under: Sequence[str]) -> list[Decimal] | None:
    """The values of plain figures and points; None if any is something else."""
    quantities = [read(v) for v in under]
    plain = [q.value for q in quantities if q is not None and q.unit in ("", "分")]
    return plain if len(plain) == len(under) and plain else None


def within(scores: Sequence[str], weights: Sequence[str]) -> bool:
    """Whether figures are at most those of the weights, one by one."""
    mine, theirs = numbers(scores), numbers(weights)
    if mine is None or theirs is None or len(mine) != len(theirs):
        return False
    return all(0 <= m <= t for m, t in zip(mine, theirs, strict=True))
