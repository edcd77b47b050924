"""What a document says of itself: kind, title, project, year, units, score and grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import regex

from extractor.document import Document, Heading, Paragraph, Text
from extractor.facts import About, Figure, Form, Statement
from extractor.quantity import dates
from extractor.recognise.fields import inline_pairs
from extractor.recognise.figures import figure, said
from extractor.recognise.parties import told_parties
from extractor.recognise.titles import project_in_title, title_at
from extractor.recognise.years import period_in, year_in, year_of_line

_COVER = 60
_FIRST = 20
_LONGEST_LINE = 300
_PROJECT = regex.compile(r"[“「\"](?P<name>[^”」\"\n]{4,40}(?:项目|经费|资金|专项|工程))[”」\"]?(?:项目)?")
_WHOLE = regex.compile(r"部门整体|整体支出|整体绩效")
_DAY_LINE = regex.compile(
    r"^(?:[二〇○零一三四五六七八九]{4}|20\d{2})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?$"
)
_SCORE_LINE = regex.compile(r"^\s*(?:得分\s*[:：]?\s*)?(?P<score>\d{1,3}(?:\.\d{1,2})?\s*分)[。.]?\s*$")
_YEARS = regex.compile(r"(?<!\d)(20\d{2})年")


def read_about(document: Document, forms: tuple[Form, ...], statements: tuple[Statement, ...]) -> About:
    """What the document says of itself, from its cover and titles, its forms and its conclusions."""
    cover = list(_cover(document))
    fields = _fields(cover, forms)
    titles = _titles(cover)
    kind = _kind(titles, forms)
    title = _title(titles, forms, kind)
    project = fields.get("项目名称")
    told = told_parties(statements)
    total, grade = _total(kind, forms, statements, fields)
    return About(
        kind=kind,
        title=title,
        project=project.text if project else _project_in(title, forms, cover),
        year=_year(project, title, forms, cover) or _year_before(fields.get("评价时间")) or _most_told(cover),
        project_unit=_text(fields, "实施单位") or told.get("project_unit"),
        department=_text(fields, "主管部门") or told.get("department"),
        evaluator=_text(fields, "评价机构") or told.get("evaluator"),
        commissioner=_text(fields, "委托单位") or told.get("commissioner"),
        date=_text(fields, "评价时间") or next((t for t in cover[:_FIRST] if _DAY_LINE.match(t.flat)), None),
        grade=grade,
        total_score=total or _score_line(cover),
    )


def _cover(document: Document) -> Iterable[Text]:
    """The lines of the cover and the first headings."""
    for block in document.blocks[:_COVER]:
        if isinstance(block, Heading) or (isinstance(block, Paragraph) and block.kind == "body"):
            yield block.text


def _fields(cover: list[Text], forms: tuple[Form, ...]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for line in cover:
        if len(line) <= 120:
            for name, value in inline_pairs(line):
                if not value.blank:
                    found.setdefault(name, value)
    for form in forms:
        if form.kind == "worksheet":
            continue
        for name, value in form.fields.items():
            if not value.blank:
                found.setdefault(name, value)
    return found


def _text(fields: dict[str, Figure], name: str) -> Text | None:
    return fields[name].text if name in fields else None


def _titles(cover: list[Text]) -> list[tuple[Text, str]]:
    """The titles on the cover with their kinds; one cut into lines is put together again."""
    told = (title_at(cover, number) for number in range(len(cover)))
    return [(title, kind) for title, _, kind in filter(None, told)]


def _kind(titles: list[tuple[Text, str]], forms: tuple[Form, ...]) -> str:
    """The document's kind: by its title, else by the forms that it holds."""
    kinds = {kind for _, kind in titles}
    named = [line for line, _ in titles[:1]] or [f.title for f in forms[:1] if f.title]
    if any(_WHOLE.search(line.flat) for line in named):
        return "department_evaluation"
    if "evaluation_report" in kinds:
        return "evaluation_report"
    if any(_WHOLE.search(line.flat) for line, _ in titles):
        return "department_evaluation"
    if "self_evaluation_report" in kinds:
        return "self_evaluation"
    counted = Counter(f.kind for f in forms)
    for kind in ("self_evaluation", "target_declaration"):
        if counted[kind] and counted[kind] >= max(counted.values(), default=0):
            return kind
    if counted["worksheet"] or counted["score_table"] or counted["indicator_system"]:
        return "evaluation_report"
    return "self_evaluation" if counted["self_evaluation"] else _titled_kind(kinds)


