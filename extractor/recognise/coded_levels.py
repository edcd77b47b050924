"""Levels that stand in rows of their own above their parts, told by their numbers alone: A 决策, A1 立项, A1-1 …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.facts import Indicator, Level

_CODE = regex.compile(r"[A-Z]\d{0,4}(?:[-－—–.]\d{1,3}){0,3}|\d{1,2}(?:\.\d{1,2}){0,3}")
_SEPARATORS = regex.compile(r"[-－—–.]")
_STATED = ("target", "actual", "rule", "explanation")


def coded_levels(rows: Sequence[Indicator], numbers: Sequence[str]) -> list[Indicator]:
    """The rows without those that their codes, else their ``numbers`` (序号, 编号), show to be levels above others.

    A row taken for a level states nothing but its points."""
    codes = [row.code or (n if _CODE.fullmatch(n) else "") for row, n in zip(rows, numbers, strict=True)]
    found: list[Indicator] = []
    above: list[tuple[str, Level]] = []
    for n, (row, code) in enumerate(zip(rows, codes, strict=True)):
        while above and not _within(code, above[-1][0]):
            above.pop()
        levels = tuple(level for _, level in above)
        if n + 1 < len(rows) and _within(codes[n + 1], code) and _is_bare(row):
            above.append((code, Level(row.name, row.label, code, row.weight, row.score)))
        else:
            lettered = code if code[:1].isalpha() else ""
            found.append(replace(row, code=row.code or lettered, levels=levels) if levels else row)
    return found


def _within(code: str, parent: str) -> bool:
    """Whether a code goes on from another: A1-1 from A1, 1.2 from 1; not 10 from 1."""
    if not code or not parent or code == parent:
        return False
    if parent[0].isdigit():
        return code.startswith(parent + ".")
    return str(_SEPARATORS.sub("", code)).startswith(_SEPARATORS.sub("", parent))


def _is_bare(row: Indicator) -> bool:
    """Whether a row states points at most, as a level does."""
    return all((value := row.get(name)) is None or value.blank for name in _STATED)
