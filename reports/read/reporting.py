"""What is wrong in the reporting calendar of area.yaml: months, days, names of releases and reports, lines twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.errors import Place, Problem
from reports.home import Home
from reports.model import AreaSetup
from reports.read.decode import excerpt, nearest
from reports.read.yaml import Tree
from reports.recipe import names
from reports.reporting import Release, Reporting
from reports.schedule.due_day import MOST_DAYS, read_day

MONTHS = 12


def check_reporting(setup: AreaSetup, tree: Tree, home: Home) -> Iterator[Problem]:
    """Every problem of the lines under `reporting` and of what stands under `releases`."""
    reports = names(home) if any(line.report for line in setup.reporting) else []
    seen: dict[tuple[str, str], int] = {}
    for at, line in enumerate(setup.reporting):
        yield from _months(line, at, tree)
        yield from _names(line, at, tree, setup, reports)
        place = tree.place(("reporting", at))
        if (first := seen.setdefault((line.audience, line.what), place.row)) != place.row:
            values = {"found": excerpt(f"{line.audience}: {line.what}"), "first": first}
            yield Problem("reporting-twice", place, values)
    for name, release in setup.releases.items():
        yield from _release(name, release, tree)


def _months(line: Reporting, at: int, tree: Tree) -> Iterator[Problem]:
    """Months that are none, times a year that are no number, an end before the beginning, a day that cannot be read."""
    for key, months in (("months", line.months), ("after", line.after)):
        for number, month in enumerate(months):
            if not _is_number(month, MONTHS):
                yield Problem("reporting-month", tree.place(("reporting", at, key, number)), {"found": excerpt(month)})
    if line.times and not (line.times.isascii() and line.times.isdigit()):
        yield Problem("reporting-times", tree.place(("reporting", at, "times")), {"found": excerpt(line.times)})
    if line.from_ and line.until and line.from_.first > line.until.last:
        values = {"found": str(line.from_), "last": str(line.until)}
        yield Problem("reporting-order", tree.place(("reporting", at, "from")), values)
    if read_day(line.day) is None:
        yield Problem("reporting-day", tree.place(("reporting", at, "day")), {"found": excerpt(line.day)})


def _names(line: Reporting, at: int, tree: Tree, setup: AreaSetup, reports: list[str]) -> Iterator[Problem]:
    """Releases and a report that are not there."""
    for number, name in enumerate(line.needs):
        yield from _among(name, setup.releases, tree.place(("reporting", at, "needs", number)))
    rule = read_day(line.day)
    if rule and rule.release:
        yield from _among(rule.release, setup.releases, tree.place(("reporting", at, "day")))
    if line.report and line.report not in reports:
        values = {"found": excerpt(line.report), "near": nearest(line.report, reports)}
        yield Problem("reporting-report", tree.place(("reporting", at, "report")), values)


def _release(name: str, release: Release, tree: Tree) -> Iterator[Problem]:
    """Days of the month that are none, or in the wrong order, and exact days that are no days."""
    wrong = False
    for key, text in (("first", release.first), ("last", release.last)):
        if text and not _is_number(text, MOST_DAYS):
            wrong = True
            yield Problem("release-date", tree.place(("releases", name, key)), {"found": excerpt(text)})
    if not wrong and release.first and release.last and int(release.first) > int(release.last):
        values = {"found": release.first, "last": release.last}
        yield Problem("release-order", tree.place(("releases", name, "first")), values)
    for at, day in enumerate(release.days):
        if day.kind != "day":
            yield Problem("release-day", tree.place(("releases", name, "days", at)), {"found": str(day)})


def _among(name: str, known: Iterable[str], place: Place) -> Iterator[Problem]:
    if name not in known:
        yield Problem("reporting-release", place, {"found": excerpt(name), "near": nearest(name, known)})


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most
