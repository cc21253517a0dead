"""Targets in normal form: the way there and back, the indicator's unit and precision, which side of a limit is good."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.finnish import Language
from reports.goals.target import Comparison, Kind, Target, aimed, at_odds, met, parse_target, written
from reports.model import Better
from tests.made_targets import BANDS, LIMITS, NUMBERS, RHYTHMS, TARGETS, plain, table

FI, EN = Language("fi"), Language("en")

NORMAL = """
    km. <46 vk          | keskimäärin alle 46 viikkoa
    km <140 as.         | keskimäärin alle 140 asiakasta
    <140as              | alle 140 asiakasta
    180 as              | 180 asiakasta
    2900 henkilöä       | 2 900 henkilöä
    400 henkilöä km     | keskimäärin 400 henkilöä
    tavoite: alle 60    | alle 60
    Alle 2 900.         | alle 2 900
    alle 60 %:n         | alle 60 %
    alle keskimäärin 60 | keskimäärin alle 60
    pysyvät ka. alle 5  | pysyy keskimäärin alle 5
    3,39 M €            | 3,39 M€
    3,39 milj. €        | 3,39 M€
    64kpl               | 64 kappaletta
    2 400 e/kk          | 2 400 €/kk
    140 hlöä / kk       | 140 henkilöä/kk
    8 asiakasta kuussa  | 8 asiakasta/kk
    122 as/omavalmentaja| 122 asiakasta/omavalmentaja
    5 uutta yritystä    | 5 uutta yritystä
    alle 30 min         | alle 30 minuuttia
    min 8               | vähintään 8
    yli -10             | yli −10
    5 - 10 %            | 5–10 %
    5%–10%              | 5–10 %
    5 %–10              | 5–10 %
    -10 – -5            | −10–−5
    2900,0              | 2 900
    tuplaantuu          | kaksinkertaistuu
    lyhenevät           | lyhenee
    kerran kuussa       | 1/kk
    kuukausittain       | 1/kk
    1 / kk              | 1/kk
    2/vk                | 2/vk
    2 krt/kk            | 2/kk
    2x/kk               | 2/kk
    2 kertaa vuodessa   | 2/v
    kolmesti vuodessa   | 3/v
    3 kuukaudessa       | 3/kk
    viikoittain         | 1/vk
    joka päivä          | päivittäin
    vähintään 2/vk      | vähintään 2/vk
    km. 0,5/kk          | keskimäärin 0,5/kk
