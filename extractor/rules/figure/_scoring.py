"""Scoring rules as written, taken apart: what is deducted for what, from which benchmark on, which parts
count how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import regex

from extractor.document import Text
from extractor.facts import Figure
from extractor.quantity import Quantity, chinese_number, find, read

_N = r"\d+(?:\.\d+)?"
_CH = r"[一二两三四五六七八九十]"
_FROM = r"(?P<basis>(?:该|本)?(?:项|指标|项指标)?(?:权重|分值|满分|总分|标准分)(?:分值|分)?的?|总分的?)?"
_TAKEN = rf"[，,]?\s*(?:则|直接|应|可|酌情)?扣(?:除|减|分)?\s*{_FROM}\s*(?P<amount>{_N})\s*(?P<unit>[%％]|分)"
_POINT = regex.compile(
    rf"每(?P<way>[一-鿿]{{0,8}}?)\s*(?P<step>{_N}|{_CH})?\s*(?:个百分点|百分点|[%％]){_TAKEN}"
)
_ITEM = regex.compile(
    rf"(?:每|发现|有|缺少?|出现|存在|少){{1,2}}\s*(?P<step>一|1)\s*(?P<thing>项|笔|次|例|处|个|条|起|件)"
    rf"[^，,。；;扣每]{{0,14}}{_TAKEN}"
)
_ZERO = regex.compile(
    rf"(?:低于|小于|不足|未达到?|<|＜)\s*(?P<limit>{_N}\s*[%％])\s*(?:的|时|以下)?[，,]?\s*(?:则|均)?(?:不得分|得\s*0\s*分|不予得分)"
)
_FULL = regex.compile(
    rf"以\s*(?P<a>{_N}\s*[%％])\s*(?:的[一-鿿]{{1,12}})?(?:作?为)(?:基准|满分|标准)"
    rf"|(?P<b>(?:≥|>=|≧|不低于|大于等于|达到|为|=|＝)\s*{_N}\s*[%％])\s*(?:及?以上)?(?:的|时|者)?[，,]?\s*(?:得|为|计)(?:满分|100\s*[%％])"
    rf"|基准值?(?:为|是|[:：])\s*(?P<c>{_N}\s*[%％])"
)
_SHARE = regex.compile(
    rf"[“\"]?(?P<name>[一-鿿]{{2,20}})[”\"]?(?:的)?(?:分值|权重|得分)?(?:占|占比)(?:分值|权重)?(?:的)?\s*(?P<share>{_N}\s*[%％])"
)
_LISTED = regex.compile(r"(?:有|每|缺少?|少|任)(?:有|缺少?|少)?(?:任意|其中)?[一1]\s*(?:项|个|条|种)")
_LONGEST_NAME = 24
_LIST_BEGINS = "，,。；;：:\n"


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points deducted: ``kind`` point (for each percentage point) or item (for each thing found wrong).

    ``amount`` is per one step, in points, or as a share of the weight (in per cent) if ``of_weight``."""

    kind: Literal["point", "item"]
    amount: Decimal
    of_weight: bool
    way: str
    text: Text

    def points(self, weight: Decimal | None) -> Decimal | None:
        """How many points one step costs; None if the weight is needed and not known."""
        if not self.of_weight:
            return self.amount
        return None if weight is None else weight * self.amount / 100


@dataclass(frozen=True, slots=True)
class Scoring:
    """A scoring rule taken apart; what is not recognised is not there."""

    text: Text
    deductions: tuple[Deduction, ...] = ()
    benchmarks: tuple[Figure, ...] = ()
    zeros: tuple[Figure, ...] = ()
    shares: tuple[tuple[str, Figure], ...] = ()
    items: tuple[str, ...] = ()
    listed: Text | None = None

    def of(self, kind: str) -> tuple[Deduction, ...]:
        """The deductions of one kind."""
        return tuple(d for d in self.deductions if d.kind == kind)


def scoring(text: Text) -> Scoring:
    """A scoring rule taken apart."""
    string = text.string
    listed = _listed(text)
    return Scoring(
        text,
        deductions=tuple(_deductions(text)),
        benchmarks=tuple(_figures(text, _FULL, ("a", "b", "c"))),
        zeros=tuple(_figures(text, _ZERO, ("limit",))),
        shares=tuple((m["name"], _figure(text, m, "share")) for m in _SHARE.finditer(string)),
        items=tuple(listed.string.split("、")) if listed else (),
        listed=listed,
    )


def _deductions(text: Text) -> Iterator[Deduction]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in (("point", _POINT), ("item", _ITEM)):
        for match in pattern.finditer(text.string):
            if any(s < match.end() and match.start() < e for s, e in taken):
                continue
            taken.append(match.span())
            step = chinese_number(match["step"] or "1")
            if step:
                yield Deduction(
                    "point" if kind == "point" else "item",
                    Decimal(match["amount"]) / step,
                    match["unit"] in "%％",
                    match["way"] if kind == "point" else match["thing"],
                    text.cut(*match.span()),
                )


def _figures(text: Text, pattern: Any, groups: tuple[str, ...]) -> Iterator[Figure]:
    for match in pattern.finditer(text.string):
        group = next(g for g in groups if match[g])
        yield _figure(text, match, group)


def _figure(text: Text, match: Any, group: str) -> Figure:
    part = text.cut(*match.span(group)).strip()
    return Figure(part, _quantity(part.string))


def _quantity(string: str) -> Quantity | None:
    """The per cent that a piece of a rule states, whatever leads to it."""
    found = read(string)
    if found is None:
        figures = find(string)
        found = figures[0] if len(figures) == 1 else None
    return found


def _listed(text: Text) -> Text | None:
    """The enumerated things (A、B、C) of which each missing one costs points."""
    cue = _LISTED.search(text.string)
    if cue is None:
        return None
    start = max(text.string.rfind(mark, 0, cue.start()) for mark in _LIST_BEGINS) + 1
    part = text.cut(start, cue.start()).strip()
    names = part.string.split("、")
    if len(names) < 3 or any(not 1 < len(n.strip()) <= _LONGEST_NAME for n in names):
        return None
    end = len(part.string) - (1 if part.string.endswith(("等", "中")) else 0)
    return part.cut(0, end)
