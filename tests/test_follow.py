"""A made-up city's plan followed for fourteen months: reached, lost again, revised, late, due; and overridden."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from reports.errors import Place
from reports.finnish import Language
from reports.goals.follow import Followed, at_baseline, follow
from reports.goals.standing import Standing, reason
from reports.model import Area, AreaSetup, Better, Dataset, FollowUp, Indicator, Mark, Observation, Status, keyed
from reports.period import Period
from reports.plan.model import Goal, GoalRow, Measure, Override, Plan
from reports.read.number import read_number
from reports.text import Placed

FI = Language("fi")
FILE = Place("data/keksila/2023/plan.yaml", 1)
YEAR = Period.year(2023)
FIRST, LAST = Period.month(2022, 11), Period.month(2023, 12)
MONTHS = list(Period(FIRST.first, LAST.last).months())

# Figures by month from 11/2022 to 12/2023; a blank is a month without one.
BY_MONTH = {
    "reached": "950 940 930 910 905 899 880 870 890 895 890 880 870 860",
    "lost": "61 62 61 63 64 61 60 55 52 50 58 59 61 59",
    "late": "70 71 72 73 74 75 76 77 78 79 _ _ _ _",
    "dropped": "10 12 14 16 18 20 22 24 15 14 13 12 11 10",
    "revised": "40 40 40 40 40 40 40 40 40 40 40 40 40 51",
    "hidden": "9 8 7 6 5 ... ... ... ... ... ... ... ... ...",
    "behind": "30 31 32 33 34 35 .. .. 38 39 40 41 42 43",
}
BY_YEAR = {"range": {"2021": "1–76", "2022": "2–140"}, "money": {"2022": "4,2", "2023": "3,3"}}
MEASURES = {
    "reached": "alle 900",
    "lost": "yli 60",
    "late": "yli 60",
    "dropped": "vähintään 20",
    "revised": "yli 50",
    "hidden": "alle 12",
    "behind": "vähintään 30",
    "range": "kasvaa",
    "money": "enintään 3,39 M€",
}
UNITS = {"money": "M€"}
BASELINES = {"range": ("2022", "2021"), "money": ("2022",)}
DUE = {"dropped": Period.month(2023, 6)}


def observed(name: str, period: Period, text: str, area: str = "Keksilä") -> Observation:
    read = read_number(text)
    more = (read.mark, read.approximate)
    return Observation(name, period, area, "", read.value, Place("observations.csv", 2), *more, upper=read.upper)


@cache
def city() -> Dataset:
    """The made-up city's figures."""
    rows = [
        observed(name, month, text)
        for name, line in BY_MONTH.items()
        for month, text in zip(MONTHS, line.split(), strict=True)
        if text != "_"
    ]
    rows += [observed(name, Period.of(year), text) for name, found in BY_YEAR.items() for year, text in found.items()]
    setup = AreaSetup(
        "Keksilän kaupunki", "Keksilä", "Keksilä", (Area("Keksilä"), Area("Naapuri")), followup=FollowUp()
    )
    indicators = {
        name: Indicator(name, name, UNITS.get(name, "kpl"), 2 if name in UNITS else 0, Better.NEITHER)
        for name in MEASURES
    }
    return Dataset("keksila", setup, indicators, {}, keyed(rows))


def plan(*measures: Measure) -> Plan:
    """A plan of one goal with these measures, or with all of the city's."""
    ones = measures or tuple(
        Measure(
            FILE,
            Placed(name),
            target=Placed(target),
            baseline=tuple(map(Placed, BASELINES.get(name, ("2022-11",)))),
            due=DUE.get(name),
        )
        for name, target in MEASURES.items()
    )
    row = GoalRow(FILE, measures=ones)
    return Plan(FILE.file, Placed("Suunnitelma"), {"tyo": Goal("tyo", Placed("Työ"), FILE, rows=(row,))})


def with_figures(*more: Observation) -> Dataset:
    """The city with these figures in place of, or beside, its own."""
    return replace(city(), observations={**city().observations, **keyed(more)})


def standing_of(name: str, month: str, dataset: Dataset | None = None) -> Followed:
    """How a measure stands at a month."""
    found = follow(plan(), YEAR, dataset or city(), Period.of(month))
    return next(one for one in found if one.placed.measure.key == name)


def course(name: str, dataset: Dataset | None = None) -> list[str]:
    """The statuses of a measure from month to month, each change once."""
    found = [str(standing_of(name, str(month), dataset).judged.standing) for month in MONTHS]
    return [one for at, one in enumerate(found) if at == 0 or one != found[at - 1]]


def said(one: Followed) -> str:
    return reason(one, FI).replace("\u00a0", " ")


