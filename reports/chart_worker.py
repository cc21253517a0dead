"""The process that draws charts beside this one: given charts, it gives their pictures back."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, Self, TypeAlias, cast

from reports.errors import ReportError, problem
from reports.home import PROGRAM

if TYPE_CHECKING:
    import subprocess

    from figures.chart import ChartError, Drawing
    from figures.worker import Task

Picture: TypeAlias = "tuple[Drawing, bytes]"


class ChartWorker:
    """A process that whoever opens it with `with` also ends, whatever happens in between.

    It starts when charts are sent, or before: `start` it so that it has loaded what it draws with by the time they are
    known.
    `settings` is the folder where matplotlib may keep its list of fonts.
    """

    def __init__(self, settings: Path) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def start(self, matplotlib: bool = False) -> subprocess.Popen[bytes]:
        """Start the process, unless it runs already; it loads `matplotlib` at once, or when a chart needs it."""
        if self._process is not None:
            return self._process
        import subprocess  # with pickle 5 ms that a run without drawing need not pay
        import tempfile

        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - `end` closes it
        self._process = subprocess.Popen(
            [sys.executable, "-m", "figures.worker", *(["matplotlib"] if matplotlib else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            cwd=PROGRAM,
            env={**os.environ, "PYTHONPATH": str(PROGRAM), "MPLCONFIGDIR": str(self._settings)},
        )
        return self._process

    def send(self, tasks: Sequence[Task]) -> None:
        """Hand over every chart of a document; `receive` their pictures before the next one's are sent."""
        import pickle

        try:
            pipe = cast("IO[bytes]", self.start().stdin)
            pickle.dump(list(tasks), pipe)
            pipe.flush()
        except OSError as error:
            self._fail(error)

    def receive(self, count: int) -> list[Picture | ChartError]:
        """The pictures, or what was wrong with a chart, in the order of the charts; waits for the last one.

        Raises ReportError(drawing-failed, exit 3) where the process gives anything else.
        """
        import pickle

        pipe = cast("IO[bytes]", self.start().stdout)
        try:
            return [_picture(pickle.load(pipe)) for _ in range(count)]  # noqa: S301 - our own process
        except Exception as error:  # noqa: BLE001 - bytes that are no pickle can raise nearly anything
            self._fail(error)

    def end(self) -> None:
        """Stop the process, whatever it is doing; nothing where none runs."""
        if self._process is None:
            return
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process.wait()
        self._process = None

    def _fail(self, error: Exception) -> NoReturn:
        process = self.start()
        process.kill()  # before waiting: it may be stuck, writing what nobody reads
        process.wait()
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        reason = lines[-1] if lines else f"{type(error).__name__} {error}".strip()
        raise ReportError([problem("drawing-failed", reason=reason)], exit_code=3) from error


def _picture(given: object) -> Picture | ChartError:
    """What the process gave, if it is what was asked for; TypeError for anything else."""
    from figures.chart import ChartError

    if not isinstance(given, tuple | ChartError):
        raise TypeError(type(given).__name__)
    return cast("Picture | ChartError", given)
