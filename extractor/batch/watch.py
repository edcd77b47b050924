"""The parent's side of one child: started, asked, listened to, and ended when it takes too long."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import NamedTuple

from extractor.apart.start import started
from extractor.batch.frames import Message, TooLong, Unpacking, packed
from extractor.batch.limits import MAX_RESULT, Limits, Setup

_BLOCK = 1 << 18
_START = 60.0  # seconds that a child may take to be ready
_MUCH = 0.6  # of its memory limit: a child that dies with so much in use died of it


class Death(NamedTuple):
    """How a child ended: by which signal (0: by itself), and the most memory it used in bytes (0:
    unknown).
    """

    signal: int
    peak: int


@dataclass(slots=True)
class Errand:
    """What a child is at: the file's number and path, since when, and when it last gave a sign."""

    file: int
    path: str
    begun: float
    sign: float
    pages: int = 0


class Worker:
    """A child process and its errand, None when it has none."""

    def __init__(self, setup: Setup) -> None:
        self._limits: Limits = setup.limits
        self._unpacking = Unpacking(MAX_RESULT)
        self._process = started("extractor.batch.worker", setup.to_json())
        self.pid = self._process.pid
        self.ready = False
        self.gone = False
        self.errand: Errand | None = None
        self.files = 0
        self._born = time.monotonic()

    def fileno(self) -> int:
        """The descriptor to wait on."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def ask(self, kind: str, file: int, path: str) -> None:
        """Asks to hash (``h``) or read (``r``) a file."""
        now = time.monotonic()
        self.errand = Errand(file, path, now, now)
        self.files += kind == "r"
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it died while idle: its end is seen where answers are read
            self._process.stdin.write(packed(Message(kind, {"path": path})))

    def receive(self) -> list[Message]:
        """What has arrived. Sets ``gone`` at the end; raises TooLong."""
        data = os.read(self.fileno(), _BLOCK)
        if not data:
            self.gone = True
            return []
        messages = list(self._unpacking.take(data))
        for message in messages:
            _check(message)
            self.ready |= message.kind == "B"
            if self.errand is not None:
                self.errand.sign = time.monotonic()
                self.errand.pages = max(self.errand.pages, int(message.head.get("pages", 0)))
        return messages

    def deadline(self) -> float:
        """When, on the monotonic clock, it has taken too long; infinity for an idle child."""
        errand = self.errand
        if errand is None:
            return float("inf") if self.ready else self._born + _START
        in_all = errand.begun + self._limits.allowed(errand.pages)
        return min(in_all, errand.sign + self._limits.stall)

    def stalled(self, now: float) -> bool:
        """Whether it gave no sign for too long, rather than taking too long in all."""
        return self.errand is not None and now >= self.errand.sign + self._limits.stall

    def end(self) -> Death:
        """Ends it, whatever it is at, and waits until it is gone."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL) if hasattr(os, "killpg") else self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return self._death()

    def _death(self) -> Death:
        if not hasattr(os, "wait4"):
            return Death(-min(self._process.wait(), 0), 0)
        try:
            _, status, usage = os.wait4(self.pid, 0)
        except ChildProcessError:
            return Death(0, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss << 10
        return Death(-min(self._process.returncode, 0), peak)

    def cause(self, death: Death) -> str:
        """The status of the file that a child died of."""
        return "memory" if death.peak > _MUCH * self._limits.memory else "crash"


def _check(message: Message) -> None:
    """Raises ValueError for a message that lacks what its kind must say."""
    head = message.head
    wanted: dict[str, dict[str, type]] = {
        "B": {}, "P": {"pages": int}, "H": {"sha256": str, "bytes": int},
        "R": {"status": str, "severities": dict, "rules": dict, "problems": dict, "sheets": list},
    }  # fmt: skip
    if not all(isinstance(head.get(key), kind) for key, kind in wanted[message.kind].items()):
        raise ValueError(message.kind)


__all__ = ["Death", "Errand", "TooLong", "Worker"]
