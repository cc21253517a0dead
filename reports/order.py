"""What is asked for: a report of an area and a period, in some formats and a language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from reports.home import Home
from reports.period import Period

Say = Callable[..., None]
FORMATS = ("docx", "pdf", "html", "pptx", "txt", "xlsx")


def silent(step: str, **values: object) -> None:
    """A `Say` that tells nobody what begins."""


class Order(NamedTuple):
    """One report to be made. Without `formats` the recipe decides.

    `thorough` has the words of its texts looked through as well, which a build need not wait for. `published` is where
    the public site lies that the report belongs on, the area's own where None.
    """

    home: Home
    name: str
    area: str
    period: Period
    formats: tuple[str, ...] = ()
    language: str = "fi"
    thorough: bool = False
    published: Path | None = None

    @property
    def folder(self) -> Path:
        """Where its documents go."""
        return self.home.out_folder(self.area, self.period)

    @property
    def site(self) -> Path:
        """Where the area's public site lies."""
        return self.home.out / self.area / "site"

    @property
    def drawings(self) -> Path:
        """Where drawn charts are kept."""
        return self.cache / "charts"

    @property
    def cache(self) -> Path:
        """Where drawings, hashes and locks are kept between runs."""
        return self.home.cache

    @property
    def locks(self) -> Path:
        """Where the locks of output folders lie."""
        return self.cache / "locks"

    def file(self, kind: str) -> str:
        """The name of its document in a format: `annual.docx`, in another language than Finnish `annual.en.docx`."""
        return f"{self.stem}.{kind}"

    @property
    def stem(self) -> str:
        """The name of its documents without the format."""
        return self.name if self.language == "fi" else f"{self.name}.{self.language}"
