"""A plan typeset in parts and joined is the plan of one run: its words, tags, bookmarks, links and page numbers."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from reports.document import Document, Goal, Goals, Run
from reports.write import pdf, pdf_parts
from reports.write.pdf_join import SEAM
from reports.write.pdf_parts import divide, grouped, write_in_parts
from reports.write.template import Template
from tests.goals_sample import hard, listed, many, plan, row
from tests.made_document import TEMPLATES, document, paragraph, template
from tests.pdf_sample import body_text, links, page_texts, squeezed, tags

LAYOUT = template(name="plan")
HEADS = "MittaritToimenpiteetVastuu"
SIZE = 150


def large() -> Document:
    """Goals of all kinds, one of them larger than a part; links out, to the same part and to another."""
    there = (Run("back", target="goal-3"), Run("on", target="goal-last"), Run("out", href="https://example.org/"))
    rows = (row("Linked", *(paragraph(run) for run in there)), row("After", listed(*["x"] * 15)))
    last = Goal("goal-last", "The last goal", "", (row("At last", paragraph("done")),))
    linked = Goal("goal-linked", "The linked goal", "", rows)
    return plan(Goals((*hard().goals, *many(60).goals, linked, last)))


@pytest.fixture(scope="module")
def joined() -> bytes:
    with warnings.catch_warnings(action="error"):  # what pikepdf warns of would be seen by people
        return write_in_parts(large(), LAYOUT, SIZE)


@pytest.fixture(scope="module")
def at_once() -> bytes:
    return pdf.typeset(large(), LAYOUT)


# -- how goals are divided


def rows_of(groups: list[tuple[Goal, ...]]) -> list[list[tuple[str, int]]]:
    return [[(goal.heading, len(goal.rows)) for goal in group] for group in groups]


def test_goals_are_divided_between_goals_and_only_a_large_one_within() -> None:
    small = [Goal(f"g{k}", f"Goal {k}", "means", many(3).goals[0].rows) for k in range(5)]  # 12 and 3 * 4 lines each
    assert rows_of(list(grouped(small, 50))) == [
        [("Goal 0", 3), ("Goal 1", 3)],
        [("Goal 2", 3), ("Goal 3", 3)],
        [("Goal 4", 3)],
    ]
    mixed = [small[0], many(20).goals[0], small[1]]
    assert rows_of(list(grouped(mixed, 80))) == [[("Goal 0", 3), ("Goal of many", 10)], [("", 10), ("Goal 1", 3)]]
    assert [goal.means for group in grouped(mixed, 80) for goal in group] == ["means", "means of many", "", "means"]
    assert list(grouped([], 50)) == [()]
    assert rows_of(list(grouped([Goal("g", "Empty", "", ())], 5))) == [[("Empty", 0)]]


@pytest.mark.parametrize("most", [13, 40, 41, 97, 150, 100_000])
def test_no_row_is_lost_or_moved(most: int) -> None:
    goals = large().sections[0].blocks[0]
    assert isinstance(goals, Goals)
    groups = list(grouped(goals.goals, most))
    found = [one for group in groups for goal in group for one in goal.rows]
    assert found == [one for goal in goals.goals for one in goal.rows]
    assert [goal.heading for group in groups for goal in group if goal.heading] == [one.heading for one in goals.goals]


def test_what_stands_around_the_goals_stays_around_them() -> None:
    made = large()
    first, *_, last = divide(replace(made, sections=(made.sections[1], *made.sections)), SIZE)
    assert [section.anchor for section in first.sections] == ["muuta", "tavoitteet"]
    assert [section.anchor for section in last.sections] == [SEAM, "muuta"]


def test_a_document_that_tells_of_other_pages_is_not_divided() -> None:
    made = large()
    for whole in (
        replace(made, contents=True),
        replace(made, attachments=document().attachments),
        replace(made, separate=("elsewhere",)),
        replace(made, sections=made.sections * 2),
    ):
        assert divide(whole, SIZE) == [whole]
    assert len(divide(made, SIZE)) == 4


# -- what the joined document holds


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
def test_validators_find_nothing(joined: bytes, profile: page.ValidationProfile, tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(joined)
    result = page.validate_pdf(str(path), profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []


def test_it_reads_as_the_document_of_one_run(joined: bytes, at_once: bytes, pdftotext: str, tmp_path: Path) -> None:
    words = [body_text(large(), page_texts(made, pdftotext, tmp_path)).replace(HEADS, "") for made in (joined, at_once)]
    assert words[0] == words[1]
    assert "Row59end" in words[0]


def test_page_numbers_run_through_and_know_how_many_there_are(joined: bytes, pdftotext: str, tmp_path: Path) -> None:
    pages = page_texts(joined, pdftotext, tmp_path)
    assert len(pages) > 6
    assert [text.rsplit(squeezed(large().date), 1)[1] for text in pages] == [
        f"{number}/{len(pages)}" for number in range(1, len(pages) + 1)
    ]
    assert all(text.startswith(squeezed(large().organisation + large().title)) for text in pages[1:])


def test_tags_are_those_of_one_run_but_for_the_tables_that_go_on(joined: bytes, at_once: bytes) -> None:
    names, wanted = ([tag.name for tag in tags(made)] for made in (joined, at_once))
    going_on = sum(1 for part in divide(large(), SIZE) if next(pdf.goals_of(part)).heading == "")
    assert going_on > 0
    extra = {"Table": 1, "THead": 1, "TBody": 1, "TR": 1, "TH": 3, "Strong": 3}
    others = {"Link": -1}  # the link to another part
    for name in {*names, *wanted}:
        assert names.count(name) == wanted.count(name) + going_on * extra.get(name, 0) + others.get(name, 0), name
    heads = [[name for name in found if re.fullmatch(r"H\d|Title", name)] for found in (names, wanted)]
    assert heads[0] == heads[1]


def test_every_piece_of_a_page_is_found_in_the_tags(joined: bytes) -> None:
    with pikepdf.open(BytesIO(joined)) as opened:
        tree = opened.Root.StructTreeRoot
        numbers = list(tree.ParentTree.Nums)
        found: Any = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        assert len(found) == len(numbers) // 2
        assert [*found] == sorted(found)
        assert max(found) < tree.ParentTreeNextKey
        for leaf in opened.pages:
            content = b" ".join(stream.read_bytes() for stream in contents(leaf))
            pieces = {int(number) for number in re.findall(rb"/MCID (\d+)", content)}
            assert pieces == set(range(len(found[leaf.StructParents])))
            assert {tag.Pg.objgen for tag in found[leaf.StructParents]} == {leaf.objgen}
            for note in leaf.get("/Annots", ()):
                tag = found.pop(int(note.StructParent))
                assert any(kid.get("/Obj", note).objgen == note.objgen for kid in tag.K if not isinstance(kid, int))


def contents(leaf: pikepdf.Page) -> list[Any]:
    found: Any = leaf.Contents
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_cells_find_their_headings(joined: bytes) -> None:
    with pikepdf.open(BytesIO(joined)) as opened:
        names = list(opened.Root.StructTreeRoot.IDTree.Names)
        ids = [bytes(name) for name in names[::2]]
        assert ids == sorted(set(ids))
        assert [bytes(tag.ID) for tag in names[1::2]] == ids
        looks = [look for tag in opened.objects if isinstance(tag, pikepdf.Dictionary) for look in tag.get("/A", ())]
        wanted = [bytes(name) for look in looks if "/Headers" in look for name in look.Headers]
    assert len(ids) == len(tags(joined, "TH"))
    assert set(wanted) == set(ids)


def bookmarks(made: bytes) -> list[tuple[str, list[str], int]]:
    with pikepdf.open(BytesIO(made)) as opened, opened.open_outline() as outline:
        places = {leaf.objgen for leaf in opened.pages}
        every: list[Any] = [*outline.root, *(one for top in outline.root for one in top.children)]
        assert all(one.destination[0].objgen in places for one in every)
        roots: list[Any] = outline.root
        counts = [int(top.obj.get("/Count", 0)) for top in roots]
        return [
            (top.title, [one.title for one in top.children], count)
            for top, count in zip(outline.root, counts, strict=True)
        ]


def test_bookmarks_are_those_of_one_run(joined: bytes, at_once: bytes) -> None:
    assert bookmarks(joined) == bookmarks(at_once)
    assert len(bookmarks(joined)[0][1]) == 6


def test_anchors_are_those_of_one_run_and_in_order(joined: bytes, at_once: bytes) -> None:
    found = []
    for made in (joined, at_once):
        with pikepdf.open(BytesIO(made)) as opened:
            names = list(opened.Root.Names.Dests.Names)
            assert all(place[0].objgen in {leaf.objgen for leaf in opened.pages} for place in names[1::2])
            found.append([str(name) for name in names[::2]])
    assert found[0] == sorted(found[1]) != []


def test_links_lead_out_and_within_a_part(joined: bytes) -> None:
    assert [address for address, _ in links(joined)] == ["", "https://example.org/"]
    with pikepdf.open(BytesIO(joined)) as opened:
        (note,) = (one for leaf in opened.pages for one in leaf.get("/Annots", ()) if "/URI" not in one.get("/A", {}))
        names = list(opened.Root.Names.Dests.Names)
        places = dict(zip(map(str, names[::2]), names[1::2], strict=True))
        to: Any = note.get("/Dest") or note.A.D
        to = places[str(to)] if isinstance(to, pikepdf.String) else to
        assert to[0].objgen == places["goal-last"][0].objgen


def test_metadata_tells_of_the_whole(joined: bytes, at_once: bytes) -> None:
    def described(made: bytes) -> tuple[str, int, int]:
        with pikepdf.open(BytesIO(made)) as opened:
            text = bytes(opened.Root.Metadata.read_bytes()).decode()
            claims = " ".join(re.findall(r"<pdf\w*id:\w+>\w+", text)) + str(opened.docinfo) + str(opened.Root.Lang)
            told = re.findall(r"NPages>(\d+)", text)
            return claims, int(told[0]), len(opened.pages)

    claims, told, pages = described(joined)
    assert claims == described(at_once)[0]
    assert told == pages


# -- when it is made so


def test_same_bytes_each_time_and_another_mark_for_another_text(joined: bytes) -> None:
    assert write_in_parts(large(), LAYOUT, SIZE) == joined
    made = large()
    other = write_in_parts(replace(made, sections=(made.sections[0],)), LAYOUT, SIZE)
    marks = [re.search(rb"<xmpMM:InstanceID>([^<]+)", found) for found in (joined, other)]
    assert marks[0]
    assert marks[1]
    assert marks[0][1] != marks[1][1]


def test_a_layout_that_cannot_be_made_in_parts_is_made_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    text = (TEMPLATES / "plan" / "report.typ").read_text(encoding="utf-8")
    own = text.replace("#sections(turn: false)", "#block(sections(turn: false))")
    assert own != text
    (tmp_path / "plan" / "report.typ").write_text(own, encoding="utf-8")
    layout = template(tmp_path / "plan", name="plan")
    assert write_in_parts(large(), layout, SIZE) == pdf.typeset(large(), layout)


def test_only_a_large_plan_is_made_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Document] = []

    def noted(made: Document, _: Template) -> bytes:
        asked.append(made)
        return b"parts"

    monkeypatch.setattr(pdf_parts, "write_in_parts", noted)
    small, big = plan(many(3)), plan(many(pdf.LARGE // 4))
    assert pdf.write(small, LAYOUT).startswith(b"%PDF-")
    assert asked == []
    assert pdf.write(big, LAYOUT) == b"parts"
    assert asked == [big]


def test_an_ordinary_document_does_not_load_what_joins(root: Path) -> None:
    code = (
        "import sys; from tests.goals_sample import many, plan; from tests.made_document import template;"
        "from reports.write import pdf;"
        "before = set(sys.modules); pdf.write(plan(many(3)), template(name='plan'));"
        "print(sorted({'pikepdf', 'typst'} & (set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "['typst']"


MEASURED = """
import pathlib, re, resource, sys
from tests.goals_sample import many, plan
from tests.made_document import template
from reports.write import pdf, pdf_parts
if __name__ == "__main__":
    made, layout = plan(many(1500)), template(name="plan")
    pdf_parts.write_in_parts(made, layout, 1500) if sys.argv[1] == "parts" else pdf.typeset(made, layout)
    held = re.search(r"VmHWM:\\s+([0-9]+)", pathlib.Path("/proc/self/status").read_text())[1]  # not our parent
    print(int(held) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in other units, or not at all")
def test_parts_need_less_memory_than_one_run(root: Path, tmp_path: Path) -> None:
    (tmp_path / "measured.py").write_text(MEASURED, encoding="utf-8")
    most = []
    for how in ("parts", "one"):
        command = [sys.executable, str(tmp_path / "measured.py"), how]
        done = subprocess.run(
            command, cwd=root, env={"PYTHONPATH": str(root)}, capture_output=True, check=True, encoding="utf-8"
        )
        most.append(max(map(int, done.stdout.split())))
    assert most[0] < 0.6 * most[1]
