"""What an engine reads from one page: characters and ruling edges, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

from .arrays import np, npt

Floats = npt.NDArray[np.float64]
Single = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Fault = tuple[str, str]  # a problem's code and its Chinese sentence

SLANTED = -1  # the turn of a watermark's characters


@dataclass(frozen=True, slots=True)
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

    def take(self, which: Bools | Ints) -> Chars:
        """Some of the characters, by mask or by index."""
        return Chars(self.codes[which], self.boxes[which], self.turns[which], self.seen[which])


@dataclass(frozen=True, slots=True)
class Edges:
    """Straight ruling edges: ``across`` (n, 3) y, x0, x1 and ``down`` (n, 3) x, top, bottom, in points."""

    across: Floats
    down: Floats

    def __len__(self) -> int:
        return len(self.across) + len(self.down)

    def plus(self, more: Edges) -> Edges:
        """Both together."""
        return Edges(np.concatenate((self.across, more.across)), np.concatenate((self.down, more.down)))


NO_EDGES = Edges(np.empty((0, 3)), np.empty((0, 3)))


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page as an engine read it: number from 1, size in points, origin at the top left of the page as
    seen.

    ``pictured`` is the part of the page that its largest picture covers (0 to 1), ``curves`` counts curved
    path segments; ``faults`` says what a limit or a fault left out, as (code, Chinese sentence).
    """

    number: int
    width: float
    height: float
    chars: Chars
    edges: Edges
    pictured: float = 0.0
    curves: int = 0
    faults: tuple[Fault, ...] = field(default=())
