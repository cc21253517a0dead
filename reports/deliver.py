"""Puts a set of finished files in place: all or none, under a lock and a journal; never over a person's work."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from reports.errors import ReportError, problem

STAGE = ".building"
JOURNAL = "journal.json"
OLD = "old"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was put where: `written` names the files replaced, `beside` the ones put next to an edited one."""

    written: tuple[str, ...]
    beside: Mapping[str, str]


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def locked(folder: Path, locks: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of an output folder; completes or undoes what a killed run left there.

    Raises ReportError(output-locked, exit 3) where another build holds it for longer than `wait` seconds.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    locks.mkdir(parents=True, exist_ok=True)
    lock = FileLock(locks / f"{digest(str(folder.resolve()).encode())[:16]}.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise ReportError([problem("output-locked", folder.name)], exit_code=3) from None
    try:
        recover(folder)
        yield
    finally:
        lock.release()


def deliver(folder: Path, files: Mapping[str, bytes], last: str) -> None:
    """Replace files of a folder by new ones, all or none; `last` names the one that is replaced last.

    Everything is written and synced in a stage beside the targets, then the journal is written, then each file is
    replaced. Killed before the journal, the old set stands; after it, `recover` completes the new one. A target that
    cannot be replaced (Word holds it open) brings the old set back: ReportError(output-held, exit 3).
    """
    stage = folder / STAGE
    order = [*(name for name in files if name != last), *([last] if last in files else [])]
    try:
        _stage(stage, folder, {name: files[name] for name in order})
        _write(stage / JOURNAL, json.dumps(order).encode())
        _sync_folder(stage)
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise ReportError([problem("output-unwritable", folder.name, reason=error.strerror)], exit_code=3) from error
    try:
        _replace(stage, folder, order)
    except OSError as error:
        _undo(stage, folder, order)
        name = Path(error.filename2 or error.filename or "").name
        raise ReportError([problem("output-held", name)], exit_code=3) from error
    shutil.rmtree(stage, ignore_errors=True)


def recover(folder: Path) -> None:
    """Complete what a killed run had begun to replace, or sweep away what it had only begun to write."""
    stage = folder / STAGE
    if not stage.is_dir():
        return
    journal = stage / JOURNAL
    if journal.is_file():
        try:
            order = json.loads(journal.read_bytes())
        except ValueError:
            order = []
        try:
            _replace(stage, folder, order)
        except OSError as error:
            name = Path(error.filename2 or error.filename or "").name
            raise ReportError([problem("output-held", name)], exit_code=3) from error
    shutil.rmtree(stage, ignore_errors=True)


def beside(name: str, word: str, taken: Mapping[str, str], folder: Path) -> str:
    """The name for a new file next to one that a person edited: `annual.uusi.docx`, then `annual.uusi2.docx`.

    `taken` are the names this program wrote beside before, with their hashes: those may be written again as long as
    nobody changed them.
    """
    stem, dot, ending = name.rpartition(".")
    number = 1
    while True:
        candidate = f"{stem}.{word}{number if number > 1 else ''}{dot}{ending}"
        path = folder / candidate
        if not path.exists() or taken.get(candidate) == digest(path.read_bytes()):
            return candidate
        number += 1


def _stage(stage: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(stage, ignore_errors=True)
    (stage / OLD).mkdir(parents=True)
    for name, data in files.items():
        _write(stage / name, data)
        if (folder / name).exists():
            _keep(folder / name, stage / OLD / name)


def _keep(path: Path, copy: Path) -> None:
    try:
        os.link(path, copy)
    except OSError:
        shutil.copy2(path, copy)


def _replace(stage: Path, folder: Path, order: list[str]) -> None:
    for name in order:
        if (stage / name).exists():
            os.replace(stage / name, folder / name)
    _sync_folder(folder)


def _undo(stage: Path, folder: Path, order: list[str]) -> None:
    for name in order:
        old = stage / OLD / name
        if (stage / name).exists():
            continue
        with suppress(OSError):
            if old.exists():
                os.replace(old, folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    shutil.rmtree(stage, ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder to sync it
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
