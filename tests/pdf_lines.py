"""Every word of a PDF as lines: paragraphs and rows as its structure has them, what lies outside of it, its strings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from tests.made_lines import joined

MAPPED = re.compile(r"^<(\w{4})> <(\w+)>$", re.MULTILINE)  # a glyph and its letters
IN_LINE = ("/Span", "/Strong", "/Em", "/Link", "/Lbl", "/Reference")
# Strings that name parts of the file, not of the text: fonts, colours, cells of tables.
NAMING = ("/ID", "/IDTree", "/Headers", "/CIDSystemInfo")
PROPER = ("part", "NPages", "PDFVersion", "DocumentID", "InstanceID", "instanceID")
MADE = re.compile(r"Typst [\d.]+|D:\d{14}Z|T00:00:00\+00:00|sRGB v[\d.]+|ISO \d+")
SOFT = "\u00ad"
DIVIDED = (SOFT, "-")  # how the first part of a word ends that goes on in the next line


def of_pdf(pdf: bytes) -> Iterator[str]:
    """All that a PDF tells: its text, alternative texts, bookmarks, links, properties, and the files in it."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: Page(page.obj) for page in opened.pages}
        yield from _below(opened.Root.StructTreeRoot, pages)
        for page in pages.values():
            yield from (page.pieces[mark] for mark in page.pieces.keys() - page.read)
            yield from page.loose
        for thing in opened.objects:
            yield from (MADE.sub("", one) for one in _strings(thing))
            if isinstance(thing, Stream) and thing.get("/Type") == "/Metadata":
                yield from _properties(thing.read_bytes())
        for name, file in opened.attachments.items():
            yield from (name, file.get_file().read_bytes().decode(errors="replace"))


class Page:
    """The words of a page: `pieces` by the mark under which the structure knows them, `loose` those without one."""

    def __init__(self, page: Object) -> None:
        self.pieces: dict[int, str] = {}
        self.loose: list[str] = []
        self.read: set[int] = set()
        self._marks: list[int | None] = [None]
        self._take(page, page.get("/Resources", Dictionary()))

    def text(self, mark: int) -> str:
        """The words under a mark, which count as read from now on."""
        self.read.add(mark)
        return self.pieces.get(mark, "")

    def _take(self, content: Object, resources: Any) -> None:
        letters: dict[int, str] = {}
        for step in pikepdf.parse_content_stream(content):
            operands = list(step.operands)
            match str(step.operator):
                case "BDC" | "BMC":
                    self._begin(operands[1] if len(operands) > 1 else Dictionary(), resources)
                case "EMC":
                    self._marks.pop()
                case "Tf":
                    letters = letters_of(resources.Font[operands[0]])
                case "Tj" | "TJ" | "'" | '"':
                    self._add("".join(_said(operands[-1], letters)))
                case "Do":
                    drawn = resources.XObject[operands[0]]
                    if drawn.get("/Subtype") == "/Form":
                        self._take(drawn, drawn.get("/Resources", resources))

    def _begin(self, told: Any, resources: Any) -> None:
        """Words under a mark begin; what they are called instead counts for them, and they themselves as loose."""
        told = resources.Properties[told] if isinstance(told, Name) else told
        mark = int(told.MCID) if "/MCID" in told else self._marks[-1]
        self._marks.append(mark)
        self.loose.extend(str(told[name]) for name in ("/Alt", "/E") if name in told)
        if "/ActualText" in told:
            self._add(str(told.ActualText))
            self._marks[-1] = None

    def _add(self, words: str) -> None:
        mark = self._marks[-1]
        if mark is None:
            self.loose.append(words)
        else:
            self.pieces[mark] = self.pieces.get(mark, "") + words


def _said(shown: Any, letters: dict[int, str]) -> Iterator[str]:
    """The words of a string of glyphs, or of several with gaps between; a glyph without a letter is a fault."""
    for one in shown if isinstance(shown, Array) else [shown]:
        if isinstance(one, String):
            data = bytes(one)
            yield from (letters[int.from_bytes(data[at : at + 2])] for at in range(0, len(data), 2))


def letters_of(font: Any) -> dict[int, str]:
    """The letters of a font's glyphs, each of two bytes."""
    pairs = MAPPED.findall(font.ToUnicode.read_bytes().decode("ascii"))
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _below(element: Any, pages: dict[tuple[int, int], Page]) -> Iterator[str]:
    """The lines of a part of the structure: a row of a table is one, and so is what has no further blocks in it."""
    below = _kids(element)
    blocks = [one for one in below if isinstance(one, Dictionary) and one.get("/S", "/MCR") not in (*IN_LINE, "/MCR")]
    if element.get("/S") == "/Table":
        rows = [one for one in _within(element) if one.get("/S") == "/TR"]
        yield from joined([[" ".join(_below(cell, pages)).strip() for cell in _kids(row)] for row in rows])
    elif blocks:
        for one in below:
            yield from _below(one, pages) if one in blocks else [_text(one, element, pages)]
    else:
        yield "".join(_text(one, element, pages) for one in below).replace(SOFT, "")


def _within(element: Any) -> Iterator[Any]:
    for one in _kids(element):
        if isinstance(one, Dictionary):
            yield one
            yield from _within(one)


def _kids(element: Any) -> list[Any]:
    found = element.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def _text(kid: Any, parent: Any, pages: dict[tuple[int, int], Page]) -> str:
    """The words of a part of a line: a mark on a page, or an element with such; those of two lines do not touch."""
    if isinstance(kid, int):
        words = pages[parent.Pg.objgen].text(kid)
    elif "/MCID" in kid:
        words = pages[kid.get("/Pg", parent.get("/Pg")).objgen].text(int(kid.MCID))
    else:
        words = "".join(_text(one, kid, pages) for one in _kids(kid))
    return words if words.endswith(DIVIDED) else f"{words} "


def _strings(thing: Any) -> Iterator[str]:
    """Every string of an object but those that name parts of the file."""
    if isinstance(thing, String):
        yield str(thing)
    elif isinstance(thing, Dictionary | Stream):
        for key, value in thing.items():
            yield from () if key in NAMING or _apart(value) else _strings(value)
    elif isinstance(thing, Array):
        for value in thing:
            yield from () if _apart(value) else _strings(value)


def _apart(value: Any) -> bool:
    """Whether a value is an object of its own, which is met as such."""
    return isinstance(value, Object) and value.is_indirect


def _properties(data: bytes) -> Iterator[str]:
    """What the properties of the file say, without the numbers of its format and of this very file."""
    for one in etree.fromstring(data).iter("*"):
        if etree.QName(one).localname not in PROPER:
            yield MADE.sub("", one.text or "")
