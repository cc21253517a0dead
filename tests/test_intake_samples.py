"""Every sample file of ../shared comes in with the figures that an independent reading finds, or is refused."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from reports.home import Home
from reports.intake.arrived import Asked
from reports.intake.importer import How, Imported, import_file
from reports.messages import catalogue
from reports.read.cube import Cube, Role
from reports.read.jsonstat import read_jsonstat
from reports.read.px import read_px
from tests.plain_cubes import MARKS, Found, plain_json, plain_px

WIDE = "statistics: 12r5\ncolumns:\n  area: alue\n  period: {time}\nacross: content\n{more}"
Figures = dict[tuple[str, str, str], str]


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("out")))


def brought_in(city: Home, path: Path, mapping: str = "", table: str = "") -> Imported:
    told = city.root.parent / "mapping.yaml"
    told.write_text(mapping, encoding="utf-8")
    asked = Asked(city, path, "kuvitteila", told if mapping else None, table)
    return import_file(asked, How(), date(2026, 11, 22))


def stored(city: Home, table: str) -> Figures:
    """What stands in data/statistics, read with the standard library alone."""
    found = {}
    for path in (city.data / "statistics" / table).glob("[0-9]*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["period"][:4] == path.stem
                found[row["period"], row["area"], row["content"]] = row["value"]
    return found


def wide(path: Path, separator: str, first: int) -> Iterator[tuple[tuple[str, str, str], str]]:
    """The figures of a file of the service: area and month in front, a content in each of the other columns."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=separator):
            month = (row.get("time") or row["kuukausi"]).replace("M", "-")
            for content, value in list(row.items())[first:]:
                yield (month, row["alue"], content), str(value).replace(".", ",") if value != "..." else "..."


@pytest.mark.slow
def test_all_areas_of_eighteen_years(city: Home, shared: Path) -> None:
    path = shared / "data" / "statfin" / "12r5-all-areas-2006-2023.csv"
    done = brought_in(city, path, WIDE.format(time="time", more=""))
    assert done.stored
    assert {one.code for one in done.problems} <= {"import-no-area"}
    found, wanted = stored(city, "12r5"), dict(wide(path, ",", 2))
    assert found == wanted
    assert len(found) == 3 * 88_596
    assert Counter(value == "..." for value in found.values())[True] > 10_000
    assert not brought_in(city, path, WIDE.format(time="time", more="")).merge.files


def test_a_few_areas(city: Home, shared: Path) -> None:
    path = shared / "data" / "statfin" / "12r5-salo-mikkeli-peers.csv"
    assert brought_in(city, path, WIDE.format(time="time", more="")).stored
    assert stored(city, "12r5") == dict(wide(path, ",", 2))


def test_a_month_in_all_its_contents(city: Home, shared: Path) -> None:
    path = shared / "data" / "statfin" / "12r5-2026M06-salo-mikkeli.csv"
    mapping = WIDE.format(time="kuukausi", more="decimals: point\nleave-out:\n  - nimi\n")
    done = brought_in(city, path, mapping)
    assert done.stored, done.problems
    found = stored(city, "12r5")
    assert found == {key: value for key, value in wide(path, ";", 3)}  # noqa: C416 - the later of two would be lost
    assert found["2026-06", "SSS", "TYOTOSUUS"] == "12,8"
    assert len({content for _, _, content in found}) == 23


def test_the_employment_areas_as_observations(city: Home, shared: Path) -> None:
    path = shared / "data" / "statfin" / "12r5-2026M06-employment-areas.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    area = city.data / "kuvitteila" / "area.yaml"
    names = "".join(f"  - name: {row['tyollisyysalue']}\n" for row in rows)
    area.write_text(area.read_text(encoding="utf-8").rstrip("\n") + f"\n{names}", encoding="utf-8")
    mapping = (
        "columns:\n  area: tyollisyysalue\nfixed:\n  period: 2026-06\nacross: indicator\ndecimals: point\n"
        "headings:\n  tyottomat: asiakkaat\n  tyottomyysaste_pct: aktivointiaste\n"
    )
    done = brought_in(city, path, mapping)
    assert done.stored, done.problems
    found = {one.name: one.new for one in done.merge.changes}
    assert len(found) == 2 * len(rows) == 92
    for row in rows:
        assert found[f"asiakkaat 2026-06 {row['tyollisyysalue']}"] == row["tyottomat"]
        assert found[f"aktivointiaste 2026-06 {row['tyollisyysalue']}"] == row["tyottomyysaste_pct"].replace(".", ",")


