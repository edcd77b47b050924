"""Headings where no style says so: short numbered lines (一、 （一） 第一章) that are no sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.document import Block, Heading, Paragraph
from extractor.layout.shapes import numbering_level

_DEEPEST = 3
_FEWEST = 2
_MAX_LENGTH = 40
_SENTENCE = re.compile(r"[。；;，：:]|\s\d{1,3}$")


def infer_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with such lines made headings, if there are several and no heading yet; levels from 1."""
    if any(isinstance(block, Heading) for block in blocks):
        return tuple(blocks)
    found = {n: level for n, block in enumerate(blocks) if (level := _level(block))}
    if len(found) < _FEWEST:
        return tuple(blocks)
    rank = {level: n for n, level in enumerate(sorted(set(found.values())), 1)}
    return tuple(
        Heading(block.text, rank[found[n]]) if n in found and isinstance(block, Paragraph) else block
        for n, block in enumerate(blocks)
    )


def _level(block: Block) -> int | None:
    if not isinstance(block, Paragraph) or block.kind != "body":
        return None
    string = block.text.string.strip()
    if len(string) > _MAX_LENGTH or _SENTENCE.search(string) or not re.search(r"\w", string[2:]):
        return None
    level = numbering_level(string)
    return level if level is not None and level <= _DEEPEST else None
