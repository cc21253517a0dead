"""plan.yaml and followup.yaml -> the plan and what people say of it, with everything that is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from reports.errors import Place, Problem, ReportError, problem
from reports.goals.standing import Standing
from reports.goals.target import TargetError, parse_target
from reports.goals.yardstick import converted
from reports.home import Home
from reports.messages import LANGUAGES, catalogue
from reports.model import Dataset, Observation
from reports.period import Period
from reports.plan.model import FollowUpNotes, Measure, Plan
from reports.read.decode import bytes_of, decode, excerpt, nearest
from reports.read.number import ReadingError, read_period
from reports.read.parsed import reader
from reports.read.plan_slips import early, slips
from reports.read.shape import shape
from reports.read.yaml import Tree
from reports.recipe import PLAN
from reports.text import Placed

FOLLOW_UP = "followup.yaml"
OBSERVATIONS = "observations.csv"
_CODES = [str(standing) for standing in Standing]
# 2, 2.1, 2a, B, iv
_NUMBER = re.compile(r"(?:(?:[0-9]++|(?:[^\W\d_]|[IVX]+|[ivx]+)(?![^\W\d_]))[.\u2013/-]?)+\)?")


def read_plan(home: Home, area: str, period: Period, dataset: Dataset) -> tuple[Plan, list[Problem]]:
    """The plan of a period, and every problem in it: keys, names that nothing has, targets that cannot be read.

    Raises ReportError (exit 2) where the period has no plan.
    """
    path = home.period_folder(area, period) / PLAN
    if not path.is_file():
        raise ReportError([problem("plan-missing", home.name(path))], exit_code=2)
    plan: Plan
    plan, tree, problems = _read(Plan, path, home)
    problems += [*early(tree, period), *_numbers(plan)]
    for placed in plan.measures():
        problems += _check(placed.measure, dataset)
    return plan, [*problems, *_twice(plan)]


def read_notes(home: Home, area: str, period: Period, plan: Plan) -> tuple[FollowUpNotes, list[Problem]]:
    """What people say beside the figures of a period; nothing where there is no such file.

    A status is given by its code, however its author named it: in the words of a document of either language, too.
    """
    path = home.period_folder(area, period) / FOLLOW_UP
    if not path.is_file():
        return FollowUpNotes(home.name(path)), []
    notes: FollowUpNotes
    notes, _, problems = _read(FollowUpNotes, path, home)
    keys = [placed.measure.key for placed in plan.measures()]
    overrides = [replace(one, status=_code(one.status)) for one in notes.overrides]
    for one in overrides:
        problems += _among("measure-unknown", one.measure, keys) if one.measure else []
        if one.status and str(one.status) not in _CODES:
            values = {"found": excerpt(one.status), "near": nearest(one.status, _spoken())}
            problems.append(Problem("choice", one.status.place, values))
    problems += _first("override-twice", ((one.measure, one.place) for one in overrides))
    for goal, comment in (notes.comments or {}).items():
        problems += _among("goal-unknown", Placed(goal, comment.place), plan.goals)
    return replace(notes, overrides=tuple(overrides)), problems


def plan_for(home: Home, area: str, at: Period) -> Period | None:
    """The period of the plan that a follow-up looks at: the one under way, else the next one to come, else the last.

    Before a plan begins its baselines are already followed.
    """
    plans = [period for period in home.periods(area) if (home.period_folder(area, period) / PLAN).is_file()]
    under_way = [period for period in plans if period.first <= at.last <= period.last]
    coming = [period for period in plans if period.first > at.last]
    return next(iter(under_way[-1:] or coming[:1] or plans[-1:]), None)


def baselines(measure: Measure, dataset: Dataset) -> list[Observation]:
    """The observations that a measure starts from, in the order of the plan; those that are not there are left out."""
    found = []
    for text in measure.baseline:
        with suppress(ReadingError):
            area = dataset.area(measure.area or dataset.setup.scope)
            one = dataset.find(measure.indicator, read_period(text), area.name if area else "", measure.group)
            found += [one] if one else []
    return found


def _read(kind: Any, path: Path, home: Home) -> tuple[Any, Tree, list[Problem]]:
    file = home.name(path)
    text, problems = decode(bytes_of(path, file), file)
    tree, faults = reader(home)(text, file)
    tree, slipped = slips(tree)
    value, misfits = shape(kind, tree, file=file)
    return value, tree, [*problems, *faults, *slipped, *misfits]


def _code(status: Placed) -> Placed:
    """The code of a status in whatever words: `not-yet` of `Ei vielä tavoitetasolla`; another text as it is."""
    return Placed(_spoken().get(status.lower(), status), status.place)


@cache
def _spoken() -> dict[str, str]:
    """What a status may be called, in small letters, with its code: as documents call it in each language, or so."""
    spoken = [catalogue(code).part("standing") for code in LANGUAGES]
    names = {words[standing].lower(): str(standing) for words in spoken for standing in Standing}
    return names | dict(zip(_CODES, _CODES, strict=True))


def _numbers(plan: Plan) -> Iterator[Problem]:
    """A typed number of a goal or a row that is none."""
    for goal in plan.goals.values():
        for typed in (goal.number, *(row.number for row in goal.rows)):
            if typed and not _NUMBER.fullmatch(typed):
                yield Problem("plan-number", typed.place, {"found": excerpt(typed)})


def _check(measure: Measure, dataset: Dataset) -> Iterator[Problem]:
    if bool(measure.indicator) == bool(measure.text):
        yield Problem("measure-kind", measure.place, {})
    yield from _check_target(measure, dataset)
    if not measure.indicator:
        used = {"baseline": measure.baseline, "area": measure.area, "group": measure.group}
        yield from (Problem("measure-words", measure.place, {"name": name}) for name, value in used.items() if value)
        return
    if measure.indicator not in dataset.indicators:
        yield from _among("indicator-unknown", measure.indicator, dataset.indicators)
        return
    if measure.area and dataset.area(measure.area) is None:
        yield from _among("area-unknown", measure.area, [area.name for area in dataset.setup.areas])
        return
    if measure.group:
        groups = dataset.indicators[measure.indicator].groups
        yield from _among("group-unknown", measure.group, groups, indicator=measure.indicator)
    for text in measure.baseline:
        yield from _check_baseline(measure, text, dataset)


def _check_target(measure: Measure, dataset: Dataset) -> Iterator[Problem]:
    """A target that cannot be read, or whose unit is another one than its indicator's."""
    if not measure.target:
        return
    found = excerpt(measure.target)
    try:
        target = parse_target(measure.target)
    except TargetError as error:
        yield Problem(error.code, measure.target.place, {"found": found, **error.values})
        return
    indicator = dataset.indicators.get(measure.indicator)
    if indicator and converted(target, indicator.unit) is None:
        values = {"found": found, "unit": target.unit, "wanted": indicator.unit, "indicator": indicator.id}
        yield Problem("target-rhythm" if target.per else "target-unit", measure.target.place, values)


