"""Totals that running text states of some items side by side: 场地维修、设备更换等合计 62.30 万元."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure
from extractor.quantity import Quantity, find, normal
from extractor.recognise.prose import passages

_ITEM = r"[^，,。；;：:、！？\n]"
_LIST = regex.compile(
    rf"(?P<list>{_ITEM}{{2,40}}(?:、{_ITEM}{{2,30}}?){{1,9}}?)(?P<etc>等)?(?:[\d一二三四五六七八九十两]{{1,2}}\s*[项个])?"
    r"(?:支出|费用|资金|经费|金额|项目)?\s*(?:合计|共计|总计)(?:支出|金额|发生)?(?:为|达)?\s*(?=\d)"
)
_OTHERWISE = regex.compile(r"上年|去年|同期|以前年度|计划|拟|申请|调整前|其中|剩余|节约|(?:19|20)\d\d\s*年")
_BLANK = regex.compile(r"\s|[（(][^（）()]*[)）]|[“”\"]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A total that a sentence states of some items."""

    names: tuple[str, ...]
    open: bool
    figure: Figure
    quantity: Quantity
    sentence: str
    block: int


def listed_items(reading: Reading) -> Iterator[Listed]:
    """The totals of listed items, none of another year, a plan or a part."""
    for block, _, text in passages(reading.document):
        if not ("计" in text.string and "、" in text.string):
            continue
        for match in _LIST.finditer(text.string):
            start, stop = _sentence(text, match.start(), match.end())
            quantity = next((q for q in find(text.string) if q.start == match.end()), None)
            if quantity is None or quantity.op or _OTHERWISE.search(text.string[start : match.end()]):
                continue
            names = tuple(plain(item) for item in match["list"].split("、"))
            figure = Figure(text.cut(quantity.start, quantity.end), quantity)
            yield Listed(names, bool(match["etc"]), figure, quantity, text.string[start:stop], block)


def _sentence(text: Text, begin: int, end: int) -> tuple[int, int]:
    start = max(text.string.rfind(mark, 0, begin) for mark in "。；;\n") + 1
    stops = [p for mark in "。；;\n" if (p := text.string.find(mark, end)) >= 0]
    return start, min(stops, default=len(text.string))


def plain(name: str) -> str:
    """A name as it is compared: without blanks, brackets and quotes."""
    bare: str = _BLANK.sub("", normal(name))
    return bare
