"""A table of all areas and months comes in whole, and within its memory; `make bench` says how long it takes."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.imports import AREAS, CONTENTS, MONTHS, bring_in, made_up
from tests.trips import ROOT

MOST_MEGABYTES = 300


def test_the_made_up_table_is_as_large_as_the_real_one(tmp_path: Path) -> None:
    text = made_up(tmp_path / "table.csv").read_text(encoding="utf-8")
    assert text.count("\n") == 1 + AREAS * MONTHS == 1 + 88_596
    assert text.count("...") > 9_000


def test_a_large_table_comes_in_whole_and_within_its_memory(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "home" / "data", ignore=shutil.ignore_patterns("statistics"))
    done = bring_in(made_up(tmp_path / "table.csv"), tmp_path / "home")
    stored = sorted((tmp_path / "home" / "data" / "statistics").glob("*/[0-9]*.csv"))
    assert sum(path.read_text(encoding="utf-8").count("\n") - 1 for path in stored) == AREAS * MONTHS * len(CONTENTS)
    assert done.megabytes < MOST_MEGABYTES
