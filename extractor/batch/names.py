"""Names of result files: each after its document, none twice, whatever the order in which documents are
read.
"""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from pathlib import Path

from extractor.outputs.folder import short_name

_TAKEN = frozenset({"batch.json", "ledger.sqlite3"})


def free_names(base: sqlite3.Connection, run: int) -> None:
    """Gives every file of a run that has none a name of its own: 自评表.docx.json, 自评表.docx-2.json, …"""
    taken = {str(row[0]).casefold() for row in base.execute("SELECT name FROM files WHERE name IS NOT NULL")}
    last: dict[str, int] = defaultdict(int)
    rows = base.execute("SELECT id, path FROM files WHERE run = ? AND name IS NULL ORDER BY place", (run,))
    for file, raw in rows.fetchall():
        stem = _storable(short_name(Path(os.fsdecode(raw)).name or "document"))
        name = ""
        while not name or name.casefold() in taken or name.casefold() in _TAKEN:
            last[stem.casefold()] += 1
            number = last[stem.casefold()]
            name = f"{stem}-{number}.json" if number > 1 else f"{stem}.json"
        taken.add(name.casefold())
        base.execute("UPDATE files SET name = ? WHERE id = ?", (name, file))


def _storable(name: str) -> str:
    """A name that is text everywhere: bytes that are not UTF-8 as ``\\xNN``, with % for the sign."""
    return os.fsencode(name).decode("utf-8", "backslashreplace").replace("\\x", "%")
