"""monthly.yaml and breaks.yaml of an area -> what its monthly follow-up shows, and which figures cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

from reports import facts
from reports.errors import Place, Problem, ReportError, nearest, problem
from reports.facts import FactError, Reference
from reports.home import Home
from reports.model import Dataset, Indicator
from reports.period import Period
from reports.recipe import MONTHLY
from reports.sentences.subject import Break
from reports.text import NOTHING, Placed

BREAKS = "breaks.yaml"


@dataclass(frozen=True, slots=True)
class Monthly:
    """monthly.yaml: what a monthly follow-up is made of, as names of indicators.yaml and area.yaml.

    `people` is the indicator that the follow-up is about (the unemployed), `rate` its share of another one (`part` and
    `whole`), which is worked out. `areas` are the municipalities, `total` the area of them all, `country` the one to
    compare with, `area` whose figures come first: the area's own municipality where empty. `services` are notations of
    facts without a period: `aktivointiaste Salo / nuoret`.
    """

    people: Placed
    areas: tuple[Placed, ...]
    place: Place
    area: Placed = NOTHING
    total: Placed = NOTHING
    country: Placed = NOTHING
    rate: Indicator | None = None
    vacancies: Placed = NOTHING
    services: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparability:
    """A break of breaks.yaml: the days since which figures of some indicators cannot be compared with earlier ones.

    With `until`, it is an exceptional time that ended on that day: its figures can be compared, with the note.
    `note` is the sentence that tells it, `sv` and `en` in other languages; where there is none, the Finnish one.
    """

    since: tuple[Placed, ...]
    indicators: tuple[Placed, ...]
    note: Placed
    place: Place
    sv: str = ""
    en: str = ""
    until: Placed = NOTHING

    def days(self) -> Iterator[Period]:
        """The days since which; those that cannot be read are left out, since `read_breaks` has told them."""
        for text in self.since:
            with suppress(ValueError):
                yield Period.of(text)

    @property
    def last_day(self) -> date | None:
        """The last day of an exceptional time."""
        with suppress(ValueError):
            return Period.of(self.until).last if self.until else None
        return None

    def said(self, language: str) -> str:
        """The sentence in a language."""
        own: str = getattr(self, language, "")
        return own or str(self.note)


def read_monthly(home: Home, area: str, at: Period, dataset: Dataset) -> tuple[Monthly, list[Problem]]:
    """What the follow-up of an area shows, and every name in it that nothing has.

    Raises ReportError where the file is missing (exit 2) or cannot be used.
    """
    path = home.area_folder(area) / MONTHLY
    if not path.is_file():
        raise ReportError([problem("monthly-missing", home.name(path))], exit_code=2)
    monthly: Monthly
    monthly, problems = _read(Monthly, path, home)
    problems = problems or [*_names(monthly, dataset), *_services(monthly, at, dataset)]
    if any(not one.warning for one in problems):
        raise ReportError(problems)
    return monthly, problems


def read_breaks(home: Home, area: str, dataset: Dataset) -> tuple[tuple[Comparability, ...], list[Problem]]:
    """The breaks that an area knows of, and what is wrong with them; none where it has no such file."""
    path = home.area_folder(area) / BREAKS
    if not path.is_file():
        return (), []
    breaks: tuple[Comparability, ...]
    breaks, problems = _read(tuple[Comparability, ...], path, home)
    for one in breaks:
        problems += _among("indicator-unknown", one.indicators, dataset.indicators)
        for text in (*one.since, *([one.until] if one.until else [])):
            try:
                Period.of(text)
            except ValueError:
                problems.append(Problem("period", text.place, {"found": text}))
        if one.last_day and any(day.first > one.last_day for day in one.days()):
            problems.append(Problem("break-order", one.until.place, {"found": one.until}))
    return breaks, problems


def breaks_of(breaks: Iterable[Comparability], indicator: str, language: str) -> list[Break]:
    """The breaks that touch an indicator, in the words of a language, oldest first."""
    mine = [one for one in breaks if indicator in one.indicators]
    return sorted(
        (Break(day.first, one.said(language), one.last_day) for one in mine for day in one.days()), key=itemgetter(0)
    )


def reference(notation: str, at: Period, dataset: Dataset) -> Reference:
    """A notation without a period, of a month: `aktivointiaste Salo / nuoret`; raises FactError as `facts.parse`."""
    name, _, rest = notation.partition(" ")
    found = facts.parse(f"{name} {at} {rest}".strip(), dataset)
    if not isinstance(found, Reference) or found.function:
        raise FactError("fact-syntax", found=notation)
    return found


def _read(kind: Any, path: Path, home: Home) -> tuple[Any, list[Problem]]:
    from reports.read.decode import bytes_of, decode
    from reports.read.parsed import reader
    from reports.read.shape import shape

    file = home.name(path)
    text, problems = decode(bytes_of(path, file), file)
    tree, slips = reader(home)(text, file)
    value, misfits = shape(kind, tree)
    return value, [*problems, *slips, *misfits]


def _names(monthly: Monthly, dataset: Dataset) -> list[Problem]:
    known = [area.name for area in dataset.setup.areas]
    areas = [one for one in (monthly.area, *monthly.areas, monthly.total, monthly.country) if one]
    problems = _among("area-unknown", areas, known)
    problems += _among("indicator-unknown", filter(None, (monthly.people, monthly.vacancies)), dataset.indicators)
    if monthly.rate:
        parts = [Placed(one, monthly.people.place) for one in (monthly.rate.part, monthly.rate.whole)]
        problems += _among("indicator-unknown", parts, dataset.indicators)
    if monthly.total and (total := dataset.area(monthly.total)) and not total.members:
        problems.append(Problem("monthly-total", monthly.total.place, {"found": monthly.total}, warning=True))
    return problems


def _services(monthly: Monthly, at: Period, dataset: Dataset) -> Iterator[Problem]:
    for notation in monthly.services:
        try:
            reference(notation, at, dataset)
        except FactError as error:
            yield Problem(error.code, notation.place, {"expression": notation, **error.values})


def _among(code: str, found: Iterable[Placed], known: Iterable[str]) -> list[Problem]:
    known = list(known)
    unknown = (one for one in found if one not in known)
    return [Problem(code, one.place, {"found": one, "near": nearest(one, known) or "-"}) for one in unknown]
