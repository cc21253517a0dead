"""The year clock: what comes seldom is named at the rim, what comes often has a ring, all of it in a table."""

from __future__ import annotations

import math
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.font_manager import get_font

from figures import lettering, typeset
from figures.chart import Chart, ChartError, Round, Time
from figures.lettering import plain_matplotlib
from figures.registry import alt_text, data_table, draw
from figures.sheet import Dot, Patch, Sheet, Stroke, Words
from figures.year_clock import MOST_NAMED
from tests.made_charts import ROOT, chart, clock, series, theme
from tests.test_charts_look import faults, sheet_of

MONTHLY = tuple(Time(f"{month}/2023", month - 0.5) for month in range(1, 13))


def of(*rounds: Round, names: tuple[str, ...] = (), **more: object) -> Chart:
    """A clock of some rounds."""
    counts = series("2023", *(len(one.times) for one in rounds))
    given_names = names or tuple(f"Asia {number}" for number in range(1, len(rounds) + 1))
    return chart("year-clock", given_names, counts, title="Vuosikello", unit="", source="", rounds=rounds, **more)


def once(when: str, at: float) -> Round:
    return Round(when, (Time(when, at),))


def words(sheet: Sheet) -> list[str]:
    return [item.text for item in sheet.items if isinstance(item, Words)]


def marks(sheet: Sheet, name: str) -> list[tuple[float, float]]:
    return [(item.x, item.y) for item in sheet.items if isinstance(item, Dot) and item.name == name]


def turn(sheet: Sheet, name: str) -> float:
    """Where the dot of a time stands on the face, in months from the top."""
    (x, y), *_ = marks(sheet, name)
    middle = next((item.x, item.y) for item in sheet.items if isinstance(item, Words) and item.text == "2023")
    height = middle[1] - 3
    return math.atan2(x - middle[0], height - y) / (2 * math.pi) * 12 % 12


def face(sheet: Sheet) -> tuple[float, float, float]:
    """Middle and radius of the face: its months are the areas with many corners."""
    months = [item for item in sheet.items if isinstance(item, Patch) and len(item.corners) > 4]
    across, down = ([corner[side] for item in months for corner in item.corners] for side in (0, 1))
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2, (max(across) - min(across)) / 2


def ways_to_names(sheet: Sheet) -> list[Stroke]:
    return [item for item in sheet.items if isinstance(item, Stroke) and len(item.points) in (3, 4)]


def crosses_face(sheet: Sheet, way: Stroke) -> bool:
    """Whether a line to a name runs over the months once it has left the rim."""
    x, y, radius = face(sheet)
    between = [
        (x0 + (x1 - x0) * part / 50, y0 + (y1 - y0) * part / 50)
        for (x0, y0), (x1, y1) in pairwise(way.points[1:])
        for part in range(51)
    ]
    return any(math.dist((x, y), point) < radius - 0.5 for point in between)


@pytest.mark.parametrize("at", [0.5, 1.98, 3.0, 5.5, 6.5, 9.0, 11.9])
def test_a_time_stands_where_the_clock_has_it(at: float) -> None:
    assert turn(sheet_of(of(once("hetki", at))), "hetki") == pytest.approx(at, abs=0.2)


def test_the_year_begins_at_the_top_and_runs_as_a_clock() -> None:
    sheet = sheet_of(of(once("x", 3.0)))
    months = [item for item in sheet.items if isinstance(item, Words) and item.text in ("tammi", "huhti", "loka")]
    spring, summer, autumn = sorted(months, key=lambda item: ["tammi", "huhti", "loka"].index(item.text))
    assert spring.y < summer.y
    assert autumn.x < spring.x < summer.x


def test_twelve_months_have_their_names_or_numbers_where_these_do_not_fit() -> None:
    wide, narrow = (words(sheet_of(of(once("x", 3.0)), width)) for width in ("144", "90"))
    assert [word for word in wide if word in ("maalis", "marras", "elo")] == ["maalis", "elo", "marras"]
    assert "maalis" not in narrow
    assert {"1", "12"} <= set(narrow)


