"""The command ``extract``: its options, handed to ``extractor.command``. What it prints is up to the outputs.

Exit status: 0 every file was read; 1 with ``--fail-on`` when there is such a finding; 2 the command line is
wrong; 3 a file could not be read; 4 the result could not be written; 5 the disk is full; 6 another run works
on the output folder; 130 interrupted; 141 nobody reads on; 143 told to end.
What is heavy to import is imported where it is used, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from extractor.command.console import prepare, say, warn
from extractor.command.mistakes import help_text, mistaken
from extractor.command.patterns import regime_of, show_patterns, take_patterns
from extractor.command.reading import SEVERITIES, Order, carry_out, destination_of, fields_of, show_status
from extractor.command.rules import chosen, listed, manual_of
from extractor.command.rules import schema as schema_text

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)


def _help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        say(help_text(context))
        raise typer.Exit(0)


def _version(wanted: bool) -> None:
    if wanted:
        from extractor.record import version

        say(f"gouji {version()}\n")
        raise typer.Exit(0)


def _flag(*names: str, words: str) -> Any:
    return typer.Option(*names, help=words)


def _value(*names: str, metavar: str, words: str, least: int | None = None) -> Any:
    return typer.Option(*names, metavar=metavar, help=words, min=least)


def _eager(*names: str, does: Callable[..., None], words: str) -> Any:
    return typer.Option(*names, is_eager=True, callback=does, help=words)


Paths = Annotated[list[Path] | None, typer.Argument(metavar="PATH...")]
AsJson = Annotated[bool, _flag("--json", words="输出 JSON，标准输出上别无其他内容")]
AsLines = Annotated[bool, _flag("--jsonl", words="每读完一个文件输出一行 JSON，最后一行为汇总")]
Target = Annotated[
    str, _value("-o", "--output", metavar="目标", words="写入文件（按扩展名），或文件夹（以 / 结尾）")
]
Tables = Annotated[bool, _flag("--tables", words="JSON 中加上全部表格；-o 名称.xlsx 或 .csv 时写出全部表格")]
Map = Annotated[Path | None, _value("--map", metavar="文件", words="按映射文件写出数据行，与 -o 同用")]
Debug = Annotated[Path | None, _value("--debug-tables", metavar="文件夹", words="把识别的表格画在页面图上")]
Text = Annotated[bool, _flag("--text", words="JSON 中加上全部标题、段落和表格")]
FailOn = Annotated[str, _value("--fail-on", metavar="error|warning", words="有此级及以上问题时退出码为 1")]
Least = Annotated[str, _value("--min-severity", metavar="error|warning|info", words="只报告此级及以上的问题")]
Select = Annotated[list[str] | None, _value("--select", metavar="规则", words="只用此规则（可重复）")]
Ignore = Annotated[list[str] | None, _value("--ignore", metavar="规则", words="不用此规则（可重复）")]
Regime = Annotated[str, _value("--regime", metavar="办法", words="另按此办法检查：名称，或自己的 .yml 文件")]
Waivers = Annotated[
    Path | None, _value("--waivers", metavar="文件", words="核销文件（YAML）：列出的问题不再计入")
]
Compare = Annotated[
    Path | None, _value("--compare", metavar="上次结果", words="与上次的 JSON 结果比较：新增、消除")
]
Include = Annotated[list[str] | None, _value("--include", metavar="模式", words="只读符合的文件（可重复）")]
Exclude = Annotated[list[str] | None, _value("--exclude", metavar="模式", words="不读符合的文件（可重复）")]
Jobs = Annotated[int | None, _value("--jobs", metavar="个", words="同时读取的进程数，默认为核数", least=1)]
Timeout = Annotated[float | None, _value("--timeout", metavar="秒", words="文件时限，默认 120", least=1)]
Memory = Annotated[int | None, _value("--max-memory", metavar="MB", words="内存上限，默认 1536", least=1)]
Pages = Annotated[int | None, _value("--max-pages", metavar="页", words="PDF 的页数上限，默认 3000", least=1)]
LogFile = Annotated[Path | None, _value("--log", metavar="文件", words="把经过逐行写成 JSON")]
Status = Annotated[bool, _flag("--status", words="查看写入某文件夹的批量读取进行到哪里")]
Rules = Annotated[bool, _flag("--rules", words="列出全部规则")]
Explain = Annotated[str, _value("--explain", metavar="规则", words="说明一条规则")]
Patterns = Annotated[
    Path | None, _value("--patterns", metavar="文件夹", words="另用此文件夹里的句式和词表（YAML）")
]
ExplainPatterns = Annotated[bool, _flag("--explain-patterns", words="说明文件中各处由哪条句式或词表读出")]
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
    map_: Map = None,
    debug_tables: Debug = None,
    fail_on: FailOn = "",
    least: Least = "info",
    select: Select = None,
    ignore: Ignore = None,
    regime: Regime = "",
    waivers: Waivers = None,
    compare: Compare = None,
    include: Include = None,
    exclude: Exclude = None,
    jobs: Jobs = None,
    timeout: Timeout = None,
    memory: Memory = None,
    pages: Pages = None,
    log: LogFile = None,
    status: Status = False,
    rules: Rules = False,
    explain: Explain = "",
    patterns: Patterns = None,
    explain_patterns: ExplainPatterns = False,
    schema: Schema = False,
    quiet: Quiet = False,
    version: Version = False,
    help_: Help = False,
) -> None:
    """Reads documents and reports where they contradict themselves."""
    if rules or explain or schema:
        say(manual_of(explain) if explain else schema_text() if schema else listed())
        return
    _one_of("--fail-on", fail_on, ("", "error", "warning"))
    _one_of("--min-severity", least, SEVERITIES)
    given = paths or []
    if patterns is not None:
        take_patterns(patterns)
    if explain_patterns:
        raise typer.Exit(show_patterns(given))
    if status and (target or given):
        raise typer.Exit(show_status(Path(target or given[0])))
    if as_json and as_lines:
        raise typer.BadParameter("--json 和 --jsonl 只能选一个。")
    wanted, unwanted = chosen(select or []), chosen(ignore or [])
    flag, fields = "json" if as_json else "jsonl" if as_lines else "", fields_of(map_)
    writer, path = destination_of(target, flag, given, tables, fields is not None)
    if debug_tables and writer.NAME == "folder":
        raise typer.BadParameter("--debug-tables 不能与输出文件夹同用，请另写一个文件。")
    order = Order(
        tuple(given), writer, path, tables, text, fail_on, least, wanted, unwanted, quiet,
        jobs, timeout, memory, pages, tuple(include or ()), tuple(exclude or ()), log, fields, debug_tables,
        waivers, compare, regime_of(regime),
    )  # fmt: skip
    raise typer.Exit(carry_out(order))


def _one_of(option: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise typer.BadParameter(f"{option} 只能是 {'、'.join(filter(None, allowed))}，不能是“{value}”。")


def run(arguments: list[str]) -> int:
    """The command on some arguments: its exit status, never an exception."""
    try:
        command = typer.main.get_command(app)
        return int(command.main(arguments, prog_name="extract", standalone_mode=False) or 0)
    except (KeyboardInterrupt, typer.Abort):
        warn("已中断。")
        return 130
    except Exception as error:
        return mistaken(error)


def main() -> NoReturn:
    """The console command's entry point. What it writes is UTF-8 whatever the locale."""
    prepare()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
