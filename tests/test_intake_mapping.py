"""Tables in any layout are read right through a small mapping.yaml: long, wide, months as headings, text or Excel."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from reports.home import Home
from reports.intake.arrived import Asked
from reports.intake.importer import How, Imported, import_file
from reports.intake.mapping import FileMapping
from reports.read.schema import KINDS
from tests.bad.made_workbook import Book, Xml, formatted

TODAY = date(2026, 11, 22)
LONG = "columns:\n  indicator: Mittari\n  period: Kuukausi\n  area: Kunta\n  value: Määrä\n"
ACROSS = "columns:\n  area: Kunta\nfixed:\n  indicator: asiakkaat\nacross: {}\n"
MARCH, APRIL = 44621, 44652  # 1.3.2022 and 1.4.2022 as Excel counts days


@dataclass(frozen=True)
class Layout:
    """A table, its mapping, and the figures that must come of it: name in the fact notation -> value as stored."""

    title: str
    mapping: str
    table: str | Book
    figures: dict[str, str]
    notes: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


LAYOUTS = [
    Layout(
        "one figure a row, with notes below",
        LONG,
        "Työllisyys\n\nMittari;Kuukausi;Kunta;Määrä\n"
        "Palvelun asiakkaat;2021M04;kuvitteila;2 608\nasiakkaat;huhtikuu 2021;992;..\n"
        "\nLähde: oma laskenta\n* ennakkotieto\n",
        {"asiakkaat 2021-04 Kuvitteila": "2608", "asiakkaat 2021-04 Naapurila": ".."},
        notes=(7, 8),
    ),
    Layout(
        "months as headings",
        ACROSS.format("period") + "leave-out:\n  - Yhteensä\nskip:\n  area:\n    - Yht.\n",
        "Kunta;4/2021;tammi 2022;2022 helmi;helmi.23;Yhteensä\nKuvitteila;5;6;7;8;26\nYht.;1;1;1;1;4\n",
        {
            "asiakkaat 2021-04 Kuvitteila": "5",
            "asiakkaat 2022-01 Kuvitteila": "6",
            "asiakkaat 2022-02 Kuvitteila": "7",
            "asiakkaat 2023-02 Kuvitteila": "8",
        },
    ),
    Layout(
        "names of months across, years down",
        "columns:\n  period: Vuosi\nfixed:\n  indicator: asiakkaat\nacross: month\nempty: skip\n",
        "Vuosi|tammi|Helmikuu|3|huhti\n2022||5||n. 6\n",
        {"asiakkaat 2022-02 Yhteistyöalue": "5", "asiakkaat 2022-04 Yhteistyöalue": "n. 6"},
    ),
    Layout(
        "areas across",
        "columns:\n  period: Aika\nfixed:\n  indicator: asiakkaat\nacross: area\n",
        "Aika,Kuvitteila,KU992\n2021-04,5,6\n",
        {"asiakkaat 2021-04 Kuvitteila": "5", "asiakkaat 2021-04 Naapurila": "6"},
    ),
    Layout(
        "indicators across, with headings of their own",
        "columns:\n  period: Vuosi\nacross: indicator\n"
        "headings:\n  Menot yhteensä: toteuma\n  Aktivointiaste: aktivointiaste\n",
        "Vuosi\tMenot yhteensä\tAktivointiaste\tMuuta\n2022\t111 600 €\t36,9 %\tei lueta\n",
        {"toteuma 2022 Yhteistyöalue": "111600", "aktivointiaste 2022 Yhteistyöalue": "36,9"},
    ),
    Layout(
        "groups across, dashes of another kind",
        "columns:\n  period: Aika\n  area: Kunta\nacross: group\n"
        "fixed:\n  indicator: asiakkaat-ika\n  status: ennakollinen\n",
        "Aika;Kunta;15-24;25 - 34\n2021-04;Kuvitteila;120;150\n",
        {
            "asiakkaat-ika 2021-04 Kuvitteila / 15–24": "120",
            "asiakkaat-ika 2021-04 Kuvitteila / 25–34": "150",
        },
    ),
    Layout(
        "words of the table's own, and cells that repeat the one above",
        LONG
        + "words:\n  area:\n    Kuvitteilan kaupunki: Kuvitteila\n  indicator:\n    Asiakkaita: asiakkaat\n"
        + "down:\n  - area\n",
        "Mittari;Kuukausi;Kunta;Määrä\nAsiakkaita;1/22;Kuvitteilan  Kaupunki;5\nAsiakkaita;2/22;;6\n",
        {"asiakkaat 2022-01 Kuvitteila": "5", "asiakkaat 2022-02 Kuvitteila": "6"},
    ),
    Layout(
        "decimal points and thousands of euros",
        "columns:\n  period: Year\n  value: Spent\nfixed:\n  indicator: toteuma\ndecimals: point\nunit: t€\n",
        "Year,Spent\n2022,111.6\n2023,1 395.25\n",
        {"toteuma 2022 Yhteistyöalue": "111600", "toteuma 2023 Yhteistyöalue": "1395250"},
    ),
    Layout(
        "dates that are months, and ranges",
        LONG + "dates: month\n",
        "Mittari;Kuukausi;Kunta;Määrä\nasiakkaat;30.4.2021;Kuvitteila;1–76\nasiakkaat;1.5.2021;Kuvitteila;-\n",
        {"asiakkaat 2021-04 Kuvitteila": "1–76", "asiakkaat 2021-05 Kuvitteila": "-"},
    ),
    Layout(
        "no headings at all, columns by their letters",
        "header: none\ncolumns:\n  period: column B\n  value: column C\nfixed:\n  indicator: asiakkaat\n",
        "rivi;202104;5\nrivi;05.2021;6\n",
        {"asiakkaat 2021-04 Yhteistyöalue": "5", "asiakkaat 2021-05 Yhteistyöalue": "6"},
    ),
    Layout(
        "a table with an end",
        ACROSS.format("period") + "last: 2\n",
        "Kunta;4/2021\nKuvitteila;5\nToinen taulukko;9\n",
        {"asiakkaat 2021-04 Kuvitteila": "5"},
    ),
    Layout(
        "Excel: dates as headings, a merged heading above, merged areas, numbers as text",
        "sheet: luvut\nheader: 2-3\nacross: period\n"
        "columns:\n  area: Kunta\n  group: Ikä\nfixed:\n  indicator: asiakkaat-ika\n",
        Book(
            {
                "Luvut": [
                    ["Asiakkaat 2021"],
                    ["Kunta", "Ikä", "", ""],
                    ["", "", formatted(MARCH, 2), formatted(APRIL, 2)],
                    ["Kuvitteila", "15–24", 120, "1 121"],
                    ["", "25–34", 150.0, "n. 22"],
                    ["Lähde: oma laskenta"],
                ],
                "Ohje": [["Täytä luvut"]],
            },
            merged={"Luvut": ["A1:D1", "A2:A3", "B2:B3", "A4:A5", "A6:D6"]},
        ),
        {
            "asiakkaat-ika 2022-03 Kuvitteila / 15–24": "120",
            "asiakkaat-ika 2022-04 Kuvitteila / 15–24": "1121",
            "asiakkaat-ika 2022-03 Kuvitteila / 25–34": "150",
            "asiakkaat-ika 2022-04 Kuvitteila / 25–34": "n. 22",
        },
        notes=(6,),
    ),
    Layout(
        "Excel: years above months",
        "header: 1-2\ncolumns:\n  area: Kunta\nfixed:\n  indicator: asiakkaat\nacross: period\n",
        Book(
            {"Luvut": [["Kunta", 2021, "", 2022], ["", "tammi", "helmi", "tammi"], ["Kuvitteila", 5, 6, 7]]},
            merged={"Luvut": ["B1:C1"]},
        ),
        {
            "asiakkaat 2021-01 Kuvitteila": "5",
            "asiakkaat 2021-02 Kuvitteila": "6",
            "asiakkaat 2022-01 Kuvitteila": "7",
        },
    ),
    Layout(
        "Excel: a title above all months",
        "header: 1-2\ncolumns:\n  area: Kunta\nfixed:\n  indicator: asiakkaat\nacross: period\n",
        Book(
            {"Luvut": [["Kunta", "Asiakkaita", ""], ["", formatted(MARCH, 2), "huhti 2022"], ["Kuvitteila", 5, 6]]},
            merged={"Luvut": ["B1:C1"]},
        ),
        {"asiakkaat 2022-03 Kuvitteila": "5", "asiakkaat 2022-04 Kuvitteila": "6"},
    ),
    Layout(
        "Excel: shares, units and codes by their formats, a formula's result",
        "columns:\n  area: Kunta\n  period: Aika\nacross: indicator\n",
        Book(
            {
                "Luvut": [
                    ["Kunta", "Aika", "aktivointiaste", "toteuma", "henkilosto"],
                    [
                        formatted(991, 7),
                        formatted(APRIL, 2),
                        formatted(0.369, 1),
                        111600,
                        Xml("|<f>1+2</f><v>27.7</v>"),
                    ],
                    ["0991"[1:], 2022, formatted("0.42799999999999999", 1), 5, Xml('t="str"|<f>A1</f><v>6,5</v>')],
                ]
            }
        ),
        {
            "aktivointiaste 2022-04 Kuvitteila": "36,9",
            "toteuma 2022-04 Kuvitteila": "111600",
            "henkilosto 2022-04 Kuvitteila": "27,7",
            "aktivointiaste 2022 Kuvitteila": "42,8",
            "toteuma 2022 Kuvitteila": "5",
            "henkilosto 2022 Kuvitteila": "6,5",
        },
    ),
]


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("out")))


def brought_in(city: Home, table: str | Book, mapping: str, **how: bool) -> Imported:
    folder = city.root.parent
    path = folder / ("luvut.xlsx" if isinstance(table, Book) else "luvut.csv")
    path.write_bytes(table.to_bytes() if isinstance(table, Book) else table.encode())
    (folder / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return import_file(Asked(city, path, "kuvitteila", folder / "mapping.yaml"), How(**how), TODAY)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.title)
def test_a_layout_is_read_right(layout: Layout, city: Home) -> None:
    done = brought_in(city, layout.table, layout.mapping)
    assert {one.name: one.new for one in done.merge.changes} == layout.figures, done.problems
    assert tuple(one.code for one in done.problems) == layout.warnings
    assert done.notes == layout.notes
    assert done.stored
    again = brought_in(city, layout.table, layout.mapping)
    assert not again.merge.files


def test_the_origin_names_sheet_and_row(city: Home) -> None:
    brought_in(city, LAYOUTS[-1].table, LAYOUTS[-1].mapping)
    text = (city.data / "kuvitteila" / "2022-04" / "observations.csv").read_text(encoding="utf-8")
    assert [line.rpartition(";")[2].partition(" ")[2] for line in text.split("\n")[1:-1]] == ["Luvut:2"] * 3
    listed = (city.data / "kuvitteila" / "imports.csv").read_text(encoding="utf-8")
    assert listed.split("\n")[1].endswith(";luvut.xlsx;2026-11-22;Luvut")


def test_good_rows_alone_are_stored_when_asked(city: Home) -> None:
    table = "Mittari;Kuukausi;Kunta;Määrä\nasiakkaat;4/2021;Kuvitteila;5\nasiakkaat;5/2021;Kuvitteila;viisi\n"
    refused = brought_in(city, table, LONG)
    assert not refused.stored
    assert not (city.data / "kuvitteila" / "2021-04").exists()
    done = brought_in(city, table, LONG, good_rows=True)
    assert done.stored
    assert [one.code for one in done.problems] == ["number-unreadable"]
    assert (city.data / "kuvitteila" / "2021-04").exists()
    assert not (city.data / "kuvitteila" / "2021-05").exists()


def test_all_that_is_wrong_with_a_row_is_told_at_once(city: Home) -> None:
    table = "Mittari;Kuukausi;Kunta;Määrä\nasiakaat;13/2021;Kuvitela;viisi\n"
    found = {one.code for one in brought_in(city, table, LONG).problems}
    assert found == {"import-indicator-name", "period", "import-area-name", "number-unreadable"}


def test_statistics_of_a_table_go_to_its_years(city: Home) -> None:
    mapping = "statistics: demo\ncolumns:\n  area: alue\n  period: time\nacross: content\n"
    done = brought_in(city, 'alue,time,TYOTTOMAT,OSUUS\nKU991,2022M01,601,"12,2"\nSSS,2021-01,...,-\n', mapping)
    assert done.stored
    assert {file: counts["added"] for file, counts in done.merge.counts.items()} == {
        "data/statistics/demo/2021.csv": 2,
        "data/statistics/demo/2022.csv": 2,
    }
    lines = (city.data / "statistics" / "demo" / "2022.csv").read_text(encoding="utf-8").split("\n")
    assert [line.rpartition(",")[0] for line in lines[1:-1]] == [
        '2022-01,KU991,OSUUS,"12,2",final',
        "2022-01,KU991,TYOTTOMAT,601,final",
    ]


def test_a_statistic_of_an_area_s_name_has_its_code(city: Home) -> None:
    mapping = (
        "statistics: demo\nfixed:\n  period: 2022-01\n  content: TYOTTOMAT\nacross: area\ncolumns:\n  status: Tila\n"
    )
    done = brought_in(city, "Tila;Kuvitteila;Naapurila\nennakollinen;5;6\n", mapping)
    lines = (city.data / "statistics" / "demo" / "2022.csv").read_text(encoding="utf-8").split("\n")
    assert done.stored
    assert [line.split(",")[1:5] for line in lines[1:-1]] == [
        ["KU991", "TYOTTOMAT", "5", "preliminary"],
        ["KU992", "TYOTTOMAT", "6", "preliminary"],
    ]


def test_the_mapping_has_a_schema() -> None:
    assert KINDS["mapping"] is FileMapping
