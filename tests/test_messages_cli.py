"""The command line in both languages: every help, its example, Click's own words, and how the language is chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import build
from tests.trips import REPORT, City, built_city

COMMANDS = tuple(build.cli.commands)
# Words of Click that must not be left in a Finnish help or error.
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Error|Show|Try|for help|No such|Missing|Invalid|requires|exit|TEXT|NAME|PERIOD|FOLDER"
    r"|OPTIONS|COMMAND|ARGS|Did you mean|unexpected|argument|option|not one of|does not)\b"
)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    code = build.main(list(arguments))
    return code, "".join(capsys.readouterr())


def test_there_are_the_promised_commands() -> None:
    assert {"list", "check", "report", "figure", "table", "context", "new", "status"} <= set(COMMANDS)


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example_of_its_command(
    capsys: pytest.CaptureFixture[str], command: str, language: str
) -> None:
    code, text = said(capsys, command, "--lang", language, "--help")
    assert code == 0
    word = {"fi": "Esimerkki", "en": "Example"}[language]
    assert re.search(rf"{word}: python build\.py {command}\b", text), text


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=lambda one: "-".join(one) or "group")
def test_a_finnish_help_is_finnish_throughout(capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    code, text = said(capsys, "--lang", "fi", *command, "--help")
    assert code == 0
    assert ENGLISH.findall(text) == []
    assert "KOMENTO [ARVOT]..." in text or "[VALITSIMET]" in text


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=lambda one: "-".join(one) or "group")
def test_an_english_help_is_english_throughout(capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    code, text = said(capsys, "--lang", "en", *command, "--help")
    assert code == 0
    assert not re.search("[äöÄÖ]", text)
    assert "Usage: python build.py" in text
    assert "Show this" in text


SLIPS = [
    ("raport", "annual"),
    ("repotr",),
    ("report",),
    ("report", "annual"),
    ("report", "annual", "2021", "2022"),
    ("report", "annual", "2021", "2022", "2023"),
    ("report", "annual", "2021", "--format"),
    ("report", "annual", "2021", "--format", "odt"),
    ("report", "annual", "2021", "--strict=1"),
    ("report", "annual", "2021", "--formt", "pdf"),
    ("report", "annual", "2021", "--document-lang", "sv"),
    ("--hlep",),
    ("new",),
]


@pytest.mark.parametrize("slip", SLIPS, ids=" ".join)
def test_a_slip_is_told_in_finnish_only(capsys: pytest.CaptureFixture[str], slip: tuple[str, ...]) -> None:
    code, text = said(capsys, "--lang", "fi", *slip)
    assert code == 2
    assert ENGLISH.findall(text) == [], text
    assert "Virhe: " in text


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def test_the_language_is_the_options_then_the_variables_then_the_homes(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VUOSIKELLO_LANG", raising=False)
    assert "ajan tasalla" in city.run("status").out
    city.write("data/home.yaml", "area: kuvitteila\nlanguage: en\n")
    assert "stale" in city.run("status").out
    monkeypatch.setenv("VUOSIKELLO_LANG", "fi")
    assert "vanhentunut" in city.run("status").out
    assert "stale" in city.run("status", "--lang", "en").out
    monkeypatch.setenv("VUOSIKELLO_LANG", "xx")
    assert "vanhentunut" in city.run("status").out


def test_problems_are_told_in_the_language_asked_for(city: City) -> None:
    city.change("data/kuvitteila/2021/observations.csv", ";800;", ";8OO;")
    assert "yksikkö ei ole mittarin yksikkö" in city.run(*REPORT, "--lang", "fi").err
    assert "Error: " in city.run(*REPORT, "--lang", "en").err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "--version")
    assert code == 0
    assert re.fullmatch(r"Vuosikello \d+\.\d+\.\d+\n", text)


@pytest.mark.parametrize("language", ["fi", "en"])
def test_no_nearest_name_is_offered_where_none_is_near(language: str) -> None:
    from reports.errors import problem
    from reports.messages import catalogue

    say = catalogue(language).problem
    near, none = (say(problem("unknown-indicator", found="qqq", nearest=name)) for name in ("tyottomat", ""))
    assert near.startswith(none)
    assert "tyottomat" in near[len(none) :]
    assert none.endswith("indicators.yaml.")


@pytest.mark.parametrize(("language", "words"), [("fi", "on 3,87, mutta"), ("en", "of 3.87;")])
def test_a_contrast_has_the_decimal_mark_of_the_language(
    monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    from reports import layouts
    from reports.messages import catalogue

    monkeypatch.setattr(layouts, "weak_colours", lambda _: [("accent", 3.87, 4.5)])
    (found,) = layouts.theme_problems({})
    assert words in catalogue(language).problem(found)


@pytest.mark.parametrize(("language", "part"), [("fi", "leipäteksti"), ("en", "body")])
def test_a_place_in_a_word_template_is_told_in_the_language_of_messages(language: str, part: str) -> None:
    from reports.errors import warning
    from reports.messages import catalogue

    found = warning("lint-split", "templates/annual/report.docx", 3, "body", heading="A", text="B")
    assert catalogue(language).problem(found).startswith(f"templates/annual/report.docx:3:{part}")
