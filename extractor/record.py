"""Values to plain JSON objects, with the names that the output's contract fixes (schema version 1.0).

What a document does not state is left out; a cell that is there and empty is ``{"text": "", "location": …}``.
Every function here is total: any value that the other modules can build has a record.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from extractor.document import Heading, Paragraph, Table
from extractor.facts import INDICATOR_FIELDS

if TYPE_CHECKING:
    from extractor.comparison import Comparison
    from extractor.document import Block, Place, Problem, Text
    from extractor.facts import About, BudgetLine, Figure, Form, Indicator, Subtotal, Task
    from extractor.findings import Evidence, Finding
    from extractor.quantity import Quantity
    from extractor.result import Coverage, Result, Source
    from extractor.waivers import Waived

SCHEMA_VERSION = "1.0"
NAME = "gouji"

Record = dict[str, Any]

_BUDGET_FIGURES = ("initial", "full_year", "executed", "weight", "rate", "score")


@cache
def version() -> str:
    """The installed version, or ``0+source`` when the package runs from a checkout that is not installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed(NAME)
    except PackageNotFoundError:
        return "0+source"


def result_to_record(result: Result, tables: bool = False, text: bool = False) -> Record:
    """One file's result; ``tables`` adds every table, ``text`` every block in reading order."""
    record = head() | {
        "source": source_to_record(result.source),
        "status": result.status,
        "document": about_to_record(result.about),
        "forms": [form_to_record(form) for form in result.forms],
        "findings": [finding_to_record(finding) for finding in result.findings],
        "problems": [problem_to_record(problem) for problem in result.problems],
        "coverage": coverage_to_record(result.coverage),
    }
    if result.waived:
        record["waived"] = [waived_to_record(waived) for waived in result.waived]
    if result.comparison is not None:
        record["comparison"] = comparison_to_record(result.comparison)
    blocks = result.document.blocks if result.document else ()
    if tables:
        record["tables"] = [table_to_record(block) for block in blocks if isinstance(block, Table)]
    if text:
        record["blocks"] = [block_to_record(block) for block in blocks]
    return record


def head() -> Record:
    """What every object begins with: the contract's version, and what wrote it."""
    return {"schema_version": SCHEMA_VERSION, "generator": {"name": NAME, "version": version()}}


def source_to_record(source: Source) -> Record:
    """The file. A name that is not UTF-8 is shown with ``\\xNN`` and given in hex as ``path_hex``."""
    record = {
        "path": source.path,
        "format": source.format,
        "sha256": source.sha256,
        "bytes": source.bytes,
        "pages": source.pages,
    }
    try:
        source.path.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(source.path)
        shown = raw.decode("utf-8", "backslashreplace")
        record["path"] = shown
        if shown.encode() != raw:  # else it is the locale that is not UTF-8
            record["path_hex"] = raw.hex()
    if source.duplicate_of:
        record["duplicate_of"] = _printable(source.duplicate_of)
    return record


def _printable(path: str) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def about_to_record(about: About) -> Record:
    """What the document says of itself."""
    names = ("title", "project", "project_unit", "department", "evaluator", "commissioner", "date")
    texts = {name: _flat(getattr(about, name)) for name in names}
    figures = _figures(about, ("grade", "total_score"))
    return _stated({"kind": about.kind, "year": about.year} | texts) | figures


def form_to_record(form: Form) -> Record:
    """One form with its funds, goals and indicator rows."""
    record = _stated(
        {
            "kind": form.kind,
            "title": _flat(form.title),
            "year": form.year,
            "project": _flat(form.project),
            "unit": form.unit or None,
        }
    )
    return record | {
        "fields": _mapping(form.fields),
        "budget": [budget_to_record(line) for line in form.budget],
        "goals": _mapping(form.goals),
        **({"tasks": [task_to_record(task) for task in form.tasks]} if form.tasks else {}),
        "indicators": [indicator_to_record(indicator) for indicator in form.indicators],
        "subtotals": [subtotal_to_record(subtotal) for subtotal in form.subtotals],
        "total": _figures(form, ("weight", "score")),
        "placeholders": form.placeholders,
        "tables": list(form.tables),
        "location": place_to_record(form.place),
    }


def indicator_to_record(indicator: Indicator) -> Record:
    """One indicator row: ``code`` may be "", figures without a cell are left out; ``others`` only if there
    are any."""
    others = {"others": _mapping(indicator.others)} if indicator.others else {}
    return {
        "code": indicator.code,
        "levels": [level.name for level in indicator.levels],
        "name": indicator.name,
        **_figures(indicator, INDICATOR_FIELDS),
        **others,
        "location": place_to_record(indicator.place),
    }


def budget_to_record(line: BudgetLine) -> Record:
    """One line of the funds area; ``part`` tells a component (其中：财政拨款) from a total."""
    figures = _figures(line, _BUDGET_FIGURES)
    return {"item": line.item, "part": line.part} | figures | {"location": place_to_record(line.place)}


def task_to_record(task: Task) -> Record:
    """A task of a department with its money; its other columns by their printed heads."""
    figures = _figures(task, ("initial", "full_year", "executed", "rate"))
    return (
        {"name": task.name}
        | figures
        | {"others": _mapping(task.others), "location": place_to_record(task.place)}
    )


def subtotal_to_record(subtotal: Subtotal) -> Record:
    """A row that sums others; ``grand`` for the form's own total."""
    record = {"label": subtotal.label.flat, "grand": subtotal.grand}
    return record | _figures(subtotal, ("weight", "score")) | {"location": place_to_record(subtotal.place)}


