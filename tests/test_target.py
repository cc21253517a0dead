"""Targets as people write them: what is read, what is refused and with which suggestion, the way there and back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.finnish import Language
from reports.goals.target import (
    Comparison,
    Direction,
    Kind,
    Target,
    TargetError,
    met,
    parse_target,
    written,
)
from reports.messages import LANGUAGES, catalogue
from reports.read.number import words
from tests.made_targets import plain, table

FI, EN = Language("fi"), Language("en")
SPACES = " \u00a0\u202f\u2009\u2007\t"
PLAN = [  # as coordinators write them, and the typed target that is meant
    ("alle 2900", Target(Kind.LIMIT, Comparison.BELOW, Decimal(2900))),
    ("yli 55 %", Target(Kind.LIMIT, Comparison.ABOVE, Decimal(55), unit="%")),
    (">35 %", Target(Kind.LIMIT, Comparison.ABOVE, Decimal(35), unit="%")),
    ("vähintään 8", Target(Kind.LIMIT, Comparison.AT_LEAST, Decimal(8))),
    ("enintään 140", Target(Kind.LIMIT, Comparison.AT_MOST, Decimal(140))),
    ("km. alle 46 vk", Target(Kind.LIMIT, Comparison.BELOW, Decimal(46), unit="viikkoa", mean=True)),
    ("pysyy alle 60 %", Target(Kind.LIMIT, Comparison.BELOW, Decimal(60), unit="%", stays=True)),
    ("60 %", Target(Kind.LIMIT, None, Decimal(60), unit="%")),
    ("3,39 M€", Target(Kind.LIMIT, None, Decimal("3.39"), unit="M€")),
    ("180", Target(Kind.LIMIT, None, Decimal(180))),
    ("kasvaa", Target(Kind.TREND, direction=Direction.UP, word="grow")),
    ("lyhenee", Target(Kind.TREND, direction=Direction.DOWN, word="shorten")),
    ("1/kk", Target(Kind.FREQUENCY, None, Decimal(1), per="month")),
    ("päivittäin", Target(Kind.FREQUENCY, None, Decimal(1), per="day")),
    ("5–10 %", Target(Kind.BAND, None, Decimal(5), Decimal(10), unit="%")),
    ("kaksinkertaistuu", Target(Kind.MULTIPLE, None, Decimal(2), direction=Direction.UP)),
    ("puolittuu", Target(Kind.MULTIPLE, None, Decimal("0.5"), direction=Direction.DOWN)),
]
REFUSED = """
    >35% %                     | target-twice     | yli 35 %
    >>5                        | target-twice     | yli 5
    yli >35                    | target-twice     | yli 35
    km. alle 46 vk km          | target-twice     | keskimäärin alle 46 viikkoa
    5–5                        | target-twice     | 5
    alle yli 5                 | target-two       | alle 5               | yli 5
    35 % €                     | target-two       | 35 %                 | 35 €
    kasvaa laskee              | target-two       | kasvaa               | laskee
    alle 5–10 %                | target-two       | 5–10 %               | alle 10 %
    yli 5–10 %                 | target-two       | 5–10 %               | yli 5 %
    vähintään 5–10 %           | target-two       | 5–10 %               | vähintään 5 %
    60 70                      | target-two       | 60–70                | 6 070
    70 60                      | target-two       | 60–70                | 7 060
    alle 60 % 70 %             | target-two       | alle 60 %            | alle 70 %
    alle 60 tai 70 %           | target-two       | alle 60 %            | alle 70 %
    60 % 70 %                  | target-two       | 60–70 %              | 60 %
    5 tai 6                    | target-two       | 5–6                  | 5
    10–5 %                     | target-order     | 5–10 %
    5-                         | target-open      | 5
    5- %                       | target-open      | 5 %
    yli                        | target-number
    km. alle                   | target-number
    %                          | target-number
    noin 60 %                  | target-about     | 60 %
    alle n. 60                 | target-about     | alle 60
    kasvaa 10 %                | target-change    | vähintään 10 %       | kasvaa
    vähenee 5                  | target-change    | enintään 5           | vähenee
    laskee alle 50 %           | target-change    | alle 50 %            | laskee
    kaksinkertaistuu 180       | target-change    | 180                  | kaksinkertaistuu
    -10 %                      | target-sign      | vähintään −10 %      | enintään −10 %
    +5 %                       | target-sign      | vähintään 5 %        | enintään 5 %
    vahintaan 8                | target-word      | vähintään 8
    alla 60                    | target-word      | alle 60
    kasva                      | target-word      | kasvaa
    50+                        | target-word      | vähintään 50
    alle 60 % asiakkaista      | target-extra     | alle 60 %
    kasvaa selvästi            | target-extra     | kasvaa
    asiakkaita alle 60         | target-unreadable
    ei ole alle 60             | target-unreadable
    ehkä 60 %                  | target-unreadable
    selvästi kasvaa 10 %       | target-unreadable
    6O %                       | target-letter    | 60 %
    alle 29OO                  | target-letter    | alle 2 900
    2 9OO                      | target-letter    | 2 900
    5–l0 %                     | target-letter    | 5–10 %
    O,5                        | target-letter    | 0,5
    alle 60 % (11/2022)        | target-extra     | alle 60 %
    3,39 M € vuodelle 2023     | target-extra     | 3,39 M€
    keskimäärin kasvaa         | target-extra     | kasvaa
    1.395                      | number-ambiguous | 1 395                | 1,395
    alle 1.395 %               | number-ambiguous | alle 1 395 %         | alle 1,395 %
    yli 36.9 %                 | number-point     | yli 36,9 %
    alle 12345678901234567     | number-long
    paranee                    | target-unreadable
    1/22                       | target-unreadable
    1.2.2023                   | target-unreadable
    0/kk                       | target-unreadable
    2/                         | target-unreadable
    5–10–15                    | target-unreadable
    5 %–10 €                   | target-unreadable
    #DIV/0!                    | target-unreadable
