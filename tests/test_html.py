"""The web page: its structure, what it refuses, and that nothing given to it is lost."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reports.document import Document, Figure, Section, strings
from reports.errors import Problem, ReportError
from reports.messages import catalogue
from reports.write import html, ledger
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


def spoilt(folder: Path, file: str, old: str, new: str) -> Path:
    """A folder with a copy of one layout file in which something is changed."""
    text = next(path for path in TEMPLATES.rglob(file)).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def problems_of(made: Document, *folders: Path) -> tuple[Problem, ...]:
    with pytest.raises(ReportError) as caught:
        html.write(made, template(*folders))
    for language in ("fi", "en"):
        assert all(catalogue(language).problem(problem) for problem in caught.value.problems)
    return caught.value.problems


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
    assert re.search(r'<div class="table wide" role="group" tabindex="0" aria-label="Raportin luvut">\s*<table', page)


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
    problems = problems_of(body(paragraph(bad)))
    assert [problem.code for problem in problems] == ["address-unsafe"]


# -- nothing is lost


def test_our_own_layout_uses_every_part():
    assert html.unused(template()) == ()


def test_a_layout_that_drops_lists_is_an_error_that_names_the_lost_text(tmp_path):
    folder = spoilt(
        tmp_path, "blocks.html.j2", 'block.kind == "list" %}{{ lists(block.tree) }}\n', 'block.kind == "list" %}\n'
    )
    problems = problems_of(document(), folder)
    lost = [problem.values["text"] for problem in problems]
    assert {problem.code for problem in problems} == {"text-lost"}
    assert lost[:3] == ["Lievän tuen tiimi", "Sisempi kohta", "Nuorten tiimi"]
    assert str(problems[0].place) == "templates/annual/report.html.j2"


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("{{ run.shown }}", "{{ run.text }}", "kuviossa 1"),
        ('<h2 id="{{ part.anchor }}">{{ part.heading }}</h2>', "", "Johdanto"),
        ("{% for row in block.rows %}", "{% for row in block.rows[1:] %}", "15–19"),
        ("{{ block.caption }}</figcaption>", "</figcaption>", "Asiakkaat ikäryhmittäin, maaliskuu 2021"),
        ("{{ block.svg }}", "", "Pylväskaavio 1"),
    ],
)
def test_what_a_layout_drops_is_noticed(tmp_path, old, new, lost):
    problems = problems_of(document(), spoilt(tmp_path, "blocks.html.j2", old, new))
    assert any(lost in problem.values["text"] for problem in problems)


def test_a_part_that_the_layout_never_names_is_left_out_on_purpose(tmp_path):
    text = (TEMPLATES / "annual" / "report.html.j2").read_text(encoding="utf-8")
    start, end = text.index("  {% if key_figures %}"), text.index("</header>")
    (tmp_path / "report.html.j2").write_text(text[:start] + text[end:], encoding="utf-8")
    assert html.unused(template(tmp_path)) == ("key_figures",)
    assert b"asiakasta" not in html.write(document(), template(tmp_path))


def test_the_ledger_counts():
    made = document()
    pieces = strings(made)
    assert ledger.missing(made, pieces) == []
    assert ledger.missing(made, [piece for piece in pieces if piece != "Yhteensä"]) == ["Yhteensä"] * pieces.count(
        "Yhteensä"
    )
    pieces.remove("lopullinen")
    assert ledger.missing(made, pieces) == ["lopullinen"]
    assert ledger.missing(made, pieces, {"title", "sections"}) == []


def test_reading_back_knows_where_a_piece_ends():
    lists = "<ul><li>d<ul><li>e</li></ul></li></ul>"
    page = f"<head><title>x</title></head><nav>y</nav><p>a <b>b</b>c</p>{lists}<td>1</td><td>2</td>"
    assert PageText(page).pieces == ["a bc", "d", "e", "1", "2"]


# -- the fence


@pytest.mark.parametrize(
    "payload",
    [
        "{{ ''.__class__ }}",
        "{{ title.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ title | attr('__class__') }}",
        "{{ title | safe }}",
        "{{ sections.append(1) }}",
        "{{ title.upper }}",
        "{{ sections }}",
        "{{ self.__init__ }}",
        "{% include '../../pyproject.toml' %}",
    ],
)
def test_a_layout_cannot_get_out(tmp_path, payload):
    folder = spoilt(tmp_path, "report.html.j2", "{{ title }}", "{{ title }}" + payload)
    problems = problems_of(document(), folder)
    assert problems[0].code.startswith("template-")


def test_an_unknown_name_is_told_with_its_line_and_the_nearest_name(tmp_path):
    folder = spoilt(tmp_path, "report.html.j2", "<h1>{{ title }}", "<h1>{{ titel }}")
    line = 1 + (folder / "report.html.j2").read_text(encoding="utf-8").split("titel")[0].count("\n")
    (problem,) = problems_of(document(), folder)
    assert problem.code == "template-name-near"
    assert problem.values == {"name": "titel", "near": "title"}
    assert (problem.place.file, problem.place.row) == (f"templates/{tmp_path.name}/report.html.j2", line)


def test_a_slip_in_a_shared_part_is_told_with_its_own_file(tmp_path):
    (problem,) = problems_of(
        document(), spoilt(tmp_path, "blocks.html.j2", "{{ block.text }}</p>", "{{ block.words }}</p>")
    )
    assert (problem.code, problem.values["name"]) == ("template-name", "words")
    assert problem.place.file.endswith("/blocks.html.j2")
    assert problem.place.row > 1


def test_a_syntax_slip_is_told_with_its_line(tmp_path):
    (problem,) = problems_of(document(), spoilt(tmp_path, "page.html.j2", "{% block body %}", "{% blok body %}"))
    assert problem.code == "template-fault"
    assert problem.place.file.endswith("/page.html.j2")
    assert problem.place.row > 1


def test_a_missing_layout_is_told():
    bare = replace(template(), folders=())
    with pytest.raises(ReportError) as caught:
        html.write(document(), bare)
    assert caught.value.problems[0].code == "template-missing"


# -- by itself, and the same each time


def test_the_page_asks_for_nothing_from_elsewhere(page):
    text = PageText(page)
    assert text.fetched == []
    assert {link for link in text.links if not link.startswith("#")} == {"https://example.org/?a=1&b=2"}
    assert "@import" not in page
    assert "url(" not in re.sub(r"url\(#", "", page)
    assert "<script" not in page


def test_a_picture_from_elsewhere_is_refused(tmp_path):
    folder = spoilt(tmp_path, "report.html.j2", "<h1>", '<img src="https://example.org/logo.png" alt=""><h1>')
    assert [problem.code for problem in problems_of(document(), folder)] == ["picture-outside"]


def test_a_logo_beside_the_layout_goes_into_the_page(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n")
    assert b'<img class="logo" src="data:image/png;base64,iVBORw0K"' in html.write(document(), template(tmp_path))


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
