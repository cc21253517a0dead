"""The staff's list of what a page hides: what is in it, where the publishing job keeps it, and what it never tells."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.short_city import AREA, FOLDER, MONTH, rows, short_city
from tests.trips import City, Said, contents

NEIGHBOUR = f"hakijat;{MONTH};Naapuri"
REGION = """  - name: Seutu
    members:
      - Kuvala
      - Naapuri
"""
PEOPLE, RATE = "Työttömät hakijat", "Osuus voimasta"
SMALL = f"{PEOPLE}, 5/2024, Naapuri"
MADE = "laskettu luvusta, joka on salattu"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city whose page adds up a region of two towns and works out their rates."""
    made = short_city(tmp_path / "home", capsys)
    made.change(f"{FOLDER}/area.yaml", "    sv: Grannby\n", f"    sv: Grannby\n{REGION}")
    made.change(f"{FOLDER}/monthly.yaml", "vacancies: paikat\n", "")
    made.change(f"{FOLDER}/monthly.yaml", "  - Naapuri\n", "  - Naapuri\ntotal: Seutu\n")
    return made


def give(city: City, value: str, more: str = "") -> None:
    """Let the neighbours' people of the last month be these."""
    text = rows().replace(f"{NEIGHBOUR};60", f"{NEIGHBOUR};{value}")
    assert f"{NEIGHBOUR};{value}\n" in text
    city.write(f"{FOLDER}/{MONTH}/observations.csv", text + more)


def publish(city: City, *more: str) -> Said:
    return city.run("publish", MONTH, "--to", str(city.folder / "www" / "site"), *more)


def listed(city: City, name: str = "disclosure.publish.csv") -> list[tuple[str, ...]]:
    """Indicator, period, area, reason and what it protects, of each line of a list but its headings."""
    text = (city.folder / "out" / AREA / MONTH / name).read_text(encoding="utf-8-sig")
    _, *lines = csv.reader(io.StringIO(text), delimiter=";")
    return [(line[0], line[1], line[2], line[4], line[6]) for line in lines]


def test_the_job_lists_what_it_hides_and_what_it_works_out_from_that(city: City) -> None:
    give(city, "3")
    assert publish(city).code == 0
    assert listed(city) == [
        (PEOPLE, "5/2024", "Naapuri", "pieni henkilömäärä", ""),
        (RATE, "5/2024", "Naapuri", MADE, SMALL),
        (RATE, "5/2024", "Seutu", MADE, SMALL),
        (PEOPLE, "5/2024", "Seutu", MADE, SMALL),
    ]


def test_every_figure_that_the_page_hides_is_listed_and_no_other(city: City) -> None:
    give(city, "3")
    assert publish(city).code == 0
    data = (city.folder / "www/site" / MONTH / "data.csv").read_text(encoding="utf-8-sig")
    shown = csv.DictReader(io.StringIO(data), delimiter=";")
    hidden = {(one["name"], one["area"]) for one in shown if one["mark"] == "..."}
    assert hidden == {(name, area) for name, _, area, *_ in listed(city)}


@pytest.mark.parametrize("report", ["short", "release"])
def test_a_report_lists_the_same_beside_its_documents(city: City, report: str) -> None:
    give(city, "3")
    assert publish(city).code == 0
    assert city.run("report", report, MONTH).code == 0
    assert listed(city, f"disclosure.{report}.csv") == listed(city)


def test_no_list_goes_on_a_site(city: City) -> None:
    give(city, "3")
    assert publish(city).code == 0
    assert city.run("report", "short", MONTH).code == 0
    for site in (city.folder / "www", city.folder / "out" / AREA / "site"):
        found = contents(site)
        assert any(name.endswith("index.html") for name in found)
        assert not [name for name in found if "disclosure" in name]


def test_where_nothing_is_hidden_the_list_says_so(city: City) -> None:
    assert publish(city).code == 0
    assert listed(city) == []


def test_each_language_has_its_list(city: City) -> None:
    give(city, "3")
    assert publish(city, "--document-lang", "fi", "--document-lang", "sv").code == 0
    assert len(listed(city, "disclosure.publish.sv.csv")) == len(listed(city)) == 4


def test_what_cannot_be_protected_is_listed_without_a_number_and_the_site_stays(city: City) -> None:
    region = f"hakijat;{MONTH};Seutu;438\nvoima;{MONTH};Seutu;5900\n"
    give(city, "6", region)
    assert publish(city).code == 0
    before = contents(city.folder / "www")
    give(city, "3", region)  # revised; the two others that are out already give it away
    said = publish(city)
    assert said.code == 5, said.all
    assert f"{SMALL}: henkilömäärä on liian pieni" in said.err
    assert contents(city.folder / "www") == before
    first = listed(city)[0]
    assert first == (PEOPLE, "5/2024", "Naapuri", "lukua ei voi suojata, joten mitään ei julkaistu", "")
    assert not [cell for line in listed(city) for cell in line if cell.isdigit()]


def test_a_list_that_stands_is_not_written_again_and_one_with_notes_stays(city: City) -> None:
    give(city, "3")
    assert publish(city).code == 0
    folder = city.folder / "out" / AREA / MONTH
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert publish(city).code == 0
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    own = folder / "disclosure.publish.csv"
    own.write_text("noted by a person", encoding="utf-8")
    give(city, "4")
    assert publish(city).code == 0
    assert own.read_text(encoding="utf-8") == "noted by a person"
    assert len(listed(city, "disclosure.publish.uusi.csv")) == 4
