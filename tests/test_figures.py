"""What charts hold: the right numbers at the right places; and what cannot be drawn says why."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from figures.axis import axis_for
from figures.chart import Chart, ChartError
from figures.registry import KINDS, alt_text, data_table, draw, figure
from figures.spots import spread
from tests.made_charts import AGES, ALL, MONTHS, ROOT, ages, chart, euros, series, shares, theme, trend, two_ages

NBSP = "\u00a0"


def bars(made: Chart, width: str = "160") -> dict[str, Rectangle]:
    """The drawn bars by what they stand for."""
    patches = figure(made, theme(chart_width=width)).findobj(Rectangle)
    return {str(patch.get_label()): patch for patch in patches if ": " in str(patch.get_label())}


def texts(made: Chart, width: str = "160") -> list[str]:
    """The words in a chart, in the order they were set."""
    return [text.get_text() for text in figure(made, theme(chart_width=width)).texts]


def lines(made: Chart) -> dict[str, Line2D]:
    """The drawn lines of the series, by name."""
    return {str(line.get_label()): line for line in figure(made, theme()).findobj(Line2D) if line.get_label()}


def heights_of(line: Line2D) -> list[float]:
    """The heights of a line's points."""
    return [float(height) for height in np.asarray(line.get_ydata(), dtype=float)]


def test_columns_are_as_high_as_their_numbers():
    heights = {name: patch.get_height() for name, patch in bars(ages()).items()}
    assert list(heights) == [f"{name}: {n}" for name, n in zip(AGES, (12, 48, 62, 90, 71, 55, 20), strict=True)]
    assert [round(height / heights["30–39: 90"] * 90, 6) for height in heights.values()] == [12, 48, 62, 90, 71, 55, 20]


def test_columns_stand_side_by_side_from_left_to_right_even_with_equal_names():
    made = chart("age-distribution", ("sama", "sama", "muu"), series("", 1, 2, 3))
    found = [patch.get_x() for patch in figure(made, theme()).findobj(Rectangle) if ": " in str(patch.get_label())]
    assert len(found) == 3
    assert found == sorted(set(found))


def test_emphasis_is_said_by_weight_and_words_not_by_colour_alone():
    drawn = figure(ages(), theme())
    bold = {text.get_text() for text in drawn.texts if text.get_fontweight() == 600}
    assert {"20–24", "25–29", "48", "62", "20–29-vuotiaat: 110"} <= bold
    assert "30–39" not in bold
    accent = {
        name
        for name, patch in bars(ages()).items()
        if patch.get_facecolor()[:3] == pytest.approx((15 / 255, 76 / 255, 129 / 255))
    }
    assert accent == {"20–24: 48", "25–29: 62"}


def test_two_sets_are_named_at_their_bars_what_is_compared_with_first():
    assert [text for text in texts(two_ages()) if text in {"2020", "2021"}] == ["2020", "2021"]
    found = bars(two_ages())
    assert found["20–24: 40"].get_x() < found["20–24: 48"].get_x()


def test_a_hidden_number_shows_its_sign_and_no_bar():
    assert "..." in texts(two_ages())
    assert "0" not in texts(two_ages())
    assert not [name for name in bars(two_ages()) if name == "40–49: ..."]


def test_an_unknown_number_without_a_sign_is_not_available():
    assert ".." in texts(chart("age-distribution", ("a", "b"), series("", 1, None)))


def test_zero_is_a_number():
    made = chart("age-distribution", ("a", "b"), series("", 0, 5))
    assert "0" in texts(made)
    assert "a" not in " ".join(bars(made))


def test_negative_numbers_hang_below_the_line():
    found = bars(chart("age-distribution", ("a", "b"), series("", 4, -2)))
    up, down = found["a: 4"], found[f"b: {chr(0x2212)}2"]
    assert down.get_y() + down.get_height() == pytest.approx(up.get_y())
    assert up.get_height() == pytest.approx(2 * down.get_height())


@pytest.mark.parametrize("count", [3, 8, 20])
def test_a_few_groups_stand_upright(count):
    made = chart("age-distribution", [str(n) for n in range(count)], series("", *range(1, count + 1)))
    assert len({round(patch.get_width(), 6) for patch in bars(made).values()}) == 1


