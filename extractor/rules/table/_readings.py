"""Which lines a total may sum: every reading that the table's structure allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractor.rules.table._shape import TOTALS, Shape, added_up

_ITEMS = frozenset({"item", "less"})
_FEWEST = 2
_LONG = 200


@dataclass(frozen=True, slots=True)
class Sum:
    """A reading: the numbers (in the shape's order) of the lines that a total is the sum of. ``name``
    says how chosen; one that takes lines for ``items`` against their names (减灾物资, 年均养护) tells only that a
    total holds."""

    name: str
    members: tuple[int, ...]
    items: bool = False


def of_total(shape: Shape, at: int) -> tuple[Sum, ...]:
    """The readings of a line that is called a total, each set of lines once."""
    found = [Sum(n, tuple(m)) for n, m in _of_total(shape, at)]
    named = [i for i in shape.block(at) if shape.lines[i].kind == "mean"]
    means = [Sum(s.name, tuple(sorted({*s.members, *named})), True) for s in found] if named else []
    return _each_once([*_also_unsigned(shape, found), *means])


def _also_unsigned(shape: Shape, found: Sequence[Sum]) -> Iterator[Sum]:
    """The readings, and each once more with what its name takes for a deduction added."""
    yield from found
    for one in found:
        if any(shape.lines[i].kind == "less" for i in one.members):
            yield Sum(one.name, one.members, items=True)


def of_parent(shape: Shape, at: int) -> tuple[Sum, ...]:
    """The readings of a numbered line that deeper lines follow."""
    below = [i for i in shape.below(at) if shape.lines[i].kind in _ITEMS]
    numbered = [i for i in below if shape.lines[i].depth]
    if not numbered:
        return ()
    top = min(shape.lines[i].depth for i in numbered)
    children = [i for i in below if shape.lines[i].depth == top and not shape.lines[i].part]
    loose = [i for i in below if shape.lines[i].depth in (0, top)]
    bottoms = [i for i in below if not shape.below(i)]
    found = [("下级", children), ("下级和未编号", loose), ("末级", bottoms)]
    sums = [Sum(n, tuple(m)) for n, m in found]
    named = [i for i in shape.below(at) if shape.lines[i].kind == "mean"]
    means = [Sum(s.name, tuple(sorted({*s.members, *named})), True) for s in sums] if named else []
    return _each_once([*_also_unsigned(shape, sums), *means])


def of_whole(shape: Shape, at: int) -> tuple[Sum, ...]:
    """The readings of a line that 其中 follows: its first k parts."""
    parts = [i for i in shape.parts(at) if shape.lines[i].kind in _ITEMS]
    first = [Sum(f"其中{n}项", tuple(parts[:n])) for n in range(_FEWEST, len(parts) + 1)]
    return tuple(_also_unsigned(shape, first))


def _of_total(shape: Shape, at: int) -> Iterator[tuple[str, Sequence[int]]]:
    block = shape.block(at)
    above, below = range(block.start, at), range(at + 1, block.stop)
    yield from _by_group(shape, at, block)
    yield from _by_name(shape, at, block)
    for name, lines in (("上方", above), ("下方", below)):
        near = _to_total(shape, lines, TOTALS, name == "上方")
        yield from _picked(shape, near, f"{name}至前一合计")
        if len(near) > 1 and shape.lines[at].kind == "subtotal" and len(shape.lines) > _LONG:
            continue
        far = _to_total(shape, lines, frozenset({"total"}), name == "上方")
        if far != near:
            yield from _picked(shape, far, f"{name}至前一总计")
        if len(lines) not in (len(near), len(far)):
            yield from _picked(shape, list(lines), f"{name}全部")


def _by_group(shape: Shape, at: int, block: range) -> Iterator[tuple[str, Sequence[int]]]:
    """The other lines under the same merged cell."""
    for level, cell in enumerate(shape.lines[at].path):
        mates = [i for i in block if i != at and any(c is cell for c in shape.lines[i].path)]
        if mates:
            yield from _picked(shape, mates, f"同组{level}")


def _by_name(shape: Shape, at: int, block: range) -> Iterator[tuple[str, Sequence[int]]]:
    """Lines of the same name under other heads: 总计/合同分摊 sums every …/合同分摊."""
    path = shape.lines[at].path
    if len(path) > 1:
        name = path[-1].text.flat
        mates = [i for i in block if i != at and len(shape.lines[i].path) > 1]
        same = [
            i for i in mates if shape.lines[i].path[-1].text.flat == name and shape.lines[i].kind in _ITEMS
        ]
        yield "同名", same


def _to_total(shape: Shape, lines: range, stops: frozenset[str], upwards: bool) -> list[int]:
    """The lines next to a total up to another total."""
    found: list[int] = []
    for i in reversed(lines) if upwards else lines:
        if shape.lines[i].kind in stops:
            break
        found.append(i)
    return found[::-1] if upwards else found


def _picked(shape: Shape, lines: Sequence[int], name: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Ways to pick from lines those that a total sums, without counting anything twice."""
    items = [i for i in lines if shape.lines[i].kind in _ITEMS]
    plain = [i for i in items if not shape.lines[i].part]
    yield f"{name}:各项", items
    yield f"{name}:除其中", plain
    yield f"{name}:除率", [i for i in plain if added_up(shape.lines[i])]
    yield f"{name}:除其中各项", [i for i in plain if i not in shape.in_parts]
    yield f"{name}:除暗含下级", [i for i in items if i not in shape.nested]
    numbered = [i for i in plain if shape.lines[i].depth]
    if numbered:
        top = min(shape.lines[i].depth for i in numbered)
        yield f"{name}:最高级", [i for i in numbered if shape.lines[i].depth == top]
        yield f"{name}:最高级和未编号", [i for i in plain if shape.lines[i].depth in (0, top)]
        yield f"{name}:末级", [i for i in plain if not shape.below(i)]
    subtotals = [i for i in lines if shape.lines[i].kind in TOTALS]
    if subtotals:
        small = [i for i in subtotals if shape.lines[i].kind == "subtotal"]
        last = max(subtotals)
        loose = [i for i in items if i > last]
        yield f"{name}:小计", small
        yield f"{name}:各合计", subtotals
        yield f"{name}:小计和其后", sorted([*small, *loose])
        yield f"{name}:小计和组外", sorted([*small, *_outside(shape, items, small)])
    memo = [i for i in lines if shape.lines[i].kind == "memo"]
    if memo:
        yield f"{name}:含备查", sorted([*plain, *memo])


def _outside(shape: Shape, items: Sequence[int], subtotals: Sequence[int]) -> list[int]:
    """Items that share no merged cell with a subtotal."""
    cells = {id(c) for s in subtotals for c in shape.lines[s].path}
    return [i for i in items if not any(id(c) in cells for c in shape.lines[i].path)]


def _each_once(sums: Iterable[Sum]) -> tuple[Sum, ...]:
    """The readings with at least two lines, each set of lines once."""
    seen: dict[tuple[tuple[int, ...], bool], Sum] = {}
    for found in sums:
        if len(found.members) >= _FEWEST:
            seen.setdefault((found.members, found.items), found)
    return tuple(seen.values())
