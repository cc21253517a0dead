"""Sentences that the data writes: true to their numbers, well made, silent about what is hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.finnish import Language, rounded
from reports.model import Indicator
from reports.period import Period
from reports.sentences import sentences
from reports.sentences.sentences import Subject
from tests.made_sentences import ABOUT_ONE, AREAS, AT, FIGURES, INDICATORS, subject
from tests.second_reader import TONGUES, back, faults, form_faults, value

LANGUAGES = {code: Language(code) for code in TONGUES}
FI = LANGUAGES["fi"]
MONTHS = [back(AT, number) for number in range(36)]
MARKS = ("...", "..", ".", "-")


def figure_text(chance: Random, indicator: Indicator, around: int) -> str:
    """A figure as observations.csv has it: near a size, now and then a mark, an estimate, a range or not final."""
    kind = chance.choice(["number"] * 12 + ["mark", "about", "range", "status"])
    if kind == "mark":
        return chance.choice(MARKS)
    number = Decimal(chance.randint(around - 9 if indicator.negative else max(0, around - 9), around + 9))
    text = f"{number.scaleb(-indicator.decimals):f}".replace(".", ",").replace("-", "−")
    if kind == "range" and number >= 0:
        return f"{text}–{text}9"
    return f"n. {text}" if kind == "about" else f"{text} @{chance.choice('epr')}" if kind == "status" else text


def made(seed: int, indicator: str = "", area: str = "") -> Subject:
    """A made-up series: some months of three years, in one or two sizes, so that changes are nil, small and great."""
    chance = Random(seed)  # noqa: S311
    name = indicator or chance.choice(sorted(INDICATORS))
    sizes = [chance.choice([0, 1, 9, 30, 95, 300, 2095, 250_000]) for _ in range(chance.choice([1, 2]))]
    known = chance.choice([MONTHS, MONTHS, MONTHS[:14], [AT, back(AT, 12)], [AT, back(AT, 1), back(AT, 12)]])
    figures = {
        str(month): figure_text(chance, INDICATORS[name], sizes[number % len(sizes)])
        for number, month in enumerate(known)
    }
    return subject(name, area or chance.choice(sorted(AREAS)), figures)


def subjects(indicator: str = "", area: str = "") -> st.SearchStrategy[Subject]:
    """Any made-up series, or those of an indicator or area."""
    return st.integers(0, 2**32).map(lambda seed: made(seed, indicator, area))


@given(of=subjects())
@settings(max_examples=400, deadline=None)
@example(of=subject("people", "Luulola", {"2022-11": "1", "2022-10": "2", "2021-11": "0"}))
@example(of=subject("rate", "Luulola", {"2022-11": "9,0", "2022-10": "9,0", "2021-11": "10,0"}))
@example(of=subject("people", "Luulola", {"2022-11": "100", "2022-10": "100", "2021-11": "110"}))
def test_a_second_reader_finds_no_fault(of: Subject) -> None:
    for at in MONTHS[:6]:
        for code, language in LANGUAGES.items():
            for name, make in ABOUT_ONE.items():
                if said := make(of, at, language):
                    assert faults(said, of, at, code) == [], f"{name}: {said.text}"


SPOILT = [
    ("vähemmän", "enemmän"),
    ("46", "47"),
    ("2,1", "2,2"),
    ("65", "56"),
    ("vuotta", "kuukautta"),
    (" kuin", "  kuin"),
    ("Marraskuun", "marraskuun"),
    ("aiemmin.", "aiemmin"),
    ("46 (2,1\u00a0%)", "alle viisi"),
]


@pytest.mark.parametrize(("before", "after"), SPOILT)
def test_the_second_reader_finds_what_is_spoilt(before: str, after: str) -> None:
    of = subject("people", "Luulola", FIGURES)
    said = sentences.changes(of, AT, FI)
    assert said
    assert faults(said, of, AT, "fi") == []
    assert before in said.text
    assert faults(said._replace(text=said.text.replace(before, after, 1)), of, AT, "fi")


@pytest.mark.parametrize(
    ("name", "figures", "before", "after"),
    [
        ("people", {"2022-11": "1"}, "työtön työnhakija", "työtöntä työnhakijaa"),
        ("people", {"2022-11": "21"}, "työtöntä työnhakijaa", "työtön työnhakija"),
        ("staff", {"2022-11": "1,0"}, "henkilötyövuotta", "henkilötyövuosi"),
        ("weeks", {"2022-11": "1"}, "viikko", "viikkoa"),
    ],
)
def test_the_second_reader_knows_the_noun_of_a_number(
    name: str, figures: dict[str, str], before: str, after: str
) -> None:
    of = subject(name, "Luulola", figures)
    said = sentences.level(of, AT, FI)
    assert said
    assert faults(said, of, AT, "fi") == []
    assert faults(said._replace(text=said.text.replace(before, after)), of, AT, "fi")


@pytest.mark.parametrize(
    ("name", "figures", "before", "after"),
    [
        ("people", {"2022-11": "2000", "2021-11": "2141"}, "väheni", "kasvoi"),
        ("people", {"2022-11": "2400", "2021-11": "2141"}, "kasvoi", "parani"),
        ("people", {"2022-11": "2400", "2021-11": "2141"}, "selvästi", "hieman"),
        ("people", {"2022-11": "2150", "2021-11": "2141"}, "hieman", "selvästi"),
    ],
)
def test_the_second_reader_knows_verbs(name: str, figures: dict[str, str], before: str, after: str) -> None:
    of = subject(name, "Luulola", figures)
    said = sentences.headline([of], AT, FI)
    assert said
    assert faults(said, of, AT, "fi") == []
    assert faults(said._replace(text=said.text.replace(before, after)), of, AT, "fi")


LOW, HIGH = re.compile(r"\b(?:pienin|matalin|lyhin)\b"), re.compile(r"\b(?:suurin|korkein|pisin)\b")


def long_series(seed: int) -> Subject:
    """A series that is often at its end lower or higher than it has been for long, with a gap here and there."""
    chance = Random(seed)  # noqa: S311
    name = chance.choice(["people", "rate", "weeks", "trials"])
    figures = {str(month): str(chance.randint(20, 29)) for month in MONTHS}
    figures[str(AT)] = str(chance.choice([18, 19, 20, 21, 28, 29, 30, 31]))
    for month in chance.sample(MONTHS[1:], chance.choice([0, 0, 1, 2])):
        figures[str(month)] = chance.choice([*MARKS[:3], "n. 25", "20–30"])
    return subject(name, "Luulola", figures)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=1000, deadline=None)
def test_a_record_is_one(seed: int) -> None:
    of = long_series(seed)
    said = sentences.highest_or_lowest(of, AT, FI)
    now = value(of, AT)
    assert now is not None
    if said is None:
        exact = [value(of, month) for month in MONTHS[1:13]]  # a gap or an estimate, or none the first for a year
        assert None in exact or any(of.figures[month].approximate for month in MONTHS[1:13]) or not beats(now, exact)
        return
    low, whole = bool(LOW.search(said.text)), " ainakin " in said.text
    assert low is not bool(HIGH.search(said.text))
    form = "month_from" if whole else "month_of"
    (first,) = [
        number
        for number, month in enumerate(MONTHS[12:], 12)
        if re.search(rf"(?:sitten|ainakin) {FI.month(month, form)} {month.first.year}\b", said.text)
    ]
    others = [value(of, month) for month in MONTHS[1 : first + 1]]
    assert None not in others, "a claim over a month that is not known"
    assert not any(of.figures[month].approximate for month in MONTHS[: first + 1])
    beaten = [one is not None and (one > now if low else one < now) for one in others]
    assert all(beaten) if whole else all(beaten[:-1]) and not beaten[-1]


def beats(now: Decimal, others: Sequence[Decimal | None]) -> bool:
    """Whether a number is below all others or above them all."""
    known = [one for one in others if one is not None]
    return all(now < one for one in known) or all(now > one for one in known)


@given(found=st.lists(subjects("rate"), min_size=1, max_size=6))
@settings(max_examples=400, deadline=None)
def test_the_highest_and_lowest_area_are_so(found: list[Subject]) -> None:
    alike = [one._replace(area=area) for one, area in zip(found, AREAS.values(), strict=False)]
    for code, language in LANGUAGES.items():
        said = sentences.compare_areas(alike, AT, language)
        if said is None:
            continue
        assert form_faults(said, code) == [], said.text
        exact = [value(one, AT) for one in alike if (fact := one.figures.get(AT)) and not fact.approximate]
        known = [one for one in exact if one is not None]
        if "matalin" in said.text:
            assert len(known) == len(alike) >= 3
            assert [fact.value for fact in said.facts] == [max(known), min(known)]


@given(one=subjects("rate", "Luulola"), other=subjects("rate", "Maa"))
@settings(max_examples=300, deadline=None)
def test_one_area_beside_another(one: Subject, other: Subject) -> None:
    said = sentences.compare_with(one, other, AT, FI)
    here, there = value(one, AT), value(other, AT)
    if said is None or here is None or there is None:
        assert said is None
        return
    assert form_faults(said, "fi") == [], said.text
    assert ("korkeampi" in said.text, "matalampi" in said.text) == (here > there, here < there)


@given(
    found=st.lists(subjects(area="Luulola"), min_size=1, max_size=4, unique_by=lambda one: one.indicator.id),
    wide=subjects("rate", "Maa"),
)
@settings(max_examples=400, deadline=None)
def test_a_lead_is_short_and_without_fault(found: list[Subject], wide: Subject) -> None:
    for code, language in LANGUAGES.items():
        said = sentences.lead(found, AT, language, [wide])
        plain = [one for one in said if one.kind != "status"]
        assert len(plain) <= 5
        assert len({one.text for one in said}) == len(said)
        for one in plain:
            assert form_faults(one, code) == [], one.text
        title = sentences.headline(found, AT, language)
        assert title is None or form_faults(title, code) == []


@given(of=subjects(), hidden=st.sets(st.sampled_from(MONTHS[1:])))
@settings(max_examples=400, deadline=None)
def test_a_hidden_figure_says_no_more_than_a_missing_one(of: Subject, hidden: set[Period]) -> None:
    without = {month: fact for month, fact in of.figures.items() if month not in hidden}
    marked = {
        month: fact._replace(value=None, upper=None, mark="...") if month in hidden else fact
        for month, fact in of.figures.items()
    }
    for make in ABOUT_ONE.values():
        one, other = (make(of._replace(figures=figures), AT, FI) for figures in (without, marked))
        assert (one and one.text) == (other and other.text)


@given(of=subjects())
@settings(max_examples=200, deadline=None)
def test_facts_know_where_they_come_from(of: Subject) -> None:
    for make in ABOUT_ONE.values():
        said = make(of, AT, FI)
        for fact in said.facts if said else ():
            assert fact.origins
            assert fact.value == rounded(fact.value or Decimal(0), fact.decimals) or fact.unit == "%"
            assert all(AT.last + timedelta(1) > origin.period.last for origin in fact.origins)
