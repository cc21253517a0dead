"""`calendar`: the file of days for calendar programs, and the year clock beside it and in the plan."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from reports.finnish import Language
from reports.model import AreaSetup
from reports.period import Period
from reports.reporting import Every, Release, Reporting
from reports.schedule.clock import plan_clock, year_clock
from reports.write.ics import Event, write
from tests.trips import ROOT, City
from tests.word_file import WordFile

AREA = "data/tavoitela/area.yaml"
CALENDAR = """reporting:
  - audience: Ohjausryhmä, laajennettu
    what: Seuranta; luvut
    every: month
    by: Koordinaattori
    report: followup
    needs:
      - tilasto
    note: Mukana myös liite.
  - audience: Henkilöstö
    what: Vuoden eteneminen
    months:
      - 6
      - 10
    after:
      - 2
  - audience: Johtoryhmä
    what: Väliraportti
    times: 3
releases:
  tilasto:
    title: Demotilasto
    publisher: Tilastovirasto
    first: 21
    last: 25
"""
FI, EN = Language("fi"), Language("en")
Y2024 = Period.year(2024)


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "tests" / "planned", tmp_path / "home")
    made = City(tmp_path / "home", capsys)
    text = (made.folder / AREA).read_text(encoding="utf-8")
    made.write(AREA, text[: text.index("reporting:")] + CALENDAR + text[text.index("followup:") :])
    return made


def made(city: City, *more: str, name: str = "calendar") -> Path:
    said = city.run("calendar", "2024", *more)
    assert said.code == 0, said.all
    return city.folder / f"out/tavoitela/2024/{name}.ics"


def events(path: Path) -> list[Component]:
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def named(path: Path, name: str) -> list[Component]:
    return [one for one in events(path) if str(one["SUMMARY"]).startswith(name)]


def days(found: list[Component]) -> list[str]:
    return [one.decoded("DTSTART").isoformat() for one in found]


def setup(*lines: Reporting, **releases: Release) -> AreaSetup:
    return AreaSetup("Kunta", "Kunta", "Kunta", (), reporting=lines, releases=releases)


def test_every_day_of_the_year_on_which_something_is_due_is_an_event(city: City) -> None:
    path = made(city)
    monthly = named(path, "Ohjausryhmä, laajennettu: Seuranta; luvut")
    assert len(monthly) == 12
    assert days(monthly)[:3] == ["2024-01-31", "2024-02-29", "2024-03-28"]  # Good Friday is the 29th
    assert days(named(path, "Henkilöstö: Vuoden eteneminen")) == ["2024-02-29", "2024-06-28", "2024-10-31"]
    assert named(path, "Johtoryhmä") == []


def test_a_release_takes_the_days_between_which_it_comes(city: City) -> None:
    found = named(made(city), "Tilastovirasto julkaisee: Demotilasto")
    assert len(found) == 12
    assert str(found[11]["SUMMARY"]) == "Tilastovirasto julkaisee: Demotilasto, marraskuu 2024"
    first, end = found[11].decoded("DTSTART"), found[11].decoded("DTEND")
    assert (first, end) == (date(2024, 12, 23), date(2024, 12, 24)), "the 21st is a Saturday, the 24th and 25th are off"


def test_an_event_says_what_it_is_of_who_answers_and_what_it_needs(city: City) -> None:
    first, *_ = named(made(city), "Ohjausryhmä")
    assert str(first["DESCRIPTION"]).split("\n") == [
        "Raportoitava aika: joulukuu 2023",
        "Vastaa: Koordinaattori",
        "Tarvittavat tilastot: Demotilasto",
        "Mukana myös liite.",
    ]
    plain, *_ = named(made(city), "Henkilöstö")
    assert "DESCRIPTION" not in plain


def test_the_file_keeps_the_form_that_the_standard_asks_for(city: City) -> None:
    data = made(city).read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    calendar = Calendar.from_ical(data)
    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar.calendar_name) == "Tavoitela: raportointi 2024"
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
        assert event.errors == []
        assert event["TRANSP"] == "TRANSPARENT"


def test_names_of_events_are_all_different_and_stay_when_a_day_moves(city: City) -> None:
    before = {str(one["UID"]) for one in named(made(city), "Ohjausryhmä")}
    every = [str(one["UID"]) for one in events(made(city))]
    assert len(every) == len(set(every)) == 27
    city.change(AREA, "    every: month\n", "    every: month\n    day: working day 5\n")
    moved = named(made(city), "Ohjausryhmä")
    assert {str(one["UID"]) for one in moved} == before
    assert days(moved)[0] == "2024-01-08"


def test_the_same_calendar_gives_the_same_bytes(city: City) -> None:
    first = made(city).read_bytes()
    shutil.rmtree(city.folder / "out")
    assert made(city).read_bytes() == first
    assert b"19700101" not in first


def test_in_english_the_words_of_the_program_are_english(city: City) -> None:
    path = made(city, "--document-lang", "en", name="calendar.en")
    first, *_ = named(path, "Ohjausryhmä")
    assert "Responsible: Koordinaattori" in str(first["DESCRIPTION"])
    assert (path.parent / "calendar.en.svg").is_file()


def test_the_clock_is_a_picture_with_title_and_description(city: City) -> None:
    folder = made(city).parent
    svg = (folder / "calendar.svg").read_text(encoding="utf-8")
    assert "<title>Raportoinnin vuosikello 2024</title>" in svg
    assert re.search(r"<desc>Vuosikello: [^<]*Henkilöstö: Vuoden eteneminen, 29\.2\., 28\.6\. ja 31\.10\.", svg)
    assert (folder / "calendar.png").read_bytes().startswith(b"\x89PNG")
    assert "calendar.ics: ajan tasalla" in city.run("status").out


@pytest.mark.parametrize("period", ["2024-05", "2024-2025", "1850"])
def test_a_calendar_is_of_one_year(city: City, period: str) -> None:
    said = city.run("calendar", period)
    assert said.code == 2
    assert "yhdelle vuodelle" in said.err


def test_without_a_calendar_nothing_is_made(city: City) -> None:
    text = (city.folder / AREA).read_text(encoding="utf-8")
    city.write(AREA, text[: text.index("reporting:")] + text[text.index("followup:") :])
    said = city.run("calendar", "2024")
    assert said.code == 1
    assert f"{AREA}: Raportointikalenteria ei ole." in said.err
    assert not (city.folder / "out/tavoitela").exists()


def test_the_plan_holds_the_clock_behind_its_table(city: City) -> None:
    assert city.run("report", "plan", "2024", "--format", "docx").code == 0
    word = WordFile((city.folder / "out/tavoitela/2024/plan.docx").read_bytes())
    text = word.text()
    assert text.index("6/2024, 10/2024 ja 2/2025") < text.index("Seurannan vuosikello 2024.")


def test_the_clock_of_a_plan_has_its_months_and_those_of_the_year_after() -> None:
    lines = (Reporting("A", "a", Every.MONTH), Reporting("B", "b", months=("6",), after=("2",)))
    chart = plan_clock(setup(*lines), Period.year(2024), FI)
    monthly, named_ones = chart.rounds
    assert (monthly.said, len(monthly.times), monthly.times[0].when) == ("joka kuukausi", 12, "1/2024")
    assert [(time.when, time.at) for time in named_ones.times] == [("6/2024", 5.5), ("2/2025", 1.5)]
    assert named_ones.said == "6/2024 ja 2/2025"
    assert chart.emphasis == ()


def test_the_clock_of_a_year_has_its_days_and_the_releases_stand_back() -> None:
    release = Release("Tilasto", "Virasto", last="20")
    chart = year_clock(setup(Reporting("A", "a", after=("2",)), tilasto=release), Period.year(2024), EN)
    (due, come) = chart.rounds
    assert [(time.when, round(time.at, 3)) for time in due.times] == [("29 February", 1.983)]
    assert (come.said, len(come.times)) == ("by day 20 of the month", 12)
    assert chart.categories == ("A: a", "Virasto: Tilasto")
    assert chart.emphasis == ("A: a",)
    assert chart.series[0].name == "2024"


def test_a_clock_has_the_lines_that_are_in_force() -> None:
    once = Reporting("A", "a", months=("6",), from_=Period.year(2023), until=Period.year(2023))
    begun = Reporting("B", "b", Every.MONTH, from_=Period.of("2024-11"))
    of_year, of_plan = year_clock(setup(once, begun), Y2024, FI), plan_clock(setup(once, begun), Y2024, FI)
    assert (of_year.categories, of_plan.categories) == (("B: b",), ("B: b",))
    assert [len(one.times) for chart in (of_year, of_plan) for one in chart.rounds] == [2, 2]
    assert [time.when for time in of_plan.rounds[0].times] == ["11/2024", "12/2024"]


def test_many_named_months_are_counted_in_the_clock() -> None:
    line = Reporting("A", "a", months=("1", "3", "5", "7", "9"))
    assert year_clock(setup(line), Period.year(2024), FI).rounds[0].said == "5 kertaa vuodessa"


SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"))
TEXT = st.text(SIGNS, max_size=120)


@given(TEXT.filter(str.strip), TEXT, st.dates(date(1990, 1, 1), date(2099, 12, 30)))
def test_whatever_an_event_is_called_a_calendar_program_reads_it_back(summary: str, more: str, day: date) -> None:
    data = write("Kalenteri", "fi", day, [Event("1@x", day, day, summary, f"{summary}\n{more}")])
    assert max(map(len, data.split(b"\r\n"))) <= 75
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == summary
    assert str(event["DESCRIPTION"]) == f"{summary}\n{more}"
    assert event.decoded("DTSTART") == day
    assert (event.decoded("DTEND") - day).days == 1
