"""Where a writer finds its layout files: the city's own folder first, then the program's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from reports.errors import ReportError, problem


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
