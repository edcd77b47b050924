"""Which rows of a table are the heads of indicators, over how many lines, and what each of them says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import regex

from extractor.document import Table
from extractor.quantity import read
from extractor.recognise.head_endings import by_endings
from extractor.recognise.heads import LEVELS, VALUES, Head, Heads, row_meanings
from extractor.recognise.years import year_in
from extractor.vocabulary import words

_MONEY = ("initial", "full_year", "executed", "rate")
_PIECE = 8
_PART_OF_TARGET = regex.compile(r"符号|性质|单位|数|值|^$")
_NUMBER = regex.compile(r"数\s*值|数量值|值")
_FUNDS = regex.compile(r"资金|预算|经费|投资")
_MOST_LINES = 3


def head_lines(table: Table, row: int) -> tuple[int, dict[int, Head]] | None:
    """The heads that begin at a row, over as many rows as they take: the last row and each column's head."""
    found = heads_in_row(table, row)
    joined = _broken(table, row, found)
    if joined is not None and _is_head(joined):
        return row + 1, joined
    last = row
    found = found if _is_head(found) else by_endings(found)
    if not _is_head(found):
        return None
    while last + 1 < table.n_rows and last - row < _MOST_LINES - 1 and _goes_on(table, last, found):
        found = _merged(found, heads_in_row(table, last + 1))
        last += 1
    return last, {c: h for c, h in found.items() if not _is_side(table, row, last, c)}


def heads_in_row(table: Table, row: int) -> dict[int, Head]:
    """The heads of one row's own cells, unknown ones with no meaning, and known ones that reach down to
    it."""
    meaning = words("columns").meaning
    found: dict[int, Head] = {}
    for cell in table.row(row):
        said = meaning(cell.text.flat) or ""
        if cell.row == row or (said and cell.row + cell.rowspan - 1 == row):
            found |= {
                c: Head(said, cell.text.flat, cell.col) for c in range(cell.col, cell.col + cell.colspan)
            }
    return found


def _is_head(found: Mapping[int, Head]) -> bool:
    """Whether heads are those of indicators: a level and a value, most of them known; or two levels by their
    names."""
    meanings = {h.meaning for h in found.values()}
    levels = meanings & set(LEVELS)
    cells = {h.start: h for h in found.values() if h.printed}
    known = sum(bool(h.meaning) for h in cells.values())
    if len(levels) >= 2 and any("二级" in h.printed or "三级" in h.printed for h in cells.values()):
        return len(cells) > len(levels)
    if levels:
        return bool(meanings & (VALUES - {"source"})) and known * 2 >= len(cells)
    return _gives_points(found)


def _gives_points(found: Mapping[int, Head]) -> bool:
    """Whether heads are those of points given for what was reached, which no other table has: a weight, two of
    target, actual, score and rule, none of money, and left of them a head that names no value: that of the
    names, whatever its words."""
    meanings = {h.meaning for h in found.values()}
    if "weight" not in meanings or len(meanings & {"target", "actual", "score", "rule"}) < 2:
        return False
    if any(words("funds").meaning(h.printed) in _MONEY for h in found.values()):
        return False
    first = min(c for c, h in found.items() if h.meaning in VALUES)
    return any(h.printed and not h.meaning and c < first for c, h in found.items())


def _is_side(table: Table, first: int, last: int, col: int) -> bool:
    """Whether the cell at the heads' left runs on beside the rows (绩效指标): it names the area and heads no
    column."""
    cell = table.at(first, col)
    return cell is not None and cell.row + cell.rowspan - 1 > last


def _goes_on(table: Table, row: int, found: Mapping[int, Head]) -> bool:
    """Whether the row below holds a second line of heads: its own cells are heads, or parts of wide ones
    above."""
    own = [c for c in table.row(row + 1) if c.row == row + 1 and c.text]
    if not own:
        return False
    meaning = words("columns").meaning
    if all(meaning(c.text.flat) and c.col in found for c in own):
        return True
    above = {c.col: table.at(row, c.col) for c in own}
    words_only = not any(read(c.text.flat) and not year_in(c.text.flat) for c in own)
    under_wide = all(
        (a := above[c.col]) is not None
        and (a.colspan > 1 or (a.rowspan == 1 and a.col == c.col and words_only))
        and a.text
        and len(c.text) <= _PIECE + 4
        for c in own
    )
    divided = any((a := above[c.col]) is not None and c.colspan < a.colspan for c in own)
    through = any(c.text and c.row <= row < c.row + c.rowspan - 1 and c.col in found for c in table.row(row))
    return under_wide and divided and through


