"""What people must decide about a new plan -> tables for the planning meeting, and a short list for a screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from reports.document import Cell, Column, List, Paragraph, Row, Run, Section, Table, text_cell
from reports.document import Entry as DocumentEntry
from reports.messages import Catalogue

WIDTH = 100  # columns of a screen
LONGEST = 60  # characters of an entry on a screen


class Sort(StrEnum):
    """What is to be decided; its words are `roll.sort`, `roll.decide` and `roll.because` with the value."""

    RAISE = "raise"
    REVIEW = "review"
    ONWARD = "onward"
    TURN = "turn"
    NO_OUTCOME = "no-outcome"
    IN_WORDS = "in-words"
    NO_TARGET = "no-target"
    PAST = "past"
    NOBODY = "nobody"
    MOVED = "moved"
    DUE = "due"
    DATE = "date"


class Entry(NamedTuple):
    """One thing to decide: in which part of the plan, about what, the question, and why it is asked.

    `number` is the printed number of goal and row (`1.2`), empty outside goals. Question and reason are sentences, at
    least one each.
    """

    sort: Sort
    part: str
    number: str
    what: str
    decide: tuple[str, ...]
    why: tuple[str, ...]


def sections(entries: Sequence[Entry], words: Catalogue) -> tuple[Section, ...]:
    """The entries as a table for each part of the plan, with an empty column to write the decisions in."""
    out = [Section("worklist", words.say("roll.list"), _opening(entries, words))]
    for at, (part, group) in enumerate(groupby(entries, key=lambda one: one.part), 1):
        out.append(Section(f"worklist-{at}", part, (_table(at, part, list(group), words),)))
    return tuple(out)


def lines(entries: Sequence[Entry], words: Catalogue, mark: str) -> Iterator[str]:
    """The entries in short: a line for each sort, with what it is about; `mark` is how the new plan marks them."""
    yield words.say("roll.count", count=len(entries), mark=mark)
    for sort in Sort:
        if found := [one for one in entries if one.sort is sort]:
            about = "; ".join(textwrap.shorten(f"{one.number} {one.what}", LONGEST, placeholder="…") for one in found)
            line = words.say("roll.line", sort=words.say(f"roll.sort.{sort}"), count=len(found), about=about)
            yield textwrap.fill(line, WIDTH, initial_indent=" " * 2, subsequent_indent=" " * 4)


def _opening(entries: Sequence[Entry], words: Catalogue) -> tuple[Paragraph | List, ...]:
    """How much there is to decide, of what sorts, and where the decisions go."""
    counts = [(words.say(f"roll.sort.{sort}"), sum(one.sort is sort for one in entries)) for sort in Sort]
    parts = [words.say("roll.part-count", sort=sort, count=count) for sort, count in counts if count]
    count, advice = words.say("roll.opening", count=len(entries)), words.say("roll.advice", mark=words.say("roll.mark"))
    listed = (List(tuple(DocumentEntry((Run(part),)) for part in parts)),) if parts else ()
    return Paragraph((Run(count),), role="lead"), *listed, Paragraph((Run(advice),))


def _table(at: int, part: str, entries: Sequence[Entry], words: Catalogue) -> Table:
    shares = {"what": 0.23, "question": 0.23, "reason": 0.3, "decision": 0.24}
    columns = tuple(Column(words.say(f"roll.{name}"), share=share) for name, share in shares.items())
    rows = []
    for one in entries:
        what = f"{one.number} {one.what}".strip()
        rows.append(Row((text_cell(what), _cell(one.decide, strong=True), _cell(one.why), text_cell(""))))
    return Table(f"table-worklist-{at}", part, columns, tuple(rows), name=f"worklist-{at}")


def _cell(said: Sequence[str], strong: bool = False) -> Cell:
    """A paragraph for each thing that is said, the first one `strong`."""
    return Cell(tuple(Paragraph((Run(one, strong=strong and not at),)) for at, one in enumerate(said)))
