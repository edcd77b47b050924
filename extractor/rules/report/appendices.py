"""附件的编号、名称前后对不上。

- 正文“详见附件六”而附件只到附件五；
- 报告末尾所列的附件清单（附件：1.……2.……）与后面的附件标题，同一编号名称不同，或者清单里的附件没有；
- 两个附件用了同一个编号。

附件另册装订（全文没有附件标题）的、引用其他文件附件的、清单与标题只差详略的，都不指出。

错误示例::

    # 情况

    访谈情况详见附件三。

    # 附件一 基础表

    说明。

    # 附件二 指标体系

    说明。

正确示例::

    # 情况

    指标体系详见附件二，合同清单见该合同附件三。

    # 附件一 基础表

    说明。

    # 附件二 指标体系

    说明。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.document import Block, Heading, Paragraph, Text
from extractor.findings import Finding, evidence
from extractor.quantity import chinese_number, normal

RULE = "appendices"
_N = r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?![\d\-－—–.])"
_TITLE = regex.compile(rf"\s*附件\s*{_N}\s*[:：.、．]?\s*(?P<title>.*)")
_CITED = regex.compile(rf"(?:详?见|参见|如)\s*[“\"（(]?附件\s*{_N}")
_OF_OTHER = regex.compile(r"(?:合同|协议|》|通知|办法|文件|批复)[^，。；]{0,6}$")
_LIST = regex.compile(r"^\s*附件\s*[:：]\s*(?P<rest>.*)$")
_ITEM = regex.compile(r"^\s*(?P<number>\d{1,2})\s*[.、．]\s*(?P<title>[^。；]{2,40})$")
_NOISE = regex.compile(r"[\s《》“”\"（）()、，,:：.．-]")
_FEWEST, _LONGEST = 2, 60
_ALIKE = 45.0

_Titles = dict[int, list[tuple[str, Text]]]


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on references to appendices, on their list, and on their numbers."""
    blocks = reading.document.blocks
    own, listed = _own(blocks), _listed(blocks)
    if sum(map(len, own.values())) < _FEWEST:
        return
    yield from _missing(blocks, set(own) | set(listed), sorted(own))
    for number, titles in own.items():
        yield from _twice(number, titles)
        if number in listed:
            yield from _renamed(number, listed[number], titles[0])
    for number in sorted(set(listed) - set(own)):
        title, text = listed[number]
        said = f"附件清单列有附件{number}“{title}”，后面没有附件{number}（有附件 {_numbers(sorted(own))}）。"
        yield _finding(f"附件{number}", said, [(text, "附件清单")])


def _numbers(own: Sequence[int]) -> str:
    return "、".join(map(str, own))


def _own(blocks: Sequence[Block]) -> _Titles:
    """The appendices that the document has: short lines that begin with their number."""
    found: _Titles = {}
    for n, block in enumerate(blocks):
        if not isinstance(block, (Heading, Paragraph)) or len(block.text) > _LONGEST:
            continue
        match = _TITLE.match(block.text.string)
        if match is None or getattr(block, "kind", "body") != "body" or match["title"].endswith(("。", "；")):
            continue
        title = match["title"].strip() or _next_title(blocks, n)
        found.setdefault(_value(match["number"]), []).append((title, block.text))
    return found


def _next_title(blocks: Sequence[Block], n: int) -> str:
    """The title of an appendix whose number stands alone on its line."""
    block = blocks[n + 1] if n + 1 < len(blocks) else None
    return block.text.flat if isinstance(block, (Heading, Paragraph)) and len(block.text) <= _LONGEST else ""


def _listed(blocks: Sequence[Block]) -> dict[int, tuple[str, Text]]:
    """The list of appendices: 附件：1.… and the lines that go on from it."""
    found: dict[int, tuple[str, Text]] = {}
    for n, block in enumerate(blocks):
        start = _LIST.match(block.text.string) if isinstance(block, Paragraph) else None
        if start is None or block.kind != "body":  # type: ignore[union-attr]
            continue
        lines = [block.text.cut(*start.span("rest"))]  # type: ignore[union-attr]
        lines += [b.text for b in blocks[n + 1 : n + 20] if isinstance(b, (Heading, Paragraph))]
        for line in lines:
            item = _ITEM.match(line.string)
            if item is None or int(item["number"]) != len(found) + 1:
                break
            found[int(item["number"])] = (item["title"].strip(), line)
    return found


def _missing(blocks: Sequence[Block], there: set[int], own: list[int]) -> Iterator[Finding]:
    """References to an appendix that is not there."""
    told: set[int] = set()
    for block in blocks:
        if not isinstance(block, Paragraph) or block.kind != "body":
            continue
        for match in _CITED.finditer(block.text.string):
            number = _value(match["number"])
            before = block.text.string[: match.start()][-16:]
            if number and number not in there | told and not _OF_OTHER.search(before):
                told.add(number)
                label = f"附件{match['number']}"
                said = f"正文引用了{label}，文件里没有{label}（有附件 {_numbers(own)}）。"
                yield _finding(label, said, [(block.text.cut(*match.span()), "正文引用")])


def _twice(number: int, titles: list[tuple[str, Text]]) -> Iterator[Finding]:
    """Two appendices with one number; a list and the heading itself are one."""
    (first, one), *others = titles
    for title, text in others:
        if title and first and not _alike(first, title):
            said = f"附件{number}用了两次：“{one.flat}”和“{text.flat}”。"
            yield _finding(f"附件{number}", said, [(one, "前一附件"), (text, "后一附件")])
            return


def _renamed(number: int, listed: tuple[str, Text], own: tuple[str, Text]) -> Iterator[Finding]:
    if own[0] and not _alike(listed[0], own[0]):
        said = f"附件{number}的名称前后不一致：清单写为“{listed[0]}”，附件标题为“{own[0]}”。"
        yield _finding(f"附件{number}", said, [(listed[1], "附件清单"), (own[1], "附件标题")])


def _alike(a: str, b: str) -> bool:
    one, other = (str(_NOISE.sub("", normal(s))) for s in (a, b))
    return not one or not other or one in other or other in one or fuzz.partial_ratio(one, other) >= _ALIKE


def _value(number: str) -> int:
    return int(chinese_number(number) or 0)


def _finding(label: str, said: str, where: list[tuple[Text, str]]) -> Finding:
    return Finding(
        rule=RULE,
        severity="warning",
        subject=label,
        message=said,
        evidence=tuple(evidence(text, name, "stated", text.flat[:200]) for text, name in where),
        expected="附件的编号、名称与引用一致",
        actual=said,
        impact="影响报告的规范性和可核对性",
        confidence=0.75,
    )
