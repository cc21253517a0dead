"""The goals of an action plan on a web page: as a page of their own and as an attachment, wide, narrow and printed."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from reports.document import Goal, Goals
from reports.errors import ReportError
from reports.write import html
from reports.write.html_text import PageText
from reports.write.strings import strings
from tests.goals_sample import hard, listed, many, plan, row
from tests.made_document import TEMPLATES, goals, paragraph, template, with_plan

LAYOUT = template(name="plan")


@pytest.fixture(scope="module")
def page() -> str:
    return html.write(plan(goals()), LAYOUT).decode()


def tables(page: str) -> list[str]:
    return re.findall(r'<table aria-labelledby="goal.*?</table>', page, re.DOTALL)


def squeezed(text: str) -> str:
    return " ".join(text.split())


# -- structure


def test_a_goal_has_a_heading_its_means_and_a_table_named_by_the_heading(page: str) -> None:
    assert '<h3 id="goal-palvelu">Tavoite 1. Palvelu nopeutuu &amp; paranee</h3>' in page
    assert '<p class="means"><strong>Keinot:</strong> tapaamiset, työote</p>' in page
    assert page.count('class="means"') == 1
    assert [re.findall(r'<table aria-labelledby="([^"]+)"', table) for table in tables(page)] == [
        ["goal-palvelu"],
        ["goal-viesti"],
    ]


def test_columns_and_rows_have_headings(page: str) -> None:
    first, second = tables(page)
    assert re.findall(r'<th scope="col">(.*?)</th>', first) == ["Mittarit", "Toimenpiteet", "Vastuu"]
    assert re.findall(r'<th scope="row" abbr="(.*?)"><p><strong>(.*?)</strong>', first) == [
        ("1. Asiakasmäärä", "1. Asiakasmäärä"),
        ("2. Tapaamiset", "2. Tapaamiset"),
    ]
    assert second.count("<th ") == 4
    assert first.count("<td>") == 4


def test_cells_hold_paragraphs_and_nested_lists(page: str) -> None:
    first = tables(page)[0]
    assert re.search(r"alusta<ul>\s*<li>T&amp;K-palvelut mukaan</li>", first)
    assert re.findall(r'data-number="([^"]+)"', first) == ["1.", "2."]
    assert '<p class="body">Koordinaattori</p>' in first
    assert '<p class="body">Tiimit osaltaan</p>' in first


def test_a_row_without_a_title_has_no_heading() -> None:
    (table,) = tables(html.write(plan(Goals((Goal("goal-a", "A", "", (row("", paragraph("b")),)),))), LAYOUT).decode())
    assert table.count("<th ") == 3
    assert 'scope="row"' not in table


def test_headings_and_ids_of_an_attached_plan_do_not_clash() -> None:
    attached = replace(with_plan(), attachments=with_plan().attachments[:2])
    page = html.write(attached, template()).decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert re.search(r'<section class="attachment landscape">\s*<h2 id="attachment-plan"', page)
    assert len(tables(page)) == 2


def test_nothing_is_lost_and_text_stays_text() -> None:
    made = plan(hard())
    page = html.write(made, LAYOUT).decode()
    text = "\n".join(map(squeezed, PageText(page).pieces))
    assert len(strings(made)) > 80
    assert [one for one in strings(made) if squeezed(one) not in text] == []
    assert "<b>x</b>" not in page


# -- the loops stand in templates/plan only, and a city's own file wins


def test_no_other_layout_loops_over_goals() -> None:
    loops = [path for path in TEMPLATES.rglob("*.*") if path.suffix in {".j2", ".typ"} and "goal" in path.read_text()]
    assert {path.parent.name for path in loops if re.search(r"goal\.(rows|means)", path.read_text())} == {"plan"}


def city(folder: Path, old: str, new: str) -> Path:
    """A city's templates with its own way of showing goals."""
    (folder / "plan").mkdir()
    (folder / "annual").mkdir()
    text = (TEMPLATES / "plan" / "goals.html.j2").read_text(encoding="utf-8")
    assert old in text
    (folder / "plan" / "goals.html.j2").write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_a_citys_own_goals_show_in_the_plan_and_in_the_annual_report(tmp_path: Path) -> None:
    folder = city(tmp_path, "<h3 id", '<h3 class="own" id')
    own = html.write(plan(goals()), template(folder / "plan", name="plan")).decode()
    annual = html.write(with_plan(), template(folder / "annual")).decode()
    assert own.count('<h3 class="own"') == annual.count('<h3 class="own"') == 2


