"""The chart of targets: marks where their per cents are, the good side shaded, statuses in shapes and words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures.chart import Aim, Chart, ChartError, Series
from figures.lettering import plain_matplotlib
from figures.registry import alt_text, data_table, draw, lay_out
from figures.sheet import Bar, Dot, Patch, Sheet, Stroke, Words
from figures.target_rows import reach
from tests.made_charts import chart, far_targets, series, targets, theme
from tests.test_charts_look import LABEL, faults

NBSP = "\u00a0"


def sheet_of(made: Chart, wide: str = "150") -> Sheet:
    """A chart's sheet."""
    with plain_matplotlib():
        return lay_out(made, theme(chart_width=wide))


def texts(made: Chart, wide: str = "150") -> list[str]:
    """The words of a chart."""
    return [item.text for item in sheet_of(made, wide).items if isinstance(item, Words)]


def middle_of(item: Dot | Patch) -> float:
    """Where a mark stands across the sheet."""
    return item.x if isinstance(item, Dot) else (min(x for x, _ in item.corners) + max(x for x, _ in item.corners)) / 2


def marks(made: Chart) -> dict[str, Dot | Patch]:
    """The marks of the rows by what they stand for."""
    return {item.name: item for item in sheet_of(made).items if isinstance(item, Dot | Patch) and item.name}


def target_line(sheet: Sheet) -> float:
    """Where the target line stands across the sheet."""
    upright = {x0 for s in sheet.items if isinstance(s, Stroke) for (x0, _), (x1, _) in [s.points] if x0 == x1}
    assert len(upright) == 1, "one line for all rows"
    return upright.pop()


def shades(made: Chart) -> list[tuple[float, float]]:
    """Left and right edge of the shading of each row, without the key's own."""
    bars = [item.box for item in sheet_of(made).items if isinstance(item, Bar)]
    return [(box.left, box.right) for box in bars[1:]]


def one(now: Any, before: Any = None, **more: Any) -> Chart:
    """A chart of one measure."""
    aim = Aim(**{"now": "61", "target": "yli 60", "status": "toteutunut", "good": "above", "met": True, **more})
    sets = [series("nyt", now), *([] if before is None else [series("lähtötaso", before)])]
    return chart("targets", ("Palkkatuki",), *sets, unit="", aims=(aim,))


def test_all_rows_share_one_scale_with_the_target_in_its_middle() -> None:
    sheet, found = sheet_of(targets()), marks(targets())
    line = target_line(sheet)
    customers, activation = found[f"Palvelun asiakkaat: 2{NBSP}610"], found[f"Aktivointiaste, {LONG}: 36{NBSP}%"]
    before = found[f"Palvelun asiakkaat: 2{NBSP}755"]
    assert middle_of(customers) == pytest.approx(middle_of(activation)), "both are 90 per cent of their target"
    assert line - middle_of(customers) == pytest.approx(2 * (line - middle_of(before)))
    assert middle_of(customers) < middle_of(before) < line


LONG = "pitkäaikaistyöttömät"


def test_the_good_side_is_shaded_to_the_target_line() -> None:
    line = target_line(sheet_of(targets()))
    below, above, unknown = shades(targets())
    assert below[1] == above[0] == unknown[1] == line
    assert below[0] < line < above[1]
    assert line - below[0] == pytest.approx(above[1] - line)


def test_a_target_not_met_has_another_shape_and_its_word() -> None:
    found = marks(targets())
    assert isinstance(found[f"Palvelun asiakkaat: 2{NBSP}610"], Dot)
    missed = found[f"Aktivointiaste, {LONG}: 36{NBSP}%"]
    assert isinstance(missed, Patch)
    assert len(missed.corners) == 4
    assert missed.colour == theme().alert
    assert {"tavoitetasolla", "ei vielä tavoitetasolla", "ei tietoa", "laadullinen"} <= set(texts(targets()))


def test_a_target_that_is_not_judged_is_grey() -> None:
    found = marks(one(101, met=None))
    assert [mark.colour for mark in found.values()] == [theme().muted]


def test_the_baseline_is_hollow_and_seen_around_the_same_value() -> None:
    dots = [item for item in sheet_of(one(101, 101, baseline="60,6")).items if isinstance(item, Dot)][-3:]
    rim, hole, now = dots
    assert rim.x == hole.x == now.x
    assert rim.radius > hole.radius
    assert rim.radius > now.radius
    assert (rim.colour, hole.colour, now.colour) == (theme().grey, theme().paper, theme().accent)


