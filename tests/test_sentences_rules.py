"""Sentences by example: marks and statuses, what comes first, breaks, words and places that are lacking, Swedish."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.finnish import Language
from reports.messages import DOCUMENT_LANGUAGES
from reports.model import Indicator
from reports.naming import Called
from reports.period import Period
from reports.sentences import sentences
from tests.made_sentences import ABOUT_ONE, AT, FIGURES, INDICATORS, subject
from tests.second_reader import back, faults

FI, EN, SV = map(Language, DOCUMENT_LANGUAGES)
MONTHS = [back(AT, number) for number in range(36)]


def test_a_hidden_figure_is_called_so_and_nothing_more() -> None:
    of = subject("jobs", "Luulola", {"2022-11": "...", "2022-10": "12", "2021-11": "11"})
    said = sentences.level(of, AT, FI)
    assert said
    assert said.text == "Avoimien työpaikkojen määrä Luulolassa marraskuun 2022 lopussa on salattu tietosuojan vuoksi."
    made = [make(of, AT, FI) for name, make in ABOUT_ONE.items() if "change" in name or "highest" in name]
    assert made
    assert not any(made)


def test_a_number_that_is_marked_hidden_is_not_told() -> None:
    of = subject("jobs", "Luulola", FIGURES)
    marked = of._replace(figures={month: fact._replace(mark="...") for month, fact in of.figures.items()})
    assert not any(
        set("0123456789") & set(said.text.replace("2022", ""))
        for make in ABOUT_ONE.values()
        if (said := make(marked, AT, FI))
    )


@pytest.mark.parametrize(("mark", "says"), [("..", "ei ole saatavilla"), (".", ""), ("-", "ei ollut yhtään")])
def test_each_mark_is_told_by_itself(mark: str, says: str) -> None:
    said = sentences.level(subject("jobs", "Luulola", {"2022-11": mark}), AT, FI)
    assert (says in said.text) if said else says == ""


@pytest.mark.parametrize(("letter", "word"), [("e", "(esimerkki)"), ("p", "(ennakollinen)"), ("r", "(tarkistettu)")])
def test_a_figure_that_is_not_final_says_so(letter: str, word: str) -> None:
    of = subject("people", "Luulola", {**FIGURES, "2022-11": f"2095 @{letter}"})
    for name, make in ABOUT_ONE.items():
        said = make(of, AT, FI)
        told = letter != "r" or name in ("level", "summary", "summary, brief")
        assert said is None or (word in said.text) is told, said.text
    old = subject("people", "Luulola", {**FIGURES, "2021-11": f"2141 @{letter}"})
    said = sentences.year_change(old, AT, FI)
    assert said
    assert (word in said.text) is (letter != "r")


def test_a_status_that_all_share_is_said_once() -> None:
    of = subject("people", "Luulola", {month: f"{text} @p" for month, text in FIGURES.items()})
    said = sentences.lead([of], AT, FI)
    assert [one.kind for one in said] == ["level", "changes", "status"]
    assert not any("ennakollinen" in one.text for one in said)
    final = subject("jobs", "Luulola", {"2022-11": "298"})
    mixed = sentences.lead([of, final], AT, FI)
    assert ["(ennakollinen)" in one.text for one in mixed] == [True, True, False]


def test_what_is_seasonal_is_compared_with_last_year_first() -> None:
    for name, first in (("people", "vuotta"), ("trials", "kuukautta")):
        said = sentences.changes(subject(name, "Luulola", FIGURES), AT, FI)
        assert said
        parts = {word: said.text.index(f"{word} aiemmin") for word in ("vuotta", "kuukautta")}
        assert min(parts, key=lambda word: parts[word]) == first


def test_a_change_from_last_month_is_no_headline_of_what_is_seasonal() -> None:
    figures = {"2022-11": "2095", "2022-10": "1030"}
    seasonal, other = (sentences.headline([subject(name, "Luulola", figures)], AT, FI) for name in ("people", "trials"))
    assert seasonal
    assert other
    assert "edellisestä kuukaudesta" not in seasonal.text
    assert "edellisestä kuukaudesta" in other.text


def test_the_main_fact_comes_from_the_first_subject_unless_it_hardly_moves() -> None:
    first = subject("people", "Luulola", {"2022-11": "2000", "2021-11": "2100"})
    still = subject("people", "Luulola", {"2022-11": "2099", "2021-11": "2100"})
    other = subject("jobs", "Luulola", {"2022-11": "298", "2021-11": "712"})
    titles = [sentences.headline(each, AT, FI) for each in ([first, other], [still, other], [still])]
    assert [bool(title and "työpaikkojen" in title.text) for title in titles] == [False, True, False]


def test_a_record_of_two_years_is_the_headline() -> None:
    figures = {str(month): str(3000 - number) for number, month in enumerate(MONTHS)} | {"2022-11": "1996"}
    title = sentences.headline([subject("people", "Luulola", figures)], AT, FI)
    assert title
    assert title.text == (
        "Työttömien työnhakijoiden määrä oli Luulolassa marraskuussa pienin ainakin joulukuusta 2019 lähtien"
    )


NOTE = "Palvelumalli uudistui 2.5.2022, joten luvut eivät ole vertailukelpoisia sitä edeltäviin."


def test_a_sentence_that_spans_a_break_carries_its_note() -> None:
    of = subject("people", "Luulola", FIGURES, {"2022-05-02": NOTE})
    year, month = (make(of, AT, FI) for make in (sentences.year_change, sentences.month_change))
    assert year
    assert month
    assert (year.note, month.note) == (NOTE, "")
    assert year.text.endswith(f"aiemmin. {NOTE}")
    assert faults(year, of, AT, "fi") == []
    said = sentences.lead([of, subject("jobs", "Luulola", FIGURES, {"2022-05-02": NOTE})], AT, FI)
    assert " ".join(one.text for one in said).count(NOTE) == 1


def test_a_subject_without_words_does_not_take_the_time_and_place_with_it() -> None:
    wordless = subject("people", "Luulola", FIGURES)._replace(indicator=Indicator("people", "P", "henkilöä"))
    said = sentences.lead([wordless, subject("jobs", "Luulola", FIGURES)], AT, FI)
    assert said == sentences.lead([subject("jobs", "Luulola", FIGURES)], AT, FI)
    assert "Marraskuun 2022 lopussa Luulolassa" in said[0].text


def test_no_headline_and_no_record_spans_a_break() -> None:
    figures = {str(month): str(3000 - number) for number, month in enumerate(MONTHS)} | {"2022-11": "1996"}
    of = subject("people", "Luulola", figures, {"2022-05-02": NOTE})
    title = sentences.headline([of, subject("jobs", "Luulola", {"2022-11": "298", "2021-11": "712"})], AT, FI)
    assert title
    assert title.text.replace("\u00a0", " ") == "Marraskuun lopussa Luulolassa oli 1 996 työtöntä työnhakijaa"
    assert sentences.highest_or_lowest(of, AT, FI) is None


@pytest.mark.parametrize(
    ("name", "first_day", "spans"),
    [
        ("people", "2021-11-30", False),  # the figure of the end of November is already on the new side
        ("people", "2021-12-01", True),
        ("trials", "2021-11-01", False),
        ("trials", "2021-11-02", True),  # the month itself is torn
        ("trials", "2022-11-30", True),
        ("trials", "2022-12-01", False),
    ],
)
def test_on_which_side_of_a_break_a_month_lies(name: str, first_day: str, spans: bool) -> None:
    said = sentences.year_change(subject(name, "Luulola", FIGURES, {first_day: NOTE}), AT, FI)
    assert said
    assert bool(said.note) is spans


def test_a_rate_is_worked_out_of_its_year_and_rounded_before_it_is_compared() -> None:
    part = subject("people", "Luulola", {"2022-11": "904", "2022-10": "...", "2021-11": "896"})
    whole = subject("staff", "Luulola", {})
    base = {
        Period.year(year): part.figures[AT]._replace(value=Decimal(10_000), period=Period.year(year))
        for year in (2021, 2022)
    }
    rate = sentences.rated(part, whole._replace(figures=base), INDICATORS["rate"])
    assert [rate.figures[month].value for month in (AT, back(AT, 12))] == [Decimal("9.0"), Decimal("9.0")]
    said = sentences.year_change(rate, AT, FI)
    assert said
    assert "ennallaan" in said.text
    assert rate.figures[back(AT, 1)].mark == "..."
    assert sentences.month_change(rate, AT, FI) is None
    assert len(rate.figures[AT].origins) == 2


def test_a_rate_of_what_is_not_known_is_not_known() -> None:
    part = subject("people", "Luulola", {"2022-11": "9", "2022-10": "9", "2022-09": "1–9"})
    whole = subject("people", "Luulola", {"2022-11": "...", "2022-10": "0", "2022-09": "9"})
    rate = sentences.rated(part, whole, INDICATORS["rate"])
    assert [rate.figures[back(AT, number)].mark for number in range(3)] == ["...", "..", ".."]


def test_without_words_nothing_is_said() -> None:
    of = subject("people", "Luulola", FIGURES)
    wordless = of._replace(indicator=Indicator("people", "P", "henkilöä"))
    half = of._replace(indicator=Indicator("people", "P", "viikkoa", called=Called(fi="kesto")))
    swedish = of._replace(indicator=Indicator("rate", "R", "%", called=Called(sv="graden")))
    for each in (wordless, swedish):
        assert not any(make(each, AT, FI) for make in ABOUT_ONE.values())
        assert sentences.lead([each], AT, FI) == ()
    assert sentences.level(swedish, AT, SV)
    assert sentences.level(half, AT, FI) is None  # without a word for its unit


def test_a_place_without_forms_stands_beside_a_word_that_inflects() -> None:
    said = sentences.level(subject("people", "Uusi", FIGURES), AT, FI)
    assert said
    assert "alueella Uusi oli" in said.text


def test_a_percentage_of_a_few_or_of_an_estimate_is_not_told() -> None:
    texts = []
    for now, then in (("31", "30"), ("30", "29"), ("n. 2095", "2141"), ("2142", "2141")):
        said = sentences.year_change(subject("people", "Luulola", {"2022-11": now, "2021-11": then}), AT, EN)
        assert said
        texts.append(said.text)
    assert ["%" in text for text in texts] == [True, False, False, False]
    assert "about 46 fewer" in texts[2]


def test_only_months_are_told() -> None:
    with pytest.raises(ValueError, match="2022"):
        sentences.level(subject("people", "Luulola", FIGURES), Period.year(2022), FI)


def test_nothing_is_said_of_nothing() -> None:
    assert sentences.headline([], AT, FI) is None
    assert sentences.lead([], AT, FI) == ()
    assert sentences.compare_areas([], AT, FI) is None


def test_no_area_is_held_against_itself() -> None:
    people, rate = (subject(name, "Luulola", {"2022-11": text}) for name, text in (("people", "2095"), ("rate", "9,0")))
    country = subject("rate", "Maa", {"2022-11": "8,9"})
    found = [sentences.lead([people, rate], AT, FI, [other]) for other in (rate, country)]
    assert [len(one) for one in found] == [2, 3]
