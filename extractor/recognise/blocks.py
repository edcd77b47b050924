"""Blocks of indicators in one form that speak of other things under the same names: 长期绩效指标 and
年度绩效指标."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.document import Text
from extractor.facts import Indicator, Level
from extractor.recognise.figures import figure
from extractor.recognise.names import named
from extractor.vocabulary import bare

_BLOCK = regex.compile(r".*(?:长期|中期|实施期|周期|阶段性?|年度|当年|总体).*(?:指标|目标).*|.*目标\d.*")


def names_of_blocks(areas: Sequence[tuple[Text | None, int]], goals: Sequence[Text]) -> dict[int, Text]:
    """What names each area, by its number: the text at its side or above it, else the goals above areas that
    stand
    side by side. {} if the areas are not told apart. An area is given as that text and the row of its
    heads."""
    if len(areas) < 2:
        return {}
    blocks = {n: block for n, (block, _) in enumerate(areas) if block is not None}
    told = all(_BLOCK.fullmatch(bare(b.flat)) for b in blocks.values())
    if len(blocks) == len(areas) and told and len({b.flat for b in blocks.values()}) > 1:
        return blocks
    beside = len({first for _, first in areas}) == 1 and len(goals) == len(areas)
    return dict(enumerate(goals)) if beside else {}


def under_block(row: Indicator, block: Text | None) -> Indicator:
    """A row with its block as the uppermost level."""
    if block is None:
        return row
    name = named(block).name
    return replace(row, block=name, levels=(Level(name, block), *row.levels))


def under_level(row: Indicator, line: Text) -> Indicator:
    """A row under the first level that a line before its table names (一、产出指标（50分）)."""
    parts = named(line)
    weight = figure(parts.weight) if parts.weight is not None else None
    return replace(row, levels=(Level(parts.name, line, parts.code, weight), *row.levels))


def told_apart(rows: Sequence[Indicator]) -> list[Indicator]:
    """The rows of a table; those that share a name under levels that all differ (a town's, a task's) have the first
    level that differs as their block: they speak of different things."""
    groups: dict[str, list[Indicator]] = {}
    for row in rows:
        if not row.code and not row.block:
            groups.setdefault(bare(row.name), []).append(row)
    blocks = {id(row): block for group in groups.values() for row, block in _blocks_of(group)}
    return [replace(row, block=blocks.get(id(row), row.block)) for row in rows]


def _blocks_of(group: Sequence[Indicator]) -> list[tuple[Indicator, str]]:
    """Each row of one name with the level that tells it from the others; [] if nothing does."""
    paths = [tuple(level.name for level in row.levels) for row in group]
    if len(group) < 2 or len(set(paths)) < len(paths) or not all(paths):
        return []
    depth = next((n for n, names in enumerate(zip(*paths, strict=False)) if len(set(names)) > 1), None)
    return [(row, path[depth]) for row, path in zip(group, paths, strict=True)] if depth is not None else []
