"""Numbers as people write them: cases from a file, and the way there and back for any number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures.notation import Notation
from reports.read.number import Number, ReadingError, common_unit, read_number
from tests.read import blocks

SPACES = " \u00a0\u202f\u2009\u2007"


def shown(text: str) -> str:
    """What read_number makes of a text, on one line."""
    try:
        number = read_number(text)
    except ReadingError as error:
        readings = [error.values[key] for key in ("reading", "other") if key in error.values]
        return f"error {error.code} {' | '.join(readings)}".strip()
    value = "" if number.value is None else str(number.value)
    value += "" if number.upper is None else f" to {number.upper}"
    mark = f"mark {number.mark}" if number.mark else ""
    return " ".join(filter(None, ("about" if number.approximate else "", value, number.unit, mark)))


@pytest.mark.parametrize(("text", "wanted"), blocks("numbers.txt"))
def test_it_reads(text: str, wanted: str) -> None:
    assert shown(text) == wanted


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=3),
    st.integers(0, 3),
    st.sampled_from(SPACES),
    st.sampled_from("-\u2212\u2013"),
)
def test_what_the_program_writes_it_reads_back(value: Decimal, decimals: int, space: str, minus: str) -> None:
    written = Notation(thousands=space, minus=minus).number(value, decimals)
    read = read_number(written)
    assert read.mark is None
    assert read.value is not None
    assert Notation(thousands=space, minus=minus).number(read.value, decimals) == written
    assert abs(read.value - value) <= Decimal(1).scaleb(-decimals) / 2


@given(st.integers(0, 10**9), st.sampled_from(["%", "€", "M€", "€/kk", "%-yks.", "henkilöä", "vk"]))
def test_a_unit_behind_a_number_is_kept_apart(value: int, unit: str) -> None:
    assert read_number(f"{value}\u00a0{unit}", unit) == Number(Decimal(value), unit=common_unit(unit))


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    line = shown(text)
    assert line.startswith(("error number-", "about ", "mark ", "-")) or line[0].isdigit()


@given(st.text("0123456789., -n%€\u00a0", max_size=12))
def test_no_text_of_numbers_is_read_in_two_ways(text: str) -> None:
    try:
        number = read_number(text)
    except ReadingError:
        return
    digits = text.strip().removeprefix("n.").lstrip().split("n")[0]
    assert number.mark or "." not in digits.rstrip("%€-. ")


def test_another_unit_than_the_indicators_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        read_number("3,5 M€", "€")
    assert (caught.value.code, caught.value.values) == ("number-unit", {"wanted": "€"})


def test_the_same_unit_spelt_otherwise_is_the_same() -> None:
    assert read_number("17 000 euroa", "€").value == 17000
    assert read_number("42 vk", "viikkoa").value == 42
