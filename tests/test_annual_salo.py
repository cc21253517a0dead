"""The real report of 2021: no errors, every number of the source document, the same text in all formats."""

from __future__ import annotations

import csv
import io
import re
import shutil
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reports.chart_worker import ChartWorker
from reports.document import List, Paragraph, Table, plain_text
from reports.home import PROGRAM, open_home
from reports.order import Order
from reports.period import Period
from reports.prepare import Prepared, prepare
from reports.write import docx, html, pdf
from reports.write.strings import strings
from tests.pdf_sample import body_text, page_texts, squeezed

NUMBERS = Path(__file__).parent / "data" / "s0_numbers.csv"
SECTIONS = 11
FIGURES = 4


@dataclass(frozen=True)
class Built:
    """The report and its files."""

    prepared: Prepared
    docx: bytes
    html: bytes
    pdf: bytes


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Built:
    root = tmp_path_factory.mktemp("salo")
    shutil.copytree(PROGRAM / "data", root / "data")
    order = Order(open_home(root), "annual", "salo", Period.year(2021))
    with ChartWorker(order.cache) as worker:
        made = prepare(order, worker=worker)
    return Built(made, *(writer.write(made.document, made.template) for writer in (docx, html, pdf)))


def words(text: str) -> str:
    """A text with every run of spaces as one ordinary space."""
    return " ".join(text.split())


def paragraphs(data: bytes) -> list[str]:
    """The paragraphs of a Word file, cells and text boxes included."""
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(io.BytesIO(data)).element.body
    found = []
    for one in body.iter(qn("w:p")):
        pieces = [part.text or " " for part in one.iter(qn("w:t"), qn("w:tab"), qn("w:br"))]
        found.append(words("".join(pieces)))
    return found


class PageWords(HTMLParser):
    """The words of a web page that a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script", "svg")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script", "svg")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def expected() -> list[tuple[str, str]]:
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        return [(row["subject"], row["printed"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def word_text(built: Built) -> str:
    return "\n".join(paragraphs(built.docx))


@pytest.fixture(scope="module")
def body(built: Built, word_text: str) -> str:
    """The Word file without its attachment, where every figure stands anyhow."""
    heading = f"\n{words(built.prepared.document.attachments[0].heading)}\n"
    before, found, _ = word_text.rpartition(heading)
    assert found
    return before


def test_nothing_is_wrong_but_the_known_sum(built: Built) -> None:
    assert [(one.code, one.warning, one.acknowledged) for one in built.prepared.problems] == [
        ("sum-acknowledged", True, True)
    ]
    assert built.prepared.problems[0].values["total"] == "27,7"


def test_it_has_the_sections_and_figures_of_the_source(built: Built) -> None:
    document = built.prepared.document
    assert len(document.sections) == SECTIONS
    assert [one.number for one in document.figures()] == [str(number) for number in range(1, FIGURES + 1)]
    assert [one.number for one in document.attachments] == ["1"]
    assert document.separate


def test_it_is_as_long_as_the_source(built: Built) -> None:
    blocks = [block for section in built.prepared.document.sections for block in section.blocks]
    prose = [plain_text(one.runs) for one in blocks if isinstance(one, Paragraph)]
    prose += [plain_text(entry.runs) for one in blocks if isinstance(one, List) for entry in one.entries]
    assert 2200 <= sum(len(one.split()) for one in prose) <= 3000


@pytest.mark.parametrize(("subject", "printed"), expected(), ids=[subject for subject, _ in expected()])
def test_a_number_of_the_source_stands_in_the_word_file(body: str, subject: str, printed: str) -> None:
    pattern = rf"(?<![\w,\u2212]){re.escape(words(printed))}(?!\d|,\d)"
    assert re.search(pattern, body), f"{subject}: {printed}"


def test_all_formats_hold_the_same_text(built: Built, word_text: str) -> None:
    wanted = strings(built.prepared.document)
    assert len(wanted) > 400
    page = squeezed("".join(PageWords(built.html.decode()).pieces))
    assert [one for one in wanted if words(one) not in word_text] == []
    assert [one for one in wanted if squeezed(one) not in page] == []


def test_the_pdf_holds_it_too(built: Built, pdftotext: str, tmp_path: Path) -> None:
    document = built.prepared.document
    text = body_text(document, page_texts(built.pdf, pdftotext, tmp_path))
    assert [one for one in strings(document) if squeezed(one) not in text] == []


def test_every_number_of_the_text_stands_in_the_sources(built: Built) -> None:
    document = built.prepared.document
    tables = [one for one in document.attachments[0].blocks if isinstance(one, Table)]
    cells = " ".join(words(cell.text) for one in tables for row in one.rows for cell in row.cells)
    assert len(built.prepared.facts) > 100
    shown = {words(one["text"]) for one in built.prepared.facts if any(char.isdigit() for char in one["text"])}
    assert len(shown) > 50
    # the same number with another number of decimals, or as a bare year or in millions, stands there as the data has it
    absent = [one for one in shown if not re.search(rf"(?<![\d,]){re.escape(one)}(?![\d,])", cells)]
    assert sorted(absent) == sorted(AS_THE_DATA_HAS_IT & set(absent))


AS_THE_DATA_HAS_IT = {"12,0", "1,0", "6,0", "5,0", "3,5 M€", "0,7 M€"}


def test_example_figures_are_marked_in_every_caption_and_said_on_the_first_page(built: Built) -> None:
    document = built.prepared.document
    marked = [one.name for one in document.figures() if "Esimerkkiaineisto" in one.caption]
    assert marked == ["ikajakauma", "hakutilanne"]
    assert len(document.notices) == 1


def test_no_title_and_no_caption_ends_in_two_stops(built: Built) -> None:
    captions = [one.caption for one in built.prepared.document.blocks() if isinstance(one, Table) and one.caption]
    captions += [one.caption for one in built.prepared.document.figures()]
    assert len(captions) > FIGURES
    assert not [one for one in captions if ".." in one or not one.endswith(".")]


def test_numbers_never_break_over_a_line(built: Built) -> None:
    text = "\n".join(strings(built.prepared.document))
    assert re.findall(r"\d \d{3}(?!\d)|\d [%€]|\d M€", text) == []
