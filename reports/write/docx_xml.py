"""The XML inside a Word file: names, careful parsing, and the text a reader sees in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


@cache
def name(tag: str) -> str:
    """`w:p` as lxml writes it: `{namespace}p`."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


PARAGRAPH, RUN, TEXT, TABLE = name("w:p"), name("w:r"), name("w:t"), name("w:tbl")
VALUE, SPACE = name("w:val"), name("xml:space")
PARAGRAPH_LOOK, RUN_LOOK = name("w:pPr"), name("w:rPr")
GAPS = (name("w:tab"), name("w:br"), name("w:cr"), name("w:ptab"))
DRAWING_NAME = name("wp:docPr")
# What carries an alternative text.
DESCRIBED = (DRAWING_NAME, name("pic:cNvPr"), name("w:tblCaption"), name("w:tblDescription"))
# What XML 1.0 forbids: control characters, lone surrogates, two non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse(xml: bytes | str) -> Element:
    """The tree of a part; raises lxml's XMLSyntaxError. Entities are left alone: a template is a file from outside."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(xml.encode() if isinstance(xml, str) else xml, parser)


def part_bytes(root: Element) -> bytes:
    """A part as it is written into the package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def paragraph_text(paragraph: Element) -> str:
    """The words of a paragraph as they are read, a space for each tab and line break, field codes left out."""
    found = paragraph.iter(TEXT, *GAPS)
    return "".join(element.text or "" if element.tag == TEXT else " " for element in found)


def paragraphs(root: Element) -> Iterator[str]:
    """The text of every paragraph of a part, in reading order."""
    return (paragraph_text(paragraph) for paragraph in root.iter(PARAGRAPH))


def stream(root: Element) -> str:
    """Everything a part says in reading order, alternative texts of pictures and tables included."""
    pieces = []
    for element in root.iter(PARAGRAPH, TEXT, *GAPS, *DESCRIBED):
        if element.tag == TEXT:
            pieces.append(element.text or "")
        elif element.tag in DESCRIBED:
            pieces += [f"\n{element.get(told, '')}\n" for told in ("descr", "title", VALUE)]
        else:
            pieces.append("\n" if element.tag == PARAGRAPH else " ")
    return "".join(pieces)


def child(parent: Element, tag: str) -> Element | None:
    """The first child of that name (`w:pPr`)."""
    return parent.find(name(tag))


def value(parent: Element | None, path: str) -> str:
    """The `w:val` of a descendant (`w:numPr/w:numId`), empty where there is none."""
    found = None if parent is None else parent.find(_path(path))
    return "" if found is None else found.get(VALUE, "")


@cache
def _path(path: str) -> str:
    return "/".join(name(step) for step in path.split("/"))


def inner(element: Element | None) -> str:
    """The markup of an element's children, without namespace declarations; they stand on the part's root."""
    if element is None:
        return ""
    return "".join(_bare(etree.tostring(part, encoding="unicode", with_tail=False)) for part in element)


def outer(element: Element) -> str:
    """The markup of an element itself, without namespace declarations."""
    return _bare(etree.tostring(element, encoding="unicode", with_tail=False))


def put_text_before(element: Element, text: str) -> None:
    """Adds bare text right before an element."""
    parent, before = element.getparent(), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def drop(element: Element) -> None:
    """Takes an element out; the text after it stays."""
    if element.tail:
        put_text_before(element, element.tail)
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Puts an element's children in its place."""
    for part in list(element):
        element.addprevious(part)
    drop(element)


def _bare(markup: str) -> str:
    return re.sub(r' xmlns:\w+="[^"]*"', "", markup)


def keep_with_next(look: Element) -> None:
    """Adds to a paragraph's properties that it stays on the page of the next one; that comes right after the style."""
    if (kept := child(look, "w:keepNext")) is not None:
        drop(kept)
    style = child(look, "w:pStyle")
    look.insert(0 if style is None else 1, look.makeelement(name("w:keepNext")))


def look_of(paragraph: Element) -> Element:
    """The properties of a paragraph; empty ones are made where it has none."""
    look = child(paragraph, "w:pPr")
    if look is None:
        look = paragraph.makeelement(PARAGRAPH_LOOK)
        paragraph.insert(0, look)
    return look


def drop_marks(root: Element) -> None:
    """Takes out the marks of ours that nothing has used; Word knows none of them."""
    for mark in list(root.iter(etree.ProcessingInstruction)):
        drop(mark)


def marks(root: Element, target: str) -> list[tuple[Element, str]]:
    """Our own marks of that kind (`<?list 3?>`) in a rendered part, each with its words."""
    found = [mark for mark in root.iter(etree.ProcessingInstruction) if getattr(mark, "target", "") == target]
    return [(mark, (mark.text or "").strip()) for mark in found]
