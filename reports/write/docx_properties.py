"""What a Word file says about itself: title, language and maker go in; traces of people and machines come out."""

from __future__ import annotations

import re
from html import escape  # xml.sax.saxutils would load the whole of urllib
from typing import TYPE_CHECKING

from reports.document import Document
from reports.write.docx_package import Package
from reports.write.docx_xml import name, parse, part_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

CORE = "core-properties+xml"
# Parts that tell who wrote or keeps the template, and nothing about its look.
TRACES = re.compile(
    r"docProps/(?!core\.xml)|customXml/|word/(comments|people|printerSettings|stylesWithEffects)|.*thumbnail",
    re.IGNORECASE,
)
SETTINGS = ("rsids", "attachedTemplate", "updateFields", "trackRevisions", "docVars", "mailMerge", "writeProtection")
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
# The pieces of a PNG that draw it; the rest holds times, programs, authors and places.
DRAWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM", b"iCCP", b"pHYs", b"sBIT", b"bKGD")
LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}


def anonymous(package: Package) -> None:
    """Removes comments, people, machine paths, editing history and the metadata of pictures, in place."""
    package.drop([part for part in package.parts if TRACES.match(part) and not part.endswith(".rels")])
    for part in package.of_type("settings+xml"):
        root = parse(package.parts[part])
        for tag in SETTINGS:
            for element in root.findall(name(f"w:{tag}")):
                root.remove(element)
        package.parts[part] = part_bytes(root)
        package.parts.pop(re.sub(r"([^/]+)$", r"_rels/\1.rels", part), None)
    for part in [part for part in package.parts if "/media/" in part]:
        package.parts[part] = bare_picture(package.parts[part])


def describe(package: Package, document: Document) -> None:
    """Writes the file's own title, subject, maker, language and day; nothing else is known of it."""
    when = f"{document.day}T00:00:00Z" if document.day else ""
    stamps = [
        f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{when}</dcterms:{tag}>' for tag in ("created", "modified") if when
    ]
    values = {
        "dc:title": document.title,
        "dc:subject": document.subtitle,
        "dc:creator": document.organisation,
        "dc:language": language(document),
        "cp:lastModifiedBy": document.organisation,
    }
    told = "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in values.items() if text)
    part = package.one(CORE) or "docProps/core.xml"
    package.parts[part] = f"{_CORE_START}{told}{''.join(stamps)}</cp:coreProperties>".encode()


def language(document: Document) -> str:
    """The document's language as Word names it."""
    return LANGUAGES.get(document.language, document.language)


def speak(root: Element, document: Document) -> None:
    """Sets the proofing language of a styles part: a template may serve several languages."""
    for lang in root.iter(name("w:lang")):
        lang.set(name("w:val"), language(document))


def bare_picture(picture: bytes) -> bytes:
    """A PNG or JPEG without the metadata that names its maker, camera, time or place; other kinds as they are."""
    if picture.startswith(PNG):
        return _bare_png(picture)
    return _bare_jpeg(picture) if picture.startswith(JPEG) else picture


def _bare_png(picture: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while at + 12 <= len(picture):
        end = at + 12 + int.from_bytes(picture[at : at + 4], "big")
        if picture[at + 4 : at + 8] in DRAWN:
            kept.append(picture[at:end])
        at = end
    return b"".join(kept)


def _bare_jpeg(picture: bytes) -> bytes:
    kept, at = [JPEG], len(JPEG)
    while at + 4 <= len(picture) and picture[at] == 0xFF and picture[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big")
        # APP1 (Exif, XMP), APP3 to APP13 and comments; APP0, APP2 and APP14 hold resolution and colours.
        if not (picture[at + 1] == 0xE1 or 0xE3 <= picture[at + 1] <= 0xED or picture[at + 1] == 0xFE):
            kept.append(picture[at:end])
        at = end
    return b"".join(kept) + picture[at:]


_CORE_START = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
