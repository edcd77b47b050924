"""Lists in prose with a stated number of their items: before the list, behind it, or before numbered items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import regex

from extractor.document import Text
from extractor.quantity import chinese_number

_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_UNIT = r"(?:个|大|项|类|种|家|所|座|条)"
_ITEM = r"[^，,。；;：:、（）()\d\n]"
_BEGINS = rf"(?:{_ITEM}|\d{{4,}}(?![\d.,]|\s*[一-鿿]?[万亿元个人户家次年％%]))"  # 12345热线运行费 is a name
_LED = r"(?:分别(?:是|为)|包括|包含|即)"
_OPENS = rf"(?:\s*[:：]|\s*[，,]?\s*{_LED}[:：]?|\s*[（(](?:{_LED}|含)?[:：]?)"
_COUNT_FIRST = regex.compile(
    rf"(?<![\d.第]){_N}\s*{_UNIT}(?P<what>[一-鿿]{{0,8}}?)(?P<opens>{_OPENS})\s*(?P<list>{_ITEM}{{2,24}}(?:、{_ITEM}{{2,24}}){{1,14}})\s*[。；;）)]"
)
_LIST_FIRST = regex.compile(
    rf"(?:^|(?<=[，,。；;：:（(\n]))(?P<list>{_BEGINS}{{1,30}}(?:、{_ITEM}{{1,16}}?){{1,14}}?)(?P<etc>等)?\s*(?:这|共|共计|合计|总计)?\s*"
    rf"{_N}\s*{_UNIT}(?P<what>[一-鿿]{{1,8}}|(?=[，,。；;）)]))"
)
_KIND = r"(?:方面|问题|举措|措施|原因|任务|内容|环节|经验|做法|建议|事项)"
_MARKED = regex.compile(
    rf"(?<![\d.第]){_N}\s*(?:[项条点类种]|[个大](?={_KIND})){_KIND}?[^。；;①\d]{{0,10}}[:：。，,]\s*(?=①|一是|[（(]1[)）])"
)
_OF_KINDS = regex.compile(rf"{_N}\s*(?:大?类|方面|种|大项)(?:共|的)?$")
_SEQUENCES = (
    tuple("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"),
    tuple(f"{n}是" for n in "一二三四五六七八九十"),
    tuple(f"({n})" for n in range(1, 16)),
)
_JOINED = regex.compile(r"以及|(?<![涉普顾遍以])及|[和与]")
_OPEN_END = regex.compile(r"等[一-鿿]{0,4}$|其他$|之一$")
_NO_ITEM = regex.compile(r"^\s*(?:一是|[①-⑳]|其中|如)|[“”\"]$")
_NO_COUNT = regex.compile(
    r"^(?:月|小?时|工作日|年|天|星期|百分点|以上|左右|多|余|人次|人|标准|档|等级|级别|梯次)"
)
_VERBS = regex.compile(
    r"[了过着]|解决|完成|形成|建成|[新改扩]建|开展|取得|获得|实现|提供|打造|建设|发现|存在|提出|采取|组织|安排|支持|抽取|抽查|走访|选取|整改|分别|各|每|中的|有|达|近|约|超"
)
_DISTRICTS = ("村", "社区", "乡镇", "街道", "县", "镇", "乡", "区", "市")
_KINDS = regex.compile(r"项目|工程|标段|点位|站点|领域")  # several of them may be of one kind listed
_HELD = regex.compile(r"包括|包含|分为|分成|设有|下设|由")
_BEFORE = regex.compile(
    r"^[^、]*[在对从向给](?=[^、]{2,12}、)"
)  # who does something where: 海洋与渔业局在甲、乙 …
_FEWEST = 3
_NAME = 5
_NUMBERING = regex.compile(
    r"^(?:[一二三四五六七八九十\d]{1,3}[、.．]|[①-⑳]|[（(][^（）()]{1,3}[)）]|其中[:：])+|[（(][^（）()]*[)）]|\s"
)


@dataclass(frozen=True, slots=True)
class CountedList:
    """A list and the number that is stated for it; it has ``fewest`` to ``most`` items (和 may join or part)."""

    said: Text
    number: Text
    stated: int
    items: Text
    fewest: int
    most: int

    @property
    def counted(self) -> str:
        """The number of items in words."""
        return f"{self.fewest}" if self.fewest == self.most else f"{self.fewest} 至 {self.most}"


def miscounted(text: Text, names: Collection[str] = ()) -> Iterator[CountedList]:
    """The lists of a text that have another number of items than is stated; ``names`` are known to be one item
    each, whatever 和 or 及 is in them."""
    taken: set[int] = set()
    for found in (*_count_first(text, names), *_list_first(text, names), *_marked(text)):
        at = text.string.find(found.said.string)
        if at not in taken and not found.fewest <= found.stated <= found.most:
            taken.add(at)
            yield found


def joined_names(labels: Iterable[str]) -> frozenset[str]:
    """The labels of tables, without numbering and brackets, that have 和 or 及 in them."""
    plain = (_NUMBERING.sub("", label) for label in labels if _JOINED.search(label))
    return frozenset(name for name in plain if len(name) >= _NAME)


def number_of(string: str) -> int | None:
    """A number in digits or characters."""
    value = chinese_number(string)
    return None if value is None else int(value)


def _made(text: Text, match: regex.Match[str], listed: str, names: Collection[str]) -> CountedList | None:
    stated, fewest = number_of(match["n"]), listed.count("、") + 1
    if stated is None or stated < 2:
        return None
    listed = _BEFORE.sub("", listed)
    open_ = [i for i in listed.split("、") if not any(i.strip().endswith(name) for name in names)]
    most = fewest + len(_JOINED.findall("、".join(open_)))
    return CountedList(
        text.cut(*match.span()).strip(),
        text.cut(*match.span("n")),
        stated,
        text.cut(*match.span("list")),
        fewest,
        most,
    )


def _count_first(text: Text, names: Collection[str]) -> Iterator[CountedList]:
    """共划分 5 个标段：甲、乙、丙、丁、戊。"""
    for match in _COUNT_FIRST.finditer(text.string):
        listed = match["list"].strip()
        if _OPEN_END.search(listed) or _NO_ITEM.search(listed) or _NO_COUNT.match(match["what"]):
            continue
        found = _made(text, match, listed, names)
        sure = found is not None and (found.fewest >= _FEWEST or not match["opens"].strip(" ：:"))
        if found is not None and (sure or abs(found.stated - found.fewest) == 1):
            yield found


def _list_first(text: Text, names: Collection[str]) -> Iterator[CountedList]:
    """从甲、乙、丙三个方面; what is off by more than two is a count of something else."""
    for match in _LIST_FIRST.finditer(text.string):
        items = match["list"].split("、")
        if match["etc"] or _NO_COUNT.match(match["what"]) or any("等" in i for i in items):
            continue
        if (
            _VERBS.search(items[-1])
            or regex.search(r"[一二两三四五六七八九十]$", items[-1])
            or "其中" in items[0]
        ):
            continue
        if _other_districts(items, match["what"]) or (
            _KINDS.match(match["what"]) and not _HELD.search(items[0])
        ):
            continue
        found = _made(text, match, match["list"], names)
        if found is not None and found.fewest >= 2 and found.fewest - 2 <= found.stated <= found.most + 2:
            yield found


def _other_districts(items: list[str], what: str) -> bool:
    """Whether towns are listed and villages counted."""
    named = next((d for d in _DISTRICTS if what.startswith(d)), "")
    ends = {d for d in _DISTRICTS for item in items if item.strip().endswith(d)}
    return bool(named) and any(end not in named for end in ends)


def _marked(text: Text) -> Iterator[CountedList]:
    """4 项：①…②…③… and 三个方面：一是…二是…: the marks that follow, counted as long as they run on."""
    string = text.string.replace("（", "(").replace("）", ")")
    for match in _MARKED.finditer(text.string):
        marks = next((s for s in _SEQUENCES if string.startswith(s[0], match.end())), None)
        stated, count, at = number_of(match["n"]), 0, match.end()
        while marks and count < len(marks) and (at := string.find(marks[count], at)) >= 0:
            count += 1
        kinds = _OF_KINDS.search(text.string, 0, match.start())
        if kinds is not None and number_of(kinds["n"]) == count:
            continue  # 3 类 5 个问题：一是 … 三是 …
        if stated is not None and stated > 1 and count > 1:
            number = text.cut(*match.span("n"))
            yield CountedList(text.cut(*match.span()).strip(), number, stated, number, count, count)
