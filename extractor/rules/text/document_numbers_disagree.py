"""同一份文件的文号前后不一致。

按文件名归拢各处所引的文号（空格、括号写法不计），同名而文号不同即指出。列有文件名称、文号两栏的表格，“以下简称”的简名，
《关于印发某办法的通知》与《某办法》，名称前有无地名、机关名，都按同一份文件归拢。以下情形不指出：

- 名称里的年份或序号不同（2018 年要点与 2019 年要点本是两份文件）；
- 发文机关代字和顺序号都不同，可能是两级机关各自发的同名文件；
- 同一段、相邻两条里并列引用的（分批下达资金的同名通知、新旧两个版本）；下达、拨付资金一类分批发文的通知；
- 上下文写明修订、废止、替代的。

名称里有年份，或文号只差年份、只差顺序号、只差机关代字的，为错误；年份和顺序号都不同的同名办法可能是新旧两版，提醒核对。

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
from itertools import combinations

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.findings import Evidence, Finding, evidence
from extractor.rules.text._documents import Cited, citations

RULE = "document-numbers-disagree"
_DIGITS = regex.compile(r"\d+|[一二三四五六七八九十]+(?=[批期届次号])")
_BATCHES = regex.compile(r"下达|拨付|分配|预拨|拨款|批复|安排.{0,20}资金")
_VERSION = regex.compile(r"修订|修改|废止|替代|取代|原文件|停止执行|失效")
_TO_COME = regex.compile(r"(?:建议|应|尽快|及时|适时|抓紧|拟|推动)[^。]{0,80}(?:修订|修改|完善)")
_MARKS = regex.compile(r"修订|补充|细则|修改|解读|暂行|试行|实施")
_TRIAL = {"试行", "暂行"}
_ITEM = regex.compile(r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳])")
_ALIKE = 92.0
_SHORTEST = 8
_MOST = 6
_MOST_GROUPS = 500  # documents that a citation is compared with


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each document that is cited under more than one number."""
    for cited in _grouped(citations(reading)):
        versions: dict[tuple[str, str, str], list[Cited]] = {}
        for citation in cited:
            organ = next((v[0] for v in versions if _same_organ(v[0], citation.organ)), citation.organ)
            versions.setdefault((organ, *citation.mark), []).append(citation)
        if len(versions) > 1 and not _apart(list(versions.values())):
            yield _finding(list(versions.values()))


def _grouped(found: Sequence[Cited]) -> Iterator[list[Cited]]:
    """Citations of one document together: nearly the same title, the same digits in it, the same issuer."""
    groups: list[list[Cited]] = []
    for citation in found:
        home = next((g for g in groups[:_MOST_GROUPS] if _same(g[0], citation)), None)
        if home is None:
            groups.append([citation])
        else:
            home.append(citation)
    yield from groups


def _same(a: Cited, b: Cited) -> bool:
    if not _same_organ(a.organ, b.organ) and a.mark != b.mark:
        return False
    if _DIGITS.findall(a.core) != _DIGITS.findall(b.core):
        return False
    if a.core == b.core:
        return True
    marks, other = _MARKS.findall(a.core), _MARKS.findall(b.core)
    alike = sorted(marks) == sorted(other) and len(a.core) >= 10
    if alike and fuzz.ratio(a.core, b.core, score_cutoff=_ALIKE) > 0:
        return True
    return set(marks) ^ set(other) <= _TRIAL and _one_apart(a, b) and _contained(a.core, b.core)


def _same_organ(a: str, b: str) -> bool:
    """Whether two issuers are one; words that lead to the number may stand before it."""
    return a.endswith(b) or b.endswith(a)


def _one_apart(a: Cited, b: Cited) -> bool:
    """Whether two numbers differ in the year or in the number, not in both."""
    return (a.year == b.year) != (a.number == b.number)


def _contained(a: str, b: str) -> bool:
    """Whether one title is the other without its place or what stands behind it."""
    short, long = sorted((a, b), key=len)
    return len(short) >= _SHORTEST and short in long and len(long) - len(short) <= _SHORTEST


def _apart(versions: list[list[Cited]]) -> bool:
    """Whether the numbers belong to different documents: cited side by side, in batches, or one replacing
    the other."""
    every = [c for group in versions for c in group]
    if _BATCHES.search(every[0].title) or any(map(_replaced, every)):
        return True
    return any(_side_by_side(a, b) for one, other in combinations(versions, 2) for a in one for b in other)


def _replaced(cited: Cited) -> bool:
    """Whether its sentence tells of another version; one that is yet to be made (建议修订) has no number."""
    sentence = cited.said.sentence.string
    return bool(_VERSION.search(sentence)) and not _TO_COME.search(sentence)


def _side_by_side(a: Cited, b: Cited) -> bool:
    """Whether two citations stand in one paragraph, one table, or in items that follow each other."""
    if a.said.sentence.home.table != b.said.sentence.home.table:
        return False
    items = all(_ITEM.match(c.said.sentence.string) for c in (a, b))
    return abs(a.said.block - b.said.block) <= (1 if items else 0)


def _finding(versions: list[list[Cited]]) -> Finding:
    versions = sorted(versions, key=len, reverse=True)
    first, second = versions[0][0], versions[1][0]
    said = "，".join(f"{_where(v[0])}写为 {v[0].said.string('number')}（{len(v)} 处）" for v in versions)
    title = first.said.string("title").strip("《》 ")
    sure = first.mark == second.mark or _one_apart(first, second)
    sure = sure or first.year in first.title or second.year in first.title
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


def _evidence(versions: list[list[Cited]]) -> Iterator[Evidence]:
    for group in versions:
        for number, citation in enumerate(group[:_MOST]):
            role = "stated" if number == 0 else "also"
            quote = citation.said.sentence.flat[:200]
            yield evidence(citation.said.parts["number"], f"{_where(citation)}：文号", role, quote)


def _where(citation: Cited) -> str:
    return "表格" if citation.said.sentence.home.table is not None else "正文"
