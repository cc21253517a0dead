"""A made-up city with the figures of a few months of 2024, and the ways to read its monthly follow-up."""

from __future__ import annotations

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


def month_city(folder: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """The planned city with a neighbour, people, vacancies and a monthly follow-up."""
    shutil.copytree(ROOT / "tests" / "planned" / "data", folder / "data")
    made = City(folder, capsys)
    made.write(MONTHLY, SHOWN)
    made.write(f"{AREA}/breaks.yaml", BREAK)
    made.change(f"{AREA}/area.yaml", "reporting:", AREAS + "reporting:")
    for path, text in ((f"{AREA}/indicators.yaml", PEOPLE), (MAY, FIGURES)):
        made.write(path, (made.folder / path).read_text(encoding="utf-8") + text)
    return made


def built(city: City, *arguments: str, period: str = "2024-05") -> Said:
    """The follow-up of a month made without errors."""
    said = city.run("report", "monthly", period, *arguments)
    assert said.code == 0, said.all
    return said


def lines(city: City, period: str = "2024-05") -> list[str]:
    """The paragraphs of its Word file, with plain spaces."""
    built(city, "--format", "docx", period=period)
    text = WordFile((city.folder / f"out/tavoitela/{period}/monthly.docx").read_bytes()).lines
    return [line.replace("\u00a0", " ") for line in text]


def row_of(area: str, found: list[str]) -> list[str]:
    """What stands after an area's name in the first table."""
    return found[found.index(area, found.index("Osuuden muutos vuodessa")) + 1 :]


def cells(workbook: Path) -> list[object]:
    """What stands in the cells of all sheets."""
    book = openpyxl.load_workbook(workbook)
    return [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]


def after(found: list[str], head: str, count: int) -> list[str]:
    """The lines that follow one."""
    return found[found.index(head) + 1 :][:count]
