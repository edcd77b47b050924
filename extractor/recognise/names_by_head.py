"""What a name's cell holds before or after the name where its head says so: 二级指标：三级指标, 三级指标及指标值."""

from __future__ import annotations

from typing import NamedTuple

import regex

from extractor.document import Text
from extractor.vocabulary import bare

_WITH_LEVEL = regex.compile(r"二级(?:指标)?[/及和]*三级(?:指标)?")
_WITH_TARGET = regex.compile(r".+[及和与](?:年度|绩效)?(?:指标|目标)值")
_COLON = regex.compile(r"[:：]\s*")
_LONGEST_LEVEL = 12


class NameCell(NamedTuple):
    """The level before a name, the name, and the target after it; None what its cell does not hold."""

    level: Text | None
    name: Text
    target: Text | None


def by_head(label: Text, head: str) -> NameCell:
    """A name's cell cut at its colon as its head says: under 二级指标：三级指标 it holds a level (数量：培训人次),
    under 三级指标及指标值 a target (培训人次：≥200人)."""
    found = _COLON.search(label.string)
    plain = NameCell(None, label, None)
    if not found:
        return plain
    before, after = label.cut(0, found.start()).strip(), label.cut(found.end(), len(label)).strip()
    if not before or not after:
        return plain
    if _WITH_LEVEL.fullmatch(bare(head)):
        return NameCell(before, after, None) if len(before) <= _LONGEST_LEVEL else plain
    return NameCell(None, before, after) if _WITH_TARGET.fullmatch(bare(head)) else plain
