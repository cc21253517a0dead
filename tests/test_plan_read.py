"""plan.yaml and followup.yaml read as they were written, and their baselines found."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from reports.errors import Problem, ReportError
from reports.home import Home, open_home
from reports.messages import catalogue
from reports.model import Dataset
from reports.period import Period
from reports.plan.model import Action, FollowUpNotes, Plan
from reports.read.dataset import read_dataset
from reports.read.plan import baselines, plan_for, read_notes, read_plan
from tests.read.slip import PLAN, write_extra

YEAR = Period.year(2021)
LONG = """title: Toimintasuunnitelma 2021
subtitle: Kaupunginhallitukselle
date: 14.12.2020
due: 2022-03
roles:
  - Koordinaattori
goals:
  palvelut:
    title: Palvelu alkaa ajoissa
    means: haastattelut ja <T&K>
    rows:
      - title: Asiakkaat
        number: 01
        measures:
          - indicator: asiakkaat
            target: 180
            baseline:
              - 12/2021
              - maaliskuu 2021
          - under: Aktivointi
            name: Aktivointiaste
            indicator: aktivointiaste
            target: ">35 %"
            baseline: 2020
            due: 2021-06
            note: Lasketaan kerran vuodessa.
        actions:
          - Jonot puretaan
          - text: Haastattelut
            parts:
              - puhelimessa <5 pv
              - no
        responsible:
          - Tiimit
          - Esimies
      - measures:
          - text: Jonoja ei ole
        acknowledged: Vastuu sovitaan keväällä.
  kumppanit:
    title: Kumppanit löytyvät
    number: B
    rows:
      - measures:
          - indicator: asiakkaat-ika
            area: KU991
            group: 15–24
            target: kasvaa
            baseline: 2021-03
sections:
  - title: Muuta
    items:
      - Valmistaudutaan uudistukseen
terms:
  TYP: monialainen yhteispalvelu
