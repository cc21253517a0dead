"""The follow-up of a month: what it tells, what it leaves out, what it never shows; in a made-up home."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.trips import ROOT, City, Said
from tests.word_file import WordFile

AREA = "data/tavoitela"
MONTHLY = f"{AREA}/monthly.yaml"
MAY = f"{AREA}/2024-05/observations.csv"
PEOPLE = """tyonhakijat:
  name: Työnhakijat
  unit: henkilöä
  better: lower
  source: rekisteri
  seasonal: yes
  month-end: yes
  nouns:
    fi:
      one: työtön
      many: työttömiä
      some: työtöntä
      of: työttömien
tyovoima:
  name: Työvoima
  unit: henkilöä
  source: rekisteri
paikat:
  name: Avoimet paikat
  unit: paikkaa
  source: rekisteri
"""
AREAS = """  - name: Naapuri
    genitive: Naapurin
    locative: Naapurissa
  - name: Seutu
    locative: seudulla
    members:
      - Tavoitela
      - Naapuri
"""
SHOWN = """people: tyonhakijat
vacancies: paikat
rate:
  name: Osuus työvoimasta
  unit: "%"
  decimals: 1
  part: tyonhakijat
  whole: tyovoima
  called:
    fi: osuus työvoimasta
areas:
  - Tavoitela
  - Naapuri
total: Seutu
services:
  - aktivointiaste / kaikki
  - kesto Tavoitela
  - tapahtumat
"""
BREAK = """- since:
    - 2024-03-01
  indicators:
    - tyonhakijat
  note: Laskutapa muuttui maaliskuussa.
"""
FIGURES = """tyonhakijat;2023-05;Tavoitela;;500;final;;
tyonhakijat;2024-04;Tavoitela;;430;final;;
tyonhakijat;2024-05;Tavoitela;;450;final;;
tyonhakijat;2024-06;Tavoitela;;777;final;;
tyonhakijat;2023-05;Naapuri;;60;final;;
tyonhakijat;2024-04;Naapuri;;71;final;;
tyonhakijat;2024-05;Naapuri;;70;final;;
tyovoima;2023;Tavoitela;;4900;final;;
tyovoima;2024;Tavoitela;;5000;final;;
tyovoima;2023;Naapuri;;1000;final;;
tyovoima;2024;Naapuri;;1000;final;;
paikat;2024-05;Tavoitela;;31;final;;
kesto;2024-04;Tavoitela;;45,0;final;;
"""


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    shutil.copytree(ROOT / "tests" / "planned" / "data", tmp_path / "home" / "data")
    made = City(tmp_path / "home", capsys)
    made.write(MONTHLY, SHOWN)
    made.write(f"{AREA}/breaks.yaml", BREAK)
    made.change(f"{AREA}/area.yaml", "reporting:", AREAS + "reporting:")
    for path, text in ((f"{AREA}/indicators.yaml", PEOPLE), (MAY, FIGURES)):
        made.write(path, (made.folder / path).read_text(encoding="utf-8") + text)
    return made


def built(city: City, *arguments: str, period: str = "2024-05") -> Said:
    said = city.run("report", "monthly", period, *arguments)
    assert said.code == 0, said.all
    return said


def lines(city: City, period: str = "2024-05") -> list[str]:
    built(city, "--format", "docx", period=period)
    text = WordFile((city.folder / f"out/tavoitela/{period}/monthly.docx").read_bytes()).lines
    return [line.replace("\u00a0", " ") for line in text]


def row_of(area: str, found: list[str]) -> list[str]:
    """What stands after an area's name in the first table."""
    return found[found.index(area, found.index("Osuuden muutos vuodessa")) + 1 :]


def cells(workbook: Path) -> list[object]:
    book = openpyxl.load_workbook(workbook)
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]


def after(found: list[str], head: str, count: int) -> list[str]:
    """The lines that follow one."""
    return found[found.index(head) + 1 :][:count]


