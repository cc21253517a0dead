"""What a public page may show: beside other pages, in other languages, with shares and services; what stops it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reports.disclosure import Published, published
from reports.model import Area, Dataset, Indicator, Key, Mark, Sum
from reports.prepare import prepare
from reports.public import safe
from tests.made_disclosure import MONTH, PLACE, counted, dataset, observation, shown
from tests.short_city import AREA, FOLDER, order, rows, short_city
from tests.short_city import MONTH as AT
from tests.trips import City

NEIGHBOUR = "hakijat;2024-05;Naapuri"
WORDLESS = """{0}:
  name: Luku
  unit: kpl
  source: rekisteri
"""
SERVICE = """palvelussa:
  name: Palvelussa
  unit: henkilöä
  source: rekisteri
  register: persons
aste:
  name: Aste
  unit: "%"
  decimals: 1
  source: rekisteri
  part: palvelussa
  whole: hakijat
"""


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return short_city(tmp_path / "home", capsys)


def give(city: City, text: str) -> None:
    """Let the neighbours' people of the last month be these."""
    given = rows().replace(f"{NEIGHBOUR};60", f"{NEIGHBOUR};{text}")
    assert f"{NEIGHBOUR};{text}\n" in given
    city.write(f"{FOLDER}/{AT}/observations.csv", given)


def told(city: City, language: str = "") -> tuple[str, str]:
    """The value and the mark of the neighbours' people on the page of the last month."""
    file = city.folder / "out" / AREA / "site" / language / AT / "data.csv"
    found = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";")
    places = ("Naapuri", "Grannby")
    row = next(one for one in found if (one["indicator"], one["period"]) == ("hakijat", AT) and one["area"] in places)
    return row["value"], row["mark"]


def build(city: City, *arguments: str) -> None:
    said = city.run("report", "short", AT, *arguments)
    assert said.code == 0, said.all


def test_what_was_not_available_yet_is_no_secret(city: City) -> None:
    give(city, "..")
    build(city)
    assert told(city) == ("", "..")
    give(city, "61")
    build(city)
    assert told(city) == ("61", "")


def test_what_was_hidden_stays_hidden(city: City) -> None:
    give(city, "3")
    build(city)
    give(city, "61")
    build(city)
    assert told(city) == ("", "...")


def test_also_what_a_page_in_another_language_hid_under_another_name(city: City) -> None:
    give(city, "3")
    build(city, "--document-lang", "sv")
    assert told(city, "sv") == ("", "...")
    give(city, "61")
    build(city)
    assert told(city) == ("", "...")


