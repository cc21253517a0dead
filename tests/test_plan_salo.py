"""The real plan of 2023: as many goals, rows and measures as its source, and every number, target and date of it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from reports.chart_worker import ChartWorker
from reports.document import Goals, List, Paragraph, plain_text
from reports.finnish import Language
from reports.goals.measures import baseline_text, name_of, target_of, target_text
from reports.goals.target import aimed, met
from reports.home import PROGRAM, open_home
from reports.model import Dataset
from reports.order import Order
from reports.period import Period
from reports.plan.model import Measure, PlacedMeasure, Plan
from reports.prepare import Prepared, prepare
from reports.read.dataset import read_dataset
from reports.read.plan import baselines, read_plan
from reports.write import docx
from tests.word_file import WordFile

YEAR = Period.year(2023)
GOALS, ROWS, MEASURES = 7, 16, 30
COMPARABLE, AT_LEVEL = 17, 11


class Expected(NamedTuple):
    """A measure of the source: where it stands, its key or its words, its target and what it starts from as printed."""

    row: str
    key: str
    target: str = ""
    start: str = ""


SOURCE = (
    Expected("1.1", "asiakasmaara", "pysyy alle 2 900 henkilöä", "11/2022: 2 621 henkilöä"),
    Expected("1.1", "tyottomat-asiakkaista", "alle 60 %", "11/2022: 53 %, 1 395 henkilöä"),
    Expected("1.1", "tyottomat-tyonhakijoista / alle 25-vuotiaat", "alle 50 %", "11/2022: 52 %"),
    Expected("1.1", "tyottomat-tyonhakijoista / vieraskieliset", "alle 35 %", "11/2022: 38 %"),
    Expected("1.1", "tyonhaun-kesto Salo", "keskimäärin alle 46 viikkoa", "11/2022, Salo: 42 viikkoa"),
    Expected("1.1", "omavalmentajan-asiakkaat", "keskimäärin alle 140 asiakasta", "12/2022: 122 asiakasta"),
    Expected("1.2", "alkuhaastattelujen-kaynnit", "60 %"),
    Expected("1.2", "tyonhakukeskustelujen-kaynnit", "50 %"),
    Expected("1.2", "taydentavien-keskustelujen-kaynnit", "10 %"),
    Expected("1.2", "suunnitelmavelka", "alle 30 %", "11/2022: noin 22 %"),
    Expected("2.1", "typ-asiakkaat Salo", "180 asiakasta", "11/2022, Salo: 151 asiakasta"),
    Expected("2.2", "ohjaamon-kavijat Salo", "kasvaa", "2021, Salo: 1–76 henkilöä/kk; 2022, Salo: 2–140 henkilöä/kk"),
    Expected("2.3", "jonoja ja muita pullonkauloja"),
    Expected("3.1", "aktivointiaste Salo / nuoret", "yli 35 %", "11/2022, Salo: 36,9 %"),
    Expected("3.1", "aktivointiaste Salo / ulkomaalaiset", "yli 55 %", "11/2022, Salo: 60,4 %"),
    Expected("3.1", "aktivointiaste Salo / pitkäaikaistyöttömät", "yli 20 %", "11/2022, Salo: 18,2 %"),
    Expected("3.1", "aktivointiaste", "yli 40 %", "11/2022: 42,8 %"),
    Expected("3.1", "tyokokeilut", "yli 50 kpl", "11/2022: 64 kpl"),
    Expected("3.2", "1 000 päivältä, on voimassa oleva aktivointisuunnitelma"),
    Expected("3.3", "tyomarkkinatuki Salo", "3,39 M€"),
    Expected("4.1", "Verkostoja analysoidaan ja kehitetään vuonna 2023"),
    Expected("4.2", "roidu-nps", "yli 50 pistettä"),
    Expected("5.1", "koulutuksessa-olevat", "keskimäärin 400 henkilöä", "11/2022: 379 henkilöä"),
    Expected("5.1", "omaehtoinen-opiskelu", "keskimäärin 120 henkilöä", "1/2023: 92 henkilöä"),
    Expected("5.2", "Opinnollistaminen"),
    Expected("6.1", "palkkatuki / alle 30-vuotiaat", "yli 60 kpl", "11/2022: 61 kpl"),
    Expected("6.1", "palkkatuki / 30 vuotta täyttäneet", "yli 160 kpl", "11/2022: 226 kpl"),
    Expected("6.2", "työtarjouksin ja tiedottein"),
    Expected("7.1", "tapahtumat", "1/kk"),
    Expected("7.2", "some-viestinta", "päivittäin"),
)

# Numbers and dates of the actions, with the row they stand in; `muuta` is the closing section.
DATED = (
    ("1.1", "alle 5 päivässä"),
    ("1.1", "heti kirje"),
    ("1.1", "viimeistään 1 kuukauden kohdalla"),
    ("1.1", "kerran kuussa"),
    ("1.1", "vähintään 8 asiakasta"),
    ("2.3", "säännöllisesti vuonna 2023"),
    ("3.2", "3 kuukautta"),
    ("3.2", "vuoden 2023 erityiset kohderyhmät"),
    ("3.2", "1 000 päivältä työmarkkinatukea"),
    ("4.1", "5/2023"),
    ("muuta", "keväällä 2023"),
    ("muuta", "TE2024"),
)

RESPONSIBLE = {
    "1.1": ("Koordinaattori", "Tiimit ja omavalmentajat"),
    "1.2": (),
    "2.1": ("TYP", "Kaikki tiimit"),
    "2.2": ("Ohjaamon koordinoiva omavalmentaja",),
    "2.3": ("Kuntoutuksellisten palvelujen työryhmä", "johto", "ohjausryhmä", "Työllisyyspalveluiden esimies"),
    "3.1": ("Koordinaattori", "VÄYLÄ-hanke", "Valmennusten yhteyshenkilöt"),
    "3.2": ("Koordinaattori", "Aikuissosiaalityö"),
    "3.3": ("Koordinaattori", "Työllisyyspalveluiden esimies"),
    "4.1": ("Koordinaattori", "Kokeilun työntekijät", "Työllisyyspalveluiden esimies"),
    "4.2": ("Koordinaattori", "Työllisyyspalveluiden esimies"),
    "5.1": ("Koordinaattori", "Osaamisen kehittämisen työryhmä", "projektipäällikkö", "Työllisyyspalveluiden esimies"),
    "5.2": ("Koordinaattori", "Työllisyyspalveluiden esimies", "Vastaava työvalmentaja", "SSKKY", "VÄYLÄ-hanke"),
    "6.1": ("Koordinaattori",),
    "6.2": ("Koordinaattori",),
    "7.1": ("Voimala-tiimi", "VÄYLÄ-hanke", "Koordinaattori"),
    "7.2": ("Viestintätiimi",),
}

# What the source leaves open or mixes, and our plan gives the reason of.
KNOWN = {
    "row-unowned-acknowledged": 1,
    "scopes-mixed-acknowledged": 2,
    "measure-without-data-acknowledged": 7,
    "terms-confused-acknowledged": 1,
}

# Who is told, and when; as the table of the follow-up prints it.
REPORTING = (
    ("Ohjausryhmä", "joka kuukausi"),
    ("Yleisö", "joka kuukausi"),
    ("Kokeilun henkilöstö", "6/2023 ja 10/2023"),
    ("Kokeilun henkilöstö", "2/2024"),
    ("Kaupunginjohtajan johtoryhmä", "3 kertaa vuodessa"),
    ("Kaupunginhallitus / kaupunkikehityslautakunta", "kerran vuodessa (2/2024)"),
)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(open_home(PROGRAM), "salo", [2022, 2023])


@pytest.fixture(scope="module")
def plan(dataset: Dataset) -> Plan:
    read, problems = read_plan(open_home(PROGRAM), "salo", YEAR, dataset)
    assert problems == []
    return read


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    root: Path = tmp_path_factory.mktemp("salo")
    shutil.copytree(PROGRAM / "data", root / "data")
    order = Order(open_home(root), "plan", "salo", YEAR)
    with ChartWorker(order.cache) as worker:
        return prepare(order, worker=worker)


@pytest.fixture(scope="module")
def word_text(built: Prepared) -> str:
    """The Word file as one line of words."""
    return words(WordFile(docx.write(built.document, built.template)).text())


@pytest.fixture(scope="module")
def rows(built: Prepared) -> dict[str, tuple[str, str, str]]:
    """Measures, actions and responsible of every row of the document by its number (`1.2`)."""
    (goals,) = (block for block in built.document.blocks() if isinstance(block, Goals))
    return {
        f"{number}.{at}": (cell_text(row.measures), cell_text(row.actions), cell_text(row.responsible))
        for number, goal in enumerate(goals.goals, 1)
        for at, row in enumerate(goal.rows, 1)
    }


def words(text: str) -> str:
    """A text with every run of spaces as one ordinary space."""
    return " ".join(text.split())


def cell_text(blocks: tuple[Paragraph | List, ...]) -> str:
    lines = (one.runs for block in blocks for one in (block.entries if isinstance(block, List) else (block,)))
    return words(" ".join(plain_text(runs) for runs in lines))


def fits(wanted: Expected, measure: Measure) -> bool:
    """Whether it is the expected measure: by its indicator, area and group, or by some of its words."""
    return wanted.key in words(measure.text) if measure.text else wanted.key == measure.key


def comparable(plan: Plan, dataset: Dataset) -> Iterator[tuple[Measure, bool]]:
    """The measures whose baseline can be set against a limit, and whether it meets that limit."""
    for placed in plan.measures():
        target, start = target_of(placed.measure), baselines(placed.measure, dataset)
        if target and start and start[-1].value is not None:
            good = met(aimed(target, dataset.indicators[placed.measure.indicator].better), start[-1].value)
            if good is not None:
                yield placed.measure, good


def row_of(placed: PlacedMeasure) -> str:
    return f"{placed.goal_number}.{placed.row_number}"


def test_it_has_the_goals_rows_and_measures_of_the_source(plan: Plan) -> None:
    assert len(plan.goals) == GOALS
    assert sum(len(goal.rows) for goal in plan.goals.values()) == ROWS
    assert len(list(plan.measures())) == len(SOURCE) == MEASURES
    assert [goal for goal in plan.goals.values() if not (goal.title and goal.means)] == []
    assert [row.place for goal in plan.goals.values() for row in goal.rows if not (row.title and row.actions)] == []


def test_every_measure_has_the_target_and_the_baseline_of_the_source(plan: Plan, dataset: Dataset) -> None:
    language = Language("fi")
    for placed, wanted in zip(plan.measures(), SOURCE, strict=True):
        measure = placed.measure
        found = Expected(
            row_of(placed),
            wanted.key,
            words(target_text(measure, dataset, language)),
            words(baseline_text(baselines(measure, dataset), dataset, language)),
        )
        assert fits(wanted, measure), measure.key
        assert found == wanted


def test_a_baseline_is_never_typed_but_an_observation_of_the_plan(plan: Plan, dataset: Dataset) -> None:
    found = [o for placed in plan.measures() for o in baselines(placed.measure, dataset)]
    assert len(found) == sum(len(placed.measure.baseline) for placed in plan.measures()) == COMPARABLE + 2
    assert {o.source for o in found} == {"toimintasuunnitelma-2023"}


def test_eleven_of_seventeen_are_at_their_target(plan: Plan, dataset: Dataset) -> None:
    judged = list(comparable(plan, dataset))
    assert len(judged) == COMPARABLE
    assert sum(good for _, good in judged) == AT_LEVEL
    assert [measure.key for measure, good in judged if not good] == [
        "tyottomat-tyonhakijoista / alle 25-vuotiaat",
        "tyottomat-tyonhakijoista / vieraskieliset",
        "typ-asiakkaat Salo",
        "aktivointiaste Salo / pitkäaikaistyöttömät",
        "koulutuksessa-olevat",
        "omaehtoinen-opiskelu",
    ]


def test_only_the_row_that_the_source_leaves_empty_has_nobody_responsible(plan: Plan) -> None:
    empty = [row for goal in plan.goals.values() for row in goal.rows if not row.responsible]
    assert [row.title for row in empty] == ["Yhteydenotot"]
    assert empty[0].acknowledged
    assert sum(bool(row.acknowledged) for goal in plan.goals.values() for row in goal.rows) == 1


def test_abbreviations_are_explained_and_all_of_them_are_used(
    plan: Plan, rows: dict[str, tuple[str, str, str]]
) -> None:
    said = " ".join(text for row in rows.values() for text in row)
    said += " ".join(f"{goal.title} {goal.means}" for goal in plan.goals.values())
    said += " ".join(part for section in plan.sections for item in section.items for part in item.parts)
    assert plan.terms
    assert [term for term in plan.terms if term.lower() not in said.lower()] == []


@pytest.mark.parametrize("wanted", SOURCE, ids=[f"{one.row} {one.key}" for one in SOURCE])
def test_a_measure_stands_in_its_row_of_the_document(
    rows: dict[str, tuple[str, str, str]], plan: Plan, dataset: Dataset, wanted: Expected
) -> None:
    measure = next(one.measure for one in plan.measures() if fits(wanted, one.measure))
    printed = words(name_of(measure, dataset))
    printed += f": {wanted.target}" if wanted.target else ""
    printed += f" ({wanted.start})" if wanted.start else ""
    assert printed in rows[wanted.row][0]


@pytest.mark.parametrize(("row", "said"), DATED)
def test_a_number_or_date_of_an_action_stands_in_its_row(
    rows: dict[str, tuple[str, str, str]], built: Prepared, row: str, said: str
) -> None:
    closing = " ".join(cell_text((one,)) for one in built.document.blocks() if isinstance(one, List))
    assert said.lower() in (rows[row][1] if row in rows else closing).lower()


@pytest.mark.parametrize("row", RESPONSIBLE)
def test_who_answers_for_a_row(rows: dict[str, tuple[str, str, str]], row: str) -> None:
    assert len(RESPONSIBLE) == len(rows) == ROWS
    assert [who for who in RESPONSIBLE[row] if who not in rows[row][2]] == []


def test_the_follow_up_is_the_calendar_of_the_source(built: Prepared) -> None:
    (calendar,) = (one for one in built.document.tables() if one.name == "reporting")
    found = [[words(cell.text) for cell in row.cells] for row in calendar.rows]
    assert [(row[0], row[2]) for row in found] == list(REPORTING)


def test_the_word_file_holds_it_all_in_the_order_of_the_source(
    word_text: str, rows: dict[str, tuple[str, str, str]], built: Prepared
) -> None:
    at = 0
    for number, cells in rows.items():
        for cell in cells:
            found = word_text.find(cell, at)
            assert found >= 0, f"{number}: {cell}"
            at = found + len(cell)
    for who, when in REPORTING:
        assert who in word_text[at:]
        assert when in word_text[at:]


def test_what_is_known_to_be_amiss_is_told_with_its_reason_and_nothing_else(built: Prepared) -> None:
    assert [one for one in built.problems if not one.acknowledged] == []
    assert Counter(one.code for one in built.problems) == KNOWN
