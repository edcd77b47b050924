"""Level rules to the frames of tables without upright rulings, and what stands between the rules.

Rules of the same left and right end frame a table. Rules of one width on one page may frame several tables:
what stands between two of them (a paragraph, a caption, a unit line) parts them. A table may go on over the
page's foot without a rule.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from . import shapes
from .arrays import flatnonzero
from .lattice import TOLERANCE, Meetings, Rulings
from .pieces import PieceLine, columns
from .unruled_heads import Rule
from .unruled_rows import columns_of, is_number, pitch

_LEAST_WIDTH = 60.0
_SHORT_RULE = 12.0
_PROSE = 0.75  # of the frame's width: a text so wide in one piece is no cell
_LOOSE = 1.7  # times the usual height of a row
_OVERHANG = 6.0  # points by which print may stand over a rule's end
_MOST_HEAD_LINES = 6
_STACKED = 2  # characters of a line in a head that is one or two wide
_HIGHEST_HEAD = 80.0
MARGIN = 0.12  # of the page's height
_APART = 2.5  # lines' pitches: what stands further off is not the table's


def _middle(line: PieceLine) -> float:
    return line.middle


def fits(line: PieceLine, xs: Sequence[float]) -> bool:
    """Whether every piece of a line stands in one column, and in one of its own."""
    columns = [columns_of(piece, xs) for piece in line.pieces]
    return all(a == b for a, b in columns) and len(set(columns)) == len(columns)


class Sheet(NamedTuple):
    """What unruled tables are made of on one page: lines of pieces outside ruled tables, the page's height,
    and the columns of the unruled table that ended the page before (else empty), which ``is_open`` where the
    page ended first."""

    lines: Sequence[PieceLine]
    height: float
    before: tuple[float, ...] = ()
    is_open: bool = False

    def between(self, top: float, foot: float, x0: float, x1: float) -> list[PieceLine]:
        """The lines between two heights that stand within two ends."""
        first = bisect_right(self.lines, top, key=_middle)
        last = bisect_left(self.lines, foot, key=_middle)
        return [
            line
            for line in self.lines[first:last]
            if line.pieces[0].x0 > x0 - _OVERHANG and line.pieces[-1].x1 < x1 + _OVERHANG
        ]

    def kept(self, lines: Sequence[PieceLine], left: float) -> list[float]:
        """The columns of the table that goes on from the page before, if lines stand in them; else none. All must where
        that table was closed: it may be another one."""
        if not self.before or abs(self.before[0] - left) > TOLERANCE:
            return []
        several = [line for line in lines if len(line.pieces) > 1]
        fitting = sum(fits(line, self.before) for line in several)
        wanted = (0.8 if self.is_open else 1.0) * len(several)
        return list(self.before) if fitting >= wanted else []


class Part(NamedTuple):
    """One table's rules and what stands between them; the last stretch may lie under the last rule, down to
    the page's end. ``is_rest``: the table began on the page before."""

    rules: list[Rule]
    stretches: list[list[PieceLine]]
    goes_on: bool = False
    is_rest: bool = False

    @property
    def head(self) -> list[PieceLine]:
        """The lines of the first stretch, if that is a head: a rest has one only where it is repeated."""
        first = self.stretches[0] if self.stretches else []
        no_head = self.is_rest and (len(self.stretches) == 1 or len(first) > _MOST_HEAD_LINES)
        return [] if no_head else first

    @property
    def body(self) -> list[PieceLine]:
        """All lines but the head's."""
        first = 1 if self.head else 0
        return [line for lines in self.stretches[first:] for line in lines]


def free_rules(rulings: Rulings, meetings: Meetings | None) -> list[Rule]:
    """The level rules that no upright ruling crosses, from top to bottom; none in a drawing."""
    if meetings is None:
        return []
    y, left, right = rulings.across.at[rulings.across.line], rulings.across.start, rulings.across.end
    free = flatnonzero((right - left > _SHORT_RULE) & ~meetings.cross.any(axis=0))
    return sorted(zip(y[free].tolist(), left[free].tolist(), right[free].tolist(), strict=True))


