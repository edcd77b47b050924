"""正文的百分比、千分比与别处数字逐位相同，却一处写 %、一处写 ‰。

正文只在一处这样写，别处（表格或正文）同样的数字写的是另一个符号，而且前后的名称相近的，其中一处符号有误。不足三位数字的、两种写法
都不止一处的、名称不相干的，都不指出。

错误示例::

    全年设施完好率达到97.62‰，比上年有所提高。

    | 指标 | 目标值 | 完成值 |
    |---|---|---|
    | 设施完好率 | ≥95% | 97.62% |
    | 巡查次数 | 48次 | 48次 |

正确示例::

    全年设施完好率达到97.62%，群众投诉率为0.35‰。

    | 指标 | 目标值 | 完成值 |
    |---|---|---|
    | 设施完好率 | ≥95% | 97.62% |
    | 群众投诉率 | ≤0.5‰ | 0.35‰ |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Table, Text
from extractor.facts import Figure
from extractor.findings import Finding, evidence
from extractor.quantity import find

RULE = "ratio-sign"
FOLLOWS = (
    "values-disagree",
    "targets-disagree",
    "sentence-arithmetic",
    "passages-disagree",
    "figures-retold",
)
_SIGNS = {"%": "‰", "‰": "%", "％": "‰"}
_DIGITS, _SHARED = 3, 2
_CLAUSE = regex.compile(r"[，。；;：:\n、（(]")
_PLAIN = regex.compile(r"[^一-鿿]|达到?|为|实际|完成|目标|全年|同比|上年|本年|年度|平均|分别")


@dataclass(frozen=True, slots=True)
class _Told:
    """A ratio where it is printed, with the words that it is told by; ``prose`` if in running text."""

    figure: Figure
    value: Decimal
    sign: str
    words: str
    quote: str
    prose: bool


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each ratio of the prose whose digits stand elsewhere with the other sign."""
    told = list(_told(reading))
    if not {"%", "‰"} <= {t.sign for t in told}:
        return
    often = Counter((t.value, t.sign) for t in told)
    known: dict[tuple[Decimal, str], list[_Told]] = {}
    for one in told:
        known.setdefault((one.value, one.sign), []).append(one)
    accused: set[Decimal] = set()
    for mine in told:
        if mine.prose and often[mine.value, mine.sign] == 1 and mine.value not in accused:
            others = known.get((mine.value, _SIGNS[mine.sign]), [])
            other = next((o for o in others if _same_thing(mine, o)), None)
            if other is not None:
                accused.add(mine.value)
                yield _finding(mine, other)


def _told(reading: Reading) -> Iterator[_Told]:
    for block in reading.document.blocks:
        if not isinstance(block, Table):
            yield from _of_text(block.text, "", True)
            continue
        for cell in block.cells:
            if "%" in cell.text.string or "‰" in cell.text.string or "％" in cell.text.string:
                row = "".join(c.text.flat for c in block.row(cell.row) if c is not cell)[:60]
                yield from _of_text(cell.text, row, False)


def _of_text(text: Text, row: str, prose: bool) -> Iterator[_Told]:
    if not any(sign in text.string for sign in _SIGNS):
        return
    for quantity in find(text.string):
        if (
            quantity.unit in _SIGNS
            and len(quantity.value.as_tuple().digits) >= _DIGITS
            and quantity.upper is None
        ):
            clause = _CLAUSE.split(text.string[: quantity.start])[-1]
            figure = Figure(text.cut(quantity.start, quantity.end), quantity)
            sign = "‰" if quantity.unit == "‰" else "%"
            yield _Told(figure, quantity.value, sign, row + clause, (row + text.flat)[:200], prose)


def _same_thing(mine: _Told, other: _Told) -> bool:
    """Whether two ratios are told by so many words in common that they are of one thing."""
    return len(_pairs(mine.words) & _pairs(other.words)) >= _SHARED


def _pairs(words: str) -> set[str]:
    runs = (run for run in _PLAIN.split(words) if run)
    return {run[n : n + 2] for run in runs for n in range(len(run) - 1)}


def _finding(mine: _Told, other: _Told) -> Finding:
    there = "正文另一处" if other.prose else "表格"
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{mine.figure.string}：符号",
        message=f"正文写 {mine.figure.string}，{there}为 {other.figure.string}，数字相同而 ‰ 与 % 混用，请核对。",
        evidence=(
            evidence(mine.figure, "正文", "stated", mine.quote),
            evidence(other.figure, there, "stated", other.quote),
        ),
        expected=other.figure.string,
        actual=mine.figure.string,
        difference="10 倍",
        impact="影响该比率及引用它的判断",
        confidence=0.85,
    )
