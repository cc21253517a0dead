"""Dates in a plan's texts: those that are over are found wherever they stand, years of titles are put forward."""

from __future__ import annotations

import re

import pytest

from reports.finnish import Language
from reports.home import Home
from reports.model import Dataset
from reports.period import Period
from reports.plan.dated import dates, moved, past
from reports.plan.renewal import Renewed, Source, renew
from reports.plan.splice import Splice
from reports.plan.worklist import Sort
from reports.read.dataset import read_dataset
from reports.read.yaml import Path, read_yaml
from tests.made_plan import EVERY, PLAN, made_city, plan_of


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("koe")
    made_city(folder, None)
    return read_dataset(Home(folder), "koe", set())


def renewed(dataset: Dataset, text: str, language: str = "fi") -> Renewed:
    tree, _ = read_yaml(text, "plan.yaml")
    source = Source(plan_of(text), Period.year(2023), text, tree, dataset)
    return renew(source, Period.year(2024), Language(language))


REMARK = re.compile(r"\s*# TARKISTA 2024: ")
# Fields that hold something else than words: names of the catalogue, targets, periods.
NO_WORDS = {"indicator", "target", "baseline", "due", "date", "area", "group", "number"}
WORDS = [path for path in EVERY if not NO_WORDS & set(path)]


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("path", WORDS, ids=lambda path: "-".join(map(str, path)))
def test_a_date_that_is_over_is_told_in_whatever_text_it_stands(dataset: Dataset, path: Path, language: str) -> None:
    tree, _ = read_yaml(PLAN, "plan.yaml")
    splice = Splice(PLAN, tree)
    splice.put(path, "Aivan muuta 7.8.2023" + "\n" * splice.raw(path).endswith("\n"))
    made = renewed(dataset, splice.result(), language)
    (found,) = [one for one in made.entries if "Aivan muuta" in one.what and one.sort in (Sort.PAST, Sort.MOVED)]
    lines = made.text.splitlines()
    at = next(number for number, line in enumerate(lines) if "Aivan muuta 7.8." in line and "#" not in line)
    assert " 2024: " in lines[at - 1]
    if found.sort is Sort.MOVED:
        assert "7.8.2024" in lines[at]
    else:
        assert "7.8.2023" in " ".join(found.why)


def remark(text: str, line: str) -> str:
    """The remark that stands above a line of the plan."""
    lines = text.splitlines()
    at = next(number for number, one in enumerate(lines) if one.strip() == line)
    assert REMARK.match(lines[at - 1]), f"no remark above {line!r}"
    return REMARK.sub("", lines[at - 1])


REMARKS = {
    'title:   "Koelan suunnitelma 2024"': "Onko uusi teksti oikein? Vuosiluku vaihdettiin. Aiempi teksti: ”Koelan s",
    "date: 2023-01-16": "Mikä on uuden suunnitelman päiväys? Suunnitelmassa on vielä vanha päiväys: 16.1.2023.",
    "due: 12/24": "Onko uusi määräaika oikea: joulukuu 2024? Aiempi määräaika (joulukuu 2023) on ohi",
    "target: pysyy alle 900": "Kiristetäänkö tavoitetta? Tulos on ajalta 12/2023. Luku on 880 eli 20 henkilöä",
    'target: "<50 %"': "Pidetäänkö tavoite ennallaan vai muutetaanko sitä? Tulos on ajalta 12/2023. Luku on 51 %",
    "target: km. alle 46 vk": "Pidetäänkö tavoite ennallaan vai muutetaanko sitä? Tulos on ajalta 12/2023. Luku on 49",
    "target: yli 60": "Mistä tulos saadaan, ja pidetäänkö tavoite ennallaan? Uusin luku on kesäkuulta 2023,",
    "- indicator: palkkatuki": "Asetetaanko mittarille tavoite?",
    "-   text: Jonoja ei ole": "Toteutuiko tämä, ja jatketaanko mittaria?",
    "note: mitataan 5/2023 ja 10/2023": "Mikä on uusi ajankohta, vai poistetaanko kohta? Ohi kauden 2024 alkaessa: 5/",
    "-   Kehittämispäivä": "Mikä on uusi ajankohta, vai poistetaanko kohta? Ohi kauden 2024 alkaessa: toukokuussa",
    "- alkaa keväällä 2023": "Mikä on uusi ajankohta, vai poistetaanko kohta? Ohi kauden 2024 alkaessa: keväällä 2023.",
    "-   hanke päättyy 6/23": "Mikä on uusi ajankohta, vai poistetaanko kohta? Ohi kauden 2024 alkaessa: 6/23.",
    "-   title: Viestintä": "Kuka vastaa tästä rivistä? Riville ei ole nimetty vastuutahoa. Vastuu sovitaan myöhemmin.",
}


