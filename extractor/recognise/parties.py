"""Who commissioned, evaluated, supervises and carries out a project, where the text says it in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.document import Text
from extractor.facts import Statement

PARTIES = ("commissioner", "evaluator", "department", "project_unit")
_OPENING = 200
"""Blocks of a report's opening: later sentences may speak of other contracts."""


def told_parties(statements: Iterable[Statement]) -> dict[str, Text]:
    """Each party by its field's name, as the first sentence of the opening names it."""
    found: dict[str, Text] = {}
    for statement in statements:
        if statement.kind == "parties" and statement.block < _OPENING:
            for name in PARTIES:
                if name in statement.parts:
                    found.setdefault(name, statement.parts[name])
    return found
