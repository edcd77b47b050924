"""What every page stands in: the head with its policy, the style, the script; and how texts are made safe."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from extractor.outputs.wording import shown


def safe(text: object) -> str:
    """A text as it may stand in the page, in an element or in a quoted attribute."""
    return escape(shown(str(text)), quote=True)


def safe_lines(text: str) -> str:
    """The same with its line feeds."""
    return "\n".join(map(safe, text.split("\n")))


def as_json(value: Any) -> str:
    """A value as JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text.encode("utf-8", "replace").decode()


def document(title: str, body: str, script: bool = False) -> bytes:
    """A whole page. Nothing is loaded or run but its own style and script, known by their hashes."""
    style, code = _asset("report.css"), _asset("report.js") if script else ""
    policy = [
        "default-src 'none'",
        "img-src data:",
        f"style-src {_hash(style)}",
        f"script-src {_hash(code)}" if script else "script-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    head = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{style}</style>\n</head>\n"
    )
    end = f"<script>{code}</script>\n" if script else ""
    return f"{head}<body>\n{body}\n{end}</body>\n</html>\n".encode("utf-8", "replace")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return files("extractor.outputs.html").joinpath(name).read_text("utf-8")
