"""What stands in a cell of a Word table: paragraphs and lists, each in the look of its sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reports.document import Cell, List, Paragraph
from reports.write.docx_prepare import parse_copy
from reports.write.docx_runs import Rich, RunWriter, dressed, rich
from reports.write.docx_xml import RUN, child, inner, keep_with_next, outer

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Sample(NamedTuple):
    """How a paragraph and its words look: paragraph and run properties; `together` keeps it with the next one."""

    paragraph: str
    together: str
    run: str

    def around(self, runs: str, together: bool) -> str:
        """A paragraph of these runs in this look."""
        return f"<w:p>{self.together if together else self.paragraph}{dressed(runs, self.run)}</w:p>"


class CellLook(NamedTuple):
    """How the blocks of a cell look: its paragraphs and the entries of its lists."""

    text: Sample
    bullet: Sample
    numbered: Sample

    def build(self, blocks: tuple[Paragraph | List, ...], writer: RunWriter) -> Rich:
        """The same with the words that a reader will find in it."""
        return rich(self.content(blocks, writer), *Cell(blocks).text.split("\n"))

    def content(self, blocks: tuple[Paragraph | List, ...], writer: RunWriter, together: bool = False) -> str:
        """The markup of a cell's blocks; Word wants a paragraph in every cell, so there is one of no words at least.

        `together` keeps every paragraph on the page of the next one.
        """
        content = []
        for block in blocks:
            if isinstance(block, Paragraph):
                content.append(self.text.around(str(writer.runs(block.runs)), together))
            else:
                content += self._list(block, writer, together)
        return "".join(content) or self.text.around("", together=False)

    def _list(self, block: List, writer: RunWriter, together: bool) -> list[str]:
        markers = writer.list_markers(block, deep=True)
        return [
            (self.numbered if entry.number else self.bullet).around(str(writer.runs(entry.runs, marker)), together)
            for entry, marker in zip(block.entries, markers, strict=True)
        ]


def sample(paragraph: Element) -> Sample:
    """The look of a paragraph of the template, and of its first run."""
    own = child(paragraph, "w:pPr")
    run = next(iter(paragraph.iter(RUN)), None)
    look = "" if run is None else inner(child(run, "w:rPr"))
    return Sample("" if own is None else outer(own), _together(own), look)


def styled(style: str) -> Sample:
    """The look of a paragraph style, by its id."""
    named = f'<w:pStyle w:val="{style}"/>'
    return Sample(f"<w:pPr>{named}</w:pPr>", f"<w:pPr>{named}<w:keepNext/></w:pPr>", "")


def _together(own: Element | None) -> str:
    if own is None:
        return "<w:pPr><w:keepNext/></w:pPr>"
    twin = parse_copy(own)
    keep_with_next(twin)
    return outer(twin)
