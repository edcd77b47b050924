"""The loop: files of the ledger handed to children in order, answers taken, the dead replaced.

Which child reads a file, and when it is done, changes nothing in its result: of files of the same content
the first in order is read and the others point at it, whoever was faster.
"""

from __future__ import annotations

import os
import selectors
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from extractor.batch.agenda import Agenda, stat_of
from extractor.batch.blame import from_outside
from extractor.batch.frames import Message, TooLong
from extractor.batch.ledger import Ledger, Row
from extractor.batch.limits import Setup
from extractor.batch.outcome import as_frame, fits, refused, relabelled
from extractor.batch.watch import Death, Errand, Worker

_TURN = 0.5  # seconds at most until those who watch hear of the clock
_OLD = 2000  # files after which a child is replaced, so that nothing gathers in it
_STILLBORN = 3  # children in a row that ended before they were ready

Deliver = Callable[[Row, bytes], None]
Tell = Callable[[str, dict[str, Any]], None]


class CannotStart(Exception):
    """Children end before they are ready to read: too little memory, or an installation that is not whole."""


class Run:
    """One run over a ledger's files (use with ``with``): ``jobs`` children at a time.

    ``deliver`` is given every result before the ledger takes it; ``tell`` hears what happens.
    """

    def __init__(self, ledger: Ledger, setup: Setup, jobs: int, deliver: Deliver, tell: Tell) -> None:
        self._ledger, self._setup, self._jobs = ledger, setup, jobs
        self._deliver, self._tell = deliver, tell
        self._keys = (setup.options.key, setup.limits.key)
        self._crew: list[Worker] = []
        self._selector = selectors.DefaultSelector()
        self._agenda = Agenda(ledger, self._settled)
        self._alone: set[int] = set()  # files not to be spared by another's result
        self._done: deque[int] = deque()
        self._stillborn = 0

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._crew:
            worker.end()
        self._crew.clear()
        self._selector.close()

    def hire(self) -> None:
        """Starts a child; it gets ready by itself."""
        worker = Worker(self._setup)
        self._crew.append(worker)
        self._selector.register(worker, selectors.EVENT_READ, worker)

    def finished(self) -> Iterator[int]:
        """The files' numbers as they get done, those done before included; yields until all are."""
        while True:
            more = self._assign()
            while self._done:
                yield self._done.popleft()
            if not more and not self._busy():
                break
            self._listen(0.0 if more else _TURN)
        assert not self._ledger.left(), "a file was lost"

    def _busy(self) -> bool:
        return bool(self._agenda) or any(w.errand for w in self._crew)

    # Handing out

    def _assign(self) -> bool:
        """Gives free children work, starts more where there is work; whether files are left that need no
        child.
        """
        for worker in [w for w in self._crew if w.ready and w.errand is None]:
            row = self._agenda.take()
            if row is None:
                break
            worker.ask("h", row.id, row.path)
        busy = sum(w.errand is not None for w in self._crew)
        held = self._agenda.hold(self._jobs - busy)
        starting = sum(not w.ready for w in self._crew)
        for _ in range(min(held - starting, self._jobs - len(self._crew))):
            self.hire()
        return self._agenda.more

    def _settled(self, row: Row) -> bool:
        """Whether a file is done without being looked into: it cannot be opened, or it is as it was."""
        if row.code:
            self._finish(row, *as_frame(refused(row, "unreadable", row.problem, row.code), self._setup))
            return True
        if not self._reusable(row) or stat_of(row) != (row.size, row.changed):
            return False
        self._keep(row)
        return True

    def _reusable(self, row: Row) -> bool:
        if row.state != "done" or not row.sha256 or not fits(row, *self._keys):
            return False
        twin = self._ledger.row(row.same_as) if row.same_as is not None else row
        return twin.sha256 == row.sha256 and twin.suffix == row.suffix

    def _keep(self, row: Row) -> None:
        self._deliver(row, b"")
        self._done.append(row.id)
        self._tell("kept", {"path": row.path, "status": row.status})

    # Listening

    def _listen(self, longest: float) -> None:
        """Waits for answers, takes them, and ends the children that take too long."""
        now = time.monotonic()
        soonest = min((worker.deadline() for worker in self._crew), default=now + longest)
        for key, _ in self._selector.select(max(0.0, min(longest, soonest - now))):
            worker = key.data
            for message in self._received(worker):
                self._take(worker, message)
            if worker.gone and worker in self._crew:
                self._died(worker)
        now = time.monotonic()
        for worker in [w for w in self._crew if now >= w.deadline()]:
            self._overdue(worker, now)
        self._tell("", {})

    def _received(self, worker: Worker) -> list[Message]:
        """What a child says; one that no longer speaks our language is as good as dead."""
        try:
            return worker.receive()
        except TooLong:
            self._too_long(worker)
        except (ValueError, KeyError, TypeError):
            worker.gone = True
        return []

    def _take(self, worker: Worker, message: Message) -> None:
        errand = worker.errand
        if message.kind == "B":
            self._stillborn = 0
        elif errand is not None and message.kind == "H":
            self._hashed(worker, self._ledger.row(errand.file), message.head)
        elif errand is not None and message.kind == "R":
            worker.errand = None
            self._finish(self._ledger.row(errand.file), message.head, message.body)
            self._retire(worker, message.head)

    def _hashed(self, worker: Worker, row: Row, head: dict[str, Any]) -> None:
        """The content is known: spares the child what was read before, else has it read."""
        self._agenda.hashed(row.id)
        worker.errand = None
        sha256, size = str(head["sha256"]), int(head["bytes"])
        changed = (stat_of(row) or (0, 0))[1]
        if sha256 == row.sha256 and self._reusable(row):
            self._ledger.touched(row.id, changed)
            return self._keep(row)
        self._ledger.hashed(row.id, sha256, size, changed, *self._keys)
        row = self._ledger.row(row.id)
        twin = None if row.id in self._alone else self._ledger.known(row, sha256, row.suffix)
        if sha256 and (self._too_many(row) or (twin and twin.status == "crash")):
            return self._set_aside(row, row.head.get("status", "crash") if self._too_many(row) else "crash")
        if twin is not None and (twin.state == "done" or twin.id in self._agenda.open):
            self._ledger.wait_for(row.id, twin.id)
            return self._share(twin) if twin.state == "done" else None
        self._agenda.open.add(row.id)
        return worker.ask("r", row.id, row.path)

    def _retire(self, worker: Worker, head: dict[str, Any]) -> None:
        """Replaces a child that has grown old or fat, or that a file may have left in disorder."""
        fat = int(head.get("held", 0)) > self._setup.limits.memory // 2
        if fat or head["status"] in ("memory", "internal-error") or worker.files >= _OLD:
            self._dismiss(worker)

    def _dismiss(self, worker: Worker) -> Any:
        self._selector.unregister(worker)
        self._crew.remove(worker)
        return worker.end()

    def _died(self, worker: Worker) -> None:
        """A child ended by itself: its file is tried once more, after the others, and then never again."""
        death, errand = self._dismiss(worker), worker.errand
        outside = from_outside(death.signal, death.peak)
        if errand is None:
            self._stillborn += not worker.ready and not outside
            if self._stillborn >= _STILLBORN:
                raise CannotStart
            return
        row = self._ledger.ended(errand.file, outside)
        facts = {"path": errand.path, "signal": death.signal, "peak": death.peak} | row.ends._asdict()
        self._tell("worker-died", facts)
        if self._too_many(row):
            self._set_aside(row, worker.cause(death), _cost(errand, death))
        else:
            self._agenda.again(row)

    def _too_many(self, row: Row) -> bool:
        return row.ends.any and row.ends.too_many(self._ledger.ended_from_outside())

    def _set_aside(self, row: Row, status: str, cost: dict[str, Any] | None = None) -> None:
        said = "超过内存上限" if status == "memory" else "使解析进程异常退出"
        message = f"文件“{os.path.basename(row.path)}”{said}，两次尝试后已隔离，不再重试。"
        head, body = as_frame(refused(row, status, message, "quarantined"), self._setup)
        self._finish(row, head | (cost or {}), body)

    def _overdue(self, worker: Worker, now: float) -> None:
        if worker.errand is None:
            worker.ready = False  # it never became ready
            self._died(worker)
            return
        stalled = worker.stalled(now)
        self._cut_off(worker, "timeout", "长时间没有进展，已中止读取" if stalled else "读取超过时限，已中止")

    def _too_long(self, worker: Worker) -> None:
        if worker.errand is None:
            worker.gone = True
        else:
            self._cut_off(worker, "limit-result", "结果过大，未保留")

    def _cut_off(self, worker: Worker, status: str, words: str) -> None:
        """Ends a child and has its file pay for it."""
        errand = worker.errand
        death = self._dismiss(worker)
        assert errand is not None
        self._agenda.hashed(errand.file)
        row = self._ledger.row(errand.file)
        cost = _cost(errand, death)
        head, body = as_frame(
            refused(row, status, f"文件“{os.path.basename(row.path)}”{words}。"), self._setup
        )
        self._tell("worker-ended", {"path": row.path, "status": status, **cost})
        self._finish(row, head | cost, body)

    # Done

    def _finish(self, row: Row, head: dict[str, Any], body: bytes) -> None:
        self._agenda.open.discard(row.id)
        if (
            row.options != self._keys[0] or row.limits != self._keys[1]
        ):  # never hashed: it could not be opened
            self._ledger.hashed(row.id, row.sha256, row.size or 0, row.changed or 0, *self._keys)
        self._deliver(row, body)
        self._ledger.done(row.id, dict(head), body)
        self._done.append(row.id)
        self._tell("done", {"path": row.path} | head)
        self._share(self._ledger.row(row.id))

    def _share(self, twin: Row) -> None:
        """Gives a result to the files of the same content; where its words name the file, they are read
        themselves.
        """
        for row in self._ledger.waiting(twin.id):
            alike = row.sha256 == twin.sha256  # unless it was written anew while it was tried once more
            shared = relabelled(twin, row, self._ledger, self._setup) if alike else None
            if shared is None:
                self._alone.add(row.id)
                self._agenda.later(row.id)
            else:
                self._finish(row, *shared)


def _cost(errand: Errand, death: Death) -> dict[str, Any]:
    """What reading a file cost until its child ended: seconds, and the most memory in bytes."""
    return {"seconds": round(time.monotonic() - errand.begun, 3), "peak": death.peak}