"""
SYNONYMS = {
    Comparison.BELOW: ["<", "alle", "alittaa", "vähemmän kuin", "below", "under", "less than"],
    Comparison.AT_MOST: [
        "<=",
        "=<",
        "≤",
        "enintään",
        "enint.",
        "ei ylitä",
        "korkeintaan",
        "max.",
        "ei yli",
        "at most",
        "no more than",
    ],
    Comparison.POINT: ["=", "tasan", "täsmälleen", "exactly"],
    Comparison.AT_LEAST: [
        ">=",
        "=>",
        "≥",
        "vähintään",
        "väh.",
        "ei alita",
        "ainakin",
        "min.",
        "ei alle",
        "at least",
        "no less than",
    ],
    Comparison.ABOVE: [">", "yli", "ylittää", "enemmän kuin", "above", "over", "more than"],
}
TRENDS = {
    Direction.UP: "kasvaa nousee lisääntyy grows rises increases".split(),
    Direction.DOWN: "lyhenee laskee vähenee pienenee shortens falls decreases shrinks".split(),
}


def refusal(text: str) -> TargetError:
    with pytest.raises(TargetError) as caught:
        parse_target(text)
    return caught.value


def sound(text: str) -> bool:
    """Whatever a text is, it is read into a normal form that says the same, or refused in words with sound readings."""
    try:
        target = parse_target(text)
    except TargetError as refused:
        error = refused
    else:
        assert parse_target(written(target, FI)) == target
        return True
    readings = list(error.values.values())
    assert all(sound(reading) for reading in readings)
    assert len(set(readings)) == len(readings)
    for language in LANGUAGES:
        sentence = catalogue(language).part("problem")[error.code].format(found=text, **error.values)
        assert all(reading in sentence for reading in readings)
    return True


# --- what is read ---


@pytest.mark.parametrize(("text", "target"), PLAN)
def test_a_target_is_read_as_it_was_meant(text: str, target: Target) -> None:
    assert parse_target(text) == target


@given(st.sampled_from(PLAN), st.data())
def test_any_space_will_do(case: tuple[str, Target], data: st.DataObject) -> None:
    text = re.sub(" ", lambda _: data.draw(st.text(SPACES, min_size=1, max_size=3)), case[0])
    assert (
        parse_target(data.draw(st.text(SPACES, max_size=2)) + text + data.draw(st.text(SPACES, max_size=2))) == case[1]
    )


@pytest.mark.parametrize(("text", "target"), PLAN)
def test_a_unit_may_be_glued_to_its_number_and_a_sign_too(text: str, target: Target) -> None:
    assert parse_target(re.sub(r"(?<=[0-9>]) (?=\S)", "", text)) == target


@pytest.mark.parametrize(("text", "target"), PLAN)
def test_capitals_and_letters_in_two_pieces_are_the_same(text: str, target: Target) -> None:
    import unicodedata

    assert parse_target(text[0].upper() + text[1:]) == target
    assert parse_target(unicodedata.normalize("NFD", text)) == target


@pytest.mark.parametrize(("wanted", "word"), [(key, word) for key, many in SYNONYMS.items() for word in many])
def test_a_comparison_means_what_it_says(wanted: Comparison, word: str) -> None:
    target = parse_target(f"{word} 5")
    assert target == Target(Kind.LIMIT, wanted, Decimal(5))
    sides = tuple(met(target, Decimal(value)) for value in (4, 5, 6))
    assert (
        sides
        == {
            Comparison.BELOW: (True, False, False),
            Comparison.AT_MOST: (True, True, False),
            Comparison.POINT: (False, True, False),
            Comparison.AT_LEAST: (False, True, True),
            Comparison.ABOVE: (False, False, True),
        }[wanted]
    )


@pytest.mark.parametrize(("wanted", "word"), [(key, word) for key, many in TRENDS.items() for word in many])
def test_a_trend_goes_where_it_says(wanted: Direction, word: str) -> None:
    target = parse_target(word)
    assert (target.kind, target.direction) == (Kind.TREND, wanted)
    assert word in (written(target, FI), written(target, EN))


def test_every_word_of_the_catalogue_means_the_key_it_stands_under() -> None:
    """No word of one language or table hides one of another."""
    seen = 0
    for language in LANGUAGES:
        spoken = catalogue(language).part("target")
        for key, many in spoken["comparison"].items():
            seen += len(many)
            assert {parse_target(f"{word} 5").comparison for word in many} == {Comparison(key)}
        for way in Direction:
            for key, many in spoken[way].items():
                assert {parse_target(word) for word in many} == {Target(Kind.TREND, direction=way, word=key)}
        for key, many in spoken["multiple"].items():
            assert {(parse_target(word).kind, str(parse_target(word).value)) for word in many} == {("multiple", key)}
        for key, many in spoken["every"].items():
            assert {f"{parse_target(word).value}/{parse_target(word).per}" for word in many} == {key}
        for key, many in spoken["count"].items():
            assert {str(parse_target(f"{word} vuodessa").value) for word in many} == {key}
        for key, many in spoken["per"].items():
            assert {parse_target(f"2/{word}").per for word in many} == {key}
        for key, many in spoken["within"].items():
            assert {parse_target(f"2 {times} {word}").per for word in many for times in spoken["times"]} == {key}
        assert all(parse_target(f"{word} alle 5").mean for word in spoken["mean"])
        assert all(parse_target(f"{word} alle 5").stays for word in spoken["stays"])
        assert {parse_target(f"{word} 5") for word in spoken["label"]} == {parse_target("5")}
    assert seen > 30


@pytest.mark.parametrize("unit", words()["units"])
def test_every_unit_we_know_is_read_in_every_spelling(unit: str) -> None:
    rhythms = {word for many in catalogue("fi").part("target")["within"].values() for word in many}
    spelt = [text for text in words()["units"][unit] if text not in rhythms]
    assert {parse_target(f"alle 5 {text}").unit for text in spelt} == {unit}
    assert {parse_target(f"alle 5{text}").unit for text in spelt} == {unit}


# --- what is refused ---


@pytest.mark.parametrize(("text", "code", "readings"), [(text, code, rest) for text, code, *rest in table(REFUSED)])
def test_what_is_ambiguous_is_refused_with_what_was_probably_meant(text: str, code: str, readings: list[str]) -> None:
    error = refusal(text)
    assert (error.code, [plain(reading) for reading in error.values.values()]) == (code, readings)
    assert sound(text)


def test_an_empty_text_is_no_target() -> None:
    assert {refusal(text).code for text in ("", " ", "\u00a0")} == {"target-unreadable"}


PIECES = """
    alle yli < > >= = vähintään enintään noin km. pysyy tavoite 5 60 1 395 3,39 1.395 0.5 % € M€ vk hlöä yritystä / kk
    kuussa kertaa kerran kasvaa laskee kaksinkertaistuu 1/kk päivittäin – - + ( , tai asiakkaista vahintaan min 2023
""".split()


@given(st.lists(st.sampled_from(PIECES), max_size=6), st.sampled_from(["", " "]))
def test_no_heap_of_words_breaks_it(pieces: list[str], space: str) -> None:
    assert sound(space.join(pieces))


@given(st.text(max_size=20) | st.text("0123456789.,-–<>%€ kmvlayi/+", max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    assert sound(text)
