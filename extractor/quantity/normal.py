"""One character for one: full width, Kangxi radicals and look-alikes become plain, offsets stay."""

from __future__ import annotations

import unicodedata

_LOOK_ALIKES = {
    "≧": "≥",
    "⩾": "≥",
    "≦": "≤",
    "⩽": "≤",
    "═": "=",
    "﹦": "=",
    "〉": ">",
    "〈": "<",
    "﹥": ">",
    "﹤": "<",
    "﹪": "%",
    "٪": "%",
    "−": "-",
    "﹣": "-",
    "–": "-",
    "‐": "-",
    "‑": "-",
    "〜": "~",
    "∼": "~",
    "˜": "~",
    "∶": ":",
    "﹕": ":",
    "﹐": ",",
    "﹔": ";",
    "﹙": "(",
    "﹚": ")",
    "✕": "×",
    "✖": "×",
    "⨯": "×",
    "∕": "/",
    "⁄": "/",
    "￥": "¥",
    "○": "〇",
    "\u00a0": " ",
    "\u2002": " ",
    "\u2003": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u3000": " ",
    "\t": " ",
}


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFAD9)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    table.update({ord(odd): plain for odd, plain in _LOOK_ALIKES.items()})
    return table


_PLAIN = _table()


def normal(text: str) -> str:
    """The text in plain characters, of the same length (NFKC is not used: it changes lengths).

    >>> normal("≧９８．５％（含），〉1○")
    '≥98.5%(含),>1〇'
    """
    return text.translate(_PLAIN)
