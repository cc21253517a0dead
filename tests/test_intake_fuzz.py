"""Made-up and spoilt files neither break an import nor hold it up; `python -m tests.fuzz_intake` goes on longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz_intake import fuzz

SECONDS = os.environ.get("VUOSIKELLO_FUZZ", "120")


def test_a_round_of_odd_files() -> None:
    done = fuzz(0, files=60)
    assert done.seen["files"] > 200
    assert len(done.seen) > 10


@pytest.mark.slow
def test_two_minutes_of_odd_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "tests.fuzz_intake", "--seconds", SECONDS]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    with capsys.disabled():
        print(f"\n{done.stdout.strip()}")  # noqa: T201
    assert done.returncode == 0, done.stderr[-3000:]
