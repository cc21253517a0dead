"""imports.csv of a table of statistics -> the day its figures were read, where sources.yaml does not say it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from reports.home import Home
from reports.model import Source
from reports.read.csv import Columns, read_rows
from reports.read.decode import bytes_of

FILE = "imports.csv"
COLUMNS = Columns(("hash", "name", "read", "sheet"), ("hash", "read"))


def read_day(home: Home, table: str, origins: Collection[str]) -> str:
    """The newest day on which one of some files was read; empty where the list of files does not know them.

    `origins` are the beginnings of the files' hashes, as each figure keeps that of its own.
    """
    path = home.data / "statistics" / table / FILE
    starts = tuple(origin for origin in origins if origin)
    if not starts or not path.is_file():
        return ""
    rows, _ = read_rows(bytes_of(path, home.name(path)), home.name(path), COLUMNS)
    return max((row["read"] for row in rows if row["hash"].startswith(starts)), default="")


def with_days(sources: Mapping[str, Source], days: Mapping[str, str]) -> dict[str, Source]:
    """The sources, those that do not say when they were read with the day that their figures were."""
    return {
        name: source if source.retrieved or name not in days else replace(source, retrieved=days[name])
        for name, source in sources.items()
    }