@pytest.mark.parametrize(
    "made",
    [
        chart("age-distribution", [f"{n}–{n + 1}" for n in range(15, 65, 2)], series("", *range(25, 50))),
        chart("age-distribution", ["työttömyysetuudella omaehtoisesti opiskelevat"] * 6, series("", *range(1, 7))),
    ],
    ids=["many", "long names"],
)
def test_columns_lie_down_when_words_would_touch(made):
    assert len({round(patch.get_height(), 6) for patch in bars(made).values()}) == 1


def test_shares_run_from_the_largest_with_number_and_share():
    found = [text for text in texts(shares()) if "(" in text]
    assert found == [f"150 (75,0{NBSP}%)", f"30 (15,0{NBSP}%)", f"15 (7,5{NBSP}%)", f"5 (2,5{NBSP}%)"]
    widths = [patch.get_width() for patch in bars(shares()).values()]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] / widths[-1] == pytest.approx(30)


def test_equal_shares_keep_their_order_and_unknown_ones_come_last():
    made = chart("shares", ("a", "b", "c", "d"), series("", None, 2, 7, 2, marks=("...", "", "", "")))
    assert [text for text in texts(made) if text in {"a", "b", "c", "d"}] == ["c", "b", "d", "a"]
    assert not [text for text in texts(made) if "%" in text], "no shares of a whole that is not known"


def test_forty_categories_fit_a_page_and_too_many_are_refused():
    names = [f"Kunta {n}" for n in range(100)]
    assert draw(chart("shares", names[:40], series("", *range(1, 41))), theme()).height_mm < 215
    with pytest.raises(ChartError) as refused:
        draw(chart("shares", names, series("", *range(1, 101))), theme())
    assert refused.value.code == "chart-too-many-categories"
    assert refused.value.values["found"] == 100
    assert 40 <= int(str(refused.value.values["most"])) < 100


def test_lines_pass_through_their_numbers():
    own, before = lines(trend())["2021"], lines(trend())["2020"]
    heights = heights_of(own)
    assert len(heights) == 12
    steps = [(high - heights[0]) / (value - 318) for high, value in zip(heights[1:], (311, 310, 290), strict=False)]
    assert steps == pytest.approx([steps[0]] * 3)
    assert np.array_equal(np.asarray(own.get_xdata()), np.asarray(before.get_xdata()))
    assert own.get_linewidth() > before.get_linewidth()


def test_the_turning_point_is_named_and_ends_carry_name_and_number():
    found = texts(trend())
    assert {"lokakuu: 212,", "vuoden alin", "2021", "243", "2020", "346"} <= set(found)
    assert "tammi" in found


def test_a_callout_takes_the_place_of_the_turning_words():
    found = texts(trend(callout="Lokakuussa alin"))
    assert "Lokakuussa alin" in found
    assert "vuoden alin" not in found


def test_a_year_under_way_does_not_speak_of_the_whole_year():
    made = chart("trend", MONTHS, series("2022", 9, 8, 5, 7, *[None] * 8))
    assert {"maaliskuu: 5,", "tähän asti alin"} <= set(texts(made))
    assert ".." not in texts(made)
    assert "puuttuu" not in alt_text(made)


def test_a_line_breaks_at_an_unknown_month_and_shows_its_sign():
    made = chart("trend", MONTHS[:6], series("2022", 9, 8, None, 7, None, 6, marks=("", "", "...", "", "", "")))
    assert {"...", ".."} <= set(texts(made))
    assert len(figure(made, theme()).findobj(lambda part: isinstance(part, Line2D) and part.get_label() == "2022")) == 1
    assert "maaliskuu (...)" in alt_text(made)


@pytest.mark.parametrize("kind", KINDS)
def test_one_number_is_a_sensible_chart(kind):
    made = chart(kind, ("tammikuu",), series("2021", 7))
    assert "7" in " ".join(texts(made))
    assert 8 < draw(made, theme()).height_mm < 90


def test_axes_begin_at_zero_unless_that_flattens_everything():
    assert axis_for([Decimal(212), Decimal(401)], 0).ticks == tuple(map(Decimal, (0, 100, 200, 300, 400)))
    assert axis_for([Decimal(2490), Decimal(2560)], 0).low == 2480
    assert axis_for([Decimal(-3), Decimal(4)], 0).low < 0
    assert axis_for([Decimal(2), Decimal(2)], 0).ticks[0] == 0
    assert {tick % 1 for tick in axis_for([Decimal(1), Decimal(3)], 0).ticks} == {0}
    flat = chart("trend", MONTHS[:3], series("2021", 2500, 2490, 2560))
    assert f"Asteikko alkaa luvusta 2{NBSP}480." in texts(flat)


