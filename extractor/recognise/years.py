"""The year that a title, a project's name or a line speaks of; forms without one take their document's."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractor.facts import About, Form
from extractor.quantity import normal

_TITLED = ("self_evaluation", "target_declaration")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE = regex.compile(r"[二][〇零Oo0][〇零一二三四五六七八九]{2}(?=\s*年)")
_YEAR = regex.compile(r"(?<!\d)(20\d{2})\s*(?:年\s*度?|(?=[财部]))")
_PERIOD = regex.compile(
    r"(?<!\d)20\d{2}\s*年?(?:\s*度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?\s*(?:-|—+|~|至|到)\s*(20\d{2})\s*(?:年|\.)"
)


_DAY_LABEL = regex.compile(
    r"(?:填报|填表|报送|上报|自评|评价|申报|编制|制表|打印|出具|签署)(?:日期|时间)\s*:?\s*20\d{2}\s*[年./-]\s*\d{1,2}[\d年月日./\s-]*"
)
_DAY_ALONE = regex.compile(r"\s*20\d{2}\s*[年./-]\s*\d{1,2}\s*(?:[月./-]\s*(?:\d{1,2}\s*日?\s*)?)?")
_LABELLED = regex.compile(
    r"(?:预算|评价|自评|考核|项目|所属|资金|申报|填报)?年度(?:\s*[A-Za-z ]{1,20})?\s*:\s*(20\d{2})(?!\d|\s*[-—~至])"
)


def year_of_line(text: str) -> int | None:
    """The year that a line near a title says its form is of: 预算年度：2024; not the day it was filled in or signed."""
    plain = normal(text).translate(_DIGITS) if _CHINESE.search(text) else normal(text)
    if _DAY_ALONE.fullmatch(plain):
        return None
    return labelled_year(plain) or year_in(_DAY_LABEL.sub("", plain))


def labelled_year(text: str) -> int | None:
    """The year that a label in a line names: 申报年度：2023年; it is the form's own, whatever years a title spans."""
    labelled = _LABELLED.search(normal(text))
    return int(labelled[1]) if labelled else None


def year_in(text: str) -> int | None:
    """The year that a text names: 2022年度, （ 2022 年 度 ）, 二〇二一年度; of a period its last."""
    plain = _CHINESE.sub(
        lambda m: m[0].replace("O", "〇").replace("o", "〇").translate(_DIGITS), normal(text)
    )
    found = _PERIOD.search(plain) or _YEAR.search(plain)
    return int(found[1]) if found else None


def period_in(text: str) -> bool:
    """Whether a text names a period of years: 2023—2025年."""
    return _PERIOD.search(normal(text)) is not None


def dated(forms: tuple[Form, ...], about: About) -> tuple[Form, ...]:
    """The forms, with the document's year where a form of the document's own kind (of a whole department's: one titled
    as its evaluation or its targets) has none and no form has another."""
    own = {f.year for f in forms if f.year is not None}
    if about.year is None or about.kind not in (*_TITLED, "department_evaluation") or own - {about.year}:
        return forms
    kinds = _TITLED if about.kind == "department_evaluation" else (about.kind,)
    return tuple(replace(f, year=about.year) if f.year is None and f.kind in kinds else f for f in forms)
