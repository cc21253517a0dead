"""A Word file as its parts: reading, relationships between parts, and packing."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from reports.errors import ReportError, problem
from reports.write.docx_xml import NAMESPACES, parse, part_bytes
from reports.write.stable_zip import packed

TYPES = "[Content_Types].xml"
TYPE_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINK_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
LINK_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
NUMBERING, NEW_NUMBERING = "numbering+xml", "word/numbering.xml"
EMPTY_LINKS = f'<Relationships xmlns="{LINK_SPACE[1:-1]}"/>'.encode()
# Word itself writes files of some dozen megabytes; a part that unpacks to more is not a template.
LARGEST_PART = 64 * 1024 * 1024


class Link(NamedTuple):
    """A relationship: its id, the last word of its type (`image`), and where it leads."""

    id: str
    kind: str
    target: str
    external: bool = False


class Package:
    """The parts of a Word file by name, and the content types and relationships that tie them together."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts

    @property
    def main(self) -> str:
        """The name of the document part, wherever the program that saved the file put it."""
        return self.of_type("main+xml")[0]

    def of_type(self, ending: str) -> list[str]:
        """The parts whose content type ends so (`header+xml`), in name order."""
        declared = parse(self.parts[TYPES]).iter(f"{TYPE_SPACE}Override")
        found = (
            part.get("PartName", "").lstrip("/") for part in declared if part.get("ContentType", "").endswith(ending)
        )
        return sorted(part for part in found if part in self.parts)

    def one(self, ending: str) -> str:
        """The name of the only part of that type, empty where the file has none."""
        return next(iter(self.of_type(ending)), "")

    def drop(self, names: Iterable[str]) -> None:
        """Removes parts, with what points to them."""
        gone = set(names)
        for part in gone:
            self.parts.pop(part, None)
            self.parts.pop(links_name(part), None)
        self._keep(TYPES, "PartName", lambda target: target.lstrip("/") not in gone)
        for links in [part for part in self.parts if part.endswith(".rels")]:
            self._keep(links, "Target", partial(_leads_elsewhere, posixpath.dirname(posixpath.dirname(links)), gone))

    def target(self, part: str, link: str) -> str:
        """The part that a relationship of a part leads to."""
        for each in parse(self.parts[links_name(part)]):
            if each.get("Id") == link:
                return _resolved(posixpath.dirname(part), each.get("Target", ""))
        raise KeyError(link)

    def put_numbering(self, xml: bytes) -> None:
        """The lists of the file: in their own part, which is made where there is none."""
        if not self.one(NUMBERING):
            self._declare(NEW_NUMBERING, f"application/vnd.openxmlformats-officedocument.wordprocessingml.{NUMBERING}")
            self.add_links(self.main, [Link("rIdNumbering", "numbering", f"/{NEW_NUMBERING}")])
        self.parts[self.one(NUMBERING) or NEW_NUMBERING] = xml

    def copy(self, part: str, copied: str) -> None:
        """A second part of the same content type, with the same relationships."""
        self.parts[copied] = self.parts[part]
        if links_name(part) in self.parts:
            self.parts[links_name(copied)] = self.parts[links_name(part)]
        declared = parse(self.parts[TYPES])
        kind = next(each.get("ContentType", "") for each in declared if each.get("PartName") == f"/{part}")
        self._declare(copied, kind)

    def add_links(self, part: str, links: Iterable[Link]) -> None:
        """Adds relationships to a part."""
        root = parse(self.parts.get(links_name(part), EMPTY_LINKS))
        for link in links:
            extra = {"TargetMode": "External"} if link.external else {}
            kind = LINK_TYPE + link.kind
            root.append(
                root.makeelement(
                    f"{LINK_SPACE}Relationship", {"Id": link.id, "Type": kind, "Target": link.target} | extra
                )
            )
        if len(root):
            self.parts[links_name(part)] = part_bytes(root)

    def allow(self, extension: str, content_type: str) -> None:
        """Declares the content type of a file extension."""
        root = parse(self.parts[TYPES])
        declared = root.findall(f"{TYPE_SPACE}Default")
        if not any(default.get("Extension", "").lower() == extension for default in declared):
            root.insert(
                0, root.makeelement(f"{TYPE_SPACE}Default", {"Extension": extension, "ContentType": content_type})
            )
            self.parts[TYPES] = part_bytes(root)

    def packed(self) -> bytes:
        """The file, equal bytes for equal parts; the content types come first, as readers expect."""
        order = sorted(self.parts, key=lambda part: (part != TYPES, part != "_rels/.rels", part))
        return packed((part, self.parts[part]) for part in order)

    def _declare(self, part: str, content_type: str) -> None:
        root = parse(self.parts[TYPES])
        override = {"PartName": f"/{part}", "ContentType": content_type}
        root.append(root.makeelement(f"{TYPE_SPACE}Override", override))
        self.parts[TYPES] = part_bytes(root)

    def _keep(self, part: str, attribute: str, wanted: Callable[[str], bool]) -> None:
        root = parse(self.parts[part])
        gone = [link for link in root if attribute in link.attrib and not wanted(link.get(attribute, ""))]
        for link in gone:
            root.remove(link)
        if gone:
            self.parts[part] = part_bytes(root)


def links_name(part: str) -> str:
    """The part that holds a part's relationships."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def read(path: Path, shown: str) -> Package:
    """A Word file from disk; raises ReportError(docx-unreadable) with the name `shown` where it is not one."""
    try:
        with ZipFile(path) as file:
            if any(part.file_size > LARGEST_PART for part in file.infolist()):
                raise BadZipFile
            package = Package({part: file.read(part) for part in file.namelist() if not part.endswith("/")})
            # A file saved from a Word template (.dotx) would not open as a document.
            package.parts[TYPES] = package.parts[TYPES].replace(b".template.main+xml", b".document.main+xml")
        # Word's "Strict Open XML" has other names for everything; saved again as an ordinary document it will do.
        if NAMESPACES["w"].encode() not in package.parts[package.main] or not package.one("styles+xml"):
            raise BadZipFile
    except (BadZipFile, KeyError, IndexError, ValueError, SyntaxError, OSError) as wrong:
        raise ReportError([problem("docx-unreadable", shown)]) from wrong
    return package


def _leads_elsewhere(folder: str, gone: set[str], target: str) -> bool:
    return _resolved(folder, target) not in gone


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
