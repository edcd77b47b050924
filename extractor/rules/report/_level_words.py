"""Scores and weights of levels that prose tells: 决策得18.5分, 产出（30分，得28分）, 决策、过程分别得18分、19分."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Table, Text
from extractor.facts import Figure
from extractor.quantity import Quantity
from extractor.recognise.figures import figure
from extractor.recognise.prose import LONGEST, passages
from extractor.resolve.scope import period_before
from extractor.rules._form import points
from extractor.vocabulary import tight

FIRST = ("决策", "投入", "过程", "管理", "产出", "效益", "效果", "满意度", "成本")
"""First levels as they are usually named; others are known by the tables of a document."""
_PREFIX = regex.compile(r"^(?:[A-Z]\d{0,2}[、.．]?)?(?:项目|绩效|部门|履职)?(?=[一-鿿]{2})")
_SUFFIX = regex.compile(r"(?:类|方面|部分|维度|环节|指标|情况|得分)+$")
_NUMBER = r"\d{1,3}(?:\.\d{1,2})?"
_POINTS = rf"(?<!\d|\.){_NUMBER}(?=\s*分(?!\s*(?:[的值钟制级次档]|[-—~～至]|以[上下]|及以上|左右|之间)))"
_NUMBERED = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])?\s*(?:[A-Z]\d{0,2}[、.．]?)?"
_BEFORE = r"(?:(?<=^|[，,。；;：:、（(\n和及与对按从由]|分为|包括|包含)|其中)"
_START = rf"{_BEFORE}\s*(?:其中)?{_NUMBERED}\s*(?:[该本](?=项目))?"
_KIND = r"(?:类|方面|部分|维度|环节|指标|情况)*"
_GOT = r"(?:实际|评价|最终|综合|自评)*得分?(?:为|是|[:：])?\s*"
_FULL = r"(?:权重|分值|满分|标准分)(?:分?值?)(?:为|是|[:：])?\s*"
_OTHER = regex.compile(
    r"上年|去年|上一年|以前年度|复核|复评|抽查|平均|专家组?[打评]分|问卷|自查|预计|初评|调整[前后]|子项目|[扣减失]分|各[县区市镇乡单项]|加分"
)
_PLACE = regex.compile(r"(?<=[一-鿿]{2})(?:[县区镇乡村]|街道|公司|学校|医院|标段)\s*(?:[：:，,]|$)")
"""One place or unit of several, of which what follows is said."""
_OWN = regex.compile(r"自评|自我评价")
_TOTAL = regex.compile(
    rf"(?:总得?分|综合(?:得分|评分)|合计得?分?|共计?得分?)(?:为|是|[:：])?\s*(?P<total>{_POINTS})"
)
_AHEAD = regex.compile(
    rf"(?:总得?分|综合(?:得分|评分)|评价得分)(?:为|是|[:：])?\s*(?P<total>{_POINTS})\s*分[^\d；;\n（(]{{0,30}}[，,。]\s*(?:其中[，,：:]?)?\s*$"
)
_POINTS_TOLD = regex.compile(r"\d\s*分")
_NEAR = 60
_WORD = regex.compile(
    r"(?P<weight>权重|分值|满分|标准分)|(?P<score>得分(?!率)|评分(?!标准|办法|细则)|总分|得\s*\d)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A level's score or weight as prose tells it; ``beside`` is the weight told with a score, ``row`` numbers the
    list that it is one of (0: none), ``total`` the total that the list's sentence tells."""

    key: str
    name: str
    field: str
    figure: Figure
    quantity: Quantity
    quote: str
    beside: Figure | None = None
    row: int = 0
    total: Figure | None = None

    @property
    def value(self) -> Decimal:
        """The number of points."""
        return self.quantity.value


def key(name: str) -> str:
    """A level's name without code, 项目 in front and 指标 behind: by it prose and tables are compared."""
    plain = str(_PREFIX.sub("", tight(name)))
    return str(_SUFFIX.sub("", plain)) or plain


