"""The figures of a month: each indicator and area as a subject, its changes, and what of it is not known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from reports import facts
from reports.compose import Composition
from reports.document import NBSP, Cell, text_cell
from reports.facts import Fact, FactError
from reports.finnish import rounded
from reports.model import Area, Mark, NamedDate, Observation
from reports.month.monthly_setup import Comparability, Monthly, breaks_of, reference
from reports.period import Period
from reports.sentences.subject import (
    Back,
    Change,
    Subject,
    Unsaid,
    before,
    change,
    is_measured,
    rated,
    shown,
    subject_of,
    to_note,
)

YEARS_SHOWN = 3  # the year of the month and two before it


class Printed(NamedTuple):
    """A number that the document shows, with what it is of."""

    text: str
    expression: str
    fact: Fact


@dataclass(slots=True)
class Month:
    """What a monthly follow-up is put together from, and what it has shown so far: numbers, marks, notes `told`."""

    at: Period
    setup: Monthly
    breaks: Sequence[Comparability]
    work: Composition
    printed: list[Printed] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    told: str = ""
    marks: set[str] = field(default_factory=set)
    known: dict[tuple[str, str], Subject | None] = field(default_factory=dict)

    @property
    def main(self) -> str:
        """The area whose figures come first."""
        return str(self.setup.area or self.work.dataset.setup.municipality)

    @property
    def listed(self) -> list[str]:
        """The municipalities, then what they make together, then the country."""
        return [str(one) for one in (*self.setup.areas, self.setup.total, self.setup.country) if one]

    @property
    def is_empty(self) -> bool:
        """Whether nothing that the follow-up shows has a figure of the month."""
        names = [str(one) for one in (self.setup.people, self.setup.vacancies) if one]
        found = [self.subject(name, area) for name in names for area in self.listed]
        found += [self.service(notation) for notation in self.setup.services]
        figures = [one.figures.get(self.at) for one in found if one]
        return not any(fact and fact.mark != Mark.UNAVAILABLE for fact in figures)

    def subject(self, indicator: str, area: str) -> Subject | None:
        """The figures of an indicator in an area; of an area without its own the sum of its members'."""
        key = indicator, area
        if key not in self.known:
            self.known[key] = self._subject(indicator, area)
        return self.known[key]

    def service(self, notation: str) -> Subject:
        """The figures of an indicator, area and group by month."""
        found, dataset = reference(notation, self.at, self.work.dataset), self.work.dataset
        indicator = dataset.indicators[found.indicator]
        area = next(one for one in dataset.setup.areas if one.name == found.area)
        mine = [
            o
            for o in dataset.observations.values()
            if (o.indicator, o.area, o.group) == (indicator.id, area.name, found.group) and o.period.kind == "month"
        ]
        breaks = breaks_of(self.breaks, indicator.id, self.work.language.code)
        return Subject(indicator, area, {o.period: shown(facts.of(o, indicator)) for o in mine}, tuple(breaks))

    def label(self, subject: Subject) -> str:
        """What a table or chart calls the area of a subject: a sum has another name than its customers."""
        return subject.area.together(self.work.language.code)

    def rate(self, area: str) -> Subject | None:
        """The share that is worked out (the unemployed of the labour force) in an area."""
        if self.setup.rate is None:
            return None
        part, whole = (self.subject(name, area) for name in (self.setup.rate.part, self.setup.rate.whole))
        return rated(part, whole, self.setup.rate) if part and whole else None

    def _subject(self, indicator: str, area: str) -> Subject | None:
        breaks = breaks_of(self.breaks, indicator, self.work.language.code)
        found = subject_of(self.work.dataset, indicator, area, breaks)
        where = self.work.dataset.area(area)
        if found is None or found.figures or where is None or not where.members:
            return found if found and found.figures else None
        members = [self.subject(indicator, name) for name in where.members]
        return _summed([one for one in members if one], len(members), where)

    def show(self, text: str, expression: str, fact: Fact) -> str:
        """Remember that a number is shown; gives its text, with the word for one that is not final."""
        self.printed.append(Printed(text, expression, fact))
        status = next((o.status for o in observations(fact) if o.status != "final"), None)
        return f"{text} ({self.work.language.catalogue.say(f'status.{status}')})" if status else text

    def value(self, fact: Fact | None) -> str:
        """A figure as it is printed: with the sign of its unit, *noin* before an approximate one, or its mark."""
        if fact is None or fact.value is None or fact.mark:
            return (fact.mark if fact else "") or str(Mark.UNAVAILABLE)
        language = self.work.language
        hedge = f"{language.catalogue.part('facts')['hedges'][0]} " if fact.approximate else ""
        return hedge + language.number(fact.value, fact.decimals, fact.unit, upper=fact.upper)

    def change(self, subject: Subject, back: Back) -> Change | None:
        """The change from a month or a year before, None where it is not known; the notes of breaks are kept."""
        try:
            made = change(subject, self.at, back)
        except Unsaid:
            return None
        self.notes |= {one.note: None for one in to_note(subject, before(self.at, back), self.at)}
        return made

    def change_cell(self, subject: Subject, back: Back) -> Cell:
        """A change with its sign and per cent: `−46 (−2,1 %)`, `+0,2 %-yks.`; where it is not known, the sign why."""
        made = self.change(subject, back)
        if made is None:
            marks = {one.mark for at in (self.at, before(self.at, back)) if (one := subject.figures.get(at))}
            return text_cell(str(Mark.HIDDEN if Mark.HIDDEN in marks else Mark.UNAVAILABLE))
        size, percent = self._part(made.size, made.way), text_cell(str(Mark.NOT_APPLICABLE))
        text = size.text
        if made.percent and made.percent.value and not is_measured(subject.indicator):
            percent = self._part(made.percent, made.way)
            text = f"{text}{NBSP}({percent.text})"
        shown_as = self.show(text, f"{subject.indicator.id} {self.at} {subject.area.name}", made.size)
        return replace(text_cell(shown_as, size.value, size.decimals), parts=(size, percent))

    def _part(self, size: Fact, way: int) -> Cell:
        """A size with the sign of its way."""
        value = rounded(size.value or Decimal(0), size.decimals) * way
        return text_cell(self.work.language.number(value, size.decimals, size.unit, plus=True), value, size.decimals)


def observations(fact: Fact) -> list[Observation]:
    """The observations that a figure was made of."""
    return [one for one in fact.origins if not isinstance(one, NamedDate)]


def shown_observations(printed: Iterable[Printed]) -> list[Observation]:
    """The observations behind some numbers, each once."""
    return list(dict.fromkeys(o for one in printed for o in observations(one.fact)))


def _summed(members: Sequence[Subject], wanted: int, area: Area) -> Subject | None:
    """The sum of some areas where all are known; a figure that one lacks or hides, the sum lacks by the same mark."""
    if not members or len(members) < wanted:
        return None
    first = members[0]
    periods = set(first.figures).intersection(*(one.figures for one in members))
    figures = {period: _sum([one.figures[period] for one in members], area.name) for period in sorted(periods)}
    return Subject(first.indicator, area, figures, first.breaks)


def _sum(parts: Sequence[Fact], area: str) -> Fact:
    try:
        return shown(reduce(facts.plus, parts))._replace(area=area)
    except FactError:  # a mark or a range among them
        mark = next((one.mark for one in parts if one.value is None), str(Mark.UNAVAILABLE))
        origins = tuple(o for one in parts for o in one.origins)
        return parts[0]._replace(value=None, upper=None, mark=mark, area=area, origins=origins)
