"""Where the publishing job may not publish to, and how it tells of months that are not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.short_city import AREA, FOLDER, MONTH, rows, short_city
from tests.trips import City, Said, contents

LATEST = ("--latest", "--on", "2024-06-10")
INSIDE, ABOVE, ROOT = "kotikansion kansioon {}", "koko kotikansio", "Levyn juurta"
REFUSED: list[tuple[Callable[[Path], str], str, int]] = [
    (lambda home: f"{home}/out/{AREA}/site", INSIDE.format("out"), 2),
    (lambda home: f"{home}/out", INSIDE.format("out"), 2),
    (lambda home: f"{home}/elsewhere/../data/new", INSIDE.format("data"), 2),
    (lambda home: f"{home}/templates/site", INSIDE.format("templates"), 2),
    (lambda home: f"{home}/linked/{AREA}/site", INSIDE.format("out"), 2),
    (str, ABOVE, 2),
    (lambda home: str(home.parent), ABOVE, 2),
    (lambda home: home.anchor, ROOT, 2),
    (lambda home: f"{home}/data/home.yaml", INSIDE.format("data"), 2),
    (lambda home: f"{home}/note.txt", "Tämä on tiedosto", 3),
    (lambda home: f"{home}/note.txt/below", "ei voi kirjoittaa", 3),
]


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city whose newest month is complete, in a folder of its own."""
    made = short_city(tmp_path / "above" / "home", capsys)
    made.change(f"{FOLDER}/monthly.yaml", "vacancies: paikat\n", "")
    made.write("note.txt", "mine")
    (made.folder / "elsewhere").mkdir()
    (made.folder / "out").mkdir()
    (made.folder / "linked").symlink_to(made.folder / "out")
    return made


def publish(city: City, to: str, *arguments: str) -> Said:
    return city.run("publish", *(arguments or LATEST), "--to", to)


def stands(city: City) -> dict[str, bytes]:
    """Every file round the home but the job's log."""
    found = contents(city.folder.parent)
    return {name: data for name, data in found.items() if not name.endswith("publish.log")}


@pytest.mark.parametrize(("place", "words", "code"), REFUSED)
def test_a_place_that_cannot_be_a_site_is_refused_before_anything_is_written(
    city: City, place: Callable[[Path], str], words: str, code: int
) -> None:
    before = stands(city)
    said = publish(city, place(city.folder))
    assert (said.code, said.out, said.err.count("\n")) == (code, "", 1), said.all
    assert words in said.err
    assert "Ohjelmassa on virhe" not in said.err
    assert stands(city) == before


def test_an_out_folder_that_lies_elsewhere_is_ours_all_the_same(city: City, tmp_path: Path) -> None:
    (city.folder / "linked").unlink()
    (city.folder / "out").rmdir()
    (tmp_path / "disk").mkdir()
    (city.folder / "out").symlink_to(tmp_path / "disk")
    said = publish(city, f"{tmp_path}/disk/{AREA}/site")
    assert (said.code, INSIDE.format("out") in said.err) == (2, True), said.all


def test_any_other_folder_of_the_home_will_do(city: City) -> None:
    assert publish(city, f"{city.folder}/elsewhere/site").code == 0
    assert publish(city, f"{city.folder}/output").code == 0


@pytest.mark.parametrize("month", ["2027-01", "2024-06"])
def test_a_month_that_is_not_out_yet_ends_as_its_report_does(city: City, month: str) -> None:
    assert city.run("report", "short", month).code == 4
    said = publish(city, f"{city.folder}/site", month)
    assert said.code == 4
    assert "eivät ole vielä kaikki ilmestyneet" in said.err


def test_a_month_that_others_have_followed_is_a_fault_of_the_data(city: City) -> None:
    lacking = rows().replace("hakijat;2024-03;Naapuri", "hakijat;2019-03;Naapuri")
    city.write(f"{FOLDER}/{MONTH}/observations.csv", lacking)
    said = publish(city, f"{city.folder}/site", "2024-03")
    assert (said.code, "Kuukauden 3/2024 luvut eivät ole täydet" in said.err) == (1, True), said.all


def test_where_there_are_no_figures_at_all_it_says_so(city: City) -> None:
    city.write(f"{FOLDER}/{MONTH}/observations.csv", "indicator;period;area;value\nvoima;2024-05;Kuvala;5000\n")
    said = publish(city, f"{city.folder}/site")
    assert (said.code, "Yhdenkään kuukauden lukuja ei ole" in said.err) == (4, True), said.all


RELEASES = """releases:
  demo:
    title: Hakijatilasto
    publisher: Virasto
    last: 25
    tables:
      - demo
"""


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", ("6/2024", "25.7.2024", "5/2024")), ("en", ("June 2024", "25 July 2024", "May 2024"))],
)
def test_months_and_days_are_written_as_the_language_does(city: City, language: str, words: tuple[str, ...]) -> None:
    path = city.folder / FOLDER / "area.yaml"
    path.write_text(path.read_text(encoding="utf-8") + RELEASES, encoding="utf-8")
    city.change(f"{FOLDER}/indicators.yaml", "  source: rekisteri\n", "  source: rekisteri\n  statistics: demo T\n")
    city.write("data/statistics/demo/2024.csv", "period,area,content,value,status\n")
    to = f"{city.folder}/site"
    assert publish(city, to).code == 0
    said = publish(city, to, "--latest", "--on", "2024-08-01", "--lang", language)
    assert said.code == 4
    assert all(word in said.err for word in words), said.err
    assert "2024-0" not in said.err
    for arguments in (("report", "short", "2024-06"), ("publish", "2024-06", "--to", to)):
        said = city.run(*arguments, "--lang", language)
        assert words[0] in said.err
        assert "2024-06" not in said.err


def test_a_report_is_named_with_its_month_in_words(city: City) -> None:
    heading = city.run("report", "short", MONTH, "--format", "docx").out.splitlines()[0]
    assert heading == f"Kuukauden lyhyt versio 5/2024, {AREA}"
