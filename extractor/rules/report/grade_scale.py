"""评价等级与得分不相称。

先用文件自己写明的等级划分（90（含）-100 分为优，80（含）-90 分为良……），得分落在另一等级的为错误；
文件没有写划分的，用 --regime 指定了办法的按该办法的划分，同样为错误；都没有的，按财政部《项目支出绩效评价管理办法》的
一般划分（90 分及以上为优、80 分及以上为良、60 分及以上为中、其余为差）提醒核对。

优秀与优、良好与良、中等（合格、一般）与中、不合格（较差）与差视为一致；得分是区间或文件写有两套划分的，不判断。

错误示例::

    # 绩效评价报告

    评价结果分为四个等级：90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差。

    # 评价结论

    本项目绩效评价得分为 88.60 分，评价等级为“优”。

正确示例::

    # 绩效评价报告

    评价结果分为四个等级：90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差。

    # 评价结论

    本项目绩效评价得分为 90.00 分，评价等级为“优”。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure, Statement
from extractor.findings import Evidence, Finding, evidence
from extractor.recognise.figures import figure
from extractor.recognise.prose import passages
from extractor.regimes import USUAL, regime

RULE = "grade-scale"
FOLLOWS = ("grades-disagree", "total-score", "scores-disagree")
_GRADE = r"(?P<grade>优秀?|良好?|中等?|合格|一般|及格|较?差|不合格|不及格|低(?=[，,。；;、）)”\"]|$))"
_N = r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?(?![\d.])"
_BAND = regex.compile(
    rf"(?P<low>{_N})\s*分?\s*(?:[（(]含[^）)]{{0,6}}[)）]|及?以上)?\s*(?:[-—－–~～至到]|[，,、]?\s*(?=\d))\s*(?:不足|不到|不满|未满|低于|小于)?\s*"
    rf"(?P<high>{_N})\s*分?\s*(?:[（(]不?含[^）)]{{0,6}}[)）]|以下)?\s*(?:的)?[，,]?\s*(?:为|是|属于|[:：])?\s*[“\"]?{_GRADE}"
)
_ABOVE = regex.compile(
    rf"(?P<low>{_N})\s*分?\s*(?:[（(]含[^）)]{{0,6}}[)）])?\s*(?:及?以上|≥)\s*(?:的)?(?:为|是|[:：])?\s*[“\"]?{_GRADE}"
)
_REVERSED = regex.compile(
    rf"{_GRADE}[”\"]?\s*[（(:：]?\s*(?:得分)?\s*(?P<low>{_N})\s*分?\s*(?:[（(]含[^）)]{{0,6}}[)）])?\s*[-—－–~～至到]\s*(?P<high>{_N})\s*分?"
)
_REVERSED_ABOVE = regex.compile(
    rf"{_GRADE}[”\"]?\s*[（(:：]\s*(?P<low>{_N})\s*分?\s*(?:[（(]含[^）)]{{0,6}}[)）])?\s*及?以上"
)
_SCORE = r"(?:[一-鿿]{0,4}(?:得分|总分|分数|分值)|[SsXxFf])"
_BETWEEN = regex.compile(rf"({_N})\s*分?\s*[≤<＜≦]\s*{_SCORE}\s*[≤<＜≦]\s*({_N})")
_FROM = regex.compile(rf"(?:{_SCORE}\s*[≥>＞≧]|[≥≧])=?\s*({_N})\s*分?")
_SAME = {
    "优秀": "优",
    "良好": "良",
    **dict.fromkeys(("中等", "合格", "一般", "及格"), "中"),
    **dict.fromkeys(("较差", "不合格", "不及格"), "差"),
}
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Scale:
    """Lower limits with their grades, from the best down; ``text`` is where the document states them, else ``by``
    says whose they are; ``sure`` if they are known to hold for the document."""

    bands: tuple[tuple[Decimal, str], ...]
    text: Text | None = None
    by: str = "本文件写明的等级划分"
    sure: bool = True

    def grade(self, total: Decimal) -> str:
        """The grade of a score out of 100."""
        return next((grade for low, grade in self.bands if total >= low), self.bands[-1][1])


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each conclusion whose grade is not that of its score."""
    scales = list(_stated(reading))
    if len({s.bands for s in scales}) > 1:
        return
    scale = scales[0] if scales else _of_regime(reading)
    seen: set[tuple[str, str]] = set()
    for said, total, grade in _conclusions(reading):
        key = (total.string, plain(grade.string))
        if key not in seen and total.quantity is not None:
            seen.add(key)
            want = scale.grade(total.quantity.value)
            if (
                want != key[1]
                and key[1] in {g for _, g in scale.bands}
                and Decimal(0) <= total.quantity.value <= 100
            ):
                yield _finding(scale, total, grade, want, said)


