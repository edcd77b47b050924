"""The words that lead to a figure in running text."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.quantity import Quantity, find

BREAK = regex.compile(r"[，,。；;：:、（）()\n]")
"""What ends a clause."""
_NUMBERED = regex.compile(r"^[\s*]*(?:\d{1,2}[.．](?!\d)\s*)?")
_SINCE = regex.compile(r"(?:由|从)[^，,。；;由从]{0,12}$")
_TURNS = regex.compile(
    r"^(?:大幅|逐步|进一步)?(?:提[高升]|增[加长]|扩大|上升|降低|下降|减少|缩短|压[缩减])[到至为]$|^[升降][到至]$"
)
_ONLY = regex.compile(r"^(?:实际)?(?:仅仅?|只)(?:完成|达到?|为|有|是)?$")
_BLAMED = regex.compile(
    r"(?:^|[，,。；;：:])(?P<name>[^，,。；;：:\d]{3,20}?)(?:[仍还均]*(?:未|没有)[^，,。；;：:\d]{1,10}|[偏较]低|不高)$",
    regex.REVERSE,
)


def led(string: str) -> Iterator[tuple[Quantity, str]]:
    """Every figure of a text with the words of its clause before it.

    To 91 of 率由 77%提高到 91% lead 率提高到; to 91 of 率未达标，仅为 91% lead 率 and 仅为.
    """
    end, lead = 0, ""
    for quantity in find(string):
        begin = max((m.end() for m in BREAK.finditer(string, end, quantity.start)), default=end)
        words, since = _NUMBERED.sub("", string[begin : quantity.start]), _SINCE.search(lead)
        if since and begin == end and _TURNS.match(words):
            lead = lead[: since.start()] + words
        elif _ONLY.match(words.strip()) and (named := _BLAMED.search(string, end, max(begin - 1, end))):
            lead = named["name"] + words
        else:
            lead = words
        yield quantity, lead
        end = quantity.end
