"""The page: parsed by lxml, and used in Chromium; no text of a document is ever anything but a text."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from browser import PROGRAM, Browser
from lxml import html
from PIL import Image
from takeaway import HOSTILE, PICTURE, SCRIPT, WRONG, hostile, plain, read, write
from test_record import finding, result, unread

from extractor.document import Cell, Document, Paragraph, Place, Table, Text
from extractor.findings import Evidence, evidence
from extractor.outputs import Batch
from extractor.outputs.html.charts import Bar, chart
from extractor.outputs.html.tables import table_markup
from extractor.result import Source

REPORT = "report-bicycles-errors"


def page(path: Path) -> Any:
    return html.parse(str(path)).getroot()


def data(tree: Any) -> Any:
    return json.loads(tree.get_element_by_id("data").text)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a PDF, of a DOCX and of a hostile result."""
    folder = tmp_path_factory.mktemp("html")
    found = {suffix: read(f"{REPORT}.{suffix}") for suffix in ("pdf", "docx")} | {"hostile": hostile()}
    return {name: write("html", each, folder / f"{name}.html") for name, each in found.items()}


def test_findings_are_listed_with_all_their_places(pages: dict[str, Path]) -> None:
    tree, found = page(pages["pdf"]), read(f"{REPORT}.pdf").findings
    items = tree.find_class("finding")
    assert len(items) == len(found) == len(data(tree))
    for item, each in zip(items, found, strict=True):
        said = item.text_content()
        assert each.message in said and each.expected in said and each.rule in said
        assert all(side.text in said and f"第{side.place.page}页" in said for side in each.evidence)


def test_only_cited_pages_are_embedded_and_boxes_are_theirs(pages: dict[str, Path]) -> None:
    tree, found = page(pages["pdf"]), read(f"{REPORT}.pdf")
    figures = {figure.get("id"): figure for figure in tree.iter("figure")}
    cited = {f"p{side.place.page}" for each in found.findings for side in each.evidence}
    assert set(figures) == cited
    for each, listed in zip(found.findings, data(tree), strict=True):
        for target in listed["targets"]:
            side = each.evidence[target["side"]]
            spots = side.place.parts or (side.place,)
            boxes = [[round(e, 1) for e in spot.box] for spot in spots if f"p{spot.page}" == target["figure"]]  # type: ignore[union-attr]
            assert target["boxes"] == boxes


def test_pictures_are_whole_pages(pages: dict[str, Path]) -> None:
    for figure in page(pages["pdf"]).iter("figure"):
        source = figure.find(".//img").get("src")
        picture = Image.open(BytesIO(b64decode(source.removeprefix("data:image/webp;base64,"))))
        width, height = float(figure.get("data-width")), float(figure.get("data-height"))
        assert picture.width > width and abs(picture.width / picture.height - width / height) < 0.01


def test_without_pages_the_cited_cells_are_shown(pages: dict[str, Path]) -> None:
    tree, found = page(pages["docx"]), read(f"{REPORT}.docx").findings
    for each, listed in zip(found, data(tree), strict=True):
        for side, target in zip(each.evidence, listed["targets"], strict=True):
            figure = tree.get_element_by_id(target["figure"])
            cells = [figure.xpath(f'.//*[@data-cell="{name}"]')[0].text_content() for name in target["cells"]]
            start, end = target["mark"]
            assert plain(cells[0][start:end]) == plain(side.text) and start == side.start


@pytest.mark.parametrize("name", ["pdf", "docx", "hostile"])
def test_nothing_runs_or_loads_but_what_the_page_brings(name: str, pages: dict[str, Path]) -> None:
    tree = page(pages[name])
    policy = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    scripts = list(tree.iter("script"))
    assert [script.get("type") for script in scripts] == ["application/json", None]
    assert not [e for e in tree.iter() for key in e.attrib if key.startswith("on") or key == "style"]
    links = [e.get(key) for e in tree.iter() for key in ("src", "href") if e.get(key)]
    assert all(link.startswith("data:image/webp;base64,") for link in links)


def test_texts_are_texts(pages: dict[str, Path]) -> None:
    tree = page(pages["hostile"])
    assert not list(tree.iter("img"))
    messages = [item.text_content() for item in tree.find_class("message")]
    assert messages == [text.replace("\t", " ") for text in HOSTILE]
    assert SCRIPT in tree.find(".//h1").text_content()
    assert PICTURE in tree.get_element_by_id("problems").text_content()


