"""At a page break in a table: was the last row cut, or does a new row begin?

A cut row goes on with the rest of its long texts, while the cells that had ended are empty; where a text
goes on, its upper part fills the cell to the bottom and the first word below would not have fitted on the
last line above.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..document import Box
from .wrapping import Placed, fits

_COMPLETE = (*"。；;！!？?%％", "指标")
_UNFINISHED = ("及", "和", "与", "或", "、", "，")  # what no text ends with
_ANEW = (  # begins a row: a slot for an indicator, a placeholder, the name of an area
    r"指标\s*\d{1,2}\s*[:：]|指标\d{1,2}(?=[^\W\d_分]|\Z)|(?:…+|\.{3,}|·{3,})\Z"
    r"|(?:年度)?绩效指标(?:完成情况)?\Z|产出指标\Z|(?:年度)?总体目标(?:完成情况)?\Z"
)
_ANEW_FIRST = frozenset("指….·年绩产总")
_LEFT_OVER = r"(?:标|指标)?\s*(?:[（(]\s*\d{1,3}(?:\.\d)?\s*[分%％]?\s*[)）])?"  # of 产出指标（30分）
_LEFT_OVER_FIRST = frozenset("标指（(")
_FIRST_HALF = r"(?:年度)?(?:总体|绩效|履职)?"  # of 年度总体目标, its other half:
_OTHER_HALF = r"(?:总体|绩效|履职)?(?:目标|指标)"
_ITEM = r"(\d{1,2})[.．、]"  # of a list
_NAMED_ITEM = r"((?:目标|任务|措施|问题|建议)?)(\d{1,2})[.．、:：]"
_SLOT_END = r"\d{1,2}\s*[:：]"  # of 指标2：
_SIGNS = "≥≤><=≧≦＞＜＝〉〈"
_AMOUNT = r"\s*\d[\d,，]*(?:\.\d+)?\s*[^\W\d_]{0,6}(?:/[^\W\d_]{1,4})?"
_SHARE = r"\s*\d[\d,，.]*[%％‰]?"
_ONE_LINE = 2.2  # times the height of a line's characters
_MANY = 3  # cells
_NEARLY_ALL = 0.75
_LONG = 3  # lines
_WIDE = "⺀"  # from here on characters are Chinese
_REST = 2  # characters of a name that the page break left over
_FULL_STOPS = ("。", "；")
_OF_DATE = ("年", "月")
_COMMAS = frozenset("，、")
_FIGURE_SIGNS = "-+≥≤><="
_FIGURE = r"\d[\d,，]*(?:\.\d+)?\s*[%％年月个元]?"


class Seam(NamedTuple):
    """Two cells of the same columns that meet at a page break: the lines, the boxes, the rows that each
    covers, the usual distance of the table's lines in points, whether no ruling closes the upper cell at its
    foot, what is usually left under a row's lowest line in points (0 if unknown), and whether the ruling at the
    upper cell's foot says that it ends."""

    upper: tuple[Placed, ...]
    lower: tuple[Placed, ...]
    upper_box: Box
    lower_box: Box
    upper_rows: int
    lower_rows: int
    pitch: float
    is_open: bool = False
    foot: float = 0.0
    is_closed: bool = False

    @property
    def is_leaf(self) -> bool:
        """Neither cell covers several rows."""
        return self.upper_rows == 1 and self.lower_rows == 1

    @property
    def left(self) -> float:
        """What is left under the lowest line above the page break, in points."""
        return self.upper_box.bottom - (self.upper[-1].line.box.bottom if self.upper else self.upper_box.top)

    @property
    def fills(self) -> bool:
        """The upper text reaches so far down to the page break that another line had no room."""
        if not self.upper:
            return False
        last = self.upper[-1].line.box
        return self.left < 1.05 * max(self.pitch, last.bottom - last.top)

    @property
    def has_little_room(self) -> bool:
        """Above the page break was room for a line at most."""
        last = self.upper[-1].line.box if self.upper else None
        return last is not None and self.left < 2.1 * max(self.pitch, last.bottom - last.top)

    @property
    def is_of_words(self) -> bool:
        """Neither side holds a digit."""
        return not any(map(str.isdigit, _string(self.upper) + _string(self.lower)))

    @property
    def flows(self) -> bool:
        """The upper text was broken by the width, in the middle of a sentence, and goes on below."""
        return (self.fills and self.is_broken) or self.is_label_cut

    @property
    def is_label_cut(self) -> bool:
        """Below stands but the end of a label: 指标, （30分）."""
        upper, below = _string(self.upper), _string(self.lower)
        if not upper or not below:
            return False
        slot = upper.endswith("指标") and re.match(_SLOT_END, below) is not None
        halves = re.fullmatch(_FIRST_HALF, upper) is not None and re.match(_OTHER_HALF, below) is not None
        return (
            slot or halves or (below[0] in _LEFT_OVER_FIRST and re.fullmatch(_LEFT_OVER, below) is not None)
        )

    @property
    def is_rest(self) -> bool:
        """Below stands but the last character of a text of several: 完成情 above 况."""
        upper, below = _string(self.upper), _string(self.lower)
        return len(below) == 1 < len(upper) and below >= _WIDE and self.fills and self.is_broken

    @property
    def is_broken(self) -> bool:
        """The upper text ends in the middle of a sentence, where the width broke it."""
        if not (self.upper and self.lower):
            return False
        last = self.upper[-1]
        string = last.line.string
        if string.endswith(_UNFINISHED):
            return True
        return not string.endswith(_COMPLETE) and not fits(
            last, self.lower[0], self.lower[1] if len(self.lower) > 1 else None
        )

    @property
    def is_cut_sentence(self) -> bool:
        """The upper text is a sentence in several parts that has its end below."""
        upper, lower = _string(self.upper), _string(self.lower)
        return self.flows and not _COMMAS.isdisjoint(upper) and lower.endswith(_FULL_STOPS)

    @property
    def may_be_broken(self) -> bool:
        """The upper text is broken though it does not fill its cell: one of the row, or long."""
        return self.is_broken and (self.upper_rows == 1 or len(self.upper) >= _LONG)

    @property
    def is_figure_below_words(self) -> bool:
        """A whole figure stands below words without any, as below a head."""
        upper, lower = _string(self.upper), _string(self.lower)
        return bool(upper) and _is_measure(lower) and not any(map(str.isdigit, upper))

    @property
    def is_two_figures(self) -> bool:
        """Each side is a whole figure."""
        return all(_is_figure(_string(side)) for side in (self.upper, self.lower))

    @property
    def begins_anew(self) -> bool:
        """The lower text is one that begins a row: 指标2：, ……, or a figure with its unit below another (12万人 above
        4次)."""
        upper, lower = _string(self.upper), _string(self.lower)
        measures = all(_is_measure(s) and not s[-1].isdigit() for s in (upper, lower))
        if measures and _is_next_item(upper, lower):
            return False
        anew = lower[:1] in _ANEW_FIRST and re.match(_ANEW, lower) is not None
        return anew or (measures and not upper.endswith(_OF_DATE))

    @property
    def may_flow(self) -> bool:
        """The upper text may go on below after a whole sentence or at a paragraph's end."""
        return bool(self.upper and self.lower) and self.fills and len(self.upper) > 1

    @property
    def is_list(self) -> bool:
        """A list that may go on: below stands its next item."""
        upper, item = _string(self.upper), re.match(_NAMED_ITEM, _string(self.lower))
        if item is None or not self.may_flow:
            return False
        before = rf"(?<!\d){item[1]}{int(item[2]) - 1}[.．、:：]"
        return re.search(before, upper) is not None


