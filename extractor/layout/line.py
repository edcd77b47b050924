"""A printed line: its string, its size, and where each of its characters stands."""

from array import array
from typing import NamedTuple

from ..document import Box

_BOX = 16  # bytes of a character's box


class Marks(NamedTuple):
    """Where the characters of many lines stand: ``ink`` four floats each, their boxes as seen (zeros for a
    blank that is a gap), as bytes; ``spans`` two floats each, start and end along their line."""

    ink: bytes
    spans: "array[float]"


class Line(NamedTuple):
    """One printed line.

    Its characters are those of ``marks`` from number ``first`` on. ``start`` and ``end`` say where it begins and
    ends along its own direction, ``firm_end`` where it ends without a last punctuation mark, which may hang over
    the margin. ``em`` is the font size in points, ``measured`` on wide characters or else guessed from the
    height; ``turn`` quarter turns clockwise; ``blank_end``: a typed blank stood at the end.
    """

    string: str
    box: Box
    em: float
    start: float
    end: float
    firm_end: float
    marks: Marks
    first: int
    turn: int = 0
    blank_end: bool = False
    measured: bool = True

    @property
    def ink(self) -> bytes:
        """The box of each character, as Marks has them."""
        return self.marks.ink[_BOX * self.first : _BOX * (self.first + len(self.string))]

    def start_of(self, i: int) -> float:
        """Where character ``i`` begins, along the line."""
        return self.marks.spans[2 * (self.first + i)]

    def end_of(self, i: int) -> float:
        """Where character ``i`` ends, along the line."""
        return self.marks.spans[2 * (self.first + i) + 1]

    def part(self, start: int, end: int) -> "Line":
        """The characters from ``start`` up to ``end`` of an upright line, as a line of their own."""
        left, right = self.start_of(start), self.end_of(end - 1)
        box = Box(left, self.box.top, right, self.box.bottom)
        return self._replace(
            string=self.string[start:end],
            box=box,
            start=left,
            end=right,
            firm_end=right,
            first=self.first + start,
        )
