"""The document as every parser returns it: headings, paragraphs and tables that know where they stand."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple


class Box(NamedTuple):
    """A rectangle on a page: points from the top left corner of the page as it is seen (after rotation)."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: "Box") -> "Box":
        """The smallest box around both."""
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


class Place(NamedTuple):
    """Where something stands.

    PDF gives ``page`` (from 1) and ``box``. Other formats give ``part`` (``body``, ``footnote``, a sheet's name) with
    ``paragraph``, or ``table``, ``row`` and ``col`` (all counted from 0), a workbook also ``cell`` (D7). What stands
    in several boxes, such as a cell cut by a page break, has its first in ``page`` and ``box`` and all of them in
    ``parts``.
    """

    page: int | None = None
    box: Box | None = None
    part: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None
    parts: tuple["Place", ...] = ()
    cell: str | None = None


NOWHERE = Place()


_NOT_PRINTED = Box(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Ink:
    """A page and a box for each of n characters: ``boxes`` holds 4n numbers (x0, top, x1, bottom), ``runs`` the
    first character and the page of each stretch on one page.

    A character that joins two lines and is not printed itself (a blank, a line feed) has a box of zeros.
    """

    runs: tuple[tuple[int, int], ...]
    boxes: "array[float]"

    def __len__(self) -> int:
        return len(self.boxes) // 4

    def cut(self, start: int, end: int) -> "Ink":
        """The ink of the characters from ``start`` up to ``end``."""
        boxes, runs = self.boxes[4 * start : 4 * end], self.runs
        if len(runs) > 1:
            first = max(bisect_right(runs, start, key=_first_character) - 1, 0)
            runs = tuple((max(at - start, 0), page) for at, page in runs[first:] if at < end) or runs[-1:]
        return Ink(runs, boxes)

    def page(self, i: int) -> int:
        """The page of character ``i``; 0 if it is not printed."""
        return self._run(i) if any(self.boxes[4 * i : 4 * i + 4]) else 0

    def _run(self, i: int) -> int:
        """The page of the stretch that character ``i`` is in."""
        at = bisect_right(self.runs, i, key=_first_character) - 1 if len(self.runs) > 1 else 0
        return self.runs[at][1]

    def lines(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Page and box of every printed line that the characters from ``start`` up to ``end`` stand on."""
        found: list[tuple[int, Box]] = []
        for i in range(max(start, 0), min(end, len(self))):
            box = Box(*self.boxes[4 * i : 4 * i + 4])
            if box == _NOT_PRINTED:
                continue
            page = self._run(i)
            if found and found[-1][0] == page and _same_line(found[-1][1], box):
                found[-1] = (page, found[-1][1].union(box))
            else:
                found.append((page, box))
        return found


def _first_character(run: tuple[int, int]) -> int:
    return run[0]


def _same_line(before: Box, box: Box) -> bool:
    """Whether a character follows another on its line: they overlap by half a height and it does not go back."""
    overlap = min(before.bottom, box.bottom) - max(before.top, box.top)
    height = min(before.bottom - before.top, box.bottom - box.top)
    return overlap >= height / 2 and box.x0 >= before.x0 - 1


@dataclass(frozen=True, slots=True)
class Text:
    """A string as printed, with its place.

    ``string`` holds a line feed only where the author began a new line or paragraph; lines that the page's or the
    cell's width broke are joined. ``home`` is the block or cell it stands in, ``start`` where in that it begins,
    ``ink`` (PDF) the box of each character.
    """

    string: str
    home: Place = NOWHERE
    ink: Ink | None = None
    start: int = field(default=0, compare=False, repr=False)

    def __str__(self) -> str:
        return self.string

    def __bool__(self) -> bool:
        return bool(self.string.strip())

    def __len__(self) -> int:
        return len(self.string)

    @property
    def flat(self) -> str:
        """The string without line feeds and outer blanks, as the output states it."""
        return self.string.replace("\n", "").strip()

    @property
    def place(self) -> Place:
        """Where the whole text stands."""
        return self.place_of(0, len(self.string))

    def place_of(self, start: int, end: int) -> Place:
        """Where the characters from ``start`` up to ``end`` stand: boxes if there is ink, else the home."""
        lines = self.ink.lines(start, end) if self.ink else []
        if not lines:
            return self.home
        h = self.home
        spots = [Place(p, b, h.part, h.paragraph, h.table, h.row, h.col) for p, b in lines]
        first = spots[0]
        if len(spots) == 1:
            return first
        return Place(first.page, first.box, h.part, h.paragraph, h.table, h.row, h.col, tuple(spots))

    def cut(self, start: int, end: int | None = None) -> "Text":
        """The characters from ``start`` up to ``end``, still knowing where they stand."""
        stop = len(self.string) if end is None else end
        ink = self.ink.cut(start, stop) if self.ink else None
        return Text(self.string[start:stop], self.home, ink, self.start + start)

    def strip(self) -> "Text":
        """Without blanks and line feeds at both ends."""
        start = len(self.string) - len(self.string.lstrip())
        return self.cut(start, max(start, len(self.string.rstrip())))

    def lines(self) -> Iterator["Text"]:
        """The author's lines, each as a text of its own, empty ones left out."""
        start = 0
        for line in self.string.split("\n"):
            if line.strip():
                yield self.cut(start, start + len(line))
            start += len(line) + 1


def join(texts: Iterable[Text], between: str = "") -> Text:
    """One text out of several; what stands ``between`` them has no ink. Home and start are those of the first."""
    parts = list(texts)
    if not parts:
        return Text("")
    string = between.join(t.string for t in parts)
    if not any(t.ink for t in parts):
        return Text(string, parts[0].home, None, parts[0].start)
    runs, boxes = list[tuple[int, int]](), array("f")
    for n, text in enumerate(parts):
        gap = len(between) if n else 0
        blank = gap + (0 if text.ink else len(text.string))
        boxes.extend([0.0] * (4 * blank))
        if text.ink:
            runs += [(at + len(boxes) // 4, page) for at, page in text.ink.runs]
            boxes.extend(text.ink.boxes)
    return Text(string, parts[0].home, Ink(tuple(runs), boxes), parts[0].start)


class Heading(NamedTuple):
    """A heading; ``level`` counts from 1 (the document's largest)."""

    text: Text
    level: int


ParagraphKind = Literal["body", "caption", "unit", "contents", "footnote", "header", "footer", "comment"]


class Paragraph(NamedTuple):
    """A paragraph joined over lines and pages; ``kind`` tells captions, contents and the like from the body."""

    text: Text
    kind: ParagraphKind = "body"


class Cell(NamedTuple):
    """A cell of a table's grid: it starts at ``row`` and ``col`` and covers ``rowspan`` by ``colspan`` fields."""

    text: Text
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class Table:
    """A table joined over page breaks.

    ``cells`` are given once each, in reading order; ``number`` counts the document's tables from 0; ``header_rows`` is
    what the format itself says of them (0 if it says nothing). ``place`` has a part for each page. ``is_guess``: no
    rulings or marks tell its cells apart, so that a blank field may be part of a merged cell.
    """

    number: int
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    header_rows: int = 0
    caption: Text | None = None
    unit: Text | None = None
    place: Place = NOWHERE
    is_guess: bool = False

    @cached_property
    def _grid(self) -> dict[tuple[int, int], Cell]:
        grid: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, self.n_rows)):
                for col in range(cell.col, min(cell.col + cell.colspan, self.n_cols)):
                    grid.setdefault((row, col), cell)
        return grid

    def at(self, row: int, col: int) -> Cell | None:
        """The cell that covers a field of the grid."""
        return self._grid.get((row, col))

    def row(self, row: int) -> list[Cell]:
        """The cells that cover a row, from left to right, each once."""
        seen: list[Cell] = []
        for col in range(self.n_cols):
            cell = self.at(row, col)
            if cell is not None and (not seen or seen[-1] is not cell):
                seen.append(cell)
        return seen

    def strings(self) -> list[list[str]]:
        """The grid as strings: a merged cell's text in its first field, "" in the others."""
        rows = [[""] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            rows[cell.row][cell.col] = cell.text.flat
        return rows


Block = Heading | Paragraph | Table


class Problem(NamedTuple):
    """Something that could not be read or is not as it should be, for the user to know: a code and a sentence."""

    code: str
    message: str
    place: Place = NOWHERE


class Page(NamedTuple):
    """A page as seen: number from 1, width and height in points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True)
class Document:
    """Everything read from one file, in reading order."""

    format: str
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    pages_read: int = field(default=0)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))


class Unreadable(Exception):
    """A file that cannot be read: ``status`` as in the output, and one Chinese sentence that says why."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
