"""What the parts of a paragraph are about: （1）培训人次，… （2）C12 验收合格率：…"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.document import Text
from extractor.recognise.names import named
from extractor.resolve.register import Entry, Register

_MARK = regex.compile(
    r"(?:^|(?<=[\n。；;：:]))\s*(?:[（(]\d{1,2}[)）]|(?:三级)?指标\s*\d{1,2}\s*[:：]|\d{1,2}[.、．](?!\d)|[①-⑳]|[一二三四五六七八九十]是|(?=[A-Z]\d))"
)
_CODE = regex.compile(r"\s*(?P<code>[A-Z]\d{1,4}(?:[-－—]\d{1,3}){0,3})(?=[一-鿿\s])")
_HEAD_ENDS = regex.compile(r"[，,。；;：:（(\n]")
_LEAD = regex.compile(r"[一二三四五六七八九十]是")
_SLOT = regex.compile(r"\s*(?:三级)?指标\s*\d{1,2}\s*[:：]\s*")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Topics:
    """The indicators that the parts of a text are about, each from an offset on; None where another thing is named."""

    parts: tuple[tuple[int, Entry | None], ...] = ()

    def at(self, offset: int) -> Entry | None:
        """The indicator that the words at an offset are about."""
        return next((entry for start, entry in reversed(self.parts) if start <= offset), None)

    def begin(self, offset: int) -> int:
        """Where the part that the words at an offset stand in begins."""
        return next((start for start, _ in reversed(self.parts) if start <= offset), 0)


NO_TOPICS = Topics()


def topics(text: Text, register: Register, above: Entry | None = None) -> Topics:
    """The topics of a paragraph: ``above`` is that of its heading, which holds until a part names its own."""
    parts: list[tuple[int, Entry | None]] = [(0, _named(text, 0, register) or above)]
    for mark in _MARK.finditer(text.string):
        entry = _named(text, mark.start(), register)
        entry = entry or _coded(text, mark.end(), register)
        if entry is not None or mark[0].strip() or _CODE.match(text.string, mark.end()):
            parts.append((mark.start(), entry or (above if not mark.start() else None)))
    return Topics(tuple(parts))


def _coded(text: Text, start: int, register: Register) -> Entry | None:
    """The indicator whose code a part begins with, whatever it goes on with: C301四座中三座按期."""
    code = _CODE.match(text.string, start)
    entry = register.find("", code["code"]) if code else None
    return entry if entry is not None and not entry.level else None


def _named(text: Text, start: int, register: Register) -> Entry | None:
    """The indicator that a part begins with."""
    slot = _SLOT.match(text.string, start)
    start = slot.end() if slot else start
    end = _HEAD_ENDS.search(text.string, start + 3)
    head = text.cut(start, end.start() if end else len(text)).strip()
    lead = _LEAD.match(head.string)
    head = head.cut(lead.end()) if lead else head
    if not 2 < len(head) <= _LONGEST_NAME:
        return None
    parts = named(head)
    entry = register.find(parts.name.removesuffix("指标"), parts.code)
    if entry is None and parts.code:  # C3抽查62家，59家合格: the code alone says whose part it is
        entry = register.find("", parts.code)
    return entry if entry is not None and not entry.level else None
