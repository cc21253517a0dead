"""Up to date, stale and why, edited, missing: what the manifest knows of documents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reports import manifest
from reports.home import Home
from reports.manifest import Hashes
from tests.house_rules import HEAVY
from tests.trips import OUT, REPORT, ROOT, City, built_city

DATA = "data/kuvitteila"
ALL = {"annual.docx", "annual.pdf", "annual.html", "manifest.json"}


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def stamps(city: City) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in city.out.iterdir()}


def states(city: City) -> dict[str, str]:
    """The state of each document by name, as `status` says it."""
    lines = city.run("status").out.splitlines()
    return dict(line.removeprefix(f"{OUT}/").split(": ", 1) for line in lines if not line.startswith(" "))


def reasons(city: City) -> set[str]:
    return {line.strip() for line in city.run("status").out.splitlines() if line.startswith("    ")}


def test_a_second_run_makes_nothing(city: City) -> None:
    before = stamps(city)
    said = city.run(*REPORT)
    assert said.code == 0
    assert set(before) == ALL
    assert stamps(city) == before
    assert said.out.count("ajan tasalla") == 3
    assert set(states(city).values()) == {"ajan tasalla"}


def test_a_second_run_and_the_helps_load_nothing_heavy(city: City) -> None:
    script = (
        "import sys, build\n"
        "code = build.main(sys.argv[2:])\n"
        "assert code == 0, code\n"
        "print('LOADED', *[name for name in sys.argv[1].split() if name in sys.modules])"
    )
    more = " ".join([*HEAVY, "jinja2", "filelock"])
    for command in ([*REPORT, "--home", str(city.folder)], ["--help"], ["report", "--help"], ["--version"]):
        done = subprocess.run(
            [sys.executable, "-c", script, more, *command], cwd=ROOT, capture_output=True, encoding="utf-8"
        )
        assert done.stdout.splitlines()[-1] == "LOADED", (command, done.stdout, done.stderr)


def changed_inputs() -> Iterator[tuple[str, str, str]]:
    yield f"{DATA}/2021/annual.md", "Ensimmäinen vuosi onnistui", "muuttunut"
    yield f"{DATA}/2021/observations.csv", "Arvio, koska", "muuttunut"
    yield f"{DATA}/2021/dates.csv", "Asiakastietojen siirto", "muuttunut"
    yield f"{DATA}/2021/sums.yaml", "Palvelu alitti", "muuttunut"
    yield f"{DATA}/area.yaml", "työllisyyspalvelut", "muuttunut"
    yield f"{DATA}/indicators.yaml", "Palvelun asiakkaat", "muuttunut"
    yield f"{DATA}/sources.yaml", "Keksityt luvut", "muuttunut"
    yield "data/statistics/demo/2021.csv", "2021-01,KU992", "muuttunut"
    yield "data/home.yaml", "language: fi", "muuttunut"


@pytest.mark.parametrize(("path", "old", "how"), list(changed_inputs()), ids=lambda one: str(one)[-24:])
def test_a_changed_input_makes_documents_stale_and_is_named(city: City, path: str, old: str, how: str) -> None:
    city.change(path, old, f"{old} " if path.endswith("home.yaml") else f"{old[:-1]}x")
    assert set(states(city).values()) == {"vanhentunut"}
    assert reasons(city) == {f"{path}: {how}"}


def test_added_and_removed_inputs_are_named(city: City) -> None:
    city.write(f"{DATA}/2022/observations.csv", "indicator,period,value\n")
    (city.folder / DATA / "2021/sums.yaml").unlink()
    assert reasons(city) == {f"{DATA}/2022/observations.csv: lisätty", f"{DATA}/2021/sums.yaml: poistettu"}


def test_a_citys_own_layout_makes_documents_stale_when_it_comes_changes_and_goes(city: City) -> None:
    own = city.own("annual/report.html.j2")
    assert reasons(city) == {"templates/annual/report.html.j2: lisätty"}
    assert city.run(*REPORT).code == 0
    own.write_text(own.read_text(encoding="utf-8") + "<!-- oma -->", encoding="utf-8")
    assert reasons(city) == {"templates/annual/report.html.j2: muuttunut"}
    own.unlink()
    assert reasons(city) == {"templates/annual/report.html.j2: poistettu"}


def test_a_citys_own_theme_makes_documents_stale(city: City) -> None:
    city.write("templates/shared/theme.yaml", 'accent: "#7A1F5C"\n')
    assert reasons(city) == {"templates/shared/theme.yaml: lisätty"}


@pytest.mark.parametrize(
    "name", ["~$annual.md", ".DS_Store", ".annual.md.swp", "annual.md~", "#annual.md#", "annual.bak"]
)
def test_what_word_and_editors_leave_for_a_while_makes_nothing_stale(city: City, name: str) -> None:
    city.write(f"{DATA}/2021/{name}", "x")
    assert set(states(city).values()) == {"ajan tasalla"}


def test_a_touched_file_of_equal_content_makes_nothing_stale(city: City) -> None:
    (city.folder / DATA / "2021/annual.md").touch()
    before = stamps(city)
    assert city.run(*REPORT).code == 0
    assert stamps(city) == before


def test_after_a_change_all_are_made_again(city: City) -> None:
    before = city.documents()
    city.change(f"{DATA}/2021/annual.md", "Ensimmäinen vuosi onnistui", "Ensimmäinen vuosi sujui")
    said = city.run(*REPORT)
    after = city.documents()
    assert said.code == 0
    assert after.keys() == before.keys()
    assert all(after[name] != before[name] for name in ALL)
    assert "Ensimmäinen vuosi sujui" in after["annual.html"].decode()
    assert set(states(city).values()) == {"ajan tasalla"}


def test_a_file_saved_while_the_report_is_being_made_leaves_it_stale(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reports.write import html

    path = f"{DATA}/2021/annual.md"
    city.change(path, "Ensimmäinen vuosi onnistui", "Ensimmäinen vuosi sujui")
    real = html.write

    def write(*arguments: object) -> bytes:
        city.change(path, "Ensimmäinen vuosi sujui", "Ensimmäinen vuosi meni")
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(html, "write", write)
        assert city.run(*REPORT).code == 0
    assert b"vuosi sujui" in city.documents()["annual.html"]
    assert set(states(city).values()) == {"vanhentunut"}
    assert city.run(*REPORT).code == 0
    assert b"vuosi meni" in city.documents()["annual.html"]


def test_a_workbook_on_request_stands_beside_the_others_and_is_kept_up(city: City) -> None:
    before = stamps(city)
    assert city.run(*REPORT, "--format", "xlsx").code == 0
    assert {name: stamps(city)[name] for name in ALL - {"manifest.json"}} == {
        name: before[name] for name in ALL - {"manifest.json"}
    }
    assert set(states(city).values()) == {"ajan tasalla"}
    assert len(states(city)) == 4
    now = stamps(city)
    assert city.run(*REPORT).out.count("ajan tasalla") == 4
    assert stamps(city) == now
    city.change(f"{DATA}/2021/annual.md", "Ensimmäinen vuosi onnistui", "Ensimmäinen vuosi sujui")
    assert city.run(*REPORT).code == 0
    assert set(states(city).values()) == {"ajan tasalla"}
    (city.out / "annual.xlsx").unlink()
    assert city.run(*REPORT).out.count("ajan tasalla") == 3


def test_one_format_after_a_change_leaves_the_others_stale(city: City) -> None:
    city.change(f"{DATA}/2021/annual.md", "Ensimmäinen vuosi onnistui", "Ensimmäinen vuosi sujui")
    assert city.run(*REPORT, "--format", "html").code == 0
    assert states(city) == {"annual.docx": "vanhentunut", "annual.html": "ajan tasalla", "annual.pdf": "vanhentunut"}
    assert reasons(city) == {"tehty aiemmin kuin raportin muut asiakirjat"}
    assert "ajan tasalla" in city.run(*REPORT, "--format", "html").out
    assert city.run(*REPORT).code == 0
    assert set(states(city).values()) == {"ajan tasalla"}
    assert sorted(path.name for path in city.out.iterdir()) == sorted(ALL)


def test_a_missing_document_is_said_and_made_again(city: City) -> None:
    (city.out / "annual.pdf").unlink()
    assert states(city)["annual.pdf"] == "puuttuu"
    assert city.run(*REPORT).code == 0
    assert (city.out / "annual.pdf").is_file()


def test_another_area_does_not_interfere(city: City) -> None:
    files = (path for path in sorted((city.folder / DATA).rglob("*")) if path.is_file())
    for path in list(files):
        name = path.relative_to(city.folder / DATA).as_posix()
        city.write(f"data/toinen/{name}", path.read_text(encoding="utf-8"))
    before = city.documents()
    said = city.run(*REPORT, "--area", "toinen", "--format", "html")
    assert said.code == 0, said.err
    assert said.out.splitlines()[0] == "Vuosiraportti 2021, toinen"
    assert city.documents() == before
    assert (city.folder / "out/toinen/2021/annual.html").is_file()
    assert set(states(city).values()) == {"ajan tasalla"}
    city.change("data/toinen/2021/annual.md", "Ensimmäinen vuosi", "Toinen vuosi")
    assert city.run("status", "--area", "kuvitteila").out.count("ajan tasalla") == 3
    assert city.run("status", "--area", "toinen").out.count("vanhentunut") == 1


def test_a_damaged_manifest_loses_no_document(city: City) -> None:
    before = city.documents()
    for damage in (b"", b"{", b"[]", b'{"reports": {"annual": {}}}', b'{"reports": 1}'):
        (city.out / "manifest.json").write_bytes(damage)
        assert city.run("status").code == 0
        assert city.run(*REPORT).code == 0
        assert city.documents() == before, damage


def test_damaged_hashes_are_no_fault(city: City) -> None:
    for damage in ("", "[1]", '{"a": 1}'):
        city.write("out/.cache/hashes.json", damage)
        assert city.run(*REPORT).out.count("ajan tasalla") == 3


def test_a_hash_is_not_remembered_of_a_file_that_may_still_change(tmp_path: Path) -> None:
    path = tmp_path / "new"
    path.write_bytes(b"one")
    hashes = Hashes(tmp_path / "hashes.json")
    first = hashes.of(path)
    stat = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert hashes.of(path) != first


def test_the_manifest_says_what_was_printed_and_where_it_was_read(city: City) -> None:
    table = json.loads((city.out / "manifest.json").read_bytes())["reports"]["annual"]
    facts = {fact["text"]: fact for fact in table["facts"]}
    assert facts["800"]["origins"].startswith(f"{DATA}/2021/observations.csv:2")
    assert facts["800"]["place"].startswith(f"{DATA}/2021/annual.md:")
    assert set(table["outputs"]) == ALL - {"manifest.json"}
    assert f"{DATA}/2021/annual.md" in table["inputs"]
    assert "vuosikello/templates/annual/recipe.yaml" in table["inputs"]
    assert all(len(seal) in (0, 64) for seal in table["inputs"].values())


def test_the_manifest_names_no_folder_of_the_machine(city: City) -> None:
    text = (city.out / "manifest.json").read_text(encoding="utf-8")
    assert str(city.folder) not in text
    assert str(ROOT) not in text
    assert '"/' not in text


def test_inputs_of_the_city_and_the_program_have_names_of_their_own(city: City) -> None:
    city.own("shared/theme.yaml")
    names = manifest.input_hashes(Home(city.folder), "kuvitteila", Hashes(city.folder / "none"))
    assert {"templates/shared/theme.yaml", "vuosikello/templates/shared/theme.yaml"} <= names.keys()


def test_a_manifest_of_an_older_program_is_read(city: City) -> None:
    path = city.out / "manifest.json"
    table = json.loads(path.read_bytes())
    del table["reports"]["annual"]["options"]["title"]
    path.write_text(json.dumps(table), encoding="utf-8")
    said = city.run(*REPORT)
    assert (said.code, said.out.count("ajan tasalla")) == (0, 3)
    table["reports"]["annual"]["options"] = 7
    path.write_text(json.dumps(table), encoding="utf-8")
    assert city.run(*REPORT).code == 0


def test_an_up_to_date_run_does_not_read_the_documents_again(city: City) -> None:
    for path in city.out.iterdir():
        os.utime(path, (1_600_000_000, 1_600_000_000))
    assert city.run(*REPORT).code == 0
    known = json.loads((city.folder / "out/.cache/hashes.json").read_bytes())
    assert {path for path in known if "annual." in path and "/out/" in path} == {
        str(city.out / name) for name in ALL - {"manifest.json"}
    }
