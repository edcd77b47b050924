"""Figures in running text to claims: each with the one indicator whose name, unit and scope are its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import regex

from extractor.claims import Claim, Origin
from extractor.document import Text
from extractor.facts import Figure
from extractor.quantity import Agreement, Quantity, agree
from extractor.resolve.alignment import (
    LIKELY,
    SURE,
    counted,
    ends_name,
    of_funds,
    same_measure,
    speaks_of,
    within,
)
from extractor.resolve.leads import BREAK, led
from extractor.resolve.limits import as_narrow, scope_of, scoped_words, told_elsewhere
from extractor.resolve.register import Entry, Register
from extractor.resolve.roles import Told, cued, heads_goals, reported, role, sentence_before
from extractor.resolve.scope import condition_after, period_before
from extractor.resolve.topics import NO_TOPICS, Topics

_AMOUNT = regex.compile(r"[\d,.]+\s*(?:[万亿]?元|[个人次场项户批期名家件份篇%]*)")
_THAN = regex.compile(
    r"(?:已|未|均|略|远|也|超额|并)*(?:[高低优]于|超过|达到?|完成|实现|不及|大于|小于)?(?:了)?"
)
_COMPLETION = regex.compile(
    r"^(?:(?:目标|计划|任务|年度|实际)*完成(?:率|比例)(?:已|仅)*(?:达到?|为|是|约)?"
    r"|(?:已|仅)?(?:为|是|占|完成)(?:了)?(?:全年|年度|年初|当年)?(?:绩效)?(?:计划|目标|任务)(?:数|值|量)?的)$"
)
_OF_PLAN = regex.compile(
    r"(?:为|是|占|完成)(?:了)?(?:全年|年度|年初|当年)?(?:绩效)?(?:计划|目标|任务)(?:数|值|量)?[\d,.]{1,12}[^\d，,。；;]{0,6}的$"
)
_APART = ("number", "points", "score")
_GRANTS = regex.compile(
    r"\s*(?:及?以上|的|时)?[，,]?\s*(?:[得计给]满分|按[一-鿿]{0,6}计|否则)"
)  # 完成率达 100%得满分: a rule
_LABELS = {"target": "目标值", "actual": "实际完成值", "completion": "完成率"}
_RATES = ("率", "度")
_SATISFACTION = "满意度"
_SHORTEST_RATE, _LONG_TAIL = 3, 4
_TOPIC = 0.93
_GOAL = 0.85


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with the heading that it stands under and what its parts are about; ``aimed``: it states goals;
    ``results``: what was reached; ``home``: the document's title and offices, whose place is no limit."""

    text: Text
    section: str = ""
    topics: Topics = NO_TOPICS
    aimed: bool = False
    results: bool = False
    home: str = ""

    @property
    def goals(self) -> bool:
        """Whether it stands under a heading of goals."""
        return heads_goals(self.section)


@dataclass
class Names:
    """The indicators of a register by the telling parts of their names, for finding them in words."""

    register: Register
    _by_pair: dict[str, list[Entry]] = field(default_factory=dict)
    _known: int = 0

    def near(self, words: str) -> list[Entry]:
        """The indicators whose names share two neighbouring characters with words."""
        self._renew()
        found: dict[int, Entry] = {}
        for pair in _pairs(counted(words)):
            found.update((id(e), e) for e in self._by_pair.get(pair, ()))
        return list(found.values())

    def _renew(self) -> None:
        for entry in self.register.entries[self._known :]:
            for pair in {p for name in entry.names for p in _pairs(counted(name))}:
                self._by_pair.setdefault(pair, []).append(entry)
        self._known = len(self.register.entries)


def _pairs(words: str) -> list[str]:
    return [words[i : i + 2] for i in range(len(words) - 1)]


