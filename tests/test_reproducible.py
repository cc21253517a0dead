"""The same bytes from the same inputs: other folders, time zones, locales, hash seeds; with or without a cache."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.trips import OUT, REPORT, ROOT, apart, contents

FORMATS = ("docx", "pdf", "html", "xlsx")

PLACES = [
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "fi_FI.UTF-8", "LANG": "sv_SE", "PYTHONHASHSEED": "4242", "COLUMNS": "40"},
]


@pytest.mark.slow
def test_two_runs_elsewhere_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for number, place in enumerate(PLACES):
        home = tmp_path / ("place " * (number + 1)).strip() / "koti ä"
        shutil.copytree(ROOT / "tests" / "home", home)
        before = os.umask(0o077 if number else 0o022)
        try:
            kinds = [f"--format={kind}" for kind in FORMATS]
            said = apart(*REPORT, *kinds, "--home", str(home), cwd=home if number else tmp_path, **place)
        finally:
            os.umask(before)
        assert said.code == 0, said.err
        made.append(contents(home / OUT))
    first, second = made
    assert sorted(first) == sorted([*(f"annual.{kind}" for kind in FORMATS), "manifest.json"])
    assert [name for name in first if first[name] != second[name]] == []
    for name, data in first.items():
        assert str(tmp_path).encode() not in data, name


@pytest.mark.slow
def test_the_cache_of_charts_changes_no_byte(tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(ROOT / "tests" / "home", home)
    assert apart(*REPORT, "--home", str(home)).code == 0
    cold = contents(home / OUT)
    drawn = {path.name: path.stat().st_ino for path in (home / "out/.cache/charts").iterdir()}
    shutil.rmtree(home / OUT)
    assert apart(*REPORT, "--home", str(home)).code == 0
    assert contents(home / OUT) == cold
    assert {path.name: path.stat().st_ino for path in (home / "out/.cache/charts").iterdir()} == drawn
    assert len(drawn) >= 2
