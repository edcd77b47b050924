"""Lines to text: which line ends the width made and which the author.

An author's line end is one where the next line's first unbreakable unit would still have fitted. A word or
figure is broken in its middle only when it is wider than the room; else a blank stood where the line ended.
"""

from array import array
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..document import Ink, Place, Text
from .line import Line

_CLOSERS = "，。、；：？！）》】〕”’」』％%℃‰,.;:?!)]}…—～·/／-"
_OPENERS = "（《【〔“‘「『([{"
_QUOTES = "“”‘’"  # line breakers that follow Unicode break neither before nor after them
_GLUED = frozenset(_CLOSERS + _OPENERS + _QUOTES + " ")  # what may not stand alone at a line's start or end
_WIDE = "⺀"  # from here on a character is no part of a Latin word, nor are these signs:
_SIGNS = frozenset("“”‘’…—·" + "".join(map(chr, (*range(0x2460, 0x2500), *range(0x25A0, 0x2600)))))  # ①-⓿ ■-◿
_NO_INK = bytes(16)
_SLACK = 0.2  # em by which a unit must fit: some boxes are as wide as the ink only
_OFF_MIDDLE = 1.5  # points by which a centred line may be off the middle
_ENDED = "。；;！!？?：:"
_NUMERALS = "一二三四五六七八九十0123456789０１２３４５６７８９"
_BULLETS = frozenset("●■◆▪•·" + "".join(map(chr, range(0x2460, 0x2474))))  # ①-⑳


class Room(NamedTuple):
    """From where to where lines may run, in points along the line."""

    left: float
    right: float


class Placed(NamedTuple):
    """A line, its page, and the room it was set in."""

    line: Line
    page: int
    room: Room


def lines_to_text(placed: Sequence[Placed], home: Place, keep_breaks: bool = True) -> Text:
    """The text of a cell or paragraph; ``keep_breaks`` False joins every line (vertical columns)."""
    if not placed:
        return Text("", home)
    if len(placed) == 1:
        return _line_to_text(placed[0], home)
    strings: list[str] = []
    boxes: list[bytes] = []
    runs = [(0, placed[0].page)]
    n_chars = 0
    last = len(placed) - 1
    for n, here in enumerate(placed):
        if n and keep_breaks:
            between = joint(placed[n - 1], here, placed[n + 1] if n < last else None)
            if between:
                strings.append(between)
                boxes.append(_NO_INK)
                n_chars += 1
        if here.page != runs[-1][1]:
            runs.append((n_chars, here.page))
        strings.append(here.line.string)
        boxes.append(here.line.ink)
        n_chars += len(here.line.string)
    found = _on_one_page(placed[0].page) if len(runs) == 1 else tuple(runs)
    return Text("".join(strings), home, Ink(found, array("f", b"".join(boxes))))


def _line_to_text(placed: Placed, home: Place) -> Text:
    """As lines_to_text, of one line."""
    return Text(placed.line.string, home, Ink(_on_one_page(placed.page), array("f", placed.line.ink)))


@cache
def _on_one_page(page: int) -> tuple[tuple[int, int], ...]:
    """The runs of an ink on one page, the same for all texts of the page."""
    return ((0, page),)


def joint(upper: Placed, lower: Placed, after: Placed | None = None) -> str:
    """What stands between two lines: a line feed (the author's), a blank, or nothing. ``after``: the next
    line."""
    a, b = upper.line, lower.line
    if a.turn or b.turn:
        return "" if a.turn == b.turn else "\n"
    if fits(upper, lower, after):
        return "\n"
    if a.string[-1] in _ENDED and _is_numbered(b.string):
        return "\n"
    return _between(upper, lower)


def _is_numbered(string: str) -> bool:
    """Begins with a list's number or sign: 1. 一、 （1） ①."""
    if string[0] in _BULLETS:
        return True
    has_bracket = string[0] in "（("
    inner = string[1:] if has_bracket else string
    rest = inner.lstrip(_NUMERALS)
    number, mark = inner[: len(inner) - len(rest)], rest[:1]
    if not number or not mark or len(number) > 3:
        return False
    if mark in "）)":
        return True
    if has_bracket or mark not in "、.．":
        return False
    if number.isdecimal():
        return len(number) < 3 and not rest[1:2].isdecimal()
    return mark == "、" and not any(map(str.isdecimal, number))


