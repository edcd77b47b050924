"""Raw paragraphs and tables to the document's blocks: kinds told, captions and units tied to their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..document import Block, Heading, Paragraph, ParagraphKind, Place, Table, Text
from . import shapes
from .open_table import OpenTable
from .paragraphs import RawParagraph

Raw = RawParagraph | OpenTable


def finish(raw: Sequence[Raw], furniture: Sequence[RawParagraph], body_em: float) -> list[Block]:
    """What is closed to the blocks in reading order; furniture stands before what its page begins with."""
    kinds = _kinds(raw, body_em)
    sizes = _heading_sizes(raw, kinds)
    blocks: list[Block] = []
    waiting = sorted(furniture, key=_page_of)
    for i, item in enumerate(raw):
        page = item.parts[0][0] if isinstance(item, OpenTable) else _page_of(item)
        while waiting and _page_of(waiting[0]) <= page:
            blocks.append(_furniture(waiting.pop(0)))
        if isinstance(item, OpenTable):
            blocks.append(_table(item, *_caption_and_unit(raw, kinds, i)))
        elif kinds[i] == "heading":
            blocks.append(Heading(item.text, _level(item, sizes)))
        else:
            blocks.append(Paragraph(item.text, _paragraph_kind(kinds[i])))
    blocks += [_furniture(p) for p in waiting]
    return blocks


def _page_of(paragraph: RawParagraph) -> int:
    return paragraph.text.home.page or 0


def _furniture(paragraph: RawParagraph) -> Paragraph:
    box = paragraph.text.home.box
    return Paragraph(paragraph.text, "header" if box and box.top < 150 else "footer")


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
        string = item.text.string
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
    if shapes.is_heading(string, item.em, body_em, item.n_lines):
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
        if not shapes.is_unit(item.text.string):
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
            unit = item.text
        elif kinds[i] == "caption" and caption is None:
            caption = item.text
        else:
            break
    return caption, unit


def _heading_sizes(raw: Sequence[Raw], kinds: Sequence[str]) -> dict[float, int]:
    """The level of each print size of headings: the one that most of its numbered headings have."""
    levels: dict[float, Counter[int]] = {}
    for item, kind in zip(raw, kinds, strict=True):
        if kind == "heading" and isinstance(item, RawParagraph):
            level = shapes.numbering_level(item.text.string)
            if level is not None:
                levels.setdefault(round(item.em * 2) / 2, Counter())[level] += 1
    return {em: counts.most_common(1)[0][0] for em, counts in levels.items()}


def _level(item: RawParagraph, sizes: dict[float, int]) -> int:
    level = shapes.numbering_level(item.text.string)
    if level is not None:
        return level
    em = round(item.em * 2) / 2
    return sizes.get(em, 1) if sizes and em <= max(sizes) else 1


def _table(item: OpenTable, caption: Text | None, unit: Text | None) -> Table:
    number = item.number
    parts = tuple(Place(page, box, table=number) for page, box in item.parts)
    place = Place(parts[0].page, parts[0].box, table=number, parts=parts if len(parts) > 1 else ())
    width = len(item.xs) - 1
    return Table(
        number, tuple(item.done), item.n_rows, width, item.header_rows, caption, unit, place, item.is_guess
    )