def test_a_source_that_is_gone_leaves_excerpts(tmp_path: Path) -> None:
    gone = replace(read(f"{REPORT}.pdf"), source=Source("gone.pdf", "pdf"))
    tree = page(write("html", gone, tmp_path / "r.html"))
    figures = {figure.get("id"): figure for figure in tree.iter("figure")}
    assert {figure.get("class") for figure in figures.values()} == {"excerpt"}
    for each, listed in zip(gone.findings, data(tree), strict=True):
        for side, target in zip(each.evidence, listed["targets"], strict=True):
            assert plain(side.text) in plain(figures[target["figure"]].text_content())


@pytest.mark.parametrize(("given", "words"), [(result(findings=()), "没有发现问题"), (unread(), "未能读取")])
def test_nothing_to_show_is_said(given: Any, words: str, tmp_path: Path) -> None:
    assert (
        words in page(write("html", given, tmp_path / "r.html")).get_element_by_id("findings").text_content()
    )


def long_table(rows: int, spans: int = 1) -> Table:
    cells = [Cell(Text(f"{row}"), row, 0, spans if row % spans == 0 else 1) for row in range(0, rows, spans)]
    cells += [Cell(Text(f"值{row}"), row, 1) for row in range(rows)]
    return Table(0, tuple(cells), rows, 2)


@pytest.mark.parametrize("spans", [1, 7])
def test_of_a_long_table_the_rows_around_the_cited_ones_are_shown(spans: int) -> None:
    markup = html.fromstring(table_markup(long_table(500, spans), {250}))
    rows = [row.text_content() for row in markup.iter("tr")]
    assert any("值250" in row for row in rows) and any("值0" in row for row in rows) and "…" in rows
    assert len(rows) < 40
    for body in markup.iter("tbody"):
        for number, row in enumerate(body):
            above = sum(
                1 for r in list(body)[:number] for c in r if int(c.get("rowspan", 1)) > number - body.index(r)
            )
            assert above + sum(int(cell.get("colspan", 1)) for cell in row) == 2


def test_a_batch_is_an_index_and_a_page_for_each(tmp_path: Path) -> None:
    results = [*map(read, WRONG[:4]), hostile(), unread()]
    between = (finding(rule="between"),)
    tree = page(write("html", Batch(results, many=True, findings=between), tmp_path / "所有.html"))
    links = list(tree.xpath("//td/a/@href"))
    assert len(links) == len(set(links)) == len(results)
    assert all((tmp_path / unquote(link)).is_file() for link in links)
    assert len(list(tree.iter("svg"))) == 2 and not list(tree.iter("script"))
    listed = tree.find_class("between")[0].text_content()
    assert between[0].message in listed and all(side.text in listed for side in between[0].evidence)
    back = page(tmp_path / unquote(links[0])).xpath('//a[@class="back"]/@href')
    assert back == ["../所有.html"]


def test_bars_are_as_long_as_what_they_say() -> None:
    drawn = html.fromstring(
        chart("图", [Bar("甲", [("error", 3), ("info", 1)], "4"), Bar("乙", [("error", 1)], "1")])
    )
    widths = [float(bar.get("width")) for bar in drawn.find_class("bar")]
    assert widths == [180.0, 60.0, 60.0]


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not PROGRAM:
        pytest.skip("Chromium is not installed")
    with Browser() as opened:
        yield opened


def shown(browser: Browser) -> Any:
    """The selected finding, the figures in sight, the rectangles or cells marked in them."""
    return browser.value(
        "[document.querySelector('.selected')?.id, [...document.querySelectorAll('figure')].filter(f =>"
        "f.offsetHeight > 0).map(f => f.id), document.querySelectorAll('.active [data-side]').length,"
        "document.querySelectorAll('#links path').length]"
    )


def in_sight(browser: Browser) -> bool:
    """Whether every first box lies inside the frame of its page, and on the screen."""
    return bool(
        browser.value(
            "[...document.querySelectorAll('.active rect, .active .here')].every(e => {"
            "const b = e.getBoundingClientRect(), f = e.closest('.scroll').getBoundingClientRect();"
            "return b.top >= f.top - 1 && b.bottom <= f.bottom + 1 && b.width > 2; })"
        )
    )


def quiet(browser: Browser) -> bool:
    """Whether nothing was refused, logged or asked of a network."""
    wrong = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
    asked = [
        e["params"]["request"]["url"]
        for e in browser.events
        if e.get("method") == "Network.requestWillBeSent"
    ]
    return not [e for e in browser.events if e.get("method") in wrong] and all(
        url.startswith(("file:", "data:")) for url in asked
    )


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_a_click_shows_the_pages_and_boxes(name: str, pages: dict[str, Path], browser: Browser) -> None:
    browser.open(pages[name])
    listed = data(page(pages[name]))
    for number, each in enumerate(listed, 1):
        browser.click(f"#f{number} .message")
        selected, figures, boxes, _ = shown(browser)
        assert selected == f"f{number}"
        assert set(figures) == {target["figure"] for target in each["targets"]}
        assert boxes >= 1
    assert quiet(browser)


