"""Words and figures that are wider than their cell and run over its ruling: they stay whole, in the cell where they
begin."""

from __future__ import annotations

from .arrays import flatnonzero, np
from .page import Chars, Ints

_LATIN = 0x2E80  # from here on lines can be broken before a character, but not before these:
_CLOSERS = frozenset(map(ord, "，。、；：）》】”’％"))
_SPACE = 0x20
_GAP = 0.1  # times the height of the characters, between two of one word


def kept_whole(chars: Chars, groups: Ints) -> None:
    """Puts characters that a ruling parts from the beginning of their word into its group, if the other cell has a text
    of its own; ``groups`` has a number for each character, in the order in which they are drawn."""
    changes = flatnonzero(groups[1:] != groups[:-1])
    crossed = _joined(chars, changes) if len(changes) else []
    if not crossed:
        return
    left = np.bincount(groups[chars.codes > _SPACE])
    for at in crossed:
        end = at + 2
        while end < len(groups) and _joined(chars, np.array([end - 1])):
            end += 1
        moved = np.bincount(groups[at + 1 : end], minlength=len(left))
        if ((moved > 0) & (moved == left)).any():
            continue  # nothing would be left: two texts that touch
        left -= moved
        left[groups[at]] += end - at - 1
        groups[at + 1 : end] = groups[at]


def _joined(chars: Chars, at: Ints) -> list[int]:
    """Those of characters that are of one word with the one drawn right after them, and touch it."""
    a, b = chars.boxes[at], chars.boxes[at + 1]
    near = _GAP * (a[:, 3] - a[:, 1])
    touching = at[(np.abs(b[:, 0] - a[:, 2]) < near) & (np.abs(b[:, 1] - a[:, 1]) < near)].tolist()
    codes, turns = chars.codes, chars.turns
    return [i for i in touching if turns[i] == 0 and _of_word(int(codes[i]), int(codes[i + 1]))]


def _of_word(before: int, after: int) -> bool:
    """Whether no line can be broken between two characters."""
    return after in _CLOSERS or (_SPACE < before < _LATIN and _SPACE < after < _LATIN)
