"""Goes through forms and statements once and gathers every claim under its subject."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from extractor.claims import Claim, Origin, Subject
from extractor.document import Document, Heading, Paragraph, Place, Table
from extractor.facts import INDICATOR_FIELDS, Figure, Form, Indicator, Level, Recognised, Statement
from extractor.quantity import slipped
from extractor.recognise.prose import passages
from extractor.resolve.goals import goal_texts
from extractor.resolve.prose import Context, prose_claims, section_entry, titled_value
from extractor.resolve.register import Entry, Register, plain
from extractor.resolve.told import Names, Passage, told_claims
from extractor.resolve.topics import topics
from extractor.resolve.whole import whole

_SURE = 0.9
_OWN = 0.98
_APART = ("self_evaluation", "target_declaration")
_RATE = "预算执行率"
_RATES = ("项目预算执行率", "年度预算执行率", "资金执行率", "预算资金执行率", "项目资金执行率")
_LABELS = {
    "target": "目标值",
    "actual": "实际完成值",
    "weight": "权重",
    "score": "得分",
    "rate": "得分率",
    "rule": "评分规则",
    "explanation": "指标解释",
    "source": "数据来源",
    "deviation": "偏差原因",
    "note": "说明",
}


def gather(document: Document, recognised: Recognised) -> tuple[Subject, ...]:
    """The subjects of a document with all their claims, in the order in which they first appear."""
    return _Gatherer(document, recognised).subjects()


class _Gatherer:
    """Holds a register for each name space: one for the report as a whole, one for each form that stands alone."""

    def __init__(self, document: Document, recognised: Recognised) -> None:
        self.document = document
        self.recognised = recognised
        self.registers: dict[str, Register] = {}
        filled = [f for f in recognised.forms if f.indicators]
        self.one_form = len(filled) == 1 and filled[0].kind in _APART
        self.forms_of_table: dict[int, list[int]] = {}
        for number, form in enumerate(recognised.forms):
            for table in form.tables:
                self.forms_of_table.setdefault(table, []).append(number)

    def subjects(self) -> tuple[Subject, ...]:
        for number, form in enumerate(self.recognised.forms):
            self._form(number, form)
        self._prose()
        total = whole(self.recognised)
        if total is not None:
            self.register(None).entries.append(total)
        return tuple(_settled(e.subject()) for r in self.registers.values() for e in r.entries)

    def register(self, form: int | None) -> Register:
        """The register that a form's subjects belong to."""
        space = ""
        if form is not None and self.recognised.forms[form].kind in _APART and not self.one_form:
            space = f"form-{form}"
        return self.registers.setdefault(space, Register(space))

    def _form(self, number: int, form: Form) -> None:
        register = self.register(number)
        alike = {level.name for r in form.indicators for level in r.levels if level.name == r.name}
        alike |= _of_several(form)
        for row in form.indicators:
            entry = register.enter(row.name, row.code)
            entry.claims.extend(_row_claims(row, Origin(form.kind, number)))
            for level in row.levels:
                if level.code or level.name not in alike:  # a level may have a part of its own name
                    self._level(register, level, Origin(form.kind, number))
        if not register.space:
            _execution_rate(register, form, Origin(form.kind, number))

    def _level(self, register: Register, level: Level, origin: Origin) -> None:
        """A level that states its weight is a subject too; only the first row under it is asked."""
        if level.weight is None or level.weight.quantity is None or not (level.code or level.name):
            return
        entry = register.enter(level.name, level.code)
        entry.level = entry.level or not entry.claims
        if any(
            c.figure.text is level.weight.text or c.figure.place == level.weight.place for c in entry.claims
        ):
            return
        quote = level.text.flat
        entry.claims.append(Claim("weight", level.weight, origin, "权重", quote, name=level.name))

    def _prose(self) -> None:
        year = self.recognised.about.year
        headings = {n: b for n, b in enumerate(self.document.blocks) if isinstance(b, (Heading, Paragraph))}
        for number, block in headings.items():
            register = self.register(None)
            found = titled_value(register, block.text, number)
            if found:
                found[0].claims.append(found[1])
        nearest: tuple[int, Place, int, Entry] | None = None
        aims = {t.home for f in self.recognised.forms for field, t in goal_texts(f) if field == "target"}
        for statement in self.recognised.statements:
            form = self._form_at(statement.block, statement.sentence.home)
            register = self.register(form)
            row = self._row_at(form, statement.sentence.home)
            at, begin, topic = self._topic(statement, register)
            here = (statement.block, statement.sentence.home)
            context = Context(
                register,
                register.find(row.name, row.code) if row else None,
                year,
                Origin(self._origin(form), form),
                form is None or row is None or _tells_results(row, statement.sentence.home),
                nearest[3] if nearest and nearest[:2] == here and nearest[2] >= begin else None,
                statement.sentence.home in aims,
                topic,
            )
            for entry, claim in prose_claims(statement, context):
                entry.claims.append(claim)
                if statement.kind == "indicator-score" and "label" in statement.parts:
                    nearest = (*here, at, entry)
        self._told()

    def _topic(self, statement: Statement, register: Register) -> tuple[int, int, Entry | None]:
        """Where a statement stands in its paragraph, where that part of it begins, and the indicator that the part
        is about."""
        block = self.document.blocks[statement.block]
        if not isinstance(block, Paragraph):
            return 0, 0, None
        at = max(block.text.string.find(statement.sentence.string), 0) + statement.at
        parts = topics(block.text, register)
        return at, parts.begin(at), parts.at(at)

    def _told(self) -> None:
        """Figures of paragraphs and of forms' accounts that no sentence pattern reads."""
        names = Names(self.register(None))
        for number, section, text in passages(self.document) if names.register.entries else ():
            if isinstance(self.document.blocks[number], Paragraph) and any(c.isdigit() for c in text.string):
                about = topics(text, names.register, section_entry(names.register, section))
                self._add(
                    Passage(text, section, about, home=self.recognised.about.names), names, Origin("prose")
                )
        for number, form in enumerate(self.recognised.forms):
            for field, text in goal_texts(form):
                if field == "actual" and form.indicators:
                    origin = Origin(self._origin(number), number)
                    self._add(
                        Passage(text, results=True, home=self.recognised.about.names),
                        Names(self.register(number)),
                        origin,
                        ("actual", "completion"),
                    )

    def _add(self, passage: Passage, names: Names, origin: Origin, fields: Collection[str] = ()) -> None:
        """The claims of a passage, without those that a sentence pattern read before."""
        for entry, claim in told_claims(passage, names, origin, self.recognised.about.year):
            if (not fields or claim.field in fields) and not any(_same_place(claim, c) for c in entry.claims):
                entry.claims.append(claim)

    def _form_at(self, block: int, home: Place) -> int | None:
        """The form that a block's table belongs to; of several in one table the last that begins above the cell."""
        found = self.document.blocks[block]
        forms = self.forms_of_table.get(found.number, []) if isinstance(found, Table) else []
        above = [n for n in forms if (self.recognised.forms[n].place.row or 0) <= (home.row or 0)]
        return above[-1] if above else forms[0] if forms else None

    def _origin(self, form: int | None) -> str:
        if form is None or self.one_form:
            return "prose"
        return self.recognised.forms[form].kind

    def _row_at(self, form: int | None, home: Place) -> Indicator | None:
        """The indicator row that a cell belongs to; a worksheet as a whole is one."""
        if form is None:
            return None
        rows = self.recognised.forms[form].indicators
        if self.recognised.forms[form].kind == "worksheet":
            return rows[0]
        return next((r for r in rows if r.place.table == home.table and r.place.row == home.row), None)


