"""Personal identity codes are found in every text. Those here use the numbers 900–999, which nobody has."""

from __future__ import annotations

import pytest

from reports.messages import catalogue
from reports.read.decode import decode
from reports.read.identity import CHECK, identity_codes


def code(day: str, sign: str, number: str) -> str:
    return f"{day}{sign}{number}{CHECK[int(day + number) % 31]}"


@pytest.mark.parametrize("sign", list("-+ABCDEFUVWXY"))
def test_every_century_sign_is_known(sign: str) -> None:
    assert list(identity_codes(f"Asiakas {code('010190', sign, '912')}, puhelimitse.")) == [8]


def test_small_letters_are_known_too() -> None:
    assert list(identity_codes(code("311299", "A", "999").lower())) == [0]


@pytest.mark.parametrize("text", ["010190-9120", "320190-900X", "011390-900X", "2021-03-14", "456 502-900", "KU734"])
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    wrong = text if text != "010190-9120" or code("010190", "-", "912") != text else "010190-9121"
    assert list(identity_codes(wrong)) == []


def test_reading_says_where_and_never_what() -> None:
    found = code("131052", "-", "908")
    text, problems = decode(f"indicator,note\nasiakkaat,{found} soitti".encode(), "a.csv")
    assert [(one.code, one.place.row, one.place.column) for one in problems] == [("identity-code", 2, 11)]
    for language in ("fi", "en"):
        assert found not in catalogue(language).problem(problems[0])
    assert "soitti" in text


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2066", "\ufeff"])
def test_signs_that_hide_or_turn_a_text_are_refused(sign: str) -> None:
    _, problems = decode(f"a{sign}b".encode(), "a.md")
    assert [one.code for one in problems] == ["character"]


def test_letters_in_two_parts_are_put_together() -> None:
    text, problems = decode("pa\u0308iva\u0308".encode(), "a.md")
    assert (text, problems) == ("p\u00e4iv\u00e4", [])
