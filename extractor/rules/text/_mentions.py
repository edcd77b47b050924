"""Numbers of things as running text tells them, with the thing before the number or behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Text
from extractor.facts import About, Figure
from extractor.quantity import Quantity
from extractor.recognise.prose import passages
from extractor.resolve.alignment import telling
from extractor.resolve.leads import led
from extractor.resolve.limits import scope_of, scoped_words
from extractor.resolve.roles import Told, role, sentence_before
from extractor.resolve.scope import period_before

_WHOLE = regex.compile(
    r".*(?:全部|所有)|(?:建议|现有|共有|涉及|覆盖|依托|对|将|由|为|的|等|在|全部|所有|余下)*"
)
_HAN = regex.compile(r"[一-鿿]+")
_PARTLY = regex.compile(
    r"抽[查取样]|有$|其中|部分|新增|另|还|余|剩|第|(?<!改善|行动|发展|提升|培养|支持|专项|振兴)计划|拟|上年|去年|累计|每|比|较|超|[增减]|差|不足|近|约|达标|不"
)
_SPENT = regex.compile(r"(?:项目|资金|财政|专项|经费|预算|总)*(?:支出|支付|执行|使用)(?:资金|金额|数|总额)?")
_NO_THING = regex.compile(r"指标|问题|方面|建议|措施|阶段|工作日|年度")
_APART = ("ratio", "points", "score", "number", "times")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of things: ``lead`` is the thing told before it, ``after`` the words behind it; ``whole``: nothing
    limits the number of what is told behind it."""

    text: Text
    block: int
    section: str
    quantity: Quantity
    lead: str
    after: str
    whole: bool

    def figure(self) -> Figure:
        """The number as it is printed."""
        return Figure(self.text.cut(self.quantity.start, self.quantity.end), self.quantity)

    @property
    def sentence(self) -> str:
        """The sentence it stands in."""
        start = self.quantity.start - len(sentence_before(self.text.string, self.quantity.start))
        stop = self.text.string.find("。", self.quantity.end)
        return self.text.cut(start, stop if stop >= 0 else len(self.text)).flat


def mentions(reading: Reading) -> Iterator[Mention]:
    """Every plain number of things, and every sum of spending, that paragraphs tell without a limit."""
    about = reading.about
    for block, section, text in passages(reading.document):
        if not isinstance(reading.document.blocks[block], Paragraph) or not any(
            map(str.isdigit, text.string)
        ):
            continue
        for quantity, lead in led(text.string):
            if _plain(quantity) and not _limited(text.string, quantity, lead, section, about):
                yield _mention(text, block, section, quantity, lead)


def _plain(quantity: Quantity) -> bool:
    apart = quantity.dimension.partition(":")[0] in _APART
    return not (apart or quantity.malformed or quantity.upper is not None) and quantity.op in ("", "=")


def _limited(string: str, quantity: Quantity, lead: str, section: str, about: About) -> bool:
    told = role(Told(string, quantity.start, quantity.end, lead), quantity, section) == "target"
    scoped = scope_of(scoped_words(string, quantity, lead), about.names) or _PARTLY.search(lead)
    return bool(told or scoped or period_before(string, quantity.start, about.year))


def _mention(text: Text, block: int, section: str, quantity: Quantity, lead: str) -> Mention:
    thing = telling(lead)
    behind = _HAN.match(text.string, quantity.end)
    after = behind[0] if behind else ""
    spent = quantity.dimension == "money" and _SPENT.fullmatch(thing)
    whole = _WHOLE.fullmatch(thing) is not None and not _NO_THING.search(after[:6])
    named = (
        "支出"
        if spent
        else ""
        if whole
        else thing
        if len(thing) >= _SHORTEST and not _NO_THING.search(thing)
        else ""
    )
    return Mention(text, block, section, quantity, named, after if whole else "", whole)
