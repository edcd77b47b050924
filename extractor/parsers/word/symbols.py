"""Characters of symbol fonts as the characters that they look like: check boxes, bullets, ≥ and ≤."""

from __future__ import annotations

import re

_WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA2: "○", 0xA3: "○", 0xA4: "◉", 0xA7: "▪",
    0xA8: "□", 0xAA: "✦", 0xAB: "★", 0xB2: "✧", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
} | {0x80 + n: "⓪①②③④⑤⑥⑦⑧⑨⑩"[n] for n in range(11)} | {
    0x8B + n: "⓿❶❷❸❹❺❻❼❽❾❿"[n] for n in range(11)
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•", 0x99: "○",
    0x9A: "○", 0xA0: "■", 0xA1: "▪", 0xA2: "■", 0xA3: "□", 0xA4: "□", 0xAE: "◆",
}  # fmt: skip
_WINGDINGS_3 = {0x7D: "▶", 0x75: "◀", 0x70: "▲", 0x71: "▼", 0x22: "→"}
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SYMBOL = {
    0x2D: "−", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
    0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xD5: "∏", 0xD6: "√",
    0xD7: "·", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
} | {0x41 + n: _GREEK[n] for n in range(26)} | {
    0x61 + n: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"[n] for n in range(26)
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "symbol": _SYMBOL,
}
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def is_symbol_font(font: str | None) -> bool:
    """Whether a font draws signs where others draw letters."""
    return (font or "").lower() in _FONTS


def symbol(font: str | None, code: int) -> str | None:
    """The character that a symbol font draws for a code (0xF0FE and 0xFE are the same); None if unknown."""
    table = _FONTS.get((font or "").lower(), {})
    found = table.get(code & 0xFF if code >= 0xF000 or code < 0x100 else -1)
    if found is None and table is _SYMBOL and 0x20 <= (code & 0xFF) < 0x7F:
        return chr(code & 0xFF)  # digits and punctuation stand where ASCII has them
    return found


def readable(string: str, font: str | None) -> str:
    """A run's text with the signs of its symbol font replaced; what is unknown stays as it is."""
    if is_symbol_font(font):
        return "".join(c if c.isspace() else symbol(font, ord(c)) or c for c in string)
    if _PRIVATE.search(string):
        # Without its font a private character is most often one of the list signs of Wingdings.
        return _PRIVATE.sub(lambda m: symbol("wingdings", ord(m[0])) or m[0], string)
    return string


def unread(string: str) -> int:
    """How many characters of private use are left in a string."""
    return len(_PRIVATE.findall(string))