def test_what_comes_seldom_is_named_with_its_time_and_joined_to_it() -> None:
    sheet = sheet_of(of(once("30.6.", 5.97), once("28.2.", 1.9), names=("Kesäraportti", "Toteuma")))
    found = words(sheet)
    assert found[found.index("30.6.") + 1] == "Kesäraportti"
    assert found[found.index("28.2.") + 1] == "Toteuma"
    dot = marks(sheet, "30.6.")[0]
    assert any(isinstance(item, Stroke) and item.points[0] == pytest.approx(dot) for item in sheet.items)


def test_a_line_to_a_name_keeps_clear_of_the_months() -> None:
    long = "Kaupunginhallitus: Toimintasuunnitelman toteutuminen"
    crowded = [0.1, 0.2, 0.3, 0.5, 5.6, 5.7, 6.2]
    sheet = sheet_of(of(*(once(f"{at}", at) for at in crowded), names=(long,) * len(crowded)))
    ways = ways_to_names(sheet)
    assert len(ways) == len(crowded)
    assert {len(way.points) for way in ways} == {3, 4}, "a line turns once more where it has to"
    assert not [way for way in ways if crosses_face(sheet, way)]


def test_the_first_half_of_the_year_is_named_on_the_right() -> None:
    sheet = sheet_of(of(once("kevät", 2.0), once("syksy", 9.0)))
    x = {item.text: item.x for item in sheet.items if isinstance(item, Words)}
    assert x["syksy"] < sheet.width / 2 < x["kevät"]


def test_what_comes_at_the_same_time_stands_under_one_name() -> None:
    found = words(sheet_of(of(once("28.2.", 1.9), once("28.2.", 1.9), names=("Toteuma", "Vuosiraportti"))))
    assert found.count("28.2.") == 1
    assert {"Toteuma", "Vuosiraportti"} <= set(found)


def test_what_comes_often_has_a_mark_for_every_time_and_no_name_at_the_rim() -> None:
    sheet = sheet_of(of(Round("joka kuukausi", MONTHLY), names=("Seuranta",)))
    assert [len(marks(sheet, time.when)) for time in MONTHLY] == [1] * 12
    assert "3/2023" not in words(sheet)
    assert {"Joka kuukausi", "Seuranta"} <= set(words(sheet))


def test_the_same_rhythm_shares_a_ring() -> None:
    shared = sheet_of(of(Round("joka kuukausi", MONTHLY), Round("joka kuukausi", MONTHLY)))
    assert len(marks(shared, "3/2023")) == 1
    assert words(shared).count("Joka kuukausi") == 1


def test_rings_differ_by_the_shape_of_their_marks() -> None:
    rounds = [Round(f"rytmi {n}", tuple(Time(f"{n}:{at}", at + n / 9) for at in range(12))) for n in range(4)]
    sheet = sheet_of(of(*rounds))
    patches = [item for item in sheet.items if isinstance(item, Patch) and item.name.startswith(("2:", "3:"))]
    diamond, square = (next(item for item in patches if item.name.startswith(start)) for start in ("2:", "3:"))
    assert len({x for x, _ in diamond.corners}) == 3
    assert len({x for x, _ in square.corners}) == 2
    hollow = [item for item in sheet.items if isinstance(item, Dot) and item.colour == sheet.theme.paper]
    assert len(hollow) == 13, "twelve on the ring and one in the key"


def test_more_rings_than_there_is_room_for_stand_in_the_key_without_a_mark() -> None:
    rounds = [Round(f"rytmi {n}", tuple(Time(f"{n}:{at}", at + n / 9) for at in range(12))) for n in range(6)]
    sheet = sheet_of(of(*rounds))
    assert {f"Rytmi {n}" for n in range(6)} <= set(words(sheet))
    assert marks(sheet, "4:0") == []
    assert list(faults(sheet)) == []


def test_what_has_no_time_is_in_the_key_and_a_clock_without_times_is_a_key_alone() -> None:
    assert "3 kertaa vuodessa" in words(sheet_of(of(Round("3 kertaa vuodessa"), once("28.2.", 1.9))))
    alone = sheet_of(of(Round("3 kertaa vuodessa")))
    assert "tammi" not in words(alone)
    assert alone.height < 40


