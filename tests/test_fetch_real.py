"""The service with the real figures of ../shared: what is fetched is what an independent reading of them finds."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from reports.home import open_home
from reports.model import Dataset, Mark
from reports.period import Period
from reports.read.dataset import read_dataset
from tests.pxweb_server import Cell, PxTable, PxWeb, serving
from tests.trips import ROOT, City

FETCH = ("fetch", "statfin", "--area", "salo")
FILES = {"old": "statfin_tyonv_pxt_12r5.px", "new": "12r5.px"}
LABELS = {"TYOTTOMATLOPUSSA": "Työttömät (lkm.)", "TYOVOIMATK": "Työvoima (lkm.)", "AVPAIKATLOPUSSA": "Avoimet (lkm.)"}
CONTENTS = {"tyottomat": "TYOTTOMATLOPUSSA", "avoimet-tyopaikat": "AVPAIKATLOPUSSA"}
AREAS = {"Salo": "KU734", "Marttila": "KU480", "Koski Tl": "KU284", "Koko maa": "SSS"}
JUNE = "2026M06"
RATE = """
tyottomyysaste:
  name: Työttömyysaste
  unit: "%"
  decimals: 1
  source: statfin-12r5
  statistics: 12r5 TYOTOSUUS
  part: tyottomat
  whole: tyovoima
"""


def long_table(path: Path) -> PxTable:
    """The table of all areas from 2006 to 2023."""
    cells: dict[Cell, str] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            month = row["time"].replace("-", "M")
            cells |= {(row["alue"], content, month): row[content] or "..." for content in LABELS}
    areas = {area: area for area, _, _ in cells}
    return PxTable(FILES, areas, dict(LABELS), {month: month for month in sorted({m for *_, m in cells})}, cells)


def june_table(path: Path) -> PxTable:
    """The table of some areas in June 2026, in 23 contents."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    contents = {name: name for name in rows[0] if name.isupper()}
    cells = {(row["alue"], content, JUNE): row[content] for row in rows for content in contents}
    units = {"TYOTOSUUS": ("%", 1)}
    return PxTable(FILES, {row["alue"]: row["nimi"] for row in rows}, contents, {JUNE: JUNE}, cells, units)


def salo(folder: Path, server: PxWeb, capsys: pytest.CaptureFixture[str]) -> City:
    """The repository's own home, with the service at hand."""
    shutil.copytree(ROOT / "data", folder / "data")
    city = City(folder, capsys)
    city.change("data/services.yaml", "https://pxdata.stat.fi/PxWeb/api/v1/fi", server.address)
    city.change("data/services.yaml", "StatFin/tyonv", "StatFin/keksi")
    return city


def dataset_of(city: City, years: range) -> Dataset:
    found = read_dataset(open_home(city.folder), "salo", years)
    assert [one for one in found.problems if not one.warning] == []
    return found


@pytest.mark.parametrize("generation", ["old", "new"])
def test_salos_figures_since_2020_are_those_of_the_register(
    tmp_path: Path, shared: Path, generation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = long_table(shared / "data/statfin/12r5-all-areas-2006-2023.csv")
    with serving(table, generation=generation) as server:
        city = salo(tmp_path / "home", server, capsys)
        said = city.run(*FETCH, "--since", "2020-01")
    assert said.code == 0, said.all
    assert "muuttuneita 0" in said.out, "the figures that the repository holds are the same"
    dataset = dataset_of(city, range(2020, 2024))
    compared = 0
    for indicator, content in CONTENTS.items():
        for name, code in AREAS.items():
            for month in Period.of("2020-2023").months():
                text = table.cells.get((code, content, str(month).replace("-", "M")))
                found = dataset.find(indicator, month, name)
                if text is None:
                    assert found is None
                    continue
                assert found
                assert (str(found.mark) if found.value is None else str(found.value)) == text
                compared += 1
    assert compared == 2 * 4 * 46
    force = dataset.find("tyovoima", Period.year(2021), "Salo")
    assert force
    assert str(force.value) == table.cells["KU734", "TYOVOIMATK", "2021M05"]


def test_the_trial_is_added_up_and_hidden_where_a_member_is(
    tmp_path: Path, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = long_table(shared / "data/statfin/12r5-all-areas-2006-2023.csv")
    with serving(table) as server:
        city = salo(tmp_path / "home", server, capsys)
        assert city.run(*FETCH, "--since", "2020-01").code == 0
    dataset = dataset_of(city, range(2020, 2024))
    november = dataset.find("tyottomat", Period.of("2022-11"), "Kokeilu")
    assert november
    assert november.value == 2221
    # Marttila's vacancies of October 2023 are hidden in the register.
    october = dataset.find("avoimet-tyopaikat", Period.of("2023-10"), "Kokeilu")
    assert october
    assert (october.value, october.mark) == (None, Mark.HIDDEN)


def test_an_employment_area_comes_to_the_totals_worked_out_elsewhere(
    tmp_path: Path, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = june_table(shared / "data/statfin/12r5-2026M06-salo-mikkeli.csv")
    expected = employment_areas(shared)
    with serving(table) as server:
        city = salo(tmp_path / "home", server, capsys)
        members = {"Salo": members_of(shared, "Salo"), "Mikkelin seutu": members_of(shared, "Mikkelin seutu")}
        indicators = city.folder / "data/salo/indicators.yaml"
        indicators.write_text(indicators.read_text(encoding="utf-8").rstrip("\n") + RATE, encoding="utf-8")
        (city.folder / "data/salo/area.yaml").write_text(area_file(members), encoding="utf-8")
        said = city.run(*FETCH)
    assert said.code == 0, said.all
    found = {}
    text = (city.folder / "data/statistics/12r5/2026.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["area"].startswith("TA-"):
            found[row["area"], row["content"]] = row["value"]
    assert len(members["Salo"]) == 4
    for number, name in enumerate(members):
        assert found[f"TA-{number}", "TYOTTOMATLOPUSSA"] == expected[name]["tyottomat"]
        assert found[f"TA-{number}", "TYOVOIMATK"] == expected[name]["tyovoima"]
        assert found[f"TA-{number}", "TYOTOSUUS"] == expected[name]["tyottomyysaste_pct"].replace(".", ",")
    assert found["TA-0", "AVPAIKATLOPUSSA"] == expected["Salo"]["avoimet_paikat"]


def employment_areas(shared: Path) -> dict[str, dict[str, str]]:
    path = shared / "data/statfin/12r5-2026M06-employment-areas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["tyollisyysalue"]: row for row in csv.DictReader(file, delimiter=";")}


def members_of(shared: Path, name: str) -> dict[str, str]:
    """The municipalities of an employment area: name to code."""
    with (shared / "data/municipalities/municipality_key_2026.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["tyollisyysalue_name_fi"] == name]
    return {row["municipality_name_fi"]: f"KU{int(row['kunta']):03d}" for row in rows}


def area_file(areas: Mapping[str, Mapping[str, str]]) -> str:
    """An area.yaml of employment areas and their municipalities."""
    lines = ["organisation: Koe", "municipality: Salo", "scope: Salo", "areas:"]
    for codes in areas.values():
        for name, code in codes.items():
            lines += [f"  - name: {name}", f"    statistics: {code}"]
    for number, (name, codes) in enumerate(areas.items()):
        lines += [f"  - name: Alue {name}", f"    statistics: TA-{number}", "    members:"]
        lines += [f"      - {member}" for member in codes]
    return "\n".join(lines) + "\n"
