"""Body lines to paragraphs, over pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..document import Box, Place, Text
from .shapes import is_caption, is_contents, is_unit, numbering_level
from .wrapping import Placed, joint, lines_to_text

_NO_TEXT = Text("")
_LOOSE = 1.45  # times the usual distance of lines: a gap between paragraphs


@dataclass(slots=True, eq=False, repr=False)
class RawParagraph:
    """The lines of one paragraph, until all are there: its text is made then, and they are not held any longer.

    Once it is closed, ``em`` is the font size of its first line and ``n_lines`` how many there were.
    """

    placed: list[Placed]
    text: Text = _NO_TEXT
    em: float = 0.0
    n_lines: int = 0

    @property
    def string(self) -> str:
        """As printed, lines joined without breaks; only as long as it is not closed."""
        return "".join(p.line.string for p in self.placed)

    def close(self) -> None:
        """Makes the text, as all its lines are there."""
        self.text = lines_to_text(self.placed, self._home())
        self.em, self.n_lines = self.placed[0].line.em, len(self.placed)
        self.placed = []

    def _home(self) -> Place:
        """Page and box; a part for each page."""
        boxes: dict[int, Box] = {}
        for p in self.placed:
            boxes[p.page] = boxes[p.page].union(p.line.box) if p.page in boxes else p.line.box
        parts = tuple(Place(page, box) for page, box in boxes.items())
        return Place(parts[0].page, parts[0].box, parts=parts if len(parts) > 1 else ())


def goes_on(paragraph: RawParagraph, lower: Placed, pitch: float, body_em: float) -> bool:
    """Whether a line belongs to the paragraph above it."""
    upper = paragraph.placed[-1]
    a, b = upper.line, lower.line
    if abs(a.em - b.em) > (0.08 if a.measured and b.measured else 0.3) * max(a.em, b.em) or a.turn != b.turn:
        return False
    if upper.page == lower.page and b.box.top - a.box.top > max(_LOOSE * pitch, 1.2 * a.em):
        return False
    if _stands_alone(paragraph.string, body_em, a.em) or is_unit(b.string) or is_caption(b.string):
        return False
    if b.start - upper.room.left > 1.5 * b.em and b.start - a.start > 1.2 * b.em:
        return False  # a first line's indent
    if upper.page != lower.page and numbering_level(b.string) is not None and a.string[-1] in "。；;":
        return False
    return joint(upper, lower) != "\n"


def _stands_alone(string: str, body_em: float, em: float) -> bool:
    if is_unit(string) or is_contents(string, False):
        return True
    return em < 1.1 * body_em and is_caption(string) and len(string) < 30


def usual_pitch(lines: Sequence[Placed]) -> float:
    """The usual distance between the tops of lines that follow each other, in points."""
    steps = sorted(
        b.line.box.top - a.line.box.top
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < b.line.box.top - a.line.box.top < 4 * a.line.em
    )
    return steps[len(steps) // 3] if steps else 0.0