def test_a_month_is_made_in_four_formats(city: City) -> None:
    built(city)
    made = {path.suffix for path in (city.folder / "out/tavoitela/2024-05").glob("monthly.*")}
    assert made == {".docx", ".pdf", ".html", ".xlsx"}


def test_each_area_has_its_changes_and_its_rate(city: City) -> None:
    found = row_of("Tavoitela", lines(city))
    assert found[:5] == ["450", "−50 (−10,0 %)", "+20 (+4,7 %)", "9,0 %", "−1,2 %-yks."]


def test_a_group_without_figures_is_the_sum_of_its_members(city: City) -> None:
    found = row_of("Seutu", lines(city))
    assert found[:4] == ["520", "−40 (−7,1 %)", "+19 (+3,8 %)", "8,7 %"]


def test_a_hidden_member_hides_the_sum_and_its_rate(city: City) -> None:
    city.change(MAY, "tyonhakijat;2024-05;Naapuri;;70", "tyonhakijat;2024-05;Naapuri;;...")
    found = row_of("Seutu", lines(city))
    assert found[:5] == ["..."] * 5
    assert not any("520" in line for line in lines(city))


def test_the_sentences_tell_the_same_numbers(city: City) -> None:
    text = " ".join(lines(city))
    assert "Toukokuun 2024 lopussa Tavoitelassa oli 450 työtöntä." in text
    assert "50 (10,0 %) vähemmän kuin vuotta aiemmin, mutta 20 (4,7 %) enemmän kuin kuukautta aiemmin" in text


def test_the_note_of_a_break_stands_where_it_is_reached_over_and_only_there(city: City) -> None:
    note = "Laskutapa muuttui maaliskuussa."
    found = lines(city)
    assert note in next(line for line in found if line.startswith("Kuvio 1."))
    assert note in next(line for line in found if "Vertailussa on otettava huomioon" in line)
    city.change(f"{AREA}/breaks.yaml", "2024-03-01", "2022-03-01")
    assert not any(note in line for line in lines(city))


def test_a_chart_has_the_note_of_a_break_in_its_first_year(city: City) -> None:
    for day, noted in (("2023-06-01", True), ("2023-05-01", False)):
        city.write(f"{AREA}/breaks.yaml", BREAK.replace("2024-03-01", day))
        assert any("Laskutapa muuttui" in line for line in lines(city)) is noted


@pytest.mark.parametrize(
    ("first", "last", "met"), [("2023-03-01", "2023-07-31", True), ("2023-08-01", "2024-03-31", False)]
)
def test_an_exceptional_time_is_noted_where_a_figure_of_it_is_shown(
    city: City, first: str, last: str, met: bool
) -> None:
    city.write(f"{AREA}/breaks.yaml", BREAK.replace("  note", f"  until: {last}\n  note").replace("2024-03-01", first))
    found = [line for line in lines(city) if "Laskutapa muuttui" in line]
    assert any(line.startswith("Kuvio 1.") for line in found) is met
    assert any("Vertailussa on otettava huomioon" in line for line in found) is met


