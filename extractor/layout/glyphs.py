"""Faults of a page's text layer: radicals for characters, symbol fonts, unknown glyphs, doubled print.

Repairs are one character for one, so that offsets stay right; what cannot be repaired is counted.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from .arrays import flatnonzero, np
from .page import SLANTED, Bools, Codes, Floats, Ints, PageContent, stacked

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
_SIGNS = np.array((0xB0, 0xB1, 0xB2, 0xB3, 0xB7, 0xD7, 0xF7), np.uint32)  # ° ± ² ³ · × ÷
_DASH = 0x2014
_LONG_DASH = 1.4  # times the height of its box: no single one is so wide
_OVERPRINT = 1.0  # points within which the same character printed again is one


@cache
def _table() -> tuple[Codes, Codes]:
    pairs = dict(zip(map(ord, _RADICALS[::2]), map(ord, _RADICALS[1::2]), strict=True))
    pairs |= {code: ord(symbol) for code, symbol in _SYMBOLS.items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            pairs[code] = ord(plain)
    keys = np.array(sorted(pairs), np.uint32)
    return keys, np.array([pairs[int(k)] for k in keys], np.uint32)


class GlyphCount(NamedTuple):
    """How many characters were repaired, dropped as doubled, left unknown, and left out as slanted."""

    repaired: int = 0
    doubled: int = 0
    unknown: int = 0
    slanted: int = 0

    def plus(self, other: "GlyphCount") -> "GlyphCount":
        """Both together."""
        return GlyphCount(
            self.repaired + other.repaired,
            self.doubled + other.doubled,
            self.unknown + other.unknown,
            self.slanted + other.slanted,
        )


def repaired(pages: Sequence[PageContent]) -> tuple[list[PageContent], GlyphCount]:
    """The pages with their characters repaired and without slanted ones, and what was done."""
    chars, number = stacked([page.chars for page in pages])
    codes = chars.codes
    odd = flatnonzero(_may_be_wrong(codes))
    wrong, right = _repairs(codes, odd) if len(odd) else (odd, codes[:0])
    slanted = chars.turns == SLANTED
    if len(wrong):
        codes = codes.copy()
        codes[wrong] = right
    unknown = _is_unknown(codes) & ~slanted
    count = GlyphCount(len(wrong), 0, int(unknown.sum()), int((slanted & (codes > 0x20)).sum()))
    if not len(wrong) and not slanted.any():
        return list(pages), count
    chars = replace(chars, codes=codes)
    found = [chars.take(flatnonzero((number == n) & ~slanted)) for n in range(len(pages))]
    return [page._replace(chars=own) for page, own in zip(pages, found, strict=True)], count


def _repairs(codes: Codes, odd: Ints) -> tuple[Ints, Codes]:
    """Which of the ``odd`` characters are wrong, and what each stands for."""
    keys, values = _table()
    at = np.searchsorted(keys, codes[odd]).clip(max=len(keys) - 1)
    known = keys[at] == codes[odd]
    return odd[known], values[at[known]]


def _may_be_wrong(codes: Codes) -> Bools:
    """Radicals, private use and compatibility ideographs, where all that is repaired stands."""
    found: Bools = ((codes >= 0x2E80) & (codes < 0x2FE0)) | ((codes >= 0xE000) & (codes < 0xFB00))
    return found


def doubled(codes: Codes, boxes: Floats, line: Ints) -> Ints:
    """Of n characters in reading order with their boxes (n, 4) and line numbers, the positions of those that
    repeat one before at the same place."""
    again = np.zeros(len(codes), np.bool_)
    for step in (1, 2):
        same = (codes[step:] == codes[:-step]) & (line[step:] == line[:-step]) & (codes[step:] > 0x20)
        second = flatnonzero(same) + step
        near = np.abs(boxes[second, :2] - boxes[second - step, :2]).max(axis=1, initial=0) < _OVERPRINT
        solid = boxes[second, 2] - boxes[second, 0] > _OVERPRINT
        again[second[near & solid]] = True
    found = flatnonzero(again)
    return found[~_are_of_one_glyph(codes, boxes, line, found)] if len(found) else found


def _are_of_one_glyph(codes: Codes, boxes: Floats, line: Ints, again: Ints) -> Bools:
    """Which of the characters that are there ``again`` belong to one glyph that stands for both and has one box: a dash
    of two, and the letters of office, where nothing else on the line is there again."""
    own, width, height = codes[again], *(boxes[again, 2:] - boxes[again, :2]).T
    exact = (boxes[again] == boxes[again - 1]).all(axis=1) & (own == codes[again - 1])
    dash = (own == _DASH) & (width > _LONG_DASH * height)
    letter = (own == ord("f")) | (own == ord("t"))
    printed_twice = np.isin(line[again], line[again[~(exact & (dash | letter))]])
    found: Bools = exact & (dash | (letter & ~printed_twice))
    return found


def _is_unknown(codes: Codes) -> Bools:
    private = ((codes >= 0xE000) & (codes <= 0xF8FF)) | (codes >= 0xF0000)
    unknown: Bools = private | (codes == UNKNOWN) | (codes < 0x20)
    return unknown


def are_trusted(pages: Sequence[Codes]) -> list[bool]:
    """Whether each page's characters read as text: few unknown ones, and not Chinese taken for Latin letters."""
    codes = np.concatenate(pages) if pages else np.empty(0, np.uint32)
    number = np.repeat(np.arange(len(pages)), [len(page) for page in pages])
    shown, unknown = codes > 0x20, (codes > 0x20) & _is_unknown(codes)
    latin = flatnonzero((codes >= 0x80) & (codes < 0x370))
    accented = latin[~(codes[latin][:, None] == _SIGNS).any(axis=1)]
    counts = (np.bincount(number[kind], minlength=len(pages)) for kind in (shown, unknown, accented))
    return [_is_trusted(*count) for count in zip(*(count.tolist() for count in counts), strict=True)]


def _is_trusted(shown: int, unknown: int, accented: int) -> bool:
    return unknown <= 0.25 * shown and (shown < 20 or accented < 0.4 * shown)
