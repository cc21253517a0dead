"""What may be published: the rule, what is hidden with a small count and why, and what the staff are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from reports.disclosure import Hidden, Published, Unprotected, published, staff_report
from reports.finnish import Language
from reports.model import Area, Dataset, Indicator, Key, Mark, Sum
from reports.period import Period
from tests.disclosure_worlds import nested, with_shares
from tests.made_disclosure import MONTH, PLACE, counted, dataset, observation, shown, table

TOWNS = [Area("Aa"), Area("Bee"), Area("Cee"), Area("All", members=("Aa", "Bee", "Cee"))]


def figures(indicator: str, values: Mapping[tuple[str, str], int | str | None], period: Period = MONTH) -> list[object]:
    """Figures by area and group; text is a mark."""
    return [
        observation((indicator, period, *at), None, Mark(value))
        if isinstance(value, str)
        else observation((indicator, period, *at), value)
        for at, value in values.items()
    ]


def made(
    indicators: Iterable[Indicator], observations: Iterable[object], sums: Iterable[Sum] = (), threshold: int = 5
) -> Dataset:
    """A home of four areas."""
    return dataset(indicators, TOWNS, observations, tuple(sums), threshold)  # type: ignore[arg-type]


def towns(indicator: Indicator, *values: int | str | None, threshold: int = 5) -> Dataset:
    """One indicator in Aa, Bee, Cee and all of them."""
    places = zip(("Aa", "Bee", "Cee", "All"), values, strict=False)
    return made([indicator], figures(indicator.id, {(area, ""): value for area, value in places}), threshold=threshold)


def places(found: Published) -> list[str]:
    """What was hidden, in words."""
    return [" ".join(part for part in (one.key[0], *one.key[2:]) if part) for one in found.hidden]


@pytest.mark.parametrize(("value", "is_hidden"), [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_one_to_four_are_hidden_and_nought_and_five_are_shown(value: int, is_hidden: bool) -> None:
    out = published(towns(counted("c"), value, 50))
    o = out.dataset.observations["c", MONTH, "Aa", ""]
    assert (o.value is None, o.mark is Mark.HIDDEN) == (is_hidden, is_hidden)
    assert len(out.hidden) == is_hidden


def test_the_threshold_is_the_areas_or_the_indicators_own() -> None:
    assert places(published(towns(counted("c"), 9, 50, threshold=10))) == ["c Aa"]
    assert places(published(towns(counted("c", threshold=Decimal(3)), 3, 2, threshold=10))) == ["c Bee"]


@pytest.mark.parametrize(
    "indicator",
    [
        Indicator("c", "c", "visits"),
        Indicator("c", "c", "%", register="persons"),
        Indicator("c", "c", "persons", register="persons", negative=True),
    ],
)
def test_visits_rates_and_changes_are_no_counts_of_persons(indicator: Indicator) -> None:
    data = towns(indicator, 1, 2, 3, 6)
    assert published(data) == Published(data, ())


def test_a_table_without_small_counts_is_left_as_it_is() -> None:
    data = table(Random(1), 6, 4, small=0).dataset  # noqa: S311
    assert published(data) == Published(data, ())


def test_with_one_small_count_another_goes_since_the_total_tells_and_its_reason_is_told() -> None:
    out = published(towns(counted("c"), 3, 20, 70, 93))
    small, other = out.hidden
    assert small == Hidden(("c", MONTH, "Aa", ""), "small")
    assert other == Hidden(("c", MONTH, "Bee", ""), "areas", ("c", MONTH, "All", ""), small.key)
    assert shown(out.dataset) == {("c", MONTH, "Cee", ""): 70, ("c", MONTH, "All", ""): 93}


def test_two_small_ones_hide_each_other_only_when_they_are_large_enough_together() -> None:
    assert places(published(towns(counted("c"), 3, 4, 70, 77))) == ["c Aa", "c Bee"]
    assert places(published(towns(counted("c"), 1, 2, 70, 73))) == ["c Aa", "c Bee", "c Cee"]


def test_a_nought_is_never_hidden() -> None:
    assert places(published(towns(counted("c"), 3, 0, 70, 73))) == ["c Aa", "c Cee"]


def test_groups_go_with_groups_and_areas_with_areas() -> None:
    data = table(Random(5), 5, 4, small=0)  # noqa: S311
    key = ("c", MONTH, "A1", "g2")
    less = data.truth[key] - 3
    kept = {**data.dataset.observations}
    for area in ("A1", "All"):
        for group in ("g2", ""):
            at = ("c", MONTH, area, group)
            kept[at] = observation(at, data.truth[at] - less)
    out = published(replace(data.dataset, observations=kept))
    hidden = {one.key for one in out.hidden}
    assert key in hidden
    assert len(hidden) == 4
    assert all(area != "All" and group for _, _, area, group in hidden)


def test_what_adds_up_under_another_name_is_known_from_a_declared_sum_of_another_month() -> None:
    ages = counted("ages", ["young", "old"])
    rows = [
        *figures("all", {("Aa", ""): 60}),
        *figures("ages", {("Aa", "young"): 3, ("Aa", "old"): 57}),
    ]
    declared = Sum("s", "all 2030-01 Bee", ("ages 2030-01 Bee / young", "ages 2030-01 Bee / old"), PLACE)
    assert places(published(made([counted("all"), ages], rows))) == ["ages Aa young"]
    out = published(made([counted("all"), ages], rows, [declared]))
    assert places(out) == ["ages Aa old", "ages Aa young"]
    assert [one.why for one in out.hidden] == ["groups", "small"]


def test_a_share_goes_with_its_part_and_with_its_whole() -> None:
    share = Indicator("s", "s", "%", 0, part="p", whole="w")
    rows = [
        *figures("p", {("Aa", ""): 3, ("Bee", ""): 0, ("Cee", ""): 30}),
        *figures("w", {("Aa", ""): 60, ("Bee", ""): 4, ("Cee", ""): 90}),
        *figures("s", {("Aa", ""): 5, ("Bee", ""): 0, ("Cee", ""): 33}),
    ]
    assert places(published(made([counted("p"), counted("w"), share], rows))) == ["p Aa", "s Aa", "s Bee", "w Bee"]


@pytest.mark.parametrize(("per_cent", "is_hidden"), [(15, True), (40, False), (0, False)])
def test_a_share_that_tells_a_small_part_is_hidden_though_the_part_stands_nowhere(
    per_cent: int, is_hidden: bool
) -> None:
    share = Indicator("s", "s", "%", 0, part="p", whole="w")
    rows = [*figures("w", {("Aa", ""): 20}), *figures("s", {("Aa", ""): per_cent})]
    assert places(published(made([counted("p"), counted("w"), share], rows))) == ["s Aa"] * is_hidden


def test_a_count_that_stands_nowhere_is_not_told_by_a_total() -> None:
    out = published(towns(counted("c"), 40, 50))
    assert places(out) == []
    data = made([counted("c")], figures("c", {("Aa", ""): 40, ("Bee", ""): 50, ("All", ""): 93}))
    assert len(published(data).hidden) == 1


def test_what_the_source_hides_is_not_told_by_a_total_either() -> None:
    out = published(towns(counted("c"), "...", 20, 70, 93))
    assert places(out) == ["c Aa", "c Bee"]
    assert [one.why for one in out.hidden] == ["unknown", "areas"]


def test_a_year_does_not_tell_a_month() -> None:
    months = [Period.month(2031, number) for number in range(1, 13)]
    year = Period.year(2031)
    rows = [observation(("c", month, "Aa", ""), 3 if number == 4 else 10) for number, month in enumerate(months)]
    for times, total in ((1, 113), (Decimal(1) / 12, 9)):
        data = made([counted("c")], [*rows, observation(("c", year, "Aa", ""), total)])
        hidden = [(str(one.key[1]), one.why) for one in published(data).hidden]
        assert len(hidden) == 2, times
        assert ("2031-05", "small") in hidden


def test_a_range_goes_whole_when_one_of_its_ends_is_small() -> None:
    o = observation(("c", MONTH, "Aa", ""), 1)._replace(upper=Decimal(76), approximate=True, note="two of them new")
    out = published(made([counted("c")], [o]))
    seen = out.dataset.observations[o[0], MONTH, "Aa", ""]
    assert (seen.value, seen.upper, seen.mark, seen.note, seen.approximate) == (None, None, Mark.HIDDEN, "", False)


def test_figures_of_other_months_and_areas_are_left_out_and_hide_what_is_shown() -> None:
    before = Period.month(2031, 4)
    rows = [*towns(counted("c"), 3, 20, 70, 93).observations.values()]
    rows += [o._replace(period=before) for o in rows]
    out = published(made([counted("c")], rows), [MONTH])
    assert {key[1] for key in out.dataset.observations} == {MONTH}
    out = published(made([counted("c")], rows), [MONTH], ["Cee", "All"])
    assert shown(out.dataset) == {("c", MONTH, "Cee", ""): 70, ("c", MONTH, "All", ""): 93}
    assert out.hidden == ()


def test_what_was_published_before_hides_nothing_and_what_was_hidden_stays_hidden() -> None:
    data = towns(counted("c"), 3, 20, 70, 93)
    bee, cee, total = (("c", MONTH, area, "") for area in ("Bee", "Cee", "All"))
    assert places(published(data, earlier={bee: Decimal(20)})) == ["c Aa", "c Cee"]
    assert places(published(data, earlier={bee: Decimal(19)})) == ["c Aa", "c Bee"]
    assert [(one.key, one.why) for one in published(data, earlier={cee: None}).hidden][1:] == [(cee, "before")]
    known = {bee: Decimal(20), cee: Decimal(70), total: Decimal(93)}
    with pytest.raises(Unprotected) as error:
        published(data, earlier=known)
    assert error.value.exit_code == 5
    (problem,) = error.value.problems
    assert (problem.code, problem.place, problem.values["area"]) == ("disclosure-impossible", PLACE, "Aa")
    said = Language("fi").catalogue.plain(problem)
    assert "Aa" in said
    assert not any(sign in said for sign in ("70", "93"))
    assert [(one.key[2], one.why) for one in error.value.hidden] == [("Aa", "impossible")]


def test_the_staff_are_told_first_what_cannot_be_protected_and_then_what_would_have_been_hidden() -> None:
    other = [o._replace(indicator="d") for o in towns(counted("c"), 2, 30, 60, 92).observations.values()]
    data = towns(counted("c"), 3, 20, 70, 93)
    data = made([counted("c"), counted("d")], [*data.observations.values(), *other])
    known = {("c", MONTH, area, ""): Decimal(value) for area, value in (("Bee", 20), ("Cee", 70), ("All", 93))}
    with pytest.raises(Unprotected) as error:
        published(data, earlier=known)
    found = [(one.key[0], one.key[2], one.why) for one in error.value.hidden]
    assert found[0] == ("c", "Aa", "impossible")
    assert ("d", "Aa", "small") in found[1:]
    row = staff_report(error.value.hidden, data, Language("en"))[1]
    assert "it cannot be protected, so nothing was published" in row


def test_areas_whose_figures_do_not_add_up_are_not_taken_to() -> None:
    data = towns(counted("c"), 3, 20, 70, 80)  # a person may be in several
    assert places(published(data)) == ["c Aa"]


def test_a_slip_in_one_month_does_not_hide_from_us_what_every_reader_knows() -> None:
    rows: list[object] = []
    for number in range(1, 5):
        values = {("Aa", ""): 3, ("Bee", ""): 20, ("Cee", ""): 70, ("All", ""): 93 + (number == 2)}
        rows += figures("c", values, Period.month(2031, number))
    assert len(published(made([counted("c")], rows)).hidden) == 8


@pytest.mark.parametrize("grouped", [False, True])
def test_what_added_up_otherwise_years_ago_adds_up_now(grouped: bool) -> None:
    rows: list[object] = []
    names = ["old", "young", "rest"]
    for number in range(1, 25):
        off = 40 * (number < 14)  # an area had another member, a list another group
        period = Period.month(2030 + (number - 1) // 12, (number - 1) % 12 + 1)
        small = 3 if number == 24 else 30
        if grouped:
            counts = dict(zip(names, (20, small, 70), strict=True))
            values = {("Aa", ""): 90 + small + off, **{("Aa", name): value for name, value in counts.items()}}
        else:
            values = {("Aa", ""): small, ("Bee", ""): 20, ("Cee", ""): 70, ("All", ""): 90 + small + off}
        rows += figures("c", values, period)
    assert len(published(made([counted("c", names if grouped else ())], rows)).hidden) == 2


def test_a_small_count_that_was_told_by_mistake_is_not_told_again_and_stops_no_later_page() -> None:
    data = towns(counted("c"), 3, 20, 70, 93)
    told = {key: o.value for key, o in data.observations.items()}
    first = published(data, earlier=told)
    assert places(first) == ["c Aa", "c Bee"]
    known = {**told, **{key: o.value for key, o in first.dataset.observations.items()}}
    assert published(data, earlier=known).hidden


def test_the_figure_that_the_page_is_about_goes_last() -> None:
    data = towns(counted("c"), 3, 0, 70, 73)
    about = replace(data, setup=replace(data.setup, municipality="Cee"))
    assert (places(published(data)), places(published(about))) == (["c Aa", "c Cee"], ["c Aa", "c All"])


def test_the_order_of_the_files_changes_nothing() -> None:
    worlds = [table(Random(9), 6, 5, small=0.3)]  # noqa: S311
    worlds += [nested(Random(seed)).made() for seed in range(10)]  # noqa: S311
    worlds += [with_shares(Random(seed)) for seed in range(10)]  # noqa: S311
    for world in worlds:
        rows = list(world.dataset.observations.items())
        Random(2).shuffle(rows)  # noqa: S311
        assert published(replace(world.dataset, observations=dict(rows))).hidden == published(world.dataset).hidden


def test_what_the_source_hides_is_left_alone_where_nothing_tells_it() -> None:
    data = made([counted("c")], figures("c", {("Aa", ""): "...", ("Bee", ""): ".."}))
    assert [one.why for one in published(data).hidden] == ["unknown"]


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_staff_are_told_what_is_hidden_and_why_but_not_how_small_it_is(language: str) -> None:
    data = towns(counted("c"), 3, 20, 70, 93)
    heads, *rows = staff_report(published(data).hidden, data, Language(language))
    assert [row[:4] for row in rows] == [("c", "5/2031", "Aa", ""), ("c", "5/2031", "Bee", "")]
    assert rows[1][5:] == ("c, 5/2031, All", "c, 5/2031, Aa")
    assert {len(row) for row in rows} == {len(heads)}
    assert all(row[4] for row in rows)


def test_every_reason_has_a_word() -> None:
    whys = Language("fi").catalogue.part("disclosure.why")
    key: Key = ("c", MONTH, "Aa", "")
    data = towns(counted("c"), 3)
    rows = staff_report([Hidden(key, why, key, key) for why in whys], data, Language("en"))
    assert len({row[4] for row in rows[1:]}) == len(whys)
