"""The public site: its files, archive, feed and open figures; what it carries on, and what it never overwrites."""

from __future__ import annotations

import csv
import io
import json
import os
import posixpath
import re
import shutil
import subprocess
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pytest

from reports.errors import ReportError
from reports.period import Period
from reports.public import record
from reports.public.feed import feed
from reports.public.site import site
from tests.short_city import AREA, FOLDER, MONTH, order, rows, short_city
from tests.trips import City, contents

ATOM = "{http://www.w3.org/2005/Atom}"
BEFORE = "2024-04"
NAMES = ("data.csv", "data.json", "fragment.html", "index.html", "text.txt")
MOST = 150_000  # bytes of a page


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site after two months in Finnish and one in Swedish."""
    folder = tmp_path_factory.mktemp("site")
    city = short_city(folder / "home")
    files: dict[str, bytes] = {}
    for asked in (order(city, BEFORE), order(city), order(city, language="sv")):
        files = dict(site(asked, _laid(files, folder / "published")).files)
    return files


def _laid(files: dict[str, bytes], folder: Path) -> Path:
    """Files as they lie in a published folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return short_city(tmp_path / "home", capsys)


class Tags(HTMLParser):
    """What a page is built of, in reading order."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))

    def all(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.opened if (value := attrs.get(attribute))]


def test_it_is_made_of_a_page_a_month_an_archive_and_a_feed(made: dict[str, bytes]) -> None:
    months = [f"{root}{month}/{name}" for root, month in (("", BEFORE), ("", MONTH), ("sv/", MONTH)) for name in NAMES]
    assert sorted(made) == sorted([*months, "index.html", "feed.xml", "sv/index.html", "sv/feed.xml"])


def test_every_page_stands_alone_and_is_small(made: dict[str, bytes]) -> None:
    pages = {name: data for name, data in made.items() if name.endswith("index.html")}
    assert len(pages) == 5
    for name, data in pages.items():
        tags = Tags(data)
        assert len(data) < MOST, name
        assert not {"script", "img", "iframe", "object"} & {tag for tag, _ in tags.opened}, name
        assert not tags.all("src"), name
        assert [attrs["href"] for tag, attrs in tags.opened if tag == "link"] == [
            "feed.xml" if name.count("/") == name.startswith("sv") else "../feed.xml"
        ]


def test_links_within_the_site_lead_somewhere(made: dict[str, bytes]) -> None:
    followed = 0
    for name, data in made.items():
        if not name.endswith("index.html"):
            continue
        for link in Tags(data).all("href"):
            if not link.startswith(("#", "https://")):
                parts = posixpath.normpath((Path(name).parent / link).as_posix())
                assert (f"{parts}/index.html" if link.endswith("/") else parts) in made, (name, link)
                followed += 1
    assert followed > 10


def test_pages_lead_to_those_in_other_languages_that_there_are(made: dict[str, bytes]) -> None:
    for name, tongues in (("sv/index.html", ["fi"]), (f"sv/{MONTH}/index.html", ["fi"]), (f"{MONTH}/index.html", [])):
        assert Tags(made[name]).all("hreflang") == tongues, name


def test_the_part_for_another_page_brings_its_paper(made: dict[str, bytes]) -> None:
    assert b'</desc><rect width="100%" height="100%" fill="#fff"/>' in made[f"{MONTH}/fragment.html"]


def test_the_archive_has_the_newest_month_first_with_its_news(made: dict[str, bytes]) -> None:
    page = made["index.html"].decode()
    assert page.index("Toukokuu 2024") < page.index("Huhtikuu 2024")
    assert page.index(f'href="{MONTH}/"') < page.index(f'href="{BEFORE}/"')
    assert page.count("Kuvalassa oli") >= 1
    assert "arbetslösa" not in page
    assert "Maj 2024" in made["sv/index.html"].decode()


def test_the_feed_is_atom_with_an_entry_a_month(made: dict[str, bytes]) -> None:
    root = ET.fromstring(made["feed.xml"])  # noqa: S314 - our own file
    assert root.tag == f"{ATOM}feed"
    assert [one.text for one in root.findall(f"{ATOM}entry/{ATOM}id")] == [
        f"https://kuvala.example/luvut/{month}/" for month in (MONTH, BEFORE)
    ]
    assert root.findtext(f"{ATOM}id") == "https://kuvala.example/luvut/"
    assert root.findtext(f"{ATOM}updated") == "2024-06-20T00:00:00Z"  # the day on which the source was read
    for entry in [root, *root.findall(f"{ATOM}entry")]:
        assert all(entry.findtext(f"{ATOM}{tag}") for tag in ("id", "title", "updated"))
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Kuvalan kunta"


def test_the_feed_holds_every_letter(made: dict[str, bytes]) -> None:
    one = record.of_json(made[f"{MONTH}/data.json"])._replace(title="T&K <5 ”päivää”", lead=("a < b",))
    root = ET.fromstring(feed([one], "R&D", "https://kuvala.example/"))  # noqa: S314
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "T&K <5 ”päivää”"
    assert root.findtext(f"{ATOM}entry/{ATOM}summary") == "a < b"


def test_the_figures_are_the_same_in_csv_and_json_with_source_and_licence(made: dict[str, bytes]) -> None:
    found = record.of_json(made[f"{MONTH}/data.json"])
    table = list(csv.DictReader(io.StringIO(made[f"{MONTH}/data.csv"].decode("utf-8-sig")), delimiter=";"))
    assert len(table) == len(found.figures) > 30
    for row, one in zip(table, found.figures, strict=True):
        assert Decimal(row["value"].replace(",", ".")) == one.value
        assert (row["licence"], row["source"]) == ("CC BY 4.0", "Kuvitteellinen virasto, Hakijarekisteri")
    assert {one.period for one in found.figures} >= {"2022-01", "2023-05", BEFORE, MONTH}
    assert max(one.period for one in found.figures) == MONTH


def test_a_name_in_the_figures_never_becomes_a_formula(made: dict[str, bytes]) -> None:
    found = record.of_json(made[f"{MONTH}/data.json"])
    spoilt = found._replace(figures=(found.figures[0]._replace(name="=1+1", value=Decimal(-3)),))
    row = next(csv.DictReader(io.StringIO(record.to_csv(spoilt).decode("utf-8-sig")), delimiter=";"))
    assert (row["name"], row["value"]) == ("'=1+1", "-3")


def test_a_record_comes_back_as_it_was(made: dict[str, bytes]) -> None:
    found = record.of_json(made[f"{MONTH}/data.json"])
    assert record.of_json(record.to_json(found)) == found
    for broken in (b"", b"{}", b"[]", b'{"figures": 1}', made[f"{MONTH}/data.json"][:-40]):
        with pytest.raises(ValueError):
            record.of_json(broken)


def test_the_fragment_brings_no_look_and_no_frame(made: dict[str, bytes]) -> None:
    tags = Tags(made[f"{MONTH}/fragment.html"])
    names = [tag for tag, _ in tags.opened]
    assert names[0] == "article"
    assert not {"html", "head", "body", "style", "script", "link", "h1"} & set(names)
    assert not tags.all("class")
    headings = [int(tag[1]) for tag in names if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(headings))


def test_fragment_text_and_page_say_the_same(made: dict[str, bytes]) -> None:
    found = record.of_json(made[f"{MONTH}/data.json"])
    text = made[f"{MONTH}/text.txt"].decode()
    for name in ("index.html", "fragment.html"):
        page = " ".join(re.sub(r"<[^>]+>", "", made[f"{MONTH}/{name}"].decode()).split())
        for sentence in found.lead:
            assert " ".join(sentence.split()) in page
    assert all(sentence in text for sentence in found.lead)
    assert found.title in text


def test_months_that_are_published_are_carried_on_byte_by_byte(city: City, tmp_path: Path) -> None:
    published = _laid(dict(site(order(city, BEFORE), None).files), tmp_path / "published")
    page = published / BEFORE / "index.html"
    page.write_bytes(page.read_bytes() + b"<!-- as it was -->")
    (published / "notes.txt").write_text("somebody's own", encoding="utf-8")
    (published / "2024-03").mkdir()
    files = site(order(city), published).files
    assert files[f"{BEFORE}/index.html"].endswith(b"<!-- as it was -->")
    assert "notes.txt" not in files
    assert f'href="{BEFORE}/"' in files["index.html"].decode()
    assert site(order(city), None).files.keys() == {"index.html", "feed.xml", *(f"{MONTH}/{name}" for name in NAMES)}


def test_a_month_whose_data_is_broken_stops_the_site(city: City, tmp_path: Path) -> None:
    published = _laid(dict(site(order(city, BEFORE), None).files), tmp_path / "published")
    (published / BEFORE / "data.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReportError) as stopped:
        site(order(city), published)
    assert [one.code for one in stopped.value.problems] == ["site-record"]


def test_what_was_hidden_stays_hidden_when_it_is_published_again(city: City, tmp_path: Path) -> None:
    city.write(f"{FOLDER}/{MONTH}/observations.csv", rows(neighbours=3))
    published = _laid(dict(site(order(city), None).files), tmp_path / "published")
    city.write(f"{FOLDER}/{MONTH}/observations.csv", rows(neighbours=6))
    for folder, hidden in ((published, True), (None, False)):
        figures = json.loads(site(order(city), folder).files[f"{MONTH}/data.json"])["figures"]
        marks = {one["mark"] for one in figures if (one["area"], one["period"]) == ("Naapuri", MONTH)}
        assert ("..." in marks) is hidden


def test_a_build_puts_it_in_place_and_knows_when_it_stands(city: City) -> None:
    first = city.run("report", "short", MONTH)
    assert first.code == 0, first.all
    assert "site" in first.out
    folder = city.folder / "out" / AREA / "site"
    before = contents(folder)
    assert set(before) == {"index.html", "feed.xml", *(f"{MONTH}/{name}" for name in NAMES)}
    assert "site" not in city.run("report", "short", MONTH).out
    (folder / MONTH / "data.csv").unlink()
    assert city.run("report", "short", MONTH).code == 0
    assert contents(folder) == before


def test_a_page_that_somebody_changed_is_left_as_it_is(city: City) -> None:
    assert city.run("report", "short", MONTH).code == 0
    page = city.folder / "out" / AREA / "site" / MONTH / "index.html"
    page.write_text("own words", encoding="utf-8")
    said = city.run("report", "short", MONTH)
    assert said.code == 1
    assert f"{MONTH}/index.html" in said.err
    assert page.read_text(encoding="utf-8") == "own words"


def test_an_area_without_an_address_has_no_feed(city: City) -> None:
    city.change(f"{FOLDER}/area.yaml", "site: https://kuvala.example/luvut\n", "")
    files = site(order(city), None).files
    assert "feed.xml" not in files
    assert b"feed.xml" not in files["index.html"] + files[f"{MONTH}/index.html"]


def test_the_same_figures_give_the_same_bytes(city: City, made: dict[str, bytes]) -> None:
    files = site(order(city), None).files
    assert all(files[f"{MONTH}/{name}"] == made[f"{MONTH}/{name}"] for name in NAMES)


def test_the_day_of_a_month_is_the_texts_then_the_sources_then_its_last() -> None:
    at = Period.of(MONTH)
    sample = record.Shown("a", "A", "", MONTH, "K", None, "", "final", "P, T", "", "")
    dataset = type("Figures", (), {"sources": {}})
    assert record.updated([sample], dataset, at, Period.of("2024-06-21")) == "2024-06-21"  # type: ignore[arg-type]
    assert record.updated([sample], dataset, at, None) == "2024-05-31"  # type: ignore[arg-type]


@pytest.mark.slow
def test_the_pages_have_no_findings(made: dict[str, bytes], shared: Path, tmp_path: Path) -> None:
    node = shutil.which("node")
    if not node or not os.environ.get("CHECK_NPM"):
        pytest.skip("the checker of ../shared needs node, and its packages in CHECK_NPM")
    folder = _laid(made, tmp_path / "site")
    pages = [str(folder / name) for name in ("index.html", f"{MONTH}/index.html")]
    done = subprocess.run(
        [node, str(shared / "checks" / "check_html.mjs"), *pages], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_is_printed_on_one_sheet_and_has_one_chart_at_any_width(
    made: dict[str, bytes], chromium: str, tmp_path: Path
) -> None:
    from playwright.sync_api import sync_playwright

    page = _laid(made, tmp_path / "site") / MONTH / "index.html"
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.goto(page.as_uri())
        seen = {}
        for width in (320, 1280):
            tab.set_viewport_size({"width": width, "height": 900})
            seen[width] = [one.is_visible() for one in tab.locator("figure svg").all()]
        with pikepdf.open(io.BytesIO(tab.pdf(prefer_css_page_size=True))) as printed:
            sheets = len(printed.pages)
        browser.close()
    assert seen == {320: [False, True], 1280: [True, False]}
    assert sheets == 1
