"""What a paragraph is by its shape: heading and level, caption, unit line, contents, footnote."""

import re

# Patterns are given to re as strings, behind a look at what stands first: one with Chinese characters takes as long to
# compile as reading a line of print, and most documents need but a few.
_NUMERALS = "一二三四五六七八九十"
_NUMBERING = {
    "第": ((1, rf"第\s*[{_NUMERALS}\d]+\s*[章篇部]"),),
    "附": ((1, rf"附[件录]\s*[{_NUMERALS}\d]*(?![^\s：:、{_NUMERALS}\d])"),),
    "一": ((2, rf"[{_NUMERALS}]{{1,3}}\s*[、.．]"),),
    "（": ((3, rf"[（(]\s*[{_NUMERALS}]{{1,3}}\s*[）)]"), (5, r"[（(]\s*\d{1,2}\s*[）)]")),
    "1": (
        (3, r"\d{1,2}[.．]\d{1,2}(?![\d.．%％])(?=\s*[^\s\d%％，,。）)])"),
        (4, r"\d{1,2}[.．]\d{1,2}[.．]\d{1,2}(?!\d)"),
        (4, r"\d{1,2}\s*[、.．](?!\d)"),
        (6, r"\d{1,2}\s*[）)]"),
    ),
}  # by the first character, as _sort_of has it
_CAPTION = rf"(?:续|附)?\s*[表图]\s*(?:[{_NUMERALS}]+|[A-Za-z]?\d+)(?:\s*[-－—–.．]\s*\d+)*(?=[^\d，。；])"
_CONTINUED = r"[（(]?\s*(?:续\s*表|表\s*续|续上表|续)\s*[)）]?"
_UNIT = r"[（(]?\s*(?:金额|货币|计量)?\s*单\s*位\s*[:：]\s*[^\s，。；]{1,12}\s*[)）]?"
_LEADER = ".．。…·•‥_"
_LEADERS = rf"(?:[{_LEADER}]\s*){{4,}}\s*[（(]?[\dIVXivx]*[)）]?\s*\Z|…{{2,}}\s*\d+\s*\Z"
_OF_PAGE = (
    " \t\u3000\xa0()（）IVXivx0123456789０１２３４５６７８９"  # what a page's number after leaders is made of
)
_END = 60  # characters at a line's end, in which all of its page number and four of its leaders stand
_ENTRY = r"\S.*\s[（(]?\d{1,3}[)）]?\Z"
_CONTENTS_HEAD = r"目\s*录"
_SENTENCE = tuple("。；;，,：:")  # what a sentence or a part of one ends with
_PARTING = frozenset("。；;，")
_NOTE = r"\[\d{1,2}\]|[①-⑳]|\d{1,2}\s+\S|[*＊※]\s*\S|注\d?\s*[:：]"


def numbering_level(string: str) -> int | None:
    """The level that a heading's number says, 1 to 6; None without one."""
    first = string[:1]
    if "①" <= first <= "⑳":
        return 6
    for level, pattern in _NUMBERING.get(_sort_of(first), ()):
        if re.match(pattern, string):
            return level
    return None


def _sort_of(char: str) -> str:
    """A numeral as 一, a digit as 1, an opening bracket as （; any other character itself."""
    if char.isdecimal():
        return "1"
    if char == "(":
        return "（"
    return "一" if char and char in _NUMERALS else char


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
    if len(string) > 60 or not ("表" in string or "图" in string):
        return False
    return bool(re.match(_CAPTION, string)) and not string.endswith(("。", "；", "："))


def is_title_of_table(string: str) -> bool:
    """A short line right above a table that names it: …表."""
    return (
        len(string) <= 50
        and "表" in string
        and bool(re.search(r"表\s*(?:[（(][^（）()]{1,20}[）)])?\Z", string))
    )


def is_continued(string: str) -> bool:
    """续表."""
    return "续" in string and bool(re.fullmatch(_CONTINUED, string))


def is_unit(string: str) -> bool:
    """单位：万元."""
    return "位" in string and bool(re.fullmatch(_UNIT, string))


def is_contents_head(string: str) -> bool:
    """目录."""
    return string.endswith("录") and bool(re.fullmatch(_CONTENTS_HEAD, string))


def is_contents(string: str, after_head: bool) -> bool:
    """An entry of the contents: dotted leaders, or after 目录 a line that ends with a page number."""
    return _has_leaders(string) or (after_head and bool(re.fullmatch(_ENTRY, string)))


def _has_leaders(string: str) -> bool:
    before = string.rstrip(_OF_PAGE)[-2:-1]  # the last leader but one, or a blank between two
    if not before or not (before in _LEADER or before.isspace()):
        return False
    return bool(re.search(_LEADERS, string[-_END:]))


def is_note(string: str) -> bool:
    """Begins as a footnote does."""
    return bool(re.match(_NOTE, string))


def without_continued(string: str) -> str:
    """A caption without its 续."""
    if "续" not in string:
        return string
    return re.sub(r"^续\s*(?=表)|\s*[（(]\s*续\s*(?:表)?\s*\d*\s*[)）]\s*\Z", "", string)
