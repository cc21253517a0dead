"""A template as Word saved it -> a template docxtpl reads safely: tags whole, samples noted, traces of people gone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.errors import Problem, ReportError, problem
from reports.write.docx_xml import (
    PARAGRAPH,
    RUN,
    RUN_LOOK,
    SPACE,
    TABLE,
    TEXT,
    child,
    drop,
    inner,
    name,
    paragraph_text,
    parse,
    put_text_before,
    unwrap,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# A tag ends before the next one begins: an unclosed tag must not swallow its neighbour.
TAG = re.compile(r"\{\{(?:(?!\{[{%]).)*?\}\}|\{%(?:(?!\{[{%]).)*?%\}|\{#.*?#\}", re.DOTALL)
RICH_TAG = re.compile(r"\{\{r\s+(.*?)\s*\}\}", re.DOTALL)
CELL_TAG = re.compile(r"\s*\{\{p\s+((?:(?!\}\}).)*?)\s*\}\}\s*", re.DOTALL)
ALONE = re.compile(r"\s*\{\{\s*(\w+)\s*\}\}\s*")
LOOP = re.compile(r"\{%-?\s*(?:p|tr|tc|r)?\s*(?:for\s+(\w+)\s+in\b|(endfor)\b)")
# What Word puts into text by itself while a tag is typed.
TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})
# Spell-check marks, editing history and comments: they break tags apart and carry names.
DROPPED = tuple(
    name(f"w:{tag}")
    for tag in (
        "proofErr lastRenderedPageBreak commentRangeStart commentRangeEnd commentReference annotationRef del moveFrom "
        "rPrChange pPrChange sectPrChange tblPrChange trPrChange tcPrChange tblGridChange numberingChange "
        "moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd permStart permEnd"
    ).split()
)
# Revision and paragraph ids, and the flag that makes Word update a field on opening.
REVISION = re.compile(r"\}(rsid\w*|paraId|textId|dirty)$")
UNWRAPPED = tuple(name(f"w:{tag}") for tag in ("ins", "moveTo", "smartTag"))


@dataclass(slots=True)
class Samples:
    """What the template's samples look like: run properties of `{{r }}` tags, paragraphs of `{{p }}`, sample tables."""

    looks: list[str] = field(default_factory=list)
    cells: list[Element] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)


def tidy(xml: bytes) -> Element:
    """The tree of a part: every tag whole in one run, traces of people gone."""
    root = parse(xml)
    clean(root)
    for paragraph in root.iter(PARAGRAPH):
        join_tags(paragraph)
    return root


def lift(root: Element, samples: Samples, shown: str) -> None:
    """Makes a tidy part ready for docxtpl; its samples are added to `samples`.

    Raises ReportError(template-table) where a sample table stands in no loop over blocks.
    """
    _lift_tables(root, samples, shown)
    _lift_cells(root, samples)
    for run in [run for run in root.iter(RUN) if _has_rich_tag(run)]:
        _lift_rich_tags(run, samples)


def clean(root: Element) -> None:
    """Takes out tracked changes (as accepted), comments, spell-check marks and revision ids."""
    for element in list(root.iter(*DROPPED)):
        drop(element)
    for element in list(root.iter(*UNWRAPPED)):
        unwrap(element)
    for element in list(root.iter(name("w:bookmarkStart"))):
        if element.get(name("w:name")) == "_GoBack":
            _drop_bookmark(root, element)
    for element in root.iter():
        for attribute in [key for key in element.attrib if REVISION.search(str(key))]:
            del element.attrib[attribute]


