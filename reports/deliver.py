"""Puts a set of finished files in place: all or none, under a lock and a journal; never over a person's work."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from reports.errors import Place, Problem, ReportError, problem

STAGE = ".building"
JOURNAL = "journal.json"
WITHDRAWN = "withdrawn.json"
OLD = "old"
Journal = dict[str, tuple[str, str]]
PATIENCE = 2.0  # seconds to wait for another build to put its files in place, which takes it a moment only


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def locked(folder: Path, locks: Path, wait: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of an output folder; completes or undoes what a killed run left there.

    Raises ReportError(output-locked, exit 3) where another build holds it for longer than `wait` seconds.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    locks.mkdir(parents=True, exist_ok=True)
    # Named by the way from the locks to the folder: whoever shares a home, mounted wherever, takes the same lock.
    way = Path(os.path.relpath(folder.resolve(), locks.resolve())).as_posix()
    lock = FileLock(locks / f"{digest(way.encode())[:16]}.lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise ReportError([problem("output-locked", folder.name)], exit_code=3) from None
    try:
        recover(folder)
        yield
    finally:
        lock.release()


def settle(folder: Path, locks: Path) -> None:
    """Complete or undo what a killed run left in an output folder; costs nothing where there is nothing."""
    if (folder / STAGE).is_dir():
        with locked(folder, locks):
            pass


def deliver(folder: Path, files: Mapping[str, bytes], last: str) -> None:
    """Replace files of a folder by new ones, all or none; `last` names the one that is replaced last.

    A name may lead into a folder below it (`salo/2021/observations.csv`).

    Everything is written and synced in a stage beside the targets, then the journal is written, then each file is
    replaced. Killed before the journal, the old set stands; after it, `recover` completes the new one. A target that
    cannot be replaced (Word holds it open) brings the old set back: ReportError(output-held, exit 3). So does an
    interruption, which is then passed on.
    """
    stage = folder / STAGE
    order = [*(name for name in files if name != last), *([last] if last in files else [])]
    try:
        journal = _staged(stage, folder, {name: files[name] for name in order})
        _write(stage / JOURNAL, json.dumps(journal).encode())
        _sync_folder(stage)
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise _unwritable(folder, error) from error
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    try:
        _replace(stage, folder, order)
    except OSError as error:
        _withdraw(stage, folder)
        raise _held(error) from error
    except BaseException:
        _withdraw(stage, folder)
        raise
    shutil.rmtree(stage, ignore_errors=True)


def recover(folder: Path) -> None:
    """Complete what a killed run had begun to replace, undo what it had withdrawn, or sweep what it had only written.

    A target that a person has changed since the run was killed is left as it is.
    """
    stage = folder / STAGE
    if not stage.is_dir():
        return
    try:
        if withdrawn := _journal(stage / WITHDRAWN):
            _restore(stage, folder, withdrawn)
        else:
            journal = _journal(stage / JOURNAL)
            _replace(stage, folder, [name for name, (old, _) in journal.items() if _is(folder / name, old)])
    except OSError as error:
        raise _held(error) from error
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
        if not path.exists() or (path.is_file() and taken.get(candidate) == digest(path.read_bytes())):
            return candidate
        number += 1


def _unwritable(folder: Path, error: OSError) -> ReportError:
    code = "output-full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "output-unwritable"
    return ReportError([Problem(code, Place(folder.name))], exit_code=3)


def _held(error: OSError) -> ReportError:
    # Windows and Linux name the target of a replacement in `filename2`.
    name = Path(str(error.filename2 or error.filename or "")).name
    return ReportError([problem("output-held", name)], exit_code=3)


def _staged(stage: Path, folder: Path, files: Mapping[str, bytes]) -> Journal:
    """Write new files and keep the old ones; gives the journal: the hashes of each file's old and new bytes."""
    shutil.rmtree(stage, ignore_errors=True)
    (stage / OLD).mkdir(parents=True)
    journal = {}
    for name, data in files.items():
        _write(stage / name, data)
        target = folder / name
        journal[name] = (_seal(target), digest(data))
        if target.exists():
            _keep(target, stage / OLD / name)
    return journal


def _keep(path: Path, copy: Path) -> None:
    _make_folder(copy.parent)
    try:
        os.link(path, copy)
    except OSError:
        shutil.copy2(path, copy)


def _replace(stage: Path, folder: Path, order: list[str]) -> None:
    for name in order:
        if (stage / name).exists():
            _make_folder((folder / name).parent)
            os.replace(stage / name, folder / name)
    _sync_folders(folder, order)


def _withdraw(stage: Path, folder: Path) -> None:
    """Bring the old set back. What cannot be done now, or is cut off, the next run does: the journal says which way."""
    with suppress(OSError):
        os.replace(stage / JOURNAL, stage / WITHDRAWN)
        _restore(stage, folder, _journal(stage / WITHDRAWN))
        shutil.rmtree(stage, ignore_errors=True)


def _restore(stage: Path, folder: Path, journal: Journal) -> None:
    for name, (old, new) in journal.items():
        if (stage / name).exists() or not _is(folder / name, new):
            continue  # never replaced, restored already, or changed by a person since
        if not old:
            (folder / name).unlink()
            _sweep(folder, (folder / name).parent)
        elif (stage / OLD / name).exists():
            os.replace(stage / OLD / name, folder / name)
    _sync_folders(folder, journal)


def _sweep(folder: Path, inner: Path) -> None:
    """Remove folders that were made for a file which did not stay, where nothing else lies in them."""
    with suppress(OSError):
        while inner != folder:
            inner.rmdir()
            inner = inner.parent


def _journal(path: Path) -> Journal:
    """A journal as written; empty where there is none, or where the run was killed while writing it."""
    try:
        return {name: (old, new) for name, (old, new) in json.loads(path.read_bytes()).items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _is(path: Path, seal: str) -> bool:
    return _seal(path) == seal


def _seal(path: Path) -> str:
    """The hash of a file, empty where there is none."""
    return digest(path.read_bytes()) if path.exists() else ""


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True)


def _write(path: Path, data: bytes) -> None:
    _make_folder(path.parent)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folders(folder: Path, names: Iterable[str]) -> None:
    for inner in sorted({folder, *((folder / name).parent for name in names)}):
        if inner.is_dir():
            _sync_folder(inner)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder to sync it
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
