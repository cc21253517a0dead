"""PC-Axis and JSON-stat together: one table in four forms, files of statistics offices, and files that are none."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reports.errors import Problem
from reports.read.cube import Cube, Role, cells
from reports.read.jsonstat import read_jsonstat
from reports.read.px import read_px
from tests.plain_cubes import (
    MARKS,
    Read,
    assert_refused,
    assert_said,
    assert_same_cells,
    by_code,
    by_label,
    plain_json,
    plain_px,
    written,
)

CUBES = Path(__file__).parent / "data" / "cubes"
FUZZ = settings(max_examples=150, deadline=10_000, suppress_health_check=list(HealthCheck))
LETTERS = st.text("abåöÄ–€ ,;:=()[]{}<>#'\\/.-0123456789", min_size=1, max_size=8)
NAMES = st.lists(LETTERS.filter(str.strip), min_size=1, max_size=4, unique=True)
NUMBERS = st.one_of(st.integers(-(10**14), 10**14).map(str), st.sampled_from(["0.5", "-1.25", "3.141592653589793"]))
CELLS = st.one_of(st.just("0"), NUMBERS, st.sampled_from(sorted(MARKS)))
Table = tuple[list[list[str]], list[str]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Codes of each dimension, and the cells."""
    dimensions = draw(st.lists(NAMES, min_size=1, max_size=3))
    count = prod(map(len, dimensions))
    return dimensions, draw(st.lists(CELLS, min_size=count, max_size=count))


def listed(names: list[str]) -> str:
    return ",\n".join(f'"{name}"' for name in names)


def as_px(table: Table, *, keys: bool) -> bytes:
    """The table as PC-Axis: every dimension but the last in the stub, each row named or all cells in one."""
    dimensions, found = table
    names = [f"d{number}" for number in range(len(dimensions))]
    head = f'CODEPAGE="utf-8";\nSTUB={listed(names[:-1])};\n' if names[1:] else 'CODEPAGE="utf-8";\n'
    head += f"HEADING={listed(names[-1:])};\n"
    for name, codes in zip(names, dimensions, strict=True):
        head += f'VALUES("{name}")={listed([code + "!" for code in codes])};\nCODES("{name}")={listed(codes)};\n'
    tokens = [f'"{cell}"' if cell in MARKS else cell for cell in found]
    if not (keys and names[1:]):
        return f"{head}DATA=\n{' '.join(tokens)};\n".encode()
    head += "".join(f'KEYS("{name}")=CODES;\n' for name in names[:-1])
    columns = len(dimensions[-1])
    lines = []
    for start in range(0, len(tokens), columns):
        row, rest = tokens[start : start + columns], start // columns
        own: list[str] = []
        for codes in reversed(dimensions[:-1]):
            rest, place = divmod(rest, len(codes))
            own.insert(0, f'"{codes[place]}"')
        if set(row) != {"0"}:
            lines.append(f"{','.join(own)},{' '.join(row)}")
    return (head + "DATA=\n" + "\n".join(reversed(lines)) + ";\n").encode()


def as_json(table: Table, *, sparse: bool) -> bytes:
    """The table as JSON-stat 2, its numbers as they are written."""
    dimensions, found = table
    names = [f"d{number}" for number in range(len(dimensions))]
    body: dict[str, Any] = {"class": "dataset", "version": "2.0", "id": names, "size": [len(one) for one in dimensions]}
    body["dimension"] = {
        name: {"category": {"index": {code: place for place, code in enumerate(codes)}}}
        for name, codes in zip(names, dimensions, strict=True)
    }
    status = {str(place): cell for place, cell in enumerate(found) if cell in MARKS}
    numbers = {str(place): cell for place, cell in enumerate(found) if cell not in MARKS}
    dense = ", ".join("null" if cell in MARKS else cell for cell in found)
    few = ", ".join(f'"{place}": {cell}' for place, cell in numbers.items())
    text = json.dumps(body | {"status": status})
    return (text[:-1] + ', "value": ' + (f"{{{few}}}" if sparse else f"[{dense}]") + "}").encode()


