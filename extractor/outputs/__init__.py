"""Outputs: one module each, found by folder. A module of this package is an output when it has

- ``NAME``: what it is called (``json``);
- ``SUFFIXES``: the endings of ``-o`` that choose it (``(".json",)``), or none;
- ``write(batch, target)``: consumes the batch once, in order, and writes to ``target``, a path, or to
  standard output when it is None. A file appears under its name whole or not at all (see `opened`).

Heavy imports stand inside functions: finding an output costs nothing. A new output is one new file here.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from extractor.findings import SEVERITIES, Finding

if TYPE_CHECKING:
    from extractor.comparison import Comparison
    from extractor.result import Result
    from extractor.waivers import Waived

READ = ("ok", "ok-partial")  # the statuses of a file that was read; everything else is an exit status of 3


class NotWritten(OSError):
    """An output that cannot be made of this result, with the reason as a Chinese phrase."""


@dataclass
class Tally:
    """What passed so far: files by status, findings by severity and by rule."""

    statuses: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    waived: int = 0

    def add(self, result: Result) -> None:
        """Counts one file in."""
        self.statuses[result.status] += 1
        self.severities.update(finding.severity for finding in result.findings)
        self.rules.update(finding.rule for finding in result.findings)
        self.waived += len(result.waived)

    @property
    def unread(self) -> int:
        """How many files could not be read."""
        return sum(n for status, n in self.statuses.items() if status not in READ)

    def to_record(self) -> dict[str, Any]:
        """The ``summary`` of several files; ``waived`` only if there are any."""
        record: dict[str, Any] = {
            "documents": self.statuses.total(),
            "unread": self.unread,
            "statuses": dict(sorted(self.statuses.items())),
            "findings": {severity: self.severities[severity] for severity in SEVERITIES},
            "rules": dict(sorted(self.rules.items())),
        }
        return record | ({"waived": self.waived} if self.waived else {})


@dataclass
class Batch:
    """The results on their way to an output: iterate once; each comes as soon as its file is done.

    ``many`` is whether several files, or a folder, were asked for. ``findings``, those between documents, and
    ``tally`` are complete when the last result has passed. ``tables`` and ``text`` ask for more in the JSON,
    ``brief`` for findings alone on the terminal. ``fields`` is the mapping that ``--map`` gave, if any. ``earlier``
    names the result that each is compared with; ``waived`` and ``comparison`` are about the findings between
    documents, complete at the end as these are.
    """

    results: Iterable[Result]
    many: bool = False
    tables: bool = False
    text: bool = False
    brief: bool = False
    fields: object = None
    earlier: str = ""
    findings: tuple[Finding, ...] = ()
    waived: tuple[Waived, ...] = ()
    comparison: Comparison | None = None
    tally: Tally = field(default_factory=Tally)

    def __iter__(self) -> Iterator[Result]:
        for result in self.results:
            self.tally.add(result)
            yield result
        self.tally.waived += len(self.waived)


class Output(Protocol):
    """What a module of this package offers."""

    NAME: str
    SUFFIXES: tuple[str, ...]

    def write(self, batch: Batch, target: Path | None) -> None:
        """Writes the batch; raises OSError when the target cannot be written."""


def outputs() -> dict[str, Output]:
    """Every output by its name."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return {module.NAME: cast(Output, module) for module in modules if hasattr(module, "NAME")}


def suffixes() -> dict[str, str]:
    """The name of the output for each file ending."""
    return {suffix: name for name, output in sorted(outputs().items()) for suffix in output.SUFFIXES}


@contextmanager
def opened(target: Path | None) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name only when it is complete."""
    if target is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    draft = target.with_name(f".{target.name[:60]}.{os.getpid()}.part")
    try:
        with draft.open("wb") as out:
            yield out
        draft.replace(target)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
