"""The parts of a workbook beside the cells -> where personal identity codes stand in them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from reports.errors import Place, Problem
from reports.intake.package import Package
from reports.intake.people import has_code

_XML = (".xml", ".rels", ".vml")
_SMALL = 3_000_000  # bytes of a part that is looked at element by element
_BLOCK = 1 << 20
_LONGEST_CODE = 120  # with spaces and dashes in it, and with each of its signs written as a number
_RUNS = ("t", "text")  # elements that hold a piece of a longer text
_WHOLES = ("si", "p", "comment", "threadedcomment")  # elements whose pieces are one text
_COMMENTS = ("comment", "threadedcomment")


def personal_parts(package: Package, sheets: Mapping[str, str], known: Collection[str]) -> Iterator[Problem]:
    """A problem for each place outside the cells that holds a personal identity code.

    Comments, document properties, drawings, headers, names, the sources of pivot tables: everything is looked through
    but the parts that are `known`. `sheets` are the names of the sheets by their parts; their cells have been looked
    through, so that the rest of them is looked at as it is written.
    """
    of_sheet = {part: name for sheet, name in sheets.items() for part in _related(package, sheet)}
    for name in package.names:
        if name in known or not name.endswith(_XML):
            continue
        if name in sheets or package.size(name) > _SMALL:
            found = {""} if _as_written(package, name) else set()
        else:
            found = set(_personal(package, name))
        for cell in sorted(found):
            sheet = sheets.get(name) or of_sheet.get(name, "")
            if cell:
                yield Problem("people-comment", Place(package.file, 0, f"{sheet}!{cell}"))
            else:
                yield Problem("people-part", Place(package.file, 0, sheet), {"part": package.names[name]})


def _as_written(package: Package, name: str) -> bool:
    """Whether a part holds a code in its bytes, without asking what they mean; a hyphen may be written `&#45;`."""
    before = ""
    with package.archive.open(package.names[name]) as part:
        while block := part.read(_BLOCK):
            text = before + block.decode(errors="replace")
            if has_code(unescape(text)):
                return True
            before = text[-_LONGEST_CODE:]
    return False


def _related(package: Package, part: str) -> Iterator[str]:
    """The parts that a sheet refers to: its comments, drawings and the like."""
    folder, _, file = part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if relations in package.names:
        for one in package.elements(relations, "Relationship"):
            target = str(one.get("Target", "")).lower()
            yield target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _personal(package: Package, name: str) -> Iterator[str]:
    """The cell of each comment in a part that holds a code; nothing for any other place of it."""
    run: list[str] = []
    for element in package.elements(name):
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag in _RUNS:
            run.append(element.text or "")
            continue
        texts = [*element.attrib.values(), element.text or ""]
        if tag in _WHOLES:
            texts.append("".join(run))
            run.clear()
        if any(map(has_code, texts)):
            yield str(element.get("ref", "")) if tag in _COMMENTS else ""
    if has_code("".join(run)):
        yield ""
