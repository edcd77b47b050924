"""Units and operators that heads, names, captions and unit lines give to the figures they stand for."""

from __future__ import annotations

from typing import NamedTuple

import regex

from extractor.quantity import normal, unit_of

_BRACKETS = regex.compile(r"[(\[]\s*(?:单位:?)?\s*([^()\[\]]{1,8}?)\s*[)\]]")
_UNIT_LINE = regex.compile(r"(?:金额)?单位\s*[:：]\s*(?:人民币)?\s*([^\s，,。；;)）]{1,8})")
_HINT = regex.compile(
    r"[(\[]?\s*(?P<op>≥|≤|>=|<=|>|<|=|不低于|不少于|不高于|不超过)\s*[*×xX_#]{0,4}\s*(?P<unit>[^()\[\]\d\s*]{0,6})\s*[)\]]?$"
)
_OPS = {"≥": ">=", "≤": "<=", "不低于": ">=", "不少于": ">=", "不高于": "<=", "不超过": "<="}
_NO_UNITS = {"年度", "年", "月", "日", "A", "B", "C"}
SIGNS = (
    "≥", "≤", "=", ">", "<", ">=", "<=", "==", "=>", "=<",
    "大于等于", "小于等于", "等于", "大于", "小于", "不低于", "不少于", "不高于", "不超过", "不大于", "不小于", "达到",
    "不晚于", "不迟于", "不早于",
)  # fmt: skip
"""What stands in a column of signs, in normal form."""


class Hint(NamedTuple):
    """What a name says of the figures beside it: 苗木成活率（≥**%） has >= and %."""

    op: str = ""
    unit: str = ""


def is_unit(word: str) -> bool:
    """Whether a word is a known unit."""
    if not word or len(word) > 8 or any(c.isdigit() for c in word):
        return False
    return not unit_of(word).dimension.startswith(("unit:", "number"))


def unit_in_brackets(head: str) -> str:
    """The unit in a head's brackets: 预算金额（万元） has 万元; （A）, （50分） and （是/否） have none."""
    for found in _BRACKETS.finditer(normal(head)):
        if found[1] not in _NO_UNITS and is_unit(found[1]):
            return str(found[1])
    return ""


def money_unit(head: str) -> str:
    """The unit of money in a head's brackets, "" if none: 执行率（%） has none."""
    for found in _BRACKETS.finditer(normal(head)):
        if unit_of(found[1]).dimension.startswith("money"):
            return str(found[1])
    return ""


def hint_in_name(name: str) -> Hint:
    """The operator and unit that a name leaves open for a figure."""
    plain = normal(name).strip()
    found = _HINT.search(plain)
    if found and (not found["unit"] or is_unit(found["unit"])):
        return Hint(_OPS.get(found["op"], found["op"]), found["unit"])
    return Hint("", unit_in_brackets(plain))


def unit_in_line(text: str) -> str:
    """The unit of a line such as 单位：万元; "" if it states none."""
    found = _UNIT_LINE.search(text)
    units = [unit for unit in regex.split(r"[、%％]", found[1]) if unit] if found else []
    return str(units[0]) if units else "%" if found and found[1] in "%％" else ""
