"""What is kept between runs: damaged files count for nothing, what is used stays; and the process that draws."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from figures.chart import Chart
from reports.chart_worker import ChartWorker
from reports.drawings import Drawings
from reports.errors import ReportError
from reports.kept import Kept
from tests.made_charts import ages, look
from tests.trips import ROOT


def drawings(folder: Path, worker: ChartWorker) -> Drawings:
    return Drawings(folder / "charts", look(), [ROOT / "templates/shared"], worker)


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: data[:-1], lambda data: data[:0]])
def test_a_file_that_is_not_whole_counts_for_nothing(tmp_path: Path, damage) -> None:
    kept = Kept(tmp_path)
    kept.write("one", b"<svg>...</svg>")
    assert kept.read("one") == b"<svg>...</svg>"
    path = tmp_path / "one"
    path.write_bytes(damage(path.read_bytes()))
    assert kept.read("one") is None


def test_what_was_used_lately_is_not_thrown_away(tmp_path: Path) -> None:
    kept = Kept(tmp_path, most=3)
    for number, name in enumerate("abc"):
        kept.write(name, b"x")
        os.utime(tmp_path / name, (number, number))
    assert kept.read("a") == b"x"
    kept.write("d", b"x")
    assert {path.name for path in tmp_path.iterdir()} == {"a", "d"}


def test_a_damaged_drawing_is_drawn_again(tmp_path: Path) -> None:
    chart: Chart = ages()
    with ChartWorker(tmp_path) as worker:
        first = drawings(tmp_path, worker).draw({"a": chart})
    (path,) = (tmp_path / "charts").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    with ChartWorker(tmp_path) as worker:
        assert drawings(tmp_path, worker).draw({"a": chart}) == first
    assert path.read_bytes() == whole
    with ChartWorker(tmp_path) as idle:
        assert drawings(tmp_path, idle).draw({"a": chart}) == first
        assert idle._process is None


@pytest.mark.parametrize(
    "program",
    [
        "print('a stray line', flush=True); import sys; sys.stdout.write('x' * 10_000_000)",
        "import pickle, sys; sys.stdout.buffer.write(pickle.dumps(7)); sys.stdout.flush(); import time; time.sleep(60)",
        "raise SystemExit('no such font')",
    ],
)
def test_a_process_that_gives_anything_else_is_told_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    real = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda _, **options: real([sys.executable, "-c", program], **options))
    with ChartWorker(tmp_path) as worker:
        process = worker.start()
        with pytest.raises(ReportError) as caught:
            worker.receive(1)
    (problem,) = caught.value.problems
    assert (problem.code, caught.value.exit_code) == ("drawing-failed", 3)
    assert problem.values["reason"] not in ("", "-")
    assert process.poll() is not None
