"""Makes up a home of many areas with three years of months, and the same figures as one table for the plain script."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

WORDS = tomllib.loads((Path(__file__).parent / "plain" / "words.toml").read_text(encoding="utf-8"))["month"]
YEAR, MONTH = 2022, 11
PERIOD = f"{YEAR}-{MONTH}"
INDICATORS = """unemployed:
  name: {people}
  unit: henkilöä
  register: persons
  better: lower
  source: source
  seasonal: yes
  month-end: yes
  nouns:
    fi:
      one: työtön työnhakija
      many: työttömiä työnhakijoita
      some: työtöntä työnhakijaa
      of: työttömien työnhakijoiden
labour:
  name: Työvoima
  unit: henkilöä
  source: source
vacancies:
  name: {vacancies}
  unit: paikkaa
  better: higher
  source: source
  nouns:
    fi:
      one: avoin työpaikka
      many: avoimia työpaikkoja
      some: avointa työpaikkaa
      of: avoimien työpaikkojen
"""
SHOWN = """people: unemployed
vacancies: vacancies
rate:
  name: {rate}
  unit: "%"
  decimals: 1
  better: lower
  part: unemployed
  whole: labour
  called:
    fi: työttömien osuus työvoimasta
areas:
  - {name}
"""


def make(home: Path, plain: Path, areas: int) -> None:
    """Write a home of so many areas and plain/month.csv with the same figures; the same number gives the same files."""
    chance = random.Random(YEAR)  # noqa: S311  made-up figures
    plain.mkdir(parents=True, exist_ok=True)
    rows = ["area,year,month,unemployed,labour,vacancies\n"]
    (home / "data").mkdir(parents=True)
    (home / "data" / "home.yaml").write_text("area: area-000\nlanguage: fi\n", encoding="utf-8")
    for number in range(areas):
        name = f"Kunta {number:03}"
        figures = list(_figures(chance))
        _area(home / "data" / f"area-{number:03}", name, figures)
        rows += [f"{name},{','.join(map(str, figure))}\n" for figure in figures]
    (plain / "month.csv").write_text("".join(rows), encoding="utf-8")


def _figures(chance: random.Random) -> Iterator[tuple[int, int, int, int, int]]:
    labour, people = chance.randint(2000, 30000), chance.randint(200, 3000)
    for year in (YEAR - 2, YEAR - 1, YEAR):
        for month in range(1, MONTH + 1 if year == YEAR else 13):
            people = max(60, people + chance.randint(-40, 40))
            yield year, month, people, labour, chance.randint(20, 400)


def _area(folder: Path, name: str, figures: list[tuple[int, int, int, int, int]]) -> None:
    people, rate, vacancies = WORDS["names"]
    stem = name.replace(" ", "")
    files = {
        "area.yaml": f"organisation: {name}\nmunicipality: {name}\nscope: {name}\nareas:\n  - name: {name}\n"
        f"    genitive: {stem}n\n    locative: {stem}ssa\n    separative: {stem}sta\n    lative: {stem}an\n",
        "indicators.yaml": INDICATORS.format(people=people, vacancies=vacancies),
        "sources.yaml": f"source:\n  title: {WORDS['source']}\n",
        "monthly.yaml": SHOWN.format(rate=rate.removesuffix(", %"), name=name),
        f"{PERIOD}/observations.csv": "indicator;period;value\n" + "".join(_rows(figures)),
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _rows(figures: list[tuple[int, int, int, int, int]]) -> Iterator[str]:
    for year, month, *values in figures:
        for indicator, value in zip(("unemployed", "labour", "vacancies"), values, strict=True):
            yield f"{indicator};{year}-{month:02};{value}\n"
