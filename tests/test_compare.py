"""Two plans side by side: every change is told once, what moved is said to have moved, and nothing is lost."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path as FilePath

import pytest

from reports.finnish import Language
from reports.home import Home
from reports.model import Dataset
from reports.plan.changes import Change, Sort, changes
from reports.plan.model import Action, Goal, GoalRow, Measure, Plan, PlanSection
from reports.plan.splice import Splice
from reports.read.dataset import read_dataset
from reports.read.yaml import Path, read_yaml
from tests.made_plan import EVERY, PLAN, made_city, plan_of
from tests.trips import City, contents

COMPARE = ("compare", "2023", "2024")
NEW = "data/koe/2024/plan.yaml"
PAPER = "out/koe/2024/compare-2023.docx"


@pytest.fixture
def city(tmp_path: FilePath, capsys: pytest.CaptureFixture[str]) -> City:
    """A city whose plan of 2024 is that of 2023 as it was."""
    city = made_city(tmp_path / "koe", capsys)
    city.write(NEW, PLAN)
    return city


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("koe")
    made_city(folder, None)
    return read_dataset(Home(folder), "koe", set())


def found(dataset: Dataset, *edits: tuple[str, str]) -> list[Change]:
    """The changes when pieces of the plan's text are put in other words."""
    text = PLAN
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return changes(plan_of(PLAN), plan_of(text), dataset, Language("fi"))


