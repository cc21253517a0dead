"""Whole runs that end badly: killed, interrupted, disk full, files held or locked; no document is lost."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reports.deliver import STAGE, locked
from tests.steps import every_step, killed_at, stopped_at
from tests.test_deliver import another_process_holds_it, holding
from tests.trips import REPORT, ROOT, City, built_city

TEXT = "data/kuvitteila/2021/annual.md"
NAMES = ["annual.docx", "annual.html", "annual.pdf", "manifest.json"]
EDIT = b"what a person wrote"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def reword(city: City, word: str = "sujui") -> None:
    """Make the documents stale."""
    city.change(TEXT, "Ensimmäinen vuosi ", f"Ensimmäinen vuosi {word} ja ")


# Killed, interrupted, full


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_a_whole_run_killed_while_it_writes_is_mended_by_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fourth step of a run that makes the page only; test_deliver.py goes through all steps of a set."""
    last = 0
    for step in (each for each in every_step() if each % 4 == 1):
        city = built_city(tmp_path / str(step), capsys)
        old = city.documents()
        reword(city)
        killed = killed_at(step, lambda home=city.folder: make_page(home))  # type: ignore[misc]
        assert city.run(*REPORT, "--format", "html").code == 0
        new = city.documents()
        assert sorted(new) == NAMES
        assert [name for name in NAMES if new[name] != old[name]] == ["annual.html", "manifest.json"]
        assert city.run(*REPORT, "--format", "html").out.count("ajan tasalla") == 1
        last = step
        if not killed:
            break
    assert last > 15


def make_page(home: Path) -> None:
    import build

    build.main([*REPORT, "--format", "html", "--quiet", "--home", str(home)])


def test_rubbish_of_a_killed_run_is_swept_even_when_nothing_is_to_be_made(city: City) -> None:
    before = city.documents()
    (city.out / STAGE / "old").mkdir(parents=True)
    (city.out / STAGE / "annual.docx").write_bytes(b"half a fi")
    assert city.run(*REPORT).out.count("ajan tasalla") == 3
    assert city.documents() == before
    assert not (city.out / STAGE).exists()


def test_status_does_not_take_a_killed_run_for_a_persons_edits(city: City) -> None:
    (city.out / STAGE / "old").mkdir(parents=True)
    said = city.run("status")
    assert said.out.count("ajan tasalla") == 3
    assert not (city.out / STAGE).exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_read_only_disk_leaves_the_old_documents_and_exits_3(
    city: City, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = city.documents()
    reword(city)

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    reached, code = 0, -1
    for step in every_step():
        with monkeypatch.context() as patched, stopped_at(step, patched, fail, writes_only=True) as steps:
            said = city.run(*REPORT, "--format", "html")
        code = said.code
        if not steps.reached:
            break
        if code == 0:
            # The first steps write the cache, which a run can do without.
            assert reached == 0
            before = city.documents()
            reword(city)
            continue
        reached += 1
        assert said.code == 3
        assert "Virhe" in said.err or "voi lukea tai kirjoittaa" in said.err
        assert "ennallaan" in said.err or "voi lukea tai kirjoittaa" in said.err
        assert "Traceback" not in said.all
        assert city.documents() == before
        assert not (city.out / STAGE).exists()
    assert reached > 5
    assert code == 0


def test_an_interruption_in_the_middle_exits_130_and_leaves_the_old_documents(city: City) -> None:
    before = city.documents()
    reword(city)
    script = (
        "import os, signal, sys, build\nfrom reports.write import html\n"
        "real = html.write\n"
        "def write(*given):\n    os.kill(os.getpid(), signal.SIGINT)\n    return real(*given)\n"
        "html.write = write\nsys.exit(build.main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *REPORT, "--home", str(city.folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 130, done.stderr
    assert "Keskeytetty. Vanhat asiakirjat ovat ennallaan." in done.stderr
    assert "Traceback" not in done.stderr
    assert city.documents() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.7])
def test_ctrl_c_at_a_terminal_exits_130_without_a_traceback(city: City, seconds: float) -> None:
    """A terminal interrupts every process of the run, the one that draws charts too."""
    before = city.documents()
    shutil.rmtree(city.folder / "out/.cache")
    reword(city)
    command = [sys.executable, str(ROOT / "build.py"), *REPORT, "--home", str(city.folder)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8", start_new_session=True
    ) as run:
        time.sleep(seconds)
        os.killpg(run.pid, signal.SIGINT)
        said = run.communicate(timeout=30)[1]
    assert run.returncode == 130, said
    assert "Traceback" not in said
    assert city.documents() == before


# Held, locked, two at once


@pytest.mark.parametrize("name", NAMES)
def test_a_document_held_open_exits_3_and_the_old_set_is_whole(
    city: City, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = city.documents()
    reword(city)
    monkeypatch.setattr(os, "replace", holding(city.out / name))
    said = city.run(*REPORT)
    assert said.code == 3
    assert f"{name}: Tiedosto on auki toisessa ohjelmassa" in said.err
    assert city.documents() == before


def test_a_lock_held_by_another_run_exits_3(city: City) -> None:
    before = city.documents()
    reword(city)
    with another_process_holds_it(city.out, city.folder / "out/.cache/locks"):
        said = city.run(*REPORT, "--format", "html")
    assert said.code == 3
    assert "Toinen ajo tekee juuri näitä asiakirjoja" in said.err
    assert city.documents() == before
    assert city.run(*REPORT).code == 0


@pytest.mark.slow
def test_two_runs_at_once_leave_one_whole_set(city: City) -> None:
    reword(city)
    command = [sys.executable, str(ROOT / "build.py"), *REPORT, "--home", str(city.folder)]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(3)]
    codes = sorted(run.wait(timeout=60) for run in runs)
    assert codes[0] == 0
    assert set(codes) <= {0, 3}
    assert sorted(city.documents()) == NAMES
    assert city.run(*REPORT).out.count("ajan tasalla") == 3


def test_two_who_reach_a_home_by_different_names_take_the_same_lock(tmp_path: Path) -> None:
    for root in ("one", "two"):
        out = tmp_path / root / "out"
        with locked(out / "salo" / "2021", out / ".cache" / "locks"):
            pass
    names = [{path.name for path in (tmp_path / root / "out/.cache/locks").iterdir()} for root in ("one", "two")]
    assert names[0] == names[1] != set()
