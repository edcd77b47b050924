"""What a statement is limited to: a period, or a condition in brackets, told from the words around it."""

from __future__ import annotations

import regex

_PERIOD = regex.compile(
    r"(?:(?P<year>(?:19|20)\d{2})\s*年\s*(?P<month>\d{1,2}\s*(?:[-—–~至到]\s*\d{1,2}\s*)?月|[上下]半年|第?[一二三四1-4]季度)?)"
    r"|(?P<other>上年度?|去年|上一?年|同期|前[一两三]年|本月|当月|[上下]半年|第?[一二三四1-4]季度|\d{1,2}\s*月(?:份)?|年初(?!目标|计划|绩效|设定|确定|预期|任务)|改造前|实施前|原来)"
)
_CONDITION = regex.compile(
    r"[（(]\s*((?:不含|不包括|不包含|剔除|扣除|含|包括|包含|其中)[^（）()]{1,20})[）)]"
)
_COMPARED = regex.compile(r"(?:[较比由从与同和按]|相比)$")
_YEAR_END = regex.compile(r"截[至止到]{1,2}\s*\d{4}\s*年\s*12\s*月\s*(?:底|末|31)")
_DIGITS = regex.compile(r"\d")
_CLAUSE = regex.compile(r"[，,。；;：:\n]")
_REACH = 40


def period_before(text: str, start: int, year: int | None) -> str:
    """The period that governs a figure at ``start``: "" for the document's own year or none, else as written.

    A period governs its sentence up to the next period; the document's year without a month is no limit.
    """
    sentence = text[_sentence_start(text, start) : start]
    found = list(_PERIOD.finditer(sentence))
    if not found:
        return ""
    last = found[-1]
    if _COMPARED.search(sentence[: last.start()]) and _DIGITS.search(sentence[last.end() :]):
        return ""  # 由上年的 86.5% and 较上年增长 12% speak of another period for that figure alone
    if (
        last["year"]
        and year is not None
        and int(last["year"]) == year
        and _YEAR_END.search(sentence, max(last.start() - 3, 0))
    ):
        return ""  # 截至 2023 年 12 月底 is the whole year
    written = str(regex.sub(r"\s", "", last[0]))
    if last["year"] and not last["month"] and year is not None and int(last["year"]) == year:
        return ""
    return written


def condition_after(text: str, end: int) -> str:
    """A condition in brackets right after a figure or name: （不含自助服务） gives 不含自助服务."""
    found = _CONDITION.match(text, end) or _CONDITION.search(text[end : end + _REACH])
    if found is None or _CLAUSE.search(text[end : end + found.start()] if found.pos == 0 else ""):
        return ""
    return str(found[1]).strip()


def _sentence_start(text: str, start: int) -> int:
    return max((text.rfind(mark, 0, start) for mark in "。！？\n；;"), default=-1) + 1
