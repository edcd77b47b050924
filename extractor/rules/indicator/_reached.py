"""Whether a row's target was reached, what its score is worth, and what its scoring rule grants."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.facts import Figure, Form, Indicator
from extractor.findings import Evidence, evidence
from extractor.quantity import Quantity, conditions, fulfils
from extractor.rules._form import leaves, merged, points, quote

_FULL = regex.compile(r"[^。；;，,\n]{0,60}满分|[^。；;\n]{0,60}不扣分")
_GRANTED = regex.compile(
    r"[^。；;\n]{0,20}(?:偏[差离]|误差|差异|浮动|波动)[^。；;\n]{0,24}(?:不扣分|得满分|视[为同]|均得)|允许[^。；;\n]{0,6}(?:偏差|误差)[^。；;\n]{0,12}"
)
_STEP = regex.compile(
    r"每(?:偏[差离]|降?低|下降|减少|[少差]|超[过出]?|高出?|增加)(?:于?(?:年度|计划|预期)?(?:目标|指标|基准|标准)值?)?\s*(?P<step>\d{1,3}(?:\.\d{1,2})?|一)?\s*个?\s*(?P<unit>百分点|%|％|[^\s\d，,。；;扣]{1,3})"
    r"[^。；;\n]{0,12}扣[^。；;\n]{0,16}"
)
_BAD = regex.compile(
    r"事故|投诉|伤亡|死亡|差错|错误|违规|违纪|违法|超支|案件|事件|失误|故障|负面|舆情|信访|上访|拖欠|缺陷|流失|退单|损失|污染"
)
_PERIOD = regex.compile(r"(?:每|全)(?P<period>[年季月周日天])|(?P<period>[年季月周日天])均")
_LOW = regex.compile(
    r"成本|费用|经费|支出|单价|控制|时限|时间|用时|时长|周期|响应|能耗|消耗|排放|负债|压减|调整率|结余率|结转"
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A row that states target, actual, weight and score as figures of its own."""

    form: Form
    row: Indicator
    target: Quantity
    actual: Quantity
    weight: Quantity
    score: Quantity

    @property
    def full(self) -> bool:
        """Whether it got full marks."""
        return self.score.value == self.weight.value

    def evidence(self) -> tuple[Evidence, ...]:
        """The four figures of the row."""
        pairs = (
            (self.row.target, "指标值", "stated"),
            (self.row.actual, "实际完成值", "stated"),
            (self.row.score, "得分", "stated"),
            (self.row.weight, "分值", "also"),
        )
        return tuple(evidence(f, label, role, quote(self.row)) for f, label, role in pairs if f is not None)


def scored(form: Form) -> list[Scored]:
    """The leaf rows of a form whose target, actual, weight and score are single figures of its own."""
    rows = leaves(form)
    found = []
    for n, row in enumerate(rows):
        weight, score = points(row.weight), points(row.score)
        target, actual = figure(row.target), figure(row.actual)
        if not (weight and score and target and actual) or weight.value <= 0 or score.value > weight.value:
            continue
        if _other_period(row):
            continue
        if merged(rows, n, "score") != merged(rows, n, "weight"):
            continue
        found.append(Scored(form, row, target, actual, weight, score))
    return found


def _other_period(row: Indicator) -> bool:
    return other_period(row.target.string if row.target else "", row.actual.string if row.actual else "")


def other_period(target: str, actual: str) -> bool:
    """Whether target and actual value are told of different periods: 每季度≤1次 and 全年3次."""
    periods = [{m["period"] for m in _PERIOD.finditer(text)} for text in (target, actual)]
    return all(periods) and not periods[0] & periods[1]


def figure(said: Figure | None) -> Quantity | None:
    """The single figure of a field; None if it states none or several."""
    return said.quantity if said is not None and not said.conditions else None


def reached(target: Quantity, actual: Quantity, name: str = "") -> bool | None:
    """Whether the target of an indicator was reached; None when that cannot be told.

    Besides what ``fulfils`` says: 100% without an operator means at least that, 0 of what is bad at most 0.
    With "=" which way is better is known only for less of what should be much: not for more, costs or times.
    """
    met = fulfils(target, actual)
    if target.op in ("", "=") and not target.value and actual.value > 0:
        return False if _BAD.search(name) else None
    if met is False and target.op == "=" and (_base(actual) > _base(target) or _less_is_better(target, name)):
        return None
    if met is not None or target.op or actual.op or target.upper is not None or actual.upper is not None:
        return met
    if target.dimension != actual.dimension and "number" not in (target.dimension, actual.dimension):
        return None
    if target.dimension == "ratio" and _base(target) == 1 and not _less_is_better(target, name):
        return fulfils(_with(target, ">="), actual)
    return None


def fewer(row: Scored) -> bool:
    """Whether less was done than a number of things that the target names without saying at least or at most."""
    target, actual = row.target, row.actual
    if target.op or actual.op or target.upper is not None or actual.upper is not None:
        return False
    counted = target.dimension.startswith("count:") and target.unit == actual.unit
    return counted and actual.value < target.value and not _less_is_better(target, row.row.name)


def _less_is_better(target: Quantity, name: str) -> bool:
    """Whether less than the target may be what is wanted: money, and what a name tells to be kept low."""
    return target.dimension.startswith("money") or bool(_LOW.search(name) or _BAD.search(name))


def _with(target: Quantity, op: str) -> Quantity:
    return Quantity(target.text, target.value, op, None, target.unit, target.precision, True)


def _base(q: Quantity) -> Decimal:
    return q.value * q.scale


def shortfall(target: Quantity, actual: Quantity) -> Decimal:
    """How far the actual value is from the target, in the target's unit."""
    return abs(
        target.value - actual.value * actual.scale / target.scale
        if actual.unit
        else target.value - actual.value
    )


def granted(rule: str, target: Quantity, actual: Quantity) -> str:
    """The words of a scoring rule under which a small shortfall costs nothing; "" if there are none."""
    allowed = _GRANTED.search(rule)
    if allowed:
        return str(allowed[0]).strip()
    step = _STEP.search(rule)
    if step is None or step["unit"] not in ("百分点", "%", "％", target.unit):
        return ""
    size = Decimal(1) if step["step"] in (None, "一") else Decimal(step["step"])
    return str(step[0]).strip() if shortfall(target, actual) < size else ""


def full_by_rule(rule: str, actual: Quantity) -> str:
    """The words of a rule by which the actual value earns full marks (达到 85%以上得满分), else ""."""
    for clause in _FULL.finditer(rule):
        for condition in conditions(clause[0]):
            if condition.op and fulfils(condition, actual) is True:
                return str(clause[0]).strip()
    return ""


def proportion(target: Quantity, actual: Quantity) -> Decimal | None:
    """The share of the target that was reached; None where it has no sense."""
    if target.op in ("<=", "<"):
        target, actual = actual, target
    elif target.op not in (">=", ">", "=", ""):
        return None
    below = _base(target) if target.unit or not actual.unit else target.value * actual.scale
    above = _base(actual) if actual.unit or not target.unit else actual.value * target.scale
    return above / below if below > 0 and 0 < above < below else None
