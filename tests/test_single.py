"""A chart and a table by themselves: the files, their words, another period or area beside, spreadsheets unharmed."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reports.document import Column, Row, Table, text_cell
from reports.finnish import Language
from reports.model import Mark
from reports.single import to_csv
from tests.trips import ROOT, City, built_city

AGE = "data/kuvitteila/2021/observations.csv"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def made(city: City, *command: str) -> dict[str, Path]:
    """The files that a command said it made, by name."""
    said = city.run(*command)
    assert said.code == 0, said.err
    assert all(line.startswith("Tiedossa: ") for line in said.err.splitlines()), said.err
    paths = [Path(line.split("  ")[1]) for line in said.out.splitlines() if line.startswith("  ")]
    return {path.name: path for path in paths}


def test_a_chart_kind_of_a_month_is_made_as_svg_and_png(city: City) -> None:
    files = made(city, "figure", "age-distribution", "2021-03")
    assert set(files) == {"figure-age-distribution.svg", "figure-age-distribution.png"}
    svg = files["figure-age-distribution.svg"].read_text(encoding="utf-8")
    assert "<title>Palvelun asiakkaat iän mukaan, Kuvitteila</title>" in svg
    assert "Esimerkkiaineisto" in svg
    assert files["figure-age-distribution.png"].read_bytes().startswith(b"\x89PNG")
    assert files["figure-age-distribution.svg"].parent.name == "2021-03"


@pytest.mark.parametrize("name", ["ikajakauma", "tyottomat", "trend", "asiakkaat-ika"])
def test_a_reports_figure_a_chart_kind_and_an_indicator_can_be_named(city: City, name: str) -> None:
    period = "2021-03" if name == "asiakkaat-ika" else "2021"
    assert set(made(city, "figure", name, period)) == {f"figure-{name}.svg", f"figure-{name}.png"}


def test_another_area_or_period_stands_beside(city: City) -> None:
    files = made(city, "figure", "tyottomat", "2021", "--compare", "2020")
    assert set(files) == {"figure-tyottomat-2020.svg", "figure-tyottomat-2020.png"}
    svg = files["figure-tyottomat-2020.svg"].read_text(encoding="utf-8")
    files = made(city, "figure", "tyottomat", "2021", "--compare", "Naapurila")
    assert set(files) == {"figure-tyottomat-naapurila.svg", "figure-tyottomat-naapurila.png"}
    assert files["figure-tyottomat-naapurila.svg"].read_text(encoding="utf-8") != svg


def test_any_age_grouping_is_drawn(city: City) -> None:
    city.change("data/kuvitteila/2021/annual.md", "/ 15–24", "/ alle 20")
    city.change("data/kuvitteila/2021/annual.md", "- 15–24", "- alle 20")
    for path in ("data/kuvitteila/indicators.yaml", AGE, "data/kuvitteila/2021/sums.yaml"):
        city.change(path, "15–24", "alle 20")
        city.change(path, "25–34", "20–34")
    svg = made(city, "figure", "asiakkaat-ika", "2021-03")["figure-asiakkaat-ika.svg"].read_text("utf-8")
    assert "20–34" in svg


def test_a_chart_in_english_has_a_name_of_its_own(city: City) -> None:
    files = made(city, "figure", "age-distribution", "2021-03", "--document-lang", "en")
    assert set(files) == {"figure-age-distribution.en.svg", "figure-age-distribution.en.png"}


def test_a_table_is_a_caption_and_a_table_and_no_more(city: City) -> None:
    from docx import Document

    files = made(city, "table", "asiakkaat-kunnittain", "2021")
    assert set(files) == {"table-asiakkaat-kunnittain.docx", "table-asiakkaat-kunnittain.csv"}
    document = Document(str(files["table-asiakkaat-kunnittain.docx"]))
    words = [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]
    assert len(words) == 1
    assert words[0].startswith("Asiakkaat kunnittain")
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert table[0] == ["Kunta", "Asiakkaita", "Osuus"]
    assert table[-1][:2] == ["Yhteensä", "800"]
    assert document.sections[0].header.is_linked_to_previous
    assert document.core_properties.title == "Asiakkaat kunnittain"


def test_the_numbers_of_a_figure_can_be_had_as_a_table(city: City) -> None:
    files = made(city, "table", "ikajakauma", "2021")
    text = files["table-ikajakauma.csv"].read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[1] for row in rows[1:6]] == ["120", "150", "130", "125", "115"]


def test_the_table_is_a_word_file_without_faults(city: City) -> None:
    from openxml_audit import OpenXmlValidator

    path = made(city, "table", "asiakkaat-kunnittain", "2021")["table-asiakkaat-kunnittain.docx"]
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []


def test_single_files_stand_in_the_manifest_and_are_not_overwritten_when_edited(city: City) -> None:
    path = made(city, "table", "asiakkaat-kunnittain", "2021")["table-asiakkaat-kunnittain.csv"]
    assert "table-asiakkaat-kunnittain.csv: ajan tasalla" in city.run("status").out
    path.write_text("mine", encoding="utf-8")
    assert "table-asiakkaat-kunnittain.csv: muutettu käsin" in city.run("status").out
    said = city.run("table", "asiakkaat-kunnittain", "2021")
    assert "table-asiakkaat-kunnittain.uusi.csv" in said.out
    assert path.read_text(encoding="utf-8") == "mine"
    assert city.run("report", "annual", "2021").out.count("ajan tasalla") == 3


@pytest.mark.parametrize("text", ["=1+1", "+358", "-1", "@name", "\tx", "=HYPERLINK()"])
def test_a_text_in_csv_is_never_a_formula(text: str) -> None:
    table = Table("t", "T", (Column("Nimi"), Column("=Luku")), (Row((text_cell(text), text_cell("1"))),))
    rows = list(csv.reader(io.StringIO(to_csv(table, "fi").decode("utf-8-sig")), delimiter=";"))
    assert rows[0][1] == "'=Luku"
    assert rows[1][0] == f"'{text}"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("12.25", 1, "12,3"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("-0.4", 0, "0"),
        ("59.375", 1, "59,4"),
        ("7", 2, "7,00"),
    ],
)
def test_a_number_in_csv_is_rounded_as_in_the_document(value: str, decimals: int, text: str) -> None:
    number = Decimal(value)
    shown = Language("fi").number(number, decimals)
    table = Table("t", "T", (Column("Luku"),), (Row((text_cell(shown, number, decimals),)),))
    assert to_csv(table, "fi").decode("utf-8-sig").splitlines()[1] == text == shown.replace("\u2212", "-")


@pytest.mark.parametrize("mark", list(Mark))
def test_the_marks_of_unknown_numbers_are_kept_in_csv(mark: Mark) -> None:
    table = Table("t", "T", (Column("Luku"),), (Row((text_cell(mark),)),))
    assert to_csv(table, "fi").decode("utf-8-sig").splitlines()[1] == mark


def test_the_word_template_of_a_table_has_no_faults() -> None:
    from reports.write.docx_context import template_names
    from reports.write.lint import lint

    assert lint(ROOT / "templates/table/report.docx", template_names()) == []


def test_the_years_compared_with_are_inputs(city: City) -> None:
    path = city.folder / "data/statistics/demo/2018.csv"
    path.write_text((path.parent / "2020.csv").read_text("utf-8").replace("2020-", "2018-"), encoding="utf-8")
    made(city, "figure", "tyottomat", "2021", "--compare", "2018")
    assert "figure-tyottomat-2018.svg: ajan tasalla" in city.run("status").out
    path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
    assert "figure-tyottomat-2018.svg: vanhentunut" in city.run("status").out


def test_a_file_saved_while_a_chart_is_being_made_leaves_it_stale(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    from reports.drawings import Drawings

    path, real = "data/kuvitteila/2021/annual.md", Drawings.draw

    def draw(*arguments: Any, **options: Any) -> Any:
        city.change(path, "Ensimmäinen vuosi onnistui", "Ensimmäinen vuosi sujui")
        return real(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Drawings, "draw", draw)
        made(city, "figure", "tyottomat", "2021")
    assert "figure-tyottomat.svg: vanhentunut" in city.run("status").out


def test_the_layout_of_a_table_is_an_input(city: City) -> None:
    made(city, "table", "asiakkaat-kunnittain", "2021")
    city.own("table/report.docx")
    assert "table-asiakkaat-kunnittain.docx: vanhentunut" in city.run("status").out
    assert "annual.docx: ajan tasalla" in city.run("status").out


@pytest.mark.parametrize("command", [("figure", "tyottomat"), ("table", "asiakkaat-kunnittain")])
def test_warnings_are_told_and_count_under_strict(city: City, command: tuple[str, ...]) -> None:
    assert city.run(*command, "2021", "--strict").code == 0
    city.write("data/kuvitteila/vanhat luvut/note.txt", "x")
    said = city.run(*command, "2021", "--strict")
    assert said.code == 1
    assert "Varoitus: data/kuvitteila/vanhat luvut" in said.err
    assert city.run(*command, "2021").code == 0
