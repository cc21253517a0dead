"""Times Vuosikello against the plain way of making the report, side by side, and prints a table with its bars.

usage: python -m benchmarks.run [--rounds 7] [--no-growth]

Every figure is a whole process from start to end. A round runs each thing once, one after the other, so that what
the machine does meanwhile falls on all alike; the ratios are medians over rounds of ours / plain in the same round.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median

from benchmarks import areas, everything, homes, imports
from benchmarks.loading import loading
from benchmarks.measure import PLAIN, ROOT, Line, Run, ratio, rounds_of, run

PERIOD = "2021"
PLAN_PERIOD = "2023"
FORMATS = {"annual": (".docx", ".html", ".pdf"), "plan": (".docx", ".html", ".pdf", ".xlsx")}
GROWTH_ROUNDS = 3
# A start that loads what a cold build cannot do without: the floor under it.
PACKAGES = "import docx, docxtpl, jinja2, lxml.etree, markdown_it, matplotlib.figure, pydantic, typst"


def by_hand(kind: str, folder: Path) -> Run:
    """The plain script making its annual report or its plan: one DOCX."""
    return run(PLAIN / "report.py", kind, folder, folder / f"{kind}.docx", folder / f"out-{kind}.docx")


def report(home: Path, name: str = "annual", period: str = PERIOD) -> tuple[str | Path, ...]:
    """The command that is measured."""
    return "build.py", "report", name, period, "--home", home


def build(home: Path, name: str = "annual", period: str = PERIOD) -> Run:
    """Build a report of a home; raises SystemExit where a format is missing afterwards."""
    done = run(*report(home, name, period))
    made = {path.suffix for path in (home / "out").rglob(f"{name}.*")}
    if missing := set(FORMATS[name]) - made:
        raise SystemExit(f"the build made no {', '.join(sorted(missing))}")
    return done


@contextmanager
def fresh(pattern: Path) -> Iterator[Path]:
    """A copy of a home that has never been built; gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(pattern, home)
        yield home


def cold(pattern: Path, name: str = "annual", period: str = PERIOD) -> Run:
    """A first build: nothing drawn before, nothing in any cache but Python's own of compiled modules."""
    with fresh(pattern) as home:
        return build(home, name, period)


def edit(home: Path, number: int) -> None:
    """Add a few words to the first paragraph of the text, others each time."""
    path = next((home / "data").glob(f"*/{PERIOD}/annual.md"))
    text = path.read_text(encoding="utf-8")
    words = " ja".join(homes.WORDS["who"][: 1 + number % 9])
    changed, times = re.subn(r"(?m)^(## .+\n+(?:.+\n)*?.*?\w)\.$", rf"\1. {words}.", text, count=1)
    if not times:
        raise SystemExit("no paragraph to change was found in annual.md")
    path.write_text(changed, encoding="utf-8")


def compared(folder: Path, number: int) -> list[Line]:
    """Our builds beside the plain script: the lines of the first part of the table."""
    pattern, plain = folder / "pattern", folder / "plain"
    shutil.copytree(ROOT / "data", pattern / "data")
    run(PLAIN / "content.py", plain)
    run(PLAIN / "template.py", plain)
    edits = count()

    with fresh(pattern) as home:
        build(home)

        def changed() -> Run:
            edit(home, next(edits))
            return build(home)

        work = {
            "the plain script: one DOCX": lambda: by_hand("annual", plain),
            "everything cold: DOCX, PDF, HTML": lambda: cold(pattern),
            "one paragraph changed": changed,
            "nothing changed": lambda: build(home),
            "--help": lambda: run("build.py", "--help"),
            "the plain script: one plan": lambda: by_hand("plan", plain),
            "plan cold: DOCX, PDF, HTML, XLSX": lambda: cold(pattern, "plan", PLAN_PERIOD),
            "floor: Python starts": lambda: run("-c", "pass"),
            "floor: Python starts and loads the packages": lambda: run("-c", PACKAGES),
        }
        results = rounds_of(number, work)

    bars = dict(zip(work, (None, 1.0, 0.45, 0.08, 0.06, None, 1.1, None, None), strict=True))
    first = next(iter(work))
    against = dict.fromkeys(work, first) | {"plan cold: DOCX, PDF, HTML, XLSX": "the plain script: one plan"}
    lines = [ratio(name, results[name], results[against[name]], bars[name]) for name in work]
    peak = max(one.megabytes for one in results["everything cold: DOCX, PDF, HTML"])
    return [*lines, Line("memory of the cold build", peak, 200.0, f"{peak:6.0f} MB")]


