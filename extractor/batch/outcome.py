"""What is made of a file without a child: refusals, results shared by files of the same content, results
kept.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from extractor.batch.frames import bytes_to_value, value_to_bytes
from extractor.batch.ledger import Ledger, Row
from extractor.batch.limits import Setup
from extractor.batch.worker import failed, summary
from extractor.outputs import READ
from extractor.outputs.json import laid_out
from extractor.record import source_to_record
from extractor.result import Result

_SEVERED = (
    "timeout",
    "memory",
    "limit-result",
)  # the parent's own verdicts: they hold for all of one content


def refused(row: Row, status: str, message: str, code: str = "") -> Result:
    """The result of a file that no child could read."""
    return failed(row.path, status, message, row.sha256, row.size or 0, code)


def as_frame(result: Result, setup: Setup) -> tuple[dict[str, Any], bytes]:
    """A result as a child would have sent it."""
    options = setup.options
    head = summary(result) | {"seconds": 0.0, "peak": 0}
    if options.record:
        return head, f"{laid_out(result.to_json(options.tables, options.text))}\n".encode()
    return head, value_to_bytes(result)


def fits(row: Row, options: str, limits: str) -> bool:
    """Whether a result kept from an earlier run is what this run would find.

    What was read does not depend on the limits; what cost its children twice is not tried again whatever
    they are.
    """
    if row.status == "crash":
        return True
    return (
        row.options == options and (row.status in READ or row.limits == limits) and row.status != "unreadable"
    )


def relabelled(twin: Row, row: Row, ledger: Ledger, setup: Setup) -> tuple[dict[str, Any], bytes] | None:
    """A file's result, taken from one of the same content; None where it must be read to speak of itself."""
    if twin.status in _SEVERED:
        message = f"文件“{row.path}”与“{twin.path}”内容相同，后者未能读取（{twin.status}）。"
        return as_frame(refused(row, twin.status, message), setup)
    if twin.status not in READ:
        return None
    head = twin.head | {"seconds": 0.0, "peak": 0, "sheets": ledger.sheets(twin.id)}
    body = ledger.body(twin.id)
    if setup.options.record:
        record = json.loads(body)
        source = bytes_source(row.path)
        record["source"] = record["source"] | source | {"duplicate_of": bytes_source(twin.path)["path"]}
        return head, f"{laid_out(record)}\n".encode()
    value = bytes_to_value(body)
    return head, value_to_bytes(
        replace(value, source=replace(value.source, path=row.path, duplicate_of=twin.path))
    )


def bytes_source(path: str) -> dict[str, Any]:
    """A path as a record gives it."""
    from extractor.result import Source

    record = source_to_record(Source(path))
    return {key: record[key] for key in ("path", "path_hex") if key in record}
