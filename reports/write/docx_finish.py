"""A rendered Word document -> a finished one: contents list, list numbers, links, pages, tables, unique ids."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import TYPE_CHECKING

from reports.write.docx_fit import fit_tables
from reports.write.docx_lists import Lists
from reports.write.docx_page import turn_pages
from reports.write.docx_styles import Styles
from reports.write.docx_xml import (
    DRAWING_NAME,
    NAMESPACES,
    PARAGRAPH,
    PARAGRAPH_LOOK,
    RUN,
    RUN_LOOK,
    SPACE,
    TEXT,
    VALUE,
    child,
    drop,
    keep_with_next,
    look_of,
    marks,
    name,
    paragraph_text,
    parse,
    unwrap,
    value,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CONTENTS_CODE = r'TOC \o "1-{}" \h \n \z \u'
START, END, LINK, ANCHOR = name("w:bookmarkStart"), name("w:bookmarkEnd"), name("w:hyperlink"), name("w:anchor")
ID, NAME = name("w:id"), name("w:name")


def finish_body(root: Element, styles: Styles, lists: Lists, levels: int = 1) -> list[Element]:
    """Completes the body in place; gives the properties of its landscape pages, which need headers of their own.

    Its contents list has so many `levels` of headings.
    """
    drop_empty_runs(root)
    keep_first_bookmarks(root)
    lists.number(root, styles)
    for mark, _ in marks(root, "keep"):
        keep_with_next(look_of(next(mark.iterancestors(PARAGRAPH))))
    fill_contents(root, styles, levels)
    mend_links(root, styles)
    turned = turn_pages(root, styles)
    fit_tables(root, styles)
    return turned


def drop_empty_runs(root: Element) -> None:
    """Takes out runs that say nothing; a template tag leaves them behind."""
    for text in [text for text in root.iter(TEXT) if not text.text]:
        run = text.getparent()
        if run is not None and run.tag == RUN and all(part.tag in (TEXT, RUN_LOOK) for part in run) and not _says(run):
            drop(run)


def keep_first_bookmarks(root: Element) -> None:
    """A heading printed twice keeps its bookmark in the first place; ids run from 1 without a gap."""
    seen: set[str] = set()
    open_ids: dict[str, str] = {}
    for mark in list(root.iter(START, END)):
        number = mark.get(ID, "")
        if mark.tag == END:
            if number in open_ids:
                mark.set(ID, open_ids.pop(number))
            else:
                drop(mark)
        elif mark.get(NAME, "") in seen:
            drop(mark)
        else:
            seen.add(mark.get(NAME, ""))
            open_ids[number] = str(len(seen))
            mark.set(ID, open_ids[number])


def fill_contents(root: Element, styles: Styles, levels: int = 1) -> None:
    """Puts a contents field in place of its mark, with a linked line for every heading down to a level."""
    places = [(mark, next(mark.iterancestors(PARAGRAPH))) for mark, _ in marks(root, "contents")]
    if not places:
        return
    headings = [paragraph for paragraph in root.iter(PARAGRAPH) if styles.outline(paragraph) < levels]
    headings = [heading for heading in headings if paragraph_text(heading).strip()]
    targets = [(_heading_bookmark(root, heading), heading) for heading in headings]
    for mark, sample in places:
        drop(mark)
        looks = {level: styles.contents(level) for level in range(1, levels)}
        lines = [_contents_line(sample, target, heading) for target, heading in targets]
        for line, (_, heading) in zip(lines, targets, strict=True):
            look, style = looks.get(styles.outline(heading)), child(look_of(line), "w:pStyle")
            if look and style is not None:
                style.set(VALUE, look)
        if lines:
            _wrap_in_field(lines, CONTENTS_CODE.format(levels))
        for line in lines:
            sample.addprevious(line)
        drop(sample)


def mend_links(root: Element, styles: Styles) -> None:
    """A link into a part that the template leaves out becomes plain words; Word would print an error there."""
    known = {mark.get(NAME) for mark in root.iter(START)}
    for link in list(root.iter(LINK)):
        if link.get(ANCHOR) is None or link.get(ANCHOR) in known:
            continue
        for run in list(link.iter(RUN)):
            if child(run, "w:fldChar") is not None or child(run, "w:instrText") is not None:
                drop(run)
            elif (look := child(run, "w:rPr")) is not None and value(look, "w:rStyle") == styles.text["Hyperlink"]:
                drop(look[0])
        unwrap(link)


def number_drawings(roots: Iterable[Element]) -> None:
    """Every drawing of the file gets an id of its own, headers included."""
    drawings = [drawing for root in roots for drawing in root.iter(DRAWING_NAME)]
    for number, drawing in enumerate(drawings, 1):
        drawing.set("id", str(number))


def _says(run: Element) -> bool:
    return any(text.text for text in run.findall(TEXT))


def _heading_bookmark(root: Element, heading: Element) -> str:
    """The bookmark over a heading; one is made for a heading that stands in the template itself."""
    for mark in heading.iter(START):
        if mark.get(NAME, "").startswith("_Toc"):
            return mark.get(NAME, "")
    numbers = [int(mark.get(ID, "0")) for mark in root.iter(START)]
    number = str(max(numbers, default=0) + 1)
    called = f"_Toc_template_{number}"
    first = 1 if child(heading, "w:pPr") is not None else 0
    heading.insert(first, heading.makeelement(START, {ID: number, NAME: called}))
    heading.append(heading.makeelement(END, {ID: number}))
    return called


def _contents_line(sample: Element, target: str, heading: Element) -> Element:
    """A line like the sample paragraph, its words linked to a heading."""
    line = deepcopy(sample)
    line.tail = None
    for part in [part for part in line if part.tag != PARAGRAPH_LOOK]:
        line.remove(part)
    link = line.makeelement(LINK, {ANCHOR: target, name("w:history"): "1"})
    run = line.makeelement(RUN)
    text = line.makeelement(TEXT, {SPACE: "preserve"})
    text.text = paragraph_text(heading).strip()
    run.append(text)
    link.append(run)
    line.append(link)
    return line


def _wrap_in_field(lines: list[Element], code: str) -> None:
    """Lays one field around several paragraphs."""
    first = 1 if child(lines[0], "w:pPr") is not None else 0
    for offset, markup in enumerate(
        (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
        )
    ):
        lines[0].insert(first + offset, _run(markup))
    lines[-1].append(_run('<w:fldChar w:fldCharType="end"/>'))


def _run(markup: str) -> Element:
    return parse(f'<w:r xmlns:w="{NAMESPACES["w"]}">{markup}</w:r>')
