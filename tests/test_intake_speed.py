"""A large table comes in within three times what pandas takes; a report does not pay for areas it is not about."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pytest

AREAS, MONTHS = 414, 214
ROUNDS = 5
MAPPING = "statistics: 12r5\ncolumns:\n  area: alue\n  period: time\nacross: content\n"
# What pandas does in a process of its own: imported, the file read, its numbers read, and written.
PLAIN = """
import sys
import pandas as pd
table = pd.read_csv(sys.argv[1], dtype=str)
for name in table.columns[2:]:
    table[name] = pd.to_numeric(table[name], errors="coerce")
table.to_csv(sys.argv[2], index=False)
"""

waits = pytest.mark.skipif(not hasattr(os, "wait4"), reason="needs a system that tells what a process has used")


def made_up(path: Path) -> Path:
    """A file of the shape and size of table 12r5: 414 areas, 214 months, three contents, some of them hidden."""
    codes = ["SSS", "KU991", "KU992", *(f"KU{number:03}" for number in range(1, AREAS - 2))]
    lines = ["alue,time,TYOTTOMATLOPUSSA,TYOVOIMATK,AVPAIKATLOPUSSA"]
    for at, code in enumerate(codes):
        for month in range(MONTHS):
            some = (at * 7919 + month * 104729) % 9973
            hidden = "..." if some % 9 == 0 else str(some % 400)
            lines.append(f"{code},{2006 + month // 12}-{month % 12 + 1:02},{some},{some * 9 + 5},{hidden}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("speed")
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    return made_up(folder / "12r5.csv")


def used(command: Sequence[str], root: Path) -> tuple[float, int]:
    """Processor seconds of a process, and the most memory it held, in MB: what else runs here does not count."""
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


@waits
@pytest.mark.slow
def test_a_large_table_in_three_times_what_pandas_takes(
    table: Path, home: Path, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ratios, memory = [], 0
    for turn in range(ROUNDS):
        city = shutil.copytree(home, tmp_path / str(turn), ignore=shutil.ignore_patterns("out"))
        options = ["--mapping", str(table.with_name("mapping.yaml")), "--home", str(city), "-q"]
        plain, _ = used([sys.executable, "-c", PLAIN, str(table), str(tmp_path / "plain.csv")], root)
        ours, megabytes = used([sys.executable, "build.py", "import", str(table), *options], root)
        ratios.append(ours / plain)
        memory = max(memory, megabytes)
    with capsys.disabled():
        print(f"\nimport of {AREAS * MONTHS} area-months: {median(ratios):.2f} x pandas, {memory} MB")  # noqa: T201
    assert median(ratios) <= 3.0
    assert memory <= 300


@waits
@pytest.mark.slow
def test_a_report_does_not_pay_for_other_areas(
    table: Path, home: Path, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cities = {}
    for name in ("one", "all"):
        cities[name] = shutil.copytree(home, tmp_path / name, ignore=shutil.ignore_patterns("out"))
        indicators = cities[name] / "data" / "kuvitteila" / "indicators.yaml"
        text = indicators.read_text(encoding="utf-8").replace("demo TYOTTOMAT", "12r5 TYOTTOMATLOPUSSA")
        indicators.write_text(text, encoding="utf-8")
    lines = table.read_text(encoding="utf-8").split("\n")
    few = table.with_name("few.csv")
    few.write_text("\n".join(line for line in lines if line.startswith(("alue", "SSS", "KU99"))), encoding="utf-8")
    for name, file in (("one", few), ("all", table)):
        options = ["--mapping", str(table.with_name("mapping.yaml")), "--home", str(cities[name]), "-q"]
        used([sys.executable, "build.py", "import", str(file), *options], root)
    seconds: dict[str, list[float]] = {"one": [], "all": []}
    for _ in range(ROUNDS + 1):
        for name, city in cities.items():
            shutil.rmtree(city / "out" / "kuvitteila", ignore_errors=True)
            time.sleep(0.01)
            command = [sys.executable, "build.py", "report", "annual", "2021", "-q", "--home", str(city)]
            seconds[name].append(used(command, root)[0])
    ratio = median(many / one for one, many in zip(seconds["one"][1:], seconds["all"][1:], strict=True))
    with capsys.disabled():
        print(f"\nreport from a home with {AREAS} areas: {ratio:.2f} x from one with its own")  # noqa: T201
    assert ratio <= 1.2
