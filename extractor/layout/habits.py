"""What is usual in a table that runs over pages, kept as it grows: a page break then costs as much on page
300 as on page 3."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .arrays import median
from .wrapping import Placed

Column = tuple[int, int]  # the first column that a cell covers, and how many
_FEWEST_FEET = 2
_ENOUGH = 2000  # distances between lines, after which more of them say nothing new


@dataclass(slots=True, eq=False, repr=False)
class Habits:
    """Counts over the cells that can grow no more: by column, how many ``merged`` ones are filled and how many
    plain ones are empty (``gaps``). ``steps`` are distances between the tops of lines of Chinese text, in
    points; ``feet`` what is left under the lowest line of a row, in points; ``labels`` counts cells that say what the
    table's first cell says."""

    steps: list[float] = field(default_factory=list)
    feet: list[float] = field(default_factory=list)
    merged: Counter[Column] = field(default_factory=Counter)
    gaps: Counter[Column] = field(default_factory=Counter)
    labels: int = 0

    @property
    def pitch(self) -> float:
        """The usual distance between the tops of lines, in points (0 if none says)."""
        return median(self.steps) if self.steps else 0.0

    @property
    def foot(self) -> float:
        """What is usually left under a row's lowest line, in points (0 if no row says)."""
        return median(self.feet) if len(self.feet) >= _FEWEST_FEET else 0.0

    def measure_feet(self, feet: Iterable[float]) -> None:
        """Takes in what is left under rows that no page break ends."""
        if len(self.feet) < _ENOUGH:
            self.feet += feet

    def count(self, column: Column, rowspan: int, is_filled: bool) -> None:
        """Takes in a cell that can grow no more."""
        if rowspan > 1 and is_filled:
            self.merged[column] += 1
        elif rowspan == 1 and not is_filled:
            self.gaps[column] += 1

    def measure(self, cells: Iterable[Sequence[Placed]]) -> None:
        """Takes in the lines of cells of a page."""
        if len(self.steps) < _ENOUGH:
            self.steps += [
                b.line.box.top - a.line.box.top
                for lines in cells
                for a, b in pairwise(lines)
                if a.page == b.page and b.line.string[0] > "⺀"
            ]

    def widen(self, at: int) -> None:
        """A column was put in before column ``at``."""
        self.merged = Counter({widened(column, at): n for column, n in self.merged.items()})
        self.gaps = Counter({widened(column, at): n for column, n in self.gaps.items()})


def widened(column: Column, at: int) -> Column:
    """A cell's columns after one was put in before column ``at``."""
    first, n = column
    if first >= at:
        return first + 1, n
    return (first, n + 1) if first + n >= at else column
