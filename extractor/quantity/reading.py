"""One figure where it stands: operator, number, range, unit and what qualifies it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.quantity.number import Number, number_at
from extractor.quantity.numerals import NUMERALS
from extractor.quantity.quantity import Quantity, is_exact
from extractor.quantity.units import unit_at

_SEPARATOR = re.compile(r" ?(?:\(不?含(?:本数)?\) ?)?(?:--?|~~?|—{1,2}|至|到) ?(?=[0-9" + NUMERALS + "])")
_INCLUDED = re.compile(r" ?\(不?含(?:本数)?\)(?! ?[及以])")
_BEFORE = re.compile(
    r"(?:(?P<ge>≥|>=|=>|不(?:得|能|应|可)?(?:低于|少于|小于|短于|下于)|(?:大于|高于|多于)(?:或者?|且)?等于|至少|最少|起码)"
    r"|(?P<le>≤|<=|=<|(?:不(?:得|能|应|可|予)?|未|没有)(?:高于|超过|大于|多于|超出|长于|迟于|晚于|逾)"
    r"|(?:小于|低于|少于)(?:或者?|且)?等于|至多|最多)"
    r"|(?P<gt>>|大于|高于|超过|多于|超出|突破|优于)"
    r"|(?P<lt><|小于|低于|少于|不足|(?<![达得见看收做办找])不到|短于)"
    r"|(?P<about>≈|~|大约为?|(?<![节合预签条契公制特违])约为?|大概|将近|接近|(?<![附最临靠邻亲远])近|逾)"
    r"|(?P<eq>=|等于)) {0,2}\Z"
)
_BEFORE_LONGEST = 10
_OPS = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "about": "~", "eq": "="}
_CURRENCY = re.compile(r"[¥$] ?\Z")
_MORE = re.compile(r"余(?![额款量下])|多(?!于|元化|次)|来(?=[个人])")
_AFTER = re.compile(
    r" ?(?:\(?(?P<early>不?含|包含)(?:本数)?\)? ?)?(?:及其?|或)?"
    r"(?:(?P<ge>以上(?!述|[0-9])|之上)|(?P<le>以内|之内|以下(?!简称|[0-9几])|之下)|(?P<about>左右|上下(?![游级联])))"
    r"(?: ?\((?P<late>不?含)(?:本数)?\))?"
)
_WITHIN = re.compile(r" ?内(?![部容在外控])")
_AFTER_OPS = {"ge": (">=", ">"), "le": ("<=", "<"), "about": ("~", "~")}
_SPAN_WORDS = (
    "秒 秒钟 分钟 小时 个小时 天 日 自然日 个自然日 工作日 个工作日",
    "周 星期 个星期 月 个月 季度 个季度 年 个年度",
)
_SPANS = frozenset(" ".join(_SPAN_WORDS).split())
_RECENT = frozenset(("天", "日", "周", "月", "个月", "年", "年度", "个季度"))


@dataclass(frozen=True, slots=True)
class Reader:
    """How figures are read: in ``prose`` weak units need an end; ``equals`` takes = for an operator."""

    prose: bool = False
    equals: bool = True

    def figure_at(self, printed: str, text: str, start: int, floor: int = 0) -> Quantity | None:
        """The figure whose number begins at ``start``; its operator is looked for back to ``floor``.

        ``printed`` and ``text`` are the same string as printed and normalised.
        """
        first = number_at(text, start, self.prose)
        if first is None:
            return None
        sign, currency = _sign(text, start, floor)
        begin, op = self._before(text, sign, floor)
        unit, more, end = self._unit(text, first)
        second, unit, end = self._range(text, start, first, unit, end)
        after, end = _after(text, end, unit)
        if text[begin] == "近" and unit in _RECENT:  # 近3年 are the last three years
            begin, op = begin + 1, ""
        op = "~" if more else op or after
        unit = unit or currency
        return Quantity(
            text=printed[begin:end],
            value=-first.value if text[sign] == "-" else first.value,
            op=op,
            upper=second.value if second else None,
            unit=unit,
            precision=max(first.precision, second.precision if second else 0),
            exact=is_exact(op, unit, max(first.precision, second.precision if second else 0)),
            start=begin,
            end=end,
            malformed=first.malformed,
        )

    def number_with_unit(self, printed: str, text: str, start: int) -> Quantity | None:
        """The number at ``start`` with its unit and nothing else, as an operand of a formula."""
        number = number_at(text, start, self.prose)
        if number is None:
            return None
        unit, _, end = self._unit(text, number)
        return Quantity(
            text=printed[start:end],
            value=number.value,
            unit=unit,
            precision=number.precision,
            start=start,
            end=end,
            malformed=number.malformed,
        )

    def _before(self, text: str, begin: int, floor: int) -> tuple[int, str]:
        """Where the operator directly before an offset begins, and which it is."""
        found = _BEFORE.search(text[max(floor, begin - _BEFORE_LONGEST) : begin])
        if not found or found.lastgroup is None:
            return begin, ""
        at = max(floor, begin - _BEFORE_LONGEST) + found.start()
        if found[0].startswith("=") and found.lastgroup == "eq" and not self.equals:
            return begin, ""
        if found[0].startswith("~") and floor and at == floor:
            return begin, ""
        return at, _OPS[found.lastgroup]

    def _unit(self, text: str, number: Number) -> tuple[str, bool, int]:
        """The unit after a number, whether 余 or 多 stands in or before it (3万余人), and its end."""
        if number.part:
            return number.part, False, number.end
        at = _blanks(text, number.end)
        found = _MORE.match(text, at)
        at = found.end() if found else at
        unit = unit_at(text, at, self.prose)
        end = at + len(unit)
        inner = _MORE.match(text, end) if unit and unit[-1] in "万亿" else None
        if inner:
            rest = unit_at(text, inner.end(), self.prose)
            return unit + rest, True, inner.end() + len(rest)
        if not unit:
            return "", bool(found), at if found else number.end
        return unit, bool(found), end

    def _range(
        self, text: str, start: int, first: Number, unit: str, end: int
    ) -> tuple[Number | None, str, int]:
        """The upper end of a range, with the unit of both and the end; what is none stays as it was."""
        found = _SEPARATOR.match(text, end)
        second = number_at(text, found.end(), self.prose) if found else None
        if not found or second is None or first.part != second.part:
            return None, unit, end
        last, more, stop = self._unit(text, second)
        same = last == unit or not unit
        if not same or more or second.value <= first.value or _moves(text, start, found, stop):
            return None, unit, end
        included = _INCLUDED.match(text, stop)
        return second, last, included.end() if included else stop


def _sign(text: str, start: int, floor: int) -> tuple[int, str]:
    """Where sign and currency before a number begin, and the currency; a minus after a figure is none."""
    begin = start
    if begin > floor and text[begin - 1] in "-+":
        before = text[begin - 2 : begin - 1] if begin > 1 else ""
        joined = (
            (begin - 1 == floor and floor > 0)
            or (before.isascii() and before.isalnum())
            or before in _CLOSING
        )
        begin -= not joined
    money = _CURRENCY.search(text[max(floor, begin - 2) : begin])
    return (begin - len(money[0]), money[0][0]) if money else (begin, "")


_CLOSING = frozenset(")%]-—‰²③④⑤")


def _moves(text: str, start: int, separator: re.Match[str], stop: int) -> bool:
    """Whether it only looks like a range: 从3个到5个 says how it changed, (184-185)/2 is arithmetic."""
    before, after = text[start - 1 : start] if start else "", text[stop : stop + 1]
    if before in ("从", "由", "自"):
        return True
    if "-" not in separator[0]:
        return False
    return any(c in "+*/×÷=-" for c in before + after) or (
        after == ")" and text[stop + 1 : stop + 2] in tuple("/*×÷=")
    )


def _after(text: str, end: int, unit: str) -> tuple[str, int]:
    """What qualifies a figure from behind: 以上, (含)以上, 以内, 左右, and 内 after a time."""
    found = _AFTER.match(text, end)
    if found:
        loose, strict = _AFTER_OPS[next(name for name in _AFTER_OPS if found[name])]
        return (strict if "不含" in (found["early"], found["late"]) else loose), found.end()
    within = _WITHIN.match(text, end) if unit in _SPANS else None
    if within:
        return "<=", within.end()
    included = _INCLUDED.match(text, end)
    return "", included.end() if included else end


def _blanks(text: str, at: int) -> int:
    """The offset after up to two blanks."""
    stop = at
    while stop < len(text) and text[stop] == " " and stop - at < 2:
        stop += 1
    return stop
