"""What a document says of itself: kind, title, project, year, units, score and grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import regex

from extractor.document import Document, Heading, Paragraph, Text
from extractor.facts import About, Figure, Form, Statement
from extractor.quantity import dates
from extractor.recognise.fields import inline_pair
from extractor.recognise.figures import figure, said
from extractor.recognise.forms import title_kind

_YEAR = regex.compile(r"(20\d{2})\s*(?:年度?|年)")
_COVER = 60
_PROJECT = regex.compile(r"[“「\"](?P<name>[^”」\"\n]{4,40}(?:项目|经费|资金|专项|工程))[”」\"]?(?:项目)?")
_TITLED = regex.compile(r"^(?P<name>.{4,60}?)(?:项目)?(?:财政支出|支出)?(?:绩效)?(?:自评|评价)(?:工作)?报告$")


def read_about(document: Document, forms: tuple[Form, ...], statements: tuple[Statement, ...]) -> About:
    """What the document says of itself, from its cover and titles, its forms and its conclusions."""
    cover = list(_cover(document))
    fields = _fields(cover, forms)
    kind = _kind(cover, forms)
    title = _title(cover, forms, kind)
    project = fields.get("项目名称")
    total, grade = _total(kind, forms, statements, fields)
    return About(
        kind=kind,
        title=title,
        project=project.text if project else _project_in(title, cover),
        year=_year(project, title, forms, cover) or _year_before(fields.get("评价时间")),
        project_unit=_text(fields, "实施单位"),
        department=_text(fields, "主管部门"),
        evaluator=_text(fields, "评价机构"),
        commissioner=_text(fields, "委托单位"),
        date=_text(fields, "评价时间"),
        grade=grade,
        total_score=total,
    )


def _cover(document: Document) -> Iterable[Text]:
    """The lines of the cover and the first headings."""
    for block in document.blocks[:_COVER]:
        if isinstance(block, Heading) or (isinstance(block, Paragraph) and block.kind == "body"):
            yield block.text


def _fields(cover: list[Text], forms: tuple[Form, ...]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for line in cover:
        if len(line) <= 120 and (pair := inline_pair(line)) and not pair[1].blank:
            found.setdefault(*pair)
    for form in forms:
        if form.kind == "worksheet":
            continue
        for name, value in form.fields.items():
            if not value.blank:
                found.setdefault(name, value)
    return found


def _text(fields: dict[str, Figure], name: str) -> Text | None:
    return fields[name].text if name in fields else None


def _kind(cover: list[Text], forms: tuple[Form, ...]) -> str:
    titles = [(line, title_kind(line.flat)) for line in cover]
    whole = any("部门整体" in line.flat or "整体支出" in line.flat for line, kind in titles if kind)
    kinds = {kind for _, kind in titles}
    if "evaluation_report" in kinds:
        return "evaluation_report"
    if whole:
        return "department_evaluation"
    if "self_evaluation_report" in kinds:
        return "self_evaluation"
    counted = Counter(f.kind for f in forms)
    for kind in ("self_evaluation", "target_declaration"):
        if counted[kind] and counted[kind] >= max(counted.values(), default=0):
            return kind
    if counted["worksheet"] or counted["score_table"] or counted["indicator_system"]:
        return "evaluation_report"
    return "self_evaluation" if counted["self_evaluation"] else "unknown"


def _title(cover: list[Text], forms: tuple[Form, ...], kind: str) -> Text | None:
    wanted = {kind, "self_evaluation_report"} if kind != "department_evaluation" else None
    for line in cover:
        found = title_kind(line.flat)
        if found and (wanted is None or found in wanted):
            return line
    return forms[0].title if forms else None


def _project_in(title: Text | None, cover: list[Text]) -> Text | None:
    """The project's name in the title (… 绩效评价报告), or in quotes on the first pages."""
    if title is not None and (found := _TITLED.match(title.flat)) and len(found["name"]) >= 6:
        start = title.string.find(found["name"][:4])
        return title.cut(max(start, 0), max(start, 0) + len(found["name"]))
    for line in cover:
        quoted = _PROJECT.search(line.string)
        if quoted:
            return line.cut(*quoted.span("name"))
    return None


def _year(project: Figure | None, title: Text | None, forms: tuple[Form, ...], cover: list[Text]) -> int | None:
    """The year that the document is about: in the project's name or the title, of its forms, else on the cover."""
    for text in (project.string if project else "", title.flat if title else ""):
        if found := _YEAR.search(text):
            return int(found[1])
    years = [f.year for f in forms if f.year]
    if years:
        return years[0]
    for line in cover:
        if len(line) <= 80 and (found := _YEAR.search(line.string)):
            return int(found[1])
    return None


def _year_before(day: Figure | None) -> int | None:
    """The year that an evaluation of a given day is about: the one before it, for it follows the year's end."""
    found = dates(day.string) if day else []
    return found[0].year - 1 if found else None


def _total(
    kind: str, forms: tuple[Form, ...], statements: tuple[Statement, ...], fields: dict[str, Figure]
) -> tuple[Figure | None, Figure | None]:
    """Total score and grade: as the conclusion states them, else the form's."""
    for statement in statements:
        if statement.kind == "overall-score":
            grade = statement.parts.get("grade")
            total = figure(statement.parts["total"])
            if grade is not None:
                return total, said(_unquoted(grade))
    single = forms[0] if len(forms) == 1 or kind == "self_evaluation" and forms else None
    return (single.score if single else None), fields.get("绩效等级")


def _unquoted(text: Text) -> Text:
    start = 1 if text.string[:1] in "“\"‘「" else 0
    end = len(text) - (1 if text.string[-1:] in "”\"’」" else 0)
    return text.cut(start, end)