def test_what_is_not_emphasised_stands_back() -> None:
    sheet = sheet_of(clock())
    colours = {item.name: item.colour for item in sheet.items if isinstance(item, Dot) and item.name}
    assert colours["28.3."] == sheet.theme.accent
    assert colours["25.3."] == sheet.theme.pale


def test_in_words_what_comes_seldom_is_said_first() -> None:
    said = alt_text(of(Round("joka kuukausi", MONTHLY), once("6/2023", 5.5), names=("Seuranta", "Raportti")))
    assert said == "Vuosikello: Vuosikello. Raportti, 6/2023. Seuranta, joka kuukausi."
    assert len(alt_text(clock())) < 500


def test_the_table_holds_every_time() -> None:
    grid = data_table(of(Round("joka kuukausi", MONTHLY), Round("joka viikko"), names=("Seuranta", "Palaveri")))
    assert grid.heads == ("Kenelle ja mitä", "Milloin", "Päivät")
    first, second = ([text for text, _ in row] for row in grid.rows)
    assert first[:2] == ["Seuranta", "joka kuukausi"]
    assert first[2].split(", ") == [time.when for time in MONTHLY]
    assert second == ["Palaveri", "joka viikko", "–"]


def test_more_names_than_a_page_holds_are_refused() -> None:
    many = of(*(once(f"{n}.", n / 20) for n in range(200)), names=("Hyvin pitkä nimi, jossa on monta sanaa",) * 200)
    with pytest.raises(ChartError) as refused:
        draw(many, theme())
    assert refused.value.code == "chart-too-many-categories"


LABELS = st.sampled_from(
    [
        "Ohjausryhmä: Seuranta", "Kaupunginhallitus / kaupunkikehityslautakunta: Toimintasuunnitelman toteutuminen",
        "A", "Työllisyydenhoidonkehittämisryhmä: Kuukausikatsaus ja tilastot",
    ]
)  # fmt: skip
TIMES = st.lists(st.floats(0.01, 11.99), max_size=14).map(
    lambda found: tuple(Time(f"{int(at * 30) % 30 + 1}.{int(at) + 1}.", at) for at in sorted(found))
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
@given(st.lists(st.tuples(LABELS, TIMES), min_size=1, max_size=9), st.sampled_from(["90", "144", "200"]))
def test_whatever_comes_round_no_words_touch(found: list[tuple[str, tuple[Time, ...]]], wide: str) -> None:
    made = of(*(Round("aika ajoin", times) for _, times in found), names=tuple(name for name, _ in found))
    try:
        sheet = sheet_of(made, wide)
    except ChartError:  # too many for a page, as the test above has it
        return
    assert list(faults(sheet)) == []
    assert not [way for way in ways_to_names(sheet) if crosses_face(sheet, way)]
    drawn = {item.text for item in sheet.items if isinstance(item, Words)}
    assert {time.when for _, times in found if len(times) <= MOST_NAMED for time in times} <= drawn


def test_the_clock_is_drawn_without_loading_matplotlib():
    code = (
        "import sys; from figures.registry import draw; from tests.made_charts import clock, theme;"
        "draw(clock(), theme(), standalone=True); print({'matplotlib', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")


@pytest.mark.parametrize("weight", ["regular", "semibold"])
@pytest.mark.parametrize("text", ["Kaupunginhallitus ja lautakunta", "10/2023", "3–4 kertaa vuodessa", "Ö\u00a0ß ы"])
def test_letters_are_as_wide_as_matplotlib_finds_them(text, weight):
    with plain_matplotlib():
        wanted = lettering.width(theme(), text, 10, weight)
    assert typeset.width(theme(), text, 10, weight) == pytest.approx(wanted, rel=0.01)  # which knows of kerning


def test_a_letter_that_no_font_has_is_refused():
    with pytest.raises(ChartError) as refused:
        draw(of(once("2/2023", 1.5), names=("Sopimus \u4e2d",)), theme())
    assert refused.value.code == "chart-letter-missing"


def test_every_letter_that_is_not_looked_up_has_a_shape():
    known = [chr(code) for part in lettering.IN_EVERY_FONT for code in part]
    font = get_font(str(lettering.fallback_files()[0]))
    assert [letter for letter in known if not font.get_char_index(ord(letter))] == []