def rules_to_parts(rules: Sequence[Rule], sheet: Sheet) -> list[Part]:
    """The tables that rules frame, those of one width from top to bottom."""
    frames: list[list[Rule]] = []
    for rule in rules:
        own = next((f for f in frames if _same_ends(f[0], rule)), None)
        if own is not None:
            own += [rule] if rule[0] - own[-1][0] > TOLERANCE else []
        elif rule[2] - rule[1] > _LEAST_WIDTH:
            frames.append([rule])
    start = _with_rest(frames, sheet) if sheet.is_open else None
    return [part for frame in frames for part in _parts(frame, sheet, start)]


def _with_rest(frames: list[list[Rule]], sheet: Sheet) -> Rule | None:
    """Puts the upper edge of what goes on from the page before to the frame of its width; the edge, if
    any."""
    opened = (0.0, sheet.before[0], sheet.before[-1])
    own = next((f for f in frames if _same_ends(f[0], opened)), None)
    start = _start_of_rest(opened, own[0][0] if own else sheet.height, sheet)
    if start is not None and own is not None:
        own.insert(0, start)
    elif start is not None:
        frames.insert(0, [start])
    return start


def _same_ends(a: Rule, b: Rule) -> bool:
    return abs(a[1] - b[1]) <= TOLERANCE and abs(a[2] - b[2]) <= TOLERANCE


def _start_of_rest(opened: Rule, foot: float, sheet: Sheet) -> Rule | None:
    """The upper edge of the lines at a page's top that go on with the page before's columns."""
    lines = sheet.between(0, foot, opened[1], opened[2])
    while len(lines) > 1 and lines[1].middle - lines[0].middle > _APART * pitch(lines[1:]):
        lines = lines[1:]
    above = [line for line in sheet.lines if lines and line.middle < lines[0].middle]
    if not lines or any(line.middle > MARGIN * sheet.height for line in above):
        return None
    stand = all(fits(line, sheet.before) for line in lines[:3])
    return (lines[0].top - 2.0, opened[1], opened[2]) if stand else None


def _parts(frame: list[Rule], sheet: Sheet, start: Rule | None) -> list[Part]:
    """A frame's rules parted where something stands between two tables; ``start`` is the edge of a rest."""
    stretches = [sheet.between(a[0], b[0], a[1], a[2]) for a, b in pairwise(frame)]
    usual = _usual_stretch(frame, stretches)
    cuts = [n for n, lines in enumerate(stretches) if is_between(lines, frame[n], frame[n + 1], usual)]
    parts: list[Part] = []
    for first, last in pairwise([-1, *cuts, len(frame) - 1]):
        rules = frame[first + 1 : last + 1]
        parts += _by_columns(Part(rules, stretches[first + 1 : last]))
    if not parts:
        return []
    parts[0] = parts[0]._replace(is_rest=start is not None and frame[0] == start)
    parts[-1] = _with_foot(parts[-1], sheet)
    return [_with_head(part, sheet) for part in parts]


