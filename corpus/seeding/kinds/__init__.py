"""The kinds of defects: each a function from a plot to its candidates, registered under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from seeding.plot import Plot, Seed

Kind = Callable[[Plot], Iterator[Seed]]

KINDS: dict[str, tuple[str, Kind]] = {}


def kind(name: str, said: str) -> Callable[[Kind], Kind]:
    """Registers a kind of defect under a name, with its name in Chinese."""

    def register(function: Kind) -> Kind:
        KINDS[name] = (said, function)
        return function

    return register


from seeding.kinds import counts, fields, marks, rows, slips  # noqa: E402, F401
