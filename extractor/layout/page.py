"""What an engine reads from one page: characters and ruling edges, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from . import limits
from .arrays import np, npt

Floats = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Fault = tuple[str, str]  # a problem's code and its Chinese sentence

_REACH = 4e4
SLANTED = -1  # the turn of a watermark's characters


@dataclass(frozen=True, slots=True, eq=False)
class Chars:
    """n characters in the order in which the page draws them.

    ``codes`` n Unicode numbers; ``boxes`` (n, 4) x0, top, x1, bottom in points, font-high; ``turns`` n
    numbers of quarter turns clockwise (0 upright, 1 read downwards, 3 read upwards; SLANTED for others).
    ``seen`` are the boxes as seen when ``boxes`` have been turned for reading; otherwise the same array.
    """

    codes: Codes
    boxes: Floats
    turns: Ints
    seen: Floats

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, which: Bools | Ints | slice) -> "Chars":
        """Some of the characters, by mask, index or slice."""
        boxes = self.boxes[which]
        seen = boxes if self.seen is self.boxes else self.seen[which]
        return Chars(self.codes[which], boxes, self.turns[which], seen)


def stacked(parts: Sequence[Chars]) -> tuple[Chars, Ints]:
    """The characters of several pages in one, and the number (from 0) of the page of each."""
    pages = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    if len(parts) == 1:
        return parts[0], pages
    boxes = np.concatenate([part.boxes for part in parts])
    same = all(part.seen is part.boxes for part in parts)
    seen = boxes if same else np.concatenate([part.seen for part in parts])
    codes, turns = (
        np.concatenate(column) for column in zip(*((p.codes, p.turns) for p in parts), strict=True)
    )
    return Chars(codes, boxes, turns, seen), pages


def within_reach(boxes: Floats) -> Floats:
    """Boxes with every number within 40,000 points; what is further off, or no number, stands at that edge."""
    if len(boxes) and not np.abs(boxes).max() <= _REACH:
        return np.clip(np.nan_to_num(boxes), -_REACH, _REACH)
    return boxes


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Straight ruling edges: ``across`` (n, 3) y, x0, x1 and ``down`` (n, 3) x, top, bottom, in points."""

    across: Floats
    down: Floats

    def __len__(self) -> int:
        return len(self.across) + len(self.down)

    def plus(self, more: "Edges") -> "Edges":
        """Both together."""
        return Edges(np.concatenate((self.across, more.across)), np.concatenate((self.down, more.down)))


NO_EDGES = Edges(np.empty((0, 3)), np.empty((0, 3)))


class PageContent(NamedTuple):
    """One page as an engine read it: number from 1, size in points, origin at the top left of the page as
    seen.

    ``pictured`` is the part of the page that its largest picture covers (0 to 1), ``curves`` counts curved
    path segments; ``faults`` says what a limit or a fault left out, as (code, Chinese sentence). ``is_cut``: a
    string so long that the engine has cut it.
    """

    number: int
    width: float
    height: float
    chars: Chars
    edges: Edges
    pictured: float = 0.0
    curves: int = 0
    faults: tuple[Fault, ...] = ()
    is_cut: bool = False


def too_many_chars(number: int, n: int) -> Fault:
    """A page has more characters than are read of one."""
    return ("limit-page-chars", f"第{number}页字符过多（{n}），只读取前{limits.MAX_CHARS}个")


def unread_page(number: int, width: float, height: float, fault: Fault) -> PageContent:
    """A page of which nothing could be read, and why."""
    boxes = np.empty((0, 4))
    chars = Chars(np.empty(0, np.uint32), boxes, np.empty(0, np.int64), boxes)
    return PageContent(number, width, height, chars, NO_EDGES, faults=(fault,))