def test_a_real_px_file(city: Home, shared: Path) -> None:
    path = shared / "data" / "px" / "statfin_tyonv_eckero.px"
    assert brought_in(city, path, table="12r5").stored
    found = stored(city, "12r5")
    marks = path.read_text(encoding="iso-8859-15").partition("DATA=")[2]
    assert Counter(found.values())["..."] == marks.count('"..."') == 61
    numbers = [cell for cell in marks.replace(";", " ").split() if cell != '"..."']
    assert sorted(value.replace(",", ".") for value in found.values() if value != "...") == sorted(
        f"{float(cell):g}" if float(cell) < 1e6 else cell for cell in numbers
    )


OFFICES = """
    px/SCB-BefolkningR1860N.px px/TAB001.px px/TAB002.px px/TAB003.px px/TAB004.px px/TAB005.px px/tab4_fewcells.px
    px/statfin_akay_pxt_001.px px/statfin_vaerak_pxt_11rc.px jsonstat/TAB6471_data.json jsonstat/statswe.json
""".split()


def mapping_of(cube: Cube) -> str:
    """One code taken of every dimension that is neither time, area nor contents; the country where there is no area."""
    fixed = "" if cube.with_role(Role.AREA) else "fixed:\n  area: SSS\n"
    take = "".join(f'  "{one.id}": "{one.codes[-1]}"\n' for one in cube.dimensions if one.role is Role.NONE)
    return f"statistics: demo2\n{fixed}{'take:' if take else ''}\n{take}"


def wanted_of(cube: Cube, plain: Found) -> Figures:
    """The figures that the mapping takes, found by a plain reading of the file, as data/statistics writes them."""
    roles = {one.role: at for at, one in enumerate(cube.dimensions)}
    wanted = {}
    places = product(*(range(len(one.codes)) for one in cube.dimensions))
    for place, cell in zip(places, plain.values(), strict=True):
        codes = [one.codes[at] for one, at in zip(cube.dimensions, place, strict=True)]
        others = [
            one.codes[-1] == code for one, code in zip(cube.dimensions, codes, strict=True) if one.role is Role.NONE
        ]
        if all(others):
            area = codes[roles[Role.AREA]] if Role.AREA in roles else "SSS"
            key = (codes[roles[Role.TIME]].replace("M", "-"), area, codes[roles[Role.CONTENTS]])
            wanted[key] = cell if cell in MARKS else f"{Decimal(cell)}".replace(".", ",")
    return wanted


@pytest.mark.parametrize("name", OFFICES)
def test_a_table_of_a_statistics_office_is_stored_as_a_plain_reading_finds_it(
    city: Home, shared: Path, name: str
) -> None:
    path = shared / "data" / name
    data = path.read_bytes()
    is_px = path.suffix == ".px"
    cube, _ = (read_px if is_px else read_jsonstat)(data, name)
    assert cube
    plain = plain_px(data.decode("utf-8" if "fewcells" in name else "cp1252")) if is_px else plain_json(data)
    done = brought_in(city, path, mapping_of(cube))
    assert done.stored, done.problems
    assert stored(city, "demo2") == wanted_of(cube, plain)
    assert not brought_in(city, path, mapping_of(cube)).merge.files


def test_the_other_files_are_refused_in_words(city: Home, shared: Path) -> None:
    tried = 0
    for path in sorted((shared / "data").rglob("*.*")):
        if path.suffix in (".csv", ".px", ".json") and "12r5" not in path.name and "eckero" not in path.name:
            done = brought_in(city, path)
            assert not done.stored
            assert [catalogue("fi").problem(one) for one in done.problems if not one.warning], path.name
            tried += 1
    assert tried > 25
