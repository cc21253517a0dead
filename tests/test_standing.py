"""A target held against figures: the status, the numbers behind it, and the sentence that says why."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.errors import Place
from reports.finnish import Language, rounded
from reports.goals.amounts import agreeing
from reports.goals.judge import judge
from reports.goals.standing import Case, Followed, Judged, Standing, reason
from reports.goals.target import Comparison, Direction, Kind, Target, aimed, parse_target
from reports.goals.yardstick import age, is_old, months_left, times
from reports.messages import catalogue
from reports.model import Better, FollowUp, Indicator, Mark, Observation
from reports.period import Period
from reports.plan.model import Goal, GoalRow, Measure, PlacedMeasure
from reports.read.number import read_number
from reports.text import Placed

FI, EN = Language("fi"), Language("en")
HERE = Place("plan.yaml", 1)
PLACED = PlacedMeasure(Measure(HERE), GoalRow(HERE), Goal("a", Placed("A"), HERE), "1", "1")
NOVEMBER, YEAR = Period.month(2022, 11), Period.year(2023)
# Small whole numbers among them, so that a value often lies on its limit.
NUMBERS = st.integers(-3, 3).map(Decimal) | st.decimals(min_value=-100000, max_value=100000, places=2, allow_nan=False)
COMPARISONS = st.sampled_from(list(Comparison))
MIRRORED = {
    Comparison.ABOVE: Comparison.BELOW,
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.POINT: Comparison.POINT,
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.BELOW: Comparison.ABOVE,
}
FLOORS = (Comparison.ABOVE, Comparison.AT_LEAST)
MET = (Standing.AT_LEVEL, Standing.REACHED)
FROM_BEST = [Standing.AT_LEVEL, Standing.NEAR, Standing.NOT_YET]


def figure(text: str, period: Period = NOVEMBER) -> Observation:
    """An observation of a made-up indicator, its value as in observations.csv."""
    read = read_number(text)
    return Observation("x", period, "A", "", read.value, HERE, read.mark, read.approximate, upper=read.upper)


def counted(unit: str = "kpl", decimals: int = 0, better: Better = Better.NEITHER) -> Indicator:
    """A made-up indicator."""
    return Indicator("x", "X", unit, decimals, better)


def limit(comparison: Comparison, value: Decimal) -> Target:
    """A target with a limit."""
    return Target(Kind.LIMIT, comparison, value)


def at(target: Target, now: Decimal, moment: Period = NOVEMBER, decimals: int = 2) -> Judged:
    """The judgement of a number at a time, which is its own baseline."""
    one = Observation("x", moment, "A", "", now, HERE)
    return judge(Case(target, counted(decimals=decimals), one, one, moment, YEAR), FollowUp())


def read_case(line: str) -> tuple[Case, str]:
    """A case and its status from a line of reasons.txt."""
    target, now, start, unit, moment, due, status = (part.strip() for part in line.split("|"))
    when = Period.of(moment)

    def read(text: str) -> Observation | None:
        period, value = text.split(": ") if ": " in text else (moment, text)
        return None if text == "-" else figure(value, Period.of(period))

    latest = read(now)
    indicator = None if unit == "-" else counted(unit, 1 if unit == "HTV" else 0)
    typed = None if target == "-" else aimed(parse_target(target), Better.NEITHER)
    return Case(typed, indicator, latest if start == "=" else read(start), latest, when, Period.of(due)), status


def followed(case: Case) -> Followed:
    """A case judged, as a measure of a plan."""
    return Followed(PLACED, (case.start,) if case.start else (), case, judge(case, FollowUp()))


REASONS = (Path(__file__).parent / "data" / "reasons.txt").read_text(encoding="utf-8")
CASES = re.findall(r"^(.+\|.+)\n(.+)$", re.sub(r"(?m)^#.*\n", "", REASONS), re.MULTILINE)

# Seventeen targets with their own baselines, as many met and not met as the source plan has.
SEVENTEEN = [
    ("pysyy alle 2900", "2621", "henkilöä", 0, Better.LOWER, "at-level", "279", None),
    ("alle 60 %", "53", "%", 0, Better.LOWER, "at-level", "7", None),
    ("alle 50 %", "52", "%", 0, Better.LOWER, "near", "-2", "-0.2"),
    ("alle 35 %", "38", "%", 0, Better.LOWER, "not-yet", "-3", "-0.3"),
    ("km. alle 46 vk", "42", "viikkoa", 0, Better.LOWER, "at-level", "4", None),
    ("km. alle 140 as.", "122", "asiakasta", 0, Better.LOWER, "at-level", "18", None),
    ("alle 30 %", "n. 22", "%", 0, Better.LOWER, "at-level", "8", None),
    ("180 as.", "151", "asiakasta", 0, Better.HIGHER, "not-yet", "-29", "2.3"),
    ("yli 35 %", "36,9", "%", 1, Better.HIGHER, "at-level", "1.9", None),
    ("yli 55 %", "60,4", "%", 1, Better.HIGHER, "at-level", "5.4", None),
    ("yli 20 %", "18,2", "%", 1, Better.HIGHER, "not-yet", "-1.8", "0.14"),
    ("yli 40 %", "42,8", "%", 1, Better.HIGHER, "at-level", "2.8", None),
    ("yli 50", "64", "kpl", 0, Better.HIGHER, "at-level", "14", None),
    ("km. 400 henkilöä", "379", "henkilöä", 0, Better.HIGHER, "not-yet", "-21", "1.7"),
    ("km. 120 henkilöä", "92", "henkilöä", 0, Better.HIGHER, "not-yet", "-28", "2.2"),
    ("yli 60", "61", "kpl", 0, Better.HIGHER, "at-level", "1", None),
    ("yli 160", "226", "kpl", 0, Better.HIGHER, "at-level", "66", None),
]


@pytest.mark.parametrize(("text", "value", "unit", "decimals", "better", "standing", "headroom", "pace"), SEVENTEEN)
def test_a_target_at_its_own_baseline(text, value, unit, decimals, better, standing, headroom, pace) -> None:
    now = figure(value)
    case = Case(aimed(parse_target(text), better), counted(unit, decimals, better), now, now, NOVEMBER, YEAR)
    one = judge(case, FollowUp())
    assert (one.standing, one.headroom, one.months) == (standing, Decimal(headroom), 13)
    assert one.pace == (None if pace is None else Decimal(pace))
    assert one.maintain is (standing == "at-level")
    assert one.barely is (value == "61")


def test_eleven_of_the_seventeen_are_met() -> None:
    assert [row[5] for row in SEVENTEEN].count("at-level") == 11


@pytest.mark.parametrize(("line", "sentence"), CASES)
def test_a_status_with_its_reason(line, sentence) -> None:
    case, status = read_case(line)
    one = followed(case)
    assert (str(one.judged.standing), reason(one, FI).replace("\u00a0", " ")) == (status, sentence)


@pytest.mark.parametrize("line", [line for line, _ in CASES])
def test_the_sentence_stands_in_every_language(line) -> None:
    said = reason(followed(read_case(line)[0]), EN)
    assert re.fullmatch(r"[A-Z][^{}]+\.", said)


def test_every_status_and_reason_has_its_case() -> None:
    ones = [followed(read_case(line)[0]) for line, _ in CASES]
    assert {one.judged.why for one in ones} == catalogue("fi").part("standing.reason").keys()
    assert {one.judged.standing for one in ones} == set(Standing)
    assert all(isinstance(catalogue("fi").part("standing")[one], str) for one in Standing)


def test_no_number_stands_alone_at_the_end_of_a_line() -> None:
    said = reason(followed(read_case(CASES[0][0])[0]), FI)
    assert "2\u00a0621" in said
    assert "279\u00a0henkilöä" in said


@given(COMPARISONS, NUMBERS, NUMBERS)
def test_what_is_met_has_room_and_what_is_not_has_none(comparison, value, now) -> None:
    one = at(limit(comparison, value), now)
    assert one.headroom is not None
    assert one.headroom >= 0 if one.standing in MET else one.headroom <= 0
    assert (one.gap is None) is (one.standing in MET or value == 0)


@given(COMPARISONS, NUMBERS, NUMBERS, st.integers(0, 13))
def test_who_keeps_the_pace_reaches_the_limit(comparison, value, now, ahead) -> None:
    moment = Period.month(2022 + (ahead + 10) // 12, (ahead + 10) % 12 + 1)
    one = at(limit(comparison, value), now, moment)
    assume(one.pace is not None)
    assert one.pace is not None
    end = now + one.pace * max(1, one.months)
    assert end >= value if one.pace > 0 else end <= value
    assert (one.pace > 0) is (now < value)
    assert one.standing in (Standing.NEAR, Standing.NOT_YET)


@given(COMPARISONS, NUMBERS, NUMBERS)
def test_a_mirrored_target_is_judged_alike(comparison, value, now) -> None:
    one, other = at(limit(comparison, value), now), at(limit(MIRRORED[comparison], -value), -now)
    assert (one.standing, one.headroom, one.barely, one.gap) == (
        other.standing,
        other.headroom,
        other.barely,
        other.gap,
    )
    assert (one.pace or 0) == -(other.pace or 0)


@given(st.sampled_from(FLOORS), NUMBERS, NUMBERS, NUMBERS)
def test_more_is_never_worse_for_a_floor(comparison, value, low, high) -> None:
    low, high = sorted((low, high))
    worse, better = (FROM_BEST.index(at(limit(comparison, value), now).standing) for now in (low, high))
    assert better <= worse


@given(NUMBERS, NUMBERS)
def test_the_other_direction_is_the_other_way(start, now) -> None:
    up, down = (
        judge(
            Case(
                Target(Kind.TREND, direction=way),
                counted(decimals=2),
                Observation("x", Period.year(2021), "A", "", start, HERE),
                Observation("x", NOVEMBER, "A", "", now, HERE),
                NOVEMBER,
                YEAR,
            ),
            FollowUp(),
        ).standing
        for way in Direction
    )
    ways = {(Standing.RIGHT_WAY, Standing.WRONG_WAY), (Standing.WRONG_WAY, Standing.RIGHT_WAY)}
    assert (up, down) in (ways if start != now else {(Standing.UNCHANGED, Standing.UNCHANGED)})


@given(COMPARISONS, NUMBERS, NUMBERS)
def test_the_outcome_is_the_status_before_it_was_due(comparison, value, now) -> None:
    before, after = (at(limit(comparison, value), now, moment) for moment in (NOVEMBER, Period.month(2023, 12)))
    outcome = {Standing.AT_LEVEL: Standing.REACHED, Standing.NOT_YET: Standing.MISSED, Standing.NEAR: Standing.NEAR}
    assert after.standing is outcome[before.standing]
    assert (after.headroom, after.pace, after.months) == (before.headroom, None, 0)


@given(NUMBERS, NUMBERS, st.integers(0, 3))
def test_printed_numbers_agree(a, b, decimals) -> None:
    places = agreeing(decimals, a, b)
    assert rounded(a, places) - rounded(b, places) == rounded(a - b, places)
    assert (rounded(a - b, places) == 0) is (a == b)


@pytest.mark.parametrize(
    ("period", "moment", "outcome", "old"),
    [
        ("2022-11", "2023-02", False, False),
        ("2022-11", "2023-03", False, True),
        ("2022", "2024-03", False, False),
        ("2022", "2024-04", False, True),
        ("2022", "2023-12", True, True),
        ("2023", "2023-12", True, False),
        ("2022-11-05", "2023-02", False, False),
        ("2023", "2022-11", False, False),
    ],
)
def test_a_figure_grows_old(period, moment, outcome, old) -> None:
    assert is_old(Period.of(period), Period.of(moment), FollowUp(), outcome=outcome) is old


@pytest.mark.parametrize(
    ("moment", "due", "months", "behind"),
    [
        ("2022-11", "2023", 13, 0),
        ("2023-12", "2023", 0, 0),
        ("2024-02", "2023", 0, 2),
        ("2023-05-20", "2023-06-15", 0, 0),
        ("2023-05-10", "2023-06-15", 1, 0),
        ("2023-01-31", "2023-02", 1, 0),
    ],
)
def test_months_that_are_left(moment, due, months, behind) -> None:
    assert months_left(Period.of(moment), Period.of(due)) == months
    assert age(Period.of(due), Period.of(moment)) == behind


def test_times_of_a_longer_period() -> None:
    assert times(Decimal(30), Period.year(2022), "month") == Decimal("2.5")
    assert times(Decimal(28), Period.month(2023, 2), "week") == 7
    assert times(Decimal(730), Period.year(2022), "day") == 2
    assert times(Decimal(4), Period.month(2023, 2), "year") == 48


def test_near_is_what_the_area_says() -> None:
    now = figure("58")
    case = Case(limit(Comparison.ABOVE, Decimal(60)), counted(), now, now, NOVEMBER, YEAR)
    assert judge(case, FollowUp(near=Decimal(5))).standing is Standing.NEAR
    assert judge(case, FollowUp(near=Decimal(3))).standing is Standing.NOT_YET


@pytest.mark.parametrize(
    ("text", "value", "standing", "barely"),
    [
        ("vähintään 60", "56", "not-yet", False),
        ("vähintään 60", "57", "near", False),
        ("vähintään 60", "63", "at-level", True),
        ("vähintään 60", "64", "at-level", False),
        ("enintään 0", "0", "at-level", False),
        ("enintään 0", "1", "not-yet", False),
        ("60", "60", "at-level", False),
        ("60–70", "69", "at-level", True),
        ("60–70", "65", "at-level", False),
    ],
)
def test_near_and_barely_end_at_the_same_distance(text, value, standing, barely) -> None:
    one = at(aimed(parse_target(text), Better.NEITHER), Decimal(value))
    assert (str(one.standing), one.barely) == (standing, barely)


def test_a_hidden_baseline_keeps_nothing() -> None:
    case = Case(limit(Comparison.BELOW, Decimal(60)), counted(), figure("..."), figure("50"), NOVEMBER, YEAR)
    assert (judge(case, FollowUp()).standing, judge(case, FollowUp()).maintain) == (Standing.AT_LEVEL, False)
    assert figure("...").mark is Mark.HIDDEN
