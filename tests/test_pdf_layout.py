"""A city changes its PDF layout: what it may do, and how its mistakes are told."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from reports.document import Document
from reports.errors import ReportError
from reports.messages import catalogue
from reports.write.pdf import write
from reports.write.template import Template
from tests.made_document import SVG, paragraph, template, theme
from tests.pdf_sample import fonts, only, sample, tags


@pytest.fixture(scope="module")
def layout() -> Template:
    return template()


@pytest.fixture(scope="module")
def written(layout: Template) -> bytes:
    return write(sample(), layout)


@pytest.fixture
def own(tmp_path: Path, layout: Template) -> Template:
    """A city's own layout folder before the program's."""
    folder = tmp_path / "templates" / "annual"
    folder.mkdir(parents=True)
    shutil.copy(layout.find("report.typ"), folder / "report.typ")
    return template(folder)


def changed(template: Template, old: str, new: str) -> Template:
    path = template.folders[0] / "report.typ"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return template


def problems_of(document: Document, template: Template) -> list[tuple[str, str]]:
    with pytest.raises(ReportError) as caught:
        write(document, template)
    return [(str(found.place), catalogue("en").problem(found)) for found in caught.value.problems]


def test_a_fault_in_the_layout_is_told_with_its_place(own: Template) -> None:
    [(place, sentence)] = problems_of(sample(), changed(own, "#title(report.title)", "#title(report.titel)"))
    row = (own.folders[0] / "report.typ").read_text(encoding="utf-8").splitlines().index("#title(report.titel)") + 1
    assert place.startswith(f"templates/annual/report.typ:{row}:")
    assert "titel" in sentence


def test_a_syntax_fault_in_the_layout_is_told(own: Template) -> None:
    [(place, _)] = problems_of(sample(), changed(own, "#contents(", "#contents(("))
    assert place.startswith("templates/annual/report.typ:")


def test_an_unknown_font_is_an_error(layout: Template, own: Template) -> None:
    [(place, sentence)] = problems_of(sample(), layout._replace(theme={**theme(), "font": "No Such Sans"}))
    assert place == "templates/shared/theme.yaml"
    assert "No Such Sans" in sentence
    assert "Source Sans Pro" in sentence
    [(place, sentence)] = problems_of(sample(), changed(own, "#title(", '#text(font: "No Such Sans")[x]\n#title('))
    assert place.startswith("templates/annual/report.typ:")
    assert "no such sans" in sentence


def test_a_letter_that_no_font_has_is_an_error(layout: Template) -> None:
    [(_, sentence)] = problems_of(only(paragraph("中 and 文")), layout)
    assert "中, 文" in sentence


def test_the_layout_cannot_read_the_disk(own: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for path in ("/secret.txt", "../secret.txt", "secret.txt"):
        own = changed(own, "#title(report.title)", f'#title(report.title)\n#read("{path}")')
        assert problems_of(sample(), own)
        changed(own, f'\n#read("{path}")', "")


def test_a_missing_layout_is_told(tmp_path: Path) -> None:
    [(place, _)] = problems_of(sample(), Template("annual", (tmp_path,), theme()))
    assert place == "templates/annual/report.typ"


def test_a_city_changes_colour_font_size_and_logo(own: Template, layout: Template, written: bytes) -> None:
    (own.folders[0] / "logo.svg").write_text(SVG % "logo", encoding="utf-8")
    changed(own, "// #place(top + end", "#place(top + end")
    changed(own, "25pt", "31pt")
    pdf = write(sample(), own._replace(theme={**theme(), "accent": "#7A1FA2"}))
    assert len(tags(pdf, "Figure")) == len(tags(written, "Figure")) + 1
    assert pdf != written


def test_a_citys_own_font_is_used(own: Template) -> None:
    spec = find_spec("matplotlib")
    assert spec
    assert spec.origin
    folder = own.folders[0] / "fonts"
    folder.mkdir()
    for name in ("STIXGeneral.ttf", "STIXGeneralBol.ttf"):
        shutil.copy(Path(spec.origin).parent / "mpl-data/fonts/ttf" / name, folder / name)
    pdf = write(sample(), own._replace(theme={**theme(), "font": "STIXGeneral"}))
    assert any("STIXGeneral" in name for name in fonts(pdf))
    assert not any("SourceSans" in name for name in fonts(pdf))
