"""The PowerPoint writer: nothing lost, native charts, what a screen reader needs, the master's look and faults."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pptx.util import Emu, Pt

from reports.document import Figure, KeyFigure, Picture, Run, Section
from reports.errors import ReportError
from reports.write import pptx
from reports.write.ledger import missing
from reports.write.pptx_chart import number_format
from reports.write.pptx_deck import LAYOUTS, Plot, layout_of
from tests import made_document
from tests.made_document import TEMPLATES, template, theme
from tests.made_slides import bullets, deck, opened, slides

MASTER = TEMPLATES / "slides" / "slides.pptx"
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)
COLOURS = {"dk1": "ink", "lt1": "paper", "dk2": "muted", "lt2": "tint", "accent1": "accent", "accent2": "pale",
           "accent3": "grey", "accent4": "alert", "accent5": "hairline"}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> Any:
    return opened()


def words(shape: Any) -> list[str]:
    """Every paragraph and cell of a shape, as a reader finds them."""
    if shape.has_text_frame:
        return [shape.text_frame.text, *(one.text for one in shape.text_frame.paragraphs)]
    return [cell.text for row in shape.table.rows for cell in row.cells] if shape.has_table else []


def test_every_word_is_in_the_file_or_its_notes(made: Any) -> None:
    pieces = [text for slide in made.slides for shape in slide.shapes for text in words(shape)]
    notes = [slide.notes_slide.notes_text_frame.text for slide in made.slides if slide.has_notes_slide]
    given = replace(deck(), sections=tuple(_unmarked(one) for one in slides()))
    assert missing(given, [*pieces, *notes]) == []
    assert missing(replace(given, title="Toinen otsikko"), [*pieces, *notes]) == ["Toinen otsikko"]


def _unmarked(slide: Section) -> Section:
    """A slide as it is shown: an arrow that begins an entry is its bullet, and figures have no numbers."""
    return replace(
        slide,
        blocks=tuple(
            bullets("Alle <5 pv & T&K", " Toinen taso", "Seuraus")
            if "→" in str(one)
            else replace(one, label="", number="")
            if isinstance(one, Figure)
            else one
            for one in slide.blocks
        ),
    )


def test_each_slide_has_the_layout_of_what_it_holds(made: Any) -> None:
    wanted = "bullets key-figures chart-text chart chart table goals section bullets closing".split()
    assert [layout_of(one, at == 9) for at, one in enumerate(slides())] == wanted
    assert [slide.slide_layout.name for slide in made.slides] == ["title", *wanted]
    assert set(LAYOUTS) == {"title", *wanted}


def test_titles_are_unique_and_read_first(made: Any) -> None:
    titles = [slide.shapes.title.text for slide in made.slides]
    assert len(set(titles)) == len(titles) == 11
    assert all(slide.shapes[0].shape_id == slide.shapes.title.shape_id for slide in made.slides)


def test_charts_are_native_with_a_workbook_inside(made: Any) -> None:
    lines, bars, columns = [shape.chart for slide in made.slides for shape in slide.shapes if shape.has_chart]
    book = openpyxl.load_workbook(io.BytesIO(lines.part.chart_workbook.xlsx_part.blob))
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] == [
        [None, "2024", "2023"], ["tammi", 2095, 3182], ["helmi", 2030, None], ["maalis", None, 1234567]
    ]  # fmt: skip
    assert list(bars.plots[0].categories) == ["Koko maa", "Salmi"]  # bars are drawn from below
    assert list(columns.plots[0].categories) == ["Salmi", "Koko maa"]
    assert bars.plots[0].data_labels.number_format.endswith('0.0"\u00a0%"')
    assert not any(axis.startswith("-") for axis in re.findall(r'axId val="([^"]+)', str(_xml(bars))))


def test_charts_take_their_colours_from_the_master(made: Any) -> None:
    charts = [shape.chart for slide in made.slides for shape in slide.shapes if shape.has_chart]
    for chart in charts:
        assert "srgbClr" not in _xml(chart)
        assert 'schemeClr val="accent1"' in _xml(chart)


def _xml(chart: Any) -> str:
    return str(chart.part.blob, "utf-8")


@pytest.mark.parametrize(
    ("decimals", "symbol", "last"),
    [(0, "", "0"), (1, "\u00a0%", '0.0"\u00a0%"'), (2, "\u00a0€", '0.00"\u00a0€"'), (0, "\u00a0€/kk", "0")],
)
def test_numbers_of_charts_are_finnish(decimals: int, symbol: str, last: str) -> None:
    millions, thousands, small = number_format(Plot("bars", (), (), symbol=symbol), decimals).split(";")
    assert small == f"[$-40B]{last}"
    assert thousands == f'[$-40B][>=1000]#"\u00a0"##{last}'
    assert millions == f'[$-40B][>=1000000]#"\u00a0"###"\u00a0"##{last}'


def test_numbers_of_charts_are_english_in_an_english_deck() -> None:
    plot = Plot("bars", (), (), symbol="%", thousands=",", language="en")
    assert number_format(plot, 1) == '[$-809]#,##0.0"%"'


def test_what_is_seen_is_also_said(made: Any) -> None:
    for slide in made.slides:
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert len(shape._element.nvGraphicFramePr.cNvPr.get("descr")) > 8
            if shape.has_table:
                assert shape.table.first_row
            assert not (shape.is_placeholder and shape.has_text_frame and not shape.text_frame.text)


@pytest.mark.parametrize(("language", "spoken"), [("fi", "fi-FI"), ("en", "en-GB")])
def test_every_run_has_the_language_of_the_document(language: str, spoken: str) -> None:
    data = pptx.write(replace(deck(), language=language), template(name="slides"))
    with ZipFile(io.BytesIO(data)) as file:
        parts = [
            file.read(name).decode()
            for name in file.namelist()
            if re.match(r"ppt/(slides|notesSlides|charts)/[^_]", name)
        ]
    assert len(parts) > 12
    assert {tag for part in parts for tag in re.findall(r'<a:rPr[^>]*?lang="([^"]+)"', part)} == {spoken}
    assert not any(re.search(r"<a:r>(?!<a:rPr)", part) for part in parts)


def test_the_file_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "slides.pptx"
    path.write_bytes(pptx.write(deck(), template(name="slides")))
    assert OpenXmlValidator().validate(path).errors == []


def test_the_same_deck_gives_the_same_bytes_and_no_clock() -> None:
    first, second = (pptx.write(deck(), template(name="slides")) for _ in range(2))
    assert first == second
    with ZipFile(io.BytesIO(first)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        books = [file.read(one) for one in file.namelist() if one.endswith(".xlsx")]
        assert b"Mallikaupunki &lt;" in file.read("docProps/core.xml")
    assert len(books) == 3
    for book in books:
        with ZipFile(io.BytesIO(book)) as file:
            stamps = set(re.findall(rb">(\d{4}-[^<]*)<", file.read("docProps/core.xml")))
            assert stamps == {b"2022-01-19T00:00:00Z"}


def test_a_picture_stands_in_the_frame_of_a_chart() -> None:
    picture = Picture("picture-piha", "Piha.", "Työpajan piha keväällä", "piha.png", DOT, 40.0, 20.0)
    slide = opened(Section("section-piha", "Piha", (picture,))).slides[1]
    shown = next(shape for shape in slide.shapes if hasattr(shape, "image"))
    assert shown._element.nvPicPr.cNvPr.get("descr") == "Työpajan piha keväällä"
    assert shown.width == pytest.approx(2 * shown.height, rel=0.01)
    assert [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame][:2] == ["Piha", "Piha."]


def test_a_link_leads_somewhere() -> None:
    link = Run("tilaston sivut", href="https://example.org/?a=1&b=2")
    slide = opened(Section("section-a", "Sivut", (made_document.paragraph("Katso ", link), bullets("yksi")))).slides[1]
    runs = [run for shape in slide.placeholders for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
    assert [run.hyperlink.address for run in runs if run.hyperlink.address] == ["https://example.org/?a=1&b=2"]


# --- the master


def test_the_master_has_the_colours_of_the_theme() -> None:
    with ZipFile(MASTER) as file:
        found = file.read("ppt/theme/theme1.xml").decode()
    values = dict(re.findall(r'<a:(\w+)><a:srgbClr val="(\w{6})"/></a:\1>', found))
    assert {name: f"#{values[name]}" for name in COLOURS} == {name: theme()[key] for name, key in COLOURS.items()}


def test_a_restyled_master_decides_the_look(tmp_path: Path) -> None:
    def restyled(master: Any) -> None:
        layout = next(one for one in master.slide_layouts if one.name == "bullets")
        body = next(one for one in layout.placeholders if one.placeholder_format.idx == 1)
        body.left = Emu(5_000_000)
        title = master.slide_master.placeholders[0]
        title.text_frame.paragraphs[0].font.size = Pt(50)

    slide = opened(before=[_master(tmp_path, restyled)]).slides[1]
    body = next(one for one in slide.placeholders if one.placeholder_format.idx == 1)
    assert body.left == Emu(5_000_000)
    assert body._element.spPr.find("{*}xfrm") is None  # the slide says nothing of its own


def test_a_slide_left_in_the_master_is_not_shown(tmp_path: Path) -> None:
    def tried(master: Any) -> None:
        master.slides.add_slide(master.slide_layouts[0]).shapes.title.text = "Kokeilu"

    made = opened(before=[_master(tmp_path, tried)])
    assert [slide.shapes.title.text for slide in made.slides][:2] == ["Kuntakokeilu & työllisyys", "Kuukausi lyhyesti"]
    assert len(made.slides) == 11


def _master(folder: Path, change: Callable[[Any], object]) -> Path:
    """A folder with a master that somebody changed."""
    master = Presentation(str(MASTER))
    change(master)
    master.save(str(folder / "slides.pptx"))
    return folder


def _faults(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    with pytest.raises(ReportError) as error:
        pptx.write(deck(), template(folder, name="slides"))
    assert {one.place.file for one in error.value.problems} == {f"templates/{folder.name}/slides.pptx"}
    return [(one.code, one.values) for one in error.value.problems]


def test_a_layout_of_another_name_is_told(tmp_path: Path) -> None:
    def renamed(master: Any) -> None:
        for number, name in ((1, "Osa"), (4, "Taulukko")):
            master.slide_layouts[number]._element.cSld.set("name", name)

    (code, values), (second, others) = _faults(_master(tmp_path, renamed))
    assert (code, values["name"], second, others["name"]) == ("slides-layout", "section", "slides-layout", "table")
    assert "Osa" in values["have"]


def test_a_frame_that_was_removed_is_told(tmp_path: Path) -> None:
    def robbed(master: Any) -> None:
        layout = next(one for one in master.slide_layouts if one.name == "chart")
        frame = next(one for one in layout.placeholders if one.placeholder_format.idx == 11)
        frame._element.getparent().remove(frame._element)

    assert _faults(_master(tmp_path, robbed)) == [("slides-frame", {"name": "chart", "number": 11})]


@pytest.mark.parametrize("data", [b"", b"no zip", MASTER.read_bytes()[:9000]])
def test_a_broken_master_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "slides.pptx").write_bytes(data)
    assert _faults(tmp_path) == [("slides-unreadable", {})]


def test_a_document_that_is_no_deck_is_refused() -> None:
    with pytest.raises(ReportError) as error:
        pptx.write(made_document.document(), template(name="slides"))
    assert [one.code for one in error.value.problems] == ["slides-content"]
    with pytest.raises(ReportError) as error:
        pptx.write(made_document.document(), template())
    assert [one.code for one in error.value.problems] == ["template-missing"]


def test_key_figures_share_the_room_of_their_frame() -> None:
    few, many = ([shape for shape in opened_with(count).slides[1].shapes if shape.shape_type == 17] for count in (2, 5))
    assert len(few) == 2
    assert len(many) == 5
    assert few[0].width > many[0].width > 0
    assert many[-1].left + many[-1].width == pytest.approx(few[-1].left + few[-1].width, abs=10)


def test_the_unit_of_percentage_points_is_not_parted() -> None:
    (tile,) = [shape for shape in opened_with(1, "muutos −0,2\u00a0%-yks.").slides[1].shapes if shape.shape_type == 17]
    assert tile.text_frame.paragraphs[1].text == "muutos −0,2\u00a0%\u2011yks."


def opened_with(count: int, label: str = "henkilöä") -> Any:
    figures = tuple(KeyFigure(str(Decimal(number)), label) for number in range(count))
    given = replace(deck(slides()[1]), key_figures=figures)
    return Presentation(io.BytesIO(pptx.write(given, template(name="slides"))))
