"""The data workbook, read back: numbers are numbers, text is text, and every table has its sheet."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.document import NBSP, Column, Row, Section, Table, text_cell
from reports.errors import ReportError
from reports.messages import catalogue
from reports.write import xlsx
from reports.write.sheet_text import number_format, sentences, sheet_name
from reports.write.stable_zip import stable
from reports.write.strings import block_strings
from tests.made_document import TEMPLATES, document, goals, template, with_plan

DATA = ("Kuvio 1", "Kuvio 2", "Taulukko 1", "Liite 1 Raportin luvut")


@pytest.fixture(scope="module")
def package() -> bytes:
    return xlsx.write(document(), template())


@pytest.fixture(scope="module")
def book(package) -> Workbook:
    return load_workbook(BytesIO(package))


def read(table: Table) -> Worksheet:
    """The sheet of a report that holds this table alone."""
    made = replace(document(), sections=(Section("a", "A", (table,)),), attachments=())
    return load_workbook(BytesIO(xlsx.write(made, template()))).worksheets[1]


def cells(sheet: Worksheet) -> list[list[object]]:
    """The rows of the sheet's one Excel table, its headings first."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def leads_to(sheet: Worksheet) -> set[str | None]:
    """Where the links of a sheet lead: a place in the workbook, or None for one outside it."""
    return {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}


def test_a_cell_of_several_numbers_fills_as_many_columns():
    parts = (text_cell("−46", Decimal(-46)), text_cell(f"−2,1{NBSP}%", Decimal("-2.1"), 1))
    change = replace(text_cell(f"−46 (−2,1{NBSP}%)", Decimal(-46)), parts=parts)
    bare = replace(text_cell("+1", Decimal(1)), parts=(text_cell("+1", Decimal(1)), text_cell(".")))
    rows = [("Salo", change, "a"), ("Marttila", bare, "b"), ("Koski Tl", text_cell(".."), "c")]
    columns = (Column("Alue"), Column("Muutos", "right", parts=("Muutos", "Muutos, %")), Column("Muuta"))
    made = tuple(Row((text_cell(name), cell, text_cell(rest))) for name, cell, rest in rows)
    sheet = read(Table("t", "Taulukko", columns, made))
    assert cells(sheet) == [
        ["Alue", "Muutos", "Muutos, %", "Muuta"],
        ["Salo", -46, -2.1, "a"],
        ["Marttila", 1, ".", "b"],
        ["Koski Tl", "..", "..", "c"],
    ]
    (table,) = sheet.tables.values()
    first = table.ref.partition(":")[0].removeprefix("A")
    assert sheet[f"C{int(first) + 1}"].number_format == f'#,##0.0"{NBSP}%";"−"#,##0.0"{NBSP}%"'


def test_every_table_has_its_sheet_and_every_sheet_its_title(book):
    assert tuple(book.sheetnames) == ("Sisällys", *DATA, "Huomautukset ja lähteet")
    titles = [sheet["A1"].value for sheet in book]
    assert titles[0] == "Työllisyys & kokeilu 2021"
    assert titles[1] == "Kuvio 1. Asiakkaat ikäryhmittäin"
    assert titles[3] == "Taulukko 1. Asiakkaat ikäryhmittäin"
    assert all(len(sheet.tables) == 1 for sheet in book)


def test_contents_lead_to_the_sheets_and_back(book):
    listed = cells(book.worksheets[0])
    assert [row[0] for row in listed[1:]] == [*DATA, "Huomautukset ja lähteet"]
    assert leads_to(book.worksheets[0]) == {f"'{name}'!A1" for name in (*DATA, "Huomautukset ja lähteet")}
    assert all("'Sisällys'!A1" in leads_to(sheet) for sheet in book.worksheets[1:])


def test_numbers_are_numbers_shown_as_the_report_shows_them(book):
    sheet = book["Taulukko 1"]
    assert cells(sheet)[1:] == [
        ["15–19", 92, 3.5],
        ["20–24", 318, 12.2],
        ["alle <5 & T&K", 2198, 84.3],
        ["Yhteensä", 2608, 100],
    ]
    (table,) = sheet.tables.values()
    share = sheet[table.ref][1][2]
    assert share.number_format == '#,##0.0"\u00a0%";"−"#,##0.0"\u00a0%"'
    assert sheet[table.ref][4][1].font.b


