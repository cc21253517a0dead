"""Slots of a Word template: `{%p include "plan" %}` gives way to the loop over goals of templates/plan/report.docx."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from reports.document import Document, Goals
from reports.errors import ReportError
from reports.write import docx_package
from reports.write.docx_lists import Numbering
from reports.write.docx_package import Package
from reports.write.docx_page import TWIPS_PER_MM, text_widths
from reports.write.docx_prepare import parse_copy, tidy
from reports.write.docx_styles import Styles
from reports.write.docx_xml import NAMESPACES, PARAGRAPH, TABLE, drop, name, paragraph_text
from reports.write.template import Template

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LAYOUT = "report.docx"
SLOT = re.compile(r'\s*\{%-?\s*p\s+include\s+"([\w-]+)"\s*-?%\}\s*')
OPENING = re.compile(r"\s*\{%-?\s*p\s+for\s+\w+\s+in\s+\w+\.goals\s*-?%\}\s*")
STEP = re.compile(r"\{%-?\s*(?:p|tr|tc|r)?\s*(end)?(for|if)\b")
# How the passage begins in the program's own layout, for messages.
WANTED = "{%p for goal in block.goals %}"
# What cannot be moved: notes, section breaks and, by their relationships, pictures and links.
TIED = tuple(name(f"w:{tag}") for tag in ("footnoteReference", "endnoteReference", "sectPr"))


class SlotError(ValueError):
    """A slot that cannot be filled; `code` names the sentence, `values` fill it."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


class Passage(NamedTuple):
    """The part of a layout that a slot takes in, with that layout's styles, lists and width of text in twips."""

    parts: list[Element]
    styles: Styles
    numbering: Numbering
    width: int


def shown(template: Template) -> str:
    """The name of a layout's Word file in messages."""
    return f"templates/{template.name}/{LAYOUT}"


def slots(root: Element) -> Iterator[tuple[Element, str]]:
    """The slots of a tidy part, each with the name of the layout that it takes in."""
    for paragraph in root.iter(PARAGRAPH):
        if found := SLOT.fullmatch(paragraph_text(paragraph)):
            yield paragraph, found[1]


def passage(template: Template, called: str) -> Passage:
    """The loop over goals in the layout of that name, found from another one's template; the city's own wins.

    Raises SlotError where there is no such layout, where it has no such loop, or where that holds what cannot be moved.
    """
    layout = template.of(called)
    try:
        package = docx_package.read(layout.find(LAYOUT), shown(layout))
        root = tidy(package.parts[package.main])
    except (ReportError, etree.XMLSyntaxError) as wrong:
        raise SlotError("lint-slot", name=called) from wrong
    parts = _loop(root)
    if not parts:
        raise SlotError("lint-slot-empty", layout=shown(layout), wanted=WANTED)
    if any(_tied(each) for part in parts for each in part.iter(etree.Element)):
        raise SlotError("lint-slot-tied", layout=shown(layout), wanted=WANTED)
    width = round(text_widths(root)[0] * TWIPS_PER_MM)
    styles = Styles(package.parts[package.one("styles+xml")])
    return Passage(parts, styles, Numbering(package.parts.get(package.one("numbering+xml"))), width)


def included(template: Template) -> list[Template]:
    """The layouts that a template's slots take in; raises ReportError or lxml's XMLSyntaxError where it is broken."""
    package = docx_package.read(template.find(LAYOUT), shown(template))
    return [template.of(called) for _, called in slots(tidy(package.parts[package.main]))]


def fill_slots(
    trees: Iterable[Element], template: Template, package: Package, styles: Styles, document: Document
) -> None:
    """Puts the passages of other layouts in their places, their styles and lists into the template's own.

    Slots of a document without goals stay empty: nobody need mend a layout that is not used. Raises SlotError.
    """
    wanted = any(isinstance(block, Goals) for block in document.blocks())
    numbering = Numbering(package.parts.get(package.one("numbering+xml")))
    for slot, called in [each for tree in trees for each in slots(tree)]:
        if wanted:
            _fill(slot, passage(template, called), styles, numbering)
        drop(slot)
    if (added := numbering.added()) is not None:
        package.put_numbering(added)


def _fill(slot: Element, taken: Passage, styles: Styles, numbering: Numbering) -> None:
    """Copies a passage before its slot; a style or list that it uses is looked up here, or comes along."""
    renumbered = partial(numbering.adopt, taken.numbering)
    for part in map(parse_copy, taken.parts):
        _restyle(part, partial(styles.adopt, taken.styles, renumbered), renumbered)
        for table in part.iter(TABLE):
            table.insert(0, etree.ProcessingInstruction("fit", str(taken.width)))
        slot.addprevious(part)


def _restyle(part: Element, style: Callable[[str], str], number: Callable[[str], str]) -> None:
    value = name("w:val")
    for named in part.iter(name("w:pStyle"), name("w:rStyle"), name("w:tblStyle")):
        named.set(value, style(named.get(value, "")))
    for listed in part.iter(name("w:numId")):
        listed.set(value, number(listed.get(value, "")))


def _loop(root: Element) -> list[Element]:
    """The paragraphs and tables from the one that opens the loop over goals to the one that closes it, if one does."""
    part = next((each for each in root.iter(PARAGRAPH) if OPENING.fullmatch(paragraph_text(each))), None)
    found: list[Element] = []
    within: list[str] = []
    while part is not None:
        found.append(part)
        for end, word in (step for each in part.iter(PARAGRAPH) for step in STEP.findall(paragraph_text(each))):
            if not end:
                within.append(word)
            elif not within or within.pop() != word:
                return []
        if not within:
            return found
        part = part.getnext()
    return []


def _tied(element: Element) -> bool:
    return element.tag in TIED or any(str(key).startswith(f"{{{NAMESPACES['r']}}}") for key in element.attrib)
