"""Draws charts in a process of its own: charts come in, drawings go out, while the main program goes on.

Run as `python -m figures.worker matplotlib`. Importing matplotlib takes longer than drawing four charts, so it begins
at once, before the first chart has arrived; without the word only when a chart needs it. Standard input holds, until it
ends, a pickled list of (chart, theme, standalone) for each document; standard output gets, in the same order, a pickled
(Drawing, PNG bytes) or the ChartError of each.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO

from figures import registry, save
from figures.chart import Chart, ChartError, Drawing
from figures.theme import Theme

Task = tuple[Chart, Theme, bool]
Result = tuple[Drawing, bytes] | ChartError


def draw(task: Task) -> Drawing | ChartError:
    """The drawing of a task, or what is wrong with its chart."""
    chart, theme, standalone = task
    try:
        return registry.draw(chart, theme, standalone)
    except ChartError as error:
        return error


def main(source: IO[bytes], target: IO[bytes]) -> None:
    """Draw everything that comes in; typst makes a PNG outside Python's lock while the next chart is drawn."""
    registry.warm_up("matplotlib" in sys.argv)
    with ThreadPoolExecutor(1) as pool:
        for tasks in _documents(source):
            finished = [(made, _png(pool, made)) for made in map(draw, tasks)]
            for made, png in finished:
                result: Result = made if isinstance(made, ChartError) else (made, png.result() if png else b"")
                pickle.dump(result, target)
            target.flush()


def _documents(source: IO[bytes]) -> Iterator[list[Task]]:
    """The charts of one document after another."""
    while True:
        try:
            yield pickle.load(source)  # noqa: S301 - the other end of this pipe is our own program
        except EOFError:
            return


def _png(pool: ThreadPoolExecutor, made: Drawing | ChartError) -> Future[bytes] | None:
    return None if isinstance(made, ChartError) else pool.submit(save.png, made.svg, made.width_mm)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
