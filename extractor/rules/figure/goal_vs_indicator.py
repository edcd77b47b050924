"""总体目标的文字与同一张表的指标值不一致。

总体目标里写的“故障率低于千分之五”“综合满意度达到 96%以上”与同名指标的目标值核对，数值不同的提醒核对；
数值相同而名称只差一两个字（应急响应率、应急服务率）且表中没有同名指标的，提醒核对名称；总体目标写了数量
（为 52 名队员配发雨衣）而唯一对应的数量指标是另一个数的，也提醒核对。

目标和完成情况里连着指标名称写的数量（“新建蓄水池 12 座”），与该指标的目标值、完成值不同的，也提醒核对。
实施期目标与实施期指标值核对，年度目标与年度指标值核对。

名称对应不明确的、写的是另一年度或另一范围（上年、累计、每月、某镇）的、单位不能相比的（次与次/天）、目标里只是举例的，都不指出。

错误示例::

    # 财政项目支出绩效目标表

    | 项目名称 | 路灯养护经费 | < | < |
    | 年度总体目标 | 保障夜间照明，路灯故障率低于千分之五，群众满意度达到 95%以上。 | < | < |
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |
    | 产出指标 | 质量指标 | 路灯故障率 | ≤0.3% |
    | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥95% |

正确示例::

    # 财政项目支出绩效目标表

    | 项目名称 | 路灯养护经费 | < | < |
    | 年度总体目标 | 保障夜间照明，路灯故障率低于千分之五，群众满意度达到 95%以上。 | < | < |
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |
    | 产出指标 | 质量指标 | 路灯故障率 | ≤0.5% |
    | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥95% |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure, Form, Indicator
from extractor.findings import Finding, evidence
from extractor.quantity import Agreement, Quantity, agree, find
from extractor.resolve.register import plain
from extractor.rules.figure._goals import Told, told

RULE = "goal-vs-indicator"
FOLLOWS = ("values-disagree", "targets-disagree")
_RATE = regex.compile(
    r"(?P<name>[一-鿿]{2,16}?(?:率|度|比例|比重))(?:均|应|需|要|力争|常年|长期|始终|稳定)*(?:达到|达|为|是|控制在|保持在|维持在|在)*\s*$"
)
_PART = regex.compile(r"[，,。；;：:\n]")
_CLAUSE = regex.compile(r"[，,。；;：:、\n]")
_LEAD = regex.compile(
    r"^(?:确保|保证|保障|使|实现|提高|降低|其中|并|且|以及|及|的|对|年度|全年|群众对服务的|服务的)+"
)
_VERBS = regex.compile(
    r"购置|采购|制作|定制|完成|开展|建设|实施|数量|次数|人数|个数|情况|总数|数|率|的|年度|全年"
)
_ALIKE = 55.0
_SIDES = {"target": ("总体目标", "目标值"), "actual": ("完成情况", "完成值")}


def check(reading: Reading) -> Iterator[Finding]:
    """A warning for each figure of a form's goal or results that its own indicator row states otherwise."""
    strong = list(told(reading))
    yield from map(_told, strong)
    known = {(one.text.place, one.quantity.start) for one in strong}
    for form in reading.forms:
        for text in _goals(form):
            figures = [q for q in find(text.string) if q.upper is None]
            for quantity in figures:
                if quantity.dimension == "ratio":
                    yield from _rates(form, text, quantity)
                elif (text.place, quantity.start) in known:
                    continue
                elif quantity.dimension.startswith("count") and quantity.exact:
                    yield from _counts(form, text, quantity, figures)


def _goals(form: Form) -> list[Text]:
    """The goals as the form states them, each once."""
    found = [
        f
        for f in (form.goals.get("expected"), form.fields.get("年度总体目标"))
        if f is not None and not f.blank
    ]
    kept: dict[str, Text] = {f.string: f.text for f in found}
    return list(kept.values())


def _rates(form: Form, text: Text, quantity: Quantity) -> Iterator[Finding]:
    found = _RATE.search(_CLAUSE.split(text.string[: quantity.start])[-1])
    if found is None:
        return
    name = _LEAD.sub("", found["name"])
    rows = [r for r in form.indicators if r.target is not None and r.target.quantity is not None]
    same = [r for r in rows if _same(name, r.name)]
    if len(same) == 1:
        yield from _compared(form, text, quantity, name, same[0])
    elif not same and not any(_same(name, r.name) for r in form.indicators):
        near = [r for r in rows if _near(name, r.name) and _agrees(quantity, r)]
        if len(near) == 1:
            yield _renamed(form, text, quantity, name, near[0])


def _same(name: str, other: str) -> bool:
    """Whether a goal's words are an indicator's name, or its last part: 故障率 of 路灯故障率."""
    a, b = (plain(n).replace("满意率", "满意度") for n in (name, other))
    return a == b or (
        min(len(a), len(b)) >= 3 and (a.endswith(b) or b.endswith(a)) and abs(len(a) - len(b)) <= 3
    )


