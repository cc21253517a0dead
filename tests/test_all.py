"""`all`: every document of a period, told in a table; and the same fact is the same number in each of them."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from reports.console import Shared
from reports.errors import ReportError
from reports.facts import words
from reports.family.builds import build_all
from reports.family.everything import orders
from reports.family.pages import pages_of
from reports.home import open_home
from reports.order import Order
from reports.period import Period
from reports.prepare import prepare
from tests.trips import ROOT, City, contents

OUT = "out/tavoitela/2024-05"
WEEK = """title:
  fi: Katsaus
parts:
  - text: katsaus.md
layout: annual
formats:
  - html
"""
TEXT = "---\ntitle: Katsaus\n---\n## Alku\nHyvin menee.\n"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    """A city with a plan to follow and a review of its own in May 2024."""
    shutil.copytree(ROOT / "tests" / "planned" / "data", tmp_path / "home" / "data")
    made = City(tmp_path / "home", capsys)
    made.write("templates/katsaus/recipe.yaml", WEEK)
    made.write("data/tavoitela/2024-05/katsaus.md", TEXT)
    return made


def row(out: str, name: str) -> list[str]:
    """The cells of a line of the closing table."""
    found = next(line for line in out.splitlines() if re.match(rf"{name}  ", line))
    return re.split(r"  +", found)


def test_every_document_of_a_period_is_made_and_told(city: City) -> None:
    said = city.run("all", "2024-05", "--lang", "fi")
    assert said.code == 0, said.all
    made = {path.name for path in (city.folder / OUT).iterdir() if path.stem in ("followup", "katsaus")}
    assert made == {"followup.docx", "followup.pdf", "followup.html", "katsaus.html"}
    assert row(said.out, "Asiakirja")[1:] == ["Muodot", "Sivuja", "Varoituksia"]
    pages = pages_of((city.folder / OUT / "followup.pdf").read_bytes())
    assert pages > 0
    assert row(said.out, "Tavoitteiden seuranta")[1:3] == ["docx, pdf, html", str(pages)]
    assert row(said.out, "Katsaus")[1:] == ["html", "–", "0"]


def test_one_that_cannot_be_made_does_not_stop_the_rest(city: City) -> None:
    city.write("data/tavoitela/2024-05/katsaus.md", TEXT.replace("Hyvin", "{{ tuntematon }}"))
    said = city.run("all", "2024-05", "--lang", "fi")
    assert said.code == 1
    assert row(said.out, "katsaus")[1:] == ["ei tehty", "–", "–"]
    assert (city.folder / OUT / "followup.pdf").is_file()
    assert not (city.folder / OUT / "katsaus.html").exists()


def test_warnings_are_counted_and_count_when_strict(city: City) -> None:
    slot = "slots:\n  sana:\n    text:\n---\n## Alku\n![Johtajan sana](slot:sana)\n\n"
    city.write("data/tavoitela/2024-05/katsaus.md", TEXT.replace("---\n## Alku\n", slot))
    said = city.run("all", "2024-05", "--lang", "fi")
    assert (said.code, row(said.out, "Katsaus")[-1]) == (0, "1")
    assert city.run("all", "2024-05", "--strict").code == 1


def test_a_period_without_anything_is_said(city: City) -> None:
    said = city.run("all", "1999", "--lang", "fi")
    assert said.code == 2
    assert "2024-05" in said.err


def test_a_quiet_run_says_nothing(city: City) -> None:
    assert city.run("all", "2024-05", "--quiet").all == ""


def test_several_at_once_are_the_same_as_one_after_another(city: City, tmp_path: Path) -> None:
    wanted = list(orders(Order(open_home(str(city.folder)), "all", "tavoitela", Period.of("2024-05"))))
    quiet = Shared(open_home(str(city.folder)), strict=False, quiet=True, begun=0.0)
    build_all(wanted, quiet, workers=1)
    alone = contents(city.folder / OUT)
    shutil.rmtree(city.folder / OUT)
    made = build_all([*wanted, wanted[0]], quiet, workers=2)
    assert [one.exit_code for one in made] == [0] * len(wanted)
    assert contents(city.folder / OUT) == alone


def test_an_error_in_a_process_of_its_own_is_told_here(city: City, capsys: pytest.CaptureFixture[str]) -> None:
    city.write("data/tavoitela/2024-05/katsaus.md", TEXT.replace("Hyvin", "{{ tuntematon }}"))
    home = open_home(str(city.folder))
    wanted = orders(Order(home, "all", "tavoitela", Period.of("2024-05")))
    made = build_all(wanted, Shared(home, strict=False, quiet=True, begun=0.0), workers=2)
    assert {one.order.name: one.exit_code for one in made} == {"followup": 0, "katsaus": 1}
    assert "katsaus.md:5" in capsys.readouterr().err


NUMBER = re.compile(r"\d[\d\u00a0 ]*(?:,\d+)?")
MILLIONS = "M€"


def shown(text: str) -> str:
    """The number of a printed text without its sign, hedge, unit and what stands in brackets after it; or its mark."""
    number = NUMBER.search(text)
    return number[0].replace("\u00a0", "").replace(" ", "") if number else text


def is_number(expression: str) -> bool:
    """Whether an expression prints the number of its fact, and not its month, year or place (`alku | kuussa`)."""
    name = words("filters").get(expression.rpartition("|")[2].strip(), "")
    return not name.startswith(("month_", "place", "year"))


def differing(entries: Iterable[tuple[str, Mapping[str, str]]]) -> tuple[int, list[str]]:
    """How many facts stand in two documents or more, and those of them that are not the same number everywhere.

    A fact is what it was made of and how. One that is printed in millions, or to fewer decimals, is another.
    """
    found: dict[tuple[object, ...], dict[str, set[str]]] = defaultdict(dict)
    for document, one in entries:
        number = shown(one["text"])
        coarse = MILLIONS in one["text"], len(number.partition(",")[2])
        key = frozenset(one["origins"].split("; ")), one["how"].replace("difference", "change"), coarse
        found[key].setdefault(document, set()).add(number)
    several = {key: per for key, per in found.items() if len(per) > 1}
    wrong = [f"{key}: {per}" for key, per in several.items() if len(set.union(*per.values())) > 1]
    return len(several), wrong


@pytest.fixture(scope="module")
def printed() -> list[tuple[str, Mapping[str, str]]]:
    """Every number that Salo's documents show, with the document it stands in."""
    home = open_home(str(ROOT))
    out = []
    for period in ("2021", "2022", "2022-11", "2023"):
        for order in orders(Order(home, "all", "salo", Period.of(period))):
            try:
                made = prepare(order)
            except ReportError as error:
                raise AssertionError(f"{order.name} {period}: {error}") from error
            out += [(f"{order.name} {period}", one) for one in made.facts if is_number(one["expression"])]
    return out


def test_the_same_fact_is_the_same_number_in_every_document(printed: list[tuple[str, Mapping[str, str]]]) -> None:
    documents = {name for name, _ in printed}
    assert len(documents) >= 7, documents
    several, wrong = differing(printed)
    assert several > 25, f"of {len(printed)} numbers only {several} stand in two documents"
    assert not wrong, "\n".join(wrong)


def test_a_number_that_differs_is_found(printed: list[tuple[str, Mapping[str, str]]]) -> None:
    at = next(at for at, (_, one) in enumerate(printed) if one["text"] == "2\u00a0621")
    name, one = printed[at]
    spoilt = [*printed[:at], (name, {**one, "text": "2\u00a0612"}), *printed[at + 1 :]]
    assert len(differing(spoilt)[1]) == 1
