"""Plants defects and lets the tool read the documents: Markdown in memory, DOCX and PDF typeset."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from making.source import DIRECTIVE, Source, blocks, load

from extractor import extract
from extractor.parsers.markdown import parse_text
from extractor.pipeline import check
from extractor.result import Result
from extractor.result import Source as File
from seeding.judge import LOUD, Verdict, about, judge
from seeding.kinds import KINDS
from seeding.plot import Plot, Seed
from seeding.reading import read

HERE = Path(__file__).parent.parent
PARTS = {"developed": HERE / "sources", "aside": HERE / "aside"}


class Bed:
    """A clean source, the defects that can be planted in it, and what the tool says of it as it is."""

    def __init__(self, source: Source, rules: Sequence[str] = ()) -> None:
        self.source, self.rules = source, rules
        self._before: dict[str, tuple[Any, ...]] = {}

    @cached_property
    def plot(self) -> Plot:
        return Plot(read(self.source), random.Random(0))

    def candidates(self, kind: str, seed: int) -> Iterator[Seed]:
        """The places of a kind of defect in a drawn order that no other document changes."""
        self.plot.rng = random.Random(f"{seed}:{self.source.name}:{kind}")
        yield from list(KINDS[kind][1](self.plot))

    def before(self, form: str) -> tuple[Any, ...]:
        """The loud findings on the clean document."""
        if form not in self._before:
            found = findings(self.source, form, self.rules)
            self._before[form] = tuple(f for f in found if f.severity in LOUD)
        return self._before[form]

    def verdict(self, seed: Seed, form: str) -> Verdict:
        """Plants one defect and judges what the tool says then."""
        text = seed.planted(self.source.text)
        wrong = replace(self.source, text=text, blocks=tuple(blocks(text)))
        known = frozenset(about(f) for f in self.before(form))
        return judge(seed, self.source.name, findings(wrong, form, self.rules), known)


@dataclass(frozen=True)
class Outcome:
    """What a run gave: a verdict for each planted defect, and the loud findings on each clean document."""

    verdicts: tuple[Verdict, ...]
    clean: tuple[tuple[str, Any], ...]

    @property
    def false(self) -> list[Any]:
        """The loud findings on clean documents."""
        return [finding for _, finding in self.clean]


def measure(part: str, forms: Sequence[str], seed: int, many: int, rules: Sequence[str] = ()) -> Outcome:
    """Plants so many defects of each kind and reads them in all forms; with ``rules``, only theirs."""
    ground = beds(part, rules)
    planted = [pair for kind in KINDS for pair in drawn(ground, kind, seed, many)]
    wanted = [(bed, s) for bed, s in planted if not rules or set(rules) & set(s.family)]
    verdicts = tuple(bed.verdict(s, form) for bed, s in wanted for form in forms)
    clean = ((f"{bed.source.name}.{form}", f) for bed in ground for form in forms for f in bed.before(form))
    return Outcome(verdicts, tuple(clean))


def beds(part: str, rules: Sequence[str] = ()) -> list[Bed]:
    """The clean sources of a part."""
    paths = sorted(PARTS[part].glob("*.md"))
    clean = (next(iter(load(path))) for path in paths)
    return [Bed(source, rules) for source in clean if not source.about["findings"]]


def drawn(ground: list[Bed], kind: str, seed: int, many: int) -> list[tuple[Bed, Seed]]:
    """So many defects of a kind, taken in turn from the documents in a drawn order."""
    order = list(ground)
    random.Random(f"{seed}:{kind}").shuffle(order)
    each = ([(bed, s) for s in bed.candidates(kind, seed)] for bed in order)
    turns = (pair for turn in zip_longest(*each) for pair in turn if pair is not None)
    return list(islice(turns, many))


def findings(source: Source, form: str, rules: Sequence[str] = ()) -> tuple[Any, ...]:
    """What the tool finds in a source of a form (md, docx, pdf). RuntimeError if it could not read it."""
    result = in_memory(source, rules) if form == "md" else typeset(source, form, rules)
    if not result.ok:
        raise RuntimeError(f"{source.name} as {form}: {result.status}")
    return result.findings


def in_memory(source: Source, rules: Sequence[str]) -> Result:
    """The Markdown without the maker's directives."""
    lines = (line for line in source.text.split("\n") if not DIRECTIVE.fullmatch(line.strip()))
    return check(parse_text("\n".join(lines)), File(f"{source.name}.md"), select=rules)


def typeset(source: Source, form: str, rules: Sequence[str]) -> Result:
    """The document as a real file."""
    from making import paper, word

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"{source.name}.pdf"
        pages = paper.write(source, target)
        if form == "docx":
            word.write(source, target.with_suffix(".docx"), pages)
        return extract(target.with_suffix(f".{form}"), select=rules)
