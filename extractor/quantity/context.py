"""What is written in digits in prose and is no figure: dates, codes, numbering, references, names, phones."""

from __future__ import annotations

import re
from bisect import bisect_right

from extractor.quantity.dates import matches
from extractor.quantity.quantity import Quantity
from extractor.quantity.units import unit_at

_LINK = re.compile(r"(?:https?://|www\.)[!-~]{1,300}+")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}+@[A-Za-z0-9.-]{1,255}+")

# At a digit, whatever stands before it.
_AT = re.compile(
    r"[0-9]++(?:\.[0-9]++){2,}+"  # versions, sections 2.1.3
    r"|[0-9]{1,2}\.(?=(?:19|20)[0-9]{2} ?年)"  # 2.2021年度: numbering before a year
    r"|[0-9]{1,3}(?:-[0-9]{1,3}){2,}+(?![0-9.])"  # codes 2-1-3
    r"|(?:[57] ?[×xX*] ?(?:24|12|8)|24 ?[×xX*] ?7)(?![0-9.])(?: ?(?:个?小时|h|H))?"
    r"|[0-9]++(?:\.[0-9]++)? ?: ?[0-9]++(?:\.[0-9]++|:[0-9]{2})?+"  # 9:30, 1:3
    r"|[0-9]{1,2} ?[时点](?: ?[0-9]{1,2} ?分(?!钟)|半|整|钟"
    r"| ?[至到~—-] ?(?:次日)?[0-9]{1,2} ?[时点](?: ?[0-9]{1,2}分)?)"
    r"|[0-9]{1,2} ?[-~至、] ?[0-9]{1,2} ?层"  # floors
    r"|0[0-9]{2,3}-[0-9]{7,8}(?![0-9])|400-?[0-9]{3,4}-?[0-9]{3,4}(?![0-9.])|1[3-9][0-9]{9}(?![0-9.,元万亿])"
    r"|[0-9]{1,5}(?: ?[-~、] ?[0-9]{1,5})? ?(?:号|#|楼(?!宇)|室|弄)(?!召)"
    r"|[0-9]{2} ?世纪|[0-9]{2}(?:后|年代)(?![0-9])|[0-9]{4} ?[级届]"
    r"|[0-9]{1,2}(?: ?[-~至、] ?[0-9])? ?年级|[1-4] ?季度(?!以)"
    r"|(?:863|973|211|985|111|333)(?= ?(?:计划|工程|高校|项目))"
    r"|[0-9]{1,2} ?[-~至到—] ?[0-9]{1,2} ?月(?!以)(?:份)?"
    r"|(?:[12][0-9]|3[01]|[1-9]) ?日(?! ?(?:以?内|之内|/|历))"
    r"|0[0-9]++(?![.0-9])"  # 007
    r"|[0-9]++\+[0-9N]\b"
)
# Numbers that are names: a number before 热线.
_NAME = re.compile(
    r"(?<![0-9.,])[0-9]{3,6}(?=[\"”’」]? ?"
    r"(?:[^\d\s]{0,6}热线|平台|专线|客服|电话|政务|政府|举报|急救|报警|短信|网站|服务(?!费)))"
)
_STANDARD = re.compile(r"[0-9]{2,6}(?:\.[0-9]{1,3})?-(?:19|20)?[0-9]{2}(?![0-9])")  # GB/T 12345.6-2018
_STANDARD_BEFORE = re.compile(r"[A-Z](?:/[A-Z])? ?\Z")
_LEADERS = re.compile(r"(?:…|\.{3}|·{3}) ?\Z")  # a table of contents
_NUMBER_MARK = re.compile(  # at the beginning of a line or sentence
    r"[0-9]{1,2}(?: ?[、)]|[.](?![0-9])|(?P<section>\.[0-9]{1,2}(?= ?[\u4e00-\u9fff《“])))"
)
_CHOICE = re.compile(r"[0-9]{1,2}、(?=[\u4e00-\u9fff])")  # □ 2、延续性
_SENTENCE_BEGINS = re.compile(r"[\n\r。;:][ (]{0,4}\Z")
_BRACKETED = re.compile(r"[0-9]{1,2} ?\)(?! ?[-+*/×÷=])")
_YEAR_IN_BRACKETS = re.compile(r"(?:19|20)[0-9]{2} ?[〕\])】}](?: ?第? ?[0-9]{1,5} ?号)?")
_QUOTED = re.compile(r"[0-9][0-9+]*+[”\"」』’]")
_ORDINAL = re.compile(r"(?:第|[Nn][Oo]\.?|№|#) ?\Z")
_ORDINAL_REST = re.compile(r"[0-9]++(?: ?[-~、至到] ?[0-9]++)*+")
_LETTER = re.compile(r"[A-Za-z][-_]?\Z")
_PLAIN = re.compile(r"[0-9]++")
_CODE_REST = re.compile(r"[0-9]++(?:[-_.][0-9]++)*+")
_REFERENCE = re.compile(
    r"(?:(?<![报发代列])[表图]|附[件录表图]|专栏|公式|步骤|问题|案例|指标|建议|标段|类型|方案|版本|项目|任务|序号|编号|条码|账号|电话"
    r"|传真|邮编|单号|房间|[代编]码|合同号|注) ?[::]? ?\Z"
)
_REFERENCE_REST = re.compile(r"[0-9]++(?: ?[-.—~] ?[0-9]++)*+")
_OPENING = frozenset("〔[(【{")
_QUOTES = frozenset('“"「『‘')
_MATH = frozenset("+-*/×÷=(,")


