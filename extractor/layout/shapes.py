"""What a paragraph is by its shape: heading and level, caption, unit line, contents, footnote."""

from __future__ import annotations

import re

_NUMBERING: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"第\s*[一二三四五六七八九十\d]+\s*[章篇部]")),
    (1, re.compile(r"附[件录]\s*[一二三四五六七八九十\d]*(?![^\s：:、一二三四五六七八九十\d])")),
    (2, re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]")),
    (3, re.compile(r"[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]")),
    (3, re.compile(r"\d{1,2}[.．]\d{1,2}(?![\d.．%％])(?=\s*[^\s\d%％，,。）)])")),
    (4, re.compile(r"\d{1,2}[.．]\d{1,2}[.．]\d{1,2}(?!\d)")),
    (4, re.compile(r"\d{1,2}\s*[、.．](?!\d)")),
    (5, re.compile(r"[（(]\s*\d{1,2}\s*[）)]")),
    (6, re.compile(r"\d{1,2}\s*[）)]|[①-⑳]")),
)
_CAPTION = re.compile(
    r"(?:续|附)?\s*[表图]\s*(?:[一二三四五六七八九十]+|[A-Za-z]?\d+)(?:\s*[-－—–.．]\s*\d+)*"
    r"(?:[:：、.\s]|(?=[^\s\d，。；、]))"
)
_CONTINUED = re.compile(r"[（(]?\s*(?:续\s*表|表\s*续|续上表|续)\s*[)）]?")
_UNIT = re.compile(r"[（(]?\s*(?:金额|货币|计量)?\s*单\s*位\s*[:：]\s*[^\s，。；]{1,12}\s*[)）]?")
_LEADERS = re.compile(r"(?:[.．。…·•‥_]\s*){4,}\s*[（(]?[\dIVXivx]*[)）]?\s*\Z|…{2,}\s*\d+\s*\Z")
_END = 60  # characters at a line's end, in which all of its page number and four of its leaders stand
_ENTRY = re.compile(r"\S.*\s[（(]?\d{1,3}[)）]?\Z")
_CONTENTS_HEAD = re.compile(r"目\s*录")
_SENTENCE = tuple("。；;，,：:")  # what a sentence or a part of one ends with
_PARTING = frozenset("。；;，")
_NOTE = re.compile(r"\[\d{1,2}\]|[①-⑳]|\d{1,2}\s+\S|[*＊※]\s*\S|注\d?\s*[:：]")


def numbering_level(string: str) -> int | None:
    """The level that a heading's number says, 1 to 6; None without one."""
    for level, pattern in _NUMBERING:
        if pattern.match(string):
            return level
    return None


def is_heading(string: str, em: float, body_em: float, n_lines: int) -> bool:
    """A short paragraph in larger print, or a short numbered one that is no sentence."""
    if len(string) > 70 or n_lines > 3 or not re.search(r"[^\W\d_]", string):
        return False
    if em >= 1.1 * body_em:
        return not string.endswith("。")
    level = numbering_level(string)
    if level is None or n_lines > 1 or string.endswith(_SENTENCE):
        return False
    return len(string) <= (40 if level <= 3 else 30) and _PARTING.isdisjoint(string)


def is_caption(string: str) -> bool:
    """表 1-1 …, on a line of its own."""
    return len(string) <= 60 and bool(_CAPTION.match(string)) and not string.endswith(("。", "；", "："))


def is_title_of_table(string: str) -> bool:
    """A short line right above a table that names it: …表."""
    return len(string) <= 50 and bool(re.search(r"表\s*(?:[（(][^（）()]{1,20}[）)])?\Z", string))


def is_continued(string: str) -> bool:
    """续表."""
    return bool(_CONTINUED.fullmatch(string))


def is_unit(string: str) -> bool:
    """单位：万元."""
    return "位" in string and bool(_UNIT.fullmatch(string))


def is_contents_head(string: str) -> bool:
    """目录."""
    return bool(_CONTENTS_HEAD.fullmatch(string))


def is_contents(string: str, after_head: bool) -> bool:
    """An entry of the contents: dotted leaders, or after 目录 a line that ends with a page number."""
    return bool(_LEADERS.search(string, len(string) - _END)) or (
        after_head and bool(_ENTRY.fullmatch(string))
    )


def is_note(string: str) -> bool:
    """Begins as a footnote does."""
    return bool(_NOTE.match(string))


def without_continued(string: str) -> str:
    """A caption without its 续."""
    return re.sub(r"^续\s*(?=表)|\s*[（(]\s*续\s*(?:表)?\s*\d*\s*[)）]\s*\Z", "", string)
