"""What is due, for a screen: late, today, coming and without a time, each with what it lacks and who owes that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reports.finnish import Language
from reports.order import Order
from reports.period import Period
from reports.schedule import rhythm
from reports.schedule.due import Due, DueList, State
from reports.schedule.due_needs import Lack, Need

MOST_NAMES = 3
CAN_BE_MADE = (State.READY, State.PARTLY, State.STALE)


def lines(found: DueList, code: str) -> Iterator[str]:
    """The lines about one area, the late ones first; a line that says so where nothing is due or coming."""
    language = Language(code)
    say = language.catalogue.say
    told: set[Order] = set()
    yield say("due.head", organisation=found.setup.organisation, when=_day(found.on, language))
    for name in ("late", "today", "coming"):
        if group := [one for one in found.items if _group(one, found) == name]:
            yield say(f"due.{name}")
            for one in group:
                yield from _item(one, told, language)
    if not found.items:
        yield say("due.nothing" if found.setup.reporting else "due.empty")
    if found.undated:
        yield say("due.undated")
    for line in found.undated:
        when = rhythm.when(line, (), found.setup.releases, language)
        yield say("due.undated_line", line=rhythm.named(line, language), when=when)


def _group(one: Due, found: DueList) -> str:
    if one.occasion.day == found.on:
        return "today"
    return "late" if one.occasion.day < found.on else "coming"


def _item(one: Due, told: set[Order], language: Language) -> Iterator[str]:
    """An occasion with the period it is of and how it stands; below it what it lacks, and how it is made.

    What the same report of the same period lacks for another audience is `told` once.
    """
    say, line = language.catalogue.say, one.occasion.line
    named, day = rhythm.named(line, language), _day(one.occasion.day, language)
    if one.order is None:
        yield say("due.item", day=day, line=named) + _by(line.by, language)
        return
    when = language.when(one.order.period)
    yield say("due.report", day=day, line=named, when=when, state=say(f"due.state.{one.state}")) + _by(
        line.by, language
    )
    if one.order in told:
        yield say("due.told")
        return
    told.add(one.order)
    yield from (_need(need, language) for need in one.needs)
    if one.state in CAN_BE_MADE:
        yield say("due.command", name=one.order.name, period=one.order.period, area=one.order.area)


def _need(need: Need, language: Language) -> str:
    say = language.catalogue.say
    months = rhythm.joined([language.when(month) for month in need.months], language)
    what = "; ".join(need.names)
    if need.lack is Lack.COMING and need.days:
        return say("due.lack.coming", what=what, months=months, by=need.by, days=language.when(need.days))
    if need.lack is Lack.FIGURES:
        names = list(dict.fromkeys(need.names))
        shown = names if len(names) <= MOST_NAMES + 1 else names[:MOST_NAMES]  # one more is named, not counted
        what = "; ".join(shown)
        more = say("due.more", count=len(names) - len(shown)) if len(shown) < len(names) else ""
        who = _by(need.by or say("due.nobody"), language)
        return say("due.lack.figures", count=len(need.names), who=who, what=what + more)
    return say(f"due.lack.{need.lack}", what=what, months=months) + _by(need.by, language)


def _by(who: str, language: Language) -> str:
    return language.catalogue.say("due.by", who=who) if who else ""


def _day(day: date, language: Language) -> str:
    return language.when(Period(day, day))
