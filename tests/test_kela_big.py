"""A file of Kela's as big as the published one is read a line at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_kela import HEAD, row
from tests.trips import ROOT


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="needs a system that tells what a process has held")
def test_two_million_rows_take_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write(HEAD + "\n")
        for at in range(2_070_000):
            code, month = at % 300 + 1, at // 20_700 % 100
            when = f"{2015 + month // 12}{month % 12 + 1:02d}"
            group = f"{at // 300 % 69},Mies"
            out.write(
                row(f"{at % 50},{at % 900},{at % 99999}.5,{at % 9999}.25", group, "Yhteensä", when, f"{code:03d}")
                + "\n"
            )
    program = (
        "import re, sys; from pathlib import Path; from reports.model import Area; "
        "from reports.intake.kela import read_kela; "
        "found, problems = read_kela(Path(sys.argv[1]), 'data.csv', [Area('A', '', 'KU005')]); "
        "print(len(found), len(problems), re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    figures, problems, kilobytes = map(int, done.stdout.split())
    assert (figures, problems) == (400, 0)
    assert kilobytes < 300_000
