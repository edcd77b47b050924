"""How a document says that all its indicators are scored: 未达到目标的按完成比例计分, outside any one's row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading, Subject
from extractor.document import Paragraph, Table, Text
from extractor.quantity import Quantity, normal
from extractor.rules.figure._marks import Facts, Marks, marks
from extractor.rules.figure._scheme import Scheme

_MISSED = r"(?:未(?:能)?(?:达到?|完成|达成|实现)|没有?(?:达到?|完成)|不达标|未达标|达不到|低于目标|超出的)"
_DONE = r"(?:实际|完成|达成|实现)[^，。；“”×*=]{0,8}"
_AIM = r"(?:年度|预期|绩效|计划)*(?:目标|指标|计划|标杆|标准)(?:值|数)?"
_SHARE = (
    rf"(?:{_DONE}\s*[/÷]\s*{_AIM}|{_DONE}(?:与|占|和){_AIM}的?(?:之比|比例|比值|比)"
    r"|按(?:照)?(?:实际)?(?:完成|达成|实现)(?:的)?(?:比例|率|百分比)|(?<![A-Z])B\s*[/÷]\s*A\s*[×*])"
)
_TURNED = rf"{_AIM}\s*[/÷]\s*{_DONE}"
_RULE = regex.compile(rf"{_MISSED}[^。；]{{0,30}}?{_SHARE}")
_LESS = regex.compile(rf"(?:反向|负向|逆向)[^。；]{{0,30}}?{_TURNED}")
_RATIOS = regex.compile(r"(?:比率|比例|百分比)类?(?:指标)?[^，。；]{0,6}(?:未|没|不达)")
_KIND = regex.compile(
    r"(?:^|[:：，,、])\s*(?P<kind>产出|效益|效果|过程|投入|决策|满意度|数量|质量|时效|成本)(?:类指标|类|性指标|指标)"
)
_OTHER = regex.compile(r"扣|加分|折半|\d+\s*%\s*(?:以[上下]|至)|档|区间")
_CLAUSE = regex.compile(r"[^。；;，,：:\n]+")
_RATE = regex.compile(
    r"(?P<name>[一-鿿]{1,8}率)(?:类)?(?:指标)?(?:均)?按(?:照)?(?:实际|完成)?比例(?:计算|折算)?(?:计分|得分|给分|赋分)?"
)
_SENTENCE = regex.compile(r"[^。；;]+")
_SPOKEN_FOR = 3


@dataclass(frozen=True, slots=True)
class General:
    """A rule for all indicators: the text that states it, whether for rates alone, whether for less-is-better too;
    ``kind`` names the level of those that it is for, "" if it is for all."""

    said: Text
    whole: Text
    ratios: bool
    less: bool
    kind: str = ""


def general(reading: Reading) -> General | None:
    """The one way in which a document scores what fell short; None if it states none, or several."""
    found = [g for text in _texts(reading) if (g := _general(text)) is not None]
    return found[0] if len({(g.ratios, g.less, g.kind) for g in found}) == 1 else None


def general_of_names(reading: Reading) -> tuple[tuple[str, Text], ...]:
    """The rates that a document says to score in proportion, by their names, with the clause: 及时率按比例."""
    found = []
    for text in _texts(reading):
        if not regex.search(r"计分|得分|评分|扣分", text.string):
            continue
        for clause in _CLAUSE.finditer(text.string):
            named = _RATE.fullmatch(clause[0].strip())
            if named is not None:
                found.append((str(named["name"]), text.cut(*clause.span())))
    return tuple(found)


def _texts(reading: Reading) -> Iterator[Text]:
    rows = {
        (r.place.table, r.place.row) for form in reading.forms for r in form.indicators if r.place is not None
    }
    for block in reading.document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (c.text for c in block.cells if len(c.text) > 20 and (block.number, c.row) not in rows)


def _general(text: Text) -> General | None:
    plain = normal(text.string)
    rule = next((m for m in _SENTENCE.finditer(plain) if _RULE.search(m[0])), None)
    if rule is None or _OTHER.search(rule[0]):
        return None
    kind = _KIND.search(rule[0])
    return General(
        text.cut(*rule.span()),
        text,
        bool(_RATIOS.search(rule[0])),
        bool(_LESS.search(plain)),
        kind["kind"] if kind else "",
    )


def general_marks(rule: General, subject: Subject, facts: Facts, levels: str) -> Marks | None:
    """What the rule grants an indicator without one of its own; None where it does not speak of it."""
    target, actual = facts.target, facts.actual
    if target is None or actual is None or _named_in(rule.whole, subject) or rule.kind not in levels:
        return None
    if rule.ratios and not (_ratio(target) and _ratio(actual)):
        return None
    if target.op in ("<=", "<") and not rule.less:
        return None
    return marks(Scheme(rule.said.flat, proportion=True, open=False), facts)


def named_marks(names: tuple[tuple[str, Text], ...], facts: Facts) -> tuple[Marks, Text] | None:
    """What the one clause for indicators of this name grants, and the clause."""
    told = [(name, said) for name, said in names if facts.name.endswith(name)]
    if len(told) != 1 or facts.target is None or facts.actual is None:
        return None
    granted = marks(Scheme(told[0][1].flat, proportion=True, open=False), facts)
    return (granted, told[0][1]) if granted is not None else None


def _ratio(quantity: Quantity) -> bool:
    return quantity.dimension == "ratio"


def _named_in(text: Text, subject: Subject) -> bool:
    """Whether the rule's own text speaks of the indicator apart (C301按座数占比计分)."""
    said = text.string
    names = (n for n in (subject.code, *subject.names, subject.name) if len(n) >= _SPOKEN_FOR)
    return any(name in said for name in names)
