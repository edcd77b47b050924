"""How much of an indicator's name the words around a figure have: 受访渔民满意率 beside 渔民满意度."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.quantity import Quantity
from extractor.resolve.alignment import counted
from extractor.resolve.leads import BREAK
from extractor.resolve.roles import sentence_before

_ALIKE = str.maketrans({"率": "度", "面": "度"})
_RATED = regex.compile(r"满意(?:率|度)|知晓(?:率|度)|覆盖(?:率|面|度)")
_EMPTY = frozenset(
    regex.findall(
        "..",
        "项目资金工作完成任务数量情况人数人次次数年度全年实施实际服务建设指标目标及时合格完好达标",
    )
)
_CHANGED = regex.compile(r"(下降|增长|降低|减少|提高|提升|上升)了?\s*$")
_SHORT_LEAD = 3
_REACH = 24


def told_change(lead: str) -> str:
    """The verb by which a figure is told as a change, "" if it is not."""
    found = _CHANGED.search(lead)
    return found[1] if found else ""


def changes_alike(lead: str, name: str) -> bool:
    """Whether a figure that is told as a change is told of an indicator of such a change."""
    change = told_change(lead)
    return not change or change in name


def words_around(string: str, quantity: Quantity, lead: str) -> str:
    """The words of a figure's clause; of those before, too, where its own are few."""
    bracketed = string.rfind("（", 0, quantity.start) > string.rfind("）", 0, quantity.start)
    if bracketed or len(counted(lead)) > _SHORT_LEAD:
        return lead
    stop = BREAK.search(string, quantity.end)
    before = sentence_before(string, quantity.start)
    return before[-_REACH:] + string[quantity.end : stop.start() if stop else len(string)]


@lru_cache(maxsize=4096)
def _pairs(words: str) -> frozenset[str]:
    plain = _RATED.sub(lambda m: m[0].translate(_ALIKE), counted(words))
    pairs = (plain[i : i + 2] for i in range(len(plain) - 1))
    return frozenset(p for p in pairs if p[1] not in "率度") - _EMPTY


def shared(words: str, name: str) -> float:
    """How much of a name words have; all of it where they are its end (耐药筛查率 of 阳性患者耐药筛查率)."""
    end = counted(words)
    if len(end) > _SHORT_LEAD and counted(name).endswith(end):
        return 1.0
    mine, other = _pairs(words), _pairs(name)
    return len(mine & other) / len(other) if other else 0.0
