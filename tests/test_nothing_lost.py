"""Whole runs that end badly: killed, interrupted, full disk, edited documents, spoilt templates; no document is lost."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from reports.deliver import STAGE
from tests.steps import every_step, killed_at, stopped_at
from tests.test_deliver import another_process_holds_it, holding
from tests.trips import OUT, REPORT, ROOT, City, built_city, contents, new_city

TEXT = "data/kuvitteila/2021/annual.md"
NAMES = ["annual.docx", "annual.html", "annual.pdf", "manifest.json"]
EDIT = b"what a person wrote"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def reword(city: City, word: str = "sujui") -> None:
    """Make the documents stale."""
    city.change(TEXT, "Ensimmäinen vuosi ", f"Ensimmäinen vuosi {word} ja ")


# Killed, interrupted, full


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_a_whole_run_killed_while_it_writes_is_mended_by_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fourth step of a run that makes the page only; test_deliver.py goes through all steps of a set."""
    last = 0
    for step in (each for each in every_step() if each % 4 == 1):
        city = built_city(tmp_path / str(step), capsys)
        old = city.documents()
        reword(city)
        killed = killed_at(step, lambda home=city.folder: make_page(home))  # type: ignore[misc]
        assert city.run(*REPORT, "--format", "html").code == 0
        new = city.documents()
        assert sorted(new) == NAMES
        assert [name for name in NAMES if new[name] != old[name]] == ["annual.html", "manifest.json"]
        assert city.run(*REPORT, "--format", "html").out.count("ajan tasalla") == 1
        last = step
        if not killed:
            break
    assert last > 15


def make_page(home: Path) -> None:
    import build

    build.main([*REPORT, "--format", "html", "--quiet", "--home", str(home)])


def test_rubbish_of_a_killed_run_is_swept_even_when_nothing_is_to_be_made(city: City) -> None:
    before = city.documents()
    (city.out / STAGE / "old").mkdir(parents=True)
    (city.out / STAGE / "annual.docx").write_bytes(b"half a fi")
    assert city.run(*REPORT).out.count("ajan tasalla") == 3
    assert city.documents() == before
    assert not (city.out / STAGE).exists()


