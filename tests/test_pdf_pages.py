"""How a PDF is laid out over pages: what stays together, what runs on, and odd documents."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest

from reports.document import Cell, Column, Document, Heading, Paragraph, Row, Table, text_cell
from reports.write.pdf import write
from reports.write.template import Template
from tests.made_document import figure, paragraph, template
from tests.pdf_sample import grid, only, page_texts, tags


@pytest.fixture(scope="module")
def layout() -> Template:
    return template()


def test_header_row_stands_on_every_page_of_a_long_table(layout: Template, pdftotext: str, tmp_path: Path) -> None:
    pages = page_texts(write(only(grid("long", 400)), layout), pdftotext, tmp_path)
    assert len(pages) > 8
    assert all("GroupPersons" in text for text in pages)
    text = "".join(pages)
    assert all(f"grouplong{k}{k}000" in text for k in range(400))


def test_a_short_table_is_not_divided(layout: Template, pdftotext: str, tmp_path: Path) -> None:
    for lines in range(20, 48, 3):
        before = [paragraph(f"Line {k}.") for k in range(lines)]
        document = only(*before, Heading("Kept", 2, "kept"), grid("short", 6))
        pages = page_texts(write(document, layout), pdftotext, tmp_path)
        assert [text.count("groupshort") for text in pages if "groupshort" in text] == [6]
        assert any("KeptCaptionofshort.GroupPersonsgroupshort0" in text for text in pages)


def test_a_long_table_begins_with_its_heading_caption_and_first_row(
    layout: Template, pdftotext: str, tmp_path: Path
) -> None:
    for lines in range(16, 40, 2):
        before = [paragraph(f"Line {k}.") for k in range(lines)]
        document = only(*before, Heading("Kept", 2, "kept"), grid("long", 40))
        pages = page_texts(write(document, layout), pdftotext, tmp_path)
        assert any("KeptCaptionoflong.GroupPersonsgrouplong0" in text for text in pages)


def test_a_caption_stays_with_its_figure_and_a_heading_with_its_text(
    layout: Template, pdftotext: str, tmp_path: Path
) -> None:
    for lines in range(24, 44, 4):
        before = [paragraph(f"Line {k}.") for k in range(lines)]
        document = only(*before, Heading("Kept", 2, "kept"), figure("kept", "1"), paragraph("After."))
        pdf = write(document, layout)
        pages = page_texts(pdf, pdftotext, tmp_path)
        assert any(re.search(r"KeptKuvio1\.Asiakkaat", text) for text in pages)


def test_a_row_longer_than_a_page_runs_on(layout: Template, pdftotext: str, tmp_path: Path) -> None:
    table = Table("t", "t", (Column("A", share=0.1), Column("B", share=0.9)), (
        Row((text_cell("Kokonaiskustannusarviointi"), text_cell("word " * 3000))),
    ))  # fmt: skip
    pages = page_texts(write(only(table), layout), pdftotext, tmp_path)
    assert len(pages) > 2
    assert "".join(pages).count("word") == 3000


def test_a_jump_in_heading_levels_is_mended(layout: Template) -> None:
    pdf = write(only(Heading("Deep", 3, "deep")), layout)
    assert [tag.name for tag in tags(pdf) if re.fullmatch(r"H\d", tag.name)] == ["H1", "H2"]


@pytest.mark.parametrize(
    "document",
    [
        replace(only(), sections=(), subtitle="", roles=(), date="", organisation=""),
        only(Table("t", "t", (Column("A"), Column("B")), ())),
        only(Table("t", "t", (Column("A"),), (Row((Cell(()),)), Row((Cell((Paragraph(()),)),))))),
        only(paragraph(""), paragraph("å" * 400), title="Työllisyyspalvelutoimintakertomussuunnitelma" * 3),
        replace(only(paragraph("x")), language="en"),
        replace(only(paragraph("x")), language="sv", date="31.2.2022", day=""),
    ],
    ids="empty no-rows empty-cells long-words english odd-date".split(),
)
def test_sparse_and_odd_documents_are_written(document: Document, layout: Template, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    path.write_bytes(write(document, layout))
    assert page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).failures == []
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang)[:2] == document.language
