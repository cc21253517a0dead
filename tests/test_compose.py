"""Texts, facts and charts are put together: numbers, references, what is placed twice or nowhere, example marks."""

from __future__ import annotations

import pytest

from reports.document import Figure, Heading, KeyFigure, List, Paragraph, Run, Table, plain_text
from reports.messages import LANGUAGES, catalogue
from reports.write.strings import strings
from tests.made_text import Made, report

NB = "\u00a0"
FRONT = """---
title: Raportti
facts:
  kaikki: asiakkaat 2021-03
  oma: asiakkaat 2021-03 Kuvitteila
  muu: asiakkaat 2021-03 Naapurila
  arvio: asiakkaat 2021-12
  pohja: alin tyottomat 2021 Kuvitteila
  joulukuu: tyottomat 2021-12 Kuvitteila
"""
FIGURES = """figures:
  ika:
    chart: age-distribution
    data: asiakkaat-ika 2021-03 Kuvitteila
  tyottomat:
    chart: trend
    data: tyottomat 2021 Kuvitteila
    compare: tyottomat 2020 Kuvitteila
"""
TABLES = """tables:
  kunnat:
    columns:
      - Kunta
      - Asiakkaita
      - Osuus
    rows:
      - Kuvitteila | {{ oma }} | {{ oma | osuus(kaikki) }}
      - Yhteensä | {{ kaikki }} | {{ kaikki | osuus(kaikki) }}
    total: yes
    note: Osuudet on pyöristetty!
  kuukaudet:
    columns:
      - Kuvitteila
      - Naapurila
    data: tyottomat 2021
"""
PLACES = "![Ikä](figure:ika)\n\n![Työttömät](figure:tyottomat)\n\n![Kunnat](table:kunnat)\n\n![Kuut](table:kuukaudet)\n"


def made(body: str, *front: str, **more) -> Made:
    return report(f"{FRONT}{''.join(front)}---\n{body}", **more)


def figures(of: Made) -> list[Figure]:
    return of.document.figures()


def words(of: Made, section: int = 0) -> list[str]:
    return [plain_text(one.runs) for one in of.document.sections[section].blocks if isinstance(one, Paragraph)]


def full() -> Made:
    return made(f"## Alku\n\nKatso [kuvio](figure:tyottomat) ja [taulukko](table:kunnat).\n\n{PLACES}", FIGURES, TABLES)


def test_figures_and_tables_are_numbered_in_the_order_of_the_text() -> None:
    of = made(
        "## Alku\n\n![B](figure:tyottomat)\n\n![K](table:kunnat)\n\n## Loppu\n\n![A](figure:ika)\n", FIGURES, TABLES
    )
    assert [(one.label, one.number, one.name, one.anchor) for one in figures(of)] == [
        ("Kuvio", "1", "tyottomat", "figure-tyottomat"),
        ("Kuvio", "2", "ika", "figure-ika"),
    ]
    first = of.document.tables()[0]
    assert (first.label, first.number, first.anchor) == ("Taulukko", "1", "table-kunnat")


def test_references_know_their_numbers_before_and_after_the_place() -> None:
    of = made(f"## Alku\n\n[taulukko](table:kuukaudet)\n\n{PLACES}\n- [kuviossa](figure:ika)\n", FIGURES, TABLES)
    assert of.codes() == []
    assert words(of) == [f"taulukko{NB}2"]
    (entries,) = [one for one in of.document.sections[0].blocks if isinstance(one, List)]
    assert plain_text(entries.entries[0].runs) == f"kuviossa{NB}1"


def test_references_in_a_table_of_the_text_know_their_numbers() -> None:
    of = made(f"## Alku\n\n| a |\n|---|\n| [kuvio](figure:ika) |\n\n{PLACES}", FIGURES, TABLES)
    first = of.document.tables()[0]
    assert first.rows[0].cells[0].text == f"kuvio{NB}1"


def test_the_number_follows_a_link_once_whatever_looks_its_words_have() -> None:
    of = made(
        f"## Alku\n\n[tässä **tärkeässä** kuviossa](figure:ika) ja [siinä](figure:ika)\n\n{PLACES}", FIGURES, TABLES
    )
    assert words(of) == [f"tässä tärkeässä kuviossa{NB}1 ja siinä{NB}1"]


def test_sections_sub_headings_and_attachments_can_be_referred_to() -> None:
    of = made("## Alku\n\n[a](#ala) [b](#loppu) [c](attachment:sources)\n\n### Ala\n\n## Loppu\n")
    assert of.codes() == []
    assert words(of) == [f"a b c{NB}1"]


