"""Titles: which lines are the titles of forms and documents, of which kind, and the project that they
name."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.document import Text, join
from extractor.vocabulary import bare, words

_LONGEST_TITLE = 60
_CONTINUED = regex.compile(
    r"\s*(?:续表?\s*[一二三四五\d]{0,2}\s*[:：]?\s*(?P<after>\S.+)|(?P<before>.+?)\s*[（(]\s*续.{0,3}[)）])\s*"
)
_LABELLED = regex.compile(r"\s*(?!附[件表录]|表)[^:：]{2,12}[:：]")
_KIND = (
    r"(?:(?:项目|专项)?|(?<=项目)(?:建设|运营|实施)期)(?:中期|末期|期末|年终)?(?:财政|预算)*(?:项目)?(?:支出)?(?:绩效)?(?:管理)?(?:目标)?(?:自评|自我评价|评价|评估|考核|考评)(?:工作)?(?:单位)?"
    r"(?:自评)?(?:情况|结果)?(?:总结)?(?:报告书?|表|评分表|得分表|打分表|情况表)"
)
_ABOUT = regex.compile(
    r"^(?:.{0,30}?关于(?:开展|报送)?)?\s*[“\"「]?(?P<name>.+?)[”\"」]?(?:单位)?(?:部门整体(?:支出)?)?"
    + _KIND
    + r"$"
)
_CUT_TITLE = regex.compile(
    r"^[设项目程金费出]?(?:建设|工程|专项|补助)?(?:项目|资金)?(?:财政)?(?:支出)?(?:绩效)?(?:评价|自评)+(?:工作)?(?:自评)?报告(?:书)?$"
)
_CUT_FORM = regex.compile(
    r"(?:预算|项目)?(?:绩效)?(?:目标)?(?:自评|评价|自我评价|申报|监控)(?:情况|结果|评分)?表"
)
_OPEN_END = regex.compile(r"(?:支出|项目|资金|专项|经费)$")
_LAST_WORDS = regex.compile(r"^(?:效?评?价)?(?:工作)?报?告书?$")
_LEAD = regex.compile(r"^\s*(?:附件\s*\d*\s*[:：]?|20\d{2}\s*(?:[-—至]\s*20\d{2}\s*)?年?度?\s*(?:年度)?)\s*")
_AMOUNT = regex.compile(r"\d[\d.,]*\s*(?:万元|亿元|元)$")
_GENERIC = regex.compile(
    r"(?:.{0,10}[省市县区州盟旗镇乡局厅委](?:本级)?)?(?:市直|省级|市级|县级|区级|省直|本级|部门|年度|重点|预算|财政|中央|对地方|专项|转移支付|项目|支出|资金|整体|绩效|目标|预算|单位|自评|的|区域|政府|性)*"
)
_YEAR_INSIDE = regex.compile(r"(?<=评价|自评|考核)[（(]\s*20\d{2}[^（）()]{0,8}[)）](?=[一-鿿]{0,4}表)")
_PERIOD_END = regex.compile(
    r"\s*20\d{2}\s*年度?(?:第?[一二三四]季度|[上下]半年|\d{1,2}月份?)?(?:运营期?|建设期?|履约|服务期?)?$"
)
_CLOSES, _OPENS = regex.compile(r"[^（(）)]*[)）]"), regex.compile(r"[（(][^（(）)]*$")
_BRACKETED = regex.compile(
    r"^(?P<head>.*?(?:自评|评价)(?:工作)?报告)\s*[（(](?P<name>[^（）()]{4,50})[)）]\s*$"
)


def title_kind(text: str) -> str | None:
    """The kind of form or document that a short line is the title of."""
    if len(text) > _LONGEST_TITLE or _LABELLED.match(text):
        return None
    return words("titles").meaning(text)


def unbroken(line: Text, before: Text | None) -> Text:
    """A title with the line before it, where a bracket shows that it was broken within: …评价（2023年 / 度）评分表."""
    if before is None or not _CLOSES.match(line.string) or not _OPENS.search(before.string):
        return line
    return join([before, line]) if len(before) + len(line) <= _LONGEST_TITLE else line


def continued(title: str) -> str:
    """What a title says that goes on with a form (自评表（续）, 续自评表), without its mark; "" if it has none."""
    found = _CONTINUED.fullmatch(title)
    return bare(found["before"] or found["after"]) if found else ""


def project_in_title(title: Text) -> Text | None:
    """The project that a title names (关于2021年度社区矫正经费的绩效自评表), without its year; None if it
    names none."""
    string = title.string.replace("\n", " ")
    inside = _BRACKETED.match(string)
    if inside:
        return _trimmed(title.cut(*inside.span("name")))
    plain = _YEAR_INSIDE.sub(
        "", regex.sub(r"[（(]\s*(?:20\d{2}|修改|[一-鿿〇]{4}年)[^（）()]*[)）]\s*$", "", string)
    )
    found = _ABOUT.match(plain.rstrip())
    if not found:
        return None
    name = _trimmed(title.cut(*found.span("name")))
    return name if len(name.flat) >= 4 and not _GENERIC.fullmatch(name.flat) else None


def title_at(lines: Sequence[Text], last: int) -> tuple[Text, int, str] | None:
    """The title that ends in a line, where it begins (某县2021年度某资金 / 绩效评价报告), and its kind."""
    whole = unbroken(lines[last], lines[last - 1] if last else None)
    if whole is not lines[last] and (kind := title_kind(whole.flat)):
        return whole, last - 1, kind
    kind, first = title_kind(lines[last].flat), last
    if kind is None:
        if not (last and _LAST_WORDS.match(lines[last].flat) and _may_go_on(lines[last - 1].flat)):
            return None
        title = join(lines[last - 1 : last + 1])
        kind = title_kind(title.flat)
        return (title, last - 1, kind) if kind else None
    if _CUT_FORM.fullmatch(lines[last].flat) and last and _OPEN_END.search(lines[last - 1].flat):
        first = last - 1 if _may_go_on(lines[last - 1].flat) else last
    if _CUT_TITLE.match(lines[last].flat):
        while first > 0 and last - first < 2 and _may_go_on(lines[first - 1].flat):
            first -= 1
    return join(lines[first : last + 1]), first, kind


def _may_go_on(line: str) -> bool:
    return (
        4 <= len(line) <= 40
        and any("一" <= c <= "鿿" for c in line)
        and not title_kind(line)
        and line[-1] not in "。；;：:，,、）)"
        and "：" not in line
    )


def _trimmed(name: Text) -> Text:
    """A project's name without a year, 的, an amount or blanks around it."""
    string = name.string
    start, end = 0, len(string.rstrip())
    while lead := _LEAD.match(string[start:end]):
        if not lead.end():
            break
        start += lead.end()
    amount = _AMOUNT.search(string[start:end])
    if amount:
        end = start + amount.start()
    period = _PERIOD_END.search(string, start, end)
    end = period.start() if period and period.start() - start >= 4 else end
    while end > start and string[end - 1] in "的之 　":
        end -= 1
    return name.cut(start, end).strip()
