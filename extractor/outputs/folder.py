"""A folder: one JSON file for each document, named after it, and ``batch.json`` that lists them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.findings import SEVERITIES
from extractor.outputs import Batch, opened
from extractor.outputs.json import between, laid_out
from extractor.record import head, source_to_record

if TYPE_CHECKING:
    from extractor.result import Result

NAME = "folder"
SUFFIXES = ()

_LIST = "batch.json"
_LONGEST = 200  # bytes of a file name, well below the 255 that file systems take


def write(batch: Batch, target: Path | None) -> None:
    """Writes each result as soon as it is there; ``target`` is made if it does not exist."""
    assert target is not None, "a folder cannot go to standard output"
    target.mkdir(parents=True, exist_ok=True)
    taken = {_LIST}
    files: list[dict[str, Any]] = []
    for result in batch:
        name = free_name(result.source.path, taken)
        taken.add(name.casefold())
        _write_record(result.to_json(batch.tables, batch.text), target / name)
        files.append(_entry(result, name))
    record = head() | {"files": files} | between(batch) | {"summary": batch.tally.to_record()}
    _write_record(record, target / _LIST)


def free_name(path: str, taken: set[str]) -> str:
    """A name for a document's result that is not ``taken`` (case folded): 自评表.pdf.json, …-2.json."""
    stem = short_name(Path(path).name or "document")
    names = (f"{stem}-{n}.json" if n > 1 else f"{stem}.json" for n in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)


def short_name(name: str) -> str:
    """A file's name, or its beginning with a digest of the whole where it is too long for a file system."""
    raw = os.fsencode(name)
    if len(raw) <= _LONGEST:
        return name
    digest = hashlib.sha256(raw).hexdigest()[:8]
    return f"{raw[: _LONGEST - 9].decode(errors='ignore')}-{digest}"


def _entry(result: Result, name: str) -> dict[str, Any]:
    counts = Counter(finding.severity for finding in result.findings)
    source = source_to_record(result.source)
    findings = {severity: counts[severity] for severity in SEVERITIES}
    return {"source": source, "status": result.status, "result": _printable(name), "findings": findings}


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _write_record(record: Any, target: Path) -> None:
    with opened(target) as out:
        out.write(f"{laid_out(record)}\n".encode())
