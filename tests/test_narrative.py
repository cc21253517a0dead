"""A text is read into sections and blocks; what a report does not have is refused with its row."""

from __future__ import annotations

import pytest

from reports.document import Block, Heading, List, Paragraph, Run, Table, plain_text
from reports.messages import LANGUAGES, catalogue
from reports.narrative import Placement, slug
from tests.made_text import FILE, narrative

NB = "\u00a0"


def blocks(body: str, **notations: str) -> list[Block | Placement]:
    made = narrative(f"## Otsikko\n\n{body}", (), 1, **notations)
    assert made.problems == ()
    return list(made.passages[0].blocks)


def runs(body: str) -> tuple[Run, ...]:
    (block,) = blocks(body)
    assert isinstance(block, Paragraph)
    return block.runs


def entries(body: str) -> list[tuple[int, str, str]]:
    (block,) = blocks(body)
    assert isinstance(block, List)
    return [(one.level, one.number, plain_text(one.runs)) for one in block.entries]


def table(body: str, **notations: str) -> Table:
    (block,) = blocks(body, **notations)
    assert isinstance(block, Table)
    return block


def wrong(body: str, first_row: int = 1) -> list[tuple[str, int]]:
    made = narrative(body, first_row=first_row)
    for problem in made.problems:
        assert problem.place.file == FILE
        assert all(catalogue(language).plain(problem) for language in LANGUAGES)
    return [(one.code, one.place.row) for one in made.problems]


def test_second_level_headings_open_sections_and_lower_ones_stay_inside() -> None:
    made = narrative("## Ensimmäinen\n\nTeksti.\n\n### Ala\n\n#### Syvä\n\n## Toinen\n\nLoppu.")
    assert [(one.title, one.anchor, one.place.row) for one in made.passages] == [
        ("Ensimmäinen", "section-ensimmainen", 1),
        ("Toinen", "section-toinen", 9),
    ]
    assert made.passages[0].blocks[1:] == (Heading("Ala", 2, "section-ala"), Heading("Syvä", 3, "section-syva"))


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Palvelut ja toimipisteet", "palvelut-ja-toimipisteet"),
        ("Åbo – Äly & Öljy!", "abo-aly-oljy"),
        ("Työllisyysohjelman 2021–2023 tavoitteet", "tyollisyysohjelman-2021-2023-tavoitteet"),
        (f"Koski{NB}Tl", "koski-tl"),
    ],
)
def test_a_heading_gives_its_anchor(title, wanted) -> None:
    assert slug(title) == wanted


def test_emphasis_is_kept_and_its_marks_are_not() -> None:
    assert runs("Kolme *hyvin* **tärkeää** ***asiaa***.") == (
        Run("Kolme "),
        Run("hyvin", emphasis=True),
        Run(" "),
        Run("tärkeää", strong=True),
        Run(" "),
        Run("asiaa", strong=True, emphasis=True),
        Run("."),
    )


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("ensimmäinen\ntoinen", "ensimmäinen toinen"),
        ("ensimmäinen  \ntoinen", "ensimmäinen toinen"),
        ("ensimmäinen\\\ntoinen", "ensimmäinen toinen"),
        (f"kaksi{NB}sanaa", f"kaksi{NB}sanaa"),
        ("alle <5 pv & T\\&K \\*ei\\*", "alle <5 pv & T&K *ei*"),
        ("&amp; &auml; viisi < kuusi", "&amp; &auml; viisi < kuusi"),
        ("sana_joka_jatkuu ja a * b", "sana_joka_jatkuu ja a * b"),
    ],
)
def test_running_text_is_kept(body, wanted) -> None:
    made = narrative(f"## Otsikko\n\n{body}", ["5"])
    (block,) = made.passages[0].blocks
    assert isinstance(block, Paragraph)
    assert (plain_text(block.runs), made.problems) == (wanted, ())


