"""Times every document of a month and of a year, slides and the publication, cold, beside the plain annual report."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.measure import PLAIN, ROOT, Line, Run, ratio, rounds_of, run

PERIODS = ("2022-11", "2022")
BY_HAND = "the plain script: one DOCX, beside all"
SLIDES = ("report", "slides", "2022-11")
PUBLICATION = ("report", "publication", "2012-2015", "--area", "kuntakokeilu", "--format", "pdf")
WORK: dict[str, tuple[float, list[tuple[str, ...]]]] = {
    f"every document of {' and '.join(PERIODS)}, cold": (3.0, [("all", period) for period in PERIODS]),
    "slides cold: PPTX, PDF": (1.0, [SLIDES]),
    "publication cold: PDF": (0.8, [PUBLICATION]),
}


def lines(folder: Path, rounds: int) -> list[Line]:
    """The lines of the table, and the plain script's own for comparison."""
    pattern, plain = folder / "all", folder / "plain-all"
    shutil.copytree(ROOT / "data", pattern / "data")
    run(PLAIN / "content.py", plain)
    run(PLAIN / "template.py", plain)
    by_hand = (PLAIN / "report.py", "annual", plain, plain / "annual.docx", plain / "out-annual.docx")
    ours = {name: partial(_cold, pattern, commands) for name, (_, commands) in WORK.items()}
    runs = rounds_of(rounds, {BY_HAND: lambda: run(*by_hand), **ours})
    bars: dict[str, float | None] = {BY_HAND: None, **{name: bar for name, (bar, _) in WORK.items()}}
    return [ratio(name, runs[name], runs[BY_HAND], bar) for name, bar in bars.items()]


def _cold(pattern: Path, commands: list[tuple[str, ...]]) -> Run:
    """Some commands one after the other, in a home that has never been built."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(pattern, Path(folder) / "home"))
        done = [run("build.py", *command, "--home", home) for command in commands]
    seconds, busy = sum(one.seconds for one in done), sum(one.busy for one in done)
    return Run(seconds, busy, max(one.megabytes for one in done))