def test_status_does_not_take_a_killed_run_for_a_persons_edits(city: City) -> None:
    (city.out / STAGE / "old").mkdir(parents=True)
    said = city.run("status")
    assert said.out.count("ajan tasalla") == 3
    assert not (city.out / STAGE).exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_read_only_disk_leaves_the_old_documents_and_exits_3(
    city: City, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before = city.documents()
    reword(city)

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    reached = 0
    for step in every_step():
        with monkeypatch.context() as patched, stopped_at(step, patched, fail, writes_only=True) as steps:
            said = city.run(*REPORT, "--format", "html")
        if not steps.reached:
            break
        if said.code == 0:
            # The first steps write the cache, which a run can do without.
            assert reached == 0
            before = city.documents()
            reword(city)
            continue
        reached += 1
        assert said.code == 3
        assert "Virhe" in said.err or "voi lukea tai kirjoittaa" in said.err
        assert "ennallaan" in said.err or "voi lukea tai kirjoittaa" in said.err
        assert "Traceback" not in said.all
        assert city.documents() == before
        assert not (city.out / STAGE).exists()
    assert reached > 5
    assert said.code == 0


def test_an_interruption_in_the_middle_exits_130_and_leaves_the_old_documents(city: City) -> None:
    before = city.documents()
    reword(city)
    script = (
        "import os, signal, sys, build\nfrom reports.write import html\n"
        "real = html.write\n"
        "def write(*given):\n    os.kill(os.getpid(), signal.SIGINT)\n    return real(*given)\n"
        "html.write = write\nsys.exit(build.main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *REPORT, "--home", str(city.folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 130, done.stderr
    assert "Keskeytetty. Vanhat asiakirjat ovat ennallaan." in done.stderr
    assert "Traceback" not in done.stderr
    assert city.documents() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_from_outside_exits_130(city: City) -> None:
    reword(city)
    command = [sys.executable, str(ROOT / "build.py"), *REPORT, "--home", str(city.folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8") as run:
        time.sleep(0.35)
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=30)[1]
    assert run.returncode == 130, said
    assert "Traceback" not in said


# Held, locked, two at once


@pytest.mark.parametrize("name", NAMES)
def test_a_document_held_open_exits_3_and_the_old_set_is_whole(
    city: City, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = city.documents()
    reword(city)
    monkeypatch.setattr(os, "replace", holding(city.out / name))
    said = city.run(*REPORT)
    assert said.code == 3
    assert f"{name}: Tiedosto on auki toisessa ohjelmassa" in said.err
    assert city.documents() == before


def test_a_lock_held_by_another_run_exits_3(city: City) -> None:
    before = city.documents()
    reword(city)
    with another_process_holds_it(city.out, city.folder / "out/.cache/locks"):
        said = city.run(*REPORT, "--format", "html")
    assert said.code == 3
    assert "Toinen ajo tekee juuri näitä asiakirjoja" in said.err
    assert city.documents() == before
    assert city.run(*REPORT).code == 0


@pytest.mark.slow
def test_two_runs_at_once_leave_one_whole_set(city: City) -> None:
    reword(city)
    command = [sys.executable, str(ROOT / "build.py"), *REPORT, "--home", str(city.folder)]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(3)]
    codes = sorted(run.wait(timeout=60) for run in runs)
    assert codes[0] == 0
    assert set(codes) <= {0, 3}
    assert sorted(city.documents()) == NAMES
    assert city.run(*REPORT).out.count("ajan tasalla") == 3


# Edited by hand


def test_a_document_changed_by_hand_is_left_and_the_new_one_lies_beside(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    assert "annual.docx: muutettu käsin" in city.run("status").out
    reword(city)
    said = city.run(*REPORT)
    assert said.code == 0
    assert "annual.uusi.docx" in said.out
    assert "tiedostoa annual.docx on muutettu käsin, joten uusi on sen vieressä" in said.out
    found = city.documents()
    assert found["annual.docx"] == EDIT
    assert b"sujui" in document_xml(city.out / "annual.uusi.docx")
    assert b"sujui" in found["annual.html"]
    assert sorted(found) == sorted([*NAMES, "annual.uusi.docx"])
    assert "annual.docx: muutettu käsin" in city.run("status").out


def document_xml(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("word/document.xml")


def test_an_edit_without_any_change_in_the_data_lies_beside_too(city: City) -> None:
    built = city.documents()["annual.docx"]
    (city.out / "annual.docx").write_bytes(EDIT)
    assert city.run(*REPORT).code == 0
    assert city.documents()["annual.uusi.docx"] == built
    assert city.documents()["annual.docx"] == EDIT


def test_with_an_edited_document_a_second_run_makes_nothing(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    before = {path.name: path.stat().st_mtime_ns for path in city.out.iterdir()}
    said = city.run(*REPORT)
    assert said.code == 0
    assert "annual.uusi.docx" in said.out
    assert {path.name: path.stat().st_mtime_ns for path in city.out.iterdir()} == before


def test_the_one_beside_is_made_anew_after_further_changes(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    reword(city, "sujui")
    city.run(*REPORT)
    reword(city, "meni")
    said = city.run(*REPORT)
    assert "annual.uusi.docx" in said.out
    assert b"meni" in document_xml(city.out / "annual.uusi.docx")
    assert sorted(city.documents()) == sorted([*NAMES, "annual.uusi.docx"])


def test_when_the_one_beside_is_edited_too_a_third_is_made(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    (city.out / "annual.uusi.docx").write_bytes(EDIT + b" twice")
    for word in ("sujui", "meni"):
        reword(city, word)
        assert "annual.uusi2.docx" in city.run(*REPORT).out
    found = city.documents()
    assert (found["annual.docx"], found["annual.uusi.docx"]) == (EDIT, EDIT + b" twice")
    assert b"meni" in document_xml(city.out / "annual.uusi2.docx")
    assert sorted(found) == sorted([*NAMES, "annual.uusi.docx", "annual.uusi2.docx"])


def test_a_person_who_takes_the_new_one_over_is_back_to_normal(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    reword(city)
    city.run(*REPORT)
    (city.out / "annual.uusi.docx").replace(city.out / "annual.docx")
    assert "annual.docx: ajan tasalla" in city.run("status").out
    assert city.run(*REPORT).out.count("ajan tasalla") == 3
    reword(city, "meni")
    city.run(*REPORT)
    assert sorted(city.documents()) == NAMES
    assert b"meni" in document_xml(city.out / "annual.docx")


def test_a_person_who_throws_the_edited_one_away_gets_a_new_one_in_its_place(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    city.run(*REPORT)
    (city.out / "annual.docx").unlink()
    assert city.run(*REPORT).code == 0
    assert b"Ensimm" in document_xml(city.out / "annual.docx")
    assert "annual.docx: ajan tasalla" in city.run("status").out


def test_a_person_who_takes_an_edit_back_gets_the_new_text(city: City) -> None:
    built = city.documents()["annual.docx"]
    (city.out / "annual.docx").write_bytes(EDIT)
    reword(city)
    city.run(*REPORT)
    (city.out / "annual.docx").write_bytes(built)
    assert "annual.docx: vanhentunut" in city.run("status").out
    assert city.run(*REPORT).code == 0
    assert b"sujui" in document_xml(city.out / "annual.docx")


def test_a_file_of_the_same_name_that_is_not_ours_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = new_city(tmp_path / "home", capsys)
    city.write(f"{OUT}/annual.html", "someone's page")
    said = city.run(*REPORT, "--format", "html")
    assert said.code == 0
    assert "annual.uusi.html" in said.out
    assert city.documents()["annual.html"] == b"someone's page"
    (city.out / "annual.html").unlink()
    city.run(*REPORT, "--format", "html")
    assert b"Ensimm" in city.documents()["annual.html"]


def test_it_is_said_in_english_too(city: City) -> None:
    (city.out / "annual.docx").write_bytes(EDIT)
    said = city.run(*REPORT, "--lang", "en")
    assert "annual.uusi.docx" in said.out
    assert "by hand" in said.out
    assert "annual.docx: edited by hand" in city.run("status", "--lang", "en").out


# Text lost by a template


def test_a_word_template_that_loses_text_writes_nothing(city: City) -> None:
    from docx import Document

    before = city.documents()
    own = city.own("annual/report.docx")
    template = Document(str(own))
    paragraph = next(one for one in template.paragraphs if "block.text" in one.text and one.style.name != "Heading 2")
    for other in template.paragraphs:
        if "block.text" in other.text:
            other.clear()
            other.add_run("–")
    assert paragraph is not None
    template.save(str(own))
    said = city.run(*REPORT)
    assert said.code == 1
    assert "templates/annual/report.docx: Pohja jättää asiakirjan tekstiä pois" in said.err
    assert "Vanhat asiakirjat ovat ennallaan" in said.err
    assert city.documents() == before


def test_a_page_layout_that_loses_text_writes_nothing(city: City) -> None:
    before = city.documents()
    blocks = city.own("shared/blocks.html.j2")
    text = blocks.read_text(encoding="utf-8")
    assert "caption" in text
    blocks.write_text(text.replace("block.caption", "block.label"), encoding="utf-8")
    said = city.run(*REPORT)
    assert said.code == 1
    assert "Pohja jättää asiakirjan tekstiä pois" in said.err
    assert city.documents() == before


def test_a_tag_that_would_swallow_text_is_found_by_check_and_stops_the_report(city: City) -> None:
    from docx import Document

    before = city.documents()
    own = city.own("annual/report.docx")
    template = Document(str(own))
    template.add_paragraph("Tämä teksti katoaisi {%p if title %}")
    template.add_paragraph("{%p endif %}")
    template.add_paragraph("{{ titel }}")
    template.save(str(own))
    for said in (city.run("check"), city.run(*REPORT)):
        assert said.code == 1
        assert "koko kappale katoaisi" in said.err
        assert "nimi ”titel”, jota asiakirjassa ei ole. Lähin nimi: title" in said.err
        assert "templates/annual/report.docx:" in said.err
    assert city.documents() == before


def test_an_error_in_the_data_writes_nothing(city: City) -> None:
    before = contents(city.folder)
    city.change(TEXT, "Ensimmäinen vuosi onnistui", "Ensimmäiset 17 viikkoa onnistuivat")
    said = city.run(*REPORT)
    assert said.code == 1
    assert f"{TEXT}:" in said.err
    assert "Luku ”17” on kirjoitettu käsin" in said.err
    assert "Asiakirjoja ei tehty: virheitä 1." in said.err
    after = contents(city.folder)
    assert {name: after[name] for name in after if name.startswith(OUT)} == {
        name: before[name] for name in before if name.startswith(OUT)
    }