@settings(max_examples=100, deadline=None)
@given(tables())
def test_a_table_is_the_same_in_all_four_forms(table: Table) -> None:
    read = [read_px(as_px(table, keys=keys), "f.px") for keys in (False, True)]
    read += [read_jsonstat(as_json(table, sparse=sparse), "f.json") for sparse in (False, True)]
    for cube, problems in read:
        assert cube, problems
        assert [list(one.codes) for one in cube.dimensions] == table[0]
        assert written(cube) == table[1]


def test_the_service_says_the_same_in_px_and_json() -> None:
    px, json_stat = (table_of(CUBES / name) for name in ("keksitty.px", "keksitty.json"))
    assert [one.role for one in px.dimensions] == [one.role for one in json_stat.dimensions]
    assert list(by_code(px).items()) == list(by_code(json_stat).items())
    assert px.with_role(Role.TIME)[0].codes == json_stat.with_role(Role.TIME)[0].codes


def test_cells_come_one_at_a_time() -> None:
    found = cells(table_of(CUBES / "keksitty.px"))
    assert next(found) is not next(found)
    assert len(list(islice(found, 100))) == 16


def reader(path: Path) -> Read:
    return read_px if path.suffix == ".px" else read_jsonstat


def table_of(path: Path) -> Cube:
    cube, problems = reader(path)(path.read_bytes(), path.name)
    assert cube, problems
    return cube


def assert_sound(cube: Cube | None, problems: list[Problem]) -> None:
    """Either a table that is whole, or an error; and every sentence can be said."""
    assert (cube is None) == any(not one.warning for one in problems)
    assert_said(problems)
    if cube:
        assert len(cube.values) == prod(len(one.codes) for one in cube.dimensions)
        unknown = {place for place, value in enumerate(cube.values) if value is None}
        assert unknown <= cube.marks.keys() <= set(range(len(cube.values)))


SAMPLES = {path.name: path.read_bytes() for path in sorted(CUBES.iterdir())}
PIECES = st.one_of(
    st.binary(max_size=8),
    st.sampled_from(
        b'"|""|;|=|,|DATA=|VALUES("Alue")=|"..."|\x00|\xff|\xe4|\n|[|]|{|}|[sv]|(|)|null|1e5|-|9999999|NaN|:|\\u0000|KEYS'.split(
            b"|"
        )
    ),
)
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), PIECES), min_size=1, max_size=4)


@FUZZ
@given(st.sampled_from(sorted(SAMPLES)), EDITS)
def test_a_file_spoilt_anywhere_is_read_whole_or_refused(name: str, edits: list[tuple[float, int, bytes]]) -> None:
    data = SAMPLES[name]
    for where, cut, piece in edits:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + cut :]
    assert_sound(*reader(Path(name))(data, "f"))


@FUZZ
@given(st.binary(max_size=300))
@example(b'STUB="a";VALUES("a")="b";DATA=1;')
@example(b"DATA=1;")
@example(b'{"dimension":{}}')
@example(b"\xff\xfe")
def test_any_bytes_are_read_whole_or_refused(data: bytes) -> None:
    assert_sound(*read_px(data, "f"))
    assert_sound(*read_jsonstat(data, "f"))


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=5,
)


@FUZZ
@given(st.sampled_from(["keksitty.json", "vanha.json"]), st.integers(0, 10**6), ANYTHING)
def test_anything_in_place_of_a_part_is_read_whole_or_refused(name: str, place: int, value: Any) -> None:
    found = json.loads(SAMPLES[name])
    parts = list(parts_of(found))
    inside, key = parts[place % len(parts)]
    inside[key] = value
    assert_sound(*read_jsonstat(json.dumps(found).encode(), "f"))


def parts_of(found: Any) -> Any:
    for key, value in found.items() if isinstance(found, dict) else enumerate(found):
        yield found, key
        if isinstance(value, dict | list):
            yield from parts_of(value)


