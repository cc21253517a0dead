"""Where a writer finds its layout files: the city's own folder first, then the program's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reports.errors import ReportError, problem

SHARED = "shared"  # the folder of parts that every layout may use


class Template(NamedTuple):
    """The layout of one report: folders to look in, first match wins, and the theme of `theme.yaml`.

    `folders` is, for the annual report: the home's templates/annual and templates/shared, then the program's own two.
    `theme` holds the colours (`ink`, `accent`, `pale`, `grey`, `alert`, `hairline`, `tint`, `muted`), sizes in
    points and font names.
    """

    name: str
    folders: tuple[Path, ...]
    theme: Mapping[str, str]

    def find(self, file: str) -> Path:
        """The first `file` in the folders; raises ReportError(template-missing) where none has it."""
        for folder in self.folders:
            if (path := folder / file).is_file():
                return path
        raise ReportError([problem("template-missing", f"templates/{self.name}/{file}")])

    @property
    def wide(self) -> Template:
        """The same layout with the folders of the plan's behind its own: every layout can take in a plan's goals."""
        return self._replace(folders=tuple(dict.fromkeys((*self.folders, *self.of("plan").folders))))

    def of(self, name: str) -> Template:
        """The layout of another report, from the same home and program: the annual report takes in the plan's goals."""
        folders = (folder if folder.name == SHARED else folder.parent / name for folder in self.folders)
        return self._replace(name=name, folders=tuple(folders))
