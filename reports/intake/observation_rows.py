"""Figures read from a file -> what they change in the observations of an area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from reports.errors import Problem
from reports.home import Home
from reports.intake.incoming import Incoming, SourceFile, figure_text, origin_text
from reports.intake.merging import ADDED, CHANGED, SAME, Change, Files, Merge, origin_cell
from reports.intake.stored import Layout, harmless
from reports.model import Dataset, Key, Observation
from reports.read.dataset import read_dataset

FILE = "observations.csv"
LAYOUT = Layout(
    ("indicator", "period", "area", "group", "value", "status", "source", "note", "origin"),
    ";",
    ("indicator", "period", "area", "group"),
)


def merge_observations(
    home: Home, area: str, rows: Iterable[Incoming], source_file: SourceFile, replace: bool = False
) -> Merge:
    """Put figures into data/AREA/PERIOD/observations.csv, each where it stands already, else in its period's folder.

    A figure that stands and differs is changed; where its source is another one than the incoming figure's, that is
    the problem import-conflict unless `replace`. Raises ReportError with what is wrong with the rows that stand.
    """
    incoming = list(rows)
    dataset = read_dataset(home, area, sorted({year for row in incoming for year in row.period.years}))
    files = Files(home)
    files.problems += [one for one in dataset.problems if not one.warning and one.place.file.endswith(f"/{FILE}")]
    merging = _Merging(files, area, source_file, replace, dataset)
    for row in merging.each_once(
        row._replace(source=row.source or dataset.indicators[row.indicator].source, note=harmless(row.note))
        for row in incoming
    ):
        merging.take(row)
    return merging.finish()


class _Merging:
    """One import into the folders of an area."""

    def __init__(self, files: Files, area: str, source_file: SourceFile, replace: bool, dataset: Dataset) -> None:
        self.files = files
        self.area = area
        self.source_file = source_file
        self.replace = replace
        self.standing: Mapping[Key, Observation] = dataset.observations
        self.changes: list[Change] = []
        self.problems: list[Problem] = []

    def each_once(self, rows: Iterable[Incoming]) -> list[Incoming]:
        """The rows without those that come twice, and without any of those that contradict each other."""
        taken: dict[Key, Incoming] = {}
        contradicted: set[Key] = set()
        for row in rows:
            key = _key(row)
            if (first := taken.setdefault(key, row)) is not row:
                told = _twice(row, first)
                contradicted |= set() if told.warning else {key}
                self.problems.append(told)
        return [row for key, row in taken.items() if key not in contradicted]

    def take(self, row: Incoming) -> None:
        """Add a figure, change the one that stands, or find that it is the same."""
        if old := self.standing.get(_key(row)):
            self._compare(row, old)
        else:
            path = self.files.home.period_folder(self.area, row.period) / FILE
            self._note(ADDED, row, "", _shown(row), path)
            self.files.open(path, LAYOUT).add(self._cells(row))

    def finish(self) -> Merge:
        """What it comes to, the list of source files included."""
        self.files.note_source(self.files.home.area_folder(self.area), self.source_file)
        return self.files.merge(self.changes, self.problems)

    def _compare(self, row: Incoming, old: Observation) -> None:
        path = self.files.home.root / old.place.file
        differs = _differences(row, old)
        if not differs:
            self._note(SAME, row, _shown(old), _shown(row), path)
            return
        before, after = ", ".join(was for was, _ in differs), ", ".join(now for _, now in differs)
        self._note(CHANGED, row, before, after, path)
        if self._may_change(row, old, before, after):
            self.files.open(path, LAYOUT).change(old.place.row - 1, self._cells(row))

    def _may_change(self, row: Incoming, old: Observation, before: str, after: str) -> bool:
        """Whether a figure may be replaced: it stands in the area's own rows, and is of the same source."""
        values = {"name": _name(row), "old": before, "new": after, "first": str(old.place)}
        if not old.place.file.endswith(f"/{FILE}"):
            self.problems.append(Problem("import-in-statistics", row.origin, values))
        elif old.source != row.source and not self.replace:
            self.problems.append(Problem("import-conflict", row.origin, values))
        else:
            return True
        return False

    def _note(self, kind: str, row: Incoming, old: str, new: str, path: Path) -> None:
        self.changes.append(Change(kind, _name(row), old, new, self.files.home.name(path)))
        self.files.count(path, {kind: 1})

    def _cells(self, row: Incoming) -> dict[str, str]:
        cells = {
            "indicator": row.indicator,
            "period": str(row.period),
            "area": row.area,
            "group": row.group,
            "value": _shown(row),
            "status": str(row.status),
            "source": row.source,
            "origin": origin_cell(self.source_file, origin_text(row.origin)),
        }
        return cells | ({"note": row.note} if row.note else {})


def _key(row: Incoming) -> Key:
    return row.indicator, row.period, row.area, row.group


def _name(row: Incoming) -> str:
    """A figure in the fact notation."""
    return " ".join(filter(None, (row.indicator, str(row.period), row.area, row.group and f"/ {row.group}")))


def _twice(row: Incoming, first: Incoming) -> Problem:
    """What to say of a figure that the file has given before: a warning where both rows say the same.

    Notes are not quoted: what people write there may tell of people.
    """
    values = {"name": _name(row), "found": _shown(row), "first": str(first.origin)}
    if row._replace(origin=first.origin) == first:
        return Problem("import-twice", row.origin, values, warning=True)
    if differs := _differences(row._replace(note=""), first):
        other, found = differs[0]
        return Problem("import-contradicts", row.origin, values | {"found": found, "other": other})
    return Problem("import-notes", row.origin, values)


def _shown(figure: Incoming | Observation) -> str:
    return figure_text(figure.value, figure.mark, figure.approximate, figure.upper)


def _differences(row: Incoming, old: Incoming | Observation) -> list[tuple[str, str]]:
    """What differs between a figure that stands and the incoming one; an empty note asks for no change."""
    pairs = []
    if (old.value, old.mark, old.approximate, old.upper) != (row.value, row.mark, row.approximate, row.upper):
        pairs.append((_shown(old), _shown(row)))
    if old.status != row.status:
        pairs.append((str(old.status), str(row.status)))
    if old.source != row.source:
        pairs.append((old.source, row.source))
    if row.note and row.note != old.note:
        pairs.append((old.note, row.note))
    return pairs