def _string(side: Sequence[Placed]) -> str:
    return "".join(p.line.string for p in side)


def _is_measure(string: str) -> bool:
    """A figure with its unit, and none beside."""
    figure = string.lstrip(_SIGNS)
    if not figure.lstrip()[:1].isdecimal():
        return False
    is_signed = len(figure) < len(string)
    return bool(re.fullmatch(_AMOUNT, figure) or (is_signed and re.fullmatch(_SHARE, figure)))


def _is_figure(string: str) -> bool:
    """A bare figure, a share, or a year, a month or a number of things."""
    figure = string.lstrip(_FIGURE_SIGNS)
    return figure[:1].isdecimal() and bool(re.fullmatch(_FIGURE, figure))


def _is_next_item(upper: str, lower: str) -> bool:
    """The lower text begins with the item of a list that follows the upper's: 1.12期 above 2.3600人次."""
    first, second = re.match(_ITEM, upper), re.match(_ITEM, lower)
    return first is not None and second is not None and int(second[1]) == int(first[1]) + 1


def _are_counted(below: Sequence[Seam]) -> bool:
    """Below the same word in several columns stand 1, 2, 3 from left to right: 专家1, 专家2, 专家3, each broken."""
    words, numbers = {_string(s.upper) for s in below}, [_string(s.lower) for s in below]
    return len(words) == 1 < len(below) and all(words) and numbers == [str(n + 1) for n in range(len(below))]


