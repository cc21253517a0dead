"""An action plan as its author wrote it: goals, rows of measures, actions, responsible. Frozen values, no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from reports.errors import Place
from reports.period import Period
from reports.text import NOTHING, Placed


@dataclass(frozen=True, slots=True)
class Action:
    """What will be done (`text`), and the steps or parts of it. A bare text in the file is an action without parts."""

    SHORT: ClassVar[str] = "text"
    text: Placed
    place: Place
    parts: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is followed: an `indicator` of the catalogue, or in words (`text`) where nothing is counted.

    `target` is in the target language (goals/target.py). `baseline` are the periods of the observations that the
    plan starts from, `area` (the area's usual scope where empty) and `group` say which ones. `name` is the plan's own
    shorter name, `under` a heading that several measures share. `due` is when the target is due where it is not the
    plan's own due date.
    """

    place: Place
    indicator: Placed = NOTHING
    text: Placed = NOTHING
    name: Placed = NOTHING
    under: Placed = NOTHING
    area: Placed = NOTHING
    group: Placed = NOTHING
    target: Placed = NOTHING
    baseline: tuple[Placed, ...] = ()
    due: Period | None = None
    note: Placed = NOTHING

    @property
    def key(self) -> str:
        """What it is the same measure by, in this plan and in another year's: indicator, area and group, or the text.

        >>> Measure(Place(""), Placed("asiakkaat"), area=Placed("Salo")).key
        'asiakkaat Salo'
        """
        if not self.indicator:
            return str(self.text)
        return " ".join(part for part in (self.indicator, self.area, f"/ {self.group}" if self.group else "") if part)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A row of a goal's table: a numbered group of measures, what is done for them, and who answers for it.

    `acknowledged` is the reason why nobody is named responsible.
    """

    place: Place
    title: Placed = NOTHING
    number: Placed = NOTHING
    measures: tuple[Measure, ...] = ()
    actions: tuple[Action, ...] = ()
    responsible: tuple[Placed, ...] = ()
    note: Placed = NOTHING
    acknowledged: Placed = NOTHING


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal; `id` is its key in the file, by which it is the same goal next year. Without `number` it is counted."""

    id: str
    title: Placed
    place: Place
    means: Placed = NOTHING
    number: Placed = NOTHING
    rows: tuple[GoalRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A closing section in words, such as what is being prepared for."""

    title: Placed
    place: Place
    items: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """plan.yaml. `due` is when the targets are due (the plan's own period where empty).

    `terms` explains abbreviations that the plan uses: `TYP: työllistymistä edistävä monialainen yhteispalvelu`.
    """

    file: str
    title: Placed
    goals: Mapping[str, Goal]
    subtitle: Placed = NOTHING
    date: Period | None = None
    roles: tuple[Placed, ...] = ()
    due: Period | None = None
    sections: tuple[PlanSection, ...] = ()
    terms: Mapping[str, Placed] | None = None

    def measures(self) -> Iterator[PlacedMeasure]:
        """Every measure with the goal and the row it stands in, in the order of the plan."""
        for at, goal in enumerate(self.goals.values(), 1):
            for row_at, row in enumerate(goal.rows, 1):
                for measure in row.measures:
                    yield PlacedMeasure(measure, row, goal, goal.number or str(at), row.number or str(row_at))


class PlacedMeasure(NamedTuple):
    """A measure where it stands in a plan; the numbers are printed ones (`1`, `2`)."""

    measure: Measure
    row: GoalRow
    goal: Goal
    goal_number: str
    row_number: str


@dataclass(frozen=True, slots=True)
class Override:
    """A person's judgement of a measure (by its key), shown beside the computed one with the reason for it."""

    measure: Placed
    status: Placed
    reason: Placed
    place: Place


@dataclass(frozen=True, slots=True)
class FollowUpNotes:
    """followup.yaml of a period: what people say of the goals beside what the figures say; `comments` by goal id."""

    file: str
    overrides: tuple[Override, ...] = ()
    comments: Mapping[str, Placed] | None = None
