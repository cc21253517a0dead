"""Goals that are hard on a page: letters of five languages, signs of markup, an empty cell, a cell of sixty lines."""

from __future__ import annotations

from dataclasses import replace

from reports.document import Document, Entry, Goal, GoalRow, Goals, List, Paragraph, Run, Section
from tests.made_document import document, paragraph
from tests.pdf_sample import LETTERS, MARKUP

LANGUAGES = (
    "Työllisyys ja päätökset",
    "Sysselsättning på åländska",
    "Bargosadji čálus đ ŋ ŧ ž",
    "Zażółć gęślą jaźń",
    "Занятость населения",
)


def listed(*texts: str, level: int = 0) -> List:
    """A bulleted list."""
    return List(tuple(Entry((Run(text),), level) for text in texts))


def row(title: str, *actions: Paragraph | List, measures: tuple[str, ...] = ("mittari",), who: str = "joku") -> GoalRow:
    """A row whose actions are given."""
    return GoalRow(title, tuple(map(paragraph, measures)), actions, (paragraph(who),))


def hard() -> Goals:
    """Three goals."""
    sixty = row("1. Pitkä", listed(*(f"toimi {k} sovitaan ja tehdään" for k in range(60))))
    languages = row("2. Kielet", *map(paragraph, LANGUAGES), measures=LANGUAGES, who=LETTERS)
    signs = row(f"3. {MARKUP}", listed(MARKUP, "alle <5 pv", "T&K"), measures=(MARKUP, "-- ei", "1. ei luetteloa"))
    empty = GoalRow("4. Tyhjä", (paragraph(""),), (Paragraph(()),), (paragraph(""),))
    untitled = GoalRow("", (paragraph(""),), (paragraph("ilman otsikkoa"),), ())
    return Goals(
        (
            Goal("goal-1", "Tavoite 1. Pitkä", "keinot <ja> muut & muut", (sixty,)),
            Goal("goal-2", f"Tavoite 2. {MARKUP}", MARKUP, (languages, signs)),
            Goal("goal-3", "Tavoite 3. Tyhjä", "", (empty, untitled)),
        )
    )


def many(rows: int) -> Goals:
    """One goal of many short rows."""
    made = tuple(
        row(f"Row{k}begin", listed(f"action{k}x", f"Row{k}end"), measures=(f"measure{k}x",), who=f"who{k}x")
        for k in range(rows)
    )
    return Goals((Goal("goal-many", "Goal of many", "means of many", made),))


def plan(block: Goals, **changes: object) -> Document:
    """An action plan of these goals, with a section after them."""
    sections = (Section("tavoitteet", "Tavoitteet", (block,)), Section("muuta", "Muuta", (listed("jotain muuta"),)))
    bare = replace(document(), name="plan", contents=False, attachments=(), separate=(), notices=(), key_figures=())
    return replace(bare, sections=sections, **changes)  # type: ignore[arg-type]
