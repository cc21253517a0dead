"""`due`: what is late, due and coming, what each lacks and who owes it, and what is made of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.due_run import due, made
from tests.trips import ROOT, City, built_home

AREA = "data/tavoitela/area.yaml"
FOLLOW_UP = """reporting:
  - audience: Ohjausryhmä
    what: Seuranta
    every: month
    by: Sihteeri
    report: followup
"""
ANNUAL = """reporting:
  - audience: Hallitus
    what: Vuosiraportti
    after:
      - 2
    report: annual
    by: Koordinaattori
    needs:
      - tilasto
releases:
  tilasto:
    title: Demotilasto
    publisher: Tilastovirasto
    first: 21
    last: 25
    tables:
      - demo
"""


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city with a plan and the figures of two months, whose calendar has one line: the follow-up of a month."""
    shutil.copytree(ROOT / "tests" / "planned", tmp_path / "home")
    made = City(tmp_path / "home", capsys)
    calendar(made, FOLLOW_UP)
    return made


@pytest.fixture
def reporter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city with an annual report and public statistics, its charts drawn."""
    shutil.copytree(built_home(), tmp_path / "home")
    made = City(tmp_path / "home", capsys)
    shutil.rmtree(made.out)
    path = made.folder / "data/kuvitteila/area.yaml"
    path.write_text(path.read_text(encoding="utf-8") + ANNUAL, encoding="utf-8")
    return made


def calendar(city: City, lines: str) -> None:
    text = (city.folder / AREA).read_text(encoding="utf-8")
    city.write(AREA, text[: text.index("reporting:")] + lines + text[text.index("followup:") :])


def test_what_is_late_and_what_comes_is_listed_by_day(city: City) -> None:
    lines = due(city, "2024-06-10").out.splitlines()
    assert lines[0] == "Raportit 10.6.2024, Tavoitelan kaupunki, työllisyyspalvelut"
    late, coming = lines.index("Myöhässä:"), lines.index("Tulossa kuukauden sisällä:")
    assert lines[late + 1] == "  31.5.2024  Ohjausryhmä: Seuranta, huhtikuu 2024: ei voi vielä tehdä (Sihteeri)"
    assert lines[coming + 1].startswith("  28.6.2024  Ohjausryhmä: Seuranta, toukokuu 2024: voidaan tehdä")
    assert "Ilman ajankohtaa:" not in lines


def test_the_day_itself_is_neither_late_nor_coming(city: City) -> None:
    lines = due(city, "2024-06-28").out.splitlines()
    assert lines[lines.index("Tänä päivänä:") + 1].startswith("  28.6.2024")
    assert "Tulossa kuukauden sisällä:" not in lines


def test_a_missing_file_stops_a_report_and_missing_figures_do_not(city: City) -> None:
    said = due(city, "2024-06-10").out
    assert "puuttuu tiedosto data/tavoitela/2024-04/observations.csv (Sihteeri)" in said
    assert "build.py report followup 2024-04" not in said
    assert "      python build.py report followup 2024-05 --area tavoitela" in said


def test_missing_figures_are_told_with_those_who_owe_them(city: City) -> None:
    _, today = due(city, "2024-06-28").out.split("Tänä päivänä:")
    assert [line.strip() for line in today.splitlines() if "lukuja puuttuu" in line] == [
        "lukuja puuttuu 2 (Tiimit): Aktivointiaste: nuoret; Tapahtumat",
    ]
    city.change("data/tavoitela/indicators.yaml", "name: Tapahtumat\n", "name: Tapahtumat\n  owner: Kirjasto\n")
    assert "lukuja puuttuu 1 (Kirjasto): Tapahtumat" in due(city, "2024-06-28").out


def test_the_short_version_waits_only_for_what_it_shows(city: City) -> None:
    city.write("data/tavoitela/monthly.yaml", "people: tapahtumat\nareas:\n  - Tavoitela\n")
    calendar(city, FOLLOW_UP.replace("followup", "short"))
    _, today = due(city, "2024-06-28").out.split("Tänä päivänä:")
    assert "lukuja puuttuu 1 (Tiimit): Tapahtumat\n" in today
    (city.folder / "data/tavoitela/monthly.yaml").unlink()
    _, today = due(city, "2024-06-28").out.split("Tänä päivänä:")
    assert "puuttuu tiedosto data/tavoitela/monthly.yaml" in today
    assert "lukuja puuttuu" not in today


def test_many_figures_are_counted_and_the_first_named(city: City) -> None:
    city.change("data/tavoitela/indicators.yaml", "name: Kuntaosuus\n", "name: Kuntaosuus\n  owner: Tiimit\n")
    first = "Aktivointiaste: nuoret; Aktivointiaste: kaikki; Kuntaosuus"
    late, _ = due(city, "2024-06-10").out.split("Tulossa")
    assert f"lukuja puuttuu 4 (Tiimit): {first}; Tapahtumat\n" in late
    city.change(
        "data/tavoitela/indicators.yaml", "  name: Työnhaun kesto\n", "  name: Työnhaun kesto\n  owner: Tiimit\n"
    )
    late, _ = due(city, "2024-06-10").out.split("Tulossa")
    first = "Työnhaun kesto; Aktivointiaste: nuoret; Aktivointiaste: kaikki"
    assert f"lukuja puuttuu 5 (Tiimit): {first} ja 2 muuta\n" in late


def test_a_report_that_is_made_is_no_longer_late(city: City) -> None:
    city.write("data/tavoitela/2024-04/observations.csv", "indicator;period;value\nmenot;2024-04;3,2\n")
    assert "voidaan tehdä" in due(city, "2024-06-10").out
    assert city.run("report", "followup", "2024-04", "--format", "docx").code == 0
    said = due(city, "2024-06-10").out
    assert "huhtikuu" not in said
    assert "toukokuu" in said


def test_before_its_day_a_report_is_made_or_out_of_date(city: City) -> None:
    assert city.run("report", "followup", "2024-05", "--format", "docx").code == 0
    assert "toukokuu 2024: tehty (Sihteeri)" in due(city, "2024-06-10").out
    city.change("data/tavoitela/2024-05/observations.csv", "2024-05;;;1020;", "2024-05;;;1021;")
    assert "toukokuu 2024: tehty, mutta vanhentunut (Sihteeri)" in due(city, "2024-06-10").out
    assert "toukokuu" not in due(city, "2024-07-01").out, "what was given out does not go out of date"


def test_a_line_is_late_until_its_next_time(city: City) -> None:
    said = due(city, "2024-07-10").out
    assert "huhtikuu" not in said
    assert "31.7.2024" in said
    assert said.count("Myöhässä") == 1


def test_what_the_program_does_not_make_is_only_announced(city: City) -> None:
    calendar(city, "reporting:\n  - audience: Johtoryhmä\n    what: Katsaus\n    every: month\n    by: Sihteeri\n")
    said = due(city, "2024-06-10").out
    assert "Myöhässä" not in said
    assert "  28.6.2024  Johtoryhmä: Katsaus (Sihteeri)\n" in said


def test_what_has_no_time_is_listed_apart(city: City) -> None:
    calendar(city, "reporting:\n  - audience: Johtoryhmä\n    what: Väliraportti\n    times: 3\n")
    assert due(city, "2024-06-10").out.splitlines()[1:] == [
        "  Mitään ei ole myöhässä eikä tulossa kuukauden sisällä.",
        "Ilman ajankohtaa:",
        "  Johtoryhmä: Väliraportti, 3 kertaa vuodessa",
    ]


def test_without_a_calendar_it_says_so(city: City) -> None:
    calendar(city, "")
    assert "Raportointikalenteria ei ole." in due(city, "2024-06-10").out


def test_one_report_for_two_audiences_is_told_and_made_once(city: City) -> None:
    calendar(city, FOLLOW_UP + FOLLOW_UP.removeprefix("reporting:\n").replace("Ohjausryhmä", "Henkilöstö"))
    said = due(city, "2024-06-28").out
    assert said.count("lukuja puuttuu 2 (Tiimit)") == 1
    assert "      sama raportti kuin edellä" in said
    assert due(city, "2024-06-28", "--build").out.count("followup.docx") == 1


def test_build_makes_from_its_day_on_what_can_be_made(city: City) -> None:
    due(city, "2024-06-10", "--build")
    assert made(city) == set(), "the one lacks its figures, the other is not due yet and lacks some"
    assert "followup.docx" in due(city, "2024-06-28", "--build").out
    assert made(city) == {"tavoitela/2024-05/followup.docx"}
    assert "tehty" in due(city, "2024-06-28", "--build").out


def test_a_report_that_cannot_be_made_does_not_stop_the_next(city: City) -> None:
    more = FOLLOW_UP.removeprefix("reporting:\n").replace("followup", "plan").replace("Ohjausryhmä", "Hallitus")
    calendar(city, FOLLOW_UP + more.replace("every: month", "months:\n      - 6\n    about: this-year"))
    city.change("data/tavoitela/2024-05/followup.yaml", "comments:", "commentz:")
    said = city.run("due", "--on", "2024-06-28", "--build")
    assert said.code == 1
    assert "commentz" in said.err
    assert made(city) == {"tavoitela/2024/plan.docx"}


def test_a_year_is_followed_up_at_its_last_month(city: City) -> None:
    calendar(city, FOLLOW_UP.replace("every: month", "after:\n      - 2"))
    said = due(city, "2024-02-20").out
    assert "29.2.2024  Ohjausryhmä: Seuranta, joulukuu 2023:" in said
    assert "report followup 2023-12" in said


def test_a_missing_text_is_owed_by_the_one_who_writes_it(reporter: City) -> None:
    assert "Hallitus: Vuosiraportti, 2021: voidaan tehdä (Koordinaattori)" in due(reporter, "2022-02-10").out
    (reporter.folder / "data/kuvitteila/2021/annual.md").unlink()
    assert "puuttuu tiedosto data/kuvitteila/2021/annual.md (Koordinaattori)" in due(reporter, "2022-02-10").out
    reporter.change("data/kuvitteila/area.yaml", "    needs:", "    texts:\n      annual.md: Toimittaja\n    needs:")
    assert "puuttuu tiedosto data/kuvitteila/2021/annual.md (Toimittaja)" in due(reporter, "2022-02-10").out


def test_figures_that_are_still_to_come_are_owed_by_their_publisher(reporter: City) -> None:
    path = reporter.folder / "data/statistics/demo/2021.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if not row.startswith("2021-12")), encoding="utf-8")
    said = due(reporter, "2022-02-01").out
    assert "julkaistu, mutta ei vielä tuotu aineistoon: Demotilasto, joulukuu 2021 (Koordinaattori)" in said
    reporter.change("data/kuvitteila/area.yaml", "after:\n      - 2", "after:\n      - 1")
    said = due(reporter, "2022-01-20").out
    assert "Tilastovirasto julkaisee 21.–25.1.2022: Demotilasto, joulukuu 2021" in said
    assert "voidaan tehdä, mutta jotain puuttuu" in said


def test_a_release_that_no_indicator_reads_is_not_waited_for(reporter: City) -> None:
    reporter.change("data/kuvitteila/area.yaml", "      - demo\n", "      - toinen\n")
    assert "Demotilasto" not in due(reporter, "2022-02-10").out


def test_an_annual_report_is_made_with_nothing_lacking_before_its_day(reporter: City) -> None:
    assert "annual.docx" in due(reporter, "2022-02-10", "--build").out
    assert made(reporter) == {"kuvitteila/2021/annual.docx"}
    assert "2021: tehty" in due(reporter, "2022-02-10", "--build").out


def test_errors_in_the_figures_are_told_and_give_exit_code_1(city: City) -> None:
    city.change("data/tavoitela/2024-05/observations.csv", ";1020;", ";tuhat;")
    said = city.run("due", "--on", "2024-06-28")
    assert said.code == 1
    assert "toukokuu 2024" in said.out
    assert "tuhat" in said.err


@pytest.mark.parametrize("day", ["1800-05-05", "2150"])
def test_a_day_out_of_reach_is_refused(city: City, day: str) -> None:
    said = city.run("due", "--on", day)
    assert said.code == 2
    assert "1990–2099" in said.err


def test_today_is_meant_when_no_day_is_named(city: City) -> None:
    said = city.run("due")
    assert said.code == 0
    assert "Ohjausryhmä: Seuranta" in said.out


def test_a_quiet_run_prints_nothing_and_english_is_spoken_too(city: City) -> None:
    assert due(city, "2024-06-28", "--quiet").all == ""
    said = due(city, "2024-06-28", "--lang", "en").out
    assert "That day:" in said
    assert "can be made, but something is missing (Sihteeri)" in said
    assert "figures missing: 2 (Tiimit)" in said