@pytest.mark.parametrize(
    ("old", "lost"),
    [
        ("{{ goal.means }}</p>", "tapaamiset, työote"),
        ("<strong>{{ row.title }}</strong>", "1. Asiakasmäärä"),
        ("{{ cell(labels.responsible, row.responsible) }}", "Koordinaattori"),
        ("{{ show.lists(block.tree) }}", "Kartoitus"),
    ],
)
def test_what_a_city_drops_from_its_goals_is_an_error(tmp_path: Path, old: str, lost: str) -> None:
    folder = city(tmp_path, old, "")
    with pytest.raises(ReportError) as caught:
        html.write(plan(goals()), template(folder / "plan", name="plan"))
    assert {problem.code for problem in caught.value.problems} == {"text-lost"}
    assert lost in [problem.values["text"] for problem in caught.value.problems]


def test_a_slip_in_a_citys_goals_is_told_with_its_line(tmp_path: Path) -> None:
    folder = city(tmp_path, "{{ goal.heading }}", "{{ goal.otsikko }}")
    with pytest.raises(ReportError) as caught:
        html.write(with_plan(), template(folder / "annual"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.values["name"]) == ("template-name", "otsikko")
    assert problem.place.file == "templates/plan/goals.html.j2"
    assert problem.place.row > 1


# -- in a browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Any:
    pytest.importorskip("playwright", reason="needs the package playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def opened(browser: Any, page: str, folder: Path, width: int, scheme: str = "light") -> Any:
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.goto(file.as_uri())
    return tab


def shown(tab: Any, selector: str) -> list[bool]:
    found: list[bool] = tab.eval_on_selector_all(selector, "all => all.map(one => one.offsetHeight > 1)")
    return found


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_cells_stand_below_each_other_on_a_narrow_screen(browser: Any, page: str, tmp_path: Path, width: int) -> None:
    tab = opened(browser, page, tmp_path, width)
    narrow = width < 700
    assert shown(tab, ".goal .head") == [narrow] * 9
    assert shown(tab, ".goal thead") == [not narrow] * 2
    sides = tab.eval_on_selector_all(".goal tbody tr:first-child > *", "all => all.map(one => one.offsetLeft)")
    assert len(set(sides)) == (1 if narrow else 3)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "light"), (1280, "dark")])
@pytest.mark.parametrize("attached", [False, True])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, width: int, scheme: str, attached: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the package axe-playwright-python")
    made = html.write(with_plan(), template()) if attached else html.write(plan(hard()), LAYOUT)
    tab = opened(browser, made.decode(), tmp_path, width, scheme)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
    found = axe.Axe().run(tab, options={"runOnly": {"type": "tag", "values": tags}}).response
    assert [rule["id"] for rule in found["violations"]] == []
    assert found["passes"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("attached", [False, True])
def test_goals_are_printed_on_pages_that_lie_on_their_side(browser: Any, tmp_path: Path, attached: bool) -> None:
    made = html.write(with_plan(), template()) if attached else html.write(plan(many(60)), LAYOUT)
    tab = opened(browser, made.decode(), tmp_path, 1280)
    with pikepdf.open(BytesIO(tab.pdf(prefer_css_page_size=True))) as printed:
        lying = [leaf.mediabox[2] > leaf.mediabox[3] for leaf in printed.pages]
    assert any(lying)
    assert all(lying) is not attached


def test_ten_times_the_rows_make_ten_times_the_page() -> None:
    small, large = (len(html.write(plan(many(rows)), LAYOUT)) for rows in (40, 400))
    frame = len(html.write(plan(many(0)), LAYOUT))
    assert 9 < (large - frame) / (small - frame) < 11.5


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("kävijöitä 1–76 henkilöä/kk", 'kävijöitä <span class="whole">1–76</span> henkilöä/kk'),
        ("pidetään 13.–14.3.2024", 'pidetään <span class="whole">13.–14.3.2024</span>'),
        ("tavoite >60\u00a0%", 'tavoite <span class="whole">&gt;60</span>\u00a0%'),
        ("A–B & <T&K>, 10 – 20", "A–B &amp; &lt;T&amp;K&gt;, 10 – 20"),
    ],
)
def test_a_range_stays_on_one_line(text: str, marked: str) -> None:
    goal = Goal("goal-x", "Tavoite 1. X", "", (row("Rivi", listed(text)),))
    assert marked in html.write(plan(Goals((goal,))), LAYOUT).decode()
