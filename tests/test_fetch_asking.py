"""What is asked of the service, and how fast: within its limits, in parts that it allows, over several runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from math import prod
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.errors import Place, ReportError
from reports.intake.aggregate import Content, Figure, Total, add_up, members_of, share, totals
from reports.intake.pxtable import Selection, count, question, questions, read_layout, selection_of
from reports.intake.pxweb import Client, Limits
from reports.intake.transport import Deadline
from reports.model import Area, Mark
from reports.period import Period
from reports.read.jsonstat import read_jsonstat
from reports.read.px import read_px
from tests.fetch_city import RATE, UNEMPLOYED, demo_table, fetch_city, figures_of
from tests.pxweb_server import FORMS, NAMES, PxWeb, as_json, metadata, serving
from tests.trips import City

FETCH = ("fetch", "statfin")
HERE = Place("area.yaml", 1)


@pytest.fixture
def server() -> Iterator[PxWeb]:
    with serving(demo_table()) as running:
        yield running


@pytest.fixture
def city(tmp_path: Path, server: PxWeb, capsys: pytest.CaptureFixture[str]) -> City:
    return fetch_city(tmp_path / "city", server, capsys)


def rows(city: City) -> dict[str, list[str]]:
    """The rows of each year without where they came from."""
    files = {name: data.decode() for name, data in figures_of(city).items() if name.startswith("statistics/demo/2")}
    return {name: [line.rpartition(",")[0] for line in text.splitlines()] for name, text in files.items()}


def test_many_cells_are_asked_in_parts_and_come_to_the_same(tmp_path: Path, city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    whole = rows(city)
    server.calls.clear()
    server.limits["maxCells"] = 13
    other = fetch_city(tmp_path / "other", server)
    assert other.apart(*FETCH).code == 0
    assert [stage for _, stage, _ in server.calls].count("data") >= 2 * 3 * 24 / 13
    assert rows(other) == whole


def test_the_smaller_limit_of_size_holds(city: City, server: PxWeb) -> None:
    server.limits |= {"maxCells": 120_000, "maxValues": 30}
    assert city.run(*FETCH).code == 0
    assert [stage for _, stage, _ in server.calls].count("data") > 1


def test_calls_keep_to_the_pace_that_the_service_allows(city: City, server: PxWeb) -> None:
    server.limits |= {"maxCells": 30, "maxCalls": 3, "timeWindow": 1}
    assert city.run(*FETCH).code == 0
    times = [when for when, _, _ in server.calls]
    assert len(times) >= 7
    # Half of the time: a busy machine may note a call late, but without a pace they are milliseconds apart.
    assert all(later - one > 0.5 for one, later in zip(times, times[3:], strict=False)), "no four calls in a second"


def test_the_pace_is_kept_over_several_runs(city: City, server: PxWeb) -> None:
    server.limits |= {"maxCalls": 4, "timeWindow": 2}
    assert city.run(*FETCH).code == 0
    assert city.run(*FETCH).code == 0
    assert len(server.calls) == 6
    times = [when for when, _, _ in server.calls]
    assert times[5] - times[1] > 1


def test_a_pace_too_slow_for_the_time_allowed_is_said_at_once(city: City, server: PxWeb) -> None:
    server.limits |= {"maxCalls": 1, "timeWindow": 3600}
    begun = time.time()
    said = city.run(*FETCH)
    assert (said.code, time.time() - begun < 5) == (4, True)
    assert "20 s" in said.err


def test_the_limits_are_kept(tmp_path: Path, server: PxWeb) -> None:
    server.limits |= {"maxCells": 77, "maxValues": 99, "maxCalls": 5, "timeWindow": 7}
    assert Client(server.address, Deadline(5), tmp_path).limits == Limits(77, 5, 7)
    server.limits.clear()
    later = Client(server.address, Deadline(5), tmp_path)
    assert later.limits == Limits(77, 5, 7)
    assert [one.code for one in later.problems] == ["fetch-config-kept"]


def test_limits_beyond_all_reason_are_cut(tmp_path: Path, server: PxWeb) -> None:
    server.limits = dict.fromkeys(("maxCells", "maxValues", "maxCalls", "timeWindow"), 10**400)
    assert Client(server.address, Deadline(5), tmp_path).limits == Limits(200_000, 10_000, 86_400)


@pytest.mark.parametrize(
    "rubbish", [b"", b"{}", b"[1]", b'{"limits": [1]}', b'{"calls": 5, "limits": [1, 2, 3]}', b'{"limits": [-1, 2, 3]}']
)
def test_rubbish_in_what_is_kept_does_no_harm(tmp_path: Path, server: PxWeb, rubbish: bytes) -> None:
    Client(server.address, Deadline(5), tmp_path)
    kept = next(tmp_path.iterdir())
    kept.write_bytes(rubbish)
    assert Client(server.address, Deadline(5), tmp_path).limits.cells == 120_000
    kept.write_bytes(sha256(rubbish).digest() + rubbish)
    assert Client(server.address, Deadline(5), tmp_path).limits.cells == 120_000


SELECTIONS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 12), min_size=1, max_size=4)


@settings(deadline=None)
@given(sizes=SELECTIONS, most=st.integers(1, 200))
def test_questions_cover_every_cell_once_and_stay_within_the_limit(sizes: dict[str, int], most: int) -> None:
    whole = {name: tuple(f"{name}{at}" for at in range(size)) for name, size in sizes.items()}
    seen: set[tuple[str, ...]] = set()
    for part in questions(whole, most):
        assert 0 < count(part) <= most
        assert selection_of(question(part)) == part
        cells = cells_of(part)
        assert not seen & cells
        seen |= cells
    assert len(seen) == prod(sizes.values())


def cells_of(part: Selection) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = {()}
    for codes in part.values():
        found = {(*before, code) for before in found for code in codes}
    return found


@pytest.mark.parametrize("generation", ["old", "new"])
def test_dimensions_are_found_by_what_is_in_them(generation: str) -> None:
    table = demo_table()
    told = metadata(table, generation)
    told["variables"].reverse()
    for one in told["variables"]:
        one.pop("time", None)
    layout = read_layout(as_json(told)[2], "x", [UNEMPLOYED], ["KU991"], {})
    names = NAMES[generation]
    assert (layout.time.code, layout.contents.code, layout.area.code) == (names["time"], names["contents"], "Alue")
    assert layout.times["2021M03"] == Period.of("2021-03")


@pytest.mark.parametrize("generation", ["old", "new"])
def test_the_three_forms_of_an_answer_say_the_same(generation: str) -> None:
    table = demo_table()
    table.cells["KU991", UNEMPLOYED, "2021M03"] = "..."
    names = NAMES[generation]
    chosen = {"Alue": ["KU991", "SSS"], names["time"]: ["2021M02", "2021M03"], names["contents"]: [UNEMPLOYED, RATE]}
    json_cube, problems = read_jsonstat(FORMS["json-stat2"](table, chosen, generation)[2], "a.json")
    px_cube, more = read_px(FORMS["px"](table, chosen, generation)[2], "a.px")
    assert json_cube, problems
    assert px_cube, more
    assert list(json_cube.values) == list(px_cube.values)
    assert dict(json_cube.marks) == dict(px_cube.marks) == {2: Mark.HIDDEN}
    assert [(one.codes, one.role) for one in json_cube.dimensions] == [
        (one.codes, one.role) for one in px_cube.dimensions
    ]
    lines = FORMS["csv"](table, chosen, generation)[2].decode("utf-8-sig").splitlines()
    assert lines[3] == f'"KU991","2021M03","{UNEMPLOYED}","..."'
    assert len(lines) == 9


def known(value: int) -> Figure:
    return Figure(Decimal(value))


def test_an_unknown_part_makes_an_unknown_whole() -> None:
    hidden, unavailable, other = (
        Figure(None, Mark.HIDDEN),
        Figure(None, Mark.UNAVAILABLE),
        Figure(None, Mark.NOT_APPLICABLE),
    )
    nil = Figure(Decimal(0), Mark.NIL)
    assert add_up([known(5), known(7)]) == known(12)
    assert add_up([known(5), unavailable, hidden]) == hidden
    assert add_up([known(5), other, unavailable]) == unavailable
    assert add_up([nil, known(5)]) == known(5)
    assert add_up([nil, nil]) == nil
    assert share(known(1), known(0), 1) == other
    assert share(hidden, known(5), 1) == hidden
    assert share(known(5), known(40), 1) == Figure(Decimal("12.5"))
    assert share(known(1), known(16), 1) == Figure(Decimal("6.3")), "half up, as statistics are rounded"


def test_members_of_members_are_counted_once() -> None:
    areas = (
        Area("A", statistics="KU1"),
        Area("B", statistics="KU2"),
        Area("AB", members=("A", "B")),
        Area("all", members=("AB", "B", "all", "SSS-part")),
        Area("SSS-part", statistics="SK1", members=("A", "B")),
    )
    assert members_of(areas[3], areas, {"KU1", "KU2", "SK1"}) == ("KU2", "SK1", "KU1")
    assert members_of(areas[3], areas, {"KU1", "KU2"}) == ("KU2", "KU1")


def test_an_area_of_its_own_members_ends() -> None:
    areas = (Area("A", members=("B",)), Area("B", members=("A",)))
    assert members_of(areas[0], areas, ()) == ()


def test_a_rate_needs_its_part_and_whole() -> None:
    month = Period.of("2021-03")
    figures = {(area, content, month): known(5) for area in ("KU1", "KU2") for content in ("N", "D", "R")}
    total = Total("T", "T", ("KU1", "KU2"), HERE)
    counts = {name: Content(name, HERE, True) for name in ("N", "D")}
    made = dict(totals(figures, total, counts | {"R": Content("R", HERE, False, 1, "N", "D")}, [month]))
    assert made["T", "R", month] == Figure(Decimal("100.0"))
    assert ("T", "R", month) not in dict(totals(figures, total, {**counts, "R": Content("R", HERE, False)}, [month]))


@settings(deadline=None)
@given(body=st.binary(max_size=200))
def test_any_bytes_for_metadata_are_a_clear_fault(body: bytes) -> None:
    with pytest.raises(ReportError) as stopped:
        read_layout(body, "x", ["A"], ["KU1"], {})
    assert stopped.value.exit_code == 4


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["code", "values", "text", "x"]), inner)
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(variables=JSON, title=JSON)
def test_any_json_for_metadata_is_a_clear_fault_or_read(variables: object, title: object) -> None:
    body = as_json({"title": title, "variables": variables})[2]
    with pytest.raises(ReportError) as stopped:
        read_layout(body, "x", ["A"], ["KU1"], {})
    assert stopped.value.exit_code == 4
