"""The lines of a page, a Word file and a workbook as somebody reads them who looks everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree
from lxml import html as markup
from openpyxl import load_workbook

from reports.write.docx_xml import paragraphs, parse
from tests.word_file import WordFile

WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
SAID = ("alt", "title", "aria-label", "aria-description", "value", "label", "summary")  # attributes that are read out
OUTER = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")
SHEETS = re.compile(r"xl/(?:worksheets|tables|theme|_rels|workbook|sharedStrings|styles)\b.*|_rels/.*|\[Content.*")
DESCRIBED = ("altText", "altTextSummary", "comment")
WORDS_IN_FORMAT = re.compile(r'"([^"]*)"')
UNTOLD = ("created", "modified", "DocSecurity", "AppVersion", "i4")  # properties of the file, not of what it says


def joined(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table, each cell with the heading of its column; the first row holds those."""
    yield from ("; ".join(f"{head}: {cell}" for head, cell in zip(rows[0], row, strict=True)) for row in rows[1:])


def of_text(data: bytes) -> Iterator[str]:
    """The lines of a plain text."""
    yield from data.decode().splitlines()


def of_page(data: bytes) -> Iterator[str]:
    """The lines of a page: a row of a table as one, alternative texts, the head, a feed's titles and summaries."""
    root: Any = markup.fromstring(re.sub(r"^<\?xml.*?\?>", "", data.decode()))
    for table in root.xpath("//table"):
        yield from joined([[_text(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")])
        table.getparent().remove(table)
    yield from (
        _text(one) for one in root.xpath("//*[local-name()='desc']|//*[local-name()='svg']//*[local-name()='title']")
    )
    yield from (str(text) for name in SAID for text in root.xpath(f"//@{name}"))
    for one in root.xpath("//style|//colgroup|//*[local-name()='svg']"):
        one.getparent().remove(one)
    yield from (str(one) for one in root.xpath("//meta[not(@name='viewport')]/@content"))
    blocks = root.xpath("//title|//p|//li|//h1|//h2|//h3|//figcaption|//caption|//summary")
    yield from map(_text, blocks)
    for block in blocks:
        block.text, block[:] = None, []
    yield _text(root)


def of_word(data: bytes) -> Iterator[str]:
    """The lines of a Word file: rows of tables, paragraphs, alternative texts, what stands around it, properties."""
    file = WordFile(data)
    for table in file.all("//w:tbl"):
        rows = [row.xpath("./w:tc", namespaces=WORD) for row in table.xpath("./w:tr", namespaces=WORD)]
        yield from joined([[_text(cell) for cell in row] for row in rows])
        table.getparent().remove(table)
    yield from (str(one) for name in ("descr", "title") for one in file.all(f"//@{name}"))
    yield from file.lines
    for name, part in file.parts.items():
        if OUTER.fullmatch(name):
            yield from paragraphs(parse(part))
        elif name.startswith("docProps/"):
            yield from _texts(part)


def of_workbook(data: bytes) -> Iterator[str]:
    """The lines of a workbook: rows of its tables, what stands above them, names, descriptions, properties."""
    seen: set[str] = set()
    for sheet in load_workbook(BytesIO(data)):
        rows = [[_cell(cell, seen) for cell in row] for row in sheet.iter_rows()]
        (table,) = sheet.tables.values()
        top = int(re.findall(r"\d+", table.ref)[0]) - 1
        yield from (sheet.title, *(text for row in rows[:top] for text in row))
        yield from joined(rows[top:])
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            yield from (*WORDS_IN_FORMAT.findall(cell.number_format), cell.comment.text if cell.comment else "")
    with ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    yield from (text for text in _texts(parts["xl/sharedStrings.xml"]) if text not in seen)
    for name, part in parts.items():
        if name.startswith("xl/tables/"):
            table = etree.fromstring(part)
            yield from (str(one.get(told)) for one in table.iter("*") for told in DESCRIBED if told in one.attrib)
        elif not SHEETS.fullmatch(name):
            yield from _texts(part)


def _cell(cell: Any, seen: set[str]) -> str:
    """The words of a cell, a number with every decimal it has."""
    if isinstance(cell.value, str):
        seen.add(cell.value)
    return str(cell.value if cell.value is not None else "").replace(".", "," if cell.data_type == "n" else ".")


def _texts(part: bytes) -> Iterator[str]:
    for one in etree.fromstring(part).iter("*"):
        if one.text and etree.QName(one).localname not in UNTOLD:
            yield one.text


def _text(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
