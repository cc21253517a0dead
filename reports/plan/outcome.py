"""What became of each measure of a plan by the eve of the next one, and the figure that the next one starts from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from reports.goals.follow import Followed, follow
from reports.goals.standing import Standing
from reports.goals.yardstick import age
from reports.model import Dataset, Observation
from reports.period import Period
from reports.plan.model import GoalRow, Measure, Plan

MET = (Standing.REACHED, Standing.AT_LEVEL)


class Outcome(NamedTuple):
    """A measure judged for the old plan, and its newest known figure before the new plan starts.

    `recent` says that the figure is not too old for a baseline (`baseline-months` of area.yaml).
    """

    followed: Followed
    newest: Observation | None
    recent: bool

    @property
    def measure(self) -> Measure:
        """The measure as the plan has it."""
        return self.followed.placed.measure

    @property
    def renewed(self) -> Observation | None:
        """The figure that becomes the new baseline; None where the old one is the newest there is or has to do."""
        old = self.followed.baseline[-1:]
        newer = self.newest and (not old or self.newest.period.last > old[0].period.last)
        return self.newest if newer and self.recent else None


def outcomes(plan: Plan, old: Period, new: Period, dataset: Dataset) -> list[Outcome]:
    """Every measure of the plan of the period `old`, when the plan of the period `new` is being made; in order.

    A measure without a figure of the time when its target was due is judged by its newest one.
    """
    eve = eve_of(new)
    due = follow(plan, old, dataset, eve)
    newest = follow(_never_due(plan), eve, dataset, eve)
    return [_outcome(one, other, new, dataset) for one, other in zip(due, newest, strict=True)]


def eve_of(new: Period) -> Period:
    """The month before a period begins."""
    day = new.first - timedelta(days=1)
    return Period.month(day.year, day.month)


def _outcome(due: Followed, now: Followed, new: Period, dataset: Dataset) -> Outcome:
    newest = now.now if now.now and now.now.value is not None and now.now.period.last < new.first else None
    months = age(newest.period, eve_of(new)) if newest else 0
    judged = now if due.judged.standing is Standing.NO_DATA else due
    return Outcome(judged, newest, months <= dataset.setup.followup.baseline_months)


def _never_due(plan: Plan) -> Plan:
    """The plan without due dates: a figure that came after a target was due is a baseline all the same."""
    goals = {name: replace(goal, rows=tuple(_undated(goal.rows))) for name, goal in plan.goals.items()}
    return replace(plan, goals=goals, due=None)


def _undated(rows: tuple[GoalRow, ...]) -> Iterator[GoalRow]:
    for row in rows:
        yield replace(row, measures=tuple(replace(measure, due=None) for measure in row.measures))
