"""What words around a figure limit it to: a town, 每月, 其中, 新增; a name with the same limit means the same."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from extractor.quantity import Quantity
from extractor.resolve.leads import BREAK
from extractor.resolve.roles import sentence_before

_CLAUSES = regex.compile(r"[^，,；;]*(?:[，,；;]|$)(?<=.)")
_SUM = regex.compile(r"[合共总]计")
_OUR = regex.compile(r"[全我本各该][县市区镇乡村省州]")
_SCOPE = regex.compile(
    r"每[年季月周日天次人户生校个场]|[平人日月年户生亩]均|上年|去年|往年|同期|累计|[三四五]年|上半年|下半年|季度|最[高低多少]"
    r"|其中|首批|未(?!达|能|完成)|不[合达]|(?<!截)(?<!截止)[至到]20\d{2}年|20\d{2}年?[至到—–~～-]\d|20\d{2}年(?:[至—-]|到(?![位账达期]))|规划|十[四五六]五"
    r"|[一-鿿]{2}(?:公司|片区|校区|标段)(?=[：:，,]?(?:全年|计划|实际|共|完成|建成|培训|新建))"
    r"|(?!建制|行政|自然|示范|试点|[贫脱]|重点|中心|帮扶)[一-鿿]{2}(?<![农山渔城乡各个多全下返还进入驻包到跨每本该两数几])[镇乡村县](?!级|域|道|乡|内|[镇村])"
)
_PLACES = "镇乡村县"
_OWN_SCOPE = regex.compile(r"每[年季月周日天次人户生校个场]|[平人日月年户生亩]均|未|不[合达]|最[高低多少]")
_NARROW = regex.compile(r"分别|中央|省级|市级|县级|线[上下]|新增|第[一二三四五六七八九十\d]|部分")
_ELSEWHERE = regex.compile(
    r"(?:全[国省]|外[省市]|同类|行业|周边|邻近?[县市区]?|兄弟)[^，,。；;]{0,8}(?:平均|均值|水平)"
    r"|(?:抽查|抽取|抽检|走访|查看)的\d+[个所处家座条份]"
    r"|(?<![A-Z])(?:[A-Z]|(?<![一-鿿])[甲乙丙丁戊])(?:片区?|区|包|标段?|校区|馆|园区?|线|组|镇|乡|村|站|厂)"
    r"|(?:试点|示范|样板)(?:村|镇|校|片区|小区|单位)(?=[一-鿿]{0,8}[率度])"
)
_COMPARISON = regex.compile(r"[较比与同由从](?:上年|去年|往年|同期|计划)[^，。；]{0,16}?(?:[，。；]|$)")


def told_elsewhere(before: str, names: Iterable[str]) -> bool:
    """Whether the clause that ends so tells of others or of a few places, as the names do not: 全省平均合格率, A 片区,
    抽查的 3 个点位."""
    found = _ELSEWHERE.search("".join(BREAK.split(before)[-1].split()))
    return found is not None and not any(found[0] in name for name in names)


def scoped_words(string: str, quantity: Quantity, lead: str) -> str:
    """The words that may limit a figure: its sentence up to it; a total's own clause alone.

    What clauses before say of figures of their own (每月, 不合格) is theirs; a town or 其中 goes on."""
    clauses = _CLAUSES.findall(sentence_before(string, quantity.start))
    others = [_OWN_SCOPE.sub("", c) if any(map(str.isdigit, c)) else c for c in clauses[:-1]]
    before = lead if _SUM.search(lead) else "".join([*others, *clauses[-1:]])
    stop = BREAK.search(string, quantity.end)
    return before + string[quantity.end : stop.start() if stop else len(string)]


def scope_of(words: str, home: str = "") -> frozenset[str]:
    """What words limit a figure to: 每月, 其中, a town; not the place that the document itself is about."""
    found = _SCOPE.findall(_OUR.sub("", _COMPARISON.sub("", "".join(words.split()))))
    return frozenset(w for w in found if w[-1] not in _PLACES or w not in home)


def as_narrow(lead: str, name: str) -> bool:
    """Whether a clause is limited as the name is: 新增床位 beside 床位 is not."""
    return set(_NARROW.findall(lead)) == set(_NARROW.findall(name))
