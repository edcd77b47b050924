"""One page's content to its flow: tables and body lines from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..document import Box
from .grid import Grid, cells_to_grid, chars_in_cells, with_lines
from .lattice import edges_to_cells
from .lines import Line, chars_to_lines
from .page import Ints, PageContent


@dataclass(frozen=True, slots=True)
class PageFlow:
    """A page's tables and its body lines (those outside tables), each from top to bottom."""

    number: int
    width: float
    height: float
    grids: tuple[Grid, ...]
    lines: tuple[Line, ...]


def page_to_flow(page: PageContent) -> PageFlow:
    """Finds the page's tables and puts every character into a cell or a body line."""
    tables = [boxes for boxes in edges_to_cells(page.edges) if len(boxes) > 1]
    grids = [cells_to_grid(boxes) for boxes in tables]
    groups = np.zeros(len(page.chars), np.int64)
    n_groups = 1
    first_group: list[int] = []
    for grid in grids:
        first_group.append(n_groups)
        owner = chars_in_cells(page.chars.boxes, grid)
        groups = np.where((owner >= 0) & (groups == 0), owner + n_groups, groups)
        n_groups += len(grid.cells)
    lines = chars_to_lines(page.chars, groups, n_groups)
    filled = [with_lines(g, lines[at : at + len(g.cells)]) for g, at in zip(grids, first_group, strict=True)]
    return PageFlow(page.number, page.width, page.height, tuple(filled), tuple(lines[0]))
