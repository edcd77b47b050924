"""Figures of running text that are an indicator's own value but for a slip of the pen, under whatever name.

受访渔民满意率 94.40% beside 渔民满意度 94.04% in the table: the words alone would not do, for they may be of another
thing; words and a slip of the pen together do, if nothing else in the document says the figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.claims import Claim, Reading, Subject
from extractor.document import Paragraph, Text
from extractor.facts import Figure
from extractor.findings import Finding, evidence
from extractor.quantity import Quantity, find, one_off, slipped
from extractor.recognise.prose import passages
from extractor.resolve.alignment import of_funds
from extractor.resolve.goals import goal_texts
from extractor.resolve.leads import BREAK, led
from extractor.resolve.limits import as_narrow, scope_of, scoped_words
from extractor.resolve.register import plain_code
from extractor.resolve.roles import Told, heads_goals, reported, role, sentence_before
from extractor.resolve.scope import condition_after, period_before
from extractor.rules._printed import Printed, printed_in
from extractor.rules.figure._likeness import changes_alike, shared, told_change, words_around
from extractor.rules.figure._neighbours import Neighbours
from extractor.rules.figure._versions import PLACES, difference

_PROSE = ("prose", "heading")
_APART = ("points", "score", "number")
_CODE = regex.compile(r"(?<![A-Za-z\d])[A-Z]\d{1,4}(?:[-－—]\d{1,3}){0,3}(?![A-Za-z\d])")
_COUNTERPART = {"target": "actual", "actual": "target"}
_SHORT, _BOTH = 2, 0.75
_LONG, _MIDDLE, _FEWEST = 5, 4, 3
_NEEDED = {_LONG: 0.2, _MIDDLE: 0.33, _FEWEST: 0.5}


class _Passage(NamedTuple):
    """A text with its heading; ``aimed`` of a form's goals, ``results`` of what it reached, ``space`` its form's."""

    text: Text
    section: str
    aimed: bool = False
    results: bool = False
    space: str = ""

    @property
    def goals(self) -> bool:
        """Whether goals are told there, not how far they were reached."""
        return self.aimed or heads_goals(self.section)


def misprints(reading: Reading, field: str, rule: str, what: str) -> Iterator[Finding]:
    """A warning for each figure of running text that misses a table's value by a slip and is told of nothing else."""
    known = [(s, c) for s in reading.subjects for c in _of_tables(s, field)]
    often, neighbours = printed_in(reading), Neighbours(known)
    for passage in _passages(reading) if known else ():
        spaces = ("", passage.space)
        for quantity, lead in led(passage.text.string):
            near = [(s, c) for s, c in neighbours.of(quantity) if _slips(quantity, c.figure.quantity)]
            near = [(s, c) for s, c in near if not passage.space or s.space in spaces]
            near = [
                (s, c)
                for s, c in near
                if passage.results or passage.goals or not _stated_of(s, quantity, _COUNTERPART[field])
            ]
            if near and _plain(reading, passage, quantity, lead, field):
                found = _meant(passage, quantity, lead, near)
                if found is None or _told_too(passage.text, found[1]):
                    continue
                if _rare(often, quantity, found[1]):
                    yield _finding(found, passage.text, quantity, lead, rule, what)


def _told_too(text: Text, claim: Claim) -> bool:
    """Whether a text tells the table's figure as well: then the one like it is another."""
    stated = claim.figure.quantity
    return stated is not None and any(
        (q.value, q.dimension, q.scale) == (stated.value, stated.dimension, stated.scale)
        for q in find(text.string)
    )


def _passages(reading: Reading) -> Iterator[_Passage]:
    """Paragraphs, and the goals and results that forms tell."""
    for block, section, text in passages(reading.document):
        if isinstance(reading.document.blocks[block], Paragraph):
            yield _Passage(text, section)
    for number, form in enumerate(reading.forms):
        for field, text in goal_texts(form):
            yield _Passage(text, "", field == "target", field == "actual", f"form-{number}")


def _of_tables(subject: Subject, field: str) -> list[Claim]:
    """The first claim of each value that tables state for a subject, if they agree on one."""
    stated = {
        c.figure.quantity.value: c
        for c in subject.of(field)
        if c.figure.quantity is not None and c.origin.kind not in _PROSE and not c.scope
    }
    return list(stated.values()) if len(stated) == 1 else []


def _stated_of(subject: Subject, quantity: Quantity, field: str) -> bool:
    """Whether a figure is the subject's other one: what it aims at beside what it reached."""
    known = (c.figure.quantity for c in subject.of(field))
    return any(
        q is not None and (q.value, q.dimension) == (quantity.value, quantity.dimension) for q in known
    )