def _check_baseline(measure: Measure, text: Placed, dataset: Dataset) -> Iterator[Problem]:
    try:
        period = read_period(text)
    except ReadingError as error:
        yield Problem(error.code, text.place, {"found": excerpt(text), **error.values})
        return
    if not baselines(replace(measure, baseline=(text,)), dataset) and not _lost(period, dataset):
        area = dataset.area(measure.area or dataset.setup.scope)
        series = (measure.indicator, area.name if area else "", measure.group)
        have = sorted(o.period for o in dataset.observations.values() if (o.indicator, o.area, o.group) == series)
        found = " ".join([measure.indicator, text, series[1], f"/ {measure.group}" if measure.group else ""]).strip()
        near = nearest(str(period), map(str, have)) if have else ""
        yield Problem("baseline-missing", text.place, {"found": found, "near": near})


def _lost(period: Period, dataset: Dataset) -> bool:
    """Whether a figure of a period may be one that could not be read: the fault of its row is told, and is enough."""
    files = {one.place.file for one in dataset.problems if not one.warning and one.place.file.endswith(OBSERVATIONS)}
    for file in files:
        with suppress(ReadingError):
            if period in read_period(Path(file).parent.name):
                return True
    return False


def _among(code: str, found: Placed, known: Iterable[str], **values: str) -> list[Problem]:
    known = list(known)
    values |= {"found": excerpt(found), "near": nearest(found, known)}
    return [] if found in known else [Problem(code, found.place, values)]


def _twice(plan: Plan) -> Iterator[Problem]:
    """A measure that stands in the plan twice: next year's plan could not tell the two apart."""
    measures = (placed.measure for placed in plan.measures())
    return _first("measure-twice", ((one.key, one.place) for one in measures))


def _first(code: str, keys: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    """A problem for each key that stands somewhere already, with the row where it first does."""
    seen: dict[str, Place] = {}
    for key, place in keys:
        if key and key in seen:
            yield Problem(code, place, {"found": excerpt(key), "first": seen[key].row})
        seen.setdefault(key, place)
