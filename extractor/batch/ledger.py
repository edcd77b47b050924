"""The ledger of a batch: an SQLite database of every file's state and result.

In an output folder it outlives the run, so that the next one goes on where this one stopped; without a
folder it is a temporary one that keeps results until it is their turn. One run at a time writes; others may
read its state meanwhile.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from extractor.batch.blame import Ends
from extractor.batch.find import Found
from extractor.batch.lock import locked
from extractor.batch.names import free_names
from extractor.batch.tables import opened
from extractor.rules.batch._names import project_key, unit_key

NAME = "ledger.sqlite3"
_COLUMNS = (
    "id, path, place, state, code, problem, kills, outside, size, changed, sha256, suffix, options, limits, "
    "status, same_as, head, name"
)


class Row(NamedTuple):
    """A file in the ledger. ``state``: todo, done, or waiting (for ``same_as``, a file of the same
    content).
    """

    id: int
    path: str
    place: int
    state: str
    code: str
    problem: str
    kills: int
    outside: int
    size: int | None
    changed: int | None
    sha256: str
    suffix: str
    options: str
    limits: str
    status: str
    same_as: int | None
    head: dict[str, Any]
    name: str | None

    @property
    def ends(self) -> Ends:
        """The children that ended over this file."""
        return Ends(self.kills, self.outside)


class Ledger:
    """A ledger opened for a run (``folder`` None: a temporary one). Raises Busy, sqlite3.Error, OSError."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._lock = locked(folder) if folder else None
        try:
            self._base = opened(str(folder / NAME) if folder else "")
        except BaseException:
            self._unlock()
            raise
        self.run = 1 + int(self._one("SELECT coalesce(max(run), 0) FROM files") or 0)

    def close(self) -> None:
        """Keeps what was committed."""
        with suppress(sqlite3.Error):
            self._base.rollback()
        with suppress(sqlite3.Error):
            self._base.close()
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _one(self, sql: str, *values: Any) -> Any:
        row = self._base.execute(sql, values).fetchone()
        return row[0] if row else None

    # Files

    def enter(self, files: Iterable[Found]) -> None:
        """Takes in what was found, in its order; what an earlier run knew of a file stays."""
        number = 0
        for found in files:
            raw = os.fsencode(found.path)
            if found.passed:
                self._base.execute("INSERT INTO passed VALUES (?, ?, ?)", (raw, found.passed, self.run))
                continue
            number += self._enter(raw, found, number)
        self._base.execute("DELETE FROM passed WHERE run != ?", (self.run,))
        self._forget_others()
        if self.folder:
            free_names(self._base, self.run)
        self._base.commit()

    def _enter(self, raw: bytes, found: Found, place: int) -> int:
        """How many files this adds to the run: none for one that is there already."""
        done = self._base.execute(
            "INSERT INTO files (path, run, place, state, code, problem, suffix) "
            "VALUES (?, ?, ?, 'todo', ?, ?, ?) ON CONFLICT (path) DO UPDATE SET run = excluded.run, "
            "place = excluded.place, code = excluded.code, problem = excluded.problem, "
            "state = iif(state = 'waiting', 'todo', state) WHERE run != excluded.run",
            (raw, self.run, place, found.code, found.problem, Path(found.path).suffix.lower()),
        )
        return done.rowcount

    def _forget_others(self) -> None:
        """Lets go what an earlier run found and this one did not, but for what must never be tried again."""
        gone = "SELECT id FROM files WHERE run != ? AND status != 'crash'"
        for table in ("payloads", "sheets"):
            self._base.execute(f"DELETE FROM {table} WHERE file IN ({gone})", (self.run,))
        self._base.execute(f"DELETE FROM files WHERE id IN ({gone})", (self.run,))

    def row(self, file: int) -> Row:
        """A file by its number."""
        return next(self._rows("id = ?", file))

    def query(self, sql: str, *values: Any) -> Iterator[Any]:
        """The rows of any question to the database."""
        yield from self._base.execute(sql, values)

    def _rows(self, where: str, *values: Any) -> Iterator[Row]:
        for row in self._base.execute(f"SELECT {_COLUMNS} FROM files WHERE {where}", values):
            yield Row._make([row[0], os.fsdecode(row[1]), *row[2:-2], json.loads(row[-2]), row[-1]])

    def from_place(self, place: int, count: int = 200) -> list[Row]:
        """The next files of this run, in order."""
        return list(self._rows("run = ? AND place >= ? ORDER BY place LIMIT ?", self.run, place, count))

    def at(self, place: int) -> Row | None:
        """The file at a place of this run."""
        return next(self._rows("run = ? AND place = ?", self.run, place), None)

    def known(self, row: Row, sha256: str, suffix: str) -> Row | None:
        """A file of the same content and suffix that is done, or comes before, as this run's options have
        it.
        """
        if not sha256:
            return None
        where = (
            "sha256 = ? AND suffix = ? AND id != ? AND same_as IS NULL AND (status = 'crash' OR run = ? AND "
            "(state = 'done' AND options = ? AND limits = ? OR state = 'todo' AND place < ?)) "
            "ORDER BY status != 'crash', state, place LIMIT 1"
        )
        return next(
            self._rows(where, sha256, suffix, row.id, self.run, row.options, row.limits, row.place), None
        )

    def hashed(self, file: int, sha256: str, size: int, changed: int, options: str, limits: str) -> None:
        """Notes a file's content and what it is being read with."""
        self._base.execute(
            "UPDATE files SET sha256 = ?, size = ?, changed = ?, options = ?, limits = ?, state = 'todo', "
            "same_as = NULL, status = '', kills = iif(sha256 IN ('', ?), kills, 0), "
            "outside = iif(sha256 IN ('', ?), outside, 0) "
            "WHERE id = ?",
            (sha256, size, changed, options, limits, sha256, sha256, file),
        )

    def touched(self, file: int, changed: int) -> None:
        """Notes that a file has the content it had, though it was written anew."""
        self._base.execute("UPDATE files SET changed = ? WHERE id = ?", (changed, file))

    def ended(self, file: int, outside: bool) -> Row:
        """Counts a child that ended over a file. Kept at once: the next run must know it."""
        column = "outside" if outside else "kills"
        self._base.execute(f"UPDATE files SET {column} = {column} + 1 WHERE id = ?", (file,))
        self._base.commit()
        return self.row(file)

    def ended_from_outside(self) -> int:
        """How many children were ended from outside over the files of this run, in earlier runs too."""
        return int(self._one("SELECT coalesce(sum(outside), 0) FROM files WHERE run = ?", self.run))

    def wait_for(self, file: int, same_as: int) -> None:
        """Has a file take its result from another of the same content."""
        self._base.execute("UPDATE files SET state = 'waiting', same_as = ? WHERE id = ?", (same_as, file))

    def waiting(self, same_as: int) -> list[Row]:
        """The files that wait for another."""
        return list(
            self._rows("same_as = ? AND run = ? AND state = 'waiting' ORDER BY place", same_as, self.run)
        )

    def done(self, file: int, head: dict[str, Any], body: bytes) -> None:
        """Keeps a file's result."""
        sheets = head.pop("sheets", [])
        self._base.execute(
            "UPDATE files SET state = 'done', status = ?, head = ? WHERE id = ?",
            (head["status"], json.dumps(head), file),
        )
        self._base.execute("INSERT OR REPLACE INTO payloads VALUES (?, ?)", (file, zlib.compress(body, 1)))
        self._base.execute("DELETE FROM sheets WHERE file = ?", (file,))
        self._base.executemany(
            "INSERT INTO sheets VALUES (?, ?, ?, ?, ?)",
            [
                (file, n, unit_key(sheet["unit"]), project_key(sheet["project"]), json.dumps(sheet))
                for n, sheet in enumerate(sheets)
            ],
        )
        self._base.commit()

    def body(self, file: int) -> bytes:
        """A file's result as it was kept."""
        return zlib.decompress(self._one("SELECT body FROM payloads WHERE file = ?", file))

    def drop_body(self, file: int) -> None:
        """Lets go of a result that was handed on (a temporary ledger)."""
        if self.folder is None and not self.waiting(file):
            self._base.execute("UPDATE payloads SET body = x'' WHERE file = ?", (file,))

    # The whole

    def note(self, **values: Any) -> None:
        """Keeps facts of the run for those who watch."""
        rows = [(key, json.dumps(value)) for key, value in values.items()]
        self._base.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", rows)
        self._base.commit()

    def left(self) -> int:
        """How many files of this run are not done."""
        return int(self._one("SELECT count(*) FROM files WHERE run = ? AND state != 'done'", self.run))

    def count(self) -> int:
        """How many files this run has."""
        return int(self._one("SELECT count(*) FROM files WHERE run = ?", self.run))

    def rows(self) -> Iterator[Row]:
        """All files of this run in order, without holding them all."""
        place = 0
        while chunk := self.from_place(place):
            yield from chunk
            place = chunk[-1].place + 1

    def sheets(self, file: int) -> list[dict[str, Any]]:
        """What was kept of a file to be compared with others."""
        rows = self._base.execute("SELECT record FROM sheets WHERE file = ? ORDER BY number", (file,))
        return [json.loads(row[0]) for row in rows]

    def passed(self) -> Iterator[tuple[str, str]]:
        """What was passed over, with the reason."""
        for path, reason in self._base.execute("SELECT path, reason FROM passed ORDER BY rowid"):
            yield os.fsdecode(path), reason
