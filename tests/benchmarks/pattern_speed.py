"""How long each pattern takes on 300 kB of one character or one short piece: python
tests/benchmarks/pattern_speed.py

Not a test: times differ between machines. It ends with status 1 if a pattern takes a second or more, and
names it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from extractor.document import Text
from extractor.recognise.fields import inline_pairs
from extractor.recognise.names import glued_target, named
from extractor.recognise.paired_funds import amounts_in
from extractor.recognise.titles import project_in_title, title_kind
from extractor.recognise.units import hint_in_name, unit_in_brackets, unit_in_line
from extractor.recognise.years import year_in
from extractor.vocabulary import Sentence, patterns_folder, sentence_sets, words

SIZE = 300_000
LIMIT = 1.0
PIECES = (
    *tuple("1一率（(“分 年.,，%=*-A：:"),
    "1.1",
    "（1）",
    "得分",
    "目标值",
    "率为",
    "1，",
    "“率",
    "权重1分，",
    "年度",
)
TEXTS: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("named", lambda s: named(Text(s))),
    ("glued_target", lambda s: glued_target(Text(s))),
    ("inline_pairs", lambda s: list(inline_pairs(Text(s)))),
    ("amounts_in", lambda s: amounts_in(Text(s))),
    ("project_in_title", lambda s: project_in_title(Text(s))),
    ("title_kind", title_kind),
    ("hint_in_name", hint_in_name),
    ("unit_in_brackets", unit_in_brackets),
    ("unit_in_line", unit_in_line),
    ("year_in", year_in),
)


def readers() -> Iterator[tuple[str, Callable[[str], Any]]]:
    """Everything that reads text with patterns, by name."""
    yield from TEXTS
    for path in sorted(patterns_folder().glob("*.yml")):
        if "words:" in path.read_text(encoding="utf-8"):
            yield path.name, words(path.stem).meaning
    for found in sentence_sets():
        for pattern in found.patterns:
            yield f"{found.name}.yml {pattern.name}", partial(_all, pattern)


def _all(pattern: Sentence, text: str) -> int:
    """All matches in a text that holds the pattern's cue once, as a stranger's would."""
    return sum(1 for _ in pattern.expression.finditer(text + pattern.cue))


def main() -> int:
    slow = 0
    for name, read in readers():
        worst, of = 0.0, ""
        for piece in PIECES:
            text = (piece * (SIZE // len(piece.encode()) + 1))[:SIZE]
            start = time.process_time()
            read(text)
            spent = time.process_time() - start
            worst, of = max((worst, of), (spent, piece))
            if worst >= LIMIT:
                break
        slow += worst >= LIMIT
        print(f"{worst:7.3f} s  {name}  （{of}）{'  太慢' if worst >= LIMIT else ''}", flush=True)
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