def test_progress_is_a_line_from_baseline_to_now_and_only_between_two() -> None:
    def level(made: Chart) -> list[Stroke]:
        strokes = [item for item in sheet_of(made).items if isinstance(item, Stroke)]
        return [item for item in strokes if item.points[0][1] == item.points[1][1]]

    assert len(level(targets())) == 2
    assert level(one(101)) == level(one(None, 90)) == []


def test_a_row_of_words_alone_has_no_mark_and_a_faint_line() -> None:
    sheet = sheet_of(targets())
    strokes = [item for item in sheet.items if isinstance(item, Stroke)]
    upright = [item.colour for item in strokes if item.points[0][0] == item.points[1][0]]
    assert upright == [theme().ink] * 3 + [theme().hairline]
    assert not [name for name in marks(targets()) if name.startswith("Ei jonoja")]


def test_numbers_and_targets_stand_as_given() -> None:
    found = texts(targets())
    assert found[found.index(f"2{NBSP}610") + 1] == f"/ alle 2{NBSP}900"
    assert "tavoite alle 140" in found, "a target without a number of today"
    long = texts(far_targets(), "144")
    assert long[long.index(f"28{NBSP}viikkoa") + 1] == f"/ keskimäärin alle 26{NBSP}viikkoa", "on a line of its own"


@pytest.mark.parametrize(
    ("values", "wanted"),
    [((101, 95), 10), ((90, 110), 10), ((89,), 25), ((60, 104), 50), ((20,), 100), ((0, 200), 100), ((201, 95), 10)],
)
def test_the_scale_reaches_as_far_as_it_must(values: tuple[int, ...], wanted: int) -> None:
    made = chart("targets", [str(n) for n in range(len(values))], series("", *values), unit="")
    assert reach(made) == wanted
    assert {f"{100 - wanted}{NBSP}%", f"100{NBSP}%", f"{100 + wanted}{NBSP}%"} <= set(texts(made))


def test_what_is_off_the_scale_is_an_arrow_at_its_edge_with_its_per_cent() -> None:
    sheet, found = sheet_of(far_targets()), marks(far_targets())
    line = target_line(sheet)
    right, left = found["Palkkatuki: 640"], found[f"Palaute työllisyyspalvelusta: {chr(0x2212)}15"]
    assert isinstance(right, Patch)
    assert isinstance(left, Patch)
    assert len(right.corners) == len(left.corners) == 3
    assert right.corners[1][0] == max(x for x, _ in right.corners) > line, "points to the right"
    assert left.corners[1][0] == min(x for x, _ in left.corners) < line, "points to the left"
    said = texts(far_targets())
    assert f"400{NBSP}%" in said
    assert f"{chr(0x2212)}80{NBSP}% → {chr(0x2212)}30{NBSP}%" in said, "before and now on the same side"
    assert f"308{NBSP}%" in said
    narrow = texts(far_targets(), "90")
    assert f"{chr(0x2212)}30{NBSP}%" in narrow, "what is now, where there is no room for both"


def test_the_key_names_only_the_marks_that_are_there() -> None:
    assert texts(targets())[:4] == ["kesäkuu 2022: tavoitteessa", "ei tavoitteessa", "lähtötaso", "tavoiteltu puoli"]
    assert texts(one(101))[:2] == ["nyt: tavoitteessa", "tavoiteltu puoli"]
    assert texts(one(101, met=None, good=""))[:2] == ["nyt", "Tavoite"]
    assert texts(one(None, 90, met=None, good=""))[:2] == ["lähtötaso", "Tavoite"]


def test_the_alt_text_says_the_gist_first_then_what_is_not_met() -> None:
    assert alt_text(targets(status="Esimerkkiaineisto")).replace(NBSP, " ") == (
        "Tavoitekuvio: Tavoite 1. Tavoitteessa 1, ei tavoitteessa 1, ilman arviota 2. "
        "Aktivointiaste, pitkäaikaistyöttömät: 36 %, tavoite yli 40 %, ei vielä tavoitetasolla. "
        "Palvelun asiakkaat: 2 610, tavoite alle 2 900, tavoitetasolla. "
        "Asiakkaita valmentajaa kohden: tavoite alle 140, ei tietoa. Ei jonoja: laadullinen. Esimerkkiaineisto."
    )
    assert alt_text(targets(language="en")).startswith("Target chart: Tavoite 1. At target 1, not at target 1, not ")


