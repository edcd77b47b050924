"""正文把表中的几项并列起来写合计，合计数与这几项在表中的数字之和不符。

并列的每一项都要在同一张表里找到唯一的行；表中任何一列的和与合计数相合的，不指出。不相合的，还要有旁证：别处并列同样几项而写的
数与表中之和相符，或者合计数与表中之和只差一处笔误。列举以“等”字结尾的，只凭别处的旁证，合计数就是表中某个
数（如全表合计）的也不指出。写的是上年、计划、申报、其中一部分的，
不比较。

错误示例::

    场地维修、设备更换、标识更新合计 92.30 万元，超出原定范围。

    年初未列场地维修、设备更换、标识更新，故核减 62.30 万元。

    表1 支出明细（单位：万元）

    | 项目 | 申报 | 核定 |
    |---|---|---|
    | 人员经费 | 310.20 | 305.00 |
    | 场地维修 | 12.10 | 0.00 |
    | 设备更换 | 38.60 | 0.00 |
    | 标识更新 | 11.60 | 0.00 |

正确示例::

    场地维修、设备更换、标识更新合计 62.30 万元，超出原定范围。

    年初未列场地维修、设备更换、标识更新，故核减 62.30 万元。

    表1 支出明细（单位：万元）

    | 项目 | 申报 | 核定 |
    |---|---|---|
    | 人员经费 | 310.20 | 305.00 |
    | 场地维修 | 12.10 | 0.00 |
    | 设备更换 | 38.60 | 0.00 |
    | 标识更新 | 11.60 | 0.00 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.claims import Reading
from extractor.facts import Figure
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import Interval, find, slipped
from extractor.recognise.prose import passages
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._listed import Listed, listed_items, plain
from extractor.rules.table._reading import grids
from extractor.rules.table._shape import TOTALS
from extractor.rules.table._wording import addends, middle, rounded

RULE = "listed-total"
FOLLOWS = ("values-disagree", "passages-disagree", "table-totals")
_BEFORE_NAME = regex.compile(r"^(?:[\d一二三四五六七八九十]{1,2}[.、．]|其他[:：]|其中[:：])")
_LEAST = 2


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each total of listed items that their rows do not make."""
    listed = list(listed_items(reading))
    for grid in grids(reading) if listed else ():
        named = _named(grid)
        for one in listed:
            rows = [_row(name, named) for name in one.names]
            if None not in rows and len(set(map(id, rows))) == len(rows):
                yield from _compared(reading, grid, one, [r for r in rows if r is not None])


def _named(grid: Grid) -> dict[str, Line | None]:
    """The rows by name; None where two rows bear it."""
    found: dict[str, Line | None] = {}
    for line in grid.rows:
        name = _BEFORE_NAME.sub("", plain(line.name))
        if line.kind not in TOTALS and len(name) >= _LEAST:
            found[name] = None if name in found else line
    return found


def _row(item: str, named: dict[str, Line | None]) -> Line | None:
    """The row of a listed item: its own name, or the one that it ends with or leaves a character of out."""
    if item in named:
        return named[item]
    fits = [n for n in named if (len(n) > _LEAST and item.endswith(n)) or _nearly(item, n)]
    longest = max(fits, key=len, default="")
    return named.get(longest)


def _nearly(item: str, name: str) -> bool:
    """2楼卫生间改造 and 2卫生间改造: one character more among many."""
    short, long = sorted((item, name), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return len(short) >= 6 and len(long) == len(short) + 1 and long[at + 1 :] == short[at:]


def _compared(reading: Reading, grid: Grid, one: Listed, rows: Sequence[Line]) -> Iterator[Finding]:
    sums = [
        (numbers, sum((grid.base(n) for n in numbers[1:]), grid.base(numbers[0])))
        for column in grid.columns
        if len(numbers := [n for r in rows if (n := grid.number(r, column)) and _same(grid, n, one)])
        == len(rows)
    ]
    if not sums or any(total.meets(one.quantity.base()) for _, total in sums):
        return
    if one.open and any(
        _same(grid, n, one) and grid.base(n).meets(one.quantity.base()) for n in grid.numbers.values()
    ):
        return  # 甲、乙等合计: what all rows make
    for numbers, total in sums:
        witness = _witness(reading, one, total)
        if witness is None and (one.open or not slipped(one.quantity, middle(total) / one.quantity.scale)):
            continue
        yield _finding(grid, one, numbers, total, witness)
        return


def _same(grid: Grid, number: Number, one: Listed) -> bool:
    return grid.unit_of(number).dimension == one.quantity.dimension


def _witness(reading: Reading, one: Listed, total: Interval) -> Evidence | None:
    """Where the same items are told again with what the table's rows make."""
    for block, _, text in passages(reading.document):
        for sentence in regex.finditer(r"[^。；;\n]+", text.string):
            words = plain(sentence[0])
            if block == one.block and sentence[0] in one.sentence:
                continue
            if all(name in words for name in one.names):
                for quantity in find(sentence[0]):
                    if quantity.dimension == one.quantity.dimension and quantity.base().meets(total):
                        at = sentence.start()
                        cut = text.cut(quantity.start + at, quantity.end + at)
                        return evidence(Figure(cut, quantity), "别处所写", "stated", sentence[0][:200])
    return None


def _finding(
    grid: Grid, one: Listed, numbers: Sequence[Number], total: Interval, witness: Evidence | None
) -> Finding:
    unit = grid.unit_of(numbers[0])
    digits = max(n.quantity.precision for n in numbers)
    expected = f"{rounded(middle(total) / unit.scale, digits):,f} {unit.text}"
    names = "、".join(one.names)
    also = f"，别处写这几项时也是 {witness.text}" if witness else ""
    return Finding(
        rule=RULE,
        severity="error" if witness else "warning",
        subject=names[:40],
        message=f"{names}：正文写合计 {one.figure.string}，按{grid.title}所列各项相加为 {expected}{also}。",
        evidence=(
            evidence(one.figure, "正文所写合计", "stated", one.sentence[:200]),
            *((witness,) if witness else ()),
            *addends(grid, numbers),
        ),
        expected=expected,
        actual=one.figure.string,
        impact="正文的合计数与表中各项不符，影响据此得出的结论",
        confidence=0.9 if witness else 0.75,
    )