def test_lists_nest_and_numbered_ones_begin_anew() -> None:
    assert entries("- a\n  - b\n    - c\n- d") == [(0, "", "a"), (1, "", "b"), (2, "", "c"), (0, "", "d")]
    assert entries("1. a\n2. b\n   1. c\n   2. d\n3. e") == [
        (0, "1.", "a"),
        (0, "2.", "b"),
        (1, "a)", "c"),
        (1, "b)", "d"),
        (0, "3.", "e"),
    ]
    two = blocks("1. a\n2. b\n\nVäliteksti.\n\n1. c")
    assert [one.entries[0].number for one in two if isinstance(one, List)] == ["1.", "1."]


def test_a_list_may_begin_at_any_number_and_mix_kinds() -> None:
    assert entries("3. a\n4. b") == [(0, "3.", "a"), (0, "4.", "b")]
    assert entries("0. a\n1. b") == [(0, "0.", "a"), (0, "1.", "b")]
    assert entries("- a\n  1. b\n- c") == [(0, "", "a"), (1, "a)", "b"), (0, "", "c")]


def test_a_table_of_the_text_has_its_numbers_on_the_right() -> None:
    made = table(
        "| Kunta | Asiakkaita | Osuus | Aika |\n|---|---|---|---|\n"
        "| Kuvitteila | {{ oma }} | {{ oma | osuus(kaikki) }} | {{ alku }} |\n| **Yhteensä** | {{ kaikki }} | .. | |\n",
        oma="asiakkaat 2021-03 Kuvitteila",
        kaikki="asiakkaat 2021-03",
        alku="päivä palvelun-alku",
    )
    assert [(one.text, one.align) for one in made.columns] == [
        ("Kunta", "left"),
        ("Asiakkaita", "right"),
        ("Osuus", "right"),
        ("Aika", "left"),
    ]
    assert [[cell.text for cell in row.cells] for row in made.rows] == [
        ["Kuvitteila", "640", f"80,0{NB}%", "1.3.2021"],
        ["Yhteensä", "800", "..", ""],
    ]
    assert [cell.value for cell in made.rows[0].cells] == [None, 640, 80, None]
    assert made.rows[0].cells[2].decimals == 1


def test_a_nil_alone_in_a_cell_shows_its_mark_and_elsewhere_a_nought() -> None:
    body = "| A | B |\n|---|---|\n| {{ a }} | yhteensä {{ a }} |"
    alone, among = table(body, a="henkilosto 2022").rows[0].cells
    assert (alone.text, alone.value) == ("-", None)
    assert among.text == "yhteensä 0,0"
    assert [one.align for one in table(body, a="henkilosto 2022").columns] == ["right", "left"]


def test_links_point_into_the_document_or_to_the_web() -> None:
    made = runs("[a](figure:ika), [b](table:kunnat), [c](attachment:sources), [d](#Päätelmä), [e](https://stat.fi/)")
    assert [(one.text, one.target or one.href) for one in made if one.target or one.href] == [
        ("a", "figure-ika"),
        ("b", "table-kunnat"),
        ("c", "attachment-sources"),
        ("d", "section-paatelma"),
        ("e", "https://stat.fi/"),
    ]


def test_references_know_their_rows() -> None:
    made = narrative("## Otsikko\n\nEnsin [a](figure:ika)\nja [b](#muu).\n\n- [c](table:t)", first_row=31)
    assert [(target, place.row) for target, place in made.references] == [
        ("figure-ika", 33),
        ("section-muu", 34),
        ("table-t", 36),
    ]


def test_a_picture_line_places_a_figure_or_a_table() -> None:
    placed = blocks("![Ikä *oma* \\& muu](figure:ika-ja-muu)\n\n![Kunnat](table:kunnat)")
    assert [(one.kind, one.name, one.title) for one in placed if isinstance(one, Placement)] == [
        ("figure", "ika-ja-muu", "Ikä oma & muu"),
        ("table", "kunnat", "Kunnat"),
    ]


