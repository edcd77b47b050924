"""What the pattern sets recognise: forms with their rows, and statements in prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractor.document import NOWHERE, Place, Text
from extractor.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or a text with its place: ``text`` as printed, and the quantities read from it.

    ``quantity`` is the figure when the text is one figure; a text with several conditions
    (一级故障≤90分钟，二级故障≤180分钟) has them in ``conditions``; 健全 has neither.
    """

    text: Text
    quantity: Quantity | None = None
    conditions: tuple[Quantity, ...] = ()

    @property
    def string(self) -> str:
        """The text as printed, without line feeds."""
        return self.text.flat

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.text.place

    @property
    def blank(self) -> bool:
        """Whether nothing is stated: empty, or a dash."""
        return self.string.strip("-—－–/／ 　_") == ""


@dataclass(frozen=True, slots=True)
class Level:
    """A level above an indicator, as its merged cell names it: 项目绩效, with code C and weight 66 if it says so."""

    name: str
    text: Text
    code: str = ""
    weight: Figure | None = None
    score: Figure | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator row. A field without a cell in the form is None; an empty cell is a blank Figure.

    ``others`` holds the columns that are no field of their own, by their printed heads: a second target for the whole
    period (实施周期目标值), a town's share of the target, 财政复核分. ``block`` tells rows apart that speak of other
    things under the same names: 长期绩效指标 and 年度绩效指标 in one form; "" where a form has but one block."""

    name: str
    label: Text
    code: str = ""
    levels: tuple[Level, ...] = ()
    explanation: Figure | None = None
    target: Figure | None = None
    actual: Figure | None = None
    weight: Figure | None = None
    score: Figure | None = None
    rate: Figure | None = None
    rule: Figure | None = None
    source: Figure | None = None
    deviation: Figure | None = None
    note: Figure | None = None
    others: Mapping[str, Figure] = field(default_factory=dict)
    block: str = ""
    place: Place = NOWHERE

    def get(self, name: str) -> Figure | None:
        """The figure of a field by its name."""
        value = getattr(self, name)
        assert value is None or isinstance(value, Figure)
        return value


INDICATOR_FIELDS = (
    "explanation",
    "target",
    "actual",
    "weight",
    "score",
    "rate",
    "rule",
    "source",
    "deviation",
    "note",
)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the funds area: what it is of (年度资金总额), and its columns."""

    item: str
    label: Text
    part: bool = False
    initial: Figure | None = None
    full_year: Figure | None = None
    executed: Figure | None = None
    weight: Figure | None = None
    rate: Figure | None = None
    score: Figure | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Task:
    """A task of a whole department's form (年度主要任务) with its money; ``others`` holds its other columns by their
    printed heads (主要内容, 其中财政拨款, 完成情况)."""

    name: str
    label: Text
    initial: Figure | None = None
    full_year: Figure | None = None
    executed: Figure | None = None
    rate: Figure | None = None
    others: Mapping[str, Figure] = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A row that sums rows above it: 小计, 合计, 总分."""

    label: Text
    weight: Figure | None = None
    score: Figure | None = None
    grand: bool = False
    place: Place = NOWHERE


_SCORES = ("自评", "复核", "复评", "得分", "评分")


@dataclass(frozen=True, slots=True)
class Form:
    """A form in a document: kind as in the output, its labels and values, funds, goals and indicator rows.

    ``tables`` are the numbers of the tables that it was read from; ``unit`` the money unit of its funds as printed
    (万元); ``period_goal`` is the goal of a whole period beside the year's; ``tasks`` are a department's, which
    its form lists with their money; ``placeholders`` counts template rows left unfilled (指标2：, ……).
    """

    kind: str
    title: Text | None = None
    year: int | None = None
    project: Text | None = None
    fields: Mapping[str, Figure] = field(default_factory=dict)
    budget: tuple[BudgetLine, ...] = ()
    goals: Mapping[str, Figure] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    subtotals: tuple[Subtotal, ...] = ()
    weight: Figure | None = None
    score: Figure | None = None
    unit: str = ""
    placeholders: int = 0
    tables: tuple[int, ...] = ()
    place: Place = NOWHERE
    period_goal: Figure | None = None
    tasks: tuple[Task, ...] = ()

    @property
    def scored_twice(self) -> bool:
        """Whether its rows have a second score in a column of its own: 自评得分 beside 复核."""
        heads = {head for row in self.indicators for head, f in row.others.items() if f.quantity is not None}
        return any(word in head for head in heads for word in _SCORES)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says: ``kind`` is the pattern set's name, ``pattern`` the pattern's, ``parts`` its named groups.

    ``sentence`` is the whole sentence, in which it begins ``at`` a character, ``section`` the heading that it stands
    under, ``block`` the number of its block.
    """

    kind: str
    pattern: str
    parts: Mapping[str, Text]
    sentence: Text
    section: str = ""
    block: int = 0
    at: int = 0

    def string(self, part: str) -> str:
        """A named part as a string, "" if the sentence does not state it."""
        text = self.parts.get(part)
        return text.flat if text else ""


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself; None where it does not."""

    kind: str = "unknown"
    title: Text | None = None
    project: Text | None = None
    year: int | None = None
    project_unit: Text | None = None
    department: Text | None = None
    evaluator: Text | None = None
    commissioner: Text | None = None
    date: Text | None = None
    grade: Figure | None = None
    total_score: Figure | None = None

    @property
    def names(self) -> str:
        """Title, project and offices in one, a line each."""
        known = (self.title, self.project, self.project_unit, self.department, self.commissioner)
        return "\n".join(text.flat for text in known if text is not None)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What recognition gives: the forms, the statements in prose, and what the document says of itself."""

    forms: tuple[Form, ...] = ()
    statements: tuple[Statement, ...] = ()
    about: About = field(default_factory=About)
