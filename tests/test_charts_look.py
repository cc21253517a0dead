"""How charts look: no words touch each other, a bar or the edge, whatever is in them; colours are strong enough."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from figures.chart import Chart, ChartError, Series
from figures.lettering import one_line, plain_matplotlib, width, wrap
from figures.registry import KINDS, draw, figure, lay_out
from figures.sheet import Bar, Box, Sheet, Stroke, Words
from figures.spots import crosses, parts
from figures.theme import contrast, theme_from, weak_colours
from tests.made_charts import ALL, MONTHS, ages, chart, look, series, theme, trend

CLEAR = 0.5
LEADER = 0.7  # points: the width of a line from a point to words that stand off it
SAME_END = chart("trend", MONTHS, *(series(name, *range(20 + n * 11, 20, -n), 20) for n, name in enumerate("ABCD", 1)))
LONG = chart(
    "shares",
    (
        "Kotoutumiskoulutuksessa tai omaehtoisessa opiskelussa työttömyysetuudella",
        "Työvoimakoulutuksessaolevienpitkäaikaistyöttömienverkostovalmennuksessa",
        "Ammatinvalinta- ja uraohjauksessa",
    ),
    series("Hyvin pitkän nimen saanut vertailukaupunki ja sen naapurit", 40, None, 22),
    series("Toinen, vielä pidemmän nimen saanut vertailukaupunki naapureineen", 30, -7, 21),
)
HARD = (SAME_END, LONG, trend(callout="Lokakuussa oli vähiten työttömiä koko vuonna"), ages(status="Esimerkkiaineisto"))


def sheet_of(made: Chart, wide: str = "160") -> Sheet:
    """A chart's sheet."""
    with plain_matplotlib():
        return lay_out(made, theme(chart_width=wide))


def boxes(sheet: Sheet) -> list[tuple[str, Box]]:
    """All words of a sheet with the room they take."""
    with plain_matplotlib():
        found = [item for item in sheet.items if isinstance(item, Words)]
        return [
            (item.text, sheet.room(item.x, item.y, [item.text], item.size, item.weight, item.align)) for item in found
        ]


def shrunk(box: Box) -> Box:
    """A box without its outermost half point."""
    return Box(box.left + CLEAR, box.top + CLEAR, box.right - CLEAR, box.bottom - CLEAR)


def faults(sheet: Sheet) -> Iterator[str]:
    """Words that touch other words or a bar, or leave the sheet."""
    found = boxes(sheet)
    for text, box in found:
        if box.left < -CLEAR or box.top < 0 or box.right > sheet.width + CLEAR or box.bottom > sheet.height + CLEAR:
            yield f"{text} is cut off"
        if any(shrunk(box).meets(item.box) for item in sheet.items if isinstance(item, Bar)):
            yield f"{text} lies on a bar"
    for (one, first), (other, second) in combinations(found, 2):
        if shrunk(first).meets(second):
            yield f"{one} touches {other}"


def drawn_boxes(drawn: Figure) -> list[tuple[str, Bbox]]:
    """All words of a drawn figure with the room matplotlib says they take."""
    wide, high = drawn.get_size_inches() * 72
    with plain_matplotlib():
        renderer = RendererSVG(wide, high, io.StringIO())
        return [(text.get_text(), text.get_window_extent(renderer)) for text in drawn.texts]


@pytest.mark.parametrize("wide", ["160", "144", "90"])
@pytest.mark.parametrize("made", [*(make() for make in ALL), *HARD], ids=lambda made: made.kind)
def test_no_words_touch_or_are_cut_off(made, wide):
    assert list(faults(sheet_of(made, wide))) == []


@pytest.mark.parametrize("standalone", [False, True], ids=["in a document", "alone"])
@pytest.mark.parametrize("made", [*(make() for make in ALL), *HARD], ids=lambda made: made.kind)
def test_matplotlib_draws_the_words_where_they_were_measured(made, standalone):
    drawn = figure(made, theme(), standalone)
    wide, high = drawn.get_size_inches() * 72
    found = drawn_boxes(drawn)
    assert found
    for text, box in found:
        assert box.x0 >= -CLEAR, text
        assert box.y0 >= -CLEAR, text
        assert box.x1 <= wide + CLEAR, text
        assert box.y1 <= high + CLEAR, text
    touching = [(a, b) for (a, one), (b, other) in combinations(found, 2) if one.padded(-1.2).overlaps(other)]
    assert touching == []


