"""Several reports bound in one file, each under a title that names a project of its own: what documents they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple, TypeGuard

import regex
from rapidfuzz import fuzz

from extractor.document import Block, Document, Heading, Paragraph
from extractor.recognise.titles import project_in_title, title_at
from extractor.recognise.years import year_in

_REPORTS = ("evaluation_report", "self_evaluation_report")
_WHOLE = regex.compile(r"部门整体|整体支出")
_ALIKE = 80
_FEWEST_BLOCKS, _FEWEST_CHARACTERS = 6, 300


class _Title(NamedTuple):
    """Where a report's title stands, the project that it names and the year."""

    block: int
    project: str
    year: int | None

    def other(self, title: _Title) -> bool:
        """Whether another title is that of another report."""
        if self.year != title.year and None not in (self.year, title.year):
            return True
        return fuzz.partial_ratio(self.project, title.project) < _ALIKE


def bound_reports(document: Document) -> tuple[Document, ...]:
    """The reports of a document, each with its blocks; the document alone unless it is plain that there are several.

    What stands before the first title goes with the first report.
    """
    titles = list(_titles(document))
    starts = [t for n, t in enumerate(titles) if n and all(t.other(earlier) for earlier in titles[:n])]
    cuts = [0, *(t.block for t in starts), len(document.blocks)]
    parts = [document.blocks[a:b] for a, b in pairwise(cuts)]
    if len(parts) < 2 or not all(map(_is_report, parts)):
        return (document,)
    return tuple(replace(document, blocks=part) for part in parts)


def _titles(document: Document) -> Iterator[_Title]:
    told = [(n, b.text) for n, b in enumerate(document.blocks) if _is_line(b)]
    lines = [text for _, text in told]
    for title, first, kind in filter(None, (title_at(lines, n) for n in range(len(lines)))):
        if kind in _REPORTS:
            project = project_in_title(title)
            name = project.flat if project is not None else "部门整体" if _WHOLE.search(title.flat) else ""
            if name:
                yield _Title(told[first][0], name, year_in(title.flat))


def _is_line(block: Block) -> TypeGuard[Heading | Paragraph]:
    return isinstance(block, Heading) or (isinstance(block, Paragraph) and block.kind != "contents")


def _is_report(blocks: tuple[Block, ...]) -> bool:
    """Whether blocks are enough for a report: a cover or a line of a list is none."""
    told = sum(len(b.text) for b in blocks if _is_line(b))
    return len(blocks) >= _FEWEST_BLOCKS and told >= _FEWEST_CHARACTERS
