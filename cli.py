"""The command ``extract``: arguments to results to an output. Thin: what it prints is the outputs' business.

Exit status: 0 every file was read; 1 with ``--fail-on`` when there is such a finding; 2 the command line is
wrong; 3 a file could not be read; 4 the result could not be written; 130 interrupted; 141 nobody reads on.
What is heavy to import is imported where it is used, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from extractor.outputs import Batch, Output
    from extractor.result import Result

SEVERITIES = ("error", "warning", "info")
# Formats that are known and refused: in a folder they get a record that says so, instead of passing unseen.
REFUSED = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".xls", ".et", ".ofd", ".odt", ".ods", ".caj")
USAGE = """用法：extract 文件或文件夹… [选项]

读取财政绩效文件（绩效目标表、绩效自评表、绩效评价报告），找出其中前后矛盾的数据。

"""
STATUS = """
退出码：0 全部读取；1 有 --fail-on 指定的问题；2 命令行有误；3 有文件未能读取；4 结果无法写出。
"""

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        _say(_help_text(context))
        raise typer.Exit(0)


def _version(wanted: bool) -> None:
    if wanted:
        from extractor.record import version

        _say(f"gouji {version()}\n")
        raise typer.Exit(0)


def _flag(*names: str, words: str) -> Any:
    return typer.Option(*names, help=words)


def _value(*names: str, metavar: str, words: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=words)


def _eager(*names: str, does: Callable[..., None], words: str) -> Any:
    return typer.Option(*names, is_eager=True, callback=does, help=words)


Paths = Annotated[list[Path] | None, typer.Argument(metavar="PATH...")]
AsJson = Annotated[bool, _flag("--json", words="输出 JSON，标准输出上别无其他内容")]
AsLines = Annotated[bool, _flag("--jsonl", words="每读完一个文件输出一行 JSON，最后一行为汇总")]
Target = Annotated[str, _value("-o", "--output", metavar="目标", words="写入文件，或文件夹（以 / 结尾）")]
Tables = Annotated[bool, _flag("--tables", words="JSON 中加上全部表格")]
Text = Annotated[bool, _flag("--text", words="JSON 中加上全部标题、段落和表格")]
FailOn = Annotated[str, _value("--fail-on", metavar="error|warning", words="有此级及以上问题时退出码为 1")]
Least = Annotated[str, _value("--min-severity", metavar="error|warning|info", words="只报告此级及以上的问题")]
Select = Annotated[list[str] | None, _value("--select", metavar="规则", words="只用此规则（可重复）")]
Ignore = Annotated[list[str] | None, _value("--ignore", metavar="规则", words="不用此规则（可重复）")]
Rules = Annotated[bool, _flag("--rules", words="列出全部规则")]
Explain = Annotated[str, _value("--explain", metavar="规则", words="说明一条规则")]
Schema = Annotated[bool, _flag("--schema", words="输出 JSON 的模式（JSON Schema）")]
Quiet = Annotated[bool, _flag("--quiet", words="不显示进度，只报告问题")]
Version = Annotated[bool, _eager("--version", does=_version, words="显示版本")]
Help = Annotated[bool, _eager("--help", "-h", does=_help, words="显示本说明")]


@app.command(add_help_option=False)
def extract(
    paths: Paths = None,
    as_json: AsJson = False,
    as_lines: AsLines = False,
    target: Target = "",
    tables: Tables = False,
    text: Text = False,
    fail_on: FailOn = "",
    least: Least = "info",
    select: Select = None,
    ignore: Ignore = None,
    rules: Rules = False,
    explain: Explain = "",
    schema: Schema = False,
    quiet: Quiet = False,
    version: Version = False,
    help_: Help = False,
) -> None:
    """Reads documents and reports where they contradict themselves."""
    if rules or explain or schema:
        _say(_manual(explain) if explain else _schema() if schema else _rule_list())
        return
    _one_of("--fail-on", fail_on, ("", "error", "warning"))
    _one_of("--min-severity", least, SEVERITIES)
    chosen, left_out = _rule_names(select or []), _rule_names(ignore or [])
    given = paths or []
    writer, path = _destination(target, as_json, as_lines, given)
    from extractor.outputs import Batch

    files = _files(given)
    results = _results(files, chosen, left_out, least, progress=not quiet and len(files) > 1)
    many = len(given) > 1 or any(path.is_dir() for path in given)
    batch = Batch(results, many, tables, text, brief=quiet)
    _write(writer, batch, path)
    raise typer.Exit(_status(batch, fail_on))


def _one_of(option: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise typer.BadParameter(f"{option} 只能是 {'、'.join(filter(None, allowed))}，不能是“{value}”。")


def _rule_names(given: list[str]) -> list[str]:
    """Names as given, commas allowed; a mistake in the command line when one is unknown."""
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    if names:
        from extractor.rules import names as known

        for unknown in sorted(set(names) - set(known())):
            _unknown_rule(unknown, known())
    return names


def _unknown_rule(name: str, known: list[str]) -> NoReturn:
    from rapidfuzz import process

    close = [match for match, score, _ in process.extract(name, known, limit=3) if score >= 60]
    hint = f"是不是 {'、'.join(close)}？" if close else "用 extract --rules 列出全部规则。"
    raise typer.BadParameter(f"没有名为“{name}”的规则，{hint}")


def _manual(name: str) -> str:
    from extractor.rules import manual, names

    try:
        return f"{manual(name).strip()}\n"
    except KeyError:
        _unknown_rule(name, names())


def _rule_list() -> str:
    from extractor.rules import manual, names

    return "".join(f"{name}  {manual(name).strip().splitlines()[0]}\n" for name in names())


def _schema() -> str:
    from importlib.resources import files

    return files("extractor.outputs").joinpath("schema.json").read_text("utf-8")


def _destination(target: str, as_json: bool, as_lines: bool, paths: list[Path]) -> tuple[Output, Path | None]:
    from extractor.outputs.destination import destination

    if not paths:
        raise typer.BadParameter("没有给出要读取的文件或文件夹。")
    if as_json and as_lines:
        raise typer.BadParameter("--json 和 --jsonl 只能选一个。")
    try:
        return destination(target, "json" if as_json else "jsonl" if as_lines else "", paths)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _files(paths: list[Path]) -> list[Path]:
    """The files to read, each once: a folder's in the order of their names, itself where it holds none."""
    from extractor.parsers import formats

    known = (*formats(), *REFUSED)
    found = ((_inside(path, known) or [path]) if path.is_dir() else [path] for path in paths)
    return list(dict.fromkeys(file for files in found for file in files))


