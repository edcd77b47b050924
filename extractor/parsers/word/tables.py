"""w:tbl to a grid: rows that were merged, cut or drawn by hand get the columns that a reader sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractor.parsers.grid import Field, squeeze
from extractor.parsers.word.columns import by_grid, by_width
from extractor.parsers.word.names import Element, W, contents, number, toggle, value

MAX_COLUMNS = 512
"""Columns of a table; Word itself allows 63. A wider span is cut (``limit-columns``)."""
MAX_FIELDS = 2_000_000
"""Rows times columns of a table; the rows beyond are left out (``limit-table``)."""


class Box(NamedTuple):
    """A w:tc: its columns (``start`` up to ``end``) and its text; ``width`` in twentieths of a point."""

    start: int
    end: int
    string: str
    goes_on: bool = False
    width: int = 0


class Row(NamedTuple):
    """A w:tr: its boxes, the width left free before them, and the last column that it says it has."""

    boxes: list[Box]
    before: int
    total: int
    header: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table without a place yet; ``faults`` are the limits it was cut at, ``nested`` the tables inside."""

    fields: tuple[Field, ...]
    size: tuple[int, int]
    header_rows: int
    nested: tuple[Grid, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def string(self) -> str:
        """All text, a line for each cell."""
        return "\n".join(f.string for f in self.fields if f.string)


class Content(NamedTuple):
    """What a cell holds: its text and the tables inside it."""

    string: str
    nested: list[Grid]


def read_table(table: Element, read_cell: Callable[[Element], Content]) -> Grid:
    """The grid of a w:tbl; ``read_cell`` gives the content of a w:tc."""
    grid = table.find(W + "tblGrid")
    widths = [] if grid is None else [number(col.get(W + "w")) for col in grid.iterchildren(W + "gridCol")]
    faults: set[str] = set()
    nested: list[Grid] = []
    most = min(max(len(widths), 1), MAX_COLUMNS)
    rows = [_row(tr, read_cell, nested, most, faults) for tr in _rows(table)]
    rows = by_width(rows) or by_grid(rows, widths)
    n_cols = max((row.total for row in rows), default=0)
    if len(rows) * n_cols > MAX_FIELDS:
        rows = rows[: max(MAX_FIELDS // n_cols, 1)]
        faults.add("limit-table")
    fields, n_cols = squeeze(_merge(rows), n_cols)
    header_rows = next((n for n, row in enumerate(rows) if not row.header), len(rows))
    return Grid(tuple(fields), (len(rows), n_cols), header_rows, tuple(nested), tuple(sorted(faults)))


def _rows(table: Element) -> Iterator[Element]:
    """The rows that a reader sees: not those whose deletion was tracked."""
    for tr in contents(table):
        if tr.tag == W + "tr":
            props = tr.find(W + "trPr")
            if props is None or props.find(W + "del") is None:
                yield tr


def _row(
    tr: Element, read_cell: Callable[[Element], Content], nested: list[Grid], most: int, faults: set[str]
) -> Row:
    props = tr.find(W + "trPr")
    boxes: list[Box] = []
    at = _bounded(number(value(props, "gridBefore")), 0, most, faults)
    for tc in contents(tr):
        if tc.tag != W + "tc":
            continue
        content = read_cell(tc)
        nested.extend(content.nested)
        cell = tc.find(W + "tcPr")
        if value(cell, "hMerge") == "continue" and boxes:
            boxes[-1] = boxes[-1]._replace(end=at + 1, width=boxes[-1].width + _width(cell, "tcW"))
            at += 1
            continue
        end = at + _bounded(number(value(cell, "gridSpan"), 1), 1, most, faults)
        boxes.append(Box(at, end, content.string, _goes_on(cell), _width(cell, "tcW")))
        at = end
    after = _bounded(number(value(props, "gridAfter")), 0, most, faults)
    return Row(boxes, _width(props, "wBefore"), at + after, toggle(props, "tblHeader") or False)


def _bounded(span: int, least: int, most: int, faults: set[str]) -> int:
    """A span within what the table's own grid allows, where it claims more columns than any table has."""
    if span > MAX_COLUMNS:
        faults.add("limit-columns")
        return most
    return max(span, least)


def _goes_on(cell: Element | None) -> bool:
    """Whether a cell continues the one above: vMerge without a value, or ``continue``."""
    merge = None if cell is None else cell.find(W + "vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _width(props: Element | None, name: str) -> int:
    """A width in twentieths of a point, 0 if it is none or given otherwise."""
    found = None if props is None else props.find(W + name)
    if found is None or found.get(W + "type", "dxa") != "dxa":
        return 0
    return max(number((found.get(W + "w") or "").partition(".")[0]), 0)


def _merge(rows: list[Row]) -> list[Field]:
    """The cells in reading order, those that go on over several rows made one."""
    fields: list[Field] = []
    above: dict[int, int] = {}
    for r, row in enumerate(rows):
        open_now: dict[int, int] = {}
        for box in row.boxes:
            upper = above.get(box.start) if box.goes_on else None
            if upper is not None and fields[upper].colspan == box.end - box.start:
                fields[upper] = fields[upper]._replace(rowspan=r - fields[upper].row + 1)
            else:
                upper = len(fields)
                fields.append(Field(box.string, r, box.start, 1, box.end - box.start))
            open_now[box.start] = upper
        above = open_now
    return fields
