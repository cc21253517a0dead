"""The report of another year, 2022: data and text alone, its facts in every format, its claims true of the figures."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from reports.chart_worker import ChartWorker
from reports.document import Goals, List, Paragraph, Table, plain_text
from reports.home import PROGRAM, open_home
from reports.model import Dataset
from reports.order import Order
from reports.period import Period
from reports.prepare import Prepared, prepare
from reports.write import docx, html, pdf
from reports.write.strings import strings
from tests.pdf_sample import body_text, page_texts, squeezed
from tests.test_annual_salo import PageWords
from tests.word_file import WordFile

YEAR, LAST_YEAR = 2022, 2021
SECTIONS, FIGURES, TABLES = 10, 3, 2
FEWEST_WORDS, MOST_WORDS = 900, 1300
CODE = (
    *sorted((PROGRAM / "reports").rglob("*.py")),
    *sorted((PROGRAM / "figures").rglob("*.py")),
    PROGRAM / "build.py",
)

# What is known of the year, as it is printed: the trial's figures, the register's, the staff.
FACTS = (
    "2 621 asiakasta",
    "1 395 eli 53 %",
    "työttömiä oli 52 %",
    "vieraskielisistä työnhakijoista 38 %",
    "keskimäärin 42 viikkoa",
    "koko kokeilussa 42,8 %",
    "ulkomaalaisilla se oli 60,4 %",
    "nuorilla 36,9 %",
    "pitkäaikaistyöttömillä 18,2 %",
    "2–140 henkilöä kuukaudessa",
    "1–76 kuukaudessa",
    "noin 22 %",
    "keskimäärin 122 asiakasta",
    "keskimäärin noin 150",
    "7 henkilötyövuotta (HTV)",
    "79 % koski 30 vuotta täyttäneitä",
    "4 HTV",
    "noin 0,7 M€",
    "keskimäärin 2 168 työtöntä",
    "17,7 % vähemmän",
    "keskimäärin 2 635",
    "väheni 16,4 %",
    "keskimäärin 9,3 %",
    "oli 11,3 %",
    "syyskuun lopussa (1 996)",
    "heinäkuun lopussa (2 433)",
    "26,2 % vähemmän",
    "enää 4,5 %",
    "työttömiä oli 2 318",
    "helmikuun lopussa niitä oli Salossa 1 010",
    "282 eli 68 % vähemmän",
    "yhteensä 2 221 työtöntä",
    "1.3.2021",
    "30.6.2023",
    "helmikuussa 2024",
    "keväällä 2022",
)
CELLS = (
    "379",
    "226",
    "61",
    "151",
    "64",
    "57",
    "67",
    "+10",
    "74",
    "\u22127",
    "2 427",
    "\u2212109",
    "2 558",
    "2 452",
    "\u2212106",
)


class Built(NamedTuple):
    """The report and its files."""

    prepared: Prepared
    docx: bytes
    html: bytes
    pdf: bytes


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root: Path = tmp_path_factory.mktemp("salo")
    shutil.copytree(PROGRAM / "data", root / "data")
    order = Order(open_home(root), "annual", "salo", Period.year(YEAR))
    with ChartWorker(order.cache) as worker:
        made = prepare(order, worker=worker)
    return Built(made, *(writer.write(made.document, made.template) for writer in (docx, html, pdf)))


@pytest.fixture(scope="module")
def prose(built: Built) -> str:
    """The running text of the body, without headings, tables and captions."""
    blocks = [block for section in built.prepared.document.sections for block in section.blocks]
    lines = [one.runs for one in blocks if isinstance(one, Paragraph)]
    lines += [entry.runs for one in blocks if isinstance(one, List) for entry in one.entries]
    return words(" ".join(plain_text(runs) for runs in lines))


def words(text: str) -> str:
    """A text with every run of spaces as one ordinary space."""
    return " ".join(text.split())


def months(dataset: Dataset, indicator: str, year: int) -> list[Decimal]:
    found = [dataset.find(indicator, month, "Salo") for month in Period.year(year).months()]
    return [one.value for one in found if one and one.value is not None]


def test_it_is_built_from_data_and_text_with_nothing_wrong(built: Built) -> None:
    assert [one for one in built.prepared.problems if not one.acknowledged] == []
    document = built.prepared.document
    assert len(document.sections) == SECTIONS
    assert len([one for section in document.sections for one in section.blocks if isinstance(one, Table)]) == TABLES
    own = [one for section in document.sections for one in section.blocks if one.kind == "figure"]
    assert len(own) == FIGURES
    assert len(document.key_figures) == 4


def test_it_has_the_follow_up_the_plan_and_the_sources_attached(built: Built) -> None:
    attached = built.prepared.document.attachments
    assert [one.number for one in attached] == ["1", "2", "3"]
    assert [one.landscape for one in attached][1:] == [True, False]
    assert [any(isinstance(block, Goals) for block in one.blocks) for one in attached] == [False, True, False]


def test_it_is_shorter_than_the_first_year(prose: str) -> None:
    assert FEWEST_WORDS <= len(prose.split()) <= MOST_WORDS


@pytest.mark.parametrize("fact", FACTS)
def test_what_is_known_of_the_year_stands_in_the_text(prose: str, fact: str) -> None:
    assert fact.lower() in prose.lower()


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_known_of_the_year_stands_in_a_table(built: Built, cell: str) -> None:
    tables = [one for section in built.prepared.document.sections for one in section.blocks if isinstance(one, Table)]
    assert cell in [words(one.text) for table in tables for row in table.rows for one in row.cells]


def test_what_the_text_says_of_months_is_true_of_them(built: Built, prose: str) -> None:
    dataset = built.prepared.dataset
    (now, then), (open_now, open_then) = (
        [months(dataset, indicator, year) for year in (YEAR, LAST_YEAR)]
        for indicator in ("tyottomat", "avoimet-tyopaikat")
    )
    assert "jokaisen kuukauden lopussa vähemmän kuin vuotta aiemmin" in prose
    assert all(a < b for a, b in zip(now, then, strict=True))
    assert "Elokuusta alkaen avoimia työpaikkoja oli vähemmän kuin vuotta aiemmin" in prose
    fewer = [a < b for a, b in zip(open_now, open_then, strict=True)]
    assert fewer == [False] * 7 + [True] * 5


def test_what_the_text_says_of_targets_is_what_the_follow_up_says(built: Built, prose: str) -> None:
    from reports.goals.follow import follow
    from reports.goals.standing import Standing
    from reports.read.plan import read_plan

    prepared, home = built.prepared, open_home(PROGRAM)
    plan, _ = read_plan(home, "salo", Period.year(2023), prepared.dataset)
    judged = follow(plan, Period.year(2023), prepared.dataset, Period.month(YEAR, 11))
    short = [one for one in judged if one.judged.standing in (Standing.NEAR, Standing.NOT_YET)]
    barely = [one for one in judged if one.judged.barely]
    assert "Viidessä mittarissa oltiin vielä tavoitteesta jäljessä" in prose
    assert [one.placed.measure.key for one in short] == [
        "tyottomat-tyonhakijoista / alle 25-vuotiaat",
        "tyottomat-tyonhakijoista / vieraskieliset",
        "typ-asiakkaat Salo",
        "aktivointiaste Salo / pitkäaikaistyöttömät",
        "koulutuksessa-olevat",
    ]
    assert "Alle 30-vuotiaiden palkkatuessa tavoite ylittyi niukasti" in prose
    assert "palkkatuki / alle 30-vuotiaat" in [one.placed.measure.key for one in barely]


def test_all_formats_hold_the_same_text(built: Built, pdftotext: str, tmp_path: Path) -> None:
    document = built.prepared.document
    wanted = strings(document)
    assert len(wanted) > 400
    word_text, page = WordFile(built.docx).text(), squeezed("".join(PageWords(built.html.decode()).pieces))
    assert [one for one in wanted if words(one) not in words(word_text)] == []
    assert [one for one in wanted if squeezed(one) not in page] == []
    printed = body_text(document, page_texts(built.pdf, pdftotext, tmp_path))
    assert [one for one in wanted if squeezed(one) not in printed] == []


def test_no_number_breaks_over_a_line(built: Built) -> None:
    document = built.prepared.document
    *others, sources = document.attachments
    assert sources.blocks  # quotes targets as they were typed, where it tells what is amiss
    text = "\n".join(strings(replace(document, attachments=tuple(others))))
    assert re.findall(r"\d \d{3}(?!\d)|\d [%€]|\d M€", text) == []


def test_what_is_known_to_be_amiss_is_told_once(built: Built) -> None:
    lists = [one for one in built.prepared.document.attachments[-1].blocks if isinstance(one, List)]
    told = [plain_text(entry.runs) for entry in lists[-1].entries]
    assert len(told) == len(set(told)) == len(built.prepared.problems) > 0


def constants(tree: ast.AST) -> Iterator[object]:
    """The constants of a program but for its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and id(one) not in docstrings)


def test_no_program_names_a_year_that_is_reported() -> None:
    years = re.compile(r"(?<!\d)202[1-3](?!\d)")
    assert years.search(str(next(iter(constants(ast.parse("x = 'vuosi 2022'"))))))
    assert len(CODE) > 50
    found = {
        f"{path.name}: {one}"
        for path in CODE
        for one in constants(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, str | int) and years.search(str(one))
    }
    assert found == set()
