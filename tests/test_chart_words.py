"""What charts say in words and tables: the same as the picture, for any label, in both languages."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from figures.chart import Grid
from figures.registry import KINDS, alt_text, data_table
from tests.made_charts import AGES, ALL, MONTHS, ages, chart, euros, series, shares, trend, two_ages, words

NBSP = "\u00a0"


def plain(text: str) -> str:
    """Text with ordinary spaces."""
    return text.replace(NBSP, " ")


def table(grid: Grid) -> list[list[str]]:
    """The words of a table, headings first."""
    return [list(grid.heads), *([plain(text) for text, _ in row] for row in grid.rows)]


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (
            ages(status="Esimerkkiaineisto"),
            (
                "Pylväskaavio: Asiakkaat (henkilöä), ryhmiä 7. Suurin 30–39 (90), pienin alle 20 (12), yhteensä 358. "
                "Korostus: 20–29-vuotiaat: 110. Esimerkkiaineisto."
            ),
        ),
        (
            two_ages(),
            (
                "Pylväskaavio: Asiakkaat (henkilöä), ryhmiä 7. 2021 – suurin 30–39 (90), pienin alle 20 (12), "
                "yhteensä 358. "
                "2020 – suurin 30–39 (84), pienin alle 20 (10). Luku puuttuu: 40–49 (...)."
            ),
        ),
        (
            shares(),
            (
                "Palkkikaavio: Asiakkaat (henkilöä), suurin ensin. Työtön: 150 (75,0 %), Lomautettu: 30 (15,0 %), "
                "Työllistymistä edistävässä palvelussa: 15 (7,5 %), Ammatinvalinta- ja uraohjauksessa: 5 (2,5 %), "
                "yhteensä 200."
            ),
        ),
        (
            trend(),
            (
                "Viivakaavio: Asiakkaat (henkilöä). 2021 – tammikuu (318), joulukuu (243), laskua 75 (23,6 %), "
                "alin lokakuu (212), ylin tammikuu (318). 2020 – tammikuu (249), joulukuu (346), nousua 97 (39,0 %)."
            ),
        ),
        (
            euros(),
            (
                "Palkkikaavio: Talousarvio ja toteuma (€). Palvelujen menot – Talousarvio: 590 000 €, Toteuma: "
                "531 000 €, 59 000 € (10,0 %) vähemmän. Hankkeet – Talousarvio: 40 000 €, Toteuma: 42 000 €, "
                "2 000 € (5,0 %) enemmän."
            ),
        ),
        (
            chart("age-distribution", ("alle 25",), series("", 7)),
            "Pylväskaavio: Asiakkaat (henkilöä), ryhmiä 1. Alle 25: 7.",
        ),
        (
            chart("age-distribution", ("a", "b"), series("", 7, 7)),
            "Pylväskaavio: Asiakkaat (henkilöä), ryhmiä 2. Kaikki yhtä suuria (7), yhteensä 14.",
        ),
        (
            chart("age-distribution", ("a", "b", "c"), series("", 7, 7, 1), title="Otsikko.", unit=""),
            "Pylväskaavio: Otsikko, ryhmiä 3. Suurin a ja b (7), pienin c (1), yhteensä 15.",
        ),
        (
            chart("trend", MONTHS[:3], series("2021", "9.5", "9.5", "9.5"), unit="%", decimals=1),
            "Viivakaavio: Asiakkaat (%). Tammikuu (9,5 %), maaliskuu (9,5 %), ei muutosta.",
        ),
        (
            chart("trend", MONTHS[:2], series("Salo", 9, 11), series("Muu", 11, 12), unit="%"),
            (
                "Viivakaavio: Asiakkaat (%). Salo – tammikuu (9 %), helmikuu (11 %), nousua 2 %-yks., alin "
                "tammikuu (9 %), ylin helmikuu (11 %). Muu – tammikuu (11 %), helmikuu (12 %), nousua 1 %-yks."
            ),
        ),
        (
            chart("euros", ("Tulos",), series("Toteuma", None, marks=("..",)), series("Talousarvio", 10), unit="€"),
            "Palkkikaavio: Asiakkaat (€). Tulos – Talousarvio: 10 €. Luku puuttuu: Tulos (..).",
        ),
    ],
)
def test_alt_texts_say_what_the_picture_says(made, wanted):
    assert plain(alt_text(made)) == wanted


def test_alt_texts_speak_english_too():
    found = plain(alt_text(trend(language="en", title="Jobseekers", unit="persons")))
    assert found.startswith("Line chart: Jobseekers (persons). 2021 – tammikuu (318), joulukuu (243), down 75 (23")


def test_alt_texts_stay_short_and_keep_the_title_the_first_sentence_and_the_status():
    names = [f"Hyvin pitkä ja perusteellinen palvelun nimi numero {n}" for n in range(12)]
    made = chart(
        "euros",
        names,
        series("Toteuma", *range(1, 13)),
        series("Talousarvio", *range(2, 14)),
        unit="€",
        status="Esimerkkiaineisto",
        callout="Kaikki alittui",
    )
    found = alt_text(made)
    assert len(found) < 500
    assert found.startswith("Palkkikaavio: Asiakkaat (€). Hyvin pitkä ja perusteellinen palvelun nimi numero 0 – ")
    assert found.endswith("Korostus: Kaikki alittui. Esimerkkiaineisto.")
    assert len(alt_text(ages(title="Pitkä otsikko " * 60, status="Esimerkkiaineisto"))) < 500


def test_a_distribution_table_ends_with_its_sum():
    grid = data_table(ages())
    assert table(grid)[0] == ["Ikäryhmä", "Mallila (henkilöä)"]
    assert table(grid)[1:] == [
        [name, str(n)] for name, n in zip((*AGES, "Yhteensä"), (12, 48, 62, 90, 71, 55, 20, 358), strict=True)
    ]
    assert grid.totals == 1
    assert grid.rows[0][1][1] == Decimal(12)


def test_an_unknown_number_keeps_its_sign_and_leaves_no_sum():
    grid = data_table(two_ages())
    assert grid.totals == 0
    assert table(grid)[5] == ["40–49", "71", "..."]
    assert grid.rows[4][2][1] is None


def test_tables_of_shares_trend_and_euros():
    assert table(data_table(shares()))[0] == ["Ryhmä", "Mallila (henkilöä)", "Osuus"]
    assert table(data_table(shares()))[1] == ["Työtön", "150", "75,0 %"]
    assert table(data_table(shares()))[-1] == ["Yhteensä", "200", "100,0 %"]
    assert table(data_table(trend()))[:2] == [
        ["Kuukausi", "2021 (henkilöä)", "2020 (henkilöä)"],
        ["tammikuu", "318", "249"],
    ]
    assert table(data_table(euros()))[0] == ["Menoerä", "Toteuma (€)", "Talousarvio (€)", "Ero"]
    assert table(data_table(euros()))[1] == ["Palvelujen menot", "531 000 €", "590 000 €", f"{chr(0x2212)}59 000 €"]
    assert data_table(trend()).totals == data_table(euros()).totals == 0
    assert data_table(shares()).decimals == (None, None, 1)


@pytest.mark.parametrize("made", ALL)
def test_every_row_is_as_long_as_its_head(made):
    grid = data_table(made())
    assert {len(row) for row in grid.rows} == {len(grid.heads)}


@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_fill_the_same_gaps(kind):
    gaps = [
        {
            key: sorted(re.findall(r"{(\w+)}", text))
            for key, text in words(kind, language).items()
            if not key.startswith("axis-")
        }
        for language in ("fi", "en")
    ]
    assert gaps[0] == gaps[1]
