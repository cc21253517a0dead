"""What tests of whole runs share: a home to write to, and the command line in this process or in one of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import build

ROOT = Path(__file__).resolve().parent.parent
REPORT = ("report", "annual", "2021")
OUT = "out/kuvitteila/2021"


@cache
def built_home() -> Path:
    """The made-up home with its three documents made, once a process; copy it."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(ROOT / "tests" / "home", folder, dirs_exist_ok=True)
    assert build.main([*REPORT, "--quiet", "--home", str(folder)]) == 0
    return folder


def built_city(folder: Path, capsys: Any = None) -> City:
    """A city whose documents are made."""
    shutil.copytree(built_home(), folder)
    return City(folder, capsys)


def new_city(folder: Path, capsys: Any = None) -> City:
    """A city without documents, its charts drawn already."""
    city = built_city(folder, capsys)
    shutil.rmtree(city.out)
    return city


@dataclass(frozen=True)
class Said:
    """What a run said: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


class City:
    """A home of its own, with the means to change it and to run the program in it."""

    def __init__(self, folder: Path, capsys: Any = None) -> None:
        self.folder = folder
        self._capsys = capsys

    @property
    def out(self) -> Path:
        return self.folder / OUT

    def run(self, *arguments: str) -> Said:
        """Run a command in this process."""
        self._capsys.readouterr()
        code = build.main(["--home", str(self.folder), *arguments])
        return Said(code, *self._capsys.readouterr())

    def apart(self, *arguments: str, **environment: Any) -> Said:
        """Run a command in a process of its own."""
        return apart(*arguments, "--home", str(self.folder), **environment)

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Put `new` for the first `old` in a file."""
        target = self.folder / path
        text = target.read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        target.write_text(text.replace(old, new, 1), encoding="utf-8")

    def own(self, path: str) -> Path:
        """The city's own copy of one of the program's template files."""
        target = self.folder / "templates" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "templates" / path, target)
        return target

    def documents(self) -> dict[str, bytes]:
        """The files of the period's output folder by name, whatever lies there."""
        return contents(self.out)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path from there."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def apart(*arguments: str, flags: Sequence[str] = (), cwd: Path | None = None, **environment: Any) -> Said:
    """Run build.py in a process of its own; `flags` are Python's."""
    done = subprocess.run(
        [sys.executable, *flags, str(ROOT / "build.py"), *arguments],
        capture_output=True,
        cwd=cwd,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=60,
    )
    return Said(done.returncode, done.stdout, done.stderr)
