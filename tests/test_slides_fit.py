"""What does not fit a slide is divided or told, never clipped: lists, tables, charts, single lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.document import KeyFigure, List, Notice, Paragraph, Row, Run, Section, Table, text_cell
from reports.errors import Problem
from reports.slides.fitting import balanced
from reports.write.pptx_deck import KEY_FIGURES, parts_of
from reports.write.pptx_fit import SCALES, Ruler, ruler, said, sized
from reports.write.pptx_master import OBJECT, Master
from tests.made_document import figure, numbers, template
from tests.made_slides import PLACE, SOURCE, bullets, cut, opened

LONG = "Työllistymistä edistävä monialainen yhteispalvelu tukee työttömiä, joiden tilanne on vaikea"
ENTRIES = tuple(f"Kohta {number}: {LONG}" for number in range(30))
MARK = Notice("Kaupunginhallituksen huomio")


@pytest.fixture(scope="module")
def master() -> Master:
    return Master(template(name="slides"))


@pytest.fixture(scope="module")
def measure(master: Master) -> Ruler:
    return ruler(template(name="slides"), master.family)


def told(problems: list[Problem]) -> list[str]:
    assert {one.place for one in problems} <= {PLACE}
    return [one.code for one in problems]


def texts(slide: Section) -> list[str]:
    return [one.text for one in said(parts_of(slide).text)]


def test_a_long_list_goes_on_on_the_next_slide(master: Master, measure: Ruler) -> None:
    deck, problems = cut(Section("section-a", "Tehtävät", (MARK, bullets(*ENTRIES), SOURCE)))
    assert problems == []
    count = len(deck.sections)
    assert count > 2
    assert [one.title for one in deck.sections] == [f"Tehtävät ({at}/{count})" for at in range(1, count + 1)]
    assert len({one.anchor for one in deck.sections}) == count
    assert tuple(text for slide in deck.sections for text in texts(slide)) == ENTRIES
    for slide in deck.sections:
        assert measure.text(said(parts_of(slide).text), master.body("bullets")) <= master.body("bullets").height
        assert (parts_of(slide).flags, parts_of(slide).notes) == ((MARK,), (SOURCE,))
    lengths = [len(texts(slide)) for slide in deck.sections]
    assert max(lengths) - min(lengths) <= 1  # no lonely line on the last slide


def test_what_stands_under_an_entry_stays_with_it() -> None:
    groups = [text for number in range(12) for text in (f"Kohta {number}", f" Ensin {LONG}", f" Sitten {LONG}")]
    deck, problems = cut(Section("section-a", "Tehtävät", (bullets(*groups),)))
    assert problems == []
    assert len(deck.sections) > 1
    assert all(texts(slide)[0].startswith("Kohta") for slide in deck.sections)


def test_a_group_that_is_too_long_for_a_slide_is_divided_within() -> None:
    deck, problems = cut(Section("section-a", "Tehtävät", (bullets("Kohta", *(f" {one}" for one in ENTRIES)),)))
    assert problems == []
    assert len(deck.sections) > 1
    assert sum(len(texts(slide)) for slide in deck.sections) == 31


def test_a_little_too_much_is_shown_smaller(master: Master, measure: Ruler) -> None:
    frame = master.body("bullets")
    fitting = next(
        count for count in range(30) if measure.text(said([bullets(*ENTRIES[: count + 1])]), frame) > frame.height
    )
    slide = Section("section-a", "Tehtävät", (bullets(*ENTRIES[: fitting + 1]),))
    deck, problems = cut(slide)
    assert (len(deck.sections), problems) == (1, [])
    shown = next(one for one in opened(*deck.sections).slides[1].placeholders if one.placeholder_format.idx == 1)
    scale = shown.text_frame._txBody.bodyPr.find("{*}normAutofit").get("fontScale")
    assert int(scale) / 100_000 in SCALES[1:]


def test_words_that_do_not_fit_beside_a_chart_follow_it() -> None:
    deck, problems = cut(Section("slides-people", "Työttömät", (bullets(*ENTRIES[:6]), figure("ika", ""), SOURCE)))
    assert problems == []
    first, *rest = deck.sections
    assert (parts_of(first).figure is not None, texts(first)) == (True, [])
    assert [text for slide in rest for text in texts(slide)] == list(ENTRIES[:6])
    short, _ = cut(Section("slides-people", "Työttömät", (bullets("Vähemmän"), figure("ika", ""))))
    assert len(short.sections) == 1


def long_table(count: int, text: str = "Alue") -> Table:
    rows = tuple(Row((text_cell(f"{text} {number}"), text_cell("12"), text_cell("3,4"))) for number in range(count))
    return replace(numbers("alueet", caption="Lähde: kaupunki."), rows=rows)


def test_a_long_table_goes_on_under_the_same_heading(master: Master, measure: Ruler) -> None:
    deck, problems = cut(Section("slides-areas", "Alueet", (long_table(40),)))
    assert problems == []
    tables = [one for slide in deck.sections if (one := parts_of(slide).table)]
    assert len(tables) == len(deck.sections) > 1
    assert [row.cells[0].text for one in tables for row in one.rows] == [f"Alue {number}" for number in range(40)]
    frame = master.frame("table", OBJECT)
    assert all(sum(sized(one, frame, measure).heights) <= frame.height for one in tables)
    assert len({one.columns for one in tables}) == 1


def test_numbers_are_never_divided_between_lines(master: Master, measure: Ruler) -> None:
    wide = replace(
        long_table(3, LONG), rows=(Row((text_cell(LONG), text_cell("−17\u00a0884 (−7,1\u00a0%)"), text_cell("1"))),)
    )
    made = sized(wide, master.frame("table", OBJECT), measure)
    assert made.widths[1] > measure.width("−17\u00a0884 (−7,1\u00a0%)", made.size)
    assert sum(made.widths) <= master.frame("table", OBJECT).width + 0.01


def test_words_beside_a_table_get_a_slide_of_their_own() -> None:
    deck, problems = cut(Section("section-a", "Palvelut", (bullets("Rajaus"), long_table(3))))
    assert problems == []
    assert [(texts(one), parts_of(one).table is not None) for one in deck.sections] == [(["Rajaus"], False), ([], True)]


def test_a_title_may_take_two_lines() -> None:
    assert cut(Section("section-a", LONG, (bullets("yksi"),)))[1] == []


def test_two_slides_of_one_title_are_told_apart() -> None:
    deck, _ = cut(Section("a", "Huomiot", (bullets("yksi"),)), Section("b", "Huomiot", (bullets("kaksi"),)))
    assert [one.title for one in deck.sections] == ["Huomiot (1/2)", "Huomiot (2/2)"]


@pytest.mark.parametrize(
    ("slide", "code", "found"),
    [
        (Section("a", f"{LONG} {LONG} {LONG}", (bullets("yksi"),)), "slides-title-long", LONG),
        (Section("a", "Otsikko", (Notice(f"{LONG} {LONG}"), bullets("yksi"))), "slides-flag-long", LONG),
        (Section("a", "Otsikko", (bullets(" ".join([LONG] * 20)),)), "slides-entry-long", LONG),
        (Section("a", "Otsikko", (long_table(1, " ".join([LONG] * 60)),)), "slides-row-tall", LONG),
        (
            Section("a", "Otsikko", (replace(long_table(2), caption=" ".join([LONG] * 8)),)),
            "slides-caption-long",
            LONG,
        ),
    ],
)
def test_what_cannot_be_divided_is_told(slide: Section, code: str, found: str) -> None:
    _, problems = cut(slide)
    assert told(problems) == [code]
    assert found in problems[0].values["found"]
    assert not problems[0].warning


def test_a_key_figure_too_long_for_its_tile_is_told() -> None:
    slide = Section(KEY_FIGURES, "Keskeiset luvut", ())
    assert told(cut(slide, figures=[KeyFigure("2 095", "työtöntä")] * 4)[1]) == []
    assert told(cut(slide, figures=[KeyFigure("2 095", " ".join([LONG] * 4))] * 4)[1]) == ["slides-figure-long"] * 4
    assert told(cut(slide, figures=[KeyFigure("1234567890123456789", "työtöntä")] * 4)[1]) == ["slides-figure-long"] * 4


@pytest.mark.parametrize(
    ("heights", "room", "parts"),
    [
        ([1], 5, [1]),
        ([5, 5, 5], 5, [1, 1, 1]),
        ([3, 3, 3, 3], 9, [2, 2]),
        ([1, 1, 1, 1, 1, 5], 6, [5, 1]),
        ([1] * 17, 5, [5, 4, 4, 4]),
    ],
)
def test_parts_are_few_and_alike(heights: list[float], room: float, parts: list[int]) -> None:
    found = balanced(heights, heights, room)
    assert [len(one) for one in found] == parts
    assert [height for one in found for height in one] == heights


def test_lines_are_counted_as_a_program_breaks_them(measure: Ruler) -> None:
    word = measure.width("sana", 20)
    assert measure.lines("sana sana sana", 20, 3 * word) == 2
    assert measure.lines("sana sana sana", 20, 4 * word) == 1
    assert measure.lines("sana\u00a0sana sana", 20, 1.5 * word) == 3  # what does not fit a line is broken in it
    assert measure.lines("", 20, word) == 1
    assert measure.lines("tieto-osa", 20, measure.width("tieto-o", 20)) == 2


def test_a_font_that_is_not_known_is_measured_with_a_wider_one(measure: Ruler) -> None:
    unknown = ruler(template(name="slides"), "Tuntematon")
    assert (
        unknown.width(LONG, 20) > measure.width(LONG, 20) > ruler(template(name="slides"), "Calibri").width("", 20) == 0
    )


def test_a_paragraph_is_not_a_list() -> None:
    paragraphs = tuple(Paragraph((Run(one),)) for one in ENTRIES)
    deck, problems = cut(
        Section("section-a", "Tehtävät", paragraphs), Section("b", "Kiitos", (Paragraph((Run("Loppu"),)),))
    )
    assert problems == []
    assert [text for slide in deck.sections[:-1] for text in texts(slide)] == list(ENTRIES)
    assert not any(isinstance(one, List) for slide in deck.sections for one in slide.blocks)
