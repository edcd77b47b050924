"""An output folder: a result file for each document as soon as it is done, the ledger, and ``batch.json``
at the end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from extractor.batch.judging import Between, Judging
from extractor.batch.ledger import Ledger, Row
from extractor.batch.outcome import bytes_source
from extractor.comparison import Comparison
from extractor.findings import SEVERITIES
from extractor.outputs import Tally, opened
from extractor.outputs.json import compact, laid_out
from extractor.record import comparison_to_record, finding_to_record, head, waived_to_record

LIST = "batch.json"


class Folder:
    """The folder that a run writes its results to."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder, self._ledger = folder, ledger
        for draft in folder.glob(".*.part"):  # what a run that was killed left
            with suppress(OSError):
                draft.unlink()

    def deliver(self, row: Row, body: bytes) -> None:
        """Writes a result; one that was kept (no body) only where its file is gone."""
        assert row.name is not None
        target = self._folder / os.fsdecode(row.name.encode())  # in UTF-8 whatever the locale
        if not body and not target.exists():
            body = self._ledger.body(row.id)
        if body:
            with opened(target) as out:
                out.write(body)

    def compared(self, judging: Judging) -> dict[str, Comparison]:
        """What changed in each document, by the names of the result files; notes the waivers that were met."""
        found: dict[str, Comparison] = {}
        for row in self._ledger.rows():
            judging.met(row.head.get("waived", ()))
            if judging.earlier is not None:
                comparison = judging.record(row.path, json.loads(self._ledger.body(row.id)))
                if comparison is not None:
                    found[str(row.name)] = comparison
        return found

    def finish(
        self, between: Between, compared: dict[str, Comparison], tally: Tally, passed: dict[str, int]
    ) -> None:
        """Writes the list of all files, with what was found between them; only one file's entry is in
        memory.
        """
        with opened(self._folder / LIST) as out:
            for line in self._lines(between, compared, tally, passed):
                out.write(line.encode())

    def _lines(
        self, between: Between, compared: dict[str, Comparison], tally: Tally, passed: dict[str, int]
    ) -> Iterator[str]:
        yield "{\n" + "".join(f"  {compact(key)}: {compact(value)},\n" for key, value in head().items())
        rows = self._ledger.rows()
        yield from _array("files", (_entry(row) | _changed(compared.get(str(row.name))) for row in rows))
        yield from _array("passed_over", ({**bytes_source(p), "reason": r} for p, r in self._ledger.passed()))
        yield from _array("findings", map(finding_to_record, between.findings))
        if between.waived:
            yield from _array("waived", map(waived_to_record, between.waived))
        if between.comparison is not None:
            yield f'  "comparison": {laid_out(comparison_to_record(between.comparison), "  ")},\n'
        summary = tally.to_record() | {"passed_over": passed}
        yield f'  "summary": {laid_out(summary, "  ")}\n}}\n'


def _array(name: str, items: Iterable[Any]) -> Iterator[str]:
    yield f"  {compact(name)}: ["
    for number, item in enumerate(items):
        yield (",\n" if number else "\n") + "    " + laid_out(item, "    ", 2)
    yield "\n  ],\n"


def _changed(comparison: Comparison | None) -> dict[str, Any]:
    return {"comparison": comparison_to_record(comparison)} if comparison is not None else {}


def _entry(row: Row) -> dict[str, Any]:
    """A file's line in the list."""
    known = row.head
    source = bytes_source(row.path) | {
        "format": known.get("format", ""),
        "sha256": row.sha256,
        "bytes": row.size or 0,
        "pages": known.get("pages") or None,
    }
    counts = known.get("severities", {})
    waived = {"waived": len(known["waived"])} if known.get("waived") else {}
    cost = {key: known.get(key, 0) for key in ("seconds", "peak")}
    return {
        "source": source,
        "status": row.status,
        "result": row.name,
        "findings": {severity: counts.get(severity, 0) for severity in SEVERITIES},
        **waived,
        **cost,
    }


def tally_of(rows: Iterable[Row]) -> Tally:
    """The counts of files and findings, from the ledger."""
    tally = Tally()
    for row in rows:
        tally.statuses[row.status] += 1
        tally.severities.update(row.head.get("severities", {}))
        tally.rules.update(row.head.get("rules", {}))
        tally.waived += len(row.head.get("waived", ()))
    return tally
