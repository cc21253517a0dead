"""Paper and margins of a Word template, upright and turned."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from reports.write.docx_styles import Styles
from reports.write.docx_xml import PARAGRAPH, PARAGRAPH_LOOK, VALUE, child, drop, marks, name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What Word wants to stand before a paragraph's tab stops.
BEFORE_TABS = {
    name(f"w:{tag}")
    for tag in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd")
}
TWIPS_PER_MM = 1440 / 25.4
WIDTH, HEIGHT, TURN = name("w:w"), name("w:h"), name("w:orient")
LEFT, RIGHT, TOP, BOTTOM = (name(f"w:{side}") for side in ("left", "right", "top", "bottom"))


def text_widths(root: Element) -> tuple[float, float]:
    """The width of the text in millimetres on the template's last page, upright and in landscape."""
    section = _last_section(root)
    return _text_width(section), _text_width(_turned(section))


def turn_pages(root: Element, styles: Styles) -> list[Element]:
    """Gives sections pages of their own where the orientation changes; the properties of the turned pages.

    The marks stand in the sections' headings; a heading of the template itself stands upright.
    """
    wanted = {next(mark.iterancestors(PARAGRAPH)): words for mark, words in marks(root, "page")}
    for mark, _ in marks(root, "page"):
        drop(mark)
    last, current = _last_section(root), "portrait"
    ended: list[Element] = []
    for heading in _headings(last, styles) if "landscape" in wanted.values() else ():
        orientation = wanted.get(heading, "portrait")
        if orientation != current and heading.getprevious() is not None:
            ended.append(_turned(last) if current == "landscape" else deepcopy(last))
            _break_before(heading, ended[-1])
            current = orientation
    if current == "landscape":
        ended.append(_turned(last))
        last.addprevious(ended[-1])
        drop(last)
    elif ended:
        ended.append(last)
    for section in ended[1:]:
        # Only the report's first page has a first page's header.
        if (first := child(section, "w:titlePg")) is not None:
            drop(first)
    return [section for section in ended if _is_turned(section)]


def turn_header(root: Element, styles: Styles, widening: float) -> None:
    """Moves the right and centred tab stops of a header or footer to where a wider page has them."""
    for paragraph in root.iter(PARAGRAPH):
        stops = [stop for stop in styles.tab_stops(paragraph).items() if stop[1] in ("right", "center")]
        if not stops:
            continue
        look = child(paragraph, "w:pPr")
        own = None if look is None else child(look, "w:tabs")
        if look is None:
            look = paragraph.makeelement(PARAGRAPH_LOOK)
            paragraph.insert(0, look)
        if own is not None:
            drop(own)
        tabs = look.makeelement(name("w:tabs"))
        moved = {position: "clear" for position, _ in stops}
        moved |= {round(position * widening): kind for position, kind in stops}
        for position, kind in sorted(moved.items()):
            tabs.append(tabs.makeelement(name("w:tab"), {VALUE: kind, name("w:pos"): str(position)}))
        look.insert(sum(part.tag in BEFORE_TABS for part in look), tabs)


def _headings(last: Element, styles: Styles) -> list[Element]:
    body = last.getparent()
    return [] if body is None else [part for part in body.findall(PARAGRAPH) if styles.outline(part) == 0]


def _is_turned(section: Element) -> bool:
    size = child(section, "w:pgSz")
    return size is not None and size.get(TURN) == "landscape"


def _break_before(heading: Element, section: Element) -> None:
    """Ends the page section before a heading: in the paragraph there, or in one of its own after a table."""
    before = heading.getprevious()
    if before is None or before.tag != PARAGRAPH:
        before = heading.makeelement(PARAGRAPH)
        heading.addprevious(before)
    look = child(before, "w:pPr")
    if look is None:
        look = before.makeelement(PARAGRAPH_LOOK)
        before.insert(0, look)
    change = child(look, "w:pPrChange")
    if change is not None:
        drop(change)
    look.append(section)
    # The heading begins a page now; a page break of its own would leave an empty one before it.
    own = child(heading, "w:pPr")
    if own is not None and (page_break := child(own, "w:pageBreakBefore")) is not None:
        drop(page_break)


def _turned(section: Element) -> Element:
    """A copy of an upright section, turned: the bottom margin at both sides, so that a wide table has room."""
    turned = deepcopy(section)
    size, margins = child(turned, "w:pgSz"), child(turned, "w:pgMar")
    if size is not None and size.get(TURN) != "landscape":
        width, height = size.get(WIDTH, "0"), size.get(HEIGHT, "0")
        size.set(WIDTH, height)
        size.set(HEIGHT, width)
        size.set(TURN, "landscape")
        if margins is not None:
            margins.set(LEFT, margins.get(BOTTOM, "0"))
            margins.set(RIGHT, margins.get(BOTTOM, "0"))
    return turned


def _text_width(section: Element) -> float:
    size, margins = child(section, "w:pgSz"), child(section, "w:pgMar")
    if size is None or margins is None:
        return 160.0
    sides = sum(int(margins.get(side, "0")) for side in (LEFT, RIGHT, name("w:gutter")))
    return (int(size.get(WIDTH, "0")) - sides) / TWIPS_PER_MM


def _last_section(root: Element) -> Element:
    body = child(root, "w:body")
    last = root if body is None else body
    section = child(last, "w:sectPr")
    if section is None:
        section = last.makeelement(name("w:sectPr"))
        last.append(section)
    return section
