"""A filled form read back: what it says is taken as it is, and every slip in it is found in its cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reports.errors import Problem, ReportError
from reports.intake.form_check import is_form, read_form
from reports.intake.incoming import Incoming
from reports.intake.workbook import read_workbook
from reports.messages import catalogue
from reports.model import Mark, Status
from tests.form_city import AREA, COLUMNS, INDICATORS, SHEET, fill, form_city, home, made, row_of, save
from tests.trips import City

SHARE, COUNT, STAFF = (
    "aktivointiaste 2022 Yhteistyöalue",
    "asiakkaat 2022-01 Yhteistyöalue",
    "henkilosto 2022 Yhteistyöalue",
)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return form_city(tmp_path / "home")


def read(city: City, path: Path) -> tuple[list[Incoming], list[Problem]]:
    return read_form(home(city), AREA, read_workbook(path.read_bytes(), path.name))


def filled(city: City, cells: dict[tuple[str, str], object]) -> tuple[list[Incoming], list[Problem]]:
    return read(city, fill(made(city), cells))


@pytest.mark.parametrize(
    ("key", "typed", "wanted"),
    [
        (COUNT, 712, (Decimal(712), None, False, None)),
        (COUNT, "712", (Decimal(712), None, False, None)),
        (COUNT, "1 712", (Decimal(1712), None, False, None)),
        (COUNT, "n. 700", (Decimal(700), None, True, None)),
        (COUNT, "690–730", (Decimal(690), None, False, Decimal(730))),
        (COUNT, 0, (Decimal(0), None, False, None)),
        (COUNT, "...", (None, Mark.HIDDEN, False, None)),
        (COUNT, "…", (None, Mark.HIDDEN, False, None)),
        (COUNT, "..", (None, Mark.UNAVAILABLE, False, None)),
        (COUNT, ".", (None, Mark.NOT_APPLICABLE, False, None)),
        (COUNT, "-", (Decimal(0), Mark.NIL, False, None)),
        (SHARE, 36.9, (Decimal("36.9"), None, False, None)),
        (SHARE, "36,9", (Decimal("36.9"), None, False, None)),
        (SHARE, "36,9 %", (Decimal("36.9"), None, False, None)),
        (SHARE, (0.369, "0.0 %"), (Decimal("36.9"), None, False, None)),
        (STAFF, 6.1, (Decimal("6.1"), None, False, None)),
    ],
)
def test_a_figure_is_read_as_it_is_meant(city: City, key: str, typed: object, wanted: tuple[Any, ...]) -> None:
    (figure,), problems = filled(city, {(key, "value"): typed})
    assert problems == []
    assert (figure.value, figure.mark, figure.approximate, figure.upper) == wanted


def test_a_row_carries_everything_that_was_written_on_it(city: City) -> None:
    cells = {
        (SHARE, "value"): 40,
        (SHARE, "status"): "ennakollinen",
        (SHARE, "source"): "Keksitty kuukausitilasto, taulukko demo",
        (SHARE, "note"): "Laskettu ennen tarkistusta",
    }
    (figure,), problems = filled(city, cells)
    assert problems == []
    assert (figure.indicator, str(figure.period), figure.area, figure.group) == (
        "aktivointiaste",
        "2022",
        "Yhteistyöalue",
        "",
    )
    assert (figure.status, figure.source, figure.note) == (
        Status.PRELIMINARY,
        "demo-tilasto",
        "Laskettu ennen tarkistusta",
    )
    assert (figure.origin.file, str(figure.origin.column)) == ("filled.xlsx", f"{SHEET}!F{figure.origin.row}")


def test_a_form_nobody_has_touched_brings_nothing(city: City) -> None:
    assert read(city, made(city)) == ([], [])


def test_cells_may_be_cleared(city: City) -> None:
    cells = {(SHARE, name): None for name in ("value", "status", "source", "note")}
    assert (
        filled(
            city,
            {**cells, (STAFF, "value"): 6, (STAFF, "status"): None, (STAFF, "source"): None, (STAFF, "note"): None},
        )[1]
        == []
    )


def test_an_english_form_is_read_as_well(city: City) -> None:
    path = made(city, language="en")
    book = load_workbook(path)
    row = row_of(book, SHARE, "Figures")
    book["Figures"][f"F{row}"].value, book["Figures"][f"H{row}"].value = 36.9, "revised"
    (figure,), problems = read(city, save(book, path))
    assert problems == []
    assert (figure.value, figure.status) == (Decimal("36.9"), Status.REVISED)


SLIPS: list[tuple[str, dict[tuple[str, str], object], str, str]] = [
    ("a word", {(COUNT, "value"): "paljon"}, "number-unreadable", "F"),
    ("two readings", {(COUNT, "value"): "1.395"}, "number-ambiguous", "F"),
    ("a decimal point", {(SHARE, "value"): "36.9"}, "number-point", "F"),
    ("groups of two", {(COUNT, "value"): "17 12"}, "number-groups", "F"),
    ("another unit", {(COUNT, "value"): "700 €"}, "number-unit", "F"),
    ("per cent of persons", {(COUNT, "value"): (0.7, "0%")}, "number-unit", "F"),
    ("a range that falls", {(COUNT, "value"): "76–1"}, "number-range", "F"),
    ("too many figures", {(COUNT, "value"): "12345678901234567"}, "number-long", "F"),
    ("a negative count", {(COUNT, "value"): -1}, "form-below", "F"),
    ("more than everything", {(SHARE, "value"): 100.1}, "form-above", "F"),
    ("a range beyond everything", {(SHARE, "value"): "90–110"}, "form-above", "F"),
    ("a date", {(COUNT, "value"): date(2022, 11, 1)}, "form-date", "F"),
    ("a formula without a value", {(COUNT, "value"): "=1+1"}, "workbook-formula", "F"),
    ("a truth", {(COUNT, "value"): True}, "workbook-truth", "F"),
    ("an error of Excel", {(COUNT, "value"): "#DIV/0!"}, "workbook-error", "F"),
    ("a formula in the note", {(COUNT, "value"): 700, (COUNT, "note"): "=A1"}, "workbook-formula", "J"),
    ("a note without a figure", {(COUNT, "note"): "Tulossa"}, "form-value-missing", "F"),
    ("an unknown status", {(COUNT, "value"): 700, (COUNT, "status"): "valmis"}, "form-status", "H"),
    ("an unknown source", {(COUNT, "value"): 700, (COUNT, "source"): "Oma arvio"}, "form-source", "I"),
    ("another month", {(COUNT, "value"): 700, (COUNT, "time"): "helmikuu 2022"}, "form-locked", "B"),
    ("another indicator", {(COUNT, "value"): 700, (COUNT, "indicator"): "Toteuma"}, "form-locked", "A"),
    ("another place", {(COUNT, "value"): 700, (COUNT, "about"): "Naapurila"}, "form-locked", "C"),
    ("another unit in its column", {(COUNT, "value"): 700, (COUNT, "unit"): "%"}, "form-locked", "G"),
    ("a key of nothing", {(COUNT, "value"): 700, (COUNT, "key"): f"{AREA} asiakkat 2022-01"}, "form-key", "L"),
    ("a key with a function", {(COUNT, "value"): 700, (COUNT, "key"): f"{AREA} summa asiakkaat 2022"}, "form-key", "L"),
    ("a key of a date", {(COUNT, "value"): 700, (COUNT, "key"): f"{AREA} päivä siirto"}, "form-key", "L"),
    ("a key of another area", {(COUNT, "value"): 700, (COUNT, "key"): f"koela {COUNT}"}, "form-area", "L"),
    ("no key", {(COUNT, "value"): 700, (COUNT, "key"): None}, "form-row", "L"),
]


@pytest.mark.parametrize(("cells", "code", "column"), [slip[1:] for slip in SLIPS], ids=[slip[0] for slip in SLIPS])
def test_a_slip_is_found_in_its_cell(city: City, cells: dict[tuple[str, str], object], code: str, column: str) -> None:
    path = fill(made(city), {**cells, (STAFF, "value"): 6})
    figures, problems = read(city, path)
    (found,) = problems
    row = row_of(load_workbook(made(city)), COUNT if (COUNT, "value") in cells or (COUNT, "note") in cells else SHARE)
    assert (found.code, found.warning) == (code, False)
    assert str(found.place) == f"filled.xlsx:{row}:{SHEET}!{column}{row}"
    assert [figure.indicator for figure in figures] == ["henkilosto"]
    for language in ("fi", "en"):
        assert catalogue(language).problem(found).startswith(str(found.place))


def test_every_slip_of_a_form_is_told_at_once(city: City) -> None:
    cells = {(f"asiakkaat 2022-{month:02d} Yhteistyöalue", "value"): f"x{month}" for month in range(1, 13)}
    figures, problems = filled(city, {**cells, (SHARE, "value"): 101, (SHARE, "status"): "?", (SHARE, "source"): "?"})
    assert figures == []
    assert len(problems) == 15


def test_a_row_copied_is_told(city: City) -> None:
    path = made(city)
    book = load_workbook(path)
    page = book[SHEET]
    first, second = (row_of(book, f"asiakkaat 2022-0{month} Yhteistyöalue") for month in (1, 2))
    for letter in COLUMNS.values():
        page[f"{letter}{second}"].value = page[f"{letter}{first}"].value
    page[f"F{first}"].value = page[f"F{second}"].value = 700
    figures, (found,) = read(city, save(book, path))
    assert (found.code, found.values["first"], len(figures)) == ("form-twice", first, 1)


def test_rows_may_be_sorted_and_removed(city: City) -> None:
    path = made(city)
    book = load_workbook(path)
    page = book[SHEET]
    first, second = (row_of(book, key) for key in (SHARE, STAFF))
    for letter in COLUMNS.values():
        page[f"{letter}{first}"].value, page[f"{letter}{second}"].value = (
            page[f"{letter}{second}"].value,
            page[f"{letter}{first}"].value,
        )
    page.delete_rows(5, 3)
    page[f"F{row_of(book, SHARE)}"].value = 36.9
    (figure,), problems = read(city, save(book, path))
    assert (figure.indicator, problems) == ("aktivointiaste", [])


def test_an_addition_nobody_reads_is_told(city: City) -> None:
    path = fill(made(city), {(SHARE, "value"): 36.9})
    book = load_workbook(path)
    page = book[SHEET]
    page["N6"].value = "muistiinpano"
    page[f"A{page.max_row + 2}"].value = "Lisäksi 12 muuta"
    book.create_sheet("Omat")["A1"].value = 12
    figures, problems = read(city, save(book, path))
    assert [(one.code, one.warning) for one in problems] == [
        ("form-row", False),
        ("form-sheet", True),
        ("form-extra", True),
    ]
    assert len(figures) == 1


@pytest.mark.parametrize(("typed", "told"), [(7500, True), (75, True), (760, False), ("...", False), (0, False)])
def test_a_figure_of_another_size_is_worth_a_look(city: City, typed: object, told: bool) -> None:
    figures, problems = filled(city, {(COUNT, "value"): typed})
    assert len(figures) == 1
    assert [(one.code, one.warning) for one in problems] == ([("form-jump", True)] if told else [])


def test_more_decimals_than_are_shown_is_a_warning(city: City) -> None:
    (figure,), (found,) = filled(city, {(STAFF, "value"): 6.25})
    assert (figure.value, found.code, found.warning) == (Decimal("6.25"), "value-decimals", True)


def test_a_figure_needs_a_source(city: City) -> None:
    city.change(INDICATORS, "  source: esimerkki\naktivointiaste:", "aktivointiaste:")
    city.change(
        "data/kuvitteila/2021/observations.csv",
        "henkilosto;2021;;;6,5;example;;",
        "henkilosto;2021;;;6,5;example;esimerkki;",
    )
    _, (found,) = filled(city, {(STAFF, "value"): 6, (STAFF, "source"): None})
    assert found.code == "form-source-missing"
    (figure,), problems = filled(city, {(STAFF, "value"): 6})
    assert (figure.source, problems) == ("esimerkki", [])


def test_an_indicator_that_has_a_new_unit_since_is_told(city: City) -> None:
    path = fill(made(city), {(STAFF, "value"): 6})
    city.change(INDICATORS, "unit: HTV", "unit: kpl")
    figures, (found,) = read(city, path)
    assert (figures, found.code, found.values["wanted"]) == ([], "form-locked", "kpl")


def test_a_form_is_known_by_its_name_or_its_headings(city: City) -> None:
    path = made(city)
    book = load_workbook(path)
    del book.defined_names["vuosikello_form"]
    nameless = save(book, path.with_name("nameless.xlsx"))
    for one in (path, nameless):
        assert is_form(read_workbook(one.read_bytes(), one.name))
    book[SHEET]["F4"].value = "Lukema"
    other = save(book, path.with_name("other.xlsx"))
    assert not is_form(read_workbook(other.read_bytes(), other.name))


def test_a_form_without_a_heading_is_told(city: City) -> None:
    path = made(city)
    book = load_workbook(path)
    book[SHEET]["F4"].value = "Lukema"
    save(book, path)
    assert is_form(read_workbook(path.read_bytes(), path.name))
    with pytest.raises(ReportError) as error:
        read(city, path)
    (found,) = error.value.problems
    assert (found.code, found.values["name"], found.place.row) == ("form-columns", "Luku", 4)
