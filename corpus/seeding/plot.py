"""Where defects can be planted in one source, and what they would contradict."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from seeding.figures import digit_slips, swaps
from seeding.sheet import Entry, Sheet, Spot
from seeding.ties import Conflict, Tie
from seeding.tying import ties_of

T = TypeVar("T")


@dataclass(frozen=True)
class Seed:
    """One planted defect: ``source[start:end]`` becomes ``text``.

    A finding hits it if it says ``said`` (with one of ``against`` or ``subjects`` if it is short or a word),
    or one of ``subjects`` and one of ``against``, or both of one of ``pairs``. ``old`` is what stood there;
    each of ``traces`` are strings that a finding says together if it follows from the defect.
    """

    kind: str
    start: int
    end: int
    text: str
    said: str
    old: str
    against: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    family: tuple[str, ...] = ()
    traces: tuple[tuple[str, ...], ...] = ()

    def planted(self, text: str) -> str:
        """The source's text with the defect in it."""
        return text[: self.start] + self.text + text[self.end :]


class Plot:
    """A clean source with its ties; all candidates come in the order of one draw."""

    def __init__(self, sheet: Sheet, rng: random.Random) -> None:
        self.sheet, self.rng = sheet, rng
        self.ties: dict[int, list[Tie]] = defaultdict(list)
        for tie in ties_of(sheet):
            for spot in dict.fromkeys(tie.spots):
                self.ties[spot.start].append(tie)

    @property
    def text(self) -> str:
        return self.sheet.source.text

    def tied(self) -> list[Spot]:
        """The figures that others tie, in a drawn order."""
        return self.drawn(s for s in self.sheet.spots if s.start in self.ties)

    def entries(self) -> list[Entry]:
        """The indicator rows, in a drawn order."""
        return self.drawn(self.sheet.entries)

    def drawn(self, things: Iterable[T]) -> list[T]:
        """Things in a drawn order."""
        found = list(things)
        self.rng.shuffle(found)
        return found

    def conflict(
        self, spot: Spot, new: str, factor: Fraction = Fraction(1)
    ) -> tuple[Conflict, tuple[str, ...]] | None:
        """What a new figure at a spot contradicts, with the rules that should see it; None if nothing."""
        broken = [(t, c) for t in self.ties[spot.start] if (c := t.breaks(spot, new, factor))]
        if not broken:
            return None
        merged = Conflict(
            tuple(dict.fromkeys(a for _, c in broken for a in c.against)),
            tuple(dict.fromkeys(p for _, c in broken for p in c.pairs)),
            tuple(dict.fromkeys([*(s for _, c in broken for s in c.subjects), *spot.names])),
        )
        return merged, tuple(dict.fromkeys(f for t, _ in broken for f in t.family))

    def slips(self, spot: Spot) -> Iterator[str]:
        """Wrong figures in place of a spot's: two digits swapped or one changed."""
        ways = [swaps(spot.text, self.rng), digit_slips(spot.text, self.rng)]
        if self.rng.random() < 0.5:
            ways.reverse()
        for way in ways:
            yield from way

    def seed(self, kind: str, spot: Spot, new: str) -> Seed | None:
        """The defect of a new figure at a spot, if something contradicts it."""
        found = self.conflict(spot, new)
        if found is None:
            return None
        conflict, family = found
        parts = (conflict.against, conflict.subjects, conflict.pairs, family)
        return Seed(kind, spot.start, spot.end, new, new, spot.text, *parts)

    def first(self, kind: str, spot: Spot, news: Iterable[str]) -> Seed | None:
        """The first of several new figures that something contradicts."""
        made = (self.seed(kind, spot, new) for new in news)
        return next((seed for seed in made if seed), None)
