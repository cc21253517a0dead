"""What an import comes to: the files of data/ as they will stand, and what becomes of every figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from reports.deliver import digest
from reports.errors import Problem, ReportError
from reports.home import Home
from reports.intake.incoming import HASH_SHOWN, SourceFile
from reports.intake.stored import BOM, Layout, Stored, harmless
from reports.read import retrieved
from reports.read.csv import Columns, Row, rows_in
from reports.read.decode import bytes_of, decode

ADDED, CHANGED, SAME = "added", "changed", "same"
FILES = Layout(retrieved.COLUMNS.valid, ";", ("read", "name", "hash"))


class Change(NamedTuple):
    """What an import does to one figure. `kind` is `added`, `changed` or `same`.

    `name` is the figure in the fact notation (of a statistic `CONTENT PERIOD AREA`), `old` and `new` are what its
    cells say, `file` where it stands or will.
    """

    kind: str
    name: str
    old: str
    new: str
    file: str


class Merge(NamedTuple):
    """The files to be written, what becomes of the figures, and what speaks against writing them.

    `changes` are the figures one by one; of a statistic only those that are changed. `counts` tells of every file how
    many figures are added, changed and the same. `seen` are the hashes of the files as they were read (empty: not
    there), so that nobody's work in between is lost.
    """

    files: Mapping[Path, bytes]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()
    seen: Mapping[Path, str] = {}
    counts: Mapping[str, Mapping[str, int]] = {}


class Files:
    """Files of data/ that are being changed: each is read once, and its bytes from before are remembered.

    `problems` are those of the files as they stand: nothing may be written on top of a row that cannot be read.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self.problems: list[Problem] = []
        self._open: dict[Path, Stored] = {}
        self._before: dict[Path, bytes | None] = {}
        self._texts: dict[Path, str] = {}
        self._counts: dict[Path, Counter[str]] = {}

    def open(self, path: Path, layout: Layout) -> Stored:
        """A file ready to be changed; a new one where there is none."""
        if path not in self._open:
            data = bytes_of(path, self.home.name(path)) if path.is_file() else None
            text, problems = decode(data, self.home.name(path)) if data is not None else ("", [])
            self.problems += [one for one in problems if not one.warning]
            self._before[path], self._texts[path] = data, text
            self._open[path] = Stored(text, layout, (data or b"").startswith(BOM))
        return self._open[path]

    def rows(self, path: Path, columns: Columns) -> list[Row]:
        """The rows of an opened file as it was; none where it was not there."""
        if self._before[path] is None:
            return []
        rows, problems = rows_in(self._texts[path], self.home.name(path), columns)
        self.problems += problems
        return rows

    def count(self, path: Path, found: Mapping[str, int]) -> None:
        """Add to the figures of a file that are added, changed or the same."""
        self._counts.setdefault(path, Counter()).update(found)

    def note_source(self, folder: Path, source_file: SourceFile) -> None:
        """Where any figure changes, add its source file to the list of them in a folder, unless it is there."""
        if not any(stored.changed for stored in self._open.values()):
            return
        stored = self.open(folder / retrieved.FILE, FILES)
        cells = {
            "hash": source_file.sha256,
            "name": harmless(source_file.name),
            "read": source_file.read.isoformat(),
            "sheet": harmless(source_file.sheet),
        }
        known = [stored.cells(at) for at in stored.rows()]
        if not any(one.get("hash") == cells["hash"] and one.get("sheet", "") == cells["sheet"] for one in known):
            stored.add(cells)

    def merge(self, changes: Iterable[Change], problems: Iterable[Problem]) -> Merge:
        """What has come of it. Raises ReportError with what is wrong with the files as they stand."""
        if self.problems:
            raise ReportError(self.problems)
        files = {path: stored.to_bytes() for path, stored in sorted(self._open.items()) if stored.changed}
        seen = {path: "" if (data := self._before[path]) is None else digest(data) for path in files}
        counts = {self.home.name(path): counts for path, counts in sorted(self._counts.items())}
        return Merge(files, tuple(changes), tuple(problems), seen, counts)


def origin_cell(source_file: SourceFile, where: str) -> str:
    """The `origin` of a row: the beginning of the file's hash, and where in it the figure stands."""
    return f"{source_file.sha256[:HASH_SHOWN]} {where}"
