"""Every kind of bad input is told with its place, in words and without a traceback; the exit code says what kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trips import REPORT, City, built_city

DATA = "data/kuvitteila"
TEXT = f"{DATA}/2021/annual.md"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


USAGE = {
    "no command": ((), "Komennot:"),
    "an unknown command": (("raportti",), "Komentoa 'raportti' ei ole."),
    "an unknown option": ((*REPORT, "--formaatti", "pdf"), "Valitsinta '--formaatti' ei ole."),
    "a missing argument": (("report", "annual"), "KAUSI"),
    "a word too many": ((*REPORT, "pdf"), "Ylimääräinen sana: pdf"),
    "an option without its value": ((*REPORT, "--format"), "Valitsin '--format' tarvitsee arvon."),
    "an unknown format": ((*REPORT, "--format", "odt"), "'odt' ei ole mikään näistä"),
    "a flag with a value": ((*REPORT, "--strict=no"), "Valitsin '--strict' ei ota arvoa."),
    "an unknown area": ((*REPORT, "--area", "turku"), "Aluetta ”turku” ei ole. Alueet: kuvitteila."),
    "a bad period": (("report", "annual", "21"), "Ajankohta ”21” ei ole päivä, kuukausi eikä vuosi."),
    "an unknown report": (("report", "viikko", "2021"), "Raporttia ”viikko” ei ole. Raportit: annual"),
    "an unknown figure": (("figure", "ei-ole", "2021"), "Kuviota ”ei-ole” ei ole kaudella 2021."),
    "an unknown table": (("table", "ei-ole", "2021"), "Taulukkoa ”ei-ole” ei ole"),
    "an unknown area to compare": (("figure", "tyottomat", "2021", "--compare", "Turku"), "Aluetta ”Turku” ei ole"),
    "an unknown area for status": (("status", "--area", "turku"), "Aluetta ”turku” ei ole."),
}


@pytest.mark.parametrize(("arguments", "sentence"), USAGE.values(), ids=USAGE.keys())
def test_a_slip_on_the_command_line_is_said_and_exits_2(
    city: City, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    import build

    before = city.documents()
    if arguments:
        said = city.run(*arguments)
        code, words = said.code, said.all
    else:
        code = build.main([])
        words = "".join(capsys.readouterr())
    assert (code, sentence in words) == (2, True), words
    assert city.documents() == before


def test_a_report_without_its_text_says_which_file_is_missing(city: City) -> None:
    said = city.run("report", "annual", "2020")
    assert said.code == 2
    assert f"{DATA}/2020/annual.md: Tekstiä ei löydy." in said.err


@pytest.mark.parametrize("what", ["missing", "file", "without data", "without area"])
def test_what_is_no_home_is_said_and_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    folder = tmp_path / "home"
    if what == "file":
        folder.write_text("x")
    elif what == "without data":
        folder.mkdir()
    elif what == "without area":
        (folder / "data").mkdir(parents=True)
    said = City(folder, capsys).run(*REPORT)
    sentence = {"without data": "ei ole data-kansiota", "without area": "ei ole yhtään aluetta"}
    assert said.code == 2
    assert sentence.get(what, "Kansiota ei löydy") in said.err


BAD = {
    "broken YAML": (f"{DATA}/area.yaml", "areas:", "areas: [", f"{DATA}/area.yaml:"),
    "an unknown key": (f"{DATA}/indicators.yaml", "definition:", "definiton:", f"{DATA}/indicators.yaml:"),
    "an open quote": (f"{DATA}/2021/observations.csv", "800;", '"800;', f"{DATA}/2021/observations.csv:2"),
    "a bad number": (f"{DATA}/2021/observations.csv", ";800;", ";8OO;", f"{DATA}/2021/observations.csv:2:value"),
    "front matter left open": (TEXT, "---\n## Johdanto", "## Johdanto", f"{TEXT}"),
    "a reference to nothing": (TEXT, "(figure:ikajakauma). Ikä", "(figure:ikjakauma). Ikä", f"{TEXT}:"),
    "an unknown fact": (TEXT, "{{ nuoret }} eli", "{{ nuret }} eli", f"{TEXT}:"),
    "a sum that does not add up": (f"{DATA}/2021/observations.csv", ";160;", ";161;", f"{DATA}/2021/sums.yaml:1"),
    "a bad date": (f"{DATA}/2021/dates.csv", "2021-03-01", "2021-33-01", f"{DATA}/2021/dates.csv:2"),
}


@pytest.mark.parametrize(("path", "old", "new", "place"), BAD.values(), ids=BAD.keys())
def test_bad_data_is_told_with_its_place_and_exits_1(city: City, path: str, old: str, new: str, place: str) -> None:
    before = city.documents()
    city.change(path, old, new)
    for said in (city.run(*REPORT), city.run("check")):
        assert said.code == 1, said.all
        assert place in said.err, said.err
        assert "Virhe: " in said.err
    assert city.documents() == before


LAYOUTS = {
    "a bad colour": ("shared/theme.yaml", 'accent: "#0F4C81"', "accent: sininen", "templates/shared/theme.yaml"),
    "a bad size": ("shared/theme.yaml", "chart-width: 144", "chart-width: leveä", "templates/shared/theme.yaml"),
    "broken YAML": ("shared/theme.yaml", 'ink: "#24303C"', "ink: [", "templates/shared/theme.yaml:"),
    "an unknown format": ("annual/recipe.yaml", "  - docx", "  - odt", "templates/annual/recipe.yaml:"),
    "a slip in the page": ("annual/report.html.j2", "{%", "{% if", "templates/"),
    "a slip in the PDF layout": ("annual/report.typ", "#", "#ei-ole(", "templates/annual/report.typ:"),
}


@pytest.mark.parametrize(("path", "old", "new", "place"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_bad_layout_is_told_with_its_place(city: City, path: str, old: str, new: str, place: str) -> None:
    before = city.documents()
    city.own(path)
    city.change(f"templates/{path}", old, new)
    said = city.run(*REPORT)
    assert said.code == 1, said.all
    assert f"Virhe: {place}" in said.err, said.err
    assert city.documents() == before


def test_a_word_template_that_is_no_word_file_is_told(city: City) -> None:
    city.own("annual/report.docx").write_bytes(b"no zip")
    for said in (city.run(*REPORT), city.run("check")):
        assert said.code == 1
        assert "Virhe: templates/annual/report.docx" in said.err


def test_a_faint_colour_is_a_warning_at_the_theme(city: City) -> None:
    city.write("templates/shared/theme.yaml", 'muted: "#AAAAAA"\n')
    said = city.run("check")
    assert said.code == 0
    assert "Varoitus: templates/shared/theme.yaml: Teeman värin muted kontrasti" in said.err
    assert city.run("check", "--strict").code == 1
