"""`due` of reports of a month: without a figure there is none, a text that nobody need write is not waited for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.due_run import due, made
from tests.short_city import AREA, FOLDER, short_city
from tests.trips import City

CALENDAR = """reporting:
  - audience: Ohjausryhmä
    what: Seuranta
    every: month
    by: Sihteeri
    report: monthly
  - audience: Yleisö
    what: Lyhyt versio
    every: month
    by: Viestintä
    report: short
  - audience: Johtoryhmä
    what: Katsaus
    times: 3
    from: 2024
    until: 2024
"""
RELEASE = """releases:
  rekisteri:
    title: Hakijatilasto
    publisher: Kuvitteellinen virasto
    first: 21
    last: 25
    tables:
      - demo
"""
NO_FIGURES = "      kuukaudelta ei ole vielä yhtään lukua: Työttömät hakijat; Avoimet paikat"
BLOCKED = "kesäkuu 2024: ei voi vielä tehdä"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city with figures up to May 2024, whose calendar has two reports of each month."""
    made = short_city(tmp_path / "home", capsys)
    calendar(made, CALENDAR)
    return made


def calendar(city: City, text: str) -> None:
    path = city.folder / FOLDER / "area.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def give(city: City, area: str, value: str) -> None:
    """A figure of June."""
    rows = f"indicator;period;area;value\nhakijat;2024-06;{area};{value}\n"
    city.write(f"{FOLDER}/2024-06/observations.csv", rows)


def test_a_month_without_a_figure_cannot_be_made_yet_and_is_not_built(city: City) -> None:
    lines = due(city, "2024-08-05", "--build").out.splitlines()
    assert f"  31.7.2024  Ohjausryhmä: Seuranta, {BLOCKED} (Sihteeri)" in lines
    assert f"  31.7.2024  Yleisö: Lyhyt versio, {BLOCKED} (Viestintä)" in lines
    assert f"{NO_FIGURES} (Sihteeri)" in lines
    assert f"{NO_FIGURES} (Viestintä)" in lines
    assert "2024-06 --area" not in " ".join(lines)
    assert made(city) == set()


def test_until_they_come_out_the_figures_are_owed_by_their_publisher(city: City) -> None:
    calendar(city, RELEASE)
    city.change(
        f"{FOLDER}/indicators.yaml", "  source: rekisteri\n", "  source: rekisteri\n  statistics: demo TYOTTOMAT\n"
    )
    city.write("data/statistics/demo/2024.csv", "period,area,content,value,status\n")
    assert f"{NO_FIGURES} (Kuvitteellinen virasto)" in due(city, "2024-07-25").out
    assert f"{NO_FIGURES} (Sihteeri)" in due(city, "2024-07-26").out


@pytest.mark.parametrize(
    ("area", "value", "blocked"),
    [("Kuvala", "400", 0), ("Kuvala", "...", 0), ("Kuvala", "..", 2), ("Naapuri", "60", 1)],
)
def test_one_figure_is_enough_and_of_the_short_version_one_of_its_main_area(
    city: City, area: str, value: str, blocked: int
) -> None:
    give(city, area, value)
    out = due(city, "2024-07-31").out
    assert out.count(BLOCKED) == blocked
    assert ("Yleisö: Lyhyt versio, kesäkuu 2024: voidaan tehdä" in out) == (blocked == 0)


def test_a_short_version_that_is_due_can_be_made(city: City) -> None:
    give(city, "Kuvala", "400")
    due(city, "2024-07-31", "--build")
    assert f"{AREA}/2024-06/short.docx" in made(city)


def test_a_text_that_nobody_need_write_is_told_and_not_waited_for(city: City) -> None:
    out = due(city, "2024-06-14").out
    assert "28.6.2024  Yleisö: Lyhyt versio, toukokuu 2024: voidaan tehdä (Viestintä)" in out
    assert f"valinnainen teksti puuttuu: {FOLDER}/2024-05/short.md (Viestintä)" in out
    due(city, "2024-06-14", "--build")
    assert f"{AREA}/2024-05/short.docx" in made(city), "before its day, since nothing is lacking that it needs"


def test_what_has_no_time_is_told_while_it_is_in_force(city: City) -> None:
    assert "Johtoryhmä: Katsaus" in due(city, "2024-12-31").out
    assert "Johtoryhmä" not in due(city, "2025-01-01").out + due(city, "2023-12-31").out


def test_a_line_is_not_late_from_before_its_first_time_nor_after_its_last(city: City) -> None:
    city.change(
        f"{FOLDER}/area.yaml", "    by: Viestintä\n", "    by: Viestintä\n    from: 2024-04\n    until: 2024-05\n"
    )
    days = ("2024-03-31", "2024-04-20", "2024-05-05", "2024-06-05", "2025-08-01")
    told = ["".join(line[:11] for line in due(city, day).out.splitlines() if "Lyhyt versio" in line) for day in days]
    # What the program can still make stays late for as long as any line does: somebody waits for it.
    assert told == ["  30.4.2024", "  30.4.2024", "  30.4.2024  31.5.2024", "  31.5.2024", ""]


def test_areas_without_a_calendar_are_passed_over_where_another_has_one(city: City) -> None:
    setup = (city.folder / FOLDER / "area.yaml").read_text(encoding="utf-8").partition("reporting:")[0]
    city.write("data/toinen/area.yaml", setup.replace("Kuvalan kunta", "Toinen kunta"))
    for file in ("indicators.yaml", "sources.yaml"):
        city.write(f"data/toinen/{file}", (city.folder / FOLDER / file).read_text(encoding="utf-8"))
    assert "Toinen kunta" not in due(city, "2024-06-14").out
    assert "Raportointikalenteria ei ole" in due(city, "2024-06-14", "--area", "toinen").out


@pytest.mark.parametrize("command", ["due", "check", "status", "fetch"])
def test_the_help_says_that_all_areas_are_meant(city: City, command: str) -> None:
    assert "Oletus: kaikki alueet." in " ".join(city.run(command, "--help").out.split())