def test_boxes_are_scrolled_into_sight_and_connected(
    pages: dict[str, Path], browser: Browser, tmp_path: Path
) -> None:
    browser.open(pages["pdf"], "#f1")
    assert in_sight(browser) and shown(browser)[3] >= 1
    picture = Image.open(BytesIO(browser.picture(tmp_path / "page.png"))).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
    assert picture.width == 1400 and any(r > 180 and g < 90 and b < 90 for r, g, b in colours)


def test_each_cited_text_of_a_paragraph_is_marked_with_its_number(tmp_path: Path, browser: Browser) -> None:
    string = "预算5万元，支出<b>5</b>万元，结余0.5万元。"
    text = Text(string, Place(part="body", paragraph=0))
    sides = [evidence(text.cut(at, at + size), "值") for at, size in ((2, 1), (11, 1), (21, 3))]
    one = (replace(finding(), evidence=tuple(sides)),)
    found = result(
        findings=one, document=Document("docx", (Paragraph(text),)), source=Source("a.docx", "docx")
    )
    browser.open(write("html", found, tmp_path / "r.html"))
    marks = browser.value(
        "[...document.querySelectorAll('.active mark')].map(m => [m.textContent, m.dataset.number,"
        "m.previousSibling.textContent])"
    )
    assert marks == [["5", "1", "预算"], ["5", "2", "万元，支出<b>"], ["0.5", "3", "</b>万元，结余"]]
    assert browser.value("document.querySelector('.here').textContent") == string
    browser.press("j")
    assert quiet(browser)


def test_keys_and_filters(pages: dict[str, Path], browser: Browser) -> None:
    browser.open(pages["pdf"])
    assert shown(browser)[0] == "f1"
    for key, wanted in (("j", "f2"), ("j", "f3"), ("k", "f2"), ("ArrowDown", "f3"), ("ArrowUp", "f2")):
        browser.press(key)
        assert shown(browser)[0] == wanted
    browser.press("/")
    assert browser.value("document.activeElement.id") == "search"
    word = read(f"{REPORT}.pdf").findings[-1].subject
    browser.ask("Input.insertText", text=word)
    seen = browser.value(
        "[...document.querySelectorAll('.finding')].filter(f => f.offsetHeight > 0).map(f => f.textContent)"
    )
    assert seen and all(word in text for text in seen)
    browser.press("Escape")
    browser.value("document.getElementById('search').value = ''")
    browser.click('.level input[value="error"]')
    left = browser.value(
        "[...document.querySelectorAll('.finding')].filter(f => f.offsetHeight > 0).map(f => f.className)"
    )
    assert not [name for name in left if "error" in name]


def test_no_script_of_a_document_runs(pages: dict[str, Path], browser: Browser) -> None:
    browser.open(pages["hostile"])
    for number in range(1, len(HOSTILE) + 1):
        browser.click(f"#f{number} .message")
    marked = browser.value("[...document.querySelectorAll('.here')].map(cell => cell.textContent)")
    assert [text for text in marked if SCRIPT in text and PICTURE in text]
    assert browser.value("window.hit === undefined && document.images.length === 0")
    assert quiet(browser)


def test_it_prints_with_the_cited_places(pages: dict[str, Path], browser: Browser) -> None:
    import pypdfium2

    browser.open(pages["pdf"])
    paper = pypdfium2.PdfDocument(browser.paper())
    said = plain("".join(sheet.get_textpage().get_text_range() for sheet in paper))
    assert all(plain(each.message) in said for each in read(f"{REPORT}.pdf").findings)
    assert {tuple(round(side) for side in sheet.get_size()) for sheet in paper} == {(595, 842)}
    images = [item for sheet in paper for item in sheet.get_objects(filter=[3])]
    assert images and plain("错误10") in said
    cited = {side.place.page for each in read(f"{REPORT}.pdf").findings for side in each.evidence[:1]}
    assert all(f"第{page}页" in said for page in cited)
    assert browser.value("document.querySelectorAll('.strips').length") == 0


def test_the_excerpt_of_an_unknown_place_is_its_quote(tmp_path: Path) -> None:
    side = Evidence("5", Place(part="footnotes", paragraph=9), "脚注", quote="注：得5分")
    one = (replace(finding(), evidence=(side,)),)
    found = result(findings=one, document=Document("docx"), source=Source("a.docx", "docx"))
    tree = page(write("html", found, tmp_path / "r.html"))
    assert "注：得5分" in tree.get_element_by_id("q0").text_content()
    assert data(tree)[0]["targets"][0]["mark"] == [3, 4]
