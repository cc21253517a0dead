"""Next year's plan from this year's: what changes in the file, what does not, and what people are asked to decide."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reports.plan.worklist import Sort
from tests.made_plan import PLAN, made_city
from tests.trips import City, contents

ROLL = ("roll", "2024", "--from", "2023")
OLD, NEW = "data/koe/2023/plan.yaml", "data/koe/2024/plan.yaml"
PAPER = "out/koe/2024/plan-worklist.docx"
REMARK = re.compile(r"\s*# TARKISTA 2024: ")
FULL_STOP = "# TARKISTA 2024: "


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return made_city(tmp_path / "koe", capsys)


def rolled(city: City, *options: str) -> str:
    """The new plan's text."""
    said = city.run(*ROLL, *options)
    assert said.code == 0, said.err
    return (city.folder / NEW).read_bytes().decode()


def remark(text: str, line: str) -> str:
    """The remark that stands above a line of the plan."""
    lines = text.splitlines()
    at = next(number for number, one in enumerate(lines) if one.strip() == line)
    assert REMARK.match(lines[at - 1]), f"no remark above {line!r}"
    return REMARK.sub("", lines[at - 1])


def changed(old: str, new: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The lines that were replaced, with what they are now, and the lines that were added; remarks are left out."""
    before = old.splitlines(keepends=True)
    after = [line for line in new.splitlines(keepends=True) if not REMARK.match(line)]
    replaced: list[tuple[str, str]] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "insert":
            added += after[j1:j2]
        elif tag != "equal":
            assert i2 - i1 == j2 - j1, (before[i1:i2], after[j1:j2])
            replaced += zip(before[i1:i2], after[j1:j2], strict=True)
    return [(one.strip(), other.strip()) for one, other in replaced], added


# What is meant to change in the file; a list of two years moves on by one, which a line by line look sees as two.
REPLACED = [
    ('title:   "Koelan suunnitelma 2023"', 'title:   "Koelan suunnitelma 2024"'),
    ("toimet vuonna 2023", "toimet vuonna 2024"),
    ("due: 12/23", "due: 12/24"),
    ('baseline: "11/22"', 'baseline: "12/23"'),
    ("baseline: 2022-11", "baseline: 2023-12"),
    ("baseline: marraskuu 2022", "baseline: 12/2023"),
    ("due: 30.6.2023", "due: 30.6.2024"),
    ("- 2021", "- 2022"),
    ("- '2022'", "- '2023'"),
    ("baseline: 11/2022", "baseline: 12/2023"),
    ("name: Koulutuksessa vuonna 2023", "name: Koulutuksessa vuonna 2024"),
]


def as_it_is(text: str) -> bytes:
    return text.encode()


def with_windows_line_ends(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def with_a_mark(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


def without_a_last_line_end(text: str) -> bytes:
    return text.rstrip("\n").encode()


def with_wide_steps(text: str) -> bytes:
    wider = re.sub(r"^ +", lambda found: " " * (len(found[0]) * 3 // 2), text, flags=re.MULTILINE)
    return wider.replace("-   ", "-     ").encode()


@pytest.mark.parametrize(
    "layout", [as_it_is, with_windows_line_ends, with_a_mark, without_a_last_line_end, with_wide_steps]
)
def test_only_what_is_meant_to_change_changes_byte_for_byte(city: City, layout: Callable[[str], bytes]) -> None:
    old = layout(PLAN)
    (city.folder / OLD).write_bytes(old)
    new = rolled(city)
    replaced, added = changed(old.decode(), new)
    assert sorted(replaced) == sorted(REPLACED)
    assert [line.strip() for line in added] == ["baseline: 12/2023"]
    line_end = "\r\n" if b"\r\n" in old else "\n"
    assert all(line.endswith(line_end) for line in new.splitlines(keepends=True)[:-1])


def test_the_look_at_changes_would_see_a_changed_space() -> None:
    replaced, added = changed(PLAN, PLAN.replace("pysyy alle 900   ", "pysyy alle 900").replace("terms:", "\nterms:"))
    assert replaced == [("target: pysyy alle 900", "target: pysyy alle 900")]
    assert added == ["\n"]


def test_the_new_plan_is_a_plan_without_errors(city: City) -> None:
    rolled(city)
    said = city.run("report", "plan", "2024", "--format", "docx")
    assert said.code == 0, said.err
    assert (city.folder / "out/koe/2024/plan.docx").exists()


def test_twice_changes_nothing(city: City) -> None:
    rolled(city)
    before = contents(city.folder)
    said = city.run(*ROLL)
    assert said.code == 0
    assert "on jo olemassa ja täsmälleen sellainen" in said.out
    assert "tavoite täyttyi" not in said.out
    assert contents(city.folder) == before


def test_a_plan_that_somebody_has_edited_is_never_replaced(city: City) -> None:
    rolled(city)
    city.change(NEW, "pysyy alle 900", "pysyy alle 850")
    before = contents(city.folder / "data")
    papers = contents(city.folder / "out/koe")
    said = city.run(*ROLL)
    assert said.code == 1
    assert said.err.startswith(f"Virhe: {NEW}: Kauden 2024 suunnitelma on jo olemassa, eikä sitä korvata.")
    assert contents(city.folder / "data") == before
    assert contents(city.folder / "out/koe") == papers


def test_decisions_written_into_the_word_file_are_not_overwritten(city: City) -> None:
    rolled(city)
    (city.folder / PAPER).write_bytes(b"decided")
    (city.folder / NEW).unlink()
    said = city.run(*ROLL)
    assert said.code == 0
    assert "plan-worklist.uusi.docx" in said.out
    assert (city.folder / PAPER).read_bytes() == b"decided"


def test_a_lost_word_file_is_made_again(city: City) -> None:
    rolled(city)
    made = (city.folder / PAPER).read_bytes()
    (city.folder / PAPER).unlink()
    assert city.run(*ROLL).code == 0
    assert (city.folder / PAPER).read_bytes() == made


def test_a_run_that_is_killed_before_the_plan_is_made_whole_by_the_next(
    city: City, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*arguments: Any, **options: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("reports.plan.roll.deliver", killed)
        assert city.run(*ROLL).code == 130
    assert not (city.folder / NEW).exists()
    new = rolled(city)
    assert new == rolled(made_city(tmp_path / "other", capsys))
    assert not list(city.folder.rglob("*.uusi.docx"))


def test_every_kind_of_decision_is_asked_for(city: City) -> None:
    from reports.messages import catalogue

    said = city.run(*ROLL)
    names = catalogue("fi").part("roll")["sort"]
    assert set(names) == {str(sort) for sort in Sort}
    found = {line.strip().split(" (")[0] for line in said.out.splitlines() if re.match(r"  \S", line)}
    assert set(names.values()) <= found
    assert max(len(line) for line in said.out.splitlines() if str(city.folder) not in line) <= 100


def test_a_baseline_stays_where_the_newest_figure_is_too_old(city: City) -> None:
    text = rolled(city)
    assert "Lähtötasoksi jäi 11/2022, koska tarpeeksi tuoretta lukua ei ole." in remark(text, "target: yli 60")
    assert re.search(r"target: yli 60\n +baseline: 11/2022\n", text)
    city.write("data/koe/2023-10/observations.csv", "indicator;period;value\nkokeilut;2023-10;70\n")
    (city.folder / NEW).unlink()
    assert re.search(r"target: yli 60\n +baseline: 10/2023\n", rolled(city))


def test_the_limit_of_a_baselines_age_is_the_areas(city: City) -> None:
    city.change("data/koe/area.yaml", "areas:", "followup:\n  baseline-months: 6\nareas:")
    assert re.search(r"target: yli 60\n +baseline: 6/2023\n", rolled(city))


def test_remarks_of_an_earlier_year_are_taken_out_and_a_persons_own_stay(city: City) -> None:
    rolled(city)
    city.change(NEW, "# keinot sovittiin", "# TARKISTA vielä: keinot sovittiin")
    said = city.run("roll", "2025", "--from", "2024")
    assert said.code == 0, said.err
    text = (city.folder / "data/koe/2025/plan.yaml").read_text(encoding="utf-8")
    assert "# TARKISTA 2024: " not in text
    assert "# TARKISTA 2025: " in text
    assert "# TARKISTA vielä: keinot sovittiin" in text
    assert "# lähtötaso on tarkistettu" in text
    assert 'title:   "Koelan suunnitelma 2025"' in text


def test_the_word_file_asks_everything_with_its_reason_and_room_to_write(city: City) -> None:
    from docx import Document

    rolled(city)
    document = Document(str(city.folder / PAPER))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:]]
    said = city.run(*ROLL, "--quiet")
    assert (said.code, said.out) == (0, "")
    assert len(rows) == (city.folder / NEW).read_text(encoding="utf-8").count(FULL_STOP)
    assert all(what and question and reason and not decision for what, question, reason, decision in rows)
    asked = next(row for row in rows if row[0] == "1.1 Asiakkaat")
    assert asked[1].split("\n") == ["Kiristetäänkö tavoitetta?", "Tavoite on nyt: pysyy alle 900\u00a0henkilöä."]
    assert "20\u00a0henkilöä alle rajan 900" in asked[2]
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Toimintasuunnitelman 2024 valmistelu" in words
    assert f"Päätettäviä asioita on {len(rows)}." in words
    width, height = document.sections[0].page_width, document.sections[0].page_height
    assert width
    assert height
    assert width > height


def test_the_word_file_is_without_faults(city: City) -> None:
    from openxml_audit import OpenXmlValidator

    rolled(city)
    assert [error.description for error in OpenXmlValidator().validate(city.folder / PAPER).errors] == []


def test_the_word_file_is_up_to_date_when_it_is_made(city: City) -> None:
    rolled(city)
    assert "plan-worklist.docx: ajan tasalla" in city.run("status").out


def test_messages_and_documents_have_their_own_languages(city: City) -> None:
    said = city.run(*ROLL, "--lang", "en")
    assert "target met (1): 1.1 Asiakkaat" in said.out
    assert "with the word TARKISTA." in said.out
    assert "# TARKISTA 2024: " in (city.folder / NEW).read_text(encoding="utf-8")
    (city.folder / NEW).unlink()
    city.run(*ROLL, "--document-lang", "en")
    assert "# CHECK 2024: Is the target to be tightened?" in (city.folder / NEW).read_text(encoding="utf-8")
    assert (city.folder / "out/koe/2024/plan-worklist.en.docx").exists()


@pytest.mark.parametrize(
    ("new", "old"), [("2023", "2023"), ("2022", "2023"), ("2024-03", "2023"), ("2024-2025", "2023")]
)
def test_periods_that_do_not_follow_each_other_are_refused(city: City, new: str, old: str) -> None:
    said = city.run("roll", new, "--from", old)
    assert said.code == 2
    assert said.err.startswith(f"Virhe: Kauden {old} suunnitelmasta ei voi tehdä kauden {new} suunnitelmaa.")
    assert not (city.folder / f"data/koe/{new}/plan.yaml").exists() or new == old


def test_a_period_without_a_plan_is_told(city: City) -> None:
    said = city.run("roll", "2023", "--from", "2022")
    assert said.code == 2
    assert said.err.startswith("Virhe: data/koe/2022/plan.yaml: Toimintasuunnitelmaa ei löydy.")


def test_a_slip_in_the_old_plan_is_told_and_nothing_is_written(city: City) -> None:
    city.change(OLD, "target: yli 60", "target: yli alle 60")
    said = city.run(*ROLL)
    assert said.code == 1
    assert re.match(rf"Virhe: {OLD}:\d+:\d+: ", said.err)
    assert not (city.folder / "data/koe/2024").exists()
