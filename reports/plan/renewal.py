"""A plan's file -> the file of the next plan, its remarks kept, and what people must decide about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from reports.finnish import Language
from reports.goals.measures import name_of, target_text
from reports.goals.standing import SHORT, Standing, reason
from reports.messages import LANGUAGES, catalogue
from reports.model import Dataset
from reports.period import Period
from reports.plan.dated import moved, past
from reports.plan.model import Action, Goal, GoalRow, Measure, Plan
from reports.plan.outcome import MET, Outcome, outcomes
from reports.plan.splice import Splice
from reports.plan.worklist import Entry, Sort
from reports.read.yaml import Node, Path, Tree
from reports.text import Placed


class Source(NamedTuple):
    """A plan with the file it was read from: its period, its text as `decode` gives it, and the tree of that."""

    plan: Plan
    period: Period
    text: str
    tree: Tree
    dataset: Dataset


class Renewed(NamedTuple):
    """The text of the new plan's file, and the work list."""

    text: str
    entries: tuple[Entry, ...]


def renew(source: Source, new: Period, language: Language) -> Renewed:
    """The plan of the period `new`; remarks for review and the work list are in the language.

    Outcomes become baselines, years in titles and due dates are put forward; everything else stays as it is written.
    What an earlier renewal remarked is taken out.
    """
    return _Renewal(source, new, language).run()


class _Renewal:
    """One renewal: walks through the plan in its order, changes the text and gathers what is to be decided."""

    def __init__(self, source: Source, new: Period, language: Language) -> None:
        self.source, self.new, self.language = source, new, language
        self.plan, self.old, self.dataset = source.plan, source.period, source.dataset
        self.splice = Splice(source.text, source.tree)
        self.entries: list[Entry] = []
        self.part = self.number = ""
        self.found = {one.measure.place: one for one in outcomes(self.plan, self.old, new, self.dataset)}

    def run(self) -> Renewed:
        marks = "|".join(re.escape(catalogue(code).say("roll.mark")) for code in LANGUAGES)
        self.splice.drop_remarks(re.compile(rf"(?:{marks}) [0-9/-]+: "))
        self.whole()
        for at, (name, goal) in enumerate(self.plan.goals.items(), 1):
            self.goal(goal, goal.number or str(at), ("goals", name))
        for at, section in enumerate(self.plan.sections):
            self.part, self.number = section.title, ""
            self.dates(("sections", at, "title"), section.title, "title")
            self.actions(section.items, ("sections", at, "items"), "item")
        return Renewed(self.splice.result(), tuple(self.entries))

    def whole(self) -> None:
        """What concerns the whole plan: its title, date and due date, who made it, its abbreviations."""
        plan, self.part = self.plan, self.say("whole")
        self.year(("title",), plan.title, "title")
        self.year(("subtitle",), plan.subtitle, "subtitle")
        if plan.date and plan.date.last < self.new.first:
            self.decide(Sort.DATE, ("date",), self.say("part.date"), before=self.language.when(plan.date))
        self.due(("due",), plan.due, self.say("part.due"))
        for at, role in enumerate(plan.roles):
            self.dates(self.entry(("roles",), at), role, "role")
        for term, meaning in (plan.terms or {}).items():
            self.dates(("terms", term), meaning, "term")

    def goal(self, goal: Goal, number: str, path: Path) -> None:
        self.part, self.number = self.language.catalogue.say("plan.goal", number=number, title=goal.title), number
        self.dates((*path, "title"), goal.title, "goal")
        self.dates((*path, "means"), goal.means, "means")
        for at, row in enumerate(goal.rows):
            self.number = f"{number}.{row.number or at + 1}"
            self.row(row, (*path, "rows", at))

    def row(self, row: GoalRow, path: Path) -> None:
        self.dates((*path, "title"), row.title, "row")
        for at, measure in enumerate(row.measures):
            self.measure(measure, (*path, "measures", at))
        self.dates((*path, "note"), row.note, "note")
        self.actions(row.actions, (*path, "actions"), "action")
        for at, who in enumerate(row.responsible):
            self.dates(self.entry((*path, "responsible"), at), who, "responsible")
        if not row.responsible:
            what = row.title or self.say("part.row", text=self.number)
            why = [self.say("because.nobody"), *([row.acknowledged] if row.acknowledged else [])]
            self.note(Sort.NOBODY, path, what, [self.say("decide.nobody")], why)
        self.dates((*path, "acknowledged"), row.acknowledged, "note")

    def measure(self, measure: Measure, path: Path) -> None:
        self.outcome(self.found[measure.place], path)
        self.year((*path, "name"), measure.name, "measure")
        for key in ("text", "under", "note"):
            self.dates((*path, key), getattr(measure, key), "note" if key == "note" else "measure")
        self.due((*path, "due"), measure.due, name_of(measure, self.dataset))

    def outcome(self, one: Outcome, path: Path) -> None:
        """Mark a measure's target for review, and make its outcome the new baseline."""
        measure = one.measure
        self.baseline(one, path)
        target = target_text(measure, self.dataset, self.language, one.followed.target)
        shown = [self.say("target", target=target)] if target else []
        at = next((*path, key) for key in ("target", "indicator", "text") if getattr(measure, key))
        sort = _sort(one)
        self.note(sort, at, name_of(measure, self.dataset), [self.say(f"decide.{sort}"), *shown], self.why(one))

    def why(self, one: Outcome) -> list[str]:
        """The outcome with its time, the reason of its status, and what becomes of the baseline."""
        now, short = one.followed.now, self.language.short
        said = [self.say("outcome", when=short(now.period))] if now and not one.followed.judged.old else []
        said.append(reason(one.followed, self.language))
        if one.renewed:
            said.append(self.say("baseline-renewed", when=short(one.renewed.period)))
        elif one.followed.baseline and not (one.newest and one.recent):
            said.append(self.say("baseline-kept", when=short(one.followed.baseline[-1].period)))
        return said

    def baseline(self, one: Outcome, path: Path) -> None:
        """Write the new baseline the way the old one is written; of several periods the oldest gives way."""
        if one.renewed is None:
            return
        period, texts = one.renewed.period, one.measure.baseline
        if not texts:
            after = next(key for key in ("target", "indicator") if getattr(one.measure, key))
            self.splice.add_after((*path, after), "baseline", _like("", period))
            return
        new = [*texts[1:], _like(texts[-1], period)]
        for at, (before, after) in enumerate(zip(texts, new, strict=True)):
            self.put(self.entry((*path, "baseline"), at), before, after)

    def due(self, path: Path, due: Period | None, what: str) -> None:
        """Put a due date that is over forward."""
        if due is None or due.last >= self.new.first:
            return
        later, text = due, str(_at(self.source.tree, path))
        while later.last < self.new.first:
            later = _later(later, self.new.first.year - self.old.first.year)
        self.put(path, text, _like(text, later))
        when = self.language.when
        self.decide(Sort.DUE, path, what, before=when(due), now=when(later))

    def year(self, path: Path, text: Placed, kind: str) -> None:
        """Put the plan's years in a title forward; what else is over in it is told."""
        now = moved(text, self.old, self.new)
        if now == text:
            self.dates(path, text, kind)
            return
        self.splice.put(path, moved(self.splice.raw(path), self.old, self.new))
        self.decide(Sort.MOVED, path, self.say(f"part.{kind}", text=now), before=text, now=now)

    def actions(self, actions: Sequence[Action], path: Path, kind: str) -> None:
        for at, action in enumerate(actions):
            inner = (*path, at, "text") if (*path, at, "text") in self.source.tree.places else (*path, at)
            self.dates(inner, action.text, kind)
            for part_at, part in enumerate(action.parts):
                self.dates(self.entry((*path, at, "parts"), part_at), part, kind)

    def dates(self, path: Path, text: Placed, kind: str) -> None:
        """Tell a text with dates that are over."""
        if found := past(text, self.old, self.new):
            shown = ", ".join(found)
            self.decide(Sort.PAST, path, self.say(f"part.{kind}", text=text), found=shown)

    def decide(self, sort: Sort, path: Path, what: str, **values: object) -> None:
        """Add something to decide whose question and reason are sentences of the catalogue."""
        values |= {"period": self.language.when(self.new)}
        self.note(sort, path, what, [self.say(f"decide.{sort}", **values)], [self.say(f"because.{sort}", **values)])

    def note(self, sort: Sort, path: Path, what: str, decide: Sequence[str], why: Sequence[str]) -> None:
        """Add something to decide, with a remark in the file where it stands: the question and the reason."""
        self.entries.append(Entry(sort, self.part, self.number, what, tuple(decide), tuple(why)))
        text = " ".join(" ".join([decide[0], *why]).split())
        self.splice.remark(path, self.say("remark", mark=self.say("mark"), period=self.new, text=text))

    def entry(self, path: Path, at: int) -> Path:
        """The path of an entry of a list that may be written as a single text."""
        return path if isinstance(_at(self.source.tree, path), str) else (*path, at)

    def put(self, path: Path, before: str, after: str) -> None:
        if before != after:
            raw = self.splice.raw(path)
            self.splice.put(path, raw.replace(before, after))

    def say(self, key: str, **values: object) -> str:
        return self.language.catalogue.say(f"roll.{key}", **values)