def test_the_source_stands_above_the_table_and_on_the_last_sheet(book):
    assert [book["Taulukko 1"][f"A{row}"].value for row in (2, 3)] == ["Siirtyneet asiakkaat.", "Lähde: kaupunki."]
    notes = book["Huomautukset ja lähteet"]
    assert notes["A2"].value == "Asiakirjassa on esimerkkiaineistoa."
    assert cells(notes)[3:] == [
        ["Taulukko 1", "Siirtyneet asiakkaat. Lähde: kaupunki."],
        ["Liite 1 Raportin luvut", "Liite 1. Raportin luvut"],
        ["Liite\u00a01. Lukujen lähteet", "Luvut lähteineen."],
    ]


def test_a_charts_numbers_repeated_in_an_attachment_come_once():
    made = document()
    (chart, *_) = made.figures()
    attachment = replace(made.attachments[0], blocks=(chart.table, *made.attachments[0].blocks))
    names = [sheet.name for sheet in xlsx.sheets(replace(made, attachments=(attachment,)))]
    assert names[1:-1] == list(DATA)


def test_text_never_becomes_a_formula_or_a_number_or_a_link(book):
    sheet = book[DATA[3]]
    (table,) = sheet.tables.values()
    found = {cell.value: cell.data_type for row in sheet[table.ref] for cell in row}
    for text in ("=1+1", "@rekisteri", "-2+3", "061", "https://example.org"):
        assert found[text] == "s"
    assert leads_to(sheet) == {"'Sisällys'!A1"}


def test_no_cell_is_blank_and_lists_keep_their_lines(book):
    rows = cells(book[DATA[3]])
    assert all(value not in (None, "") for row in rows for value in row)
    assert rows[2][1] == "Kaksi osaa:\nensimmäinen osa\ntoinen osa"
    assert rows[2][2] == catalogue("fi").say("document.blank")


def test_an_empty_table_equal_and_empty_headings_still_make_a_sheet():
    sheet = read(Table("t", "Tyhjä", (Column("Arvo"), Column("arvo"), Column("")), ()))
    assert cells(sheet)[0] == ["Arvo", "arvo (2)", "[tyhjä]"]
    assert len(cells(sheet)) == 2


def test_the_goals_of_an_attached_plan_stand_with_the_words_of_the_attachments():
    notes = load_workbook(BytesIO(xlsx.write(with_plan(), template())))["Huomautukset ja lähteet"]
    heading = goals().goals[0].heading
    assert [row[1] for row in cells(notes) if row[0] == heading] == [
        "tapaamiset, työote",
        f"1. Asiakasmäärä\nAsiakkaita alle 2{NBSP}900 (11/2022: 2{NBSP}621 henkilöä)\nAlle 25-vuotiaita < 50 %\n"
        "Panostetaan alkuun:\nYhteydenotto <5 pv alusta\nT&K-palvelut mukaan\nKoordinaattori\nTiimit osaltaan",
        "2. Tapaamiset\nKartoitus\nSuunnitelma\nAjat sovitaan heti.",
    ]
    text = "\n".join(str(value) for row in cells(notes) for value in row)
    assert [one for one in block_strings(goals()) if one not in text] == []


def test_the_goals_of_a_plan_of_its_own_are_left_to_its_tables_of_data():
    table = Table("measures", "Mittarit", (Column("A"),), (Row((text_cell("a"),)),), name="measures")
    made = replace(document(), sections=(Section("a", "A", (goals(),)),), attachments=(), data=(table,))
    assert [sheet.name for sheet in xlsx.sheets(made)] == ["Sisällys", "Mittarit", "Huomautukset ja lähteet"]


def test_a_row_of_sixty_lines_is_no_higher_than_excel_allows():
    text = "\n".join(f"rivi {number}" for number in range(60))
    sheet = read(Table("t", "Pitkä", (Column("A"), Column("B")), (Row((text_cell(text), text_cell("b"))),)))
    assert cells(sheet)[1][0] == text
    heights = [dimension.height for dimension in sheet.row_dimensions.values() if dimension.height]
    assert 400 < max(heights) <= 409.5


def test_an_unknown_number_keeps_its_mark():
    rows = (Row((text_cell("a"), text_cell(".."))), Row((text_cell("b"), text_cell("5", Decimal(5)))))
    assert cells(read(Table("t", "Merkit", (Column("A"), Column("B", "right")), rows)))[1:] == [["a", ".."], ["b", 5]]


