"""The model: areas, indicators, observations, dates and sources of a home. Frozen, no I/O, standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from reports.errors import Place, Problem
from reports.period import Period

MOST_DECIMALS = 6  # of an indicator, and of a number that a text prints


class Mark(StrEnum):
    """Why a value is unknown: the four marks of Finnish statistics."""

    HIDDEN = "..."
    UNAVAILABLE = ".."
    NOT_APPLICABLE = "."
    NIL = "-"


class Status(StrEnum):
    """How sure a figure is."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    REVISED = "revised"
    EXAMPLE = "example"


class Better(StrEnum):
    """Which way of an indicator is good."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Every(StrEnum):
    """A rhythm of reporting."""

    NEVER = ""
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Area:
    """What a number is about: a municipality, a group of them, the country; with its case forms: names inflect."""

    name: str
    code: str = ""
    statistics: str = ""
    genitive: str = ""
    locative: str = ""
    separative: str = ""
    lative: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from: publisher, licence and the day they were read."""

    title: str
    publisher: str = ""
    licence: str = ""
    address: str = ""
    retrieved: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit and with how many decimals. `id` is its name in indicators.yaml.

    A share names the indicators it is worked out from: `part` of `whole`, of the same period, area and group.
    """

    id: str
    name: str
    unit: str
    decimals: int = 0
    better: Better = Better.NEITHER
    register: str = ""
    definition: str = ""
    source: str = ""
    statistics: str = ""
    group_name: str = ""
    groups: tuple[str, ...] = ()
    chart: str = ""
    part: str = ""
    whole: str = ""

    @property
    def symbol(self) -> str:
        """The unit where it is a symbol that is printed after the number (`%`, `€`, `M€`, `€/kk`), else nothing."""
        return self.unit if "%" in self.unit or "€" in self.unit else ""


class Observation(NamedTuple):
    """One figure. `value` is None where `mark` says why it is unknown; a nil is the value 0 with its mark kept.

    A range (`1–76`) has its lower end in `value` and its upper in `upper`. `place` is the file, row and column it was
    read from.
    """

    indicator: str
    period: Period
    area: str
    group: str
    value: Decimal | None
    place: Place
    mark: Mark | None = None
    approximate: bool = False
    status: Status = Status.FINAL
    source: str = ""
    note: str = ""
    upper: Decimal | None = None


class NamedDate(NamedTuple):
    """A day, month, year or span with a name."""

    name: str
    period: Period
    place: Place
    status: Status = Status.FINAL
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A declared sum in the fact notation. `acknowledged` is the reason why it may fail."""

    name: str
    total: str
    parts: tuple[str, ...]
    place: Place
    tolerance: Decimal = Decimal(0)
    acknowledged: str = ""


@dataclass(frozen=True, slots=True)
class Reporting:
    """A line of the reporting calendar: who is told what, when and by whom.

    `every` is a rhythm (`week`, `month`, `year`), `times` how many times a year; `months` are months of the year that
    is reported (6, 10), `after` those of the year that follows it (2).
    """

    audience: str
    what: str
    every: Every = Every.NEVER
    times: str = ""
    months: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How targets are judged.

    `near` is how far from its limit a value counts as near it, in per cent of the limit. A figure older than
    `latest_months` is no longer today's. A baseline may be `baseline_months` older than the plan it starts.
    """

    near: Decimal = Decimal(5)
    latest_months: Decimal = Decimal(3)
    baseline_months: Decimal = Decimal(3)


@dataclass(frozen=True, slots=True)
class AreaSetup:
    """area.yaml: who reports, the areas its numbers are about, who is told what and when, how targets are judged."""

    organisation: str
    municipality: str
    scope: str
    areas: tuple[Area, ...]
    reporting: tuple[Reporting, ...] = ()
    followup: FollowUp = FollowUp()


Key = tuple[str, Period, str, str]


@dataclass(frozen=True)
class Dataset:
    """Everything that was read of one area, and the problems found on the way.

    `observations` is keyed by indicator, period, area name and group.
    """

    id: str
    setup: AreaSetup
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]
    observations: Mapping[Key, Observation]
    dates: Mapping[str, NamedDate] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    problems: tuple[Problem, ...] = ()

    def area(self, text: str) -> Area | None:
        """The area of a name, an official code or a statistics code."""
        for area in self.setup.areas:
            if text in (area.name, area.code, area.statistics):
                return area
        return None

    def find(self, indicator: str, period: Period, area: str, group: str = "") -> Observation | None:
        """The observation of exactly these, or None."""
        return self.observations.get((indicator, period, area, group))

    def of(self, indicator: str, area: str) -> list[Observation]:
        """All observations of an indicator and area without a group, oldest first."""
        found = (o for o in self.observations.values() if (o.indicator, o.area, o.group) == (indicator, area, ""))
        return sorted(found, key=lambda observation: observation.period)


def keyed(observations: Iterable[Observation]) -> dict[Key, Observation]:
    """Observations by their key; of two with the same key the first stays (the reader reports the second)."""
    out: dict[Key, Observation] = {}
    for o in observations:
        out.setdefault((o.indicator, o.period, o.area, o.group), o)
    return out
