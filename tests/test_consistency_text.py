"""Slips in words: what is found in a sentence, where, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.consistency.pieces import BETWEEN, Piece, Whole, prose
from reports.consistency.text import check_texts
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.model import NamedDate
from reports.period import Period
from reports.read.front_matter import text_of

FILE = "data/kuvitteila/2021/annual.md"


def check(*texts: str, language: str = "fi", **more) -> list[Problem]:
    """What is found in texts that stand on rows 1, 11, 21 ... of a file, each a part of its own."""
    pieces = [Piece(text, Place(FILE, 10 * at + 1, 1), f"part {at}") for at, text in enumerate(texts)]
    found = check_texts(pieces, Language(language), **more)
    assert all(one.warning for one in found)
    return found


def told(*texts: str, **more) -> list[tuple[str, str]]:
    """Code and wording of what is found."""
    return [(one.code, one.values["found"]) for one in check(*texts, **more)]


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Seurataan tiimien tiimien lukuja.", "tiimien tiimien"),
        ("Tiimien tiimien luvut", "Tiimien tiimien"),
        ("luvut ovat tiimien\ntiimien tauluissa", "tiimien tiimien"),
        ("luvut ovat **tiimien** tiimien", "tiimien** tiimien"),
        ("työnhakijoiden työnhakijoiden/työttömien määrä", "työnhakijoiden työnhakijoiden"),
    ],
)
def test_a_word_that_stands_twice_is_found(text: str, wording: str) -> None:
    assert told(text) == [("word-twice", wording)]


@pytest.mark.parametrize(
    "text",
    [
        "Työntekijä, joka joka viikko tapaa asiakkaita.",
        "Se on hyvä. Hyvä on sekin.",
        "Väylä- ja Väylä",
        "asiakas asiakas-kyselyssä",
        "TE-toimisto toimisto-oppaineen",
        "- Tiimi\n- Tiimi",
        "Tiimi | Tiimi",
        "luvut 12 12 ja - -",
        "asiakas, asiakas",
        "Tiimi\n\nTiimi",
    ],
)
def test_what_may_stand_twice_is_left_alone(text: str) -> None:
    assert told(text) == []


def test_two_pieces_are_not_one_sentence() -> None:
    assert told("## Talous", "Talous parani.", "Liitteenä talous", "talous") == []


@pytest.mark.parametrize(
    ("text", "code", "wording"),
    [
        ("yli 35% % nuorista", "unit-twice", "35% %"),
        ("yli 35 %% nuorista", "unit-twice", "35 %%"),
        ("35 % prosenttia", "unit-twice", "35 % prosenttia"),
        ("kesto 46 vk viikkoa", "unit-twice", "46 vk viikkoa"),
        ("kulut 1 200 € euroa", "unit-twice", "1 200 € euroa"),
        ("64 kpl kpl", "unit-twice", "64 kpl kpl"),
        ("kesto 42vkoa", "unit-glued", "42vkoa"),
        ("heitä oli 151as.", "unit-glued", "151as"),
        ("käynnit 76hlöä/kk", "unit-glued", "76hlöä/kk"),
        ("kulut 3,39M€ vuodessa", "unit-glued", "3,39M€"),
        ("osuus 36,9% nousi", "unit-glued", "36,9%"),
        ("5–10% asiakkaista", "unit-glued", "10%"),
    ],
)
def test_a_unit_twice_or_glued_is_found_once(text: str, code: str, wording: str) -> None:
    assert told(text) == [(code, wording)]


@pytest.mark.parametrize(
    "text",
    [
        "taulukko 12r5",
        "rappu 2E",
        "yli 35 %:n taso",
        "1a-luokka",
        "TE2024",
        "5 pv kuukaudessa",
        "2 as 42 vk",
        "30 v",
        "3 500 €",
    ],
)
def test_other_numbers_and_units_are_left_alone(text: str) -> None:
    assert told(text) == []


def test_english_sets_no_space_before_a_per_cent_sign() -> None:
    assert told("some 35% of them", language="en") == []
    assert told("some 35% % of them", language="en") == [("unit-twice", "35% %")]


def test_a_fact_brings_its_unit_along() -> None:
    printed = {"osuus": "94,6\u00a0%", "kesto": "42"}
    (twice, glued) = check("Heitä oli {{ osuus }} % kaikista, ja\nhaku kesti {{kesto}}vk.", printed=printed)
    assert (twice.code, twice.place) == ("unit-twice", Place(FILE, 1, 11))
    assert (glued.code, glued.values["better"], glued.place) == ("unit-glued", "42 vk", Place(FILE, 2, 12))
    assert told("Heitä oli {{ osuus }} kaikista, {{ outo }} {{ outo }} % ja 35 {{ outo }} %.", printed=printed) == []


@pytest.mark.parametrize(
    "text",
    [
        "monialainen yhteispalvelu (TYP) alkoi",
        "yhteispalvelu eli TYP alkoi",
        "TYP eli yhteispalvelu alkoi",
        "TYP-toiminta (monialainen yhteispalvelu)",
        "TYP-hanke alkoi",
    ],
)
def test_an_abbreviation_is_explained_in_the_text(text: str) -> None:
    assert told(f"TYPin asiakkaat ohjataan, {text}.") == []


@pytest.mark.parametrize(
    "text", ["TYP alkoi", "TYPin asiakkaat", "TYP:n asiakkaat", "Tiimit (TYP, Ohjaamo)", "TYP (5/2023)"]
)
def test_an_abbreviation_never_explained_is_found_where_it_first_stands(text: str) -> None:
    (found,) = check(f"Asiakkaita ohjataan. {text}", "TYP jatkuu.")
    assert (found.code, found.values["found"], found.place.row) == ("abbreviation", "TYP", 1)


def test_terms_common_ones_numerals_and_shouted_words_need_no_explaining() -> None:
    assert told("TYPin ja UMAN mukaan", terms=("TYP", "UMA")) == []
    assert told("EU-maat, TE-toimisto, TE2024 ja vaihe III") == []
    assert told("TAVOITTEET", "Kuvitteilan VARHA", "Varhan ohjeet") == []
    assert told("[liite](figure:ABC) https://example.org/ABC") == []


def test_populations_that_are_mixed_up_are_found_at_the_second() -> None:
    (found,) = check("Vieraskielisten määrä kasvoi.", "Ulkomaalaisia on vähemmän.")
    assert (found.code, found.place.row, found.values["first"]) == ("terms-confused", 11, f"{FILE}:1:1")
    assert told("Vieraskielisten määrä kasvoi.", "Maahanmuuttajia on vähemmän.") == []


def test_populations_that_are_told_apart_are_left_alone_or_known() -> None:
    texts = ("Vieraskielisten määrä kasvoi.", "Ulkomaalaisia on vähemmän.")
    assert told(*texts, terms=("vieraskieliset", "ulkomaalaiset")) == []
    (half,) = check(*texts, terms=("vieraskieliset",))
    assert not half.acknowledged
    apart = "Nuorten osuus. Vieraskieliset määritellään kielen, ulkomaalaiset kansalaisuuden mukaan."
    (known,) = check(*texts, definitions=("Muu määritelmä.", apart))
    assert (known.code, known.acknowledged) == ("terms-confused-acknowledged", True)
    assert known.values["reason"] == "Vieraskieliset määritellään kielen, ulkomaalaiset kansalaisuuden mukaan."


def test_attachments_that_a_text_numbers_have_no_holes() -> None:
    (found,) = check("- Liite 2 Seuranta\n- Liite 4 Suunnitelma", attachments=1)
    assert (found.code, found.values, found.place.row) == ("attachment-gap", {"found": "3", "have": "1, 2, 4"}, 2)
    assert told("Liite 2 Seuranta", "Liite 3: Suunnitelma", attachments=1) == []


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Luvut ovat liitteessä 3.", "liitteessä 3"),
        ("Luvut (Liite 3) ovat uusia.", "Liite 3"),
        ("Katso liitteet 1, 2 ja 3.", "liitteet 1, 2 ja 3"),
        ("Liite 3 kertoo luvuista.", "Liite 3"),
    ],
)
def test_a_plain_reference_to_no_attachment_is_found(text: str, wording: str) -> None:
    assert told(text, attachments=2) == [("attachment-missing", wording)]
    assert told(text, attachments=3) == []


def test_attachments_of_other_documents_are_left_alone() -> None:
    assert told("Kokeilulain liite 2 ja sopimuksen liitteessä 7 sovitaan. Liitetty 3 kuviota.") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Henkilöstön kehittämispäivä 5/2023", "henkilöstön kehittämispäivä (6/2023)"),
        ("Kehittämispäivä 12.5.2023", "Tiedot ovat tulossa; kehittämispäivän 13.5.2023."),
        ("Kehittämispäivä viimeistään 5/2023", "Kehittämispäivä kesäkuussa 2023"),
        ("Kehittämispäivä 2023-05", "Kehittämispäivä 6/23"),
        ("Kehittämispäivät 13.–14.3.2023", "Kehittämispäivät 15.3.2023"),
        ("Kehittämispäivät 28.2.–3.3.2023", "Kehittämispäivät huhtikuussa\u00a02023"),
    ],
)
def test_two_dates_for_one_event_are_found_at_the_second(first: str, second: str) -> None:
    (found,) = check(first, second)
    assert (found.code, found.place.row, found.values["first"][: len(FILE) + 3]) == ("event-dates", 11, f"{FILE}:1:")


@pytest.mark.parametrize(
    "texts",
    [
        ("Kehittämispäivä 5/2023", "Kehittämispäivä 12.5.2023"),
        ("Kehittämispäivä 5/2023", "Kehittämispäivä 5/2024"),
        ("Kehittämispäivät 5/2023 ja 10/2023", "Kehittämispäivä 10/2023"),
        ("Kehittämispäivä 5/2023\nKehittämispäivä 10/2023", "Kehittämispäivä 10/2023"),
        ("Kehittämispäivä 5/2023", "Arviointipäivä 6/2023"),
        ("Henkilöstön kehittämispäivä 5/2023", "Johdon kehittämispäivä 6/2023"),
        ("Raportti 6/2023", "Raportti 10/2023"),
        ("Kysely tehdään, 5/2023 mennessä", "Haku alkaa, 6/2023 mennessä"),
        ("Toimintasuunnitelma 2022", "Toimintasuunnitelma 2023"),
        ("Kehittämispäivä 24/7", "Kehittämispäivä 9/10"),
        ("Kehittämispäivät 28.2.–3.3.2023", "Kehittämispäivä 1.3.2023"),
        ("Kysely on auki 5/2023–2/2024", "Kysely on auki tammikuussa 2024"),
    ],
)
def test_other_events_and_dates_that_agree_are_left_alone(texts: tuple[str, str]) -> None:
    assert told(*texts) == []


def test_a_named_date_is_compared_with_the_text_and_with_other_named_dates() -> None:
    named = {
        name: NamedDate(name, Period.of(day), Place("dates.csv", row, "name"), note="Avoimien ovien päivä")
        for name, day, row in (("ovet", "2021-09-06", 2), ("ovet-naapuri", "2021-09-13", 3))
    }
    (one,) = check("Avoimien ovien päivä 7.9.2021", dates={"ovet": named["ovet"]})
    assert (one.place.row, one.values["other"], one.values["first"]) == (1, "6.9.2021", "dates.csv:2:name")
    (two,) = check("Ei tapahtumia.", dates=named)
    assert str(two.place) == "dates.csv:3:name"


def test_everything_a_text_says_is_looked_at() -> None:
    source = """---
