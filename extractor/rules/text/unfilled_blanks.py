"""该填的数没有填：XX 万元、____万元、〔2020〕号、支出为万元。

报告正文里留着的占位写法：带单位的 XX、××、下划线、方头空括号，年月日处的 XX，文号里空着的序号，
“执行率为%”一类数字漏写的句子。

通篇是空白模板的（占位的段落多于写了数字的段落）、姓名和单位的匿名写法（张××、××公司）、签字和填表处的横线、“单位为万元”、
引文和评分公式里的占位，都不指出。

错误示例::

    # 资金情况

    2022 年预算 864.50 万元，实际支出 XX 万元，预算执行率 97.44%。

正确示例::

    # 资金情况

    2022 年预算 864.50 万元，实际支出 842.36 万元，预算执行率 97.44%，经办人张××。
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Text
from extractor.findings import Finding, evidence

RULE = "unfilled-blanks"
_UNIT = r"(?:万元|亿元|元|%|％|个|项(?!目)|家|户|人次?|名|次|件|份|公里|平方米|亩|所|座|台|套|天|分(?!公司|局|别))"
_MARK = r"(?:[XＸ×]{1,6}|[xｘ]{2,6}|[_＿]{2,}|[*＊]{3,6}|【[ 　]*】|\[[ 　]*\])"
_X = r"[XＸ×xｘ_＿]"
_OPEN, _CLOSE = r"[〔\[［【（(]", r"[〕\]］】）)]"
_BLANKS = (
    regex.compile(rf"(?<![A-Za-z0-9×*])(?<!\d\s*){_MARK}\s*{_UNIT}(?!级)"),
    regex.compile(
        rf"(?:20{_X}{{1,4}}|{_X}{{2,4}})\s*年(?:度)?"
        rf"|(?<=年)\s*{_X}{{1,4}}\s*月|(?<=月)\s*{_X}{{1,4}}\s*日"
    ),
    regex.compile(
        rf"{_OPEN}\s*(?:19|20)?(?:\d{{2}}|{_X}{{2,4}}|[ 　]+)\s*{_CLOSE}\s*第?\s*"
        rf"(?:[*＊]{{1,6}}|{_X}{{1,6}}|[ 　]+)\s*号"
        r"|〔(?:19|20)\d{2}〕号"
    ),
    regex.compile(
        r"(?:支出|预算|执行率|完成率|满意度|得分|资金|共计|合计|达到|率|完成|金额|结余|投资)[为约达]?\s*"
        r"(?:万元|亿元|[%％])(?=[，,。；;、]|$)"
    ),
    regex.compile(rf"(?<=[了为共约有计达成到得])[ 　]{{2,}}{_UNIT}(?=[一-鿿，,。；;、]|$)"),
    regex.compile(r"[（(【\[](?:此处|待)(?:填写|补充|核实|填|补|定)[^）)】\]]{0,12}[）)】\]]"),
)
_UNITS_TOLD = regex.compile(r"单位\s*[:：为是]?\s*$|以\s*$|每\s*$")
_FORMULA = regex.compile(r"[=＝÷/]|公式|分值|权重[×X*]")
_SIGNED = regex.compile(r"签字|签名|盖章|电话|联系人|身份证|账号|填表人|填报人|审核人")
_SHORTEST = 8
_MOST = 12


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each paragraph that leaves a figure blank, in a document that is not a blank form."""
    body = [b.text for b in reading.document.blocks if isinstance(b, Paragraph) and b.kind == "body"]
    found = [(text, spans) for text in body if (spans := list(_blanks(text.string)))]
    written = sum(any(c.isdigit() for c in text.string) for text in body)
    if len(found) > _MOST or 2 * len(found) > written + 1:
        return
    for text, spans in found:
        yield _finding(text, [text.cut(*span).strip() for span in spans])


def _blanks(string: str) -> Iterator[tuple[int, int]]:
    """Where a text leaves something blank; what one pattern found is not found again."""
    if len(string) < _SHORTEST or _SIGNED.search(string):
        return
    taken: list[tuple[int, int]] = []
    for pattern in _BLANKS:
        for match in pattern.finditer(string):
            before, start, end = string[: match.start()], match.start(), match.end()
            if any(a < end and start < b for a, b in taken) or _UNITS_TOLD.search(before + match[0][:-1]):
                continue
            if not _FORMULA.search(string[max(0, start - 12) : end + 12]):
                taken.append((start, end))
                yield start, end


def _finding(text: Text, blanks: list[Text]) -> Finding:
    named = "、".join(f"“{blank.flat}”" for blank in blanks)
    return Finding(
        rule=RULE,
        severity="warning",
        subject="漏填的内容",
        message=f"正文留有未填的内容：{named}（{text.flat[:60]}）。",
        evidence=tuple(evidence(blank, "未填内容", "stated", text.flat[:200]) for blank in blanks),
        expected="写明数据",
        actual=named,
        impact="事实没有写明，无法核对",
        confidence=0.85,
    )
