"""What is missing or at odds in an action plan: nobody responsible, no figures, old ones, mixed areas, lost numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from reports.consistency.figures import check_share
from reports.consistency.finding import finding
from reports.consistency.pieces import spoken
from reports.consistency.text import check_texts
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.goals.measures import name_of
from reports.goals.target import Kind, TargetError, at_odds, parse_target
from reports.goals.yardstick import age, ceiling, converted
from reports.model import Area, Dataset, Indicator, Observation
from reports.period import Period
from reports.plan.model import PlacedMeasure, Plan
from reports.read.decode import excerpt
from reports.read.plan import baselines
from reports.text import Placed

NUMBERED = r"(\d+)\W*$"  # the last number of a typed one: 3, 3., 1.3


class Counted(NamedTuple):
    """A measure that counts something: its name as printed, its indicator and area, and its figures, oldest first.

    `starts` are its baselines, `elsewhere` the other areas that have figures of the same.
    """

    placed: PlacedMeasure
    name: str
    indicator: Indicator
    area: Area
    observations: tuple[Observation, ...]
    starts: list[Observation]
    elsewhere: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.placed.measure.place


def check_plan(plan: Plan, period: Period, dataset: Dataset, language: Language) -> list[Problem]:
    """Everything that is missing or at odds in the plan of a `period`: its rows, measures, numbers and words.

    All are warnings but a share that its parts do not give, which is an error. Where the data gives the reason, a
    warning is a known one; docs/decisions/0009 says which and how.
    """
    counted = _counted(plan, dataset)
    problems = [*_numbers(plan), *_unowned(plan), *_mixed(counted, dataset)]
    for one in counted:
        problems += [*_data(one), *_age(one, period, dataset, language), *_scope(one, dataset), *_aim(one, language)]
        problems += [wrong for o in one.starts if (wrong := check_share(o, dataset, language))]
    definitions = [one.indicator.definition for one in counted]
    terms = tuple(plan.terms or ())
    words = spoken(plan, dataset)
    return problems + check_texts(words, language, terms=terms, definitions=definitions, dates=dataset.dates)


def _counted(plan: Plan, dataset: Dataset) -> list[Counted]:
    """The measures that count something; names that stand for nothing are told by the reader."""
    figures: dict[tuple[str, str], dict[str, list[Observation]]] = {}
    for o in dataset.observations.values():
        figures.setdefault((o.indicator, o.group), {}).setdefault(o.area, []).append(o)
    out = []
    for placed in plan.measures():
        measure = placed.measure
        indicator = dataset.indicators.get(measure.indicator)
        area = dataset.area(measure.area or dataset.setup.scope)
        if indicator and area:
            areas = figures.get((indicator.id, measure.group), {})
            found = tuple(sorted(areas.get(area.name, ()), key=lambda o: o.period))
            starts = baselines(measure, dataset)
            elsewhere = ", ".join(name for name, some in areas.items() if name != area.name and _known(some))
            out.append(Counted(placed, name_of(measure, dataset), indicator, area, found, starts, elsewhere))
    return out


def _known(figures: Iterable[Observation]) -> bool:
    return any(o.value is not None for o in figures)


def _numbers(plan: Plan) -> Iterator[Problem]:
    """A warning where the numbers of goals, or of a goal's rows, do not run 1, 2, 3.

    Only typed numbers can go wrong; where some are typed, those that are counted have to fit in.
    """
    goals = list(plan.goals.values())
    for place, found, wanted in _holes([(goal.number, goal.place) for goal in goals]):
        yield finding("goal-number", place, found=found, wanted=wanted)
    for at, goal in enumerate(goals, 1):
        for place, found, wanted in _holes([(row.number, row.place) for row in goal.rows]):
            yield finding("row-number", place, goal=goal.number or str(at), found=found, wanted=wanted)


def _holes(numbers: Sequence[tuple[Placed, Place]]) -> Iterator[tuple[Place, str, str]]:
    """Place, number and wanted number of each entry whose number does not follow the one before it."""
    wanted = 1
    for at, (typed, place) in enumerate(numbers, 1):
        number = re.search(NUMBERED, typed or str(at))
        counted = int(number[1]) if number else wanted  # letters are not ours to judge
        if counted != wanted:
            yield typed.place if typed else place, typed or str(at), str(wanted)
        wanted = counted + 1


def _unowned(plan: Plan) -> Iterator[Problem]:
    """A warning for each row without a responsible; `acknowledged` is the reason."""
    for at, goal in enumerate(plan.goals.values(), 1):
        for row_at, row in enumerate(goal.rows, 1):
            if not any(one.strip() for one in row.responsible):
                where = _where(goal.number or at, row.number or row_at)
                yield finding("row-unowned", row.place, row.acknowledged, **where)


def _where(goal: str | int, row: str | int) -> dict[str, str]:
    return {"goal": str(goal), "row": str(row)}


def _mixed(counted: Iterable[Counted], dataset: Dataset) -> Iterator[Problem]:
    """A warning for each row whose measures are of different areas; a note that names the unusual ones is the reason.

    The same indicators side by side of several areas (Salo, Marttila) are a comparison, and no mix.
    """
    rows: dict[Place, list[Counted]] = {}
    for one in counted:
        rows.setdefault(one.placed.row.place, []).append(one)
    for place, members in rows.items():
        of_each: dict[tuple[str, str], set[str]] = {}
        names: dict[str, list[str]] = {}
        for one in members:
            of_each.setdefault((one.indicator.id, one.placed.measure.group), set()).add(one.area.name)
            names.setdefault(one.area.name, []).append(one.name)
        if len({frozenset(areas) for areas in of_each.values()}) > 1:
            found = "; ".join(f"{area}: {excerpt(', '.join(some))}" for area, some in names.items())
            first = members[0].placed
            where = _where(first.goal_number, first.row_number)
            yield finding("scopes-mixed", place, _telling(members, dataset), found=found, **where)


def _telling(members: Sequence[Counted], dataset: Dataset) -> str:
    """The notes of a row and its measures that name its unusual areas; nothing where one of those is not named."""
    notes = dict.fromkeys([members[0].placed.row.note, *(one.placed.measure.note for one in members)])
    areas = {one.area.name: _naming(one.area) for one in members if one.area.name != dataset.setup.scope}
    if not all(any(naming.search(note) for note in notes) for naming in areas.values()):
        return ""
    return " ".join(note for note in notes if any(naming.search(note) for naming in areas.values()))


def _data(one: Counted) -> Iterator[Problem]:
    """A warning for a measure with a target and no figure; an unknown one (`..`) with a note gives the reason.

    Of a measure whose baseline is missing the reader has told already.
    """
    target, baseline = one.placed.measure.target, one.placed.measure.baseline
    if target and not _known(one.observations) and len(one.starts) == len(baseline):
        reason = next((o.note for o in reversed(one.observations) if o.note), "")
        values = {"name": one.name, "area": one.area.name, "target": excerpt(target), "near": one.elsewhere}
        yield finding("measure-without-data", one.place, reason, **values)


def _age(one: Counted, period: Period, dataset: Dataset, language: Language) -> Iterator[Problem]:
    """A warning for a newest baseline that is too old when the plan begins (`followup: baseline-months` of area.yaml).

    Its age is counted in whole months. A newer figure that is unknown (`..`) and has a note gives the reason.
    """
    if not one.starts:
        return
    newest = max(one.starts, key=lambda o: o.period.last)
    eve = period.first - timedelta(days=1)
    months = age(newest.period, Period(eve, eve))
    most = dataset.setup.followup.baseline_months
    if months > most:
        newer = [o for o in one.observations if o.value is None and o.period.last > newest.period.last]
        reason = next((o.note for o in reversed(newer) if o.note), "")
        values = {"name": one.name, "when": language.short(newest.period), "months": str(months), "most": str(most)}
        yield finding("baseline-old", one.placed.measure.baseline[-1].place, reason, **values)


def _scope(one: Counted, dataset: Dataset) -> Iterator[Problem]:
    """A warning for a measure whose name speaks of another municipality than its figures; a note may tell why.

    Names of joint areas are left out: the customers *of the trial* may well be counted in one municipality.
    """
    said = [area for area in dataset.setup.areas if not area.members and _naming(area).search(one.name)]
    if said and one.area not in said:
        note = one.placed.measure.note
        values = {"name": one.name, "found": said[0].name, "area": one.area.name}
        yield finding("scope-other", one.place, note if _naming(one.area).search(note) else "", **values)


def _aim(one: Counted, language: Language) -> Iterator[Problem]:
    """A warning for a target that goes against what is better of its indicator, or beyond what its values can be."""
    written, indicator = one.placed.measure.target, one.indicator
    target = None
    with suppress(TargetError):  # told by the reader
        target = converted(parse_target(written), indicator.unit) if written else None
    if target is None:
        return
    values = {"name": one.name, "target": excerpt(written)}
    if at_odds(target, indicator.better):
        yield finding("target-against", written.place, **values, better=str(indicator.better))
    most = ceiling(indicator)
    if target.kind in (Kind.LIMIT, Kind.BAND) and most is not None and most < (target.upper or target.value or most):
        yield finding("target-over", written.place, **values, most=language.number(most, 0, indicator.symbol))


@cache
def _naming(area: Area) -> re.Pattern[str]:
    """The name of an area in any of its forms, and in short endings that area.yaml does not list."""
    forms = [area.genitive, area.locative, area.separative, area.lative]
    listed = "|".join(re.escape(form) for form in forms if form)
    return re.compile(rf"(?<!\w)(?:{re.escape(area.name)}\w{{0,3}}|{listed or area.name})(?!\w)", re.IGNORECASE)
