"""A plan of thousands of rows as PDF: typeset in parts, each by a process of its own, and joined.

typst holds all of a document in memory and gives none back; what a part took is free again when its process ends. Every
part is a whole document, with the head of the layout and the heading of its section. In all parts but the first these
stand on pages before the part's own, which are left out when the parts are joined: so layouts need not know of parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import accumulate, groupby
from multiprocessing import get_context
from typing import NamedTuple

from reports.document import Document, Goal, Goals, Section
from reports.errors import ReportError
from reports.write.pdf import goals_of, row_size, size, typeset
from reports.write.pdf_join import SEAM, join, own_pages
from reports.write.template import Template

PART = 4_000  # the size of a part, as `size` tells it: typst takes 200 MB for it
AT_ONCE = 2  # the second way through the text then costs no time where there are two processors

# What typst reads before and after the layout. A link to another part becomes plain words.
BEFORE = "#show link: it => if type(it.dest) == label and query(it.dest).len() == 0 { it.body } else { it }\n"
BREAK = '#show label("%s"): it => { it; counter(page).update(%d); pagebreak() }\n'
AFTER = "#page(counter(page).update(%d))\n"  # by this page, left out too, the footers know how many there are in all


class Job(NamedTuple):
    """A part of a document; `first` is the number of its first page, `total` that of the whole document's last."""

    document: Document
    template: Template
    first: int = 1
    total: int = 1


def write_in_parts(document: Document, template: Template, most: int = PART) -> bytes:
    """The document as one PDF, typeset in parts of about the size `most`; raises as `pdf.write` does.

    Each part is typeset twice, since every page tells how many pages all parts have. What cannot be made in parts is
    made in one run, which also tells what is wrong with a layout.
    """
    jobs = [Job(part, template) for part in divide(document, most)]
    made: list[bytes] = []
    if len(jobs) > 1:
        with ProcessPoolExecutor(AT_ONCE, get_context("spawn"), max_tasks_per_child=1) as pool:
            counts = list(pool.map(_count, jobs))
            firsts = accumulate(counts[:-1], initial=1)
            placed = (job._replace(first=first, total=sum(counts)) for job, first in zip(jobs, firsts, strict=True))
            made = list(pool.map(_typeset, placed)) if all(counts) else []
    return join(made) if made and all(made) else typeset(document, template)


def divide(document: Document, most: int) -> list[Document]:
    """The parts of a document: its goals in groups of about the size `most`, with what stands before and after them.

    A document with a contents list or attachments has one part: it tells on which pages of other parts things stand.
    """
    places = [
        (number, place)
        for number, section in enumerate(document.sections)
        for place, block in enumerate(section.blocks)
        if isinstance(block, Goals)
    ]
    if len(places) != 1 or document.contents or document.attachments or document.separate:
        return [document]
    ((number, place),) = places
    section = document.sections[number]
    groups = [Goals(group) for group in grouped(tuple(goals_of(document)), most)]
    parts: list[list[Section]] = [[replace(section, anchor=SEAM, blocks=(group,))] for group in groups]
    parts[0] = [*document.sections[:number], replace(section, blocks=(*section.blocks[:place], groups[0]))]
    end = parts[-1][-1]
    parts[-1][-1:] = [
        replace(end, blocks=(*end.blocks, *section.blocks[place + 1 :])),
        *document.sections[number + 1 :],
    ]
    return [replace(document, sections=tuple(part)) for part in parts]


def grouped(goals: Sequence[Goal], most: int) -> Iterator[tuple[Goal, ...]]:
    """Goals in their order, in groups of about the size `most`; only a goal larger than that is divided."""
    group: list[Goal] = []
    for goal in (piece for one in goals for piece in _pieces(one, most)):
        if group and (not goal.heading or sum(map(size, [*group, goal])) > most):
            yield tuple(group)
            group = []
        group.append(goal)
    yield tuple(group)


def _pieces(goal: Goal, most: int) -> Iterator[Goal]:
    """A goal in pieces of about the same size; heading and means stand in the first."""
    count = -(-size(goal) // most)
    if count < 2 or not goal.rows:
        yield goal
        return
    starts = accumulate(map(row_size, goal.rows), initial=0)
    length = sum(map(row_size, goal.rows)) / count
    for k, placed in groupby(zip(starts, goal.rows, strict=False), lambda pair: int(pair[0] / length)):
        piece = replace(goal, rows=tuple(row for _, row in placed))
        yield piece if k == 0 else replace(piece, heading="", means="")


def _count(job: Job) -> int:
    """How many pages a part has; none where it cannot be made, or not so that it could be joined."""
    made = _typeset(job)
    return own_pages(made, later=job.document.sections[0].anchor == SEAM) if made else 0


def _typeset(job: Job) -> bytes:
    """A part; nothing where it cannot be made."""
    try:
        return typeset(job.document, job.template, BEFORE + BREAK % (SEAM, job.first - 1), AFTER % job.total)
    except ReportError:
        return b""
