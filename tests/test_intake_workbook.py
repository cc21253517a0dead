"""Workbooks of several programs are read cell by cell as an independent reader reads them, and safely."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from reports.errors import ReportError
from reports.intake import package, workbook
from reports.intake.cell_value import number_text, read_format
from reports.intake.table import Dated, Faulty, Table, column_of, letters
from reports.intake.workbook import read_workbook
from tests.bad.made_workbook import Book
from tests.conftest import program

CELLS: list[list[Any]] = [
    ["Teksti", "Ääkköset & <merkit>", "  välejä  ", "rivi\nvaihto", "2 608", "_x0041_"],
    [1, -2.5, 0.1, 36.9, 123456789012345, 1e-5],
    [date(2022, 11, 1), date(1900, 2, 28), date(1900, 3, 1), datetime(2022, 11, 30, 12, 0), None, date(2099, 12, 31)],
    [None, None, "viimeinen", None, True, None],
]


def text_of(value: Any) -> str:
    """What a cell must read as, from the value that the other reader gives."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return f"{value.day}.{value.month}.{value.year}"
    if isinstance(value, int | float):
        return f"{Decimal(repr(value)).normalize():f}".replace(".", ",")
    return " ".join(str(value).split())


def as_openpyxl_reads(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    found = {}
    for sheet in book:
        rows = [(number, [text_of(cell) for cell in row]) for number, row in enumerate(sheet.values, 1)]
        found[sheet.title] = [(number, trimmed(cells)) for number, cells in rows if any(cells)]
    return found


def trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def as_we_read(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    return {
        table.sheet: [(number, [*cells]) for number, cells in table.rows] for table in read_workbook(data, "a").sheets
    }


def by_xlsxwriter() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        day = book.add_format({"num_format": "d.m.yyyy"})
        for name in ("Luvut", "Muut & muuta"):
            sheet = book.add_worksheet(name)
            for (row, cells), shift in zip(enumerate(CELLS), itertools.cycle((0, 3)), strict=False):
                for column, cell in enumerate(cells):
                    if isinstance(cell, date):
                        sheet.write_datetime(row + shift, column, cell, day)
                    elif cell is not None:
                        sheet.write(row + shift, column, cell)
        bold = book.add_format({"bold": True})
        book.get_worksheet_by_name("Luvut").write_rich_string("H1", "osa ", bold, "toinen", " ja kolmas")
        book.get_worksheet_by_name("Luvut").write_formula("H2", "=1+2", None, 3)
        book.get_worksheet_by_name("Luvut").write_formula("H3", '="a"', None, "a")
    return out.getvalue()


def by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Luvut"
    for row in [CELLS[0][:5], *CELLS[1:2], *CELLS[3:]]:  # it writes _x0041_ without the escape that Excel wants
        sheet.append(row)
    sheet["H9"] = datetime(2022, 11, 1)
    sheet["H9"].number_format = "mmmm yyyy"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("made", [by_xlsxwriter, by_openpyxl])
def test_cells_are_those_that_an_independent_reader_finds(made: Any) -> None:
    data = made()
    assert as_we_read(data) == as_openpyxl_reads(data)


def test_a_workbook_that_libreoffice_saved(tmp_path: Path) -> None:
    soffice = program("soffice", "libreoffice")
    (tmp_path / "a.xlsx").write_bytes(by_xlsxwriter())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = [*command[:3], "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "b"), "a.ods"]
    subprocess.run(again, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    data = (tmp_path / "b" / "a.xlsx").read_bytes()
    assert as_we_read(data) == as_openpyxl_reads(data)
    assert as_we_read(data).keys() == as_we_read(by_xlsxwriter()).keys()


def test_a_stated_size_that_is_wrong_loses_no_rows() -> None:
    book = Book({"Luvut": [["a"], ["b"], ["c"]]})
    sheet = str(book.parts()["xl/worksheets/sheet1.xml"]).replace("<sheetData>", '<dimension ref="A1"/><sheetData>')
    data = Book(book.sheets, more={"xl/worksheets/sheet1.xml": sheet}).to_bytes()
    assert [cells for _, cells in as_we_read(data)["Luvut"]] == [["a"], ["b"], ["c"]]


def test_a_number_is_exact_to_the_figures_excel_calculates_with() -> None:
    assert number_text("0.30000000000000004", "General", False) == "0,3"
    assert number_text("2.6080000000000001E3", "General", False) == "2608"
    assert number_text("-0", "General", False) == "0"
    assert number_text("123456789012345678", "General", False) == Faulty("123456789012345678", "number-long")


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("0.0%", "0.369", "36,9 %"),
        ('0.00" M€"', "3.39", "3,39 M€"),
        ("#,##0 [$€-40B]", "456502", "456502 €"),
        ("#,##0.00\\ €", "17000", "17000 €"),
        ('"n. "0', "2650", "n. 2650"),
        ("000", "91", "091"),
        ('[Red]0;[Blue]-0;"ei"', "5", "5"),
        ('0" kpl";-0', "64", "64 kpl"),
        ("0.00E+00", "12345", "12345"),
        ("General", "7.5", "7,5"),
        ("@", "7", "7"),
    ],
)
def test_a_format_shows_what_a_person_sees(code: str, number: str, shown: str) -> None:
    assert number_text(number, code, False) == shown


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("d.m.yyyy", "date"),
        ("[$-40B]mmmm yyyy;@", "date"),
        ("yyyy-mm-dd h:mm", "date"),
        ("mmm/yy", "date"),
        ("h:mm", "time"),
        ("[h]:mm", "time"),
        ("# ?/?", "fraction"),
        ("0.0,,", "scaled"),
        ('#,##0,"t€"', "scaled"),
        ("#,##0", "number"),
        ('0" dm"', "number"),
    ],
)
def test_formats_are_told_apart(code: str, kind: str) -> None:
    assert read_format(code).kind == kind


