"""同一编号的指标在得分表、指标体系、工作底稿或正文里名称不同。

按编号归拢名称，去掉“的”“性”“情况”“程度”一类不改变所指的字后仍明显不同的，提醒核对。只差一两个字的长名称、
标点和括号的差别不指出；基础表（采集数据用的）里的说法，只有别处一致而它的末一个词不同（及时率、完成率）才提醒；两张表的编号多数对不上的，视为两套编号，不比较。

错误示例::

    # 绩效评价报告

    | 指标 | 权重 | 得分 |
    | C31 长效管护制度 | 5 | 4 |
    | C32 群众满意度 | 10 | 9 |

    # C32“综合满意度”评价底稿

    | 指标权重 | 指标权重：10 |
    | 评价标准 | 指标评分细则：满意度≥90%得满分。 |
    | 评价结果 | 指标得分：9 |

正确示例::

    # 绩效评价报告

    | 指标 | 权重 | 得分 |
    | C31 长效管护制度的健全性 | 5 | 4 |
    | C32 群众满意度 | 10 | 9 |

    # C31“长效管护制度健全情况”评价底稿

    | 指标权重 | 指标权重：5 |
    | 评价标准 | 指标评分细则：健全得满分。 |
    | 评价结果 | 指标得分：4 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.document import Text
from extractor.findings import Finding, evidence
from extractor.quantity import normal
from extractor.recognise.names import named
from extractor.resolve.register import plain, plain_code
from extractor.rules.figure._versions import PLACES

RULE = "names-disagree"
_KINDS = ("score_table", "indicator_system", "worksheet")
_COLLECTED = "basic_data"
_MEASURED = "率度数量"
_LAST_WORD = 3
_BRACKETS = regex.compile(r"[(\[][^()\[\]]*[)\]]")
_EMPTY = regex.compile(r"的|性|情况|程度|指标|得分|水平|状况")
_ALIKE = 85.0
_OTHER_SYSTEM = 0.4


@dataclass(frozen=True, slots=True)
class _Name:
    code: str
    name: str
    label: Text
    origin: str
    form: int

    @property
    def bare(self) -> str:
        """The name without blanks."""
        return "".join(normal(self.name).split())

    @property
    def core(self) -> str:
        """The name without what does not change what is meant."""
        return str(_EMPTY.sub("", plain(_BRACKETS.sub("", normal(self.name)))))


def check(reading: Reading) -> Iterator[Finding]:
    """A warning for each code that goes by clearly different names."""
    names = list(_names(reading))
    apart = _other_systems(names)
    by_code: dict[str, list[_Name]] = {}
    for name in names:
        by_code.setdefault(name.code, []).append(name)
    for group in by_code.values():
        forms = {n.form for n in group}
        others = {form for form in forms if any((form, other) in apart for other in forms)}
        group = [n for n in group if n.form not in others]
        versions = _versions([n for n in group if n.origin != _COLLECTED])
        if len(versions) == 1 and len({n.form for n in versions[0]}) > 1:
            collected = [n for n in group if n.origin == _COLLECTED]
            other = [n for n in collected if all(_other_word(n.bare, v.bare) for v in versions[0])]
            versions += [other] if other else []
        if len(versions) > 1:
            yield _finding(versions)


def _other_word(a: str, b: str) -> bool:
    """Whether two names differ in their last word alone: 处理及时率 and 处理完成率."""
    begin = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    return len(a) == len(b) and begin >= 2 and a[-1] in _MEASURED and len(a) - begin in (2, _LAST_WORD)


def _names(reading: Reading) -> Iterator[_Name]:
    """Every name that a code is given, in forms and in sentences."""
    for number, form in enumerate(reading.forms):
        for row in form.indicators if form.kind in (*_KINDS, _COLLECTED) else ():
            if row.code:
                yield _Name(plain_code(row.code), row.name, row.label, form.kind, number)
    for said in reading.said("indicator-score"):
        label = said.parts.get("label")
        parts = named(label) if label is not None else None
        quoted = said.pattern.startswith("引号")
        if quoted and label is not None and parts is not None and parts.code and parts.name:
            yield _Name(plain_code(parts.code), parts.name, label, "prose", -1)


def _other_systems(names: Sequence[_Name]) -> set[tuple[int, int]]:
    """Pairs of forms whose codes mostly mean different things."""
    by_form: dict[int, dict[str, str]] = {}
    for name in names:
        by_form.setdefault(name.form, {}).setdefault(name.code, name.core)
    found: set[tuple[int, int]] = set()
    for a, b in combinations(by_form, 2):
        shared = by_form[a].keys() & by_form[b].keys()
        differ = sum(not _alike(by_form[a][c], by_form[b][c]) for c in shared)
        if len(shared) > 2 and differ > len(shared) * _OTHER_SYSTEM:
            found |= {(a, b), (b, a)}
    return found


def _alike(a: str, b: str) -> bool:
    return a == b or fuzz.ratio(a, b) >= _ALIKE or not a or not b


def _versions(names: Sequence[_Name]) -> list[list[_Name]]:
    groups: list[list[_Name]] = []
    for name in names:
        home = next((g for g in groups if _alike(g[0].core, name.core)), None)
        if home is None:
            groups.append([name])
        else:
            home.append(name)
    return groups


def _finding(versions: list[list[_Name]]) -> Finding:
    said = "，".join(f"{_where(group)}称“{group[0].name}”" for group in versions)
    first = versions[0][0]
    code = named(first.label).code or first.code
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{code} {first.name}",
        message=f"编号 {code} 的指标名称前后不一致：{said}。",
        evidence=tuple(
            evidence(n.label, f"{PLACES[n.origin]}：指标名称", "stated" if i == 0 else "also")
            for group in versions
            for i, n in enumerate(group[:4])
        ),
        expected="同一指标各处名称一致",
        actual=said,
        impact="影响指标内涵及评分依据的一致性",
        confidence=0.8,
    )


def _where(group: list[_Name]) -> str:
    return "、".join(dict.fromkeys(PLACES[n.origin] for n in group))