GOAL = 'Tavoite 1. Palvelu alkaa "heti"'
ALONE: list[tuple[tuple[str, str], Change]] = [
    (
        ("pysyy alle 900", "alle 850"),
        Change(Sort.CHANGED, GOAL, "Tavoitearvo: Asiakkaat", "pysyy alle 900\u00a0henkilöä", "alle 850\u00a0henkilöä"),
    ),
    (
        ("baseline: 2022-11", "baseline: 12/2023"),
        Change(Sort.CHANGED, GOAL, "Lähtötaso: Työttömien osuus", "11/2022: 52\u00a0%", "12/2023: 51\u00a0%"),
    ),
    (
        ("- Esimies\n", "- Johtaja\n"),
        Change(Sort.CHANGED, GOAL, "Vastuu: Asiakkaat", "Esimies; Tiimit", "Johtaja; Tiimit"),
    ),
    (
        ("keväällä 2023", "keväällä 2024"),
        Change(Sort.CHANGED, GOAL, "Toimenpiteen kohta: Uudistus:", "alkaa keväällä 2023", "alkaa keväällä 2024"),
    ),
    (("means: tapaamiset", "means: puhelut"), Change(Sort.CHANGED, GOAL, "Keinot", "tapaamiset", "puhelut")),
    (
        ("            -   text: Jonoja ei ole\n", ""),
        Change(Sort.DROPPED, GOAL, "Mittari: Jonoja ei ole", "Jonoja ei ole", ""),
    ),
    (
        ("                - Tiimit\n", "                - Tiimit\n            note: Uusi huomautus\n"),
        Change(Sort.ADDED, GOAL, "Rivin huomautus: Asiakkaat", "", "Uusi huomautus"),
    ),
    (
        ("    -   hanke päättyy 6/23\n", "    -   hanke päättyy 6/23\n    -   toinen hanke alkaa\n"),
        Change(Sort.ADDED, "Muut osat", "Kohta: Muuta", "", "toinen hanke alkaa"),
    ),
    (
        ("due: 12/23", "due: 12/24"),
        Change(Sort.CHANGED, "Koko suunnitelma", "Määräaika", "joulukuu 2023", "joulukuu 2024"),
    ),
    (
        ("                    - alkaa keväällä 2023\n                    - jatkuu 2023–2025\n",
         "                    - jatkuu 2023–2025\n                    - alkaa keväällä 2023\n"),
        Change(Sort.ORDER, GOAL, "Toimenpiteen kohtien järjestys: Uudistus:",
               "alkaa keväällä 2023; jatkuu 2023–2025", "jatkuu 2023–2025; alkaa keväällä 2023"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "change"), ALONE, ids=[change.what for _, change in ALONE])
def test_a_single_edit_is_a_single_change(dataset: Dataset, edit: tuple[str, str], change: Change) -> None:
    assert found(dataset, edit) == [change]


@pytest.mark.parametrize(
    "edit",
    [
        ("pysyy alle 900", "pysyy  alle 900 henkilöä"),
        ("<50 %", "alle 50%"),
        ('"11/22"', "2022-11"),
        ("# keinot sovittiin kokouksessa", "# toinen huomautus"),
        ("title: 'Palvelu alkaa \"heti\"'", 'title: Palvelu alkaa "heti"'),
    ],
)
def test_another_spelling_is_no_change(dataset: Dataset, edit: tuple[str, str]) -> None:
    assert found(dataset, edit) == []


def test_a_measure_in_another_row_has_moved(dataset: Dataset) -> None:
    measure = "            -   indicator: palaute\n                target: yli 50\n"
    taken = (f"{measure}                note: mitataan 5/2023 ja 10/2023\n", "")
    put = ("            -   text: Viestintä on selkeää\n", f"            -   text: Viestintä on selkeää\n{measure}")
    moved, note = found(dataset, taken, put)
    assert (moved.sort, moved.what) == (Sort.MOVED, "Mittari: Palaute")
    assert moved.before.endswith(": Asiakkaat")
    assert moved.after.endswith(": Viestintä")
    assert (note.sort, note.before, note.after) == (Sort.DROPPED, "mitataan 5/2023 ja 10/2023", "")


NEW_GOAL = """\
    uusi:
        title: Uusi tavoite
        rows:
        -   measures:
            -   indicator: palaute
                target: yli 60
            responsible: Esimies
sections:
"""


def test_a_measure_in_a_new_goal_has_moved_and_the_goal_is_new(dataset: Dataset) -> None:
    old = "            -   indicator: palaute\n                target: yli 50\n"
    text = PLAN.replace(old, "").replace("                note: mitataan 5/2023 ja 10/2023\n", "")
    said = changes(plan_of(PLAN), plan_of(text.replace("sections:\n", NEW_GOAL)), dataset, Language("fi"))
    assert {(one.sort, one.part, one.what) for one in said} == {
        (Sort.ADDED, "Tavoite 2. Uusi tavoite (uusi)", "Tavoite"),
        (Sort.MOVED, "Tavoite 2. Uusi tavoite (uusi)", "Mittari: Palaute"),
        (Sort.CHANGED, "Tavoite 2. Uusi tavoite (uusi)", "Tavoitearvo: Palaute"),
        (Sort.DROPPED, "Tavoite 2. Uusi tavoite (uusi)", "Mittarin huomautus: Palaute"),
        (Sort.ADDED, "Tavoite 2. Uusi tavoite (uusi)", "Vastuu: rivi 1"),
    }


def test_the_other_way_round_what_was_added_is_dropped(dataset: Dataset) -> None:
    text = PLAN.replace("sections:\n", NEW_GOAL.replace("indicator: palaute", "text: Uusi mittari"))
    there = changes(plan_of(PLAN), plan_of(text), dataset, Language("fi"))
    back = changes(plan_of(text), plan_of(PLAN), dataset, Language("fi"))
    assert [(one.what, one.after) for one in there] == [(one.what, one.before) for one in back]
    assert {one.sort for one in there} == {Sort.ADDED}
    assert {one.sort for one in back} == {Sort.DROPPED}
    assert {one.part for one in back} == {"Tavoite 2. Uusi tavoite (poistettu)"}


# Other values that mean something, for the fields that may not hold just any words.
OTHER = {"baseline": "2023-12", "due": "2026", "date": "2026-01-15", "target": "alle 7", "indicator": "muu"}


@pytest.mark.parametrize("path", EVERY, ids=lambda path: "-".join(map(str, path)))
def test_no_changed_text_is_lost(dataset: Dataset, path: Path) -> None:
    key = next(str(part) for part in reversed(path) if isinstance(part, str))
    tree, _ = read_yaml(PLAN, "plan.yaml")
    splice = Splice(PLAN, tree)
    splice.put(path, OTHER.get(key, "Aivan muuta") + "\n" * splice.raw(path).endswith("\n"))
    plan = plan_of(splice.result())
    indicators = {**dataset.indicators, "muu": dataset.indicators["asiakkaat"]}
    said = changes(plan_of(PLAN), plan, Dataset(**{**vars(dataset), "indicators": indicators}), Language("fi"))
    assert said, path


def test_the_look_at_all_texts_has_every_field_of_a_plan() -> None:
    """A field that the made-up plan lacks could be lost without anybody seeing it."""
    seen = {part for path in EVERY for part in path if isinstance(part, str)}
    kinds = (Plan, Goal, GoalRow, Measure, Action, PlanSection)
    own = {field.name for kind in kinds for field in fields(kind)} - {"file", "place", "id"}
    assert own - seen == set()


def test_what_has_not_changed_has_no_changes(city: City) -> None:
    said = city.run(*COMPARE)
    assert (said.code, said.err.count("Varoitus"), said.err.count("Määräaika")) == (0, 2, 2)  # of the year before
    assert said.out.startswith("Suunnitelmissa ei ole eroja.\n")


def test_the_table_fits_a_hundred_columns_and_has_every_word(city: City) -> None:
    long = "Kehittämispäivä järjestetään yhdessä kumppanien kanssa Naapurilankoulutuskuntayhtymässä"
    city.change(NEW, "Kehittämispäivä\n                pidetään toukokuussa 2023.", long)
    city.change(NEW, "pysyy alle 900", "alle 850")
    said = city.run(*COMPARE)
    table = [line for line in said.out.splitlines() if str(city.folder) not in line]
    assert max(map(len, table)) <= 100
    assert table[0] == "Muutoksia on 3: lisätty 1, poistettu 1, muutettu 1."
    assert table[2].split() == ["Muutos", "Kohta", "2023", "2024"]
    column = " ".join(line[72:].strip() for line in table)
    assert "alle 850\u00a0henkilöä" in column
    for word in long.split():
        assert word[:28] in column


def test_the_word_file_has_the_same_changes(city: City) -> None:
    from docx import Document

    city.change(NEW, "pysyy alle 900", "alle 850")
    city.change(NEW, "- Esimies\n", "- Johtaja\n")
    assert city.run(*COMPARE).code == 0
    tables = Document(str(city.folder / PAPER)).tables
    rows = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for table in tables for row in table.rows]
    assert rows == [
        ["Muutos", "Kohta", "2023", "2024"],
        ["muutettu", "Tavoitearvo: Asiakkaat", "pysyy alle 900 henkilöä", "alle 850 henkilöä"],
        ["muutettu", "Vastuu: Asiakkaat", "Esimies; Tiimit", "Johtaja; Tiimit"],
    ]


