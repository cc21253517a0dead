"""When the lines of the reporting calendar fall due, which period they tell of, and how they are said."""

from __future__ import annotations

from typing import Any

import pytest

from reports.finnish import Language
from reports.home import open_home
from reports.model import AreaSetup
from reports.period import Period
from reports.read.setup import read_setup
from reports.reporting import About, Every, Release, Reporting
from reports.schedule.occasions import coming, occasions, plan_lines, plan_months
from reports.schedule.rhythm import named, when

STATFIN = Release("Työnvälitystilasto", "Tilastokeskus", last="25", first="21")
YEAR = Period.year(2023)


def line(**more: Any) -> Reporting:
    return Reporting("Ohjausryhmä", "Seuranta", **more)


def setup(*lines: Reporting, **more: Any) -> AreaSetup:
    return AreaSetup("Kunta", "Kunta", "Kunta", (), reporting=lines, **more)


def days(one: Reporting, within: Period = YEAR, **more: Any) -> list[str]:
    return [str(found.day) for found in occasions(setup(one, **more), within)]


def told(one: Reporting, within: Period = YEAR) -> list[str]:
    return [str(found.about) for found in occasions(setup(one), within)]


def test_every_month_ends_with_its_last_working_day() -> None:
    assert days(line(every=Every.MONTH)) == [
        "2023-01-31", "2023-02-28", "2023-03-31", "2023-04-28", "2023-05-31", "2023-06-30",
        "2023-07-31", "2023-08-31", "2023-09-29", "2023-10-31", "2023-11-30", "2023-12-29",
    ]  # fmt: skip


def test_a_month_tells_of_the_one_before_it() -> None:
    assert told(line(every=Every.MONTH))[:2] == ["2022-12", "2023-01"]
    assert told(line(every=Every.MONTH, about=About.MONTH_BEFORE_LAST))[:2] == ["2022-11", "2022-12"]


def test_named_months_come_every_year_and_those_after_tell_of_the_year_before() -> None:
    one = line(months=("6", "10"), after=("2",), every=Every.YEAR)
    assert days(one) == ["2023-02-28", "2023-06-30", "2023-10-31"]
    assert told(one) == ["2022", "2023-05", "2023-09"]


@pytest.mark.parametrize(
    ("about", "wanted"),
    [(About.THIS_YEAR, "2023"), (About.NEXT_YEAR, "2024"), (About.LAST_YEAR, "2022"), (About.LAST_MONTH, "2023-10")],
)
def test_a_line_says_what_it_tells_of(about: About, wanted: str) -> None:
    assert told(line(months=("11",), about=about)) == [wanted]


@pytest.mark.parametrize("one", [line(every=Every.WEEK), line(every=Every.YEAR), line(times="3"), line()])
def test_what_has_no_time_of_its_own_has_no_day(one: Reporting) -> None:
    assert days(one) == []


def test_a_line_comes_from_its_first_time_to_its_last() -> None:
    within = Period.of("2022-2025")
    once = line(months=("6", "10"), from_=YEAR, until=YEAR)
    assert days(once, within) == ["2023-06-30", "2023-10-31"]
    monthly = line(every=Every.MONTH, from_=Period.of("2022-12"), until=Period.of("2023-02"))
    assert days(monthly, within) == ["2022-12-30", "2023-01-31", "2023-02-28"]
    begun = line(after=("2",), from_=Period.of("2024-02"))
    assert days(begun, within) == ["2024-02-29", "2025-02-28"]
    assert days(line(after=("2",), until=Period.of("2024-01")), within) == ["2022-02-28", "2023-02-28"]


def test_the_trials_lines_begin_and_end_as_their_sources_say() -> None:
    calendar = read_setup(open_home(), "salo").area
    found = [f"{one.line.audience[:12]}: {one.month}" for one in occasions(calendar, Period.of("2020-2025"))]
    assert [one for one in found if one.startswith("Kokeilun hen")] == [
        "Kokeilun hen: 2023-06",
        "Kokeilun hen: 2023-10",
        "Kokeilun hen: 2024-02",
    ]
    first = {one.partition(":")[0]: one.partition(": ")[2] for one in reversed(found)}
    assert first == {
        "Ohjausryhmä": "2021-04",
        "Yleisö": "2021-04",
        "Kokeilun hen": "2023-06",
        "Kaupunginhal": "2022-02",
    }