def fits(upper: Placed, lower: Placed, after: Placed | None = None) -> bool:
    """Whether the lower line's first unit would have fitted at the upper line's end."""
    a, b = upper.line, lower.line
    left, right = upper.room
    free = right - a.end - _SLACK * a.em
    if _is_centred(a, upper.room) and _is_centred(b, lower.room):
        free += a.start - left
    if free <= 0:
        return False
    need = _first_unit(b, after.line if after else None, right - left)
    if _is_latin(a.string[-1]) or _is_latin(b.string[0]):
        need += 0.25 * b.em  # the blank between two words, or what is set between Latin and Chinese
    return need < free


def _is_centred(line: Line, room: Room) -> bool:
    """The line stands in the middle of its room."""
    return abs(line.start + line.end - room.left - room.right) < 2 * _OFF_MIDDLE


def _is_latin(char: str) -> bool:
    return char < _WIDE and char not in _SIGNS and not char.isspace()


def _word_end(string: str, start: int = 0) -> int:
    """Where the Latin word ends that begins at ``start``; there, if none does."""
    end = start
    while end < len(string) and _is_latin(string[end]):
        end += 1
    return end


def _first_unit(line: Line, after: Line | None, room: float) -> float:
    """The width of what cannot be broken at a line's start; a word wider than the room can be broken
    anywhere."""
    string = line.string
    if len(string) > 1 and string[0] >= _WIDE and string[0] not in _GLUED and string[1] not in _GLUED:
        return max(line.end_of(0) - line.start, line.em)  # a Chinese character by itself
    end = _unit_end(string)
    if end == len(string) and after is not None:
        beyond = _unit_end(string + after.string) - end
        both = line.end - line.start + (after.end_of(beyond - 1) - after.start if beyond > 0 else 0.0)
        if beyond > 0 and both > room:
            return both
    word = _word_end(string)
    if word and line.end_of(word - 1) - line.start > room:
        return line.end_of(0) - line.start
    return max(line.end_of(end - 1) - line.start, 0.0 if word else line.em)


def _unit_end(string: str) -> int:
    """Up to where a line's start cannot be broken: openers, a word or character, closers, and what is glued
    to them."""
    i, n = 0, len(string)
    while True:
        while i < n - 1 and (string[i] in _OPENERS or (i and string[i] == " ")):
            i += 1
        i = max(_word_end(string, i), i + 1)
        while i < n and string[i] in _CLOSERS:
            i += 1
        after = i + 1 if i + 1 < n and string[i] == " " else i
        if i >= n or not _is_glued(string[i - 1], string[after]):
            return i
        i = after


def _is_glued(before: str, after: str) -> bool:
    """Whether some line breaker keeps the two together: quotes, slashes, a figure right after a mark."""
    if before in _QUOTES or after in _QUOTES or before in "/／" or after in _CLOSERS:
        return True
    return before in _CLOSERS and _is_latin(after)


def _between(upper: Placed, lower: Placed) -> str:
    """A blank between two Latin words; nothing where one word or figure was broken in its middle."""
    a, b = upper.line, lower.line
    if b.string[0] in _CLOSERS or not (_is_latin(a.string[-1]) and _is_latin(b.string[0])):
        return ""
    if a.blank_end:
        return " "
    first, last = len(a.string) - _word_end(a.string[::-1]), _word_end(b.string) - 1
    whole = a.end - a.start_of(first) + b.end_of(last) - b.start
    if a.string[-1] in ".," and a.string[-2:-1].isdecimal() and b.string[0].isdigit():
        return ""
    free = upper.room.right - a.end
    is_full = free < 1.3 * (b.end_of(0) - b.start) + 1
    if is_full and a.string[-1].isdigit() and b.string[0].isdigit():
        return ""
    broken = is_full and whole > upper.room.right - upper.room.left - 0.5
    return "" if broken or a.string[-1] in "-/" else " "
