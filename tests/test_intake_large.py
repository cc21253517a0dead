"""A table of all areas and months comes in whole, and within its memory; `make bench` says how long it takes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.imports import AREAS, CONTENTS, MONTHS, made_up
from tests.trips import ROOT

MOST_MEGABYTES = 300
# In a process of its own: a process counts what the one that started it held, and this one holds the test run.
BRING_IN = (
    "import sys; from pathlib import Path; from benchmarks.imports import bring_in; "
    "print(bring_in(Path(sys.argv[1]), Path(sys.argv[2])).megabytes)"
)


def test_the_made_up_table_is_as_large_as_the_real_one(tmp_path: Path) -> None:
    text = made_up(tmp_path / "table.csv").read_text(encoding="utf-8")
    assert text.count("\n") == 1 + AREAS * MONTHS == 1 + 88_596
    assert text.count("...") > 9_000


def test_a_large_table_comes_in_whole_and_within_its_memory(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data", ignore=shutil.ignore_patterns("statistics"))
    made_up(tmp_path / "table.csv")
    done = subprocess.run(
        [sys.executable, "-c", BRING_IN, tmp_path / "table.csv", tmp_path / "home"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    stored = sorted((tmp_path / "home" / "data" / "statistics").glob("*/[0-9]*.csv"))
    assert sum(path.read_text(encoding="utf-8").count("\n") - 1 for path in stored) == AREAS * MONTHS * len(CONTENTS)
    assert 0 < float(done.stdout) < MOST_MEGABYTES
