"""How the lines of a table hang together: blocks, numbering, parts, lines that stand under others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

import regex

from extractor.quantity import normal
from extractor.rules.table._grid import Grid, Line, Number
from extractor.vocabulary import words

TOTALS = frozenset({"total", "subtotal"})
_NOT_ADDED = frozenset({"growth", "gap_rate", "rate", "mean", "price", "ordinal"})
_FIRST_NUMBER = regex.compile(r"^\D{0,3}?(\d{1,3})")
_NESTED = 12


def added_up(line: Line) -> bool:
    """Whether figures under (or beside) a label can be added up: no rates, prices, means, shares,
    numbering."""
    if line.kind in ("mean", "share"):
        return False
    return all(words("table-fields").meaning(cell.text.flat) not in _NOT_ADDED for cell in line.path[-1:])


@dataclass(frozen=True)
class Shape:
    """The lines of a grid with what their order and numbering say."""

    grid: Grid
    _below: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines, 18.8楼装修 after 17. taken for number 18."""
        found: list[Line] = []
        last = 0
        for line in self.grid.lines:
            number = _FIRST_NUMBER.match(normal(line.name)) if line.depth in (30, 31) else None
            if line.depth == 31 and number and last and int(number[1]) in (last, last + 1):
                follows = int(number[1]) == last + 1 or any(
                    _same_cell(line, f) and f.depth == 30 for f in found[-1:]
                )
                line = replace(line, depth=30) if follows else line
            if number and line.depth == 30:
                last = int(number[1])
            found.append(line)
        return tuple(found)

    @cached_property
    def fields(self) -> tuple[Line, ...]:
        """The fields whose figures can be added up over the lines."""
        return tuple(f for f in self.grid.fields if added_up(f) and f.kind != "head")

    @cached_property
    def _heads(self) -> tuple[int, ...]:
        return tuple(i for i, line in enumerate(self.lines) if line.kind == "head")

    def block(self, at: int) -> range:
        """The lines around one, up to the heads in mid-table."""
        low = max((i + 1 for i in self._heads if i < at), default=0)
        return range(low, min((i for i in self._heads if i > at), default=len(self.lines)))

    def below(self, at: int) -> tuple[int, ...]:
        """The lines that stand under a numbered line: deeper ones, and unnumbered ones among them."""
        if at not in self._below:
            self._below[at] = tuple(self._find_below(at)) if self.lines[at].depth else ()
        return self._below[at]

    def _find_below(self, at: int) -> list[int]:
        line, found = self.lines[at], list[int]()
        for i in range(at + 1, self.block(at).stop):
            other = self.lines[i]
            if other.kind in TOTALS or (other.depth and other.depth <= line.depth):
                break
            found.append(i)
        while found and not self.lines[found[-1]].depth:
            found.pop()
        return found

    @cached_property
    def in_parts(self) -> frozenset[int]:
        """Lines of a list that 其中 begins: the first and the unnumbered ones after it."""
        found, inside = set[int](), False
        for i, line in enumerate(self.lines):
            inside = line.part or (inside and not line.depth and line.kind not in TOTALS)
            if inside:
                found.add(i)
        return frozenset(found)

    def parts(self, at: int) -> list[int]:
        """The lines that may be parts of a line that 其中 follows, in order."""
        line, found = self.lines[at], list[int]()
        if at + 1 >= len(self.lines) or not _part_begins(self.lines, at):
            return []
        for i in range(at + 1, min(self.block(at).stop, at + 2 * _NESTED)):
            other = self.lines[i]
            if other.kind in TOTALS or (
                other.depth and line.depth and other.depth <= line.depth and not other.part
            ):
                break
            found.append(i)
        return found

    @cached_property
    def nested(self) -> frozenset[int]:
        """Lines whose figures in every field add up to the line before them: children without numbering."""
        found: set[int] = set()
        items = [i for i, line in enumerate(self.lines) if line.kind == "item"]
        for n, i in enumerate(items):
            if i not in found:
                found.update(self._children(i, items[n + 1 : n + 1 + _NESTED]))
        return frozenset(found)

    def _children(self, parent: int, after: Sequence[int]) -> Sequence[int]:
        for count in range(2, len(after) + 1):
            if self._sums(parent, after[:count]):
                return after[:count]
        return ()

    def _sums(self, parent: int, members: Sequence[int]) -> bool:
        """Whether some lines add up to another in every field, and not just with zeros."""
        seen = False
        for across in self.fields:
            whole = self.grid.number(self.lines[parent], across)
            numbers = [self.grid.number(self.lines[m], across) for m in members]
            if whole is None or whole.ratio:
                continue
            given = [n for n in numbers if n is not None]
            if not holds(whole, given):
                return False
            seen = seen or sum(1 for n in given if n.value) > 1
        return seen


def holds(total: Number, addends: Sequence[Number]) -> bool:
    """Whether figures add up to a total within the rounding of all."""
    gap = sum((n.value for n in addends), Decimal(0)) - total.value
    return abs(gap) <= sum((n.half for n in addends), total.half)


def _part_begins(lines: Sequence[Line], at: int) -> bool:
    """Whether 其中 begins on the next line (and not on this one)."""
    return lines[at + 1].part and not lines[at].part


def _same_cell(a: Line, b: Line) -> bool:
    return bool(a.path and b.path and a.path[-1] is b.path[-1])