def test_a_month_counts_by_its_name_where_its_day_comes_later() -> None:
    late = line(every=Every.MONTH, day="6 working days after statfin", until=Period.of("2022-12"))
    assert days(late, Period.month(2023, 1), releases={"statfin": STATFIN}) == ["2023-01-03"]


def test_named_months_go_before_every_month() -> None:
    assert days(line(every=Every.MONTH, months=("6",))) == ["2023-06-30"]


def test_a_day_that_moves_into_another_month_is_found_there() -> None:
    late = line(every=Every.MONTH, day="6 working days after statfin")
    assert days(late, Period.month(2023, 1), releases={"statfin": STATFIN}) == ["2023-01-03"]


def test_what_is_due_on_one_day_keeps_the_order_of_the_calendar() -> None:
    first, second = Reporting("B", "b", Every.MONTH), Reporting("A", "a", Every.MONTH)
    found = occasions(setup(first, second), Period.month(2023, 3))
    assert [one.line.audience for one in found] == ["B", "A"]


def test_releases_tell_of_the_month_before() -> None:
    found = coming(setup(releases={"statfin": STATFIN}), Period(Period.of("2022-12-01").first, YEAR.last))
    assert len(found) == 13
    assert [str(found[0].about), str(found[0].days.first), str(found[0].days.last)] == [
        "2022-11", "2022-12-21", "2022-12-23",
    ]  # fmt: skip


def test_the_months_of_a_plan_are_of_its_last_year_and_the_one_after() -> None:
    one = line(months=("6", "13", "kesä"), after=("2",))
    assert [str(month) for month in plan_months(one, Period.of("2022-2023"))] == ["2023-06", "2024-02"]


def test_a_plan_holds_the_lines_that_are_in_force_in_it() -> None:
    once = line(months=("6", "10"), from_=YEAR, until=YEAR)
    afterwards = line(after=("2",), from_=Period.of("2024-02"), until=Period.of("2024-02"))
    undated = line(times="3", from_=YEAR)
    usual = line(every=Every.MONTH)
    calendar = setup(once, afterwards, undated, usual)
    found = [plan_lines(calendar, Period.year(year)) for year in (2022, 2023, 2024)]
    assert found == [[usual], [once, afterwards, undated, usual], [undated, usual]]
    assert plan_months(once, Period.year(2024)) == []


@pytest.mark.parametrize(
    ("one", "dated", "finnish", "english"),
    [
        (line(every=Every.MONTH), (), "joka kuukausi", "every month"),
        (line(times="3"), (), "3 kertaa vuodessa", "3 times a year"),
        (line(months=("6",)), ("6/2023", "10/2023"), "6/2023 ja 10/2023", "6/2023 and 10/2023"),
        (line(every=Every.YEAR), ("2/2024",), "kerran vuodessa (2/2024)", "once a year (2/2024)"),
        (
            line(every=Every.MONTH, day="16"), (),
            "joka kuukausi, kuukauden 16. päivä", "every month, day 16 of the month",
        ),
        (
            line(every=Every.MONTH, day="last working day"), (),
            "joka kuukausi, kuukauden viimeinen arkipäivä", "every month, the last working day of the month",
        ),
        (
            line(every=Every.MONTH, day="working day 5"), (),
            "joka kuukausi, kuukauden 5. arkipäivä", "every month, working day 5 of the month",
        ),
        (
            line(every=Every.MONTH, day="second tuesday"), (),
            "joka kuukausi, kuukauden toinen tiistai", "every month, the second Tuesday of the month",
        ),
        (
            line(months=("6",), day="2 working days after statfin"), ("6/2023",),
            "6/2023, 2. arkipäivä julkaisun jälkeen (Työnvälitystilasto)",
            "6/2023, working day 2 after the release (Työnvälitystilasto)",
        ),
        (line(times="3", day="16"), (), "3 kertaa vuodessa", "3 times a year"),
        (line(), (), "–", "–"),
    ],
)  # fmt: skip
def test_a_line_is_said_in_words(one: Reporting, dated: tuple[str, ...], finnish: str, english: str) -> None:
    releases = {"statfin": STATFIN}
    assert when(one, dated, releases, Language("fi")) == finnish
    assert when(one, dated, releases, Language("en")) == english
    assert named(one, Language("fi")) == "Ohjausryhmä: Seuranta"