# Files of statistics offices: cells, marks, roles of the dimensions, language, and what is said.
OFFICES = {
    "px/statfin_tyonv_eckero.px": (253, {"...": 61}, "time contents area", "fi", []),
    "px/statfin_akay_pxt_001.px": (768, {".": 3}, " contents  time", "fi", []),
    "px/statfin_vaerak_pxt_11rc.px": (9063, {}, "time   contents", "fi", []),
    "px/SCB-BefolkningR1860N.px": (18204, {}, " contents time", "en", []),
    "px/TAB001.px": (5940, {"..": 2259}, "area   contents time", "en", []),
    "px/TAB002.px": (19800, {"..": 9921}, "area    contents time", "en", []),
    "px/TAB003.px": (2448, {"..": 18}, "  contents time", "en", []),
    "px/TAB004.px": (4312, {"..": 1103}, "  contents time", "en", []),
    "px/TAB005.px": (6402, {"..": 107}, "area  contents time", "en", []),
    "px/tab4_fewcells.px": (1, {}, "  contents time", "en", ["px-codepage"]),
    "jsonstat/TAB6471_data.json": (2772, {}, "area   contents time", "sv", []),
    "jsonstat/statswe.json": (1120, {}, "area    contents time", "", []),
    "jsonstat/galicia-2.0.json": (3960, {"..": 4}, "area   time area contents", "", ["jsonstat-blank"]),
    "jsonstat/cantabria.json": (5400, {"..": 1195}, "time   contents", "", ["jsonstat-blank"]),
}
REFUSED = {
    "px/MetadataById_tab001_js2.json": "jsonstat-metadata",
    "jsonstat/TAB6471_metadata.json": "jsonstat-metadata",
    "jsonstat/collection.json": "jsonstat-none",
    "jsonstat/config.json": "jsonstat-none",
    "jsonstat/dimension.json": "jsonstat-none",
    "jsonstat/oecd-canada.json": "jsonstat-several",
    "jsonstat/pxweb-api-limits.json": "jsonstat-none",
    "jsonstat/sample_data.json": "jsonstat-missing",
    "jsonstat/search.json": "jsonstat-none",
    "jsonstat/tables.json": "jsonstat-none",
}


def test_every_file_of_the_samples_has_an_outcome(shared: Path) -> None:
    data = shared / "data"
    found = {f"{folder}/{path.name}" for folder in ("px", "jsonstat") for path in (data / folder).iterdir()}
    assert found == OFFICES.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", OFFICES)
def test_a_file_of_a_statistics_office_is_what_a_plain_reading_finds(shared: Path, name: str) -> None:
    data = (shared / "data" / name).read_bytes()
    count, marks, roles, language, said = OFFICES[name]
    cube, problems = reader(Path(name))(data, "f")
    assert cube, problems
    assert ([one.code for one in problems], cube.language) == (said, language)
    assert (len(cube.values), Counter(mark.value for mark in cube.marks.values())) == (count, marks)
    assert " ".join(one.role for one in cube.dimensions) == roles
    if name.endswith(".px"):
        encoding = "utf-8" if said else "cp1252"
        assert_same_cells(by_label(cube), plain_px(data.decode(encoding)))
    else:
        assert_same_cells(by_code(cube), plain_json(data))


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_table_is_refused(shared: Path, name: str) -> None:
    assert_refused(read_jsonstat, (shared / "data" / name).read_bytes(), REFUSED[name])


def test_two_descriptions_of_one_table_agree(shared: Path) -> None:
    """The office's own JSON-stat description of a PC-Axis file, with the cells of a plain reading put into it."""
    folder = shared / "data" / "px"
    px = table_of(folder / "TAB001.px")
    found = json.loads((folder / "MetadataById_tab001_js2.json").read_bytes())
    plain = list(plain_px((folder / "TAB001.px").read_text(encoding="latin-1")).values())
    found["value"] = [None if cell in MARKS else int(cell) for cell in plain]
    found["status"] = {str(place): cell for place, cell in enumerate(plain) if cell in MARKS}
    cube, problems = read_jsonstat(json.dumps(found).encode(), "f")
    assert cube, problems
    assert (cube.dimensions, cube.values, cube.marks) == (px.dimensions, px.values, px.marks)
    assert (cube.title, cube.source, cube.decimals[""]) == (px.title, px.source, px.decimals[""])
