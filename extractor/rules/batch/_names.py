"""Whether two documents speak of one project: names without years and fillers, owners, and what never is
the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

_YEARS = re.compile(
    r"(?:19|20)\d\d\s*(?:[-—~至]\s*(?:19|20)?\d\d)?\s*(?:学?年度?|财年)?|上年度?|本年度?|当年"
)
_FILLERS = re.compile(r"(?:项目|专项|经费|资金|支出|补助|预算|绩效|自评表?|目标表?)+$")
_MARKS = re.compile(r"[\s\W_]+")
_CODE = re.compile(r"^[\d\-—.]{3,}\s*[-—]?\s*")
# What tells phases, batches, lots and places apart, so that names alike but for it are never one project.
_NUMBERS = re.compile(
    r"\d+|[一二三四五六七八九十百甲乙丙丁ABCDEF东西南北中]+(?=[期批标号区村组段类级部院校路线街厂站桥])|[ⅠⅡⅢⅣⅤ]+"
)
_LEAST = 6  # characters of a name that may differ from another at all
_ALIKE = 80  # per cent


def project_key(name: str) -> str:
    """A project's name without years, blanks, marks and closing words such as 项目经费."""
    key = _MARKS.sub("", _YEARS.sub("", name)).upper()
    return _FILLERS.sub("", key) or key


def unit_key(name: str) -> str:
    """An owner's name without its code."""
    return _MARKS.sub("", _CODE.sub("", name)).removesuffix("本级")


def same_unit(a: str, b: str) -> bool:
    """Whether two keys name one owner: equal, or one cut short."""
    shorter, longer = sorted((a, b), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) >= _LEAST and longer.startswith(shorter)))


def alike(a: str, b: str) -> bool:
    """Whether two project keys of one owner may name one project: a word was put in, or a few were
    changed.
    """
    if a == b:
        return bool(a)
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < _LEAST or _NUMBERS.findall(a) != _NUMBERS.findall(b):
        return False
    inserted = LCSseq.similarity(shorter, longer) == len(shorter)
    ratio = fuzz.ratio(a, b)
    return ratio >= _ALIKE if inserted else ratio >= 92


def clusters(names: Iterable[tuple[str, frozenset[int]]]) -> list[list[str]]:
    """One owner's project keys, each with the files that name it, in groups of one project.

    Two keys that one file names are two projects; a key that fits several others equally is left by itself.
    """
    keys = dict(names)
    groups = {key: [key] for key in keys}
    for key in sorted(keys):
        fits = [other for other in keys if other != key and alike(key, other) and not keys[key] & keys[other]]
        if len(fits) == 1 and groups[key] is not groups[fits[0]]:
            joined = groups[key] + groups[fits[0]]
            if _no_file_twice(joined, keys):
                for member in joined:
                    groups[member] = joined
    return list({id(group): group for group in groups.values()}.values())


def _no_file_twice(group: list[str], keys: dict[str, frozenset[int]]) -> bool:
    files = [file for key in group for file in keys[key]]
    return len(files) == len(set(files))