def _blank(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == " " else at


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


class Context:
    """A normalised text with its dates and addresses, asked of every place where a number might begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in matches(text)]
        spans += [match.span() for match in _LINK.finditer(text)]
        if "@" in text:
            spans += [match.span() for match in _MAIL.finditer(text)]
        names = list(_NAME.finditer(text))
        spans += [match.span() for match in names]
        self._names = {match[0] for match in names}
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def skip(self, start: int) -> int:
        """Where what begins at ``start`` ends if it is no figure; ``start`` itself if it may be one."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and self._spans[at][1] > start:
            return self._spans[at][1]
        if not self.text[start].isascii():
            return start
        before = self.text[start - 8 : start] if start > 8 else "\n" + self.text[:start]
        for check in (self._named, self._numbering, self._coded):
            end = check(start, before)
            if end > start:
                return end
        return start

    def _named(self, start: int, before: str) -> int:
        found = _AT.match(self.text, start)
        if not found and before[-1] in _OPENING:
            found = _YEAR_IN_BRACKETS.match(self.text, start)
        if not found and before[-1] == "〔":
            found = _CODE_REST.match(self.text, start)
        if not found and before[-1] in _QUOTES:
            found = _QUOTED.match(self.text, start)
        return found.end() if found else start

    def _numbering(self, start: int, before: str) -> int:
        """(1) anywhere, and 1. 1、 1.2 where a sentence begins."""
        found = (
            _BRACKETED.match(self.text, start) if before[-1:] == "(" and before[-2:-1] not in _MATH else None
        )
        if not found and before[-1:] in (" ", "□", "■", "☑", "√"):
            found = _CHOICE.match(self.text, start)
        if not found and _SENTENCE_BEGINS.search(before):
            found = _NUMBER_MARK.match(self.text, start)
            if found and found["section"] and unit_at(self.text, _blank(self.text, found.end()), prose=True):
                return start
        return found.end() if found else start

    def _coded(self, start: int, before: str) -> int:
        """What follows a letter (B2-1), 第, or a word that is numbered and stands without a unit (表1-2)."""
        if _STANDARD_BEFORE.search(before):
            found = _STANDARD.match(self.text, start)
            if found:
                return found.end()
        if _LEADERS.search(before):
            return _end(_PLAIN, self.text, start)
        if _LETTER.search(before):
            return _end(_CODE_REST, self.text, start)
        if _ORDINAL.search(before):
            return _end(_ORDINAL_REST, self.text, start)
        return start

    def refers(self, start: int) -> int:
        """Where a number ends that only tells which table, annex or case is meant; ``start`` if none is."""
        if not _REFERENCE.search(self.text[max(start - 5, 0) : start]):
            return start
        found = _REFERENCE_REST.match(self.text, start)
        return found.end() if found else start

    def refuses(self, found: Quantity, number: int) -> bool:
        """Whether a figure without a unit is rather a year, a telephone number or part of a word."""
        if found.unit or found.op:
            return False
        after = self.text[found.end : found.end + 1]
        if after.isascii() and after.isalpha():
            return True
        digits = self.text[number : found.end]
        if digits in self._names:
            return True
        before = self.text[number - 1 : number] if number else ""
        if (
            found.upper is not None
            or not digits.isdigit()
            or before in _MATH - {"("}
            or after in _MATH - {","}
        ):
            return False
        year = len(digits) == 4 and 1980 <= int(digits) < 2050
        return year or len(digits) >= 7
