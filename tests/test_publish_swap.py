"""The published folder and its exchange: killed, held, changed by hand or without links, the site is whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from reports.deliver import deliver
from reports.errors import ReportError
from reports.public.swap import Record, Shelf, digests
from tests.publish_city import fill_after, without_waiting
from tests.steps import every_step, killed_at
from tests.trips import contents

OLD = {"index.html": b"old" * 50, "2022-10/index.html": b"october" * 50}
NEW = {"index.html": b"new" * 50, "2022-10/index.html": b"october" * 50, "2022-11/index.html": b"november" * 50}
RECORD = Record("area", {}, {"2022-10": "a"})

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


def link_to(target: Path, link: Path, real: Callable[..., None] = Path.symlink_to) -> None:
    """A link, on whatever system."""
    real(link, target)


def no_links(self: Path, *_: object, **__: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.fixture(params=["links", "no links"])
def any_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Systems with links to folders, and without."""
    if request.param == "no links":
        monkeypatch.setattr(Path, "symlink_to", no_links)
    return str(request.param)


@pytest.fixture
def shelf(tmp_path: Path, any_system: str) -> Shelf:
    return Shelf.of(str(tmp_path / "www" / "site"))


def put(shelf: Shelf, files: dict[str, bytes]) -> None:
    with shelf.held():
        live = shelf.live()
        shelf.put(files, RECORD._replace(before=live.version if live else ""))


def codes(action: Callable[[], object]) -> tuple[list[str], int]:
    with pytest.raises(ReportError) as error:
        action()
    return [one.code for one in error.value.problems], error.value.exit_code


def test_a_site_is_published_and_exchanged(shelf: Shelf, any_system: str) -> None:
    put(shelf, OLD)
    assert contents(shelf.site.resolve()) == OLD
    put(shelf, NEW)
    assert contents(shelf.site.resolve()) == NEW
    assert shelf.site.is_symlink() == (any_system == "links")
    live = shelf.live()
    assert live
    assert live.record.months == RECORD.months


def test_an_empty_folder_will_do(shelf: Shelf) -> None:
    shelf.site.mkdir(parents=True)
    (shelf.site / "Thumbs.db").write_bytes(b"left by a file manager")
    put(shelf, OLD)
    assert contents(shelf.site.resolve()) == OLD


def test_the_version_before_is_kept_and_older_ones_go(shelf: Shelf) -> None:
    for number in range(5):
        put(shelf, {**OLD, "index.html": str(number).encode()})
    kept = sorted(path.name for path in shelf.versions.iterdir() if path.is_dir())
    assert len(kept) == 2
    assert digests(shelf.versions / kept[0] / "site")["2022-10/index.html"]


def test_a_folder_moved_with_its_versions_goes_on(shelf: Shelf, tmp_path: Path) -> None:
    put(shelf, OLD)
    shutil.move(tmp_path / "www", tmp_path / "elsewhere")
    moved = Shelf.of(str(tmp_path / "elsewhere" / "site"))
    assert contents(moved.site.resolve()) == OLD
    put(moved, NEW)
    assert contents(moved.site.resolve()) == NEW


@pytest.mark.parametrize("name", ["foreign.html", "folder/foreign.html"])
def test_a_folder_of_somebody_elses_is_left_alone(shelf: Shelf, name: str) -> None:
    path = shelf.site / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    assert codes(lambda: put(shelf, NEW)) == (["publish-occupied"], 3)
    assert path.read_text(encoding="utf-8") == "mine"
    assert not shelf.versions.exists()


