"""Which pattern read what in a document, so that a miss can be mended in the YAML: the answer to
--explain-patterns."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Document, Table
from extractor.recognise.columns import indicator_heads
from extractor.recognise.funds import fund_heads
from extractor.recognise.goals import goal_heads
from extractor.recognise.heads import Heads
from extractor.recognise.prose import read_prose
from extractor.recognise.slices import slices
from extractor.recognise.titles import title_kind
from extractor.vocabulary import words

_AREAS = (("columns", "指标表头"), ("funds", "资金表头"), ("goals", "目标表头"))
_CELLS = (("fund-items", "资金名称"), ("labels", "标签"), ("rows", "行"))
_SHORT = 24


def explain(document: Document) -> Iterator[str]:
    """Lines in Chinese: for each title, head, label and sentence the pattern that read it; heads that none
    knows."""
    for block in document.blocks:
        if isinstance(block, Table):
            for part in slices(block):
                yield from _table(part)
        elif title_kind(block.text.flat):
            yield f"标题　{block.text.flat} → {words('titles').reason(block.text.flat)}"
    for said in read_prose(document):
        parts = "，".join(f"{name}={text.flat}" for name, text in said.parts.items())
        yield f"句子　{said.kind}.yml「{said.pattern}」：{parts}｜{said.sentence.flat}"


def _table(table: Table) -> Iterator[str]:
    """The heads and labels of a table, row by row."""
    where = f"（第 {table.place.page} 页）" if table.place.page else ""
    yield f"表 {table.number + 1}{where}"
    row = 0
    while row < table.n_rows:
        found = indicator_heads(table, row)
        areas = [("columns", heads) for heads in found] or _other_heads(table, row)
        for name, heads in areas:
            yield from _heads(name, heads)
        if not areas:
            yield from _labels(table, row)
        row = max([row, *(heads.last for _, heads in areas)]) + 1


def _other_heads(table: Table, row: int) -> list[tuple[str, Heads]]:
    funds, goals = fund_heads(table, row), goal_heads(table, row)
    if funds is not None:
        return [("funds", funds)]
    return [("goals", goals)] if goals is not None else []


def _heads(name: str, heads: Heads) -> Iterator[str]:
    """Each head once, with what it was taken for and why."""
    yield f"　第 {heads.first + 1} 行　{dict(_AREAS)[name]}"
    seen: set[tuple[str, str]] = set()
    for col, meaning in sorted(heads.columns.items()):
        printed = heads.printed.get(col, "")
        if (printed, meaning) not in seen:
            seen.add((printed, meaning))
            yield f"　　{printed} → {_why(name, printed, meaning)}"


def _why(name: str, printed: str, meaning: str) -> str:
    """What a head was taken for: by its words, by the values under it, or not known."""
    if words(name).meaning(printed) == meaning:
        return words(name).reason(printed)
    if meaning == "other":
        return f"没有对应的含义，值照列名保留（可在 {name}.yml 中补写）"
    return f"{meaning}（按相邻列和列中的值判断）"


def _labels(table: Table, row: int) -> Iterator[str]:
    """The cells of a row that a set of labels knows."""
    for cell in table.row(row):
        flat = cell.text.flat
        if cell.row != row or not flat or len(flat) > _SHORT:
            continue
        for name, kind in _CELLS:
            if words(name).meaning(flat):
                yield f"　第 {row + 1} 行　{kind} {flat} → {words(name).reason(flat)}"
                break
