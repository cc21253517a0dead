"""Periods as people write them: cases from a file, and the way there and back for any period."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.period import Period, PeriodError
from reports.read.number import ReadingError, read_period
from tests.read import blocks

YEARS = st.integers(1950, 2099)


def shown(text: str) -> str:
    """What read_period makes of a text, on one line."""
    try:
        period = read_period(text)
    except ReadingError:
        return "error"
    return f"{period.first} {period.last} {period.kind} {period}"


@pytest.mark.parametrize(("text", "wanted"), blocks("periods.txt"))
def test_it_reads(text: str, wanted: str) -> None:
    assert shown(text) == wanted


PERIODS = st.one_of(
    st.builds(Period.year, YEARS),
    st.builds(Period.month, YEARS, st.integers(1, 12)),
    st.dates(date(1950, 1, 1), date(2099, 12, 31)).map(lambda day: Period(day, day)),
    st.tuples(YEARS, YEARS).map(lambda years: Period(date(min(years), 1, 1), date(max(years), 12, 31))),
)


@given(PERIODS)
def test_what_it_writes_it_reads_back(period: Period) -> None:
    assert Period.of(str(period)) == period


@given(YEARS, st.integers(1, 12))
def test_the_ways_to_write_a_month_agree(year: int, month: int) -> None:
    ways = [f"{year}-{month:02d}", f"{year}M{month:02d}", f"{month}/{year}", f"{month:02d}/{year}"]
    assert {Period.of(way) for way in ways} == {Period.month(year, month)}


@given(PERIODS)
def test_its_months_lie_within_it(period: Period) -> None:
    assert all(month in period and month.kind == "month" for month in period.months())


@given(st.text(max_size=20))
def test_no_text_breaks_it(text: str) -> None:
    assert shown(text)


@given(st.text("0123456789-/.M", max_size=10))
def test_without_month_names_it_raises_its_own_error(text: str) -> None:
    with suppress(PeriodError):
        assert str(Period.of(text))


@pytest.mark.parametrize("year", ["0", "21", "0000", "20210", "²²²²", "-2021", ""])
def test_a_named_month_has_a_year_of_four_figures(year: str) -> None:
    with pytest.raises(PeriodError):
        Period.of(f"maaliskuu {year}", {"maaliskuu": 3})


def test_periods_stand_in_order() -> None:
    texts = ["2022", "2021-03", "2021", "2012-2015"]
    assert [str(period) for period in sorted(map(Period.of, texts))] == ["2012-2015", "2021", "2021-03", "2022"]
