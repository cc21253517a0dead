"""Whole processes timed from outside, and the lines of the table that come of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ROOT / "benchmarks" / "plain"
# Python keeps the modules it has compiled, as it does for a user, also where a developer's machine says otherwise.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Run:
    """One finished process: seconds on the clock and of the processor, and the most memory it held in MB.

    Processor seconds and memory are 0 where the system does not tell them (Windows).
    """

    seconds: float
    busy: float
    megabytes: float


@dataclass(frozen=True)
class Line:
    """A line of the table: what was measured, how it came out, and the most it may be (None: only for comparison)."""

    name: str
    value: float
    bar: float | None
    shown: str

    @property
    def kept(self) -> bool:
        """Whether the bar is kept."""
        return self.bar is None or self.value <= self.bar


def run(*arguments: str | Path) -> Run:
    """Run Python with some arguments to its end; raises SystemExit with what it said where it fails."""
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=ENVIRONMENT, stdout=said, stderr=said)
        busy, megabytes = _wait(process)
        seconds = time.perf_counter() - begun
        if process.returncode:
            said.seek(0)
            words = " ".join(map(str, arguments))
            raise SystemExit(f"{words}: exit {process.returncode}\n{said.read().decode(errors='replace')}")
    return Run(seconds, busy, megabytes)


def _wait(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for a process; its processor seconds and the most memory it held, in MB."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0.0, 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    megabytes = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return usage.ru_utime + usage.ru_stime, megabytes


def most_held() -> float:
    """The most memory that this process has held so far, in MB.

    Asked of /proc where there is one: getrusage begins with what the process held that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():  # macOS, which counts in bytes
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
    lines = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def rounds_of(number: int, work: dict[str, Callable[[], Run]]) -> dict[str, list[Run]]:
    """Run each piece of work once a round, in turn; a first round, which warms the disk, is not counted."""
    results: dict[str, list[Run]] = {name: [] for name in work}
    for turn in range(number + 1):
        if sys.stderr.isatty():
            print(f"round {turn} of {number}", end="\r", file=sys.stderr, flush=True)
        for name, piece in work.items():
            done = piece()
            if turn:
                results[name].append(done)
    return results


def ratio(name: str, ours: list[Run], plain: list[Run], bar: float | None) -> Line:
    """How much longer one thing took than another, in the middle of the rounds."""
    value = median(one.seconds / other.seconds for one, other in zip(ours, plain, strict=True))
    seconds, busy = median(one.seconds for one in ours), median(one.busy for one in ours)
    return Line(name, value, bar, f"{value:6.3f}   {seconds:.3f} s, processor {busy:.3f} s")
