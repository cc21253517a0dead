"""Paper and margins of a Word template, upright and turned."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from reports.write.docx_styles import Styles
from reports.write.docx_widths import TWIPS_PER_POINT
from reports.write.docx_xml import (
    NAMESPACES,
    PARAGRAPH,
    PARAGRAPH_LOOK,
    TABLE,
    VALUE,
    child,
    drop,
    look_of,
    marks,
    name,
    parse,
)

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
SIDES, ENDS = (LEFT, RIGHT, name("w:gutter")), (TOP, BOTTOM)
SECTION = name("w:sectPr")
# The properties of a paragraph that takes no room: a table cannot end a section or a file, so one stands after it.
UNSEEN = (
    f'<w:pPr xmlns:w="{NAMESPACES["w"]}"><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:pPr>'
)


class Page(NamedTuple):
    """The text area of a page: its width in twentieths of a point, as Word counts widths, its height in points."""

    width: int
    height: float


# What a section that says nothing is taken for: about an upright A4.
UNSAID = Page(9071, 700.0)


def page_of(section: Element) -> Page:
    """The text area that a section's properties give."""
    size, margins = child(section, "w:pgSz"), child(section, "w:pgMar")
    if size is None or margins is None:
        return UNSAID
    sides, ends = (sum(abs(int(margins.get(side, "0"))) for side in both) for both in (SIDES, ENDS))
    return Page(int(size.get(WIDTH, "0")) - sides, (int(size.get(HEIGHT, "0")) - ends) / TWIPS_PER_POINT)


def section_in(part: Element) -> Element | None:
    """The properties of the section that ends with a part of the body: in the paragraph, or the part itself."""
    return part if part.tag == SECTION else part.find(f"{PARAGRAPH_LOOK}/{SECTION}")


def text_widths(root: Element) -> tuple[float, float]:
    """The width of the text in millimetres on the template's last page, upright and in landscape."""
    section = _last_section(root)
    return page_of(section).width / TWIPS_PER_MM, page_of(_turned(section)).width / TWIPS_PER_MM


def turn_pages(root: Element, styles: Styles) -> list[Element]:
    """Gives sections pages of their own where the orientation changes; the properties of the turned pages.

    The marks stand in the sections' headings; a heading of the template itself stands upright. Nothing is turned in a
    template that lies on its side as a whole.
    """
    wanted = {next(mark.iterancestors(PARAGRAPH)): words for mark, words in marks(root, "page")}
    for mark, _ in marks(root, "page"):
        drop(mark)
    last, current = _last_section(root), "portrait"
    if (end := last.getprevious()) is not None and end.tag == TABLE:
        last.addprevious(_unseen(last))
    if _is_turned(last):
        return []
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
        look = look_of(paragraph)
        if (own := child(look, "w:tabs")) is not None:
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
    return size is not None and int(size.get(WIDTH, "0")) > int(size.get(HEIGHT, "0"))


def _break_before(heading: Element, section: Element) -> None:
    """Ends the page section before a heading: in the paragraph there, or in one of its own after a table."""
    before = heading.getprevious()
    if before is None or before.tag != PARAGRAPH:
        before = _unseen(heading)
        heading.addprevious(before)
    look = look_of(before)
    change = child(look, "w:pPrChange")
    if change is not None:
        drop(change)
    look.append(section)
    # The heading begins a page now; a page break of its own would leave an empty one before it.
    own = child(heading, "w:pPr")
    if own is not None and (page_break := child(own, "w:pageBreakBefore")) is not None:
        drop(page_break)


def _unseen(beside: Element) -> Element:
    paragraph = beside.makeelement(PARAGRAPH)
    paragraph.append(parse(UNSEEN))
    return paragraph


def _turned(section: Element) -> Element:
    """A copy of an upright section, turned: the bottom margin at both sides, so that a wide table has room."""
    turned = deepcopy(section)
    size, margins = child(turned, "w:pgSz"), child(turned, "w:pgMar")
    if size is not None and not _is_turned(section):
        width, height = size.get(WIDTH, "0"), size.get(HEIGHT, "0")
        size.set(WIDTH, height)
        size.set(HEIGHT, width)
        size.set(TURN, "landscape")
        if margins is not None:
            margins.set(LEFT, margins.get(BOTTOM, "0"))
            margins.set(RIGHT, margins.get(BOTTOM, "0"))
    return turned


def _last_section(root: Element) -> Element:
    body = child(root, "w:body")
    last = root if body is None else body
    section = child(last, "w:sectPr")
    if section is None:
        section = last.makeelement(SECTION)
        last.append(section)
    return section
