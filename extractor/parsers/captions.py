"""Captions (表 1-2 …) and unit lines (单位：万元), tied to the table they precede; contents lines."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import NamedTuple

from extractor.document import Block, Paragraph, Table, Text

_NUMBER = r"(?>[0-9０-９一二三四五六七八九十]+(?:[-－—–.．][0-9０-９]+)*)"
_CAPTION = re.compile(
    rf"(?:续|附)?表\s*{_NUMBER}(?!\s*(?:所示|显示|列示|可见|可知|反映|表明|中[的，]|和表|至表|、表))"
)
_MAX_CAPTION = 80
_MAX_TITLE = 45

_MEASURE = r"(?:人民币)?[百千万亿]*(?:元|人次|人|个|次|件|户|公里|平方米|亩|吨|小时|天|台|套|%|％|‰|分)"
_UNIT = re.compile(
    rf"(?:(?:金额|计量|货币|数量|计价)?单\s*位|币种)\s*[:：]\s*{_MEASURE}(?:\s*[、,，/／;；]\s*{_MEASURE})*(?![\w])"
)
_WRAPPING = " 　\t（）()[]【】。"

_LEADER = r"(?:[.．·…‥⋯・]{3,}|…{2,}|⋯{2,}|[.．·](?:[ 　][.．·]){2,})"
_CONTENTS = re.compile(rf"[^\s.．·…‥⋯・].*?{_LEADER}[\s　]*[(（-]?(?:[0-9]{{1,4}}|[IVXivx]{{1,6}})[)）-]?\s*")


def is_contents(string: str) -> bool:
    """Whether a line is one of the contents: a title, leader dots or …, and a page number."""
    return len(string) <= 200 and _CONTENTS.fullmatch(string) is not None


class Label(NamedTuple):
    """What a line before a table says of it; ``whole`` when the line is nothing but a unit."""

    caption: Text | None = None
    unit: Text | None = None
    whole: bool = False


def read_label(text: Text, title: bool = False) -> Label:
    """The caption and the unit in a line; ``title`` when its look (centred) makes a short line a caption."""
    string = text.string
    found = _UNIT.search(string)
    unit = text.cut(found.start(), found.end()) if found else None
    if found and not string.replace(found.group(), "", 1).strip(_WRAPPING):
        return Label(None, unit, whole=True)
    rest = text.cut(0, found.start()) if found else text
    rest = rest.cut(0, len(rest.string.rstrip(" 　\t（([【"))).strip()
    return Label(rest if _names_table(rest.string, title) else None, unit)


def _names_table(string: str, title: bool) -> bool:
    if _CAPTION.match(string):
        return len(string) <= _MAX_CAPTION and not string.endswith(("。", "：", ":", "；", "，"))
    bracketed = string.startswith(("（", "(", "【", "[")) and string.endswith(("）", ")", "】", "]"))
    return title and 0 < len(string) <= _MAX_TITLE and not bracketed and not re.search(r"[。；;：:]", string)


def attach_captions(blocks: Sequence[Block], titles: Container[int | None] = ()) -> tuple[Block, ...]:
    """Tie captions and unit lines to the table that they directly precede.

    Looks back from each table over at most three paragraphs, in either order, and stops at one that is
    neither. The paragraphs stay where they are with their kind set. ``titles`` are the numbers of the
    paragraphs that look like a title.
    """
    result = list(blocks)
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            _attach(result, index, block, titles)
    return tuple(result)


def _attach(result: list[Block], index: int, table: Table, titles: Container[int | None]) -> None:
    caption, unit = table.caption, table.unit
    for at in range(index - 1, max(index - 4, -1), -1):
        line = result[at]
        if not isinstance(line, Paragraph) or line.kind not in ("body", "caption"):
            break
        label = read_label(line.text, title=line.kind == "caption" or line.text.home.paragraph in titles)
        if not (label.caption or label.unit) or (label.caption and caption) or (label.unit and unit):
            break
        caption, unit = caption or label.caption, unit or label.unit
        if label.whole or label.caption:
            result[at] = line._replace(kind="unit" if label.whole else "caption")
    if caption is not table.caption or unit is not table.unit:
        result[index] = replace(table, caption=caption, unit=unit)
