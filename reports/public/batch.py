"""A report of many areas, one after another in a process or shared among several: what starts slowly starts once."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reports.chart_worker import ChartWorker, Picture
from reports.console import Finished, Shared, in_seconds, say_problems
from reports.errors import Problem, ReportError
from reports.manifest import Hashes
from reports.order import Order
from reports.pipeline import build

if TYPE_CHECKING:
    from figures.chart import ChartError
    from figures.worker import Task

SHARE = 4  # orders that a process is given at a time
TIDY = 10  # orders after which what refers to itself in a circle is thrown away, so that memory stays flat
_done = count(1)


class Made(NamedTuple):
    """What became of an order: its exit code (0 where its documents stand), what was found, the seconds it took."""

    order: Order
    code: int
    problems: tuple[Problem, ...]
    seconds: float


class OwnWorker(ChartWorker):
    """Draws in this very process: for many reports that is less work than a process for each."""

    def __init__(self, settings: Path) -> None:
        super().__init__(settings)
        os.environ.setdefault("MPLCONFIGDIR", str(settings))
        self._tasks: Sequence[Task] = ()

    def send(self, tasks: Sequence[Task]) -> None:
        """Take the charts; they are drawn when they are asked for."""
        self._tasks = tasks

    def receive(self, count: int) -> list[Picture | ChartError]:
        """The pictures, or what was wrong with a chart, in the order of the charts."""
        from figures import save
        from figures.chart import ChartError
        from figures.worker import draw

        made = [draw(task) for task in self._tasks]
        pictures = [one if isinstance(one, ChartError) else (one, save.png(one.svg, one.width_mm)) for one in made]
        save.forget()
        return pictures


def build_areas(orders: Sequence[Order], workers: int) -> Iterator[Made]:
    """Make the documents of some orders, in this process or, with several workers, in so many; as they are done."""
    if workers < 2:
        yield from map(_made, orders)
        return
    context = multiprocessing.get_context("spawn")  # the one way that all systems have
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(_made, orders, chunksize=SHARE)


@cache
def _drawer(settings: Path) -> OwnWorker:
    return OwnWorker(settings)


@cache
def _hashes(cache: Path) -> Hashes:
    """The hashes that were kept, read once; those of many areas are not written after each of them."""
    return Hashes(cache / "hashes.json")


def _made(order: Order) -> Made:
    begun, known = time.perf_counter(), _hashes(order.cache)
    try:
        code, problems = 0, build(order, worker=_drawer(order.cache), known=known).problems
    except ReportError as error:
        code, problems = error.exit_code, error.problems
    known.forget(order.home.area_folder(order.area), order.home.out / order.area)
    if (number := next(_done)) % TIDY == 0:
        gc.collect()
        if number == TIDY:
            gc.freeze()  # modules and what is kept live to the end and need not be looked through again
    return Made(order, code, problems, time.perf_counter() - begun)


def report_areas(order: Order, workers: int, shared: Shared) -> None:
    """Make an order's report for every area of its home, and say what became of each.

    One that cannot be made does not stop the others; ends with the greatest exit code of all.
    """
    worst = 0
    problems: list[Problem] = []
    for one in build_areas([order._replace(area=area) for area in shared.areas(None)], workers):
        say_problems(one.problems, shared, brief=True)
        shared.say("area-failed" if one.code else "area-made", area=one.order.area, seconds=in_seconds(one.seconds))
        worst = max(worst, one.code)
        problems += one.problems
    shared.say("done", seconds=in_seconds(time.perf_counter() - shared.begun))
    if worst:
        raise Finished(worst)
    shared.finish(problems)
