"""Parts told after 其中 or 按用途分 that miss their total by what one slip of the pen explains.

Such lists may leave parts out, so a mere difference says nothing; one digit or two neighbours that make it hold do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractor.quantity import slipped
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake
from extractor.rules.text._sums import total

_CUE = regex.compile(r"其中|分别|包括|包含|[按分][一-鿿]{0,8}[分为][:：]?|用于|构成")
_STOP = regex.compile(r"[。；;]|另|此外|上年|去年|同期|结余|剩余|[增减]|比|较|率|人均|户均|每")
_BESIDE = regex.compile(r"^[，,、][人户亩件次]均[一-鿿]{0,4}$")
_HALF = regex.compile(
    r"[；;](?!.*(?:另|此外|上年|去年|同期|结余|剩余|[增减]|比|较|率|均|每|支[出付]|使用|执行|到位|下达|拨付|收入|预算|总|合计|共))"
    r"[^，,。；;：:]{2,10}"
)
_HIDDEN = regex.compile(r"等|主要(?!用于|包括|是)|部分|重点")
_ACT = regex.compile(
    r"^(?:全年|当年|累计|实际|已)*(?:支出|支付|执行|使用|拨付|完成)(?:资金|金额|数)?(?:为|了)?$"
)
_EACH = regex.compile(r"每|单价|标准|均")
_REST = regex.compile(r"其余|剩余|余下|其他|另|不足部分")
_END = regex.compile(r"[。；;\n]")
_LEAD = regex.compile(r"^(?:其中|包括|分别|有|为|[:：])+|(?:为|是|有|达|约)$")
_FAMILIES = ("money", "count", "area", "length")
_MOST_PARTS = 9


def slipped_sum_mistakes(paragraph: Sentence) -> Iterator[Mistake]:
    """Runs of parts in a paragraph that one slip parts from the total told before them."""
    figures = paragraph.figures
    number = 0
    while number < len(figures):
        run = _run(figures, number) if _CUE.search(figures[number].before) else []
        if len(run) >= 2:
            yield from _checked(paragraph, run, figures[:number])
        number += max(len(run), 1)


def _run(figures: Sequence[Said], first: int) -> list[Said]:
    """The figures of one kind that follow each other from a cue on."""
    found = [figures[first]]
    if not _fit(found[0], found[0]):
        return []
    for said in figures[first + 1 : first + _MOST_PARTS]:
        if _BESIDE.match(said.before):
            continue
        stops = _ACT.match(said.lead) or (_STOP.search(said.before) and not _next_half(said))
        if not _fit(said, found[0]) or stops or _CUE.search(said.before):
            break
        found.append(said)
    return found


def _next_half(said: Said) -> bool:
    """Whether a part stands alone behind a semicolon: 其中设备 312.46 万元；运费 8.15 万元. Only exact amounts."""
    return said.family == "money" and said.quantity.precision > 1 and bool(_HALF.fullmatch(said.before))


def _fit(said: Said, like: Said) -> bool:
    q = said.quantity
    return (
        said.alone
        and not said.depth
        and not q.malformed
        and q.op != "~"
        and said.family in _FAMILIES
        and (q.dimension, q.scale) == (like.quantity.dimension, like.quantity.scale)
    )


def _checked(paragraph: Sentence, run: list[Said], before: Sequence[Said]) -> Iterator[Mistake]:
    told = [f for f in before if _fit(f, run[0]) and not _EACH.search(f.lead)]
    sums = [total(run[:n]) for n in range(2, len(run) + 1)]  # what follows the parts may be something else
    wholes = told[-3:]
    if not wholes or any(s.meets(w.base) for w in told for s in sums):
        return
    if any(_HIDDEN.search(f.before) for f in run) or _goes_on(paragraph, run[-1]) or _overlap(run):
        return
    for whole in reversed(wholes):
        slips = [f for f in (whole, *run) if _explains(f, whole, run)]
        if slips:
            how = "、".join(p.string for p in run) + " 之和"
            yield Mistake(
                paragraph,
                whole,
                tuple(run),
                total(run),
                how,
                whole.lead[-14:].strip("的为是：:") or "合计数",
                "warning",
                0.8,
            )
            return


def _goes_on(paragraph: Sentence, last: Said) -> bool:
    """Whether the list ends with a part without a figure: 其余由县级配套."""
    return bool(_REST.search(_END.split(paragraph.string[last.quantity.end :], 1)[0]))


def _overlap(run: Sequence[Said]) -> bool:
    """Whether a part's name ends with that of another: 合格 114 份，整改后合格 4 份; 不合格 is another thing."""
    names = [_LEAD.sub("", f.lead) for f in run]
    pairs = ((a, b) for a in names for b in names if a and a != b and b.endswith(a))
    return any(b[-len(a) - 1] not in "不未非无" for a, b in pairs)


def _explains(said: Said, whole: Said, run: list[Said]) -> bool:
    """Whether the sum would hold with another digit, or two neighbours changed about, in one figure."""
    parts = sum((f.quantity.value for f in run), Decimal(0))
    gap = whole.quantity.value - parts
    wanted = said.quantity.value + (gap if said is not whole else -gap)
    return wanted > 0 and slipped(said.quantity, wanted)
