"""Typesets a source as PDF with reportlab. STSong-Light needs no font file, so all machines make the same."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from making.grid import FONT, LEAD, SIDE, SIZE, Grid, cuts, lay, placed, wrap
from making.source import CONTENTS, PAGE, Line, Source, Table

EDGE, BODY, SPACE = 56.0, 10.5, 17.0
SIZES = {1: 17.0, 2: 14.0, 3: 12.0, 4: 11.0, 5: 10.5}
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def write(source: Source, target: Path) -> dict[str, int]:
    """Writes a source as PDF and returns the page of each heading; contents take a second pass."""
    pages = Press(source, target, {}).run()
    if any(isinstance(b, Line) and b.level == CONTENTS for b in source.blocks):
        pages = Press(source, target, pages).run()
    return pages


class Press:
    """The page being filled: ``y`` is the distance from its bottom that is still free."""

    def __init__(self, source: Source, target: Path, known: dict[str, int]) -> None:
        wide = source.about.get("orientation") == "landscape"
        self.width, self.height = landscape(A4) if wide else A4
        self.canvas = Canvas(str(target), pagesize=(self.width, self.height), invariant=1, pageCompression=1)
        self.source, self.known, self.pages = source, known, dict[str, int]()
        self.head = source.about.get("running_head", "")
        self.y = self.height - EDGE

    def run(self) -> dict[str, int]:
        """Sets all blocks and saves the file."""
        self.canvas.setTitle(self.source.name)
        for block in self.source.blocks:
            if isinstance(block, Table):
                self.table(block)
            elif block.level == PAGE:
                self.turn()
            elif block.level == CONTENTS:
                self.contents()
            else:
                self.line(block)
        self.dress()
        self.canvas.save()
        return self.pages

    def dress(self) -> None:
        """The running head and the page's number."""
        self.canvas.setFont(FONT, 8)
        if self.head:
            self.canvas.drawCentredString(self.width / 2, self.height - 34, self.head)
        if self.head or self.canvas.getPageNumber() > 1:
            self.canvas.drawCentredString(self.width / 2, 28, f"- {self.canvas.getPageNumber()} -")

    def turn(self) -> None:
        """Begins a new page."""
        self.dress()
        self.canvas.showPage()
        self.y = self.height - EDGE

    def line(self, line: Line) -> None:
        """A heading or a paragraph with its first line indented."""
        size = SIZES.get(line.level, BODY)
        text = line.text if line.level else "　　" + line.text
        rows = wrap(text, self.width - 2 * EDGE, size)
        if not line.level:
            rows[0] = "　　" + rows[0].lstrip()
        elif self.y < EDGE + 60:
            self.turn()
        for n, row in enumerate(rows):
            if self.y < EDGE + SPACE:
                self.turn()
            if line.level and not n:
                self.pages.setdefault(line.text, self.canvas.getPageNumber())
            self.put(row, size, centred=line.level == 1)
        self.y -= 3

    def put(self, text: str, size: float, centred: bool = False) -> None:
        """One line of text at the place that is free."""
        step = max(SPACE, size * 1.5)
        self.y -= step
        self.canvas.setFont(FONT, size)
        if centred:
            self.canvas.drawCentredString(self.width / 2, self.y, text)
        else:
            self.canvas.drawString(EDGE, self.y, text)

    def contents(self) -> None:
        """The headings with dots up to the page's number."""
        for heading in self.source.headings:
            number = str(self.known.get(heading.text, 0))
            text = "　" * (heading.level - 2) + heading.text
            room = self.width - 2 * EDGE
            dots = "."
            while pdfmetrics.stringWidth(text + dots + number, FONT, BODY) < room - 6:
                dots += "."
            self.put(text + dots + number, BODY)

    def table(self, table: Table) -> None:
        """Caption, unit line and the table, cut where pages end; its head is set again on each page."""
        if self.y < EDGE + 110:
            self.turn()
        if table.caption:
            self.put(table.caption, BODY, centred=True)
        if table.unit:
            self.y -= SPACE
            self.canvas.setFont(FONT, SIZE)
            self.canvas.drawRightString(self.width - EDGE, self.y, table.unit)
        self.y -= 6
        grid = lay(table, self.width - 2 * EDGE)
        head = grid.ys[table.head]
        breaks = cuts(grid, self.y - EDGE, self.height - 2 * EDGE - head)
        for number in range(len(breaks) - 1):
            if number:
                self.turn()
                self.slice(table, grid, [0.0, head, grid.ys[-1]], 0)
            self.slice(table, grid, breaks, number)
        self.y -= 8

    def slice(self, table: Table, grid: Grid, breaks: list[float], number: int) -> None:
        """The part of a table between two page breaks, rulings and text."""
        start, end = breaks[number], breaks[number + 1]
        for cell in table.cells:
            top, bottom = max(grid.ys[cell.row], start), min(grid.ys[cell.row + cell.rows], end)
            if bottom - top < 0.1:
                continue
            x0, x1 = EDGE + grid.xs[cell.col], EDGE + grid.xs[cell.col + cell.cols]
            self.canvas.setLineWidth(0.5)
            self.canvas.rect(x0, self.y - (bottom - start), x1 - x0, bottom - top)
            self.canvas.setFont(FONT, SIZE)
            for part, at, text in placed(grid, cell, breaks):
                if part == number:
                    self.canvas.drawString(x0 + SIDE, self.y - (at - start) - LEAD + 3, text)
        self.y -= end - start
