"""Imports end in data/: each figure where it stands or belongs, all or none; the same file twice changes nothing."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.deliver import recover
from reports.errors import ReportError
from reports.home import Home
from reports.intake.incoming import Incoming, SourceFile, Statistic, cell_place
from reports.intake.merging import Merge
from reports.intake.store import merge_observations, merge_statistics, store
from reports.intake.stored import Layout, Stored
from reports.model import Mark, Status
from reports.period import Period
from reports.read.dataset import read_dataset
from tests.steps import every_step, killed_at
from tests.trips import contents

AREA = "kuvitteila"
FILE = SourceFile("luvut.xlsx", hashlib.sha256(b"luvut").hexdigest(), date(2026, 11, 22), "Luvut")
OTHER = SourceFile("uudet.xlsx", hashlib.sha256(b"uudet").hexdigest(), date(2026, 11, 23), "Luvut")
HASH = FILE.sha256[:12]
ROWS = "data/kuvitteila/2021/observations.csv"
STATISTICS = "data/statistics/demo/2021.csv"
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("out")))


def figure(indicator: str, period: str, number: str, **more: object) -> Incoming:
    """An incoming figure of the city itself, from row 5 unless said otherwise."""
    row = int(str(more.pop("row", 5)))
    made = Incoming(
        indicator=indicator,
        period=Period.of(period),
        area="Kuvitteila",
        group="",
        value=Decimal(number),
        mark=None,
        approximate=False,
        upper=None,
        status=Status.FINAL,
        source="",
        note="",
        origin=cell_place("luvut.xlsx", "Luvut", row, "E"),
    )
    return made._replace(**more)  # type: ignore[arg-type]


def statistic(period: str, value: str, area: str = "KU991", **more: object) -> Statistic:
    made = Statistic(Period.of(period), area, "TYOTTOMAT", Decimal(value), None, Status.EXAMPLE, "7")
    return made._replace(**more)  # type: ignore[arg-type]


def put(city: Home, *rows: Incoming, file: SourceFile = FILE, replace: bool = False) -> Merge:
    merge = merge_observations(city, AREA, rows, file, replace)
    store(city, [merge])
    return merge


def lines(city: Home, name: str) -> list[str]:
    return (city.root / name).read_text(encoding="utf-8").split("\n")


def test_a_new_figure_goes_to_the_folder_of_its_own_period(city: Home) -> None:
    put(city, figure("asiakkaat", "2021-04", "790", note="Kevät"), figure("asiakkaat", "2021-05", "791", row=6))
    assert lines(city, "data/kuvitteila/2021-04/observations.csv") == [
        "indicator;period;area;group;value;status;source;note;origin",
        f"asiakkaat;2021-04;Kuvitteila;;790;final;esimerkki;Kevät;{HASH} Luvut:5",
        "",
    ]
    assert lines(city, "data/kuvitteila/imports.csv") == [
        "hash;name;read;sheet",
        f"{FILE.sha256};luvut.xlsx;2026-11-22;Luvut",
        "",
    ]
    found = read_dataset(city, AREA, (2021,))
    assert not found.problems
    assert found.find("asiakkaat", Period.of("2021-05"), "Kuvitteila") is not None


def test_a_figure_that_stands_in_another_folder_is_changed_there(city: Home) -> None:
    before = lines(city, ROWS)
    merge = put(city, figure("asiakkaat", "2021-03", "645", status=Status.EXAMPLE))
    change = next(iter(merge.changes))
    assert (change.kind, change.old, change.new, change.file) == ("changed", "640", "645", ROWS)
    after = lines(city, ROWS)
    assert [line for old, line in zip(before, after, strict=True) if f"{old};" != line and old != line] == [
        "indicator;period;area;group;value;status;source;note;origin",
        f"asiakkaat;2021-03;Kuvitteila;;645;example;esimerkki;;{HASH} Luvut:5",
    ]
    assert not (city.data / AREA / "2021-03").exists()


def test_the_same_file_twice_changes_nothing(city: Home) -> None:
    rows = [figure("asiakkaat", "2021-04", "790", note="=cmd()"), figure("toteuma", "2021", "12.50")]
    put(city, *rows)
    before = contents(city.data)
    merge = put(city, *rows)
    assert [change.kind for change in merge.changes] == ["same", "same"]
    assert not merge.files
    assert contents(city.data) == before


def test_the_same_figures_of_another_file_change_nothing(city: Home) -> None:
    put(city, figure("asiakkaat", "2021-04", "790"))
    assert not put(city, figure("asiakkaat", "2021-04", "790.0", row=77), file=OTHER).files
    assert "uudet" not in (city.data / AREA / "imports.csv").read_text(encoding="utf-8")


def test_a_figure_of_another_source_is_a_conflict_until_replaced(city: Home) -> None:
    before, row = contents(city.data), figure("asiakkaat", "2021-03", "645", source="demo-tilasto")
    with pytest.raises(ReportError) as caught:
        put(city, row)
    (found,) = caught.value.problems
    assert (found.code, str(found.place)) == ("import-conflict", "luvut.xlsx:5:Luvut!E5")
    assert found.values["first"] == f"{ROWS}:3:value"
    assert contents(city.data) == before
    put(city, row, replace=True)
    assert f"asiakkaat;2021-03;Kuvitteila;;645;final;demo-tilasto;;{HASH} Luvut:5" in lines(city, ROWS)


def test_a_figure_of_a_statistic_is_not_put_among_the_observations(city: Home) -> None:
    same = figure("tyottomat", "2021-01", "595", status=Status.EXAMPLE, source="demo-tilasto")
    assert not put(city, same).files
    with pytest.raises(ReportError) as caught:
        put(city, same._replace(value=Decimal(596)))
    assert [one.code for one in caught.value.problems] == ["import-in-statistics"]


def test_twice_the_same_is_taken_once_and_a_contradiction_not_at_all(city: Home) -> None:
    one, other = figure("asiakkaat", "2021-04", "790"), figure("asiakkaat", "2021-04", "790", row=9)
    merge = merge_observations(city, AREA, [one, other], FILE)
    assert [(each.code, each.warning) for each in merge.problems] == [("import-twice", True)]
    assert [change.kind for change in merge.changes] == ["added"]
    merge = merge_observations(city, AREA, [one, other._replace(value=Decimal(791))], FILE)
    assert [each.code for each in merge.problems] == ["import-contradicts"]
    assert not merge.changes


def test_remarks_the_order_of_columns_and_a_persons_order_of_rows_are_kept(city: Home) -> None:
    path = city.root / ROWS
    path.write_bytes(
        b"\xef\xbb\xbf# Talous\r\nvalue,indicator,period,origin\r\n"
        b'"111 600",toteuma,2021,\r\n# Asiakkaat\r\n\r\n800,asiakkaat,2021-03,\r\n640,asiakkaat,2021-02,\r\n'
    )
    put(city, figure("asiakkaat", "2021", "5", area="Yhteistyöalue"), figure("henkilosto", "2021", "6.5"))
    assert path.read_bytes().decode("utf-8-sig").split("\n") == [
        "# Talous",
        "value,indicator,period,origin,area,status,source",
        "111 600,toteuma,2021,,,,",
        "# Asiakkaat",
        "",
        "800,asiakkaat,2021-03,,,,",
        "640,asiakkaat,2021-02,,,,",
        f"5,asiakkaat,2021,{HASH} Luvut:5,Yhteistyöalue,final,esimerkki",
        f'"6,5",henkilosto,2021,{HASH} Luvut:5,Kuvitteila,final,esimerkki',
        "",
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not [one for one in read_dataset(city, AREA, ()).problems if not one.warning]


def test_nothing_is_put_on_top_of_a_row_that_cannot_be_read(city: Home) -> None:
    path = city.root / ROWS
    path.write_text(path.read_text(encoding="utf-8").replace("120 000 €", "paljon"), encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        put(city, figure("asiakkaat", "2021-04", "790"))
    assert [one.code for one in caught.value.problems] == ["number-unreadable"]


def test_marks_ranges_and_estimates_come_back_as_they_went_in(city: Home) -> None:
    rows = [
        figure("asiakkaat", "2021-04", "0", mark=Mark.HIDDEN, value=None),
        figure("asiakkaat", "2021-05", "0", mark=Mark.NIL),
        figure("asiakkaat", "2021-06", "2650", approximate=True),
        figure("asiakkaat", "2021-07", "1", upper=Decimal(76)),
        figure("aktivointiaste", "2021-07", "-36.9"),
    ]
    put(city, *rows)
    found = read_dataset(city, AREA, ()).observations
    for row in rows:
        one = found[row.indicator, row.period, row.area, row.group]
        assert (one.value, one.mark, one.approximate, one.upper) == (row.value, row.mark, row.approximate, row.upper)


def test_no_text_becomes_a_formula_or_a_second_line(city: Home) -> None:
    name = SourceFile("=cmd|'/c calc'!A1.xlsx", FILE.sha256, FILE.read, "+Luvut")
    put(city, figure("asiakkaat", "2021-04", "790", note="@SUM(A1)\nja muuta; vielä"), file=name)
    for path in (city.data / AREA / "2021-04" / "observations.csv", city.data / AREA / "imports.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        assert len(rows) == 2
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_statistics_go_to_the_year_sorted_one_a_line(city: Home) -> None:
    before = lines(city, STATISTICS)
    rows = [statistic("2021-12", "1"), statistic("2021", "570", "KU992"), statistic("2021-01", "101.5", "KU990")]
    merge = merge_statistics(city, "demo", rows, FILE)
    store(city, [merge])
    after = lines(city, STATISTICS)
    assert merge.counts == {STATISTICS: {"added": 2, "changed": 1, "same": 0}}
    assert [(one.name, one.old, one.new) for one in merge.changes] == [("TYOTTOMAT 2021-12 KU991", "514", "1")]
    assert after[:3] == [
        "period,area,content,value,status,origin",
        f"2021,KU992,TYOTTOMAT,570,example,{HASH} 7",
        f'2021-01,KU990,TYOTTOMAT,"101,5",example,{HASH} 7',
    ]
    assert after[1:-1] == sorted(after[1:-1])
    assert len(after) == len(before) + 2
    assert not merge_statistics(city, "demo", rows, OTHER).files
    assert not read_dataset(city, AREA, (2021,)).problems


def test_what_cannot_stand_in_a_statistic_is_told_and_left_out(city: Home) -> None:
    rows = [
        statistic("2021-12", "1", "KU 991"),
        statistic("2021-12", "2", "=KU991"),
        statistic("2019-01", "3"),
        statistic("2019-01", "3"),
        statistic("2019-02", "3"),
        statistic("2019-02", "4"),
    ]
    merge = merge_statistics(city, "demo", rows, FILE)
    assert [one.code for one in merge.problems] == ["import-code", "import-code", "import-twice", "import-contradicts"]
    assert [counts["added"] for counts in merge.counts.values()] == [1]


def test_a_year_that_cannot_be_read_stops_the_import(city: Home) -> None:
    with (city.root / STATISTICS).open("a", encoding="utf-8") as file:
        file.write("2021-12,KU991,TYOTTOMAT,1,2,3,4,5\n")
    with pytest.raises(ReportError) as caught:
        merge_statistics(city, "demo", [statistic("2021-12", "1")], FILE)
    assert [one.code for one in caught.value.problems] == ["row-long"]


def test_somebodys_work_in_between_is_not_lost(city: Home) -> None:
    merge = merge_observations(city, AREA, [figure("asiakkaat", "2021-03", "645")], FILE)
    (city.root / ROWS).write_bytes((city.root / ROWS).read_bytes() + b"\n")
    before = contents(city.data)
    with pytest.raises(ReportError) as caught:
        store(city, [merge])
    assert [one.code for one in caught.value.problems] == ["import-meanwhile"]
    assert caught.value.exit_code == 3
    assert contents(city.data) == before


@forks
def test_killed_at_any_step_all_is_stored_or_nothing(city: Home, tmp_path: Path) -> None:
    rows = [
        figure("asiakkaat", "2021-04", "790"),
        figure("asiakkaat", "2021-03", "645"),
        figure("toteuma", "2022", "5"),
    ]
    ends = []
    for step in every_step():
        root = shutil.copytree(city.root, tmp_path / str(step))
        copy = Home(root)
        merge = merge_observations(copy, AREA, rows, FILE)
        killed = killed_at(step, partial(store, copy, [merge]))
        recover(copy.data)
        stands = [path.is_file() and path.read_bytes() == data for path, data in merge.files.items()]
        assert all(stands) or (not any(stands) and contents(copy.data) == contents(city.data)), stands
        ends.append(all(stands))
        if not killed:
            break
    assert len(ends) > 20
    assert ends == sorted(ends)
    assert ends[-1]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n", exclude_categories=["Cc", "Cs"]), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), unique_by=lambda row: row[0], max_size=8), st.sampled_from(",;"))
def test_whatever_cells_hold_they_come_back(rows: list[tuple[str, str, str]], separator: str) -> None:
    layout = Layout(("a", "b", "c"), separator, ("a",))
    filled = [(f"{first}x".strip(), second.strip(), third.strip()) for first, second, third in rows]
    stored = Stored("", layout)
    for row in filled:
        stored.add(dict(zip(layout.columns, row, strict=True)))
    again = Stored(stored.to_bytes().decode(), layout)
    assert sorted(tuple(again.cells(at).values()) for at in again.rows()) == sorted(filled)
