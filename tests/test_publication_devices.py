"""Boxes, pull quotes, bylines and pictures: from the text's Markdown into every format, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from reports.document import Block, Box, Entry, Heading, List, Paragraph, Picture, Run, Section, plain_text
from reports.narrative import Placement
from reports.write import html, pdf
from reports.write.strings import strings
from tests.edited_template import picture as png
from tests.made_document import template, with_plan
from tests.made_text import narrative
from tests.pdf_sample import page_texts, squeezed, tags
from tests.word_file import body, written

LAYOUTS = ("annual", "plan", "publication")
BOX = Box("Laatikon otsikko", (Paragraph((Run("Sisältö on tässä."),)), List((Entry((Run("kohta"),)),))))
QUOTE, BYLINE = (Paragraph((Run(f"Tämä on {role}."),), role) for role in ("quote", "byline"))


def jpeg() -> bytes:
    """A small photograph's file."""
    out = BytesIO()
    Image.new("RGB", (40, 20), "#0f4c81").save(out, "JPEG")
    return out.getvalue()


def pictured(data: bytes, file: str) -> Picture:
    """A picture of some bytes."""
    return Picture("picture-juhla", "Juhla torilla.", "Ihmisiä torilla.", file, data, 100.0, 50.0)


def blocks(text: str) -> list[Block | Placement]:
    """The blocks of a text in which nothing is wrong."""
    made = narrative(f"## Otsikko\n\n{text}")
    assert made.problems == ()
    return list(made.passages[0].blocks)


def wrong(text: str) -> list[tuple[str, int]]:
    """Code and row of what is wrong with a text that begins on row 3."""
    return [(one.code, one.place.row) for one in narrative(f"## Otsikko\n\n{text}").problems]


def test_a_box_has_a_title_paragraphs_and_lists() -> None:
    (box,) = blocks("::: box Näin se **käy**\nEnsin.\n\n- yksi\n- kaksi\n:::\n")
    assert isinstance(box, Box)
    assert box.title == "Näin se käy"
    assert [type(one) for one in box.blocks] == [Paragraph, List]


@pytest.mark.parametrize("role", ["quote", "byline", "lead", "note"])
def test_the_other_devices_are_paragraphs_of_a_role(role: str) -> None:
    first, inside, second, last = blocks(f"Ennen.\n\n::: {role}\nYksi.\n\nKaksi.\n:::\nJälkeen.")
    assert isinstance(inside, Paragraph)
    assert isinstance(second, Paragraph)
    assert (inside.role, plain_text(inside.runs), second.role) == (role, "Yksi.", role)
    assert [one.role for one in (first, last) if isinstance(one, Paragraph)] == ["body", "body"]


def test_a_device_may_end_a_paragraph_without_an_empty_line() -> None:
    assert len(blocks("Ennen.\n::: quote\nSanottu.\n:::\n")) == 2


def test_a_fact_in_a_boxs_title_is_printed() -> None:
    made = narrative("## Otsikko\n\n::: box Asiakkaita {{ a }}\nTeksti.\n:::", a="asiakkaat 2021-03")
    (box,) = made.passages[0].blocks
    assert isinstance(box, Box)
    assert box.title.removeprefix("Asiakkaita ").replace("\u00a0", "").isdecimal()


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("::: laatikko\nTeksti.\n:::", "publication-device", 3),
        (":::boksi!\nTeksti.\n:::", "publication-device", 3),
        ("Alku.\n\n::: box\nTeksti.", "publication-device-open", 5),
        ("::: box\n:::", "publication-device-inside", 3),
        ("::: quote Otsikko\nTeksti.\n:::", "publication-device-inside", 3),
        ("::: quote\n- luettelo\n:::", "publication-device-inside", 3),
        ("::: box\n| a | b |\n|---|---|\n| c | d |\n:::", "publication-device-inside", 3),
        ("::: box\n### Otsikko\n\nTeksti.\n:::", "publication-device-inside", 3),
    ],
)
def test_what_a_device_cannot_be_is_told_with_its_row(text: str, code: str, row: int) -> None:
    assert (code, row) in wrong(text)


def test_a_row_below_a_device_is_still_its_own_row() -> None:
    assert wrong("::: box\nTeksti.\n:::\n\nLuku 17 on kirjoitettu.")[0] == ("typed-number", 7)
    assert wrong("::: box\nLuku 17 on kirjoitettu.\n:::")[0] == ("typed-number", 4)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("data", "kind"), [(png(), "png"), (jpeg(), "jpeg")], ids=["png", "jpeg"])
