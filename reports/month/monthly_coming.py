"""What comes after a month, day by day: reports by the reporting calendar, and public figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from reports.document import Block, Column, Row, Table, text_cell
from reports.month.monthly_figures import Month
from reports.period import Period
from reports.schedule.occasions import back, coming, occasions
from reports.tables import sentences

MONTHS_AHEAD = 2  # whose days are told
SHARES = {"when": 0.17, "what": 0.41, "audience": 0.23, "by": 0.19}


class Event(NamedTuple):
    """One line of what comes: the last of its days, all of them, what, for whom (may be empty), and who does it."""

    day: date
    days: Period
    what: str
    audience: str
    by: str


def table(month: Month) -> list[Block]:
    """The dates of the two months after a month; of figures only those that the month's own follow-up cannot show."""
    work, nothing = month.work, month.work.say("plan.nothing")
    rows = tuple(
        Row(tuple(map(text_cell, (work.language.when(one.days), one.what, one.audience or nothing, one.by or nothing))))
        for one in events(month)
    )
    if not rows:
        return []
    columns = tuple(Column(work.say(f"slides.coming_{name}"), share=share) for name, share in SHARES.items())
    title, number = work.say("monthly.section_coming"), work.number("table", "monthly-coming")
    caption, label = sentences(title, work.say("monthly.coming_note")), work.label("table")
    return [Table("table-monthly-coming", title, columns, rows, label, number, caption, "monthly-coming")]


def events(month: Month) -> list[Event]:
    """What falls due, and which figures come out, in the two months after a month, by day."""
    within = Period(back(month.at, -1).first, back(month.at, -MONTHS_AHEAD).last)
    return sorted([*_reports(month, within), *_figures(month, within)], key=lambda one: one.day)


def _reports(month: Month, within: Period) -> Iterator[Event]:
    for one in occasions(month.work.dataset.setup, within):
        what = _of(one.line.what, one.about, month)
        told = f"{what}. {one.line.note}" if one.line.note else what
        yield Event(one.day, Period(one.day, one.day), told, one.line.audience, one.line.by)


def _figures(month: Month, within: Period) -> Iterator[Event]:
    """The releases of figures of later months, and of the month's own where it has none yet."""
    for one in coming(month.work.dataset.setup, within):
        if one.about > month.at or (one.about == month.at and month.is_empty):
            yield Event(one.days.last, one.days, _of(one.release.title, one.about, month), "", one.release.publisher)


def _of(what: str, about: Period, month: Month) -> str:
    """What is told, and of which time: `Kuukausiseuranta (marraskuun luvut)`."""
    language, say = month.work.language, month.work.say
    if about.kind == "month":
        return say("monthly.coming_month", what=what, month=language.month(about))
    return say("monthly.coming_other", what=what, when=language.when(about))