def test_a_title_may_hold_a_fact() -> None:
    (placed,) = blocks("![Asiakkaat {{ alku | kuussa }} {{ alku | vuosi }}](figure:ika)", alku="päivä palvelun-alku")
    assert isinstance(placed, Placement)
    assert placed.title == "Asiakkaat maaliskuussa 2021"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Teksti.\n\n## Otsikko", [("text-before-heading", 1)]),
        ("\n\n### Ala\n\n## Otsikko\n\nTeksti", [("text-before-heading", 3)]),
        ("Pelkkä teksti.", [("text-before-heading", 1)]),
        ("# Pääotsikko\n\n## Otsikko", [("heading-level", 1)]),
        ("## Otsikko\n\n##### Liian syvä", [("heading-level", 3)]),
        ("## Otsikko\n\n#### Hyppy", [("heading-jump", 3)]),
        ("## A\n\n### B\n\n#### C\n\n## D\n\n#### E", [("heading-jump", 9)]),
        ("## Otsikko\n\n> lainaus", [("markdown-unknown", 3)]),
        ("## Otsikko\n\n```\nkoodi\n```", [("markdown-unknown", 3)]),
        ("## Otsikko\n\n    koodi", [("markdown-unknown", 3)]),
        ("## Otsikko\n\n---\n\nTeksti", [("markdown-unknown", 3)]),
        ("## Otsikko\n\n<div>teksti</div>", [("markdown-unknown", 3)]),
        ("## Otsikko\n\nRivi\n<!-- huomautus -->", [("markdown-unknown", 4)]),
        ("## Otsikko\n\nRivi<br/>toinen", [("markdown-unknown", 3)]),
        ("## Otsikko\n\n- a\n\n  > lainaus", [("markdown-unknown", 5)]),
        ("## Otsikko\n\n- a\n\n  toinen kappale", [("list-paragraphs", 5)]),
        ("## Otsikko\n\n- ![Ikä](figure:ika)", [("markdown-unknown", 3)]),
        ("## Otsikko\n\nTeksti ![Ikä](figure:ika)", [("image-inline", 3)]),
        ("## Otsikko\n\n![Ikä](figure:ika)\n![Kunnat](table:t)", [("image-inline", 3)]),
        ("## Otsikko\n\n![Ikä](kuva.png)", [("image-kind", 3)]),
        ("## Otsikko\n\n![Liite](attachment:sources)", [("image-kind", 3)]),
        ("## Otsikko\n\n![](figure:ika)", [("image-title", 3)]),
        ("## Otsikko\n\nrivi\n[a](ftp://x)", [("link-kind", 4)]),
        ("## Otsikko\n\n[a](javascript:alert)", []),
        ("## Otsikko\n\n[a](sivu.html)", [("link-kind", 3)]),
        ("## Otsikko\n\nTeksti 77", [("typed-number", 3)]),
        ("## Otsikko\n\n| a |\n|---|\n| 77 |", [("typed-number", 5)]),
        ("## Otsikko 77", [("typed-number", 1)]),
        ("## Otsikko\n\nrivi\n{{ puuttuu }}", [("unknown-fact", 4)]),
    ],
)
def test_what_a_report_does_not_have_is_refused_at_its_row(body, wanted) -> None:
    assert wrong(body) == wanted


def test_rows_are_counted_from_the_top_of_the_file() -> None:
    assert wrong("## Otsikko\n\n> lainaus", first_row=120) == [("markdown-unknown", 122)]


def test_a_refused_block_is_shown_as_the_author_knows_it() -> None:
    made = narrative("## Otsikko\n\n> lainaus\n\n<b>lihava</b>\n\n```\nkoodi\n```")
    assert [one.values["found"] for one in made.problems] == [">", "<b>", "```"]


def test_everything_wrong_is_found_in_one_reading() -> None:
    body = "## Otsikko\n\n> lainaus\n\nTeksti 77 ja {{ puuttuu }}.\n\n![](figure:a)\n\n---\n"
    assert [code for code, _ in wrong(body)] == [
        "typed-number",
        "markdown-unknown",
        "image-title",
        "markdown-unknown",
        "unknown-fact",
    ]


def test_an_empty_text_has_no_passages_and_no_problems() -> None:
    made = narrative("\n\n")
    assert (made.passages, made.problems) == ((), ())
