"""The model: areas, indicators, observations, dates and sources of a home. Frozen, no I/O, standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from reports.errors import Place, Problem
from reports.naming import UNCALLED, UNCITED, UNNAMED, Called, Cited, Nouns
from reports.period import Period
from reports.reporting import Release, Reporting

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


class Collect(StrEnum):
    """How often an indicator's figures are asked for on the form: as those that are known show, or as it says."""

    AS_KNOWN = ""
    MONTH = "month"
    YEAR = "year"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Area:
    """What a number is about: a municipality, a group of them, the country; with its case forms: names inflect.

    `sv` and `en` are its names in those languages where they differ, `aliases` other names that are used of it. `total`
    is what the figures of all its members together are called where those of the area itself are another matter.
    """

    name: str
    code: str = ""
    statistics: str = ""
    genitive: str = ""
    locative: str = ""
    separative: str = ""
    lative: str = ""
    members: tuple[str, ...] = ()
    sv: str = ""
    en: str = ""
    aliases: tuple[str, ...] = ()
    total: Called = UNCALLED

    def together(self, language: str) -> str:
        """What its members' sum is called in a table of a language: `Kokeilukunnat yhteensä`."""
        own: str = getattr(self.total, language, "") or getattr(self, language, "") or self.name
        return own[:1].upper() + own[1:]


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from: publisher, licence and the day they were read; `sv` and `en` are its names there."""

    title: str
    publisher: str = ""
    licence: str = ""
    address: str = ""
    retrieved: str = ""
    note: str = ""
    sv: Cited = UNCITED
    en: Cited = UNCITED


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit and with how many decimals. `id` is its name in indicators.yaml.

    A share names the indicators it is worked out from: `part` of `whole`, of the same period, area and group. `owner`
    is who gives its figures, `collect` how often the form asks for them; what can be is nought or more (`negative`:
    less too) and at most `most` (of per cents a hundred where it says nothing).

    Sentences need `nouns` of what is counted and `called` of what is measured; `share_of` stands after the number of a
    share (`of the labour force`). What is `seasonal` is compared with the same month of the year before first; what is
    of the `month_end` is said to be so. `threshold` is its own where small counts of it are hidden by another than the
    area's (see `Disclosure`).
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
    owner: str = ""
    collect: Collect = Collect.AS_KNOWN
    negative: bool = False
    most: Decimal | None = None
    nouns: Nouns = UNNAMED
    called: Called = UNCALLED
    share_of: Called = UNCALLED
    seasonal: bool = False
    month_end: bool = False
    threshold: Decimal | None = None

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
class FollowUp:
    """How targets are judged.

    `near` is how far from its limit a value counts as near it, in per cent of the limit. A figure older than
    `latest_months` is no longer today's. A baseline may be `baseline_months` older than the plan it starts.
    """

    near: Decimal = Decimal(5)
    latest_months: Decimal = Decimal(3)
    baseline_months: Decimal = Decimal(3)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is published of counts of persons in a register: none from one up to the threshold, which is shown."""

    threshold: Decimal = Decimal(5)


@dataclass(frozen=True, slots=True)
class AreaSetup:
    """area.yaml: who reports, the areas its numbers are about, who is told what and when, how targets are judged.

    `site` is the address that the public site will have, for its feed. `called` is the organisation's name in other
    languages.
    """

    organisation: str
    municipality: str
    scope: str
    areas: tuple[Area, ...]
    reporting: tuple[Reporting, ...] = ()
    releases: Mapping[str, Release] = field(default_factory=dict)
    followup: FollowUp = FollowUp()
    disclosure: Disclosure = Disclosure()
    site: str = ""
    called: Called = UNCALLED


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
        """The area of a name, another name, an official code or a statistics code."""
        for area in self.setup.areas:
            if text in (area.name, area.code, area.statistics, *area.aliases):
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
