"""Pages whose text runs sideways, turned for reading; and the places found there turned back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..document import Block, Box, Cell, Heading, Paragraph, Place, Text
from .arrays import np
from .page import Chars, Edges, Floats, PageContent


class Turn(NamedTuple):
    """By how many quarter turns clockwise a page's text runs, and the page's size as seen."""

    quarters: int
    width: float
    height: float

    def read(self, boxes: Floats) -> Floats:
        """(n, 4) boxes as seen to boxes with upright text."""
        x0, top, x1, bottom = boxes.T
        w, h = self.width, self.height
        sides = {1: (top, w - x1, bottom, w - x0), 2: (w - x1, h - bottom, w - x0, h - top)}
        return np.stack(sides.get(self.quarters, (h - bottom, x0, h - top, x1)), axis=1)

    def seen(self, box: Box) -> Box:
        """A box with upright text to the box as seen."""
        x0, top, x1, bottom = box
        w, h = self.width, self.height
        sides = {1: (w - bottom, x0, w - top, x1), 2: (w - x1, h - bottom, w - x0, h - top)}
        return Box(*sides.get(self.quarters, (top, h - x1, bottom, h - x0)))


def turned(page: PageContent) -> tuple[PageContent, Turn | None]:
    """The page with most of its text upright, and the turn that made it so (None if it was)."""
    shown = page.chars.turns[page.chars.codes > 0x20]
    if not len(shown):
        return page, None
    quarters = int(np.bincount(shown, minlength=4).argmax())
    if quarters == 0:
        return page, None
    turn = Turn(quarters, page.width, page.height)
    chars = page.chars
    upright = Chars(chars.codes, turn.read(chars.boxes), (chars.turns - quarters) % 4, chars.seen)
    width, height = (page.width, page.height) if quarters == 2 else (page.height, page.width)
    return page._replace(width=width, height=height, chars=upright, edges=_edges(page.edges, turn)), turn


def _edges(edges: Edges, turn: Turn) -> Edges:
    y, left, right = edges.across.T
    x, top, foot = edges.down.T
    level = turn.read(np.stack((left, y, right, y), axis=1))
    upright = turn.read(np.stack((x, top, x, foot), axis=1))
    if turn.quarters == 2:
        return Edges(level[:, [1, 0, 2]], upright[:, [0, 1, 3]])
    return Edges(upright[:, [1, 0, 2]], level[:, [0, 1, 3]])


def blocks_as_seen(blocks: Sequence[Block], turns: Mapping[int, Turn]) -> list[Block]:
    """The blocks with the places of turned pages as seen."""
    return [_block(block, turns) for block in blocks] if turns else list(blocks)


def _block(block: Block, turns: Mapping[int, Turn]) -> Block:
    if isinstance(block, Heading | Paragraph):
        return block._replace(text=_text(block.text, turns))
    return replace(
        block,
        cells=tuple(_cell(cell, turns) for cell in block.cells),
        caption=_text(block.caption, turns) if block.caption else None,
        unit=_text(block.unit, turns) if block.unit else None,
        place=_place(block.place, turns),
    )


def _cell(cell: Cell, turns: Mapping[int, Turn]) -> Cell:
    return cell._replace(text=_text(cell.text, turns))


def _text(text: Text, turns: Mapping[int, Turn]) -> Text:
    return replace(text, home=_place(text.home, turns))


def _place(place: Place, turns: Mapping[int, Turn]) -> Place:
    turn = turns.get(place.page or 0)
    box = turn.seen(place.box) if turn and place.box else place.box
    return place._replace(box=box, parts=tuple(_place(part, turns) for part in place.parts))
