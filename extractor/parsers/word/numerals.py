"""Numbers in the formats that automatic numbering prints them in: 1 as 一, ①, 壹, 甲, A, i …"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MAX_SPELLED = 9999


def chinese(n: int, digits: str = "零一二三四五六七八九", units: str = "千百十") -> str:
    """十二, 二十, 一百零一, up to 9999."""
    if not 0 < n <= _MAX_SPELLED:
        return str(n) if n else digits[0]
    spelled, gap = "", False
    for place, unit in ((1000, units[0]), (100, units[1]), (10, units[2]), (1, "")):
        digit = n // place % 10
        if digit:
            spelled += (digits[0] if gap and spelled else "") + digits[digit] + unit
        gap = not digit
    short = digits[1] + units[2]
    return spelled[1:] if spelled.startswith(short) and digits[1] == "一" else spelled


def _letters(n: int) -> str:
    """A … Z, AA, BB … as Word counts."""
    return chr(ord("A") + (n - 1) % 26) * min((n - 1) // 26 + 1, 30) if n > 0 else ""


def _roman(n: int) -> str:
    if not 0 < n <= _MAX_SPELLED:
        return str(n)
    spelled = ""
    for worth, letters in _ROMAN:
        spelled += letters * (n // worth)
        n %= worth
    return spelled


def _series(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow one another, as ① to ⑳; beyond them plain digits."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= count else str(n)


def _circled(n: int) -> str:
    for first, offset, count in (("①", 0, 20), ("㉑", 20, 15), ("㊱", 35, 15)):
        if offset < n <= offset + count:
            return chr(ord(first) + n - offset - 1)
    return str(n)


def _ordinal(n: int) -> str:
    ending = "th" if n // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)] if n > 0 else str(n)


def _one_by_one(n: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(abs(n)))


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda n: "",
    "bullet": lambda n: "",
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(ord(d) + 0xFEE0) for d in str(abs(n))),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "ordinal": _ordinal,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanCounting": chinese,
    "ideographDigital": _one_by_one,
    "japaneseDigitalTenThousand": _one_by_one,
    "taiwaneseDigital": _one_by_one,
    "koreanDigital2": _one_by_one,
    "chineseLegalSimplified": lambda n: chinese(n, _FORMAL, "仟佰拾"),
    "ideographLegalTraditional": lambda n: chinese(n, "零壹貳參肆伍陸柒捌玖", "仟佰拾"),
    "japaneseLegal": lambda n: chinese(n, "零壱弐参四伍六七八九", "阡百拾"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda n: _cycle(_STEMS)(n) + _cycle(_BRANCHES)(n),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _series("⑴", 20),
    "decimalEnclosedFullstop": _series("⒈", 20),
    "ideographEnclosedCircle": _series("㊀", 10),
    "numberInDash": lambda n: f"- {n} -",
}
_FORMATS["decimalFullWidth2"] = _FORMATS["decimalFullWidth"]


def spell(n: int, number_format: str) -> str:
    """A number in one of Word's formats (``w:numFmt``); an unknown format prints plain digits."""
    return _FORMATS.get(number_format, str)(n)
