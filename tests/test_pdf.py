"""A written PDF is read back: conformance, words, structure; the same bytes anywhere; time grows with the text."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from reports.write.pdf import write
from reports.write.strings import strings
from reports.write.template import Template
from tests.made_document import paragraph, template
from tests.pdf_sample import body_text, links, only, page_texts, sample, squeezed, tags


@pytest.fixture(scope="module")
def layout() -> Template:
    return template()


@pytest.fixture(scope="module")
def written(layout: Template) -> bytes:
    return write(sample(), layout)


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
def test_validators_find_nothing(written: bytes, profile: page.ValidationProfile, tmp_path: Path) -> None:
    path = tmp_path / "annual.pdf"
    path.write_bytes(written)
    result = page.validate_pdf(str(path), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []


def test_every_string_of_the_document_can_be_read_back(written: bytes, pdftotext: str, tmp_path: Path) -> None:
    text = body_text(sample(), page_texts(written, pdftotext, tmp_path))
    wanted = strings(sample())
    assert len(wanted) > 100
    assert [one for one in wanted if squeezed(one) not in text] == []


def test_numbers_of_figures_tables_and_lists_are_the_documents_own(
    written: bytes, pdftotext: str, tmp_path: Path
) -> None:
    text = body_text(sample(), page_texts(written, pdftotext, tmp_path))
    figure, table = sample().figures()[0], sample().tables()[0]
    assert squeezed(f"Kuvio 1. {figure.caption}") in text
    assert squeezed(f"Taulukko 1. {table.caption}") in text
    assert squeezed("Katso kuviossa 1 ja taulukosta 1 sekä liitteestä 1.") in text
    assert squeezed("3. jatkuu 4. sitten a) sisempi b) toinen 5. lopuksi") in text


def test_metadata_language_and_title(written: bytes) -> None:
    with pikepdf.open(BytesIO(written)) as pdf:
        assert str(pdf.Root.Lang) == "fi-FI"
        assert str(pdf.docinfo["/Title"]) == sample().title
        assert str(pdf.docinfo["/Author"]) == sample().organisation
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20220216")
        assert pdf.open_metadata()["dc:title"] == sample().title


def test_bookmarks_hold_every_section_and_attachment(written: bytes) -> None:
    with pikepdf.open(BytesIO(written)) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [
            (child.title, *(deep.title for deep in child.children)) for top in outline.root for child in top.children
        ]
    sections = [section.heading for section in (*sample().sections, *sample().attachments)]
    assert [title for title in titles if title in sections] == sections
    assert below == [("Tiimit", "Tarkemmin")]


def test_structure_is_that_of_a_report(written: bytes) -> None:
    names = {tag.name for tag in tags(written)}
    assert {*"Title TOC H1 H2 H3 P L LI Table TH TD Figure Caption Link Strong Em".split()} <= names
    assert [tag.alt for tag in tags(written, "Figure")] == [figure.alt for figure in sample().figures()]


def test_every_table_has_header_cells_with_scope(written: bytes) -> None:
    assert len(tags(written, "Table")) == len(sample().tables())
    heads = tags(written, "TH")
    assert len(heads) == sum(len(table.columns) for table in sample().tables())
    assert all("/Scope" in head.attributes for head in heads)


def test_links_lead_into_the_document_and_out_of_it(written: bytes) -> None:
    addresses = [address for address, _ in links(written)]
    assert [address for address in addresses if address] == ["https://example.org/?a=1&b=2"]
    # The contents, three references and the list of attachments.
    assert addresses.count("") >= 5 + 3 + 1
    assert all(says for _, says in links(written))


def test_landscape_section_turns_its_page_and_keeps_the_header(written: bytes, pdftotext: str, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(written)) as pdf:
        wide = [number for number, leaf in enumerate(pdf.pages) if leaf.mediabox[2] > leaf.mediabox[3]]
    assert len(wide) == 1
    text = page_texts(written, pdftotext, tmp_path)[wide[0]]
    assert text.startswith(squeezed(sample().organisation))
    assert squeezed("The plan on its side") in text


def test_an_attachment_begins_a_page(written: bytes, pdftotext: str, tmp_path: Path) -> None:
    header = squeezed(sample().organisation + sample().title)
    heading = squeezed(sample().attachments[0].heading)
    assert any(text.startswith(header + heading) for text in page_texts(written, pdftotext, tmp_path))


def test_same_bytes_in_another_place_zone_and_locale(
    written: bytes, layout: Template, root: Path, tmp_path: Path
) -> None:
    assert write(sample(), layout) == written
    given = tmp_path / "given.pickle"
    given.write_bytes(pickle.dumps((replace(sample(), labels=dict(sample().labels)), layout)))
    script = (
        "import pickle, sys, pathlib; sys.path.insert(0, sys.argv[1]); from reports.write.pdf import write; "
        "sys.stdout.buffer.write(write(*pickle.loads(pathlib.Path(sys.argv[2]).read_bytes())))"
    )
    env = os.environ | {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", script, root, given], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    assert done.stdout == written


def test_a_layout_folder_may_have_any_letters(layout: Template, tmp_path: Path) -> None:
    own = tmp_path / "työllisyys"
    own.mkdir()
    (own / "report.typ").write_bytes(layout.find("report.typ").read_bytes())
    made = write(only(paragraph("Sana.")), layout._replace(name=own.name, folders=(own, *layout.folders)))
    assert made.startswith(b"%PDF-")
