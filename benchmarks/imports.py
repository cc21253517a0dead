"""Times the import of a large table beside pandas, and a report from a home that holds such a table."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from benchmarks.measure import PLAIN, ROOT, Line, Run, ratio, rounds_of, run

TABLE = "12r5"  # the table whose contents and shape are made up
CONTENTS = ("TYOTTOMATLOPUSSA", "TYOVOIMATK", "AVPAIKATLOPUSSA")
AREAS, MONTHS, FIRST_YEAR = 414, 214, 2006
PERIOD = "2022-11"  # its follow-up shows what the statistics say
FIRST_CODE = 1001  # as many signs as municipalities have, and one more: no area of the home has such a code
MAPPING = f"statistics: {TABLE}\ncolumns:\n  area: area\n  period: month\nacross: content\n"

PANDAS = "pandas: a large table read and written"
IMPORT = f"import of {AREAS * MONTHS} area-months"
OWN, ALL = "report from a home with its own areas", f"report from a home with {AREAS} more areas"


def made_up(path: Path) -> Path:
    """A table of the shape and size that Statistics Finland gives of all areas: some of its figures are hidden."""
    lines = [",".join(("area", "month", *CONTENTS))]
    for area in range(AREAS):
        for month in range(MONTHS):
            some = (area * 7919 + month * 104729) % 9973
            hidden = "..." if some % 9 == 0 else str(some % 400)
            when = f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02}"
            lines.append(f"KU{FIRST_CODE + area},{when},{some},{some * 9 + 5},{hidden}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    path.with_suffix(".yaml").write_text(MAPPING, encoding="utf-8")
    return path


def bring_in(table: Path, home: Path) -> Run:
    """Import the table into a home."""
    return run("build.py", "import", table, "--mapping", table.with_suffix(".yaml"), "--home", home, "-q")


def measured(folder: Path, rounds: int) -> dict[str, list[Run]]:
    """The runs of each thing: the import into a home without statistics, and a first build with and without."""
    table = made_up(folder / "table.csv")
    homes = {name: folder / name.replace(" ", "-") for name in (OWN, ALL)}
    for home in homes.values():
        shutil.copytree(ROOT / "data", home / "data")
    bring_in(table, homes[ALL])
    return rounds_of(
        rounds,
        {
            PANDAS: lambda: run(PLAIN / "table.py", table, folder / "plain.csv"),
            IMPORT: lambda: _first_import(table),
            OWN: lambda: _first_report(homes[OWN]),
            ALL: lambda: _first_report(homes[ALL]),
        },
    )


def _first_import(table: Path) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "data", Path(folder) / "data", ignore=shutil.ignore_patterns("statistics"))
        return bring_in(table, Path(folder))


def _first_report(pattern: Path) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(pattern, folder, dirs_exist_ok=True)
        return run("build.py", "report", "monthly", PERIOD, "--home", folder)


def lines(folder: Path, rounds: int) -> list[Line]:
    """The lines of the table."""
    runs = measured(folder, rounds)
    peak = max(one.megabytes for one in runs[IMPORT])
    return [
        ratio(PANDAS, runs[PANDAS], runs[PANDAS], None),
        ratio(IMPORT, runs[IMPORT], runs[PANDAS], 3.0),
        Line("memory of the import", peak, 300.0, f"{peak:6.0f} MB"),
        ratio(ALL, runs[ALL], runs[OWN], 1.2),
    ]
