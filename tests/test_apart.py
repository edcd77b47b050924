"""A child of one's own: what it gives, what becomes of its ends, and that an output outlives them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from takeaway import DOCUMENTS, read, write

from extractor.apart.child import Child, Lost
from extractor.outputs import NotWritten, copy, pictures

REPORT = "report-bicycles-errors.pdf"


def ask(work: str, text: str = "甲", seconds: float = 30.0) -> bytes:
    with Child(memory=1 << 30) as child:
        return child.ask(f"apart_works:{work}", text, seconds=seconds)


@pytest.mark.parametrize("work", ["say", "noise"])
def test_a_child_gives_what_the_function_gives(work: str) -> None:
    assert ask(work, "甲" * 300_000) == ("甲" * 300_000).encode()


LOST = {"abort": "异常退出", "hang": "超过时限", "fill": "内存", "fail": "ZeroDivisionError: 甲"}


@pytest.mark.parametrize("work", LOST)
def test_an_end_is_told_and_the_next_question_answered(work: str) -> None:
    with Child(memory=1 << 30) as child:
        with pytest.raises(Lost, match=LOST[work]):
            child.ask(f"apart_works:{work}", "甲", seconds=1.5 if work == "hang" else 30)
        assert child.ask("apart_works:say", "乙") == "乙".encode()


@pytest.mark.parametrize(("work", "words"), [("refuse", "甲"), ("connect", "ermission|denied")])
def test_a_reason_is_handed_on(work: str, words: str) -> None:
    with pytest.raises(OSError, match=words):
        ask(work)


def test_no_process_is_left() -> None:
    with Child() as child:
        child.ask("apart_works:say", "甲")
        assert child._process
        pid = child._process.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def ruined(monkeypatch: pytest.MonkeyPatch, module: Any, works: dict[str, str], seconds: float = 30) -> None:
    """Has a child do something else instead of what an output asks for, on some pages."""
    real = Child.ask

    def ask(self: Child, work: str, *arguments: Any, seconds: float = seconds) -> bytes:
        instead = works.get(str(arguments[1])) or works.get("")
        if instead:
            return real(self, f"apart_works:{instead}", "", seconds=1 if instead == "hang" else seconds)
        return real(self, work, *arguments, seconds=seconds)

    monkeypatch.setattr(module.Child, "ask", ask)


def test_a_page_that_ends_the_drawing_is_told_and_shown_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = read(REPORT)
    cited = sorted({side.place.page for each in found.findings for side in each.evidence})
    first, second = str(cited[0]), str(cited[1])
    ruined(monkeypatch, pictures, {first: "abort", second: "hang"})
    tree = html.parse(str(write("html", found, tmp_path / "r.html"))).getroot()
    drawn = {figure.get("id") for figure in tree.find_class("page")}
    assert drawn == {f"p{page}" for page in cited[2:]} and tree.find_class("excerpt")
    said = tree.get_element_by_id("problems").text_content()
    assert f"第{first}页未能绘制成图" in said and f"第{second}页未能绘制成图，改列文字（超过时限）" in said


def test_after_a_few_lost_pages_no_more_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    ruined(monkeypatch, pictures, {"": "abort"})
    drawn = list(pictures.pictures(DOCUMENTS / REPORT, range(1, 9), 1.0, 10**6))
    reasons = [each.reason for each in drawn if isinstance(each, pictures.Undrawn)]
    assert reasons == ["进程异常退出"] * 3 + ["前面的页未能绘制"] * 5


@pytest.mark.parametrize("kind", copy.FORMATS)
def test_a_copy_that_cannot_be_made_is_refused_with_the_reason(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruined(monkeypatch, copy, {"": "abort"})
    with pytest.raises(NotWritten, match="加入批注时进程异常退出"):
        write(kind, read(f"report-bicycles-errors.{kind}"), tmp_path / "checked")
    assert not list(tmp_path.iterdir())
