"""What a year is of its months: the sum, the mean, or neither, by what is known in whole or is left possible."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from reports.disclosure.months import of_months
from reports.disclosure.structure import Slices
from reports.period import Period

YEAR = Period.year(2031)
Given = int | None


def slices(area: str, total: Given, months: Sequence[Given], year: Period = YEAR) -> Slices:
    """The counts of an area in a year and in its first months; None where they are hidden."""
    given = dict(zip(year.months(), months, strict=False))
    of = {(period, area): {"": None if value is None else Decimal(value)} for period, value in given.items()}
    return {**of, (year, area): {"": None if total is None else Decimal(total)}}


def kind(of: Slices, area: str = "A") -> str:
    """What the year of an area is taken to be."""
    return of_months(of, 0, Decimal(4)).get((area, ""), "not linked")


@pytest.mark.parametrize(
    ("total", "months", "expected"),
    [
        pytest.param(24, [2] * 12, "sum", id="known in whole, a sum"),
        pytest.param(2, [2] * 11 + [7], "mean", id="known in whole, a rounded mean"),
        pytest.param(7, [2] * 12, "", id="known in whole, neither"),
        pytest.param(24, [None] * 6 + [2] * 6, "sum", id="hidden ones of two make the sum"),
        pytest.param(3, [None] * 6 + [4] * 6, "mean", id="hidden ones of two make the mean"),
        pytest.param(3, [12, 13], "mean", id="more than a sum could be"),
        pytest.param(30, [12, 13], "mean", id="both are possible"),
        pytest.param(None, [0] * 11 + [None], "sum", id="a hidden year, too few for a mean"),
        pytest.param(900, [None] * 12, "mean", id="hidden ones that are not small"),
        pytest.param(3, [40] * 12, "", id="neither is possible"),
        pytest.param(30, [], "not linked", id="no month is given"),
    ],
)
def test_a_year_is_what_its_months_say_or_leave_possible(total: Given, months: list[Given], expected: str) -> None:
    assert kind(slices("A", total, months)) == expected


def test_what_most_areas_known_in_whole_say_holds_for_all() -> None:
    of = slices("A", 30, [2, None]) | slices("B", 24, [2] * 12) | slices("C", 12, [1] * 12) | slices("D", 7, [3] * 12)
    assert {kind(of, area) for area in "ABCD"} == {"sum"}


def test_where_they_disagree_each_area_goes_by_its_own() -> None:
    of = slices("A", 3, [12, 13]) | slices("B", 9, [2] * 12) | slices("C", 9, [1] * 12) | slices("D", 3, [3] * 12)
    assert [kind(of, area) for area in "ABCD"] == ["mean", "", "", "mean"]


def test_several_years_are_told_by_their_years_where_no_months_are_known() -> None:
    both = Period(YEAR.first, Period.year(2032).last)
    years = slices("A", 10, []) | slices("A", 20, [], Period.year(2032))
    assert kind(years | {(both, "A"): {"": Decimal(30)}}) == "sum"
    assert kind(years | {(both, "A"): {"": Decimal(15)}}) == "mean"