def test_a_target_is_reached_and_stays_so() -> None:
    assert course("reached") == ["not-yet", "near", "at-level", "reached"]
    assert not standing_of("reached", "2023-12").judged.maintain


def test_a_target_is_lost_again() -> None:
    assert course("lost") == ["at-level", "near", "not-yet", "near", "at-level", "near"]
    at_worst = standing_of("lost", "2023-08")
    assert at_worst.judged.maintain
    assert said(at_worst) == (
        "Luku on 50 eli 10 kpl alle rajan 60; lähtötilanteessa tavoite täyttyi; "
        "nousua tarvitaan noin 2,5 kpl joka kuukausi vuoden 2023 loppuun asti."
    )


def test_a_revised_figure_revises_the_status() -> None:
    assert standing_of("revised", "2023-12").judged.standing is Standing.REACHED
    revised = observed("revised", LAST, "49")._replace(status=Status.REVISED)
    one = standing_of("revised", "2023-12", with_figures(revised))
    assert (one.judged.standing, one.now) == (Standing.NEAR, revised)


def test_a_late_figure_lasts_three_months_and_then_no_longer() -> None:
    assert course("late") == ["at-level", "no-data"]
    waiting, too_old = standing_of("late", "2023-11"), standing_of("late", "2023-12")
    assert said(waiting) == "Uusin luku, elokuulta 2023, on 79 eli 19 kpl yli rajan 60; taso pyritään säilyttämään."
    assert (too_old.judged.old, too_old.now) == (True, waiting.now)
    assert said(too_old) == "Uusin luku on elokuulta 2023, joten se on liian vanha arvion perusteeksi."
    come = with_figures(observed("late", Period.month(2023, 11), "40"))
    assert standing_of("late", "2023-12", come).judged.standing is Standing.MISSED


def test_the_due_date_decides_the_outcome_and_what_comes_later_does_not() -> None:
    assert course("dropped") == ["not-yet", "at-level", "reached"]
    long_after = standing_of("dropped", "2023-12")
    assert long_after.now is not None
    assert (str(long_after.now.period), long_after.judged.headroom) == ("2023-06", Decimal(4))
    assert standing_of("reached", "2024-02").judged.standing is Standing.REACHED
    later = with_figures(observed("reached", Period.month(2024, 2), "999"))
    assert standing_of("reached", "2024-02", later).judged.standing is Standing.REACHED


def test_a_hidden_figure_is_no_reason_to_use_an_old_one() -> None:
    one = standing_of("hidden", "2023-05")
    assert (one.judged.standing, said(one)) == (Standing.NO_DATA, "Mittarin luku on salattu.")


def test_a_figure_that_is_not_available_yet_is_waited_for() -> None:
    one = standing_of("behind", "2023-06")
    assert one.now is not None
    assert (str(one.now.period), one.judged.standing) == ("2023-04", Standing.AT_LEVEL)


def test_a_trend_goes_from_the_baseline_before_the_figure_of_now() -> None:
    one = standing_of("range", "2022-11")
    assert one.now is not None
    assert one.case.start is not None
    assert (str(one.case.start.period), str(one.now.period)) == ("2021", "2022")
    assert course("range") == ["right-way", "no-data"]  # last year's range is no outcome of this year
    monthly = with_figures(observed("range", Period.month(2023, 5), "400"))
    assert str(standing_of("range", "2023-05", monthly).now.period) == "2022"  # type: ignore[union-attr]


def test_a_sum_of_money_is_of_as_long_a_time_as_its_target() -> None:
    monthly = with_figures(observed("money", Period.month(2023, 5), "0,3"))
    one = standing_of("money", "2023-05", monthly)
    assert (one.judged.standing, one.judged.pace) == (Standing.NOT_YET, None)
    assert said(one) == "Uusin luku, vuodelta 2022, on 4,20 M€ eli 0,81 M€ yli rajan 3,39 M€."
    assert standing_of("money", "2023-12", monthly).judged.standing is Standing.REACHED
    nothing_but_months = replace(
        monthly, observations={key: o for key, o in monthly.observations.items() if o.period.kind == "month"}
    )
    assert standing_of("money", "2023-12", nothing_but_months).now is None


@pytest.mark.parametrize(
    ("target", "at", "period"),
    [
        ("alle 900", "2023-12", "2023-12"),
        ("km. alle 900", "2023-12", "2023"),
        ("km. alle 900", "2023-11", "2023"),
        ("km. alle 900", "2023-10", "2023"),
        ("alle 900", "2023-06", "2023-06"),
    ],
)
def test_a_month_goes_before_its_year_but_an_average_takes_the_year(target, at, period) -> None:
    dataset = with_figures(observed("reached", YEAR, "920"))
    (one,) = follow(plan(Measure(FILE, Placed("reached"), target=Placed(target))), YEAR, dataset, Period.of(at))
    assert one.now is not None
    assert str(one.now.period) == period


