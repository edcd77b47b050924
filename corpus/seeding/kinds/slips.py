"""Slips of the pen at any tied figure: a digit changed, two digits swapped, a wrong unit."""

from __future__ import annotations

from collections.abc import Iterator

from seeding.figures import OTHER_UNITS, SCALE, digit_slips, swaps
from seeding.kinds import kind
from seeding.plot import Plot, Seed
from seeding.sheet import Spot


@kind("digit-changed", "改一位数字")
def digit_changed(plot: Plot) -> Iterator[Seed]:
    for spot in plot.tied():
        if seed := plot.first("digit-changed", spot, digit_slips(spot.text, plot.rng)):
            yield seed


@kind("digits-swapped", "两位数字颠倒")
def digits_swapped(plot: Plot) -> Iterator[Seed]:
    for spot in plot.tied():
        if seed := plot.first("digits-swapped", spot, swaps(spot.text, plot.rng)):
            yield seed


@kind("unit", "单位写错")
def unit(plot: Plot) -> Iterator[Seed]:
    for spot in plot.tied():
        after = plot.text[spot.end :]
        if spot.unit not in OTHER_UNITS or not after.startswith(spot.unit) or spot.value in (0, 100):
            continue
        new = plot.rng.choice(OTHER_UNITS[spot.unit])
        found = plot.conflict(spot, spot.text, SCALE[new] / SCALE[spot.unit])
        if found:
            yield _unit(spot, new, *found)


def _unit(spot: Spot, new: str, conflict: object, family: tuple[str, ...]) -> Seed:
    """The figure with its unit is what must be said: the bare number stands in both places."""
    subjects = conflict.subjects  # type: ignore[attr-defined]
    old = spot.text + spot.unit
    return Seed(
        "unit", spot.end, spot.end + len(spot.unit), new, spot.text + new, old, (), subjects, (), family
    )


@kind("unit-line", "表的单位写错")
def unit_line(plot: Plot) -> Iterator[Seed]:
    for table in plot.drawn(plot.sheet.tables):
        start, said = table.unit
        if said not in OTHER_UNITS:
            continue
        inside = [s for s in plot.sheet.spots if s.cell and s.cell.table == table.number]
        others = [
            o.text
            for s in inside
            for t in plot.ties[s.start]
            for o in t.spots
            if o.text == s.text and o.unit == said
        ]
        if others:
            new = plot.rng.choice(OTHER_UNITS[said])
            subjects = ("单位", "万元", "倍")
            yield Seed(
                "unit-line",
                start,
                start + len(said),
                new,
                "",
                said,
                tuple(dict.fromkeys(others)),
                subjects,
                (),
                ("table-unit",),
            )