class Asked:
    """What `published` was asked, and its answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.earlier: list[Mapping[Key, Any]] = []
        self.keys: list[set[Key]] = []
        self.out: list[Published] = []
        monkeypatch.setattr(safe, "published", self)

    def __call__(self, of: Dataset, *, earlier: Mapping[Key, Any]) -> Published:
        self.earlier.append(earlier)
        self.keys.append(set(of.observations))
        self.out.append(published(of, earlier=earlier))
        return self.out[-1]


def test_a_figure_that_a_page_shows_and_that_still_holds_is_known_whatever_another_hides(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    build(city)
    site = city.folder / "out" / AREA / "site"
    data = (site / AT / "data.json").read_text(encoding="utf-8")
    later = site / "2024-06"
    later.mkdir()
    shown_there = '"area": "Naapuri",\n   "value": 60,\n   "mark": ""'
    assert data.count(shown_there) >= 1
    later.joinpath("data.json").write_text(
        data.replace(shown_there, shown_there.replace("60", "null").replace('""', '"..."')), encoding="utf-8"
    )
    prepare(order(city))
    assert str(asked.earlier[-1][next(key for key in asked.keys[-1] if key_of(key) == NEIGHBOUR)]) == "60"


@pytest.mark.parametrize(("language", "called"), [("fi", "Kunnat yhteensä"), ("sv", "Kommunerna totalt")])
def test_a_sum_is_told_by_its_own_name_and_known_by_it_later(
    city: City, monkeypatch: pytest.MonkeyPatch, language: str, called: str
) -> None:
    total = "  - name: Seutu\n    sv: regionen\n    total:\n      fi: Kunnat yhteensä\n      sv: Kommunerna totalt\n"
    setup = (city.folder / FOLDER / "area.yaml").read_text(encoding="utf-8")
    city.write(f"{FOLDER}/area.yaml", setup + total)
    city.change(f"{FOLDER}/monthly.yaml", "areas:\n", "total: Seutu\nareas:\n")
    city.write(f"{FOLDER}/{AT}/observations.csv", f"{rows()}hakijat;{AT};Seutu;470\nvoima;{AT};Seutu;5900\n")
    asked = Asked(monkeypatch)
    build(city, "--document-lang", language)
    folder = city.folder / "out" / AREA / "site" / ("" if language == "fi" else language) / AT
    table = io.StringIO((folder / "data.csv").read_text(encoding="utf-8-sig"))
    names = {row["area"] for row in csv.DictReader(table, delimiter=";")}
    assert called in names
    assert not {"Seutu", "Regionen"} & names
    assert f", {called}".lower() in (folder / "index.html").read_text(encoding="utf-8").lower()
    prepare(order(city))
    key = next(key for key in asked.keys[-1] if key_of(key) == f"hakijat;{AT};Seutu")
    assert asked.earlier[-1][key] == 470


def key_of(key: Key) -> str:
    return f"{key[0]};{key[1]};{key[2]}"


def with_services(city: City, share: str = "") -> None:
    city.change(f"{FOLDER}/indicators.yaml", "voima:\n", f"{SERVICE}voima:\n")
    city.change(f"{FOLDER}/monthly.yaml", "areas:\n", "services:\n  - aste\nareas:\n")
    more = f"palvelussa;{AT};Kuvala;3\naste;{AT};Kuvala;{share}\n" if share else f"palvelussa;{AT};Kuvala;300\n"
    city.write(f"{FOLDER}/{AT}/observations.csv", rows() + more)


def test_the_short_version_and_the_release_are_made_of_the_same_figures(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_services(city, "0,7")
    asked = Asked(monkeypatch)
    for name in ("short", "release"):
        prepare(order(city)._replace(name=name))
    assert asked.keys[0] == asked.keys[1]
    assert asked.out[0] == asked.out[1]


def test_a_share_of_a_few_is_hidden_though_the_page_does_not_show_them(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_services(city, "0,7")
    asked = Asked(monkeypatch)
    prepare(order(city)._replace(name="release"))
    assert {one.key[0] for one in asked.out[0].hidden} == {"palvelussa", "aste"}


def test_a_month_whose_figures_are_to_come_has_no_fault(city: City) -> None:
    (city.folder / FOLDER / "2024-06").mkdir()
    said = city.run("check")
    assert said.code == 0, said.all
    assert "2024-06" not in said.err
    assert city.run("report", "short", "2024-06").code == 4


def test_but_what_there_is_of_it_may_have_one(city: City) -> None:
    city.write(f"{FOLDER}/2024-06/observations.csv", "indicator;period;area;value\nhakijat;2024-06;Nowhere;5\n")
    said = city.run("check")
    assert said.code == 1
    assert "Nowhere" in said.err


def test_figures_that_there_are_no_words_for_are_told_by_name(city: City) -> None:
    city.write(f"{FOLDER}/indicators.yaml", "".join(WORDLESS.format(name) for name in ("hakijat", "voima", "paikat")))
    city.write(f"{FOLDER}/monthly.yaml", "people: hakijat\nvacancies: paikat\nareas:\n  - Kuvala\n  - Naapuri\n")
    said = city.run("report", "short", AT)
    assert said.code == 1
    assert "indicators.yaml" in said.err
    assert "hakijat, paikat" in said.err
    assert "nouns" in said.err


def towns(*values: int, total: int, sums: tuple[Sum, ...] = ()) -> Dataset:
    """Towns with their total as it stands in the figures."""
    names = [f"A{number}" for number in range(len(values))]
    figures = [observation(("c", MONTH, name, ""), value) for name, value in zip(names, values, strict=True)]
    areas = [*map(Area, names), Area("All", members=tuple(names))]
    return dataset([counted("c")], areas, [*figures, observation(("c", MONTH, "All", ""), total)], sums)


@pytest.mark.parametrize(("off", "hidden"), [(0, 2), (4, 2), (-4, 2), (5, 1)])
def test_a_total_that_is_off_by_a_few_tells_its_parts_all_the_same(off: int, hidden: int) -> None:
    assert len(published(towns(3, 20, 30, total=53 + off)).hidden) == hidden


@pytest.mark.parametrize(("off", "hidden"), [(0, 2), (4, 2), (5, 1)])
def test_and_so_do_groups_that_nearly_add_up(off: int, hidden: int) -> None:
    values = {"x": 3, "y": 20, "z": 30, "": 53 + off}
    figures = [observation(("c", MONTH, "A", group), value) for group, value in values.items()]
    assert len(published(dataset([counted("c", ["x", "y", "z"])], [Area("A")], figures)).hidden) == hidden


@pytest.mark.parametrize(("off", "hidden"), [(0, 2), (4, 2), (5, 1)])
def test_and_a_declared_sum(off: int, hidden: int) -> None:
    values = {"all": 53 + off, "x": 3, "y": 20, "z": 30}
    figures = [observation((name, MONTH, "A", ""), value) for name, value in values.items()]
    adds = Sum("s", f"all {MONTH} A", tuple(f"{name} {MONTH} A" for name in "xyz"), PLACE)
    of = dataset([counted(name) for name in values], [Area("A")], figures, [adds])
    assert len(published(of).hidden) == hidden


def test_a_part_that_nobody_gives_does_not_stop_a_publication() -> None:
    of = towns(3, 20, 30, total=53)
    share = Indicator("s", "s", "%", 1, part="p", whole="c")
    of = dataset([counted("c"), counted("p"), share], of.setup.areas, of.observations.values())
    out = published(of)
    assert {one.key[2] for one in out.hidden} == {"A0", "A1"}
    assert len(shown(out.dataset)) == 2


def test_nor_do_several_that_the_source_hides() -> None:
    of = towns(3, 20, 30, total=53)
    figures = {**of.observations, ("c", MONTH, "A0", ""): observation(("c", MONTH, "A0", ""), None, Mark.HIDDEN)}
    figures[("c", MONTH, "A1", "")] = observation(("c", MONTH, "A1", ""), None, Mark.HIDDEN)
    figures |= {("w", MONTH, name, ""): observation(("w", MONTH, name, ""), 9000) for name in ("A0", "A1", "A2")}
    del figures[("c", MONTH, "All", "")]
    share = Indicator("s", "s", "%", 1, part="c", whole="w")
    of = dataset([counted("c"), Indicator("w", "w", "persons"), share], of.setup.areas, figures.values())
    assert len(published(of).hidden) == 2
