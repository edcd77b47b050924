"""Where a document states the project's budget and spending: the funds area, labels, and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.facts import Figure, Form, Statement
from extractor.quantity import Quantity
from extractor.recognise.figures import figure
from extractor.resolve.scope import period_before
from extractor.rules._form import title
from extractor.rules.fund._lines import amount

KEYS = ("initial", "full_year", "executed")
_ANY = (*KEYS, "budget")
_ELSE = regex.compile(
    r"税|上年|去年|以前年度|申请|申报|拟|测算|审定|核定|核减|合同|其中|预计|累计|五年|三年|分别"
)
_PART_YEAR = regex.compile(
    r"(?<!\d)(?:[1-9]|1[01])\s*月|上半年|季度|截至(?!\s*(?:20\d{2}\s*年)?\s*(?:12\s*月|年[底末]))"
)
_FIELDS = {"budget": "当年预算数", "executed": "预算执行数"}


@dataclass(frozen=True, slots=True)
class Stated:
    """One place that states amounts: initial, full_year, executed; budget where it is not said which."""

    where: str
    amounts: Mapping[str, Figure]
    quote: str

    def quantity(self, key: str) -> Quantity | None:
        return amount(self.amounts.get(key))


def places(reading: Reading) -> list[Stated]:
    """Every place that states the project's budget or spending; none if there are several projects."""
    projects = {f.project.flat for f in reading.forms if f.project is not None}
    if len(projects) > 1:
        return []
    found = [s for form in reading.forms for s in _in_form(reading, form)]
    return [*found, *_in_prose(reading)]


def _in_form(reading: Reading, form: Form) -> Iterator[Stated]:
    for line in form.budget[:1]:
        amounts = {k: f for k in KEYS if (f := getattr(line, k)) is not None and _money(f)}
        if not line.part and amounts:
            yield Stated(f"{title(reading, form)}资金栏", amounts, line.label.flat)
    labels = {k: f for k, name in _FIELDS.items() if (f := form.fields.get(name)) is not None and _money(f)}
    if labels:
        yield Stated(f"{title(reading, form)}表头", labels, "")


def _money(figure: Figure) -> bool:
    q = amount(figure)
    return q is not None and q.dimension == "money" and q.value > 0


def _in_prose(reading: Reading) -> Iterator[Stated]:
    sentences: dict[tuple[int, str], list[Statement]] = {}
    for statement in reading.said("budget"):
        sentences.setdefault((statement.block, statement.sentence.string), []).append(statement)
    for said in sentences.values():
        amounts = _amounts(said, reading.about.year)
        if len(amounts) > 1:
            section = said[0].section
            where = f"正文“{section}”" if 0 < len(section) <= 20 else "正文"
            yield Stated(where, amounts, said[0].sentence.flat)


def _amounts(said: list[Statement], year: int | None) -> dict[str, Figure]:
    """The amounts of a sentence by key, without keys stated twice and what is limited to something else."""
    sentence = said[0].sentence.string
    found: dict[str, Figure] = {}
    twice: set[str] = set()
    for statement in said:
        for key, text in statement.parts.items():
            if key not in _ANY:
                continue
            at = max(sentence.find(text.string), 0)
            if _ELSE.search(sentence) or _limited(sentence, at, key, year):
                continue
            twice |= {key} & set(found)
            found[key] = figure(text)
    return {k: f for k, f in found.items() if k not in twice and _money(f)}


def _limited(sentence: str, at: int, key: str, year: int | None) -> bool:
    before = sentence[:at]
    if key == "executed" and _PART_YEAR.search(before):
        return True
    period = period_before(sentence, at, year)
    return bool(period) and "12月" not in period and period != "年初"
