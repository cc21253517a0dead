"""What the public documents of an area remember of each other: texts, groups, languages, months, the published site."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.short_city import AREA, FOLDER, MONTH, rows, short_city
from tests.trips import City, contents

COUNTED = """{0}:
  name: Luku {0}
  unit: henkilöä
  source: rekisteri
  register: persons
"""
GROUPED = "  group-name: Ikä\n  groups:\n    - nuoret\n    - muut\n"
BEFORE = "2024-04"
REGION = "  - name: Seutu\n    members:\n      - Kuvala\n      - Naapuri\n      - Pikkula\n"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city with figures that only people's texts name: one in groups, and one that is the sum of two others."""
    made = short_city(tmp_path / "home", capsys)
    named = COUNTED.format("kurssilla") + GROUPED + "".join(map(COUNTED.format, ("kaikki", "osa-a", "osa-b")))
    made.change(f"{FOLDER}/indicators.yaml", "voima:\n", f"{named}voima:\n")
    return made


def give(city: City, *figures: str, month: str = MONTH) -> None:
    """Give a month's further figures: `osa-a;;3`, with a group between the semicolons."""
    lines = [f"{name};{month};Kuvala;{group};{value}" for name, group, value in (one.split(";") for one in figures)]
    plain = [one.rpartition(";") for one in rows().splitlines()[1:]]
    lines += [f"{rest};;{value}" for rest, _, value in plain]
    city.write(f"{FOLDER}/{MONTH}/observations.csv", "\n".join(["indicator;period;area;group;value", *lines]) + "\n")


def say(city: City, file: str, **facts: str) -> None:
    """Write a person's text that names some facts."""
    named = "".join(f"  {name}: {notation}\n" for name, notation in facts.items())
    body = " ja ".join(f"{{{{ {name} }}}}" for name in facts)
    city.write(f"{FOLDER}/{file}", f"---\nfacts:\n{named}---\n## Omat\nLuvut {body}.\n")


def add_up(city: City, month: str) -> None:
    at = f"{month} Kuvala"
    parts = f"    - osa-a {at}\n    - osa-b {at}\n"
    city.write(f"{FOLDER}/{month}/sums.yaml", f"- name: S\n  total: kaikki {at}\n  parts:\n{parts}")


def build(city: City, report: str = "short", month: str = MONTH, *more: str) -> None:
    said = city.run("report", report, month, *more)
    assert said.code == 0, said.all


def read(city: City, folder: str = MONTH) -> str:
    """What a page says in a person's words, as plain text."""
    text = (city.folder / "out" / AREA / "site" / folder / "text.txt").read_text(encoding="utf-8")
    return next(line for line in text.replace("\u00a0", " ").splitlines() if line.startswith("Luvut "))


def test_what_a_text_tells_and_hides_is_in_the_data_of_the_month(city: City) -> None:
    give(city, "kurssilla;;30", "kurssilla;nuoret;3", "kurssilla;muut;27")
    nuoret, muut = (f"kurssilla {MONTH} Kuvala / {group}" for group in ("nuoret", "muut"))
    say(city, f"{MONTH}/short.md", a=f"kurssilla {MONTH} Kuvala", b=nuoret, c=muut)
    build(city)
    site = city.folder / "out" / AREA / "site" / MONTH
    figures = json.loads((site / "data.json").read_bytes())["figures"]
    found = {(one["group"], one["value"], one["mark"]) for one in figures if one["indicator"] == "kurssilla"}
    assert found == {("", 30, ""), ("nuoret", None, "..."), ("muut", None, "...")}
    with (site / "data.csv").open(encoding="utf-8-sig", newline="") as file:
        table = [one for one in csv.DictReader(file, delimiter=";") if one["indicator"] == "kurssilla"]
    assert {(one["group"], Decimal(one["value"]) if one["value"] else None, one["mark"]) for one in table} == found


def test_a_group_that_a_text_told_is_not_used_after_a_revision(city: City) -> None:
    names = {"a": "", "b": " / nuoret", "c": " / muut"}
    say(city, f"{MONTH}/short.md", **{name: f"kurssilla {MONTH} Kuvala{group}" for name, group in names.items()})
    give(city, "kurssilla;;30", "kurssilla;nuoret;10", "kurssilla;muut;20")
    build(city)
    assert read(city) == "Luvut 30 ja 10 ja 20."
    give(city, "kurssilla;;23", "kurssilla;nuoret;3", "kurssilla;muut;20")
    build(city)
    assert read(city) == "Luvut ... ja ... ja 20."


