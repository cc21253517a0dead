"""The made-up city read whole: figures, areas, dates, sums, statistics; and its folders."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from reports.errors import ReportError
from reports.home import PROGRAM, Home, HomeSetup, open_home
from reports.messages import catalogue
from reports.model import Dataset, Mark, Status
from reports.period import Period
from reports.read.dataset import read_dataset
from reports.read.setup import read_home


@pytest.fixture(scope="module")
def city(home: Path) -> Dataset:
    return read_dataset(open_home(home), "kuvitteila", {2020, 2021})


def value(city: Dataset, indicator: str, period: str, area: str, group: str = "") -> Decimal | None:
    found = city.find(indicator, Period.of(period), area, group)
    assert found, (indicator, period, area, group)
    return found.value


def test_a_figure_without_an_area_is_of_the_scope(city: Dataset) -> None:
    assert value(city, "asiakkaat", "2021-03", "Yhteistyöalue") == 800


def test_an_area_may_be_named_by_its_statistics_code(city: Dataset) -> None:
    assert value(city, "asiakkaat", "2021-03", "Naapurila") == 160


def test_groups_are_kept_apart(city: Dataset) -> None:
    parts = [value(city, "asiakkaat-ika", "2021-03", "Kuvitteila", g) for g in city.indicators["asiakkaat-ika"].groups]
    assert sum(part for part in parts if part) == value(city, "asiakkaat", "2021-03", "Kuvitteila")


def test_an_estimate_and_a_mark_are_kept(city: Dataset) -> None:
    estimate = city.find("asiakkaat", Period.of("2021-12"), "Yhteistyöalue")
    unknown = city.find("aktivointiaste", Period.of("2021"), "Naapurila")
    assert estimate
    assert unknown
    assert (estimate.value, estimate.approximate) == (Decimal(750), True)
    assert (unknown.value, unknown.mark) == (None, Mark.UNAVAILABLE)


def test_a_figure_knows_its_status_source_and_place(city: Dataset) -> None:
    found = city.find("talousarvio", Period.of("2021"), "Yhteistyöalue")
    assert found
    assert (found.status, found.source, str(found.place)) == (
        Status.EXAMPLE,
        "esimerkki",
        "data/kuvitteila/2021/observations.csv:11:value",
    )


def test_statistics_are_read_for_the_years_asked(city: Dataset, home: Path) -> None:
    assert len(city.of("tyottomat", "Kuvitteila")) == 24
    assert value(city, "tyottomat", "2021-12", "Naapurila") == 85
    assert len(read_dataset(open_home(home), "kuvitteila", {2021}).of("tyottomat", "Kuvitteila")) == 12


def test_dates_and_sums_are_read(city: Dataset) -> None:
    assert str(city.dates["ohjelmakausi"].period) == "2021-2023"
    assert city.dates["siirto"].period == Period(Period.of("2021-03-13").first, Period.of("2021-03-14").last)
    assert [len(one.parts) for one in city.sums] == [2, 5, 1]
    assert (city.sums[2].acknowledged[:6], str(city.sums[2].place)) == (
        "Palvel",
        "data/kuvitteila/2021/sums.yaml:14:3",
    )


def test_areas_are_known_by_name_and_code(city: Dataset) -> None:
    for text in ("Naapurila", "992", "KU992"):
        found = city.area(text)
        assert found
        assert found.locative == "Naapurilassa"


def test_a_long_file_of_other_areas_is_passed_over(home: Path, tmp_path: Path, city: Dataset) -> None:
    copy = shutil.copytree(home, tmp_path / "home")
    path = copy / "data" / "statistics" / "demo" / "2021.csv"
    others = "".join(f"2021-{m:02d},KU{a},TYOTTOMAT,?,example\n" for m in range(1, 13) for a in range(100, 500))
    path.write_text(path.read_text(encoding="utf-8") + others, encoding="utf-8")
    read = read_dataset(open_home(copy), "kuvitteila", {2020, 2021})
    assert (read.observations.keys(), read.problems) == (city.observations.keys(), ())


def test_the_readers_form_the_repositorys_own_data_without_a_problem() -> None:
    home = open_home()
    for area in home.areas():
        dataset = read_dataset(home, area, range(2018, 2023))
        assert dataset.observations
        assert [catalogue("en").problem(one) for one in dataset.problems] == []


def test_a_home_names_its_folders(home: Path) -> None:
    opened = open_home(home)
    assert opened.areas() == ["kuvitteila"]
    assert opened.periods("kuvitteila") == [Period.year(2021)]
    assert opened.period_folder("kuvitteila", Period.of("11/22")).name == "2022-11"
    assert opened.out_folder("kuvitteila", Period.of("2012-2015")) == home / "out" / "kuvitteila" / "2012-2015"
    assert opened.periods("no-such-area") == []


def test_a_path_is_shown_from_the_home_or_the_program(home: Path, tmp_path: Path) -> None:
    opened = Home(home)
    assert opened.name(home / "data" / "home.yaml") == "data/home.yaml"
    assert opened.name(PROGRAM / "templates" / "annual" / "report.docx") == "templates/annual/report.docx"
    assert opened.name(tmp_path / "report.docx") == "report.docx"


def test_the_citys_templates_come_before_the_programs(home: Path) -> None:
    names = [path.relative_to(PROGRAM).as_posix() for path in Home(home).template_folders("annual")]
    own = [f"tests/home/templates/{name}" for name in ("annual", "shared")]
    assert names == [*own, "templates/annual", "templates/shared"]
    assert Home(PROGRAM).template_folders("shared") == (PROGRAM / "templates" / "shared",)


@pytest.mark.parametrize(("made", "code"), [("", "home-missing"), ("home", "home-without-data")])
def test_a_folder_that_is_no_home_is_refused(made: str, code: str, tmp_path: Path) -> None:
    if made:
        (tmp_path / "home").mkdir()
    with pytest.raises(ReportError) as caught:
        open_home(tmp_path / "home")
    assert (caught.value.exit_code, [one.code for one in caught.value.problems]) == (2, [code])
    assert "build.py new" in catalogue("fi").problem(caught.value.problems[0])


@pytest.mark.parametrize(
    "text",
    [
        "area: kuvitteila\nlanguage: fi\n",
        '# kumpi\narea: "kuvitteila"\nlanguage: fi\n',
        "language: fi\r\narea: kuvitteila\r\n",
    ],
)
def test_the_short_way_of_reading_home_yaml_gives_what_the_long_one_does(text: str, home: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(home, tmp_path / "home")
    (copy / "data" / "home.yaml").write_text(text, encoding="utf-8", newline="")
    assert read_home(open_home(copy)) == (HomeSetup("kuvitteila", "fi"), [])


def test_without_home_yaml_nothing_is_meant(home: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(home, tmp_path / "home")
    (copy / "data" / "home.yaml").unlink()
    assert read_home(open_home(copy)) == (HomeSetup(), [])