def test_a_text_too_long_for_excel_is_an_error_not_a_cut():
    table = Table("t", "Pitkä", (Column("A"),), (Row((text_cell("x" * 32_768),)),))
    with pytest.raises(ReportError) as caught:
        read(table)
    (problem,) = caught.value.problems
    assert problem.code == "cell-too-long"
    assert "32 767" in catalogue("fi").problem(problem)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "form"),
    [
        ("2 608", "2608", 0, '#,##0;"−"#,##0'),
        ("94,6 %", "94.6", 1, '#,##0.0" %";"−"#,##0.0" %"'),
        ("94.6%", "94.6", 1, '#,##0.0"%";"−"#,##0.0"%"'),
        ("456\u00a0502\u00a0€", "456502", 0, '#,##0"\u00a0€";"−"#,##0"\u00a0€"'),
        ("€1,234.50", "1234.5", 2, '"€"#,##0.00;"€""−"#,##0.00'),
        ("+86", "86", 0, '+#,##0;"−"#,##0'),
        ("−33,4 %", "-33.4", 1, '#,##0.0" %";"−"#,##0.0" %"'),
        ("noin 2 650", "2650", 0, '"noin "#,##0;"noin ""−"#,##0'),
        ("3,5 M€", "3500000", 0, "#,##0"),
        ("12,3 %", "12.25", 1, '#,##0.0" %";"−"#,##0.0" %"'),
        ("3 €", "2.5", 0, '#,##0" €";"−"#,##0" €"'),
        ("3,097 (preliminary)", "3097", 0, '#,##0" (preliminary)";"−"#,##0" (preliminary)"'),
        ("2,608", "2.608", 3, '#,##0.000;"−"#,##0.000'),
        ("514 (ennakollinen)", "514", 0, '#,##0" (ennakollinen)";"−"#,##0" (ennakollinen)"'),
        ('5 "kpl"', "5", 0, r'#,##0" "\""kpl"\";"−"#,##0" "\""kpl"\"'),
        ("ei lukua", "5", 0, "#,##0"),
    ],
)
def test_number_formats(text, value, decimals, form):
    assert number_format(text, Decimal(value), decimals) == form


def test_captions_fall_into_sentences():
    text = "Asiakkaat (n. 5 % kaikista, esim. Salossa). Lähde: ministeriö, 1. Painos 16.2.2022. Äänekoski."
    assert " ".join(sentences(text)) == text
    assert sentences("Asiakkaat, henkilöä. Lähde: kaupunki. Esimerkki.") == [
        "Asiakkaat, henkilöä.",
        "Lähde: kaupunki.",
        "Esimerkki.",
    ]
    assert sentences("Noin n. 5 % ja esim. 7.") == ["Noin n. 5 % ja esim. 7."]
    assert sentences("") == []


def test_sheet_names_are_what_excel_takes():
    taken = {"history"}
    assert sheet_name("Tavoitteet: 2021/2022 [a]*?", taken) == "Tavoitteet 2021 2022 a"
    assert sheet_name("History", taken) == "History (2)"
    long = [sheet_name("Pitkäaikaistyöttömien aktivointiaste kunnittain", taken) for _ in range(3)]
    assert all(len(name) <= 31 for name in long)
    assert len(set(long)) == 3
    assert long[2].endswith("(3)")
    assert sheet_name("''", taken) == "1"


def test_the_package_names_itself_and_carries_no_clock(package, book):
    assert book.properties.title == "Työllisyys & kokeilu 2021"
    assert book.properties.creator == "Mallikaupunki <työllisyyspalvelut>"
    assert {member.date_time for member in ZipFile(BytesIO(package)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert stable(package) == package


def test_the_package_is_the_same_in_another_process_zone_and_language(package):
    code = (
        "import sys; from reports.write import xlsx; from tests.made_document import document, template;"
        "sys.stdout.buffer.write(xlsx.write(document(), template()))"
    )
    env = {"TZ": "Pacific/Apia", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7", "PYTHONPATH": str(TEMPLATES.parent)}
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, check=True)
    assert other.stdout == package


def test_the_package_is_valid(package, tmp_path):
    from openxml_audit import OpenXmlValidator

    file = tmp_path / "data.xlsx"
    file.write_bytes(package)
    assert [error.description for error in OpenXmlValidator().validate(file).errors] == []
