"""项目名称、单位名称个别字写错：某某处理设旋项目、某某会计师事物所。

以标题、封面、表格所写的项目名称，项目单位、主管部门、委托单位、评价机构，用“以下简称”定义过的全称和多次出现的公司名称为准，
在全文查找只差一个字（错字、漏字、多字、相邻两字颠倒）的写法。

数字、方位、期次、行政级别的差别可能是另一个项目、另一家单位；财政局、民政局一类短的机关名称不查；错写处组成的词在别处也用、又没有写全名称的，可能是另一个说法；
同一列里并列的名称、各表分别申报的项目，都不指出。公司名称出现两次以上、相近的写法只有一处而且在正文里才指出。

错误示例::

    # 云峰县农村污水处理设施运行维护项目绩效评价报告

    云峰县农村污水处理设施运行维护项目由环境中心实施，2022 年预算 864.50 万元。

    # 问题

    农村污水处理设旋运行维护项目的绩效目标没有细化。

正确示例::

    # 云峰县农村污水处理设施运行维护项目绩效评价报告

    云峰县农村污水处理设施运行维护项目由环境中心实施，2022 年预算 864.50 万元。

    # 问题

    农村污水处理设施一期运行维护项目、农村污水处理设施的运行维护项目的绩效目标没有细化。
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.findings import Finding, evidence
from extractor.quantity import normal
from extractor.recognise.titles import project_in_title
from extractor.rules.text._days import texts
from extractor.rules.text._near import Near, Plain, near

RULE = "names-misspelled"
_YEAR = regex.compile(r"(?:19|20)\d{2}(?:[-—－~至](?:(?:19|20)?\d{2}))?(?:年度|年|学年|财年)?")
_PLACE = regex.compile(r"^[一-鿿]{2,6}?[省市县区](?=[一-鿿]{6})")
_PLACE_BEFORE = regex.compile(r"^[一-鿿]{2,8}?[省市县区](?=[一-鿿]{3})")
_OFFICES = ("局", "厅", "委", "办", "处", "所", "院", "委员会", "办公室", "中心", "学校", "医院")
_KIND = (
    r"(?:有限责任公司|股份有限公司|有限公司|事务所(?:[（(][^（）()]{2,8}[)）])?|研究院|设计院|中心|协会|联合会"
    r"|管理所|管理处|管理局|局|厅|委员会|办公室|医院|学校|学院)"
)
_DEFINED = regex.compile(
    rf"(?:由|受|委托|对|为|和|、|，|,|。|^)(?P<name>[一-鿿（）()]{{6,36}}?{_KIND})\s*[（(]\s*(?:以下|下文)?(?:统|简)称"
)
_COMPANY = regex.compile(r"[一-鿿（）()]{4,30}?(?:有限责任公司|股份有限公司|有限公司|事务所)")
_LEADS = regex.compile(
    r".*(?:委托|选择|通过|聘请|受|由|与|和|及|向|对|在|为|是|给|经|将|的|方|单位|其中|标段|机构)(?=[一-鿿]{4})"
)
_GENERIC = regex.compile(r"整体支出|部门整体|绩效")
_SHORTEST, _SHORTEST_COMPANY = 6, 8
_OFTEN = 2
_MOST = 60
_PROJECT = "项目名称"
_WHOLE = ("项目", "工程", "经费", "专项", "资金", "行动", "计划")


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that stands, what it is of, and the text that states it; ``often`` if it must be met often,
    ``own`` if it is that of one of several projects."""

    name: str
    what: str
    text: Text
    often: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    """A near miss in the text that begins at a place of the whole."""

    near: Near
    plain: Plain
    begin: int

    @property
    def text(self) -> Text:
        """What is printed."""
        return self.plain.cut(self.near.start - self.begin, self.near.end - self.begin)


def check(reading: Reading) -> Iterator[Finding]:
    """A warning for each spelling that differs from a name in one character."""
    plains = [Plain(text) for text in texts(reading)]
    whole = "\n".join(plain.string for plain in plains)
    begins = list(accumulate((len(plain.string) + 1 for plain in plains), initial=0))
    names = list(_names(reading, whole))
    indicators = {row.name for form in reading.forms for row in form.indicators}
    told: set[str] = set()
    for name in names:
        groups: dict[str, list[_Hit]] = {}
        for found in near(name.name, whole):
            n = bisect_right(begins, found.start) - 1
            groups.setdefault(found.said, []).append(_Hit(found, plains[n], begins[n]))
        for said, group in groups.items():
            known = said in indicators or any(said in other or other in said for other in told)
            if not known and _wrong(name, said, group, names, whole):
                told.add(said)
                yield _finding(name, group)


