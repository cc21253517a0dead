"""The slides of Salo's month and of Mikkeli's steering group, made from the repository's own data."""

from __future__ import annotations

import atexit
import io
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pikepdf
import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation

import build
from reports.home import Home
from reports.order import Order
from reports.period import Period
from reports.prepare import Prepared, prepare
from reports.write.pptx_deck import Deck, parts_of
from tests.trips import City

ROOT = Path(__file__).resolve().parent.parent
SALO, MIKKELI = ("salo", "2022-11"), ("mikkeli", "2022-01")
EXAMPLE = "Esimerkkiaineisto"
TITLES = [
    "Kuukausi lyhyesti",
    "Keskeiset luvut",
    "Työttömät työnhakijat, Salo",
    "Työttömät työnhakijat alueittain, marraskuu 2022",
    "Työttömien osuus työvoimasta",
    "Avoimet työpaikat alueittain, marraskuu 2022",
    "Palvelut ja aktivointi, marraskuu 2022",
    "Suunnitelman tavoitteet",
    "Tavoitteet, jotka vaativat huomiota",
    "Mikä muuttui tai tarkentui",
    "Tulevat päivät",
    "Suunnitelma vuodelle 2023",
    "Muutokset, joihin kokeilu valmistautuu",
    "Kiitos!",
]


class Made(NamedTuple):
    """The slides of an area as they were built."""

    path: Path
    slides: list[Any]
    pdf: pikepdf.Pdf


