"""同一单位的名称写法不一。

- 同一简称（以下简称“……”）前面的全称前后不同；
- 单位全称（……有限公司、……事务所、……中心）只比另一个多或少几个字，其余一字不差，疑为漏字、多字。

只在两种写法都是完整全称时比较：表格里独占一格的名称，与正文里开头相同的名称；换字的（甲区、乙区，集团公司与股份公司）可能是两家
单位，加了“分公司”“支队”“第一”一类字样的是下属或另一家单位，都不指出。

错误示例::

    # 合同

    | 序号 | 服务单位 | 合同金额 |
    | 1 | 望川市通达信息技术有限公司 | 120 |
    | 2 | 望川市通达技术有限公司 | 80 |

正确示例::

    # 合同

    | 序号 | 服务单位 | 合同金额 |
    | 1 | 望川市通达信息技术有限公司 | 120 |
    | 2 | 望川市通达信息技术有限公司第一分公司 | 80 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import regex
from rapidfuzz.distance import Indel

from extractor.claims import Reading
from extractor.document import Table, Text
from extractor.findings import Finding, evidence
from extractor.quantity import normal
from extractor.recognise.prose import passages

RULE = "organisation-names"
_KIND = (
    r"(?:有限责任公司|股份有限公司|有限公司|集团公司|会计师事务所|律师事务所|事务所|研究院|设计院|委员会|办公室|合作社"
    r"|(?<![中])中心|大学|学院|医院|协会|总队)"
)
_WHOLE = regex.compile(rf"[一-鿿（）()]{{4,40}}{_KIND}")
_SHORT = regex.compile(
    rf"(?P<full>[一-鿿（）()]{{2,40}}?{_KIND}|[一-鿿（）()]{{4,30}}(?:局|厅|处|公司|政府|院|所))\s*[（(]\s*(?:以下|下文)?(?:统称|简称)\s*(?:为|[:：])?\s*[“\"「](?P<short>[^”\"」\n]{{2,16}})[”\"」]"
)
_BEGINS = regex.compile(
    r".*(?:委托|选择|通过|聘请|受|由|与|和|及|向|对|在|为|是|给|经|以|将|设在|的|方|单位|方式)(?=[一-鿿]{4})"
)
_DIFFERENT = regex.compile(
    r"分|支|第|子|新|老|东|西|南|北|省|市|区|县|镇|乡|集团|控股|股份|一|二|三|上|下|总|和|与|及|（|）|\(|\)"
)
_SPREAD = 4
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    text: Text


def check(reading: Reading) -> Iterator[Finding]:
    """A warning for each organisation that seems to go by two full names."""
    yield from _by_short_name(reading)
    names = list(_whole_names(reading))
    names += _told_names(reading, names)
    for a, b in combinations(names[:_LONGEST], 2):
        if _one_lost(a.name, b.name):
            said = f"单位名称前后不一致：“{a.name}”与“{b.name}”只差几个字，疑为同一单位的漏字或多字，请核实。"
            yield _finding(said, a, b, a.name, 0.7)


def _whole_names(reading: Reading) -> Iterator[_Name]:
    """Full names that stand in a cell of their own, each spelling once."""
    seen: set[str] = set()
    for block in reading.document.blocks:
        for cell in block.cells if isinstance(block, Table) else ():
            name = _plain(cell.text.flat)
            if len(name) <= 40 and name not in seen and _WHOLE.fullmatch(name):
                seen.add(name)
                yield _Name(name, cell.text)


def _told_names(reading: Reading, names: list[_Name]) -> list[_Name]:
    """Names in sentences that begin like one that stands in a cell, each spelling once."""
    begins = {regex.escape(n.name[:4]) for n in names if len(n.name) >= 8}
    if not begins:
        return []
    pattern = regex.compile(rf"(?:{'|'.join(sorted(begins))})[一-鿿（）()]{{2,26}}?{_KIND}")
    seen = {n.name for n in names}
    found: list[_Name] = []
    for _, _, text in passages(reading.document):
        for match in pattern.finditer(text.string):
            name = _plain(match[0])
            if name not in seen:
                seen.add(name)
                found.append(_Name(name, text.cut(*match.span())))
    return found


def _plain(name: str) -> str:
    return str(regex.sub(r"\s", "", normal(name)))


def _one_lost(a: str, b: str) -> bool:
    """Whether one name is the other with a few neighbouring characters left out in its middle."""
    short, long = sorted((a, b), key=len)
    if not 1 <= len(long) - len(short) <= _SPREAD or len(short) < 8:
        return False
    if Indel.distance(short, long) != len(long) - len(short):
        return False
    gaps = [op for op in Indel.opcodes(short, long) if op.tag == "insert"]
    if len(gaps) != 1 or gaps[0].dest_start < 2 or gaps[0].dest_end == len(long):
        return False
    return _DIFFERENT.search(long[gaps[0].dest_start : gaps[0].dest_end]) is None


def _by_short_name(reading: Reading) -> Iterator[Finding]:
    """Definitions of one short name with two full names, the shorter no part of the longer."""
    known: dict[str, _Name] = {}
    told: set[str] = set()
    for _, _, text in passages(reading.document):
        if "简称" not in text.string:
            continue
        for match in _SHORT.finditer(text.string):
            short, begin = match["short"].strip(), _begin(match["full"])
            full = _Name(
                _plain(match["full"][begin:]), text.cut(match.start("full") + begin, match.end("full"))
            )
            before = known.setdefault(short, full)
            if short not in told and _apart(before.name, full.name):
                told.add(short)
                said = f"简称“{short}”前后对应两个全称：“{before.name}”和“{full.name}”，请核实。"
                yield _finding(said, before, full, short, 0.75)


def _begin(full: str) -> int:
    """Where a name begins behind a verb: 委托 in 委托甲市会计师事务所."""
    found = _BEGINS.match(full)
    return found.end() if found else 0


def _apart(a: str, b: str) -> bool:
    """Whether two full names differ otherwise than in where they begin or end."""
    if a == b or a in b or b in a:
        return False
    short, long = sorted((a, b), key=len)
    return len(short) >= 6 and Indel.normalized_similarity(short, long) >= 0.6 and a[-2:] == b[-2:]


def _finding(said: str, a: _Name, b: _Name, subject: str, confidence: float) -> Finding:
    return Finding(
        rule=RULE,
        severity="warning",
        subject=subject,
        message=said,
        evidence=(evidence(a.text, "单位名称"), evidence(b.text, "单位名称")),
        expected="同一单位名称一致",
        actual=f"{a.name}；{b.name}",
        impact="影响单位信息的准确性",
        confidence=confidence,
    )
