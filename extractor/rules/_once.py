"""What several rules need of one document is made once: the last document's is kept as long as its reading lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from extractor.claims import Reading

Made = TypeVar("Made")


def once(make: Callable[[Reading], Made]) -> Callable[[Reading], Made]:
    """The function, remembering what it made of the reading that it was last asked about."""
    kept: list[tuple[weakref.ref[Reading], Made]] = []

    @wraps(make)
    def made(reading: Reading) -> Made:
        if kept and kept[0][0]() is reading:
            return kept[0][1]
        found = make(reading)
        kept[:] = [(weakref.ref(reading), found)]
        return found

    return made
