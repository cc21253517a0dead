"""Action plans as Word files: a plan of its own, one attached to the annual report, and one of a single odd row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reports.document import Document, Goal, GoalRow, Goals, List, Paragraph, Section
from reports.write.docx_xml import name
from tests.made_document import document, goals, lists, numbers, paragraph, template, with_plan
from tests.word_file import WordFile, written


def plan_document(block: Goals | None = None) -> Document:
    """An action plan as a document of its own."""
    closing = Section("seuranta", "Seuranta", (lists()[0], numbers("kalenteri", caption="Kalenteri.")))
    made = (Section("tavoitteet", "Tavoitteet", (block or goals(),)), closing)
    return replace(document(), name="plan", contents=False, sections=made, attachments=())


def annual_document() -> Document:
    """The annual report with the plan between two other attachments, without pictures."""
    return replace(with_plan(), sections=document().sections[:1])


def one_row(*measures: Paragraph | List, actions: tuple[Paragraph | List, ...] = ()) -> Goals:
    """A goal of three rows, the one in the middle with these cells."""
    side = GoalRow("Rivi", (paragraph("lyhyt"),), (paragraph("lyhyt"),), (paragraph("joku"),))
    middle = GoalRow("Keskellä", measures, actions, ())
    return Goals((Goal("goal", "Tavoite 1. Otsikko", "keino", (side, middle, side)),))


def plan_file(block: Goals | None = None, **changes: Any) -> WordFile:
    return written(replace(plan_document(block), **changes), template(name="plan"))


def grid(table: Any) -> list[int]:
    return [int(column.get(name("w:w"))) for column in table.iter(name("w:gridCol"))]
