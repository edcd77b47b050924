"""Levels that stand in rows of their own above their parts, told by how they are numbered or called: 一、产出指标,
（一）数量指标, 1.培训人次 in one column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.facts import Indicator, Level
from extractor.quantity import normal
from extractor.vocabulary import words

_KINDS = (
    ("一、", regex.compile(r"\s*(?:第?[一二三四五六七八九十]{1,3}\s*(?:[、.．:：]|部分|$)|[ⅠⅡⅢⅣⅤⅥ])")),
    ("(一)", regex.compile(r"\s*\([一二三四五六七八九十]{1,3}\)")),
    ("(1)", regex.compile(r"\s*(?:\(\d{1,2}\)|\d{1,2}\))")),
    ("1.", regex.compile(r"\s*\d{1,2}\s*(?:[.．、](?!\d)|$)")),
    ("①", regex.compile(r"\s*[①-⑳]")),
)
_WHOLE = 110  # one hundred points and a slip
_STATED = ("target", "actual", "rule", "explanation")


def outlined_levels(rows: Sequence[Indicator], numbers: Sequence[str]) -> list[Indicator]:
    """The rows without those that only head others, which become their levels.

    A row heads others if it states points at most and the row after it is of another kind, one that is not open
    yet: numbered in another way, or of no kind under the name of a level (产出指标)."""
    kinds = [_kind(row, number) for row, number in zip(rows, numbers, strict=True)]
    if _of_one_rank(rows, kinds):
        return list(rows)
    found: list[Indicator] = []
    above: list[tuple[str, Level]] = []
    for n, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        at = next((n for n, (k, _) in enumerate(above) if k == kind), len(above))
        del above[at:]
        open_kinds = [k for k, _ in above]
        deeper = n + 1 < len(rows) and kinds[n + 1] not in (kind, *open_kinds)
        if deeper and _heads(row, kind, rows[n + 1], kinds[n + 1]):
            above.append((kind, Level(row.name, row.label, row.code, row.weight, row.score)))
        else:
            found.append(replace(row, levels=tuple(level for _, level in above)) if above else row)
    return found


def _of_one_rank(rows: Sequence[Indicator], kinds: Sequence[str]) -> bool:
    """Whether rows that names alone would rank (过程 under 产出) share out one whole: their points are no more than
    100, as those of a summary are, while levels with all their parts make twice as much."""
    if not all(map(_bare, rows)) or set(kinds) - {"top", "level", ""}:
        return False
    weights, scores = ([row.get(name) for row in rows] for name in ("weight", "score"))
    stated = weights if any(weights) else scores
    points = [f.quantity.value for f in stated if f is not None and f.quantity is not None]
    return bool(points) and sum(points) <= (_WHOLE if max(points) > 1 else 1)


def _heads(row: Indicator, kind: str, following: Indicator, below: str) -> bool:
    """Whether a row is a level above the next one, which is of a kind not open yet; ranks by name alone may only go
    down, and what is of no kind must state more than points."""
    if not kind or not _bare(row) or (below == "top" and kind == "level"):
        return False
    return bool(below) or (bool(_called(row)) and not _bare(following))


def _bare(row: Indicator) -> bool:
    """Whether a row states points at most, as a level does."""
    return all((value := row.get(name)) is None or value.blank for name in _STATED)


def _kind(row: Indicator, number: str) -> str:
    """How a row is numbered, by its label, else its number in a column of its own; else the rank that its name
    has; "" if neither tells."""
    for text in (row.label.flat, number):
        plain = normal(text)
        for kind, expression in _KINDS:
            if text and expression.match(plain) and (text == number or plain != expression.match(plain)[0]):
                return kind
    return _called(row)


def _called(row: Indicator) -> str:
    """``top`` for a name of a first level (产出指标), ``level`` for one of a second, "" for another."""
    if words("levels").meaning(row.name):
        return "top"
    return "level" if words("rows").meaning(row.name) == "level" else ""