@pytest.mark.parametrize(
    ("body", "code", "row", "values"),
    [
        ("[a](figure:ikka)", "reference-nowhere", 3, {"found": "figure:ikka", "nearest": "figure:ika"}),
        ("[a](#lopu)", "reference-nowhere", 3, {"found": "#lopu", "nearest": "#loppu"}),
        ("[a](attachment:source)", "reference-nowhere", 3, {"nearest": "attachment:sources"}),
        ("![Ikä](figure:ikaa)", "unknown-figure", 3, {"found": "ikaa", "nearest": "ika"}),
        ("![Kunnat](table:kuntia)", "unknown-table", 3, {"found": "kuntia", "nearest": "kunnat"}),
        ("![Ikä](figure:ika)", "placed-twice", 5, {"found": "figure:ika"}),
        ("## Loppu", "heading-twice", 13, {"found": "Loppu"}),
    ],
)
def test_what_points_nowhere_or_stands_twice_is_a_problem(body, code, row, values) -> None:
    of = made(f"## Alku\n\n{body}\n\n{PLACES}\n## Loppu\n", FIGURES, TABLES)
    (problem,) = of.problems
    start = next(at for at, one in enumerate(f"{FRONT}{FIGURES}{TABLES}---".split("\n"), 1) if one == "---" and at > 1)
    assert (problem.code, problem.place.row - start, problem.warning) == (code, row, False)
    assert problem.values.items() >= values.items()
    assert all(catalogue(language).plain(problem) for language in LANGUAGES)


def test_what_is_defined_and_not_placed_is_a_warning() -> None:
    of = made("## Alku\n\nTeksti.\n", FIGURES, TABLES)
    assert [(one.code, one.values["found"], one.warning) for one in of.problems] == [
        ("figure-not-placed", "ika", True),
        ("figure-not-placed", "tyottomat", True),
        ("table-not-placed", "kunnat", True),
        ("table-not-placed", "kuukaudet", True),
    ]


def test_sub_headings_of_the_same_words_get_anchors_of_their_own() -> None:
    of = made("## Alku\n\n### Yhteenveto\n\n### Loppu\n\n## Loppu\n\n### Yhteenveto\n")
    anchors = [one.anchor for section in of.document.sections for one in section.blocks if isinstance(one, Heading)]
    assert anchors == ["section-yhteenveto", "section-loppu-2", "section-yhteenveto-2"]
    assert of.codes() == []


def test_a_table_of_rows_has_sides_numbers_and_a_total() -> None:
    table = full().document.tables()[0]
    assert [(one.text, one.align) for one in table.columns] == [
        ("Kunta", "left"),
        ("Asiakkaita", "right"),
        ("Osuus", "right"),
    ]
    assert sum(one.share for one in table.columns) == pytest.approx(1)
    assert [(row.total, [cell.text for cell in row.cells]) for row in table.rows] == [
        (False, ["Kuvitteila", "640", f"80,0{NB}%"]),
        (True, ["Yhteensä", "800", f"100,0{NB}%"]),
    ]
    assert [cell.value for cell in table.rows[0].cells] == [None, 640, 80]
    assert table.caption == "Kunnat. Esimerkkiaineisto. Osuudet on pyöristetty!"


def test_a_table_by_month_has_months_down_and_areas_across() -> None:
    table = full().document.tables()[1]
    assert [one.text for one in table.columns] == ["Kuukausi", "Kuvitteila", "Naapurila"]
    assert [row.cells[0].text for row in table.rows] == [f"{month}/2021" for month in range(1, 13)]
    assert all(cell.value is not None and cell.text for row in table.rows for cell in row.cells[1:])
    assert [one.align for one in table.columns] == ["left", "right", "right"]
    assert table.caption == "Kuut. Lähde: Vuosikello, Keksitty kuukausitilasto, taulukko demo."


@pytest.mark.parametrize(
    ("data", "code"),
    [("tyottomat 2018", "figure-empty"), ("tyotomat 2021", "unknown-indicator"), ("päivä siirto", "unknown-date")],
)
def test_a_table_whose_numbers_are_not_there_is_a_problem(data, code) -> None:
    front = f"tables:\n  kuut:\n    columns:\n      - Kuvitteila\n    data: {data}\n"
    of = made("## Alku\n\n![Kuut](table:kuut)\n", front)
    assert of.codes() == [code]
    assert of.document.tables() == []


def test_typed_numbers_of_the_front_matter_are_caught_at_their_places() -> None:
    front = """subtitle: Vuosi 77
roles:
  - Johtaja 78
separate:
  - Liite 79
key-figures:
  - value: "{{ kaikki }} ja 80"
    label: asiakasta 81
tables:
  t:
    columns:
      - Kunta 82
    rows:
      - Salo 83
    note: Noin 84
"""
    of = made("## Alku\n\n![T](table:t)\n", front)
    caught = {one.values["found"]: one.place for one in of.problems}
    assert set(of.codes()) == {"typed-number"}
    assert sorted(caught) == [str(number) for number in range(77, 85)]
    lines = f"{FRONT}{front}".split("\n")
    for found, place in caught.items():
        assert found in lines[place.row - 1]
        assert isinstance(place.column, int)
        assert abs(lines[place.row - 1].index(found) + 1 - place.column) <= 1  # a value in quotes begins one later


def test_an_approximate_key_figure_needs_its_word() -> None:
    bare, hedged = (f'  - value: "{value}"\n    label: asiakasta\n' for value in ("{{ arvio }}", "noin {{ arvio }}"))
    of = made("## Alku\n", f"key-figures:\n{bare}{hedged}")
    assert [(one.code, one.place.row) for one in of.problems] == [("approximate-bare", 11)]