def test_the_table_holds_the_words_as_given() -> None:
    grid = data_table(targets())
    assert grid.heads == ("Mittari", "lähtötaso", "kesäkuu 2022", "Tavoite", "Tilanne")
    assert [tuple(text.replace(NBSP, " ") for text, _ in row) for row in grid.rows] == [
        ("Palvelun asiakkaat", "2 755", "2 610", "alle 2 900", "tavoitetasolla"),
        ("Aktivointiaste, pitkäaikaistyöttömät", "34 %", "36 %", "yli 40 %", "ei vielä tavoitetasolla"),
        ("Asiakkaita valmentajaa kohden", "126", "..", "alle 140", "ei tietoa"),
        ("Ei jonoja", "..", ".", "", "laadullinen"),
    ]
    assert {value for row in grid.rows for _, value in row} == {None}, "per cents of a target are no figures of theirs"
    assert data_table(one(101)).heads == ("Mittari", "nyt", "Tavoite", "Tilanne")


def test_without_words_of_its_own_a_chart_prints_its_per_cents() -> None:
    made = chart("targets", ("a", "b"), series("2022", 90, None), unit="%")
    assert {f"90{NBSP}%", ".."} <= set(texts(made))
    assert "A" in alt_text(made).title()


def test_the_height_is_a_line_of_twelve_millimetres_a_row_and_the_axis() -> None:
    def high(count: int) -> float:
        now, aim = series("nyt", *[95] * count), Aim("61", "yli 60", "lähellä", good="above", met=False)
        names = [f"Pitkänimisen toiminnon mittari {n}" for n in range(count)]
        return draw(chart("targets", names, now, unit="", aims=(aim,) * count), theme(chart_width="150")).height_mm

    assert high(6) - high(1) == pytest.approx(5 * 12, abs=0.5)
    assert high(1) < 31
    with pytest.raises(ChartError, match="chart-too-many-categories"):
        high(30)


def test_equal_charts_have_equal_pictures_and_other_words_another() -> None:
    assert repr(targets()) == repr(targets())
    assert draw(targets(), theme()) == draw(targets(), theme())
    other = targets(aims=(targets().aims[0]._replace(good="above"), *targets().aims[1:]))
    assert repr(other) != repr(targets())
    assert draw(other, theme()).svg != draw(targets(), theme()).svg


@pytest.mark.parametrize("made", [chart("targets", ("a",), series("", None)), one("NaN")], ids=["empty", "no number"])
def test_what_has_no_number_is_no_chart(made: Chart) -> None:
    with pytest.raises(ChartError):
        draw(made, theme())


WORDS = st.one_of(st.just(""), LABEL)
VALUE = st.one_of(st.none(), st.decimals(80, 120, places=1), st.decimals(-900, 9000, places=0))


@st.composite
def any_targets(pick: st.DrawFn) -> Chart:
    """A chart of targets with any names, words and numbers."""
    count = pick(st.integers(1, 6))
    side, met = st.sampled_from(["below", "above", ""]), st.sampled_from([True, False, None])
    aims = pick(st.tuples(*[st.builds(Aim, WORDS, WORDS, WORDS, WORDS, side, met)] * count))
    values: st.SearchStrategy[tuple[Decimal | None, ...]] = st.tuples(*[VALUE] * count)
    sets = [Series(pick(WORDS), pick(values)) for _ in range(pick(st.integers(1, 2)))]
    return chart("targets", [pick(LABEL) for _ in range(count)], *sets, unit="", aims=aims, callout=pick(WORDS))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
@given(any_targets(), st.sampled_from(["150", "90"]))
def test_whatever_a_chart_of_targets_holds_no_words_touch(made: Chart, wide: str) -> None:
    found, codes = [], {"chart-empty", "chart-too-many-categories"}
    try:
        found = list(faults(sheet_of(made, wide)))
    except ChartError as refused:
        found = [refused.code] if refused.code not in codes else []
    assert found == []
