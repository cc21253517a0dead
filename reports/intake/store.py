"""Figures read from a file are put into the files of data/: what that would change, and then all of it or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reports.deliver import deliver, digest, locked
from reports.errors import ReportError, problem
from reports.home import Home
from reports.intake.merging import Change, Merge
from reports.intake.observation_rows import merge_observations
from reports.intake.statistic_rows import merge_statistics

__all__ = ["Change", "Merge", "merge_observations", "merge_statistics", "store"]


def store(home: Home, merges: Iterable[Merge]) -> None:
    """Write the files of some merges, all or none; where one of them has an error, none.

    Raises ReportError: those errors with every warning (exit 1), import-meanwhile (exit 3) where somebody changed one
    of the files since it was read, or what reports.deliver says of a disk that cannot be written.
    """
    merges = tuple(merges)
    found = [one for merge in merges for one in merge.problems]
    if any(not one.warning for one in found):
        raise ReportError(found)
    files = {path.relative_to(home.data).as_posix(): data for merge in merges for path, data in merge.files.items()}
    if not files:
        return
    with locked(home.data, home.cache / "locks"):
        changed = [path for merge in merges for path, seal in merge.seen.items() if _seal(path) != seal]
        if changed:
            raise ReportError([problem("import-meanwhile", home.name(path)) for path in changed], exit_code=3)
        deliver(home.data, files, last=next(reversed(files)))


def _seal(path: Path) -> str:
    return digest(path.read_bytes()) if path.is_file() else ""
