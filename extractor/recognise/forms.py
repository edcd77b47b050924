"""Tables to forms: which tables make one form, what kind it is, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex

from extractor.document import Document, Heading, Paragraph, Table, Text
from extractor.facts import Figure, Form, Subtotal
from extractor.recognise.contents import Contents, read_table
from extractor.recognise.fields import inline_pair
from extractor.recognise.transposed import transposed_rows
from extractor.recognise.units import unit_in_brackets, unit_in_line
from extractor.recognise.worksheets import worksheet_fields, worksheet_indicator, worksheet_name
from extractor.vocabulary import words

_YEAR = regex.compile(r"(20\d{2})\s*(?:年度?|年)")
_ENDS = regex.compile(r"^\s*(?:附[件表录]|第[一二三四五六七八九十]+[章部分节]|[一二三四五六七八九十]+、)")
_TITLES = ("self_evaluation", "target_declaration")
_LONGEST_TITLE = 60
_NEAR = 4


@dataclass
class _Draft:
    """A form being put together from tables under one title."""

    title: Text | None
    kind: str | None
    contents: list[tuple[Table, Contents]] = field(default_factory=list)
    lines: list[Text] = field(default_factory=list)


def title_kind(text: str) -> str | None:
    """The kind of form or document that a short line is the title of."""
    return words("titles").meaning(text) if len(text) <= _LONGEST_TITLE else None


def read_forms(document: Document) -> tuple[Form, ...]:
    """All forms of a document, in reading order."""
    return _Assembler(document).forms()


class _Assembler:
    """Goes through the blocks once; tables join the form whose title they stand under."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.found: list[Form] = []
        self.draft: _Draft | None = None

    def forms(self) -> tuple[Form, ...]:
        for number, block in enumerate(self.blocks):
            if isinstance(block, Table):
                self._table(number, block)
            else:
                self._line(block)
        self._close()
        return tuple(self.found)

    def _line(self, block: Heading | Paragraph) -> None:
        text = block.text
        kind = title_kind(text.flat) if not isinstance(block, Paragraph) or block.kind == "body" else None
        if kind in _TITLES:
            self._close()
            self.draft = _Draft(text, kind)
        elif self.draft and isinstance(block, Heading) and (kind or _ENDS.match(text.string)):
            self._close()
        elif self.draft and len(text) <= 200:
            self.draft.lines.append(text)

    def _table(self, number: int, table: Table) -> None:
        before = self._before(number)
        sheet = worksheet_fields(table)
        name = worksheet_name(before, sheet) if sheet else None
        if sheet and name is not None:
            self._close()
            row = worksheet_indicator(sheet, name, table)
            self.found.append(
                Form("worksheet", _title_among(before) or name, indicators=(row,), tables=(table.number,),
                     place=table.place, score=row.score, weight=row.weight)
            )  # fmt: skip
            return
        contents = read_table(table, _unit_before(table))
        if contents.indicators or contents.budget or contents.goals or not self._transposed(table, before):
            self._place(table, contents, before)

    def _transposed(self, table: Table, before: list[Text]) -> bool:
        """Whether the table is a score table on its side; then it is a form."""
        rows, total = transposed_rows(table)
        if rows:
            title = table.caption or (before[-1] if before else None)
            self.found.append(
                Form("score_table", title, indicators=rows, subtotals=(total,) if total else (), tables=(table.number,),
                     place=table.place, weight=total.weight if total else None, score=total.score if total else None)
            )  # fmt: skip
        return bool(rows)

    def _place(self, table: Table, contents: Contents, before: list[Text]) -> None:
        """Join the table to the open form, or make it a form of its own."""
        title = _title_inside(table) or _title_among(before)
        own = title_kind(title.flat) if title else None
        if self.draft and (not self._fits(contents) or (own in _TITLES and title is not self.draft.title)):
            self._close()
        if self.draft is None:
            if not (contents.indicators or contents.budget or contents.goals or _is_head(table, contents)):
                return
            self.draft = _Draft(title or (before[-1] if before else None), own)
            self.draft.lines.extend(before)
            self.draft.contents.append((table, contents))
            if own not in _TITLES and "项目名称" not in contents.fields:
                self._close()
            return
        self.draft.contents.append((table, contents))

    def _fits(self, contents: Contents) -> bool:
        """Whether a table may go on with the open form: nothing of it is there already."""
        assert self.draft is not None
        have = [c for _, c in self.draft.contents]
        if "项目名称" in contents.fields and any("项目名称" in c.fields or c.indicators for c in have):
            return False
        return not (contents.indicators and any(c.indicators for c in have) and contents.fields)

    def _close(self) -> None:
        if self.draft and self.draft.contents:
            self.found.append(_form(self.draft))
        self.draft = None

    def _before(self, number: int) -> list[Text]:
        """The short lines just before a block, nearest last, up to the table before it."""
        lines: list[Text] = []
        for block in reversed(self.blocks[max(0, number - _NEAR) : number]):
            if isinstance(block, Table):
                break
            if len(block.text) <= 120:
                lines.append(block.text)
        return lines[::-1]