def told_levels(reading: Reading, names: Iterable[str], by_others: bool) -> list[Told]:
    """All that the paragraphs and headings of a document tell of its levels, in reading order."""
    reader = _Reader(frozenset(names) | set(FIRST))
    found: list[Told] = []
    for n, (number, section, text) in enumerate(passages(reading.document), 1):
        if isinstance(reading.document.blocks[number], Table) or "分" not in text.string:
            continue
        if _OTHER.search(section) or _PLACE.search(section) or (by_others and _OWN.search(section)):
            continue
        for at, one in reader.read(text, n * LONGEST):
            sentence = _sentence(text.string, at)
            if _OTHER.search(sentence) or _PLACE.search(sentence) or (by_others and _OWN.search(sentence)):
                continue
            if not period_before(sentence, len(sentence), reading.about.year):
                found.append(one)
    return found


def _sentence(string: str, at: int) -> str:
    """The sentence in which a place stands, as far as that place."""
    start = max(string.rfind(mark, 0, at) for mark in "。！？\n") + 1
    return string[start:at]


class _Reader:
    """The expressions for the names of one document."""

    def __init__(self, names: Iterable[str]) -> None:
        any_name = "|".join(sorted(map(regex.escape, names), key=len, reverse=True))
        label = rf"(?:项目|绩效|部门|履职)?(?:{any_name}){_KIND}"
        head = rf"{_START}(?P<label>{label})"
        count = r"(?:[，,]?(?:共|下?设|包[括含])\s*\d+[项个][^，,。；;]{0,8}[，,])?"
        full = rf"(?:{_FULL})?(?P<weight>{_POINTS})\s*分(?:满分)?"
        self.single = regex.compile(
            rf"{head}{count}(?:[。：:，,]|\s)?\s*(?P<open>[（(])?\s*"
            rf"(?:{full}\s*[)）]?\s*[，,、；;]?\s*{_GOT}(?P<score>{_POINTS})|{_GOT}(?P<score>{_POINTS})"
            rf"|(?<=[（(]\s*){full}(?=\s*[)）]))"
        )
        self.bare = regex.compile(
            rf"{head}\s*(?P<score>{_POINTS})\s*分(?P<full>\s*[（(](?:{_FULL}|得分率)[^）)]{{0,12}}[)）])?"
        )
        self.slashed = regex.compile(
            rf"{head}\s*(?:得分)?[:：]?\s*(?P<score>{_NUMBER})\s*分?\s*[/／]\s*(?P<weight>{_NUMBER})(?![\d.%％/／])"
        )
        several = rf"{label}(?:\s*[、，,和及与]\s*{label})++"
        values = rf"(?P<value>{_NUMBER})\s*分?(?:\s*[、，,和及与]\s*(?P<value>{_NUMBER})\s*分?)+(?<=分)"
        said = r"(?P<mid>[^。；;\d]{0,24}?)(?:分别|依次)(?P<mid>[^。；;\d、]{0,8}?)\s*"
        self.shared = regex.compile(rf"{_START}(?P<names>{several}){said}{values}(?!率)")
        self.again = regex.compile(rf"\s*[，,；;]\s*{said}{values}(?!率)")
        self.label = regex.compile(label)

    def read(self, text: Text, row: int) -> Iterator[tuple[int, Told]]:
        """What one text tells; each with the place in the text before which its sentence is looked at."""
        singles = list(self.single.finditer(text.string))
        yield from self._singles(text, singles)
        slashed = list(self.slashed.finditer(text.string))  # 决策13/15，过程18/20
        yield from self._singles(text, slashed if len(slashed) > 1 else ())
        taken = [m.span() for m in singles]
        yield from self._shared(text, row)
        yield from self._bare(text, taken, row)

    def _singles(self, text: Text, matches: Sequence[regex.Match[str]]) -> Iterator[tuple[int, Told]]:
        for match in matches:
            weight = _points(text, match, "weight")
            for field in ("weight", "score"):
                one = _told(text, match["label"], field, match.span(field), beside=weight)
                if one is not None:
                    yield match.start(), one

    def _shared(self, text: Text, row: int) -> Iterator[tuple[int, Told]]:
        for match in self.shared.finditer(text.string):
            names, place = self.label.findall(match["names"]), row + match.start()
            more: regex.Match[str] | None = match
            while more is not None:
                yield from self._values(text, names, more, place)
                more = self.again.match(text.string, more.end())

    def _values(
        self, text: Text, names: Sequence[str], match: regex.Match[str], row: int
    ) -> Iterator[tuple[int, Told]]:
        words, spans = "".join(match.captures("mid")), match.spans("value")
        if len(names) != len(spans) or "率" in words or regex.search(r"[扣减失占]", words):
            return
        field = (
            "weight" if regex.search(r"权重|分值|满分|标准分", words) else "score" if "得" in words else ""
        )
        for name, span in zip(names, spans, strict=True):
            one = _told(
                text, name, field, span, row=row, total=_total(text, match.start(), match.end(), field)
            )
            if field and one is not None:
                yield match.start(), one

    def _bare(self, text: Text, taken: Sequence[tuple[int, int]], row: int) -> Iterator[tuple[int, Told]]:
        runs: list[list[regex.Match[str]]] = []
        for match in self.bare.finditer(text.string):
            if any(s < match.end() and match.start() < e for s, e in taken):
                continue
            between = text.string[runs[-1][-1].end() : match.start()] if runs else "。"
            if between.strip(" 、，,和及与；;"):
                runs.append([])
            runs[-1].append(match)
        for run in runs:
            field = "score" if run[0]["full"] else _field(text.string, run[0].start(), run[-1].end())
            for match in run if len(run) > 1 and field else ():
                total = _total(text, run[0].start(), run[-1].end(), field)
                one = _told(
                    text, match["label"], field, match.span("score"), row=row + run[0].start(), total=total
                )
                if one is not None:
                    yield match.start(), one