@cache
def home() -> Path:
    """A home of its own with the data of both areas, once a process."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("home.yaml", "services.yaml"):
        (folder / "data").mkdir(exist_ok=True)
        shutil.copyfile(ROOT / "data" / name, folder / "data" / name)
    for name in ("salo", "mikkeli", "statistics"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    return folder


@cache
def made(area: str, period: str) -> Made:
    code = build.main(["report", "slides", period, "--area", area, "--quiet", "--home", str(home())])
    assert code == 0
    folder = home() / "out" / area / period
    path = folder / "slides.pptx"
    return Made(path, list(Presentation(str(path)).slides), pikepdf.open(folder / "slides.pdf"))


@cache
def prepared(area: str, period: str) -> Prepared:
    """The deck undrawn, with every problem of its texts."""
    return prepare(Order(Home(home()), "slides", area, Period.of(period), thorough=True))


def lines(slide: Any) -> list[str]:
    """The paragraphs and cells of a slide."""
    out = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            out += [one.text for one in shape.text_frame.paragraphs]
        elif shape.has_table:
            out += [cell.text for row in shape.table.rows for cell in row.cells]
    return out


def slide(area: tuple[str, str], title: str) -> Any:
    return next(one for one in made(*area).slides if one.shapes.title.text == title)


@pytest.mark.parametrize("area", [SALO, MIKKELI])
def test_nothing_is_wrong(area: tuple[str, str]) -> None:
    assert [one for one in prepared(*area).problems if not one.acknowledged] == []
    assert OpenXmlValidator().validate(made(*area).path).errors == []


def test_the_month_opens_the_deck_and_people_close_it() -> None:
    assert [one.shapes.title.text for one in made(*SALO).slides][1:] == TITLES
    assert "Marraskuun 2022 lopussa Salossa oli 2\u00a0095\u00a0työtöntä työnhakijaa." in lines(slide(SALO, TITLES[0]))
    assert {"2\u00a0095", "9,0\u00a0%", "298", "42,8\u00a0%"} <= set(lines(slide(SALO, TITLES[1])))


def test_the_chart_of_the_month_holds_the_register_figures() -> None:
    chart = next(shape.chart for shape in slide(SALO, TITLES[2]).shapes if shape.has_chart)
    assert [one.name for one in chart.plots[0].series] == ["2022", "2021", "2020"]
    assert list(chart.plots[0].series[1].values)[:3] == [3182, 3110, 3097]
    assert list(chart.plots[0].series[0].values)[10:] == [2095, None]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.worksheets[0]["B12"].value == 2095


def test_the_board_and_the_goals_that_need_attention_agree() -> None:
    board = lines(slide(SALO, "Suunnitelman tavoitteet"))
    rows = [board[at : at + 4] for at in range(1, len(board)) if re.match(r"\d\. ", board[at])]
    assert len(rows) == 7
    assert rows[0][1:] == ["4 / 10", "2", "4"]
    care = lines(slide(SALO, "Tavoitteet, jotka vaativat huomiota"))
    assert sum("(tavoite" in one for one in care) == sum(int(row[2]) for row in rows) == 5
    assert {"vähintään 180\u00a0asiakasta", "151\u00a0asiakasta"} <= set(care)


def test_what_was_revised_and_what_comes_is_said() -> None:
    assert "Mitään esityksen luvuista ei ole julkaisun jälkeen tarkistettu." in lines(slide(SALO, TITLES[9]))
    coming = lines(slide(SALO, "Tulevat päivät"))
    assert {"30.12.2022", "Työnvälitystilasto (joulukuun luvut)", "Koordinaattori"} <= set(coming)


@pytest.mark.parametrize("area", [SALO, MIKKELI])
def test_a_slide_with_figures_says_in_its_notes_where_they_come_from(area: tuple[str, str]) -> None:
    deck = prepared(*area).document
    assert isinstance(deck, Deck)
    noted = [bool(parts_of(one).notes) for one in deck.sections]
    assert [one.has_notes_slide for one in made(*area).slides][1:] == noted
    for one in made(*area).slides[1:]:
        shown = [shape for shape in one.shapes if shape.has_chart or shape.has_table]
        told = one.shapes.title.text == "Tulevat päivät" or one.has_notes_slide
        assert told or not shown
    if area == SALO:
        notes = slide(SALO, TITLES[2]).notes_slide.notes_text_frame.text
        assert (
            "Tilastokeskus, Työnvälitystilasto, taulukko 12r5, CC BY 4.0: Työttömät työnhakijat (Salo, 1/2020–11/2022)."
            in notes
        )


def test_the_second_deck_follows_its_source() -> None:
    titles = [one.shapes.title.text for one in made(*MIKKELI).slides]
    assert len(titles) == 25
    assert titles[-1] == "Kiitos!"
    flags = [one.shapes.title.text for one in made(*MIKKELI).slides if "Kaupunginhallituksen huomio" in lines(one)]
    assert flags == ["Työvoiman kohtaantohaaste nyt ja jatkossa", "Nuorten työpaja ja kuntien työpajat 2023"]
    layouts = {one.shapes.title.text: one.slide_layout.name for one in made(*MIKKELI).slides}
    assert (layouts["Kuntakokeilun omat mittarit"], layouts["Kiitos!"]) == ("section", "closing")


def test_arrows_and_remarks_are_kept() -> None:
    shown = slide(MIKKELI, "Palkkatuki ja velvoitetyöllistäminen")
    xml = str(shown.part.blob, "utf-8")
    assert '<a:buChar char="→"/>' in xml
    assert "Velvoitteen jälkeen jäävä osuus halutaan kohdistaa nuoriin." in lines(shown)
    remarks = [
        run.text
        for one in made(*MIKKELI).slides
        for shape in one.placeholders
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
        if run.font.bold
    ]
    assert any(one.startswith("HUOM!") for one in remarks)


def test_example_figures_are_marked_where_they_are_shown_and_nowhere_else() -> None:
    marked = [one.shapes.title.text for one in made(*MIKKELI).slides if EXAMPLE in lines(one)]
    assert marked == ["Työmarkkinatuen kuntaosuus euroina", "Foreammatin kattavuus", "Kokeilun asiakkaiden palvelut"]
    assert any("esimerkkiaineistoa" in one for one in lines(made(*MIKKELI).slides[0]))
    assert not any(EXAMPLE in lines(one) for one in made(*SALO).slides)


def test_the_reference_group_is_chosen_in_the_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(home() / "data", tmp_path / "data")
    city = City(tmp_path, capsys)
    city.change("data/mikkeli/area.yaml", "    aliases:\n      - Viiteryhmä\n", "")
    city.change(
        "data/mikkeli/area.yaml",
        "  - name: C30-kaupungit\n",
        "  - name: C30-kaupungit\n    aliases:\n      - Viiteryhmä\n",
    )
    said = city.run("report", "slides", "2022-01", "--area", "mikkeli", "--format", "pptx")
    assert said.code == 0, said.err
    deck = Presentation(str(tmp_path / "out/mikkeli/2022-01/slides.pptx"))
    charts = [shape.chart for one in deck.slides for shape in one.shapes if shape.has_chart]
    assert [one.name for one in charts[0].plots[0].series] == ["Mikkeli", "C30-kaupungit"]
    assert any("3,86\u00a0€/asukas" in text for one in deck.slides for text in lines(one))
    assert not (tmp_path / "out/.cache/charts").is_dir()  # nobody draws what no format shows


@pytest.mark.parametrize("area", [SALO, MIKKELI])
def test_the_handout_has_a_page_for_each_slide(area: tuple[str, str]) -> None:
    pages = made(*area).pdf.pages
    sizes = {tuple(round(float(one)) for one in page.mediabox[2:]) for page in pages}
    assert sizes == {(960, 540)}
    assert len(made(*area).slides) < len(pages) <= len(made(*area).slides) + 2  # the sources follow
    with made(*area).pdf.open_outline() as outline:
        marks = [str(one.title).replace("\u00a0", " ") for one in outline.root]
    assert marks[: len(made(*area).slides) - 1] == [one.shapes.title.text for one in made(*area).slides[1:]]


def test_a_city_reorders_and_leaves_out_slides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(home() / "data", tmp_path / "data")
    city = City(tmp_path, capsys)
    city.own("slides/recipe.yaml")
    city.change("templates/slides/recipe.yaml", "formats:", "sections:\n  - text\n  - goals\n  - opening\nformats:")
    city.write(
        "data/salo/2022-11/slides.md",
        "---\ntitle: Kokous\n---\n## Ensin\n- Yksi\n\n### Tarkemmin\n- Kaksi\n\n## Sitten\n> ei\n",
    )
    said = city.run("report", "slides", "2022-11", "--format", "pptx")
    assert said.code == 1
    assert "slides.md:11" in said.err
    city.change("data/salo/2022-11/slides.md", "> ei", "Jotain muuta.")
    assert city.run("report", "slides", "2022-11", "--format", "pptx").code == 0
    deck = Presentation(str(tmp_path / "out/salo/2022-11/slides.pptx"))
    titles = [one.shapes.title.text for one in deck.slides]
    assert titles == ["Kokous", "Ensin", "Sitten", "Suunnitelman tavoitteet", "Kuukausi lyhyesti"]
    assert lines(deck.slides[1])[1:4] == ["Yksi", "Tarkemmin", "Kaksi"]


def test_a_slide_that_cannot_be_cut_stops_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(home() / "data", tmp_path / "data")
    city = City(tmp_path, capsys)
    city.change("data/salo/2022-11/slides.md", "## Kiitos!", "## " + "Kiitos kaikille mukana olleille " * 8)
    said = city.run("report", "slides", "2022-11", "--format", "pptx")
    assert said.code == 1
    assert "slides.md:31" in said.err
    assert "Lyhennä otsikkoa" in said.err
    assert not (tmp_path / "out/salo/2022-11/slides.pptx").exists()


def test_powerpoint_is_made_of_slides_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(home() / "data", tmp_path / "data")
    said = City(tmp_path, capsys).run("report", "monthly", "2022-11", "--format", "pptx")
    assert said.code == 1
    assert "slides.pptx" in said.err


def test_other_reports_do_not_load_what_slides_need(tmp_path: Path) -> None:
    arguments = ["report", "monthly", "2022-11", "--quiet", "--format", "html", "--home", str(home())]
    code = (
        f"import sys, build\nassert build.main({arguments!r}) == 0\n"
        "print([name for name in sys.modules if name.startswith(('pptx', 'reports.slides', 'reports.write.pptx'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=ROOT, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


@pytest.mark.parametrize("area", [SALO, MIKKELI])
def test_the_shared_check_finds_nothing(area: tuple[str, str], shared: Path) -> None:
    command = [sys.executable, str(shared / "checks" / "check_pptx.py"), "--no-sdk", str(made(*area).path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