def test_a_link_and_a_file_of_somebody_elses_are_left_alone(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    shelf.site.parent.mkdir()
    link_to(tmp_path / "other", shelf.site)
    assert codes(lambda: put(shelf, NEW)) == (["publish-occupied"], 3)
    shelf.site.unlink()
    shelf.site.write_text("mine", encoding="utf-8")
    assert codes(lambda: put(shelf, NEW)) == (["publish-file"], 3)
    assert shelf.site.read_text(encoding="utf-8") == "mine"


CHANGES: list[Callable[[Path], object]] = [
    lambda site: (site / "index.html").write_bytes(b"corrected by a person"),
    lambda site: (site / "robots.txt").write_bytes(b"added by a person"),
    lambda site: (site / "2022-11/index.html").unlink(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_somebody_changed_is_not_overwritten(shelf: Shelf, change: Callable[[Path], object]) -> None:
    put(shelf, OLD)
    put(shelf, NEW)
    change(shelf.site)
    changed = contents(shelf.site)
    assert codes(lambda: put(shelf, OLD)) == (["publish-changed"], 3)
    assert contents(shelf.site) == changed


def test_after_a_changed_folder_is_removed_the_last_whole_one_comes_back(shelf: Shelf) -> None:
    put(shelf, OLD)
    put(shelf, NEW)
    (shelf.site / "index.html").write_bytes(b"changed")
    if shelf.site.is_symlink():
        shelf.site.unlink()
    else:
        shutil.rmtree(shelf.site)
    with shelf.held():
        live = shelf.live()
    assert live
    assert contents(live.folder) == OLD


@forks
def test_killed_at_any_step_the_next_run_finds_the_old_or_the_new_site(
    tmp_path: Path, any_system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_waiting(monkeypatch)
    seen = []
    for step in every_step():
        shelf = Shelf.of(str(tmp_path / str(step) / "site"))
        put(shelf, OLD)
        killed = killed_at(step, partial(put, shelf, NEW))
        if any_system == "links":
            assert contents(shelf.site.resolve()) in (OLD, NEW), "whoever reads now finds a whole site"
        with shelf.held():
            found = shelf.live()
        assert found
        seen.append(contents(found.folder) == NEW)
        assert contents(found.folder) in (OLD, NEW)
        put(shelf, NEW)
        assert contents(shelf.site.resolve()) == NEW
        if not killed:
            break
    assert len(seen) > 15
    assert not seen[0]
    assert seen[-1]
    assert seen == sorted(seen), "once the new site is there, it stays"


def test_a_full_disk_leaves_the_old_site(shelf: Shelf) -> None:
    put(shelf, OLD)
    for written in range(5):
        with pytest.MonkeyPatch.context() as patched:
            fill_after(written, patched)
            assert codes(lambda: put(shelf, NEW)) == (["publish-full"], 3)
        assert contents(shelf.site.resolve()) == OLD
    put(shelf, NEW)
    assert contents(shelf.site.resolve()) == NEW


def test_what_the_disk_does_not_keep_is_not_published(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, OLD)

    def losing(folder: Path, files: dict[str, bytes], last: str) -> None:
        deliver(folder, files, last)
        (folder / "site/index.html").write_bytes(b"")

    monkeypatch.setattr("reports.public.swap.deliver", losing)
    assert codes(lambda: put(shelf, NEW)) == (["publish-not-kept"], 3)
    assert contents(shelf.site.resolve()) == OLD


def test_a_folder_that_cannot_be_exchanged_stays(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, OLD)
    held = PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    real = os.replace

    def refuse(old: Path, new: Path) -> None:
        if shelf.site in (Path(old), Path(new)):
            raise held
        real(old, new)

    monkeypatch.setattr("reports.public.swap.PATIENCE", 0.1)
    monkeypatch.setattr(os, "replace", refuse)
    assert codes(lambda: put(shelf, NEW)) == (["publish-unwritable"], 3)
    monkeypatch.undo()
    assert contents(shelf.site.resolve()) == OLD


def test_a_new_folder_that_cannot_be_moved_in_brings_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "symlink_to", no_links)
    monkeypatch.setattr("reports.public.swap.PATIENCE", 0.1)
    shelf = Shelf.of(str(tmp_path / "site"))
    put(shelf, OLD)
    real = os.replace

    def refuse_the_new(old: Path, new: Path) -> None:
        if Path(new) == shelf.site and "000002" in str(old):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(old, new)

    monkeypatch.setattr(os, "replace", refuse_the_new)
    assert codes(lambda: put(shelf, NEW)) == (["publish-unwritable"], 3)
    assert contents(shelf.site) == OLD


def test_a_reader_finds_only_whole_sites(tmp_path: Path) -> None:
    shelf = Shelf.of(str(tmp_path / "site"))
    sites = [{f"{name}.html": f"{name} {number}".encode() for name in "abcdefgh"} for number in range(12)]
    put(shelf, sites[0])
    seen: list[dict[str, bytes]] = []
    over = Event()

    def read() -> None:
        while not over.is_set():
            seen.append(contents(shelf.site.resolve(strict=True)))

    reader = Thread(target=read, daemon=True)
    reader.start()
    for site in sites[1:]:
        put(shelf, site)
    over.set()
    reader.join()
    assert len(seen) > len(sites)
    assert all(one in sites for one in seen)


def test_another_run_holds_the_folder(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.public.swap.WAIT", 0.1)
    with shelf.held():
        assert codes(lambda: put(shelf, NEW)) == (["publish-locked"], 3)
    put(shelf, NEW)


def test_a_list_that_cannot_be_read_is_no_whole_version(shelf: Shelf) -> None:
    put(shelf, OLD)
    put(shelf, NEW)
    live = shelf.live()
    assert live
    (shelf.versions / live.version / "record.json").write_text("{", encoding="utf-8")
    assert codes(lambda: put(shelf, NEW)) == (["publish-changed"], 3)


def test_a_folder_within_a_published_site_and_no_name_at_all_are_refused(shelf: Shelf) -> None:
    put(shelf, OLD)
    assert codes(lambda: put(Shelf(shelf.site / "sub"), NEW)) == (["publish-occupied"], 3)
    assert codes(lambda: Shelf.of(" ")) == (["publish-nowhere"], 2)
