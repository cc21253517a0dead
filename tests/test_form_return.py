"""A faulty form comes back as a copy to be mailed: coloured, commented, in words; nothing of it is stored meanwhile."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from reports.errors import ReportError, problem
from reports.intake.form_check import find_form, read_form
from reports.intake.form_return import marked, return_form
from reports.intake.workbook import read_workbook
from reports.messages import catalogue
from reports.read.dataset import read_dataset
from tests.form_city import AREA, SHEET, fill, form_city, home, made, row_of, rows, save
from tests.trips import City, contents

COUNT, SHARE = "asiakkaat 2022-01 Yhteistyöalue", "aktivointiaste 2022 Yhteistyöalue"
STAFF = "henkilosto 2022 Yhteistyöalue"
FAULTS: dict[tuple[str, str], object] = {
    (COUNT, "value"): "paljon",
    (COUNT, "status"): "valmis",
    (SHARE, "value"): 101,
    (STAFF, "value"): 6.5,
    (STAFF, "note"): "Tarkistettu & kirjattu",
}
ALERT = "FFB5451B"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return form_city(tmp_path / "home", capsys)


@pytest.fixture
def sent(city: City, tmp_path: Path) -> Path:
    """The form as somebody has filled it in and mailed it."""
    folder = tmp_path / "posti"
    folder.mkdir()
    return fill(made(city), FAULTS, folder / "lomake.xlsx")


def back(city: City, path: Path) -> Path:
    book = read_workbook(path.read_bytes(), path.name)
    return return_form(home(city), AREA, path, book, read_form(home(city), AREA, book)[1])


def page_of(path: Path) -> tuple[Book, Worksheet]:
    book = load_workbook(path)
    return book, book[SHEET]


def coloured(page: Worksheet) -> set[str]:
    return {cell.coordinate for line in page.iter_rows() for cell in line if cell.fill.fgColor.rgb == ALERT}


def test_each_faulty_cell_is_coloured_and_says_why(city: City, sent: Path) -> None:
    path = back(city, sent)
    assert path == sent.with_name("lomake.korjattava.xlsx")
    book, page = page_of(path)
    count, share = row_of_copy(book, COUNT), row_of_copy(book, SHARE)
    assert coloured(page) == {f"F{count}", f"H{count}", f"F{share}"}
    commented = {cell.coordinate: cell.comment.text for line in page.iter_rows() for cell in line if cell.comment}
    assert set(commented) == coloured(page)
    assert "”paljon” ei ole luku" in commented[f"F{count}"]
    assert "suurempi kuin 100" in commented[f"F{share}"]


def row_of_copy(book: Book, key: str) -> int:
    page = book[SHEET]
    (row,) = (number for number in range(5, page.max_row + 1) if page[f"M{number}"].value == f"{AREA} {key}")
    return row


def test_a_column_says_what_to_correct_in_each_row(city: City, sent: Path) -> None:
    book, page = page_of(back(city, sent))
    assert [cell.value for cell in page[4]][9:11] == ["Huomautus", "Korjattavaa"]
    said = {key: page[f"K{row_of_copy(book, key)}"].value for key in (COUNT, SHARE, STAFF)}
    assert said[COUNT].count("\n") == 1
    assert "Tilaa ”valmis” ei ole" in said[COUNT]
    assert said[STAFF] == "kunnossa"
    assert page[f"K{row_of_copy(book, 'toteuma 2022 Kuvitteila')}"].value == "täyttämättä"
    assert page["A2"].value.startswith("Korjattavia rivejä: 2.")


def test_what_was_written_is_still_there_and_can_be_corrected(city: City, sent: Path) -> None:
    book, page = page_of(back(city, sent))
    row = row_of_copy(book, STAFF)
    assert (page[f"F{row}"].value, page[f"J{row}"].value) == (6.5, "Tarkistettu & kirjattu")
    assert page[f"F{row_of_copy(book, COUNT)}"].value == "paljon"
    assert not page[f"F{row_of_copy(book, COUNT)}"].protection.locked
    assert page.data_validations.count > 3
    assert next(iter(page.tables.values())).ref.startswith("A4:M")


def test_the_copy_is_a_form_and_has_the_same_faults_until_they_are_corrected(city: City, sent: Path) -> None:
    path = back(city, sent)
    figures, problems = read_form(home(city), AREA, read_workbook(path.read_bytes(), path.name))
    assert [one.code for one in problems] == ["number-unreadable", "form-status", "form-above"]
    assert len(figures) == 1
    book, page = page_of(path)
    page[f"F{row_of_copy(book, COUNT)}"].value, page[f"H{row_of_copy(book, COUNT)}"].value = 700, "lopullinen"
    page[f"F{row_of_copy(book, SHARE)}"].value = 36.9
    save(book, path)
    figures, problems = read_form(home(city), AREA, read_workbook(path.read_bytes(), path.name))
    assert (len(figures), problems) == (3, [])


def test_a_second_round_marks_only_what_is_still_wrong(city: City, sent: Path) -> None:
    first = back(city, sent)
    book, page = page_of(first)
    page[f"F{row_of_copy(book, SHARE)}"].value = 36.9
    save(book, first)
    second = back(city, first)
    assert second == sent.with_name("lomake.korjattava2.xlsx")
    book, page = page_of(second)
    assert coloured(page) == {f"{letter}{row_of_copy(book, COUNT)}" for letter in "FH"}
    assert page[f"K{row_of_copy(book, SHARE)}"].value == "kunnossa"
    assert [cell.value for cell in page[4]].count("Korjattavaa") == 1


def test_the_same_form_gives_the_same_copy_and_no_second_file(city: City, sent: Path) -> None:
    before = back(city, sent).read_bytes()
    assert back(city, sent).read_bytes() == before
    assert sorted(contents(sent.parent)) == ["lomake.korjattava.xlsx", "lomake.xlsx"]


def test_a_copy_that_somebody_has_worked_on_stays(city: City, sent: Path) -> None:
    other = sent.with_name("lomake.korjattava.xlsx")
    other.write_bytes(b"kesken")
    assert back(city, sent) == sent.with_name("lomake.korjattava2.xlsx")
    assert other.read_bytes() == b"kesken"


def test_nothing_dangerous_travels_on(city: City, sent: Path) -> None:
    book, page = page_of(sent)
    page[f"J{row_of(book, STAFF)}"].value = '=HYPERLINK("https://example.org")'
    page[f"I{row_of(book, STAFF)}"].hyperlink = "https://example.org"
    page[f"A{page.max_row + 1}"].value = "=1+1"
    page[f"L{page.max_row}"].value = "'+cmd|' /C calc'!A0"
    hidden = book.create_sheet("Piilossa")
    hidden["A1"].value, hidden.sheet_state = "salaisuus", "hidden"
    save(book, sent)
    path = back(city, sent)
    made_book, copy = page_of(path)
    assert {cell.data_type for sheet in made_book for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert made_book.sheetnames == ["Ohje", SHEET, "Lähteet"]
    assert not any(cell.hyperlink for line in copy.iter_rows() for cell in line)
    assert b"salaisuus" not in b"".join(contents_of(path).values())
    assert b"example.org" not in b"".join(contents_of(path).values())


def contents_of(path: Path) -> dict[str, bytes]:
    from zipfile import ZipFile

    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_warnings_are_in_words_but_not_in_colour(city: City, sent: Path) -> None:
    fill(sent, {("asiakkaat 2022-02 Yhteistyöalue", "value"): 75000}, sent)
    book, page = page_of(back(city, sent))
    row = row_of_copy(book, "asiakkaat 2022-02 Yhteistyöalue")
    assert "aivan eri suuruusluokkaa" in page[f"K{row}"].value
    assert f"F{row}" not in coloured(page)


def test_what_is_found_while_storing_is_marked_too(city: City, sent: Path) -> None:
    book = read_workbook(sent.read_bytes(), sent.name)
    figures, problems = read_form(home(city), AREA, book)
    place = figures[0].origin
    conflict = problem("import-conflict", place.file, place.row, place.column, name="x", old="1", new="2", first="y")
    form = marked(find_form(book), [*problems, conflict], read_dataset(home(city), AREA, ()))
    (line,) = (line for line in form.lines if line.cells["key"] == f"{AREA} {STAFF}")
    assert set(line.faults) == {"value"}
    assert catalogue("fi").plain(conflict) in line.cells["reason"]


def test_an_english_form_comes_back_in_english(city: City, tmp_path: Path) -> None:
    book = load_workbook(made(city, language="en"))
    book["Figures"][f"F{row_of(book, COUNT, 'Figures')}"].value = "many"
    path = back(city, save(book, tmp_path / "form.en.xlsx"))
    assert path.name == "form.en.to-correct.xlsx"
    page = load_workbook(path)["Figures"]
    assert page["A2"].value.startswith("Rows to be corrected: 1.")
    assert page["K4"].value == "To be corrected"


def test_a_folder_in_the_way_is_left_alone(city: City, sent: Path) -> None:
    sent.with_name("lomake.korjattava.xlsx").mkdir()
    assert back(city, sent).name == "lomake.korjattava2.xlsx"


def test_a_folder_that_cannot_be_written_is_told_with_the_faults(
    city: City, sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "mkdir", Mock(side_effect=OSError(errno.EROFS, "")))
    with pytest.raises(ReportError) as error:
        back(city, sent)
    assert error.value.exit_code == 3
    assert {one.code for one in error.value.problems} >= {"number-unreadable", "output-unwritable"}


def test_import_stores_nothing_of_a_faulty_form(city: City, sent: Path) -> None:
    before = contents(city.folder / "data")
    said = city.run("import", str(sent))
    assert said.code == 1
    assert contents(city.folder / "data") == before
    assert "lomake.korjattava.xlsx" in said.all
    assert f"lomake.xlsx:5:{SHEET}!F5: ”paljon” ei ole luku" in said.err


def test_import_stores_the_good_rows_when_told_to(city: City, sent: Path) -> None:
    assert city.run("import", str(sent), "--good-rows").code == 1
    assert "henkilosto;2022;Yhteistyöalue;;6,5;final;esimerkki;Tarkistettu & kirjattu;" in stored(city, "2022")
    assert sent.with_name("lomake.korjattava.xlsx").is_file()


def stored(city: City, period: str) -> str:
    return (city.folder / "data" / AREA / period / "observations.csv").read_text(encoding="utf-8")


def test_a_corrected_form_is_stored_once_and_asked_no_more(city: City, sent: Path) -> None:
    fill(sent, {(COUNT, "value"): 760, (COUNT, "status"): "lopullinen", (SHARE, "value"): 36.9}, sent)
    assert city.run("import", str(sent)).code == 0
    assert "asiakkaat;2022-01;Yhteistyöalue;;760;final;esimerkki;;" in stored(city, "2022-01")
    before = contents(city.folder / "data")
    assert city.run("import", str(sent)).code == 0
    assert contents(city.folder / "data") == before
    left = {row.key for row in rows(city)}
    assert left.isdisjoint({f"{AREA} {key}" for key in (COUNT, SHARE, STAFF)})
    assert city.run("check", "2022").code == 0


def test_a_form_with_an_identity_code_is_refused_and_no_copy_is_made(city: City, sent: Path) -> None:
    fill(sent, {(STAFF, "note"): "hlö 131052-308T"}, sent)
    said = city.run("import", str(sent))
    assert said.code == 1
    assert "131052" not in said.all
    assert sorted(contents(sent.parent)) == ["lomake.xlsx"]


@pytest.mark.slow
def test_a_form_saved_in_libreoffice_is_still_a_form(city: City, sent: Path, soffice: str, tmp_path: Path) -> None:
    out = tmp_path / "toisin"
    environment = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [soffice, environment, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(sent)],
        capture_output=True,
        check=True,
        timeout=180,
    )
    again = out / sent.name
    book = read_workbook(again.read_bytes(), again.name)
    (figure,), problems = read_form(home(city), AREA, book)
    assert [one.code for one in problems] == ["number-unreadable", "form-status", "form-above"]
    assert (figure.indicator, str(figure.value), figure.note) == ("henkilosto", "6.5", "Tarkistettu & kirjattu")


def test_the_copy_passes_the_check_of_workbooks(city: City, sent: Path, shared: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(shared / "checks" / "check_xlsx.py"), "--no-sdk", str(back(city, sent))],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


USUAL = ["700", "36,9", "n. 7", "..", "[täytä]", "lopullinen", "=1+1", "-5", "9" * 20]
TYPED = st.one_of(st.text(max_size=12), st.sampled_from(USUAL))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.tuples(st.integers(0, 16), st.integers(0, 14), TYPED), max_size=25))
def test_whatever_is_typed_is_read_or_told_and_comes_back(city: City, typed: list[tuple[int, int, str]]) -> None:
    path = made(city) if not (city.folder / "out").exists() else next((city.folder / "out").rglob("form.xlsx"))
    book = read_workbook(path.read_bytes(), path.name)
    (sheet,) = (one for one in book.sheets if one.sheet == SHEET)
    lines = [(number, [*cells, "", "", ""]) for number, cells in sheet.rows]
    for row, column, text in typed:
        lines[3 + row % (len(lines) - 3)][1][column] = " ".join(text.split())
    spoilt = book._replace(sheets=tuple(one._replace(rows=lines) if one is sheet else one for one in book.sheets))
    data = read_dataset(home(city), AREA, ())
    try:
        _, problems = read_form(home(city), AREA, spoilt)
    except ReportError as error:
        problems = list(error.problems)  # the headings stand no more
    assert all(one.code == "form-columns" for one in problems) or marked(find_form(spoilt), problems, data).lines
    for language in ("fi", "en"):
        assert all(catalogue(language).problem(one) for one in problems)
