"""The coming dates of the reporting calendar on a slide: reports and public figures, each with its day."""

from __future__ import annotations

from dataclasses import replace

from reports.document import Section, Table
from reports.month import monthly_coming
from reports.month.monthly_figures import Month


def slides(month: Month) -> list[Section]:
    """What falls due, and which public figures come, in the two months after the month; by day."""
    name, title = "slides-coming", month.work.say("slides.coming")
    caption = month.work.say("slides.coming_note")
    tables = [one for one in monthly_coming.table(month) if isinstance(one, Table)]
    bare = [replace(one, anchor=name, name=name, title=title, caption=caption, label="", number="") for one in tables]
    return [Section(name, title, (one,)) for one in bare]