def figure_to_record(figure: Figure) -> Record:
    """A figure, or a text that is no figure: what is printed, what was read from it, where it stands."""
    record: Record = {"text": figure.string}
    if figure.quantity is not None:
        record |= quantity_to_record(figure.quantity)
    if figure.conditions:
        record["conditions"] = [
            {"of": quantity.of, "text": quantity.text} | quantity_to_record(quantity)
            for quantity in figure.conditions
        ]
    return record | {"location": place_to_record(figure.place)}


def quantity_to_record(quantity: Quantity) -> Record:
    """The figure as read: ``value`` a decimal string with the digits printed, ``upper`` a range's end."""
    record: Record = {"op": quantity.op, "value": quantity.plain}
    if quantity.upper is not None:
        record["upper"] = format(quantity.upper, "f")
    record |= {"unit": quantity.unit, "precision": quantity.precision, "exact": quantity.exact}
    return record | ({"malformed": True} if quantity.malformed else {})


def place_to_record(place: Place) -> Record:
    """Where something stands; ``parts`` say only page and box where they share the rest with the whole."""
    record = _stated(
        {
            "page": place.page,
            "bbox": [round(edge, 1) for edge in place.box] if place.box else None,
            "part": place.part,
            "paragraph": place.paragraph,
            "table": place.table,
            "row": place.row,
            "col": place.col,
            "cell": place.cell,
        }
    )
    if place.parts:
        record["parts"] = [_part(place_to_record(part), record) for part in place.parts]
    return record


def _part(part: Record, whole: Record) -> Record:
    """A part without what it repeats of the whole, its page and box excepted."""
    return {key: value for key, value in part.items() if key in ("page", "bbox") or whole.get(key) != value}


def finding_to_record(finding: Finding) -> Record:
    """One finding; ``caused`` (ids of what follows from it) only when there is any."""
    record = {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "evidence": [evidence_to_record(evidence) for evidence in finding.evidence],
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": finding.difference,
        "impact": finding.impact,
        "confidence": round(finding.confidence, 4),
    }
    return record | ({"caused": list(finding.caused)} if finding.caused else {})


def waived_to_record(waived: Waived) -> Record:
    """A finding judged before, with who judged it, when and why."""
    waiver = waived.waiver
    said = {"reason": waiver.reason, "who": waiver.who, "when": waiver.when}
    return finding_to_record(waived.finding) | {"waiver": said}


def comparison_to_record(comparison: Comparison) -> Record:
    """What changed since an earlier result: ids of findings now, and the findings that are gone as it had them."""
    record: Record = {
        "earlier": comparison.earlier,
        "new": list(comparison.new),
        "unchanged": list(comparison.unchanged),
        "gone": [dict(finding) for finding in comparison.gone],
    }
    return record | ({"absent": list(comparison.absent)} if comparison.absent else {})


def evidence_to_record(evidence: Evidence) -> Record:
    """One place in conflict; ``value`` and ``unit`` only where a figure was read."""
    read = {"value": evidence.value, "unit": evidence.unit} if evidence.value else {}
    said = {"role": evidence.role, "label": evidence.label, "text": evidence.text}
    document = {"document": _printable(evidence.document)} if evidence.document else {}
    return said | read | document | {"quote": evidence.quote, "location": place_to_record(evidence.place)}


def problem_to_record(problem: Problem) -> Record:
    """What could not be read, or not as it should be."""
    location = place_to_record(problem.place)
    return {"code": problem.code, "message": problem.message, "location": location}


def coverage_to_record(coverage: Coverage) -> Record:
    """How much was read."""
    return {
        "pages": coverage.pages,
        "pages_read": coverage.pages_read,
        "tables": coverage.tables,
        "indicator_rows": coverage.indicator_rows,
        "placeholders": coverage.placeholders,
        "figures": coverage.figures,
        "figures_checked": coverage.figures_checked,
    }


def table_to_record(table: Table) -> Record:
    """A table: ``rows`` as strings (a merged cell's text in its first field), ``spans`` of merged cells."""
    merged = [cell for cell in table.cells if cell.rowspan > 1 or cell.colspan > 1]
    return {
        "number": table.number,
        "caption": _flat(table.caption),
        "unit": _flat(table.unit),
        "rows": table.strings(),
        "spans": [[cell.row, cell.col, cell.rowspan, cell.colspan] for cell in merged],
        "header_rows": table.header_rows,
        "location": place_to_record(table.place),
    }


def block_to_record(block: Block) -> Record:
    """A heading, a paragraph (its author's line feeds kept) or a table, told apart by ``type``."""
    if isinstance(block, Table):
        return {"type": "table"} | table_to_record(block)
    location = {"location": place_to_record(block.text.place)}
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "text": block.text.flat} | location
    assert isinstance(block, Paragraph)
    return {"type": "paragraph", "kind": block.kind, "text": block.text.string.strip()} | location


def _flat(text: Text | None) -> str | None:
    return text.flat if text is not None else None


def _stated(record: Mapping[str, Any]) -> Record:
    return {key: value for key, value in record.items() if value is not None}


def _mapping(figures: Mapping[str, Figure]) -> Record:
    return {name: figure_to_record(figure) for name, figure in figures.items()}


def _figures(holder: object, names: Iterable[str]) -> Record:
    """The figures among an object's attributes that are not None."""
    found = ((name, getattr(holder, name)) for name in names)
    return {name: figure_to_record(figure) for name, figure in found if figure is not None}