@pytest.mark.parametrize("made", [trend(), SAME_END, trend(callout="Lokakuussa vähiten")])
def test_words_stand_clear_of_the_lines(made):
    sheet = sheet_of(made)
    names = {series.name for series in made.series}
    strokes = [item for item in sheet.items if isinstance(item, Stroke) and item.name in names]
    assert strokes
    assert [text for text, box in boxes(sheet) for stroke in strokes if crosses(shrunk(box), stroke.points)] == []


NEAR_ANOTHER = (
    # November 2022 and February 2023 in Salo: the line of the year before runs right above this year's end.
    chart(
        "trend",
        MONTHS,
        series("own", 2347, 2229, 2100, 2068, 2080, 2281, 2433, 2040, 1996, 2030, 2095, None),
        series("year", 3182, 3110, 3097, 2904, 2640, 2667, 2750, 2359, 2222, 2118, 2141, 2427),
        series("older", 2492, 2384, 2888, 4007, 3949, 3857, 3534, 2972, 2811, 2734, 2854, 3460),
    ),
    chart(
        "trend",
        MONTHS,
        series("own", 2219, 2180, *[None] * 10),
        series("year", 2347, 2229, 2100, 2068, 2080, 2281, 2433, 2040, 1996, 2030, 2095, 2318),
        series("older", 3182, 3110, 3097, 2904, 2640, 2667, 2750, 2359, 2222, 2118, 2141, 2427),
    ),
    chart(
        "trend",
        MONTHS,
        series("2023", 2219, 2180, 2134, 1913, *[None] * 8),
        series("2022", 2347, 2229, 2100, 2068, 2080, 2281, 2433, 2040, 1996, 2030, 2095, 2318),
        series("2021", 3182, 3110, 3097, 2904, 2640, 2667, 2750, 2359, 2222, 2118, 2141, 2427),
    ),
)


@pytest.mark.parametrize("made", NEAR_ANOTHER)
@pytest.mark.parametrize("wide", ["160", "144", "90"])
def test_no_line_of_another_year_runs_between_a_line_and_its_name(made: Chart, wide: str) -> None:
    sheet = sheet_of(made, wide)
    strokes = {item.name: item.points for item in sheet.items if isinstance(item, Stroke) and item.name}
    own = made.series[0].name
    name = next(box for text, box in boxes(sheet) if text == own)
    assert not any(parts(points, name, strokes[own][-1]) for other, points in strokes.items() if other != own)
    assert list(faults(sheet)) == []


def test_no_leader_runs_between_the_words_of_a_name() -> None:
    # In April 2023 the lowest month is the last one: what is said of it stands below the line's own name.
    leaders = [item for item in sheet_of(NEAR_ANOTHER[2]).items if isinstance(item, Stroke) and item.width == LEADER]
    assert leaders == []
    far = trend(callout="Lokakuussa oli vähiten työttömiä koko vuonna, ja se oli vähemmän kuin koskaan ennen")
    assert [item for item in sheet_of(far, "90").items if isinstance(item, Stroke) and item.width == LEADER]


