"""Figures in a form's running text, each with the one indicator row that it plainly speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure, Form, Indicator
from extractor.quantity import Agreement, Quantity, agree, find
from extractor.resolve.register import plain

Field = Literal["target", "actual"]

_BREAK = regex.compile(r"[，,。；;：:、（）()\n]")
_SENTENCE = regex.compile(r"[。；;\n]")
_PLANNED = regex.compile(r"目标(?!.*(?:完成|实现))")
_DONE = regex.compile(r"(?:完成|实现)情况|概述|主要绩效|工作成效|实施成效|产出情况")
_COUNT_TAIL = regex.compile(r"(?:场次|频次|人次|数量|次数|人数|总数|总量|数|量)$")
_UNIT_TAIL = regex.compile(r"[个项次人名家户份件套台条张场篇页所座间辆本册天起批期株亩]$")
_SIZE_TAIL = regex.compile(r"(?:长度|里程|面积|天数|金额|时间|时长)$")
_GENERIC = regex.compile(
    r"^(?:(?:19|20)\d{2}年度?|全年|年度|年内|当年|本年度?|今年|计划|预计|确保|力争|实际|已|共计?|完成|实现|达到|并|且)+"
)
_LINK = regex.compile(r"(?:控制在|保持在|维持在|稳定在|达到|达|为|是|不|共计?|约|已|均|各|在)+$")
_SCOPE = regex.compile(
    r"每[年季月周日天次人户生校个场]|[平人日月年户生亩]均|上年|去年|往年|同期|累计|[三四五]年|上半年|下半年|季度|最[高低多少]"
    r"|其中|首批|未|不[合达]|[至到]20\d{2}年|20\d{2}年[至到—-]|规划|十[四五六]五|[一-鿿]{2}[镇乡村县](?!级|域|道|乡)"
)
_SHORT = 3
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a form's text beside the row that it speaks of; ``field`` is what the text tells of it."""

    form: Form
    text: Text
    quantity: Quantity
    clause: str
    row: Indicator
    field: Field

    @property
    def figure(self) -> Figure:
        """The figure as the text prints it."""
        return Figure(self.text.cut(self.quantity.start, self.quantity.end), self.quantity)

    @property
    def stated(self) -> Figure:
        """What the row states."""
        figure = self.row.get(self.field)
        assert figure is not None
        return figure


def told(reading: Reading) -> Iterator[Told]:
    """Figures that a form's texts tell otherwise than the row they plainly speak of."""
    for form in reading.forms:
        for field, text in texts(form):
            yield from _contradicting(_owner(reading, form), text, field)


def texts(form: Form) -> Iterator[tuple[Field, Text]]:
    """The texts that tell what was aimed at and what was reached, each once."""
    sides: tuple[tuple[Field, str], ...] = (("target", "expected"), ("actual", "actual"))
    seen: set[str] = set()
    found = [(field, form.goals.get(name)) for field, name in sides]
    for name, figure in form.fields.items():
        if _PLANNED.search(name):
            found.append(("target", figure))
        elif _DONE.search(name):
            found.append(("actual", figure))
    for field, told_there in found:
        if told_there is not None and not told_there.blank and told_there.string not in seen:
            seen.add(told_there.string)
            yield field, told_there.text


def _owner(reading: Reading, form: Form) -> Form:
    """The form whose rows a text speaks of: its own, else the only one that has rows."""
    if form.indicators:
        return form
    others = [f for f in reading.forms if f.indicators]
    return others[0] if len(others) == 1 else form


def _contradicting(form: Form, text: Text, field: Field) -> Iterator[Told]:
    found: dict[int, list[Told]] = {}
    for one in _matched(form, text, field):
        found.setdefault(id(one.row), []).append(one)
    for group in found.values():
        verdicts = {agree(t.quantity, _quantity(t.row, field)) for t in group}
        if len(group) == 1 and verdicts == {Agreement.DISAGREE} and not _elsewhere(group[0]):
            yield group[0]


