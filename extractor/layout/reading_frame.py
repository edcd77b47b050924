"""Characters of every direction as if their lines ran from left to right, all as high as their font."""

from __future__ import annotations

from .arrays import flatnonzero, np
from .page import Bools, Chars, Codes, Floats, Ints

WIDE_FROM = 0x2E80  # from here on characters are as wide as high and need no blank between them
_TURNS = (  # the sides of a box that become x0, top, x1 and bottom, and their signs, for each turn
    (1, (1, 2, 3, 0), np.array((1.0, -1.0, 1.0, -1.0))),
    (2, (2, 3, 0, 1), np.array((-1.0, -1.0, -1.0, -1.0))),
    (3, (3, 0, 1, 2), np.array((-1.0, 1.0, -1.0, 1.0))),
)
_FLAT = 0.6  # of its width or of a neighbour's height, under which a box is a glyph's ink


def reading_frame(chars: Chars, pages: Ints) -> Floats:
    """Boxes as if each character's own line ran from left to right, as high as its neighbours'; ``pages`` (n,)
    numbers each character's page."""
    boxes = chars.boxes
    frame = boxes.copy()
    if chars.turns.any():
        for turn, columns, signs in _TURNS:
            which = flatnonzero(chars.turns == turn)
            frame[which] = boxes[which][:, columns] * signs
    return _as_high_as_neighbours(chars.codes, frame, pages)


def _as_high_as_neighbours(codes: Codes, frame: Floats, pages: Ints) -> Floats:
    """A character whose box is its ink only (a thin 一, the comma of 1,200) takes top and bottom from a
    neighbour on its line."""
    flat = _are_flat(codes, frame)
    for i in flatnonzero(flat).tolist():
        beside = [
            j
            for j in (i - 1, i + 1, i - 2, i + 2)
            if 0 <= j < len(frame) and pages[j] == pages[i] and not flat[j] and _holds(frame[j], frame[i])
        ]
        if beside:
            # the nearest stands on its line, not on that above
            best = min(beside, key=lambda j: _off_middle(frame[j], frame[i]))
            frame[i, 1], frame[i, 3] = frame[best, 1], frame[best, 3]
    return frame


def _are_flat(codes: Codes, frame: Floats) -> Bools:
    """Wide characters lower than wide; narrow ones lower than the one before or after."""
    heights = frame[:, 3] - frame[:, 1]
    printed = np.where(codes > 0x20, heights, 0.0)
    beside = np.maximum(np.append(printed[1:], 0.0), np.append(0.0, printed[:-1]))
    least = np.where(codes >= WIDE_FROM, frame[:, 2] - frame[:, 0], beside)
    found: Bools = (codes > 0x20) & (heights < _FLAT * least)
    return found


def _off_middle(tall: Floats, thin: Floats) -> float:
    return abs(float(tall[1] + tall[3] - thin[1] - thin[3]))


def _holds(tall: Floats, thin: Floats) -> bool:
    middle = (thin[1] + thin[3]) / 2
    return bool(tall[1] - 1 <= middle <= tall[3] + 1)
