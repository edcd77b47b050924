"""Two results of the same documents, before and after they were submitted again: what is new, gone, unchanged."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.reasons import why
from extractor.record import SCHEMA_VERSION

_LIST = "batch.json"

Record = Mapping[str, Any]


class BadResult(Exception):
    """A file that is no earlier result; the message is Chinese and names the file."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings by id: ``new`` and ``unchanged`` of those found now, ``gone`` as the earlier result recorded them.

    ``earlier`` names the earlier result; ``absent`` are documents of it that were not read this time.
    """

    earlier: str
    new: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    gone: tuple[Record, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass
class Earlier:
    """An earlier result: its documents by their paths with what was found in each, and what was found between."""

    name: str
    documents: dict[str, tuple[Record, ...]]
    between: tuple[Record, ...] = ()
    many: bool = False
    _left: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._left = set(self.documents)

    def of(self, path: str, alone: bool = False) -> tuple[Record, ...]:
        """What was found in a document before: known by its path, else its name, else its name without the suffix.

        ``alone``: it is the only one now; then it is the only one of before, whatever the names. Without one, nothing
        was found before.
        """
        known = self._known(path, alone)
        if known is None:
            return ()
        self._left.discard(known)
        return self.documents[known]

    def _known(self, path: str, alone: bool) -> str | None:
        if path in self.documents:
            return path
        for part in ("name", "stem"):
            fits = [p for p in self.documents if getattr(Path(p), part) == getattr(Path(path), part)]
            if len(fits) == 1:
                return fits[0]
        return next(iter(self.documents), None) if alone and not self.many else None

    @property
    def absent(self) -> tuple[str, ...]:
        """The documents that were not asked for so far."""
        return tuple(path for path in self.documents if path in self._left)


def load_earlier(path: Path) -> Earlier:
    """An earlier result: the JSON of one document or a batch, JSON Lines, or an output folder. BadResult if none."""
    file = path / _LIST if path.is_dir() else path
    records = list(_records(file))
    if len(records) == 1 and "files" in records[0]:
        documents = [_listed(file, entry) for entry in _items(records[0], "files", file)]
        return _earlier(path, [*documents, {"documents": [], "findings": records[0].get("findings")}])
    return _earlier(path, records)


def _earlier(path: Path, records: list[Record]) -> Earlier:
    documents: dict[str, tuple[Record, ...]] = {}
    between: list[Record] = []
    for record in records:
        whole = record.get("batch", record)
        if "source" not in record:
            between += _findings(whole, path)
        for document in [record] if "source" in record else _items(whole, "documents", path, optional=True):
            source = document.get("source")
            if not isinstance(source, dict) or not isinstance(source.get("path"), str):
                raise _bad(path)
            documents[source["path"]] = (*_findings(document, path), *_findings(document, path, "waived"))
    many = len(records) > 1 or not (records and "source" in records[0])
    return Earlier(path.name or str(path), documents, tuple(between), many)


def _records(file: Path) -> Iterator[Record]:
    """The objects of a file: one, or one a line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        try:
            found = [json.loads(text)]
        except ValueError:
            found = [json.loads(line) for line in text.split("\n") if line.strip()]
    except OSError as error:
        raise BadResult(f"无法读取用来比较的“{file.name}”（{why(error)}）。") from error
    except (ValueError, RecursionError):
        raise _bad(file) from None
    for record in found or [None]:
        if not isinstance(record, dict):
            raise _bad(file)
        whole = record.get("batch", record)
        version = whole.get("schema_version") if isinstance(whole, dict) else None
        if version is None:
            raise _bad(file)
        if version != SCHEMA_VERSION:
            raise BadResult(f"“{file.name}”的格式版本是 {version}，本程序的是 {SCHEMA_VERSION}，无法比较。")
        yield record


def _listed(file: Path, entry: Record) -> Record:
    """The result of a file in the list of an output folder."""
    name = entry.get("result")
    if not isinstance(name, str) or Path(name).name != name:
        raise _bad(file)
    return next(_records(file.with_name(name)))


def _findings(record: Record, path: Path, name: str = "findings") -> tuple[Record, ...]:
    found = _items(record, name, path, optional=name == "waived")
    if not all(isinstance(f.get("id"), str) and isinstance(f.get("message"), str) for f in found):
        raise _bad(path)
    return tuple(found)


def _items(record: Record, name: str, path: Path, optional: bool = False) -> list[Record]:
    found = record.get(name, [] if optional else None)
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise _bad(path)
    return found


def _bad(path: Path) -> BadResult:
    return BadResult(f"“{path.name}”不是本工具输出的 JSON 结果，无法比较。")


def compare(
    name: str, earlier: Iterable[Record], found: Iterable[str], known: Collection[str] = ()
) -> Comparison:
    """What changed between an earlier result's findings and the ids found now.

    ``known`` are ids that are there too but not reported: judged before, or listed under another finding.
    """
    before = {str(record["id"]): record for record in earlier}
    said = set(before).union(*(record.get("caused") or () for record in before.values()))
    now = tuple(found)
    there = {*now, *known}
    return Comparison(
        name,
        new=tuple(i for i in now if i not in said),
        unchanged=tuple(i for i in now if i in said),
        gone=tuple(record for i, record in before.items() if i not in there),
    )