def test_a_late_month_is_not_made_up_for_by_the_year_before() -> None:
    dataset = with_figures(observed("late", Period.year(2022), "65"))
    assert standing_of("late", "2023-12", dataset).judged.old
    (one,) = follow(plan(Measure(FILE, Placed("late"), target=Placed("yli 60"))), YEAR, dataset, Period.month(2023, 12))
    assert one.now is not None
    assert str(one.now.period) == "2023-08"


def test_a_baseline_that_comes_later_is_not_the_figure_of_now() -> None:
    measure = Measure(FILE, Placed("reached"), target=Placed("alle 900"), baseline=(Placed("2022-12"),))
    (one,) = follow(plan(measure), YEAR, city(), Period.month(2022, 10))
    assert (one.now, one.judged.standing) == (None, Standing.NO_DATA)
    assert said(one) == "Lähtötason luku on vasta joulukuulta 2022."
    assert [str(o.period) for o in one.baseline] == ["2022-12"]


def test_a_measure_is_about_its_own_area() -> None:
    dataset = with_figures(observed("reached", FIRST, "10", "Naapuri"))
    measure = Measure(FILE, Placed("reached"), target=Placed("alle 900"), area=Placed("Naapuri"))
    (one,) = follow(plan(measure), YEAR, dataset, FIRST)
    assert one.now is not None
    assert (one.now.area, one.judged.standing) == ("Naapuri", Standing.AT_LEVEL)


def test_a_plan_at_its_baselines() -> None:
    found = at_baseline(plan(), YEAR, city())
    assert Counter(str(one.judged.standing) for one in found) == {"at-level": 4, "not-yet": 4, "right-way": 1}
    assert [str(one.now.period) for one in found if one.now][-2:] == ["2022", "2022"]
    no_baseline = Measure(FILE, Placed("reached"), target=Placed("alle 900"))
    (one,) = at_baseline(plan(no_baseline), YEAR, city())
    assert (one.now, one.judged.standing) == (None, Standing.NO_DATA)


def test_measures_in_words_and_without_targets_keep_their_place() -> None:
    words = Measure(FILE, text=Placed("Jonoja ei ole"))
    counted = Measure(FILE, Placed("reached"))
    found = follow(plan(words, counted), YEAR, city(), FIRST)
    assert [one.judged.standing for one in found] == [Standing.QUALITATIVE, Standing.NO_TARGET]
    assert [one.placed.measure for one in found] == [words, counted]


def test_a_bare_number_is_a_floor_or_a_ceiling_by_what_is_better() -> None:
    standings = []
    for better in (Better.HIGHER, Better.LOWER):
        reached = replace(city().indicators["reached"], better=better)
        dataset = replace(city(), indicators={**city().indicators, "reached": reached})
        (one,) = follow(plan(Measure(FILE, Placed("reached"), target=Placed("900"))), YEAR, dataset, FIRST)
        standings.append(one.judged.standing)
    assert standings == [Standing.AT_LEVEL, Standing.NOT_YET]


def test_a_person_may_see_it_otherwise() -> None:
    own = Override(Placed("lost"), Placed("at-level"), Placed("Kesän taso on tavallinen."), FILE)
    found = {one.placed.measure.key: one for one in follow(plan(), YEAR, city(), Period.month(2023, 8), [own])}
    assert (found["lost"].override, found["lost"].judged.standing) == (own, Standing.NOT_YET)
    assert found["late"].override is None


def test_the_status_does_not_depend_on_the_order_of_anything() -> None:
    rows, measures = list(city().observations.items()), [placed.measure for placed in plan().measures()]
    wanted = {one.placed.measure.key: one.judged for one in follow(plan(), YEAR, city(), Period.month(2023, 7))}
    for seed in range(5):
        random.Random(seed).shuffle(rows)  # noqa: S311
        random.Random(seed).shuffle(measures)  # noqa: S311
        mixed = follow(plan(*measures), YEAR, replace(city(), observations=dict(rows)), Period.month(2023, 7))
        assert {one.placed.measure.key: one.judged for one in mixed} == wanted


def test_the_limit_is_printed_as_precisely_as_it_was_written() -> None:
    assert standing_of("money", "2022-11").decimals == 2
    finer = Measure(FILE, Placed("reached"), target=Placed("alle 900,5"))
    (one,) = follow(plan(finer), YEAR, city(), FIRST)
    assert (one.decimals, one.judged.limit) == (1, Decimal("900.5"))
    assert observed("x", FIRST, "..").mark is Mark.UNAVAILABLE
