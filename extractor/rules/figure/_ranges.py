"""Ranges that conditions of scoring rules state: 80%（含）—90%, 低于 1%, 95%以上, 90%≤X<95%."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

_N = r"\d+(?:\.\d+)?"
_U = r"[^\d（()），。；|<>≤≥=—\-~至到与和]{0,4}?"
_LESS = r"低于|小于|不足|少于|不到|未达到?|<|＜"
_MORE = r"高于|大于|超过|多于|>|＞"
_LEAST = r"不低于|不少于|不小于|大于等于|达到|≥|>=|＞="
_MOST = r"不高于|不超过|不大于|小于等于|≤|<=|＜=|控制在"
_BETWEEN = regex.compile(
    rf"(?P<a>{_N})(?P<ua>{_U})(?P<ia>（不?含[^）]*）)?(?:[-—~至到]|与|和)+(?P<b>{_N})(?P<u>{_U})(?P<ib>（不?含[^）]*）)?(?:之间|的|以内|区间|范围内)*$"
)
_CHAIN = regex.compile(
    rf"(?P<a>{_N})(?P<ua>{_U})(?P<oa>≤|<=|<|＜)[^\d≤<＜]{{0,14}}(?P<ob>≤|<=|<|＜)(?P<b>{_N})(?P<u>{_U})(?:之间|的)*$"
)
_BOTH = regex.compile(
    rf"(?:(?P<ge>{_LEAST})|(?P<gt>{_MORE}))(?P<a>{_N})(?P<ua>{_U})(?:（含）)?[，]?(?:且|但|、|并)*(?:(?P<le>{_MOST})|(?P<lt>{_LESS}))(?P<b>{_N})(?P<u>{_U})(?:的)*$"
)
_ONE = regex.compile(
    rf"(?:(?P<ge>{_LEAST})|(?P<le>{_MOST})|(?P<lt>{_LESS})|(?P<gt>{_MORE}))(?P<n>{_N})(?P<u>{_U})(?P<i>（不?含[^）]*）)?(?:以内|及?以[上下])?(?:的|者|时)*$"
)
_SIDE = regex.compile(
    rf"(?P<n>{_N})(?P<u>{_U})(?P<i>（不?含[^）]*）)?(?:(?P<up>及?以上)|(?P<down>及?以下|以内))(?P<j>（不?含[^）]*）)?(?:的|者|时)*$"
)
_PLAIN = regex.compile(r"(?:为|是|率|度|=|＝)?(?P<n>100)(?P<u>%)(?:的|者|时)*$")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of figures in a unit; an end that is None is open, ``low_in`` and ``high_in`` whether it belongs to it.

    None for whether an end belongs to it says that the rule leaves it open."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    low_in: bool | None = True
    high_in: bool | None = True

    def holds(self, value: Decimal) -> bool:
        """Whether a value may be meant; ends that may or may not belong to it count."""
        above = self.low is None or value > self.low or (value == self.low and self.low_in is not False)
        below = self.high is None or value < self.high or (value == self.high and self.high_in is not False)
        return above and below


def range_of(condition: str) -> Range | None:
    """The range at the end of a condition; None if it states none."""
    text = condition.replace("(", "（").replace(")", "）")
    if m := _CHAIN.search(text):
        return _range(m["a"], m["b"], m["u"] or m["ua"], m["oa"] in ("≤", "<="), m["ob"] in ("≤", "<="))
    if m := _BOTH.search(text):
        return _range(m["a"], m["b"], m["u"] or m["ua"], bool(m["ge"]), bool(m["le"]))
    if m := _BETWEEN.search(text):
        return _range(m["a"], m["b"], m["u"] or m["ua"], _inside(m["ia"]), _inside(m["ib"]))
    if m := _ONE.search(text):
        n, inside = m["n"], _inside(m["i"])
        if m["ge"] or m["gt"]:
            return _range(n, None, m["u"], bool(m["ge"]) if inside is None else inside, True)
        return _range(None, n, m["u"], True, bool(m["le"]) if inside is None else inside)
    if m := _SIDE.search(text):
        inside = _inside(m["i"] or m["j"])
        if m["up"]:
            return _range(m["n"], None, m["u"], inside is not False, True)
        return _range(
            None, m["n"], m["u"], True, True if "及" in m["down"] or m["down"] == "以内" else inside
        )
    if m := _PLAIN.search(text):
        return _range(m["n"], None, m["u"], True, True)
    return None


def _inside(said: str | None) -> bool | None:
    return None if not said else "不含" not in said


def _range(
    low: str | None, high: str | None, unit: str, low_in: bool | None, high_in: bool | None
) -> Range | None:
    a, b = (Decimal(n) if n is not None else None for n in (low, high))
    if a is not None and b is not None and a > b:
        a, b, low_in, high_in = b, a, high_in, low_in
    return Range(a, b, unit, low_in, high_in)
