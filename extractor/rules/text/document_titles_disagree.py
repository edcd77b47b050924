"""同一文号前后对应两份不同的文件。

按文号归拢所引的文件名，两处名称明显是两份文件的，提醒核对：或者文号抄错，或者文件名写错。

《关于印发某办法的通知》与《某办法》、名称写得详略不同、一份通知同时印发几个文件（名称含“等”“和”“、”）、修订前后的名称，都不指出。

错误示例::

    # 立项依据

    项目依据《公园绿地养护质量标准》（南园字〔2020〕27号）实施。

    # 存在问题

    没有执行《市政道路清扫保洁作业规程》（南园字〔2020〕27号）规定的月度考核。

正确示例::

    # 立项依据

    项目依据《关于印发<公园绿地养护质量标准>的通知》（南园字〔2020〕27号）实施。

    # 存在问题

    没有执行《公园绿地养护质量标准（试行）》（南园字〔2020〕27号）规定的月度考核。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.findings import Finding, evidence
from extractor.rules.text._documents import Cited, citations

RULE = "document-titles-disagree"
_SEVERAL = regex.compile(r"等|[和及与]|汇编|系列|[一二两三四五六七八九十\d]+(?:个|项|份|部)")
_APART = 45.0
_SHORTEST = 6


def check(reading: Reading) -> Iterator[Finding]:
    """A warning for each number under which two documents are cited."""
    by_number: dict[tuple[str, str, str], list[Cited]] = {}
    for cited in citations(reading):
        by_number.setdefault((cited.organ, *cited.mark), []).append(cited)
    for group in by_number.values():
        pair = next(((a, b) for a, b in combinations(group, 2) if _two_documents(a, b)), None)
        if pair is not None:
            yield _finding(*pair)


def _two_documents(a: Cited, b: Cited) -> bool:
    """Whether two titles cannot be those of one document, however short one is cited."""
    one, other = a.core, b.core
    if min(len(one), len(other)) < _SHORTEST or _SEVERAL.search(a.title) or _SEVERAL.search(b.title):
        return False
    return fuzz.partial_ratio(one, other) < _APART and fuzz.partial_ratio(a.title, b.title) < _APART


def _finding(a: Cited, b: Cited) -> Finding:
    one, other = (c.said.string("title").strip("《》 ") for c in (a, b))
    number = a.said.string("number")
    return Finding(
        rule=RULE,
        severity="warning",
        subject=number,
        message=f"文号 {number} 前后对应两份文件：一处为《{one}》，另一处为《{other}》，请核实。",
        evidence=tuple(
            evidence(c.said.parts[part], name, "stated", c.said.sentence.flat[:200])
            for c in (a, b)
            for part, name in (("title", "文件名"), ("number", "文号"))
        ),
        expected="一个文号对应一份文件",
        actual=f"《{one}》；《{other}》",
        impact="影响立项依据、评价依据的准确性",
        confidence=0.75,
    )