def _slips(printed: Quantity, stated: Quantity | None) -> bool:
    """Whether a figure is another one with a digit wrong, two changed about, or ‰ for %."""
    if stated is None or printed.malformed or printed.dimension != stated.dimension:
        return False
    if printed.value == stated.value:
        return printed.scale != stated.scale and printed.unit != stated.unit and _digits(printed) >= _FEWEST
    if printed.scale != stated.scale or printed.precision != stated.precision:
        return False
    return slipped(printed, stated.value) or _slips_short(printed, stated)


def _slips_short(printed: Quantity, stated: Quantity) -> bool:
    """The same of figures of two digits."""
    one, other = str(printed.value), str(stated.value)
    return len(one) == _SHORT and one.isdigit() and one_off(one, other)


def _digits(quantity: Quantity) -> int:
    return len(quantity.value.as_tuple().digits)


def _plain(reading: Reading, passage: _Passage, quantity: Quantity, lead: str, field: str) -> bool:
    """Whether a figure is told as what was reached (or aimed at), of the document's own time and of all of it."""
    if quantity.dimension in _APART or quantity.upper is not None:
        return False
    string = passage.text.string
    if period_before(string, quantity.start, reading.about.year) or condition_after(string, quantity.end):
        return False
    told = role(Told(string, quantity.start, quantity.end, lead), quantity, passage.section, passage.aimed)
    if not told and heads_goals(passage.section):
        told = "target"
    if not told and told_change(lead) and quantity.dimension == "ratio":
        told = "actual"  # of 登记患者数下降率 the change is what was reached
    reports = passage.results or reported(sentence_before(string, quantity.start), passage.section)
    if field == "actual" and not reports and not _CODE.search(string[: quantity.start]):
        return False
    return told == field and not scope_of(scoped_words(string, quantity, lead), reading.about.names)


def _meant(
    passage: _Passage, quantity: Quantity, lead: str, near: list[tuple[Subject, Claim]]
) -> tuple[Subject, Claim] | None:
    """The one subject that the words around a figure speak of, too, or the code before it."""
    string = passage.text.string
    codes = _CODE.findall(string[: quantity.start])
    coded = [(s, c) for s, c in near if codes and s.code and plain_code(s.code) == plain_code(codes[-1])]
    words, digits = words_around(string, quantity, lead), _digits(quantity)
    needed = _NEEDED.get(min(digits, _LONG), 0.5 if passage.aimed or passage.results else 1.0)
    fits = coded or [
        (s, c)
        for s, c in near
        if any(
            shared(words, n) >= needed
            and (digits > _SHORT or shared(n, words) >= _BOTH)
            and changes_alike(lead, n)
            and as_narrow(lead, n)
            and not of_funds(quantity, n)
            for n in s.names
        )
    ]
    return fits[0] if len({id(s) for s, _ in fits}) == 1 else None


def _rare(often: Printed, quantity: Quantity, claim: Claim) -> bool:
    """Whether the document prints one of two figures only here."""
    stated = claim.figure.quantity
    return stated is not None and min(map(often.times, (quantity, stated))) <= 1


def _finding(
    found: tuple[Subject, Claim], text: Text, quantity: Quantity, lead: str, rule: str, what: str
) -> Finding:
    subject, claim = found
    stated = claim.figure.quantity
    assert stated is not None
    own, name = text.cut(quantity.start, quantity.end), BREAK.split(lead)[-1].strip() or "正文"
    where = PLACES.get(claim.origin.kind, "表格")
    gap = difference(stated, quantity)
    return Finding(
        rule=rule,
        severity="warning",
        subject=subject.title,
        message=f"{subject.title}的{what}前后不一致：{where}为 {claim.figure.string}，正文“{name}”为 "
        f"{quantity.text}{f'，相差 {gap}' if gap else ''}，疑为笔误，请核实。",
        evidence=(
            evidence(claim.figure, f"{where}：{claim.label}", "stated", claim.quote),
            evidence(Figure(own, quantity), f"正文：{name}", "stated", _sentence(text, quantity)),
        ),
        expected=f"各处{what}一致",
        actual=f"{where}为 {claim.figure.string}，正文为 {quantity.text}",
        difference=gap,
        impact="影响该指标是否达标及其得分的判断",
        confidence=0.75,
    )


def _sentence(text: Text, quantity: Quantity) -> str:
    start = quantity.start - len(sentence_before(text.string, quantity.start))
    stop = text.string.find("。", quantity.end)
    return text.cut(start, stop if stop >= 0 else len(text)).flat
