"""A per cent of an amount told as an amount too: 合同金额 236 万元，已支付 70%，即 165.20 万元."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, agrees

_PAID = regex.compile(
    r"^[，,]?\s*(?:已|现已|累计|实际|按合同|首期|预)*(?:支付|拨付|付款|付|预付|到位|完成|使用|提取)"
    r"(?:了|其|合同款|合同价款|合同金额|总额|总价|价款)*的?\s*$"
)
_IS = regex.compile(r"^[，,（(]?\s*(?:即|计|金额为?|共|共计|合)\s*$")


def percent_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """An amount that is not the per cent of the amount told before it."""
    figures = sentence.figures
    for number, said in enumerate(figures[2:], 2):
        whole, rate = figures[number - 2], figures[number - 1]
        if not (
            _money(whole) and _money(said) and rate.family == "ratio" and rate.alone and not rate.quantity.op
        ):
            continue
        if not _PAID.search(rate.before) or not _IS.search(said.before):
            continue
        computed = whole.base * rate.base
        if not agrees(said.quantity, computed):
            how = f"{whole.string} × {rate.string} "
            yield Mistake(
                sentence,
                said,
                (whole, rate),
                computed,
                how,
                rate.before.strip("，, ") or "金额",
                "error",
                0.92,
            )


def _money(said: Said) -> bool:
    return said.family == "money" and said.alone and not said.quantity.malformed
