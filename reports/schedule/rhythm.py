"""A line of the reporting calendar in words: what is told to whom, how often, in which months and on which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.finnish import Language
from reports.reporting import Every, Release, Reporting
from reports.schedule.due_day import ORDINALS, WEEKDAYS, DayRule, Kind, read_day
from reports.schedule.occasions import named_months


def named(line: Reporting, language: Language) -> str:
    """The audience and what it is told: `Ohjausryhmä: Kuukausiseuranta`."""
    return language.catalogue.say("reporting.line", audience=line.audience, what=line.what)


def told(line: Reporting) -> str:
    """What is told, with the note."""
    return f"{line.what}. {line.note}" if line.note else line.what


def when(line: Reporting, dated: Sequence[str], releases: Mapping[str, Release], language: Language) -> str:
    """`joka kuukausi`, `3 kertaa vuodessa`, `6/2023 ja 10/2023`, `kerran vuodessa (2/2024)`; a dash for nothing.

    `dated` are its times in words. The day of the month is said where area.yaml has a rule for it.
    """
    say = language.catalogue.say
    rhythm = [say(f"plan.every_{line.every}")] if line.every is not Every.NEVER else []
    rhythm += [say("plan.times", times=line.times)] if line.times else []
    often, times = joined(rhythm, language), joined(dated, language)
    shown = say("reporting.when", often=often, times=times) if often and times else often or times
    rule = read_day(line.day) if line.day and any(named_months(line)) else None
    if rule:
        shown = say("reporting.when_day", when=shown, day=_day(rule, releases, language))
    return shown or say("plan.nothing")


def joined(parts: Sequence[str], language: Language) -> str:
    """`a`, `a ja b`, `a, b ja c`; empty for none."""
    *before, last = parts or [""]
    return language.catalogue.say("plan.and", first=", ".join(before), last=last) if before else last


def _day(rule: DayRule, releases: Mapping[str, Release], language: Language) -> str:
    """`kuukauden 16. päivä`, `kuukauden toinen tiistai`."""
    words = language.catalogue.part("reporting")
    key = "last-working-day" if rule.kind is Kind.WORKING_DAY and not rule.number else str(rule.kind)
    release = releases.get(rule.release)
    return str(words["day"][key]).format(
        number=rule.number,
        ordinal=words["ordinal"][ORDINALS[rule.number]] if rule.kind is Kind.WEEKDAY else "",
        weekday=words["weekday"][WEEKDAYS[rule.weekday]],
        release=release.title if release else rule.release,
    )
