"""Statements in prose to claims: which indicator a sentence speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from extractor.claims import Claim, Origin
from extractor.document import Text
from extractor.facts import Statement
from extractor.quantity import find
from extractor.recognise.figures import figure
from extractor.recognise.names import named
from extractor.resolve.limits import told_elsewhere
from extractor.resolve.register import Entry, Register, plain
from extractor.resolve.roles import Told, role
from extractor.resolve.scope import condition_after, period_before

_FIELDS = ("weight", "score", "target", "actual")
_LABELS = {"weight": "权重", "score": "得分", "target": "目标值", "actual": "实际完成值"}
_STATED = ("indicator-score", "indicator-value")
_LEAD = regex.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、]\s*)?")
_QUOTED = regex.compile(r"[“\"「『]([^”\"」』\n]{2,50})[”\"」』]")
_GROUP = regex.compile(r"类指标|[一二三四]级指标|指标共|指标包括|(?:几|个|大)方面")
_BASED = regex.compile(r"[按以占与]\s*年初|年初[^，。；]{0,6}(?:执行率|为基数)|调整")
_LONG_TERM = regex.compile(r"[三四五]年|长期|中期|规划|到\s*20\d{2}\s*年|实施期")
_PART_ENDS = regex.compile(r"[；;。\n]")
_NAME_ENDS = regex.compile(r"[\d（(，,：:“”]")
_ITS_POINTS = regex.compile(
    r"(?:指标)?(?:的)?(?:满分|权重|分值|标准分|得分)?(?:为|是)?$"
)  # 目标明确性满分 5 分
_NEAR = 75.0
_TAIL = 3
_LONGEST_TITLE = 60
_AIMED = 0.85


@dataclass(frozen=True, slots=True)
class Context:
    """Where a statement stands: the subjects it may mean, the table row's own subject, the document's year.

    ``nearest`` is the indicator last named in the same paragraph, ``result`` whether results are told
    there: a scoring rule says what would be, not what is; ``aimed`` whether goals are told there;
    ``topic`` is the indicator that the paragraph or its part begins with."""

    register: Register
    row: Entry | None
    year: int | None
    origin: Origin
    result: bool = True
    nearest: Entry | None = None
    aimed: bool = False
    topic: Entry | None = None


def prose_claims(statement: Statement, context: Context) -> Iterator[tuple[Entry, Claim]]:
    """The claims that a statement makes, with their subject; none if it is not clear who is meant."""
    if statement.kind not in _STATED:
        return
    found = _subject(statement, context)
    if found is None:
        return
    entry, confidence = found
    label = statement.string("label")
    for field in _FIELDS:
        part = statement.parts.get(field)
        if part is None or (field in ("actual", "score") and not context.result):
            continue
        told = _role(statement, part, context) if field == "actual" else field
        sure = confidence if told == field and not _of_part(statement, part) else min(confidence, _AIMED)
        if told and not (field == "actual" and told_elsewhere(_before(statement, part), entry.names)):
            scope = _scope(statement, part, context.year)
            label_of, quote = _LABELS[told], statement.sentence.flat
            yield entry, Claim(told, figure(part), context.origin, label_of, quote, scope, label, sure)


def _before(statement: Statement, part: Text) -> str:
    """The words of the sentence before a figure, from its label on where the figure stands more than once."""
    sentence = statement.sentence.string
    return sentence[: sentence.find(part.string, max(sentence.find(statement.string("label")), 0))]


def _role(statement: Statement, part: Text, context: Context) -> str:
    """Whether the value of an indicator was reached or aimed at where it is told."""
    sentence, label = statement.sentence.string, statement.string("label")
    begin = max(sentence.find(label), 0)
    start = sentence.find(part.string, begin)
    end = start + len(part.string)
    told = Told(sentence, start, end, sentence[begin:start])
    found = role(told, figure(part).quantity, statement.section, context.aimed)
    # What three years or a plan aim at is not the year's target.
    return "" if found == "target" and _LONG_TERM.search(sentence, 0, start) else found


def _of_part(statement: Statement, part: Text) -> bool:
    """Whether a rate may be that of a part: 支出 A，其中设备购置 B，执行率 90%."""
    before = statement.sentence.string.partition(part.string)[0]
    return statement.string("label").endswith("执行率") and "其中" in before


def _subject(statement: Statement, context: Context) -> tuple[Entry, float] | None:
    """The indicator that a statement is about: the one it names, else that of its worksheet or section."""
    label = named(statement.parts["label"]) if "label" in statement.parts else None
    above = context.topic or section_entry(context.register, statement.section) or context.row
    if label is None:
        above = _named_in_clause(statement, context.register) or context.nearest or above
    if label is None and _of_several(statement):
        return None
    if label is not None and (label.code or label.name):
        entry = context.register.find(label.name, label.code)
        if entry is not None and not (
            entry.level and statement.kind == "indicator-value" and above is not None
        ):
            return entry, 1.0
        if statement.kind == "indicator-value" and above is not None:
            return _close(label.name, above, compared="target" in statement.parts)
        entry = context.register.closest(_trimmed(label.name))
        return (entry, 0.9) if entry is not None and statement.kind == "indicator-score" else None
    return (above, 0.95) if above is not None and statement.kind == "indicator-score" else None


def _named_in_clause(statement: Statement, register: Register) -> Entry | None:
    """The indicator whose name begins the part of the sentence that a statement stands in."""
    before = _PART_ENDS.split(statement.sentence.string[: statement.at])[-1].strip()
    words = _ITS_POINTS.sub("", _NAME_ENDS.split(before, 1)[0])
    return register.find(words) if len(words) > _TAIL else None


def _of_several(statement: Statement) -> bool:
    """Whether the words before a score say that it is that of a group: 产出指标共设 5 个三级指标，权重 35 分 …"""
    first = min((t.string for t in statement.parts.values()), key=statement.sentence.string.find, default="")
    return bool(_GROUP.search(statement.sentence.string[: statement.sentence.string.find(first)]))


def _close(name: str, entry: Entry, compared: bool) -> tuple[Entry, float] | None:
    """Under an indicator's own heading a slightly other name means it: nearly the same, or the same last
    word.

    It is the surer if the figure is ``compared`` with a target there: what is compared is what is scored."""
    mine = plain(name)
    for known in map(plain, entry.names):
        if mine.endswith(known):
            return entry, 0.98
        if fuzz.ratio(mine, known) >= _NEAR or (len(mine) >= _TAIL and known.endswith(mine)):
            return entry, 0.95
        if len(mine) > _TAIL and mine[-_TAIL:] == known[-_TAIL:]:
            return entry, 0.95 if compared else 0.85
    return None


def _trimmed(name: str) -> str:
    return name.removesuffix("指标")


def section_entry(register: Register, section: str) -> Entry | None:
    """The indicator that a heading or a line such as （3） C1-3 质量合格率 97.8% or “B14 …”指标权重 3 分 is
    about."""
    if not section or len(section) > _LONGEST_TITLE:
        return None
    start = _LEAD.match(section)
    line = section[start.end() :] if start else section
    quoted = _QUOTED.match(line)
    parts = named(Text(quoted[1] if quoted else line))
    if not parts.code:
        return register.find(parts.name)
    entry = register.find("", parts.code)
    return entry if entry is not None and _mentions(parts.name, entry) else None


def _mentions(line: str, entry: Entry) -> bool:
    return any(fuzz.partial_ratio(plain(n), plain(line)) >= 50 for n in entry.names)


def titled_value(register: Register, text: Text, block: int) -> tuple[Entry, Claim] | None:
    """The value that an indicator's own heading states after its name: C1-4 综合接通率 49.60%."""
    string = text.string
    if len(string) > _LONGEST_TITLE:
        return None
    start = _LEAD.match(string)
    offset = start.end() if start else 0
    parts = named(text.cut(offset))
    entry = register.find("", parts.code) if parts.code else None
    if entry is None:
        return None
    for name in entry.names:
        at = string.find(name)
        tail = text.cut(at + len(name)).strip() if at >= 0 else None
        quantities = find(tail.string) if tail else []
        if tail and len(quantities) == 1 and quantities[0].text == tail.string.strip():
            return entry, Claim(
                "actual", figure(tail), Origin("heading"), "标题中的完成值", text.flat, name=name
            )
    return None


def _scope(statement: Statement, part: Text, year: int | None) -> str:
    """Period and condition of a figure inside its sentence."""
    sentence = statement.sentence.string
    start = sentence.find(part.string)
    if start < 0:
        return ""
    period = period_before(sentence, start, year)
    if period == "年初" and statement.string("label").endswith("执行率") and not _BASED.search(sentence):
        period = ""  # 年初预算 names one of the amounts there, not the base of another rate
    condition = condition_after(sentence, start + len(part.string))
    return " ".join(filter(None, (period, condition)))