def test_euros_set_plan_against_outcome_and_say_the_difference():
    found = texts(euros())
    assert f"59{NBSP}000{NBSP}€ (10,0{NBSP}%) vähemmän" in found
    assert f"2{NBSP}000{NBSP}€ (5,0{NBSP}%) enemmän" in found
    widths = {name: patch.get_width() for name, patch in bars(euros()).items()}
    own, planned = (
        widths[f"Palvelujen menot, {name}: {n}{NBSP}000{NBSP}€"] for name, n in (("Toteuma", 531), ("Talousarvio", 590))
    )
    assert own / planned == pytest.approx(531 / 590)


def test_large_sums_are_millions_only_where_that_hides_nothing():
    exact = chart("euros", ("TMT",), series("Toteuma", 4200000), series("Talousarvio", 3500000), unit="€")
    assert {f"4,2{NBSP}M€", f"3,5{NBSP}M€"} <= set(texts(exact))
    assert data_table(exact).rows[0][1] == (f"4{NBSP}200{NBSP}000{NBSP}€", Decimal(4200000))
    odd = chart("euros", ("TMT",), series("Toteuma", 4200123), series("Talousarvio", 3500000), unit="€")
    assert f"4{NBSP}200{NBSP}123{NBSP}€" in texts(odd)


def test_dollars_stay_text():
    assert "$5 ja 10$" in texts(ages(callout="$5 ja 10$"))
    assert "$5 ja 10$" in texts(chart("shares", ("$5 ja 10$",), series("", 1)))


def test_status_and_unit_stand_in_the_picture_and_title_and_source_where_it_stands_alone():
    assert {"Esimerkkiaineisto", "henkilöä"} <= set(texts(ages(status="Esimerkkiaineisto")))
    alone = [text.get_text() for text in figure(ages(note="Huomautus."), theme(), standalone=True).texts]
    assert {"Asiakkaat", "Lähde: Mallilan rekisteri", "Huomautus."} <= set(alone)
    assert "Asiakkaat" not in texts(ages())


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (chart("shares", (), series("")), "chart-empty"),
        (chart("shares", ("a",)), "chart-empty"),
        (chart("trend", ("a", "b"), series("", None, None)), "chart-empty"),
        (chart("shares", ("a", "b"), series("", 1)), "chart-uneven"),
        (chart("shares", ("a",), series("", "NaN")), "chart-number-bad"),
        (chart("shares", ("a",), series("", "Infinity")), "chart-number-bad"),
        (chart("shares", ("a",), series("", 1), emphasis=("b",)), "chart-emphasis-unknown"),
        (chart("shares", ("a",), series("", 1), series("", 1), series("", 1)), "chart-too-many-series"),
        (chart("shares", ("字",), series("", 1)), "chart-letter-missing"),
        (chart("trend", [str(n) for n in range(200)], series("", *range(200))), "chart-too-many-categories"),
        (
            chart("euros", [str(n) for n in range(40)], series("a", *range(40)), series("b", *range(40))),
            "chart-too-many-categories",
        ),
    ],
)
def test_what_cannot_be_drawn_says_why(made, code):
    with pytest.raises(ChartError) as refused:
        draw(made, theme())
    assert refused.value.code == code


def test_an_unknown_kind_or_missing_words_say_so():
    with pytest.raises(ChartError, match="chart-kind-unknown"):
        alt_text(Chart("pie", "t", "", "", ("a",), (series("", 1),)))
    with pytest.raises(ChartError, match="chart-words-missing"):
        alt_text(Chart("trend", "t", "", "", ("a",), (series("", 1),)))


def test_labels_are_spread_as_little_as_can_be():
    assert spread([10, 50], 12, 0, 100) == [10, 50]
    assert spread([50, 50, 50], 12, 0, 100) == pytest.approx([38, 50, 62])
    assert spread([99, 98], 12, 0, 100) == pytest.approx([100, 88])
    assert spread([], 12, 0, 100) == []


def test_importing_figures_and_describing_a_chart_needs_no_matplotlib():
    code = (
        "import sys; from figures.registry import alt_text, data_table; from tests.made_charts import ALL;"
        "found = [len(alt_text(made())) + len(data_table(made()).rows) for made in ALL];"
        "print('matplotlib' in sys.modules, 'numpy' in sys.modules, len(found))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["False", "False", str(len(ALL))]
