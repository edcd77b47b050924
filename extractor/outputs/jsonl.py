"""JSON Lines: a line for each document as soon as it is done, then one line ``{"batch": {…}}``."""

from __future__ import annotations

from pathlib import Path

from extractor.outputs import Batch, opened
from extractor.outputs.json import between, compact
from extractor.record import head

NAME = "jsonl"
SUFFIXES = (".jsonl", ".ndjson")


def write(batch: Batch, target: Path | None) -> None:
    """Writes and flushes line by line, so that a reader can follow."""
    with opened(target) as out:
        for result in batch:
            out.write(f"{compact(result.to_json(batch.tables, batch.text))}\n".encode())
            out.flush()
        whole = head() | between(batch) | {"summary": batch.tally.to_record()}
        out.write(f"{compact({'batch': whole})}\n".encode())
