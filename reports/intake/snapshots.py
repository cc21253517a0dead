"""Snapshots: what a service said of a table on a day, kept as it was, so that its figures can be put back."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from reports.deliver import digest
from reports.errors import ReportError, problem
from reports.home import Home
from reports.intake.incoming import SourceFile

FOLDER = "snapshots"
FORM = 1
NAME = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}-[0-9a-f]{8}\.json\.gz")
MOST = 200_000_000  # bytes of a snapshot when unpacked
LEVEL = 9
GZIP = 31  # what zlib calls the format with its header
ENDING = len("-01234567.json.gz")


class Answer(NamedTuple):
    """A question as it was asked and the reply to it, byte for byte."""

    question: str
    reply: str


class Snapshot(NamedTuple):
    """A table as a service showed it: its address, its metadata, and the answers to our questions.

    `revised` are the figures that differed from those that stood until then, as `CONTENT PERIOD AREA`.
    """

    table: str
    address: str
    read: datetime
    metadata: str
    answers: tuple[Answer, ...]
    revised: tuple[str, ...] = ()

    @property
    def seal(self) -> str:
        """The SHA-256 of what was asked and said."""
        return digest(json.dumps([self.table, self.address, self.metadata, self.answers]).encode())

    @property
    def name(self) -> str:
        """The name of its file: day, time, and the beginning of its seal."""
        return f"{self.read:%Y-%m-%d-%H%M%S}-{self.seal[:8]}.json.gz"

    def to_bytes(self) -> bytes:
        """The file: JSON, packed; it holds its own seal."""
        text = {
            "form": FORM,
            "table": self.table,
            "address": self.address,
            "read": self.read.isoformat(timespec="seconds"),
            "seal": self.seal,
            "revised": self.revised,
            "metadata": self.metadata,
            "answers": [one._asdict() for one in self.answers],
        }
        return gzip.compress(json.dumps(text, ensure_ascii=False, indent=1).encode(), LEVEL, mtime=0)

    def source_file(self, data: bytes) -> SourceFile:
        """Its file, which holds `data`, as the list of source files names it."""
        return SourceFile(self.name, digest(data), self.read.date())


def folder_of(home: Home, table: str) -> Path:
    """Where the snapshots of a table lie: not among the statistics, all of which a build looks at."""
    return home.data / FOLDER / table


def paths(home: Home, table: str) -> list[Path]:
    """The snapshots of a table, oldest first."""
    folder = folder_of(home, table)
    return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name)) if folder.is_dir() else []


def day_of(path: Path) -> date:
    """The day a snapshot was taken."""
    return date.fromisoformat(path.name[:10])


def after_others(home: Home, snapshot: Snapshot) -> Snapshot:
    """A snapshot whose file comes after those taken on the same day, were it in the same second."""
    others = [path.name for path in paths(home, snapshot.table) if day_of(path) == snapshot.read.date()]
    while others and snapshot.name <= others[-1]:
        snapshot = snapshot._replace(read=snapshot.read + timedelta(seconds=1))
    return snapshot


def alike(home: Home, snapshot: Snapshot) -> Path | None:
    """The newest snapshot on file that says the same; None where there is none."""
    found = [path for path in paths(home, snapshot.table) if path.name.endswith(snapshot.name[-ENDING:])]
    return next((path for path in reversed(found) if read(home, path).seal == snapshot.seal), None)


def read(home: Home, path: Path) -> Snapshot:
    """A snapshot from its file; raises ReportError (exit 3) where it is damaged or was changed."""
    try:
        raw = json.loads(_unpacked(path.read_bytes()))
        found = Snapshot(
            raw["table"],
            raw["address"],
            datetime.fromisoformat(raw["read"]),
            raw["metadata"],
            tuple(Answer(one["question"], one["reply"]) for one in raw["answers"]),
            tuple(raw["revised"]),
        )
        if (raw["form"], raw["seal"], path.name) == (FORM, found.seal, found.name):
            return found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error):
        pass  # the same is wrong as where the seal does not fit
    raise ReportError([problem("fetch-snapshot-damaged", home.name(path))], exit_code=3)


def _unpacked(data: bytes) -> bytes:
    opened = zlib.decompressobj(GZIP)
    text = opened.decompress(data, MOST)
    if not opened.eof:
        raise ValueError(len(data))
    return text
