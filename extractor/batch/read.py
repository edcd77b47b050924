"""What the command asks for: results one by one for an output, or a whole batch into a folder."""

from __future__ import annotations

import errno
import pickle
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.batch.bar import Bar, Log
from extractor.batch.find import Found, Search, find
from extractor.batch.folder import Folder, tally_of
from extractor.batch.frames import bytes_to_value
from extractor.batch.judging import Judging
from extractor.batch.ledger import NAME, Ledger, Row
from extractor.batch.limits import Setup
from extractor.batch.run import Run
from extractor.batch.status import passed_over, summary
from extractor.batch.stops import Stops
from extractor.batch.worker import failed
from extractor.comparison import Earlier
from extractor.findings import Finding
from extractor.outputs import Batch, Tally
from extractor.result import Result
from extractor.waivers import Waiver

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Full(Exception):
    """No room is left on the disk; what was done is kept."""


class Broken(Exception):
    """The ledger cannot be used: its path."""


@dataclass(frozen=True)
class Request:
    """What to read and how: ``warn`` is given sentences for the user, ``show`` asks for a progress bar.

    ``waivers`` and ``earlier`` are what the run is judged by; the children have their waivers from ``setup``.
    """

    paths: tuple[Path, ...]
    setup: Setup
    jobs: int = 1
    search: Search = field(default_factory=Search)
    log: Path | None = None
    show: bool = False
    warn: Callable[[str], None] = lambda _: None
    waivers: tuple[Waiver, ...] = ()
    earlier: Earlier | None = None


def stream(request: Request, batch: Batch) -> Generator[Result, None, None]:
    """The results in the order of the files; at the end the batch is given what was found between them.

    Close it to end the children. Raises Full, CannotStart, OSError (the log).
    """
    with _full_disk(""), ExitStack() as stack:
        ledger = stack.enter_context(closing(Ledger(None)))
        log = stack.enter_context(Log(request.log))
        bar = Bar(request.show)
        stack.callback(bar.clear)
        run = stack.enter_context(_run(ledger, request, lambda row, body: None, bar, log))
        run.hire()  # it gets ready while the files are looked for
        _enter(ledger, request)
        bar.total = ledger.count()
        judging = _judging(request, batch.many)
        turn = 0
        for _ in run.finished():
            while (row := ledger.at(turn)) is not None and row.state == "done":
                bar.clear()
                yield judging.result(_value(ledger, row))
                ledger.drop_body(row.id)
                turn += 1
        batch.findings, batch.waived, batch.comparison = judging.between(_between(ledger, request, log))
        _tell_unused(judging, request)


def _judging(request: Request, many: bool) -> Judging:
    return Judging(request.setup.options, request.waivers, request.earlier, many)


def _tell_unused(judging: Judging, request: Request) -> None:
    if said := judging.unused():
        request.warn(said)


def _value(ledger: Ledger, row: Row) -> Result:
    try:
        return bytes_to_value(ledger.body(row.id))
    except pickle.UnpicklingError:
        return failed(row.path, "internal-error", "解析进程返回的结果无法识别。", row.sha256, row.size or 0)


def to_folder(
    request: Request, folder: Path, many: bool = True
) -> tuple[Tally, tuple[Finding, ...], list[str]]:
    """Reads everything into a folder: counts, findings between documents, and the lines that sum it up.

    Raises Full, Busy, Broken, CannotStart, OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _full_disk(str(folder / NAME)), ExitStack() as stack:
        ledger = stack.enter_context(closing(Ledger(folder)))
        target = Folder(folder, ledger)
        _enter(ledger, request)
        log = stack.enter_context(Log(request.log))
        bar = Bar(request.show, ledger.count())
        stack.callback(bar.clear)
        log.write("started", {"files": ledger.count()})
        run = stack.enter_context(_run(ledger, request, target.deliver, bar, log))
        for _ in run.finished():
            pass
        judging = _judging(request, many)
        compared = target.compared(judging)
        between = judging.between(_between(ledger, request, log))
        tally, passed = tally_of(ledger.rows()), passed_over(ledger.passed())
        tally.waived += len(between.waived)
        target.finish(between, compared, tally, passed)
        _tell_unused(judging, request)
        log.write("finished", tally.to_record())
        changes = [c for c in (*compared.values(), between.comparison) if c is not None]
        return tally, between.findings, [*summary(ledger, tally, passed, changes), *_kept(bar.kept)]


def _kept(count: int) -> Iterator[str]:
    """What a run owes to an earlier one."""
    if count:
        yield f"其中 {count} 个文件没有改动，沿用上次的结果。"


def _enter(ledger: Ledger, request: Request) -> None:
    ledger.enter(find(request.paths, request.search))


@contextmanager
def _run(
    ledger: Ledger, request: Request, deliver: Callable[[Row, bytes], None], bar: Bar, log: Log
) -> Iterator[Run]:
    def tell(event: str, facts: dict[str, Any]) -> None:
        stops.check()
        bar.hear(event, facts)
        log.write(event, facts)

    with Stops() as stops, Run(ledger, request.setup, request.jobs, deliver, tell) as run:
        yield run


def _between(ledger: Ledger, request: Request, log: Log) -> Iterable[Finding]:
    if ledger.count() < 2:
        return ()
    from extractor.batch.between import between

    options = request.setup.options
    findings, problems = between(ledger, options.select, options.ignore, options.severities)
    for problem in problems:
        request.warn(problem.message)
        log.write("rule-failed", {"message": problem.message})
    return findings


@contextmanager
def _full_disk(ledger: str) -> Iterator[None]:
    """A full disk told from other failures."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Full from None
        raise
    except sqlite3.Error as error:
        words = str(error)
        if "full" in words or "disk I/O" in words:
            raise Full from None
        raise Broken(f"{ledger}（{words}）") from None


__all__ = ["Broken", "Found", "Full", "Request", "stream", "to_folder"]
