"""Claims by the digits of their figures, so that those one slip of the pen from another figure are found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.claims import Claim, Subject
from extractor.quantity import Quantity

Known = tuple[Subject, Claim]


class Neighbours:
    """Claims under every way in which their digits could be written with one wrong, or two changed about."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._by_digits: dict[tuple[str, str], list[Known]] = {}
        for one in known:
            quantity = one[1].figure.quantity
            for key in _keys(quantity) if quantity is not None else ():
                self._by_digits.setdefault(key, []).append(one)

    def of(self, quantity: Quantity) -> list[Known]:
        """The claims whose figures may be a slip of this one, in the order in which they were known."""
        found = {id(one[1]): one for key in _keys(quantity) for one in self._by_digits.get(key, ())}
        return list(found.values())


def _keys(quantity: Quantity) -> Iterator[tuple[str, str]]:
    """The digits with each one blanked out, and with each two neighbours sorted: alike in both of two slips."""
    digits = quantity.plain.replace(".", "")
    for n in range(len(digits)):
        yield quantity.dimension, f"{digits[:n]}*{digits[n + 1 :]}"
        pair = "".join(sorted(digits[n : n + 2]))
        yield quantity.dimension, f"{digits[:n]}({pair}){digits[n + 2 :]}"
