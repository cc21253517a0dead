"""The plans of two periods side by side: what was added, dropped and changed, for a screen and as a Word file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import NamedTuple

from reports.document import Column, Paragraph, Row, Run, Section, Table, text_cell
from reports.errors import Problem, ReportError
from reports.finnish import Language
from reports.messages import Catalogue
from reports.model import Dataset
from reports.order import Order, Say, silent
from reports.period import Period
from reports.pipeline import Result
from reports.plan.changes import Change, Sort, changes
from reports.plan.model import Plan
from reports.plan.paper import inputs_of, write_paper
from reports.plan.planned import YEARS_BACK
from reports.prepare import in_order, read_data
from reports.read.plan import read_plan

WIDTHS = (10, 28, 28, 28)  # of the columns on a screen, in characters; with the gaps 100
GAP = "  "
WIDTH = sum(WIDTHS) + len(GAP) * (len(WIDTHS) - 1)


class Compared(NamedTuple):
    """What two plans differ in, as lines in the language of messages, and what became of the Word file."""

    lines: tuple[str, ...]
    result: Result


def compare(order: Order, before: Period, spoken: str, say: Say = silent) -> Compared:
    """Compare the plan of the period `before` with that of the order's period, and write `compare-BEFORE.docx`.

    `spoken` is the language of messages. Raises ReportError: a period without a plan (exit 2), and what is wrong with
    the plans or the figures.
    """
    say("reading")
    periods = (before, order.period)
    years = sorted({year - back for period in periods for year in period.years for back in YEARS_BACK})
    inputs = inputs_of(order, years)
    old, new, dataset, problems = _read(order, before, years)
    say("composing")
    document, screen = Language(order.language), Language(spoken)
    made = changes(old, new, dataset, document)
    shown = made if spoken == order.language else changes(old, new, dataset, screen)
    words, heads = document.catalogue, [document.when(period) for period in periods]
    title = words.say("compare.title", before=heads[0], after=heads[1])
    parts = sections(made, heads, words)
    result = write_paper(order, f"compare-{before}", title, new.title, parts, dataset, inputs, problems)
    return Compared(tuple(lines(shown, [screen.when(period) for period in periods], screen.catalogue)), result)


def sections(found: Sequence[Change], heads: Sequence[str], words: Catalogue) -> tuple[Section, ...]:
    """The changes as a table for each part of the plan; `heads` name the two periods."""
    out = [Section("compare", words.say("compare.overview"), (Paragraph((Run(summary(found, words)),), role="lead"),))]
    columns = tuple(
        Column(head, share=share) for head, share in zip(_heads(heads, words), (0.11, 0.27, 0.31, 0.31), strict=True)
    )
    for at, (part, group) in enumerate(groupby(found, key=lambda one: one.part), 1):
        rows = tuple(Row(tuple(map(text_cell, _cells(one, words)))) for one in group)
        table = Table(f"table-compare-{at}", part, columns, rows, name=f"compare-{at}")
        out.append(Section(f"compare-{at}", part, (table,)))
    return tuple(out)


def lines(found: Sequence[Change], heads: Sequence[str], words: Catalogue) -> Iterator[str]:
    """The changes as a table of 100 characters a line, cells broken where they are longer."""
    yield summary(found, words)
    if found:
        yield from ("", *_broken(_heads(heads, words)), GAP.join("-" * width for width in WIDTHS))
    for part, group in groupby(found, key=lambda one: one.part):
        yield from ("", *textwrap.wrap(part, WIDTH))
        for one in group:
            yield from _broken(_cells(one, words))


def summary(found: Sequence[Change], words: Catalogue) -> str:
    """How many changes there are, and of which sorts."""
    counts = [(sort, sum(one.sort is sort for one in found)) for sort in Sort]
    named = [(words.say(f"compare.sort.{sort}"), count) for sort, count in counts if count]
    parts = ", ".join(words.say("compare.part-count", sort=sort, count=count) for sort, count in named)
    return words.say("compare.count" if found else "compare.none", count=len(found), parts=parts)


def _read(order: Order, before: Period, years: Sequence[int]) -> tuple[Plan, Plan, Dataset, tuple[Problem, ...]]:
    """Both plans, the figures, and the warnings of reading them."""
    dataset, problems = read_data(order, years)
    old, wrong = read_plan(order.home, order.area, before, dataset)
    new, more = read_plan(order.home, order.area, order.period, dataset)
    found = in_order([*problems, *wrong, *more])
    if any(not one.warning for one in found):
        raise ReportError(found)
    return old, new, dataset, found


def _heads(heads: Sequence[str], words: Catalogue) -> tuple[str, ...]:
    return words.say("compare.change"), words.say("compare.of"), *heads


def _cells(one: Change, words: Catalogue) -> tuple[str, ...]:
    nothing = words.say("plan.nothing")
    return words.say(f"compare.sort.{one.sort}"), one.what, one.before or nothing, one.after or nothing


def _broken(cells: Sequence[str]) -> Iterator[str]:
    """A row of cells as lines of text."""
    columns = [_wrapped(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    for parts in zip_longest(*columns, fillvalue=""):
        yield GAP.join(part.ljust(width) for part, width in zip(parts, WIDTHS, strict=True)).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    """A text as lines; a word that is longer than one begins on a line of its own."""
    longest = re.compile(rf"\S{{{width}}}(?=\S)")
    return textwrap.wrap(longest.sub(lambda found: f"{found[0]} ", text), width)
