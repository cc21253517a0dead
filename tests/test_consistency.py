"""Declared sums are checked: what agrees is silent, what does not is told, what is known is a known warning."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.consistency import check_sums
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.messages import LANGUAGES, catalogue
from reports.model import Sum
from tests.made_text import city

PLACE = Place("data/kuvitteila/2021/sums.yaml", 3, 3)
AREAS = ("asiakkaat 2021-03 Kuvitteila", "asiakkaat 2021-03 Naapurila")


def check(total: str, *parts: str, **more) -> list[Problem]:
    declared = Sum("Asiakkaat", total, parts, PLACE, **more)
    found = check_sums(replace(city(), sums=(declared,)), Language("fi"))
    assert all(one.place == PLACE and catalogue(language).plain(one) for one in found for language in LANGUAGES)
    return found


def test_parts_that_give_the_total_are_silent() -> None:
    assert check("asiakkaat 2021-03", *AREAS) == []


def test_a_gap_is_told_with_both_numbers() -> None:
    (found,) = check("asiakkaat 2021-03", AREAS[0])
    assert (found.code, found.warning) == ("sum-mismatch", False)
    assert (found.values["total"], found.values["found"], found.values["gap"]) == ("800", "640", "160")


def test_a_gap_is_told_as_finely_as_the_figures_are() -> None:
    (found,) = check("aktivointiaste 2021", "aktivointiaste 2020")
    assert (found.values["total"], found.values["gap"]) == ("36,9", "1,8")
    (rough,) = check("toteuma 2021", "talousarvio 2021")
    assert rough.values["gap"] == "−8\u00a0400"


@pytest.mark.parametrize(("tolerance", "codes"), [("160", []), ("159.9", ["sum-mismatch"])])
def test_a_gap_within_the_tolerance_is_silent(tolerance, codes) -> None:
    assert [one.code for one in check("asiakkaat 2021-03", AREAS[0], tolerance=Decimal(tolerance))] == codes


def test_an_acknowledged_gap_is_a_known_warning_with_its_reason() -> None:
    (found,) = check("asiakkaat 2021-03", AREAS[0], acknowledged="Naapurila puuttuu.")
    assert (found.code, found.warning, found.acknowledged) == ("sum-acknowledged", True, True)
    assert "Naapurila puuttuu." in catalogue("fi").plain(found)


def test_an_unknown_part_is_an_error_and_names_it() -> None:
    (found,) = check("aktivointiaste 2021", "aktivointiaste 2021 Naapurila")
    assert (found.code, found.values["found"]) == ("sum-unknown", "aktivointiaste 2021 Naapurila")


def test_every_part_that_cannot_be_read_is_told() -> None:
    found = check("asiakkaat 2021-03", "asiakaat 2021-03", "asiakkaat 2019")
    assert [one.code for one in found] == ["unknown-indicator", "fact-missing"]


def test_a_total_of_months_may_be_declared() -> None:
    months = [f"tyottomat 2021-{month:02} Kuvitteila" for month in range(1, 13)]
    assert check("summa tyottomat 2021 Kuvitteila", *months) == []


def test_a_nil_counts_as_nothing() -> None:
    assert check("henkilosto 2021", "henkilosto 2021", "henkilosto 2022") == []


def test_the_citys_own_sums_leave_one_known_gap() -> None:
    found = check_sums(city(), Language("fi"))
    assert [one.code for one in found] == ["sum-acknowledged"]