def _of_several(form: Form) -> set[str]:
    """The names of levels that a form gives several weights: each row has one of its own (数量指标（10分）,
    数量指标（8分）)."""
    told: dict[str, set[Decimal]] = {}
    for level in (level for row in form.indicators for level in row.levels if not level.code):
        if level.weight is not None and level.weight.quantity is not None:
            told.setdefault(level.name, set()).add(level.weight.quantity.value)
    return {name for name, values in told.items() if len(values) > 1}


def _execution_rate(register: Register, form: Form, origin: Origin) -> None:
    """The rate of the funds' total line, where no indicator of that name states it."""
    line = next((b for b in form.budget[:1] if not b.part), None)
    if line is None or line.rate is None or line.rate.quantity is None or register.find(_RATE):
        return
    entry = register.enter(_RATE)
    quote = f"{line.label.flat} {line.rate.string}"
    entry.claims.append(Claim("actual", line.rate, origin, "执行率", quote, name=_RATE))
    for name in _RATES:
        register.enter(name, known=entry)


def _same_place(one: Claim, other: Claim) -> bool:
    """Whether two claims were read from the same words."""
    a, b = one.figure, other.figure
    return one.field == other.field and a.place == b.place and a.string == b.string


def _settled(subject: Subject) -> Subject:
    """Without the claims made under a like name where the same field is stated in prose under the subject's own;
    a figure that is the own one but for a slip of the pen stays."""
    exact = [c for c in subject.claims if c.origin.kind == "prose" and c.confidence >= _OWN]
    kept = [
        c
        for c in subject.claims
        if c.confidence >= _SURE or all(c.field != e.field or _slipped(c, e) for e in exact)
    ]
    return replace(subject, claims=tuple(kept)) if len(kept) < len(subject.claims) else subject


def _slipped(one: Claim, other: Claim) -> bool:
    a, b = one.figure.quantity, other.figure.quantity
    return a is not None and b is not None and a.unit == b.unit and slipped(a, b.value)


def _tells_results(row: Indicator, home: Place) -> bool:
    """Whether a cell of a row tells what was reached: its remarks do, its rule, target and explanation do not."""
    told = [f.text.home for f in (row.note, row.deviation, row.actual) if f is not None]
    return any((h.table, h.row, h.col) == (home.table, home.row, home.col) for h in told)


def _row_claims(row: Indicator, origin: Origin) -> list[Claim]:
    quote = _quote(row)
    claims = []
    for field in INDICATOR_FIELDS:
        figure = row.get(field)
        if figure is not None and not figure.blank:
            if field in ("target", "actual"):
                figure = _stated_of(figure, row.name)
            claims.append(Claim(field, figure, origin, _LABELS[field], quote, row.block, row.name))
    others = ((head, f) for head, f in row.others.items() if f.quantity is not None)
    claims.extend(Claim("other", f, origin, head, quote, row.block, row.name) for head, f in others)
    return claims


def _stated_of(figure: Figure, name: str) -> Figure:
    """The one figure that a cell states of the indicator in words (日均骑行量不低于2万人次); else the cell as it is."""
    if figure.quantity is not None or len(figure.conditions) != 1:
        return figure
    only = figure.conditions[0]
    start = figure.text.string.find(only.text)
    if start < 0 or (only.of and plain(only.of) not in plain(name) and plain(name) not in plain(only.of)):
        return figure
    return Figure(figure.text.cut(start, start + len(only.text)), only)


def _quote(row: Indicator) -> str:
    """The row as a reader sees it: label and short fields."""
    cells = [row.label.flat]
    for field in ("target", "actual", "weight", "score", "rate"):
        figure = row.get(field)
        if figure is not None and figure.string:
            cells.append(figure.string)
    return " ".join(cells)
