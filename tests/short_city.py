"""A made-up city with three years of months, for tests of the short version and its site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reports.home import Home
from reports.order import Order
from reports.period import Period
from tests.trips import City

AREA = "kuvala"
FOLDER = f"data/{AREA}"
MONTH = "2024-05"
SETUP = """organisation: Kuvalan kunta
municipality: Kuvala
scope: Kuvala
site: https://kuvala.example/luvut
areas:
  - name: Kuvala
    locative: Kuvalassa
    genitive: Kuvalan
  - name: Naapuri
    locative: Naapurissa
    genitive: Naapurin
    sv: Grannby
"""
INDICATORS = """hakijat:
  name: Työttömät hakijat
  unit: henkilöä
  better: lower
  source: rekisteri
  register: persons
  seasonal: yes
  month-end: yes
  nouns:
    fi:
      one: työtön hakija
      many: työttömiä hakijoita
      some: työtöntä hakijaa
      of: työttömien hakijoiden
    sv:
      one: arbetslös sökande
      many: arbetslösa sökande
    en:
      one: unemployed seeker
      many: unemployed seekers
voima:
  name: Voima
  unit: henkilöä
  source: rekisteri
paikat:
  name: Avoimet paikat
  unit: paikkaa
  source: rekisteri
  nouns:
    fi:
      one: avoin paikka
      many: avoimia paikkoja
      some: avointa paikkaa
      of: avoimien paikkojen
"""
SHOWN = """people: hakijat
vacancies: paikat
rate:
  name: Osuus voimasta
  unit: "%"
  decimals: 1
  better: lower
  part: hakijat
  whole: voima
  called:
    fi: osuus voimasta
    sv: andelen av kraften
    en: the share of the force
areas:
  - Kuvala
  - Naapuri
"""
SOURCES = """rekisteri:
  title: Hakijarekisteri
  publisher: Kuvitteellinen virasto
  licence: CC BY 4.0
  address: https://virasto.example/luvut
  retrieved: 2024-06-20
"""


def rows(people: int = 400, neighbours: int = 60) -> str:
    """The figures of each month from January 2022 to May 2024; the neighbours' of the last one are what is asked."""
    lines = ["indicator;period;area;value"]
    for number in range(29):
        year, month = 2022 + number // 12, number % 12 + 1
        at = f"{year}-{month:02}"
        last = at == MONTH
        lines += [f"hakijat;{at};Kuvala;{people + number * 7 % 41}", f"paikat;{at};Kuvala;{90 - number}"]
        lines += [f"hakijat;{at};Naapuri;{neighbours if last else 60 + number % 7}"]
        lines += [f"voima;{at};Kuvala;5000", f"voima;{at};Naapuri;900"]
    return "\n".join(lines) + "\n"


def short_city(folder: Path, capsys: Any = None, **figures: int) -> City:
    """The city in a folder of its own."""
    city = City(folder, capsys)
    files: Mapping[str, str] = {
        "data/home.yaml": f"area: {AREA}\nlanguage: fi\n",
        f"{FOLDER}/area.yaml": SETUP,
        f"{FOLDER}/indicators.yaml": INDICATORS,
        f"{FOLDER}/sources.yaml": SOURCES,
        f"{FOLDER}/monthly.yaml": SHOWN,
        f"{FOLDER}/{MONTH}/observations.csv": rows(**figures),
    }
    for path, text in files.items():
        city.write(path, text)
    return city


def order(city: City, period: str = MONTH, **more: Any) -> Order:
    """The order for the short version of a month."""
    return Order(Home(city.folder), "short", AREA, Period.of(period), **more)
