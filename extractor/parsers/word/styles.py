"""Paragraph and character styles, with what they inherit: headings, contents, numbering, hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractor.parsers.word.names import Element, W, number, toggle, value

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_CHINESE_HEADING = re.compile(r"([一二三四五六])级标题|标题([一二三四五六])")
_TITLES = ("title", "标题", "標題", "文档标题")
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*[1-9]|table of figures|图表目录", re.IGNORECASE)
_CAPTIONS = ("caption", "题注", "表题", "表标题", "表名")
_MAX_CHAIN = 30
_LEADERS = ("dot", "middleDot", "hyphen", "underscore", "heavy")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says of a paragraph or a run; None where neither it nor what it is based on says anything.

    ``outline`` counts from 0, 9 is body text; ``level`` is the heading level from 1 or None.
    """

    outline: int | None = None
    level: int | None = None
    contents: bool = False
    caption: bool = False
    centred: bool | None = None
    leader: bool = False
    hidden: bool | None = None
    num_id: int | None = None
    num_level: int | None = None


class Styles:
    """The styles of a document; ``root`` is styles.xml, None when there is none."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId", ""): style for style in found}
        self._default = next(
            (
                style.get(W + "styleId", "")
                for style in found
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on")
            ),
            "",
        )
        self.look = cache(self._look)

    def paragraph(self, style_id: str | None) -> Look:
        """The look of a paragraph of a style, or of the default style."""
        return self.look(style_id if style_id in self._styles else self._default)

    def run(self, style_id: str | None) -> Look:
        """The look of a run of a character style."""
        return self.look(style_id or "")

    def _look(self, style_id: str) -> Look:
        """The look of a style, its own before that of the style that it is based on."""
        chain: list[Element] = []
        at: str | None = style_id
        while at in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[at])
            at = value(chain[-1], "basedOn")
        look = Look()
        for style in reversed(chain):
            look = _own(style, look)
        return look

    def numbering_of(self, style_id: str | None) -> int:
        """The numbering that a list style names, 0 if none."""
        return self.look(style_id or "").num_id or 0


def _own(style: Element, base: Look) -> Look:
    """What a style says, on top of what it is based on."""
    name = value(style, "name") or ""
    props = style.find(W + "pPr")
    own = paragraph_look(props, base)
    named = _named_level(name)
    hidden = toggle(style.find(W + "rPr"), "vanish")
    return Look(
        outline=own.outline,
        level=own.level if _says(props, "outlineLvl") or named is None else named,
        contents=base.contents or _CONTENTS.fullmatch(name) is not None,
        caption=base.caption or name.lower() in _CAPTIONS,
        centred=own.centred,
        leader=own.leader,
        hidden=base.hidden if hidden is None else hidden,
        num_id=own.num_id,
        num_level=own.num_level,
    )


def _says(props: Element | None, name: str) -> bool:
    return props is not None and props.find(W + name) is not None


def _named_level(name: str) -> int | None:
    """The level in the name of a heading style, as Word and WPS name theirs."""
    built_in = _HEADING.fullmatch(name.strip())
    if built_in:
        return int(built_in[1])
    chinese = _CHINESE_HEADING.fullmatch(name.strip())
    if chinese:
        return "一二三四五六".index(chinese[1] or chinese[2]) + 1
    return 1 if name.strip().lower() in _TITLES else None


def paragraph_look(props: Element | None, base: Look) -> Look:
    """What a paragraph's properties say, on top of its style."""
    if props is None:
        return base
    outline, level = base.outline, base.level
    if _says(props, "outlineLvl"):
        outline = number(value(props, "outlineLvl"), 9)
        level = outline + 1 if 0 <= outline < 9 else None
    align = value(props, "jc")
    tabs = props.find(W + "tabs")
    list_props = props.find(W + "numPr")
    num_id, num_level = value(list_props, "numId"), value(list_props, "ilvl")
    return Look(
        outline,
        level,
        base.contents,
        base.caption,
        base.centred if align is None else align == "center",
        base.leader or (tabs is not None and any(tab.get(W + "leader") in _LEADERS for tab in tabs)),
        base.hidden,
        base.num_id if num_id is None else number(num_id),
        base.num_level if num_level is None else number(num_level),
    )
