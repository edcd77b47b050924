"""同一事项各环节的日期先后颠倒：竣工早于开工，验收早于竣工，中标早于招标，到期早于签订，现场评价早于方案评审。

- 同一句话里写明的各环节日期（“2023 年 3 月 30 日签订合同，4 月 15 日开工，9 月 11 日竣工”）；
- 表格同一行里各环节的日期：左邻的标签或列头说明是哪一环节。

竣工早于开工、结束早于开始的为错误；其余提醒核对。一句话里同一环节出现两次（几个标段、几次验收）、写的是计划或要求的，不判断；
先开工后签合同是管理问题，不是日期矛盾，不指出。

错误示例::

    # 工程实施

    四标段于 2023 年 4 月 15 日开工，2023 年 2 月 11 日竣工。

正确示例::

    # 工程实施

    四标段于 2023 年 4 月 15 日开工，2023 年 9 月 11 日竣工，2023 年 10 月 20 日通过竣工验收。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import regex

from extractor.claims import Reading
from extractor.document import Cell, Table, Text
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import Day, dates
from extractor.recognise.prose import passages
from extractor.rules.text._days import after

RULE = "events-order"
# Chains of events that cannot happen but in this order; the first word that fits names the event.
_CHAINS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("验收", r"验收"),
        ("竣工", r"竣工|完工|交付使用|建成"),
        ("开工", r"开工|进场施工|动工"),
    ),
    (
        ("中标", r"中标|成交"),
        ("开标", r"开标|评标"),
        ("招标公告", r"招标公告|采购公告|发布招标|公开招标"),
    ),
    (
        ("报告", r"报告初稿|初步报告|报告征求意见|正式报告|征求意见稿"),
        ("现场核查", r"现场(?:核查|评价)"),
        ("方案评审", r"方案[^，。]{0,8}(?:评审|论证|审核)"),
    ),
    (("到期", r"到期|届满|终止日期|合同终止"), ("签订", r"签订|签署|签约")),
    (
        ("结束", r"结束(?:日期|时间)|完成(?:日期|时间)|截止日期"),
        ("开始", r"开始(?:日期|时间)|起始(?:日期|时间)"),
    ),
)
_WORDS = tuple((name, regex.compile(word), n) for n, chain in enumerate(_CHAINS) for name, word in chain)
_RANK = {name: -i for chain in _CHAINS for i, (name, _) in enumerate(chain)}
_SURE = ({"竣工", "开工"}, {"结束", "开始"})
_SENTENCE = regex.compile(r"[^。；;\n]+")
_PLANNED = regex.compile(r"计划|拟|预计|应当?|须|要求|力争|争取|将于|延期|顺延|原定|调整为|分别|陆续|先后|各")
_AHEAD = 14


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    chain: int
    day: Day
    text: Text


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each sentence or row whose events come in an order that cannot be."""
    for _, _, text in passages(reading.document):
        for sentence in _SENTENCE.finditer(text.string):
            if any(word.search(sentence[0]) for _, word, _ in _WORDS) and not _PLANNED.search(sentence[0]):
                part = text.cut(*sentence.span())
                yield from _reversed(list(_told(part)), part.flat[:200])
    for table in reading.document.tables:
        yield from _rows(table)


def _told(sentence: Text) -> Iterator[_Event]:
    """The events of a sentence: each day with the first word behind it, or before it with 日期为."""
    string = sentence.string
    found = [day for day in dates(string) if day.month]
    for n, day in enumerate(found):
        stop = found[n + 1].start if n + 1 < len(found) else len(string)
        clause = regex.split(r"[，,]", string[day.end : stop])[0][:_AHEAD]
        named = _named(clause)
        if named:
            yield _Event(*named, day, sentence.cut(day.start, day.end))


def _named(words: str) -> tuple[str, int] | None:
    return next(((name, n) for name, word, n in _WORDS if word.search(words)), None)


def _rows(table: Table) -> Iterator[Finding]:
    """The events of each row: a cell with one day, named by its left neighbour or by the column's head."""
    heads = {c.col: c for c in table.cells if c.row == 0 and not dates(c.text.string)}
    known = {c.text.flat: _named(c.text.flat) for c in table.cells if len(c.text) <= _AHEAD}
    if not any(known.values()):
        return
    for row in range(table.n_rows):
        cells = table.row(row)
        events = []
        for left, cell in zip([None, *cells], cells, strict=False):
            day = _only_day(cell)
            label = left if left is not None and known.get(left.text.flat) else heads.get(cell.col)
            named = known.get(label.text.flat) if label is not None else None
            if day is not None and named is not None and cell.row == row:
                events.append(_Event(*named, day, cell.text))
        yield from _reversed(events, " | ".join(c.text.flat for c in cells)[:200])


def _only_day(cell: Cell) -> Day | None:
    """The day that is all that a cell says."""
    found = dates(cell.text.string) if 6 <= len(cell.text) <= 16 else []
    return (
        found[0] if len(found) == 1 and found[0].month and len(found[0].text) + 2 >= len(cell.text) else None
    )


def _reversed(events: Sequence[_Event], quote: str) -> Iterator[Finding]:
    names = [event.name for event in events]
    for one, other in combinations(events, 2):
        if one.chain != other.chain or names.count(one.name) > 1 or names.count(other.name) > 1:
            continue
        first, last = sorted((one, other), key=lambda e: _RANK[e.name])
        if after(first.day, last.day):
            yield _finding(first, last, quote)
            return


def _finding(first: _Event, last: _Event, quote: str) -> Finding:
    sure = {first.name, last.name} in _SURE
    severity: Severity = "error" if sure else "warning"
    return Finding(
        rule=RULE,
        severity=severity,
        subject=f"{first.name}与{last.name}的先后",
        message=f"{last.name}日期 {last.text.flat} 早于{first.name}日期 {first.text.flat}，先后颠倒。",
        evidence=(
            evidence(first.text, f"{first.name}日期", "stated", quote),
            evidence(last.text, f"{last.name}日期", "stated", quote),
        ),
        expected=f"{first.name}不晚于{last.name}",
        actual=f"{first.name} {first.text.flat}，{last.name} {last.text.flat}",
        impact="影响项目实施进度的认定",
        confidence=0.95 if sure else 0.8,
    )