"""


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home, tmp_path / "home")


def dataset_of(folder: Path) -> tuple[Home, Dataset]:
    """A home and its figures."""
    home = open_home(folder)
    return home, read_dataset(home, "kuvitteila", {2020, 2021})


def plan_of(folder: Path, text: str = LONG) -> tuple[Plan, list[Problem], Dataset]:
    """The plan of such a file in the made-up city."""
    (folder / PLAN).write_text(text, encoding="utf-8")
    home, dataset = dataset_of(folder)
    plan, problems = read_plan(home, "kuvitteila", YEAR, dataset)
    return plan, problems, dataset


def spoilt(folder: Path, old: str, new: str) -> list[tuple[str, int]]:
    """The problems of the plan with a change in it: code and row."""
    assert old in LONG
    return [(one.code, one.place.row) for one in plan_of(folder, LONG.replace(old, new, 1))[1]]


def test_a_plan_is_read_as_it_was_written(copy: Path) -> None:
    plan, problems, _ = plan_of(copy)
    assert problems == []
    assert (plan.title, plan.subtitle, plan.roles) == (
        "Toimintasuunnitelma 2021",
        "Kaupunginhallitukselle",
        ("Koordinaattori",),
    )
    assert (plan.date, plan.due) == (Period.of("2020-12-14"), Period.of("2022-03"))
    assert [(goal.id, goal.title, goal.means) for goal in plan.goals.values()] == [
        ("palvelut", "Palvelu alkaa ajoissa", "haastattelut ja <T&K>"),
        ("kumppanit", "Kumppanit löytyvät", ""),
    ]
    first, second = plan.goals["palvelut"].rows
    assert (first.responsible, second.responsible) == (("Tiimit", "Esimies"), ())
    assert second.acknowledged == "Vastuu sovitaan keväällä."
    assert [(one.title, one.items[0].text) for one in plan.sections] == [("Muuta", "Valmistaudutaan uudistukseen")]
    assert plan.terms == {"TYP": "monialainen yhteispalvelu"}


def test_a_plain_value_stays_the_text_it_was(copy: Path) -> None:
    plan, _, _ = plan_of(copy)
    measures = [placed.measure for placed in plan.measures()]
    assert [one.target for one in measures] == ["180", ">35 %", "", "kasvaa"]
    assert measures[0].baseline == ("12/2021", "maaliskuu 2021")
    assert measures[1].baseline == ("2020",), "one alone needs no list"
    assert plan.goals["palvelut"].rows[0].number == "01"
    assert plan.goals["palvelut"].rows[0].actions[1].parts == ("puhelimessa <5 pv", "no")


def test_an_action_is_a_text_or_a_text_with_parts(copy: Path) -> None:
    plan, _, _ = plan_of(copy)
    plain, nested = plan.goals["palvelut"].rows[0].actions
    assert isinstance(plain, Action)
    assert (plain.text, plain.parts, plain.place.row) == ("Jonot puretaan", (), 28)
    assert (nested.text, nested.place.row, nested.parts[1].place.row) == ("Haastattelut", 29, 32)


def test_measures_know_where_they_stand(copy: Path) -> None:
    plan, _, _ = plan_of(copy)
    found = [(placed.goal_number, placed.row_number, placed.measure.place.row) for placed in plan.measures()]
    assert found == [("1", "01", 15), ("1", "01", 20), ("1", "2", 37), ("B", "1", 44)]
    last = [placed.measure for placed in plan.measures()][1]
    assert (last.under, last.name, last.note) == ("Aktivointi", "Aktivointiaste", "Lasketaan kerran vuodessa.")
    assert last.due == Period.of("2021-06")


def test_a_measure_is_the_same_by_indicator_area_and_group_or_by_its_text(copy: Path) -> None:
    plan, _, _ = plan_of(copy)
    assert [placed.measure.key for placed in plan.measures()] == [
        "asiakkaat",
        "aktivointiaste",
        "Jonoja ei ole",
        "asiakkaat-ika KU991 / 15–24",
    ]


def test_baselines_are_observations_of_the_scope_or_of_the_area_named(copy: Path) -> None:
    plan, _, dataset = plan_of(copy)
    found = [baselines(placed.measure, dataset) for placed in plan.measures()]
    assert [[(o.value, o.area, o.approximate) for o in one] for one in found] == [
        [(750, "Yhteistyöalue", True), (800, "Yhteistyöalue", False)],
        [(Decimal("35.1"), "Yhteistyöalue", False)],
        [],
        [(120, "Kuvitteila", False)],
    ]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("              - 12/2021", "              - 11/2021", [("baseline-missing", 18)]),
        ("target: 180", "target: 180 tai 200", [("target-two", 16)]),
        ("- text: Jonoja ei ole", "- text: Jonoja ei ole\n            group: 15–24", [("measure-words", 37)]),
        ("group: 15–24\n", "group: 15–24\n            grop: 25–34\n", [("key-unknown", 47)]),
        ("due: 2021-06", "due: kesällä", [("period", 25)]),
        ("area: KU991", "area: KU999", [("area-unknown", 45)]),
    ],
)
def test_a_slip_in_a_plan_has_its_row(old: str, new: str, wanted: list[tuple[str, int]], copy: Path) -> None:
    assert spoilt(copy, old, new) == wanted


def test_every_slip_of_a_plan_is_found_in_one_run(copy: Path) -> None:
    text = LONG.replace("target: 180", "target: yli").replace("kasvaa", "kasvaa alle 5").replace("asiakkaat\n", "as\n")
    assert [one.code for one in plan_of(copy, text)[1]] == ["target-number", "indicator-unknown", "target-change"]


def test_a_suggestion_is_the_target_that_was_meant(copy: Path) -> None:
    _, problems, _ = plan_of(copy, LONG.replace('">35 %"', '">35% %"'))
    assert [one.code for one in problems] == ["target-twice"]
    assert catalogue("fi").problem(problems[0]).replace("\u00a0", " ").endswith("Kirjoita yli 35 %.")


def test_a_plan_that_is_not_there_stops_with_its_file(copy: Path) -> None:
    home, dataset = dataset_of(copy)
    with pytest.raises(ReportError) as caught:
        read_plan(home, "kuvitteila", YEAR, dataset)
    assert (caught.value.exit_code, caught.value.problems[0].code) == (2, "plan-missing")
    assert str(caught.value.problems[0].place) == PLAN


def test_notes_are_what_people_say_and_may_be_missing(copy: Path) -> None:
    write_extra(copy)
    home, dataset = dataset_of(copy)
    plan, _ = read_plan(home, "kuvitteila", YEAR, dataset)
    notes, problems = read_notes(home, "kuvitteila", YEAR, plan)
    assert problems == []
    assert [(one.measure, one.status, one.reason, one.place.row) for one in notes.overrides] == [
        ("asiakkaat Kuvitteila", "at-level", "Joulukuun rekisteriajo jäi kesken.", 2)
    ]
    assert notes.comments == {"palvelut": "Asiakkaita tuli odotettua vähemmän."}
    other = Period.year(2020)
    assert read_notes(home, "kuvitteila", other, plan) == (
        FollowUpNotes("data/kuvitteila/2020/followup.yaml"),
        [],
    )


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2021-06", "2021"),
        ("2021", "2021"),
        ("2020-11", "2021"),
        ("2022-02", "2023"),
        ("2023-12", "2023"),
        ("2024-05", "2023"),
    ],
)
def test_a_follow_up_looks_at_the_plan_under_way_then_the_next_then_the_last(at: str, wanted: str, copy: Path) -> None:
    for year in ("2021", "2023"):
        folder = copy / "data" / "kuvitteila" / year
        folder.mkdir(exist_ok=True)
        (folder / "plan.yaml").write_text(LONG, encoding="utf-8")
    (copy / "data" / "kuvitteila" / "2022").mkdir()
    assert plan_for(open_home(copy), "kuvitteila", Period.of(at)) == Period.of(wanted)


def test_without_plans_a_follow_up_looks_at_none(copy: Path) -> None:
    assert plan_for(open_home(copy), "kuvitteila", Period.of("2021-06")) is None
