"""A small made-up city with a plan that has everything in it that rolling forward asks people to decide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reports.plan.model import Plan
from reports.read import yaml
from reports.read.shape import shape
from reports.read.yaml import read_yaml
from tests.trips import City

AREA = """organisation: Koelan kaupunki
municipality: Koela
scope: Koela
areas:
  - name: Koela
"""

SOURCES = """koe:
  title: Koeaineisto
"""

# Names of the indicators, their units and which way is good.
INDICATORS = {
    "asiakkaat": ("Asiakkaat", "henkilöä", "lower"),
    "osuus": ("Työttömien osuus", "%", "lower"),
    "kesto": ("Työnhaun kesto", "viikkoa", "lower"),
    "kavijat": ("Kävijät", "henkilöä/kk", "higher"),
    "vierailut": ("Vierailut", "kpl", "higher"),
    "kokeilut": ("Työkokeilut", "kpl", "higher"),
    "koulutus": ("Koulutuksessa", "henkilöä", "higher"),
    "palkkatuki": ("Palkkatuki", "kpl", "higher"),
    "ryhmat": ("Asiakkaat ryhmittäin", "henkilöä", "higher"),
    "palaute": ("Palaute", "pistettä", "higher"),
}

FIGURES = {
    "2022-11": "asiakkaat;1000 osuus;52 kesto;42 vierailut;30 kokeilut;64 koulutus;379",
    "2022": "kavijat;2–140",
    "2023": "kavijat;3–160",
    "2023-06": "kokeilut;70",
    "2023-12": "asiakkaat;880 osuus;51 kesto;49 vierailut;25 palkkatuki;61",
}

PLAN = """\
# yaml-language-server: $schema=../../docs/schema/plan.json
# Suunnitelman omistaa koordinaattori.
title:   "Koelan suunnitelma 2023"···
subtitle: >-
    Ohjelma 2021–2025,
    toimet vuonna 2023
date: 2023-01-16
due: 12/23
roles:
- Koordinaattori
goals:

    palvelut:
        number: 1
        title: 'Palvelu alkaa "heti"'
        # keinot sovittiin kokouksessa
        means: tapaamiset


        rows:
        -   title: Asiakkaat
            measures:
            -   indicator: asiakkaat
                target: pysyy alle 900···
                # lähtötaso on tarkistettu
                baseline: "11/22"
            -   indicator: osuus
                target: "<50 %"
                baseline: 2022-11
            -   indicator: kesto
                baseline: marraskuu 2022
                target: km. alle 46 vk
                due: 30.6.2023
            -   indicator: kavijat
                target: kasvaa
                baseline:
                    - 2021
                    - '2022'
            -   indicator: vierailut
                target: kasvaa
                baseline: 11/2022
            -   indicator: kokeilut
                target: yli 60
                baseline: 11/2022
            -   indicator: koulutus
                name: Koulutuksessa vuonna 2023
                due: 2025
                target: 400
                baseline: 11/2022
            -   indicator: palkkatuki
            -   under: Ryhmittäin
                indicator: ryhmat
                group: nuoret
                area: Koela
                target: yli 10
            -   indicator: palaute
                target: yli 50
                note: mitataan 5/2023 ja 10/2023
            -   text: Jonoja ei ole
            actions:
            -   Kehittämispäivä
                pidetään toukokuussa 2023.
            -   text: "Uudistus:"
                parts:
                    - alkaa keväällä 2023
                    - jatkuu 2023–2025
            responsible:
                - Esimies
                - Tiimit
        -   title: Viestintä
            number: 2
            measures:
            -   text: Viestintä on selkeää
            acknowledged: Vastuu sovitaan myöhemmin.
sections:
-   title: Muuta
    items:
    -   hanke päättyy 6/23
terms:
    TYP: monialainen yhteispalvelu
""".replace("·", " ")  # spaces at the end of a line


def made_city(folder: Path, capsys: Any) -> City:
    """The city, written into a folder."""
    city = City(folder, capsys)
    city.write("data/home.yaml", "area: koe\nlanguage: fi\n")
    city.write("data/koe/area.yaml", AREA)
    city.write("data/koe/sources.yaml", SOURCES)
    city.write("data/koe/indicators.yaml", "".join(map(_indicator, INDICATORS)))
    for period, figures in FIGURES.items():
        city.write(f"data/koe/{period}/observations.csv", _observations(period, figures))
    city.write("data/koe/2021/observations.csv", _observations("2021", "kavijat;1–76"))
    city.write("data/koe/2023/plan.yaml", PLAN)
    return city


def _indicator(name: str) -> str:
    title, unit, better = INDICATORS[name]
    groups = "  groups:\n    - nuoret\n    - muut\n" if name == "ryhmat" else ""
    return f'{name}:\n  name: {title}\n  unit: "{unit}"\n  better: {better}\n  source: koe\n{groups}'


def _observations(period: str, figures: str) -> str:
    rows = (figure.split(";") for figure in figures.split())
    return "indicator;period;value\n" + "".join(f"{name};{period};{value}\n" for name, value in rows)


def plan_of(text: str) -> Plan:
    """A plan as it is read from a text without faults."""
    tree, slips = read_yaml(text, "plan.yaml")
    plan, misfits = shape(Plan, tree, file="plan.yaml")
    assert not [*slips, *misfits], [*slips, *misfits]
    made: Plan = plan
    return made


def leaves(node: Any, path: yaml.Path = ()) -> Iterator[yaml.Path]:
    """The path of every text of a tree."""
    if isinstance(node, str):
        yield path
        return
    for key, inner in node.items() if isinstance(node, dict) else enumerate(node):
        yield from leaves(inner, (*path, key))


EVERY = list(leaves(read_yaml(PLAN, "plan.yaml")[0].data))