def told_claims(
    passage: Passage, names: Names, origin: Origin, year: int | None
) -> Iterator[tuple[Entry, Claim]]:
    """Every figure of a passage that plainly states what an indicator aims at or reached, or how far it did."""
    string, sentence = passage.text.string, -1
    last: tuple[Entry | None, int] = (None, 0)
    for quantity, lead in led(string):
        if quantity.malformed or quantity.dimension in _APART or period_before(string, quantity.start, year):
            continue
        begun = quantity.start - len(sentence_before(string, quantity.start))
        if begun != sentence:
            sentence, last = begun, (passage.topics.at(quantity.start), begun)
        found = _stated_of(passage, names, quantity, lead, last)
        if found is not None and not told_elsewhere(string[: quantity.start], found.entry.names):
            last = found.entry, quantity.end
            yield found.entry, _claim(passage, found, lead, origin)
        elif quantity.dimension != "ratio" and counted(lead):
            last = None, quantity.end


class _Found(NamedTuple):
    """Whose figure it is, of which field, and how sure that is."""

    entry: Entry
    field: str
    quantity: Quantity
    sure: float


def _stated_of(
    passage: Passage, names: Names, quantity: Quantity, lead: str, last: tuple[Entry | None, int]
) -> _Found | None:
    """What a figure states; ``last`` is the indicator told before in its sentence, or that of its paragraph, and where
    what is told of it ends."""
    above, since = last
    if quantity.dimension == "ratio" and _tells_completion(passage.text.string[: quantity.start], lead):
        if _GRANTS.match(passage.text.string, quantity.end):
            return None
        limited = above is None or _is_rate(above) or scope_of(passage.text.string[since : quantity.start])
        return None if above is None or limited else _Found(above, "completion", quantity, _TOPIC)
    told = Told(passage.text.string, quantity.start, quantity.end, lead)
    what = role(told, quantity, passage.section, passage.aimed)
    if what == "target" and _THAN.fullmatch(lead.strip()):
        return _compared(above, replace(quantity, op=""))
    found = _meant(passage, names, quantity, lead, what) if what else None
    if found is None:
        return None
    entry, sure = found
    if what == "actual" and not _reports(passage, quantity, lead):
        aims = _figures(entry, ("target",))
        return (
            None
            if any(agree(quantity, q) is Agreement.AGREE for q in aims)
            else _Found(entry, what, quantity, _GOAL)
        )
    weak = what == "target" and sure == SURE and (passage.goals or not cued(lead))
    return _Found(entry, what, quantity, _GOAL if weak else sure)


def _reports(passage: Passage, quantity: Quantity, lead: str) -> bool:
    """Whether a figure's words say that it was reached; 培训 1,200 人次 may as well be what a project consists of."""
    before = sentence_before(passage.text.string, quantity.start)
    return (
        passage.results or reported(before, passage.section) or passage.topics.at(quantity.start) is not None
    )


def _tells_completion(before: str, lead: str) -> bool:
    """Whether a rate is told as 完成率, as 为年度计划的 or as 为年度计划 40 万人次的."""
    return bool(_COMPLETION.search(lead.strip())) or (
        lead.strip() == "的" and bool(_OF_PLAN.search(before[-30:].replace(" ", "")))
    )


def _compared(entry: Entry | None, quantity: Quantity) -> _Found | None:
    """The indicator told just before, with whose value a target is compared: 93%，低于 95%的目标值."""
    if entry is None or not any(_measures(entry, quantity, name, "target") for name in entry.names):
        return None
    return _Found(entry, "target", quantity, _TOPIC)


def _claim(passage: Passage, found: _Found, lead: str, origin: Origin) -> Claim:
    quantity, string = found.quantity, passage.text.string
    before = len(sentence_before(string, quantity.start))
    stop = string.find("。", quantity.end)
    quote = passage.text.cut(quantity.start - before, stop if stop >= 0 else len(string)).flat
    figure = Figure(passage.text.cut(quantity.start, quantity.end), quantity)
    scope = condition_after(string, quantity.end)
    return Claim(found.field, figure, origin, _LABELS[found.field], quote, scope, lead.strip(), found.sure)