def _matched(form: Form, text: Text, field: Field) -> Iterator[Told]:
    """Every figure with the one row whose subject, unit and scope are its own."""
    rows = [r for r in form.indicators if _stated(r, field) is not None]
    end = 0
    for quantity in find(text.string):
        start = max((m.end() for m in _BREAK.finditer(text.string, end, quantity.start)), default=end)
        lead, clause = text.string[start : quantity.start], _clause(text.string, start, quantity.end)
        before = _SENTENCE.split(text.string[: quantity.start])[-1]
        end = quantity.end
        if quantity.upper is not None or quantity.dimension in ("number", "ratio", "money"):
            continue
        counted = [r for r in rows if _same_unit(quantity, _quantity(r, field), r)]
        mine = [r for r in counted if _same_subject(lead, clause, quantity, r)]
        if len(mine) == 1 and _scope(before + clause[len(lead) :]) == _scope(mine[0].name):
            yield Told(form, text, quantity, clause, mine[0], field)


def _clause(string: str, start: int, end: int) -> str:
    stop = _BREAK.search(string, end)
    return string[start : stop.start() if stop else len(string)]


def _scope(words: str) -> frozenset[str]:
    return frozenset(_SCOPE.findall("".join(words.split())))


def _stated(row: Indicator, field: Field) -> Quantity | None:
    figure = row.get(field)
    return figure.quantity if figure is not None else None


def _quantity(row: Indicator, field: Field) -> Quantity:
    quantity = _stated(row, field)
    assert quantity is not None
    return quantity


def _same_unit(told_there: Quantity, stated: Quantity, row: Indicator) -> bool:
    """Whether both count the same; a cell without a unit counts what the row's name ends with (篇数)."""
    if told_there.dimension == stated.dimension:
        return True
    word = told_there.unit[-1:]
    return stated.dimension == "number" and bool(word) and row.name.endswith(f"{word}数")


def _same_subject(lead: str, clause: str, quantity: Quantity, row: Indicator) -> bool:
    """Whether the words that lead to a figure are an indicator's name, in whole or in its telling part."""
    mine, name = _bare(_LINK.sub("", plain(lead))), _bare(plain(row.name))
    core = _SIZE_TAIL.sub("", _counted(name))
    whole = _bare(plain(clause.replace(quantity.text, "")))
    if min(len(name), len(core)) < 2 or (not mine and not whole):
        return False
    if mine in (name, core, _counted(name)):
        return len(mine) >= _SHORT or mine == core
    if any(len(c) >= _LEAST and (mine.endswith(c) or whole == c) for c in (name, core, _counted(name))):
        return True
    if len(mine) >= _LEAST and name.endswith(mine):
        return True
    if len(core) >= _LEAST and sorted(mine[-len(core) :]) == sorted(core):
        return True
    return _begins(mine, name, quantity)


def _begins(mine: str, name: str, quantity: Quantity) -> bool:
    """每月上门 beside 每月上门服务次数: the greater part of the name, whose unit is the figure's own."""
    if not name.endswith(f"{quantity.unit[-1:]}数"):
        return False
    core = _counted(name)
    shared = next((n for n in range(len(core), 0, -1) if mine.endswith(core[:n])), 0)
    return shared >= _LEAST and shared * 5 >= len(core) * 3


def _bare(words: str) -> str:
    return str(_GENERIC.sub("", words))


def _counted(name: str) -> str:
    """A name without the word that it counts with: 媒体报道 of 媒体报道篇数."""
    shorter = _COUNT_TAIL.sub("", name)
    return str(_UNIT_TAIL.sub("", shorter)) if shorter != name else name


def _elsewhere(one: Told) -> bool:
    """Whether the row itself gives the text's figure too, in its remarks or in another column."""
    figures: Iterable[Figure | None] = (
        one.row.target,
        one.row.actual,
        one.row.note,
        one.row.deviation,
        one.row.explanation,
        one.row.source,
        one.row.rule,
        *one.row.others.values(),
    )
    stated = one.stated
    values = {
        q.value * q.scale
        for f in figures
        if f is not None and f is not stated
        for q in (*find(f.string), *((f.quantity,) if f.quantity else ()))
    }
    return one.quantity.value * one.quantity.scale in values
