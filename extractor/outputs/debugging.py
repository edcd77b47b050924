"""Page pictures with the cells found drawn in (``--debug-tables DIR``): how a PDF's tables were read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.document import Box, Table
    from extractor.result import Result

_SCALE = 1.5  # pixels a point
_COLOURS = ("#d62728", "#1f77b4", "#2ca02c", "#9467bd", "#ff7f0e")


def drawn(results: Iterable[Result], folder: Path) -> Iterator[Result]:
    """The same results; before each goes on, its pages with tables are drawn into ``folder``."""
    from extractor.outputs.folder import free_name

    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for result in results:
        if result.document and result.source.format == "pdf":
            name = free_name(result.source.path, taken)
            taken.add(name.casefold())
            draw_tables(result, folder, name.removesuffix(".json"))
        yield result


def draw_tables(result: Result, folder: Path, name: str) -> list[Path]:
    """Draws ``name-page-003.png`` for each page that a table stands on, every table in its own colour."""
    from extractor.outputs.pictures import Undrawn, outlines

    boxes = _by_page(result.document.tables if result.document else ())
    written: list[Path] = []
    for drawn_page in outlines(Path(result.source.path), boxes, _SCALE):
        if isinstance(drawn_page, Undrawn):
            continue
        page, picture = drawn_page
        written.append(folder / f"{name}-page-{page:03d}.png")
        written[-1].write_bytes(picture)
    return written


def _by_page(tables: Iterable[Table]) -> dict[int, list[tuple[Box, str]]]:
    """The boxes of all cells, by page, each with its table's colour."""
    found: dict[int, list[tuple[Box, str]]] = {}
    for table in tables:
        colour = _COLOURS[table.number % len(_COLOURS)]
        for cell in table.cells:
            home = cell.text.home
            for part in home.parts or (home,):
                if part.page and part.box:
                    found.setdefault(part.page, []).append((part.box, colour))
    return found
