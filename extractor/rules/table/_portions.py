"""Shares that are not the part divided by its whole: the total line, the group's subtotal or sum, or a whole
that stands nowhere but by which all other shares are computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.quantity import Interval, most_met
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Found, is_share
from extractor.rules.table._relations import scale_of
from extractor.rules.table._shape import TOTALS

_NAMED = regex.compile(r"累计|占|比例$|比重|构成")
_NEAREST = 4
_FEWEST, _DIGITS = 3, 9


@dataclass(frozen=True, slots=True)
class _Part:
    """A share, its part and its whole: the figures that make the whole, or none where it was inferred."""

    line: Line
    stated: Number
    part: Number
    whole: Interval
    inputs: tuple[Number, ...] = ()

    @property
    def computed(self) -> Interval:
        return self.part.interval / self.whole / Interval.point(scale_of(self.stated))

    @property
    def holds(self) -> bool:
        return self.computed.meets(self.stated.interval)

    @property
    def tells(self) -> bool:
        return self.stated.value * scale_of(self.stated) not in (0, 1)

    def solved(self, number: Number) -> Interval | None:
        """What each figure must be, the others taken as printed."""
        share = self.stated.interval.scaled(scale_of(self.stated))
        if number.spot == self.stated.spot:
            return self.computed
        if number.spot == self.part.spot:
            return share * self.whole
        if len(self.inputs) == 1 and number.spot == self.inputs[0].spot and share.low > 0:
            return self.part.interval / share
        return None


Triple = tuple[Line, Number, Number]
Wholes = Callable[[Finder, Line, Sequence[Triple]], list[_Part]]


def portions(finder: Finder) -> Iterator[Found]:
    """The shares of each field that its best reading contradicts; none where some reading fits them all."""
    for share in finder.fields:
        if finder.ratios[share.at] and (is_named(share) or of_all(finder, share)):
            yield from _of_field(finder, share)


def whole_shares(finder: Finder) -> Iterator[Found]:
    """Totals of shares that make 100 between them, printed as anything else."""
    for share in finder.fields:
        if not finder.ratios[share.at] or finder.grid.turned:
            continue
        column = list(zip(finder.lines, finder.columns[share.at], strict=True))
        items = [n for line, n in column if line.kind == "item" and n is not None and n.value >= 0]
        totals = [(line, n) for line, n in column if line.kind == "total" and n is not None]
        if len(items) < _FEWEST or len(totals) != 1 or any(line.kind == "subtotal" for line, _ in column):
            continue
        half = sum((n.half for n in items), Decimal(0))
        (line, total), made = totals[0], sum((n.value for n in items), Decimal(0))
        whole, values = 1 / scale_of(total), [n.value for n in items]
        if min(values) <= total.value <= max(values):  # the rate of all, as it seems
            continue
        if half > 0 and abs(made - whole) <= half and abs(total.value - whole) > half + total.half:
            yield _wrong_total(finder, share, line, total, tuple(items), whole)


def _wrong_total(
    finder: Finder, share: Line, line: Line, total: Number, items: tuple[Number, ...], whole: Decimal
) -> Found:
    def solved(number: Number) -> Interval | None:
        return Interval.point(whole) if number.spot == total.spot else None

    words = f"{finder.grid.brief(share)}的合计＝各项占比之和"
    return line, share, total, items, Interval.point(whole), words, len(items), len(items) + 1, True, solved


def is_named(share: Line) -> bool:
    """Whether a field's name says that it holds shares of a whole, or of the whole plan so far."""
    return is_share(share) or bool(_NAMED.search(share.label))


def of_all(finder: Finder, share: Line) -> bool:
    """Whether a total line prints 100%."""
    return any(
        n is not None and line.kind == "total" and n.value * scale_of(n) == 1
        for line, n in zip(finder.lines, finder.columns[share.at], strict=True)
    )


def _of_field(finder: Finder, share: Line) -> Iterator[Found]:
    best: tuple[Line, str, list[_Part]] | None = None
    for amount in _amounts(finder, share):
        lines = zip(finder.lines, finder.columns[share.at], finder.columns[amount.at], strict=True)
        triples = [(line, s, p) for line, s, p in lines if s and p and s.ratio and not p.ratio]
        for words, wholes in _WHOLES:
            parts = wholes(finder, amount, triples)
            failing = sum(not p.holds for p in parts)
            if not _borne_out(parts, failing) or (wholes is _inferred and best is not None):
                continue
            if not failing and (best is None or _excuses(parts, best[2])):
                return
            if best is None or (len(parts) - 2 * failing) > len(best[2]) - 2 * sum(
                not p.holds for p in best[2]
            ):
                best = (amount, words, parts)
    if best is not None:
        yield from _found(finder, share, *best)


def _excuses(parts: Sequence[_Part], best: Sequence[_Part]) -> bool:
    """Whether a reading that holds everywhere speaks of the lines in which another fails."""
    lines = {p.line.at for p in parts}
    return all(p.line.at in lines for p in best if not p.holds)


def _borne_out(parts: Sequence[_Part], failing: int) -> bool:
    """Whether at least two shares that tell something hold, and twice as many as fail."""
    held = len(parts) - failing
    return sum(p.tells for p in parts if p.holds) > 1 and held >= 2 * failing


def _amounts(finder: Finder, share: Line) -> list[Line]:
    """The fields of amounts nearest before a share, then the two after it."""
    plain = [f for f in finder.fields if not finder.ratios[f.at]]
    before = [f for f in plain if f.at < share.at]
    return [*before[: -_NEAREST - 1 : -1], *[f for f in plain if f.at > share.at][:2]]


