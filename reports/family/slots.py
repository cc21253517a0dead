"""Slots of a text -> paragraphs that a person has written, or a line that says what is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from reports import tables
from reports.document import Block, Notice, Paragraph, Run
from reports.errors import Problem, warning
from reports.finnish import Language
from reports.printer import FactPrinter
from reports.text import Slot


def filled(
    title: str, slot: Slot, printer: FactPrinter, not_facts: Sequence[str], problems: list[Problem]
) -> list[Block]:
    """A slot's words with their facts printed; of a quote, who says it. An empty one is shown as missing: a warning.

    `title` says what belongs there. The program never writes a person's words.
    """
    say = printer.language.catalogue.say
    who = tables.line(slot.by, printer, not_facts, problems) if slot.by else ""
    lines = [tables.line(one, printer, not_facts, problems) for one in slot.text]
    if not lines:
        problems.append(warning("slot-empty", slot.place.file, slot.place.row, title=title))
        return [missing(f"{title} ({who})" if who else title, printer.language)]
    if who:  # who speaks is told after the first paragraph, as newspapers do
        lines[0] = say("slot.quote" if lines[0][-1] in "?!" else "slot.said", text=lines[0].rstrip("."), who=who)
        lines[1:] = [say("slot.more", text=line) for line in lines[1:]]
    return [Paragraph((Run(line),)) for line in lines]


def missing(what: str, language: Language) -> Notice:
    """The line that stands where somebody's words are still to come."""
    return Notice(language.catalogue.say("slot.missing", what=what))
