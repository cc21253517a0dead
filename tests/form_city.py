"""A made-up city with a plan, its forms, and hands that fill them in."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl import load_workbook

from reports.home import Home, open_home
from reports.intake.form import form_order, make_form, read_for_form
from reports.intake.form_rows import FormRow, form_rows
from reports.order import Order
from reports.period import Period
from tests.trips import ROOT, City

AREA = "kuvitteila"
INDICATORS = f"data/{AREA}/indicators.yaml"
PLAN = """title: Suunnitelma 2022
goals:
  palvelu:
    title: Palvelu
    rows:
      - title: Asiakkaat
        measures:
          - indicator: asiakkaat
            target: alle 700
          - indicator: aktivointiaste
            target: yli 40 %
        responsible:
          - Koordinaattori
      - title: Talous
        measures:
          - indicator: toteuma
            area: Kuvitteila
            target: alle 100000
        responsible:
          - Talous ja tiimit oman työnsä osalta
"""
SHEET = "Luvut"
COLUMNS = dict(
    zip(("indicator", "time", "about", "last", "last_time", "value", "unit", "status"), "ABCDEFGH", strict=True)
)
COLUMNS |= dict(zip(("source", "note", "definition", "key"), "IJKL", strict=True))


def form_city(folder: Path, capsys: Any = None) -> City:
    """The made-up city with a plan for 2022 and without documents."""
    shutil.copytree(ROOT / "tests" / "home" / "data", folder / "data")
    city = City(folder, capsys)
    city.write(f"data/{AREA}/2022/plan.yaml", PLAN)
    return city


def order(city: City, period: str = "2022", language: str = "fi") -> Order:
    return Order(home(city), "form", AREA, Period.of(period), (), language)


def home(city: City) -> Home:
    return open_home(city.folder)


def rows(city: City, period: str = "2022", owner: str = "") -> list[FormRow]:
    """What the form of a period asks for."""
    dataset, plan, _ = read_for_form(order(city, period), Period.of(period))
    return form_rows(dataset, plan, Period.of(period), owner)


def names(found: list[FormRow]) -> list[str]:
    """The rows in the fact notation."""
    return [row.key.removeprefix(f"{AREA} ") for row in found]


def made(city: City, period: str = "2022", owner: str = "", language: str = "fi") -> Path:
    """The form of a period, written; gives its file."""
    one = order(city, period, language)
    make_form(one, owner)
    return one.folder / form_order(one, owner).file("xlsx")


def row_of(book: Book, key: str, sheet: str = SHEET) -> int:
    """The row that asks for a figure."""
    page = book[sheet]
    keys = {page[f"L{number}"].value: number for number in range(5, page.max_row + 1)}
    return int(keys[f"{AREA} {key}"])


def fill(path: Path, cells: Mapping[tuple[str, str], object], to: Path | None = None) -> Path:
    """Fill cells of a form, by row (the fact notation) and column; a tuple is a value with its number format."""
    book = load_workbook(path)
    for (key, column), value in cells.items():
        cell = book[SHEET][f"{COLUMNS[column]}{row_of(book, key)}"]
        if isinstance(value, tuple):
            cell.value, cell.number_format = value
        else:
            cell.value = value
    return save(book, to or path.with_name("filled.xlsx"))


def save(book: Book, path: Path) -> Path:
    out = BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path
