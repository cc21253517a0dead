"""Lint of Word templates: each slip is found where it stands, all in one reading, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reports.errors import Problem
from reports.messages import LANGUAGES, catalogue
from reports.write.docx_context import context_names, document_names, template_names
from reports.write.lint import lint
from tests.edited_template import BODY, FIRST_HEADER, before, edited, swap, words
from tests.made_document import document, plan, template

HEADING = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Kaupungin oma osa</w:t></w:r></w:p>'
LOOP = (
    "{%p for section in sections %}",
    "{%p for block in section.blocks %}",
    "{%p for goal in block.goals %}",
    "{%p for row in goal.rows %}",
)
END = ("{%p endfor %}",) * len(LOOP)
CELL = "<w:tc><w:tcPr/>{}</w:tc>"


def found(folder: Path, change: Callable[[str], str], part: str = BODY) -> list[Problem]:
    changed = edited(folder, {part: change})
    return lint(changed.find("report.docx"), template_names(), "templates/annual/report.docx", changed)


def table(*cells: str) -> str:
    row = "".join(CELL.format(cell) for cell in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{row}</w:tr></w:tbl>"


def added(*paragraphs: str) -> Callable[[str], str]:
    """The paragraphs or tables under a heading, right before the sections."""
    markup = "".join(words(text) if not text.startswith("<") else text for text in paragraphs)
    return before("{%p for section in", HEADING + markup)


def broken_page(size: str) -> str:
    return f'<w:p><w:pPr><w:sectPr><w:pgSz w:w="{size}" w:h="9"/></w:sectPr></w:pPr></w:p>'


@pytest.mark.parametrize("name", ["annual", "plan"])
def test_the_program_s_own_templates_are_clean(name):
    layout = template(name=name)
    for names in (template_names(), document_names(document())):
        assert lint(layout.find("report.docx"), names, "", layout) == []


SLIPS_OF_A_PLAN = [
    ("{{ row.title }}", "{{ row.titel }}", "lint-name-near"),
    ("{{p row.measures }}", "{{ row.measures }}", "lint-blocks"),
    ("{{p row.actions }}", "– {{p row.actions }}", "lint-paragraph"),
    ("{%tr for row in goal.rows %}", "{%tr for row in goal.row %}", "lint-name-near"),
    ("{{ row.title }}", "{{ row.title }}{%tr endfor %}", "lint-row"),
]


def test_the_alternative_text_of_a_table_is_read_too(tmp_path):
    layout = edited(
        tmp_path, {BODY: swap('tblCaption w:val="{{ labels.measures', 'tblCaption w:val="{{ lables.x')}, name="plan"
    )
    (problem,) = lint(layout.find("report.docx"), template_names(), "", layout)
    assert problem.values["near"] == "labels"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("right", "slip", "code"), SLIPS_OF_A_PLAN)
def test_a_slip_in_the_plan_s_loops_is_told_in_words_with_its_place(right, slip, code, language, tmp_path):
    layout = edited(tmp_path, {BODY: swap(right, slip)}, name="plan")
    problems = {one.code: one for one in lint(layout.find("report.docx"), template_names(), "pohja.docx", layout)}
    said = catalogue(language).problem(problems[code])
    assert said.startswith(f"pohja.docx:{problems[code].place.row}:")
    assert slip in said


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        (added("Alku {%p if title %} loppu", "{%p endif %}"), "lint-paragraph"),
        (added("{%p if title %}{%p if date %}", "{%p endif %}", "{%p endif %}"), "lint-paragraph"),
        (
            added(table(words("{%tr for role in roles %}") + words("tieto"), words("{{ role }}{%tr endfor %}"))),
            "lint-row",
        ),
        (added(table(words("{%tc for role in roles %} tieto"), words("{%tc endfor %}"))), "lint-cell-lost"),
        (added("{%tr if title %}", "{%tr endif %}"), "lint-place"),
        (added(table(words("{%p if title %}") + words("{{ title }}") + words("{%p endif %}"))), "lint-cell"),
        (added("{{ contents }}"), "lint-runs"),
        (added("{{r title }}"), "lint-plain"),
        (added("{{p title }}"), "lint-block"),
        (added("{{ roles }}"), "lint-kind"),
        (added(*LOOP, "{{ row.measures }}", *END), "lint-blocks"),
        (added(*LOOP, "{{r row.actions }}", *END), "lint-blocks"),
        (added(*LOOP, "Kuka: {{p row.responsible }}", *END), "lint-paragraph"),
        (added(*LOOP, "{{p row.title }}", *END), "lint-block"),
        (added(*LOOP, "{{ row.titel }}", *END), "lint-name-near"),
        (added("{%p for goal in goals %}", "{%p endfor %}"), "lint-name-near"),
        (added('Alla {%p include "plan" %}'), "lint-paragraph"),
        (added('{% include "plan" %}'), "lint-slot-form"),
        (added("{%p include plan %}"), "lint-slot-form"),
        (added('{%p include "suunnitelma" %}'), "lint-slot"),
        (added("{{ title"), "lint-unclosed"),
        (added("title }}"), "lint-unclosed"),
        (added("{% title %}"), "lint-tag"),
        (added("{{ title | }}"), "lint-tag"),
        (added('{%p if "%" in title %}', "{%p endif %}"), "lint-tag"),
        (added("{%p if title %}", "teksti"), "lint-open"),
        (added("{%p endfor %}"), "lint-close"),
        (added("{%p else %}"), "lint-close"),
        (added("{%p for role in roles %}", "{%p endif %}", "{%p endfor %}"), "lint-close"),
        (added("{{ titel }}"), "lint-name-near"),
        (added("{{ qqqq }}"), "lint-name"),
        (added("{%p for n in notices %}", "{{ n.teksti }}", "{%p endfor %}"), "lint-name-near"),
        (added("{{ sections[0].title }} {{ (sections | first).titel }}"), "lint-name-near"),
        (added("{{ title | uper }}"), "lint-filter"),
        (added("{{ title | safe }}"), "lint-filter"),
        (added("<w:p><w:r><w:t>{{ ti</w:t></w:r><w:r><w:t>tle }}</w:t></w:r></w:p>"), "lint-split"),
        (added('<w:p><w:pPr><w:pStyle w:val="Poistettu"/></w:pPr><w:r><w:t>Sana</w:t></w:r></w:p>'), "lint-style"),
        (swap("{{ number }}", "{{ numbr }}"), "lint-sample"),
        (swap("{{ number }}", "n. {{ number }}"), "lint-sample"),
        (added("teksti", "{%p if title %}", broken_page("7"), "{%p endif %}"), "lint-break"),
        (added(table(words("{{ head }}"))), "template-table"),
    ],
)
def test_a_slip_is_found(slip, code, tmp_path):
    assert code in [problem.code for problem in found(tmp_path, slip)]


@pytest.mark.parametrize(
    "right",
    [
        added("{%p if title and date != title %}", "{{ title | upper }}", "{%p else %}", "–", "{%p endif %}"),
        added("{%p for role in roles %}", "{{ loop.index }}. {{ role }}", "{%p endfor %}"),
        added("{% if subtitle %}{{ subtitle }}{% else %}–{% endif %}"),
        added(table(words("{%tr for role in roles %}")), table(words("{{ role }}")), table(words("{%tr endfor %}"))),
        added("{%p for part in attachments | reverse %}", "{{ part.title }}", "{%p endfor %}"),
        added(broken_page("7"), "{%p if title %}", broken_page("7"), "{%p endif %}"),
        added("{# muistiinpano #}"),
        added(*LOOP, "{{ row.title }}", "{{p row.measures }}", *END),
        added(*LOOP, table(words("{{p row.measures }}"), words("{{p row.actions }}")), *END),
        added('{%p include "plan" %}'),
        added("{{ labels.contents }}"),
    ],
)
def test_what_is_right_is_left_alone(right, tmp_path):
    assert found(tmp_path, right) == []


def test_a_slip_is_told_with_part_heading_paragraph_and_text(tmp_path):
    (problem,) = found(tmp_path, added("Raportti {{ titel }}"))
    place = (problem.place.file, problem.place.row, problem.place.column)
    assert place == ("templates/annual/report.docx", 18, "body")
    assert problem.values == {
        "heading": "Kaupungin oma osa", "text": "Raportti {{ titel }}", "name": "titel", "near": "title"
    }  # fmt: skip


@pytest.mark.parametrize(("part", "told"), [(FIRST_HEADER, "header"), ("word/footer1.xml", "footer")])
def test_headers_and_footers_are_read_too(part, told, tmp_path):
    end = "</w:hdr>" if told == "header" else "</w:ftr>"
    (problem,) = found(tmp_path, swap(end, words("{{ titel }}") + end), part)
    assert problem.place.column == told


def test_an_alternative_text_is_read_too(tmp_path):
    (problem,) = found(tmp_path, swap("{{ organisation }}", "{{ organisaatio }}"), FIRST_HEADER)
    assert problem.values["near"] == "organisation"


def test_all_slips_are_found_in_one_reading(tmp_path):
    codes = [problem.code for problem in found(tmp_path, added("{{ titel }}", "{{ roles }}", "{%p endif %}"))]
    assert codes == ["lint-name-near", "lint-kind", "lint-close"]


def test_split_tags_and_needless_r_are_warnings(tmp_path):
    warnings = [problem.warning for problem in found(tmp_path, added("{{r title }}", "{{ titel }}"))]
    assert warnings == [True, False]


def test_a_broken_file_is_a_problem_too(tmp_path):
    (tmp_path / "report.docx").write_text("ei asiakirja")
    (problem,) = lint(tmp_path / "report.docx", template_names())
    assert problem.code == "docx-unreadable"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slip_has_its_sentence(language, tmp_path):
    slips = added(
        "{{ titel }}", "{{ qqqq }}", "{{ title | uper }}", "{{ roles }}", "x {%p if title %}", "{{r title }}", "{% x %}"
    )
    said = catalogue(language)
    sentences = [said.problem(problem) for problem in found(tmp_path, slips)]
    assert len(sentences) == 8
    assert all("Kaupungin oma osa" in sentence for sentence in sentences)


def test_the_names_a_template_may_use_are_listed_with_examples():
    rows = {path: (kind, example) for path, kind, example in context_names(document())}
    assert rows["title"] == ("text", "Työllisyys & kokeilu 2021")
    assert rows["key_figures[].label"] == ("text", "asiakasta")
    assert rows["sections[].blocks[].entries[].text"] == ("runs", "Lievän tuen tiimi")
    assert rows["labels.contents"] == ("text", "Sisällys")
    assert rows["sections[].landscape"][0] == "yes-no"
    assert "sections[].blocks[].png" not in rows


def test_the_names_in_a_plan_are_listed_with_examples():
    made = replace(document(), attachments=(plan(),))
    rows = {path: (kind, example) for path, kind, example in context_names(made)}
    goal = "attachments[].blocks[].goals[]"
    assert rows[f"{goal}.heading"] == ("runs", "Tavoite 1. Palvelu nopeutuu & paranee")
    assert rows[f"{goal}.means"] == ("text", "tapaamiset, työote")
    assert rows[f"{goal}.rows[].title"] == ("text", "1. Asiakasmäärä")
    assert rows[f"{goal}.rows[].actions"] == ("blocks", "Yhteydenotto <5 pv alusta")
    assert rows[f"{goal}.rows[].responsible"] == ("blocks", "Koordinaattori")
    assert rows["labels.responsible"] == ("text", "Vastuu")
    assert rows["contents"] == ("runs", "")
    assert not [path for path in rows if path.startswith(f"{goal}.rows[].actions[]")]
