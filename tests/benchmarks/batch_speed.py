"""How fast a batch goes. ``python tests/benchmarks/batch_speed.py [pages|tiny]``.

``pages``: pages a second of the corpus' PDFs by a plain loop in one process, and in batches of 1 and 2
children, in turns, with the ratios. ``tiny``: 10,000 tiny files and the parent's memory after 1,000 of them
and at the end.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from extractor import extract
from extractor.batch.find import Search
from extractor.batch.limits import Options, Setup
from extractor.batch.read import Request, to_folder

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
COPIES, ROUNDS, TINY = 12, 3, 10_000


def copies(folder: Path) -> int:
    """The corpus' PDFs several times over, each copy with a comment of its own at its end; their pages."""
    pages = 0
    for source in sorted(CORPUS.glob("*.pdf")):
        read = extract(source).source.pages or 0
        for n in range(COPIES):
            (folder / f"{n:02}-{source.name}").write_bytes(source.read_bytes() + b"\n%% %d\n" % n)
            pages += read
    return pages


def plain(folder: Path) -> float:
    """Seconds of a loop without children and without a ledger."""
    begun = time.perf_counter()
    for path in sorted(folder.iterdir()):
        extract(path).to_json()
    return time.perf_counter() - begun


def batch(folder: Path, jobs: int) -> float:
    """Seconds of a batch, the start of its children and the rules between documents included."""
    with tempfile.TemporaryDirectory() as out:
        request = Request((folder,), Setup(options=Options(record=True)), jobs)
        begun = time.perf_counter()
        to_folder(request, Path(out))
        return time.perf_counter() - begun


def speed() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = copies(folder)
        extract(next(folder.iterdir()))
        times: dict[str, list[float]] = {"loop": [], "1 child": [], "2 children": []}
        for _ in range(ROUNDS):
            times["loop"].append(plain(folder))
            times["1 child"].append(batch(folder, 1))
            times["2 children"].append(batch(folder, 2))
    loop = statistics.median(times["loop"])
    for what, seconds in times.items():
        middle = statistics.median(seconds)
        print(f"{what:>11}: {pages / middle:6.1f} pages/s, {loop / middle:.2f} of the loop")


def held() -> int:
    """Kilobytes of memory that this process holds."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


def tiny() -> None:
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as out:
        for n in range(TINY):
            (Path(name) / f"{n:05}.md").write_text(f"# {n}\n\n第{n}号文件。\n", encoding="utf-8")
        request = Request((Path(name),), Setup(options=Options(record=True)), 2, Search())
        seen: list[int] = []
        watched = Watching(seen)
        begun = time.perf_counter()
        with watched:
            to_folder(request, Path(out))
        seconds = time.perf_counter() - begun
    early, late = seen[1000], held()
    grown = f"{early >> 10} MB after 1000, {late >> 10} MB at the end: {late / early:.2f}"
    print(f"{TINY} files in {seconds:.0f} s; parent {grown}")


class Watching:
    """Notes this process's memory whenever a result is delivered."""

    def __init__(self, seen: list[int]) -> None:
        self._seen = seen

    def __enter__(self) -> None:
        from extractor.batch.folder import Folder

        self._deliver = deliver = Folder.deliver
        seen = self._seen

        def noted(folder: Folder, *arguments: object) -> None:
            seen.append(held())
            deliver(folder, *arguments)  # type: ignore[arg-type]

        Folder.deliver = noted  # type: ignore[method-assign,assignment]

    def __exit__(self, *_: object) -> None:
        from extractor.batch.folder import Folder

        Folder.deliver = self._deliver  # type: ignore[method-assign]


def main(wanted: list[str]) -> Iterator[None]:
    for name in wanted or ["pages", "tiny"]:
        yield {"pages": speed, "tiny": tiny}[name]()


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    list(main(sys.argv[1:]))
