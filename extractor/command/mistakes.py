"""The help, and what is said of a command line that is wrong."""

from __future__ import annotations

import typer

from extractor.command.console import warn

USAGE = """用法：extract 文件或文件夹… [选项]

读取财政绩效文件（绩效目标表、绩效自评表、绩效评价报告），找出其中前后矛盾的数据。

"""
STATUS = """
退出码：0 全部读取；1 有 --fail-on 指定的问题；2 命令行有误；3 有文件未能读取；4 结果无法写出；
        5 磁盘已满（腾出空间后用同样的命令继续）；6 输出文件夹正被另一次运行使用；130 被 Ctrl-C 中断。
"""


def help_text(context: typer.Context) -> str:
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


def mistaken(error: Exception) -> int:
    """Says what is wrong with the command line; or, of any other exception, that the program is at fault."""
    if not hasattr(error, "format_message"):
        warn(f"程序内部出错（{type(error).__name__}: {error}）。")
        return 3
    option = getattr(error, "option_name", "")
    parameter = getattr(error, "param", None)
    close = "、".join(getattr(error, "possibilities", None) or [])
    message = str(getattr(error, "message", error))
    if type(error).__name__ == "NoSuchOption":
        warn(f"没有选项 {option}。{f'是不是 {close}？' if close else ''}")
    elif option:
        warn(f"选项 {option} 的用法不对：它缺少取值，或不该有取值。")
    elif parameter is not None and message.isascii():
        warn(f"选项 {parameter.opts[-1]} 的取值不对：须是合适的数。")
    else:
        warn(message)
    warn("用 extract --help 查看用法。")
    return 2