def join_tags(paragraph: Element) -> int:
    """Puts every tag wholly into the run where it begins; how many had been split."""
    texts = [text for text in paragraph.iter(TEXT) if _paragraph_of(text) is paragraph]
    whole = "".join(text.text or "" for text in texts)
    tags = list(TAG.finditer(whole))
    if not tags:
        return 0
    owner = [index for index, text in enumerate(texts) for _ in text.text or ""]
    pieces = [""] * len(texts)
    split, position = 0, 0
    for tag in tags:
        for at in range(position, tag.start()):
            pieces[owner[at]] += whole[at]
        pieces[owner[tag.start()]] += tag[0].translate(TYPED)
        split += owner[tag.start()] != owner[tag.end() - 1]
        position = tag.end()
    for at in range(position, len(whole)):
        pieces[owner[at]] += whole[at]
    for text, piece in zip(texts, pieces, strict=True):
        text.text = piece
        text.set(SPACE, "preserve")
    return split


def is_sample(table: Element) -> bool:
    """Whether a table of the template is the sample that every table of the report follows."""
    return any(sample_tag(paragraph) == "head" for paragraph in table.iter(PARAGRAPH))


def sample_tag(paragraph: Element) -> str:
    """The name in a paragraph that holds one tag and nothing else (`{{ head }}`), empty for any other."""
    alone = ALONE.fullmatch(paragraph_text(paragraph))
    return alone[1] if alone else ""


def _lift_tables(root: Element, samples: Samples, shown: str) -> None:
    """Each sample table gives way to the tag that builds a table like it, for the block of the loop it stands in."""
    loops: list[str] = []
    problems: list[Problem] = []
    for element in list(root.iter(PARAGRAPH, TABLE)):
        if element.tag == PARAGRAPH:
            for opened, closed in LOOP.findall(paragraph_text(element)):
                if opened:
                    loops.append(opened)
                elif closed and loops:
                    loops.pop()
        elif is_sample(element):
            if not loops:
                problems.append(problem("template-table", shown))
                continue
            put_text_before(element, f"{{{{ {loops[-1]} | as_table({len(samples.tables)}) }}}}")
            samples.tables.append(element)
            drop(element)
    if problems:
        raise ReportError(problems)


def _lift_cells(root: Element, samples: Samples) -> None:
    """Each paragraph of a `{{p }}` tag gives way to the tag that builds paragraphs and lists like it."""
    for paragraph in list(root.iter(PARAGRAPH)):
        if alone := CELL_TAG.fullmatch(paragraph_text(paragraph)):
            put_text_before(paragraph, f"{{{{ ({alone[1]}) | as_cell({len(samples.cells)}) }}}}")
            samples.cells.append(paragraph)
            drop(paragraph)


def _has_rich_tag(run: Element) -> bool:
    return any(RICH_TAG.search(text.text or "") for text in run.findall(TEXT))


def _lift_rich_tags(run: Element, samples: Samples) -> None:
    """A run with `{{r }}` gives way to bare tags between runs that keep its look; docxtpl would drop the look."""
    look = inner(run.find(RUN_LOOK))
    samples.looks.append(look)
    number = len(samples.looks) - 1
    for part in [part for part in run if part.tag != RUN_LOOK]:
        if part.tag != TEXT:
            run.addprevious(_piece(run, part))
            continue
        for index, piece in enumerate(RICH_TAG.split(part.text or "")):
            if index % 2:
                put_text_before(run, f"{{{{ ({piece}) | look({number}) }}}}")
            elif piece:
                text = part.makeelement(TEXT, {SPACE: "preserve"})
                text.text = piece
                run.addprevious(_piece(run, text))
    drop(run)


def _piece(run: Element, part: Element) -> Element:
    piece = run.makeelement(RUN)
    look = child(run, "w:rPr")
    if look is not None:
        piece.append(parse_copy(look))
    piece.append(part)
    return piece


def parse_copy(element: Element) -> Element:
    """A deep copy that stands alone."""
    from copy import deepcopy

    twin = deepcopy(element)
    twin.tail = None
    return twin


def _paragraph_of(text: Element) -> Element | None:
    return next(text.iterancestors(PARAGRAPH), None)


def _drop_bookmark(root: Element, start: Element) -> None:
    number = start.get(name("w:id"))
    for end in list(root.iter(name("w:bookmarkEnd"))):
        if end.get(name("w:id")) == number:
            drop(end)
    drop(start)
