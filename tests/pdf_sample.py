"""The made-up report with what is hard on a page, and how a written PDF is read back."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from reports.document import NBSP, Block, Cell, Column, Document, Entry, List, Row, Run, Section, Table, text_cell
from tests.made_document import document, paragraph

MARKUP = (
    "#pagebreak() *a* _b_ $x^2$ <label> @ref \"q\" 'q' -- --- ... [c] \\ // x /* y */ = h ~ `k` {{ z }} #{1+1} "
    "https://example.org/a_b * 1. + - \\u{41} &amp; <b>x</b>"
)
LETTERS = "åäö ÅÄÖ é šž ŠŽ čđŋŧ Ελληνικά Кириллица ✓ ✗ → ≥ − – — “q” ”q” ’ ½ € № ‰ 1\u202f000"


def grid(name: str, rows: int) -> Table:
    """A table of any length with a sum row."""
    columns = (Column("Group", "left", 0.6), Column("Persons", "right", 0.4))
    body = tuple(Row((text_cell(f"group {name} {k}"), text_cell(f"{k}{NBSP}000"))) for k in range(rows))
    total = Row((text_cell("All of them"), text_cell(f"99{NBSP}000")), total=True)
    return Table(f"table-{name}", name, columns, (*body, total), caption=f"Caption of {name}.")


def plan() -> Table:
    """A table of an action plan: paragraphs and nested lists in its cells, no widths given."""
    measures = List((Entry((Run("Plans are renewed"),)), Entry((Run("Deeper"),), 1), Entry((Run("Others"),))))
    goal = Cell((paragraph(Run("1. Goal", strong=True)), paragraph("All: over 40 %"), paragraph("Young: over 35 %")))
    columns = (Column("Measure"), Column("Action"), Column("Who"))
    return Table("table-plan", "Plan", columns, (Row((goal, Cell((measures,)), text_cell(""))),), caption="The plan.")


def sample() -> Document:
    """The made-up report with a paragraph over a page, a page on its side, markup, letters, and a long attachment."""
    made = document()
    more = (
        Section("long", "Running on", (paragraph("Running text. " * 600),)),
        Section("wide", "The plan on its side", (plan(),), landscape=True),
        Section("odd", f"Odd {MARKUP}", (paragraph(MARKUP), paragraph(LETTERS), List((Entry((Run(MARKUP),)),)))),
    )
    second = Section("attachment-second", "More figures", (grid("more", 80),), "Liite", "2")
    return replace(made, sections=(*made.sections, *more), attachments=(*made.attachments, second))


def only(*blocks: Block, title: str = "Only", **changes: Any) -> Document:
    """A report of one section."""
    empty = replace(document(), attachments=(), separate=(), notices=(), key_figures=())
    return replace(empty, sections=(Section("only", title, blocks),), **changes)


@dataclass(frozen=True)
class Tag:
    """A structure element of a PDF: its name, its alternative text, its attributes as text."""

    name: str
    alt: str
    attributes: str


def tags(pdf: bytes, name: str = "") -> list[Tag]:
    """The structure elements in reading order, or those of one name."""
    found: list[Tag] = []

    def below(element: pikepdf.Object) -> None:
        kids: Any = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                found.append(Tag(str(kid.S)[1:], str(kid.get("/Alt", "")), str(kid.get("/A", ""))))
                below(kid)

    with pikepdf.open(BytesIO(pdf)) as opened:
        below(opened.Root.StructTreeRoot)
    return [tag for tag in found if name in ("", tag.name)]


def links(pdf: bytes) -> list[tuple[str, str]]:
    """Every link: its address, empty where it leads into the document, and what it says it is."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        notes: list[Any] = [note for leaf in opened.pages for note in leaf.get("/Annots", [])]
        actions = [note.get("/A", pikepdf.Dictionary()) for note in notes]
        return [
            (str(action.get("/URI", "")), str(note.get("/Contents", "")))
            for note, action in zip(notes, actions, strict=True)
        ]


def fonts(pdf: bytes) -> set[str]:
    """The names of the fonts that the pages use."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return {str(font.BaseFont) for leaf in opened.pages for font in leaf.Resources.Font.values()}


def squeezed(text: str) -> str:
    """Without spaces, line breaks and the soft hyphens of divided words."""
    return re.sub(r"[\s\u00ad\u202f]+", "", text)


def page_texts(pdf: bytes, pdftotext: str, folder: Path) -> list[str]:
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([pdftotext, "-raw", path, "-"], capture_output=True, check=True, encoding="utf-8")
    return [squeezed(text) for text in done.stdout.split("\f")[:-1]]


def body_text(document: Document, pages: list[str]) -> str:
    """The text of all pages without the running header and the footer, so that a paragraph may cross a page."""
    header = squeezed(document.organisation + document.title)
    footer = re.compile(re.escape(squeezed(document.date)) + rf"\d+/{len(pages)}$")
    return "".join(footer.sub("", text.removeprefix(header) if k else text) for k, text in enumerate(pages))
