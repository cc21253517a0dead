"""Snapshots and revisions: what changed and who shows it, and an old report rebuilt with the numbers of its day."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from reports.home import open_home
from reports.intake import snapshots
from reports.intake.snapshots import Answer, Snapshot
from reports.model import Status
from reports.read.dataset import read_dataset
from tests.fetch_city import STATISTICS, UNEMPLOYED, demo_table, fetch_city, figure, figures_of
from tests.pxweb_server import PxWeb, serving
from tests.trips import City

FETCH = ("fetch", "statfin")
REPORT = ("report", "annual", "2021", "--format", "html", "--format", "docx")
ROWS = re.compile(r"statistics/demo/\d{4}\.csv")


@pytest.fixture
def server() -> Iterator[PxWeb]:
    with serving(demo_table()) as running:
        yield running


@pytest.fixture
def city(tmp_path: Path, server: PxWeb, capsys: pytest.CaptureFixture[str]) -> City:
    """The city with a sentence that prints a figure of the table."""
    made = fetch_city(tmp_path / "city", server, capsys)
    made.change("data/kuvitteila/2021/annual.md", "facts:\n", "facts:\n  maalis: tyottomat 2021-03 Kuvitteila\n")
    text = made.folder / "data/kuvitteila/2021/annual.md"
    more = "\n\n## Tilasto\nMaaliskuussa oli {{ maalis }} työtöntä.\n"
    text.write_text(text.read_text(encoding="utf-8").rstrip("\n") + more, encoding="utf-8")
    return made


def taken(city: City) -> list[Path]:
    return snapshots.paths(open_home(city.folder), "demo")


def dated(city: City, path: Path, day: str) -> Path:
    """A snapshot as if it had been taken on another day."""
    old = snapshots.read(open_home(city.folder), path)
    found = old._replace(read=datetime.fromisoformat(f"{day}T08:00:00+02:00"))
    path.unlink()
    target = path.with_name(found.name)
    target.write_bytes(found.to_bytes())
    return target


def revise(server: PxWeb, area: str, month: str, text: str) -> None:
    server.tables[0].cells[area, UNEMPLOYED, month] = text


def test_a_revised_figure_is_listed_with_the_document_that_shows_the_old_one(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    assert city.run(*REPORT).code == 0
    old = figure(city, "tyottomat", "2021-03", "Kuvitteila").value
    revise(server, "KU991", "2021M03", "777")
    said = city.run(*FETCH)
    assert said.code == 0
    lines = said.out.splitlines()
    at = next(at for at, line in enumerate(lines) if "Kuvitteila, 2021-03" in line and "Työttömät" in line)
    assert f"{old} → 777" in lines[at]
    assert lines[at + 1].endswith("out/kuvitteila/2021/annual")
    sums = next(at for at, line in enumerate(lines) if "Yhteistyöalue, 2021-03" in line)
    assert "annual" not in lines[sums + 1], "no text prints the sum"
    assert any("tee uudelleen: out/kuvitteila/2021/annual" in line for line in lines)
    log = (city.folder / STATISTICS / "revisions.csv").read_text(encoding="utf-8").splitlines()
    assert log[0] == "found,period,area,content,old,new,shown"
    assert log[1].endswith(f"2021-03,KU991,TYOTTOMAT,{old},777,out/kuvitteila/2021/annual")
    assert len(log) == 4, "the sum and its rate are revised with it"


def test_a_revised_figure_has_that_status_and_keeps_it(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    revise(server, "KU991", "2021M03", "777")
    assert city.run(*FETCH).code == 0
    for _ in range(2):
        assert figure(city, "tyottomat", "2021-03", "Kuvitteila").status is Status.REVISED
        assert figure(city, "tyottomat", "2021-04", "Kuvitteila").status is Status.FINAL
        revise(server, "KU991", "2021M07", "778")
        assert city.run(*FETCH).code == 0


def test_a_figure_that_was_not_available_before_is_not_revised(city: City, server: PxWeb) -> None:
    revise(server, "KU991", "2021M03", "..")
    assert city.run(*FETCH).code == 0
    revise(server, "KU991", "2021M03", "777")
    said = city.run(*FETCH)
    assert "muuttui" not in said.out
    assert figure(city, "tyottomat", "2021-03", "Kuvitteila").status is Status.FINAL
    assert not (city.folder / STATISTICS / "revisions.csv").exists()


def test_many_revisions_are_all_in_the_log_and_the_first_on_the_screen(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    for month in list(server.tables[0].times):
        revise(server, "KU991", month, "777")
    said = city.run(*FETCH)
    log = (city.folder / STATISTICS / "revisions.csv").read_text(encoding="utf-8").splitlines()
    assert len(log) - 1 == 3 * 24
    assert said.out.count("muuttui:") == 20
    assert "ja 52 muuta" in said.out


@pytest.mark.parametrize("generation", ["old", "new"])
def test_an_old_report_is_rebuilt_with_the_numbers_of_its_day(city: City, server: PxWeb, generation: str) -> None:
    server.generation = generation
    assert city.run(*FETCH).code == 0
    first = dated(city, taken(city)[0], "2023-11-21")
    assert city.run(*REPORT).code == 0
    old = city.documents()
    rows = {name: data for name, data in figures_of(city).items() if ROWS.fullmatch(name)}
    revise(server, "KU991", "2021M03", "777")
    server.generation = "new"
    assert city.run(*FETCH).code == 0
    assert city.run(*REPORT).code == 0
    assert city.documents()["annual.html"] != old["annual.html"]
    asked = len(server.calls)
    said = city.run(*FETCH, "--from-snapshot", "2023-12-31")
    assert (said.code, first.name in said.out, len(server.calls)) == (0, True, asked)
    assert city.run(*REPORT).code == 0
    assert {name: data for name, data in city.documents().items() if name != "manifest.json"} == {
        name: data for name, data in old.items() if name != "manifest.json"
    }
    assert [text.count(b"\n") for text in rows.values()] == [
        data.count(b"\n") for name, data in figures_of(city).items() if ROWS.fullmatch(name)
    ]


def day_of_source(city: City) -> str:
    """The day that documents say the figures were read on."""
    return read_dataset(open_home(city.folder), "kuvitteila", (2021,)).sources["demo-tilasto"].retrieved


def test_the_day_of_the_figures_comes_from_their_snapshot(city: City, server: PxWeb) -> None:
    said = city.run(*FETCH)
    assert "sources.yaml kertoo lähteelle demo-tilasto toisen hakupäivän" in said.out
    assert day_of_source(city) == "2022-01-31", "what a person wrote stands"
    city.change("data/kuvitteila/sources.yaml", "  retrieved: 2022-01-31\n", "")
    assert day_of_source(city) == date.today().isoformat()
    dated(city, taken(city)[0], "2021-12-24")
    shutil.rmtree(city.folder / STATISTICS)
    said = city.run(*FETCH, "--from-snapshot", "2021-12-31")
    assert (said.code, "toisen hakupäivän" in said.out) == (0, False)
    assert day_of_source(city) == "2021-12-24"
    assert city.run(*REPORT).code == 0
    assert "Haettu 24.12.2021" in city.documents()["annual.html"].decode()


def test_after_a_look_back_a_fetch_brings_today_back(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    dated(city, taken(city)[0], "2023-11-21")
    revise(server, "KU991", "2021M03", "777")
    assert city.run(*FETCH).code == 0
    today = {name: data for name, data in figures_of(city).items() if "imports" not in name}
    assert city.run(*FETCH, "--from-snapshot", "2023-11-21").code == 0
    assert city.run(*FETCH).code == 0
    again = {name: data for name, data in figures_of(city).items() if "imports" not in name}
    assert again.keys() == today.keys(), "neither a second snapshot nor another log"
    assert without_origin(again) == without_origin(today)


def without_origin(files: dict[str, bytes]) -> dict[str, list[list[bytes]]]:
    return {name: [line.split(b",")[:5] for line in data.splitlines()] for name, data in files.items()}


def test_each_figure_comes_from_the_newest_snapshot_that_has_it(city: City, server: PxWeb) -> None:
    revise(server, "KU991", "2020M03", "100")
    revise(server, "KU991", "2021M03", "200")
    assert city.run(*FETCH).code == 0
    dated(city, taken(city)[0], "2023-10-01")
    revise(server, "KU991", "2021M03", "201")
    assert city.run(*FETCH, "--since", "2021").code == 0
    dated(city, taken(city)[-1], "2023-11-01")
    revise(server, "KU991", "2020M03", "102")
    revise(server, "KU991", "2021M03", "202")
    assert city.run(*FETCH).code == 0
    for day, expected in (("2023-11-15", (100, 201)), ("2023-10-15", (100, 200)), ("2100-01-01", (102, 202))):
        assert city.run(*FETCH, "--from-snapshot", day).code == 0
        for month, value in zip(("2020-03", "2021-03"), expected, strict=True):
            assert figure(city, "tyottomat", month, "Kuvitteila").value == value, day


def test_what_goes_back_to_what_it_was_is_the_newest_all_the_same(city: City, server: PxWeb) -> None:
    for value, day in (("500", "2023-10-01"), ("501", "2023-11-01"), ("500", "2023-12-01")):
        revise(server, "KU991", "2021M03", value)
        assert city.run(*FETCH).code == 0
        dated(city, taken(city)[-1], day)
    assert len(taken(city)) == 3
    assert city.run(*FETCH, "--from-snapshot", "2023-11-05").code == 0
    assert city.run(*FETCH, "--from-snapshot", "2023-12-05").code == 0
    assert figure(city, "tyottomat", "2021-03", "Kuvitteila").value == 500


def test_a_day_before_the_first_snapshot_is_refused_with_the_days_there_are(city: City) -> None:
    assert city.run(*FETCH).code == 0
    dated(city, taken(city)[0], "2023-11-21")
    before = figures_of(city)
    said = city.run(*FETCH, "--from-snapshot", "2023-11-20")
    assert (said.code, "2023-11-21" in said.err) == (2, True)
    assert figures_of(city) == before


def test_what_the_snapshots_lack_is_said_and_stays(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    dated(city, taken(city)[0], "2023-11-21")
    city.change("data/kuvitteila/area.yaml", "areas:\n", "areas:\n  - name: Kaukola\n    statistics: KU993\n")
    assert city.run(*FETCH).code == 0
    stands = figure(city, "tyottomat", "2021-03", "Kaukola")
    said = city.run(*FETCH, "--from-snapshot", "2023-11-21")
    assert (said.code, "KU993" in said.err) == (0, True)
    assert figure(city, "tyottomat", "2021-03", "Kaukola") == stands


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-20],
        lambda data: data[:40] + bytes([data[40] ^ 255]) + data[41:],
        lambda data: data[:0],
        lambda data: gzip.compress(gzip.decompress(data).replace(b"KU991", b"KU992", 1)),
        lambda data: gzip.compress(data[:0] + b"{}"),
        lambda data: gzip.compress(data[:0] + b"[" * 100_000),
    ],
    ids=["cut", "one byte", "empty", "changed by hand", "another file", "deep"],
)
def test_a_damaged_snapshot_is_not_used(city: City, server: PxWeb, spoil: object) -> None:
    assert city.run(*FETCH).code == 0
    path = taken(city)[0]
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    before = figures_of(city)
    said = city.run(*FETCH, "--from-snapshot", "2100-01-01")
    assert (said.code, path.name in said.err, "tarkiste" in said.err) == (3, True, True)
    assert figures_of(city) == before


def test_a_snapshot_is_read_back_as_it_was_taken(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    home = open_home(tmp_path)
    read = datetime.fromisoformat("2026-11-22T08:01:02+02:00")
    one = Snapshot("demo", "https://host/demo.px", read, '{"title": "Työ"}', (Answer("?", "…"),), ("A 2021 B",))
    folder = snapshots.folder_of(home, "demo")
    folder.mkdir(parents=True)
    (folder / one.name).write_bytes(one.to_bytes())
    assert snapshots.read(home, folder / one.name) == one
    assert one.to_bytes() == one.to_bytes()
    later = snapshots.after_others(home, one)
    assert later.read - one.read == timedelta(seconds=1)
    assert snapshots.day_of(folder / one.name) == date(2026, 11, 22)


def test_a_snapshot_holds_what_was_asked_and_said(city: City) -> None:
    assert city.run(*FETCH).code == 0
    raw = json.loads(gzip.decompress(taken(city)[0].read_bytes()))
    question = json.loads(raw["answers"][0]["question"])
    assert question["response"] == {"format": "json-stat2"}
    assert json.loads(raw["answers"][0]["reply"])["class"] == "dataset"
    assert raw["table"] == "demo"
    assert len(raw["seal"]) == 64


def test_a_build_does_not_take_snapshots_for_figures(city: City, server: PxWeb) -> None:
    assert city.run(*FETCH).code == 0
    assert city.run(*REPORT).code == 0
    entry = json.loads((city.out / "manifest.json").read_bytes())["reports"]["annual"]["inputs"]
    assert not [name for name in entry if name.startswith("data/") and ("snapshots" in name or "revisions" in name)]
    assert f"{STATISTICS}/2021.csv" in entry
    assert taken(city)
