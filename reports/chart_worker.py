"""The process that draws charts beside this one: given charts, it gives their pictures back."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, TypeAlias, cast

from reports.errors import ReportError, problem
from reports.home import PROGRAM

if TYPE_CHECKING:
    from figures.chart import ChartError, Drawing
    from figures.worker import Task

Picture: TypeAlias = "tuple[Drawing, bytes]"


class ChartWorker:
    """Starts at once, so that it has loaded matplotlib by the time the charts are known; `end` it in any case.

    `settings` is the folder where matplotlib may keep its list of fonts.
    """

    def __init__(self, settings: Path) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - `end` closes it
        self._process = subprocess.Popen(
            [sys.executable, "-m", "figures.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=PROGRAM,
            env={**os.environ, "PYTHONPATH": str(PROGRAM), "MPLCONFIGDIR": str(settings)},
        )

    def send(self, tasks: Sequence[Task]) -> None:
        """Hand over every chart; the worker takes no more after this."""
        try:
            with cast("IO[bytes]", self._process.stdin) as pipe:
                for task in tasks:
                    pickle.dump(task, pipe)
        except OSError:
            self._fail()

    def receive(self, count: int) -> list[Picture | ChartError]:
        """The pictures, or what was wrong with a chart, in the order of the charts; waits for the last one."""
        pipe = cast("IO[bytes]", self._process.stdout)
        try:
            return [pickle.load(pipe) for _ in range(count)]  # noqa: S301 - our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            self._fail()

    def end(self) -> None:
        """Stop the process, whatever it is doing."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process.wait()

    def _fail(self) -> NoReturn:
        self._process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        raise ReportError([problem("drawing-failed", reason=lines[-1] if lines else "-")], exit_code=3)
