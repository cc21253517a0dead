"""What people type into a plan without meaning to: units, empty keys, dashes and colons; each is told once."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from reports.errors import Problem
from reports.finnish import Language
from reports.goals.measures import value_text
from reports.goals.target import parse_target, written
from reports.goals.yardstick import ceiling, converted, per_of
from reports.home import open_home
from reports.messages import catalogue
from reports.model import Indicator, Observation
from reports.period import Period
from reports.read.dataset import read_dataset
from reports.read.plan import read_plan
from tests.made_targets import plain
from tests.read.slip import EXTRA, PLAN, ROWS

FI = Language("fi")
TEXT = EXTRA[PLAN]
ACTION = "          - Jonot puretaan\n"


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home, tmp_path / "home")


def problems(folder: Path, old: str, new: str) -> list[Problem]:
    """What is wrong with the plan after a change."""
    assert old in TEXT
    (folder / PLAN).write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    home = open_home(folder)
    dataset = read_dataset(home, "kuvitteila", {2020, 2021})
    return read_plan(home, "kuvitteila", Period.year(2021), dataset)[1]


def told(folder: Path, old: str, new: str) -> list[tuple[str, int]]:
    """The codes and rows of what is wrong."""
    return [(one.code, one.place.row) for one in problems(folder, old, new)]


# --- units ---


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("alle 46 vk", "viikkoa", "46"),
        ("alle 46", "%", "46"),
        ("alle 5 kpl", "kappaletta", "5"),
        ("140 hlöä / kk", "henkilöä/kk", "140"),
        ("8 asiakasta kuussa", "asiakasta/kk", "8"),
        ("3,39 M€", "€", "3390000"),
        ("3390000 €", "M€", "3.39"),
        ("3,39 M€", "t€", "3390"),
        ("500 t€", "€", "500000"),
        ("2 t€/kk", "€/kk", "2000"),
        ("5–10 %", "%", "5"),
        ("1/kk", "kertaa/kk", "1"),
        ("3/v", "kertaa vuodessa", "3"),
        ("1/kk", "kpl", "1"),
        ("1/kk", "tapahtumaa", "1"),
    ],
)
def test_a_target_is_compared_in_the_unit_of_its_indicator(text: str, unit: str, value: str) -> None:
    found = converted(parse_target(text), unit)
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("alle 180 viikkoa", "henkilöä"),
        ("alle 5 kuukautta", "viikkoa"),
        ("alle 140 as.", "henkilöä"),
        ("alle 60 %", "henkilöä"),
        ("alle 60 henkilöä", "%"),
        ("alle 5 %-yks.", "%"),
        ("5 %", "%-yks."),
        ("3 €", "€/kk"),
        ("8 asiakasta kuussa", "asiakasta"),
        ("5 asiakasta/omavalmentaja", "asiakasta"),
        ("1/kk", "%"),
        ("1/kk", "M€"),
        ("1/kk", "kertaa/pv"),
        ("1/kk", "kertaa vuodessa"),
        ("1/kk", "viikkoa"),
        ("päivittäin", "asiakasta/omavalmentaja"),
    ],
)
def test_what_is_measured_in_another_unit_cannot_be_compared(text: str, unit: str) -> None:
    assert converted(parse_target(text), unit) is None


@pytest.mark.parametrize(
    ("unit", "per"),
    [
        ("kertaa/kk", "month"),
        ("kertaa/pv", "day"),
        ("kertaa vuodessa", "year"),
        ("€/kk", "month"),
        ("kk", ""),
        ("", ""),
    ],
)
def test_the_time_of_a_unit(unit: str, per: str) -> None:
    assert per_of(unit) == per


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("alle 700 vk", "target-unit"),
        ("alle 70 %-yks.", "target-unit"),
        ("alle 7OO", "target-letter"),
        ("väh. 700", ""),
        ("enint. 700 hlöä", ""),
        ("ylittää 700", ""),
        ("1/kk", ""),
    ],
)
def test_a_target_in_a_plan_has_the_unit_of_its_indicator(copy: Path, target: str, code: str) -> None:
    assert told(copy, "target: alle 700", f"target: {target}") == ([(code, 9)] if code else [])


def test_of_per_cents_a_hundred_is_the_most_unless_it_is_said() -> None:
    share = Indicator("x", "X", "%")
    assert ceiling(share) == 100
    assert ceiling(Indicator("x", "X", "kpl")) is None
    assert ceiling(Indicator("x", "X", "%", most=Decimal(300))) == 300


# --- what is left empty, or cut ---


@pytest.mark.parametrize("key", ["target", "baseline", "area", "group", "due"])
def test_a_key_of_a_measure_that_is_left_empty_is_told(copy: Path, key: str) -> None:
    measure = "          - text: Jonoja ei ole\n"
    assert told(copy, measure, f"{measure}            {key}:\n") == [("value-missing", 16)]


def test_other_keys_may_be_left_empty(copy: Path) -> None:
    assert told(copy, "    rows:", "    means:\n    rows:") == []


@pytest.mark.parametrize(
    ("new", "code", "written"),
    [
        ("          - Tavoite: luvut kuntoon\n", "entry-colon", '"Tavoite: luvut kuntoon"'),
        ('          - Tavoite: luvut "kuntoon"\n', "entry-colon", "'Tavoite: luvut \"kuntoon\"'"),
        ("          - Tavoite:\n              - luvut\n              - sanat\n", "entry-parts", 'text: "Tavoite:"'),
        (
            "          - text: Sovitaan\n            parts:\n              - Aika: kevät\n",
            "entry-colon",
            '"Aika: kevät"',
        ),
        ("          -\n", "entry-empty", "poista viiva"),
    ],
)
def test_a_slip_of_a_list_says_what_to_write_and_nothing_else(copy: Path, new: str, code: str, written: str) -> None:
    (problem,) = problems(copy, ACTION, new)
    assert problem.code == code
    assert written in catalogue("fi").problem(problem)


def test_a_misspelt_key_is_told_as_one(copy: Path) -> None:
    assert [code for code, _ in told(copy, ACTION, "          - tekst: Jonot puretaan\n")] == [
        "key-missing",
        "key-unknown",
    ]


def test_every_slip_is_told_with_its_row(copy: Path) -> None:
    new = "          - Tavoite: a\n          -\n          - Selvä asia\n          - Toinen: b\n"
    assert told(copy, ACTION, new) == [("entry-colon", 17), ("entry-empty", 18), ("entry-colon", 20)]
    assert told(copy, "          - Tiimit\n", "          - Tiimit: omat\n          -\n") == [
        ("entry-colon", 19),
        ("entry-empty", 20),
    ]


# --- numbers, due dates, figures ---


@pytest.mark.parametrize(
    ("number", "fine"),
    [
        *((one, True) for one in ("2", "02", "1.3", "2.", "2)", "1a", "B", "iv", "IV", "A.2", "1–2")),
        *((one, False) for one in ("kaksi", "no", "ivo", "2 ja 3", "1.kohta")),
    ],
)
def test_a_number_of_a_goal_or_row_is_one(copy: Path, number: str, fine: bool) -> None:
    wanted = [] if fine else ["plan-number"]
    assert [code for code, _ in told(copy, "    rows:", f"    number: {number}\n    rows:")] == wanted
    assert [code for code, _ in told(copy, "- measures:", f"- number: {number}\n        measures:")] == wanted


@pytest.mark.parametrize(("due", "codes"), [("12/2020", ["due-early"]), ("1/2021", []), ("2021", []), ("2023", [])])
def test_a_target_is_not_due_before_the_plan_begins(copy: Path, due: str, codes: list[str]) -> None:
    for old, new in (
        ("goals:", f"due: {due}\ngoals:"),
        ("baseline: 2021-03", f"baseline: 2021-03\n            due: {due}"),
    ):
        found = problems(copy, old, new)
        assert [(one.code, one.warning) for one in found] == [(code, True) for code in codes]


def test_a_missing_baseline_says_when_there_is_a_figure_of_the_same(copy: Path) -> None:
    (one,) = problems(copy, "baseline: 2021-03", "baseline: 2021-04")
    assert (one.code, one.values["near"]) == ("baseline-missing", "2021-03")
    (grouped,) = problems(copy, "group: 15–24\n", "group: 15–24\n            baseline: 2020-05\n")
    assert grouped.values["found"] == "asiakkaat-ika 2020-05 Kuvitteila / 15–24"
    (bare,) = problems(copy, "group: 15–24\n", "baseline: 2020-05\n")
    assert "Lähimmät" not in catalogue("fi").problem(bare)


def test_a_figure_that_cannot_be_read_is_told_once(copy: Path) -> None:
    rows = (copy / ROWS).read_text(encoding="utf-8")
    line = next(line for line in rows.splitlines() if line.startswith("asiakkaat;2021-03;Kuvitteila;;"))
    (copy / ROWS).write_text(rows.replace(line, line.replace(line.split(";")[4], "paljon")), encoding="utf-8")
    home = open_home(copy)
    dataset = read_dataset(home, "kuvitteila", {2020, 2021})
    assert [one.code for one in dataset.problems] == ["number-unreadable"]
    assert problems(copy, "Jonot", "Jonot") == []


# --- how a figure is printed, and a name is spelt ---


def test_a_project_is_spelt_alike_in_salos_plan_and_report(root: Path) -> None:
    salo = root / "data" / "salo"
    found = "".join((salo / file).read_text(encoding="utf-8") for file in ("2023/plan.yaml", "2022/annual.md"))
    spelt = re.findall(r"\bväylä-\w*hank", found, re.IGNORECASE)
    assert len(spelt) > 5
    assert {one[:5] for one in spelt} == {"VÄYLÄ"}


@pytest.mark.parametrize(
    ("value", "upper", "unit", "text"),
    [
        ("1", None, "kertaa/kk", "1 kerta/kk"),
        ("2", None, "kertaa/kk", "2 kertaa/kk"),
        ("0.5", None, "kertaa/pv", "0,5 kertaa/pv"),
        ("1.5", None, "kertaa kuussa", "1,5 kertaa kuussa"),
        ("1", "3", "kertaa/kk", "1–3 kertaa/kk"),
        ("1", None, "henkilöä", "1 henkilö"),
        ("1", None, "tapahtumaa/kk", "1 tapahtuma/kk"),
        ("1", None, "HTV", "1 HTV"),
        ("1", None, "%", "1 %"),
        ("0.55", None, "€/kk", "1 €/kk"),
    ],
)
def test_a_figure_stands_with_its_unit(value: str, upper: str | None, unit: str, text: str) -> None:
    more = Decimal(upper) if upper else None
    o = Observation("x", Period.year(2022), "A", "", Decimal(value), None, upper=more)  # type: ignore[arg-type]
    assert plain(value_text(o, Indicator("x", "X", unit), FI)) == text


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("väh. 1 asiakas", "asiakasta", "vähintään 1 asiakas"),
        ("väh. 1", "tapahtumaa", "vähintään 1 tapahtuma"),
        ("alle 1,5 vk", "viikkoa", "alle 1,5 viikkoa"),
        ("1–2", "viikkoa", "1–2 viikkoa"),
        ("alle 1 uusi asia", "", "alle 1 uusi asia"),
    ],
)
def test_a_target_of_one_is_printed_in_the_singular(text: str, unit: str, shown: str) -> None:
    assert plain(written(parse_target(text), FI, unit)) == shown
