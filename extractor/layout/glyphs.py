"""Faults of a page's text layer: radicals for characters, symbol fonts, unknown glyphs, doubled print.

Repairs are one character for one, so that offsets stay right; what cannot be repaired is counted.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from .arrays import np
from .page import SLANTED, Bools, Chars, Codes, Floats, Ints, PageContent

UNKNOWN = 0xFFFD
_RADICALS = (  # CJK radicals that NFKC does not resolve, each before the character it stands for
    "⺁厂⺄乙⺆冂⺇几⺈刀⺋㔾⺌小⺍小⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爪⺦丬⺧牛⺨犭⺩王"
    "⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱网⺲罒⺳罒⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角"
    "⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼"
    "⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_SYMBOLS = {  # private use of Symbol and Wingdings, where Word puts bullets and ticks
    0xF0B7: "•", 0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FB: "✗",
    0xF0FE: "☑", 0xF052: "☑", 0xF0A8: "□", 0xF0A3: "□", 0xF06F: "□", 0xF071: "□", 0xF0B3: "≥", 0xF0A5: "∞",
}  # fmt: skip
_APART = 1e6  # points by which different characters are kept apart in one sorted order
_OVERPRINT = 1.0  # points within which the same character printed again is one


def _table() -> tuple[Codes, Codes]:
    pairs = dict(zip(map(ord, _RADICALS[::2]), map(ord, _RADICALS[1::2]), strict=True))
    pairs |= {code: ord(symbol) for code, symbol in _SYMBOLS.items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            pairs[code] = ord(plain)
    keys = np.array(sorted(pairs), np.uint32)
    return keys, np.array([pairs[int(k)] for k in keys], np.uint32)


_FROM, _TO = _table()


@dataclass(frozen=True, slots=True)
class GlyphCount:
    """How many characters were repaired, dropped as doubled, left unknown, and left out as slanted."""

    repaired: int = 0
    doubled: int = 0
    unknown: int = 0
    slanted: int = 0

    def __add__(self, other: GlyphCount) -> GlyphCount:
        return GlyphCount(
            self.repaired + other.repaired,
            self.doubled + other.doubled,
            self.unknown + other.unknown,
            self.slanted + other.slanted,
        )


def repaired(page: PageContent) -> tuple[PageContent, GlyphCount]:
    """The page with its characters repaired, and what was done."""
    chars = page.chars
    at = np.searchsorted(_FROM, chars.codes).clip(max=len(_FROM) - 1)
    wrong = _FROM[at] == chars.codes
    codes = np.where(wrong, _TO[at], chars.codes).astype(np.uint32)
    slanted = chars.turns == SLANTED
    doubled = _doubled(replace(chars, codes=codes)) & ~slanted
    keep = ~(doubled | slanted)
    counts = (
        int(part.sum()) for part in (wrong, doubled, _is_unknown(codes[keep]), slanted & (codes > 0x20))
    )
    if not wrong.any() and keep.all():
        return page, GlyphCount(*counts)
    return replace(page, chars=replace(chars, codes=codes).take(keep)), GlyphCount(*counts)


def _doubled(chars: Chars) -> Bools:
    """Characters that repeat an earlier one printed at the same place."""
    twins = _with_twin(chars.codes, chars.boxes[:, 0], chars.boxes[:, 1])
    found = np.zeros(len(chars), np.bool_)
    if len(twins):
        found[twins] = _repeats(chars.take(twins))
    return found


def _with_twin(codes: Codes, left: Floats, top: Floats) -> Ints:
    """The indices of characters that have the same character close by in height, and one close by across:
    few of a page, and all that can be doubled."""
    which = np.arange(len(codes))
    for at in (top, left):
        if len(which) < 2:
            return which[:0]
        keys = codes[which] * _APART + at[which]
        order = np.argsort(keys, kind="stable")
        near = np.diff(keys[order]) < 1.01 * _OVERPRINT
        kept = np.concatenate((near, [False])) | np.concatenate(([False], near))
        which = which[order[kept]]
    return np.sort(which)


def _repeats(chars: Chars) -> Bools:
    """As _doubled, by looking at all of the characters."""
    again = np.zeros(len(chars), np.bool_)
    left, top = chars.boxes[:, 0], chars.boxes[:, 1]
    solid = (chars.codes > 0x20) & (chars.boxes[:, 2] - left > _OVERPRINT)
    codes = chars.codes.astype(np.int64) << 40
    for dx, dy in ((0, 0), (0, 1), (1, 0), (1, 1)):  # four rasters, so that no pair falls between
        column = np.floor(left / (2 * _OVERPRINT) + dx / 2).astype(np.int64) & 0xFFFFF
        row = np.floor(top / (2 * _OVERPRINT) + dy / 2).astype(np.int64) & 0xFFFFF
        keys = codes | (column << 20) | row
        order = np.argsort(keys, kind="stable")
        same = np.flatnonzero(np.diff(keys[order]) == 0)
        first, second = order[same], order[same + 1]
        near = np.abs(chars.boxes[first, :2] - chars.boxes[second, :2]).max(axis=1, initial=0) < _OVERPRINT
        again[second[near]] = True
    doubled: Bools = again & solid
    return doubled


def _is_unknown(codes: Codes) -> Bools:
    private = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes >= 0xF0000)
    unknown: Bools = private | (codes == UNKNOWN) | (codes < 0x20)
    return unknown


def is_trusted(codes: Codes) -> bool:
    """Whether a page's characters read as text: few unknown ones, and not Chinese taken for Latin letters."""
    shown = codes[codes > 0x20]
    if not len(shown):
        return True
    if _is_unknown(shown).mean() > 0.25:
        return False
    accented = (shown >= 0x80) & (shown < 0x370) & ~np.isin(shown, (0xB0, 0xB1, 0xB2, 0xB3, 0xB7, 0xD7, 0xF7))
    return len(shown) < 20 or bool(accented.mean() < 0.4)
