"""同一份文件的文号前后不一致。

按文件名归拢各处所引的文号（空格、括号写法不计），同名而文号不同即指出。以下情形不指出：

- 名称里的年份或序号不同（2018 年要点与 2019 年要点本是两份文件）；
- 发文机关代字不同，可能是两级机关各自发的同名文件；
- 同一段里并列引用的（分批下达资金的同名通知、新旧两个版本）；下达、拨付资金一类分批发文的通知；
- 上下文写明修订、废止、替代的。

名称里有年份，或文号只差年份、只差顺序号的，为错误；年份和顺序号都不同的同名办法可能是新旧两版，提醒核对。

错误示例::

    # 立项依据

    项目依据《关于印发 2021 年农村供水工作要点的通知》（清水函〔2021〕7 号）实施。

    # A11 立项依据充分性

    立项依据为《关于印发2021年农村供水工作要点的通知》（清水函〔2020〕9号），依据充分。

正确示例::

    # 立项依据

    项目依据《关于印发 2021 年农村供水工作要点的通知》（清水函〔2021〕7 号）实施。

    # A11 立项依据充分性

    立项依据为《关于印发2021年农村供水工作要点的通知》（清水函[2021]7号），依据充分。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.facts import Statement
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import normal

RULE = "document-numbers-disagree"
_NUMBER = regex.compile(
    r"(?P<organ>[一-鿿]+)[\[(【〔]?(?P<year>(?:19|20)\d{2})[\])】〕]?第?0*(?P<number>\d+)号"
)
_NOISE = regex.compile(r"[\s“”\"'‘’《》<>〈〉()+.,、,:;·\-—]")
_DIGITS = regex.compile(r"\d+|[一二三四五六七八九十]+(?=[批期届次号])")
_BATCHES = regex.compile(r"下达|拨付|分配|预拨|拨款|批复|安排.{0,20}资金")
_VERSION = regex.compile(r"修订|修改|废止|替代|取代|原文件|停止执行|失效")
_MARKS = regex.compile(r"修订|补充|细则|修改|解读|暂行|试行|实施")
_ALIKE = 92.0
_MOST = 6
_MOST_GROUPS = 500  # of one kind that a citation is compared with


@dataclass(frozen=True, slots=True)
class _Cited:
    """A document as cited: its title and number as compared, and the statement that cites it."""

    title: str
    organ: str
    year: str
    number: str
    said: Statement

    @property
    def mark(self) -> tuple[str, str]:
        return self.year, self.number


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each document that is cited under more than one number."""
    for cited in _grouped(tuple(_citations(reading))):
        versions: dict[tuple[str, str], list[_Cited]] = {}
        for citation in cited:
            versions.setdefault(citation.mark, []).append(citation)
        if len(versions) > 1 and not _apart(versions):
            yield _finding(list(versions.values()))


def _citations(reading: Reading) -> Iterator[_Cited]:
    for said in reading.said("document-number"):
        found = _NUMBER.search(regex.sub(r"\s", "", normal(said.string("number"))))
        if found:
            title = _NOISE.sub("", normal(said.string("title")))
            yield _Cited(title, found["organ"], found["year"], found["number"], said)


def _grouped(citations: Sequence[_Cited]) -> Iterator[list[_Cited]]:
    """Citations of one document together: nearly the same title, the same digits in it, the same issuer."""
    groups: list[list[_Cited]] = []
    comparable: dict[object, list[list[_Cited]]] = {}
    for citation in citations:
        among = comparable.setdefault(_kind(citation), [])
        home = next((g for g in among[:_MOST_GROUPS] if _same(g[0], citation)), None)
        if home is None:
            groups.append([citation])
            among.append(groups[-1])
        else:
            home.append(citation)
    yield from groups


def _kind(cited: _Cited) -> object:
    """What citations of one document have in common: the issuer, the digits and what tells titles apart."""
    title = cited.title
    return cited.organ, tuple(_DIGITS.findall(title)), tuple(sorted(_MARKS.findall(title)))


def _same(a: _Cited, b: _Cited) -> bool:
    """Whether two citations of one kind cite one document."""
    alike = len(a.title) >= 10 and fuzz.ratio(a.title, b.title, score_cutoff=_ALIKE) > 0
    return a.title == b.title or alike


def _apart(versions: dict[tuple[str, str], list[_Cited]]) -> bool:
    """Whether the numbers belong to different documents: cited side by side, in batches, or one replacing
    the other."""
    every = [c for group in versions.values() for c in group]
    if _BATCHES.search(every[0].title) or any(_VERSION.search(c.said.sentence.string) for c in every):
        return True
    return any(
        abs(a.said.block - b.said.block) <= 1 and a.said.sentence.home.table == b.said.sentence.home.table
        for one, other in combinations(versions.values(), 2)
        for a in one
        for b in other
    )


def _finding(versions: list[list[_Cited]]) -> Finding:
    versions = sorted(versions, key=len, reverse=True)
    first, second = versions[0][0], versions[1][0]
    said = "，".join(f"{_where(v[0])}写为 {v[0].said.string('number')}（{len(v)} 处）" for v in versions)
    title = first.said.string("title")
    one = (first.year == second.year) != (first.number == second.number)
    sure = one or first.year in first.title or second.year in first.title
    return Finding(
        rule=RULE,
        severity="error" if sure else "warning",
        subject=f"《{title}》",
        message=f"《{title}》的文号前后不一致：{said}。" + ("" if sure else "如系新旧两版，请写明。"),
        evidence=tuple(_evidence(versions)),
        expected="同一文件各处文号一致",
        actual=said,
        impact="影响立项依据、评价依据的准确性",
        confidence=0.97 if sure else 0.7,
    )


def _evidence(versions: list[list[_Cited]]) -> Iterator[Evidence]:
    for group in versions:
        for number, citation in enumerate(group[:_MOST]):
            role = "stated" if number == 0 else "also"
            quote = citation.said.sentence.flat[:200]
            yield evidence(citation.said.parts["number"], f"{_where(citation)}：文号", role, quote)


def _where(citation: _Cited) -> str:
    return "表格" if citation.said.sentence.home.table is not None else "正文"
