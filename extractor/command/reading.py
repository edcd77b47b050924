"""A reading as the command asks for it: options to a request, results to an output, and the exit status."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extractor.command.console import nobody_reads, warn
from extractor.command.judged import earlier_of, waivers_of
from extractor.reasons import why

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.batch.read import Request
    from extractor.findings import Finding
    from extractor.outputs import Output, Tally
    from extractor.result import Result

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Order:
    """The options that say what is read, how, and where to; checked."""

    paths: tuple[Path, ...]
    writer: Output
    target: Path | None
    tables: bool
    text: bool
    fail_on: str
    least: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    quiet: bool
    jobs: int | None
    timeout: float | None
    memory: int | None
    pages: int | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    log: Path | None
    fields: object = None
    pictures: Path | None = None
    waivers: Path | None = None
    compared: Path | None = None
    regime: str = ""

    @property
    def many(self) -> bool:
        """Whether several files, or a folder, are asked for."""
        return len(self.paths) > 1 or any(path.is_dir() for path in self.paths)


def fields_of(mapping: Path | None) -> object:
    """What a mapping file says, None without one; what is wrong in it is a mistake in the command line."""
    if mapping is None:
        return None
    from extractor.outputs.mapped.mapping import read_fields

    try:
        return read_fields(mapping)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def destination_of(
    target: str, flag: str, paths: list[Path], tables: bool = False, mapped: bool = False
) -> tuple[Output, Path | None]:
    """The output and the path it writes to; a mistake in the command line when there is none."""
    from extractor.outputs.destination import destination

    if not paths:
        raise typer.BadParameter("没有给出要读取的文件或文件夹。")
    try:
        return destination(target, flag, paths, tables, mapped)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def carry_out(order: Order) -> int:
    """Reads, writes, and gives the exit status."""
    from extractor.batch.lock import Busy
    from extractor.batch.read import Broken, Full
    from extractor.batch.run import CannotStart

    try:
        return _to_folder(order) if order.writer.NAME == "folder" else _to_output(order)
    except Full:
        warn("磁盘已满，已停止；已完成的结果都已保存，腾出空间后用同样的命令继续。")
        return 5
    except Busy:
        warn(f"另一次运行正在使用“{order.target}”，请等它结束，或换一个输出文件夹。")
        return 6
    except Broken as error:
        warn(f"无法使用台账文件：{error}，请删除它后重新运行。")
        return 4
    except CannotStart:
        warn("解析进程无法启动：--max-memory 过小，或程序安装不完整。")
        return 2
    except KeyboardInterrupt:
        resumed = "，用同样的命令可以继续" if order.writer.NAME == "folder" else ""
        warn(f"已中断{resumed}。")
        return 130
    except BrokenPipeError:
        nobody_reads()
    except OSError as error:
        where = f"“{order.target}”" if order.target else "标准输出"
        warn(f"结果无法写入{where}：{why(error)}。")
        return 4


def _request(order: Order) -> Request:
    from extractor.batch import limits
    from extractor.batch.find import Search
    from extractor.batch.read import Request

    folder = order.target if order.writer.NAME == "folder" else None
    severities = SEVERITIES[: SEVERITIES.index(order.least) + 1]
    waivers, judged = waivers_of(order.waivers)
    options = limits.Options(
        order.select, order.ignore, severities, order.tables, order.text, folder is not None,
        str(order.waivers.resolve()) if order.waivers else "", judged, order.regime,
    )  # fmt: skip
    bounds = limits.limits(order.timeout, order.memory, order.pages)
    return Request(
        paths=order.paths,
        setup=limits.Setup(bounds, options, limits.READER),
        jobs=limits.crew_size(order.jobs),
        search=Search(order.include, order.exclude, folder),
        log=order.log,
        show=order.many and not order.quiet,
        warn=warn,
        waivers=waivers,
        earlier=earlier_of(order.compared),
    )


def _to_output(order: Order) -> int:
    from extractor.batch.read import stream
    from extractor.outputs import Batch

    request = _request(order)
    batch = Batch((), order.many, order.tables, order.text, brief=order.quiet, fields=order.fields)
    batch.earlier = request.earlier.name if request.earlier else ""
    with closing(stream(request, batch)) as results:
        batch.results = _drawn(_told(results), order.pictures)
        order.writer.write(batch, order.target)
    return exit_status(batch.tally, batch.findings, order.fail_on)


def _to_folder(order: Order) -> int:
    from extractor.batch.read import to_folder

    assert order.target is not None
    tally, findings, lines = to_folder(_request(order), order.target, order.many)
    for line in lines if order.many and not order.quiet else ():
        warn(line)
    if tally.unread and not (order.many and not order.quiet):
        warn(f"有 {tally.unread} 个文件未能读取，原因见“{order.target}”中的结果。")
    return exit_status(tally, findings, order.fail_on)


def _drawn(results: Iterator[Result], folder: Path | None) -> Iterator[Result]:
    """The results; where pictures are asked for, their tables are drawn on the way."""
    if folder is None:
        return results
    from extractor.outputs.debugging import drawn

    return drawn(results, folder)


def _told(results: Iterable[Result]) -> Iterator[Result]:
    """The results; of a file that was not read it is said why."""
    from extractor.outputs import READ

    for result in results:
        if result.status not in READ:
            _complain(result)
        yield result


def _complain(result: Result) -> None:
    from extractor.outputs.wording import shown, status_words

    name = Path(result.source.path).name or result.source.path
    said = result.problems[0].message if result.problems else status_words(result.status)
    named = said if name in said else f"“{name}”：{said}"
    warn(shown(named if named.endswith("。") else f"{named}。"))


def exit_status(tally: Tally, findings: Iterable[Finding], fail_on: str) -> int:
    """3 when a file was not read, 1 when there is a finding as bad as ``fail_on`` says, else 0."""
    if tally.unread:
        return 3
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    found = {severity for severity, count in tally.severities.items() if count}
    found |= {finding.severity for finding in findings}
    return int(not found.isdisjoint(failing))


def show_status(folder: Path) -> int:
    """Prints the state of the run that writes, or wrote, to a folder."""
    import sqlite3

    from extractor.batch.status import status_lines
    from extractor.command.console import say

    try:
        say("".join(f"{line}\n" for line in status_lines(folder)))
    except (OSError, sqlite3.Error):
        warn(f"“{folder}”中没有批量读取的台账；请指定 -o 用过的输出文件夹。")
        return 3
    return 0
