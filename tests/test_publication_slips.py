"""Slips of real publications and slides, put into made-up texts: each is found where it is, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.consistency.pieces import Piece
from reports.consistency.text import check_texts
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.prepare import prepare
from tests.made_publication import TEXT, publication

FILE = "data/kuvitteila/2012-2015/publication.md"
ALIASES = {"Keksilän seudun palvelut": ("Keksilän kaupungin palvelut",), "HAKE": ("HAKE-hanke",)}


def found(*texts: str, language: str = "fi") -> list[tuple[str, int]]:
    """Code and row of what is found in paragraphs that stand on rows 1, 11, 21 ..."""
    pieces = [Piece(text, Place(FILE, 10 * at + 1, 1), f"part {at}") for at, text in enumerate(texts)]
    problems = check_texts(pieces, Language(language), aliases=ALIASES)
    assert all(one.warning and Language(language).catalogue.problem(one) for one in problems)
    return [(one.code, one.place.row) for one in problems]


# Two dates of one event, in the text and under a picture


def test_a_caption_with_another_date_than_the_text_is_found() -> None:
    text = "Bonuksia jaettiin ensimmäisen kerran 17.6.2014:"
    assert found(text, "![Bonuksia jaettiin 10.6.2014 Kelan talolla](picture:bonus)") == [("event-dates", 11)]


@pytest.mark.parametrize(
    "caption",
    [
        "![Bonuksia jaettiin 17.6.2014 Kelan talolla](picture:bonus)",  # the same day
        "![Bonuksia jaettiin 10.6.2015 Kelan talolla](picture:bonus)",  # another year
        "![Letkajenkka tanssittiin 10.6.2014 torilla](picture:tanssi)",  # another event
        "![Bonuksia jaettiin Kelan talolla](picture:bonus)",
    ],
)
def test_a_caption_that_agrees_is_left_alone(caption: str) -> None:
    assert found("Bonuksia jaettiin ensimmäisen kerran 17.6.2014:", caption) == []


# A contents list that somebody typed

HEADINGS = ("## Keinoja", "### Seurantatutkimus", "## Yhteistyö tavoiteltavaksi työotteeksi", "Teksti.")


def listed(*lines: str) -> list[tuple[str, int]]:
    """What is found where these lines stand under the heading of a contents list."""
    return found("## Sisällysluettelo", "\n".join(lines), *HEADINGS)


def test_a_contents_list_like_the_headings_is_left_alone() -> None:
    assert listed("- Keinoja", "  - Seurantatutkimus", "- Yhteistyö tavoiteltavaksi työotteeksi") == []


def test_an_entry_on_another_level_than_its_heading_is_found() -> None:
    assert listed("- Keinoja", "- **Seurantatutkimus** ..... ") == [("publication-contents-level", 12)]


def test_an_entry_in_other_words_than_its_heading_is_found() -> None:
    assert listed("- Keinoja", "- Yhteistyö tavoiteltavaksi työtoteeksi") == [("publication-contents-words", 12)]


def test_a_list_under_another_heading_is_no_contents_list() -> None:
    assert found("## Linkit", "- Seurantatutkimus\n- Muuta", *HEADINGS) == []


# Two names of one


def test_two_names_of_one_project_are_found() -> None:
    texts = ("Keksilän seudun palvelut sai bonuksen.", "Myös Keksilän kaupungin palvelut kehittyi.")
    assert found(*texts) == [("publication-alias", 11)]
    assert found(*reversed(texts)) == [("publication-alias", 11)]


@pytest.mark.parametrize("text", ["HAKE alkoi. HAKE päättyi.", "HAKE-hanke alkoi. Hake-hanke päättyi.", "Hakemus"])
def test_one_name_is_left_alone(text: str) -> None:
    assert [code for code, _ in found(text) if code == "publication-alias"] == []


def test_a_name_within_its_alias_is_told_apart() -> None:
    assert ("publication-alias", 11) in found("HAKE alkoi (hanke).", "HAKE-hanke päättyi.")


# Pull quotes


def test_a_pull_quote_that_the_text_does_not_say_is_found() -> None:
    text = "Luottamus **kantoi** pitkissäkin\nprosesseissa."
    assert found(text, "::: quote\nLuottamus kantoi pitkissäkin prosesseissa.\n:::") == []
    assert found(text, "::: quote\nLuottamus kesti pitkissäkin prosesseissa.\n:::") == [("publication-quote", 11)]


# Groups to compare with, on slides


def test_two_groups_to_compare_with_are_found() -> None:
    slides = ("Verrataan C30-kuntien tasoon.", "Vertailuryhmäksi joko C21 tai C30.")
    assert found(*slides) == [("terms-confused", 11)]
    assert found(slides[0], "Taso on C30-kuntia korkeampi.") == []
    assert found("Compared with C30.", "Either C21 or C30.", language="en") == [("terms-confused", 11)]


# The sample with its slips put back


def slipped(folder: Path, *changes: tuple[str, str]) -> list[Problem]:
    """What is found in the sample after some changes to its text."""
    order = publication(folder)
    path = folder / TEXT
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return list(prepare(order).problems)


def test_the_sample_has_no_slips(tmp_path: Path) -> None:
    assert slipped(tmp_path) == []


def test_the_slips_of_its_source_are_found_when_they_are_put_back(tmp_path: Path) -> None:
    problems = slipped(
        tmp_path,
        ("Kaksi jakoa olivat", "Bonuksia jaettiin {{ jako1 }}. Kaksi jakoa olivat"),
        (
            "![Palkittuja hankkeita juhlittiin Kela-talolla. Lähteen",
            "![Bonuksia jaettiin {{ kela_talo }} Kela-talolla. Lähteen",
        ),
        ("## Lähtökohta\n", "## Sisällys\n\n- Lukijalle\n- Kohderyhmä\n- Yhteistyöstä tuli työtote\n\n## Lähtökohta\n"),
        ("merkitty lähteeseen kaupungin nimellä", "nimeltään Oulun kaupungin työllisyyspalvelut"),
        ("Kun sairaus on vaikea tunnistaa, yhdessä selvitetään enemmän kuin yksin. Kohti", "Kohti"),
    )
    assert {one.code for one in problems} == {
        "event-dates",
        "publication-contents-level",
        "publication-contents-words",
        "publication-alias",
        "publication-quote",
    }
