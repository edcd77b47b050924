"""The sizes of a document's print, counted page by page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .flow import PageFlow
from .line import Line


@dataclass(slots=True, eq=False, repr=False)
class PrintSizes:
    """How many characters of ``body`` and ``cells`` have each font size (points, to the half)."""

    body: Counter[float] = field(default_factory=Counter)
    cells: Counter[float] = field(default_factory=Counter)

    def count(self, flow: PageFlow) -> None:
        """Takes in a page."""
        _count(self.body, flow.lines)
        for grid in flow.grids:
            _count(self.cells, [line for cell in grid.cells for line in cell.lines])

    def usual(self) -> float:
        """The font size of most of the body's characters, in points; of all where hardly any stand outside
        tables."""
        body, cells = self.body, self.cells
        sizes = body if body.total() > max(500, 0.1 * cells.total()) else body + cells
        return max(sizes, key=sizes.__getitem__, default=0.0)


def _count(sizes: Counter[float], lines: Sequence[Line]) -> None:
    for line in lines:
        if line.measured:
            sizes[round(line.em * 2) / 2] += len(line.string)
