"""How deep a line stands by its numbering: 一、 above （一） above 1. above 1.1 above (1) above ①."""

from __future__ import annotations

import regex

from extractor.quantity import normal

_PART = regex.compile(r"^\s*其\s*中\s*[:：]?\s*")
_STYLES = (
    (regex.compile(r"^第[一二三四五六七八九十]{1,3}[章部篇]"), 5),
    (regex.compile(r"^[一二三四五六七八九十]{1,3}(?:[、.．,，]|$|\s)"), 10),
    (regex.compile(r"^\([一二三四五六七八九十]{1,3}\)"), 20),
    (regex.compile(r"^\d{1,2}(?:\.\d{1,2}){2,3}(?!\d)"), 32),
    (regex.compile(r"^\d{1,2}\.\d{1,2}(?![\d%])"), 31),
    (regex.compile(r"^\d{1,3}(?:[.、,]|$)"), 30),
    (regex.compile(r"^(?:\(\d{1,3}\)|\d{1,3}\))"), 40),
    (regex.compile(r"^[①-⑳]"), 50),
)


def depth(label: str) -> int:
    """The depth that a label's numbering says (a smaller number stands higher), 0 without numbering.

    >>> [depth(s) for s in ("一、基本支出", "（二）项目支出", "3.印刷费", "1.2 差旅费", "(1) 本级", "合计")]
    [10, 20, 30, 31, 40, 0]
    """
    plain = _PART.sub("", normal(label)).strip()
    return next((found for style, found in _STYLES if style.match(plain)), 0)


def is_part(label: str) -> bool:
    """Whether a label begins a list of parts: 其中：人员经费."""
    return bool(_PART.match(normal(label)))
