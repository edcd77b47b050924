"""Tables to forms: which tables make one form, under which title, and which stand alone."""

from __future__ import annotations

import regex

from extractor.document import Document, Heading, Paragraph, Table, Text
from extractor.facts import Form
from extractor.recognise.areas import read_table
from extractor.recognise.before_table import level_before, nearest, title_among, title_inside, unit_before
from extractor.recognise.contents import Contents
from extractor.recognise.drafts import TITLED, Draft
from extractor.recognise.halves import whole_forms
from extractor.recognise.heads import Heads
from extractor.recognise.reports import one_form
from extractor.recognise.slices import slices
from extractor.recognise.titles import continued, title_kind, unbroken
from extractor.recognise.transposed import transposed_rows
from extractor.recognise.worksheets import worksheet_fields, worksheet_indicator, worksheet_name
from extractor.vocabulary import bare, words

_ENDS = regex.compile(r"^\s*(?:附[件表录]|第[一二三四五六七八九十]+[章部分节]|[一二三四五六七八九十]+、)")
_SECTION = regex.compile(r"^\s*[一二三四五六七八九十]+、")
_NEAR = 4


def read_forms(document: Document) -> tuple[Form, ...]:
    """All forms of a document, in reading order."""
    return one_form(whole_forms(_Assembler(document).forms()), document)


class _Assembler:
    """Goes through the blocks once; tables join the form whose title they stand under."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.found: list[Form] = []
        self.draft: Draft | None = None

    def forms(self) -> tuple[Form, ...]:
        for number, block in enumerate(self.blocks):
            if isinstance(block, Table):
                self._table(number, block)
            else:
                self._line(number, block)
        self._close()
        return tuple(self.found)

    def _line(self, number: int, block: Heading | Paragraph) -> None:
        before = self.blocks[number - 1] if number else None
        text = unbroken(block.text, before.text if isinstance(before, Heading | Paragraph) else None)
        kind = title_kind(text.flat) if not isinstance(block, Paragraph) or block.kind == "body" else None
        if kind in TITLED and self._goes_on(text):
            return
        if kind in TITLED:
            self._close()
            self.draft = Draft(text, kind)
        elif self.draft and self._ends(block, kind):
            self._close()
        elif self.draft and len(text) <= 200:
            self.draft.lines.append(text)

    def _ends(self, block: Heading | Paragraph, kind: str | None) -> bool:
        """Whether a line ends the open form: a heading that begins something else, or the title of 基础数据."""
        section = isinstance(block, Heading) and _SECTION.match(block.text.string) is not None
        if section and (self._unfinished() or level_before([block.text]) is not None):
            return kind == "basic_data"
        heading = isinstance(block, Heading) and bool(kind or _ENDS.match(block.text.string))
        return heading or kind == "basic_data"

    def _unfinished(self) -> bool:
        """Whether the open form has tables, but no indicators yet: one in sections has them under the next heading."""
        contents = [c for _, c in self.draft.contents] if self.draft else []
        return bool(contents) and not any(c.indicators for c in contents)

    def _goes_on(self, title: Text) -> bool:
        """Whether a title is the open form's, printed again over what is left of it: …自评表（续）."""
        begun = self.draft is not None and self.draft.title is not None and self.draft.contents
        return bool(begun) and continued(title.flat) == bare(self.draft.title.flat)  # type: ignore[union-attr]

    def _table(self, number: int, table: Table) -> None:
        before = self._before(number)
        sheet = worksheet_fields(table)
        name = worksheet_name(before, sheet) if sheet else None
        if sheet and name is not None:
            self._close()
            row = worksheet_indicator(sheet, name, table)
            self.found.append(
                Form("worksheet", title_among(before) or name, indicators=(row,), tables=(table.number,),
                     place=table.place, score=row.score, weight=row.weight)
            )  # fmt: skip
            return
        for part in slices(table):
            contents = read_table(part, unit_before(part), self._heads(), self._first_under(part, before))
            contents.level = level_before(before)
            if contents.indicators or contents.budget or contents.fields or contents.goals or contents.tasks:
                self._place(part, contents, before)
            else:
                self._transposed(part, before)
            before = []

    def _heads(self) -> Heads | None:
        """The heads that a table without any may go on under: those of the open form's last table."""
        return self.draft.contents[-1][1].last_heads if self.draft and self.draft.contents else None

    def _first_under(self, table: Table, before: list[Text]) -> str:
        """The kind of the title under which a table is the first with indicators, "" if it is not."""
        title = title_inside(table) or title_among(before)
        kind = title_kind(title.flat) if title is not None else None
        if kind is None and self.draft and not any(c.indicators for _, c in self.draft.contents):
            kind = self.draft.kind
        return kind or ""

    def _transposed(self, table: Table, before: list[Text]) -> None:
        rows, total = transposed_rows(table)
        if rows:
            title = table.caption or nearest(before)
            sums = (total,) if total else ()
            weight, score = (total.weight, total.score) if total else (None, None)
            self.found.append(
                Form("score_table", title, indicators=rows, subtotals=sums, tables=(table.number,),
                     place=table.place, weight=weight, score=score)
            )  # fmt: skip

    def _place(self, table: Table, contents: Contents, before: list[Text]) -> None:
        """Join the table to the open form, or make it a form of its own."""
        title = title_inside(table) or title_among(before)
        own = title_kind(title.flat) if title else None
        if self.draft and title is not None and self._goes_on(title):
            self.draft.contents.append((table, contents))
            return
        if self.draft and (not self._fits(contents) or (own in TITLED and title is not self.draft.title)):
            self._close()
        if self.draft is None:
            if not (contents.indicators or contents.budget or contents.goals or _is_head(table, contents)):
                return
            self.draft = Draft(title or table.caption or nearest(before), own)
            self.draft.lines.extend(before)
            self.draft.contents.append((table, contents))
            if own not in TITLED and "项目名称" not in contents.fields:
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
            self.found.extend(self.draft.forms())
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
    """Whether a table of labels and values alone is a form or the head of one: it has several known
    labels."""
    known = [name for name in contents.fields if name in words("labels").meanings]
    named = "项目名称" in known and len(known) >= 2
    return (named or len(known) >= 3) and table.n_cols <= 12
