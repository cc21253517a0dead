"""Pages of a Word file: what lies on its side, how wide tables are where they land, which rows may break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.document import Entry, Goals, List, Paragraph, Run, Section
from reports.write.docx_xml import name, paragraph_text
from tests.made_document import document, goals, numbers, paragraph, plan
from tests.word_file import WordFile, written
from tests.word_plan import annual_document, grid, one_row, plan_document, plan_file


@pytest.fixture(scope="module")
def own() -> WordFile:
    return plan_file()


@pytest.fixture(scope="module")
def attached() -> WordFile:
    return written(annual_document())


def orientations(word: WordFile) -> list[str]:
    return [size.get(name("w:orient"), "portrait") for size in word.all("//w:sectPr/w:pgSz")]


def test_the_attachment_lies_on_its_side_and_nothing_else(attached):
    assert orientations(attached) == ["portrait", "landscape", "portrait"]
    assert len(attached.all("//w:sectPr/w:titlePg")) == 1
    assert attached.all("//w:sectPr/w:pgNumType") == []
    turned = attached.all('//w:sectPr[w:pgSz/@w:orient="landscape"]/w:headerReference/@r:id')
    upright = attached.all("/w:document/w:body/w:sectPr/w:headerReference/@r:id")
    assert len(turned) == 2
    assert not set(turned) & set(upright)


def test_no_empty_page_stands_at_a_turn(attached):
    """What ends a section after a table takes a point of height, and a heading after a turn has no page break."""
    ends = attached.all("//w:p[w:pPr/w:sectPr]")
    assert [end.find(f"{name('w:pPr')}/{name('w:spacing')}").get(name("w:line")) for end in ends] == ["20", "20"]
    breaks = attached.all("//w:p[w:pPr/w:pageBreakBefore]")
    assert [paragraph_text(each) for each in breaks] == ["Liite\u00a01. Lukujen lähteet"]


def test_a_template_that_lies_on_its_side_is_not_turned(own):
    assert orientations(own) == ["landscape"]
    wide = Section("a", "A", (goals(),), landscape=True)
    assert orientations(plan_file(sections=(wide, replace(wide, anchor="b", landscape=False)))) == ["landscape"]


def test_a_file_never_ends_with_a_table():
    word = plan_file(sections=plan_document().sections[:1], separate=())
    assert [part.tag for part in word.all("/w:document/w:body/*")][-2:] == [name("w:p"), name("w:sectPr")]


def test_tables_are_as_wide_as_the_text_where_they_land(attached):
    on_side = [sum(grid(table)) for table in attached.all("//w:tbl") if len(grid(table)) == 3]
    assert on_side == [14116, 14116]
    upright = replace(annual_document(), attachments=(replace(plan(), landscape=False),))
    narrowed = written(upright).all("//w:tbl")
    assert [sum(grid(table)) for table in narrowed] == [8164, 8164]
    assert grid(narrowed[0]) == grid(narrowed[1])
    for table in narrowed:
        cells = [[int(width) for width in row.xpath("*/*/*/@*[local-name()='w']")] for row in table.iter(name("w:tr"))]
        assert all(row == grid(table) for row in cells)


def test_a_narrowed_column_still_holds_its_longest_word():
    word = "Työllisyydenhoitoasiantuntija"
    short = one_row(paragraph("a")).goals[0]
    rows = (replace(short.rows[0], responsible=(paragraph(word),)), *short.rows[1:])
    block = Goals((replace(short, rows=rows), short))
    upright = replace(document(), attachments=(replace(plan(), blocks=(block,), landscape=False),))
    widths = [grid(table) for table in written(upright).all("//w:tbl") if len(grid(table)) == 3][-2:]
    assert widths[0] == widths[1]
    assert widths[0][2] > 0.2 * 8164 + 500


# -- rows


def whole(word: WordFile, text: str) -> list[bool]:
    return [
        bool(row.xpath("w:trPr/w:cantSplit", namespaces=row.nsmap))
        for row in word.all(f'//w:tr[contains(., "{text}")]')
    ]


LINES = [f"Kohta {number}" for number in range(60)]
LONG: dict[str, tuple[Paragraph | List, ...]] = {
    "sixty paragraphs": tuple(paragraph(line) for line in LINES),
    "sixty entries": (List(tuple(Entry((Run(line),)) for line in LINES)),),
    "sixty lines of one paragraph": (paragraph("\n".join(LINES)),),
    "one paragraph of sixty lines": (paragraph("sanoja toisensa perään " * 180),),
}


@pytest.mark.parametrize("cell", LONG.values(), ids=LONG)
def test_a_row_too_long_for_a_page_may_break_and_the_others_stay_whole(cell):
    word = plan_file(one_row(*cell))
    assert whole(word, "Keskellä") == [False]
    assert whole(word, "Rivi") == [True, True]
    assert all(whole(word, "Mittarit"))


def test_a_row_that_fits_stays_whole():
    word = plan_file(one_row(*(paragraph(line) for line in LINES[:20])))
    assert whole(word, "Keskellä") == [True]


def test_a_row_that_fits_on_its_side_may_be_too_long_when_narrowed():
    attachment = replace(plan(), blocks=(one_row(paragraph("sanoja toisensa perään " * 55)),))
    found = [
        whole(written(replace(document(), attachments=(replace(attachment, landscape=side),))), "Keskellä")
        for side in (True, False)
    ]
    assert found == [[True], [False]]


def test_rows_of_ordinary_tables_may_break_too():
    table = numbers("t")
    long = replace(table.rows[0].cells[0], blocks=LONG["sixty paragraphs"])
    rows = (replace(table.rows[0], cells=(long, *table.rows[0].cells[1:])), *table.rows[1:])
    word = written(replace(document(), sections=(Section("a", "A", (replace(table, rows=rows),)),), attachments=()))
    assert whole(word, "Kohta 59") == [False]
    assert whole(word, "Yhteensä") == [True]
