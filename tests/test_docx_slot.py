"""The slot of the annual template: the loop over goals stands in the plan's template only, and comes from there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from reports.errors import Problem
from reports.messages import LANGUAGES, catalogue
from reports.write.docx_context import template_names
from reports.write.docx_xml import NAMESPACES, parse
from reports.write.lint import lint
from reports.write.template import Template
from tests.edited_template import BODY, STYLES, Change, edited, swap
from tests.made_document import TEMPLATES, document, plan, template
from tests.word_file import WordFile, refusal, written

NUMBERING, TYPES, LINKS = "word/numbering.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
SLOT = '{%p include "plan" %}'
REPORT = replace(document(), sections=document().sections[:1], attachments=(plan(),))
SPLIT = '</w:t></w:r><w:r><w:t xml:space="preserve">'
PICTURE = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" r:id="rId1"/></w:pict></w:r>'


def changed_plan(folder: Path, **changes: Change) -> Template:
    """Our annual layout in a city that has changed the plan's: `body`, `styles` or `numbering`."""
    parts = {"body": BODY, "styles": STYLES, "numbering": NUMBERING}
    edited(folder, {parts[part]: change for part, change in changes.items()}, name="plan")
    return template(folder / "annual")


def audited(word: WordFile, folder: Path) -> list[str]:
    path = folder / "audited.docx"
    with ZipFile(path, "w") as package:
        for part, content in word.parts.items():
            package.writestr(part, content)
    return [str(error) for error in OpenXmlValidator().validate(str(path)).errors]


def style_of(word: WordFile, text: str) -> list[Any]:
    return word.all(f'//w:p[contains(., "{text}")]/w:pPr/w:pStyle/@w:val')


# -- what comes along


def test_the_loop_over_goals_stands_in_the_plan_s_template_only():
    found = {}
    for folder in ("annual", "plan"):
        with ZipFile(TEMPLATES / folder / "report.docx") as package:
            found[folder] = package.read(BODY).decode()
    assert "goal.heading" in found["plan"]
    assert "goal." not in found["annual"]
    assert SLOT in found["annual"]


def test_the_city_s_own_plan_template_wins(tmp_path):
    layout = changed_plan(tmp_path, body=swap("{{ labels.means }}:", "Näin tehdään:"))
    assert written(REPORT, layout).styled("Keinot") == ["Näin tehdään: tapaamiset, työote"]


def test_word_may_break_slot_and_loop_apart_and_curl_their_quotes(tmp_path):
    changed_plan(tmp_path, body=swap("{%p for goal in", f"{{%p for{SPLIT} goal in"))
    layout = edited(tmp_path, {BODY: swap(SLOT, f"{{%p{SPLIT} include ”plan” %}}")})
    assert "Tavoite 2. Palvelut tunnetaan" in written(REPORT, layout).styled("Heading2")


def test_styles_that_the_report_lacks_come_along_with_what_they_build_on(tmp_path):
    base = '<w:style w:type="paragraph" w:styleId="Pohja"><w:name w:val="Pohja"/><w:next w:val="Poissa"/></w:style>'

    def styles(xml: str) -> str:
        xml = xml.replace("</w:styles>", f"{base}</w:styles>")
        return re.sub(r'(w:styleId="Keinot">.*?<w:basedOn w:val=)"Normal"', r'\1"Pohja"', xml)

    word = written(REPORT, changed_plan(tmp_path, styles=styles))
    found = word.parts[STYLES].decode()
    assert re.search(r'w:styleId="Keinot">(?:(?!</w:style>).)*<w:basedOn w:val="Pohja"/>', found)
    assert found.count('w:styleId="Pohja"') == found.count('w:styleId="SuunnitelmanRivi"') == 1
    assert "Poissa" not in found
    assert audited(word, tmp_path) == []


def test_styles_are_told_by_name_since_ids_differ_between_languages_of_word(tmp_path):
    def finnish(xml: str) -> str:
        return re.sub(r'(w:(?:styleId|val))="(Heading2|TaulukonTeksti)"', r'\1="Oma\2"', xml)

    word = written(REPORT, edited(tmp_path, {BODY: finnish, STYLES: finnish}))
    assert style_of(word, "Tavoite 2.") == ["OmaHeading2"]
    assert re.search(rb'w:styleId="SuunnitelmanRivi">.{,90}<w:basedOn w:val="OmaTaulukonTeksti"/>', word.parts[STYLES])


def test_an_id_that_means_something_else_in_the_report_stays_what_it_is(tmp_path):
    other = '<w:style w:type="paragraph" w:styleId="Keinot"><w:name w:val="Aivan muu"/></w:style></w:styles>'
    word = written(REPORT, edited(tmp_path, {STYLES: swap("</w:styles>", other)}))
    assert style_of(word, "Keinot:") == ["Keinot1"]
    assert word.parts[STYLES].count(b'<w:name w:val="Aivan muu"/>') == 1