def _meant(
    passage: Passage, names: Names, quantity: Quantity, lead: str, what: str
) -> tuple[Entry, float] | None:
    """The one indicator that a figure is told of, and how sure that is."""
    words = scoped_words(passage.text.string, quantity, lead)
    before = sentence_before(passage.text.string, quantity.start).removesuffix(lead)
    fits = [
        (_alone(before, speaks_of(lead, name) or ends_name(lead, name, quantity.unit), lead, name), entry)
        for entry in names.near(lead)
        for name in entry.names
        if not entry.level
        and _measures(entry, quantity, name, what)
        and scope_of(words, passage.home) == scope_of(name)
        and as_narrow(lead, name)
    ]
    best = max((sure for sure, _ in fits), default=0.0)
    if best == SURE or (best and quantity.dimension != "ratio"):
        mine = {id(entry): entry for sure, entry in fits if sure == best}
        return (next(iter(mine.values())), best) if len(mine) == 1 else None
    return _of_topic(passage, quantity, lead, words, what) or _of_tail(passage, names, quantity, lead, what)


def _of_tail(
    passage: Passage, names: Names, quantity: Quantity, lead: str, what: str
) -> tuple[Entry, float] | None:
    """The one indicator whose name ends with a rate's words, where the text before tells the rest of the name:
    车辆动态监控不到位。上线率仅 91.26%."""
    rate = counted(lead)
    if quantity.dimension != "ratio" or len(rate) < _SHORTEST_RATE or rate[-1] not in _RATES:
        return None
    ending = [(e, n) for e in names.near(rate) if not e.level for n in e.names if counted(n).endswith(rate)]
    if len({id(e) for e, _ in ending}) != 1 or not _measures(ending[0][0], quantity, ending[0][1], what):
        return None
    entry, before = ending[0][0], passage.section + passage.text.string[: quantity.start]
    rest = _pairs(counted(ending[0][1]).removesuffix(rate))
    words = scope_of(scoped_words(passage.text.string, quantity, lead), passage.home)
    if words != scope_of(ending[0][1]) & words or not as_narrow(lead, ending[0][1]):
        return None
    told = sum(pair in before for pair in rest)
    enough = told * 4 >= (len(rest) if len(rate) > _LONG_TAIL else len(rest) * 3)
    return (entry, LIKELY) if rate == _SATISFACTION or (rest and enough) else None


def _alone(before: str, sure: float, lead: str, name: str) -> float:
    """How sure a name of one word is: 培训 says whose training it was only with the clauses before it."""
    if not sure or len(counted(lead)) > 3 or counted(lead)[-1:] in _RATES:
        return sure
    limited = any(not within(clause, name) for clause in BREAK.split(_AMOUNT.sub("", before)))
    return 0.0 if limited else LIKELY


def _of_topic(
    passage: Passage, quantity: Quantity, lead: str, words: str, what: str
) -> tuple[Entry, float] | None:
    """The indicator that the paragraph is about, if the figure's words say nothing else and end with it."""
    entry = passage.topics.at(quantity.start)
    tail = passage.text.string[quantity.end : quantity.end + 1]
    if entry is None or not cued(lead) or not (not tail or BREAK.match(tail) or what == "target"):
        return None
    fits = any(
        within(lead, name)
        and _measures(entry, quantity, name, what)
        and scope_of(words, passage.home) == scope_of(name)
        and as_narrow(lead, name)
        for name in entry.names
    )
    return (entry, _TOPIC) if fits else None


def _measures(entry: Entry, quantity: Quantity, name: str, what: str) -> bool:
    """Whether an indicator's own figures count what a figure counts; amounts of funds are looked at elsewhere."""
    if of_funds(quantity, name):
        return False
    stated = _figures(entry, (what,)) or _figures(entry, ("target", "actual"))
    return any(same_measure(quantity, q, name) for q in stated)


def _is_rate(entry: Entry) -> bool:
    """Whether an indicator is itself a rate."""
    return any(q.dimension == "ratio" for q in _figures(entry, ("target", "actual")))


def _figures(entry: Entry, fields: Iterable[str]) -> list[Quantity]:
    return [c.figure.quantity for c in entry.claims if c.field in fields and c.figure.quantity is not None]
