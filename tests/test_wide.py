"""The workbook's wide tables: a statistic by period and area, over all the years that were read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from reports.finnish import Language
from reports.home import open_home
from reports.read.dataset import read_dataset
from reports.wide import wide_tables


def test_a_statistic_stands_by_period_and_area(root: Path) -> None:
    dataset = read_dataset(open_home(root), "salo", {2020, 2021})
    tables = {table.name: table for table in wide_tables(dataset, Language("fi"))}
    unemployed = tables["wide-tyottomat"]
    areas = [area.name for area in dataset.setup.areas if area.statistics]
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


def test_a_home_without_statistics_has_no_wide_tables(root: Path) -> None:
    dataset = read_dataset(open_home(root), "salo", set())
    assert wide_tables(dataset, Language("fi")) == ()
