"""area.yaml and indicators.yaml -> what is to be fetched of each table: contents, areas, and areas to be added up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from reports.errors import Place, Problem, ReportError
from reports.home import Home
from reports.intake.aggregate import Content, Total, members_of
from reports.model import Area, Indicator
from reports.read.decode import excerpt
from reports.read.setup import Setup, read_setup

NO_TABLE = "statistics-table"  # said of a table that has no files yet: those are about to be made


@dataclass(slots=True)
class Wanted:
    """What some areas of a home want of a table. `areas` maps every statistics code to the area and where it stands.

    `made_of` are the areas that have members, each with all the areas of its file. `sources` are the names of the
    sources that the figures are shown under, by where they stand, each with the day it says they were read.
    """

    contents: dict[str, Content] = field(default_factory=dict)
    areas: dict[str, tuple[Area, Place]] = field(default_factory=dict)
    made_of: dict[str, tuple[Area, tuple[Area, ...]]] = field(default_factory=dict)
    sources: dict[Place, tuple[str, str]] = field(default_factory=dict)

    def codes(self, known: Collection[str]) -> tuple[str, ...]:
        """The area codes to ask for: of those the service knows, the ones wanted and the members of sums."""
        asked = {code for code in self.areas if code in known}
        return tuple(sorted(asked.union(*(set(total.members) & set(known) for total in self.totals(known)))))

    def totals(self, known: Collection[str]) -> list[Total]:
        """The areas that the service does not know and that are made of others."""
        return [
            Total(code, area.name, members_of(area, areas, known), self.areas[code][1])
            for code, (area, areas) in self.made_of.items()
            if code not in known
        ]

    def unknown(self, known: Collection[str]) -> list[tuple[str, Area, Place]]:
        """The areas that the service does not know, and that are not made of others."""
        return [(code, *pair) for code, pair in self.areas.items() if code not in known and code not in self.made_of]


def read_wanted(home: Home, areas: Iterable[str], tables: Collection[str]) -> tuple[dict[str, Wanted], list[Problem]]:
    """What the areas of a home (`data/AREA`) want of some tables, by table, and warnings.

    Raises ReportError (exit 1) where their YAML files have errors, or use one code for areas made of different members.
    """
    found: dict[str, Wanted] = {}
    problems: list[Problem] = []
    for name in areas:
        setup = read_setup(home, name)
        problems += [one for one in setup.problems if one.code != NO_TABLE]
        named = {table: contents for table, contents in _contents(setup).items() if table in tables}
        for table, contents in named.items():
            wanted = found.setdefault(table, Wanted())
            wanted.contents = {**contents, **wanted.contents}
            wanted.sources |= _sources(setup, table)
            problems += _add_areas(wanted, setup)
        problems += _without_code(setup) if named else ()
    unique = list({f"{one.place}{one.code}{one.values}": one for one in problems}.values())
    if any(not one.warning for one in unique):
        raise ReportError(unique)
    return found, unique


def _contents(setup: Setup) -> dict[str, dict[str, Content]]:
    """The contents that indicators name, by table and code."""
    out: dict[str, dict[str, Content]] = {}
    tree = setup.trees["indicators"]
    for name, indicator in setup.indicators.items():
        table, code = _split(indicator)
        if code:
            part, whole = (_content_in(setup.indicators.get(one), table) for one in (indicator.part, indicator.whole))
            place = tree.place((name, "statistics"))
            counts = not indicator.part and "%" not in indicator.unit
            out.setdefault(table, {})[code] = Content(indicator.name, place, counts, indicator.decimals, part, whole)
    return out


def _sources(setup: Setup, table: str) -> dict[Place, tuple[str, str]]:
    """The sources of the indicators of a table, by place: name and the day that they say they were read."""
    used = {one.source for one in setup.indicators.values() if _split(one)[0] == table and one.source in setup.sources}
    tree = setup.trees["sources"]
    return {tree.key_place((name,)): (name, setup.sources[name].retrieved) for name in sorted(used)}


def _split(indicator: Indicator) -> tuple[str, str]:
    table, _, code = indicator.statistics.partition(" ")
    return table, code


def _content_in(indicator: Indicator | None, table: str) -> str:
    """The content code of an indicator, where it is of the same table."""
    own, code = _split(indicator) if indicator else ("", "")
    return code if own == table else ""


def _add_areas(wanted: Wanted, setup: Setup) -> list[Problem]:
    """Add the areas of an area.yaml that have a code; a code that stands for other members elsewhere is an error."""
    problems = []
    tree = setup.trees["area"]
    areas = setup.area.areas
    for at, area in enumerate(areas):
        if not area.statistics:
            continue
        place = tree.place(("areas", at))
        first = wanted.areas.setdefault(area.statistics, (area, place))
        if _made(area, areas) != _made(first[0], _beside(wanted, first[0], areas)):
            values = {"found": excerpt(area.statistics), "first": str(first[1])}
            problems.append(Problem("fetch-sum-differs", place, values))
        elif area.members:
            wanted.made_of.setdefault(area.statistics, (area, areas))
    return problems


def _beside(wanted: Wanted, area: Area, areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """The areas of the file that an area stands in."""
    known = wanted.made_of.get(area.statistics)
    return known[1] if known else areas


def _made(area: Area, areas: tuple[Area, ...]) -> tuple[str, ...]:
    return tuple(sorted(members_of(area, areas, ())))


def _without_code(setup: Setup) -> list[Problem]:
    """A warning for each area that is made of others and has no code to keep its sums under."""
    tree = setup.trees["area"]
    return [
        Problem("fetch-sum-code", tree.place(("areas", at)), {"name": excerpt(area.name)}, warning=True)
        for at, area in enumerate(setup.area.areas)
        if area.members and not area.statistics
    ]


def names(wanted: Mapping[str, Wanted]) -> dict[str, str]:
    """What areas and contents are called, by code."""
    out: dict[str, str] = {}
    for one in wanted.values():
        out |= {code: area.name for code, (area, _) in one.areas.items()}
        out |= {code: content.name for code, content in one.contents.items()}
    return out
