"""Whether the ends of the children that read a file are the file's doing, and when they are too many.

A file can make its child abort, fault, leave or use up its memory: such an end counts against it. It cannot have
a signal sent. A child that used little memory and was ended by SIGKILL or the like was ended by someone else, and
the file is read again: else someone who ends children at random would have sound files set aside. But where such
ends single out one file, whatever the reason, they count like its own.
"""

from __future__ import annotations

import signal
from typing import NamedTuple

MOST = 2
"""Ends that count against a file before it is set aside for good: it is never tried a third time."""
_SHARE = 3  # a file is singled out by one in so many of a run's ends from outside
_MOST_OUTSIDE = 8  # ends from outside after which a file is set aside in any case: a run comes to its end
_SENT = (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", 1), getattr(signal, "SIGKILL", 9))
_LITTLE = 512 << 20  # bytes; with more in use, the system may have ended it for want of memory


class Ends(NamedTuple):
    """How often a child ended over a file: by the file's doing, and from outside."""

    own: int = 0
    outside: int = 0

    @property
    def any(self) -> bool:
        """Whether there was one at all."""
        return self != (0, 0)

    def too_many(self, outside_in_all: int) -> bool:
        """Whether the file is to be set aside, with so many ends from outside over all files of the run."""
        singled_out = self.outside * _SHARE >= outside_in_all or self.outside >= _MOST_OUTSIDE
        return self.own + (self.outside if singled_out else 0) >= MOST


def from_outside(sent: int, peak: int) -> bool:
    """Whether someone else ended a child, by the signal (0: none) and the most memory it used (bytes)."""
    return sent in _SENT and peak < _LITTLE
