"""A clean source as the benchmark sees it: every figure with its place and label, read by the source's own directives.

Nothing here asks the tool: tables are read from their pipes, indicator rows from the ``form`` directives.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from making.labels import FIELDS, PLACEHOLDER, split
from making.source import DIRECTIVE, PIPE, Source

from seeding.figures import NUMBER, SCALE, UNIT, value

HAN = re.compile(r"[㐀-鿿]+")
NOT_A_FIGURE = re.compile(r"(?:指标|底稿|附件|附表|附录|表|图|第|〔|\d月|代码\D?)\s*$")
DATE_TAIL = re.compile(r"\s*(?:年|月|号|〕|-\d)")
STOP = re.compile(r"[。；！？\n]|<br>")
RULES = re.compile(r"评分标准|评分规则|评分细则|评价标准|计分|评分办法")


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text and where it stands in the source; ``rows`` and ``cols`` it covers."""

    text: str
    start: int
    table: int
    row: int
    col: int
    rows: int = 1

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Spot:
    """A printed figure: number without unit, where it stands, what is said before it, its row's and column's labels."""

    text: str
    start: int
    unit: str
    block: int
    sentence: int
    before: str
    labels: tuple[str, ...] = ()
    head: str = ""
    cell: Cell | None = None
    section: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def value(self) -> Decimal:
        return value(self.text)

    @property
    def rounded(self) -> bool:
        return self.unit in SCALE

    @property
    def whole_cell(self) -> bool:
        """Whether the figure, its sign and its unit are all that its cell says."""
        return self.cell is not None and len(HAN.findall(self.before)) == 0

    @property
    def label(self) -> str:
        """What the figure is said to be: the words just before it, or the heads of its row and column."""
        tail = re.split(r"[，。；：:\d]", self.before)[-1][-14:]
        return tail if len("".join(HAN.findall(tail))) >= 2 else "｜".join([*self.labels, self.head])


@dataclass(frozen=True)
class Entry:
    """An indicator row (or a worksheet): its form's kind, its code and name, and its cells by field."""

    kind: str
    form: int
    code: str
    name: str
    cells: dict[str, Cell] = field(hash=False, compare=False)

    @property
    def key(self) -> str:
        return self.code or self.name


@dataclass(frozen=True)
class Table:
    """A table: its cells by field (merged fields give the same cell), its unit line, and the lines of its rows."""

    number: int
    block: int
    cells: dict[tuple[int, int], Cell] = field(hash=False, compare=False)
    lines: tuple[tuple[int, int], ...] = ()
    forms: tuple[tuple[str, dict[str, str]], ...] = field(default=(), hash=False, compare=False)
    unit: tuple[int, str] = (-1, "")
    section: str = ""

    @property
    def n_cols(self) -> int:
        return max(c for _, c in self.cells) + 1

    def row(self, number: int) -> list[Cell]:
        """The cells of a row, each field's own."""
        return [self.cells[number, c] for c in range(self.n_cols)]


@dataclass(frozen=True)
class Sheet:
    """A source read."""

    source: Source
    spots: tuple[Spot, ...]
    tables: tuple[Table, ...]
    paragraphs: tuple[tuple[int, int, str, str], ...]  # start, block, text, section

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(e for t in self.tables for n, f in enumerate(t.forms) for e in _entries(t, n, *f))

    def at(self, cell: Cell) -> list[Spot]:
        """The figures of a cell."""
        return [s for s in self.spots if s.cell == cell]


def read(source: Source) -> Sheet:
    """Reads a source's Markdown."""
    tables: list[Table] = []
    paragraphs: list[tuple[int, int, str, str]] = []
    section, block = "", 0
    for lines, about in _blocks(source.text):
        block += 1
        start, text = lines[0]
        if text.startswith("|"):
            tables.append(_table(lines, len(tables), block, section, about))
            continue
        if text.startswith("#"):
            section = text.lstrip("# ")
        paragraphs.append((start, block, text, section))
    prose = (s for at, n, text, sec in paragraphs for s in _spots(text, at, n, section=sec))
    cells = (s for t in tables for c in dict.fromkeys(t.cells.values()) for s in _of_cell(t, c))
    return Sheet(source, tuple([*prose, *cells]), tuple(tables), tuple(paragraphs))


def _blocks(text: str) -> Iterator[tuple[list[tuple[int, str]], dict[str, object]]]:
    """Runs of table lines, or single lines, with the offset of each; directives are kept for the next table."""
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


def _table(lines: list[tuple[int, str]], number: int, block: int, section: str, about: dict[str, object]) -> Table:
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
        yield Spot(found[0], start + found.start(), unit[0] if unit else "", block, start + sentence, said, (), "", cell, section)


def _of_cell(table: Table, cell: Cell) -> Iterator[Spot]:
    """The figures of a cell, with the heads of its row and of its column."""
    left = [c for c in table.row(cell.row)[: cell.col] if HAN.search(c.text)]
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


def _entries(table: Table, number: int, kind: str, says: dict[str, str]) -> Iterator[Entry]:
    """The indicator rows of a form, or the one indicator of a worksheet."""
    if "head" not in says:
        rows = {table.cells[r, 0].text: table.cells[r, 1] for r in range(len(table.lines))}
        cells = {f: rows[says[f]] for f in FIELDS if f in says}
        cells |= {"rule": c for head, c in rows.items() if RULES.search(head)}
        yield Entry(kind, table.number * 10 + number, *split(rows[says["name"]].text), {**cells, "name": rows[says["name"]]})
        return
    start, columns = head_of(table, says)
    for r in range(start + 1, len(table.lines)):
        row = table.row(r)
        if any(re.match(says.get("until", r"总\s*分|合\s*计"), c.text) for c in row):
            return
        name = row[columns["name"]]
        if name.row != r or PLACEHOLDER.fullmatch(name.text) or re.match(says.get("skip", "小计"), name.text):
            continue
        yield Entry(kind, table.number * 10 + number, *split(name.text), {f: row[c] for f, c in columns.items()})


def head_of(table: Table, says: dict[str, str]) -> tuple[int, dict[str, int]]:
    """The head's row that a directive names, and the column of each field."""
    rows = [[c.text.replace("<br>", "") for c in table.row(r)] for r in range(len(table.lines))]
    heads = [i for i, row in enumerate(rows) if says["head"] in row]
    start = heads[int(says.get("nth", "1")) - 1]
    columns = {key: rows[start].index(says[key]) for key in ("name", "op", "unit", *FIELDS) if key in says}
    ruled = [i for i, text in enumerate(rows[start]) if RULES.search(text)]
    return start, columns | ({"rule": ruled[0]} if ruled else {})
