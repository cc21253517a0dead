"""Times, areas and other names as somebody else's tables write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reports.home import Home
from reports.intake.foreign_words import Names, read_month, read_when
from reports.intake.mapping import Dates
from reports.intake.table import Dated
from reports.messages import LANGUAGES, catalogue
from reports.model import Area
from reports.period import Period
from reports.read.number import ReadingError
from reports.read.setup import read_setup


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("11/22", "2022-11"),
        ("marraskuu 2022", "2022-11"),
        ("2022M11", "2022-11"),
        ("November 2022", "2022-11"),
        ("marras 2022", "2022-11"),
        ("marras-22", "2022-11"),
        ("2022 - 11", "2022-11"),
        ("11.2022", "2022-11"),
        ("202211", "2022-11"),
        ("2022", "2022"),
        ("30.11.2022", "2022-11-30"),
        ("2012–2015", "2012-2015"),
    ],
)
def test_times_as_people_write_them(text: str, found: str) -> None:
    assert str(read_when(text, Dates.NOTHING)) == found


@pytest.mark.parametrize("text", ["1.11.2022", "01.11.2022", "2022-11-01"])
def test_the_first_of_a_month_in_a_text_is_asked_about(text: str) -> None:
    with pytest.raises(ReadingError, match="import-first-day"):
        read_when(text, Dates.NOTHING)
    assert str(read_when(text, Dates.MONTH)) == "2022-11"
    assert str(read_when(text, Dates.DAY)) == "2022-11-01"


def test_the_first_of_a_month_that_excel_made_is_that_month() -> None:
    assert read_when(Dated(date(2022, 11, 1)), Dates.NOTHING) == Period.month(2022, 11)
    assert read_when(Dated(date(2022, 11, 1)), Dates.DAY).kind == "day"
    assert read_when(Dated(date(2022, 11, 30)), Dates.NOTHING).kind == "day"
    assert read_when(Dated(date(2022, 11, 30)), Dates.MONTH) == Period.month(2022, 11)


def test_a_month_is_known_by_the_first_letters_of_its_name() -> None:
    for language in LANGUAGES:
        for number, name in enumerate(catalogue(language).part("language")["months"], 1):
            assert read_month(name) == read_month(name[:4] if name[:3] != "maa" else name[:5]) == number
    for text in ("", "ma", "13", "0", "xyz", "kuu"):
        with pytest.raises(ReadingError):
            read_month(text)


@pytest.fixture(scope="module")
def names(home: Path) -> Names:
    return Names(read_setup(Home(home), "kuvitteila"))


def test_areas_by_name_and_code_with_or_without_their_zeros(names: Names) -> None:
    assert [names.area(text) for text in ("KUVITTEILA", " kuvitteila ", "991", "KU991", "ku991")] == ["Kuvitteila"] * 5
    assert names.area("Kuvitteilan kaupunki") == "Kuvitteilan kaupunki"
    assert names.area_code("Naapurila") == "KU992"
    assert names.area_code("Yhteistyöalue") == "Yhteistyöalue"


def test_a_code_that_has_lost_its_zeros_is_the_same_municipality(home: Path) -> None:
    setup = read_setup(Home(home), "kuvitteila")
    small = Area("Pikkula", code="097", statistics="KU097")
    named = Names(setup._replace(area=replace(setup.area, areas=(*setup.area.areas, small))))
    assert [named.area(text) for text in ("097", "97", "KU097")] == ["Pikkula"] * 3
    assert named.area_code("97") == "KU097"
    assert named.area("7") == "7"


def test_indicators_groups_and_statuses(names: Names) -> None:
    assert names.indicator("Palvelun  asiakkaat") == "asiakkaat"
    assert names.indicator("Asiakkaat") == "asiakkaat"
    assert names.group("15 - 24", "asiakkaat-ika") == "15–24"
    assert names.group("15-24", "asiakkaat") == "15-24"
    assert [names.status(text) for text in ("Ennakollinen", "preliminary", "FINAL", "varma")] == [
        "preliminary",
        "preliminary",
        "final",
        "varma",
    ]