def test_the_word_file_is_without_faults_and_up_to_date(city: City) -> None:
    from openxml_audit import OpenXmlValidator

    city.change(NEW, "pysyy alle 900", "alle 850")
    city.run(*COMPARE)
    assert [error.description for error in OpenXmlValidator().validate(city.folder / PAPER).errors] == []
    assert "compare-2023.docx: ajan tasalla" in city.run("status").out


def test_twice_changes_nothing(city: City) -> None:
    city.change(NEW, "pysyy alle 900", "alle 850")
    first = city.run(*COMPARE).out
    before = contents(city.folder)
    assert city.run(*COMPARE).out.splitlines()[:-2] == first.splitlines()[:-2]
    assert contents(city.folder) == before


def test_a_rolled_plan_differs_in_what_was_rolled(city: City) -> None:
    (city.folder / NEW).unlink()
    assert city.run("roll", "2024", "--from", "2023").code == 0
    said = city.run(*COMPARE).out
    assert said.startswith("Muutoksia on 11: lisätty 1, muutettu 10.")


def test_the_languages_of_screen_and_document_are_their_own(city: City) -> None:
    city.change(NEW, "pysyy alle 900", "alle 850")
    said = city.run(*COMPARE, "--lang", "en", "--document-lang", "fi")
    assert "Changes: 1 (changed 1)." in said.out
    assert "Target: Asiakkaat" in said.out
    assert (city.folder / PAPER).exists()


def test_a_period_without_a_plan_is_told(city: City) -> None:
    said = city.run("compare", "2022", "2024")
    assert said.code == 2
    assert said.err.startswith("Virhe: data/koe/2022/plan.yaml: Toimintasuunnitelmaa ei löydy.")


def test_slips_in_both_plans_are_told_at_once(city: City) -> None:
    city.change("data/koe/2023/plan.yaml", "target: yli 60", "target: yli alle 60")
    city.change(NEW, "target: yli 50", "target: yli alle 50")
    said = city.run(*COMPARE)
    assert said.code == 1
    assert "data/koe/2023/plan.yaml:" in said.err
    assert f"{NEW}:" in said.err
    assert not (city.folder / "out/koe/2024").exists()