def _inside(folder: Path, known: tuple[str, ...]) -> list[Path]:
    """A folder's documents, and the subfolders that cannot be opened; no hidden and no lock files."""
    found: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: found.append(Path(error.filename)))
    for parent, folders, names in walk:
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        visible = (name for name in sorted(names) if not name.startswith((".", "~$")))
        found += [Path(parent, name) for name in visible if name.lower().endswith(known)]
    return found


def _results(
    files: list[Path], select: list[str], ignore: list[str], least: str, progress: bool
) -> Iterator[Result]:
    """The results one by one, without findings below the least severity; failures told on standard error."""
    from dataclasses import replace

    wanted = SEVERITIES[: SEVERITIES.index(least) + 1]
    for number, file in enumerate(files, 1):
        if progress:
            _progress(f"（{number}/{len(files)}）{file.name}")
        result = _read(file, select, ignore)
        if progress:
            _progress("")
        _complain(result)
        yield replace(result, findings=tuple(f for f in result.findings if f.severity in wanted))


def _read(file: Path, select: list[str], ignore: list[str]) -> Result:
    """One file's result, whatever happens."""
    try:
        if refusal := _not_a_file(file):
            return _failed(file, "unreadable", *refusal)
        from extractor import extract as read

        return read(file, select=select, ignore=ignore)
    except MemoryError:
        return _failed(file, "memory", "", f"读取“{file.name}”时内存不足。")
    except Exception as error:  # whatever a stranger's file provokes, the others must go on
        cause = f"{type(error).__name__}: {error}"[:300]
        return _failed(file, "internal-error", "", f"读取“{file.name}”时程序内部出错（{cause}）。")


