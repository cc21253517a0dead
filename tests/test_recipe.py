"""A report is made of what its recipe says: texts, sections left out, formats, attachments; the city's recipe first."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reports.errors import ReportError
from reports.home import Home, open_home
from reports.messages import LANGUAGES, catalogue
from reports.order import Order
from reports.period import Period
from reports.prepare import Prepared, prepare, years_of
from reports.read.front_matter import text_of
from reports.recipe import Recipe, names, read_recipe
from reports.write.strings import strings

RECIPE = """title:
  fi: Vuosiraportti
parts:
  - text: annual.md
"""
SECOND = """---
title: Lisä
facts:
  kaikki: asiakkaat 2021-03
---
## Lisäluku

Palveluun siirtyi {{ kaikki }} asiakasta ([kuvio](figure:ikajakauma)).

## Piiloon

Tätä ei näytetä: {{ kaikki }}.
"""


@pytest.fixture
def city(home: Path, tmp_path: Path) -> Home:
    """A copy of the made-up city with its own templates."""
    root = Path(shutil.copytree(home, tmp_path / "home", ignore=shutil.ignore_patterns("out")))
    (root / "templates" / "annual").mkdir(parents=True)
    return open_home(root)


def recipe(city: Home, text: str) -> Recipe:
    (city.templates / "annual" / "recipe.yaml").write_text(text, encoding="utf-8")
    return read_recipe(city, "annual")


def errors(city: Home, text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(ReportError) as caught:
        recipe(city, text)
    assert all(catalogue(language).problem(one) for one in caught.value.problems for language in LANGUAGES)
    return [(one.code, one.place.row, str(one.values.get("found", ""))) for one in caught.value.problems]


def prepared(city: Home, text: str, second: str = SECOND) -> Prepared:
    recipe(city, text)
    (city.period_folder("kuvitteila", Period.year(2021)) / "second.md").write_text(second, encoding="utf-8")
    return prepare(Order(city, "annual", "kuvitteila", Period.year(2021)))


def test_our_own_recipe_is_read_where_the_city_has_none(city: Home) -> None:
    found = read_recipe(city, "annual")
    assert [part.text for part in found.parts] == ["annual.md"]
    assert found.formats == ("docx", "pdf", "html")
    assert found.attachments == ("sources",)


def test_the_citys_recipe_comes_before_ours(city: Home) -> None:
    found = recipe(
        city, RECIPE + "  - text: lisa.md\n    optional: yes\n    leave-out:\n      - viestinta\nformats:\n  - html\n"
    )
    assert [(part.text, part.optional, part.leave_out) for part in found.parts] == [
        ("annual.md", False, ()),
        ("lisa.md", True, ("viestinta",)),
    ]
    assert (found.formats, found.attachments) == (("html",), ())


def test_reports_are_the_citys_and_ours(city: Home) -> None:
    (city.templates / "kuukausi").mkdir()
    (city.templates / "kuukausi" / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    assert {"annual", "kuukausi"} <= set(names(city))


def test_a_report_that_is_not_there_is_told_with_those_that_are(city: Home) -> None:
    with pytest.raises(ReportError) as caught:
        read_recipe(city, "anual")
    (problem,) = caught.value.problems
    assert (problem.code, caught.value.exit_code) == ("report-unknown", 2)
    assert "annual" in problem.values["have"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (RECIPE + "formats:\n  - odt\n", [("recipe-word", "odt")]),
        (RECIPE + "attachments:\n  - lahteet\n", [("recipe-word", "lahteet")]),
        (RECIPE + "formatit:\n  - docx\n", [("key-unknown", "formatit")]),
        ("title:\n  fi: Raportti\n", [("key-missing", "")]),
    ],
)
def test_a_slip_in_the_recipe_is_told(city: Home, text, wanted) -> None:
    assert [(code, found) for code, _, found in errors(city, text)] == wanted


def test_two_texts_make_one_report(city: Home) -> None:
    made = prepared(city, RECIPE + "  - text: second.md\n    leave-out:\n      - piiloon\nattachments:\n  - sources\n")
    assert [one for one in made.problems if not one.warning] == []
    titles = [one.title for one in made.document.sections]
    assert titles[0] == "Johdanto"
    assert titles[-1] == "Lisäluku"
    assert made.document.title == "Kuvitteilan työllisyyspalvelut 2021"
    text = " ".join(strings(made.document))
    assert "800 asiakasta (kuvio\u00a01)" in text
    assert "Tätä ei näytetä" not in text


def test_an_optional_text_may_be_missing(city: Home) -> None:
    recipe(city, RECIPE + "  - text: puuttuu.md\n    optional: yes\nattachments:\n  - sources\n")
    made = prepare(Order(city, "annual", "kuvitteila", Period.year(2021)))
    assert [one.code for one in made.problems if not one.warning] == []
    assert len(made.document.attachments) == 1


def test_a_section_that_cannot_be_left_out_is_told(city: Home) -> None:
    text = RECIPE + "  - text: second.md\n    leave-out:\n      - piilon\nattachments:\n  - sources\n"
    found = [one for one in prepared(city, text).problems if not one.warning]
    assert [(one.code, one.values["found"], one.place.file) for one in found] == [
        ("recipe-word", "piilon", "templates/annual/recipe.yaml")
    ]
    assert found[0].values["have"] == "lisaluku, piiloon"


@pytest.mark.parametrize(
    ("notation", "year"),
    [
        ("asiakkaat 2018-03", 2018),
        ("asiakkaat 3/2018", 2018),
        ("asiakkaat 03/18", 2018),
        ("asiakkaat 2018M03 Salo", 2018),
    ],
)
def test_statistics_of_every_year_that_a_text_names_are_read(city: Home, notation, year) -> None:
    text = text_of(f"---\ntitle: a\nfacts:\n  b: {notation}\n---\n".encode(), "annual.md")
    assert years_of(Order(city, "annual", "kuvitteila", Period.year(2021)), [text]) == (year, 2020, 2021)


@pytest.mark.parametrize(
    "name", ["/etc/passwd.md", "../2020/annual.md", "..\\annual.md", "sub/annual.md", "annual.txt"]
)
def test_a_text_outside_the_periods_folder_is_refused(city: Home, name: str) -> None:
    assert errors(city, f"title:\n  fi: Raportti\nparts:\n  - text: {name}\n") == [("recipe-text", 4, name)]


def test_a_file_in_an_old_encoding_is_a_warning_and_stops_nothing(city: Home) -> None:
    (city.templates / "annual" / "recipe.yaml").write_bytes(
        (RECIPE + "attachments:\n  - sources\n# ä\n").encode("cp1252")
    )
    (city.templates / "shared").mkdir()
    (city.templates / "shared" / "theme.yaml").write_bytes('# väri\naccent: "#0F4C81"\n'.encode("cp1252"))
    made = prepare(Order(city, "annual", "kuvitteila", Period.year(2021)))
    found = {(one.code, one.place.file) for one in made.problems if not one.acknowledged}
    assert found == {
        ("encoding-windows", "templates/annual/recipe.yaml"),
        ("encoding-windows", "templates/shared/theme.yaml"),
    }
    assert all(one.warning for one in made.problems)


def test_statistics_of_all_years_of_a_span_are_read(city: Home) -> None:
    text = text_of(b"---\ntitle: a\nfacts:\n  b: alin tyottomat 2016-2019 Kuvitteila\n---\n", "annual.md")
    found = years_of(Order(city, "annual", "kuvitteila", Period.year(2021)), [text])
    assert found == (2016, 2017, 2018, 2019, 2020, 2021)


def test_statistics_that_only_a_sum_names_are_read(city: Home) -> None:
    path = city.period_folder("kuvitteila", Period.year(2021)) / "sums.yaml"
    more = "- name: Vanha\n  total: tyottomat 2018-03\n  parts:\n    - tyottomat 3/2017\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert years_of(Order(city, "annual", "kuvitteila", Period.year(2021)), []) == (2017, 2018, 2020, 2021)


def test_without_a_worker_nothing_is_drawn(city: Home) -> None:
    made = prepare(Order(city, "annual", "kuvitteila", Period.year(2021)))
    assert [figure.svg for figure in made.document.figures()] == ["", ""]
    assert not city.out.joinpath(".cache", "charts").exists()
