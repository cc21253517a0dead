"""The short version of a month: what it says, what it never says, its languages, a person's words, what stops it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pikepdf
import pytest

from reports.errors import ReportError, problem
from reports.public import batch, safe
from tests.short_city import AREA, FOLDER, MONTH, order, rows, short_city
from tests.trips import City, Said
from tests.word_file import WordFile

NUMBER = re.compile(r"\d+(?:\u00a0\d{3})*(?:,\d+)?")
TEXT = """---
title: Työttömyys kesää kohti
date: 2024-06-21
roles:
  - Viestintä
facts:
  nyt: hakijat 2024-05 Kuvala
---
## Kunnan huomio
Hakijoita oli {{ nyt }}.
"""


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return short_city(tmp_path / "home", capsys)


def built(city: City, *arguments: str, period: str = MONTH) -> Said:
    said = city.run("report", "short", period, *arguments)
    assert said.code == 0, said.all
    return said


def lines(city: City, stem: str = "short") -> list[str]:
    return WordFile((city.folder / f"out/{AREA}/{MONTH}/{stem}.docx").read_bytes()).lines


def test_the_page_is_a_short_news_item(city: City) -> None:
    built(city, "--format", "docx")
    text = lines(city)
    title = text[text.index("Työllisyys, toukokuu 2024") + 1]
    assert "Kuvalassa" in title
    assert not title.endswith(".")
    news = text[text.index(next(one for one in text if one.endswith("lyhyesti"))) + 1]
    assert 3 <= len(re.findall(r"\w[.](?= |$)", news)) <= 5
    assert any("Hakijarekisteri" in one and "CC\u00a0BY\u00a04.0" in one for one in text)


def test_it_is_one_page(city: City) -> None:
    built(city, "--format", "pdf")
    with pikepdf.open(city.folder / f"out/{AREA}/{MONTH}/short.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_every_number_of_the_news_stands_in_the_table_or_the_chart(city: City) -> None:
    built(city, "--format", "html")
    page = (city.folder / f"out/{AREA}/{MONTH}/short.html").read_text(encoding="utf-8")
    body = page[page.index("<main") :]
    news = re.search(r'<h2 id="short-opening">.*?</h2>\s*<p[^>]*>(.*?)</p>', body, re.DOTALL)
    assert news is not None
    numbers = [one for one in NUMBER.findall(news[1]) if not re.fullmatch(r"20\d\d", one)]
    assert len(numbers) > 5
    shown = NUMBER.findall(re.sub(r"<[^>]+>", " ", "".join(re.findall(r"<table.*?</table>", body, re.DOTALL))))
    assert set(numbers) <= set(shown)


@pytest.mark.parametrize(
    ("language", "said", "never"),
    [
        ("sv", ("Varifrån siffrorna kommer", "Arbetslösa sökande, Kuvala", "Grannby", "i maj"), ("Muutos", "Lähde")),
        ("en", ("Where the figures come from", "Unemployed seekers, Kuvala", "in May"), ("Muutos", "Lähde")),
    ],
)
def test_its_words_are_those_of_the_language(
    city: City, language: str, said: tuple[str, ...], never: tuple[str, ...]
) -> None:
    built(city, "--format", "docx", "--document-lang", language)
    text = "\n".join(lines(city, f"short.{language}"))
    assert all(one in text for one in said), text
    assert not any(one in text for one in never)


def test_the_organisation_and_the_source_have_names_in_other_languages(city: City) -> None:
    city.change(f"{FOLDER}/area.yaml", "municipality:", "called:\n  sv: Kuvala kommun\nmunicipality:")
    city.change(f"{FOLDER}/sources.yaml", "rekisteri:\n", "rekisteri:\n  sv:\n    publisher: Ämbetsverket\n")
    for language, own in (("sv", True), ("en", False)):
        built(city, "--format", "docx", "--document-lang", language)
        text = "\n".join(lines(city, f"short.{language}"))
        assert ("Kuvala kommun" in text, "Ämbetsverket" in text, "Kuvalan kunta" in text) == (own, own, not own)


def test_a_telephone_gets_a_chart_of_its_own_and_a_word_file_none(city: City) -> None:
    built(city)
    out = city.folder / "out" / AREA
    page = (out / "site" / MONTH / "index.html").read_text(encoding="utf-8")
    wide, narrow = (float(box.split()[2]) for box in re.findall(r'<svg viewBox="([^"]+)"', page))
    assert narrow < 0.7 * wide
    assert (out / "site" / MONTH / "fragment.html").read_text(encoding="utf-8").count("<svg") == 1


def test_a_small_count_is_nowhere_and_the_staff_know_why(city: City) -> None:
    city.write(f"{FOLDER}/{MONTH}/observations.csv", rows(neighbours=3))
    built(city)
    out = city.folder / "out" / AREA
    page = (out / "site" / MONTH / "index.html").read_text(encoding="utf-8")
    assert ">...</td>" in page
    assert "Merkintä ... tarkoittaa, että luku on salattu" in page
    assert "Merkintä .. " not in page
    assert "0,3" not in page
    figures = json.loads((out / "site" / MONTH / "data.json").read_bytes())["figures"]
    hidden = [one for one in figures if (one["area"], one["period"]) == ("Naapuri", MONTH)]
    hidden = [one for one in hidden if one["indicator"] != "voima"]
    assert len(hidden) == 2  # the count and its rate
    assert all(one["value"] is None and one["mark"] == "..." for one in hidden)
    report = (out / MONTH / "disclosure.short.csv").read_text(encoding="utf-8-sig")
    listed = [(row[0], row[2]) for row in csv.reader(io.StringIO(report), delimiter=";")][1:]
    assert listed == [("Työttömät hakijat", "Naapuri"), ("Osuus voimasta", "Naapuri")]
    assert not [path for path in (out / "site").rglob("*") if "disclosure" in path.name]


def test_without_small_counts_nothing_is_hidden(city: City) -> None:
    built(city)
    out = city.folder / "out" / AREA
    assert "..." not in (out / "site" / MONTH / "text.txt").read_text(encoding="utf-8")
    assert "Merkintä" not in (out / "site" / MONTH / "index.html").read_text(encoding="utf-8")
    assert len((out / MONTH / "disclosure.short.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def test_a_persons_words_go_before_ours(city: City) -> None:
    city.write(f"{FOLDER}/{MONTH}/short.md", TEXT)
    built(city, "--format", "docx")
    text = lines(city)
    assert "Työttömyys kesää kohti" in text
    assert any("21.6.2024" in one and "Viestintä" in one for one in text)
    assert text.index("Toukokuu 2024 lyhyesti") < text.index("Kunnan huomio") < text.index("Luvut taulukkona")
    assert any(re.fullmatch(r"Hakijoita oli \d+\.", one) for one in text)


def test_a_persons_text_cannot_tell_what_is_hidden(city: City) -> None:
    city.write(f"{FOLDER}/{MONTH}/observations.csv", rows(neighbours=3))
    city.write(f"{FOLDER}/{MONTH}/short.md", TEXT.replace("2024-05 Kuvala", "2024-05 Naapuri"))
    built(city, "--format", "docx")
    assert "Hakijoita oli ...." in lines(city)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("short", "2024"), 2, "2024"),
        (("short", "2024-06"), 4, "2024"),
        (("annual", "2024", "--document-lang", "sv"), 2, "sv"),
    ],
)
def test_what_cannot_be_made_is_told(city: City, arguments: tuple[str, ...], code: int, said: str) -> None:
    found = city.run("report", *arguments)
    assert found.code == code, found.all
    assert said in found.err
    assert not (city.folder / "out" / AREA / "site").exists()


def test_an_address_that_is_none_is_told(city: City) -> None:
    city.change(f"{FOLDER}/area.yaml", "https://kuvala.example/luvut", "kuvala.example")
    found = city.run("report", "short", MONTH)
    assert found.code == 1
    assert "kuvala.example" in found.err


def test_what_cannot_be_protected_leaves_the_old_page(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    built(city)
    page = city.folder / "out" / AREA / "site" / MONTH / "index.html"
    before = page.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise ReportError([problem("short-nothing", when="-")], exit_code=5)

    monkeypatch.setattr(safe, "published", refuse)
    city.write(f"{FOLDER}/{MONTH}/observations.csv", rows(people=401))
    assert city.run("report", "short", MONTH).code == 5
    assert page.read_bytes() == before


def test_many_areas_are_made_in_one_go(city: City) -> None:
    folder = city.folder / "data" / "toinen"
    for path in (city.folder / FOLDER).rglob("*"):
        if path.is_file():
            target = folder / path.relative_to(city.folder / FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    (city.folder / "data" / "kolmas").mkdir()
    city.write("data/kolmas/area.yaml", "organisation: Kolmas\n")
    said = city.run("report", "short", MONTH, "--all-areas", "--format", "docx")
    assert said.code == 2
    assert "kolmas" in said.err
    made = sorted(path.relative_to(city.folder / "out").as_posix() for path in city.folder.glob("out/*/*/short.docx"))
    assert made == [f"{AREA}/{MONTH}/short.docx", f"toinen/{MONTH}/short.docx"]


@pytest.mark.slow
def test_two_processes_make_the_same_as_one(city: City) -> None:
    orders = [order(city, formats=("docx",))]
    (alone,) = batch.build_areas(orders, 1)
    first = (city.folder / f"out/{AREA}/{MONTH}/short.docx").read_bytes()
    (city.folder / f"out/{AREA}/{MONTH}/short.docx").unlink()
    (beside,) = batch.build_areas(orders, 2)
    assert (alone.code, beside.code) == (0, 0)
    assert (city.folder / f"out/{AREA}/{MONTH}/short.docx").read_bytes() == first


def test_a_process_that_makes_many_lets_go_of_each_areas_files(city: City) -> None:
    path = city.folder / FOLDER / MONTH / "observations.csv"
    for people in (400, 401):
        city.write(f"{FOLDER}/{MONTH}/observations.csv", rows(people=people))
        os.utime(path, (10**9, 10**9))  # of the same size and time: who remembers its hash takes it for the same
        (made,) = batch.build_areas([order(city, formats=("docx",))], 1)
        assert made.code == 0
        assert any(str(people + 32) in line for line in lines(city)), people
