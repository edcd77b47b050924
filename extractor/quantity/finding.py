"""Every figure in running prose, and the conditions that a cell states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extractor.quantity.cell import read
from extractor.quantity.context import Context
from extractor.quantity.normal import normal
from extractor.quantity.number import numeral_end
from extractor.quantity.numerals import NUMERALS
from extractor.quantity.quantity import Quantity
from extractor.quantity.reading import Reader

_CANDIDATE = re.compile(rf"[0-9{NUMERALS}]")
_PROSE = Reader(prose=True, equals=False)
_CONDITION = Reader(prose=True)


def find(text: str) -> list[Quantity]:
    """Every figure in running prose, in order, each with its span.

    Dates, codes, numbering, references and names with digits are left out; numbers in characters count only
    with a unit (三个 does, 一个 and 统一 do not).

    >>> [q.text for q in find("2020年共办理4,208.57万件，满意率不低于98%（见表1-2）。")]
    ['4,208.57万件', '不低于98%']
    """
    return list(_found(text))


@lru_cache(maxsize=1 << 12)
def _found(text: str) -> tuple[Quantity, ...]:
    """Kept, for many questions are asked of the same text."""
    return tuple(_figures(text, _PROSE))


def _figures(text: str, reader: Reader) -> Iterator[Quantity]:
    plain = _plain(text)
    context = Context(plain)
    at = floor = 0
    while candidate := _CANDIDATE.search(plain, at):
        start = candidate.start()
        at = context.skip(start)
        if at > start:
            continue
        found = reader.figure_at(text, plain, start, floor)
        if found is None or not _stands(plain, context, found, start):
            at = max(numeral_end(plain, start), context.refers(start))
            continue
        yield found
        at = floor = found.end


_WIDE_COMMAS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:，[0-9]{3}){1,6}(?:\.[0-9]{1,9})?(?= ?[万亿千百]{0,2}元)")


def _plain(text: str) -> str:
    """The normalised text with its full-width commas left: they part clauses, and thousands only in money."""
    if "，" not in text:
        return normal(text)
    return "，".join(
        map(normal, _WIDE_COMMAS.sub(lambda found: found[0].replace("，", ","), text).split("，"))
    )


def _stands(plain: str, context: Context, found: Quantity, start: int) -> bool:
    """Whether what was read as a figure is one, by the characters around it."""
    if not plain[start].isascii():
        return "分之" in found.unit or _counts(plain, found, start)
    if not found.unit and context.refers(start) > start:
        return False
    return not context.refuses(found, start)


_SINGLE = (  # units that a single numeral counts (三个); 二期, 三级 are ordinals
    "个 项 次 人 名 位 家 户 份 件 套 台 条 种 张 场 批 年 天 周 倍 小时 个小时 分钟 个月 个工作日",
    "工作日 万元 亿元 人次 例 篇 起 宗 所 座 间 辆 本 册 % 个百分点 百分点 成",
)
_MEASURE_WORDS = frozenset(" ".join(_SINGLE).split())
_ORDINAL_OR_WORD = frozenset("“第初其统唯同专单某逐之每任万进划归合不点")


def _counts(plain: str, found: Quantity, start: int) -> bool:
    """Whether a number in characters counts: 十二次, 三个, 一万元; not 统一, 二期, 十分."""
    if not found.unit or (start and plain[start - 1] in _ORDINAL_OR_WORD and not found.op):
        return False
    word = plain[start : numeral_end(plain, start)]
    if len(word) > 1 or found.upper is not None:
        return found.unit not in ("分", "度") or found.value % 10 != 0 or bool(found.op)
    if word == "一" and not found.op and found.dimension not in ("money", "ratio"):
        return False
    return found.unit in _MEASURE_WORDS


_PARTS = re.compile(r"[,;，；。、\n]")
_LABEL_END = re.compile(r"(?:应|须|需|要|为|是|达到?|控制在|保持在?|[:： (（])*\Z")
_LABEL_BEGIN = re.compile(
    r"\A(?:[ (（)）。.≤≥<>=＜＞①-⑳]|[0-9]{1,2}[.、)）]|其中|且"
    r"|并(?!发|网)|和(?!谐)|或者?|以?及(?![时格])|与|的)*"
)


def conditions(text: str) -> tuple[Quantity, ...]:
    """The conditions that a cell states, each with what it is stated of; none for words alone.

    >>> [(q.of, q.text) for q in conditions("一级故障<=90分钟，二级故障<=180分钟")]
    [('一级故障', '<=90分钟'), ('二级故障', '<=180分钟')]
    """
    one = read(text)
    if one:
        return (one,)
    found: list[Quantity] = []
    end = 0
    for figure in _figures(text, _CONDITION):
        found.append(replace(figure, of=_label(text[end : figure.start])))
        end = figure.end
    return tuple(found)


def _label(between: str) -> str:
    """What stands between the last part's end and a figure, without the words that only lead over to it."""
    parts = [part for part in _PARTS.split(between) if part.strip()]
    last = _LABEL_END.sub("", parts[-1].strip()) if parts else ""
    return _LABEL_BEGIN.sub("", last).strip()
