"""What is to be read next: the files in their order, those that cost a child already last.

Files of the same size wait for each other until their contents are known: of equal contents the first in
order is read, however many children there are.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable

from extractor.batch.ledger import Ledger, Row

_SETTLED = 200  # files settled without reading before children are looked after


class Agenda:
    """The files of a ledger that have yet to be read. ``settled`` is asked whether one needs no reading.

    ``open`` holds the files of known content that are being read, or were when their child ended.
    """

    def __init__(self, ledger: Ledger, settled: Callable[[Row], bool]) -> None:
        self._ledger, self._settled = ledger, settled
        self._queue: deque[Row] = deque()
        self._place = 0
        self._held: deque[Row] = deque()  # to be read as soon as a child is free
        self._later: deque[int] = deque()
        self._hashing: dict[int, int | None] = {}  # sizes of the files whose content is not known yet
        self.open: set[int] = set()
        self.more = False  # files were settled and others may be, without waiting for a child

    def __bool__(self) -> bool:
        return bool(self._held or self._later or self._queue)

    def take(self) -> Row | None:
        """The next file; it counts as being hashed from now on."""
        row = self._held.popleft() if self._held else self._next()
        if row is not None:
            self._hashing[row.id] = size_of(row)
        return row

    def hold(self, count: int) -> int:
        """Looks for files until so many are at hand; how many are."""
        while len(self._held) < count and (row := self._next()):
            self._held.append(row)
        return len(self._held)

    def hashed(self, file: int) -> None:
        """A file's content is known, or will not be."""
        self._hashing.pop(file, None)

    def again(self, row: Row) -> None:
        """A file's child ended: it comes last, but at once if not even its content is known."""
        self.hashed(row.id)
        if row.id in self.open:
            self._later.append(row.id)
        else:
            self._queue.appendleft(row)

    def later(self, file: int) -> None:
        """A file comes after the others."""
        self._later.append(file)

    def _next(self) -> Row | None:
        """The next file that has to be read; files that need no reading are settled on the way."""
        self.more = False
        for _ in range(_SETTLED):
            if not self._queue:
                self._queue.extend(self._ledger.from_place(self._place))
                if not self._queue:
                    return self._ledger.row(self._later.popleft()) if self._later else None
                self._place = self._queue[-1].place + 1
            if self._blocked(self._queue[0]):
                return None
            row = self._queue.popleft()
            if not self._settled(row) and not self._put_off(row):
                return row
        self.more = True
        return None

    def _blocked(self, row: Row) -> bool:
        """Whether a file must wait until it is known that one before it is not of the same content."""
        sizes = [*self._hashing.values(), *(size_of(held) for held in self._held)]
        return bool(sizes) and size_of(row) in sizes

    def _put_off(self, row: Row) -> bool:
        """Whether a file cost a child in an earlier run and has not changed since: it comes last."""
        if (
            not row.ends.any
            or not row.sha256
            or row.id in self.open
            or stat_of(row) != (row.size, row.changed)
        ):
            return False
        self.open.add(row.id)
        self._later.append(row.id)
        return True


def stat_of(row: Row) -> tuple[int, int] | None:
    """A file's size in bytes and the time of its last change in nanoseconds; None where it cannot be seen."""
    try:
        found = os.stat(row.path)
    except (OSError, ValueError):
        return None
    return found.st_size, found.st_mtime_ns


def size_of(row: Row) -> int | None:
    """A file's size in bytes."""
    found = stat_of(row)
    return found[0] if found else None
