"""plan.yaml and followup.yaml -> the plan and what people say of it, with everything that is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from reports.errors import Place, Problem, ReportError, problem
from reports.home import Home
from reports.model import Dataset, Observation
from reports.period import Period
from reports.plan import FollowUpNotes, Measure, Plan
from reports.read.decode import bytes_of, decode, excerpt, nearest
from reports.read.number import ReadingError, read_period
from reports.read.parsed import reader
from reports.read.shape import shape
from reports.recipe import PLAN
from reports.standing import Standing
from reports.target import TargetError, parse_target
from reports.text import Placed
from reports.yardstick import converted

FOLLOW_UP = "followup.yaml"


def read_plan(home: Home, area: str, period: Period, dataset: Dataset) -> tuple[Plan, list[Problem]]:
    """The plan of a period, and every problem in it: keys, names that nothing has, targets that cannot be read.

    Raises ReportError (exit 2) where the period has no plan.
    """
    path = home.period_folder(area, period) / PLAN
    if not path.is_file():
        raise ReportError([problem("plan-missing", home.name(path))], exit_code=2)
    plan: Plan
    plan, problems = _read(Plan, path, home)
    for placed in plan.measures():
        problems += _check(placed.measure, dataset)
    return plan, [*problems, *_twice(plan)]


def read_notes(home: Home, area: str, period: Period, plan: Plan) -> tuple[FollowUpNotes, list[Problem]]:
    """What people say beside the figures of a period; nothing where there is no such file."""
    path = home.period_folder(area, period) / FOLLOW_UP
    if not path.is_file():
        return FollowUpNotes(home.name(path)), []
    notes: FollowUpNotes
    notes, problems = _read(FollowUpNotes, path, home)
    keys = [placed.measure.key for placed in plan.measures()]
    for one in notes.overrides:
        problems += _among("measure-unknown", one.measure, keys)
        problems += _among("choice", one.status, [standing.value for standing in Standing])
    for goal, comment in (notes.comments or {}).items():
        problems += _among("goal-unknown", Placed(goal, comment.place), plan.goals)
    return notes, problems


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


def _read(kind: Any, path: Path, home: Home) -> tuple[Any, list[Problem]]:
    file = home.name(path)
    text, problems = decode(bytes_of(path, file), file)
    tree, slips = reader(home)(text, file)
    value, misfits = shape(kind, tree, file=file)
    return value, [*problems, *slips, *misfits]


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
        yield Problem("target-unit", measure.target.place, values)


def _check_baseline(measure: Measure, text: Placed, dataset: Dataset) -> Iterator[Problem]:
    try:
        read_period(text)
    except ReadingError as error:
        yield Problem(error.code, text.place, {"found": excerpt(text), **error.values})
        return
    if not baselines(replace(measure, baseline=(text,)), dataset):
        where = measure.area or dataset.setup.scope
        have = [str(o.period) for o in dataset.of(measure.indicator, where)]
        values = {"found": f"{measure.indicator} {text} {where}", "have": ", ".join(have) or "-"}
        yield Problem("baseline-missing", text.place, values)


def _among(code: str, found: Placed, known: Iterable[str], **values: str) -> list[Problem]:
    known = list(known)
    values |= {"found": excerpt(found), "near": nearest(found, known)}
    return [] if found in known else [Problem(code, found.place, values)]


def _twice(plan: Plan) -> Iterator[Problem]:
    """A measure that stands in the plan twice: next year's plan could not tell the two apart."""
    seen: dict[str, Place] = {}
    for placed in plan.measures():
        key, place = placed.measure.key, placed.measure.place
        if key and key in seen:
            yield Problem("measure-twice", place, {"found": excerpt(key), "first": seen[key].row})
        seen.setdefault(key, place)
