"""Versions of a figure: the claims of one field of one subject, grouped into those that agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractor.claims import Claim, Reading, Subject
from extractor.document import Place
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import Agreement, Quantity, agree, find, slip
from extractor.rules.figure._parts import without_parts
from extractor.rules.figure._shown import of_named_part

PLACES = {
    "score_table": "得分表",
    "indicator_system": "指标体系表",
    "worksheet": "工作底稿",
    "basic_data": "基础表",
    "self_evaluation": "自评表",
    "target_declaration": "目标表",
    "prose": "正文",
    "heading": "标题",
    "other": "表格",
}
SURE = 0.9
_POINTS = "分"
_TELLING = 3


@dataclass(frozen=True, slots=True)
class Versions:
    """One field of a subject stated in ways that do not agree: each version with the claims that state it."""

    subject: Subject
    field: str
    groups: tuple[tuple[Claim, ...], ...]

    @property
    def first(self) -> Claim:
        return self.groups[0][0]

    @property
    def sure(self) -> bool:
        """Whether it is certain that all versions speak of the same thing."""
        return all(max(c.confidence for c in group) >= SURE for group in self.groups)


def disagreeing(reading: Reading, field: str) -> Iterator[Versions]:
    """Every subject whose claims of a field fall into more than one version."""
    for subject in reading.subjects:
        claims = [
            c
            for c in subject.of(field)
            if c.figure.quantity is not None and not c.scope and not of_named_part(c, subject.name)
        ]
        claims = _without_told_beside(_without_other_columns(claims, subject))
        groups = grouped(without_parts(_one_each(claims)))
        if len(groups) > 1:
            yield Versions(subject, field, groups)


def _without_other_columns(claims: list[Claim], subject: Subject) -> list[Claim]:
    """Without what running text tells of a further column of the subject's own row: a second score, a second target."""
    others = [q for c in subject.of("other") if (q := c.figure.quantity) is not None]
    stated = [c for c in claims if c.origin.kind != "prose"]
    if not others or not stated:
        return claims
    return [
        c
        for c in claims
        if c.origin.kind != "prose"
        or _agreeing(c, [_quantity(s) for s in stated])
        or not _agreeing(c, others)
    ]


def _without_told_beside(claims: list[Claim]) -> list[Claim]:
    """Without what running text tells in the very sentence that tells the table's figure, too: 在园幼儿 15,163 人，其中
    享受补助 7,740 人."""
    stated = [_quantity(c) for c in claims if c.origin.kind != "prose"]
    return [c for c in claims if c.origin.kind != "prose" or _agreeing(c, stated) or not _beside(c, stated)]


def _beside(claim: Claim, stated: list[Quantity]) -> bool:
    told = [q for q in find(claim.quote) if len(q.value.as_tuple().digits) >= _TELLING and not q.op]
    return any(q.dimension == s.dimension and q.value == s.value for q in told for s in stated)


def _agreeing(claim: Claim, figures: list[Quantity]) -> bool:
    return any(agree(_quantity(claim), q) is Agreement.AGREE for q in figures)


