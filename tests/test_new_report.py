"""A city makes a report of its own, and changes ours, with files alone: a recipe, a text, templates; no Python."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.trips import ROOT, City
from tests.word_file import WordFile

NAME = "lautakunta"
TEXT = "data/kuvitteila/2021/lautakunta.md"
OUT = "out/kuvitteila/2021"
RECIPE = """title:
  fi: Lautakunnan katsaus
  en: Review for the committee
parts:
  - text: lautakunta.md
formats:
  - docx
  - pdf
  - html
"""
BODY = """---
title: Katsaus lautakunnalle
facts:
  kaikki: asiakkaat 2021-03
tables:
  luvut:
    columns:
      - Asia
      - Luku
    rows:
      - Asiakkaita | {{ kaikki }}
---
## Tilanne
Asiakkaita siirtyi {{ kaikki }} ([taulukko](table:luvut)).

![Keskeiset luvut](table:luvut)

## Talous
Talous on tasapainossa.

## Asiat
- Valtuusto kokoontuu.
"""
PAGE = """{% import "blocks.html.j2" as show with context %}
<!DOCTYPE html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><main><p>{{ organisation }}</p><h1>Lautakunta: {{ title }}</h1>
{% for section in sections %}{{ show.section(section) }}{% endfor %}
</main></body></html>
"""
PAPER = """#import "../shared/blocks.typ": *
#show: foundation.with(size: 12pt)
#set page(paper: "a5", ..furniture(size: 8pt))
#par(text(report.organisation))
#title(report.title)
#sections()
"""


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A made-up city with a report of its own: recipe, text, and a layout for each format."""
    shutil.copytree(ROOT / "tests" / "home" / "data", tmp_path / "home" / "data")
    made = City(tmp_path / "home", capsys)
    made.write(f"templates/{NAME}/recipe.yaml", RECIPE)
    made.write(TEXT, BODY)
    made.write(f"templates/{NAME}/report.html.j2", PAGE)
    made.write(f"templates/{NAME}/report.typ", PAPER)
    shutil.copyfile(ROOT / "templates" / "annual" / "report.docx", made.folder / f"templates/{NAME}/report.docx")
    return made


def page(city: City, name: str = NAME, period: str = "2021", area: str = "kuvitteila") -> str:
    said = city.run("report", name, period, "--format", "html", "--lang", "fi")
    assert said.code == 0, said.all
    return (city.folder / f"out/{area}/{period}/{name}.html").read_text(encoding="utf-8")


def heads(text: str) -> list[str]:
    return re.findall(r'<h2 id="section-[^"]+">([^<]+)</h2>', text)


def test_no_python_is_in_the_city(city: City) -> None:
    assert not list(city.folder.rglob("*.py"))


def test_a_report_of_its_own_in_its_own_look(city: City) -> None:
    said = city.run("report", NAME, "2021", "--lang", "fi")
    assert said.code == 0, said.all
    folder = city.folder / OUT
    assert "<h1>Lautakunta: Katsaus lautakunnalle</h1>" in (folder / f"{NAME}.html").read_text(encoding="utf-8")
    lines = WordFile((folder / f"{NAME}.docx").read_bytes()).lines
    assert {"Katsaus lautakunnalle", "Tilanne", "Talous"} <= set(lines)
    assert re.search(rb"/MediaBox\s*\[0 0 419\.\d+ 595\.\d+\]", (folder / f"{NAME}.pdf").read_bytes())


def test_every_command_knows_it(city: City) -> None:
    assert f"{NAME}: Lautakunnan katsaus\n  kuvitteila: 2021" in city.run("list", "--lang", "fi").out
    assert "Lautakunnan katsaus" in city.run("all", "2021", "--lang", "fi").out
    assert f"{OUT}/{NAME}.html" in city.run("status", "--lang", "fi").out
    city.change(TEXT, "Talous on", "Talous {{ outo }} on")
    said = city.run("check", "2021", "--lang", "fi")
    assert said.code == 1
    assert "lautakunta.md" in said.err