"""


@pytest.mark.parametrize(("text", "normal"), table(NORMAL))
def test_it_is_printed_in_normal_form(text: str, normal: str) -> None:
    target = parse_target(text)
    assert plain(written(target, FI)) == normal
    assert parse_target(normal) == target


@given(TARGETS)
def test_what_is_written_is_read_back(target: Target) -> None:
    assert parse_target(written(target, FI)) == target


@given(LIMITS | BANDS, st.integers(0, 3))
def test_the_indicators_precision_changes_no_limit(target: Target, decimals: int) -> None:
    assert parse_target(written(target, FI, "", decimals)) == target


@given(TARGETS)
def test_a_printed_number_is_never_broken_over_two_lines(target: Target) -> None:
    for before, after in pairwise(written(target, FI, "henkilöä").split(" ")):
        assert not (before[-1].isdigit() and after[0].isdigit()), (before, after)
        assert not (before[-1].isdigit() and after in ("%", "€", "M€", "henkilöä"))


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("alle 2900", "below 2,900"),
        ("km. alle 3,39 M€", "on average below 3.39 M€"),
        ("pysyy vähintään 60 %", "stays at least 60%"),
        ("5–10 %", "5–10%"),
        ("kasvaa", "grows"),
        ("puolittuu", "halves"),
        ("kerran kuussa", "1/month"),
        ("3/vk", "3/week"),
        ("päivittäin", "daily"),
    ],
)
def test_it_is_printed_in_english(text: str, english: str) -> None:
    assert plain(written(parse_target(text), EN)) == english


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "wanted"),
    [
        ("yli 35", "%", 1, "yli 35 %"),
        ("yli 35,5", "%", 2, "yli 35,50 %"),
        ("3,39 M€", "M€", 0, "3,39 M€"),
        ("alle 46 vk", "viikkoa", 0, "alle 46 viikkoa"),
        ("64 kpl", "kpl", 0, "64 kpl"),
        ("180 as", "henkilöä", 0, "180 asiakasta"),
        ("180", "", 0, "180"),
        ("5–7,5", "%", 0, "5,0–7,5 %"),
        ("0,5/kk", "tapahtumaa", 2, "0,5/kk"),
        ("kasvaa", "henkilöä", 1, "kasvaa"),
    ],
)
def test_the_indicators_unit_is_printed_where_the_target_has_none(
    text: str, unit: str, decimals: int, wanted: str
) -> None:
    assert plain(written(parse_target(text), FI, unit, decimals)) == wanted


@pytest.mark.parametrize(
    ("better", "limit", "rhythm"),
    [
        (Better.LOWER, Comparison.AT_MOST, Comparison.AT_MOST),
        (Better.HIGHER, Comparison.AT_LEAST, Comparison.AT_LEAST),
        (Better.NEITHER, Comparison.POINT, Comparison.AT_LEAST),
    ],
)
def test_a_bare_number_is_what_the_indicator_makes_of_it(better: Better, limit: Comparison, rhythm: Comparison) -> None:
    assert aimed(parse_target("180 as"), better).comparison is limit
    assert aimed(parse_target("1/kk"), better).comparison is rhythm
    assert met(parse_target("180"), Decimal(180)) is None, "nobody has said which side is good"


@given(TARGETS, st.sampled_from(Better))
def test_deciding_a_target_never_turns_it(target: Target, better: Better) -> None:
    decided = aimed(target, better)
    assert decided._replace(comparison=target.comparison) == target
    assert target.comparison in (None, decided.comparison)
    assert (decided.comparison is None) == (target.kind in (Kind.BAND, Kind.TREND, Kind.MULTIPLE))
    assert aimed(decided, better) == decided
    if target.comparison is None:
        assert not at_odds(decided, better) or target.kind in (Kind.TREND, Kind.MULTIPLE)


@given(LIMITS | RHYTHMS, st.sampled_from(Better), NUMBERS, NUMBERS)
def test_a_better_value_is_never_worse_for_a_target(
    target: Target, better: Better, one: Decimal, other: Decimal
) -> None:
    decided = aimed(target, better)
    assume(decided.comparison is not Comparison.POINT)
    low, high = sorted((one, other))
    floor = decided.comparison in (Comparison.AT_LEAST, Comparison.ABOVE)
    worse, best = (low, high) if floor else (high, low)
    assert met(decided, best) or not met(decided, worse)


def test_inside_a_band_and_against_a_multiple_of_the_baseline() -> None:
    band, double, half = (parse_target(text) for text in ("5–10 %", "kaksinkertaistuu", "puolittuu"))
    assert [met(band, Decimal(value)) for value in (4, 5, 10, 11)] == [False, True, True, False]
    assert [met(double, Decimal(value), Decimal(50)) for value in (99, 100, 101)] == [False, True, True]
    assert [met(half, Decimal(value), Decimal(50)) for value in (24, 25, 26)] == [True, True, False]
    assert met(double, Decimal(100)) is None
    assert met(parse_target("kasvaa"), Decimal(100), Decimal(50)) is None


@pytest.mark.parametrize(
    ("text", "lower", "higher"),
    [
        ("yli 5", True, False),
        ("vähintään 5", True, False),
        ("alle 5", False, True),
        ("pysyy enintään 5", False, True),
        ("kasvaa", True, False),
        ("lyhenee", False, True),
        ("kaksinkertaistuu", True, False),
        ("puolittuu", False, True),
        ("5", False, False),
        ("tasan 5", False, False),
        ("5–10", False, False),
        ("1/kk", False, False),
    ],
)
def test_a_target_against_the_indicators_direction_is_told(text: str, lower: bool, higher: bool) -> None:
    target = parse_target(text)
    assert [at_odds(target, better) for better in (Better.LOWER, Better.HIGHER, Better.NEITHER)] == [
        lower,
        higher,
        False,
    ]
