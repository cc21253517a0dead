"""A document that a person edited is never overwritten: the new one lies beside it, and everybody is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.trips import OUT, REPORT, City, built_city, new_city

TEXT = "data/kuvitteila/2021/annual.md"
NAMES = ["annual.docx", "annual.html", "annual.pdf", "manifest.json"]
EDIT = b"what a person wrote"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def reword(city: City, word: str = "sujui") -> None:
    """Make the documents stale."""
    city.change(TEXT, "Ensimmäinen vuosi ", f"Ensimmäinen vuosi {word} ja ")


def test_a_document_changed_by_hand_is_left_and_the_new_one_lies_beside(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    assert "annual.docx: muutettu käsin" in city.run("status").out
    reword(city)
    said = city.run(*REPORT)
    assert said.code == 0
    assert "annual.uusi.docx" in said.out
    assert "tiedostoa annual.docx on muutettu käsin, joten uusi on sen vieressä" in said.out
    found = city.documents()
    assert found["annual.docx"] == EDIT
    assert b"sujui" in document_xml(city.out / "annual.uusi.docx")
    assert b"sujui" in found["annual.html"]
    assert sorted(found) == sorted([*NAMES, "annual.uusi.docx"])
    assert "annual.docx: muutettu käsin" in city.run("status").out


def document_xml(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml")


def test_an_edit_without_any_change_in_the_data_lies_beside_too(city: City) -> None:
    built = city.documents()["annual.docx"]
    (city.out / "annual.docx").write_bytes(EDIT)
    assert city.run(*REPORT).code == 0
    assert city.documents()["annual.uusi.docx"] == built
    assert city.documents()["annual.docx"] == EDIT


def test_with_an_edited_document_a_second_run_makes_nothing(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    before = {path.name: path.stat().st_mtime_ns for path in city.out.iterdir()}
    said = city.run(*REPORT)
    assert said.code == 0
    assert "annual.uusi.docx" in said.out
    assert {path.name: path.stat().st_mtime_ns for path in city.out.iterdir()} == before


def test_the_one_beside_is_made_anew_after_further_changes(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    reword(city, "sujui")
    city.run(*REPORT)
    reword(city, "meni")
    said = city.run(*REPORT)
    assert "annual.uusi.docx" in said.out
    assert b"meni" in document_xml(city.out / "annual.uusi.docx")
    assert sorted(city.documents()) == sorted([*NAMES, "annual.uusi.docx"])


def test_when_the_one_beside_is_edited_too_a_third_is_made(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    (city.out / "annual.uusi.docx").write_bytes(EDIT + b" twice")
    for word in ("sujui", "meni"):
        reword(city, word)
        assert "annual.uusi2.docx" in city.run(*REPORT).out
    found = city.documents()
    assert (found["annual.docx"], found["annual.uusi.docx"]) == (EDIT, EDIT + b" twice")
    assert b"meni" in document_xml(city.out / "annual.uusi2.docx")
    assert sorted(found) == sorted([*NAMES, "annual.uusi.docx", "annual.uusi2.docx"])


def test_a_person_who_takes_the_new_one_over_is_back_to_normal(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    reword(city)
    city.run(*REPORT)
    (city.out / "annual.uusi.docx").replace(city.out / "annual.docx")
    assert "annual.docx: ajan tasalla" in city.run("status").out
    assert city.run(*REPORT).out.count("ajan tasalla") == 3
    reword(city, "meni")
    city.run(*REPORT)
    assert sorted(city.documents()) == NAMES
    assert b"meni" in document_xml(city.out / "annual.docx")


def test_a_person_who_throws_the_edited_one_away_gets_a_new_one_in_its_place(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    (city.out / "annual.docx").unlink()
    assert city.run(*REPORT).code == 0
    assert b"Ensimm" in document_xml(city.out / "annual.docx")
    assert "annual.docx: ajan tasalla" in city.run("status").out


def test_a_person_who_takes_an_edit_back_gets_the_new_text(city: City) -> None:
    built = city.documents()["annual.docx"]
    (city.out / "annual.docx").write_bytes(EDIT)
    reword(city)
    city.run(*REPORT)
    (city.out / "annual.docx").write_bytes(built)
    assert "annual.docx: vanhentunut" in city.run("status").out
    assert city.run(*REPORT).code == 0
    assert b"sujui" in document_xml(city.out / "annual.docx")


def test_a_file_of_the_same_name_that_is_not_ours_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = new_city(tmp_path / "home", capsys)
    city.write(f"{OUT}/annual.html", "someone's page")
    said = city.run(*REPORT, "--format", "html")
    assert said.code == 0
    assert "annual.uusi.html" in said.out
    assert city.documents()["annual.html"] == b"someone's page"
    (city.out / "annual.html").unlink()
    city.run(*REPORT, "--format", "html")
    assert b"Ensimm" in city.documents()["annual.html"]


def test_it_is_said_in_english_too(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    said = city.run(*REPORT, "--lang", "en")
    assert "annual.uusi.docx" in said.out
    assert "by hand" in said.out
    assert "annual.docx: edited by hand" in city.run("status", "--lang", "en").out