@pytest.mark.parametrize("line", REMARKS)
def test_a_remark_stands_above_what_it_is_about(dataset: Dataset, line: str) -> None:
    text = re.sub(r"^( *)-   indicator", r"\1- indicator", renewed(dataset, PLAN).text, flags=re.MULTILINE)
    assert remark(text, line).startswith(REMARKS[line])


def test_what_needs_no_decision_has_no_remark(dataset: Dataset) -> None:
    lines = renewed(dataset, PLAN).text.splitlines()
    for line in ("- jatkuu 2023–2025", "due: 2025", "means: tapaamiset", "- Esimies", "roles:"):
        at = next(number for number, one in enumerate(lines) if one.strip() == line)
        assert not REMARK.match(lines[at - 1]), line


PASSED = [
    ("kehittämispäivä (5/2023)", ["5/2023"]),
    ("uudistus keväällä 2023", ["keväällä 2023"]),
    ("ennen 31.5.2023 ja 2023-09", ["31.5.2023", "2023-09"]),
    ("info 6/23 ja 10/23, tulos 2/2024", ["6/23", "10/23"]),
    ("13.–14.3.2023", ["13.–14.3.2023"]),
    ("30.11.–2.1.2024", []),
    ("Toukokuussa 2023, tammi–helmikuussa 2023", ["Toukokuussa 2023", "helmikuussa 2023"]),
    ("vuosina 2021–2023", ["2021–2023"]),
    ("2023–2025 ja 5/2023–2/2024", []),
    ("lukuvuonna 2023/2024", []),
    ("TE2024, laki 380/2023, 2020-luvulla", []),
    ("2000 henkilöä, 2023 €, 24/7, 1/kk, 3/4", []),
    ("31.2.2023 ja 13/2023", []),
]


@pytest.mark.parametrize(("text", "found"), PASSED)
def test_dates_that_are_over_are_found(text: str, found: list[str]) -> None:
    assert past(text, Period.year(2023), Period.year(2024)) == found


FOUND = [
    ("2.5.2023 ja 2023-05-02", ["2023-05-02", "2023-05-02"]),
    ("5/2023, 5/23, 2023-05, toukokuussa 2023, Toukokuun 2023", ["2023-05"] * 5),
    ("13.–14.3.2021 ja 13. - 14.3.2021", ["2021-03-13/2021-03-14"] * 2),
    ("28.2.–3.3.2023", ["2023-02-28/2023-03-03"]),
    ("30.12.–2.1.2024", ["2023-12-30/2024-01-02"]),
    ("2.5.2023–3/2024, toukokuu 2023 – kesäkuu 2023", ["2023-05-02/2024-03-31", "2023-05-01/2023-06-30"]),
    ("lukuvuonna 2023/2024, vuonna 2023", ["2023-2024", "2023"]),
    ("tammi–helmikuulta 2022", ["2022"]),
    ("31.2.2023, TE2024, 380/2023, 2023 €, 2020-luku, 24/7", []),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_dates_are_found_as_people_write_them(text: str, found: list[str]) -> None:
    assert [str(one.period) for one in dates(text)] == found


MOVED = [
    ("Suunnitelma 2023", "Suunnitelma 2024"),
    ("Ohjelma 2021–2025, suunnitelma 2023", "Ohjelma 2021–2025, suunnitelma 2024"),
    ("TE2023 vuonna 2023", "TE2023 vuonna 2024"),
    ("1.1.–31.12.2023", "1.1.–31.12.2024"),
    ("Vuosi 2022", "Vuosi 2022"),
]


@pytest.mark.parametrize(("text", "now"), MOVED)
def test_a_titles_years_are_put_forward(text: str, now: str) -> None:
    assert moved(text, Period.year(2023), Period.year(2024)) == now


def test_the_years_of_a_plan_of_two_years_are_put_forward_by_two() -> None:
    assert moved("Suunnitelma 2023–2024", Period.of("2023-2024"), Period.of("2025-2026")) == "Suunnitelma 2025–2026"
