"""At a page break in a table: was the last row cut, or does a new row begin?

A cut row goes on with the rest of its long texts, while the cells that had ended are empty; where a text
goes on, its upper part fills the cell to the bottom and the first word below would not have fitted on the
last line above.
"""

from collections.abc import Sequence

from .seams import Seam

_ONE_LINE = 2.2  # times the height of a line's characters
_MANY = 3  # cells
_NEARLY_ALL = 0.75
_REST = 2  # characters of a name that the page break left over


def _are_counted(below: Sequence[Seam]) -> bool:
    """Below the same word in several columns stand 1, 2, 3 from left to right: 专家1, 专家2, 专家3, each broken."""
    words, numbers = {s.upper_string for s in below}, [s.lower_string for s in below]
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
        return (merged or (column_groups and len(seam.lower_string) <= _REST)) and seam.flows
    if merged:
        return bool(seam.upper) or (seam.upper_rows > 1 and seam.lower_rows > 1)
    return bool(seam.upper) and column_groups
