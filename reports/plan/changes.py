"""Two plans -> everything that one has and the other has not, part by part; nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from reports.errors import Place
from reports.finnish import Language
from reports.goals.measures import baseline_text, name_of, target_text
from reports.model import Dataset
from reports.period import Period
from reports.plan.alike import Pair, pairs, reordered
from reports.plan.model import Action, Goal, GoalRow, Measure, PlacedMeasure, Plan, PlanSection
from reports.read.plan import baselines
from reports.text import NOTHING

T = TypeVar("T")
N = TypeVar("N")
NO_GOAL = Goal("", NOTHING, Place(""))
NO_ROW = GoalRow(Place(""))
NO_SECTION = PlanSection(NOTHING, Place(""))


class Sort(StrEnum):
    """What sort of a change it is; its word in the catalogue is `compare.sort` and the value."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    MOVED = "moved"
    ORDER = "order"


class Change(NamedTuple):
    """One difference: in which part of the plan, of what, what stood there before and what stands there now."""

    sort: Sort
    part: str
    what: str
    before: str
    after: str


def changes(old: Plan, new: Plan, dataset: Dataset, language: Language) -> list[Change]:
    """Every difference of two plans in the order of the newer one; its words are in the language.

    Goals are the same by their id, measures by their key wherever they stand, rows by their title or a measure that
    they share, other texts by their words or by being much alike. Targets and baselines are compared by what they say,
    not by how they are typed.
    """
    return list(_Comparison(old, new, dataset, language).run())