def test_a_page_in_another_language_does_not_tell_the_parts_of_what_is_told(city: City) -> None:
    give(city, "kaikki;;20", "osa-a;;3", "osa-b;;17")
    add_up(city, MONTH)
    say(city, f"{MONTH}/short.md", a=f"kaikki {MONTH} Kuvala")
    say(city, f"{MONTH}/short.sv.md", a=f"osa-a {MONTH} Kuvala", b=f"osa-b {MONTH} Kuvala")
    build(city)
    build(city, "short", MONTH, "--document-lang", "sv")
    assert (read(city), read(city, f"sv/{MONTH}")) == ("Luvut 20.", "Luvut ... ja ....")


@pytest.mark.parametrize("first", ["short", "release"])
def test_nor_does_the_page_of_another_month(city: City, first: str) -> None:
    give(city, "kaikki;;20", "osa-a;;3", "osa-b;;17", month=BEFORE)
    add_up(city, BEFORE)
    say(city, f"{BEFORE}/{first}.md", a=f"kaikki {BEFORE} Kuvala")
    say(city, f"{MONTH}/short.md", a=f"osa-a {BEFORE} Kuvala", b=f"osa-b {BEFORE} Kuvala")
    build(city, first, BEFORE)
    build(city)
    assert read(city) == "Luvut ... ja ...."


def test_what_was_hidden_for_another_stays_hidden_though_the_page_had_no_place_for_it(city: City) -> None:
    say(city, f"{MONTH}/short.md", a=f"kurssilla {MONTH} Kuvala", b=f"kurssilla {MONTH} Kuvala / nuoret")
    give(city, "kurssilla;;23", "kurssilla;nuoret;3", "kurssilla;muut;20")
    build(city)
    assert read(city) == "Luvut 23 ja ...."
    say(city, f"{MONTH}/short.md", a=f"kurssilla {MONTH} Kuvala / muut")
    give(city, "kurssilla;;26", "kurssilla;nuoret;6", "kurssilla;muut;20")
    build(city)
    assert read(city) == "Luvut ...."


def towns(city: City) -> None:
    """Three towns and their total, which stands in the figures."""
    city.change(f"{FOLDER}/area.yaml", "    sv: Grannby\n", f"    sv: Grannby\n  - name: Pikkula\n{REGION}")
    city.change(f"{FOLDER}/monthly.yaml", "  - Naapuri\n", "  - Naapuri\n  - Pikkula\ntotal: Seutu\n")
    city.change(f"{FOLDER}/monthly.yaml", "vacancies: paikat\n", "")


def revise(city: City, small: int) -> None:
    """Let the smallest town's people of the last month be so many, and the total with them."""
    people = {"Kuvala": 400, "Naapuri": 60, "Pikkula": small, "Seutu": 460 + small}
    kept = [one for one in rows().splitlines() if not one.startswith(f"hakijat;{MONTH};")]
    kept += [f"hakijat;{MONTH};{area};{value}" for area, value in people.items()]
    kept += [f"voima;{MONTH};Pikkula;800", f"voima;{MONTH};Seutu;6700"]
    city.write(f"{FOLDER}/{MONTH}/observations.csv", "\n".join(kept) + "\n")


def hidden(folder: Path) -> set[str]:
    """The areas whose people of the last month a page hides."""
    figures = json.loads((folder / MONTH / "data.json").read_bytes())["figures"]
    return {one["area"] for one in figures if one["indicator"] == "hakijat" and one["period"] == MONTH and one["mark"]}


def publish(city: City) -> Path:
    site = city.folder / "www" / "site"
    said = city.run("publish", MONTH, "--to", str(site))
    assert said.code == 0, said.all
    return site


def test_the_documents_of_a_home_hide_what_its_published_site_hides(city: City) -> None:
    towns(city)
    revise(city, 70)
    site = publish(city)
    assert hidden(site) == set()
    revise(city, 3)
    assert hidden(publish(city)) == {"Pikkula", "Seutu"}
    build(city)
    assert hidden(city.folder / "out" / AREA / "site") == {"Pikkula", "Seutu"}


def test_and_the_published_site_what_its_documents_hide(city: City) -> None:
    towns(city)
    revise(city, 70)
    build(city, "release")
    build(city, "short", MONTH, "--format", "txt")  # a document alone, without the site
    revise(city, 3)
    build(city, "short", MONTH, "--format", "txt")
    assert hidden(publish(city)) == {"Pikkula", "Seutu"}


def test_what_is_remembered_goes_on_no_site(city: City) -> None:
    towns(city)
    revise(city, 3)
    build(city)
    build(city, "release")
    places = (publish(city).parent, city.folder / "out" / AREA / "site")
    assert not [name for place in places for name in contents(place) if "told" in name]
    kept = {path.name for path in (city.folder / "out" / AREA / MONTH).glob("told.*")}
    assert kept == {"told.short.json", "told.release.json", "told.publish.json"}