def is_cut(seams: Sequence[Seam]) -> bool:
    """Whether the row above the break goes on below it."""
    leaves = [s for s in seams if s.is_leaf]
    below = [s for s in seams if s.lower]
    ended = [s for s in leaves if s.upper and not s.lower]
    if not ended and any(s.is_two_figures for s in below):
        return False
    if any(s.is_open for s in seams):
        return bool(leaves) and all(s.is_open for s in leaves) and (bool(ended) or not under_heads(seams))
    if any(s.is_closed for s in seams):
        return False
    if not below:
        return _is_remainder(seams)
    if _are_counted(below):
        return True
    if any(s.begins_anew for s in below) or under_heads(seams):
        return False
    fresh = [s for s in below if not s.upper]
    if (
        not fresh
        and any(s.is_label_cut or s.is_rest for s in below)
        and all(s.flows or s.may_flow for s in below)
    ):
        return True
    flowing = [s for s in below if s.flows]
    if flowing and not fresh and all(s.flows or s.is_list for s in below):
        return True
    sure = bool(flowing) and len(ended) > 1 and not fresh
    if len(flowing) >= _MANY and len(ended) >= _MANY and not fresh:
        return True
    if not fresh and _all_run_on(below):
        return True
    stopped = [s for s in below if s.upper and not (s.flows or s.may_flow or (sure and s.may_be_broken))]
    if stopped or (fresh and not (flowing and ended)):
        return False
    if flowing:
        return bool(ended) or all(s.flows for s in below) or any(s.is_cut_sentence for s in flowing)
    return bool(ended) and not fresh


def _all_run_on(below: Sequence[Seam]) -> bool:
    """Whether all texts below go on with what stands above: each is broken and one flows, the others with room for a
    line at most, which a typesetter leaves rather than part a paragraph's last lines; or nearly all of many cells of
    words flow."""
    flowing = [s for s in below if s.flows]
    if flowing and all(s.is_broken and s.has_little_room for s in below):
        return True
    words = [s for s in flowing if s.is_of_words]
    return len(words) > _MANY and len(words) >= _NEARLY_ALL * len(below) and all(s.fills for s in below)


def under_heads(seams: Sequence[Seam]) -> bool:
    """Whether the row above the break heads the columns below."""
    return sum(s.is_figure_below_words for s in seams) > 1 and not _are_counted([s for s in seams if s.lower])


def _is_remainder(seams: Sequence[Seam]) -> bool:
    """Nothing stands below: a rest too low for a line of text, or as high as one line where the row above has less
    left under its lowest line than others have."""
    heights = [p.line.box.bottom - p.line.box.top for s in seams for p in s.upper]
    lowest = min((s.lower_box.bottom - s.lower_box.top for s in seams), default=0.0)
    if not heights or lowest > _ONE_LINE * max(heights):
        return False
    left = min((s.left for s in seams if s.is_leaf and s.upper), default=seams[0].foot)
    return lowest < 0.8 * min(heights) or left < 0.7 * seams[0].foot


def runs_on(seam: Seam, column_groups: bool, is_full: bool = False) -> bool:
    """Whether a cell goes on below although a new row begins there: a cell merged over rows on both pages.
    ``is_full``: its column has no blank cell elsewhere."""
    if seam.is_open:
        return True  # others of its row are closed
    if seam.is_closed:
        return False
    if seam.is_label_cut:
        return True
    if seam.begins_anew:
        return False
    if seam.lower and not seam.upper:
        return is_full and seam.lower_rows > 1  # the text had no room above the page break
    merged = seam.upper_rows > 1 or seam.lower_rows > 1
    if seam.lower:
        return (merged or (column_groups and len(_string(seam.lower)) <= _REST)) and seam.flows
    if merged:
        return bool(seam.upper) or (seam.upper_rows > 1 and seam.lower_rows > 1)
    return bool(seam.upper) and column_groups
