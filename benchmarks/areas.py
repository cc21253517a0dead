"""Times the month of many areas, a page for each, beside the plain script's batch; and what memory a thousand take.

usage: python -m benchmarks.areas [--areas 300] [--rounds 1]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import months
from benchmarks.measure import PLAIN, Line, Run, most_held, ratio, rounds_of, run

AREAS, MANY, FIRST = 300, 1000, 100
PLAIN_ALL = "the plain script: a page for each area"
DRAWN = "every chart drawn, processor time"
KEPT = "charts from the cache, processor time"
TWO = "two workers, against one"
PLAIN_ONE = "the plain script: one page"
ONE = "one page cold"
EVERYTHING = "one page cold with PDF, web page and site"


def lines(folder: Path, rounds: int, areas: int = AREAS) -> list[Line]:
    """The lines of the table."""
    home, plain, single = folder / "areas", folder / "plain-areas", folder / "single"
    months.make(home, plain, areas)
    months.make(single, folder / "plain-single", 1)
    run(PLAIN / "template.py", plain)
    batch = (PLAIN / "batch.py", plain, plain / "out")
    work = {
        PLAIN_ALL: lambda: run(*batch),
        DRAWN: lambda: _made(home, "out"),
        KEPT: lambda: _made(home, "out/area-*"),
        TWO: lambda: _made(home, "out/area-*", "--workers", "2"),
        PLAIN_ONE: lambda: run(*batch, "1"),
        ONE: lambda: _alone(single, "--format", "docx"),
        EVERYTHING: lambda: _alone(single),
    }
    found = rounds_of(rounds, work)
    return [
        ratio(PLAIN_ALL, found[PLAIN_ALL], found[PLAIN_ALL], None),
        _busy(DRAWN, found[DRAWN], found[PLAIN_ALL], 1 / 2.0, areas),
        _busy(KEPT, found[KEPT], found[PLAIN_ALL], 1 / 4.0, areas),
        ratio(TWO, found[TWO], found[KEPT], 1 / 1.6),
        ratio(PLAIN_ONE, found[PLAIN_ONE], found[PLAIN_ONE], None),
        ratio(ONE, found[ONE], found[PLAIN_ONE], 0.6),
        ratio(EVERYTHING, found[EVERYTHING], found[PLAIN_ONE], None),
        _memory(folder / "many"),
    ]


def _made(home: Path, old: str, *more: str) -> Run:
    """A page for every area of a home, where what was made before (`old`, a pattern) is gone."""
    for path in home.glob(old):
        shutil.rmtree(path)
    return run("build.py", "report", "short", months.PERIOD, "--all-areas", "--format", "docx", *more, "--home", home)


def _alone(home: Path, *more: str) -> Run:
    """The page of a home that has never been built."""
    shutil.rmtree(home / "out", ignore_errors=True)
    return run("build.py", "report", "short", months.PERIOD, *more, "--home", home)


def _busy(name: str, ours: list[Run], plain: list[Run], bar: float, areas: int) -> Line:
    """The work done for all pages against the plain script's, so that the number of processors says nothing."""
    value = sum(one.busy for one in ours) / sum(one.busy for one in plain)
    each = 1000 * sum(one.busy for one in ours) / len(ours) / areas
    return Line(name, value, bar, f"{value:6.3f}   {each:.0f} ms a page")


def _memory(home: Path) -> Line:
    """How much the most memory held grows from the first hundred pages to the thousandth, in one process."""
    months.make(home, home / "plain", MANY)
    run("-m", "benchmarks.areas", "--held", home, "--to", home / "held.txt")
    first, last = map(float, (home / "held.txt").read_text(encoding="ascii").split())
    return Line(f"memory: page {FIRST} to page {MANY}", last / first, 1.05, f"{last / first:6.3f}   {last:.0f} MB")


def held(home: Path, to: Path) -> None:
    """Make a page for each area of a home in this process; writes the most memory held after the first and the last."""
    from reports.home import Home
    from reports.order import Order
    from reports.period import Period
    from reports.public.batch import build_areas

    place, period = Home(home.resolve()), Period.of(months.PERIOD)
    orders = [Order(place, "short", area, period, ("docx",)) for area in place.areas()]
    seen = []
    for number, made in enumerate(build_areas(orders, 1), 1):
        if made.code:
            raise SystemExit(f"{made.order.area}: {made.problems}")
        if number in (FIRST, len(orders)):
            seen.append(most_held())
    to.write_text(" ".join(map(str, seen)), encoding="ascii")


def main() -> int:
    """Measure, print the table; 1 where a bar is missed."""
    from benchmarks.run import table

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--areas", type=int, default=AREAS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--held", type=Path)
    parser.add_argument("--to", type=Path)
    options = parser.parse_args()
    if options.held:
        held(options.held, options.to)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        found = lines(Path(folder), options.rounds, options.areas)
    print(table(found))
    return 0 if all(line.kept for line in found) else 1


if __name__ == "__main__":
    sys.exit(main())
