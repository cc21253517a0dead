"""The workbook's wide tables: a statistic by period and area, over all the years that were read."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from reports.document import Cell, Table
from reports.finnish import Language
from reports.home import open_home
from reports.model import Mark, Status
from reports.read.dataset import read_dataset
from reports.wide import wide_tables


def test_a_statistic_stands_by_period_and_area(root: Path) -> None:
    dataset = read_dataset(open_home(root), "salo", {2020, 2021})
    tables = {table.name: table for table in wide_tables(dataset, Language("fi"))}
    unemployed = tables["wide-tyottomat"]
    have = {o.area for o in dataset.observations.values() if o.indicator == unemployed.name.removeprefix("wide-")}
    areas = [area.name for area in dataset.setup.areas if area.name in have]
    assert len(areas) > 2
    assert [column.text.partition(" (")[0] for column in unemployed.columns[1:]] == areas
    assert len(unemployed.rows) == 24
    first, last = unemployed.rows[0], unemployed.rows[-1]
    assert (first.cells[0].text, first.cells[1].value) == ("1/2020", Decimal(2492))
    assert (last.cells[0].text, last.cells[1].value) == ("12/2021", Decimal(2427))
    assert unemployed.caption.endswith("taulukko 12r5.")


def test_what_an_area_lacks_is_marked_not_left_empty(root: Path) -> None:
    dataset = read_dataset(open_home(root), "salo", {2021})
    gone = next(key for key, o in dataset.observations.items() if o.indicator == "tyottomat" and o.area == "Marttila")
    del dataset.observations[gone]  # type: ignore[attr-defined]
    table = next(one for one in wide_tables(dataset, Language("fi")) if one.name == "wide-tyottomat")
    texts = [cell.text for row in table.rows for cell in row.cells]
    assert texts.count("..") == 1
    assert all(texts)


def changed(root: Path, changes: Mapping[str, Mapping[str, object]], language: str = "fi") -> Table:
    """The unemployed of Salo in 2021, some months (`2021-03`) changed."""
    dataset = read_dataset(open_home(root), "salo", {2021})
    salo = {str(o.period): key for key, o in dataset.observations.items() if key[0] == "tyottomat" and key[2] == "Salo"}
    rows = dict(dataset.observations)
    rows |= {salo[month]: rows[salo[month]]._replace(**values) for month, values in changes.items()}  # type: ignore[arg-type]
    tables = wide_tables(replace(dataset, observations=rows), Language(language))
    return next(one for one in tables if one.name == "wide-tyottomat")


def of_salo(table: Table, month: int) -> Cell:
    place = next(at for at, column in enumerate(table.columns) if column.text.startswith("Salo"))
    return table.rows[month - 1].cells[place]


def test_what_is_not_final_says_so_in_its_cell_and_stays_a_number(root: Path) -> None:
    table = changed(root, {"2021-03": {"status": Status.PRELIMINARY}, "2021-04": {"status": Status.EXAMPLE}})
    third, fourth, fifth = (of_salo(table, month) for month in (3, 4, 5))
    assert third.value is not None
    assert third.text.endswith(" (ennakollinen)")
    assert fourth.text.endswith(" (esimerkki)")
    assert "(" not in fifth.text
    assert table.caption.endswith(". Esimerkkiaineisto.")
    assert "Esimerkki" not in changed(root, {}).caption


def test_an_approximate_number_and_the_marks_are_kept(root: Path) -> None:
    changes: Mapping[str, Mapping[str, object]] = {
        "2021-01": {"approximate": True, "value": Decimal(2500)},
        "2021-02": {"value": Decimal(0), "mark": Mark.NIL},
        "2021-03": {"value": None, "mark": Mark.HIDDEN},
    }
    table = changed(root, changes)
    assert of_salo(table, 1).text == "noin 2\u00a0500"
    assert [(of_salo(table, month).text, of_salo(table, month).value) for month in (2, 3)] == [
        ("-", None),
        ("...", None),
    ]
    assert of_salo(changed(root, changes, "en"), 1).text == "about 2,500"


def test_an_approximate_statistic_is_read_as_one(tmp_path: Path, home: Path) -> None:
    city = shutil.copytree(home, tmp_path / "home")
    path = city / "data" / "statistics" / "demo" / "2021.csv"
    path.write_text(path.read_text("utf-8").replace("KU991,TYOTTOMAT,595", "KU991,TYOTTOMAT,n. 595", 1), "utf-8")
    (table,) = wide_tables(read_dataset(open_home(city), "kuvitteila", {2021}), Language("fi"))
    assert table.rows[0].cells[1].text.startswith("noin 595")


def test_every_source_is_named(root: Path) -> None:
    other = next(name for name in read_dataset(open_home(root), "salo", set()).sources if name != "statfin-12r5")
    caption = changed(root, {"2021-05": {"source": other}}).caption
    assert "taulukko 12r5; " in caption


def test_a_home_without_statistics_has_no_wide_tables(root: Path) -> None:
    dataset = read_dataset(open_home(root), "salo", set())
    assert wide_tables(dataset, Language("fi")) == ()
