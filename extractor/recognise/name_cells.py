"""What a name's cell holds besides the name: the level before it, the target and the result after it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import regex

from extractor.document import Text
from extractor.recognise.names import glued_target, told_in_cell
from extractor.vocabulary import bare

_WITH_LEVEL = regex.compile(r"二级(?:指标)?[/及和]*三级(?:指标)?")
_WITH_TARGET = regex.compile(r".+[及和与](?:年度|绩效)?(?:指标|目标)值")
_COLON = regex.compile(r"[:：]\s*")
_LONGEST_LEVEL = 12


class NameCell(NamedTuple):
    """A name, and what its cell holds besides; None what it does not hold."""

    name: Text
    level: Text | None = None
    target: Text | None = None
    actual: Text | None = None


def name_cell(label: Text, head: str, meanings: Collection[str]) -> NameCell:
    """A name's cell taken apart by what it tells itself, by its ``head``, and by which ``meanings`` have no column of
    their own: under 二级指标：三级指标 it holds a level (数量：培训人次), without a column of targets perhaps a target
    (培训人次≥200人; under 三级指标及指标值 also 培训人次：≥200人)."""
    told = told_in_cell(label) if not {"target", "actual"} & set(meanings) else None
    if told is not None:
        return NameCell(told[0], None, *told[1:])
    level, name = _at_colon(label) if _WITH_LEVEL.fullmatch(bare(head)) else (None, label)
    if level is not None and len(level) > _LONGEST_LEVEL:
        level, name = None, label
    if "target" in meanings:
        return NameCell(name, level)
    glued = glued_target(name)
    if glued is not None:
        return NameCell(glued[0], level, glued[1])
    if _WITH_TARGET.fullmatch(bare(head)):
        before, after = _at_colon(name)
        return NameCell(before, level, after) if before is not None else NameCell(name, level)
    return NameCell(name, level)


def _at_colon(label: Text) -> tuple[Text | None, Text]:
    """What stands before a label's first colon and after it; None and the label if nothing does."""
    found = _COLON.search(label.string)
    if not found:
        return None, label
    before, after = label.cut(0, found.start()).strip(), label.cut(found.end(), len(label)).strip()
    return (before, after) if before and after else (None, label)
