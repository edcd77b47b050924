"""Names of the same words in another order, such as 人员培训覆盖率 and 培训人员覆盖率."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

_SHORT = 3
_NEGATIONS = frozenset("未不非无免")


def same_words(name: str, others: Iterable[str]) -> bool:
    """Whether a name has exactly the words of one of the others; never with a negation, whose place counts."""
    alike = [o for o in others if o != name and len(o) == len(name) and sorted(o) == sorted(name)]
    if not alike or _NEGATIONS & set(name):
        return False
    return any(_words(name) == _words(other) for other in alike)


@cache
def _words(name: str) -> tuple[str, ...]:
    """The short words of a name, sorted; compounds such as 人员培训 count as their parts."""
    return tuple(sorted(word for word in _segment(name) if len(word) <= _SHORT))


def _segment(name: str) -> list[str]:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return list(jieba.lcut_for_search(name, HMM=False))
