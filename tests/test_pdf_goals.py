"""The goals of an action plan in PDF: as a document that lies on its side, and as an attachment of an upright one."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from reports.document import Goal, Goals
from reports.errors import ReportError
from reports.write import pdf
from reports.write.pdf import write
from reports.write.strings import strings
from tests.goals_sample import hard, listed, many, plan, row
from tests.made_document import TEMPLATES, goals, paragraph, template, with_plan
from tests.pdf_sample import body_text, page_texts, squeezed, tags

LAYOUT = template(name="plan")


@pytest.fixture(scope="module")
def written() -> bytes:
    return write(plan(hard()), LAYOUT)


def lying(made: bytes) -> list[bool]:
    with pikepdf.open(BytesIO(made)) as opened:
        return [leaf.mediabox[2] > leaf.mediabox[3] for leaf in opened.pages]


# -- what stands in it


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
@pytest.mark.parametrize("attached", [False, True])
def test_validators_find_nothing(
    written: bytes, profile: page.ValidationProfile, attached: bool, tmp_path: Path
) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(write(with_plan(), template()) if attached else written)
    result = page.validate_pdf(str(path), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []


def test_every_string_can_be_read_back(written: bytes, pdftotext: str, tmp_path: Path) -> None:
    made = plan(hard())
    text = body_text(made, page_texts(written, pdftotext, tmp_path))
    # The heading of a table that runs on stands between the lines of a cell.
    text = text.replace("MittaritToimenpiteetVastuu", "")
    assert len(strings(made)) > 80
    assert [one for one in strings(made) if squeezed(one) not in text] == []


def test_every_page_lies_on_its_side(written: bytes) -> None:
    assert len(lying(written)) > 2
    assert all(lying(written))


def test_a_goal_has_a_heading_and_a_table_with_header_cells(written: bytes) -> None:
    names = [tag.name for tag in tags(written)]
    assert [name for name in names if re.fullmatch(r"H\d", name)] == ["H1", "H2", "H2", "H2", "H1"]
    assert names.count("Table") == 3
    heads = tags(written, "TH")
    assert len(heads) == 9
    assert all("/Scope" in head.attributes for head in heads)


def test_goals_are_bookmarks_below_their_section(written: bytes) -> None:
    with pikepdf.open(BytesIO(written)) as opened, opened.open_outline() as outline:
        found = [(top.title, [below.title for below in top.children]) for top in outline.root]
    wanted = [goal.heading for goal in hard().goals]
    assert [(title, list(map(squeezed, below))) for title, below in found] == [
        ("Tavoitteet", list(map(squeezed, wanted))),
        ("Muuta", []),
    ]


def test_means_are_printed_with_their_word_and_only_where_there_are_some(
    written: bytes, pdftotext: str, tmp_path: Path
) -> None:
    text = "".join(page_texts(written, pdftotext, tmp_path))
    assert squeezed("Keinot: keinot <ja> muut & muut") in text
    assert text.count("Keinot:") == 2


# -- over pages


def test_the_heading_row_is_repeated_and_rows_stay_whole(pdftotext: str, tmp_path: Path) -> None:
    pages = page_texts(write(plan(many(200)), LAYOUT), pdftotext, tmp_path)
    assert len(pages) > 10
    assert all("MittaritToimenpiteetVastuu" in text for text in pages[:-1])
    for k in range(200):
        parts = re.compile(rf"Row{k}begin.*measure{k}x.*action{k}x.*Row{k}end.*who{k}x")
        assert any(parts.search(text) for text in pages), k


@pytest.mark.parametrize("lines", [3, 9, 16, 21])
def test_a_row_of_many_lines_stays_whole_where_it_fits(lines: int, pdftotext: str, tmp_path: Path) -> None:
    made = tuple(
        row(f"Row{k}begin", listed(*(f"step {j}" for j in range(lines)), f"Row{k}end"), who=f"who{k}x")
        for k in range(12)
    )
    pages = page_texts(write(plan(Goals((Goal("g", "Goal", "", made),))), LAYOUT), pdftotext, tmp_path)
    for k in range(12):
        assert any(f"Row{k}begin" in text and f"Row{k}end" in text and f"who{k}x" in text for text in pages)


@pytest.mark.parametrize("lines", [25, 30, 60, 130])
def test_a_row_too_long_for_a_page_runs_on_and_loses_nothing(lines: int, pdftotext: str, tmp_path: Path) -> None:
    made = (row("Long", listed(*(f"step{j}x" for j in range(lines)))), row("After", paragraph("next")))
    pages = page_texts(write(plan(Goals((Goal("g", "Goal", "means", made),))), LAYOUT), pdftotext, tmp_path)
    text = "".join(pages)
    assert [j for j in range(lines) if f"step{j}x" not in text] == []
    # It begins where its goal begins: no page is left empty for a row that does not fit on one anyway.
    assert all(word in pages[0] for word in ("Goal", "MittaritToimenpiteetVastuu", "Long", "step0x"))


def test_long_words_in_a_narrow_column_do_not_run_off_the_page(pdftotext: str, tmp_path: Path) -> None:
    ends = ["an", "ien", "issa", "ksi", "lla"]
    words = [f"Työllisyyspalvelutoimintakertomussuunnitelma{end}" for end in ends * 14]
    made = (row("Long", paragraph("short"), who=" ".join(words)),)
    path = tmp_path / "plan.pdf"
    path.write_bytes(write(plan(Goals((Goal("g", "Goal", "", made),))), LAYOUT))
    text = "".join(page_texts(path.read_bytes(), pdftotext, tmp_path)).replace("MittaritToimenpiteetVastuu", "")
    assert len(lying(path.read_bytes())) > 2
    assert [text.count(f"suunnitelma{end}") for end in ends] == [14] * 5


def test_a_goal_begins_with_its_heading_means_and_first_row(pdftotext: str, tmp_path: Path) -> None:
    for before in range(8, 22):
        made = (row("Before", listed(*["line"] * before)), row("Then", paragraph("b")))
        kept = Goal(
            "kept", "Kept together", "some means", (row("First", paragraph("action")), row("x", paragraph("y")))
        )
        pages = page_texts(write(plan(Goals((Goal("g", "Goal", "", made), kept))), LAYOUT), pdftotext, tmp_path)
        wanted = "KepttogetherKeinot:somemeansMittaritToimenpiteetVastuuFirst"
        assert any(wanted in text for text in pages), before


def test_an_attached_plan_lies_between_upright_pages_and_page_numbers_run_through(
    pdftotext: str, tmp_path: Path
) -> None:
    made = write(with_plan(), template())
    sides = lying(made)
    assert sides.count(True) == 1
    assert not sides[0]
    assert not sides[-1]
    pages = page_texts(made, pdftotext, tmp_path)
    assert all(text.endswith(f"{number}/{len(pages)}") for number, text in enumerate(pages, 1))
    wide = pages[sides.index(True)]
    assert wide.startswith(squeezed(with_plan().organisation + with_plan().title))
    assert squeezed("Liite 2. Suunnitelma 2022Tavoite 1. Palvelu nopeutuu & paraneeKeinot: tapaamiset, työote") in wide


# -- what a layout is given, and a city's own layout


def test_a_layout_is_given_no_more_than_it_needs() -> None:
    given = pdf.context(plan(goals()))
    first = given["sections"][0]["blocks"][0]["goals"][0]["rows"][0]
    assert first["measures"][1] == {"kind": "paragraph", "runs": ["Alle 25-vuotiaita < 50 %"], "role": "body"}
    assert first["letters"] == [[47, 24], [19, 25, 19], [14, 15]]
    assert "entries" not in first["actions"][1]
    assert first["actions"][1]["tree"][0]["entries"][0]["lists"][0]["entries"][0]["runs"] == ["T&K-palvelut mukaan"]
    dressed = pdf.context(with_plan())["sections"][0]["blocks"][1]["runs"]
    assert [type(run) for run in dressed[:3]] == [str, dict, str]
    assert json.dumps(given)


def own_goals(folder: Path, old: str, new: str) -> None:
    (folder / "plan").mkdir()
    (folder / "annual").mkdir()
    text = (TEMPLATES / "plan" / "goals.typ").read_text(encoding="utf-8")
    assert old in text
    (folder / "plan" / "goals.typ").write_text(text.replace(old, new), encoding="utf-8")


def test_a_citys_own_goals_show_in_the_plan_and_in_the_annual_report(pdftotext: str, tmp_path: Path) -> None:
    own_goals(tmp_path, "text(goal.means)", '"own: "; text(goal.means)')
    for made in (
        write(plan(goals()), template(tmp_path / "plan", name="plan")),
        write(with_plan(), template(tmp_path / "annual")),
    ):
        assert "Keinot:own:tapaamiset" in "".join(page_texts(made, pdftotext, tmp_path))


def test_a_fault_in_a_citys_goals_is_told_with_its_place(tmp_path: Path) -> None:
    own_goals(tmp_path, "goal.means != ", "goal.keinot != ")
    with pytest.raises(ReportError) as caught:
        write(with_plan(), template(tmp_path / "annual"))
    (problem,) = caught.value.problems
    assert problem.code == "typst-error"
    assert str(problem.place).startswith("templates/plan/goals.typ:")
    assert "keinot" in problem.values["message"]


def test_a_plan_without_goals_or_head_is_written() -> None:
    bare = plan(Goals(()), organisation="", subtitle="", date="", roles=())
    assert write(bare, LAYOUT).startswith(b"%PDF-")
    assert write(plan(Goals((Goal("g", "Goal", "", ()),))), LAYOUT).startswith(b"%PDF-")