def test_days_are_counted_as_excel_counts_them() -> None:
    assert number_text("1", "d.m.yyyy", False) == Dated(date(1900, 1, 1))
    assert number_text("61", "d.m.yyyy", False) == Dated(date(1900, 3, 1))
    assert number_text("44866", "d.m.yyyy", False) == Dated(date(2022, 11, 1))
    assert number_text("43404", "d.m.yyyy", True) == Dated(date(2022, 11, 1))
    assert number_text("1e9", "d.m.yyyy", False) == Faulty("1000000000", "workbook-number")


def test_columns_and_their_letters() -> None:
    assert [letters(at) for at in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_of(letters(at)) == at for at in range(0, 16384, 7))


def test_cells_far_apart_take_neither_time_nor_memory() -> None:
    far = "".join(f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1, 1_000_000, 1000))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{far}</sheetData></worksheet>'
    begun = time.perf_counter()
    with pytest.raises(ReportError) as caught:
        read_workbook(Book({"a": [["x"]]}, more={"xl/worksheets/sheet1.xml": sheet}).to_bytes(), "a")
    assert [one.code for one in caught.value.problems] == ["workbook-large"]
    assert time.perf_counter() - begun < 5


def test_what_a_file_says_of_its_size_is_all_that_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(Book({"a": [["x" * 5000]]}).to_bytes())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    data = bytearray(bytes(data).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(ReportError) as caught:
        read_workbook(bytes(data), "a")
    assert [one.code for one in caught.value.problems] == ["workbook-broken"]
    monkeypatch.setattr(package, "MOST_BYTES", 1000)
    with pytest.raises(ReportError) as caught:
        read_workbook(Book({"a": [["x"]]}).to_bytes(), "a")
    assert [one.code for one in caught.value.problems] == ["workbook-bomb"]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_CELLS", 3)
    with pytest.raises(ReportError) as caught:
        read_workbook(Book({"a": [["x", "y"], ["z", "å"]]}).to_bytes(), "a")
    assert [one.code for one in caught.value.problems] == ["workbook-large"]


def test_reading_a_workbook_needs_no_pandas_and_no_openpyxl(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(by_xlsxwriter())
    code = "import sys; from reports.intake.workbook import read_workbook\n"
    code += "read_workbook(open(sys.argv[1], 'rb').read(), 'a')\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.xlsx")], capture_output=True, text=True, check=True
    )
    assert {"pandas", "numpy", "openpyxl"}.isdisjoint(done.stdout.split())


def test_places_in_a_table() -> None:
    assert str(Table("a.xlsx", "Luvut", []).place(5, 2)) == "a.xlsx:5:Luvut!C5"
    assert str(Table("a.csv", "", []).place(5, 2, "Määrä")) == "a.csv:5:Määrä"
    assert str(Table("a.csv", "", []).place(5, 2)) == "a.csv:5:3"
