"""The web page: its structure, what it refuses, and that nothing given to it is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from reports.document import Document, Figure, Section
from reports.errors import ReportError
from reports.write import html
from reports.write.html_text import PageText
from reports.write.plain import plain, tree
from tests.made_document import TEMPLATES, document, lists, paragraph, template


class Elements(HTMLParser):
    """Every start tag of a page with its attributes, and the text that follows it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def of(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [found for found in self.found if found[0] in tags]


@pytest.fixture(scope="module")
def page() -> str:
    return html.write(document(), template()).decode()


@pytest.fixture(scope="module")
def elements(page) -> Elements:
    return Elements(page)


def body(*blocks: Any) -> Document:
    return replace(document(), sections=(Section("a", "A", blocks),))


# -- structure


def test_the_page_has_one_title_and_headings_without_jumps(elements):
    levels = [int(tag[1]) for tag, _ in elements.of("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {3, 4} <= set(levels)


def test_language_title_and_description_stand_in_the_head(page):
    assert '<html lang="fi">' in page
    assert "<title>Työllisyys &amp; kokeilu 2021 – Mallikaupunki &lt;työllisyyspalvelut&gt;</title>" in page
    assert 'name="description" content="Vuosiraportti · Mallikaupunki' in page
    assert "generator" not in page


def test_every_reference_and_contents_entry_leads_to_an_anchor(elements):
    anchors = [attributes["id"] for _, attributes in elements.found if attributes.get("id")]
    links = [str(attributes["href"])[1:] for _, attributes in elements.of("a") if str(attributes["href"])[0] == "#"]
    assert len(anchors) == len(set(anchors))
    assert set(links) <= set(anchors)
    assert {"figure-ika", "table-kunnat", "attachment-sources", "johdanto", "content"} <= set(links)


def test_every_figure_has_a_name_a_caption_and_its_numbers_right_after(page):
    charts = re.findall(r"<figure id=.*?</figure>\s*<details>.*?</details>", page, re.DOTALL)
    assert len(charts) == 2
    for number, chart in enumerate(charts, 1):
        label = re.search(r'role="img" aria-labelledby="([^"]+)"', chart)
        assert label
        assert f'<desc id="{label[1]}">Pylväskaavio {number}: suurin ryhmä 318 &amp; pienin 92.</desc>' in chart
        assert f"<figcaption><b>Kuvio {number}.</b> Asiakkaat" in chart
        assert chart.index("</figcaption>") < chart.index("<table")


def test_tables_have_captions_scopes_and_a_sum_row(page):
    table = re.search(r'<table id="table-kunnat".*?</table>', page, re.DOTALL)
    assert table
    assert re.search(r"<caption><b>Taulukko 1.</b> Siirtyneet asiakkaat. Lähde: kaupunki.\s*</caption>", table[0])
    assert re.findall(r'<th scope="col" class="(\w+)"', table[0]) == ["left", "right", "right"]
    assert table[0].count('<th scope="row"') == 4
    assert '<td class="right">2\u00a0198</td>' in table[0]
    assert re.search(r'<tr class="total">\s*<th scope="row" class="left">Yhteensä</th>', table[0])


def test_a_wide_table_scrolls_in_a_named_region(page):
    assert re.search(
        r'<div class="table wide scrolls" role="group" tabindex="0" aria-label="Raportin luvut">\s*<table', page
    )


def test_lists_nest_and_keep_their_numbers(page):
    numbered = re.search(r'<ol type="1" start="3">.*?</ol>\s*</li>.*?</ol>', page, re.DOTALL)
    assert numbered
    assert re.findall(r'data-number="([^"]+)"', numbered[0]) == ["3.", "4.", "a)", "b)", "5."]
    assert re.search(r'sitten<ol type="a" start="1">', numbered[0])
    assert re.search(r"Lievän tuen tiimi<ul>\s*<li>Sisempi kohta</li>\s*</ul>\s*</li>", page)


def test_lists_become_trees():
    bullets, steps = (tree(block) for block in lists())
    assert [len(part["entries"]) for part in bullets] == [2]
    assert [entry["ordinal"] for entry in steps[0]["entries"]] == [3, 4, 5]
    assert steps[0]["entries"][1]["lists"][0]["letters"] is True


def test_a_drawing_takes_its_colours_from_the_page(page):
    assert "fill: var(--accent, #0F4C81)" in page
    assert 'fill="var(--paper, #FFFFFF)"' in page
    assert "text/css" not in page
    assert 'viewBox="0 0 453 209" role="img"' in page


def test_plain_holds_nothing_that_could_act():
    def check(value: object) -> None:
        if isinstance(value, dict):
            assert all(isinstance(name, str) for name in value)
            for part in value.values():
                check(part)
        elif isinstance(value, list):
            for part in value:
                check(part)
        else:
            assert value is None or type(value) in {str, int, float, bool}

    content = plain(document())
    check(content)
    assert content["attachments"][0]["heading"] == "Liite\u00a01. Lukujen lähteet"
    assert content["sections"][0]["blocks"][1]["runs"][1]["shown"] == "kuviossa\u00a01"
    assert "png" not in content["sections"][1]["blocks"][0]


# -- text stays text


@pytest.mark.parametrize(
    "text", ["alle <5 pv", "T&K", "{{ 7*7 }}", "{% raw %}", "<script>alert(1)</script>", "\"x\" 'y'"]
)
def test_text_stays_text(text):
    made = replace(body(paragraph(text)), title=text, subtitle=text, roles=(text,))
    page = html.write(made, template()).decode()
    assert "49" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "<script" not in page
    assert " ".join(text.split()) in PageText(page).pieces


def test_an_address_that_could_run_is_refused():
    bad = replace(paragraph("a").runs[0], href="javascript:alert(1)")
    with pytest.raises(ReportError) as caught:
        html.write(body(paragraph(bad)), template())
    assert [problem.code for problem in caught.value.problems] == ["address-unsafe"]


# -- by itself, and the same each time


def test_the_page_asks_for_nothing_from_elsewhere(page):
    text = PageText(page)
    assert text.fetched == []
    assert {link for link in text.links if not link.startswith("#")} == {"https://example.org/?a=1&b=2"}
    assert "@import" not in page
    assert "url(" not in re.sub(r"url\(#", "", page)
    assert "<script" not in page


def test_the_page_is_the_same_in_another_process_zone_and_language(page):
    code = (
        "import sys; from reports.write import html; from tests.made_document import document, template;"
        "sys.stdout.buffer.write(html.write(document(), template()))"
    )
    env = {"TZ": "Pacific/Apia", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONPATH": str(TEMPLATES.parent)}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True)
    assert other.stdout.decode() == page


def test_a_report_ten_times_as_long_is_written(page):
    made = document()
    many = tuple(
        replace(
            section,
            anchor=f"{section.anchor}-{turn}",
            blocks=tuple(b for b in section.blocks if not isinstance(b, Figure)),
        )
        for turn in range(10)
        for section in made.sections
    )
    assert html.write(replace(made, sections=many), template())


# -- in a browser


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "light"), (1280, "dark")])
def test_axe_finds_nothing(chromium, tmp_path, page, width, scheme):
    pytest.importorskip("playwright", reason="needs the package playwright")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the package axe-playwright-python")
    from playwright.sync_api import sync_playwright

    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(file.as_uri())
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
        found = axe.Axe().run(tab, options={"runOnly": {"type": "tag", "values": tags}}).response
        wide = tab.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert [rule["id"] for rule in found["violations"]] == []
    assert found["passes"]
    assert wide <= width
    assert asked == [file.as_uri()]
