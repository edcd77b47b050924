"""Reads a source's Markdown to its figures. Nothing here asks the tool: tables are read from their pipes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace

from making.source import DIRECTIVE, PIPE, Source

from seeding.entries import entries_of, head_of
from seeding.figures import NUMBER, UNIT
from seeding.sheet import HAN, Cell, Sheet, Spot, Table

NOT_A_FIGURE = re.compile(r"(?:指标|底稿|附件|附表|附录|表|图|第|〔|\d月|代码\D?)\s*$")
DATE_TAIL = re.compile(r"\s*(?:年|月|号|〕|-\d)")
STOP = re.compile(r"[。；！？\n]|<br>")


def read(source: Source) -> Sheet:
    """Reads a source's Markdown."""
    tables: list[Table] = []
    paragraphs: dict[int, str] = {}
    spots: list[Spot] = []
    section = ""
    for block, (lines, about) in enumerate(_blocks(source.text)):
        start, text = lines[0]
        if text.startswith("|"):
            tables.append(_table(lines, len(tables), block, section, about))
            continue
        if text.startswith("#"):
            section = text.lstrip("# ")
        paragraphs[block] = text
        spots += _spots(text, start, block, section)
    for table in tables:
        spots += (s for c in dict.fromkeys(table.cells.values()) for s in _of_cell(table, c))
    entries = (e for t in tables for n, form in enumerate(t.forms) for e in entries_of(t, n, *form))
    return Sheet(source, tuple(spots), tuple(tables), tuple(entries), paragraphs)


def _blocks(text: str) -> Iterator[tuple[list[tuple[int, str]], dict[str, object]]]:
    """Runs of table lines, or single lines, with their offsets; directives are kept for the next table."""
    at, run = 0, list[tuple[int, str]]()
    forms: list[tuple[str, dict[str, str]]] = []
    unit = (-1, "")
    for line in [*text.split("\n"), ""]:
        if run and not line.startswith("|"):
            yield run, {"forms": tuple(forms), "unit": unit}
            run, forms, unit = [], [], (-1, "")
        if mark := DIRECTIVE.fullmatch(line.strip()):
            if mark[1] == "form":
                kind, *pairs = shlex.split(mark[2])
                forms.append((kind, dict(p.split("=", 1) for p in pairs)))
        elif line.startswith("|"):
            run.append((at, line))
        elif said := re.fullmatch(r"(?:金额)?单位：(\S+)", line):
            unit = (at + said.start(1), said[1])
        elif line.strip():
            yield [(at, line)], {}
        at += len(line) + 1


def _table(
    lines: list[tuple[int, str]], number: int, block: int, section: str, about: dict[str, object]
) -> Table:
    """The cells of pipe lines; ``<`` and ``^`` belong to the cell at the left or above."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    found: dict[tuple[int, int], tuple[int, str]] = {}
    kept: list[tuple[int, int]] = []
    for start, line in lines:
        parts = list(_fields(start, line))
        if all(re.fullmatch(":?-+:?", t) for _, t in parts):
            continue
        for c, (at, text) in enumerate(parts):
            before = {"<": (len(kept), c - 1), "^": (len(kept) - 1, c)}.get(text)
            owner[len(kept), c] = owner[before] if before else (len(kept), c)
            found[len(kept), c] = (at, text)
        kept.append((start, start + len(line) + 1))
    cells = {}
    for home in dict.fromkeys(owner.values()):
        rows = 1 + max(r for (r, _), of in owner.items() if of == home) - home[0]
        cells[home] = Cell(found[home][1], found[home][0], number, *home, rows)
    every = {at: cells[home] for at, home in owner.items()}
    return Table(number, block, every, tuple(kept), about["forms"], about["unit"], section)  # type: ignore[arg-type]


def _fields(start: int, line: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each field between the pipes of a line."""
    at = start + 1
    for part in PIPE.split(line)[1:-1]:
        yield at + len(part) - len(part.lstrip()), part.strip()
        at += len(part) + 1


def _spots(text: str, start: int, block: int, section: str = "", cell: Cell | None = None) -> Iterator[Spot]:
    """The figures of a text; dates, codes and numbers of lists, tables and documents are none."""
    ends = [0, *(m.end() for m in STOP.finditer(text)), len(text)]
    for found in NUMBER.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        listed = not before.strip("# |（(") and re.match(r"[.、．)）]", after) and cell is None
        if NOT_A_FIGURE.search(before) or DATE_TAIL.match(after) or listed:
            continue
        sentence = max(e for e in ends if e <= found.start())
        unit = UNIT.match(after)
        said = text[sentence : found.start()]
        at = start + found.start()
        yield Spot(
            found[0], at, unit[0] if unit else "", block, start + sentence, said, cell=cell, section=section
        )


def _of_cell(table: Table, cell: Cell) -> Iterator[Spot]:
    """The figures of a cell, with the heads of its row and of its column."""
    left = [c for c in table.row(cell.row)[: cell.col] if HAN.search(c.text)]
    left = [c for c in left if c.rows == 1] or left
    labels = tuple(dict.fromkeys(c.text.replace("<br>", "") for c in left))
    for spot in _spots(cell.text, cell.start, table.block, table.section, cell):
        yield replace(spot, labels=labels, head=_head(table, cell).replace("<br>", ""))


def _head(table: Table, cell: Cell) -> str:
    """The head of a cell's column: as the directive names it, else the nearest words above."""
    named = [r for _, says in table.forms if "head" in says and (r := head_of(table, says)[0]) < cell.row]
    if named:
        return table.cells[named[-1], cell.col].text
    above = (table.cells[r, cell.col].text for r in range(cell.row - 1, -1, -1))
    return next((t for t in above if HAN.search(t) and len(t) < 20 and not re.match(r"[≥≤><=]?\s*\d", t)), "")
