"""Makes the pictures of the README: the page, an annotated PDF, the workbook.

Needs Chromium and LibreOffice Calc:

    python docs/pictures.py
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from browser import PROGRAM, Browser  # noqa: E402
from takeaway import OFFICE, converted, write  # noqa: E402

from extractor import extract  # noqa: E402

SOURCE = HERE.parent / "corpus" / "documents" / "report-bicycles-errors.pdf"
LARGEST = 200_000  # bytes of a picture


def save(picture: Any, name: str) -> None:
    """Saves a picture with as many colours as fit the size."""
    for colours in (256, 128, 64, 32, 16):
        target = HERE / name
        picture.convert("RGB").quantize(colours).save(target, optimize=True)
        if target.stat().st_size < LARGEST:
            break
    print(target.name, target.stat().st_size)


def page(result: Any, folder: Path) -> None:
    """The HTML page with a finding that stands on two pages."""
    wanted = next(n for n, f in enumerate(result.findings, 1) if len({e.place.page for e in f.evidence}) == 2)
    target = write("html", result, folder / "result.html")
    with Browser(1280, 860) as browser:
        browser.open(target, f"#f{wanted}")
        browser.picture(folder / "page.png")
    save(Image.open(folder / "page.png"), "page.png")


def annotated(result: Any, folder: Path) -> None:
    """The upper half of the page with the most notes."""
    document = pypdfium2.PdfDocument(write("pdf", result, folder / "checked.pdf"))
    pages = [e.place.page for f in result.findings for e in f.evidence]
    sheet = document[max(set(pages), key=pages.count) - 1]
    picture = sheet.render(scale=1.6, may_draw_forms=True).to_pil()
    save(picture.crop((0, 0, picture.width, picture.height * 6 // 10)), "annotated.png")


def workbook(result: Any, folder: Path) -> None:
    """The sheet of findings as LibreOffice prints it."""
    (printed,) = converted(write("xlsx", result, folder / "result.xlsx"), "pdf", folder)
    document = pypdfium2.PdfDocument(printed)
    sheet = next(s for s in document if "核实结论" in s.get_textpage().get_text_range())
    picture = sheet.render(scale=5).to_pil().convert("RGB")
    left, top, right, bottom = ImageChops.invert(picture).getbbox() or (0, 0, *picture.size)
    picture = picture.crop((left, top, left + (right - left) * 6 // 10, min(bottom, top + 1000)))
    picture.thumbnail((1500, 1000))
    save(picture, "workbook.png")


def main() -> None:
    """Makes what can be made with what is installed."""
    os.chdir(SOURCE.parent)  # so that the pictures name the file alone
    result = extract(SOURCE.name)
    with TemporaryDirectory() as name:
        folder = Path(name)
        annotated(result, folder)
        if PROGRAM:
            page(result, folder)
        if OFFICE:
            workbook(result, folder)


if __name__ == "__main__":
    main()
