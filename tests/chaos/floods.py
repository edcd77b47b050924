"""Text and web pages that repeat one thing without end, each a way to make some reader slow."""

# ruff: noqa: E501 - one flood a line
from __future__ import annotations

from collections.abc import Iterator

Files = Iterator[tuple[str, bytes]]
LONG = 1_400_000  # characters: just within the limit of a text

REPEATED = {
    "dots": ".", "percents": "%", "ges": "≥", "equals": "=", "hashes": "#", "dashes": "-", "stars": "*", "quotes": "“",
    "books": "《", "wide-brackets": "（", "colons": "：", "han": "完", "total": "合计", "score": "得分", "of-which": "其中：",
    "tabs": "a\t", "marks": "|<", "chain": "1-", "chain-dots": "1.", "times": "1×", "over": "1/", "sums": "1+1=2；",
    "years": "2023年", "periods": "2023年1月1日至", "numbers": "财发〔2018〕7号", "captions": "表1-", "codes": "C1-3 ",
    "money": "1万元，", "rates": "完成率99.87%，", "lists": "1、2、", "growth": "同比增长5%，", "shares": "占比5%，",
    "references": "详见表1-1。", "deductions": "扣0.5分，得9.5分；", "weights": "(36分)", "combining": "a\u0301", "joiners": "\u200d",
    "radicals": "⼀", "emoji": "👩‍👩‍👧", "feeds": "\r", "separators": "\u2028", "forms": "\x0c", "breaks": "a<br>", "escapes": "\\|",
}  # fmt: skip
LINES = {
    "lines": "a\n", "headings-numbered": "一、标题\n", "units": "单位：万元\n", "captions": "表1-1 支出\n", "contents": "目录……1\n",
    "tables": "| a | 1 |\n| b | 2 |\n\n", "rules": "|---|\n", "carets": "| ^ |\n", "tab-tables": "a\t1\nb\t2\n\n",
    "mixed": "预算100万元，支出98万元，执行率98%，同比增长5%；其中甲60万元、乙38万元。\n",
}  # fmt: skip
NUMBERED = {
    "sentences": "第{0}项共支出{0}万元。\n", "indicators": "| 产出指标 | 数量指标 | 甲{0} | ≥9 | 9 | 5 | 5 |\n",
    "documents": "根据《关于做好{0}工作的通知》（财发〔2018〕{0}号）。\n", "offices": "平山县第{0}住房保障中心负责。\n",
    "worksheets": "C{0}-1 指标{0} 得分5分\n", "headings": "# {0} 标题\n", "figures": "| 甲{0} | {0} | {0}% | {0}.5 |\n",
    "near": "项目总投资为{0}.5万元，资金到位率{0}%，其中市级{0}万元。\n",
}  # fmt: skip


def text_floods() -> Files:
    """A line without end, lines without end, and lines that differ."""
    for name, piece in REPEATED.items():
        yield f"one-line-{name}.md", (piece * (400_000 // len(piece))).encode()
    for name, piece in LINES.items():
        yield f"many-{name}.md", (piece * (400_000 // len(piece))).encode()
    for name, piece in NUMBERED.items():
        count = 400_000 // (len(piece) + 4)
        yield f"numbered-{name}.txt", "".join(piece.format(n) for n in range(count)).encode()
    yield "too-long.txt", "字".encode() * (LONG + 200_000)
    yield "blanks-inside.txt", b"# a" + b" " * LONG + b"b"
    yield "heading-of-hashes.md", b"# " + b"#" * LONG + b"a"
    yield "ragged.md", b"|" + b" a |" * 900 + b"\n" + b"| b |\n" * 100_000
    yield "wide.md", (b"|" + b" 9 |" * 50_000 + b"\n") * 2
    yield "cell-long.md", b"| " + b"9" * 500_000 + b" | " + b"1," * 300_000 + b" |"
    yield "number-huge.md", b"| " + b"9" * 5000 + b"% | 1e999999999 | 0." + b"0" * 5000 + b"1 |\n" * 9
    yield "latin.txt", bytes(range(160, 256)) * 5000
    yield "four-bytes.txt", "𠀀㐀".encode("gb18030") * 50_000
    yield "utf16-odd.txt", "正文".encode("utf-16") + b"\x00"
    yield "utf32.txt", "正文\n".encode("utf-32") * 100
    yield "bom-only.md", b"\xef\xbb\xbf"
    yield "half-character.md", "正文".encode()[:-1] * 3


TAGS = {
    "paragraphs": "<p>a", "items": "<li>a", "breaks": "<br>", "spans": "<span>a</span>", "angles": "<", "ampersands": "&",
    "comments": "<!--", "open-tags": "<a ", "rows": "<tr><td>9</td><td>8</td></tr>", "options": "<select><option>a</select>",
    "inputs": "<input value=a>", "images": "<img src=x>", "headings": "<h1>一、a</h1>", "styles": "<p style='color:red;display:block'>x",
    "tables": "<table><tr><td>a<td>1<tr><td>b<td>2</table>", "cdata": "<![CDATA[", "doctypes": "<!DOCTYPE html>", "closings": "</div>",
    "areas": "<textarea>x", "scripts": "<script>", "ruby": "<ruby>汉<rt>h</ruby>", "frames": "<iframe>", "math": "<math><mi>x</math>",
}  # fmt: skip


def page_floods() -> Files:
    """Web pages: one tag without end, lists, attributes, spans, encodings that are none."""
    for name, piece in TAGS.items():
        yield f"many-{name}.html", f"<html><body>{piece * (300_000 // len(piece))}".encode()
    yield "list.html", b"<html><body><ol>" + b"<li>a" * 60_000 + b"</ol>"
    yield "attributes-bare.html", b"<html><p " + b"a " * 500_000 + b">x"
    yield "attribute-long.html", b"<html><p title='" + b"a<b>=" * 500_000 + b"'>x"
    yield "style-long.html", b"<html><p style='" + b"color:red;" * 300_000 + b"'>x"
    yield "data-image.html", b"<html><img src='data:image/png;base64," + b"QUJD" * 1_000_000 + b"'><p>99%"
    yield (
        "spans-rising.html",
        b"<html><table>"
        + b"".join(b"<tr><td rowspan=%d colspan=%d>9" % (n, n) for n in range(1, 600))
        + b"</table>",
    )
    yield "rowspans.html", b"<html><table>" + b"<tr><td rowspan=65534>9" * 3000
    yield "nested-text.html", b"<html>" + b"<table><tr><td>" * 60 + b"99.5% " * 20_000
    yield "too-long.html", b"<html><p>" + "字".encode() * (LONG + 200_000)
    yield "one-word.html", b"<html><p>" + b"x" * 11_000_000
    yield "source-breaks.html", b"<html><p>" + "中 \n".encode() * 200_000
    for charset in (
        "rot13",
        "hex",
        "zip",
        "undefined",
        "idna",
        "punycode",
        "utf-16",
        "utf-32",
        "unicode_escape",
        "x" * 60,
    ):
        yield (
            f"charset-{charset[:20]}.html",
            f"<html><meta charset={charset}><body><p>完成率 98%</p>".encode(),
        )
    yield (
        "xhtml-entities.xhtml",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><body>'
        + b"&b;" * 50_000,
    )
    yield "nulls.html", b"<html><p>a\0b" * 20_000
