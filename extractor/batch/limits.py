"""What one file may cost, and how the processes that read files are set up."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import Any

READER = "extractor.pipeline:extract"
"""The function that reads a file, as ``module:name``: called in the child with a path, select= and
ignore=.
"""

MAX_RESULT = 256 << 20
"""Bytes of one file's result (``limit-result``): what a child sends is held in the parent's memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file.

    ``seconds`` in all and ``page_seconds`` more for each page; ``stall`` seconds without a sign of progress;
    ``memory`` bytes of address space; ``pages`` of a PDF.
    """

    seconds: float = 120.0
    page_seconds: float = 2.0
    stall: float = 60.0
    memory: int = 1536 << 20
    pages: int = 3000

    def allowed(self, pages: int) -> float:
        """Seconds for a file of so many pages."""
        return self.seconds + self.page_seconds * pages

    @property
    def key(self) -> str:
        """What tells these limits from others."""
        return _digest(asdict(self))


def limits(timeout: float | None = None, memory_mb: int | None = None, pages: int | None = None) -> Limits:
    """The limits a user asks for: seconds for one file (pages extra), megabytes, pages; None for the
    usual.
    """
    usual = Limits()
    seconds = usual.seconds if timeout is None else timeout
    return Limits(
        seconds=seconds,
        stall=min(usual.stall, seconds),
        memory=usual.memory if memory_mb is None else memory_mb << 20,
        pages=usual.pages if pages is None else pages,
    )


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of every file: the rules, the least severity, and what the result holds beside the usual.

    ``record`` asks for the result as the JSON text to be stored, else it comes as a value for an output to
    write. ``waivers`` is the path of a file of waivers, ``judged`` tells its content from others. ``regime`` is
    the name or the file of a regime.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[str, ...] = ("error", "warning", "info")
    tables: bool = False
    text: bool = False
    record: bool = False
    waivers: str = ""
    judged: str = ""
    regime: str = ""

    @property
    def key(self) -> str:
        """What tells results made with these options, by this version, from others."""
        from extractor.record import SCHEMA_VERSION, version
        from extractor.vocabulary import fingerprint

        made = {"version": version(), "schema": SCHEMA_VERSION, "patterns": fingerprint()}
        if self.regime:
            from extractor import regimes

            made["measures"] = regimes.fingerprint(self.regime)
        return _digest(asdict(self) | {"waivers": ""} | made)


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a child is told when it starts."""

    limits: Limits = field(default_factory=Limits)
    options: Options = field(default_factory=Options)
    reader: str = READER

    def to_json(self) -> str:
        """As one ASCII argument of a command line."""
        return json.dumps(asdict(self))


def setup_from(record: dict[str, object]) -> Setup:
    """The setup that ``to_json`` wrote, read."""
    limits_, options = record["limits"], record["options"]
    assert isinstance(limits_, dict) and isinstance(options, dict)
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
    return Setup(Limits(**limits_), Options(**lists), str(record["reader"]))


def crew_size(asked: int | None) -> int:
    """How many children at a time: as asked, else one for each core; never more than open files allow."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    wanted = cores if asked is None else asked
    return max(1, min(wanted, _files_allowed()))


def _files_allowed() -> int:
    try:
        import resource
    except ImportError:  # not a Unix: no such limit
        return 1000
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 1000 if soft == resource.RLIM_INFINITY else (soft - 32) // 4


def _digest(record: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]
