"""`list` names every month that a report can be made of, and a new home has all that the reports of a month need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import build
from reports.messages import LANGUAGES
from tests.short_city import FOLDER, MONTH, rows, short_city
from tests.trips import ROOT, City


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city with the figures of 29 months, all of them in the folder of the last one."""
    return short_city(tmp_path / "home", capsys)


def months(city: City, report: str) -> str:
    """What `list` says of the periods of a report; nothing where it has none."""
    said = city.run("list")
    assert said.code == 0, said.all
    below = said.out[said.out.index(f"{report}: ") :].split("\n")[1]
    return below.partition(": ")[2] if below.startswith("  ") else ""


@pytest.mark.parametrize("report", ["monthly", "short"])
def test_every_month_with_figures_is_listed(city: City, report: str) -> None:
    assert months(city, report) == "2022-01–2024-05"


def test_a_month_in_between_that_has_none_is_not(city: City) -> None:
    lacking = re.sub(r"hakijat;2024-0[24];.*\n", "", rows())
    city.write(f"{FOLDER}/{MONTH}/observations.csv", lacking)
    assert months(city, "short") == "2022-01–2024-01, 2024-03, 2024-05"


def test_a_month_with_a_text_alone_is_listed_with_the_others(city: City) -> None:
    city.write(f"{FOLDER}/2025-01/monthly.md", "---\ntitle: Tammikuu\n---\n")
    assert months(city, "monthly") == "2022-01–2024-05, 2025-01"


def test_what_only_people_write_is_listed_by_its_text(city: City) -> None:
    assert months(city, "release") == ""
    city.write(f"{FOLDER}/{MONTH}/release.md", "---\ntitle: Tiedote\n---\n")
    assert months(city, "release") == MONTH


def test_where_the_figures_have_errors_the_folders_are_listed(city: City) -> None:
    city.write(f"{FOLDER}/{MONTH}/observations.csv", rows() + "hakijat;2024-05;Nowhere;5\n")
    assert months(city, "short") == MONTH


def test_a_new_home_makes_the_reports_of_a_month_and_knows_when_they_are_due(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["new", str(tmp_path / "oma")]) == 0
    made = City(tmp_path / "oma", capsys)
    assert months(made, "monthly") == months(made, "short") == "2023-01–2024-12"
    for arguments in (("monthly", "2024-12"), ("short", "2024-12")):
        said = made.run("report", *arguments, "--format", "html", "--strict")
        assert (said.code, said.err) == (0, ""), said.all
    due = made.run("due", "--on", "2025-01-20")
    assert "Ohjausryhmä: Kuukausiseuranta, joulukuu 2024:" in due.out
    assert "Myöhässä" not in made.run("due", "--on", "2024-01-20").out
    assert made.run("calendar", "2025").code == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_names_a_file_of_one_citys_home(language: str) -> None:
    text = (ROOT / "reports" / "messages" / f"{language}.toml").read_text(encoding="utf-8")
    areas = [path.parent.name for path in (ROOT / "data").glob("*/area.yaml")]
    assert areas
    assert not [area for area in areas if f"data/{area}" in text]
    named = set(re.findall(r"docs/[\w-]+\.md", text))
    assert named
    assert all((ROOT / name).is_file() for name in named)
