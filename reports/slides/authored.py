"""The slides that people write: a section of the text a slide, its flag, its list, its chart or its table."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from reports.compose import Chapter, Composition
from reports.document import Block, Box, Figure, Heading, List, Notice, Paragraph, Picture, Run, Section, Table
from reports.errors import Place
from reports.model import NamedDate, Observation
from reports.slides.origins import mark, notes
from reports.tables import sentences


def slides(chapter: Chapter, sections: Sequence[Section], work: Composition) -> Iterator[tuple[Section, Place]]:
    """The sections of a text as slides, and where each was written.

    A first paragraph that is wholly in italics is the slide's flag. Each further chart, picture or table gets a slide
    of its own, by its own title.
    """
    passages = chapter.shown()
    ends = [*(one.place.row for one in passages[1:]), sys.maxsize]
    for passage, section, end in zip(passages, sections, ends, strict=True):
        rows = range(passage.place.row, end)
        for slide in _slides(section):
            shown = [*_told(rows if _has_words(slide) else (), slide, chapter), *_drawn(slide, work)]
            blocks = (*mark(shown, work), *(_called_out(one, work) for one in slide.blocks), *notes(shown, work))
            yield replace(slide, blocks=blocks), passage.place


def _told(rows: Container[int], slide: Section, chapter: Chapter) -> list[Observation]:
    """The observations behind the numbers that some rows of the text print, and behind those of a table's own rows."""
    specs = chapter.text.tables
    tables = [specs[one.name] for one in slide.blocks if isinstance(one, Table) and one.name in specs]
    own = {line.place.row for table in tables for line in table.rows}
    printed = [one.fact for one in chapter.printed() if one.place.row in own or one.place.row in rows]
    return [o for fact in printed for o in fact.origins if not isinstance(o, NamedDate)]


def _slides(section: Section) -> Iterator[Section]:
    """A slide of the words and the first chart, picture or table, and one for each of the others."""
    flag, blocks = _flag(section.blocks)
    words = [word for one in blocks for word in _worded(one)]
    shown = [one for one in blocks if isinstance(one, Figure | Picture | Table)]
    yield replace(section, blocks=(*flag, *words, *(_bare(one, section.title) for one in shown[:1])))
    for at, one in enumerate(shown[1:], 2):
        title = "" if isinstance(one, Picture) else one.title
        title = title or section.title
        yield Section(f"{section.anchor}-shown-{at}", title, (*flag, _bare(one, title)))


def _flag(blocks: Sequence[Block]) -> tuple[tuple[Notice, ...], Sequence[Block]]:
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and all(run.emphasis for run in first.runs):
        text = "".join(run.shown for run in first.runs)
        return (Notice(text[:1].upper() + text[1:]),), blocks[1:]
    return (), blocks


def _worded(block: Block) -> tuple[Paragraph | List, ...]:
    """The running text of a block; a sub-heading and the title of a box as lines in bold: a slide has one title."""
    if isinstance(block, Heading):
        return (Paragraph((Run(block.text, strong=True),)),)
    if isinstance(block, Box):
        return (*([Paragraph((Run(block.title, strong=True),))] if block.title else []), *block.blocks)
    return (block,) if isinstance(block, Paragraph | List) else ()


def captioned(block: Figure | Picture | Table) -> Figure | Picture | Table:
    """A chart or table without its number, which only a document that is read from cover to cover needs."""
    if isinstance(block, Table):
        return replace(block, caption=sentences(block.caption or block.title), number="", label="")
    return replace(block, number="", label="") if isinstance(block, Figure) else block


def _bare(block: Figure | Picture | Table, title: str) -> Figure | Picture | Table:
    """A chart, picture or table for a slide; words under a table that only say the slide's title again are left out."""
    made = captioned(block)
    return replace(made, caption="") if made.caption == sentences(title) else made


def _called_out(block: Block, work: Composition) -> Block:
    """A chart with what its picture points out before its caption: PowerPoint's own chart has no such words."""
    if not isinstance(block, Figure) or block.name not in work.shown:
        return block
    callout = work.shown[block.name].chart.callout
    return replace(block, caption=sentences(callout[:1].upper() + callout[1:], block.caption))


def _has_words(slide: Section) -> bool:
    return any(isinstance(one, Paragraph | List | Table) for one in slide.blocks)


def _drawn(slide: Section, work: Composition) -> list[Observation]:
    """The observations of the chart or the table of a slide."""
    out: list[Observation] = []
    for block in slide.blocks:
        if isinstance(block, Figure) and block.name in work.shown:
            out += work.shown[block.name].observations
        elif isinstance(block, Table):
            out += work.listed.get(block.name, ())
    return out