def _near(name: str, other: str) -> bool:
    return name[:2] == other[:2] and name[-1] == other[-1] and fuzz.ratio(name, other) >= _ALIKE


def _agrees(quantity: Quantity, row: Indicator) -> bool:
    assert row.target is not None and row.target.quantity is not None
    return agree(quantity, row.target.quantity) is Agreement.AGREE


def _compared(form: Form, text: Text, quantity: Quantity, name: str, row: Indicator) -> Iterator[Finding]:
    target = row.target.quantity if row.target else None
    if target is None or row.target is None or agree(quantity, target) is not Agreement.DISAGREE:
        return
    yield _finding(
        form,
        (text, quantity),
        row,
        f"总体目标写“{name}{quantity.text}”，指标“{row.name}”的目标值为 {row.target.string}，两者不一致",
        "影响该指标是否达标的判断",
        0.8,
    )


def _renamed(form: Form, text: Text, quantity: Quantity, name: str, row: Indicator) -> Finding:
    target = row.target.string if row.target else ""
    said = (
        f"总体目标写“{name}”{quantity.text}，指标表中数值相同的指标名为“{row.name}”（{target}），名称不一致"
    )
    return _finding(form, (text, quantity), row, said, "影响指标内涵的一致性", 0.7)


def _counts(form: Form, text: Text, quantity: Quantity, figures: Sequence[Quantity]) -> Iterator[Finding]:
    """A number of things in the goal against the one indicator of quantity about the same things."""
    clause = _clause_at(text.string, quantity)
    if sum(q.start >= clause[0] and q.end <= clause[1] for q in figures) != 1:
        return
    words = text.string[clause[0] : clause[1]]
    rows = [r for r in form.indicators if _counted(r) and _core(r.name) in words]
    if len(rows) != 1 or rows[0].target is None or rows[0].target.quantity is None:
        return
    target = rows[0].target.quantity
    comparable = target.dimension in ("number", quantity.dimension)
    if comparable and not target.op.strip("=") and not quantity.op and target.value != quantity.value:
        said = (
            f"总体目标写“{words.strip()}”（{quantity.text}），"
            f"指标“{rows[0].name}”的目标值为 {rows[0].target.string}，请核实数量是否一致"
        )
        yield _finding(form, (text, quantity), rows[0], said, "影响产出数量目标的合理性", 0.6)


def _told(one: Told) -> Finding:
    where, what = ("实施期目标", "实施期指标值") if one.period else _SIDES[one.field]
    said = (
        f"{where}写“{one.clause.strip()}”（{one.quantity.text}），"
        f"指标“{one.row.name}”的{what}为 {one.stated.string}，两者不一致"
    )
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{one.row.code} {one.row.name}".strip(),
        message=f"{said}，请核实。",
        evidence=(
            evidence(one.figure, where, "stated", one.text.flat[:200]),
            evidence(one.stated, what, "stated", f"{one.row.label.flat} {one.stated.string}"),
        ),
        expected=f"{where}与指标的{what}一致",
        actual=f"{one.quantity.text}；{one.stated.string}",
        impact="影响该指标是否达标的判断",
        confidence=0.8,
    )


def _clause_at(string: str, quantity: Quantity) -> tuple[int, int]:
    start = max((m.end() for m in _PART.finditer(string, 0, quantity.start)), default=0)
    end = _PART.search(string, quantity.end)
    return start, end.start() if end else len(string)


def _counted(row: Indicator) -> bool:
    """Whether a row states a number of things."""
    quantity = row.target.quantity if row.target else None
    return (
        quantity is not None
        and quantity.dimension.split(":")[0] in ("number", "count")
        and quantity.precision == 0
        and bool(regex.search(r"数量?$|次数$|人数$", row.name))
        and len(_core(row.name)) >= 2
    )


def _core(name: str) -> str:
    """What a quantity is of: 雨衣 of 购置雨衣数量."""
    return str(_VERBS.sub("", name))


def _finding(
    form: Form, goal: tuple[Text, Quantity], row: Indicator, said: str, impact: str, confidence: float
) -> Finding:
    text, quantity = goal
    part = Figure(text.cut(quantity.start, quantity.end), quantity)
    target = row.target
    assert target is not None
    owner = f"“{form.project.flat}”" if form.project else ""
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{row.code} {row.name}".strip(),
        message=f"{owner}{said}。",
        evidence=(
            evidence(part, "总体目标", "stated", text.flat[:200]),
            evidence(target, "目标值", "stated", f"{row.label.flat} {target.string}"),
        ),
        expected="总体目标与指标值一致",
        actual=f"{quantity.text}；{target.string}",
        impact=impact,
        confidence=confidence,
    )
