"""How charts look: no words touch or leave the sheet, colours are strong enough, bytes never change, ids never clash."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
import threading
import xml.etree.ElementTree as ET
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
from figures.save import png
from figures.sheet import Bar, Box, Sheet, Stroke, Words
from figures.spots import crosses
from figures.theme import contrast
from tests.made_charts import ALL, MONTHS, ROOT, ages, chart, look, series, shares, theme, trend, two_ages, words

CLEAR = 0.5
SVG = "{http://www.w3.org/2000/svg}"
SAME_END = chart(
    "trend", MONTHS, *(series(name, *range(n, 20 + n * 12, 12 - n)[:11], 20) for n, name in enumerate("ABCD", 1))
)
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
    names = MONTHS + ["a", "b"] if kind == "trend" else [draw_one(LABEL) for _ in range(count)]
    sets = [
        Series(
            draw_one(st.one_of(st.sampled_from(["2021", ""]), LABEL)),
            tuple(
                None if value is None else series("", str(value)).values[0]
                for value in draw_one(st.tuples(*[NUMBER] * count))
            ),
            draw_one(st.tuples(*[st.sampled_from(["", "...", ".."])] * count)),
        )
        for _ in range(draw_one(st.integers(1, 4 if kind == "trend" else 2)))
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
        try:
            sheet = sheet_of(made)
        except ChartError as refused:
            assert refused.code in {"chart-empty", "chart-too-many-categories"}
        else:
            assert list(faults(sheet)) == []

    check()


@pytest.mark.parametrize(
    ("text", "limit", "wanted"),
    [
        ("Ammatinvalinta- ja uraohjaus", 90, ["Ammatinvalinta- ja", "uraohjaus"]),
        ("Ammatinvalinta-ja-uraohjaus", 80, ["Ammatinvalinta-", "ja-uraohjaus"]),
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
        assert wrap(theme(), text, limit, 9.5) == wanted
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


@pytest.mark.parametrize("make", ALL)
def test_a_picture_uses_the_themes_colours_only(make):
    ours = {value.lower() for key, value in look().items() if value.startswith("#") and not key.startswith("dark")}
    assert set(re.findall(r"#[0-9a-f]{6}\b", draw(make(), theme(), standalone=True).svg)) <= ours


@pytest.mark.parametrize("make", ALL)
def test_a_picture_is_one_clean_element(make):
    drawing = draw(make(), theme())
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert drawing.svg.startswith("<svg ")
    for leftover in ("<?xml", "<!DOCTYPE", "<!--", "<metadata", "<style", "<text", "matplotlib", "clip-path"):
        assert leftover not in drawing.svg
    assert drawing.width_mm == pytest.approx(160)
    assert [float(part) for part in root.attrib["viewBox"].split()[2:]] == pytest.approx(
        [drawing.width_mm / 25.4 * 72, drawing.height_mm / 25.4 * 72], abs=0.02
    )


def test_ids_are_used_and_differ_between_charts():
    found = [draw(make(), theme()).svg for make in ALL] + [draw(ages(), theme(), standalone=True).svg]
    ids = [name for svg in found for name in re.findall(r' id="([^"]+)"', svg)]
    used = {name for svg in found for name in re.findall(r'href="#([^"]+)"', svg)}
    assert len(ids) == len(set(ids))
    assert set(ids) == used


def test_a_picture_that_stands_alone_says_what_it_shows():
    svg = draw(ages(title="T&K <5"), theme(), standalone=True).svg
    assert "<title>T&amp;K &lt;5</title><desc>Pylväskaavio: T&amp;K &lt;5 " in svg
    assert "<title>" not in draw(ages(), theme()).svg


def test_the_same_chart_gives_the_same_bytes():
    for make in ALL:
        one, other = (draw(make(), theme(), standalone=True) for _ in range(2))
        assert one == other
        assert png(one.svg, one.width_mm) == png(other.svg, other.width_mm)


def test_bytes_do_not_depend_on_place_time_zone_or_a_users_settings(tmp_path):
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\ntext.usetex: True\nsavefig.bbox: tight\nlines.linewidth: 9\nsvg.fonttype: none\nfigure.dpi: 200\n"
        "path.sketch: 1, 100, 2\npatch.force_edgecolor: True\n"
    )
    code = (
        "import hashlib; from figures.registry import draw; from figures.save import png; from tests.made_charts import ALL, theme\n"
        "for make in ALL:\n"
        "    made = draw(make(), theme())\n"
        "    print(hashlib.sha256(made.svg.encode() + png(made.svg, made.width_mm)).hexdigest())\n"
    )
    outputs = []
    for zone, language, seed, config in (
        ("UTC", "C.UTF-8", "0", ""),
        ("Pacific/Auckland", "fi_FI.UTF-8", "77", str(tmp_path)),
    ):
        given_ = {"TZ": zone, "LANG": language, "LC_ALL": language, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        env = {**os.environ, **given_, **({"MPLCONFIGDIR": config} if config else {})}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
        )
        outputs.append(done.stdout)
    assert len(outputs[0].split()) == len(ALL)
    assert outputs[0] == outputs[1]


def test_threads_do_not_mix_pictures():
    wanted = {make.__name__: draw(make(), theme()).svg for make in ALL}
    found: dict[str, str] = {}
    work = [
        threading.Thread(target=lambda make=make: found.update({make.__name__: draw(make(), theme()).svg}))
        for make in ALL
    ]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert found == wanted


def test_a_png_is_as_wide_as_asked_and_says_its_resolution():
    drawing = draw(shares(), theme())
    found = png(drawing.svg, drawing.width_mm)
    assert found.startswith(b"\x89PNG")
    assert struct.unpack(">I", found[16:20])[0] == pytest.approx(160 / 25.4 * 200, abs=1)
    assert struct.unpack(">I", found[found.index(b"pHYs") + 4 :][:4])[0] == round(200 / 0.0254)


def test_both_languages_give_a_picture():
    assert draw(two_ages(language="en"), theme()).svg == draw(two_ages(language="en"), theme()).svg
    assert words("trend", "en")["axis-January"] == "Jan"
