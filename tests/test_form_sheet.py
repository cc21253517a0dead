"""The workbook of a form: what can be written where, what it says, that it is the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.datavalidation import DataValidation

from reports.intake.form_sheet import NAME
from reports.messages import catalogue
from tests.form_city import COLUMNS, INDICATORS, SHEET, fill, form_city, made, row_of
from tests.trips import City

INPUTS = "FHIJ"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return form_city(tmp_path / "home", capsys)


@pytest.fixture
def book(city: City) -> Book:
    return load_workbook(made(city))


def rule(book: Book, key: str, column: str) -> DataValidation:
    """The rule of a cell."""
    cell = f"{COLUMNS[column]}{row_of(book, key)}"
    (found,) = (one for one in book[SHEET].data_validations.dataValidation if cell in one.sqref)
    return found


def accepts(book: Book, key: str, typed: object) -> bool:
    """What Excel would say to a figure that is typed: its rule worked out by hand."""
    one = rule(book, key, "value")
    text = str(one.formula1).removeprefix("=")
    cell = str(one.sqref).split(":")[0]
    text = text.replace(cell, "x")
    text = re.sub(r'(?<![<>])=("[^"]*")', r"==\1", text).replace("AND(", "both(").replace("OR(", "some(")
    number = typed if isinstance(typed, int | float) else 10**9

    def left(value: object, count: int) -> str:
        return str(value)[:count]

    class Cell:
        """A text is larger than every number, as in Excel."""

        def __eq__(self, other: object) -> bool:
            return typed == other

        def __ge__(self, other: float) -> bool:
            return number >= other

        def __le__(self, other: float) -> bool:
            return number <= other

        def __hash__(self) -> int:
            return 0

        def __str__(self) -> str:
            return str(typed)

    names = {
        "x": Cell(),
        "both": lambda *all_of: all(all_of),
        "some": lambda *any_of: any(any_of),
        "LEFT": left,
        "ISNUMBER": lambda _: isinstance(typed, int | float),
    }
    return bool(eval(text, {"__builtins__": {}}, names))  # noqa: S307 - the program's own rule


def test_it_has_three_sheets_each_with_its_title_and_one_table(book: Book) -> None:
    assert book.sheetnames == ["Ohje", SHEET, "Lähteet"]
    assert [sheet["A1"].value for sheet in book] == ["Lukujen keruulomake 2022", "Lukujen keruulomake 2022", "Lähteet"]
    assert all(len(sheet.tables) == 1 and not sheet.merged_cells.ranges for sheet in book)
    assert book.properties.title == "Lukujen keruulomake 2022"


def test_a_row_says_what_is_asked_and_what_was_known_last(book: Book) -> None:
    page = book[SHEET]
    row = row_of(book, "asiakkaat 2022-03 Yhteistyöalue")
    cells = {name: page[f"{letter}{row}"].value for name, letter in COLUMNS.items()}
    assert cells == {
        "indicator": "Palvelun asiakkaat",
        "time": "maaliskuu 2022",
        "about": "Yhteistyöalue",
        "last": "n. 750 (esimerkki)",
        "last_time": "joulukuu 2021",
        "value": "[täytä]",
        "unit": "henkilöä",
        "status": "lopullinen",
        "source": "Keksityt luvut ohjelman kokeilua varten",
        "note": "[vapaaehtoinen]",
        "definition": "Työnhakijat, jotka olivat palvelun asiakkaina kuukauden lopussa.",
        "key": "kuvitteila asiakkaat 2022-03 Yhteistyöalue",
    }


def test_only_the_cells_to_be_filled_in_are_open(book: Book) -> None:
    page = book[SHEET]
    assert all(sheet.protection.sheet for sheet in book)
    assert not page.protection.password
    opened = {cell.coordinate[0] for row in page.iter_rows(min_row=5) for cell in row if not cell.protection.locked}
    assert opened == set(INPUTS)
    assert all(cell.protection.locked for cell in page[4])


def test_nothing_in_it_is_a_formula(city: City) -> None:
    city.change(INDICATORS, "definition: Henkilötyövuodet vuoden aikana.", 'definition: "=HYPERLINK(1)"')
    city.change(INDICATORS, "name: Talousarvio", 'name: "+talousarvio"')
    book = load_workbook(made(city))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert book[SHEET][f"K{row_of(book, 'henkilosto 2022 Yhteistyöalue')}"].value == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [(0, True), (36.9, True), (100, True), (100.5, False), (-1, False), ("paljon", False), ("36,9 %", False)]
    + [(mark, True) for mark in ("...", "…", "..", ".", "-", "–", "n. 36", "[täytä]")],
)
def test_a_percentage_takes_a_number_up_to_a_hundred_or_a_mark(book: Book, typed: object, wanted: bool) -> None:
    assert accepts(book, "aktivointiaste 2022 Yhteistyöalue", typed) is wanted


@pytest.mark.parametrize(("typed", "wanted"), [(0, True), (1_000_000, True), (-1, False), ("x", False)])
def test_a_count_takes_any_number_from_nought(book: Book, typed: object, wanted: bool) -> None:
    assert accepts(book, "asiakkaat 2022-12 Yhteistyöalue", typed) is wanted


@pytest.mark.parametrize(("typed", "wanted"), [(-100, True), (120, True), (121, False)])
def test_an_indicator_may_have_limits_of_its_own(city: City, typed: int, wanted: bool) -> None:
    city.change(INDICATORS, "aktivointiaste:\n", "aktivointiaste:\n  negative: yes\n  most: 120\n")
    book = load_workbook(made(city))
    assert accepts(book, "aktivointiaste 2022 Yhteistyöalue", typed) is wanted
    assert "enintään 120" in str(rule(book, "aktivointiaste 2022 Yhteistyöalue", "value").prompt)


def test_a_cell_says_what_it_takes(book: Book) -> None:
    one = rule(book, "aktivointiaste 2022 Naapurila", "value")
    assert one.promptTitle == "Luku"
    assert "0–100" in str(one.prompt)
    assert "(yksikkö: %)" in str(one.prompt)
    assert "0–100" in str(one.error)
    assert one.errorStyle in (None, "stop")
    assert one.showErrorMessage


def test_a_long_unit_is_left_out_of_what_a_cell_says(city: City) -> None:
    city.change(INDICATORS, "unit: HTV", f"unit: {'henkilötyövuosia ' * 12}")
    one = rule(load_workbook(made(city)), "henkilosto 2022 Yhteistyöalue", "value")
    assert "yksikkö" not in str(one.prompt)


def test_status_and_source_are_chosen_from_lists(book: Book) -> None:
    status = rule(book, "henkilosto 2022 Yhteistyöalue", "status")
    assert status.formula1 == '"lopullinen,ennakollinen,tarkistettu,esimerkki"'
    source = rule(book, "henkilosto 2022 Yhteistyöalue", "source")
    sheet, _, cells = str(source.formula1).partition("!")
    listed = [cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")]]
    assert listed == ["Keksityt luvut ohjelman kokeilua varten", "Keksitty kuukausitilasto, taulukko demo"]


def test_sources_of_one_title_are_told_apart(city: City) -> None:
    city.change(
        "data/kuvitteila/sources.yaml",
        "title: Keksitty kuukausitilasto, taulukko demo",
        "title: Keksityt luvut ohjelman kokeilua varten",
    )
    page = load_workbook(made(city))["Lähteet"]
    assert page["A5"].value == "Keksityt luvut ohjelman kokeilua varten (esimerkki)"


def test_an_import_knows_it_by_a_name_of_its_own(book: Book) -> None:
    (place,) = book.defined_names[NAME].destinations
    assert place == (SHEET, f"$A$4:$L${book[SHEET].max_row}")


def test_headings_stay_in_sight(book: Book) -> None:
    page = book[SHEET]
    assert page.freeze_panes == "B5"
    assert page.print_title_rows == "$4:$4"


def test_the_instructions_name_the_columns_and_the_marks(book: Book) -> None:
    page = book["Ohje"]
    text = "\n".join(str(cell.value) for cell in page["A"] if cell.value)
    for heading in ("Luku", "Tila", "Lähde", "Huomautus", "henkilötunnuksia"):
        assert heading in text
    assert not re.search(r"[{}]", text)
    assert [cell.value for cell in page["B"] if cell.value][1:] == ["...", "..", ".", "-"]


def test_an_owner_is_named_in_form_and_file(city: City) -> None:
    path = made(city, owner="Talous ja tiimit oman työnsä osalta")
    assert path.name == "form-talous-ja-tiimit-oman-työnsä-osalta.xlsx"
    assert load_workbook(path)["Ohje"]["A3"].value == "Vastuutaho: Talous ja tiimit oman työnsä osalta"


def test_an_english_form_is_english(city: City) -> None:
    path = made(city, language="en")
    assert path.name == "form.en.xlsx"
    book = load_workbook(path)
    assert book.sheetnames == ["Instructions", "Figures", "Sources"]
    row = row_of(book, "asiakkaat 2022-03 Yhteistyöalue", "Figures")
    assert [book["Figures"][f"{letter}{row}"].value for letter in "BFH"] == ["March 2022", "[fill in]", "final"]
    words = {word for table in ("column", "fill", "step") for word in catalogue("fi").part(f"form.{table}").values()}
    said = {str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line}
    assert words.isdisjoint(said)


def test_the_same_form_has_the_same_bytes(city: City, tmp_path: Path) -> None:
    other = form_city(tmp_path / "elsewhere")
    assert made(city).read_bytes() == made(other).read_bytes()


def test_the_command_tells_what_it_made(city: City) -> None:
    said = city.run("form", "2022", "--for", "koordinaattori")
    assert (said.code, "Lomakkeella kysyttäviä lukuja: 13." in said.out) == (0, True)
    assert "form-koordinaattori.xlsx" in said.out
    assert city.run("form", "2022", "--for", "nobody").code == 2
    assert (
        "Figures asked for on the form: 13." in city.run("form", "2022", "--for", "koordinaattori", "--lang", "en").out
    )


def test_a_form_that_somebody_has_filled_in_stays(city: City) -> None:
    path = made(city)
    fill(path, {("henkilosto 2022 Yhteistyöalue", "value"): 7}, path)
    before = path.read_bytes()
    said = city.run("form", "2022")
    assert path.read_bytes() == before
    assert "form.uusi.xlsx" in said.out
    assert path.with_name("form.uusi.xlsx").is_file()


def test_nothing_missing_makes_no_form(city: City) -> None:
    (city.folder / "data/kuvitteila/2022/plan.yaml").unlink()
    said = city.run("form", "2030")
    assert said.code == 0
    assert "Kaudelta ei puutu lukuja" in said.out
    assert not (city.folder / "out" / "kuvitteila" / "2030").exists()


def test_it_passes_the_check_of_workbooks(city: City, shared: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(shared / "checks" / "check_xlsx.py"),
            "--no-sdk",
            str(made(city)),
            str(made(city, language="en")),
        ],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_form_of_four_hundred_rows_is_quick_to_open(city: City) -> None:
    groups = "".join(f"    - ryhmä {number}\n" for number in range(400))
    city.change(
        INDICATORS,
        "talousarvio:\n",
        f"uusi:\n  name: Uusi\n  unit: kpl\n  source: esimerkki\n  groups:\n{groups}talousarvio:\n",
    )
    data = made(city).read_bytes()
    assert len(data) < 100_000
    assert load_workbook(BytesIO(data))[SHEET].max_row > 400
