"""Finnish working days, the rules for a day of the month, and the days of releases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.period import Period
from reports.reporting import Release
from reports.schedule.due_day import ORDINALS, USUAL, WEEKDAYS, DayRule, Kind, day_of, read_day, release_days
from reports.schedule.workdays import YEARS, days_off, is_working_day, later, on_or_after, on_or_before, working_day

# Days from Monday to Friday on which offices are closed, worked out by hand.
CLOSED = {
    2022: "6.1. 15.4. 18.4. 26.5. 24.6. 6.12. 26.12.",
    2023: "6.1. 7.4. 10.4. 1.5. 18.5. 23.6. 6.12. 25.12. 26.12.",
    2024: "1.1. 29.3. 1.4. 1.5. 9.5. 21.6. 6.12. 24.12. 25.12. 26.12.",
    2026: "1.1. 6.1. 3.4. 6.4. 1.5. 14.5. 19.6. 24.12. 25.12.",
}
STATFIN = Release("Työnvälitystilasto", "Tilastokeskus", last="25", first="21")
KELA = Release("Kuntaosuudet", "Kela", last="20")
MONTHS = st.builds(Period.month, st.sampled_from(YEARS), st.integers(1, 12))
DAYS = st.dates(date(1990, 2, 1), date(2099, 11, 30))


def day(text: str) -> date:
    return Period.of(text).first


def due(text: str, month: str, **releases: Release) -> date:
    rule = read_day(text)
    assert rule is not None
    return day_of(rule, Period.of(month), releases)


@pytest.mark.parametrize("year", CLOSED)
def test_offices_are_closed_on_holidays_and_the_two_eves(year: int) -> None:
    found = sorted(one for one in days_off(year) if one.weekday() < 5)
    assert " ".join(f"{one.day}.{one.month}." for one in found) == CLOSED[year]


def test_weekends_are_no_working_days() -> None:
    assert [is_working_day(date(2023, 3, number)) for number in range(3, 8)] == [True, False, False, True, True]


@given(DAYS)
def test_the_nearest_working_days_have_none_between(one: date) -> None:
    before, after = on_or_before(one), on_or_after(one)
    assert before <= one <= after
    assert is_working_day(before)
    assert is_working_day(after)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(map(is_working_day, between))


@given(DAYS, st.integers(0, 30))
def test_as_many_working_days_later_as_asked(one: date, count: int) -> None:
    reached = later(one, count)
    between = [one + timedelta(days=n) for n in range(1, (reached - one).days + 1)]
    assert sum(map(is_working_day, between)) == count


@given(MONTHS)
def test_working_days_of_a_month_are_counted_from_its_first(month: Period) -> None:
    found = [working_day(month, number) for number in range(1, 25)]
    own = [one for one in (month.first + timedelta(days=n) for n in range(month.last.day)) if is_working_day(one)]
    assert found[: len(own)] == own
    assert set(found[len(own) :]) <= {own[-1]}
    assert working_day(month, 0) == own[-1]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", USUAL),
        ("last working day", USUAL),
        ("16", DayRule(Kind.DATE, 16)),
        ("working day 5", DayRule(Kind.WORKING_DAY, 5)),
        (" Second  Tuesday ", DayRule(Kind.WEEKDAY, 2, 1)),
        ("last friday", DayRule(Kind.WEEKDAY, 0, 4)),
        ("1 working day after kela", DayRule(Kind.AFTER, 1, release="kela")),
        ("12 working days after statfin", DayRule(Kind.AFTER, 12, release="statfin")),
    ],
)
def test_a_rule_is_read(text: str, rule: DayRule) -> None:
    assert read_day(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "32",
        "16.",
        "-1",
        "١",
        "working day 0",
        "tuesday",
        "fifth friday",
        "second sunday",
        "2 days after kela",
        "0 working days after kela",
    ],
)
def test_what_is_no_rule_is_not_read(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "month", "wanted"),
    [
        ("", "2023-12", "2023-12-29"),
        ("16", "2022-02", "2022-02-16"),
        ("16", "2023-04", "2023-04-14"),  # a Sunday: the Friday before it
        ("31", "2023-02", "2023-02-28"),
        ("1", "2023-01", "2023-01-02"),  # the working day before it is in another month
        ("working day 5", "2023-01", "2023-01-09"),  # Epiphany is none
        ("working day 31", "2023-02", "2023-02-28"),
        ("second tuesday", "2022-11", "2022-11-08"),
        ("last wednesday", "2022-11", "2022-11-30"),
        ("first monday", "2023-05", "2023-05-02"),  # May Day
        ("third thursday", "2023-05", "2023-05-17"),  # Ascension Day
        ("last friday", "2022-12", "2022-12-30"),
    ],
)
def test_the_day_of_a_month_by_a_rule(text: str, month: str, wanted: str) -> None:
    assert due(text, month) == day(wanted)


def test_a_day_after_a_release_counts_from_its_last_day() -> None:
    assert due("2 working days after statfin", "2022-11", statfin=STATFIN) == day("2022-11-29")
    assert due("2 working days after statfin", "2022-12", statfin=STATFIN) == day("2022-12-28")  # over Christmas
    assert due("9 working days after statfin", "2022-11", statfin=STATFIN) == day("2022-12-09")  # and Independence Day


@given(MONTHS, st.sampled_from(["", "working day 3", *(f"{n} {w}" for n in ORDINALS for w in WEEKDAYS)]))
def test_a_day_is_a_working_day_of_its_month(month: Period, text: str) -> None:
    found = due(text, str(month))
    assert is_working_day(found)
    assert month.first <= found <= month.last


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        ("2022-11", "2022-11-21", "2022-11-25"),
        ("2022-12", "2022-12-21", "2022-12-23"),  # the 25th is Christmas Day, a Sunday
        ("2023-01", "2023-01-23", "2023-01-25"),  # the 21st is a Saturday
        ("2023-11", "2023-11-21", "2023-11-24"),
    ],
)
def test_a_release_comes_between_working_days(month: str, first: str, last: str) -> None:
    assert release_days(STATFIN, Period.of(month)) == Period(day(first), day(last))


def test_a_release_without_a_first_day_has_a_last_one() -> None:
    assert release_days(KELA, Period.of("2022-11")) == Period.of("2022-11-18")
    assert release_days(KELA, Period.of("2022-12")) == Period.of("2022-12-20")


def test_a_day_that_the_publisher_has_told_counts() -> None:
    told = Release("Työnvälitystilasto", "Tilastokeskus", last="25", first="21", days=(Period.of("2022-12-20"),))
    assert release_days(told, Period.of("2022-12")) == Period.of("2022-12-20")
    assert release_days(told, Period.of("2022-11")) == release_days(STATFIN, Period.of("2022-11"))


@given(MONTHS, st.integers(1, 31), st.integers(1, 31))
def test_a_release_never_ends_before_it_begins(month: Period, one: int, other: int) -> None:
    first, last = sorted((one, other))
    found = release_days(Release("t", "p", last=str(last), first=str(first)), month)
    assert found.first <= found.last
    assert is_working_day(found.last)