def _wrong(name: _Name, said: str, group: Sequence[_Hit], names: Sequence[_Name], whole: str) -> bool:
    """Whether a spelling is a slip of the pen in a name."""
    times, wrong = whole.count(name.name), len(group)
    if wrong * 2 > times and not (wrong == times == 1 and not name.often):
        return False
    if name.often and (times < _OFTEN or wrong > 1 or group[0].plain.text.home.table is not None):
        return False
    if any(n.name != name.name and (said in n.name or n.name in said) for n in names if n.own):
        return False
    return name.name.endswith(_WHOLE) or name.what != _PROJECT or not _used(group[0].near, whole)


def _used(found: Near, whole: str) -> bool:
    """Whether the words that a change makes stand elsewhere too: then they are words."""
    at, end = found.at, found.at + len(found.added)
    pairs = (found.said[max(0, at - 1) : at + 1], found.said[max(0, end - 1) : end + 1])
    return any(len(pair) == 2 and whole.count(pair) > whole.count(found.said) for pair in pairs)


def _names(reading: Reading, whole: str) -> Iterator[_Name]:
    """The names that stand, each once: of projects, of the units that the document names, of companies."""
    unique: dict[str, _Name] = {}
    for name in (*_projects(reading, whole), *_units(reading), *_companies(reading)):
        if len(name.name) >= _SHORTEST:
            unique.setdefault(name.name, name)
    yield from list(unique.values())[:_MOST]


def _projects(reading: Reading, whole: str) -> Iterator[_Name]:
    """The project as title, cover and forms name it, and the shorter name that the text uses for it."""
    about = reading.about
    title = project_in_title(about.title) if about.title is not None else None
    forms = [form.project for form in reading.forms if form.project is not None]
    several = len({text.flat for text in forms}) > 1
    for text in (title, about.project, *forms):
        for name in _spellings(text.flat, whole) if text is not None else ():
            yield _Name(name, _PROJECT, text, own=several and text is not title)  # type: ignore[arg-type]


def _spellings(printed: str, whole: str) -> Iterator[str]:
    """A project's name behind its year, with 项目 where the document writes it so; then a part of it that the
    text often says."""
    parts = [part for part in _YEAR.split(_plain(printed)) if len(part) >= _SHORTEST - 1]
    name = parts[-1] if parts and not _GENERIC.search(parts[-1]) else ""
    name = f"{name}项目" if whole.count(f"{name}项目") > 0 else name
    yield name
    yield _PLACE.sub("", name)
    ends = [name.find(word) + len(word) for word in _WHOLE if word in name]
    within = (name[at:end] for at in range(1, len(name) - _SHORTEST) for end in ends if end - at > _SHORTEST)
    often = (part for part in within if whole.count(part) > whole.count(name) + 1)
    yield from list(often)[:1]


def _units(reading: Reading) -> Iterator[_Name]:
    about = reading.about
    for unit in (about.project_unit, about.department, about.evaluator, about.commissioner):
        if unit is not None and _told_apart(_plain(unit.flat)):
            yield _Name(_plain(unit.flat), "单位名称", unit)
    for text in texts(reading):
        defined = _DEFINED.finditer(text.string) if "称" in text.string else ()
        for match in (m for m in defined if _told_apart(_plain(m["name"]))):
            yield _Name(_plain(match["name"]), "单位名称", text.cut(*match.span("name")))


def _told_apart(name: str) -> bool:
    """Whether a unit's name is too long for two offices of one place to be alike in it: 财政局 and 民政局 are."""
    return not name.endswith(_OFFICES) or len(_PLACE_BEFORE.sub("", name)) > _SHORTEST


def _companies(reading: Reading) -> Iterator[_Name]:
    for text in texts(reading):
        for match in _COMPANY.finditer(text.string) if "公司" in text.string or "所" in text.string else ():
            bare = _bare(match[0])
            if len(bare) >= _SHORTEST_COMPANY:
                where = text.cut(match.end() - len(bare), match.end())
                yield _Name(_plain(bare), "单位名称", where, often=True)


def _plain(name: str) -> str:
    return str(regex.sub(r"\s", "", normal(name)))


def _bare(name: str) -> str:
    """A name without the words that lead to it: 委托甲市会计师事务所."""
    found = _LEADS.match(name)
    return name[found.end() :] if found else name


def _finding(name: _Name, group: Sequence[_Hit]) -> Finding:
    first = group[0]
    where = f"（{len(group)} 处）" if len(group) > 1 else ""
    return Finding(
        rule=RULE,
        severity="warning",
        subject=name.name,
        message=f"{name.what}“{name.name}”另有一处写为“{first.text.flat}”{where}，只差个别字，疑为笔误，请核实。",
        evidence=(
            evidence(name.text, name.what),
            *(evidence(hit.text, name.what, "stated", hit.plain.text.flat[:200]) for hit in group[:4]),
        ),
        expected=f"{name.what}各处一致",
        actual=f"{name.name}；{first.text.flat}",
        impact="影响项目、单位信息的准确性",
        confidence=0.8,
    )
