"""Orders -> their documents, several at once where there are processors; one that fails does not stop the next."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reports import manifest
from reports.chart_worker import ChartWorker
from reports.console import Shared, fail, say_problems, say_result
from reports.errors import Problem, ReportError
from reports.order import Order, Say, silent
from reports.pipeline import Result, build
from reports.recipe import Content, read_recipe

# A build keeps two processors busy by itself: charts are drawn and pages set beside it. On two of them a second build
# at once takes a quarter more of their time, most of it for loading and reading everything again, and saves nothing.
PROCESSORS_EACH = 2
UNDRAWN = (Content.RELEASE, Content.SLIDES)  # they have no charts of ours


class Made(NamedTuple):
    """What became of an order: its result, or the problems that stopped it with their exit code."""

    order: Order
    result: Result | None
    problems: tuple[Problem, ...]
    exit_code: int = 0


def build_all(orders: Iterable[Order], shared: Shared, workers: int = 0) -> list[Made]:
    """Make reports and say of each what was made, or what stopped it; what several are wanted for is made once.

    `workers` is how many are made at once: as many as the processors are good for where it is 0. What was made is in
    the order that was asked for.
    """
    workers = workers or max(1, (os.cpu_count() or 1) // PROCESSORS_EACH)
    with ChartWorker(shared.home.cache) as drawer:
        orders = iter(orders)
        first = next(orders, None)
        if first and workers == 1 and not (first.drawings.is_dir() and (first.folder / manifest.FILE).is_file()):
            drawer.start(matplotlib=True)  # now: nothing is drawn yet, and to find the other orders takes a while
        wanted = list(dict.fromkeys([*filter(None, [first]), *orders]))
        made = _at_once(wanted, workers, shared) if workers > 1 else _one_by_one(wanted, shared, drawer)
        return _told(wanted, made, shared)


def _told(wanted: Sequence[Order], made: Iterator[Made], shared: Shared) -> list[Made]:
    """What was made, in the order that was asked for, each told when it is there."""
    found: dict[Order, Made] = {}
    for one in made:
        found[one.order] = one
        if one.result is None:
            fail(ReportError(one.problems, one.exit_code))
        else:
            say_problems(one.problems, shared, brief=True)
            say_result(one.order, one.result, shared)
    return [found[order] for order in wanted]


def exit_code(made: Sequence[Made]) -> int:
    """The greatest exit code of some orders, 0 where all were made."""
    return max((one.exit_code for one in made), default=0)


def _one_by_one(orders: Sequence[Order], shared: Shared, drawer: ChartWorker) -> Iterator[Made]:
    """Each after the other; those without charts first, while the process that draws for all of them starts."""
    for order in sorted(orders, key=_draws):
        with shared.progress() as tell:
            made = _made(order, tell, drawer)
        yield made


def _at_once(orders: Sequence[Order], workers: int, shared: Shared) -> Iterator[Made]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(min(workers, len(orders)) or 1, get_context("spawn")) as pool:
        waiting = [pool.submit(_made, order) for order in orders]
        for order, future in zip(orders, waiting, strict=True):
            with shared.progress() as tell:
                tell("report", name=order.name, period=order.period)
                made = future.result()
            yield made


def _draws(order: Order) -> bool:
    try:
        return read_recipe(order.home, order.name).content not in UNDRAWN
    except ReportError:  # told when it is made
        return True


def _made(order: Order, tell: Say = silent, drawer: ChartWorker | None = None) -> Made:
    """Make one report; a process of its own hands back plain values, since an error does not travel well."""
    try:
        result = build(order, tell, drawer)
    except ReportError as error:
        return Made(order, None, error.problems, error.exit_code)
    return Made(order, result, result.problems)
