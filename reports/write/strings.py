"""Every string of a document that a reader must find in it, whatever the format. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import (
    Block,
    Box,
    Document,
    Figure,
    Goal,
    Goals,
    Heading,
    List,
    Notice,
    Paragraph,
    Picture,
    Table,
    lines_of,
    plain_text,
)


def strings(document: Document) -> list[str]:
    """Every string of a document that a reader must find in each format, in reading order."""
    out = [document.title, document.subtitle, document.organisation, document.date, *document.roles]
    out += [notice.text for notice in document.notices]
    for figure in document.key_figures:
        out += [figure.value, figure.label]
    for section in (*document.sections, *document.attachments):
        out.append(section.heading)
        for block in section.blocks:
            out += block_strings(block)
    out += list(document.separate)
    return [text for text in out if text]


def block_strings(block: Block) -> list[str]:
    """The strings of one block, captions and cells included, a figure's data table left out."""
    match block:
        case Heading() | Notice():
            return [block.text]
        case Paragraph():
            return [plain_text(block.runs)]
        case List():
            return [plain_text(entry.runs) for entry in block.entries]
        case Table():
            head = [block.caption, *(column.text for column in block.columns)]
            return head + [plain_text(runs) for row in block.rows for one in row.cells for runs in lines_of(one.blocks)]
        case Figure() | Picture():
            return [block.caption]
        case Box():
            return [block.title, *(plain_text(runs) for runs in lines_of(block.blocks))]
        case Goals():
            return [text for goal in block.goals for text in _goal_strings(goal)]


def _goal_strings(goal: Goal) -> Iterator[str]:
    yield from (goal.heading, goal.means)
    for row in goal.rows:
        yield row.title
        for cell in (row.measures, row.actions, row.responsible):
            yield from (plain_text(runs) for runs in lines_of(cell))
