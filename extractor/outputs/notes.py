"""What is written beside a cited figure in the document: the finding, the other places, what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractor.outputs.wording import SEVERITIES, cut, nothing, place_words, shown

if TYPE_CHECKING:
    from extractor.findings import Evidence, Finding

AUTHOR = "勾稽检查"
INITIALS = "勾稽"
_OTHERS = 12  # other places that a note names
_ROLES = {"addend": "（加数）", "computed": "（推算）"}


def note(finding: Finding, number: int, here: Evidence | None = None) -> str:
    """The note on a finding at one of its places, several lines; ``number`` is the finding's in the list."""
    return "\n".join(shown(line) for line in _lines(finding, number, here))


def _lines(finding: Finding, number: int, here: Evidence | None) -> Iterator[str]:
    yield f"【{SEVERITIES[finding.severity]} {number}】{finding.message}"
    if here:
        yield f"此处：{_said(here)}"
    others = [side for side in finding.evidence if side is not here]
    for side in others[:_OTHERS]:
        where = place_words(side.place)
        yield f"{'对照' if here else '位置'}：{where} {_said(side)}".replace("： ", "：")
    if len(others) > _OTHERS:
        yield f"另有 {len(others) - _OTHERS} 处"
    tail = {"应为": finding.expected, "相差": finding.difference, "影响": finding.impact}
    yield from (f"{label}：{text}" for label, text in tail.items() if text)
    yield f"规则：{finding.rule}"


def _said(side: Evidence) -> str:
    """实际完成值（加数）为 99.87%"""
    label = f"{side.label}{_ROLES.get(side.role, '')}"
    return "：".join(filter(None, (label, cut(side.text, 80) or nothing(label))))


def headline(finding: Finding, number: int, longest: int = 60) -> str:
    """A finding in one short line, as a bookmark has it."""
    return f"{number}. {SEVERITIES[finding.severity]}：{cut(shown(finding.message), longest)}"