def _of_regime(reading: Reading) -> _Scale:
    """The scale of the regime that was chosen, else the usual one."""
    chosen = reading.regime if reading.regime is not None and reading.regime.grades else None
    laid = chosen or regime(USUAL)
    shown = "、".join(f"{low} 分及以上为{grade}" for low, grade in laid.grades[:-1])
    by = f"{laid.title}的{'' if chosen else '一般'}划分（{shown}）"
    return _Scale(tuple((low, plain(grade)) for low, grade in laid.grades), None, by, chosen is not None)


def plain(grade: str) -> str:
    """A grade as it is compared."""
    bare = grade.strip('“”"‘’「」 ')
    return _SAME.get(bare, bare)


def _stated(reading: Reading) -> Iterator[_Scale]:
    """The scales that the document states: one for each text with at least two bands."""
    for _, _, text in passages(reading.document):
        bands: dict[str, Decimal] = {}
        words = _FROM.sub(r"\1分以上", _BETWEEN.sub(r"\1-\2", text.string))  # 得分≥90分, 80≤得分<90
        for pattern in (_BAND, _ABOVE, _REVERSED, _REVERSED_ABOVE):
            for match in pattern.finditer(words):
                limits = [Decimal(match["low"])] + (
                    [Decimal(match["high"])] if "high" in match.groupdict() else []
                )
                bands.setdefault(plain(match["grade"]), min(limits))
        if len(bands) >= _FEWEST and "优" in bands:
            ordered = sorted(((low, grade) for grade, low in bands.items()), reverse=True)
            yield _Scale(_closed(tuple(ordered)), text)


def _closed(bands: tuple[tuple[Decimal, str], ...]) -> tuple[tuple[Decimal, str], ...]:
    """The bands down to 0: below the last one that is stated lies 差."""
    if bands[-1][0] == 0 or bands[-1][1] == "差":
        return (*bands[:-1], (Decimal(0), bands[-1][1]))
    return (*bands, (Decimal(0), "差"))


def _conclusions(reading: Reading) -> Iterator[tuple[str, Figure, Figure]]:
    """Score and grade as sentences and forms state them together."""
    for said in reading.said("overall-score"):
        if {"grade", "total"} <= said.parts.keys() and not _other(said):
            yield said.sentence.flat, figure(said.parts["total"]), Figure(said.parts["grade"])
    for form in reading.forms:
        grade = form.fields.get("绩效等级")
        if grade is not None and form.score is not None and form.kind == "self_evaluation":
            yield "自评表", form.score, grade


def _other(said: Statement) -> bool:
    return bool(regex.search(r"上年|去年|上一年度|若|如果|假如", said.sentence.string))


def _finding(scale: _Scale, total: Figure, grade: Figure, want: str, said: str) -> Finding:
    places: tuple[Evidence, ...] = (
        evidence(total, "综合得分", "stated", said[:200]),
        evidence(grade, "评价等级", "stated", said[:200]),
    )
    if scale.text is not None:
        places += (evidence(scale.text, "等级划分", "also"),)
    return Finding(
        rule=RULE,
        severity="error" if scale.sure else "warning",
        subject="评价等级",
        message=f"评价得分为 {total.string} 分，按{scale.by}应为“{want}”，"
        f"所写等级为“{grade.string.strip('“”')}”，两者不符。",
        evidence=places,
        expected=want,
        actual=grade.string,
        impact="影响评价等级",
        confidence=0.95 if scale.sure else 0.7,
    )
