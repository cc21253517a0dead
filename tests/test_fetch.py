"""Fetching figures from the service: both generations of names, sums of areas, what is asked, what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from reports.home import open_home
from reports.intake.services import Service, read_service
from reports.model import Mark, Status
from reports.read.schema import schemas, written
from reports.read.yaml import read_yaml
from reports.starter import make_home
from tests.fetch_city import (
    FORCE,
    RATE,
    STATISTICS,
    UNEMPLOYED,
    demo_table,
    fetch_city,
    figure,
    figures_of,
    find_figure,
    point_at,
)
from tests.pxweb_server import PxWeb, serving
from tests.trips import City

FETCH = ("fetch", "statfin")


@pytest.fixture(params=["old", "new"])
def generation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server() -> Iterator[PxWeb]:
    with serving(demo_table()) as running:
        yield running


@pytest.fixture
def city(tmp_path: Path, server: PxWeb, capsys: pytest.CaptureFixture[str]) -> City:
    return fetch_city(tmp_path / "city", server, capsys)


def stages(server: PxWeb) -> list[str]:
    return [stage for _, stage, _ in server.calls]


def test_figures_come_in_both_generations_of_names(
    tmp_path: Path, generation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = demo_table()
    with serving(table, generation=generation) as server:
        city = fetch_city(tmp_path / "city", server, capsys)
        said = city.run(*FETCH)
    assert said.code == 0, said.all
    for month in ("2020-01", "2021-12"):
        found = figure(city, "tyottomat", month, "Kuvitteila")
        assert str(found.value) == table.cells["KU991", UNEMPLOYED, month.replace("-", "M")]
        assert found.status is Status.FINAL
    asked = ["config", "metadata", "metadata", "data"] if generation == "old" else ["config", "metadata", "data"]
    assert stages(server) == asked, "the newer name of a table is tried first"


def test_both_generations_give_the_same_files(tmp_path: Path) -> None:
    found = []
    for generation in ("old", "new"):
        with serving(demo_table(), generation=generation) as server:
            city = fetch_city(tmp_path / generation, server)
            assert city.apart(*FETCH).code == 0
        text = (city.folder / STATISTICS / "2021.csv").read_text(encoding="utf-8")
        found.append([",".join(line.split(",")[:4]) for line in text.splitlines()])
    assert found[0] == found[1]
    assert len(found[0]) > 70


def test_fetching_again_changes_nothing(city: City) -> None:
    assert city.run(*FETCH).code == 0
    first = figures_of(city)
    said = city.run(*FETCH)
    assert said.code == 0
    assert figures_of(city) == first
    assert sum(name.startswith("snapshots/demo/") for name in first) == 1


def test_an_area_that_the_service_lacks_is_added_up(city: City, server: PxWeb) -> None:
    cells = server.tables[0].cells
    assert city.run(*FETCH).code == 0
    both = figure(city, "tyottomat", "2021-05", "Yhteistyöalue")
    parts = [Decimal(cells[area, UNEMPLOYED, "2021M05"]) for area in ("KU991", "KU992")]
    assert both.value == sum(parts)


def test_a_rate_is_worked_out_anew_and_never_added_up(city: City, server: PxWeb) -> None:
    cells = server.tables[0].cells
    assert city.run(*FETCH).code == 0
    rate = figure(city, "tyottomyysaste", "2021-05", "Yhteistyöalue")
    people, force = (
        sum(Decimal(cells[area, content, "2021M05"]) for area in ("KU991", "KU992")) for content in (UNEMPLOYED, FORCE)
    )
    assert rate.value == round(Decimal(people) * 100 / Decimal(force), 1)


def test_a_rate_without_part_and_whole_has_no_sum_and_this_is_said(city: City) -> None:
    city.change("data/kuvitteila/indicators.yaml", "  part: tyottomat\n  whole: tyovoima\n", "")
    said = city.run(*FETCH)
    assert said.code == 0
    assert "Työttömyysaste" in said.out.partition("summia ei ole")[2]
    assert figure(city, "tyottomyysaste", "2021-05", "Kuvitteila")
    assert find_figure(city, "tyottomyysaste", "2021-05", "Yhteistyöalue") is None


def test_a_rate_that_nobody_called_one_is_told_by_the_service(city: City) -> None:
    city.change(
        "data/kuvitteila/indicators.yaml", '  unit: "%"\n  decimals: 1\n  source: demo', "  unit: osuus\n  source: demo"
    )
    city.change("data/kuvitteila/indicators.yaml", "  part: tyottomat\n  whole: tyovoima\n", "")
    said = city.run(*FETCH)
    assert "Työttömyysaste" in said.out.partition("summia ei ole")[2], said.all
    rows = (city.folder / STATISTICS / "2021.csv").read_text(encoding="utf-8")
    assert f"YHT,{RATE}" not in rows


def test_a_hidden_member_hides_the_sum(city: City, server: PxWeb) -> None:
    server.tables[0].cells["KU992", UNEMPLOYED, "2021M05"] = "..."
    assert city.run(*FETCH).code == 0
    for area in ("Naapurila", "Yhteistyöalue"):
        found = figure(city, "tyottomat", "2021-05", area)
        assert (found.value, found.mark) == (None, Mark.HIDDEN)
    rate = figure(city, "tyottomyysaste", "2021-05", "Yhteistyöalue")
    assert rate.mark is Mark.HIDDEN, "a rate would give the hidden count away"
    assert figure(city, "tyottomat", "2021-05", "Kuvitteila").value is not None


@pytest.mark.parametrize(("written", "mark"), [("..", Mark.UNAVAILABLE), (".", Mark.NOT_APPLICABLE), ("-", Mark.NIL)])
def test_the_marks_are_kept_apart(city: City, server: PxWeb, written: str, mark: Mark) -> None:
    server.tables[0].cells["KU992", UNEMPLOYED, "2021M05"] = written
    assert city.run(*FETCH).code == 0
    found = figure(city, "tyottomat", "2021-05", "Naapurila")
    both = figure(city, "tyottomat", "2021-05", "Yhteistyöalue")
    assert found.mark is mark
    known = figure(city, "tyottomat", "2021-05", "Kuvitteila")
    assert (both.value, both.mark) == ((known.value, None) if mark is Mark.NIL else (None, mark))


def test_a_content_of_one_figure_a_year_is_kept_once(city: City) -> None:
    assert city.run(*FETCH).code == 0
    assert figure(city, "tyovoima", "2021", "Kuvitteila").value == Decimal(9000 // 2 + 5)
    assert find_figure(city, "tyovoima", "2021-05", "Kuvitteila") is None
    assert figure(city, "tyovoima", "2021", "Yhteistyöalue").value == 4505 + 3005


def test_a_content_that_differs_within_the_year_after_all_is_kept_whole(city: City, server: PxWeb) -> None:
    server.tables[0].cells["KU991", FORCE, "2021M05"] = "4506"
    said = city.run(*FETCH)
    assert (said.code, "yearly" in said.err) == (0, True)
    assert find_figure(city, "tyovoima", "2021", "Kuvitteila") is None
    assert figure(city, "tyovoima", "2021-05", "Kuvitteila").value == 4506
    assert figure(city, "tyovoima", "2021", "Naapurila").value == 3005


def test_a_preliminary_month_is_marked(city: City, server: PxWeb) -> None:
    server.tables[0].times["2021M12"] = "2021M12*"
    assert city.run(*FETCH).code == 0
    assert figure(city, "tyottomat", "2021-12", "Kuvitteila").status is Status.PRELIMINARY
    assert figure(city, "tyottomat", "2021-11", "Kuvitteila").status is Status.FINAL


def test_since_says_where_to_begin(city: City) -> None:
    assert city.run(*FETCH, "--since", "2021-11").code == 0
    assert not (city.folder / STATISTICS / "2020.csv").exists()
    assert find_figure(city, "tyottomat", "2021-10", "Kuvitteila") is None
    assert figure(city, "tyottomat", "2021-11", "Kuvitteila")
    assert city.run(*FETCH).code == 0
    assert figure(city, "tyottomat", "2021-01", "Kuvitteila"), "from the first year on that there are figures of"
    assert not (city.folder / STATISTICS / "2020.csv").exists()


def test_a_month_without_any_figure_yet_is_left_out_and_said(city: City, server: PxWeb) -> None:
    server.tables[0].times["2022M01"] = "2022M01"
    said = city.run(*FETCH)
    assert (said.code, "2022-01" in said.err) == (0, True)
    assert not (city.folder / STATISTICS / "2022.csv").exists()
    assert city.run(*FETCH, "--strict").code == 1


def test_an_area_that_the_service_no_longer_has_is_said_and_the_rest_is_fetched(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    before = figure(city, "tyottomat", "2021-05", "Naapurila")
    del server.tables[0].areas["KU992"]
    server.tables[0].cells["KU991", UNEMPLOYED, "2021M05"] = "777"
    said = city.run(*FETCH)
    assert said.code == 0
    assert "Naapurila" in said.err
    assert "KU991" in said.err.partition("Lähimmät")[2]
    assert "Yhteistyöalue" in said.err, "an area that lacks a member is not added up"
    assert figure(city, "tyottomat", "2021-05", "Kuvitteila").value == 777
    assert figure(city, "tyottomat", "2021-05", "Naapurila") == before


def test_an_area_of_members_without_a_code_is_said(city: City) -> None:
    city.change("data/kuvitteila/area.yaml", "    statistics: YHT\n", "")
    said = city.run(*FETCH)
    assert (said.code, "Yhteistyöalue" in said.err, "OMA-ALUE" in said.err) == (0, True, True)


def test_a_code_for_those_without_a_place_is_said(city: City) -> None:
    city.change("data/kuvitteila/area.yaml", "    statistics: KU992\n", "    statistics: KU199\n")
    said = city.run(*FETCH)
    assert (said.code, "KU199" in said.err) == (0, True)


def test_a_code_made_of_other_members_elsewhere_is_an_error(city: City, server: PxWeb) -> None:
    other = city.folder / "data" / "toinen"
    other.mkdir()
    for name in ("area", "indicators", "sources"):
        text = (city.folder / f"data/kuvitteila/{name}.yaml").read_text(encoding="utf-8")
        (other / f"{name}.yaml").write_text(text.replace("      - Naapurila\n", ""), encoding="utf-8")
    said = city.run(*FETCH)
    assert said.code == 1
    assert "data/toinen/area.yaml" in said.err
    assert "YHT" in said.err
    assert stages(server) == []
    assert city.run(*FETCH, "--area", "toinen").code == 0


def test_two_areas_share_one_table(city: City) -> None:
    other = city.folder / "data" / "toinen"
    other.mkdir()
    for name in ("area", "indicators", "sources"):
        text = (city.folder / f"data/kuvitteila/{name}.yaml").read_text(encoding="utf-8")
        text = text.replace("KU992", "KU993").replace("    statistics: YHT\n", "    statistics: YHT-2\n")
        (other / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert city.run(*FETCH).code == 0
    rows = (city.folder / STATISTICS / "2021.csv").read_text(encoding="utf-8")
    assert {f"2021-05,{area},{UNEMPLOYED}" in rows for area in ("KU991", "KU992", "KU993", "YHT", "YHT-2")} == {True}


def test_what_is_wanted_of_a_further_dimension_is_its_total(city: City, server: PxWeb) -> None:
    server.tables[0].more["Sukupuoli"] = {"1": "Miehet", "2": "Naiset", "SSS": "Yhteensä"}
    assert city.run(*FETCH).code == 0
    assert figure(city, "tyottomat", "2021-05", "Kuvitteila")


def test_the_total_of_a_further_dimension_can_be_chosen(city: City, server: PxWeb) -> None:
    server.tables[0].more["Sukupuoli"] = {"1": "Miehet", "2": "Naiset", "9": "Yhteensä"}
    assert city.run(*FETCH).code == 4
    city.change("data/services.yaml", "      yearly:\n", "      totals:\n        Sukupuoli: 9\n      yearly:\n")
    assert city.run(*FETCH).code == 0


def test_quiet_says_nothing(city: City, server: PxWeb) -> None:
    point_at(city, server.address)
    said = city.run(*FETCH, "--quiet")
    assert (said.code, said.all) == (0, "")


def test_the_repositorys_services_are_read_and_fit_their_schema(root: Path) -> None:
    service = read_service(open_home(root), "statfin")
    assert service.address.startswith("https://")
    assert {"12r5", "12u4"} <= set(service.tables)
    found = schemas({"services": Mapping[str, Service]})["services"]
    assert json.loads((root / "docs/schema/services.json").read_text(encoding="utf-8")) == found
    text = (root / "data/services.yaml").read_text(encoding="utf-8")
    TypeAdapter(written(Mapping[str, Service])).validate_python(read_yaml(text, "services.yaml")[0].data)


def test_a_new_home_only_has_to_name_what_it_wants(
    tmp_path: Path, server: PxWeb, capsys: pytest.CaptureFixture[str]
) -> None:
    """It comes with the services of the program's own home; until an indicator names a table, it says what to write."""
    folder = tmp_path / "oma"
    make_home(folder)
    made = City(folder, capsys)
    assert read_service(open_home(folder), "statfin").tables.keys() == {"12r5", "12u4"}
    said = made.run(*FETCH)
    assert said.code == 1
    assert "statistics: 12r5 TYOTTOMATLOPUSSA" in said.err
    point_at(made, server.address)
    made.change("data/kunta/area.yaml", "statistics: KU990", "statistics: KU991")
    assert made.run(*FETCH, "--since", "2020").code == 0
