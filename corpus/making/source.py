"""A source: YAML about the document, then Markdown whose tables mark merges with ``<`` (left) and ``^`` (up).

Directives stand alone on a line: ``<!-- page -->`` breaks the page, ``<!-- contents -->`` lists the headings,
``<!-- widths 1 2 3 -->`` sets the next table's columns, and ``<!-- form KIND key=value -->`` tells the labels
what the next table holds. A source may have variants: the same text with a few exact replacements.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

DIRECTIVE = re.compile(r"<!--\s*(\w+)\s*(.*?)\s*-->")
PIPE = re.compile(r"(?<!\\)\|")


class Span(NamedTuple):
    """A cell of a table: its text (line feeds are the author's), its first field and how many it covers."""

    text: str
    row: int
    col: int
    rows: int
    cols: int


@dataclass(frozen=True)
class Table:
    """A table with its caption and unit line; ``forms`` are the directives that tell what it holds."""

    cells: tuple[Span, ...]
    n_rows: int
    n_cols: int
    head: int = 0
    caption: str = ""
    unit: str = ""
    widths: tuple[float, ...] = ()
    forms: tuple[tuple[str, dict[str, str]], ...] = ()

    def rows(self) -> list[list[str]]:
        """The grid: a cell's text in its first field, ``"^"`` in the others that it covers."""
        grid = [["^"] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            grid[cell.row][cell.col] = cell.text.replace("\n", "")
        return grid


@dataclass(frozen=True)
class Line:
    """A heading (``level`` from 1), a paragraph (0), a page break (-1) or the contents (-2)."""

    text: str
    level: int = 0


Block = Line | Table
PAGE, CONTENTS = -1, -2


@dataclass(frozen=True)
class Source:
    """One document to make: what is said about it, its Markdown and the blocks that were read from it."""

    name: str
    about: dict[str, Any]
    text: str
    blocks: tuple[Block, ...] = field(default=())

    @property
    def headings(self) -> list[Line]:
        """The headings that the contents list."""
        return [b for b in self.blocks if isinstance(b, Line) and b.level in (2, 3)]


def load(path: Path) -> Iterator[Source]:
    """The document that a source describes, then its variants."""
    front, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    about = yaml.safe_load(front)
    variants = about.pop("variants", [])
    yield Source(path.stem, about, body, tuple(blocks(body)))
    for variant in variants:
        text = replaced(body, variant.pop("replace"), f"{path.name}: {variant['name']}")
        name = variant.pop("name")
        yield Source(name, {**about, **variant}, text, tuple(blocks(text)))


def replaced(text: str, changes: list[list[str]], where: str) -> str:
    """The text with each change made; what is replaced must occur exactly once, else the label were wrong."""
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"{where}: {old!r} occurs {text.count(old)} times")
        text = text.replace(old, new)
    return text


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text in reading order; lines are paragraphs."""
    lines = [line.rstrip() for line in text.splitlines()]
    ahead: dict[str, Any] = {"forms": []}
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if mark := DIRECTIVE.fullmatch(line):
            yield from directive(mark[1], mark[2], ahead)
        elif line.startswith("|"):
            end = next((i for i in range(at, len(lines)) if not lines[i].startswith("|")), len(lines))
            yield table(lines[at - 1 : end], ahead)
            ahead, at = {"forms": []}, end
        elif re.match(r"表 ?\d", line) and len(line) < 40 and "。" not in line:
            ahead["caption"] = line
        elif re.fullmatch(r"(金额)?单位：\S+", line):
            ahead["unit"] = line
        elif line:
            level = len(line) - len(line.lstrip("#"))
            yield Line(line[level:].strip(), level)


def directive(name: str, rest: str, ahead: dict[str, Any]) -> Iterator[Block]:
    """A break or the contents at once; what is about the next table is kept for it."""
    if name in ("page", "contents"):
        yield Line("", PAGE if name == "page" else CONTENTS)
    elif name == "widths":
        ahead["widths"] = tuple(float(n) for n in rest.split())
    elif name == "form":
        kind, *pairs = shlex.split(rest)
        ahead["forms"].append((kind, dict(p.split("=", 1) for p in pairs)))
    else:
        raise ValueError(f"unknown directive {name}")


def table(lines: list[str], ahead: dict[str, Any]) -> Table:
    """A pipe table; a separator row makes the rows above it the head."""
    grid = [[c.strip().replace("\\|", "|") for c in PIPE.split(line)[1:-1]] for line in lines]
    rule = next((i for i, r in enumerate(grid) if all(re.fullmatch(":?-+:?", c) for c in r)), None)
    rows = [r for i, r in enumerate(grid) if i != rule]
    widths = {len(r) for r in rows}
    if len(widths) != 1:
        raise ValueError(f"rows of different lengths: {[(len(r), r[:3]) for r in rows]}")
    cells = tuple(spans(rows))
    forms = tuple(ahead["forms"])
    extra = {k: v for k, v in ahead.items() if k != "forms"}
    return Table(cells, len(rows), widths.pop(), rule or 0, forms=forms, **extra)


def spans(rows: list[list[str]]) -> Iterator[Span]:
    """The cells of a grid whose fields point left (``<``) or up (``^``) to the cell that covers them."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            before = {"<": (r, c - 1), "^": (r - 1, c)}.get(text)
            owner[r, c] = owner[before] if before else (r, c)
    for r, c in dict.fromkeys(owner.values()):
        mine = [at for at, of in owner.items() if of == (r, c)]
        high, wide = max(y for y, _ in mine) - r + 1, max(x for _, x in mine) - c + 1
        if high * wide != len(mine):
            raise ValueError(f"the merged cell {rows[r][c]!r} is no rectangle")
        yield Span(rows[r][c].replace("<br>", "\n"), r, c, high, wide)
