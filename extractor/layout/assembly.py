"""Pages' flows put together: paragraphs and tables joined over pages, in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..document import Block
from . import shapes
from .blocks import finish
from .breaks import continues, extend
from .flow import PageFlow
from .furniture import running_lines
from .grid import Grid
from .line import Line
from .open_table import OpenTable, open_table
from .paragraphs import RawParagraph, goes_on, usual_pitch
from .rooms import text_room
from .wrapping import Placed, Room

Raw = RawParagraph | OpenTable


class _Sheet(NamedTuple):
    """A page without its furniture."""

    number: int
    height: float
    items: tuple[Line | Grid, ...]
    room: Room


def flows_to_blocks(flows: list[PageFlow]) -> list[Block]:
    """All blocks of a document in reading order. Takes the flows: the list is empty afterwards, so that a page's
    lines go as soon as its text is made."""
    body_em = usual_em(flows)
    running = running_lines(flows, body_em)
    raw: list[Raw] = []
    furniture: dict[str, RawParagraph] = {}
    sheets = _sheets(flows, running, furniture)
    flows.clear()
    sheets.reverse()
    while sheets:
        _add(raw, sheets.pop(), body_em)
    return finish(raw, list(furniture.values()), body_em)


def usual_em(flows: Sequence[PageFlow]) -> float:
    """The font size of most of the body's characters, in points; of all where hardly any stand outside
    tables."""
    body: Counter[float] = Counter()
    cells: Counter[float] = Counter()
    for flow in flows:
        _count(body, flow.lines)
        for grid in flow.grids:
            _count(cells, [line for cell in grid.cells for line in cell.lines])
    sizes = body if body.total() > max(500, 0.1 * cells.total()) else body + cells
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _count(sizes: Counter[float], lines: Sequence[Line]) -> None:
    for line in lines:
        if line.measured:
            sizes[round(line.em * 2) / 2] += len(line.string)


def _sheets(
    flows: Sequence[PageFlow], running: dict[int, set[int]], furniture: dict[str, RawParagraph]
) -> list[_Sheet]:
    """Pages with their items in order; what runs over pages goes to ``furniture``, once each."""
    kept: list[tuple[Line, ...]] = []
    for n, flow in enumerate(flows):
        gone = running.get(n, set())
        kept.append(tuple(line for i, line in enumerate(flow.lines) if i not in gone))
        for i in sorted(gone):
            line = flow.lines[i]
            furniture.setdefault(line.string, RawParagraph([Placed(line, flow.number, Room(0, flow.width))]))
    rooms: dict[int, Room] = {}
    for width in {round(flow.width) for flow in flows}:
        same = [lines for flow, lines in zip(flows, kept, strict=True) if round(flow.width) == width]
        rooms[width] = text_room(same, width)
    return [
        _Sheet(flow.number, flow.height, _ordered(lines, flow.grids), rooms[round(flow.width)])
        for flow, lines in zip(flows, kept, strict=True)
    ]


def _ordered(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[Line | Grid, ...]:
    items: list[tuple[float, Line | Grid]] = [(line.box.top, line) for line in lines]
    items += [(grid.ys[0], grid) for grid in grids]
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))


def _add(raw: list[Raw], sheet: _Sheet, body_em: float) -> None:
    """Puts one page's items to what came before."""
    placed = [Placed(i, sheet.number, sheet.room) for i in sheet.items if isinstance(i, Line)]
    pitch = usual_pitch(placed)
    items = list(sheet.items)
    _continue_table(raw, items, sheet.number)
    for item in items:
        if isinstance(item, Grid):
            raw.append(open_table(item, sheet.number))
            continue
        here = Placed(item, sheet.number, sheet.room)
        last = raw[-1] if raw else None
        if isinstance(last, RawParagraph) and goes_on(last, here, pitch, body_em):
            last.placed.append(here)
        else:
            raw.append(RawParagraph([here]))


def _continue_table(raw: list[Raw], items: list[Line | Grid], page: int) -> None:
    """Joins the page's first table to the one that ended the page before; takes what was used from
    ``items``."""
    table = raw[-1] if raw else None
    if not isinstance(table, OpenTable) or table.parts[-1][0] != page - 1:
        return
    first = next((i for i, item in enumerate(items) if isinstance(item, Grid)), None)
    if first is None or not all(_may_precede(item, raw) for item in items[:first]):
        return
    grid = items[first]
    if isinstance(grid, Grid) and continues(table, grid):
        extend(table, grid, page)
        del items[: first + 1]


def _may_precede(item: Line | Grid, raw: list[Raw]) -> bool:
    """Whether a line above a table may stand there although the table goes on: 续表, its caption or unit
    again."""
    if not isinstance(item, Line):
        return False
    if shapes.is_continued(item.string):
        return True
    above = [r.string for r in raw[-4:] if isinstance(r, RawParagraph)]
    plain = shapes.without_continued(item.string)
    return (shapes.is_caption(item.string) or shapes.is_unit(item.string)) and plain in above
