"""Units that heads, captions and unit lines give to the figures below them."""

from __future__ import annotations

import regex

from extractor.quantity import normal, unit_of

_BRACKETS = regex.compile(r"[(\[]\s*(?:单位[:：]?)?\s*([^()\[\]]{1,8}?)\s*[)\]]")
_UNIT_LINE = regex.compile(r"(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*([^\s，,。；;)）]{1,8})")


def unit_in_brackets(head: str) -> str:
    """The unit in a head's brackets: 预算金额（万元） has 万元; （A）, （50分） and （是/否） have none."""
    for found in _BRACKETS.finditer(normal(head)):
        if unit_of(found[1]).dimension in ("money", "ratio") or found[1] in _COUNTS:
            return found[1]
    return ""


def unit_in_line(text: str) -> str:
    """The unit of a line such as 单位：万元; "" if it states none."""
    found = _UNIT_LINE.search(text)
    return found[1] if found else ""


_COUNTS = {"人", "个", "次", "户", "天", "人次", "件", "套", "分", "平方米", "公里", "亩", "万人", "万个"}
