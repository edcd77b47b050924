"""写明的项数与随后（随前）列举的项数不符，写明的指标个数与指标表不符。

- “包括 3 个二级指标和 5 个三级指标”与紧接着的得分表核对；
- “决策类指标共 5 项……见表 2”与随后得分表的行数核对；
- “从决策、过程、产出、效益四个方面”“制定了甲、乙、丙三项制度”核对列举的个数；
- “包括 6 个项目：甲、乙、丙……”“由甲、乙、丙三部分组成”“共 4 项：①……②……”核对列举的个数。

列举以“等”字结尾的、名称里的“和、及”可能是并列也可能是名称一部分而两种数法中有一种相符的、列举不紧接个数的，都不指出。

错误示例::

    # 资金

    项目预算包括 5 个子项目：设备采购费、安装调试费、人员培训费、后期维护费。

正确示例::

    # 资金

    项目预算包括 4 个子项目：设备采购费、安装调试费、人员培训费、后期维护费。
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Table, Text
from extractor.facts import Form, Indicator
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import chinese_number
from extractor.recognise.prose import passages
from extractor.resolve.register import plain_code

RULE = "counts-of-items"
_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_THING = r"(?:方面|部分|内容|环节|维度|类别|板块|阶段|步骤|子项目|项目|部门|片区|标段|单位|科室|处室|渠道)"
_NAME = r"[^，,。；;：:、（）()\d]{2,24}"
_LIST = rf"(?P<list>{_NAME}(?:、{_NAME}){{1,14}}?)"
_COUNT_FIRST = regex.compile(rf"{_N}\s*(?:个|大|项|类|种){_THING}?\s*[:：]\s*{_LIST}\s*[。；;]")
_LIST_FIRST = regex.compile(
    rf"(?:包括|包含|分为|涵盖|设有|由){_LIST}(?P<etc>等)?\s*{_N}\s*(?:个|大|项|类|种)?{_THING}(?:组成|构成)?"
)
_WHOLE = (
    r"(?:方面|部分|维度|环节|阶段|层面|角度|步骤|类别|大类|板块|领域|方向|乡镇|镇街|街道|片区|制度|办法|一级指标)"
)
_LIST_LED = regex.compile(
    rf"(?:从|按照?|对|涉及|涵盖|覆盖|制定了?|建立了?|出台了?|完善了?){_LIST}(?P<etc>等)?\s*{_N}\s*[个项类种大]{_WHOLE}"
)
_INDICATORS = regex.compile(r"指标共(?:有|计)?\s*(?P<n>\d{1,2})\s*[项个](?![一二三四]级)")
_SHOWN = regex.compile(r"见表|如表|下表|如下")
_MARKED = regex.compile(
    rf"(?:共|以下|如下)[^。；;，,]{{0,8}}?{_N}\s*(?:项|个|条|点|类|方面)[^。；;①]{{0,10}}[:：。]?\s*(?=①)"
)
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"
_JOINED = regex.compile(r"以及|[和与及]")
_LEVELS = regex.compile(r"(?P<n>\d{1,2})\s*个\s*(?P<level>[二三四])级指标")
_RANK = {"二": 2, "三": 3, "四": 4}
_NEAR = 4
_SPREAD = 3


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on counts that the list or the table beside them does not have."""
    for _, _, text in passages(reading.document):
        if "、" in text.string or "①" in text.string:
            yield from _listed(text)
            yield from _marked(text)
    yield from _levels(reading)


def _number(string: str) -> int | None:
    value = int(string) if string.isdigit() else chinese_number(string.replace("两", "二"))
    return None if value is None else int(value)


def _listed(text: Text) -> Iterator[Finding]:
    taken: set[int] = set()
    for pattern in (_COUNT_FIRST, _LIST_FIRST, _LIST_LED):
        for match in pattern.finditer(text.string):
            if match.groupdict().get("etc") or match["list"].rstrip().endswith("等") or match.end() in taken:
                continue
            taken.add(match.end())
            stated, fewest = _number(match["n"]), match["list"].count("、") + 1
            most = fewest + len(_JOINED.findall(match["list"]))
            if pattern is _LIST_LED and stated not in (fewest - 1, most + 1):
                continue
            if stated is not None and stated > 1 and fewest >= 3 and not fewest <= stated <= most:
                counted = f"{fewest}" if fewest == most else f"{fewest} 至 {most}"
                yield _finding(text, match, stated, counted, "list")


