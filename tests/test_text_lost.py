"""Text that a layout would lose, and errors in the data: nothing is written, and the old documents stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trips import OUT, REPORT, City, built_city, contents

TEXT = "data/kuvitteila/2021/annual.md"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def test_a_word_template_that_loses_text_writes_nothing(city: City) -> None:
    from docx import Document

    before = city.documents()
    own = city.own("annual/report.docx")
    template = Document(str(own))
    for paragraph in template.paragraphs:
        if "block.text" in paragraph.text:
            paragraph.clear()
            paragraph.add_run("–")
    template.save(str(own))
    said = city.run(*REPORT)
    assert said.code == 1
    assert "templates/annual/report.docx: Pohja jättää asiakirjan tekstiä pois" in said.err
    assert "Asiakirjat ja luvut ovat ennallaan" in said.err
    assert city.documents() == before


def test_a_page_layout_that_loses_text_writes_nothing(city: City) -> None:
    before = city.documents()
    blocks = city.own("shared/blocks.html.j2")
    text = blocks.read_text(encoding="utf-8")
    assert "caption" in text
    blocks.write_text(text.replace("block.caption", "block.label"), encoding="utf-8")
    said = city.run(*REPORT)
    assert said.code == 1
    assert "Pohja jättää asiakirjan tekstiä pois" in said.err
    assert city.documents() == before


def test_a_tag_that_would_swallow_text_is_found_by_check_and_stops_the_report(city: City) -> None:
    from docx import Document

    before = city.documents()
    own = city.own("annual/report.docx")
    template = Document(str(own))
    template.add_paragraph("Tämä teksti katoaisi {%p if title %}")
    template.add_paragraph("{%p endif %}")
    template.add_paragraph("{{ titel }}")
    template.save(str(own))
    for said in (city.run("check"), city.run(*REPORT)):
        assert said.code == 1
        assert "koko kappale katoaisi" in said.err
        assert "nimi ”titel”, jota asiakirjassa ei ole. Lähin nimi: title" in said.err
        assert "templates/annual/report.docx:" in said.err
    assert city.documents() == before


def test_an_error_in_the_data_writes_nothing(city: City) -> None:
    before = contents(city.folder)
    city.change(TEXT, "Ensimmäinen vuosi onnistui", "Ensimmäiset 17 viikkoa onnistuivat")
    said = city.run(*REPORT)
    assert said.code == 1
    assert f"{TEXT}:" in said.err
    assert "Luku ”17” on kirjoitettu käsin" in said.err
    assert "Keskeytyi: virheitä 1." in said.err
    after = contents(city.folder)
    assert {name: after[name] for name in after if name.startswith(OUT)} == {
        name: before[name] for name in before if name.startswith(OUT)
    }
