"""A child that is none: it answers within the test's own process, so that a test can replace the reader."""

from __future__ import annotations

import os
import time
from dataclasses import replace

from extractor.batch.frames import Message
from extractor.batch.limits import Setup
from extractor.batch.watch import Death, Errand
from extractor.batch.worker import Reading


class InProcess:
    """What `extractor.batch.watch.Worker` offers; files are read by ``extractor.extract``."""

    def __init__(self, setup: Setup) -> None:
        self._answers: list[Message] = []
        self._reading = Reading(replace(setup, reader="extractor:extract"), self._answers.append)
        self._out, self._in = os.pipe()
        self.ready, self.gone, self.files = True, False, 0
        self.errand: Errand | None = None

    def fileno(self) -> int:
        return self._out

    def ask(self, kind: str, file: int, path: str) -> None:
        self.errand = Errand(file, path, time.monotonic(), time.monotonic())
        self._answers.extend(self._reading.answers(Message(kind, {"path": path})))
        os.write(self._in, b".")

    def receive(self) -> list[Message]:
        os.read(self._out, 1)
        answers, self._answers[:] = list(self._answers), []
        return answers

    def deadline(self) -> float:
        return float("inf")

    def end(self) -> Death:
        os.close(self._in)
        os.close(self._out)
        return Death(0, 0)
