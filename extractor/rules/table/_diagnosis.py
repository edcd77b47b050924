"""What explains that a total is not its sum: an addend left out, one counted twice, digits transposed,
a unit slip."""

from __future__ import annotations

from dataclasses import replace

from extractor.quantity import slip
from extractor.rules.table._additions import Addition
from extractor.rules.table._grid import Grid, Number
from extractor.rules.table._wording import spot_words


def diagnosis(grid: Grid, addition: Addition) -> str:
    """A clause in Chinese, "" when nothing explains the gap."""
    spread = addition.half + addition.total.half
    for number, sign in addition.addends:
        if number.value and abs(addition.gap + sign * number.value) <= spread:
            return f"差额正好是{spot_words(grid, number)}的 {number.text}，疑似漏计该项"
    for number, sign in addition.addends:
        if number.value and abs(addition.gap - sign * number.value) <= spread:
            return f"差额正好是{spot_words(grid, number)}的 {number.text}，疑似重复计入该项"
    stated = addition.total.quantity
    note = slip(stated, replace(stated, value=addition.computed))
    return note or _addend_slip(grid, addition)


def _addend_slip(grid: Grid, addition: Addition) -> str:
    """Whether one addend with two digits transposed would set the sum right."""
    found: list[Number] = []
    for number, sign in addition.addends:
        wanted = number.value + sign * addition.gap
        quantity = number.quantity
        if wanted > 0 and "颠倒" in slip(quantity, replace(quantity, value=wanted)):
            found.append(number)
    if len(found) != 1:
        return ""
    return f"若{spot_words(grid, found[0])}的 {found[0].text} 有两位数字颠倒，则相符"
