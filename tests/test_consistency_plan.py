"""What is missing or at odds in a plan is a warning; where the data gives the reason, a known one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.errors import Problem
from reports.home import Home
from reports.messages import LANGUAGES, catalogue
from tests.slip_homes import FOLDER, copied, figures, plan

PLAN = f"{FOLDER}/2022/plan.yaml"
AREA = f"{FOLDER}/area.yaml"
INDICATORS = f"{FOLDER}/indicators.yaml"
NOVEMBER = f"{FOLDER}/2021-11/observations.csv"
DURATION = "          - indicator: haun-kesto\n            area: Keksilä\n"
NOTE = "            note: Kesto vuonna 2020 oli 42 vk.\n"
STAFF = "        responsible:\n          - TYP\n"
SECOND = "      - title: Kesto\n        number: 2\n"


@pytest.fixture
def clean(tmp_path: Path) -> Home:
    return copied("clean", tmp_path)


def change(home: Home, file: str, old: str, new: str) -> None:
    path = home.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(home: Home) -> list[Problem]:
    """What is wrong with the plan; every finding can be told in every language."""
    dataset, wrong = figures(home)
    problems = [*(one for one in wrong if one.code != "share-mismatch"), *plan(home, dataset)]
    assert all(catalogue(language).problem(one) for one in problems for language in LANGUAGES)
    return problems


def only(home: Home) -> Problem:
    """The one thing that is wrong with the plan."""
    (problem,) = found(home)
    return problem


def codes(home: Home) -> list[str]:
    return [one.code for one in found(home)]


# Who is responsible


def test_a_row_without_a_responsible_is_a_warning(clean: Home) -> None:
    change(clean, PLAN, STAFF, "")
    one = only(clean)
    assert (one.code, one.warning, one.acknowledged) == ("row-unowned", True, False)
    assert (one.values, one.place.file) == ({"goal": "1", "row": "3"}, PLAN)


def test_the_reason_why_nobody_is_responsible_makes_it_known(clean: Home) -> None:
    change(clean, PLAN, STAFF, "        acknowledged: Vastuusta päätetään keväällä\n")
    one = only(clean)
    assert (one.code, one.warning, one.acknowledged) == ("row-unowned-acknowledged", True, True)
    assert catalogue("fi").plain(one).endswith("rivillä 3 ei ole vastuutahoa. Vastuusta päätetään keväällä.")


# Figures to compare with


def test_a_target_without_any_figure_is_a_warning_that_tells_where_there_is_one(clean: Home) -> None:
    change(clean, PLAN, "target: alle 46 vk\n            baseline: 11/2021", "target: alle 46 vk")
    assert codes(clean) == []
    change(clean, PLAN, DURATION, "          - indicator: haun-kesto\n")
    one = only(clean)
    assert (one.code, one.values["target"], one.values["near"]) == ("measure-without-data", "alle 46 vk", "Keksilä")
    change(clean, NOVEMBER, "haun-kesto;2021-11;Keksilä;;42;example;;\n", "")
    assert "Lukuja on" not in catalogue("fi").plain(only(clean))
    change(clean, PLAN, "            target: alle 46 vk\n", "")
    assert codes(clean) == []


def test_an_unknown_figure_with_a_note_gives_the_reason(clean: Home) -> None:
    change(clean, NOVEMBER, "haun-kesto;2021-11;Keksilä;;42;example;;", "haun-kesto;2021-11;Keksilä;;..;example;;")
    assert codes(clean) == ["measure-without-data"]
    change(clean, NOVEMBER, ";..;example;;", ";..;example;;Ei ole mitattu")
    one = only(clean)
    assert (one.code, one.values["reason"]) == ("measure-without-data-acknowledged", "Ei ole mitattu.")


def test_a_baseline_may_be_as_old_as_area_yaml_allows(clean: Home) -> None:
    change(clean, AREA, "baseline-months: 3", "baseline-months: 2")
    one = only(clean)
    assert (one.code, one.values["months"], one.values["most"]) == ("baseline-old", "3", "2")
    assert (one.place.file, one.values["when"]) == (PLAN, "9/2021")
    change(clean, AREA, "baseline-months: 2", "baseline-months: 1")
    assert codes(clean) == ["baseline-old"], "the others are of November"
    change(clean, AREA, "baseline-months: 1", "baseline-months: 0")
    assert codes(clean).count("baseline-old") > 3


def test_of_several_baselines_the_newest_counts(clean: Home) -> None:
    change(
        clean,
        PLAN,
        "            baseline: 9/2021",
        "            baseline:\n              - 9/2021\n              - 11/2021",
    )
    change(clean, NOVEMBER, "asiakkaat;2021-11", "vieraskieliset;2021-11;;;141;example;;\nasiakkaat;2021-11")
    change(clean, AREA, "baseline-months: 3", "baseline-months: 1")
    assert codes(clean) == []


def test_an_unknown_newer_figure_with_a_note_tells_why_a_baseline_is_old(clean: Home) -> None:
    change(clean, AREA, "baseline-months: 3", "baseline-months: 2")
    change(
        clean,
        NOVEMBER,
        "asiakkaat;2021-11",
        "vieraskieliset;2021-11;;;..;example;;Rekisteri oli kiinni\nasiakkaat;2021-11",
    )
    one = only(clean)
    assert (one.code, one.values["reason"]) == ("baseline-old-acknowledged", "Rekisteri oli kiinni.")


# Areas


def test_a_row_with_figures_of_different_areas_is_a_warning(clean: Home) -> None:
    change(
        clean,
        PLAN,
        "          - indicator: vieraskieliset",
        f"{DURATION}            target: alle 46 vk\n          - indicator: vieraskieliset",
    )
    change(
        clean,
        PLAN,
        f"{DURATION}            target: alle 46 vk\n            baseline: 11/2021\n{NOTE}",
        "          - text: Sujuva haku\n",
    )
    one = only(clean)
    assert (one.code, one.values["goal"], one.values["row"]) == ("scopes-mixed", "1", "1")
    assert one.values["found"].endswith("Keksilä: Työnhaun kesto")
    change(
        clean,
        PLAN,
        "        number: 1\n        measures:",
        "        number: 1\n        note: Luvut ovat ennakollisia.\n        measures:",
    )
    assert codes(clean) == ["scopes-mixed"], "a note about something else is no reason"
    change(clean, PLAN, "Luvut ovat ennakollisia.", "Kesto tiedetään vain Keksilästä.")
    known = only(clean)
    assert (known.code, known.values["reason"]) == ("scopes-mixed-acknowledged", "Kesto tiedetään vain Keksilästä.")


def test_a_name_that_speaks_of_another_municipality_is_a_warning(clean: Home) -> None:
    change(
        clean,
        PLAN,
        "          - indicator: yhteispalvelu\n            area: Tarula\n",
        "          - indicator: yhteispalvelu\n            area: Keksilä\n",
    )
    change(clean, NOVEMBER, "yhteispalvelu;2021-11;Tarula", "yhteispalvelu;2021-11;Keksilä")
    one = only(clean)
    assert (one.code, one.values["found"], one.values["area"]) == ("scope-other", "Tarula", "Keksilä")
    change(clean, PLAN, "            target: 180\n", "            target: 180\n            note: Luku on Keksilästä.\n")
    assert codes(clean) == ["scope-other-acknowledged"]


def test_a_joint_area_in_a_name_says_nothing_of_whose_figures_they_are(clean: Home) -> None:
    change(clean, PLAN, DURATION, f"{DURATION}            name: Seutukokeilun työnhaun kesto\n")
    assert codes(clean) == []


# Targets and numbers


@pytest.mark.parametrize("target", ["yli 46 vk", "vähintään 46 vk", "kasvaa"])
def test_a_target_against_the_direction_of_its_indicator_is_a_warning(clean: Home, target: str) -> None:
    change(clean, PLAN, "target: alle 46 vk", f"target: {target}")
    one = only(clean)
    assert (one.code, one.values["target"], one.values["better"]) == ("target-against", target, "lower")
    change(
        clean,
        INDICATORS,
        "  name: Työnhaun kesto\n  unit: viikkoa\n  better: lower",
        "  name: Työnhaun kesto\n  unit: viikkoa\n  better: neither",
    )
    assert codes(clean) == []


@pytest.mark.parametrize("target", ["46 vk", "enintään 46 vk", "lyhenee", "40–46 vk"])
def test_a_target_along_the_direction_is_left_alone(clean: Home, target: str) -> None:
    change(clean, PLAN, "target: alle 46 vk", f"target: {target}")
    assert codes(clean) == []


@pytest.mark.parametrize(
    ("number", "told"),
    [("3", ("row-number", "3", "2")), ("1", ("row-number", "1", "2")), ("1.3", ("row-number", "1.3", "2"))],
)
def test_a_hole_in_the_numbers_of_rows_is_told_where_it_is(
    clean: Home, number: str, told: tuple[str, str, str]
) -> None:
    change(clean, PLAN, SECOND, SECOND.replace("2", number))
    one = found(clean)[0]
    assert (one.code, one.values["found"], one.values["wanted"]) == told
    assert (clean.root / PLAN).read_text(encoding="utf-8").split("\n")[one.place.row - 1].strip() == f"number: {number}"


@pytest.mark.parametrize("number", ["2.", "1.2", "b", ""])
def test_numbers_that_run_on_are_left_alone(clean: Home, number: str) -> None:
    change(clean, PLAN, SECOND, SECOND.replace("2", number) if number else SECOND.split("\n", 1)[0] + "\n")
    assert codes(clean) == []


def test_a_hole_in_the_numbers_of_goals_is_told_once(clean: Home) -> None:
    change(clean, PLAN, "    number: 2\n    rows:", "    number: 4\n    rows:")
    one = only(clean)
    assert (one.code, one.values) == ("goal-number", {"found": "4", "wanted": "2"})


def test_a_plan_whose_names_stand_for_nothing_is_still_looked_through(clean: Home) -> None:
    change(clean, PLAN, "indicator: haun-kesto", "indicator: haunkesto")
    change(clean, PLAN, STAFF, "")
    assert {"indicator-unknown", "row-unowned"} <= set(codes(clean))


def test_the_words_of_the_calendar_are_looked_at_too(clean: Home) -> None:
    change(clean, AREA, "what: Tavoitteiden eteneminen", "what: Tavoitteiden tavoitteiden eteneminen")
    one = only(clean)
    assert (one.code, str(one.place)) == ("word-twice", AREA)