def test_word_shows_them_in_every_layout(layout: str, data: bytes, kind: str) -> None:
    made = written(body(BOX, QUOTE, BYLINE, pictured(data, f"juhla.{kind}")), template(name=layout))
    lines = [" ".join(line.split()) for line in made.lines]
    start = lines.index("Laatikon otsikko")
    wanted = ["Laatikon otsikko", "Sisältö on tässä.", "kohta", "Tämä on quote.", "Tämä on byline."]
    assert lines[start : start + 5] == wanted
    assert "Juhla torilla." in lines[start + 5 :]
    assert made.all('//wp:docPr[@descr="Ihmisiä torilla."]')
    assert any(part.endswith(f"figure1.{kind}") for part in made.parts)
    assert not made.all("//w:txbxContent")


def test_words_boxes_are_bordered_paragraphs() -> None:
    made = written(body(BOX, QUOTE, BYLINE), template(name="publication"))
    styles = ("LaatikonOtsikko", "LaatikonTeksti", "LaatikonLuettelo", "Nosto", "Kirjoittaja")
    assert all(len(made.styled(style)) == 1 for style in styles)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pdf_shows_them_in_every_layout(layout: str, pdftotext: str, tmp_path: Path) -> None:
    made = pdf.write(body(BOX, QUOTE, BYLINE, pictured(jpeg(), "juhla.jpg")), template(name=layout))
    text = "".join(page_texts(made, pdftotext, tmp_path))
    for words in (
        "Laatikon otsikko",
        "Sisältö on tässä.",
        "kohta",
        "Tämä on quote.",
        "Tämä on byline.",
        "Juhla torilla.",
    ):
        assert squeezed(words) in text
    assert [one.alt for one in tags(made, "Figure")] == ["Ihmisiä torilla."]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_web_page_shows_them_in_every_layout(layout: str) -> None:
    page = html.write(body(BOX, QUOTE, BYLINE, pictured(jpeg(), "juhla.jpg")), template(name=layout)).decode()
    assert '<div class="box" role="group" aria-label="Laatikon otsikko">' in page
    assert '<p class="quote">Tämä on quote.</p>' in page
    assert 'alt="Ihmisiä torilla."' in page
    assert "data:image/jpeg;base64," in page


def test_contents_have_two_levels_where_asked() -> None:
    heading = Heading("Alaotsikko", 2, "section-ala")
    for levels, found in ((1, 0), (2, 1)):
        document = replace(body(heading, QUOTE), levels=levels)
        word = written(document, template(name="publication"))
        assert len(word.styled("TOC2")) == found
        page = html.write(document, template(name="publication")).decode()
        assert page.count('<a href="#section-ala">') == found
        codes = [one.text for one in word.all("//w:instrText") if "TOC" in (one.text or "")]
        assert codes == [f' TOC \\o "1-{levels}" \\h \\n \\z \\u ']


def test_a_citys_png_logo_stands_in_its_pdf(tmp_path: Path) -> None:
    source = template().find("report.typ").read_text(encoding="utf-8")
    (tmp_path / "annual").mkdir()
    (tmp_path / "annual" / "logo.png").write_bytes(png())
    words = source.replace("// #place(top + end", "#place(top + end").replace("logo.svg", "logo.png")
    (tmp_path / "annual" / "report.typ").write_text(words, encoding="utf-8")
    made = pdf.write(body(QUOTE), template(tmp_path / "annual"))
    assert len(tags(made, "Figure")) == 1


def test_a_box_stays_on_one_page_in_word() -> None:
    lines = List((Entry((Run("yksi"),)), Entry((Run("kaksi"),))))
    made = written(body(Box("Otsikko", (*BOX.blocks, lines)), QUOTE), template(name="publication"))
    kept = {"".join(one.itertext()) for one in made.all("//w:p[w:pPr/w:keepNext]")}
    assert {"Sisältö on tässä.", "kohta", "yksi"} <= kept
    assert not {"kaksi", "Tämä on quote."} & kept


def test_the_publications_pdf_holds_every_string_of_any_report(pdftotext: str, tmp_path: Path) -> None:
    small = Section("pienet", "Pienet", (Heading("Ylä", 2, "yla"), Heading("Ala", 3, "ala"), BYLINE, BOX, QUOTE))
    jump = Section("hyppy", "Hyppy", (Heading("Suoraan alas", 3, "alas"), QUOTE))
    words = tuple(Paragraph((Run(f"Kappale {number}. " + "Sanoja riittää. " * 40),)) for number in range(12))
    long = Section("pitka", "Pitkä", (*words, BOX, Heading("Lopuksi", 2, "lopuksi"), *words[:1], BOX))
    document = with_plan()
    document = replace(
        document, sections=(*document.sections, small, jump, long, Section("tyhja", "Tyhjä", ())), levels=2
    )
    text = "".join(page_texts(pdf.write(document, template(name="publication")), pdftotext, tmp_path))
    assert [one for one in strings(document) if squeezed(one)[:40] not in text] == []
