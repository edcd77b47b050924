"""Documents as a text cites them: title and number, in sentences and in tables that list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Table, Text
from extractor.facts import Statement
from extractor.quantity import normal

_NUMBER = regex.compile(
    r"(?P<organ>[一-鿿]+)[\[(【〔﹝{]?(?P<year>(?:19|20)\d{2})[\])】〕﹞}]?第?0*(?P<number>\d+)号"
)
_NOISE = regex.compile(r"[\s“”\"'‘’《》<>〈〉()+.,、,:;·\-—]")
_ISSUED = regex.compile(r"^.*?关于(?:印发|发布|公布|颁布|转发|下发)(?P<title>.{5,})的(?:通知|公告|函|决定)$")
_ABOUT = regex.compile(r"^.{2,30}?(?:厅|局|部|委|办公室|政府|办|院|会|中心)(?=关于)")
_DEFINED = regex.compile(
    r"[，,、（(]\s*(?:以下|下文)?(?:统|简)称\s*(?:为|[:：])?\s*[《“\"「](?P<short>[^》”\"」\n]{2,24})[》”\"」]"
)
_TITLES = regex.compile(r"文件|名称|标题|依据|政策|制度")
_NUMBERS = regex.compile(r"文号|发文字号|文件编号|发文号|文件号")
_AFTER = 30


@dataclass(frozen=True, slots=True)
class Cited:
    """A document as cited: its title and number as compared, and the statement that cites it.

    ``core`` is the title of what a notice issues (关于印发…办法的通知: …办法), without its issuer."""

    title: str
    core: str
    organ: str
    year: str
    number: str
    said: Statement

    @property
    def mark(self) -> tuple[str, str]:
        """Year and number."""
        return self.year, self.number


def citations(reading: Reading) -> tuple[Cited, ...]:
    """Every citation of a document by title and number; short titles stand for those that they were defined as."""
    said = [*reading.said("document-number"), *_listed(reading)]
    short = dict(_short_titles(said))
    return tuple(cited for statement in said if (cited := _cited(statement, short)) is not None)


def _cited(said: Statement, short: dict[str, str]) -> Cited | None:
    found = _NUMBER.search(regex.sub(r"\s", "", normal(said.string("number"))))
    if found is None:
        return None
    title = plain_title(said.string("title"))
    title = short.get(title, title)
    return Cited(title, core(title), found["organ"], found["year"], found["number"], said)


def plain_title(title: str) -> str:
    """A title without blanks and marks."""
    return str(_NOISE.sub("", normal(title)))


def core(title: str) -> str:
    """What a title is about: of a notice that issues something, the title of that; no issuer before 关于."""
    issued = _ISSUED.match(title)
    return issued["title"] if issued else str(_ABOUT.sub("", title))


def _short_titles(said: list[Statement]) -> Iterator[tuple[str, str]]:
    """Short titles with the full ones: 《…办法》（…号，以下简称《办法》）."""
    for statement in said:
        string = statement.sentence.string
        at = string.find(statement.parts["number"].string)
        behind = string[at + len(statement.parts["number"].string) :][:_AFTER]
        found = _DEFINED.match(behind.lstrip("）)〕] "))
        if at >= 0 and found:
            yield plain_title(found["short"]), plain_title(statement.string("title"))


def _listed(reading: Reading) -> Iterator[Statement]:
    """The rows of tables that have a column of titles and a column of numbers."""
    for block, table in enumerate(reading.document.blocks):
        if not isinstance(table, Table):
            continue
        heads = {c.col: c.text.flat for c in table.row(0)}
        numbers = [col for col, head in heads.items() if _NUMBERS.search(head) and len(head) <= 12]
        titles = [col for col, head in heads.items() if _TITLES.search(head) and col not in numbers]
        if len(numbers) == 1 and titles:
            yield from _rows(table, block, titles[0], numbers[0])


def _rows(table: Table, block: int, title: int, number: int) -> Iterator[Statement]:
    for row in range(1, table.n_rows):
        one, other = table.at(row, title), table.at(row, number)
        if one is not None and other is not None and len(one.text) >= 4 and other.text:
            parts: dict[str, Text] = {"title": one.text, "number": other.text}
            yield Statement("document-number", "文件清单", parts, other.text, block=block)