def _usual_stretch(frame: list[Rule], stretches: list[list[PieceLine]]) -> float:
    """The median height of the stretches that hold one line of several pieces; 0 without any."""
    heights = [
        b[0] - a[0]
        for (a, b), lines in zip(pairwise(frame), stretches, strict=True)
        if len(lines) == 1 and len(lines[0].pieces) > 1
    ]
    return sorted(heights)[len(heights) // 2] if heights else 0.0


def is_between(lines: list[PieceLine], above: Rule, below: Rule, usual: float = 0.0) -> bool:
    """Whether what stands between two rules stands between two tables: a caption, a unit line, prose, or, where
    the ``usual`` height of a row is known, lone texts with much room."""
    if any(shapes.is_caption(line.string) or shapes.is_unit(line.pieces[-1].string) for line in lines):
        return True
    width = above[2] - above[1]
    lone = [line for line in lines if len(line.pieces) == 1]
    if any(line.pieces[0].width > _PROSE * width for line in lone):
        return len(lone) * 2 >= len(lines)
    if lone and lines[0] is lone[0] and is_head(lines[1:]):
        return shapes.numbering_level(lines[0].string) is not None
    loose = bool(usual) and below[0] - above[0] > _LOOSE * usual + pitch(lines) * (len(lines) - 1)
    return bool(lines) and len(lone) == len(lines) and loose


def is_head(lines: Sequence[PieceLine]) -> bool:
    """Whether a few lines of several texts hold no number: what stands over a column, not in it."""
    several = [line for line in lines if len(line.pieces) > 1]
    stacked = [line for line in lines if len(line.pieces) == 1 and len(line.string) <= _STACKED]
    all_told = len(several) + len(stacked) == len(lines) <= _MOST_HEAD_LINES
    return bool(several) and all_told and not any(map(has_number, lines))


def has_number(line: PieceLine) -> bool:
    return any(is_number(piece.string) for piece in line.pieces)


def _with_head(part: Part, sheet: Sheet) -> Part:
    """The part with the head that stands over its first rule, if that is over a row of numbers."""
    y, left, right = part.rules[0]
    if part.is_rest or not part.stretches or not any(map(has_number, part.stretches[0])):
        return part
    head: list[PieceLine] = []
    for line in reversed(sheet.between(y - _HIGHEST_HEAD, y, left, right)):
        foot = head[0].top if head else y
        is_lone = len(line.pieces) == 1 and len(line.string) > _STACKED
        if is_lone or foot - line.foot > line.foot - line.top:
            break
        head.insert(0, line)
    if not is_head(head):
        return part
    edge = (head[0].top - 2.0, left, right)
    return part._replace(rules=[edge, *part.rules], stretches=[head, *part.stretches])


def _by_columns(part: Part) -> list[Part]:
    """A part once more in two, where a stretch of lone texts stands between rows of other columns."""
    for n, lines in enumerate(part.stretches[1:-1], 1):
        if not lines or any(len(line.pieces) > 1 for line in lines):
            continue
        over, under = Part(part.rules[: n + 1], part.stretches[:n]), part.stretches[n + 1 :]
        left, right = part.rules[0][1], part.rules[0][2]
        a = columns(over.body, left, right)
        b = columns([line for own in under for line in own], left, right)
        if min(len(a), len(b)) > 2 and not _alike(a, b):
            return [over, *_by_columns(Part(part.rules[n + 1 :], under))]
    return [part]


def _alike(a: list[float], b: list[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) < 12.0 for x, y in zip(a, b, strict=True))


def _with_foot(part: Part, sheet: Sheet) -> Part:
    """The page's last part with the lines under its last rule, if they go on to the page's end in its
    columns."""
    y, left, right = part.rules[-1]
    below = [line for line in sheet.lines if line.middle > y]
    near: list[PieceLine] = []
    step = pitch(below)
    for line in below:
        if near and line.middle - near[-1].middle > _APART * step:
            break
        near.append(line)
    rest = below[len(near) :]
    if not near or any(line.middle < (1 - MARGIN) * sheet.height for line in rest):
        return part
    lines = [*part.body, *near]
    xs = sheet.kept(lines, left) or columns(lines, left, right, part.head)
    inside = all(
        line.pieces[0].x0 > left - _OVERHANG and line.pieces[-1].x1 < right + _OVERHANG for line in near
    )
    several = sum(len(line.pieces) > 1 for line in near)
    if len(xs) < 3 or not inside or several * 2 < len(near) or not all(fits(line, xs) for line in near):
        return part
    rules = [*part.rules, (near[-1].foot + 2.0, left, right)]
    return Part(rules, [*part.stretches, near], True, part.is_rest)
