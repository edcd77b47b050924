"""Names of indicators and levels: code, numbering, weight in brackets and the name itself told apart."""

from __future__ import annotations

from typing import NamedTuple

import regex

from extractor.document import Text
from extractor.quantity import read

_CODE = regex.compile(
    r"\s*+[（(]?\s*+(?P<code>[A-Z](?![级类型座栋等区幢线])\d{0,4}(?:[-－—–.]\d{1,3}){0,3})(?:\s*+(?:[)）]|[.．、](?!\d)|(?=[一-鿿“《]))|\s)"
)
_SLOT = regex.compile(
    r"\s*+(?:(?:三级)?(?:指标|目标)\s*+(?:\d{1,2}|[一二三四五六七八九十])\s*+[:：]\s*+|指标\s*+\d{1,2}\s*+(?=[一-鿿]))"
)
_NUMBER = regex.compile(
    r"\s*+(?:[（(]\s*+\d{1,2}\s*+[)）]|\d{1,2}(?:\.\d{1,2}){1,3}\s*+[.、]?\s*+(?=[一-鿿])|\d{1,2}\s*+[.．、)）](?!\d)|[①-⑳])\s*+"
)
_CHINESE_NUMBER = regex.compile(
    r"\s*+(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．])\s*+"
)
_BRACKET_WEIGHT = regex.compile(
    r"[（(]\s*+(?:本项?指标|本项|共|计|满分|分值|权重)?\s*+(?P<weight>\d{1,3}(?:\.\d{1,2})?)\s*+(?:分|%|％)\s*+[)）]\s*+"
)
_BARE_WEIGHT = regex.compile(r"[（(]\s*+(?P<weight>\d{1,3}(?:\.\d{1,2})?)\s*+[)）]\s*+$")
_PLAIN_WEIGHT = regex.compile(r"(?<=[一-鿿])\s*+(?P<weight>\d{1,3}(?:\.\d{1,2})?)\s*+分\s*+$")
_GLUED = regex.compile(
    r"(?P<target>(?:≥|≧|>=|＞＝|≤|≦|<=|＜＝|＝|=|＞|>|＜|<|〉|〈|不低于|不少于|不高于|不超过|达到)\s*+[\d.,，]+\s*+[^\s\d（(，,；;]{0,6})\s*+$"
)
_TOLD = regex.compile(
    r"[\n　 （(，,；;]\s*+(?:年度|绩效|预期|年初)*(?:指标|目标)值?\s*+[:：]\s*+(?P<target>[^\n]+?)\s*+[)）]?\s*+$"
)
_ALL_TOLD = regex.compile(
    r"\s*+(?:项目|指标名称|指标|名称|内容)\s*+[:：](?P<name>.+?)[\s；;，,]*+"
    r"(?:年度|预期|绩效)*(?:目标|指标|计划)值?\s*+[:：](?P<target>.+?)[\s；;，,]*+"
    r"(?:实际|全年)*(?:完成|实现|达到|实际)(?:值|情况)?\s*+[:：](?P<actual>.+)",
    regex.DOTALL,
)
_GAP = regex.compile(r"(?<=[一-鿿、，“”（）()])\s++(?=[一-鿿、，“”（）()])")


class Named(NamedTuple):
    """A label taken apart: code ("" if none), name, and the text of a weight in it (None if none)."""

    code: str
    name: str
    weight: Text | None


def named(label: Text) -> Named:
    """Take a label such as （C1-3）质量合格率, 产出指标(50分) or 指标1：培训人次 apart."""
    string = label.string
    code, start = "", 0
    found = _CODE.match(string)
    if found:
        code, start = found["code"].replace("－", "-").replace("—", "-").replace("–", "-"), found.end()
    else:
        slot = _SLOT.match(string) or _NUMBER.match(string) or _CHINESE_NUMBER.match(string)
        start = slot.end() if slot and slot.end() < len(string.rstrip()) else 0
    weight = _BRACKET_WEIGHT.search(string, start) or _PLAIN_WEIGHT.search(string, start)
    name = string[start:] if weight is None else string[start : weight.start()] + string[weight.end() :]
    return Named(code, squeezed(name), label.cut(*weight.span("weight")) if weight else None)


def bare_weight(label: Text) -> Named:
    """A label whose head says that it gives a weight too (一级指标及权重): 政策制定（15） has it without a unit."""
    parts = named(label)
    found = _BARE_WEIGHT.search(label.string)
    if not found or not parts.name.endswith(squeezed(found[0])):
        return parts
    return Named(parts.code, parts.name.removesuffix(squeezed(found[0])), label.cut(*found.span("weight")))


def glued_target(label: Text) -> tuple[Text, Text] | None:
    """Name and target of a label that holds both: 培训人次≥200人, or 培训人次 above 指标值：200人. None if it holds a
    name alone."""
    told = _TOLD.search(label.string)
    found = told or _GLUED.search(label.string)
    if not found or not label.string[: found.start()].strip():
        return None
    if not told and read(found["target"]) is None:
        return None
    return label.cut(0, found.start()), label.cut(*found.span("target")).strip()


def told_in_cell(label: Text) -> tuple[Text, Text, Text] | None:
    """Name, target and actual value of a cell that tells them all: 项目：培训人次 目标：≥200人 完成：212人."""
    found = _ALL_TOLD.fullmatch(label.string)
    if found is None:
        return None
    name, target, actual = (label.cut(*found.span(part)).strip() for part in ("name", "target", "actual"))
    return name, target, actual


def squeezed(name: str) -> str:
    """A name without line feeds, outer blanks and the blanks between Chinese characters."""
    return str(_GAP.sub("", name.replace("\n", "").strip())).strip(":：;；")


def numbered(label: str) -> str:
    """The plain number that a label begins with (1. 日常管理), "" if none."""
    found = _NUMBER.match(label)
    return "".join(c for c in found[0] if c.isdigit()) if found else ""
