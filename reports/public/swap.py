"""A published folder that is exchanged for a new one in one step; the last versions lie beside it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from reports.deliver import deliver, digest, locked
from reports.errors import Place, Problem, ReportError, problem

WAIT = 60.0  # seconds to wait for another run that publishes into the same folder
PATIENCE = 2.0  # seconds to wait for a program that holds the folder open (Windows)
INNER, RECORD, LINK = "site", "record.json", "link"
# What a fault of reports/deliver.py is called where the documents are a site.
TOLD = {
    "output-locked": "publish-locked",
    "output-full": "publish-full",
    "output-unwritable": "publish-unwritable",
    "output-held": "publish-unwritable",
}
LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what file managers leave in any folder
MOST_NAMED = 3


class Record(NamedTuple):
    """What a version is: the area, the digests of its files, the seal of each month's figures, the version before."""

    area: str
    files: Mapping[str, str]
    months: Mapping[str, str]
    before: str = ""


class Live(NamedTuple):
    """The version that is published: its name, its list, and the folder of its files."""

    version: str
    record: Record
    folder: Path


def _versions(site: Path) -> Path:
    return site.with_name(f".{site.name}.versions")


class Shelf(NamedTuple):
    """The folder that is published, and beside it `.NAME.versions` with what it was exchanged for, newest last.

    Each version is a numbered folder with the files in `site` and their list in `record.json`, written last. The
    published folder is a link to one of them, exchanged by one rename; where the system has no such links (Windows),
    the folder itself is renamed away and the new one put in its place.
    """

    site: Path

    @classmethod
    def of(cls, folder: str) -> Shelf:
        """The shelf of a folder as it was named; a link that is its last part is not followed.

        Raises ReportError (exit 2) where the name is empty, which would be the folder that one stands in.
        """
        if not folder.strip():
            raise ReportError([problem("publish-nowhere")], exit_code=2)
        return cls(Path(os.path.abspath(folder)))  # noqa: PTH100 - Path.resolve would follow the link

    @property
    def versions(self) -> Path:
        """Where the versions lie, on the same disk as the folder."""
        return _versions(self.site)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from publishing here; where a killed run left nothing published, the last whole set comes back.

        The system takes the lock back from a process that dies. Raises ReportError (exit 3) where another holds it for
        longer than a minute, or the folder is not ours to exchange.
        """
        self._check()
        with ExitStack() as stack:
            with self._told():
                stack.enter_context(locked(self.versions, self.versions, WAIT))
                self._recover()
            yield

    def live(self) -> Live | None:
        """What is published now; None where nothing is.

        Raises ReportError(publish-changed, exit 3) where somebody changed it by hand.
        """
        if not _has_files(self.site):
            return None
        found = digests(self.site)
        if self.site.is_symlink():
            names = [self.site.readlink().parent.name]
        else:  # the version whose files were moved away
            names = [name for name in reversed(self._names()) if not (self.versions / name / INNER).exists()]
        records = [(name, record) for name in names if (record := self._record(name))]
        for name, record in records:
            if record.files == found:
                return Live(name, record, self.site.resolve())
        known = records[0][1].files if records else {}
        changed = sorted(name for name in {*known, *found} if known.get(name) != found.get(name))
        more = f" (+{len(changed) - MOST_NAMED})" if len(changed) > MOST_NAMED else ""
        raise _stop(problem("publish-changed", self.site.name, found=", ".join(changed[:MOST_NAMED]) + more))

    def put(self, files: Mapping[str, bytes], record: Record) -> None:
        """Publish a whole new set: written, synced and read back beside the old one, then exchanged for it.

        Raises ReportError (exit 3) where the disk is full or does not keep what is written; the old set stays.
        """
        name = f"{max(map(int, self._names()), default=0) + 1:06d}"
        seals = {file: digest(data) for file, data in files.items()}
        written = {f"{INNER}/{file}": data for file, data in files.items()}
        with self._told():
            deliver(self.versions / name, {**written, RECORD: _to_bytes(record._replace(files=seals))}, last=RECORD)
        if not self._whole(name):
            raise _stop(problem("publish-not-kept", self.site.name))
        self._exchange(name)
        self._sweep()

    def note(self, live: Live, record: Record) -> None:
        """Write another list for the version that is published."""
        with self._told():
            deliver(self.versions / live.version, {RECORD: _to_bytes(record)}, last=RECORD)

    def _check(self) -> None:
        """Refuse what is no folder of its own, and a folder with files that were not put there from here."""
        if not self.site.name:
            raise ReportError([problem("publish-root", str(self.site))], exit_code=2)
        if self.site.exists() and not self.site.is_dir():
            raise _stop(problem("publish-file", self.site.name))
        elsewhere = self.site.is_symlink() and self.site.readlink().parent.parent.name != self.versions.name
        foreign = _has_files(self.site) and not self.versions.is_dir()
        within = any(one.name and _versions(one).is_dir() for one in self.site.parents)
        if elsewhere or foreign or within:
            raise _stop(problem("publish-occupied", self.site.name))

    def _recover(self) -> None:
        """Where nothing is published, put the newest whole version in place; a half-made one is swept later."""
        if not _has_files(self.site):
            whole = next((name for name in reversed(self._names()) if self._whole(name)), "")
            if whole:
                self._exchange(whole)

    def _names(self) -> list[str]:
        """The versions there are, the oldest first, whole or not."""
        found = self.versions.iterdir() if self.versions.is_dir() else ()
        return sorted(path.name for path in found if path.name.isdigit() and path.is_dir())

    def _record(self, name: str) -> Record | None:
        try:
            raw: Any = json.loads((self.versions / name / RECORD).read_bytes())
            return Record(raw["area"], raw["files"], raw["months"], raw["before"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _whole(self, name: str) -> bool:
        """Whether a version has its list and every file on it, as it was made."""
        record = self._record(name)
        return record is not None and bool(record.files) and digests(self.versions / name / INNER) == record.files

    def _exchange(self, name: str) -> None:
        target = self.versions / name / INNER
        with self._told():
            if not self._linked(target):
                self._moved(target)

    def _linked(self, target: Path) -> bool:
        """Have the published folder point to a version, by one rename; False where it must be moved instead.

        The link is relative, so that the folders may be moved, or seen by a web server under another name.
        """
        if os.name == "nt" or (not self.site.is_symlink() and _has_files(self.site)):
            return False
        link = self.versions / LINK
        link.unlink(missing_ok=True)
        try:
            link.symlink_to(os.path.relpath(target, self.site.parent), target_is_directory=True)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            return False
        if self.site.is_dir() and not self.site.is_symlink():
            _clear(self.site)
        os.replace(link, self.site)
        return True

    def _moved(self, target: Path) -> None:
        """Move the published folder back to its version and the new one into its place.

        Killed in between there is no folder for a moment, until the next run puts the new one there.
        """
        live = self.live()
        if live:
            kept = self.versions / live.version / INNER
            _renamed(self.site, kept)
            try:
                _renamed(target, self.site)
            except OSError:
                _renamed(kept, self.site)
                raise
        else:
            if self.site.is_dir():
                _clear(self.site)
            _renamed(target, self.site)

    def _sweep(self) -> None:
        """Remove all versions but the one published and the one before it, which somebody may still be reading."""
        live = self.live()
        kept = {live.version, live.record.before} if live else set()
        for name in self._names():
            if live and name not in kept:
                shutil.rmtree(self.versions / name, ignore_errors=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell a fault of the disk or of our folders by the name of the published one, which people know."""
        try:
            yield
        except ReportError as error:
            here = Place(self.site.name)
            found = [replace(one, code=TOLD.get(one.code, one.code), place=here) for one in error.problems]
            raise ReportError(found, error.exit_code) from error
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise _stop(problem("publish-full" if full else "publish-unwritable", self.site.name)) from error


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by its path from there with forward slashes."""
    found = (path for path in folder.rglob("*") if path.name not in LEFT_BY_SYSTEMS and path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in sorted(found)}


def _stop(one: Problem) -> ReportError:
    return ReportError([one], exit_code=3)


def _has_files(folder: Path) -> bool:
    return folder.is_dir() and any(path.name not in LEFT_BY_SYSTEMS for path in folder.iterdir())


def _clear(folder: Path) -> None:
    """Remove a folder in which nothing lies but what file managers leave."""
    for name in LEFT_BY_SYSTEMS:
        (folder / name).unlink(missing_ok=True)
    folder.rmdir()


def _renamed(old: Path, new: Path) -> None:
    """Rename a folder; tried again for a while where another program holds it open, as Windows lets it."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            os.replace(old, new)
        except PermissionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def _to_bytes(record: Record) -> bytes:
    return (json.dumps(record._asdict(), indent=1, sort_keys=True) + "\n").encode()
