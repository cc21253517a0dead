"""Declared sums and shares are checked: what agrees is silent, what does not is told, what is known is known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.consistency.figures import check_shares, check_sums
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.messages import LANGUAGES, catalogue
from reports.model import Dataset, Indicator, Observation, Sum, keyed
from reports.period import Period
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


MONTH = Period.month(2022, 11)


def shares(share: str, part: str | None, whole: str | None, decimals: int = 0, **more) -> Dataset:
    """The figures of a share of 1395 among 2621 and the like; `more` is about the share."""
    names = {"osuus": share, "tyottomat": part, "asiakkaat": whole}
    indicators = {name: Indicator(name, name.capitalize(), "henkilöä") for name in names}
    indicators["osuus"] = Indicator("osuus", "Osuus", "%", decimals, part="tyottomat", whole="asiakkaat")
    rows = [
        Observation(name, MONTH, "Yhteistyöalue", "", Decimal(value), PLACE._replace(row=row))
        for row, (name, value) in enumerate(names.items(), 2)
        if value is not None
    ]
    rows[0] = rows[0]._replace(**more)
    return replace(city(), indicators=indicators, observations=keyed(rows))


def told(*figures: str | None, **more) -> list[Problem]:
    dataset = shares(*figures, **more)  # type: ignore[arg-type]
    return check_shares(dataset.observations.values(), dataset, Language("fi"))


@pytest.mark.parametrize(
    ("share", "part", "whole", "decimals"),
    [
        ("53", "1395", "2621", 0),
        ("53.2", "1395", "2621", 1),
        ("50", "101", "200", 0),
        ("51", "101", "200", 0),
        ("0", "0", "10", 0),
        ("38", None, "2621", 0),
        ("38", "1395", None, 0),
        ("38", "1395", "0", 0),
    ],
)
def test_a_share_that_its_parts_give_however_it_was_rounded_is_silent(
    share: str, part: str | None, whole: str | None, decimals: int
) -> None:
    assert told(share, part, whole, decimals=decimals) == []


@pytest.mark.parametrize(("share", "decimals"), [("54", 0), ("52", 0), ("53.3", 1), ("5.3", 1)])
def test_a_share_that_its_parts_do_not_give_is_an_error_with_the_right_one(share: str, decimals: int) -> None:
    (found,) = told(share, "1395", "2621", decimals=decimals)
    assert (found.code, found.warning, found.place.row) == ("share-mismatch", False, 2)
    assert found.values["wanted"] == ("53,2\u00a0%" if decimals else "53\u00a0%")
    assert (found.values["part"], found.values["where"]) == ("1\u00a0395", "Yhteistyöalue, 11/2022")
    assert all(catalogue(language).plain(found) for language in LANGUAGES)


def test_an_approximate_share_may_be_a_tenth_off() -> None:
    assert told("58", "1395", "2621", approximate=True) == []
    assert [one.code for one in told("59", "1395", "2621", approximate=True)] == ["share-mismatch"]


def test_nothing_is_said_of_ranges_unknown_figures_and_other_periods() -> None:
    assert told("1", "1395", "2621", upper=Decimal(76)) == []
    assert told("1", "1395", "2621", value=None) == []
    assert told("1", "1395", "2621", period=Period.month(2022, 12)) == []
    assert told("1", "1395", "2621", area="Kuvitteila") == []
