"""Everything an area has in its folders -> Dataset, with all problems of one run."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from reports.errors import Problem, warning
from reports.home import Home
from reports.model import Dataset, Sum, keyed
from reports.read.decode import bytes_of
from reports.read.observations import Reading, read_dates, read_observations, read_statistics, twice
from reports.read.retrieved import with_days
from reports.read.setup import read_setup, read_sums


def read_dataset(home: Home, area: str, years: Collection[int]) -> Dataset:
    """The figures of an area: its YAML files, all its periods, and the statistics of the given calendar years.

    Problems are gathered in the dataset and do not stop the reading. Raises ReportError (exit 2) for an area that is
    not there.
    """
    setup = read_setup(home, area)
    reading = Reading(setup)
    sums: list[Sum] = []
    for period in home.periods(area):
        sums += _read_period(home, home.period_folder(area, period), reading)
    read_statistics(reading, home, years)
    problems = [*setup.problems, *reading.problems, *twice(reading.observations), *_other_folders(home, area)]
    return Dataset(
        id=area,
        setup=setup.area,
        indicators=setup.indicators,
        sources=with_days(setup.sources, reading.days),
        observations=keyed(reading.observations),
        dates=reading.dates,
        sums=tuple(sums),
        problems=tuple(sorted(problems, key=_order)),
    )


def _read_period(home: Home, folder: Path, reading: Reading) -> tuple[Sum, ...]:
    """Add the figures and dates of a period; gives its sums."""
    for name, read in (("observations.csv", read_observations), ("dates.csv", read_dates)):
        path = folder / name
        if path.is_file():
            read(reading, bytes_of(path, home.name(path)), home.name(path))
    sums, problems = read_sums(home, folder / "sums.yaml")
    reading.problems += problems
    return sums


def _other_folders(home: Home, area: str) -> list[Problem]:
    return [warning("folder-not-period", home.name(path)) for path in home.other_folders(area)]


def _order(problem: Problem) -> tuple[str, int]:
    return problem.place.file, problem.place.row