def _field(string: str, start: int, end: int) -> str:
    """Whether a list of names and points tells scores or weights: by the word nearest before it, else right after."""
    words = list(_WORD.finditer(string, max(0, start - 80), start))
    after = _WORD.search(string[end : end + 8])
    word = words[-1] if words else after
    return "" if word is None else str(word.lastgroup)


def _total(text: Text, start: int, end: int, field: str) -> Figure | None:
    """The total told right before a list of scores or right behind it, no other points between or after them."""
    stop = regex.search(r"[。；;\n]|$", text.string, pos=end)
    rest = text.string[end : stop.start() if stop else end]
    behind = _TOTAL.search(rest)
    if field != "score" or _POINTS_TOLD.search(rest, 0, behind.start() if behind else len(rest)):
        return None
    if behind:
        at, span = end, behind.span("total")
    else:
        before = _AHEAD.search(text.string, max(0, start - _NEAR), start)
        if before is None or _OTHER.search(before[0]) or _OWN.search(before[0]):
            return None
        at, span = 0, before.span("total")
    return figure(text.cut(at + span[0], at + span[1]), "分")


def _points(text: Text, match: regex.Match[str], group: str) -> Figure | None:
    return figure(text.cut(*match.span(group)), "分") if match[group] else None


def _told(
    text: Text,
    name: str,
    field: str,
    span: tuple[int, int],
    beside: Figure | None = None,
    row: int = 0,
    total: Figure | None = None,
) -> Told | None:
    if span[0] < 0:
        return None
    value = figure(text.cut(*span), "分")
    q = points(value)
    if q is None:
        return None
    stop = regex.search(r"[。！？\n]|$", text.string, pos=span[1])
    quote = _sentence(text.string, span[0]) + text.string[span[0] : stop.end() if stop else span[1]]
    return Told(key(name), _SUFFIX.sub("", name), field, value, q, quote.strip(), beside, row, total)
