"""What is amiss in a follow-up as a whole: a time without figures, and people's statuses of the wrong time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.consistency.finding import finding
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.goals.follow import Followed
from reports.goals.standing import Standing
from reports.goals.yardstick import age
from reports.period import Period

# Statuses of the time before a target is due, and what each is called when it is.
OUTCOMES = {Standing.AT_LEVEL: Standing.REACHED, Standing.NOT_YET: Standing.MISSED}


def check_follow_up(judged: Sequence[Followed], at: Period, file: str, language: Language) -> Iterator[Problem]:
    """Warnings about the follow-up of a plan (its `file`) at a time, all its measures judged.

    It tells of a time before the figures that the plan starts from, of one that no figure is of, and of each status
    of a person's that belongs to the other side of the due date.
    """
    counted = [one for one in judged if one.indicator]
    first = min((one.baseline[-1].period for one in counted if one.baseline), key=lambda one: one.last, default=None)
    if first and at.last < first.last:
        yield finding("followup-early", Place(file), when=language.short(at), first=language.short(first))
    elif counted and not any(map(_is_current, counted)):
        last = max(one.case.moment.last for one in counted)
        yield finding("followup-empty", Place(file), when=language.short(Period.month(last.year, last.month)))
    for one in judged:
        yield from _status(one, language)


def _is_current(one: Followed) -> bool:
    """Whether the figure of a measure is of the very month that is looked at, not of an earlier one or under way."""
    moment, now = one.case.moment, one.now
    return now is not None and not age(now.period, moment) and not age(moment, now.period)


def _status(one: Followed, language: Language) -> Iterator[Problem]:
    """A warning for a person's status that is said before a target is due and should not, or the other way."""
    if one.override is None:
        return
    other = OUTCOMES if one.case.is_due else {outcome: before for before, outcome in OUTCOMES.items()}
    found = Standing(one.override.status)
    if found in other:
        code = "override-late" if one.case.is_due else "override-early"
        said = {"found": found, "wanted": other[found]}
        words = {name: language.catalogue.say(f"standing.{standing}") for name, standing in said.items()}
        yield finding(code, one.override.status.place, **words, due=language.short(one.case.due))