def _not_a_file(path: Path) -> tuple[str, str] | None:
    """Code and sentence for a path that must not be opened: a folder that came this far, a pipe, a device."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return None  # missing or closed: the parsers have the words for it
    if stat.S_ISDIR(mode):
        if not os.access(path, os.R_OK | os.X_OK):
            return "unreadable", f"没有打开文件夹“{path}”的权限。"
        return "no-documents", f"文件夹“{path}”中没有可以读取的文件（PDF、DOCX 等）。"
    return None if stat.S_ISREG(mode) else ("not-a-file", f"“{path}”不是普通文件，未读取。")


def _failed(file: Path, status: str, code: str, message: str) -> Result:
    from extractor.document import Problem
    from extractor.result import Result, Source

    return Result(Source(str(file)), status, problems=(Problem(code or status, message),))


def _complain(result: Result) -> None:
    from extractor.outputs import READ
    from extractor.outputs.wording import shown, status_words

    if result.status in READ:
        return
    name = Path(result.source.path).name or result.source.path
    said = result.problems[0].message if result.problems else status_words(result.status)
    named = said if name in said else f"“{name}”：{said}"
    _warn(shown(named if named.endswith("。") else f"{named}。"))


def _write(writer: Output, batch: Batch, target: Path | None) -> None:
    try:
        writer.write(batch, target)
    except BrokenPipeError:
        _nobody_reads()
    except OSError as error:
        where = f"“{target}”" if target else "标准输出"
        _warn(f"结果无法写入{where}：{error.strerror or error}。")
        raise typer.Exit(4) from None


def _status(batch: Batch, fail_on: str) -> int:
    if batch.tally.unread:
        return 3
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    found = {severity for severity, count in batch.tally.severities.items() if count}
    found |= {finding.severity for finding in batch.findings}
    return int(not found.isdisjoint(failing))


def _say(text: str) -> None:
    try:
        sys.stdout.buffer.write(text.encode(errors="replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _nobody_reads()


def _nobody_reads() -> NoReturn:
    """Ends quietly; standard output is let go, or the interpreter would fail once more when it flushes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(141)


def _warn(sentence: str) -> None:
    print(sentence.encode(errors="backslashreplace").decode(), file=sys.stderr)


def _progress(words: str) -> None:
    if sys.stderr and sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _help_text(context: typer.Context) -> str:
    """The help in Chinese, made of the command's own options."""
    from extractor.outputs.wording import columns

    options = [parameter for parameter in context.command.params if parameter.opts[0].startswith("-")]
    heads = [f"{', '.join(option.opts)} {option.metavar or ''}".rstrip() for option in options]
    column = max(map(columns, heads)) + 2
    lines = (
        f"  {head}{' ' * (column - columns(head))}{getattr(option, 'help', '')}\n"
        for head, option in zip(heads, options, strict=True)
    )
    return USAGE + "选项：\n" + "".join(lines) + STATUS


def run(arguments: list[str]) -> int:
    """The command on some arguments: its exit status, never an exception."""
    try:
        command = typer.main.get_command(app)
        return int(command.main(arguments, prog_name="extract", standalone_mode=False) or 0)
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception as error:
        return _mistaken(error)


def _mistaken(error: Exception) -> int:
    """Says what is wrong with the command line; or, of any other exception, that the program is at fault."""
    if not hasattr(error, "format_message"):
        _warn(f"程序内部出错（{type(error).__name__}: {error}）。")
        return 3
    option = getattr(error, "option_name", "")
    close = "、".join(getattr(error, "possibilities", None) or [])
    if type(error).__name__ == "NoSuchOption":
        _warn(f"没有选项 {option}。{f'是不是 {close}？' if close else ''}")
    elif option:
        _warn(f"选项 {option} 的用法不对：它缺少取值，或不该有取值。")
    else:
        _warn(str(getattr(error, "message", error)))
    _warn("用 extract --help 查看用法。")
    return 2


def main() -> NoReturn:
    """The console command's entry point. What it writes is UTF-8 whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
