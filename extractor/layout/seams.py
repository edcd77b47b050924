"""What is known of two cells that meet at a page break: is the upper text broken, what does the lower begin with."""

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
_LONG = 3  # lines
_WIDE = "⺀"  # from here on characters are Chinese
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
    def upper_string(self) -> str:
        """What stands above the page break."""
        return _string(self.upper)

    @property
    def lower_string(self) -> str:
        """What stands below it."""
        return _string(self.lower)

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
        return not any(map(str.isdigit, self.upper_string + self.lower_string))

    @property
    def flows(self) -> bool:
        """The upper text was broken by the width, in the middle of a sentence, and goes on below."""
        return (self.fills and self.is_broken) or self.is_label_cut

    @property
    def is_label_cut(self) -> bool:
        """Below stands but the end of a label: 指标, （30分）."""
        upper, below = self.upper_string, self.lower_string
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
        upper, below = self.upper_string, self.lower_string
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
        upper, lower = self.upper_string, self.lower_string
        return self.flows and not _COMMAS.isdisjoint(upper) and lower.endswith(_FULL_STOPS)

    @property
    def may_be_broken(self) -> bool:
        """The upper text is broken though it does not fill its cell: one of the row, or long."""
        return self.is_broken and (self.upper_rows == 1 or len(self.upper) >= _LONG)

    @property
    def is_figure_below_words(self) -> bool:
        """A whole figure stands below words without any, as below a head."""
        upper, lower = self.upper_string, self.lower_string
        return bool(upper) and _is_measure(lower) and not any(map(str.isdigit, upper))

    @property
    def is_two_figures(self) -> bool:
        """Each side is a whole figure."""
        return all(_is_figure(string) for string in (self.upper_string, self.lower_string))

    @property
    def begins_anew(self) -> bool:
        """The lower text is one that begins a row: 指标2：, ……, or a figure with its unit below another (12万人 above
        4次)."""
        upper, lower = self.upper_string, self.lower_string
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
        upper, item = self.upper_string, re.match(_NAMED_ITEM, self.lower_string)
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
