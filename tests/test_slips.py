"""The slips of real plans and reports are each found with their place and wording, and nothing where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.errors import Problem
from reports.messages import LANGUAGES, catalogue
from tests.slip_homes import FOLDER, annual, copied, figures, plan

PLAN = f"{FOLDER}/2022/plan.yaml"
TEXT = f"{FOLDER}/2021/annual.md"
DATES = f"{FOLDER}/2021/dates.csv"

# Where a slip stands, its code, and words of its sentence.
IN_FIGURES = [
    (f"{FOLDER}/2021/sums.yaml:1", "sum-mismatch", "ilmoitettu 27,7, osien summa 27,2"),
    (f"{FOLDER}/2021-11/observations.csv:4", "share-mismatch", "on aineistossa 54 %, mutta luvuista 532 ja 1 000"),
]
IN_TEXT = [
    (f"{DATES}:4", "event-dates", "”Avoimien ovien päivä” ajankohta on tässä 13.9.2021"),
    (f"{TEXT}:9", "unit-twice", "”54 % %”"),
    (f"{TEXT}:18", "word-twice", "”Palautteen palautteen”"),
    (f"{TEXT}:23", "attachment-gap", "numeroa 2 ei ole (numerot: 1, 3, 4)"),
    (f"{TEXT}:27", "abbreviation", "Lyhennettä QWL"),
    (f"{TEXT}:27", "word-twice", "”kyselyn kyselyn”"),
    (f"{TEXT}:28", "attachment-missing", "”liitteessä 5”"),
    (f"{TEXT}:30", "event-dates", f"12.5.2021, mutta kohdassa {DATES}:2:name se on 19.5.2021"),
    (f"{TEXT}:33", "unit-glued", "”42vkoa”. Kirjoita ”42 vkoa”"),
    (f"{TEXT}:33", "terms-confused", "”Ulkomaalaisten” että ”Vieraskielisten”"),
]
IN_PLAN = [
    (f"{FOLDER}/2021-11/observations.csv:4", "share-mismatch", "laskettuna se on 53 %"),
    (f"{PLAN}:8", "scopes-mixed", "Seutukokeilu: Asiakkaiden määrä"),
    (f"{PLAN}:19", "baseline-old", "lähtötieto on vanha: 8/2021"),
    (f"{PLAN}:22", "target-against", "”yli 46 vk”"),
    (f"{PLAN}:24", "unit-glued", "”42vkoa”"),
    (f"{PLAN}:26", "word-twice", "”Työnhakijoiden työnhakijoiden”"),
    (f"{PLAN}:27", "abbreviation", "Lyhennettä UMA"),
    (f"{PLAN}:31", "row-unowned", "Tavoitteen 1 taulukon rivillä 3"),
    (f"{PLAN}:32", "row-number", "on 3, mutta järjestyksessä seuraava on 2"),
    (f"{PLAN}:34", "scope-other", "on alue Tarula, mutta mittarin luvut ovat alueelta Seutukokeilu"),
    (f"{PLAN}:38", "unit-glued", "”151as”. Kirjoita ”151 as”"),
    (f"{PLAN}:41", "goal-number", "on 3, mutta järjestyksessä seuraava on 2"),
    (f"{PLAN}:46", "target-twice", "”>35% %”"),
    (f"{PLAN}:48", "measure-without-data", "Lukuja on alueelta Tarula."),
    (f"{PLAN}:51", "unit-twice", "”35 % %”"),
    (f"{PLAN}:52", "terms-confused", f"({PLAN}:17:24)"),
    (f"{PLAN}:54", "abbreviation", "Lyhennettä TKK"),
    (f"{PLAN}:58", "event-dates", f"6/2022, mutta kohdassa {PLAN}:28:39 se on 5/2022"),
    (f"{PLAN}:59", "attachment-missing", "”liitteessä 1”"),
    (f"{PLAN}:62", "attachment-gap", "numeroa 1 ei ole (numerot: 2, 3)"),
]


def found_in(part: str, name: str, folder: Path) -> list[Problem]:
    home = copied(name, folder)
    dataset, wrong = figures(home)
    return {"figures": lambda: wrong, "text": lambda: annual(home, dataset), "plan": lambda: plan(home, dataset)}[
        part
    ]()


@pytest.mark.parametrize(("part", "wanted"), [("figures", IN_FIGURES), ("text", IN_TEXT), ("plan", IN_PLAN)])
def test_every_slip_is_found_at_its_place_and_in_words(
    part: str, wanted: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    told = [
        (f"{one.place.file}:{one.place.row}", one.code, catalogue("fi").plain(one))
        for one in found_in(part, "slips", tmp_path)
    ]
    told = [(place, code, words.replace("\u00a0", " ")) for place, code, words in told]
    for place, code, words in wanted:
        assert any((place, code) == one[:2] and words in one[2] for one in told), (place, code, words, told)
    dates = [one for one in told if one[0].startswith(DATES)] if part == "plan" else []
    assert len(told) == len(wanted) + len(dates), "something else is told as well"


@pytest.mark.parametrize("part", ["figures", "text", "plan"])
def test_nothing_is_found_where_there_are_no_slips(part: str, tmp_path: Path) -> None:
    assert [f"{one.place} {one.code} {one.values}" for one in found_in(part, "clean", tmp_path)] == []


def test_only_what_is_plainly_wrong_stops_a_report(tmp_path: Path) -> None:
    home = copied("slips", tmp_path)
    dataset, wrong = figures(home)
    everything = [*wrong, *annual(home, dataset), *plan(home, dataset)]
    assert {one.code for one in everything if not one.warning} == {"sum-mismatch", "share-mismatch", "target-twice"}
    assert not any(one.acknowledged for one in everything)


def test_every_finding_has_its_sentence_in_every_language(tmp_path: Path) -> None:
    home = copied("slips", tmp_path)
    dataset, wrong = figures(home)
    for one in [*wrong, *annual(home, dataset), *plan(home, dataset)]:
        said = [catalogue(language).problem(one) for language in LANGUAGES]
        assert all(words.startswith(str(one.place)) and "{" not in words for words in said)
        assert len(set(said)) == len(LANGUAGES)
