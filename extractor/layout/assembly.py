"""Pages' flows put together: paragraphs and tables joined over pages, in reading order.

Pages are put together a section at a time, so that what is held besides the text made does not grow with the
document: what pages have in common (margins, running heads, the usual print) is told from a section and the pages
that wait after it. A document of fewer pages is one section.
"""

from collections.abc import Iterator, Sequence
from itertools import count, pairwise
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
from .overflow import with_overflow
from .paragraphs import RawParagraph, goes_on, usual_pitch
from .print_sizes import PrintSizes
from .rooms import text_room
from .wrapping import Placed, Room

Raw = RawParagraph | OpenTable
_SECTION = 32  # pages put together at once; as many may wait after them
_REACH = 4  # paragraphs and tables above a page break that what stands below it may have to do with


class _Sheet(NamedTuple):
    """A page without its furniture."""

    number: int
    height: float
    items: tuple[Line | Grid, ...]
    room: Room


class Assembly:
    """A document in the making: takes pages in their order, gives its blocks at the end."""

    def __init__(self) -> None:
        self._waiting: list[PageFlow] = []
        self._sizes = PrintSizes()
        self._raw: list[Raw] = []
        self._n_closed = 0  # of the raw ones, those that can grow no more
        self._numbers = count()  # of tables
        self._furniture: dict[str, RawParagraph] = {}
        self._leaves_open = False  # a cell that a page break cuts has no ruling at its foot

    def take(self, flows: Sequence[PageFlow]) -> None:
        """Takes in the pages that come next."""
        for flow in flows:
            self._sizes.count(flow)
        self._waiting += flows
        while len(self._waiting) >= 2 * _SECTION:
            self._put(_SECTION)

    def blocks(self) -> list[Block]:
        """All blocks in reading order; nothing can be taken in afterwards."""
        self._put(len(self._waiting))
        self._close(len(self._raw))
        return finish(self._raw, list(self._furniture.values()), self._sizes.usual())

    def _put(self, n: int) -> None:
        """Puts the first ``n`` waiting pages to what came before; their lines go as soon as their text is made."""
        body_em = self._sizes.usual()
        self._leaves_open |= _leaves_open(self._waiting)
        running = running_lines(self._waiting, body_em)
        sheets = _sheets(self._waiting, running, n, self._furniture)
        del self._waiting[:n]
        sheets.reverse()
        while sheets:
            _add(self._raw, sheets.pop(), body_em, self._numbers, self._leaves_open)
            self._close(len(self._raw) - _REACH)

    def _close(self, end: int) -> None:
        """Makes the texts of what stands before ``end`` in the list."""
        for item in self._raw[self._n_closed : max(end, 0)]:
            item.close()
        self._n_closed = max(self._n_closed, end)


def _leaves_open(flows: Sequence[PageFlow]) -> bool:
    """Whether a page ends with a table open at its foot that may go on: then what ends there is closed."""
    return any(
        flow.grids and below.grids and any(cell.is_open for cell in flow.grids[-1].cells)
        for flow, below in pairwise(flows)
    )


def _sheets(
    flows: Sequence[PageFlow], running: dict[int, set[int]], first: int, furniture: dict[str, RawParagraph]
) -> list[_Sheet]:
    """The ``first`` pages with their items in order; what runs over pages goes to ``furniture``, once each."""
    kept: list[tuple[Line, ...]] = []
    for n, flow in enumerate(flows):
        gone = running.get(n, set())
        kept.append(tuple(line for i, line in enumerate(flow.lines) if i not in gone))
        for line in (flow.lines[i] for i in sorted(gone) if n < first):
            if line.string not in furniture:
                furniture[line.string] = RawParagraph([Placed(line, flow.number, Room(0, flow.width))])
                furniture[line.string].close()
    rooms: dict[int, Room] = {}
    for width in {round(flow.width) for flow in flows}:
        same = [lines for flow, lines in zip(flows, kept, strict=True) if round(flow.width) == width]
        rooms[width] = text_room(same, width)
    return [
        _Sheet(flow.number, flow.height, _ordered(lines, flow.grids), rooms[round(flow.width)])
        for flow, lines in zip(flows[:first], kept[:first], strict=True)
    ]


def _ordered(lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[Line | Grid, ...]:
    items: list[tuple[float, Line | Grid]] = [(line.box.top, line) for line in lines]
    items += [(grid.ys[0], grid) for grid in grids]
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))


def _add(raw: list[Raw], sheet: _Sheet, body_em: float, numbers: Iterator[int], leaves_open: bool) -> None:
    """Puts one page's items to what came before; ``numbers`` are those of tables to come."""
    placed = [Placed(i, sheet.number, sheet.room) for i in sheet.items if isinstance(i, Line)]
    pitch = usual_pitch(placed)
    items = with_overflow(sheet.items)
    _continue_table(raw, items, sheet.number, leaves_open)
    for item in items:
        if isinstance(item, Grid):
            raw.append(open_table(item, sheet.number, next(numbers)))
            continue
        here = Placed(item, sheet.number, sheet.room)
        last = raw[-1] if raw else None
        if isinstance(last, RawParagraph) and goes_on(last, here, pitch, body_em):
            last.placed.append(here)
        else:
            raw.append(RawParagraph([here]))


def _continue_table(raw: list[Raw], items: list[Line | Grid], page: int, leaves_open: bool) -> None:
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
        extend(table, grid, page, leaves_open)
        del items[: first + 1]


def _may_precede(item: Line | Grid, raw: list[Raw]) -> bool:
    """Whether a line above a table may stand there although the table goes on: 续表, its caption or unit
    again."""
    if not isinstance(item, Line):
        return False
    if shapes.is_continued(item.string):
        return True
    above = [r.string for r in raw[-_REACH:] if isinstance(r, RawParagraph)]
    plain = shapes.without_continued(item.string)
    return (shapes.is_caption(item.string) or shapes.is_unit(item.string)) and plain in above
