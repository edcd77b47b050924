"""Paths to files: folders walked in the order of names, and everything in them accounted for.

What is no document of ours (hidden, a lock file, another type) is passed over by name of the reason; what
should have been one and cannot be opened (a link out of the tree, a pipe, a closed folder) is a file with a
problem.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

# Formats that are known and refused: they get a record that says so, instead of passing unseen.
REFUSED = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".xls", ".et", ".ofd", ".odt", ".ods", ".caj")
_MARKS = (b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_PACKAGE = (b"PK\x03\x04", b"[Content_Types].xml")
_HEAD = 4096


class Found(NamedTuple):
    """A path, with code and sentence if it cannot be opened, or the reason why it was passed over."""

    path: str
    code: str = ""
    problem: str = ""
    passed: str = ""


@dataclass(frozen=True)
class Search:
    """What to look for in folders: shell patterns of names or paths within the folder; ``without`` a
    folder.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    without: Path | None = None

    def wants(self, path: str) -> bool:
        """Whether a path within a folder is asked for."""
        return not self.include or _fits(path, self.include)

    def leaves(self, path: str) -> bool:
        """Whether a path within a folder is excluded."""
        return _fits(path, self.exclude)


def find(paths: Iterable[Path], search: Search) -> Iterator[Found]:
    """Every file to read, in order; a folder without any is there itself. One named twice comes twice."""
    for path in paths:
        if not path.is_dir():
            yield Found(str(path), *_obstacle(path))
            continue
        empty = True
        for found in _walk(path, search):
            empty = empty and bool(found.passed)
            yield found
        if empty:
            yield Found(str(path), "no-documents", f"文件夹“{path}”中没有可以读取的文件（PDF、DOCX 等）。")


def _obstacle(path: Path) -> tuple[str, str]:
    """Code and sentence for a path that must not be opened; empty for a file, or one the reader has words
    for.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return "", ""
    return ("", "") if stat.S_ISREG(mode) else ("not-a-file", f"“{path}”不是普通文件，未读取。")


def _walk(root: Path, search: Search) -> Iterator[Found]:
    """A folder's entries, its files before its folders, without following links to folders."""
    from extractor.parsers import formats

    known = (*formats(), *REFUSED)
    top = os.path.realpath(root)
    folders = [str(root)]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            yield Found(folder, "folder-closed", f"没有打开文件夹“{folder}”的权限。")
            continue
        below = []
        for entry in inside:
            path = str(Path(folder, entry.name))
            within = os.path.relpath(path, root).replace(os.sep, "/")
            if entry.is_dir(follow_symlinks=False):
                reason = _reason(entry.name, within, search) or _own(path, search)
                if reason:
                    yield Found(path, passed=reason)
                else:
                    below.append(path)
                continue
            yield _entry(entry, path, within, top, known, search)
        folders += reversed(below)


def _entry(
    entry: os.DirEntry[str], path: str, within: str, top: str, known: tuple[str, ...], search: Search
) -> Found:
    """What a folder's entry is: a file to read, a problem, or passed over."""
    if reason := _reason(entry.name, within, search):
        return Found(path, passed=reason)
    if not search.wants(within):
        return Found(path, passed="not-included")
    named = entry.name.lower().endswith(known)
    if entry.is_symlink():
        return _link(path, top, named)
    if not entry.is_file(follow_symlinks=False):
        if named:
            return Found(path, "not-a-file", f"“{path}”不是普通文件，未读取。")
        return Found(path, passed="not-a-file")
    if named or (not Path(entry.name).suffix and _speaks_for_itself(path)):
        return Found(path)
    return Found(path, passed="other-type")


def _link(path: str, top: str, named: bool) -> Found:
    """A link: to something in the tree, which is met there, it is passed over; out of the tree it is a
    problem.
    """
    target = os.path.realpath(path)
    if not os.path.exists(target):
        return Found(path) if named else Found(path, passed="broken-link")
    if os.path.commonpath([top, target]) == top or not named:
        return Found(path, passed="link")
    return Found(path, "link-outside", f"“{path}”是指向文件夹之外的链接，未读取。")


def _reason(name: str, within: str, search: Search) -> str:
    if name.startswith("."):
        return "hidden"
    if name.startswith("~$"):
        return "lock-file"
    return "excluded" if search.leaves(within) else ""


def _own(path: str, search: Search) -> str:
    """The folder that results are written to is no source."""
    without = search.without
    if without is None or not without.exists():
        return ""
    return "output" if os.path.samefile(path, without) else ""


def _speaks_for_itself(path: str) -> bool:
    """Whether a file without a suffix begins as a document does."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return True  # the reader will say why it cannot be read
    return head.startswith(_MARKS) or all(mark in head for mark in _PACKAGE)


def _fits(path: str, patterns: Iterable[str]) -> bool:
    name = path.rpartition("/")[2]
    return any(fnmatch(name, p) or fnmatch(path, p) or path.startswith(p.rstrip("/") + "/") for p in patterns)