def test_facts_are_printed_in_titles_roles_and_labels() -> None:
    front = 'subtitle: "Asiakkaita {{ kaikki }}"\nroles:\n  - "Vastaa {{ oma }} asiakkaasta"\n'
    of = made("## Alku\n", front)
    assert (of.document.subtitle, of.document.roles) == ("Asiakkaita 800", ("Vastaa 640 asiakkaasta",))


def test_example_figures_are_marked_wherever_they_stand() -> None:
    front = (
        'key-figures:\n  - value: "{{ oma }}"\n    label: asiakasta\n  - value: "{{ joulukuu }}"\n    label: työtöntä\n'
    )
    of = made(f"## Alku\n\n{PLACES}", front, FIGURES, TABLES)
    ika, tyottomat = figures(of)
    assert of.work.shown["ika"].chart.status == "Esimerkkiaineisto"
    assert ika.caption.endswith(" Esimerkkiaineisto.")
    assert "Esimerkki" not in tyottomat.caption
    assert of.document.key_figures == (KeyFigure("640", "asiakasta (esimerkki)"), KeyFigure("514", "työtöntä"))
    assert [one.text for one in of.document.notices] == [
        "Asiakirjassa on esimerkkiaineistoa: näin merkityt luvut eivät ole tilastotietoa."
    ]


def test_a_report_without_example_figures_says_nothing_of_them() -> None:
    of = made("## Alku\n\nTyöttömiä {{ joulukuu }}.\n\n![Työttömät](figure:tyottomat)\n", FIGURES)
    assert of.document.notices == ()
    assert not [one for one in strings(of.document) if "simerkki" in one]


def test_two_years_side_by_side_are_a_span_in_the_caption() -> None:
    caption = figures(full())[1].caption
    assert caption == "Työttömät (2020–2021, henkilöä). Lähde: Vuosikello, Keksitty kuukausitilasto, taulukko demo."


def test_a_section_may_be_left_out_with_all_it_holds() -> None:
    body = (
        "## Alku\n\nTyöttömiä {{ joulukuu }}.\n\n"
        "## Salainen\n\nOmia {{ oma }}, [kuvio](figure:ika).\n\n![Ikä](figure:ika)\n"
        "\n## Loppu\n\nVähiten {{ pohja }}.\n"
    )
    of = made(body, FIGURES.partition("  tyottomat:")[0], leave_out=["salainen"])
    assert of.codes() == []
    assert [one.title for one in of.document.sections] == ["Alku", "Loppu"]
    assert of.document.notices == ()
    assert "640" not in " ".join(strings(of.document))


def test_a_reference_to_a_left_out_section_is_a_problem() -> None:
    of = made("## Alku\n\n[a](#salainen)\n\n## Salainen\n", leave_out=["salainen"])
    assert of.codes() == ["reference-nowhere"]


def test_two_texts_share_one_row_of_numbers() -> None:
    places = "![Ikä](figure:muu-ika)\n\n![T](figure:tyottomat)\n"
    second = f"---\ntitle: Toinen\n{FIGURES.replace('ika:', 'muu-ika:')}---\n## Toinen\n\n{places}"
    of = report(
        f"{FRONT}{FIGURES.partition('  tyottomat:')[0]}---\n## Alku\n\n![Ikä](figure:ika)\n\n[b](figure:tyottomat)\n",
        second,
    )
    assert of.codes() == []
    assert of.document.title == "Raportti"
    assert [(one.number, one.name) for one in figures(of)] == [("1", "ika"), ("2", "muu-ika"), ("3", "tyottomat")]
    assert words(of) == [f"b{NB}3"]


def test_the_same_name_or_heading_in_two_texts_is_a_problem() -> None:
    text = f"{FRONT}{FIGURES.partition('  tyottomat:')[0]}---\n## Alku\n\n![Ikä](figure:ika)\n"
    assert report(text, text).codes() == ["heading-twice", "placed-twice"]


def test_a_run_of_a_reference_shows_its_number_behind_a_space_that_does_not_break() -> None:
    assert Run("kuviossa", target="figure-ika", number="1").shown == f"kuviossa{NB}1"


def test_a_plain_table_of_the_text_is_not_numbered() -> None:
    of = made("## Alku\n\n| a | b |\n|---|---|\n| x | y |\n")
    (table,) = [one for one in of.document.sections[0].blocks if isinstance(one, Table)]
    assert (table.label, table.number, table.title) == ("", "", "")


@pytest.mark.parametrize(("count", "codes"), [(5, []), (6, ["key-figures-many"])])
def test_there_is_room_for_five_key_figures(count, codes) -> None:
    entries = "".join(f'  - value: "{{{{ oma }}}}"\n    label: luku {"abcdef"[one]}\n' for one in range(count))
    of = made("## Alku\n", f"key-figures:\n{entries}")
    assert [one.code for one in of.problems if one.code.startswith("key")] == codes
