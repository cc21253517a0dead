"""A folder's name -> a working home in it for another city, with a small made-up year."""

from __future__ import annotations

import shutil
from pathlib import Path

from reports.errors import ReportError, problem
from reports.home import PROGRAM

MODEL = PROGRAM / "templates" / "starter"


def make_home(folder: Path) -> list[Path]:
    """Write the files of the model home into a new or empty folder; gives them, as seen from where `folder` is.

    Raises ReportError (new-not-empty, new-not-folder; exit 2) and writes nothing where something is there already.
    """
    if folder.exists() and not folder.is_dir():
        raise ReportError([problem("new-not-folder", str(folder))], exit_code=2)
    if folder.is_dir() and any(folder.iterdir()):
        raise ReportError([problem("new-not-empty", str(folder))], exit_code=2)
    made = []
    for path in sorted(path for path in MODEL.rglob("*") if path.is_file()):
        target = folder / path.relative_to(MODEL)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        made.append(target)
    return made
