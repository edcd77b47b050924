"""Shares of a whole that is called by its name alone: 支付数占下达数的 91%, 占到位数的 93%, 为预算的 96%."""

from __future__ import annotations

import regex

from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import agrees
from extractor.rules.text._sums import total

_AMOUNT = r"(?:总额|金额|资金|数额|总数|数量|数|额)?"
_OF_NAMED = regex.compile(
    rf"^(?P<part>[一-鿿]{{2,6}}?)?{_AMOUNT}(?:占|仅占|约占|已占|为|是)(?:了)?(?P<whole>[一-鿿]{{2,8}}?){_AMOUNT}的"
    r"(?:比例|比重)?(?:为|达|达到)?$"
)
_ALSO = regex.compile(r"全年|当年|本年|实际|已")
_OTHER = regex.compile(r"上年|去年|同期|一般公共|人均|平均|其中|分别|各")
_UNSURE = regex.compile(r"年初|其中|追加|调[增减]|上年|去年|结转")


def part_of_named(sentence: Sentence, number: int) -> tuple[Said, Said, bool] | None:
    """Part and whole of such a share; None unless just one figure of the sentence bears the name, or each of
    two names."""
    said = sentence.figures[number]
    found = _parsed(said)
    known = [f for f in sentence.figures[:number] if f.room == said.room and _counts(f)]
    if found is None or not known:
        return None
    part = _part_named(_ALSO.sub("", found["part"] or ""), sentence, number, known)
    if part is None:
        return None
    wholes = [f for f in known if f is not part and _bears(f, found["whole"])]
    if len(wholes) != 1 or wholes[0].quantity.dimension != part.quantity.dimension:
        return None
    whole = wholes[0]
    unsure = _UNSURE.search(whole.lead + part.lead) or whole.base.high < part.base.low or whole.base.low <= 0
    return (
        None
        if unsure or _of_several(said, known, whole)
        else (part, whole, not _told_again(sentence, whole, found["whole"]))
    )


def _told_again(sentence: Sentence, whole: Said, name: str) -> bool:
    """Whether the paragraph tells other figures by the name, too: those of another year, perhaps all together."""
    own = regex.search(rf"[一-鿿]{{0,2}}{regex.escape(name)}", whole.lead)
    words = regex.escape(own[0].lstrip("年共计") if own else name)  # 会议费预算 is another than 采购预算
    told = regex.findall(rf"{words}[一-鿿]{{0,4}}\s*(\d[\d,.]*+)(?!\s*[%％])", " ".join(sentence.around))
    return any(figure.rstrip(",.") not in whole.string for figure in told)


def _of_several(said: Said, known: list[Said], whole: Said) -> bool:
    """Whether it is the share of the last figures together: 甲 A，乙 B，丙 C，占预算的 r%."""
    same = [f for f in known if f.quantity.dimension == whole.quantity.dimension and f is not whole]
    return any(agrees(said.quantity, total(same[n:]) / whole.base) for n in range(len(same) - 1))


def _parsed(said: Said) -> regex.Match[str] | None:
    found = _OF_NAMED.match(said.lead)
    return found if found and not _OTHER.search(found["whole"]) else None


def _counts(said: Said) -> bool:
    return said.alone and said.family not in ("ratio", "time", "points", "score")


def _part_named(name: str, sentence: Sentence, number: int, known: list[Said]) -> Said | None:
    """The part by its name, else that of the share right before, else the figure right before."""
    if name:
        parts = [f for f in known if _bears(f, name)]
        return parts[0] if len(parts) == 1 else None
    last = sentence.figures[number - 1]
    if last in known:
        return last
    before = _parsed(last) if last.family == "ratio" else None
    return _part_named(before["part"], sentence, number - 1, known) if before and before["part"] else None


def _bears(said: Said, name: str) -> bool:
    """Whether a figure is told by a name, 全年 and 实际 left aside."""
    return (_ALSO.sub("", name) or name) in said.lead