def _one_each(claims: list[Claim]) -> list[Claim]:
    """Without the claims of a sentence that gives the same thing several figures: it lists whose each is (家长满意度
    94%，教师满意度 91%)."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.origin.kind == "prose" and claim.quote:
            told.setdefault(claim.quote, []).append(claim)
    lists = {quote for quote, some in told.items() if len(grouped(some)) > 1}
    return [c for c in claims if c.origin.kind != "prose" or c.quote not in lists]


def grouped(claims: list[Claim]) -> tuple[tuple[Claim, ...], ...]:
    """Claims in groups that agree among themselves, the most precise figure of a group standing for it.

    A claim that cannot be compared with the first (another kind of unit) is left out.
    """
    groups: list[list[Claim]] = []
    known: dict[Quantity, list[Claim] | None] = {}
    for claim in sorted(claims, key=lambda c: -_quantity(c).precision):
        same = replace(_quantity(claim), start=0, end=0)
        if same not in known:
            known[same] = _home(groups, same)
        home = known[same]
        if home is not None:
            home.append(claim)
    order = {id(c): n for n, c in enumerate(claims)}
    groups = [sorted(g, key=lambda c: order[id(c)]) for g in groups]
    return tuple(tuple(g) for g in sorted(groups, key=lambda g: order[id(g[0])]))


def _home(groups: list[list[Claim]], quantity: Quantity) -> list[Claim] | None:
    """The group that a figure belongs to, made where it agrees with none; None if it cannot be compared."""
    verdicts = [agree(_quantity(group[0]), quantity) for group in groups]
    if Agreement.AGREE in verdicts:
        return groups[verdicts.index(Agreement.AGREE)]
    if any(verdict is not Agreement.DISAGREE for verdict in verdicts):
        return None
    groups.append([])
    return groups[-1]


def agreed(subject: Subject, field: str) -> Claim | None:
    """The most precise claim of a field if all its certain claims agree; None if there is none, or more than one
    version."""
    claims = [
        c for c in subject.of(field) if c.figure.quantity is not None and not c.scope and c.confidence >= SURE
    ]
    groups = grouped(claims)
    return max(groups[0], key=lambda c: _quantity(c).precision) if len(groups) == 1 else None


def finding(versions: Versions, rule: str, what: str, impact: str) -> Finding:
    """One finding for all versions: what each says and where, every further place as evidence too."""
    said = "，".join(f"{place_of(g[0])}为 {g[0].figure.string}" for g in versions.groups)
    a, b = (_quantity(g[0]) for g in versions.groups[:2])
    gap = difference(a, b, _POINTS if versions.field in ("weight", "score") else "")
    note = slip(a, b)
    tail = (f"，相差 {gap}" if gap and len(versions.groups) == 2 else "") + (f"（{note}）" if note else "")
    return Finding(
        rule=rule,
        severity="error" if versions.sure else "warning",
        subject=versions.subject.title,
        message=f"{versions.subject.title}的{what}前后不一致：{said}{tail}。",
        evidence=tuple(_evidence(c, n) for g in versions.groups for n, c in enumerate(_apart(g))),
        expected=f"各处{what}一致",
        actual=said,
        difference=gap,
        impact=impact,
        confidence=min(max(c.confidence for c in g) for g in versions.groups),
    )


def place_of(claim: Claim) -> str:
    """Where a claim stands, in words: 基础表, 正文（“抽检合格率”）."""
    place = PLACES.get(claim.origin.kind, "表格")
    return f"{place}（“{claim.name}”）" if claim.confidence < 1 and claim.name else place


def difference(a: Quantity, b: Quantity, unit: str = "") -> str:
    """How far two figures of one unit are apart, with their unit or the given one; per cents differ by 个百分点."""
    if a.unit != b.unit and a.dimension != b.dimension:
        return ""
    if a.scale != b.scale:
        return ""
    gap = abs(a.value - b.value)
    unit = "个百分点" if a.dimension == "ratio" and a.scale < 1 else a.unit or unit
    return f"{format(gap.normalize(), 'f')} {unit}".strip()


def _apart(group: tuple[Claim, ...]) -> list[Claim]:
    """The claims of a group without those that stand in the same place."""
    kept: dict[Place, Claim] = {}
    for claim in group:
        kept.setdefault(claim.figure.place, claim)
    return list(kept.values())


def _evidence(claim: Claim, number: int) -> Evidence:
    label = f"{PLACES.get(claim.origin.kind, '表格')}：{claim.label}"
    return evidence(claim.figure, label, "stated" if number == 0 else "also", claim.quote)


def _quantity(claim: Claim) -> Quantity:
    assert claim.figure.quantity is not None
    return claim.figure.quantity