def _of_total(finder: Finder, amount: Line, triples: Sequence[Triple]) -> list[_Part]:
    """By the one total line."""
    totals = [line for line in finder.lines if line.kind == "total"]
    whole = finder.grid.number(totals[0], amount) if len(totals) == 1 else None
    if whole is None or whole.value <= whole.half:
        return []
    kinds = ("item", "subtotal", "total")
    return [_Part(line, s, p, whole.interval, (whole,)) for line, s, p in triples if line.kind in kinds]


def _of_full(finder: Finder, amount: Line, triples: Sequence[Triple]) -> list[_Part]:
    """By the amount of the one line whose share is 100%, where no total line is: the last of what has come together."""
    if any(line.kind == "total" for line in finder.lines):
        return []
    full = [p for _, s, p in triples if s.value * scale_of(s) == 1]
    if len(full) != 1 or full[0].value <= full[0].half:
        return []
    whole = full[0]
    return [_Part(line, s, p, whole.interval, (whole,)) for line, s, p in triples if p.value <= whole.value]


def _of_subtotal(finder: Finder, amount: Line, triples: Sequence[Triple]) -> list[_Part]:
    """By the subtotal under the same merged cell, else the next one below."""
    bases = _subtotals(finder)
    found = []
    for line, s, p in triples:
        base = bases.get(line.at)
        whole = finder.grid.number(base, amount) if base is not None else None
        if whole is not None and whole.value > whole.half:
            found.append(_Part(line, s, p, whole.interval, (whole,)))
    return found


def _subtotals(finder: Finder) -> dict[int, Line]:
    """For each line the subtotal or total that counts it."""
    by_cell = {id(line.path[0]): line for line in finder.lines if line.kind in TOTALS and len(line.path) > 1}
    found: dict[int, Line] = {}
    below: Line | None = None
    for line in reversed(finder.lines):
        below = line if line.kind in TOTALS else below
        base = by_cell.get(id(line.path[0]), below) if line.path else below
        if base is not None:
            found[line.at] = base
    return found


def _of_group(finder: Finder, amount: Line, triples: Sequence[Triple]) -> list[_Part]:
    """By the sum of the items under the same merged cell, which has no subtotal."""
    groups: dict[int, list[Triple]] = {}
    for triple in triples:
        if triple[0].kind == "item" and len(triple[0].path) > 1:
            groups.setdefault(id(triple[0].path[0]), []).append(triple)
    found = []
    for group in groups.values():
        middle = sum((p.value for _, _, p in group), Decimal(0))
        half = sum((p.half for _, _, p in group), Decimal(0))
        if len(group) > 1 and middle > half:
            whole = Interval(middle - half, middle + half)
            found += [_Part(line, s, p, whole) for line, s, p in group]
    return found


def _inferred(finder: Finder, amount: Line, triples: Sequence[Triple]) -> list[_Part]:
    """By the whole that the most shares agree on, if they are nearly all and say it to three digits."""
    given = [t for t in triples if t[0].kind == "item" and _digits(t) and t[2].value > t[2].half]
    wholes = [p.interval / s.interval.scaled(scale_of(s)) for _, s, p in given if s.interval.low > 0]
    if len(wholes) < _FEWEST:
        return []
    whole = most_met(wholes)
    held = (
        [t for t, w in zip(given, wholes, strict=True) if w.meets(whole)] if len(wholes) == len(given) else []
    )
    told = {(t[1].value, t[2].value): _digits(t) for t in held}
    narrow = (whole.high - whole.low) * 200 <= whole.high
    if (
        len(told) < _FEWEST
        or sum(told.values()) < _DIGITS
        or len(given) - len(held) > len(held) // 3
        or not narrow
    ):
        return []
    return [_Part(line, s, p, whole) for line, s, p in given]


def _digits(triple: Triple) -> int:
    """What a share tells: its digits, or those of a rounded part if they are fewer; 0 for 0 and 100%."""
    _, share, part = triple
    if share.value * scale_of(share) in (0, 1):
        return 0
    rounded = (share, part) if part.half else (share,)
    return min(4, *(len(n.value.as_tuple().digits) for n in rounded))


def _adds_up(whole: _Part, parts: Sequence[_Part]) -> bool:
    """Whether the share of the whole itself is what the printed shares make: 100.01 of rounded ones."""
    others = [p.stated.value for p in parts if p.line.kind == "item"]
    itself = all(n.spot == whole.part.spot for n in whole.inputs)
    return itself and whole.line.kind in TOTALS and sum(others, Decimal(0)) == whole.stated.value


_WHOLES: tuple[tuple[str, Wholes], ...] = (
    ("{amount}÷{amount}的合计", _of_total),
    ("{amount}÷占比为 100%一行的数", _of_full),
    ("{amount}÷所在组小计", _of_subtotal),
    ("{amount}÷同组各项之和", _of_group),
    ("{amount}÷总数（由其余各行推得）", _inferred),
)


def _found(finder: Finder, share: Line, amount: Line, words: str, parts: Sequence[_Part]) -> Iterator[Found]:
    name = finder.grid.brief
    formula = f"{name(share)}＝{words.format(amount=name(amount))}"
    held = sum(p.holds for p in parts)
    for part in parts:
        if not part.holds and not _adds_up(part, parts):
            inputs = (part.part, *part.inputs)
            yield (
                part.line, share, part.stated, inputs, part.computed, formula, held, len(parts), True, part.solved,
            )  # fmt: skip
