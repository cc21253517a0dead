"""Every slip in the files of a home is named with its place, in both languages, and all of them in one run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reports.errors import Problem, ReportError
from reports.home import open_home
from reports.messages import LANGUAGES, catalogue
from reports.period import Period
from reports.read.dataset import read_dataset
from reports.read.front_matter import read_text
from reports.read.plan import read_notes, read_plan
from reports.read.setup import read_home
from tests.read.slip import PLAN, TEXT, Slip, write_extra
from tests.read.spoilt import SLIPS

GOLDEN = Path(__file__).parent / "read" / "sentences.txt"
YEARS = (2020, 2021)


def problems_of(folder: Path) -> list[Problem]:
    """Everything that is wrong in a home, as a check of it would gather it."""
    home = open_home(folder)
    _, problems = read_home(home)
    dataset = read_dataset(home, "kuvitteila", YEARS)
    problems += [*dataset.problems, *read_text(home, home.root / TEXT).problems]
    if (home.root / PLAN).is_file():
        plan, found = read_plan(home, "kuvitteila", Period.year(2021), dataset)
        problems += [*found, *read_notes(home, "kuvitteila", Period.year(2021), plan)[1]]
    return problems


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(home, tmp_path / "home")


def named(slip: Slip, folder: Path) -> list[Problem]:
    slip.make(folder)
    return [one for one in problems_of(folder) if (one.code, str(one.place)) == (slip.code, slip.where)]


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.title)
def test_a_slip_is_named_at_its_place(slip: Slip, copy: Path) -> None:
    slip.make(copy)
    found = problems_of(copy)
    assert (slip.code, slip.where) in [(one.code, str(one.place)) for one in found], found


def test_the_city_itself_has_no_problems(home: Path, copy: Path) -> None:
    assert problems_of(home) == []
    write_extra(copy)
    assert problems_of(copy) == []


def test_the_sentences_are_the_reviewed_ones(home: Path, tmp_path: Path, update_golden: bool) -> None:
    lines = []
    for slip in SLIPS:
        folder = shutil.copytree(home, tmp_path / slip.title.replace(" ", "-"))
        problem = next(iter(named(slip, folder)))
        lines += [slip.title, *(catalogue(language).problem(problem) for language in LANGUAGES), ""]
    if update_golden:
        GOLDEN.write_text("\n".join(lines), encoding="utf-8")
    assert "\n".join(lines) == GOLDEN.read_text(encoding="utf-8")


def test_every_sentence_of_the_readers_has_its_slip(root: Path) -> None:
    sources = [*(root / "reports" / "read").glob("*.py"), *(root / "reports" / "goals").glob("target*.py")]
    # The readers of statistical tables have their spoilt files in test_px.py and test_jsonstat.py.
    sources = [path for path in sources if not path.name.startswith(("cube", "px", "jsonstat"))]
    literals = {
        word for path in sources for word in re.findall(r'"([a-z]+(?:-[a-z]+)*)"', path.read_text(encoding="utf-8"))
    }
    codes = literals & set(catalogue("fi").part("problem"))
    elsewhere = {"file-missing", "file-locked", "text-missing", "plan-missing"}
    assert len(codes) > 50
    assert codes - elsewhere == {slip.code for slip in SLIPS}


def test_slips_in_many_files_are_named_in_one_run(copy: Path) -> None:
    titles = {
        "an unknown key",
        "an unknown indicator",
        "a date twice",
        "a language there is none of",
        "a fact with a hyphen",
    }
    slips = [slip for slip in SLIPS if slip.title in titles]
    assert len(slips) == len(titles)
    for slip in slips:
        slip.make(copy)
    found = {(one.code, str(one.place)) for one in problems_of(copy)}
    assert found >= {(slip.code, slip.where) for slip in slips}


def test_a_broken_catalogue_does_not_drown_its_own_slip(copy: Path) -> None:
    slip = next(slip for slip in SLIPS if slip.title == "a target that begins with a sign")
    slip.make(copy)
    assert [one.code for one in problems_of(copy)] == ["yaml-syntax"]


@pytest.mark.parametrize("name", ["area", "indicators", "sources"])
def test_a_missing_file_is_one_problem(name: str, copy: Path) -> None:
    (copy / "data" / "kuvitteila" / f"{name}.yaml").unlink()
    if name == "area":
        with pytest.raises(ReportError) as caught:
            problems_of(copy)
        assert caught.value.exit_code == 2
    else:
        assert [(one.code, str(one.place)) for one in problems_of(copy)] == [
            ("file-missing", f"data/kuvitteila/{name}.yaml")
        ]


def test_an_area_that_is_not_there_stops_with_those_there_are(home: Path) -> None:
    with pytest.raises(ReportError) as caught:
        read_dataset(open_home(home), "kuvitela", YEARS)
    assert caught.value.exit_code == 2
    assert catalogue("fi").problem(caught.value.problems[0]).endswith("area.yaml: kuvitteila.")


def test_a_file_that_another_program_holds_stops(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", held)
    with pytest.raises(ReportError) as caught:
        read_dataset(open_home(home), "kuvitteila", YEARS)
    found = caught.value.problems[0]
    assert (caught.value.exit_code, found.code, str(found.place)) == (3, "file-locked", "data/kuvitteila/area.yaml")


def test_a_text_that_is_not_there_stops(home: Path) -> None:
    with pytest.raises(ReportError) as caught:
        read_text(open_home(home), home / "data" / "kuvitteila" / "2021" / "monthly.md")
    assert (caught.value.exit_code, caught.value.problems[0].code) == (2, "text-missing")
