"""The coming dates of the reporting calendar on a slide: reports and public figures, each with its day."""

from __future__ import annotations

from datetime import timedelta

from reports.document import Column, Row, Section, Table, text_cell
from reports.month.monthly_figures import Month
from reports.period import Period
from reports.schedule.occasions import coming, occasions
from reports.schedule.rhythm import told

AHEAD = timedelta(days=62)
HEADS = {"when": 0.17, "what": 0.41, "audience": 0.21, "by": 0.21}


def slides(month: Month) -> list[Section]:
    """What falls due, and which public figures come, in the two months after the month; by day."""
    work, setup = month.work, month.work.dataset.setup
    start = month.at.last + timedelta(days=1)
    within = Period(start, start + AHEAD)
    nothing = work.say("plan.nothing")
    rows = [
        (one.day, (_day(Period(one.day, one.day), month), told(one.line), one.line.audience, one.line.by or nothing))
        for one in occasions(setup, within)
    ]
    rows += [
        (
            one.days.last,
            (
                _day(one.days, month),
                work.say("slides.release", title=one.release.title, when=work.language.when(one.about)),
                nothing,
                one.release.publisher,
            ),
        )
        for one in coming(setup, within)
    ]
    if not rows:
        return []
    columns = tuple(Column(work.say(f"slides.coming_{name}"), share=share) for name, share in HEADS.items())
    made = tuple(Row(tuple(map(text_cell, texts))) for _, texts in sorted(rows, key=lambda row: row[0]))
    title = work.say("slides.coming")
    table = Table("slides-coming", title, columns, made, caption=work.say("slides.coming_note"), name="slides-coming")
    return [Section("slides-coming", title, (table,))]


def _day(days: Period, month: Month) -> str:
    return month.work.language.when(days)
