"""What a form asks for: the figures that are missing, of whom, with the last one that is known."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reports.errors import ReportError
from reports.intake.form_rows import Limits, limits
from reports.model import Indicator
from tests.form_city import AREA, INDICATORS, form_city, names, order, rows
from tests.trips import City

ROWS = f"data/{AREA}/2021/observations.csv"
MONTHS = [f"2022-{month:02d}" for month in range(1, 13)]


@pytest.fixture
def city(tmp_path: Path) -> City:
    return form_city(tmp_path / "home")


def asked(city: City, indicator: str, period: str = "2022", owner: str = "") -> list[str]:
    """The rows of an indicator, without its name."""
    return [
        name.removeprefix(f"{indicator} ")
        for name in names(rows(city, period, owner))
        if name.startswith(f"{indicator} ")
    ]


def test_what_is_known_by_month_is_asked_by_month_and_by_year_by_year(city: City) -> None:
    assert asked(city, "asiakkaat") == [f"{month} Yhteistyöalue" for month in MONTHS]
    assert asked(city, "talousarvio") == ["2022 Yhteistyöalue"]
    assert asked(city, "aktivointiaste") == ["2022 Naapurila", "2022 Yhteistyöalue"]


def test_only_what_is_missing_is_asked(city: City) -> None:
    known = {"2021-03 Yhteistyöalue", "2021-12 Yhteistyöalue"}
    found = asked(city, "asiakkaat", "2021")
    assert len([name for name in found if name.endswith("Yhteistyöalue")]) == 10
    assert known.isdisjoint(found)
    assert asked(city, "talousarvio", "2021") == []


def test_a_mark_is_an_answer(city: City) -> None:
    assert asked(city, "aktivointiaste", "2021") == []


def test_a_single_month_of_long_ago_is_not_asked_for_again(city: City) -> None:
    assert not any("Kuvitteila" in name for name in asked(city, "asiakkaat"))
    city.change(ROWS, "asiakkaat;2021-03;Kuvitteila", "asiakkaat;2021-11;Kuvitteila")
    assert sum("Kuvitteila" in name for name in asked(city, "asiakkaat")) == 12


def test_what_the_plan_names_is_asked_although_nobody_has_given_it(city: City) -> None:
    assert asked(city, "toteuma") == ["2022 Kuvitteila", "2022 Yhteistyöalue"]
    assert asked(city, "toteuma", "2024") == ["2024 Kuvitteila"]


def test_public_statistics_are_not_asked(city: City) -> None:
    assert asked(city, "tyottomat") == []


def test_what_nothing_is_known_of_is_asked_by_year_and_group(city: City) -> None:
    city.change(
        INDICATORS,
        "talousarvio:\n",
        "uusi:\n  name: Uusi\n  unit: kpl\n  source: esimerkki\n  groups:\n    - a\n    - b\ntalousarvio:\n",
    )
    assert asked(city, "uusi") == ["2022 Yhteistyöalue / a", "2022 Yhteistyöalue / b"]
    city.change(INDICATORS, "unit: kpl", "unit: kpl/kk")
    assert asked(city, "uusi")[:2] == ["2022-01 Yhteistyöalue / a", "2022-02 Yhteistyöalue / a"]


@pytest.mark.parametrize(("word", "wanted"), [("year", 1), ("month", 12), ("no", 0)])
def test_an_indicator_says_how_often_it_is_collected(city: City, word: str, wanted: int) -> None:
    city.change(INDICATORS, "talousarvio:\n", f"talousarvio:\n  collect: {word}\n")
    assert len(asked(city, "talousarvio")) == wanted


def test_rows_come_in_the_order_of_the_files(city: City) -> None:
    found = rows(city, "2021")
    assert list(dict.fromkeys(row.indicator.id for row in found)) == ["asiakkaat", "asiakkaat-ika", "toteuma"]
    groups = [row.group for row in found if row.indicator.id == "asiakkaat-ika"]
    assert groups[0] == "15–24"
    assert groups[-1] == "55–64"


def test_a_month_by_itself_asks_for_that_month(city: City) -> None:
    assert names(rows(city, "2022-01")) == ["asiakkaat 2022-01 Yhteistyöalue"]


def test_the_last_figure_is_the_newest_before_the_row(city: City) -> None:
    city.write(f"data/{AREA}/2022-02/observations.csv", "indicator;period;value\nasiakkaat;2022-02;700\n")
    last = {str(row.period): row.last for row in rows(city) if row.indicator.id == "asiakkaat"}
    january, march = last["2022-01"], last["2022-03"]
    assert january is not None
    assert march is not None
    assert (str(january.period), january.value, january.approximate) == ("2021-12", Decimal(750), True)
    assert (str(march.period), march.value) == ("2022-02", Decimal(700))


def test_an_owner_gets_her_own_rows(city: City) -> None:
    assert {row.indicator.id for row in rows(city, owner="koordinaattori")} == {"asiakkaat", "aktivointiaste"}
    assert names(rows(city, owner="Talous")) == ["toteuma 2022 Kuvitteila"]
    assert names(rows(city, owner="Talous ja tiimit oman työnsä osalta")) == ["toteuma 2022 Kuvitteila"]
    city.change(INDICATORS, "henkilosto:\n", "henkilosto:\n  owner: Talousjohtaja\n")
    assert names(rows(city, owner="talousjohtaja")) == ["henkilosto 2022 Yhteistyöalue"]


def test_an_owner_of_a_share_is_asked_for_its_parts(city: City) -> None:
    city.change(INDICATORS, "toteuma:\n", "toteuma:\n  part: henkilosto\n  whole: talousarvio\n")
    found = {row.indicator.id for row in rows(city, owner="Talous")}
    assert found == {"toteuma", "henkilosto", "talousarvio"}


def test_an_owner_nobody_is_told_with_those_there_are(city: City) -> None:
    with pytest.raises(ReportError) as error:
        rows(city, owner="Talo")
    (found,) = error.value.problems
    assert (found.code, error.value.exit_code) == ("form-owner", 2)
    assert found.values["have"] == "Koordinaattori; Talous ja tiimit oman työnsä osalta"


def test_a_home_with_errors_makes_no_form(city: City) -> None:
    from reports.intake.form import make_form

    city.change(ROWS, ";800;", ";8OO;")
    with pytest.raises(ReportError) as error:
        make_form(order(city))
    assert [one.code for one in error.value.problems] == ["number-unit"]


def test_limits_are_those_of_the_unit_or_of_the_indicator() -> None:
    def of(unit: str, **more: object) -> Limits:
        return limits(Indicator("a", "A", unit, **more))  # type: ignore[arg-type]

    assert of("kpl") == (Decimal(0), None)
    assert of("%") == (Decimal(0), Decimal(100))
    assert of("%", most=Decimal(120)) == (Decimal(0), Decimal(120))
    assert of("pistettä", negative=True, most=Decimal(100)) == (None, Decimal(100))
