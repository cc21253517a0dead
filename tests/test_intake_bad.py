"""Every bad file is refused, or warned of, in words that name the place; nothing of what is refused is kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reports.errors import Problem, ReportError
from reports.home import Home
from reports.intake.arrived import Asked
from reports.intake.importer import How, import_file
from reports.messages import LANGUAGES, catalogue
from tests.bad.bad import CODE, Bad
from tests.bad.mappings import MAPPINGS
from tests.bad.texts import TEXTS
from tests.bad.workbooks import WORKBOOKS
from tests.trips import contents

GOLDEN = Path(__file__).parent / "bad" / "sentences.txt"
FILES = [*TEXTS, *WORKBOOKS, *MAPPINGS]
TODAY = date(2026, 11, 22)
NAMES = re.compile(r'"((?:import|workbook|mapping|people)-[a-z-]+)"')


@pytest.fixture(scope="module")
def city(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A copy of the city; a file that is only warned of is not stored either, so that one copy does."""
    folder = tmp_path_factory.mktemp("bad") / "home"
    return Home(shutil.copytree(home, folder, ignore=shutil.ignore_patterns("out")))


def problems_of(bad: Bad, city: Home, folder: Path) -> tuple[Problem, ...]:
    path = folder / bad.name
    path.write_bytes(bad.data)
    mapping = folder / "mapping.yaml" if bad.mapping else None
    if mapping:
        mapping.write_text(bad.mapping, encoding="utf-8")
    asked = Asked(city, path, "kuvitteila", mapping, bad.options.get("table", ""))
    try:
        return import_file(asked, How(dry_run=bad.warning), TODAY).problems
    except ReportError as error:
        return error.problems


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.title)
def test_a_bad_file_is_named_at_its_place_and_not_kept(bad: Bad, city: Home, tmp_path: Path) -> None:
    before = contents(city.data)
    found = problems_of(bad, city, tmp_path)
    assert (bad.code, bad.place, bad.warning) in [(one.code, str(one.place), one.warning) for one in found], found
    assert any(not one.warning for one in found) is not bad.warning
    assert contents(city.data) == before
    for language in LANGUAGES:
        said = [catalogue(language).problem(one) for one in found]
        assert not [one for one in said if CODE.lower() in one.lower() or "131052" in one]


def test_the_sentences_are_the_reviewed_ones(city: Home, tmp_path: Path, update_golden: bool) -> None:
    lines = []
    for bad in FILES:
        wanted = next(
            one for one in problems_of(bad, city, tmp_path) if (one.code, str(one.place)) == (bad.code, bad.place)
        )
        lines += [bad.title, *(catalogue(language).problem(wanted) for language in LANGUAGES), ""]
    if update_golden:
        GOLDEN.write_text("\n".join(lines), encoding="utf-8")
    assert "\n".join(lines) == GOLDEN.read_text(encoding="utf-8")


def codes(root: Path) -> Iterator[str]:
    """The codes of problems that the program's imports can name."""
    for path in (root / "reports" / "intake").glob("*.py"):
        yield from NAMES.findall(path.read_text(encoding="utf-8"))


def test_every_sentence_of_imports_has_its_bad_file(root: Path) -> None:
    known = {code for code in catalogue("fi").part("problem") if NAMES.fullmatch(f'"{code}"')}
    elsewhere = {
        *(
            "import-missing",
            "mapping-missing",
            "workbook-large",
            "import-large",
            "import-meanwhile",
            "import-code",
            "import-more",
            "import-more-warnings",
        ),
        *("import-dimension", "import-dimensions", "import-no-dimension", "import-take", "import-time"),
    }
    assert len(known) > 60
    assert known - elsewhere == {bad.code for bad in FILES} & known


def test_the_files_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    titles = [bad.title for bad in FILES]
    assert len(set(titles)) == len(titles)
    assert len(FILES) >= 120
    with capsys.disabled():
        kinds = len({bad.code for bad in FILES})
        print(f"\nbad files tried: {len(FILES)}, kinds of faults: {kinds}")  # noqa: T201