def _titled_kind(kinds: set[str]) -> str:
    return next((kind for kind in ("self_evaluation", "target_declaration") if kind in kinds), "unknown")


def _title(titles: list[tuple[Text, str]], forms: tuple[Form, ...], kind: str) -> Text | None:
    wanted = {kind, "self_evaluation_report"} if kind != "department_evaluation" else None
    for line, found in titles:
        if wanted is None or found in wanted:
            return line
    return forms[0].title if forms else None


def _project_in(title: Text | None, forms: tuple[Form, ...], cover: list[Text]) -> Text | None:
    """The project's name in the title (… 绩效评价报告), of the only form, or in quotes on the first pages."""
    named = project_in_title(title) if title is not None else None
    if named is not None:
        return named
    stated = [f.project for f in forms if f.project and f.project.flat]
    if stated:
        return stated[0]
    for line in cover:
        quoted = _PROJECT.search(line.string)
        if quoted:
            return line.cut(*quoted.span("name"))
    return None


def _year(
    project: Figure | None, title: Text | None, forms: tuple[Form, ...], cover: list[Text]
) -> int | None:
    """The year that the document is about: in the project's name or the title, of its forms, else on the
    cover."""
    years = [f.year for f in forms if f.year]
    for text in (project.string if project else "", title.flat if title else ""):
        if found := year_in(text):
            own = (
                years and period_in(text) and any(f.title is not None and f.title.flat == text for f in forms)
            )
            return years[0] if own else found
    if years:
        return years[0]
    return next((found for line in cover if len(line) <= 80 and (found := year_of_line(line.string))), None)


def _most_told(cover: list[Text]) -> int | None:
    """The year that the first paragraphs name most often."""
    told = Counter(int(y) for line in cover[:_FIRST] for y in _YEARS.findall(line.string[:_LONGEST_LINE]))
    return told.most_common(1)[0][0] if told else None


def _score_line(cover: list[Text]) -> Figure | None:
    """The score that stands alone under a heading such as （一）自评得分."""
    for above, line in pairwise(cover):
        found = _SCORE_LINE.match(line.string)
        if found and above.flat.endswith("得分"):
            return figure(line.cut(*found.span("score")))
    return None


def _year_before(day: Figure | None) -> int | None:
    """The year that an evaluation of a given day is about: the one before it, for it follows the year's
    end."""
    found = dates(day.string) if day else []
    return found[0].year - 1 if found else None


def _total(
    kind: str, forms: tuple[Form, ...], statements: tuple[Statement, ...], fields: dict[str, Figure]
) -> tuple[Figure | None, Figure | None]:
    """Total score and grade: as the conclusion states them, else the form's."""
    for statement in statements:
        if statement.kind == "overall-score" and "total" in statement.parts:
            grade = statement.parts.get("grade")
            total = figure(statement.parts["total"])
            if grade is not None:
                return total, said(_unquoted(grade))
    single = forms[0] if len(forms) == 1 or (kind == "self_evaluation" and forms) else None
    return (single.score if single else None) or fields.get("总分"), fields.get("绩效等级")


def _unquoted(text: Text) -> Text:
    start = 1 if text.string[:1] in '“"‘「' else 0
    end = len(text) - (1 if text.string[-1:] in '”"’」' else 0)
    return text.cut(start, end)
