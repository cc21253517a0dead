"""Times every document of a month and of a year, made cold, beside the plain script's one annual report."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.measure import PLAIN, ROOT, Line, Run, ratio, rounds_of, run

PERIODS = ("2022-11", "2022")
BY_HAND = "the plain script: one DOCX, beside all"
ALL = f"every document of {' and '.join(PERIODS)}, cold"


def lines(folder: Path, rounds: int) -> list[Line]:
    """The line of the table, and the plain script's own for comparison."""
    pattern, plain = folder / "all", folder / "plain-all"
    shutil.copytree(ROOT / "data", pattern / "data")
    run(PLAIN / "content.py", plain)
    run(PLAIN / "template.py", plain)
    by_hand = (PLAIN / "report.py", "annual", plain, plain / "annual.docx", plain / "out-annual.docx")
    runs = rounds_of(rounds, {BY_HAND: lambda: run(*by_hand), ALL: lambda: _all(pattern)})
    return [ratio(BY_HAND, runs[BY_HAND], runs[BY_HAND], None), ratio(ALL, runs[ALL], runs[BY_HAND], 3.0)]


def _all(pattern: Path) -> Run:
    """Both periods one after the other, in a home that has never been built."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(pattern, Path(folder) / "home"))
        done = [run("build.py", "all", period, "--home", home) for period in PERIODS]
    seconds, busy = sum(one.seconds for one in done), sum(one.busy for one in done)
    return Run(seconds, busy, max(one.megabytes for one in done))