def _merged(upper: Mapping[int, Head], lower: Mapping[int, Head]) -> dict[int, Head]:
    """Two lines of heads as one: 二级指标 over 名称 and 权重 is the level and the level's weight."""
    done = dict(upper)
    under = Counter(h.start for h in {low.start: upper[c] for c, low in lower.items() if c in upper}.values())
    for col, low in lower.items():
        high = upper.get(col)
        if high is None:
            done[col] = low
        elif high.meaning == "target" and not low.meaning and under[high.start] == 1 and year_in(low.printed):
            done[col] = high._replace(printed=high.printed + low.printed)  # 2019年 alone under 本年目标
        elif (
            not high.meaning and _FUNDS.search(high.printed) and words("funds").meaning(low.printed) in _MONEY
        ):
            done[col] = Head("", high.printed + low.printed, low.start)
        elif high.meaning in LEVELS and low.meaning not in LEVELS:
            own = f"{low.meaning}:{high.meaning}" if low.meaning in ("weight", "score") else high.meaning
            done[col] = Head(own, low.printed, low.start)
        elif low.meaning == "measure" and high.meaning == "actual":
            done[col] = high
        elif low.meaning:
            done[col] = _of_owner(high, low, lower)
        else:
            done[col] = _part_of(high, low)
    return done


def _of_owner(high: Head, low: Head, lower: Mapping[int, Head]) -> Head:
    """A known head with the year or the owner that stands over it: 2023年 over 目标值 is 2023年目标值, and so
    with any unknown word (a town) over a head that is printed again beside it."""
    again = any(h.printed == low.printed and h.start != low.start for h in lower.values())
    named = again or (year_in(high.printed) is not None and year_in(low.printed) is None)
    return low._replace(printed=high.printed + low.printed) if named and not high.meaning else low


def _part_of(high: Head, low: Head) -> Head:
    """An unknown head under a known one: a part of a split target (数值), or a column of its own (2021年,
    部门复评)."""
    if high.meaning == "target" and not _PART_OF_TARGET.search(low.printed):
        return low
    if high.meaning == "rule" and low.printed:
        return low
    if high.meaning == "actual" and _NUMBER.fullmatch(low.printed):
        return high
    if high.meaning in ("target", "") or not low.printed:
        return Head(high.meaning, high.printed, high.start if high.meaning else low.start)
    return Head(high.meaning, low.printed, low.start)


def _broken(table: Table, row: int, found: Mapping[int, Head]) -> dict[int, Head] | None:
    """Heads whose words are broken over two rows (年度指 above 标值): the joined ones, if they are better
    heads."""
    if row + 1 >= table.n_rows:
        return None
    lower = heads_in_row(table, row + 1)
    texts = [h.printed for h in (*found.values(), *lower.values())]
    if found.keys() != lower.keys() or max(map(len, texts), default=99) > _PIECE:
        return None
    if any(c.isdigit() for text in texts for c in text):
        return None
    meaning = words("columns").meaning
    joined = {c: found[c].printed + lower[c].printed for c in found}
    heads = {c: Head(meaning(j) or "", j, found[c].start) for c, j in joined.items()}
    before = max(_known(found), _known(lower))
    return heads if _known(heads) - before >= 2 else None


def _known(found: Mapping[int, Head]) -> int:
    return sum(bool(head.meaning) for head in found.values())


def sub_heads(table: Table, row: int, heads: Heads) -> Heads | None:
    """Heads in mid-table that rename some columns (应达到值 | 实际达到值) while the levels go on."""
    found = row_meanings(table, row, words("columns"))
    meanings = {m for m, _ in found.values()}
    if len(meanings & VALUES) < 2 or meanings & set(LEVELS):
        return None
    if any(c.text and c.col not in found for c in table.row(row) if c.row == row):
        return None
    merged = {c: (heads.columns[c], heads.printed[c]) for c in heads.columns if heads.columns[c] in LEVELS}
    merged |= {c: (m, cell.text.flat) for c, (m, cell) in found.items()}
    return Heads(
        row, row, {c: m for c, (m, _) in merged.items()}, {c: p for c, (_, p) in merged.items()}, heads.units
    )
