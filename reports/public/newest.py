"""The figures of an area -> the months that are complete, what others lack, and which should be there by a day."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reports.compose import Composition
from reports.drawings import undrawn
from reports.errors import ReportError
from reports.finnish import Language
from reports.home import Home
from reports.model import Dataset, Mark
from reports.month.monthly_figures import YEARS_SHOWN, Month
from reports.month.monthly_setup import Monthly, read_monthly
from reports.order import Order
from reports.period import Period
from reports.public.given_out import seal_key
from reports.read.dataset import read_dataset
from reports.schedule.due_day import release_days
from reports.schedule.occasions import back
from reports.sentences.subject import Subject


class Needed(NamedTuple):
    """Figures that a month cannot do without, with their name and area; of a share also those of its part."""

    name: str
    figures: Subject | None
    part: Subject | None = None

    def lacks(self, at: Period) -> bool:
        """Whether the figure of a month is not there. A hidden one is; of a share without its part the part lacks."""
        return not _told(self.figures, at) and (self.part is None or _told(self.part, at))


class Figures(NamedTuple):
    """The figures of an area, what of them its monthly follow-up shows, and the key that they are sealed with."""

    dataset: Dataset
    setup: Monthly
    needed: tuple[Needed, ...]
    key: bytes

    @property
    def shown(self) -> tuple[str, ...]:
        """The indicators without which a month cannot be published: people, vacancies, and what the rate is made of.

        Services are not among them: a month is published without them.
        """
        rate = self.setup.rate
        named = (self.setup.people, self.setup.vacancies, rate.part if rate else "", rate.whole if rate else "")
        return tuple(dict.fromkeys(str(one) for one in named if one))

    @property
    def tables(self) -> set[str]:
        """The statistics tables that those come from."""
        return {self.dataset.indicators[name].statistics.partition(" ")[0] for name in self.shown} - {""}

    def months(self) -> list[Period]:
        """The months of which every figure shown is there, oldest first."""
        return [month for month in self.begun() if not self.lacking(month)]

    def begun(self) -> list[Period]:
        """The months of which some figure of the people is there, oldest first."""
        people = str(self.setup.people)
        found = {o.period for o in self.dataset.observations.values() if o.indicator == people}
        return sorted(one for one in found if one.kind == "month")

    def lacking(self, at: Period) -> tuple[str, ...]:
        """The figures that a month lacks, each as indicator and area."""
        return tuple(one.name for one in self.needed if one.lacks(at))

    def seal(self, at: Period) -> str:
        """A digest of every figure that a month's page may show or hide, so that a revised one is noticed.

        It lies beside the published site: without a key, whoever reads it could try what a hidden figure may be.
        """
        first = at.first.year - YEARS_SHOWN + 1
        rows = [
            f"{o.indicator}|{o.period}|{o.area}|{o.group}|{o.value}|{o.upper}|{o.mark}|{o.status}|{o.approximate}"
            for o in self.dataset.observations.values()
            if o.indicator in self.shown and first <= o.period.first.year and o.period.first <= at.last
        ]
        return hmac.new(self.key, "\n".join(sorted(rows)).encode(), "sha256").hexdigest()

    def promised(self, on: date) -> tuple[Period, date] | None:
        """The newest month whose figures were to be given out before a day, and the day; None where none is told."""
        releases = [one for one in self.dataset.setup.releases.values() if self.tables & set(one.tables)]
        month = Period.month(on.year, on.month)
        while releases:
            month = back(month, 1)
            day = max(release_days(release, back(month, -1)).last for release in releases)
            if day < on:
                return month, day
        return None


def read_figures(order: Order) -> Figures:
    """The figures of an order's area with all its statistics; its period is any month.

    Raises ReportError: exit 2 where the area has no monthly.yaml, exit 1 with every error in the data.
    """
    dataset = read_dataset(order.home, order.area, set(_years(order.home)))
    if any(not one.warning for one in dataset.problems):
        raise ReportError(dataset.problems)
    setup, _ = read_monthly(order.home, order.area, order.period, dataset)
    month = Month(order.period, setup, (), Composition(dataset, Language(order.language), undrawn))
    needed = tuple(one for area in month.listed for one in _needed(month, area))
    return Figures(dataset, setup, needed, seal_key(order.home, order.area))


def _years(home: Home) -> Iterator[int]:
    """The calendar years that there are statistics of."""
    for path in (home.data / "statistics").glob("*/[0-9][0-9][0-9][0-9].csv"):
        yield int(path.stem)


def _needed(month: Month, area: str) -> Iterator[Needed]:
    """What a month needs of an area; a rate that is lacking is told by what it is a share of."""
    setup, named = month.setup, month.work.dataset.indicators
    for name in filter(None, (setup.people, setup.vacancies)):
        yield Needed(f"{named[name].name} {area}", month.subject(name, area))
    if rate := setup.rate:
        yield Needed(f"{named[rate.whole].name} {area}", month.rate(area), month.subject(rate.part, area))


def _told(subject: Subject | None, at: Period) -> bool:
    """Whether a figure is known, or known to be hidden."""
    fact = subject.figures.get(at) if subject else None
    return fact is not None and (fact.value is not None or fact.mark == Mark.HIDDEN)
