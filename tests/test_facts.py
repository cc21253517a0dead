"""What the numbers say: the notation and the calculations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import facts
from reports.facts import Fact, FactError, Reference, parse, resolve
from reports.model import Dataset, NamedDate
from reports.period import Period
from tests.made_text import city, fact, printer

NUMBERS = st.decimals(min_value="-1e9", max_value="1e9", places=2, allow_nan=False)
MARCH = Period.month(2021, 3)


def of(value: Decimal, unit: str = "") -> Fact:
    return fact("0", unit)._replace(value=value)


def error_of(call: Callable[..., object], *arguments: object) -> FactError:
    with pytest.raises(FactError) as caught:
        call(*arguments)
    return caught.value


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        ("asiakkaat 2021-03", Reference("asiakkaat", MARCH, "Yhteistyöalue")),
        ("asiakkaat 2021-03 Naapurila", Reference("asiakkaat", MARCH, "Naapurila")),
        ("asiakkaat 3/2021 992", Reference("asiakkaat", MARCH, "Naapurila")),
        ("asiakkaat 2021M03 KU992", Reference("asiakkaat", MARCH, "Naapurila")),
        ("  asiakkaat   03/21  ", Reference("asiakkaat", MARCH, "Yhteistyöalue")),
        ("asiakkaat-ika 2021-03 Kuvitteila / 15–24", Reference("asiakkaat-ika", MARCH, "Kuvitteila", "15–24")),
        ("alin tyottomat 2021 Kuvitteila", Reference("tyottomat", Period.year(2021), "Kuvitteila", "", "lowest")),
        ("highest tyottomat 2021 Kuvitteila", Reference("tyottomat", Period.year(2021), "Kuvitteila", "", "highest")),
    ],
)
def test_notation_is_read(notation, wanted) -> None:
    assert parse(notation, city()) == wanted


def test_a_date_is_named() -> None:
    found = parse("päivä siirto", city())
    assert isinstance(found, NamedDate)
    assert str(found.period) == "2021-03-13/2021-03-14"


@pytest.mark.parametrize(
    ("notation", "code", "found", "near"),
    [
        ("asiakkaat", "fact-syntax", "asiakkaat", None),
        ("alin", "fact-syntax", "alin", None),
        ("päivä", "fact-syntax", "päivä", None),
        ("", "fact-syntax", "", None),
        ("asiakaat 2021-03", "unknown-indicator", "asiakaat", "asiakkaat"),
        ("asiakkaat 2021-13", "fact-period", "2021-13", None),
        ("asiakkaat maaliskuu 2021", "fact-period", "maaliskuu", None),
        ("asiakkaat 2021-03 Naapuri", "unknown-area", "Naapuri", "Naapurila"),
        ("asiakkaat-ika 2021-03 Kuvitteila / 15-24", "unknown-group", "15-24", "15–24"),
        ("päivä siiro", "unknown-date", "siiro", "siirto"),
        ("päivä xyzxyz", "unknown-date", "xyzxyz", "-"),
    ],
)
def test_what_the_notation_lacks_is_said_with_the_nearest_name(notation, code, found, near) -> None:
    error = error_of(resolve, notation, city())
    assert (error.code, error.values["found"]) == (code, found)
    assert near is None or error.values["nearest"] == near


def test_a_missing_figure_is_told_with_the_periods_there_are() -> None:
    error = error_of(resolve, "asiakkaat 2019", city())
    assert (error.code, error.values["have"]) == ("fact-missing", "2021-03, 2021-12")


def test_a_figure_known_by_group_only_is_told_with_its_groups() -> None:
    error = error_of(resolve, "asiakkaat-ika 2021-03 Kuvitteila", city())
    assert error.values["have"].startswith("2021-03 Kuvitteila / 15–24, ")


@pytest.mark.parametrize(
    ("notation", "value", "decimals", "how"),
    [
        ("asiakkaat 2021-12", "750", 0, ""),
        ("aktivointiaste 2021", "36.9", 1, ""),
        ("henkilosto 2022", "0", 1, ""),
    ],
)
def test_a_figure_keeps_its_precision_and_origin(notation, value, decimals, how) -> None:
    found = resolve(notation, city())
    assert (found.value, found.decimals, found.how, len(found.origins)) == (Decimal(value), decimals, how, 1)


def test_an_unknown_figure_keeps_its_mark() -> None:
    found = resolve("aktivointiaste 2021 Naapurila", city())
    assert (found.value, found.mark) == (None, "..")


def monthly(function: str) -> Fact:
    return resolve(f"{function} tyottomat 2021 Kuvitteila", city())


def test_months_of_a_year_give_lowest_highest_mean_and_sum() -> None:
    months = [o.value for o in city().of("tyottomat", "Kuvitteila") if o.period.first.year == 2021]
    known = [one for one in months if one is not None]
    assert len(known) == 12
    assert monthly("alin").value == min(known)
    assert monthly("ylin").value == max(known)
    assert monthly("summa").value == sum(known)
    assert monthly("keskiarvo").value == sum(known) / Decimal(12)


def test_the_lowest_knows_its_month_and_the_mean_its_year() -> None:
    lowest, mean = monthly("alin"), monthly("keskiarvo")
    assert (lowest.period.kind, lowest.how, len(lowest.origins)) == ("month", "lowest", 1)
    assert (mean.period.kind, mean.how, len(mean.origins), mean.decimals) == ("year", "mean", 12, 1)


def spoilt(**changes: object) -> Dataset:
    """The city with its unemployed of June 2021 changed; `gone=True` takes them away."""
    key = ("tyottomat", Period.month(2021, 6), "Kuvitteila", "")
    rows = dict(city().observations)
    june = rows.pop(key)
    return replace(city(), observations=rows if "gone" in changes else {**rows, key: june._replace(**changes)})  # type: ignore[arg-type]


@pytest.mark.parametrize("changes", [{"gone": True}, {"value": None}], ids=["missing", "unknown"])
@pytest.mark.parametrize("function", ["alin", "ylin", "keskiarvo", "summa"])
def test_a_month_that_is_not_known_stops_what_needs_them_all(changes, function) -> None:
    error = error_of(resolve, f"{function} tyottomat 2021 Kuvitteila", spoilt(**changes))
    assert (error.code, error.values["have"]) == ("fact-months", 11)


def test_a_mean_with_an_approximate_month_is_approximate() -> None:
    found = resolve("keskiarvo tyottomat 2021 Kuvitteila", spoilt(approximate=True))
    assert found.approximate
    assert not resolve("keskiarvo tyottomat 2021 Kuvitteila", city()).approximate


RATE, RATE_BEFORE = fact("36.9", "%", 1), fact("35.1", "%", 1)
EUROS, BUDGET = fact("531000", "€"), fact("590000", "€")


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (facts.share(fact("640"), fact("800")), "80,0 %"),
        (facts.share(fact("2"), fact("3"), 0), "67 %"),
        (facts.change(fact("2842"), fact("2756")), "+86"),
        (facts.change(fact("2756"), fact("2842")), "−86"),
        (facts.change(fact("5"), fact("5")), "0"),
        (facts.difference(fact("2756"), fact("2842")), "86"),
        (facts.change(RATE, RATE_BEFORE), "+1,8 %-yks."),
        (facts.difference(RATE_BEFORE, RATE), "1,8 %-yks."),
        (facts.change_percent(EUROS, BUDGET), "−10,0 %"),
        (facts.change_percent(fact("-5"), fact("-10")), "+50,0 %"),
        (facts.difference_percent(EUROS, BUDGET, 0), "10 %"),
        (facts.ratio(fact("2650"), fact("18")), "147"),
        (facts.ratio(fact("590000", "€"), fact("800"), 1), "737,5"),
        (facts.plus(EUROS, BUDGET), "1 121 000 €"),
        (facts.plus(fact("13.7", decimals=1), fact("8")), "21,7"),
        (facts.minus(EUROS, BUDGET), "−59 000 €"),
        (facts.millions(fact("3500000", "€")), "3,5 M€"),
        (facts.millions(fact("3.39", "M€", 2), 2), "3,39 M€"),
        (facts.millions(fact("350000", "€"), 2), "0,35 M€"),
        (facts.precision(fact("12"), 1), "12,0"),
        (facts.precision(fact("-0.04"), 1), "0,0"),
        (facts.precision(fact("2.5"), 0), "3"),
    ],
)
def test_a_calculation_prints_as_finnish_readers_expect(made, text) -> None:
    assert printer().show(made) == text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("calculate", "code"),
    [
        (lambda: facts.share(fact("1"), fact("0")), "fact-zero"),
        (lambda: facts.change_percent(fact("1"), fact("0")), "fact-zero"),
        (lambda: facts.difference_percent(fact("1"), fact("0")), "fact-zero"),
        (lambda: facts.ratio(fact("1"), fact("0")), "fact-zero"),
        (lambda: facts.share(fact(None, mark=".."), fact("3")), "fact-unknown"),
        (lambda: facts.plus(fact("3"), fact(None, mark="...")), "fact-unknown"),
        (lambda: facts.change(fact("3", "€"), fact("3", "M€")), "fact-unit"),
        (lambda: facts.plus(fact("3", "€"), fact("3")), "fact-unit"),
        (lambda: facts.minus(fact("3", "%"), fact("3")), "fact-unit"),
        (lambda: facts.share(fact("3", "€/kk"), fact("3", "€")), "fact-unit"),
        (lambda: facts.change_percent(fact("3"), fact("3", "%")), "fact-unit"),
        (lambda: facts.ratio(fact("3", "€"), fact("3", "M€")), "fact-unit"),
        (lambda: facts.millions(fact("3", "%")), "fact-unit"),
    ],
)
def test_what_cannot_be_calculated_is_an_error(calculate, code) -> None:
    assert error_of(calculate).code == code


def test_an_unknown_one_is_named_by_its_mark() -> None:
    assert error_of(facts.plus, fact("3"), fact(None, mark="...")).values["found"] == "..."


def test_a_calculation_carries_origins_examples_and_approximation_along() -> None:
    customers, later = (resolve(one, city()) for one in ("asiakkaat 2021-03", "asiakkaat 2021-12"))
    made = facts.share(later, customers)
    assert made.origins == (*later.origins, *customers.origins)
    assert made.is_example
    assert made.approximate
    assert not facts.share(customers, customers).approximate


@given(NUMBERS.filter(lambda one: one != 0))
def test_the_share_of_a_whole_in_itself_is_a_hundred(number) -> None:
    assert facts.share(of(number), of(number)).value == 100


@given(NUMBERS, NUMBERS)
def test_change_turns_its_sign_with_its_direction(a, b) -> None:
    there, back = facts.change(of(a), of(b)).value, facts.change(of(b), of(a)).value
    assert there is not None
    assert back is not None
    assert there == -back


@given(NUMBERS, NUMBERS.filter(lambda one: one != 0))
def test_what_has_no_sign_is_never_negative(a, b) -> None:
    for made in (facts.difference(of(a), of(b)), facts.difference_percent(of(a), of(b))):
        assert made.value is not None
        assert made.value >= 0
        assert not made.signed


@given(NUMBERS, NUMBERS.filter(lambda one: one != 0))
def test_a_rise_is_never_printed_as_a_fall(a, b) -> None:
    percent = facts.change_percent(of(a), of(b)).value
    assert percent is not None
    assert (percent > 0, percent < 0) == (a > b, a < b)


@given(NUMBERS, NUMBERS)
def test_adding_and_taking_away_gives_the_first_again(a, b) -> None:
    assert facts.minus(facts.plus(of(a), of(b)), of(b)).value == a


@given(NUMBERS, st.integers(0, 6))
def test_a_printed_number_can_be_read_back(number, decimals) -> None:
    text = printer().show(facts.precision(of(number), decimals))
    back = Decimal(text.replace("\u00a0", "").replace("−", "-").replace(",", "."))
    assert abs(back - number) <= Decimal(1).scaleb(-decimals) / 2
