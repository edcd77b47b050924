"""Tables without upright rulings: three-line tables, and rows parted by level rules only.

Level rules of the same left and right end frame such a table. Its columns are the gaps that no text of its
body stands in, its rows the spaces between rules, or the lines where there is no rule for each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..document import Box
from .grid import Grid, cells_to_grid
from .lattice import TOLERANCE
from .pieces import columns
from .unruled_frames import Part, Sheet, rules_to_parts
from .unruled_heads import Rule, head_boxes
from .unruled_rows import lines_to_rows, row_boxes, row_edges, single_rows

_MOST_RULES = 500


def unruled_tables(rules: Sequence[Rule], sheet: Sheet) -> list[Grid]:
    """The tables that level rules alone frame, from top to bottom; Grid.goes_on where the page ends first."""
    if len(rules) > _MOST_RULES:
        return []  # a drawing
    found: list[Grid] = []
    for part in rules_to_parts(rules, sheet):
        inner = [rule for rule in rules if rule not in part.rules]
        grid = _grid(part, inner, sheet)
        if grid is not None:
            found.append(grid)
    return found


def _grid(part: Part, inner: Sequence[Rule], sheet: Sheet) -> Grid | None:
    """The part as a grid; None if there are not two columns and two rows."""
    if len(part.stretches) < (1 if part.is_rest else 2):
        return None
    _, left, right = part.rules[0]
    lines = [*part.head, *part.body]
    xs = sheet.kept(lines, left) or columns(part.body or lines, left, right, part.head)
    if len(xs) < 3:
        return None
    boxes = _boxes(part, inner, xs)
    n_rows = len({box.top for box in boxes})
    if n_rows < (1 if part.is_rest else 2):
        return None
    return cells_to_grid(boxes, is_guess=True, goes_on=part.goes_on)


def _boxes(part: Part, inner: Sequence[Rule], xs: list[float]) -> list[Box]:
    """The cells of all rows, the head's first."""
    one_each = single_rows(part.stretches[1 if part.head else 0 :], xs)
    boxes: list[Box] = []
    for n, lines in enumerate(part.stretches):
        top, foot = part.rules[n][0], part.rules[n + 1][0]
        if n == 0 and part.head:
            boxes += head_boxes(lines, inner, top, foot, xs)
            continue
        rows = [lines] if one_each and lines else lines_to_rows(lines, xs)
        for row, (high, low) in zip(rows or [[]], pairwise(row_edges(rows, top, foot)), strict=True):
            boxes += row_boxes(row, high, low, xs) if low - high > TOLERANCE else []
    return boxes
