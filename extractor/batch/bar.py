"""What a run says while it works: a line on the terminal, and a log in JSON lines."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

_PAUSE = 0.2  # seconds between two states of the line


class Bar:
    """A line on standard error, where that is a terminal: files, pages, findings, failures, time left."""

    def __init__(self, wanted: bool, total: int = 0) -> None:
        self.total = total
        self._wanted = bool(wanted and sys.stderr and sys.stderr.isatty())
        self._begun = time.monotonic()
        self._shown = 0.0
        self.files = self.kept = self.pages = self.findings = self.failures = 0

    def hear(self, event: str, facts: dict[str, Any]) -> None:
        """Takes in what happened and shows it."""
        if event in ("done", "kept"):
            self.files += 1
            self.kept += event == "kept"
            self.pages += int(facts.get("pages", 0) or 0)
            self.findings += sum(facts.get("severities", {}).values())
            self.failures += facts["status"] not in ("ok", "ok-partial")
        if self._wanted and time.monotonic() - self._shown > _PAUSE:
            self._shown = time.monotonic()
            print(f"\r\x1b[K{self.words()}", end="", file=sys.stderr, flush=True)

    def words(self) -> str:
        """文件 12/500  页 340  问题 56  未能读取 1  剩余约 3 分钟"""
        done = (
            f"文件 {self.files}/{self.total}  页 {self.pages}  问题 {self.findings}  未能读取 {self.failures}"
        )
        return f"{done}{self._left()}"

    def _left(self) -> str:
        read = self.files - self.kept
        if read < 3 or self.files >= self.total:
            return ""
        seconds = (time.monotonic() - self._begun) / read * (self.total - self.files)
        if seconds < 90:
            return f"  剩余约 {seconds:.0f} 秒"
        return (
            f"  剩余约 {seconds / 60:.0f} 分钟" if seconds < 5400 else f"  剩余约 {seconds / 3600:.1f} 小时"
        )

    def clear(self) -> None:
        """Takes the line away."""
        if self._wanted:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class Log:
    """A file of JSON lines, one for each event: its time, name and facts. Raises OSError when it cannot be
    opened.
    """

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = path.open("a", encoding="utf-8") if path else None

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, event: str, facts: dict[str, Any]) -> None:
        """Adds an event; one without a name is no event."""
        if self._file is None or not event:
            return
        said = {key: _shown(value) for key, value in facts.items() if key not in ("sheets", "held")}
        line = {"time": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "event": event} | said
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()


def _shown(value: Any) -> Any:
    """A path may hold bytes that are no text."""
    return os.fsencode(value).decode("utf-8", "backslashreplace") if isinstance(value, str) else value
