"""Two results of one document, before and after it was submitted again: what is new, gone and unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.findings import Finding


class BadResult(Exception):
    """A file that is no earlier result; the message is Chinese and names the file."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings by id: ``new`` and ``unchanged`` as found now, ``gone`` as the earlier result recorded them."""

    new: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    gone: tuple[Mapping[str, Any], ...]


def load_result(path: Path) -> tuple[Mapping[str, Any], ...]:
    """The findings recorded in an earlier result's JSON (of one document or a batch); BadResult if it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadResult(f"“{path.name}”不是本工具输出的 JSON 结果，无法比较。") from error
    documents = data.get("documents", [data]) if isinstance(data, dict) else None
    if documents is None or not all(isinstance(d, dict) and "findings" in d for d in documents):
        raise BadResult(f"“{path.name}”不是本工具输出的 JSON 结果，无法比较。")
    return tuple(finding for document in documents for finding in document["findings"])


def compare(earlier: Iterable[Mapping[str, Any]], findings: Iterable[Finding]) -> Comparison:
    """What changed between an earlier result's findings and the present ones."""
    before = {str(finding.get("id")): finding for finding in earlier}
    now = tuple(findings)
    ids = {finding.id for finding in now}
    return Comparison(
        new=tuple(f for f in now if f.id not in before),
        unchanged=tuple(f for f in now if f.id in before),
        gone=tuple(f for i, f in before.items() if i not in ids),
    )
