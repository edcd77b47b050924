"""A number as its cell prints it: 0.9987 in ``0.00%`` is 99.87%, 45000 in a date format a date."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from typing import NamedTuple

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0;-#,##0;-", 42: "¥#,##0;¥-#,##0;¥-",
    43: "#,##0.00;-#,##0.00;-", 44: "¥#,##0.00;¥-#,##0.00;¥-", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that a file names by number alone, as a Chinese Excel prints them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4}|[eE](?![+-]))"
    r"|(?P<exponent>[eE][+-])|(?P<digits>[0#?][0#?,]*|\.[0#?,]*)|(?P<general>General|G/通用格式)|(?P<literal>.)",
    re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)")
_WEEKDAYS = "一二三四五六日"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_GENERAL_DIGITS = 10
_MAX_SERIAL = 2_958_465
_MAX_PLACES = 30
_MAX_CODE = 255
"""Characters of a format, as Excel has it; a number in a longer one is printed without it."""


class Token(NamedTuple):
    """A piece of a format: what it is and its text."""

    kind: str
    text: str


@cache
def sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """The sections of a format (positive; negative; zero; text), each as tokens."""
    found: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "blank"
        if kind == "literal" and match[0] == ";":
            found.append([])
        elif kind == "bracket":
            found[-1].extend(_bracket(match["bracket"]))
        else:
            found[-1].append(Token(kind, match[kind] if kind != "blank" else ""))
    return tuple(tuple(section) for section in found[:4])


def _bracket(inner: str) -> list[Token]:
    """[$￥-804] prints a sign and [h] hours beyond a day; colours and conditions print nothing."""
    if _ELAPSED.fullmatch(inner):
        return [Token("elapsed", inner.lower())]
    currency = _CURRENCY.match(inner)
    return [Token("quoted", currency[1])] if currency and currency[1] else []


def display(value: str, code: str, from_1904: bool = False) -> str:
    """A cell's stored number as printed in a format; a value that is no number comes back as it is."""
    try:
        # Sheets store binary fractions: fifteen digits are what Excel itself holds to be the number.
        number = Decimal(f"{float(value):.15g}")
    except (ValueError, OverflowError, InvalidOperation):
        return value
    if not number.is_finite():
        return value
    parts = sections(code if len(code) <= _MAX_CODE else BUILT_IN[0])
    if any(t.kind in ("date", "elapsed") for t in parts[0]):
        return _date(number, parts[0], from_1904)
    section, signed = _section(number, parts)
    shown = number if signed else abs(number)
    if not section or all(t.kind in ("general", "blank") for t in section) or section[0].text == "@":
        return general(shown)
    try:
        return _number(shown, section)
    except InvalidOperation:  # more digits than a decimal holds
        return general(shown)


def _section(number: Decimal, parts: tuple[tuple[Token, ...], ...]) -> tuple[tuple[Token, ...], bool]:
    """The section for a number, and whether it prints the sign itself."""
    if number < 0 and len(parts) > 1:
        return parts[1], False
    if number == 0 and len(parts) > 2:
        return parts[2], True
    return parts[0], True


def general(number: Decimal) -> str:
    """Without a format: the digits there are, fractions to ten digits in all."""
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    whole = len(f"{abs(number).to_integral_value(rounding='ROUND_DOWN'):f}")
    places = max(_GENERAL_DIGITS - whole, 0)
    if abs(number) < Decimal("0.0001"):
        return f"{float(number):.5E}".replace(".00000E", "E")
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _number(number: Decimal, section: tuple[Token, ...]) -> str:
    """A number in a section of digit places, with the literals around them."""
    digits = [t.text for t in section if t.kind == "digits"]
    pattern = "".join(digits)
    if any(t.kind == "exponent" or (t.text == "/" and len(digits) > 1) for t in section):
        return general(number)
    whole, _, fraction = pattern.partition(".")
    percent = sum(t.text in "%％" for t in section if t.kind == "literal")
    thousands = sum(len(places) - len(places.rstrip(",")) for places in (whole, fraction))
    scaled = number.scaleb(2 * percent - 3 * thousands)
    figure = _figure(abs(scaled), whole.rstrip(","), fraction.rstrip(","))
    printed, done = "", False
    for token in section:
        if token.kind == "digits":
            printed += "" if done else figure
            done = True
        elif token.kind in ("quoted", "escaped", "literal"):
            printed += "" if token.text == "@" else token.text
    return ("-" + printed if number < 0 else printed).strip()


def _figure(number: Decimal, whole: str, fraction: str) -> str:
    """The digits of a positive number: ``whole`` and ``fraction`` are the places of the format."""
    fraction = fraction[:_MAX_PLACES]
    if not whole and not fraction:
        return ""
    text = f"{number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP):f}"
    left, _, right = text.partition(".")
    places = whole.replace(",", "")
    left = left.lstrip("0").rjust(len(places.lstrip("#?")), "0")
    if "," in whole:
        left = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", left)
    while right and fraction[len(right) - 1] in "#?" and right.endswith("0"):
        right = right[:-1]
    return f"{left}.{right}" if fraction else left


def _date(number: Decimal, section: tuple[Token, ...], from_1904: bool) -> str:
    """A serial date: days since the end of 1899 (or the start of 1904)."""
    if not 0 <= number <= _MAX_SERIAL:
        return general(number)
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    if not from_1904 and number < 60:
        start += timedelta(days=1)  # Excel holds that 1900 had a 29 February
    seconds = int((number * 86400).to_integral_value(ROUND_HALF_UP))
    moment = start + timedelta(seconds=seconds)
    half_day = any(t.kind == "ampm" for t in section)
    printed, last = "", ""
    for n, token in enumerate(section):
        if token.kind == "date":
            minutes = token.text[0] in "mM" and (last == "h" or _next_date(section, n) == "s")
            printed += _date_part(moment, token.text.lower(), minutes, half_day)
            last = token.text[0].lower()
        elif token.kind == "elapsed":
            printed += str(seconds // {"h": 3600, "m": 60, "s": 1}[token.text[0]])
            last = token.text[0]
        elif token.kind == "ampm":
            first, second = token.text.split("/")
            printed += first if moment.hour < 12 else second
        elif token.kind in ("quoted", "escaped", "literal"):
            printed += "" if token.text == "@" else token.text
    return printed.strip()


def _next_date(section: tuple[Token, ...], at: int) -> str:
    return next((t.text[0].lower() for t in section[at + 1 :] if t.kind == "date"), "")


def _date_part(moment: datetime, token: str, minutes: bool, half_day: bool) -> str:
    width = len(token)
    sign = token[0]
    if sign == "y" or sign == "e":
        return f"{moment.year % 100:02d}" if sign == "y" and width <= 2 else str(moment.year)
    if sign == "a":
        return ("星期" if width > 3 else "") + _WEEKDAYS[moment.weekday()]
    if sign == "d" and width > 2:
        return "星期" + _WEEKDAYS[moment.weekday()]
    if sign == "m" and width > 2 and not minutes:
        return _MONTHS[moment.month - 1]
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    month = moment.minute if minutes else moment.month
    figure = {"m": month, "d": moment.day, "h": hour}.get(sign, moment.second)
    return f"{figure:02d}" if width > 1 else str(figure)