def test_nothing_later_than_the_month_is_shown(city: City) -> None:
    built(city, "--format", "html")
    page = (city.folder / "out/tavoitela/2024-05/monthly.html").read_text(encoding="utf-8")
    words = re.sub(r"<svg.*?</svg>|<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert "450" in words
    assert "777" not in words


def test_what_is_missing_is_said_and_the_rest_stands(city: City) -> None:
    text = " ".join(lines(city))
    assert "Tältä kuukaudelta puuttuu: Tapahtumat (Kokeilu)." in text
    assert "Aktivointiaste, kaikki (Kokeilu)" in text


def test_a_month_without_any_figures_is_still_a_document(city: City) -> None:
    found = lines(city, "2021-02")
    assert any(line.startswith("Tältä kuukaudelta puuttuu: Työnhakijat (Tavoitela)") for line in found)
    assert "Lähteet ja menetelmä" in found


def test_statuses_that_turned_are_told(city: City) -> None:
    city.change(MAY, "kesto;2024-05;Tavoitela;;45,8", "kesto;2024-05;Tavoitela;;61,0")
    assert "Työnhaun kesto (tavoite 1): ennen tavoitetasolla, nyt ei vielä tavoitetasolla." in lines(city)


def test_the_board_counts_measures_by_status(city: City) -> None:
    found = lines(city)
    # Of the first goal: customers near, share and time on target, two in words or without figures.
    row = after(found, "1. Palvelu alkaa ajoissa", 2)
    assert row == ["2 / 5", "Asiakkaat: lähellä"]


def test_example_figures_are_told_at_the_top_and_in_their_row(city: City) -> None:
    city.change(MAY, "paikat;2024-05;Tavoitela;;31;final", "paikat;2024-05;Tavoitela;;31;example")
    found = lines(city)
    assert any(line.startswith("Asiakirjassa on esimerkkiaineistoa") for line in found)
    assert "31 (esimerkki)" in found


def test_a_person_comments_with_facts(city: City) -> None:
    text = (
        "---\ntitle: Toukokuu\nfacts:\n  nyt: tyonhakijat 2024-05 Tavoitela\n---\n## Huomioita\nMeillä on {{ nyt }}.\n"
    )
    city.write(f"{AREA}/2024-05/monthly.md", text)
    found = lines(city)
    assert found.index("Kuukausi lyhyesti") < found.index("Huomioita")
    assert "Meillä on 450." in found
    city.change(f"{AREA}/2024-05/monthly.md", "{{ nyt }}", "451")
    said = city.run("report", "monthly", "2024-05")
    assert said.code == 1
    assert f"{AREA}/2024-05/monthly.md:7" in said.all


def test_the_workbook_has_the_changes_and_the_figures(city: City) -> None:
    built(city, "--format", "xlsx")
    values = cells(city.folder / "out/tavoitela/2024-05/monthly.xlsx")
    assert 450 in values
    assert 777 not in values


@pytest.mark.parametrize(
    ("path", "old", "new", "wanted"),
    [
        (MONTHLY, "people: tyonhakijat", "people: tyonhakiat", "tyonhakijat"),
        (MONTHLY, "total: Seutu", "total: Setu", "Seutu"),
        (MONTHLY, "  part: tyonhakijat", "  part: tyonhakiat", "tyonhakijat"),
        (MONTHLY, "aktivointiaste / kaikki", "aktivointiaste / kaiki", "kaikki"),
        (f"{AREA}/breaks.yaml", "    - tyonhakijat", "    - tyonhakiat", "tyonhakijat"),
        (f"{AREA}/breaks.yaml", "2024-03-01", "maaliskuu", "maaliskuu"),
        (f"{AREA}/breaks.yaml", "  note", "  until: syksyyn\n  note", "syksyyn"),
    ],
)
def test_a_wrong_name_is_told_with_its_place(city: City, path: str, old: str, new: str, wanted: str) -> None:
    city.change(path, old, new)
    said = city.run("report", "monthly", "2024-05")
    assert said.code == 1
    assert f"{path}:" in said.all
    assert wanted in said.all
    assert not (city.folder / "out/tavoitela/2024-05").exists()


def test_a_year_is_no_month_and_an_area_needs_its_file(city: City) -> None:
    said = city.run("report", "monthly", "2024")
    assert (said.code, "2022-11" in said.all) == (2, True)
    (city.folder / MONTHLY).unlink()
    said = city.run("report", "monthly", "2024-05")
    assert (said.code, "monthly.yaml" in said.all) == (2, True)


def test_in_english_the_words_are_english(city: City) -> None:
    built(city, "--format", "docx", "--document-lang", "en")
    found = WordFile((city.folder / "out/tavoitela/2024-05/monthly.en.docx").read_bytes()).lines
    assert "Monthly follow-up, May 2024" in found
    assert "Sources and method" in found