def growth(folder: Path) -> list[Line]:
    """Time and memory of a cold build with ten times the text, table rows and figures, against the usual size."""
    sizes = {"usual": homes.Size()}
    for kind in ("text", "rows", "figures"):
        sizes |= {f"{kind} x{times}": homes.Size(**{kind: times}) for times in (10, 19)}
    for name, size in sizes.items():
        homes.make(folder / name, size)
    results = rounds_of(GROWTH_ROUNDS, {name: partial(cold, folder / name) for name in sizes})

    # The work done rather than the time passed: what else the machine does would drown a difference of few seconds.
    work = {name: median(one.busy or one.seconds for one in runs) for name, runs in results.items()}
    lines = []
    for kind in ("text", "rows", "figures"):
        usual, ten, nineteen = work["usual"], work[f"{kind} x10"], work[f"{kind} x19"]
        # Nine more of the same, then nine more again: 1 is linear, whatever a build costs before its first word.
        # Nine that cost less than a tenth of a build are counted as that tenth: smaller ones cannot be measured.
        bend = (nineteen - ten) / max(ten - usual, usual / 10)
        memory = max(one.megabytes for one in results[f"{kind} x10"])
        lines.append(Line(f"{kind} x10: time x", ten / usual, 10.0, f"{ten / usual:6.2f}   {memory:.0f} MB"))
        lines.append(Line(f"{kind}: the second nine against the first", bend, 1.25, f"{bend:6.2f}"))
    return lines


def held_up(folder: Path) -> list[str]:
    """What loading packages takes in each kind of run; the rest of a run is work of our own."""
    shutil.copytree(ROOT / "data", folder / "loads" / "data")
    home = folder / "loads"
    cold_start = loading(ROOT, report(home))
    edit(home, 1)
    lines = [f"everything cold: {cold_start}", f"one paragraph changed: {loading(ROOT, report(home))}"]
    lines += [f"nothing changed: {loading(ROOT, report(home))}", f"--help: {loading(ROOT, ('build.py', '--help'))}"]
    return ["", "Of which loading packages, by package:", *lines]


def table(lines: list[Line]) -> str:
    """The lines as text."""
    wide = max(len(line.name) for line in lines)
    rows = [f"{'':{wide}}  at most  measured"]
    for line in lines:
        bar = "" if line.bar is None else f"{line.bar:g}"
        mark = "" if line.bar is None else "   ok" if line.kept else "   MISSED"
        rows.append(f"{line.name:{wide}}  {bar:>7}  {line.shown}{mark}")
    return "\n".join(rows)


def main() -> int:
    """Measure, print the table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="how often each thing is run (7)")
    parser.add_argument("--no-growth", action="store_true", help="leave out ten times the text, rows and figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = compared(Path(folder), options.rounds)
        lines += imports.lines(Path(folder), options.rounds)
        lines += everything.lines(Path(folder), options.rounds)
        lines += areas.lines(Path(folder), 1)  # hundreds of pages are a round of their own
        if not options.no_growth:
            lines += growth(Path(folder))
        reasons = held_up(Path(folder))
    print("\n".join([table(lines), *reasons]))
    return 0 if all(line.kept for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