def _is_head(table: Table, contents: Contents) -> bool:
    """Whether a table of labels and values alone is the head of a form: a project's name and other known labels."""
    known = [name for name in contents.fields if name in words("labels").meanings]
    return "项目名称" in known and len(known) >= 2 and table.n_cols <= 12


def _unit_before(table: Table) -> str:
    return unit_in_line(table.unit.string) if table.unit else (unit_in_brackets(table.caption.string) if table.caption else "")


def _title_inside(table: Table) -> Text | None:
    """A title printed as the table's first row over its whole width."""
    first = table.at(0, 0)
    if first is None or first.colspan < table.n_cols or not first.text:
        return None
    return first.text if title_kind(first.text.flat) else None


def _title_among(before: list[Text]) -> Text | None:
    return next((t for t in reversed(before) if title_kind(t.flat)), None)


def _form(draft: _Draft) -> Form:
    fields: dict[str, Figure] = {}
    goals: dict[str, Figure] = {}
    for line in draft.lines:
        pair = inline_pair(line)
        if pair:
            fields.setdefault(*pair)
    for _, contents in draft.contents:
        for name, value in contents.fields.items():
            fields.setdefault(name, value)
        for name, value in contents.goals.items():
            goals.setdefault(name, value)
    every = [c for _, c in draft.contents]
    total = _total([s for c in every for s in c.subtotals])
    project = fields.get("项目名称")
    form = Form(
        kind=draft.kind or "other",
        title=draft.title,
        year=_year(draft),
        project=project.text if project else None,
        fields=fields,
        budget=tuple(line for c in every for line in c.budget),
        goals=goals,
        indicators=tuple(row for c in every for row in c.indicators),
        subtotals=tuple(row for c in every for row in c.subtotals),
        weight=total.weight if total else None,
        score=total.score if total else None,
        unit=next((c.unit for c in every if c.unit), ""),
        placeholders=sum(c.placeholders for c in every),
        tables=tuple(t.number for t, _ in draft.contents),
        place=draft.contents[0][0].place,
    )
    meanings = set().union(*(c.meanings for c in every)) if every else set()
    return replace(form, kind=_kind(draft.kind, meanings, form))


def _total(subtotals: list[Subtotal]) -> Subtotal | None:
    grand = [s for s in subtotals if s.grand]
    return grand[-1] if grand else None


def _kind(titled: str | None, meanings: set[str], form: Form) -> str:
    """The form's kind: from its title, unless its columns say that it is something else."""
    if titled in ("self_evaluation", "target_declaration") or titled == "basic_data":
        return titled
    if {"rule", "weight"} <= meanings:
        return "indicator_system"
    if "score" in meanings:
        filled = form.fields or form.budget
        return "self_evaluation" if filled and {"target", "actual"} & meanings else "score_table"
    if "target" in meanings:
        return "basic_data" if "actual" in meanings else "target_declaration"
    if "actual" in meanings:
        return "basic_data"
    return titled if titled in ("indicator_system", "score_table") and form.indicators else "other"


def _year(draft: _Draft) -> int | None:
    """The year of a form: from the lines around its title, else from its title row or labels."""
    texts = [draft.title.string if draft.title else "", *(t.string for t in draft.lines[:4])]
    for table, _ in draft.contents[:1]:
        texts += [cell.text.string for cell in table.cells[:6] if len(cell.text) <= 40]
    for text in texts:
        found = _YEAR.search(text)
        if found:
            return int(found[1])
    return None


