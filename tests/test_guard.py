"""The number guard: what it catches, what it lets through, and what it says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.errors import Place, Problem
from reports.guard import candidates, checked_lines, guard, typed_numbers
from tests.made_text import city, printer

NB = "\u00a0"
NOT_FACTS = ["30-vuotia", "klo 9–12", "21 §", "Vilhonkatu 2", "5"]


def found(line: str, not_facts=(), before: str = "") -> list[str]:
    return [one.text for one in typed_numbers(line, not_facts, before)]


@pytest.mark.parametrize(
    "line",
    [
        "Vuonna 2021 aloitettiin.",
        "Vuosi 1990, vuosi 2050.",
        "Vuonna 2021, jolloin kokeilu alkoi,",
        "(2021)",
        "”2021”",
        "2021",
        "Ohjelma 2021–2023 jatkuu.",
        "Ohjelma 2021-2023, ja 2024–2027.",
        "Lukuvuosi 2020/2021",
        "vuosina 2021 ja 2022; vuodet 2021/2022.",
        "2021:n talousarvio, 2021-luvulla",
        "TE2024-uudistus",
        "COVID-19 ja Covid-19",
        "CO2-päästöt, A4-arkki",
        "Horisontti2020-ohjelma, Agenda-2030",
        "taulukko 12r5",
        "KU734",
        "kolme, viisi ja kymmenen",
        "m² ja €",
        "[kuviossa](figure:ika-15) ja [liite](attachment:sources2)",
        "![Ikä](figure:ika2)",
        "<https://stat.fi/tilasto/2608?id=75>",
        "Lue https://stat.fi/tilasto/2608.",
        "kirjaamo2@salo.fi",
        "## 1. Johdanto",
        "1. ensimmäinen",
        "12) kahdestoista",
        "- 1. sisempi",
    ],
)
def test_years_names_addresses_and_list_marks_may_be_typed(line) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Asiakkaita oli 2608.", ["2608"]),
        (f"Asiakkaita oli 2{NB}608.", [f"2{NB}608"]),
        ("Asiakkaita oli 2 608, ja", ["2 608"]),
        ("Asiakkaita oli 1 234 567", ["1 234 567"]),
        ("osuus 94,6 %", ["94,6 %"]),
        (f"osuus 94,6{NB}%", [f"94,6{NB}%"]),
        ("noin 0,7 M€", ["0,7 M€"]),
        ("42vkoa", ["42"]),
        ("noin2650", ["2650"]),
        ("n.2650", ["2650"]),
        ("Salossa.2608", ["2608"]),
        ("Salossa2608", ["2608"]),
        ("asiakkaita-75", ["75"]),
        ("30-vuotiaat", ["30"]),
        ("vuosi 1989", ["1989"]),
        ("vuosi 2051", ["2051"]),
        ("12021", ["12021"]),
        ("2021,5", ["2021,5"]),
        ("2000 €", ["2000 €"]),
        ("2000€", ["2000€"]),
        ("2021 %", ["2021 %"]),
        ("+2021", ["+2021"]),
        ("alkoi 13.3.2021", ["13.3.2021"]),
        ("ajo 13.–14.3.2021 oli", ["13.–14.3.2021"]),
        ("ajo 13.-14.3.2021 oli", ["13.-14.3.2021"]),
        ("päivä 13.3. oli", ["13.3."]),
        ("kello 10.30?", ["10.30"]),
        ("kello 10:30", ["10:30"]),
        ("(2650)", ["2650"]),
        ("muutos +86", ["+86"]),
        ("muutos −59 000 €", ["−59 000 €"]),
        ("muutos -59", ["-59"]),
        ("osuus 1/2", ["1/2"]),
        ("puolet ½", ["½"]),
        ("3-4 kertaa", ["3", "4"]),
        ("3–4 kertaa", ["3", "4"]),
        ("3/2021", ["3/2021"]),
        ("11/22", ["11/22"]),
        ("2.608 asiakasta", ["2.608"]),
        ("**75**", ["75"]),
        ("*2*608", ["2", "608"]),
        ("| Salo | 2608 |", ["2608"]),
        ("vuonna 2021 750 asiakasta", ["750"]),
        ("vuonna 1989 118 kuntaa", ["1989", "118"]),
        ("25 ja 118", ["25", "118"]),
        ("[75 asiakasta](figure:ika)", ["75"]),
        ("5) ei luettelo vaan lause 3", ["3"]),
    ],
)
def test_any_other_number_is_caught(line, wanted) -> None:
    assert found(line) == wanted


def test_a_paragraph_that_goes_on_with_a_number_is_no_list() -> None:
    assert found("50. Seuraavaksi", before="asiakkaita oli") == ["50"]
    assert found("2. toinen", before="1. ensimmäinen") == []
    assert found("2. toinen", before="") == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("alle 30-vuotiaat ja 30-vuotiaiden", []),
        ("Klo 9–12 ja klo 9–12.", []),
        (f"lain 21{NB}§ ja 21 §:n", []),
        ("Vilhonkatu 2, Salo", []),
        ("Vilhonkatu 24", ["24"]),
        ("klo 9–120", ["9", "120"]),
        ("5 tiimiä", []),
        ("50 tiimiä, 5 000 euroa, 0,5 ja 5,5", ["50", "5 000", "0,5", "5,5"]),
        ("230-vuotiaat", ["230"]),
        ("29-vuotiaat", ["29"]),
    ],
)
def test_not_facts_cover_what_they_say_and_no_more(line, wanted) -> None:
    assert found(line, NOT_FACTS) == wanted


def test_an_empty_phrase_covers_nothing() -> None:
    assert found("75", ["", " "]) == ["75"]


@given(
    st.integers(0, 10**9).filter(lambda one: not 1990 <= one <= 2050),
    st.sampled_from(
        ["Asiakkaita oli {} henkilöä.", "({})", "Salo, {}, Marttila", "**{}**", "| Salo | {} |", "noin{}", "{}%"]
    ),
)
def test_every_typed_number_is_found(number, frame) -> None:
    (typed,) = typed_numbers(frame.format(number))
    assert number in [int(one) for one in typed.readings]


@given(st.integers(1000, 999_999_999), st.sampled_from([" ", NB, "\u202f", "\u2009"]))
def test_thousands_may_be_grouped_by_any_space(number, space) -> None:
    (typed,) = typed_numbers(f"{number:,}".replace(",", space))
    assert typed.readings == (Decimal(number),)


@given(
    st.integers(1990, 2050),
    st.sampled_from(["vuonna {} oli", "({})", "{}, jolloin", "{}.", "{}:", "2020–{}", "{}-luvun"]),
)
def test_every_year_may_be_typed(year, frame) -> None:
    assert found(frame.format(year)) == []


@given(st.text(max_size=60))
def test_no_text_breaks_the_guard(text) -> None:
    for typed in typed_numbers(text, NOT_FACTS):
        assert candidates(typed, {}, city()) is not None


NAMES = {"kaikki": "asiakkaat 2021-03", "kulut": "toteuma 2021", "alku": "päivä palvelun-alku"}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("800 asiakasta", "{{ kaikki }}, asiakkaat 2021-03 Yhteistyöalue"),
        ("120 nuorta", "asiakkaat-ika 2021-03 Kuvitteila / 15–24"),
        ("36,9 %", "aktivointiaste 2021 Yhteistyöalue"),
        ("36.9 %", "aktivointiaste 2021 Yhteistyöalue"),
        ("111.600 €", "{{ kulut }}, toteuma 2021 Yhteistyöalue"),
        ("0,1116 M€", "{{ kulut }}, toteuma 2021 Yhteistyöalue"),
        ("1.3.2021", "{{ alku }}, päivä palvelun-alku"),
        ("13.–14.3.2021", "päivä siirto"),
        ("123456", "-"),
    ],
)
def test_a_typed_number_is_told_with_the_facts_it_could_be(line, wanted) -> None:
    facts = printer(**NAMES)
    (problem,) = guard(f"Niitä oli {line}", "", Place("annual.md", 5), [], facts.named, city())
    assert (problem.code, problem.place) == ("typed-number", Place("annual.md", 5, 11))
    assert problem.values["could"] == wanted


def test_at_most_four_facts_are_offered() -> None:
    facts = printer(**{f"a{number}": "asiakkaat 2021-03" for number in range(9)})
    (problem,) = guard("800", "", Place("annual.md", 5), [], facts.named, city())
    assert problem.values["could"].count("{{") == 4


def test_the_column_is_the_one_in_the_file_whatever_facts_stand_before() -> None:
    facts = printer(**NAMES)
    line = "Heistä {{ kaikki }} ja {{ kulut | milj(2) }} sekä 77"
    problems: list[Problem] = []
    list(checked_lines([line], "annual.md", 9, facts, [], problems, 4))
    assert [(one.place.row, one.place.column) for one in problems] == [(9, 4 + line.index("77"))]
    assert [one.place.column for one in facts.printed] == [4 + line.index("{{ kaikki"), 4 + line.index("{{ kulut")]


APPROXIMATE = {"arvio": "asiakkaat 2021-12", "tarkka": "asiakkaat 2021-03"}


def bare(text: str) -> list[tuple[int, int | str]]:
    facts = printer(**APPROXIMATE)
    problems: list[Problem] = []
    list(checked_lines(text.split("\n"), "annual.md", 1, facts, [], problems))
    assert {one.code for one in problems} <= {"approximate-bare"}
    assert facts.problems == []
    return [(one.place.row, one.place.column) for one in problems]


@pytest.mark.parametrize(
    "text",
    [
        "oli noin {{ arvio }} asiakasta",
        "Noin {{ arvio }} asiakasta",
        f"noin{NB}{{{{ arvio }}}}",
        "(noin {{ arvio }})",
        "oli *noin* {{ arvio }}",
        "oli noin **{{ arvio }}**",
        "oli noin\n{{ arvio }} asiakasta",
        "oli lähes {{ arvio }}, yli {{ arvio }} ja vajaa {{ arvio }}",
        "noin {{ tarkka }}–{{ arvio }} asiakasta",
        "| Salo | noin {{ arvio }} |",
        "{{ tarkka }} asiakasta",
        "{{ arvio | kuussa }} {{ arvio | vuosi }}",
        "noin {{ arvio | osuus(tarkka) }}",
    ],
)
def test_an_approximate_fact_after_its_word_is_fine(text) -> None:
    assert bare(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("oli {{ arvio }} asiakasta", [(1, 5)]),
        ("{{ arvio }}", [(1, 1)]),
        ("noin puolet {{ arvio }}", [(1, 13)]),
        ("noin\n\n{{ arvio }}", [(3, 1)]),
        ("| noin | {{ arvio }} |", [(1, 10)]),
        ("noin {{ arvio }} ja {{ arvio }}", [(1, 21)]),
        ("osuus {{ arvio | osuus(tarkka) }}", [(1, 7)]),
        ("ero {{ tarkka | ero(arvio) }}", [(1, 5)]),
    ],
)
def test_an_approximate_fact_without_its_word_is_a_problem(text, wanted) -> None:
    assert bare(text) == wanted
