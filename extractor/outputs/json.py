"""JSON: one object for a file; for several, one object with ``documents``, ``findings`` and ``summary``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.outputs import Batch, opened
from extractor.record import comparison_to_record, finding_to_record, head, waived_to_record

NAME = "json"
SUFFIXES = (".json",)

_SURROGATE = re.compile("[\ud800-\udfff]")
_DEPTH = 4  # levels broken into lines; below, a line an object: an indicator is one line, and C encodes it


def write(batch: Batch, target: Path | None) -> None:
    """Writes the results one after the other; of a batch, only the document in hand is in memory."""
    with opened(target) as out:
        for chunk in _chunks(batch):
            out.write(chunk.encode())


def _chunks(batch: Batch) -> Iterator[str]:
    documents = (result.to_json(batch.tables, batch.text) for result in batch)
    if not batch.many:
        yield from (f"{laid_out(document)}\n" for document in documents)
        return
    begin = "".join(f"  {compact(key)}: {compact(value)},\n" for key, value in head().items())
    yield "{\n" + begin + '  "documents": ['
    for number, document in enumerate(documents):
        yield (",\n" if number else "\n") + "    " + laid_out(document, "    ")
    yield "\n  ],\n"
    for name, value in between(batch).items():
        yield f'  "{name}": {laid_out(value, "  ")},\n'
    yield f'  "summary": {laid_out(batch.tally.to_record(), "  ")}\n}}\n'


def between(batch: Batch) -> dict[str, Any]:
    """What is said between the documents of a batch; to be asked for when all have passed."""
    record: dict[str, Any] = {"findings": [finding_to_record(finding) for finding in batch.findings]}
    if batch.waived:
        record["waived"] = [waived_to_record(waived) for waived in batch.waived]
    if batch.comparison is not None:
        record["comparison"] = comparison_to_record(batch.comparison)
    return record


def compact(value: Any) -> str:
    """A value as JSON on one line. A lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, allow_nan=False))


def laid_out(value: Any, indent: str = "", depth: int = _DEPTH) -> str:
    """A value as JSON, its outer levels broken into lines that begin with ``indent``."""
    if depth == 0 or _leaf(value):
        return compact(value)
    inner = indent + "  "
    if isinstance(value, list):
        lines = [laid_out(item, inner, depth - 1) for item in value]
        return "[\n" + ",\n".join(inner + line for line in lines) + f"\n{indent}]"
    pairs = [f"{compact(key)}: {laid_out(item, inner, depth - 1)}" for key, item in value.items()]
    return "{\n" + ",\n".join(inner + pair for pair in pairs) + f"\n{indent}}}"


def _leaf(value: Any) -> bool:
    """Whether a value holds no objects: it stays on one line."""
    if not isinstance(value, dict | list):
        return True
    items = list(value.values()) if isinstance(value, dict) else value
    return not any(isinstance(item, dict) or (isinstance(item, list) and not _leaf(item)) for item in items)
