"""The management summary: one page of goals, money, people and decisions, then the text for the board's agenda."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reports.family.pages import pages_of
from tests.trips import ROOT, City
from tests.word_file import WordFile

SUMMARY = "data/salo/2022-11/summary.md"
AGENDA = "data/salo/2022-11/agenda.md"
OUT = "out/salo/2022-11"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "data" / "salo", tmp_path / "home" / "data" / "salo")
    shutil.copytree(ROOT / "data" / "statistics", tmp_path / "home" / "data" / "statistics")
    return City(tmp_path / "home", capsys)


def lines(city: City) -> list[str]:
    said = city.run("report", "summary", "2022-11", "--format", "docx")
    assert said.code == 0, said.all
    found = WordFile((city.folder / OUT / "summary.docx").read_bytes()).lines
    return [line.replace("\u00a0", " ") for line in found]


def test_one_page_for_the_managers_and_one_for_the_board(city: City) -> None:
    assert city.run("report", "summary", "2022-11", "--format", "pdf").code == 0
    path = city.folder / OUT / "summary.pdf"
    assert pages_of(path.read_bytes()) == 2
    if not (program := shutil.which("pdftotext")):
        pytest.skip("pdftotext is not installed")
    first, second, *_ = subprocess.run([program, path, "-"], capture_output=True, text=True, check=True).stdout.split(
        "\f"
    )
    for words in ("Suunnitelman tavoitteet", "Talous", "Päätettävät asiat"):
        assert words in first
        assert words not in second
    assert "Esittelyteksti" in second


def test_goals_money_people_and_three_things_to_decide(city: City) -> None:
    found = lines(city)
    head = found.index("1. Palveluprosessit tehostuvat ja työnhakijat työllistyvät")
    assert found[head + 1 :][:5] == ["4", "2", "4", "0", "10"]
    care = next(one for one in found if one.startswith("Huomiota vaativat: "))
    assert "Salon TYP:n asiakkaat; " in care
    assert found[found.index("Talousarvio") + 1 :][:2] == ["590 000 €", "600 000 €"]
    people = next(one for one in found if one.startswith("2 095"))
    assert "Työttömät työnhakijat, Salo" in people
    head = found.index("Päätettävät asiat")
    assert len(found[head + 1 : found.index("Kaupunginhallituksen esityslistalle")]) == 3


def test_example_figures_are_told_to_be_examples(city: City) -> None:
    found = lines(city)
    assert "2022, esimerkki" in found
    assert any(one.startswith("Asiakirjassa on esimerkkiaineistoa") for one in found)


def test_the_proposal_is_a_slot_for_a_person(city: City) -> None:
    assert "Puuttuu: Päätösehdotus" in lines(city)
    assert city.run("report", "summary", "2022-11", "--format", "docx", "--strict").code == 1
    city.change(AGENDA, "    text:\n", "    text: Kaupunginhallitus merkitsee katsauksen tiedoksi.\n")
    assert "Kaupunginhallitus merkitsee katsauksen tiedoksi." in lines(city)
    assert city.run("report", "summary", "2022-11", "--format", "docx", "--strict").code == 0


def test_a_text_too_long_for_its_page_is_told(city: City) -> None:
    city.change(AGENDA, "    text:\n", "    text: Kaupunginhallitus merkitsee katsauksen tiedoksi.\n")
    city.change(SUMMARY, "## Päätettävät asiat\n", "## Päätettävät asiat\n" + "Asiaa on paljon.\n\n" * 30)
    for code, more in ((0, ()), (1, ("--strict",))):  # told again where nothing is to be made
        said = city.run("report", "summary", "2022-11", "--format", "pdf", *more, "--lang", "fi")
        assert (said.code, f"{SUMMARY}: Asiakirjassa on 3 sivua" in said.err) == (code, True), said.all
    (city.folder / AGENDA).unlink()
    assert "2 sivua" in city.run("report", "summary", "2022-11", "--format", "pdf", "--lang", "fi").err


def test_the_agenda_may_be_left_out(city: City) -> None:
    (city.folder / AGENDA).unlink()
    assert lines(city)[-1].startswith("Nimetään vastuutaho")


def test_without_its_text_there_is_none(city: City) -> None:
    (city.folder / SUMMARY).unlink()
    said = city.run("report", "summary", "2022-11")
    assert said.code == 2
    assert "summary.md" in said.err
