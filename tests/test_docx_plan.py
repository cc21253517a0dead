"""The goals of an action plan in Word: by the plan's own template, and as an attachment of the annual report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openxml_audit import OpenXmlValidator

from reports.document import Entry, Goal, Goals, List, Run, Section
from reports.write import docx, ledger
from reports.write.docx_xml import name, paragraph_text
from reports.write.strings import strings
from tests.edited_template import BODY, edited, swap
from tests.made_document import document, goals, paragraph, template
from tests.word_file import WordFile, refusal, written
from tests.word_plan import annual_document, grid, one_row, plan_document, plan_file

LETTERS = (
    "Åke älskar öl – på svenska",
    "Čáhci ja ruoŧŧa, đ ŋ š ž",
    "Zażółć gęślą jaźń",
    "Служба занятости: щёки, ы",
    "Υπηρεσία απασχόλησης",
)


@pytest.fixture(scope="module")
def own() -> WordFile:
    return plan_file()


@pytest.fixture(scope="module")
def attached() -> WordFile:
    return written(annual_document())


# -- what is in the file


@pytest.mark.parametrize(("made", "layout"), [(plan_document, "plan"), (annual_document, "annual")])
def test_the_file_is_valid_and_says_everything(made, layout, tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(docx.write(made(), template(name=layout)))
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    whole = WordFile(path.read_bytes()).text()
    assert [text for text in strings(made()) if " ".join(text.split()) not in whole] == []


def test_each_goal_has_a_heading_with_its_bookmark_and_its_means(own):
    assert own.styled("Heading2") == ["Tavoite 1. Palvelu nopeutuu & paranee", "Tavoite 2. Palvelut tunnetaan"]
    marks = [mark.get(name("w:name")) for mark in own.all("//w:bookmarkStart")]
    assert {"_Toc_goal_palvelu", "_Toc_goal_viesti"} <= set(marks)
    assert own.styled("Keinot") == ["Keinot: tapaamiset, työote"]


def test_a_link_to_a_goal_leads_to_it():
    text = paragraph("Katso ", Run("tavoite", target="goal-viesti"), ".")
    word = plan_file(sections=(Section("a", "A", (text, goals())),))
    assert word.all('//w:hyperlink[@w:anchor="_Toc_goal_viesti"]')


@pytest.mark.parametrize("file", ["own", "attached"])
def test_a_goal_s_table_has_its_columns_and_rows(file, request):
    tables = [table for table in request.getfixturevalue(file).all("//w:tbl") if len(grid(table)) == 3]
    first, second = tables[:2]
    rows = [
        [[*map(paragraph_text, cell.iter(name("w:p")))] for cell in row.iter(name("w:tc"))]
        for row in first.iter(name("w:tr"))
    ]
    assert rows[0] == [["Mittarit"], ["Toimenpiteet"], ["Vastuu"]]
    assert rows[1][1] == ["Panostetaan alkuun:", "Yhteydenotto <5 pv alusta", "T&K-palvelut mukaan"]
    assert rows[2] == [["2. Tapaamiset", "Kartoitus", "Suunnitelma"], ["Ajat sovitaan heti."], [""]]
    assert len(list(second.iter(name("w:tr")))) == 2
    assert [round(width / sum(grid(first)), 2) for width in grid(first)] == [0.38, 0.42, 0.2]
    assert first.find(f".//{name('w:tblHeader')}") is not None


def test_lists_in_cells_have_the_styles_of_the_sample_table(own):
    assert own.styled("TaulukonLuettelo") == ["Yhteydenotto <5 pv alusta", "T&K-palvelut mukaan"]
    assert own.styled("TaulukonNumerointi") == ["Kartoitus", "Suunnitelma"]
    deep = own.all('//w:p[contains(., "T&K-palvelut")]/w:pPr/w:numPr/w:ilvl/@w:val')
    assert deep == ["1"]
    numbered = own.all('//w:p[w:pPr/w:pStyle/@w:val="TaulukonNumerointi"]/w:pPr/w:numPr/w:numId/@w:val')
    assert len(set(numbered)) == 1


def test_paragraphs_and_bold_titles_look_as_in_the_template(own, tmp_path):
    assert "Asiakkaita alle 2\u00a0900 (11/2022: 2\u00a0621 henkilöä)" in own.styled("SuunnitelmanTeksti")
    assert own.styled("SuunnitelmanRivi") == ["1. Asiakasmäärä", "2. Tapaamiset", "1. Tapahtumia 1/kk"]
    red = '<w:rPr><w:color w:val="AA0000"/></w:rPr>'
    layout = edited(tmp_path, {BODY: lambda xml: coloured(xml, "{{p row.actions }}", red)}, name="plan")
    shown = written(plan_document(), layout).all('//w:r[w:rPr/w:color/@w:val="AA0000"]/w:t')
    assert [text.text for text in shown] == ["Panostetaan alkuun:", "Ajat sovitaan heti.", "Infot."]


def coloured(xml: str, tag: str, look: str) -> str:
    at = xml.rindex("<w:r>", 0, xml.index(tag)) + len("<w:r>")
    return xml[:at] + look + xml[at:]


def test_without_a_sample_table_lists_have_word_s_own_styles(tmp_path):
    def without(xml: str) -> str:
        begin = xml.index("<w:tbl>", xml.index('block.kind == "table"'))
        return xml[:begin] + xml[xml.index("</w:tbl>", begin) + len("</w:tbl>") :]

    made = plan_document()
    made = replace(made, sections=made.sections[:1])
    word = written(made, edited(tmp_path, {BODY: without}, name="plan"))
    assert word.styled("ListBullet") == ["Yhteydenotto <5 pv alusta", "T&K-palvelut mukaan", "Toimintasuunnitelma 2022"]
    assert word.styled("ListNumber") == ["Kartoitus", "Suunnitelma"]


@pytest.mark.parametrize("text", [*LETTERS, "alle <5 pv", "T&K", "{{ 7*7 }} {%p x %}", "a_b", "#$@*"])
def test_letters_of_any_language_and_signs_stay_what_they_are(text):
    block = one_row(paragraph(text), List((Entry((Run(text),)),)))
    word = plan_file(replace(block, goals=(replace(block.goals[0], heading=text, means=text),)))
    cells = word.all('//w:tr[contains(., "Keskellä")]/w:tc[1]/w:p')
    assert [paragraph_text(each) for each in cells] == ["Keskellä", text, text]
    assert text in word.styled("Heading2")
    assert word.styled("Keinot") == [f"Keinot: {text}"]


@pytest.mark.parametrize("empty", [(), (paragraph(""),), (List(()),), (paragraph(),)])
def test_an_empty_cell_has_a_paragraph(empty):
    word = plan_file(one_row(*empty, actions=empty))
    cells = word.all('//w:tr[contains(., "Keskellä")]/w:tc')
    assert len(cells) == 3
    assert all(cell[-1].tag == name("w:p") for cell in cells)


def test_a_plan_opens_without_a_list_of_contents_in_any_template():
    assert plan_file().styled("TOC1") == []
    word = written(replace(document(), contents=False))
    assert word.styled("TOC1") == word.styled("TOCHeading") == []


@pytest.mark.parametrize(
    ("date", "roles", "line"),
    [("16.2.2022", ("Esimies",), ["16.2.2022 Esimies"]), ("", ("Esimies",), ["Esimies"]), ("", (), [])],
)
def test_date_and_roles_may_be_missing(date, roles, line):
    word = plan_file(date=date, roles=roles)
    heads = word.all('//w:p[w:pPr/w:pStyle/@w:val="Tekijatiedot"]')
    assert [paragraph_text(each) for each in heads] == line


# -- many rows


def test_a_plan_of_four_hundred_rows_says_everything():
    row = goals().goals[0].rows[0]
    many = tuple(
        Goal(
            f"goal-{at}",
            f"Tavoite {at}. Nimi",
            f"keino {at}",
            tuple(replace(row, title=f"{at}.{k} Rivi") for k in range(10)),
        )
        for at in range(40)
    )
    word = plan_file(Goals(many))
    assert len(word.styled("SuunnitelmanRivi")) == 400
    assert len(word.styled("TaulukonLuettelo")) == 800


@pytest.mark.parametrize(
    ("lines", "lost"),
    [
        (("Keinot: a", "Keinot: b", "Keinot: a"), []),
        (("Keinot: b", "Keinot: a"), ["a"]),
        (("Keinot: b", "Keinot: a, a"), []),
        (("Keinot: a", "Keinot: a"), ["b"]),
    ],
)
def test_means_are_missed_when_they_stand_fewer_times_than_they_were_given(lines, lost):
    each = tuple(Goal(f"goal-{at}", "Otsikko", means, ()) for at, means in enumerate(("a", "b", "a")))
    made = replace(document(), sections=(Section("x", "Otsikko", (Goals(each),)),))
    assert ledger.missing(made, ["Otsikko"] * 4 + list(lines), {"sections"}) == lost


def test_a_text_that_the_layout_leaves_out_is_told(tmp_path):
    layout = edited(tmp_path, {BODY: swap("{{p row.responsible }}", "–")}, name="plan")
    found = refusal(plan_document(), layout)
    assert {problem.code for problem in found} == {"text-lost"}
    assert "Koordinaattori" in [problem.values["text"] for problem in found]