LABEL = st.lists(
    st.sampled_from(
        "Työtön alle 20 20–24 Työvoimakoulutuksessa palkkatuella ja starttirahalla ÅÄÖ €5 Koski $x$ A&B "
        "Kotoutumiskoulutuksessaolevat uraohjaus-".split()
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
NUMBER = st.one_of(st.none(), st.integers(0, 60), st.integers(-3000, 40000), st.decimals(0, 100, places=1))


@st.composite
def any_chart(draw_one: st.DrawFn, kind: str) -> Chart:
    """A chart of a kind with any labels, numbers, marks, emphasis, callout and unit."""
    count = draw_one(st.integers(1, 14))
    names = [*MONTHS, "a", "b"] if kind == "trend" else [draw_one(LABEL) for _ in range(count)]
    sets = [
        Series(
            draw_one(st.one_of(st.sampled_from(["2021", ""]), LABEL)),
            tuple(
                None if value is None else series("", str(value)).values[0]
                for value in draw_one(st.tuples(*[NUMBER] * count))
            ),
            draw_one(st.tuples(*[st.sampled_from(["", "...", ".."])] * count)),
        )
        for _ in range(draw_one(st.integers(1, KINDS[kind].MOST_SERIES)))
    ]
    return chart(
        kind,
        names[:count],
        *sets,
        unit=draw_one(st.sampled_from(["henkilöä", "%", "€", ""])),
        status=draw_one(st.sampled_from(["", "Esimerkkiaineisto"])),
        callout=draw_one(st.one_of(st.just(""), LABEL)),
        emphasis=tuple(sorted(draw_one(st.sets(st.sampled_from(names[:count]), max_size=2)))),
        decimals=draw_one(st.integers(0, 1)),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_chart_holds_no_words_touch(kind):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(any_chart(kind))
    def check(made: Chart) -> None:
        found, codes = [], {"chart-empty", "chart-too-many-categories"}
        try:
            found = list(faults(sheet_of(made)))
        except ChartError as refused:
            found = [refused.code] if refused.code not in codes else []
        assert found == []

    check()


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        ("Ammatinvalinta- ja uraohjaus", 90, ["Ammatinvalinta- ja", "uraohjaus"]),
        ("Ammatinvalinta-ja-uraohjaus", 68, ["Ammatinvalinta-", "ja-uraohjaus"]),
        ("20–24 vuotta", 30, ["20–24", "vuotta"]),
        ("työ\u00advoima\u00adkoulutus", 60, ["työvoima-", "koulutus"]),
        ("työ\u00advoima", 200, ["työvoima"]),
        ("maahanmuuttajat", 50, ["maahan-", "muuttajat"]),
        ("", 50, [""]),
        ("2\u00a0608 asiakasta", 30, ["2\u00a0608", "asia-", "kasta"]),
    ],
)
def test_labels_break_where_finnish_does(text, limit, wanted):
    with plain_matplotlib():
        assert wrap(text, limit, lambda line: width(theme(), line, 9.5)) == wanted
        assert all(width(theme(), line, 9.5) <= limit for line in wanted)
        assert one_line("a\u00adb \n c") == "ab c"


def test_colours_are_strong_enough_on_light_and_dark():
    for prefix in ("", "dark-"):
        paper = look()[f"{prefix}paper"]
        for name in ("ink", "accent", "alert", "muted"):
            assert contrast(look()[prefix + name], paper) >= 4.5, prefix + name
        for name in ("pale", "grey"):
            assert contrast(look()[prefix + name], paper) >= 3, prefix + name
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("accent", "blue", "theme-colour-bad"),
        ("accent", "", "theme-key-missing"),
        ("chart-width", "leveä", "theme-size-bad"),
        ("chart-text", "90", "theme-size-bad"),
        ("font", "Olematon", "theme-font-missing"),
    ],
)
def test_a_theme_that_does_not_work_says_why(key, value, code):
    with pytest.raises(ChartError, match=code):
        theme_from({**look(), key: value})


def test_a_citys_own_font_is_found_in_its_folder(tmp_path):
    for weight, file in zip(("Regular", "Bold"), (theme().files[0], theme().files[2]), strict=True):
        (tmp_path / f"OmaFontti-{weight}.ttf").write_bytes(file.read_bytes())
    own = theme_from({**look(), "font": "Oma Fontti"}, [tmp_path])
    assert own.files[0].parent == tmp_path
    assert draw(ages(), own).svg.startswith("<svg")


def test_faint_colours_are_found():
    assert weak_colours(look()) == []
    assert [name for name, _, _ in weak_colours({**look(), "muted": "#AAAAAA", "dark-pale": "#222222"})] == [
        "muted",
        "dark-pale",
    ]
