"""A highlight with its note, as PDF 1.7 (12.5.6.10) describes it, drawn so that every reader shows it.

The optional way back to the page (/P) is left out: some readers follow it round and round.
"""

from __future__ import annotations

from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from extractor.outputs.notes import AUTHOR
from extractor.outputs.pdf.frame import Frame, around
from extractor.outputs.pdf.marks import Mark

COLOURS = {"error": (1.0, 0.72, 0.68), "warning": (1.0, 0.88, 0.45), "info": (0.72, 0.86, 1.0)}
_PRINTED = 4  # the flag that lets an annotation print
_POPUP = (220.0, 140.0)  # points


def add_highlight(writer: PdfWriter, mark: Mark, frame: Frame, number: int) -> None:
    """Adds a mark to its page: the highlight and the window of its note."""
    page = writer.pages[mark.page - 1]
    quads = [frame.corners(box) for box in mark.boxes]
    highlight = _highlight(mark, quads, number)
    highlight[NameObject("/AP")] = DictionaryObject(
        {NameObject("/N"): writer._add_object(_drawn(mark, quads))}
    )
    reference = writer._add_object(highlight)
    popup = writer._add_object(_popup(reference, highlight, frame))
    highlight[NameObject("/Popup")] = popup
    _annotations(page).extend([reference, popup])


def _annotations(page: Any) -> Any:
    """The page's list of annotations, made if it has none."""
    if "/Annots" not in page:
        page[NameObject("/Annots")] = ArrayObject()
    return page["/Annots"].get_object()


def _highlight(mark: Mark, quads: list[Any], number: int) -> DictionaryObject:
    points = [coordinate for quad in quads for point in quad for coordinate in point]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): _floats(around(point for quad in quads for point in quad)),
            NameObject("/QuadPoints"): _floats(points),
            NameObject("/C"): _floats(COLOURS[mark.severity]),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Subj"): TextStringObject(mark.rule),
            NameObject("/NM"): TextStringObject(f"gouji-{number}"),
            NameObject("/Contents"): TextStringObject("\n\n".join(mark.notes)),
        }
    )


def _drawn(mark: Mark, quads: list[Any]) -> StreamObject:
    """The appearance: the quads filled with a colour that multiplies, so that the text shows through."""
    red, green, blue = COLOURS[mark.severity]
    paths = [f"{red} {green} {blue} rg /M gs"]
    for top_left, top_right, bottom_left, bottom_right in quads:
        steps = [f"{x:.2f} {y:.2f}" for x, y in (top_left, top_right, bottom_right, bottom_left)]
        paths.append(f"{steps[0]} m {steps[1]} l {steps[2]} l {steps[3]} l h f")
    state = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    states = DictionaryObject({NameObject("/M"): state})
    stream = StreamObject()
    stream.set_data("\n".join(paths).encode())
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = _floats(around(point for quad in quads for point in quad))
    stream[NameObject("/Resources")] = DictionaryObject({NameObject("/ExtGState"): states})
    return stream


def _popup(parent: Any, highlight: Any, frame: Frame) -> DictionaryObject:
    left, top = float(highlight["/Rect"][2]), float(highlight["/Rect"][3])
    width, height = _POPUP
    left = max(min(left, frame.right - width), frame.left)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Popup"),
            NameObject("/Rect"): _floats((left, top - height, left + width, top)),
            NameObject("/Parent"): parent,
        }
    )


def _floats(numbers: Any) -> ArrayObject:
    return ArrayObject(FloatObject(round(float(number), 3)) for number in numbers)
