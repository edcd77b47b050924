"""The parts that an indicator system is said to be built of, beside the first levels of the score table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Form
from extractor.recognise.prose import passages
from extractor.resolve.register import plain_code
from extractor.rules.text._counted_lists import number_of

_NAME = r"[一-鿿]{2,8}?"
_LIST = (
    rf"(?P<list>{_NAME}(?:、{_NAME}){{1,5}}(?:[、和及与]{_NAME}))\s*(?:等)?"
    r"(?P<n>[2-7二三四五六七])\s*(?:个|大)?(?:维度|方面|部分|层面)"
)
_BUILT = (
    regex.compile(
        rf"(?:围绕|从|由|按照?|依据){_LIST}[^。；\n]{{0,12}}(?:构建|设计|设置|建立|制定)[^。；\n]{{0,12}}指标"
    ),
    regex.compile(rf"指标体系[^。；\n]{{0,10}}(?:包括|包含|分为|由|从){_LIST}"),
)
_GENERAL = regex.compile(r"《|共性|一般|通常")
_AFFIXES = regex.compile(r"^(?:项目|部门|指标)|(?:类|指标|情况)+$|[（(].*$")
_FOLDED = ("满意",)  # many count satisfaction among the effects
_FEWEST, _MOST = 3, 7


@dataclass(frozen=True, slots=True)
class Missing:
    """A sentence that leaves first levels of a score table out."""

    text: Text
    said: Text
    number: str
    tops: tuple[str, ...]
    missing: tuple[str, ...]
    form: Form


def missing_dimensions(reading: Reading) -> Iterator[Missing]:
    """Sentences on what the indicator system is built of that know less than the table of first levels."""
    tables = [(form, tops) for form in reading.forms if (tops := _tops(form))]
    if len({frozenset(tops) for _, tops in tables}) != 1:
        return
    form, tops = tables[0]
    for _, _, text in passages(reading.document):
        for pattern in _BUILT if "指标" in text.string else ():
            for match in pattern.finditer(text.string):
                start = text.string.rfind("。", 0, match.start()) + 1
                listed = [_word(w) for w in regex.split(r"[、和及与]", match["list"])]
                left = tuple(t for t in tops if not any(w in t or t in w for w in listed))
                known = all(any(w in t or t in w for t in tops) for w in listed)
                whole = len(listed) == number_of(match["n"]) and len(listed) + len(left) == len(tops)
                folded = any(word in t for t in left for word in _FOLDED)
                if (
                    known
                    and whole
                    and left
                    and not folded
                    and not _GENERAL.search(text.string[start : match.end()])
                ):
                    yield Missing(text, text.cut(*match.span()), match["n"], tops, left, form)


def _tops(form: Form) -> tuple[str, ...]:
    """The first levels that a score table of nothing but first levels lists: A 项目决策, B 项目过程 …"""
    codes = [plain_code(row.code) for row in form.indicators]
    if form.kind != "score_table" or not _FEWEST <= len(codes) <= _MOST:
        return ()
    if not all(regex.fullmatch(r"[A-Z]", code) for code in codes) or len(set(codes)) != len(codes):
        return ()
    return tuple(_word(row.name) for row in form.indicators)


def _word(name: str) -> str:
    word: str = _AFFIXES.sub("", _AFFIXES.sub("", name.strip()))
    return word
