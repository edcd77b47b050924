"""A clean source as the benchmark sees it: every figure with its place and what it is said to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from making.labels import split
from making.source import Source

from seeding.figures import SCALE, value

HAN = re.compile(r"[㐀-鿿]+")
NO_NAME = re.compile(
    r"^(?:绩效|产出|效益|满意度|数量|质量|时效|成本|社会效益|经济效益|服务对象满意度)?指标(?:（\d+分）)?$|（\d+分）$"
    r"|^[≥≤=><]|指标值|完成值|实际值|得分|分值|权重|比重|总体目标$|说明$|情况$|过程$|管理$|^产出|^(?:社会|经济|生态)效益$|^满意度$|^\d|项目资金"
)


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
    """A printed figure: number, unit, place, the words before it, its row's and column's labels."""

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
        """What the figure is said to be: the heads of its row and column, or the words just before it."""
        tail = re.split(r"[，。；：:\d]", self.before)[-1][-14:]
        return "｜".join([*self.labels, self.head]) if self.whole_cell else tail

    @property
    def names(self) -> tuple[str, ...]:
        """What a finding may call it: its row, or the words before it."""
        said = [*(split(label)[1] for label in self.labels), *HAN.findall(self.label)[-1:]]
        return tuple(dict.fromkeys(s for s in said if 2 < len(s) <= 20 and not NO_NAME.search(s)))


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
    """A table: its cells by field (merged fields give one cell), its unit line, the lines of its rows."""

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
    """A source read; ``paragraphs`` are those of the prose by the number of their block."""

    source: Source
    spots: tuple[Spot, ...]
    tables: tuple[Table, ...]
    entries: tuple[Entry, ...]
    paragraphs: dict[int, str] = field(hash=False, compare=False)

    def at(self, cell: Cell) -> list[Spot]:
        """The figures of a cell."""
        return [s for s in self.spots if s.cell == cell]
