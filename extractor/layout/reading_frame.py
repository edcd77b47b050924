"""Characters of every direction as if their lines ran from left to right, all as high as their font."""

from __future__ import annotations

import numpy as np

from .page import Chars, Codes, Floats

_LOW = np.array([ord(c) for c in ".,-_'~·–—"], np.uint32)
WIDE_FROM = 0x2E80  # from here on characters are as wide as high and need no blank between them


def reading_frame(chars: Chars) -> Floats:
    """Boxes as if each character's own line ran from left to right, as high as its neighbours'."""
    boxes = chars.boxes
    frame = boxes.copy()
    for turn, columns, signs in (
        (1, (1, 2, 3, 0), (1, -1)),
        (2, (2, 3, 0, 1), (-1, -1)),
        (3, (3, 0, 1, 2), (-1, 1)),
    ):
        which = chars.turns == turn
        if which.any():
            turned = boxes[which][:, columns]
            frame[which] = turned * np.array([signs[0], signs[1], signs[0], signs[1]], np.float64)
    return _as_high_as_neighbours(chars.codes, frame)


def _as_high_as_neighbours(codes: Codes, frame: Floats) -> Floats:
    """A character whose box is its ink only (a thin 一, the point of 98.5) takes top and bottom from a neighbour
    on its line."""
    wide = codes >= WIDE_FROM
    heights = frame[:, 3] - frame[:, 1]
    flat = wide & (heights < 0.6 * (frame[:, 2] - frame[:, 0]))
    if len(heights):
        flat |= np.isin(codes, _LOW) & (heights < 0.5 * np.median(heights))
    for i in np.flatnonzero(flat).tolist():
        for j in (i - 1, i + 1, i - 2, i + 2):
            if 0 <= j < len(frame) and not flat[j] and _holds(frame[j], frame[i]):
                frame[i, 1], frame[i, 3] = frame[j, 1], frame[j, 3]
                break
    return frame


def _holds(tall: Floats, thin: Floats) -> bool:
    middle = (thin[1] + thin[3]) / 2
    return bool(tall[1] - 1 <= middle <= tall[3] + 1)
