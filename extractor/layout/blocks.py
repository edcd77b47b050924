"""Raw paragraphs and tables to the document's blocks: kinds told, captions and units tied to their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..document import Block, Cell, Heading, Paragraph, ParagraphKind, Place, Table, Text
from . import shapes
from .grid import NO_GRID
from .open_table import OpenCell, OpenTable
from .paragraphs import RawParagraph

Raw = RawParagraph | OpenTable


def finish(raw: Sequence[Raw], furniture: Sequence[RawParagraph], body_em: float) -> list[Block]:
    """The blocks in reading order; furniture stands before what its page begins with."""
    kinds = _kinds(raw, body_em)
    sizes = _heading_sizes(raw, kinds)
    blocks: list[Block] = []
    waiting = sorted(furniture, key=lambda p: p.placed[0].page)
    n_tables = 0
    for i, item in enumerate(raw):
        page = item.parts[0][0] if isinstance(item, OpenTable) else item.placed[0].page
        while waiting and waiting[0].placed[0].page <= page:
            blocks.append(_furniture(waiting.pop(0)))
        if isinstance(item, OpenTable):
            blocks.append(_table(item, n_tables, *_caption_and_unit(raw, kinds, i)))
            n_tables += 1
        elif kinds[i] == "heading":
            blocks.append(Heading(item.text(), _level(item, sizes)))
        else:
            blocks.append(Paragraph(item.text(), _paragraph_kind(kinds[i])))
    blocks += [_furniture(p) for p in waiting]
    return blocks


def _furniture(paragraph: RawParagraph) -> Paragraph:
    first = paragraph.placed[0]
    return Paragraph(paragraph.text(), "header" if first.line.box.top < 150 else "footer")


def _paragraph_kind(kind: str) -> ParagraphKind:
    kinds: tuple[ParagraphKind, ...] = ("caption", "unit", "contents", "footnote")
    return next((k for k in kinds if k == kind), "body")


def _kinds(raw: Sequence[Raw], body_em: float) -> list[str]:
    kinds: list[str] = []
    in_contents = False
    for i, item in enumerate(raw):
        if isinstance(item, OpenTable):
            kinds.append("table")
            continue
        string = item.text().string
        kind = _kind(item, string, raw[i + 1 : i + 3], body_em, in_contents)
        if shapes.is_contents_head(string):
            in_contents = True
        elif kind != "contents":
            in_contents = False
        kinds.append(kind)
    return kinds


def _kind(item: RawParagraph, string: str, after: Sequence[Raw], body_em: float, in_contents: bool) -> str:
    if shapes.is_unit(string):
        return "unit"
    if shapes.is_contents(string, in_contents):
        return "contents"
    if shapes.is_caption(string):
        return "caption"
    if shapes.is_heading(string, item.em, body_em, len(item.placed)):
        return "heading"
    if item.em < 0.92 * body_em and shapes.is_note(string):
        return "footnote"
    if shapes.is_title_of_table(string) and _table_follows(after):
        return "caption"
    return "body"


def _table_follows(after: Sequence[Raw]) -> bool:
    for item in after:
        if isinstance(item, OpenTable):
            return True
        if not shapes.is_unit(item.string):
            return False
    return False


def _caption_and_unit(raw: Sequence[Raw], kinds: Sequence[str], at: int) -> tuple[Text | None, Text | None]:
    """What stands right above a table: its caption and its unit line."""
    caption = unit = None
    for i in range(at - 1, max(at - 4, -1), -1):
        item = raw[i]
        if not isinstance(item, RawParagraph):
            break
        if kinds[i] == "unit" and unit is None:
            unit = item.text()
        elif kinds[i] == "caption" and caption is None:
            caption = item.text()
        else:
            break
    return caption, unit


def _heading_sizes(raw: Sequence[Raw], kinds: Sequence[str]) -> dict[float, int]:
    """The level of each print size of headings: the one that most of its numbered headings have."""
    levels: dict[float, Counter[int]] = {}
    for item, kind in zip(raw, kinds, strict=True):
        if kind == "heading" and isinstance(item, RawParagraph):
            level = shapes.numbering_level(item.string)
            if level is not None:
                levels.setdefault(round(item.em * 2) / 2, Counter())[level] += 1
    return {em: counts.most_common(1)[0][0] for em, counts in levels.items()}


def _level(item: RawParagraph, sizes: dict[float, int]) -> int:
    level = shapes.numbering_level(item.string)
    if level is not None:
        return level
    em = round(item.em * 2) / 2
    return sizes.get(em, 1) if sizes and em <= max(sizes) else 1


def _table(item: OpenTable, number: int, caption: Text | None, unit: Text | None) -> Table:
    parts = tuple(Place(page, box, table=number) for page, box in item.parts)
    place = Place(parts[0].page, parts[0].box, table=number, parts=parts if len(parts) > 1 else ())
    cells = tuple(_cell(cell, number) for cell in sorted(item.cells, key=lambda c: (c.row, c.col)))
    is_guess, item.first = item.first.is_guess, NO_GRID
    return Table(number, cells, item.n_rows, len(item.xs) - 1, item.header_rows, caption, unit, place, is_guess)


def _cell(cell: OpenCell, number: int) -> Cell:
    (page, box), *more = cell.parts
    parts = tuple(Place(p, b, None, None, number, cell.row, cell.col) for p, b in cell.parts) if more else ()
    home = Place(page, box, None, None, number, cell.row, cell.col, parts)
    return Cell(cell.finished(home), cell.row, cell.col, cell.rowspan, cell.colspan)