# A bulleted list that only the plan's template has, and the paragraph that someone has put into it.
DOTS = (
    '<w:abstractNum w:abstractNumId="7"><w:nsid w:val="4B3A0009"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="§"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
)
DOT = '<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>'
MEASURES = '<w:pStyle w:val="SuunnitelmanTeksti"/></w:pPr><w:r><w:t xml:space="preserve">{{p row.measures }}'
LISTED = MEASURES.replace("</w:pPr>", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr></w:pPr>')


def numbered(xml: str) -> str:
    return xml.replace("<w:num ", f"{DOTS}<w:num ", 1).replace("</w:numbering>", f"{DOT}</w:numbering>")


def without_lists(folder: Path) -> Template:
    """The annual layout of someone who uses no lists."""
    gone = (
        rb'<Override PartName="/word/numbering.xml"[^>]*/>|<Relationship [^>]*numbering.xml"/>|<w:numPr>.*?</w:numPr>'
    )
    (folder / "annual").mkdir()
    with ZipFile(TEMPLATES / "annual/report.docx") as old, ZipFile(folder / "annual/report.docx", "w") as new:
        for part in [part for part in old.namelist() if part != NUMBERING]:
            content = old.read(part)
            new.writestr(part, re.sub(gone, b"", content) if part in (TYPES, LINKS, STYLES) else content)
    return template(folder / "annual")


@pytest.mark.parametrize("has_lists", [True, False])
def test_a_list_of_the_plan_s_template_comes_along(has_lists, tmp_path):
    changed_plan(tmp_path, body=swap(MEASURES, LISTED), numbering=numbered)
    layout = template(tmp_path / "annual") if has_lists else without_lists(tmp_path)
    word = written(REPORT, layout)
    (number,) = set(word.all('//w:p[contains(., "Asiakkaita alle")]/w:pPr/w:numPr/w:numId/@w:val'))
    lists = parse(word.parts[NUMBERING])
    kind = f'//w:num[@w:numId="{number}"]/w:abstractNumId/@w:val'
    signs = lists.xpath(f"//w:abstractNum[@w:abstractNumId={kind}]//w:lvlText/@w:val", namespaces=NAMESPACES)
    assert signs == ["§"]
    assert b"4B3A0009" not in word.parts[NUMBERING]
    assert audited(word, tmp_path) == []


# -- slots that cannot be filled


def without_loop(xml: str) -> str:
    return xml.replace("{%p for goal in block.goals %}", "{%p for goal in block.entries %}")


def unclosed(xml: str) -> str:
    begin = xml.index("{%p for goal in")
    end = xml.index("{%p endfor %}", xml.index("</w:tbl>", begin))
    return xml[:end] + "{%p endif %}" + xml[end + len("{%p endfor %}") :]


def pictured(xml: str) -> str:
    return xml.replace("{{r goal.heading }}</w:t></w:r>", "{{r goal.heading }}</w:t></w:r>" + PICTURE)


@pytest.mark.parametrize(
    ("change", "code"),
    [(without_loop, "lint-slot-empty"), (unclosed, "lint-slot-empty"), (pictured, "lint-slot-tied")],
)
def test_a_plan_s_template_that_cannot_be_taken_in_is_told(change, code, tmp_path):
    (found,) = refusal(REPORT, changed_plan(tmp_path, body=change))
    assert (found.code, found.place.file, found.values["layout"]) == (
        code, "templates/annual/report.docx", "templates/plan/report.docx",
    )  # fmt: skip


def test_a_slot_for_a_layout_that_is_not_there_is_told_with_its_place(tmp_path):
    (found,) = refusal(REPORT, edited(tmp_path, {BODY: swap(SLOT, '{%p include "suunnitelma" %}')}))
    assert (found.code, found.values["name"]) == ("lint-slot", "suunnitelma")
    assert found.place.row > 40
    assert found.values["text"] == '{%p include "suunnitelma" %}'


def test_a_broken_layout_in_a_slot_is_told(tmp_path):
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "report.docx").write_bytes(b"no document")
    (found,) = refusal(REPORT, template(tmp_path / "annual"))
    assert found.code == "lint-slot"


@pytest.mark.parametrize("slot", ["{%p include plan %}", '{% include "plan" %}', '{%p include "../plan" %}'])
def test_a_slot_that_is_not_understood_is_told(slot, tmp_path):
    (found,) = refusal(REPORT, edited(tmp_path, {BODY: swap(SLOT, slot)}))
    assert found.code == "lint-slot-form"


def test_a_slot_among_words_is_told(tmp_path):
    found = refusal(REPORT, edited(tmp_path, {BODY: swap(SLOT, f"Alla {SLOT}")}))
    assert [problem.code for problem in found] == ["lint-paragraph"]


def test_a_slip_in_the_plan_s_template_is_told_with_that_file(tmp_path):
    (found,) = refusal(REPORT, changed_plan(tmp_path, body=swap("{{ row.title }}", "{{ row.titel }}")))
    assert (found.code, found.values["near"], found.place.file) == (
        "lint-name-near", "title", "templates/plan/report.docx",
    )  # fmt: skip


def test_a_report_without_goals_does_not_mind_a_slot_that_lint_warns_of(tmp_path):
    layout = edited(tmp_path, {BODY: swap(SLOT, '{%p include "poissa" %}')})
    assert "Välissä." in written(replace(document(), attachments=()), layout).text()
    found = lint(layout.find("report.docx"), template_names(), "", layout)
    assert [problem.code for problem in found] == ["lint-slot"]
    assert lint(layout.find("report.docx"), template_names()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_slot_has_its_sentence(language, tmp_path):
    faults: list[Problem] = refusal(REPORT, changed_plan(tmp_path, body=without_loop))
    faults += refusal(REPORT, changed_plan(tmp_path, body=pictured))
    faults += refusal(REPORT, edited(tmp_path, {BODY: swap(SLOT, '{%p include "x" %}')}))
    faults += refusal(REPORT, edited(tmp_path, {BODY: swap(SLOT, '{% include "plan" %}')}))
    said = [catalogue(language).problem(fault) for fault in faults]
    assert len(said) == 4
    assert all(sentence.startswith("templates/annual/report.docx:") and "{%p" in sentence for sentence in said)
    assert all(SLOT in sentence for sentence in said)
