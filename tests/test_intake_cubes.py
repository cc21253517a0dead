"""PC-Axis and JSON-stat files become statistics: time, area and contents, one code of every other dimension."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reports.home import Home
from reports.intake.arrived import Asked
from reports.intake.importer import How, Imported, import_file

CUBES = Path(__file__).parent / "data" / "cubes"
DIMENSIONS: dict[str, dict[str, str]] = {
    "Alue": {"KU991": "Kuvitteila", "KU992": "Naapurila"},
    "Kuukausi": {"2022M01": "2022M01", "2022M02": "2022M02"},
    "Tiedot": {"AKTASTE": "Aktivointiaste"},
    "Sukupuoli": {"SSS": "Yhteensä", "1": "Miehet", "2": "Naiset"},
}


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("out")))


def json_stat(dimensions: Mapping[str, Mapping[str, str]]) -> bytes:
    """A JSON-stat table of these dimensions; each figure is its place, counted from 0."""
    size = [len(codes) for codes in dimensions.values()]
    count = 1
    for length in size:
        count *= length
    made: dict[str, Any] = {"version": "2.0", "class": "dataset", "label": "Koe", "id": [*dimensions], "size": size}
    made["dimension"] = {
        name: {"label": name, "category": {"index": [*codes], "label": dict(codes)}}
        for name, codes in dimensions.items()
    }
    return json.dumps(made | {"value": list(range(count))}).encode()


def brought_in(city: Home, data: bytes, mapping: str = "", name: str = "a.json", table: str = "koe") -> Imported:
    path = city.root.parent / name
    path.write_bytes(data)
    told = city.root.parent / "mapping.yaml"
    told.write_text(mapping, encoding="utf-8")
    asked = Asked(city, path, "kuvitteila", told if mapping else None, table)
    return import_file(asked, How(), date(2026, 11, 22))


def rows(city: Home, year: int = 2022) -> list[list[str]]:
    text = (city.data / "statistics" / "koe" / f"{year}.csv").read_text(encoding="utf-8")
    return [line.split(",") for line in text.split("\n")[1:-1]]


def test_a_px_file_is_stored_cell_by_cell(city: Home) -> None:
    done = brought_in(city, (CUBES / "keksitty.px").read_bytes(), name="keksitty.px")
    assert done.stored, done.problems
    text = (city.data / "statistics" / "koe" / "2024.csv").read_text(encoding="utf-8")
    stored = [line.rpartition(",") for line in text.split("\n")[1:-1]]
    assert [line for line, _, _ in stored][:6] == [
        "2024-08,KU093,TYOTOSUUS,...,final",
        "2024-08,KU093,TYOTTOMATLOPUSSA,...,final",
        "2024-08,KU093,UUDETAVP,..,final",
        '2024-08,KU991,TYOTOSUUS,"8,2",final',
        "2024-08,KU991,TYOTTOMATLOPUSSA,595,final",
        "2024-08,KU991,UUDETAVP,31,final",
    ]
    assert "2024-09,KU991,UUDETAVP,...,final" in text
    assert "2024-09,KU992,UUDETAVP,-,final" in text
    assert stored[4][2].split(" ")[1] == "1", "the first cell of the file"


def test_the_same_table_as_json_changes_nothing(city: Home) -> None:
    brought_in(city, (CUBES / "keksitty.px").read_bytes(), name="keksitty.px")
    again = brought_in(city, (CUBES / "keksitty.json").read_bytes(), name="keksitty.json")
    (counts,) = again.merge.counts.values()
    assert not any(not one.warning for one in again.problems), again.problems
    assert (counts["added"], counts["changed"]) == (0, 0)
    assert counts["same"] > 10


def test_of_another_dimension_one_code_is_taken(city: Home) -> None:
    data = json_stat(DIMENSIONS)
    asked = brought_in(city, data)
    assert [one.code for one in asked.problems] == ["import-dimension"]
    assert "1 (Miehet)" in asked.problems[0].values["have"]
    done = brought_in(city, data, "take:\n  sukupuoli: Naiset\n")
    assert done.stored, done.problems
    assert [row[:4] for row in rows(city)] == [
        ["2022-01", "KU991", "AKTASTE", "2"],
        ["2022-01", "KU992", "AKTASTE", "8"],
        ["2022-02", "KU991", "AKTASTE", "5"],
        ["2022-02", "KU992", "AKTASTE", "11"],
    ]
    assert [one.code for one in brought_in(city, data, "take:\n  Sukupuoli: 3\n").problems] == ["import-take"]


def test_every_dimension_that_leaves_a_choice_is_told(city: Home) -> None:
    found = brought_in(city, json_stat(DIMENSIONS | {"Ikä": {"a": "a", "b": "Vanhat"}})).problems
    assert [(one.code, str(one.place.column)) for one in found] == [
        ("import-dimension", "Sukupuoli"),
        ("import-dimension", "Ikä"),
    ]
    assert found[1].values["have"] == "a, b (Vanhat)"


def test_what_a_table_does_not_say_the_mapping_fixes(city: Home) -> None:
    data = json_stat({"Kuukausi": DIMENSIONS["Kuukausi"]})
    missing = brought_in(city, data).problems
    assert [(one.code, one.values["part"]) for one in missing] == [
        ("import-no-dimension", "area"),
        ("import-no-dimension", "content"),
    ]
    done = brought_in(city, data, "statistics: koe\nfixed:\n  area: KU991\n  content: AKTASTE\n", table="")
    assert done.stored, done.problems
    assert [row[:4] for row in rows(city)] == [
        ["2022-01", "KU991", "AKTASTE", "0"],
        ["2022-02", "KU991", "AKTASTE", "1"],
    ]


def test_times_that_cannot_be_stored_and_a_table_nobody_names(city: Home) -> None:
    quarters = DIMENSIONS | {"Kuukausi": {"2022Q1": "2022Q1"}, "Sukupuoli": {"SSS": "Yhteensä"}}
    found = brought_in(city, json_stat(quarters), table="").problems
    assert {one.code for one in found} == {"import-time", "import-table-needed"}


def test_two_dimensions_of_time_are_asked_about(city: Home) -> None:
    data = json_stat(DIMENSIONS | {"Vuosi": {"2022": "2022"}, "Sukupuoli": {"SSS": "Yhteensä"}})
    assert [one.code for one in brought_in(city, data).problems] == ["import-dimensions"]
