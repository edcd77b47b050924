"""Numbers written in Chinese: 十二, 一百零五, 三千五百万, 二〇二三, 百分之九十五, 三分之二."""

from __future__ import annotations

from decimal import Context, Decimal

FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸萬億兩〇○", "一二三四五六七八九十百千二三六万亿两零零")
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "〇○零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟貳參陸萬億兩"
_LONGEST = 40
_WIDE = Context(prec=60)


def chinese_number(text: str) -> Decimal | None:
    """The number that a Chinese (or Arabic) numeral states; None for what is not one (三四, 百, 十四五).

    >>> chinese_number("一百零五"), chinese_number("三千五百万"), chinese_number("二〇二三")
    (Decimal('105'), Decimal('35000000'), Decimal('2023'))
    >>> chinese_number("百分之九十五"), chinese_number("三四")
    (Decimal('0.95'), None)
    """
    word = text.strip().translate(FORMAL)
    if not word or len(word) > _LONGEST:
        return None
    if "分之" in word:
        return _fraction(*word.split("分之", 1))
    if "点" in word:
        return _decimal(*word.split("点", 1))
    if word[0] != "." and word.replace(".", "", 1).isdecimal():
        return Decimal(word)
    if word.isascii():
        return None
    whole = _positional(word) if all(c in _DIGITS for c in word) and len(word) > 1 else _whole(word)
    return None if whole is None else Decimal(whole)


def _fraction(below: str, above: str) -> Decimal | None:
    fixed = {"百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000}.get(below)
    divisor = Decimal(fixed) if fixed else chinese_number(below)
    number = chinese_number(above) if "分之" not in above else None
    if number is None or not divisor:
        return None
    return _WIDE.divide(number, divisor)


def _decimal(whole: str, digits: str) -> Decimal | None:
    number = chinese_number(whole) if "点" not in digits else None
    if number is None or not digits or any(c not in _DIGITS for c in digits):
        return None
    return Decimal(f"{number:f}." + "".join(str(_DIGITS[c]) for c in digits))


def _positional(word: str) -> int | None:
    """Digits read one by one, as years are: 二〇二三; two or three (三四个) are a manner of speaking."""
    if word[0] == "零" or (len(word) < 4 and "零" not in word[1:]):
        return None
    return int("".join(str(_DIGITS[c]) for c in word))


def _whole(word: str) -> int | None:
    """A numeral with 十百千, grouped by 亿 and 万."""
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = word.rpartition(mark)
        if found:
            above = _whole(head)
            below = _tail(tail, size)
            return None if above is None or below is None or not above else above * size + below
    return _below_ten_thousand(word)


def _tail(word: str, size: int) -> int | None:
    """What follows 万 or 亿: nothing, a full numeral, or one digit of the next place (两万五)."""
    if not word:
        return 0
    if word in _DIGITS:
        return _DIGITS[word] * size // 10
    value = _whole(word.removeprefix("零"))
    return value if value is not None and value < size else None


def _below_ten_thousand(word: str) -> int | None:
    total, digit, last, zero = 0, None, 10_000, False
    for char in word:
        if char == "零":
            if digit is not None or zero:
                return None
            zero = True
        elif char in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[char]
        else:
            size = _TENS.get(char, 0)
            if not size or size >= last or (digit is None and (size != 10 or (total and not zero))):
                return None
            total, last, digit, zero = total + (1 if digit is None else digit) * size, size, None, False
    if word == "零":
        return 0
    if digit is None:
        return total if total and not zero else None
    colloquial = last > 10 and total and not zero  # 三百五 is 350
    return total + digit * (last // 10 if colloquial else 1)
