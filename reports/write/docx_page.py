"""Paper and margins of a Word template, upright and turned."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from reports.write.docx_xml import PARAGRAPH, PARAGRAPH_LOOK, child, drop, marks, name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TWIPS_PER_MM = 1440 / 25.4
WIDTH, HEIGHT, TURN = name("w:w"), name("w:h"), name("w:orient")
LEFT, RIGHT, TOP, BOTTOM = (name(f"w:{side}") for side in ("left", "right", "top", "bottom"))


def text_widths(root: Element) -> tuple[float, float]:
    """The width of the text in millimetres on the template's last page, upright and in landscape."""
    section = _last_section(root)
    return _text_width(section), _text_width(_turned(section))


def turn_pages(root: Element) -> None:
    """Gives sections pages of their own where the orientation changes; the marks stand in the sections' headings."""
    current = "portrait"
    for mark, wanted in marks(root, "page"):
        heading = next(mark.iterancestors(PARAGRAPH))
        drop(mark)
        if wanted != current and heading.getprevious() is not None:
            _break_before(heading, _oriented(root, current))
            current = wanted
    if current == "landscape":
        section = _last_section(root)
        section.addprevious(_oriented(root, current))
        drop(section)


def _oriented(root: Element, orientation: str) -> Element:
    section = deepcopy(_last_section(root))
    return _turned(section) if orientation == "landscape" else section


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
    section = None if body is None else child(body, "w:sectPr")
    if body is not None and section is None:
        section = body.makeelement(name("w:sectPr"))
        body.append(section)
    assert section is not None
    return section
