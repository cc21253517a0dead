"""The log of an unattended job: what each run did and found, as sentences without what somebody typed into a cell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from reports.errors import Problem

MOST_BYTES = 500_000
ROWS = ".csv"  # the files of figures; what is wrong in a setting is told with its words
QUOTED = ("found", "text", "line", "old", "new")  # values of a problem that quote a file


class Log(NamedTuple):
    """A text file that grows by a line with its time for each thing said; the older half goes when it gets large.

    It is only a help: one that cannot be written is no fault, since a full disk must not hide what went wrong before.
    """

    path: Path

    def add(self, lines: Iterable[str]) -> None:
        """Write some lines, each on one line whatever it holds."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        text = "".join(f"{now} {' '.join(line.split())}\n" for line in lines)
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._thin_out()
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(text)

    def _thin_out(self) -> None:
        if not self.path.is_file() or self.path.stat().st_size <= MOST_BYTES:
            return
        kept = self.path.read_bytes()[-MOST_BYTES // 2 :].partition(b"\n")[2]
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        part.write_bytes(kept)
        os.replace(part, self.path)


def unquoted(one: Problem) -> Problem:
    """A problem without the words of the cell that it stands in: a person may have typed a name there."""
    if not one.place.file.endswith(ROWS):
        return one
    values = {key: "…" if key in QUOTED and isinstance(value, str) else value for key, value in one.values.items()}
    return replace(one, values=values)
