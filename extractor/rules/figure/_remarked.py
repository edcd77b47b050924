"""What a row itself says of its points: 扣2分; 3家不符合条件，各扣0.5分; 超11天，每天扣0.1分; 按比例计分."""

from __future__ import annotations

from decimal import Decimal

import regex

from extractor.quantity import Interval, chinese_number, normal
from extractor.rules.figure._marks import Facts, Marks, marks
from extractor.rules.figure._scheme import Scheme

_N = r"\d{1,3}(?:\.\d+)?"
_EACH = regex.compile(
    rf"(?P<n>\d{{1,5}}|[一二两三四五六七八九十])\s*(?P<unit>个百分点|个?\p{{Han}}{{1,2}}?)(?P<what>[^，。；;,\d]{{0,14}})[，,]?"
    rf"(?:各|(?:按)?每(?:超|逾期|晚|迟|少|低|发现|有)?(?:1|一)?个?\p{{Han}}{{0,3}}?)扣(?:除|减)?\s*(?P<x>{_N})\s*分"
)
_TAKEN = regex.compile(rf"(?:扣(?:除|减|去|掉)?|减扣?)\s*(?P<x>{_N})\s*分")
_RULE = regex.compile(r"每|各|一[项处个次例]|完为止|最[多高]|上年|去年|合计|共|累计|计划|拟|将")
_SHARE = regex.compile(r"按(?:照)?(?:实际)?(?:完成|达成)?(?:值)?(?:的)?比例|按完成率")
_PLAIN = regex.compile(r"酌情|满分|加\s*\d|折|系数")


def remarked(texts: tuple[str, ...], facts: Facts) -> Marks | None:
    """The score that the row's own remark leaves; None if it says nothing of points, or not clearly."""
    said = [normal(text) for text in texts if regex.search(r"扣|按.{0,6}比例|按完成率", text)]
    if len(said) != 1 or _PLAIN.search(said[0]):
        return None
    text = said[0]
    each = list(_EACH.finditer(text))
    rest = _EACH.sub("", text)
    taken = [Decimal(m["x"]) for m in _TAKEN.finditer(rest)]
    if each and not taken:
        lost = sum(((chinese_number(m["n"]) or 0) * Decimal(m["x"]) for m in each), Decimal(0))
        return _left(facts, lost, each[0][0]) if len(each) == 1 else None
    if taken and not each and not _RULE.search(rest):
        return _left(facts, sum(taken, Decimal(0)), text)
    if not taken and not each and _SHARE.search(text) and "扣" not in text:
        return marks(Scheme(text, proportion=True, open=False), facts)
    return None


def _left(facts: Facts, lost: Decimal, said: str) -> Marks | None:
    if lost > facts.weight:
        return None
    return Marks((Interval.point(facts.weight - lost),), f"说明写“{said[:30]}”")
