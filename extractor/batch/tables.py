"""The ledger's tables, and how its database is opened."""

from __future__ import annotations

import sqlite3

_VERSION = 2
_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, run INTEGER NOT NULL, place INTEGER NOT NULL,
    state TEXT NOT NULL, code TEXT NOT NULL DEFAULT '', problem TEXT NOT NULL DEFAULT '',
    kills INTEGER NOT NULL DEFAULT 0, outside INTEGER NOT NULL DEFAULT 0,
    size INTEGER, changed INTEGER, sha256 TEXT NOT NULL DEFAULT '',
    suffix TEXT NOT NULL DEFAULT '', options TEXT NOT NULL DEFAULT '', limits TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT '', same_as INTEGER, head TEXT NOT NULL DEFAULT '{}', name TEXT UNIQUE);
CREATE INDEX IF NOT EXISTS files_by_place ON files (run, place);
CREATE INDEX IF NOT EXISTS files_by_content ON files (sha256, suffix);
CREATE TABLE IF NOT EXISTS payloads (file INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sheets (file INTEGER NOT NULL, number INTEGER NOT NULL, unit TEXT NOT NULL,
    project TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (file, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sheets_by_owner ON sheets (unit, project);
CREATE TABLE IF NOT EXISTS passed (path BLOB NOT NULL, reason TEXT NOT NULL, run INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS state (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def opened(name: str) -> sqlite3.Connection:
    base = sqlite3.connect(name, timeout=30)
    # Where a write-ahead log cannot be (some network folders), SQLite keeps its own way.
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    base.execute("PRAGMA temp_store = FILE")
    base.execute("PRAGMA cache_size = -4096")
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, _VERSION):
        _start_over(base)
    base.executescript(_SCHEMA)
    base.execute(f"PRAGMA user_version = {_VERSION}")
    base.commit()
    return base


def _start_over(base: sqlite3.Connection) -> None:
    """A ledger that another version of the program wrote is not read: everything is done anew."""
    for table in ("files", "payloads", "sheets", "passed", "state"):
        base.execute(f"DROP TABLE IF EXISTS {table}")
