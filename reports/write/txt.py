"""Document -> plain text, to paste anywhere: a line a paragraph or table row, a blank line between parts."""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import Block, Document, Figure, List, Row, Section, Table, plain_text
from reports.errors import ReportError, problem
from reports.write import ledger
from reports.write.strings import block_strings
from reports.write.template import Template

INDENT = "  "


def write(document: Document, template: Template) -> bytes:
    """The text in UTF-8; a picture stands in it as its caption and the words for those who do not see it.

    It has no layout. Raises ReportError(text-lost) where a string of the document cannot be read in it.
    """
    parts = list(_parts(document))
    lost = ledger.missing(document, [line.strip() for part in parts for line in part])
    if lost:
        raise ReportError([problem("text-lost", f"{template.name}.txt", text=text) for text in lost])
    return ("\n\n".join("\n".join(part) for part in parts) + "\n").encode()


def _parts(document: Document) -> Iterator[list[str]]:
    """The lines of each part, in reading order."""
    opening = [document.organisation, document.date, *document.roles]
    for part in (opening, [document.title], [document.subtitle]):
        if lines := [line for line in part if line]:
            yield lines
    yield from ([notice.text] for notice in document.notices)
    yield from ([f"{figure.value} {figure.label}"] for figure in document.key_figures)
    for section in (*document.sections, *document.attachments):
        yield from _section(section)
    if document.separate:
        yield [document.labels["separate"], *document.separate]


def _section(section: Section) -> Iterator[list[str]]:
    yield [section.heading]
    for block in section.blocks:
        if lines := list(_lines(block)):
            yield lines


def _lines(block: Block) -> Iterator[str]:
    match block:
        case List():
            for entry in block.entries:
                yield f"{INDENT * entry.level}{entry.number or '–'} {plain_text(entry.runs)}"
        case Table():
            head = f"{block.label} {block.number}. " if block.number else ""
            yield f"{head}{block.caption or block.title}"
            yield from (_row(row, block) for row in block.rows)
        case Figure():
            yield f"{block.label} {block.number}. {block.caption} {block.alt}"
        case _:
            yield from block_strings(block)


def _row(row: Row, table: Table) -> str:
    """A row as a sentence a reader can hear: each cell after its column's name."""
    texts = (" ".join(cell.text.split("\n")) for cell in row.cells)
    named = zip(table.columns, texts, strict=True)
    return "; ".join(f"{column.text}: {text}" if column.text else text for column, text in named)
