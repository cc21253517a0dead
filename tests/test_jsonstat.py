"""JSON-stat files: read as a second, plain reading has them, and refused with their fault where they are spoilt."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reports.model import Mark
from reports.read.cube import Cube, Role, cells
from reports.read.jsonstat import read_jsonstat
from tests.plain_cubes import assert_refused, assert_said, assert_same_cells, by_code, plain_json, written

CUBES = Path(__file__).parent / "data" / "cubes"
DENSE = (CUBES / "keksitty.json").read_bytes()
SPARSE = (CUBES / "keksitty-harva.json").read_bytes()
OLD = (CUBES / "vanha.json").read_bytes()
LEFT_OUT = object()


def table(data: bytes) -> Cube:
    cube, problems = read_jsonstat(data, "f.json")
    assert cube, problems
    return cube


def changed(data: bytes, path: str, value: Any) -> bytes:
    """The file with one thing in it put in place of another, or left out."""
    found = part = json.loads(data)
    *way, last = path.split("/")
    for name in way:
        part = part[int(name) if isinstance(part, list) else name]
    if value is LEFT_OUT:
        del part[last]
    else:
        part[int(last) if isinstance(part, list) else last] = value
    return json.dumps(found).encode()


@pytest.mark.parametrize("data", [DENSE, SPARSE, OLD], ids=["dense", "sparse", "version 1"])
def test_a_table_is_what_a_plain_reading_finds(data: bytes) -> None:
    assert_same_cells(by_code(table(data)), plain_json(data))


def test_sparse_and_dense_are_the_same_table() -> None:
    assert table(SPARSE) == table(DENSE)


def test_a_table_is_described() -> None:
    cube = table(DENSE)
    assert (cube.source, cube.updated, cube.language) == (
        "Keksitty virasto, Työnvälitystilasto",
        "2024-10-01T05:00:00Z",
        "fi",
    )
    assert [(one.id, one.label, one.role) for one in cube.dimensions] == [
        ("Alue", "Alue", Role.AREA),
        ("timeperiod_m", "Kuukausi", Role.TIME),
        ("contentscode", "Tiedot", Role.CONTENTS),
    ]
    assert cube.dimensions[0].codes == ("KU991", "KU992", "KU093")
    assert (cube.decimals["TYOTOSUUS"], cube.decimals[""], cube.units["TYOTOSUUS"]) == (1, 0, "prosentti")
    assert [note.about for note in cube.notes] == [(), (("Alue", "*"),), (("contentscode", "TYOTTOMATLOPUSSA"),)]


def test_version_1_has_its_order_from_the_index_and_a_single_category_without_one() -> None:
    cube = table(OLD)
    assert [(one.codes, one.role) for one in cube.dimensions] == [
        (("TYOTTOMAT",), Role.CONTENTS),
        (("2022", "2023"), Role.TIME),
    ]
    assert written(cube) == ["12", "13.5"]


def test_a_cell_knows_its_codes_and_why_it_has_no_number() -> None:
    found = list(cells(table(DENSE)))
    assert found[5] == (
        {"Alue": "KU991", "timeperiod_m": "2024M09", "contentscode": "UUDETAVP"},
        None,
        Mark.HIDDEN,
    )
    assert found[11][1:] == (Decimal(0), Mark.NIL)
    assert [one[2] for one in found[14:]] == [Mark.UNAVAILABLE, Mark.HIDDEN, Mark.HIDDEN, Mark.NOT_APPLICABLE]


def test_a_number_never_becomes_a_float() -> None:
    data = OLD.replace(b"13.5", b"0.100000000000001").replace(b"12,", b"999999999999999,")
    assert written(table(data)) == ["999999999999999", "0.100000000000001"]


@pytest.mark.parametrize("status", [{"0": "e"}, ["e", None], ["e"], "e"])
def test_a_remark_on_a_number_is_told_and_left(status: Any) -> None:
    cube, problems = read_jsonstat(changed(OLD, "dataset/status", status), "f.json")
    assert cube
    assert (written(cube), [(one.code, one.warning) for one in problems]) == (
        ["12", "13.5"],
        [("jsonstat-remarks", True)],
    )
    assert_said(problems)


@pytest.mark.parametrize("status", [None, {}, [None, None], "", {"1": " "}])
def test_a_cell_without_number_and_reason_is_told_and_not_available(status: Any) -> None:
    data = changed(changed(OLD, "dataset/value/1", None), "dataset/status", status)
    cube, problems = read_jsonstat(data, "f.json")
    assert cube
    assert (written(cube), [(one.code, one.values["times"]) for one in problems]) == (
        ["12", ".."],
        [("jsonstat-blank", 1)],
    )
    assert_said(problems)


def test_a_mark_of_all_cells_is_that_of_each() -> None:
    data = changed(changed(OLD, "dataset/value", [None, None]), "dataset/status", "...")
    assert written(table(data)) == ["...", "..."]


def test_a_table_within_a_collection_is_read() -> None:
    inner = json.loads(DENSE)
    collection = {"version": "2.0", "class": "collection", "link": {"item": [{"class": "dataset", "href": "x"}, inner]}}
    assert table(json.dumps(collection).encode()) == table(DENSE)


def test_utf_8_with_a_mark_is_read_without_a_word() -> None:
    assert read_jsonstat(b"\xef\xbb\xbf" + DENSE, "f.json") == read_jsonstat(DENSE, "f.json")


@pytest.mark.parametrize(
    ("title", "data", "code"),
    [
        ("nothing", b"", "cube-empty"),
        ("a web page", b"<html>503</html>", "cube-html"),
        ("half a file", DENSE[: len(DENSE) // 2], "jsonstat-syntax"),
        ("PC-Axis", (CUBES / "rivit.px").read_bytes(), "jsonstat-syntax"),
        ("a workbook", b"PK\x03\x04\x00\x00", "file-not-text"),
        ("something after the end", DENSE + b"}", "jsonstat-syntax"),
        ("not a number", DENSE.replace(b"8.2", b"NaN"), "cube-number"),
        ("endless", DENSE.replace(b"8.2", b"-Infinity"), "cube-number"),
        ("a number too long", DENSE.replace(b"8.2", b"12345678901234567"), "cube-number"),
        ("a power too high", DENSE.replace(b"8.2", b"1e400"), "cube-number"),
        ("brackets without end", b"[" * 100_000, "jsonstat-deep"),
        ("a list", b"[1, 2]", "jsonstat-none"),
        ("a number alone", b"5", "jsonstat-none"),
        (
            "the service's other JSON",
            b'{"columns":[{"code":"Alue"}],"data":[{"key":["KU991"],"values":["5"]}]}',
            "jsonstat-none",
        ),
        ("a dimension alone", b'{"class":"dimension","category":{"index":["T"]}}', "jsonstat-none"),
        (
            "links to tables",
            b'{"class":"collection","link":{"item":[{"class":"dataset","href":"x"}]}}',
            "jsonstat-none",
        ),
        ("two tables", OLD[:-2] + b', "toinen": {"dimension": {}}}', "jsonstat-several"),
        ("a code twice", DENSE.replace(b'"KU992": 1', b'"KU991": 1'), "jsonstat-twice"),
        ("a code twice in a list", DENSE.replace(b'"2024M09"', b'"2024M08"'), "cube-code-twice"),
        ("no encoding at all", DENSE.replace(b"Tieto", b"\x81\xe4"), "encoding-unknown"),
        ("a personal identity code", DENSE.replace(b"Laskentap", b"131052-308T p"), "identity-code"),
        (
            "a personal identity code behind an escape",
            DENSE.replace(b"Laskentap", b"131052\\u002d308T p"),
            "identity-code",
        ),
        ("a control character behind an escape", DENSE.replace(b"Laskentap", b"\\u0007"), "character"),
        ("half a letter", DENSE.replace(b"Laskentap", b"\\ud83d"), "character"),
        ("too long", b" " * 10 + b"1" * 16_000_000, "cube-large"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.islower() and "-" not in value else "",
)
def test_a_spoilt_file_is_refused_with_its_fault(title: str, data: bytes, code: str) -> None:
    assert data not in (DENSE, OLD), title
    assert_refused(read_jsonstat, data, code)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("value", LEFT_OUT, "jsonstat-missing"),
        ("value", [], "jsonstat-metadata"),
        ("value", [1, 2], "cube-count"),
        ("value", 5, "jsonstat-form"),
        ("value/0", "595", "jsonstat-cell"),
        ("value/0", True, "jsonstat-cell"),
        ("value/0", [1], "jsonstat-cell"),
        ("value", {"18": 5}, "jsonstat-place"),
        ("value", {"-1": 5}, "jsonstat-place"),
        ("value", {"01": 5}, "jsonstat-place"),
        ("value", {"9" * 5000: 5}, "jsonstat-place"),
        ("status", 5, "jsonstat-form"),
        ("status", {"0": 5}, "jsonstat-form"),
        ("status", {"99": ".."}, "jsonstat-place"),
        ("status", ["..", ".."], "cube-count"),
        ("status/0", "...", "jsonstat-status-value"),
        ("status/0", "-", "jsonstat-status-value"),
        ("status/5", ":", "jsonstat-status"),
        ("id", LEFT_OUT, "jsonstat-missing"),
        ("id", [1, 2, 3], "jsonstat-form"),
        ("id", ["Alue", "Alue", "contentscode"], "cube-dimension-twice"),
        ("id", ["Alue", "timeperiod_m"], "jsonstat-size"),
        ("id", [], "cube-dimensions"),
        ("id", ["Alue"] * 31, "cube-dimensions"),
        ("size", [3, 2], "jsonstat-size"),
        ("size", [2, 3, 3], "jsonstat-size"),
        ("size", "3", "jsonstat-size"),
        ("dimension/Alue", LEFT_OUT, "jsonstat-missing"),
        ("dimension/Alue/category", "KU991", "jsonstat-missing"),
        ("dimension/Alue/category/index", LEFT_OUT, "jsonstat-missing"),
        ("dimension/Alue/category/index", {"KU991": 0, "KU992": 0, "KU093": 2}, "jsonstat-form"),
        ("dimension/Alue/category/index", {"KU991": 0, "KU992": 1, "KU093": 3}, "jsonstat-form"),
        ("dimension/Alue/category/index", {"KU991": "a"}, "jsonstat-form"),
        ("dimension/Alue/category/index", [1, 2, 3], "jsonstat-form"),
        ("dimension/Alue/category/index", ["KU991", "", "KU093"], "cube-code-empty"),
        ("dimension", [], "jsonstat-missing"),
    ],
)
def test_a_spoilt_part_is_refused_with_its_fault(path: str, value: Any, code: str) -> None:
    assert_refused(read_jsonstat, changed(DENSE, path, value), code)


def test_a_file_that_declares_a_table_no_memory_holds_is_refused_first() -> None:
    names = [str(number) for number in range(22)]
    dimension = {name: {"category": {"index": ["a", "b"]}} for name in names}
    data = {"class": "dataset", "id": names, "size": [2] * 22, "dimension": dimension, "value": {}}
    assert_refused(read_jsonstat, json.dumps(data).encode(), "cube-cells")


@pytest.mark.parametrize("path", ["label", "source", "updated", "note", "role", "extension", "dimension/Alue/note"])
@pytest.mark.parametrize("value", [5, [5], {"px": 5}, None])
def test_what_does_not_place_a_cell_may_have_any_form(path: str, value: Any) -> None:
    assert written(table(changed(DENSE, path, value))) == written(table(DENSE))


def test_a_personal_identity_code_is_never_repeated() -> None:
    for path in ("value/0", "status/5", "id", "size", "dimension/Alue/category/index"):
        _, problems = read_jsonstat(changed(DENSE, path, "131052-308T"), "f.json")
        assert [one.code for one in problems] == ["identity-code"]
        assert "131052" not in str(problems)
