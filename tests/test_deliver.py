"""Putting files in place: killed, interrupted, full, held or locked at any step, the old or the new set is whole."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from reports import deliver as delivery
from reports.deliver import STAGE, deliver, locked, recover
from reports.errors import Problem, ReportError
from tests.steps import STEPS, every_step, killed_at, stopped_at
from tests.trips import ROOT, contents

OLD = {"a.docx": b"old a" * 50, "b.pdf": b"old b" * 50, "manifest.json": b"old list" * 50}
NEW = {"a.docx": b"new a" * 50, "b.pdf": b"new b" * 50, "c.html": b"new c" * 50, "manifest.json": b"new list" * 50}
LAST = "manifest.json"

# A fork is the cheapest process that can be killed a hundred times.
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return old_set(tmp_path / "out")


def old_set(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    return folder


def assert_whole(folder: Path, *sets: dict[str, bytes]) -> dict[str, bytes]:
    found = contents(folder)
    assert found in sets, sorted(found)
    return found


def test_a_set_is_replaced_and_leaves_no_rubbish(folder: Path) -> None:
    deliver(folder, NEW, LAST)
    assert contents(folder) == NEW


@forks
def test_killed_at_any_step_the_next_run_finds_the_old_or_the_new_set(tmp_path: Path) -> None:
    seen = []
    for step in every_step():
        folder = old_set(tmp_path / str(step))
        killed = killed_at(step, partial(deliver, folder, NEW, LAST))
        recover(folder)
        seen.append(assert_whole(folder, OLD, NEW) == NEW)
        if not killed:
            break
    assert len(seen) > 20
    assert not seen[0]
    assert seen[-1]
    assert seen == sorted(seen), "once the new set is decided on, it stays"


@forks
def test_killed_again_while_recovering_the_set_is_whole_all_the_same(tmp_path: Path) -> None:
    middle = next(step for step in every_step() if half_replaced(old_set(tmp_path / f"try{step}"), step))
    for step in every_step():
        folder = old_set(tmp_path / str(step))
        killed_at(middle, partial(deliver, folder, NEW, LAST))
        killed = killed_at(step, partial(recover, folder))
        recover(folder)
        assert_whole(folder, NEW)
        if not killed:
            break
    assert step > 3


def half_replaced(folder: Path, step: int) -> bool:
    killed_at(step, partial(deliver, folder, NEW, LAST))
    now = {name: data for name, data in contents(folder).items() if not name.startswith(STAGE)}
    return now not in (OLD, NEW)


@forks
def test_killed_while_taking_back_what_a_held_file_stopped_the_old_set_is_whole(tmp_path: Path) -> None:
    ends = set()
    for step in every_step():
        folder = old_set(tmp_path / str(step))
        killed = killed_at(step, partial(held_up, folder))
        recover(folder)
        ends.add(assert_whole(folder, OLD, NEW) == NEW)
        if not killed:
            assert_whole(folder, OLD)
            break
    assert step > 25
    assert False in ends


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_disk_that_fails_at_any_write_leaves_the_old_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    codes = []
    for step in every_step():
        folder = old_set(tmp_path / str(step))
        with monkeypatch.context() as patched, stopped_at(step, patched, fail, writes_only=True) as steps:
            caught = failure(folder)
        codes += [one.code for one in caught]
        if not steps.reached:
            break
        recover(folder)
        assert_whole(folder, OLD)
    assert len(codes) > 10
    assert codes[0] == ("output-full" if number == errno.ENOSPC else "output-unwritable")


def failure(folder: Path) -> tuple[Problem, ...]:
    """What stopped a delivery, with exit code 3; nothing where it went well."""
    try:
        deliver(folder, NEW, LAST)
    except ReportError as error:
        return error.problems if error.exit_code == 3 else ()
    return ()


@pytest.mark.parametrize("held", range(len(NEW)))
def test_a_target_held_open_brings_the_old_set_back(folder: Path, monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    name = list(NEW)[held]
    monkeypatch.setattr(os, "replace", holding(folder / name))
    with pytest.raises(ReportError) as caught:
        deliver(folder, NEW, LAST)
    assert caught.value.exit_code == 3
    assert [(one.code, one.place.file) for one in caught.value.problems] == [("output-held", name)]
    assert contents(folder) == OLD


def held_up(folder: Path) -> None:
    os.replace = holding(folder / "c.html")
    deliver(folder, NEW, LAST)


def holding(target: Path) -> Callable[..., None]:
    real = os.replace

    def replace(source: Any, to: Any) -> None:
        if Path(to) == target:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(source), None, str(to))
        real(source, to)

    return replace


def test_a_target_still_held_when_the_next_run_recovers_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half_done(folder, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", holding(folder / "b.pdf"))
        with pytest.raises(ReportError) as caught:
            recover(folder)
    assert [one.code for one in caught.value.problems] == ["output-held"]
    recover(folder)
    assert contents(folder) == NEW


def half_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run killed when it had replaced a.docx: nothing cleans up after it."""

    class Killed(BaseException):
        pass

    real = os.replace

    def replace(source: Any, to: Any) -> None:
        if Path(to).name == "b.pdf":
            raise Killed
        real(source, to)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        patched.setattr(delivery, "_withdraw", lambda *_: None)
        with pytest.raises(Killed):
            deliver(folder, NEW, LAST)
    assert (folder / "a.docx").read_bytes() == NEW["a.docx"]
    assert (folder / "b.pdf").read_bytes() == OLD["b.pdf"]


