"""A city's own look and content without Python: Word template, logo, words, styles; a recipe with a second text."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.trips import REPORT, City, new_city

DATA = "data/kuvitteila"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return new_city(tmp_path / "home", capsys)


def rewritten(path: Path, change: Any) -> None:
    """Rewrite a Word file part by part; `change(name, bytes)` gives the new bytes."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, change(name, data))


def test_changes_made_in_word_show_in_the_document(city: City) -> None:
    from docx import Document

    own = city.own("annual/report.docx")
    template = Document(str(own))
    paragraphs = list(template.paragraphs)
    start = next(at for at, one in enumerate(paragraphs) if "for figure in key_figures" in one.text)
    for paragraph in paragraphs[start : start + 3]:
        assert "figure" in paragraph.text or "endfor" in paragraph.text
        body = paragraph._element.getparent()
        assert body is not None
        body.remove(paragraph._element)
    organisation = next(one for one in template.paragraphs if one.text == "{{ organisation }}")
    organisation.insert_paragraph_before("Kuvitteilan oma sana")
    template.styles["Title"].name = "Kuvitteilan otsikko"
    template.save(str(own))
    logo = png()
    pictures = []

    def swap_logo(name: str, data: bytes) -> bytes:
        if name.startswith("word/media/") and name.endswith(".png"):
            pictures.append(name)
            return logo
        return data

    rewritten(own, swap_logo)
    assert len(pictures) == 1
    said = city.run(*REPORT, "--format", "docx")
    assert "Varoitus: templates/annual/report.docx: Oma pohja jättää asiakirjasta pois osan key_figures." in said.err
    assert said.code == 0, said.err
    assert_changed(city.out / "annual.docx", logo)


def assert_changed(path: Path, logo: bytes) -> None:
    from docx import Document

    document = Document(str(path))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[0] == "Kuvitteilan oma sana"
    assert not any("asiakasta palvelun alkaessa" in text for text in words)
    title = next(one for one in document.paragraphs if one.text == "Kuvitteilan työllisyyspalvelut 2021")
    assert title.style is not None
    assert title.style.name == "Kuvitteilan otsikko"
    with zipfile.ZipFile(path) as package:
        pictures = {pixels(package.read(name)) for name in package.namelist() if name.endswith(".png")}
    assert pixels(logo) in pictures


def png() -> bytes:
    """A small picture of one colour."""
    import io

    from matplotlib import image
    from numpy import full

    out = io.BytesIO()
    image.imsave(out, full((40, 40, 3), 0.25), format="png", dpi=100)
    return out.getvalue()


def pixels(data: bytes) -> str:
    """What a PNG shows, its remarks left aside."""
    found = re.search(rb"IDAT(.*)\x00\x00\x00\x00IEND", data, re.DOTALL)
    assert found
    return hashlib.sha256(found[1]).hexdigest()


def test_own_colours_reach_charts_page_and_pdf_layout(city: City) -> None:
    city.write("templates/shared/theme.yaml", 'accent: "#7A1F5C"\n')
    assert city.run(*REPORT).code == 0
    page = (city.out / "annual.html").read_text(encoding="utf-8").lower()
    assert page.count("#7a1f5c") > 5
    assert "#0f4c81" not in page


def test_a_second_text_with_a_chart_comes_by_recipe_and_data_alone(city: City) -> None:
    recipe = city.own("annual/recipe.yaml")
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace("  - text: annual.md\n", "  - text: annual.md\n  - text: naapurila.md\n"), "utf-8")
    city.write(
        f"{DATA}/2021/naapurila.md",
        "---\ntitle: Naapurilan osuus\nfacts:\n  naapurissa: tyottomat 2021-12 Naapurila\n"
        "figures:\n  naapuri:\n    chart: trend\n    data: tyottomat 2021 Naapurila\n---\n"
        "## Naapurilan vuosi\nNaapurilassa oli joulukuussa {{ naapurissa }} työtöntä, "
        "kuten [kuvio](figure:naapuri) kertoo.\n\n"
        "![Työttömät Naapurilassa](figure:naapuri)\n",
    )
    said = city.run(*REPORT)
    assert said.code == 0, said.err
    page = (city.out / "annual.html").read_text(encoding="utf-8")
    assert "Naapurilan vuosi" in page
    assert re.search(r"Kuvio\W+3", page)
    from docx import Document

    words = [paragraph.text for paragraph in Document(str(city.out / "annual.docx")).paragraphs]
    assert "Naapurilan vuosi" in words
    assert any(text.replace("\xa0", " ").startswith("Kuvio 3. Työttömät Naapurilassa") for text in words)


def test_sections_and_formats_are_chosen_in_the_recipe(city: City) -> None:
    recipe = city.own("annual/recipe.yaml")
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(
        text.replace("  - docx\n  - pdf\n", "").replace(
            "  - text: annual.md\n", "  - text: annual.md\n    leave-out:\n      - paatelma\n"
        ),
        "utf-8",
    )
    said = city.run(*REPORT)
    assert said.code == 0, said.err
    assert sorted(city.documents()) == ["annual.html", "manifest.json"]
    page = (city.out / "annual.html").read_text(encoding="utf-8")
    assert "Päätelmä" not in page
    assert "Johdanto" in page


def test_a_deleted_own_template_brings_the_programs_back(city: City) -> None:
    assert city.run(*REPORT, "--format", "html").code == 0
    ours = city.documents()["annual.html"]
    own = city.own("shared/page.html.j2")
    own.write_text(own.read_text(encoding="utf-8") + "\n<!-- oma -->\n", encoding="utf-8")
    assert city.run(*REPORT, "--format", "html").code == 0
    assert city.documents()["annual.html"] != ours
    own.unlink()
    assert city.run(*REPORT, "--format", "html").code == 0
    assert city.documents()["annual.html"] == ours


def test_a_part_that_the_citys_own_page_leaves_out_is_listed(city: City) -> None:
    own = city.own("annual/report.html.j2")
    assert "pois osan" not in city.run(*REPORT, "--format", "html").err
    source = own.read_text(encoding="utf-8")
    start, end = source.index("{% if key_figures"), source.index("{% endif %}", source.index("{% if key_figures"))
    own.write_text(source[:start] + source[end + len("{% endif %}") :], encoding="utf-8")
    for command in (("check",), (*REPORT, "--format", "html")):
        said = city.run(*command)
        assert (
            "Varoitus: templates/annual/report.html.j2: Oma pohja jättää asiakirjasta pois osan key_figures."
            in said.err
        )
        assert said.code == 0, said.err
