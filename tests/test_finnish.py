"""Numbers, dates, months and places as Finnish and English write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.finnish import Language, month_names
from reports.messages import LANGUAGES
from reports.model import Area
from reports.period import Period

FI, EN = Language("fi"), Language("en")


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "plus", "fi", "en"),
    [
        ("2608", 0, "", False, "2 608", "2,608"),
        ("999", 0, "", False, "999", "999"),
        ("1234567", 0, "", False, "1 234 567", "1,234,567"),
        ("94.62", 1, "%", False, "94,6 %", "94.6%"),
        ("456502", 0, "€", False, "456 502 €", "456,502 €"),
        ("3.5", 1, "M€", False, "3,5 M€", "3.5 M€"),
        ("2400", 0, "€/kk", False, "2 400 €/kk", "2,400 €/kk"),
        ("1.8", 1, "points", True, "+1,8 %-yks.", "+1.8 pp"),
        ("-59000", 0, "€", True, "−59 000 €", "−59,000 €"),
        ("0", 0, "", True, "0", "0"),
        ("-0.4", 0, "", True, "0", "0"),
        ("0.5", 0, "", False, "1", "1"),
        ("-0.5", 0, "", False, "−1", "−1"),
        ("1.005", 2, "", False, "1,01", "1.01"),
        ("7", 2, "", False, "7,00", "7.00"),
    ],
)
def test_a_number_is_written_as_its_readers_write_it(value, decimals, unit, plus, fi, en) -> None:
    shown = [one.number(Decimal(value), decimals, unit, plus).replace("\u00a0", " ") for one in (FI, EN)]
    assert shown == [fi, en]


def test_no_number_breaks_over_a_line() -> None:
    assert " " not in FI.number(Decimal(1234567), 1, "€") + FI.number(Decimal(5), 1, "%") + FI.number(
        Decimal(5), 1, "points"
    )


@pytest.mark.parametrize(
    ("period", "fi", "short", "en"),
    [
        ("2022-02-16", "16.2.2022", "16.2.2022", "16 February 2022"),
        ("2021-10", "lokakuu 2021", "10/2021", "October 2021"),
        ("2021", "2021", "2021", "2021"),
        ("2012-2015", "2012–2015", "2012–2015", "2012–2015"),
    ],
)
def test_a_period_is_written_as_its_readers_write_it(period, fi, short, en) -> None:
    one = Period.of(period)
    assert (FI.when(one), FI.short(one), EN.when(one)) == (fi, short, en)


@pytest.mark.parametrize(
    ("first", "last", "fi", "en"),
    [
        ("2021-03-13", "2021-03-14", "13.–14.3.2021", "13–14 March 2021"),
        ("2021-02-28", "2021-03-03", "28.2.–3.3.2021", "28 February – 3 March 2021"),
        ("2021-12-30", "2022-01-02", "30.12.2021–2.1.2022", "30 December 2021 – 2 January 2022"),
        ("2022-01-01", "2022-02-28", "1.1.–28.2.2022", "1 January – 28 February 2022"),
    ],
)
def test_days_from_one_to_another_are_written_briefly(first, last, fi, en) -> None:
    period = Period(Period.of(first).first, Period.of(last).last)
    assert (FI.when(period), EN.when(period)) == (fi, en)


@pytest.mark.parametrize(
    ("case", "fi", "en"),
    [
        ("month_nominative", "marraskuu", "November"),
        ("month_in", "marraskuussa", "in November"),
        ("month_of", "marraskuun", "of November"),
        ("month_from", "marraskuusta", "from November"),
        ("month_to", "marraskuuhun", "to November"),
    ],
)
def test_months_inflect(case, fi, en) -> None:
    period = Period.of("2022-11")
    assert (FI.month(period, case), EN.month(period, case)) == (fi, en)


def test_twelve_months_can_be_read_back_by_name() -> None:
    assert sorted(month_names().values()) == sorted([*range(1, 13)] * len(LANGUAGES))
    for language in (FI, EN):
        for number in range(1, 13):
            assert month_names()[language.month(Period.month(2021, number)).lower()] == number


PLACE = Area(
    "Kuvitteila", genitive="Kuvitteilan", locative="Kuvitteilassa", separative="Kuvitteilasta", lative="Kuvitteilaan"
)


@pytest.mark.parametrize(
    ("case", "fi", "en"),
    [
        ("place", "Kuvitteila", "Kuvitteila"),
        ("place_in", "Kuvitteilassa", "in Kuvitteila"),
        ("place_of", "Kuvitteilan", "of Kuvitteila"),
        ("place_from", "Kuvitteilasta", "from Kuvitteila"),
        ("place_to", "Kuvitteilaan", "to Kuvitteila"),
    ],
)
def test_places_inflect(case, fi, en) -> None:
    assert (FI.place(PLACE, case), EN.place(PLACE, case)) == (fi, en)


def test_a_form_that_area_yaml_lacks_is_empty_and_never_a_guess() -> None:
    assert FI.place(Area("Uusi"), "place_in") == ""
    assert FI.place(Area("Uusi"), "place") == "Uusi"


@given(st.dates(min_value=Period.of("1900").first), st.integers(0, 800))
def test_every_span_of_days_can_be_written(first, length) -> None:
    from datetime import timedelta

    try:
        last = first + timedelta(days=length)
    except OverflowError:
        last = first
    for language in (FI, EN):
        assert str(last.year) in language.when(Period(first, last))
