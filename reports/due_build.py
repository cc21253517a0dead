"""Orders of what is due -> their documents, one after another; a report that cannot be made does not stop the next."""

from __future__ import annotations

from collections.abc import Iterable

from reports.console import Shared, fail, say_problems, say_result
from reports.errors import ReportError
from reports.order import Order
from reports.pipeline import build


def build_all(orders: Iterable[Order], shared: Shared) -> int:
    """Make reports and say what was made, or what stopped one; gives the greatest exit code of them, 0 where all went.

    What several are due for is made once.
    """
    return max((_built(order, shared) for order in dict.fromkeys(orders)), default=0)


def _built(order: Order, shared: Shared) -> int:
    try:
        with shared.progress() as tell:
            result = build(order, tell)
    except ReportError as error:
        return fail(error)
    say_problems(result.problems, shared, brief=True)
    say_result(order, result, shared)
    return 0