class _Comparison:
    """One comparison; `part` is the heading of the part that is being compared."""

    def __init__(self, old: Plan, new: Plan, dataset: Dataset, language: Language) -> None:
        self.old, self.new, self.dataset, self.language = old, new, dataset, language
        self.before = {one.measure.key: one for one in old.measures()}
        self.after = {one.measure.key: one for one in new.measures()}
        self.part = ""

    def run(self) -> Iterator[Change]:
        self.part = self.say("whole")
        yield from self.whole()
        for name in dict.fromkeys([*self.new.goals, *self.old.goals]):
            self.part = self.heading(name)
            yield from self.goal(self.old.goals.get(name, NO_GOAL), self.new.goals.get(name, NO_GOAL))
        self.part = self.say("closing")
        old, new = self.old.sections, self.new.sections
        found = pairs(old, new, [lambda one: [one.title]], lambda one: one.title)
        yield from self.order("sections", found, _titles(old), _titles(new))
        for pair in found:
            yield from self.section(_of(old, pair.old, NO_SECTION), _of(new, pair.new, NO_SECTION))

    def whole(self) -> Iterator[Change]:
        old, new = self.old, self.new
        for key in ("title", "subtitle"):
            yield from self.field(key, getattr(old, key), getattr(new, key))
        for key in ("date", "due"):
            yield from self.field(key, self.when(getattr(old, key)), self.when(getattr(new, key)))
        yield from self.field("roles", "; ".join(old.roles), "; ".join(new.roles))
        goals = list(old.goals.values()), list(new.goals.values())
        found = pairs(goals[0], goals[1], [lambda goal: [goal.id]])
        yield from self.order("goals", found, _titles(goals[0]), _titles(goals[1]))
        before, after = old.terms or {}, new.terms or {}
        for term in dict.fromkeys([*after, *before]):
            yield from self.field("term", before.get(term, ""), after.get(term, ""), term)

    def goal(self, old: Goal, new: Goal) -> Iterator[Change]:
        for key in ("title", "number", "means"):
            yield from self.field(f"goal-{key}", getattr(old, key), getattr(new, key))
        keys = [lambda row: [row.title] if row.title else [], lambda row: [one.key for one in row.measures]]
        found = pairs(old.rows, new.rows, keys, lambda row: row.title)
        yield from self.order("rows", found, _titles(old.rows), _titles(new.rows))
        for pair in found:
            number = 1 + (pair.new if pair.new is not None else pair.old or 0)
            yield from self.row(_of(old.rows, pair.old, NO_ROW), _of(new.rows, pair.new, NO_ROW), number)

    def row(self, old: GoalRow, new: GoalRow, number: int) -> Iterator[Change]:
        name = new.title or old.title or self.say("row", number=new.number or old.number or number)
        for key in ("title", "number", "note", "acknowledged"):
            yield from self.field(f"row-{key}", getattr(old, key), getattr(new, key), name)
        yield from self.measures(old, new, name)
        yield from self.actions(old.actions, new.actions, "action", name)
        yield from self.field("responsible", "; ".join(old.responsible), "; ".join(new.responsible), name)

    def measures(self, old: GoalRow, new: GoalRow, name: str) -> Iterator[Change]:
        """The measures of a row that is in one plan or in both; those that moved are told where they stand now."""
        for measure in new.measures:
            before = self.before.get(measure.key)
            if before is None:
                yield self.made(Sort.ADDED, measure)
                continue
            if before.row.place != old.place:
                what = self.say("what.measure", of=name_of(measure, self.dataset))
                here = self.after[measure.key]
                yield Change(Sort.MOVED, self.part, what, self.where(before), self.where(here))
            yield from self.measure(before.measure, measure)
        yield from (self.made(Sort.DROPPED, one) for one in old.measures if one.key not in self.after)
        found = pairs(old.measures, new.measures, [lambda one: [one.key]])
        names = ([name_of(one, self.dataset) for one in row.measures] for row in (old, new))
        yield from self.order("measures", found, next(names), next(names), name)

    def measure(self, old: Measure, new: Measure) -> Iterator[Change]:
        """What has changed in a measure, wherever it stood and stands."""
        name = name_of(new, self.dataset)
        yield from self.field("measure-name", old.name, new.name, name)
        for (key, before), (_, after) in zip(self.said(old), self.said(new), strict=True):
            yield from self.field(f"measure-{key}", before, after, name)

    def said(self, measure: Measure) -> Iterator[tuple[str, str]]:
        """What the plan says of a measure, by the name of the field."""
        yield "target", target_text(measure, self.dataset, self.language)
        yield "baseline", baseline_text(baselines(measure, self.dataset), self.dataset, self.language)
        yield "due", self.when(measure.due)
        yield "under", measure.under
        yield "note", measure.note

    def made(self, sort: Sort, measure: Measure) -> Change:
        """A measure that only one of the plans has, with everything that it says of it."""
        name = name_of(measure, self.dataset)
        said = (self.say(f"said.{key}", text=text) for key, text in self.said(measure) if text)
        summary = "; ".join([name, *said])
        before, after = (summary, "") if sort is Sort.DROPPED else ("", summary)
        return Change(sort, self.part, self.say("what.measure", of=name), before, after)

    def section(self, old: PlanSection, new: PlanSection) -> Iterator[Change]:
        yield from self.field("section-title", old.title, new.title)
        yield from self.actions(old.items, new.items, "item", new.title or old.title)

    def actions(self, old: Sequence[Action], new: Sequence[Action], kind: str, name: str) -> Iterator[Change]:
        """Actions by their words, and the parts of those that both plans have."""
        found = pairs(old, new, [lambda action: [action.text]], lambda action: action.text)
        yield from self.order(f"{kind}s", found, [one.text for one in old], [one.text for one in new], name)
        for pair in found:
            if pair.old is None or pair.new is None:
                before, after = _whole(_of(old, pair.old, None)), _whole(_of(new, pair.new, None))
                yield from self.field(kind, before, after, name)
                continue
            one, other = old[pair.old], new[pair.new]
            yield from self.field(kind, one.text, other.text, name)
            yield from self.texts(f"{kind}-part", one.parts, other.parts, other.text)

    def texts(self, kind: str, old: Sequence[str], new: Sequence[str], name: str = "") -> Iterator[Change]:
        found = pairs(old, new, [lambda text: [text]], str)
        yield from self.order(f"{kind}s", found, old, new, name)
        for pair in found:
            yield from self.field(kind, _of(old, pair.old, ""), _of(new, pair.new, ""), name)

    def order(
        self, kind: str, found: Sequence[Pair], old: Sequence[str], new: Sequence[str], name: str = ""
    ) -> Iterator[Change]:
        """A change where what both plans have stands in another order; `old` and `new` name it."""
        if reordered(found):
            both = [(pair.old, pair.new) for pair in found if pair.old is not None and pair.new is not None]
            before, after = "; ".join(old[at] for at, _ in sorted(both)), "; ".join(new[at] for _, at in both)
            yield Change(Sort.ORDER, self.part, self.say(f"what.{kind}", of=name), before, after)

    def field(self, kind: str, before: str, after: str, name: str = "") -> Iterator[Change]:
        """A change of one text, where there is one."""
        if before != after:
            sort = Sort.CHANGED if before and after else Sort.ADDED if after else Sort.DROPPED
            yield Change(sort, self.part, self.say(f"what.{kind}", of=name), str(before), str(after))

    def where(self, one: PlacedMeasure) -> str:
        row = one.row.title or self.say("row", number=one.row_number)
        return self.say("where", goal=one.goal_number, title=one.goal.title, row=row)

    def heading(self, name: str) -> str:
        """A goal's printed heading, the newer one; one that only one of the plans has says so."""
        goals = self.new.goals if name in self.new.goals else self.old.goals
        number = goals[name].number or list(goals).index(name) + 1
        heading = self.language.catalogue.say("plan.goal", number=number, title=goals[name].title)
        if name in self.new.goals and name in self.old.goals:
            return heading
        return self.say("added-goal" if goals is self.new.goals else "dropped-goal", heading=heading)

    def when(self, period: Period | None) -> str:
        return self.language.when(period) if period else ""

    def say(self, key: str, **values: object) -> str:
        return self.language.catalogue.say(f"compare.{key}", **values)


def _of(entries: Sequence[T], at: int | None, nothing: N) -> T | N:
    return nothing if at is None else entries[at]


def _titles(entries: Sequence[Goal] | Sequence[GoalRow] | Sequence[PlanSection]) -> list[str]:
    return [one.title for one in entries]


def _whole(action: Action | None) -> str:
    """An action and its parts in one text."""
    return " ".join([action.text, "; ".join(action.parts)]).strip() if action else ""