def test_it_may_borrow_a_layout_of_ours(city: City) -> None:
    shutil.rmtree(city.folder / "templates" / NAME)
    city.write(f"templates/{NAME}/recipe.yaml", RECIPE + "layout: annual\n")
    assert heads(page(city)) == ["Tilanne", "Talous", "Asiat"]


def test_sections_are_shown_in_the_recipes_order(city: City) -> None:
    city.write(f"templates/{NAME}/recipe.yaml", RECIPE + "sections:\n  - asiat\n  - tilanne\n")
    assert heads(page(city)) == ["Asiat", "Tilanne"]


def test_a_section_that_is_not_there_is_an_error_with_those_that_are(city: City) -> None:
    city.write(f"templates/{NAME}/recipe.yaml", RECIPE + "sections:\n  - tilaanne\n")
    said = city.run("report", NAME, "2021", "--lang", "fi")
    assert said.code == 1
    assert "tilanne, talous, asiat" in said.err


def test_our_annual_report_with_its_sections_in_another_order(city: City) -> None:
    usual = heads(page(city, "annual"))
    recipe = city.own("annual/recipe.yaml")
    text = (ROOT / "tests" / "home" / "data" / "kuvitteila" / "2021" / "annual.md").read_text(encoding="utf-8")
    assert text.count("\n## ") == len(usual) > 2
    anchors = re.findall(r'<h2 id="section-([^"]+)">', page(city, "annual"))
    chosen = [anchors[-1], *anchors[:-2]]
    lines = "".join(f"  - {one}\n" for one in chosen)
    recipe.write_text(recipe.read_text(encoding="utf-8") + f"sections:\n{lines}", encoding="utf-8")
    made = page(city, "annual")
    assert heads(made) == [usual[-1], *usual[:-2]]
    numbers = [int(one) for one in re.findall(r"<figcaption><b>Kuvio\s(\d+)\.", made)]
    assert numbers == sorted(numbers)


def test_a_month_of_our_sections_in_another_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data")
    city = City(tmp_path / "home", capsys)
    recipe = (ROOT / "templates" / "monthly" / "recipe.yaml").read_text(encoding="utf-8")
    city.write("templates/kuukausi/recipe.yaml", recipe + "sections:\n  - goals\n  - method\n")
    city.write("data/home.yaml", "area: salo\nlanguage: fi\n")
    found = re.findall(r'<h2 id="monthly-([^"]+)">', page(city, "kuukausi", "2022-11", "salo"))
    assert found == ["goals", "method"]
    city.write("templates/kuukausi/recipe.yaml", recipe + "sections:\n  - tavoitteet\n")
    said = city.run("report", "kuukausi", "2022-11", "--lang", "fi")
    assert said.code == 1
    assert "opening, text, areas" in said.err


def test_a_report_of_fixed_sections_says_so(city: City) -> None:
    city.write(f"templates/{NAME}/recipe.yaml", "title:\n  fi: Suunnitelma\ncontent: plan\nsections:\n  - tavoitteet\n")
    said = city.run("report", NAME, "2021", "--lang", "fi")
    assert said.code == 1
    assert "sections" in said.err
    assert "tavoitteet" in said.err


def test_what_would_have_no_effect_is_told(city: City) -> None:
    city.write(f"templates/{NAME}/recipe.yaml", RECIPE.replace("lautakunta.md", "lautakunta.md\n    apart: yes"))
    assert "apart" in city.run("report", NAME, "2021", "--lang", "fi").err
    city.write(f"templates/{NAME}/recipe.yaml", RECIPE)
    city.change(TEXT, "facts:", "embargo: huomenna\nfacts:")
    said = city.run("report", NAME, "2021", "--format", "html", "--lang", "fi")
    assert (said.code, "embargo" in said.err) == (0, True)