title: Raportti raportti
key-figures:
  - value: "{{ osuus }} %"
    label: tiimien tiimien
figures:
  ikä:
    chart: shares
    data: asiakkaat 2021
    callout: nuorten nuorten
    note: lähteen lähteen
tables:
  vaiheet:
    columns:
      - Vaihe vaihe
    rows:
      - alku alku
    note: rajaus rajaus
separate:
  - liitteen liitteen luettelo
---
## Luku luku
Ensin kappale.
Rivi rivi.

- kohta kohta
"""
    text = text_of(source.encode(), FILE)
    found = check_texts(prose(text), Language("fi"), printed={"osuus": "5\u00a0%"})
    assert [one.place.row for one in found if one.code == "word-twice"] == [2, 5, 10, 11, 15, 17, 18, 20, 22, 24, 26]
    assert [one.place.row for one in found if one.code == "unit-twice"] == [4]


FACT = st.sampled_from(["{{ a }}", "{{ b | osuus(c) }}", "{{tuntematon}}"])
WORDS = st.text(st.sampled_from("abå %\n1"), max_size=6)
PRINTED = {"a": "2\u00a0608", "b | osuus(c)": "x"}


@given(st.lists(st.lists(st.one_of(WORDS, FACT), max_size=5).map("".join), min_size=1, max_size=4))
def test_every_character_of_the_whole_leads_back_to_its_own_place(texts: list[str]) -> None:
    texts = [text for text in texts if text.strip()]
    whole = Whole([Piece(text, Place(FILE, 100 * at + 1, 1)) for at, text in enumerate(texts)], PRINTED)
    for at, sign in enumerate(whole.text):
        place = whole.place(at)
        lines = texts[place.row // 100].split("\n")[place.row % 100 - 1 :]
        rest = "\n".join(lines)[int(place.column) - 1 :]
        # a fact leads to where it begins, and what lies between two pieces to the end of the first
        assert rest.startswith("{{") or (not rest and sign in BETWEEN) or rest[0] == sign
