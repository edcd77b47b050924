"""What a cell of a data table holds: a figure, a dash that stands for nothing, words, or nothing at all."""

from __future__ import annotations

import weakref

import regex

from extractor.document import Table, Text
from extractor.facts import Figure
from extractor.quantity import normal, read

DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\", "无", "―"})
_FOOTNOTES = regex.compile(r"\s*(?:[¹²³⁰⁴⁵⁶⁷⁸⁹①-⑳*#△▲†‡]|\[\d{1,2}\]|[(\[]?注\s?\d{0,2}[)\]]?)++$")
_OTHERWISE = regex.compile(r"[（(]?(?:平均|均值|[人户日月年]均|最[高低大小]|中位)")
_CODE = regex.compile(r"0\d++|\d{11,}+")  # of a project, an account: amounts so large have separators
_LONGEST = 40
_MOST_DIGITS = 15  # of an amount in 元 with 分: more are codes, or figures pasted together


def figure_in(text: Text, unit: str = "") -> Figure | None:
    """The single plain figure of a cell, footnote marks behind it left out; None for words, ranges, limits.

    An approximate figure (约20), a limit (≥5), a part (1/3) or a mean (平均82.6) is no figure that could be added up.
    """
    flat = text.flat
    if not flat or len(flat) > _LONGEST or _OTHERWISE.match(flat) or not any(c.isdecimal() for c in flat):
        return None
    bare = _FOOTNOTES.sub("", normal(flat))
    quantity = None if _CODE.fullmatch(bare.strip()) else read(bare, unit)
    if (
        quantity is None
        or len(quantity.value.as_tuple().digits) > _MOST_DIGITS
        or quantity.op
        or quantity.upper is not None
        or quantity.unit.startswith("/")
    ):
        return None
    return Figure(text.strip(), quantity)


_memo: dict[int, tuple[weakref.ref[Table], dict[tuple[int, int], Figure]]] = {}


def figures(table: Table) -> dict[tuple[int, int], Figure]:
    """The plain figures of a table by the row and column in which their cells begin; kept as long as the table."""
    key = id(table)
    known = _memo.get(key)
    if known is not None and known[0]() is table:
        return known[1]
    found = {(c.row, c.col): f for c in table.cells if (f := figure_in(c.text)) is not None}
    _memo[key] = (weakref.ref(table, lambda gone: _forget(key, gone)), found)
    return found


def _forget(key: int, gone: weakref.ref[Table]) -> None:
    """Drops what was kept for a table that is no more, unless another one took its place."""
    known = _memo.get(key)
    if known is not None and known[0] is gone:
        del _memo[key]


def is_dash(text: Text) -> bool:
    """Whether a cell says that there is nothing: a dash, a stroke, 无."""
    return normal(text.flat).replace(" ", "") in DASHES