def test_an_interruption_among_the_replacements_brings_the_old_set_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def replace(source: Any, to: Any) -> None:
        if Path(to).name == LAST:
            raise KeyboardInterrupt
        real(source, to)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        deliver(folder, NEW, LAST)
    assert contents(folder) == OLD


def test_what_a_person_changed_after_a_kill_is_not_replaced_by_recovery(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_done(folder, monkeypatch)
    (folder / "b.pdf").write_bytes(b"a person's own")
    (folder / "c.html").write_bytes(b"a person's own too")
    recover(folder)
    assert contents(folder) == {**NEW, "b.pdf": b"a person's own", "c.html": b"a person's own too"}


def test_a_journal_with_missing_members_is_completed_as_far_as_it_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_done(folder, monkeypatch)
    (folder / STAGE / "c.html").unlink()
    recover(folder)
    assert contents(folder) == {name: data for name, data in NEW.items() if name != "c.html"}


@pytest.mark.parametrize("journal", [b"", b'{"a.docx": ["', b"[]", b'{"a.docx": 1}', b"\xff"])
def test_a_journal_that_cannot_be_read_means_the_old_set(folder: Path, journal: bytes) -> None:
    (folder / STAGE).mkdir()
    (folder / STAGE / "a.docx").write_bytes(b"new")
    (folder / STAGE / "journal.json").write_bytes(journal)
    recover(folder)
    assert contents(folder) == OLD


@contextmanager
def another_process_holds_it(folder: Path, locks: Path) -> Iterator[None]:
    script = (
        "import sys; from pathlib import Path; from reports.deliver import locked\n"
        "with locked(Path(sys.argv[1]), Path(sys.argv[2])):\n    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(locks)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline().strip() == b"held"
        yield
        assert holder.stdin
        holder.stdin.close()


def test_a_lock_held_by_another_process_is_an_error_of_files(folder: Path, tmp_path: Path) -> None:
    locks = tmp_path / "locks"
    with (
        another_process_holds_it(folder, locks),
        pytest.raises(ReportError) as caught,
        locked(folder, locks, wait=0.1),
    ):
        pytest.fail("the lock was given twice")
    assert caught.value.exit_code == 3
    assert [one.code for one in caught.value.problems] == ["output-locked"]
    with locked(folder, locks, wait=0.1):
        assert contents(folder) == OLD


def test_a_reader_sees_whole_files_only(folder: Path) -> None:
    sets = [{name: mark.encode() * 200_000 for name in OLD} for mark in "xy"]
    torn: list[str] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for name in OLD:
                data = (folder / name).read_bytes()
                if data not in (OLD[name], *(each[name] for each in sets)):
                    torn.append(name)

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(20):
        deliver(folder, sets[turn % 2], LAST)
    over.set()
    reader.join()
    assert torn == []
    assert contents(folder) == sets[1]


def test_steps_are_really_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, stopped_at(10**6, patched, lambda: None) as steps:
        deliver(folder, NEW, LAST)
    assert steps.count > 25
    assert {"replace", "fsync", "write", "open", "mkdir", "link", "unlink", "rmdir"} <= steps.names <= set(STEPS)
