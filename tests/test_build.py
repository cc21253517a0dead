"""The commands: what they say, their exit codes, progress, and a start without packages or with an old Python."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.trips import OUT, REPORT, ROOT, City, apart, built_city, contents

DATA = "data/kuvitteila"
TEXT = f"{DATA}/2021/annual.md"


@pytest.fixture
def city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> City:
    return built_city(tmp_path / "home", capsys)


def test_a_file_that_cannot_be_read_is_told(city: City) -> None:
    path = city.folder / TEXT
    path.unlink()
    path.mkdir()
    said = city.run(*REPORT)
    assert said.code == 2
    assert f"{TEXT}: " in said.err


def test_a_folder_in_a_documents_place_is_told(city: City) -> None:
    (city.out / "annual.html").unlink()
    (city.out / "annual.html").mkdir()
    said = city.run(*REPORT, "--format", "html")
    assert said.code == 3
    assert "annual.html" in said.err
    assert "se on kansio" in said.err


def test_check_finds_everything_in_a_home_at_once(city: City) -> None:
    city.change(f"{DATA}/2021/observations.csv", ";800;", ";8OO;")
    city.change(TEXT, "Ensimmäinen vuosi onnistui", "Ensimmäiset 17 viikkoa onnistuivat")
    city.write("data/toinen/area.yaml", "organisation: Toinen\n")
    before = contents(city.folder / "data")
    said = city.run("check")
    assert said.code == 1
    for place in (f"{DATA}/2021/observations.csv:2:value", f"{TEXT}:", "data/toinen/"):
        assert place in said.err, said.err
    assert contents(city.folder / "data") == before
    assert "Tarkistettu raportteja: 1, virheitä: " in said.out


def test_check_of_good_data_says_so(city: City) -> None:
    said = city.run("check", "2021")
    assert (said.code, said.out) == (0, "Tarkistettu raportteja: 1, virheitä: 0, varoituksia: 0, tiedossa: 1.\n")


def test_checking_nothing_is_not_an_all_clear(city: City) -> None:
    said = city.run("check", "2019")
    assert said.code == 1
    assert "kuvitteila 2021" in said.err
    (city.folder / "data" / "kuvitteila" / "area.yaml").unlink()
    assert city.run("check").code == 1


def test_an_acknowledged_warning_stays_0_under_strict_and_another_is_1(city: City) -> None:
    said = city.run(*REPORT, "--strict")
    assert said.code == 0
    assert "Tiedossa: " in said.err
    city.write(f"{DATA}/vanhat luvut/note.txt", "x")
    assert city.run("check").code == 0
    said = city.run(*REPORT, "--strict", "--quiet")
    assert said.code == 1
    assert "Varoitus: data/kuvitteila/vanhat luvut" in said.err


def test_quiet_says_only_errors(city: City) -> None:
    said = city.run(*REPORT, "--quiet")
    assert (said.code, said.all) == (0, "")
    city.change(f"{DATA}/2021/observations.csv", ";800;", ";8OO;")
    said = city.run(*REPORT, "-q")
    assert said.code == 1
    assert said.err.startswith("Virhe: ")


def test_list_shows_reports_areas_and_periods(city: City) -> None:
    assert city.run("list").out.split("\n")[:2] == ["annual: Vuosiraportti", "  kuvitteila: 2021"]
    assert "plan: Toimintasuunnitelma" in city.run("list").out.split("\n")


def test_context_shows_what_a_template_may_use(city: City) -> None:
    said = city.run("context", "annual", "2021")
    assert said.code == 0
    lines = said.out.splitlines()
    assert any(line.startswith("title ") and "Kuvitteilan työllisyyspalvelut 2021" in line for line in lines)
    assert any(line.startswith("sections[].blocks[].caption ") for line in lines)


def test_the_report_is_named_before_its_documents(city: City) -> None:
    lines = city.run(*REPORT).out.splitlines()
    assert lines[0] == "Vuosiraportti 2021, kuvitteila"
    assert [line.split()[0].split("/")[-1] for line in lines[1:4]] == ["annual.docx", "annual.pdf", "annual.html"]


def test_common_options_may_stand_before_the_command(city: City) -> None:
    said = apart("--home", str(city.folder), "--lang=en", "-q", "list")
    assert said.code == 0
    assert said.out.startswith("annual: Annual report")


def test_new_makes_a_working_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import build

    folder = tmp_path / "oma-kunta"
    assert build.main(["new", str(folder)]) == 0
    assert "report annual 2024" in capsys.readouterr().out
    city = City(folder, capsys)
    said = city.run("report", "annual", "2024", "--strict", *(f"--format={kind}" for kind in FORMATS))
    assert (said.code, said.err) == (0, "")
    made = {path.name for path in (folder / "out/kunta/2024").iterdir()}
    assert made == {*(f"annual.{kind}" for kind in FORMATS), "manifest.json"}
    assert city.run("check", "--strict").code == 0
    assert "Esimerkkiaineisto" in (folder / "out/kunta/2024/annual.html").read_text(encoding="utf-8")
    assert city.run("report", "plan", "2025", "--strict").code == 0
    assert (folder / "LUEMINUT.md").is_file()


FORMATS = ("docx", "pdf", "html", "xlsx")


def test_new_writes_nothing_where_something_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import build

    (tmp_path / "note.txt").write_text("mine")
    assert build.main(["new", str(tmp_path)]) == 2
    assert "Kansio ei ole tyhjä" in capsys.readouterr().err
    assert build.main(["new", str(tmp_path / "note.txt")]) == 2
    assert build.main(["new", str(tmp_path / "note.txt" / "below")]) == 3
    assert contents(tmp_path) == {"note.txt": b"mine"}


def test_without_its_packages_the_program_says_what_to_run() -> None:
    for language, words in (("fi", "Aja: make report"), ("en", "make report")):
        said = apart("list", flags=("-S",), VUOSIKELLO_LANG=language)
        assert said.code == 2, said.all
        assert words in said.err
        assert "requirements.lock" in said.err
        assert "Traceback" not in said.all


def test_an_old_python_is_told_so() -> None:
    script = (
        "import runpy, sys\nsys.version_info = (3, 9, 0)\nsys.path.insert(0, '.')\n"
        "runpy.run_path('build.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert "3.11" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_that_lacks_letters_gets_substitutes(city: City) -> None:
    said = city.apart(*REPORT, PYTHONIOENCODING="ascii")
    assert said.code == 0, said.err
    assert "ajan tasalla" in said.out


@pytest.mark.skipif(os.name == "nt", reason="needs a shell's pipe")
def test_a_reader_who_leaves_early_is_no_error(city: City) -> None:
    command = f'"{sys.executable}" build.py context annual 2021 --home "{city.folder}" | head -n 1'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert (len(done.stdout.splitlines()), done.stderr) == (1, "")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_what_takes_long_shows_progress_and_wraps_at_a_terminal(city: City) -> None:
    import pty

    city.change(TEXT, "Ensimmäinen vuosi onnistui", "Ensimmäinen vuosi sujui")
    main, side = pty.openpty()
    script = (
        "import sys, build\nfrom reports import progress\nprogress.PATIENCE = 0.0\nsys.exit(build.main(sys.argv[1:]))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, *REPORT, "--home", str(city.folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=side,
        env={**os.environ, "COLUMNS": "70"},
    ) as run:
        os.close(side)
        lines = read_all(main).splitlines()
    assert run.returncode == 0, lines
    assert any(line.startswith("Kootaan asiakirjaa") for line in lines)
    assert "Tehdään tiedostoa annual.docx …" in lines
    assert max(map(len, lines)) < 70
    known = next(at for at, line in enumerate(lines) if line.startswith("Tiedossa: "))
    assert lines[known + 1].startswith("    ")


def read_all(descriptor: int) -> str:
    out = b""
    while True:
        try:
            part = os.read(descriptor, 4096)
        except OSError:  # Linux says so when the other side is closed
            part = b""
        if not part:
            return out.decode()
        out += part


def test_one_long_step_is_told_while_it_lasts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from reports import progress

    monkeypatch.setattr(progress, "PATIENCE", 0.02)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress.Progress(time.perf_counter(), lambda step, **_: step, quiet=False) as tell:
        tell("first")
        tell("second")
        time.sleep(0.1)
        tell("third")
    tell("after")
    assert capsys.readouterr().err == "second\nthird\n"


def test_no_progress_where_nobody_watches(city: City) -> None:
    city.change(TEXT, "Ensimmäinen vuosi onnistui", "Ensimmäinen vuosi sujui")
    said = city.run(*REPORT, "--format", "html")
    assert "…" not in said.err
    assert len([line for line in said.err.splitlines() if line.startswith("Tiedossa")]) == 1
    assert (city.folder / OUT / "annual.html").is_file()


def test_check_reads_the_language_that_a_report_is_made_in(city: City) -> None:
    city.write("data/home.yaml", "area: kuvitteila\nlanguage: en\n")
    said = city.run("check", "--lang", "fi")
    assert f"Varoitus: {DATA}/2021/annual.en.md: " in said.err
    text = (city.folder / TEXT).read_text(encoding="utf-8")
    city.write(f"{DATA}/2021/annual.en.md", text.replace("{{ aste }}", "{{ astee }}"))
    said = city.run("check", "--lang", "fi")
    assert said.code == 1
    assert f"{DATA}/2021/annual.en.md:" in said.err
    assert "Tarkistettu raportteja: 2," in said.out


def test_check_reads_the_figures_of_a_period_without_a_text(city: City) -> None:
    sums = "- name: Vanha\n  total: tyottomat 2019-03 Kuvitteila\n  parts:\n    - tyottomat 2019-04 Kuvitteila\n"
    city.write(f"{DATA}/2019/sums.yaml", sums)
    old = (city.folder / "data/statistics/demo/2020.csv").read_text(encoding="utf-8").replace("2020-", "2019-")
    city.write("data/statistics/demo/2019.csv", old)
    said = city.run("check")
    assert said.code == 1
    assert f"Virhe: {DATA}/2019/sums.yaml:1" in said.err
    assert "Tarkistettu raportteja: 1, virheitä: 1, varoituksia: 0, tiedossa: 1." in said.out
