"""The sums that a source declares, bound to the figures of the passages that print them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from seeding.sheet import Sheet, Spot
from seeding.ties import Formula, parsed, same

NEVER = {"100", "365", "1,000", "1000", "10,000", "10000"}
CONSTANTS = {"1", "10", "12", *NEVER}


Keys = Callable[[Spot], Iterable[Hashable]]


def _sentence(spot: Spot) -> Iterable[Hashable]:
    return () if spot.whole_cell else (spot.sentence,)


def _passage(spot: Spot) -> Iterable[Hashable]:
    return () if spot.whole_cell else (spot.cell.start if spot.cell else -spot.block,)


def _row(spot: Spot) -> Iterable[Hashable]:
    cell = spot.cell
    return ((cell.table, cell.row + n) for n in range(cell.rows)) if cell else ()


def _column(spot: Spot) -> Iterable[Hashable]:
    return ((spot.cell.table, spot.cell.col),) if spot.cell else ()


def _table(spot: Spot) -> Iterable[Hashable]:
    return (spot.cell.table,) if spot.cell else ()


LEVELS: tuple[Keys, ...] = (_sentence, _passage, _row, _column, _table)


def _groups(sheet: Sheet, keys: Keys) -> list[list[Spot]]:
    """The figures of each passage of a level."""
    groups: dict[Hashable, list[Spot]] = defaultdict(list)
    for spot in sheet.spots:
        for key in keys(spot):
            groups[key].append(spot)
    return list(groups.values())


def declared(sheet: Sheet, line: str) -> Iterator[Formula]:
    """A declared sum in each passage that prints it: sentences, else cells, rows, columns, tables."""
    text, operands = parsed(line)
    mere = not re.search(r"[*/]", text)
    for level in LEVELS[: 4 if mere else 5]:
        groups = (g for g in _groups(sheet, level) if level is not _table or _alone(g, operands))
        made = [f for g in groups if (f := _bound(text, operands, g, level is _sentence))]
        if made:
            yield from made
            return


def _alone(group: list[Spot], operands: tuple[str, ...]) -> bool:
    """Whether a whole table leaves no doubt which figures are meant: it is small, or prints each once."""
    small = len({s.cell.row for s in group if s.cell}) <= 10
    return small or all(o in CONSTANTS or sum(same(s.text, o) for s in group) == 1 for o in operands)


def _bound(text: str, operands: tuple[str, ...], group: list[Spot], prose: bool) -> Formula | None:
    """A formula bound to the spots of one passage; None if one of its figures is not there."""
    left, times = list(group), bool(re.search(r"[*/]", text))
    places: list[Spot | None] = []
    for operand in reversed(operands):
        spot = next((s for s in left if same(s.text, operand)), None)
        if places and times and operand in NEVER:
            spot = None
        if spot is None and not (times and operand in CONSTANTS):
            return None
        if spot is not None:
            left.remove(spot)
        places.insert(0, spot)
    kept = [s for s in places if s is not None]
    units = {s.unit for s in kept} - {""}
    if len(kept) < 2 or places[-1] is None or (not times and len(units) > 1):
        return None
    return Formula(text, operands, tuple(places), _family(text, places[-1], prose), places[-1].names)


def _family(text: str, result: Spot, prose: bool) -> tuple[str, ...]:
    """The rules that should find a break of the relation."""
    if prose:
        return ("sentence-arithmetic",)
    if "执行率" in result.label + result.head:
        return ("execution-rate",)
    if "分" in result.head or result.unit == "分":
        return ("score-by-rule", "rate-score")
    return ("column-relations",) if re.search(r"[-*/]", text) else ("table-totals",)
