"""Slides cut to size: what does not fit its frame is divided over several slides, or said; nothing is ever clipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeVar

from reports.document import Block, Column, Entry, List, Paragraph, Section, Table
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.write.pptx_deck import KEY_FIGURES, Deck, layout_of, parts_of
from reports.write.pptx_fit import Ruler, Said, ruler, said, sized
from reports.write.pptx_master import CAPTION, FLAG, OBJECT, TITLE, Frame, Master
from reports.write.pptx_table import tiles, tiling
from reports.write.template import Template

Unit = TypeVar("Unit")
TINY = 0.001  # points, for what adding up leaves


@dataclass(slots=True)
class Fitting:
    """The master and its ruler, where each slide was written, and what was found not to fit."""

    master: Master
    ruler: Ruler
    language: Language
    places: Mapping[str, Place]
    problems: list[Problem]

    def fits(self, texts: Sequence[Said], frame: Frame) -> bool:
        """Whether paragraphs fit a frame without being made smaller."""
        return self.ruler.text(texts, frame) <= frame.height

    def tell(self, code: str, slide: Section, text: str) -> None:
        """Remember that a text does not fit."""
        place = self.places.get(slide.anchor, Place(""))
        self.problems.append(Problem(code, place, {"title": slide.title, "found": text}))


def fitted(
    deck: Deck, template: Template, language: Language, places: Mapping[str, Place]
) -> tuple[Deck, list[Problem]]:
    """The deck with every slide that holds too much divided, each part with a title of its own; and what cannot be.

    `places` says where each slide was written, by its anchor. Raises ReportError as `Master`.
    """
    master = Master(template)
    work = Fitting(master, ruler(template, master.family), language, places, [])
    slides = [
        part for at, one in enumerate(deck.sections, 1) for part in _fitted(one, at == len(deck.sections), deck, work)
    ]
    slides = _distinct(slides, language)
    for at, slide in enumerate(slides, 1):
        _check(slide, layout_of(slide, at == len(slides)), work)
    return replace(deck, sections=tuple(slides)), work.problems


def _distinct(slides: Sequence[Section], language: Language) -> list[Section]:
    """No two slides of one title, by which they are told apart in a list and by a screen reader."""
    counts, seen, out = Counter(one.title for one in slides), Counter[str](), []
    for slide in slides:
        seen[slide.title] += 1
        number, count = seen[slide.title], counts[slide.title]
        say = language.catalogue.say
        out.append(
            replace(slide, title=say("slides.part", title=slide.title, number=number, count=count))
            if count > 1
            else slide
        )
    return out


def _fitted(slide: Section, last: bool, deck: Deck, work: Fitting) -> list[Section]:
    layout, parts = layout_of(slide, last), parts_of(slide)
    if slide.anchor == KEY_FIGURES:
        _check_tiles(slide, deck, work)
        return [slide]
    beside: tuple[Block, ...] = (*parts.flags, *parts.notes)
    texts = list(_divided(parts.text, slide, layout if not parts.table else "bullets", work)) if parts.text else []
    if parts.table:
        tables = list(_tables(parts.table, slide, layout, work))
        return _named(slide, [*((*text, *beside) for text in texts), *((one, *beside) for one in tables)], work)
    if parts.figure and len(texts) <= 1:
        return [slide]
    if parts.figure:  # the words do not fit beside the chart: they follow it
        texts = list(_divided(parts.text, slide, "bullets", work))
        return _named(slide, [(parts.figure, *beside), *((*text, *beside) for text in texts)], work)
    return _named(slide, [(*text, *beside) for text in texts], work) if texts else [slide]


def _named(slide: Section, contents: Sequence[tuple[Block, ...]], work: Fitting) -> list[Section]:
    """A slide for each content, numbered in its title where there are several."""
    if len(contents) == 1:
        return [replace(slide, blocks=contents[0])]
    say = work.language.catalogue.say
    return [
        replace(
            slide,
            anchor=slide.anchor if at == 1 else f"{slide.anchor}-{at}",
            title=say("slides.part", title=slide.title, number=at, count=len(contents)),
            blocks=blocks,
        )
        for at, blocks in enumerate(contents, 1)
    ]


def _divided(
    blocks: Sequence[Paragraph | List], slide: Section, layout: str, work: Fitting
) -> Iterator[tuple[Paragraph | List, ...]]:
    """The running text of a slide in as many parts as it needs, about equally long."""
    frame = work.master.body(layout)
    if work.ruler.scale(said(blocks), frame) is not None:
        yield tuple(blocks)
        return
    groups = [group for block in blocks for group in _groups(block, frame, work)]
    for group in groups:
        if not work.fits(said([group]), frame):
            work.tell("slides-entry-long", slide, said([group])[0].text)
            yield tuple(blocks)
            return
    sizes = [work.ruler.text(said([one]), frame) for one in groups]
    for part in balanced(groups, sizes, frame.height):
        yield tuple(_joined(part))


def _groups(block: Paragraph | List, frame: Frame, work: Fitting) -> Iterator[Paragraph | List]:
    """What stays together: an entry with those under it, or where they are too many for a slide, each alone."""
    if isinstance(block, Paragraph):
        yield block
        return
    groups: list[list[Entry]] = []
    for entry in block.entries:
        if entry.level == 0 or not groups:
            groups.append([])
        groups[-1].append(entry)
    for group in groups:
        if work.fits(said([List(tuple(group))]), frame):
            yield List(tuple(group))
        else:
            yield from (List((one,)) for one in group)


def _joined(blocks: Sequence[Paragraph | List]) -> list[Paragraph | List]:
    """Lists that follow each other as one."""
    out: list[Paragraph | List] = []
    for block in blocks:
        if out and isinstance(block, List) and isinstance(last := out[-1], List):
            out[-1] = List((*last.entries, *block.entries))
        else:
            out.append(block)
    return out


def balanced(units: Sequence[Unit], sizes: Sequence[float], room: float) -> list[list[Unit]]:
    """The units in as few parts as hold them, the parts as alike as they can be; none may be larger than `room`."""
    ends = [0.0, *accumulate(sizes)]
    # For each number of units: in how many parts, the squares of their sizes added up, less where the last begins.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(ends)):
        starts = [at for at in range(end) if ends[end] - ends[at] <= room + TINY]
        best.append(min((best[at][0] + 1, best[at][1] + (ends[end] - ends[at]) ** 2, -at) for at in starts))
    parts: list[list[Unit]] = []
    end = len(units)
    while end:
        start = -best[end][2]
        parts.insert(0, list(units[start:end]))
        end = start
    return parts


def _tables(table: Table, slide: Section, layout: str, work: Fitting) -> Iterator[Table]:
    """A table in as many parts as it needs, its heading on each; a column with no room for its words is told."""
    frame = work.master.frame(layout, OBJECT)
    made = sized(table, frame, work.ruler)
    wide = sum(made.widths)
    columns = (Column(one.text, one.align, part / wide) for one, part in zip(table.columns, made.widths, strict=True))
    table = replace(table, columns=tuple(columns))
    if sum(made.heights) <= frame.height:
        yield table
        return
    head, *heights = made.heights
    tall = [row for row, height in zip(table.rows, heights, strict=True) if head + height > frame.height]
    if tall:
        work.tell("slides-row-tall", slide, tall[0].cells[0].text)
        yield table
        return
    for part in balanced(table.rows, heights, frame.height - head):
        yield replace(table, rows=tuple(part))


def _check(slide: Section, layout: str, work: Fitting) -> None:
    """What cannot be divided: the title, the marks above it, and the words under a chart or a table."""
    parts = parts_of(slide)
    lines = [("slides-title-long", slide.title, TITLE)]
    if parts.flags:
        lines.append(("slides-flag-long", " · ".join(one.text for one in parts.flags), FLAG))
    if shown := parts.figure or parts.table:
        lines.append(("slides-caption-long", shown.caption, CAPTION))
    for code, text, number in lines:
        if text and not work.fits([Said(text)], work.master.frame(layout, number)):
            work.tell(code, slide, text)


def _check_tiles(slide: Section, deck: Deck, work: Fitting) -> None:
    frame = work.master.body("key-figures")
    for figure, tile in zip(deck.key_figures, tiles(deck.key_figures, frame), strict=True):
        if tiling([figure], tile, work.ruler) is None:
            work.tell("slides-figure-long", slide, f"{figure.value}: {figure.label}")
