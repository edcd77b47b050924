"""The register of subjects: finds the subject that a code and a name mean, or opens a new one."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex
from rapidfuzz import fuzz

from extractor.claims import Claim, Subject
from extractor.recognise.units import is_unit
from extractor.resolve.wording import same_words

_NOISE = regex.compile(r"[\s“”\"'‘’「」《》（）()\[\]、，,。.:：；;·\-—的及其和与]+")
_SAME = 90.0
_CODED = 34.0


def plain(name: str) -> str:
    """A name as it is compared: without its unit in brackets, blanks, quotes, punctuation and 的, 及, 和, 与."""
    if name.endswith(("）", ")")):
        at = max(name.rfind("（"), name.rfind("("))
        name = name[:at] if at > 0 and is_unit(name[at + 1 : -1].removeprefix("单位：").strip()) else name
    return str(_NOISE.sub("", name))


def plain_code(code: str) -> str:
    """A code as it is compared: B2-1-3 and B213 are one."""
    return "".join(c for c in code if c.isalnum()).upper()


@dataclass
class Entry:
    """A subject while claims are still being gathered."""

    name: str
    code: str
    space: str
    level: bool = False
    names: dict[str, None] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)

    def subject(self) -> Subject:
        return Subject(self.name, self.code, tuple(self.names), tuple(self.claims), self.space)


@dataclass
class Register:
    """All subjects of one name space (a report, or one form)."""

    space: str = ""
    entries: list[Entry] = field(default_factory=list)
    _by_code: dict[str, Entry] = field(default_factory=dict)
    _by_name: dict[str, Entry] = field(default_factory=dict)

    def enter(self, name: str, code: str = "", known: Entry | None = None) -> Entry:
        """The subject of a table row: found by code, by name, or new; ``known`` gets the name as another of its own."""
        entry = known or self.find(name, code)
        if entry is None:
            entry = Entry(name, code, self.space)
            self.entries.append(entry)
        if code and not entry.code:
            entry.code = code
        if entry.code:
            self._by_code.setdefault(plain_code(entry.code), entry)
        self._by_name.setdefault(plain(name), entry)
        entry.names.setdefault(name)
        return entry

    def find(self, name: str, code: str = "") -> Entry | None:
        """The subject that a code and a name mean; None if there is none. A code counts only if the names are alike."""
        if code:
            entry = self._by_code.get(plain_code(code))
            if entry is not None and (not name or self._alike(name, entry)):
                return entry
            if entry is not None:
                return None
        entry = self._by_name.get(plain(name))
        if entry is not None and (not code or not entry.code or plain_code(entry.code) == plain_code(code)):
            return entry
        return None

    def _alike(self, name: str, entry: Entry) -> bool:
        return any(fuzz.ratio(plain(name), plain(known)) >= _CODED for known in entry.names)

    def closest(self, name: str) -> Entry | None:
        """The one subject whose name is nearly the same; None if there is none or more than one."""
        exact = self._by_name.get(plain(name))
        if exact is not None:
            return exact
        mine = plain(name)
        near = [e for e in self.entries if any(fuzz.ratio(mine, plain(n)) >= _SAME for n in e.names)]
        near = near or [e for e in self.entries if same_words(mine, map(plain, e.names))]
        return near[0] if len(near) == 1 else None
