"""The closing publication of the trial of 2012–2015: its figures as the source has them, in every format, checked."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from reports.chart_worker import ChartWorker
from reports.document import Box, Document, Heading, Paragraph, Picture, Table, plain_text
from reports.home import PROGRAM
from reports.pipeline import build
from reports.prepare import Prepared, prepare
from reports.write import docx, html, pdf
from reports.write.docx_context import document_names
from reports.write.lint import lint
from reports.write.strings import strings
from tests.made_publication import publication
from tests.pdf_sample import page_texts, squeezed, tags
from tests.word_file import WordFile

# What part of the source's figures says, as it is printed.
FACTS = (
    "1.9.2012 ja päättyi 31.12.2015",
    "kesti 40 kuukautta",
    "Hakemuksia tuli 61",
    "127 kuntaa",
    "26 hanketta ja niiden 61 kuntaa",
    "vähintään 500 päivää",
    "vähintään 12 kuukautta",
    "varattiin 5 M€ ja sen jälkeen 20 M€ vuodessa, yhteensä 65 M€",
    "kattoi 75 %",
    "käyttivät 26 M€ eli 40 %",
    "jätettiin 2 M€ bonuksiin",
    "yhteensä 973 700 €, joka on 48,7 %",
    "Aktivointiaste, 60 %.",
    "Siirtymät, 30 %.",
    "Palkkatuki yrityksissä, 10 %.",
    "tammikuussa 2013",
    "36 kuntaa 19 hankkeesta",
    "helmikuuhun 2014",
    "20 Kelan 24 vakuutuspiiristä",
    "ilmestyi 10 kertaa",
    "tilasi 200 ihmistä",
    "yli 200 000 € maksavien",
    "Lieksasta 27.9.2013",
    "seminaarin 4.11.2014",
    "helmikuussa 2014 ja syyskuussa 2014",
    "toukokuussa 2015",
    "raporttinsa 14.1.2016",
    "Tampereella 24.9.2015",
    "Kuntatalolla 4.12.2015",
    "päivä on 10.6.2014",
    "Ensimmäinen jako 17.6.2014",
    "Toinen jako 14.9.2015",
    "vuonna 2019",
    "vuoden 2007",
    "Helsingissä 21.3.2016",
)
# The first five letters of a project and its bonus in thousands of euros, in the order of the tables.
FIRST = "Joens 51, Lieks 29, Monet 100, Oulun 75, Porin 81.5, Raahe 180, Työn  78, Vaaks 16.5"
SECOND = "Espoo 48.7, Etelä 20, HAKO  60, Lieks 14.5, Oulun 75, Porin 81.5, Työn  52, Vaaks 11"
FEWEST_WORDS, MOST_WORDS = 1700, 2600


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(publication(tmp_path_factory.mktemp("publication")))


@pytest.fixture(scope="module")
def document(made: Prepared) -> Document:
    return made.document


@pytest.fixture(scope="module")
def as_pdf(made: Prepared) -> bytes:
    return pdf.write(made.document, made.template)


def table(document: Document, name: str) -> Table:
    """A table of the publication by its name."""
    return next(one for one in document.tables() if one.name == name)


def test_nothing_is_amiss_in_it(made: Prepared) -> None:
    assert made.problems == ()


def test_every_figure_of_the_source_is_said(document: Document) -> None:
    said = " ".join(" ".join(strings(document)).replace("\u00a0", " ").split())
    assert [fact for fact in FACTS if fact not in said] == []


@pytest.mark.parametrize(
    ("name", "wanted", "total"), [("ensimmainen-jako", FIRST, 611000), ("toinen-jako", SECOND, 362700)]
)
def test_the_bonuses_are_added_up_with_their_shares(document: Document, name: str, wanted: str, total: int) -> None:
    *rows, last = table(document, name).rows
    assert ", ".join(f"{row.cells[0].text[:5]} {(row.cells[1].value or 0) / 1000:g}" for row in rows) == wanted
    assert (last.total, last.cells[1].value, last.cells[2].text.replace("\u00a0", " ")) == (
        True,
        Decimal(total),
        "100,0 %",
    )
    shares = [row.cells[2].value for row in rows]
    assert abs(sum((one for one in shares if one is not None), Decimal(0)) - 100) < 1


def test_every_project_has_its_row(document: Document) -> None:
    practices = table(document, "hyvat-kaytannot")
    assert len(practices.rows) == 26
    towns = " ".join(row.cells[0].text for row in practices.rows)
    assert len({town for town in towns.replace(",", "").replace(" ja ", " ").split() if town[0].isupper()}) >= 61
    assert practices.columns[1].share > 2 * practices.columns[0].share


def test_it_has_the_devices_of_a_publication(document: Document) -> None:
    blocks = list(document.blocks())
    roles = [one.role for one in blocks if isinstance(one, Paragraph)]
    assert sum(isinstance(one, Box) for one in blocks) == 2
    assert sum(isinstance(one, Heading) for one in blocks) >= 15
    assert (roles.count("quote"), roles.count("byline"), roles.count("lead")) == (3, 8, 2)
    pictures = [one for one in blocks if isinstance(one, Picture)]
    assert len(pictures) == 4
    assert all(one.alt and one.data.startswith(b"\x89PNG") for one in pictures)
    assert document.levels == 2
    first, last = document.sections[0], document.sections[-1]
    assert [plain_text(one.runs) for one in first.blocks[-2:] if isinstance(one, Paragraph)][1].startswith(
        "Pääsihteeri"
    )
    assert "Helsinki" in " ".join(plain_text(one.runs) for one in last.blocks if isinstance(one, Paragraph))


def test_it_is_as_long_as_a_publication(document: Document) -> None:
    assert FEWEST_WORDS <= len(" ".join(strings(document)).split()) <= MOST_WORDS


def test_word_has_contents_to_two_levels_and_no_text_boxes(made: Prepared) -> None:
    word = WordFile(docx.write(made.document, made.template))
    assert len(word.styled("TOC1")) == len(made.document.sections)
    assert len(word.styled("TOC2")) == sum(isinstance(one, Heading) for one in made.document.blocks())
    assert not word.all("//w:txbxContent")
    assert len(word.styled("LaatikonOtsikko")) == 2
    rows = word.all("//w:tbl[last()]/w:tr[w:trPr/w:tblHeader]")
    assert len(rows) >= 1


def test_pdf_says_it_all_and_repeats_the_header_of_the_long_table(
    document: Document, as_pdf: bytes, pdftotext: str, tmp_path: Path
) -> None:
    pages = page_texts(as_pdf, pdftotext, tmp_path)
    whole = "".join(pages)
    for text in ("Kokeilu pähkinänkuoressa", "Pääsihteeri, Suomen Kuntaliitto", "611 000 €", "362 700 €"):
        assert squeezed(text) in whole
    assert sum(squeezed("Hanke Hyvät käytännöt") in page for page in pages) >= 2
    assert 8 <= len(pages) <= 14
    assert len(tags(as_pdf, "Figure")) == 4
    names = [one.title for one in document.sections]
    assert all(squeezed(name) in pages[1] for name in names)


def test_its_word_template_has_no_faults(made: Prepared) -> None:
    path = made.template.find("report.docx")
    assert "publication" in path.parts
    assert lint(path, document_names(made.document), "", made.template) == []


def test_no_page_is_almost_empty(as_pdf: bytes, pdftotext: str, tmp_path: Path) -> None:
    pages = page_texts(as_pdf, pdftotext, tmp_path)
    assert all(len(page) > 500 for page in pages[1:])


def test_the_web_page_shows_the_pictures_and_links(made: Prepared) -> None:
    page = html.write(made.document, made.template).decode()
    assert page.count("data:image/png;base64,") == 4
    assert 'href="http://www.kunnat.net/kuntakokeilu"' in page
    assert '<a href="#section-kohderyhma">' in page


def test_no_process_that_draws_is_started_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChartWorker, "start", lambda *_, **__: pytest.fail("started"))
    order = publication(tmp_path)._replace(formats=("pdf",), thorough=False)
    assert list(build(order).documents) == ["publication.pdf"]
    assert (order.folder / "publication.pdf").read_bytes().startswith(b"%PDF")


def test_other_reports_do_not_load_what_pictures_need() -> None:
    code = "import sys, reports.prepare; sys.exit('reports.pictures' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=PROGRAM).returncode == 0