def _sort(one: Outcome) -> Sort:
    """What a measure's outcome asks of people."""
    if one.followed.indicator is None:
        return Sort.IN_WORDS
    match one.followed.judged.standing:
        case Standing.NO_TARGET:
            return Sort.NO_TARGET
        case Standing.RIGHT_WAY:
            return Sort.ONWARD
        case Standing.WRONG_WAY | Standing.UNCHANGED:
            return Sort.TURN
        case standing:
            return Sort.RAISE if standing in MET else Sort.REVIEW if standing in SHORT else Sort.NO_OUTCOME


def _later(period: Period, years: int) -> Period:
    """A period so many years later; the 29th of February becomes the 28th."""
    if period.kind == "month":
        return Period.month(period.first.year + years, period.first.month)
    return Period(_day_later(period.first, years), _day_later(period.last, years))


def _day_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=day.day - 1)


def _like(text: str, period: Period) -> str:
    """A period as people write it, the way an earlier one is written: `12/2023`, `12/23`, `2023-12`, `31.12.2023`."""
    day = period.last
    if period.kind == "day":
        return f"{day.day}.{day.month}.{day.year}" if "." in text else str(period)
    if period.kind != "month" or re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        return str(period)
    return f"{day.month}/{day:%y}" if re.fullmatch(r"[0-9]{1,2}/[0-9]{2}", text) else f"{day.month}/{day.year}"


def _at(tree: Tree, path: Path) -> Node:
    node: Any = tree.data
    for key in path:
        node = node[key]
    return cast("Node", node)