def _marked(text: Text) -> Iterator[Finding]:
    """共 4 项：①…②…③…: the marks that follow, counted as long as they run on."""
    for match in _MARKED.finditer(text.string):
        stated, count, at = _number(match["n"]), 0, match.end()
        while count < len(_MARKS) and (at := text.string.find(_MARKS[count], at)) >= 0:
            count += 1
        if stated is not None and count > 1 and stated != count:
            yield _finding(text, match, stated, str(count), "n")


def _finding(text: Text, match: regex.Match[str], stated: int, counted: str, group: str) -> Finding:
    what = match[0].strip()[:30]
    return Finding(
        rule=RULE,
        severity="warning",
        subject=what,
        message=f"“{match[0].strip()[:60]}”：写明 {stated} 项，列举的为 {counted} 项，两者不符。",
        evidence=(
            evidence(text.cut(*match.span("n")), "写明的个数", "stated", text.flat[:200]),
            evidence(text.cut(*match.span(group)), "列举的内容", "stated", text.flat[:200]),
        ),
        expected=f"{counted} 项",
        actual=f"{stated} 项",
        impact="影响内容的完整性",
        confidence=0.8,
    )


def _levels(reading: Reading) -> Iterator[Finding]:
    """Counts of indicators by level against the score table that follows."""
    tables = {t: form for form in reading.forms if form.kind == "score_table" for t in form.tables}
    blocks = reading.document.blocks
    for number, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or "指标" not in block.text.string:
            continue
        after = [b.number for b in blocks[number + 1 : number + 1 + _NEAR] if isinstance(b, Table)]
        form = tables.get(after[0]) if after else None
        if form is not None:
            yield from _compared(block.text, form)
            yield from _rows_compared(block.text, form)


def _compared(text: Text, form: Form) -> Iterator[Finding]:
    counts = _counts(form.indicators)
    for match in _LEVELS.finditer(text.string):
        rank = _RANK[match["level"]]
        if rank in counts and counts[rank] != int(match["n"]):
            yield _other_count(text, match, f"{match['level']}级指标", counts[rank], form)


def _rows_compared(text: Text, form: Form) -> Iterator[Finding]:
    """指标共 5 项 … 得分情况见表 4-1 against the rows of that table, which has nothing but these."""
    found = list(_INDICATORS.finditer(text.string))
    if len(found) != 1 or not _SHOWN.search(text.string) or len(form.tables) != 1:
        return
    rows = len(form.indicators)
    if rows >= 2 and 0 < abs(int(found[0]["n"]) - rows) <= _SPREAD and not form.placeholders:
        yield _other_count(text, found[0], "指标", rows, form)


def _other_count(text: Text, match: regex.Match[str], what: str, rows: int, form: Form) -> Finding:
    place = evidence(form.title, "得分表") if form.title else Evidence("", form.place, "得分表")
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{what}个数",
        message=f"正文写明 {match['n']} 个{what}，随后的得分表中为 {rows} 个，两者不符。",
        evidence=(
            evidence(text.cut(*match.span()), "正文：指标个数", "stated", text.flat[:200]),
            place,
        ),
        expected=f"{rows} 个",
        actual=f"{match['n']} 个",
        impact="影响指标体系表述的准确性",
        confidence=0.85,
    )


def _counts(rows: tuple[Indicator, ...]) -> dict[int, int]:
    """How many indicators of each level a table has, by their codes (A1 second, A11 third, A111 fourth
    level)."""
    codes = [plain_code(row.code) for row in rows]
    if (
        not rows
        or not all(regex.fullmatch(r"[A-Z]\d{2,3}", c) for c in codes)
        or len({c[0] for c in codes}) != 1
    ):
        return {}
    found = {2: len({c[:2] for c in codes}), 3: len({c[:3] for c in codes})}
    fourth = {c for c in codes if len(c) == 4}
    return found | ({4: len(fourth)} if fourth else {})
