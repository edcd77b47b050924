"""A rule as people read it: its name, and the first line of its manual."""

from __future__ import annotations

from functools import cache


@cache
def rule_title(name: str) -> str:
    """What the rule checks, in one Chinese sentence; "" for a rule that is not known or cannot be loaded."""
    from extractor.rules import manual

    try:
        return manual(name).strip().partition("\n")[0]
    except (KeyError, ImportError):
        return ""


def rule_name(name: str) -> str:
    """The name with its title behind it."""
    title = rule_title(name)
    return f"{name}\n{title}" if title else name
