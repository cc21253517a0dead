"""Where a city keeps its figures, layouts and documents: data/, templates/, out/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reports.errors import ReportError, problem
from reports.period import Period, PeriodError

PROGRAM = Path(__file__).resolve().parents[1]
PLAIN_LINE = re.compile(r"(area|language): ([^\W\d_][\w-]*)[ \r]*")


@dataclass(frozen=True, slots=True)
class HomeSetup:
    """home.yaml: the area and the language of messages (`fi`, `en`) that are meant when none is named."""

    area: str = ""
    language: str = "fi"


class Home(NamedTuple):
    """A folder with data/, templates/ (optional) and out/. Only looks at folders, reads no file."""

    root: Path

    @property
    def data(self) -> Path:
        """The folder of figures and texts. Never falls back on the program's own."""
        return self.root / "data"

    @property
    def templates(self) -> Path:
        """The folder of the city's own layouts; it need not exist."""
        return self.root / "templates"

    @property
    def out(self) -> Path:
        """The folder that documents are written to; it need not exist."""
        return self.root / "out"

    @property
    def cache(self) -> Path:
        """Where drawings, parsed files, hashes and locks are kept between runs; all of it can be made again."""
        return self.out / ".cache"

    def area_folder(self, area: str) -> Path:
        """data/AREA."""
        return self.data / area

    def period_folder(self, area: str, period: Period) -> Path:
        """data/AREA/PERIOD."""
        return self.area_folder(area) / str(period)

    def out_folder(self, area: str, period: Period) -> Path:
        """out/AREA/PERIOD."""
        return self.out / area / str(period)

    def name(self, path: Path) -> str:
        """A path as messages and the manifest show it: from the home (or the program), with forward slashes.

        A file that lies in neither is shown by its bare name, so that no machine's folders get into a document.
        """
        for base in (self.root, PROGRAM):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name

    def template_folders(self, *names: str) -> tuple[Path, ...]:
        """Where the parts of a layout are looked up, first found first: the city's own folders, then the program's.

        `names` are those of a report and of the layout that it borrows what it has none of its own from.
        """
        bases = (self.templates, PROGRAM / "templates")
        return tuple(dict.fromkeys(base / part for base in bases for part in (*names, "shared")))

    def areas(self) -> list[str]:
        """The areas there are, by folder name: those folders of data/ that hold an area.yaml."""
        return sorted(path.parent.name for path in self.data.glob("*/area.yaml"))

    def periods(self, area: str) -> list[Period]:
        """The periods an area has a folder for, oldest first; other folders are left out (see `other_folders`)."""
        return sorted(period for _, period in self._folders(area) if period)

    def other_folders(self, area: str) -> list[Path]:
        """Folders of an area whose name is not a period as the program writes it, and which are therefore not read."""
        return sorted(path for path, period in self._folders(area) if period is None)

    def _folders(self, area: str) -> Iterator[tuple[Path, Period | None]]:
        folder = self.area_folder(area)
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.is_dir() and not path.name.startswith((".", "_")):
                yield path, _period(path.name)


def open_home(path: Path | str | None = None) -> Home:
    """The home at `path`, or the program's own folder when none is named.

    Raises ReportError (exit 2) where there is no such folder, or where it has no data/.
    """
    root = Path(path).resolve() if path is not None else PROGRAM
    if not root.is_dir():
        raise ReportError([problem("home-missing", str(path))], exit_code=2)
    if not (root / "data").is_dir():
        raise ReportError([problem("home-without-data", str(path or root.name))], exit_code=2)
    return Home(root)


def plain_setup(home: Home) -> HomeSetup | None:
    """home.yaml where it holds nothing but its usual two lines, read without a parser; None where it needs one.

    So `--help` in the home's language does not wait for YAML. The reader of reports/read checks what it says.
    """
    path = home.data / "home.yaml"
    lines = [line for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if line.strip()]
    plain = [PLAIN_LINE.fullmatch(line) for line in lines]
    found = {match[1]: match[2] for match in plain if match}
    return HomeSetup(**found) if len(found) == len(lines) else None


def _period(name: str) -> Period | None:
    try:
        period = Period.of(name)
    except PeriodError:
        return None
    return period if str(period) == name else None
