"""Next year's plan from this year's: reads, renews, writes the work list and then the new plan.yaml, never over one."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from reports.deliver import deliver, digest, locked, settle
from reports.errors import Problem, ReportError, problem
from reports.finnish import Language
from reports.messages import catalogue
from reports.order import Order, Say, silent
from reports.period import Period
from reports.pipeline import Result
from reports.plan.paper import Inputs, file_of, inputs_of, write_paper
from reports.plan.planned import YEARS_BACK
from reports.plan.renewal import Renewed, Source, renew
from reports.plan.worklist import lines, sections
from reports.prepare import in_order, read_data
from reports.read.decode import bytes_of, decode
from reports.read.parsed import reader
from reports.read.plan import read_plan
from reports.recipe import PLAN

PAPER = "plan-worklist"
BOM = b"\xef\xbb\xbf"


class Rolled(NamedTuple):
    """What a roll did: the new plan's file, the work list in short in the language of messages, the Word file's result.

    `fresh` is false where the plan stood there already, just as it would have been written.
    """

    file: str
    fresh: bool
    lines: tuple[str, ...]
    result: Result


class _Old(NamedTuple):
    """The plan that is rolled forward, the bytes of its file, and the warnings of reading it."""

    source: Source
    data: bytes
    problems: tuple[Problem, ...]


def roll(order: Order, since: Period, spoken: str, say: Say = silent) -> Rolled:
    """Make the plan of the order's period from that of the period `since`; `spoken` is the language of messages.

    Raises ReportError: roll-period (exit 2), what is wrong with the old plan or the figures, and roll-exists (exit 1)
    where there is another plan already. Nothing is written then. Killed between the work list and the plan, it is made
    whole by the next run.
    """
    if not _follows(order.period, since):
        raise ReportError([problem("roll-period", found=order.period, since=since)], exit_code=2)
    target = order.home.period_folder(order.area, order.period) / PLAN
    settle(target.parent, order.locks)
    say("reading")
    years = sorted({year - back for year in (*since.years, *order.period.years) for back in YEARS_BACK})
    inputs = inputs_of(order, years)
    old = _read(order, since, years)
    say("composing")
    made = renew(old.source, order.period, Language(order.language))
    new = _as_written(made.text, old.data)
    fresh = not _stands(target, new, order, since)
    result = Result({}, old.problems)
    if fresh or not (order.folder / file_of(order, PAPER)).exists():
        result = _paper(order, old, made, inputs.with_file(order.home.name(target), digest(new)))
    if fresh:
        with locked(target.parent, order.locks):
            if not _stands(target, new, order, since):
                deliver(target.parent, {PLAN: new}, last=PLAN)
    return Rolled(order.home.name(target), fresh, _list(old.source, made, order, spoken) if fresh else (), result)


def _list(source: Source, made: Renewed, order: Order, spoken: str) -> tuple[str, ...]:
    shown = made if spoken == order.language else renew(source, order.period, Language(spoken))
    return tuple(lines(shown.entries, catalogue(spoken), catalogue(order.language).say("roll.mark")))


def _follows(new: Period, old: Period) -> bool:
    """Whether a period begins after another and is as long: whole years both."""
    return new.first > old.first and len(new.years) == len(old.years) and all(_whole_years(one) for one in (new, old))


def _whole_years(period: Period) -> bool:
    return period.first == Period.year(period.first.year).first and period.last == Period.year(period.last.year).last


def _read(order: Order, since: Period, years: list[int]) -> _Old:
    dataset, problems = read_data(order._replace(period=since), years)
    plan, wrong = read_plan(order.home, order.area, since, dataset)
    found = in_order([*problems, *wrong])
    if any(not one.warning for one in found):
        raise ReportError(found)
    path = order.home.period_folder(order.area, since) / PLAN
    data = bytes_of(path, plan.file)
    text, _ = decode(data, plan.file)
    tree, _ = reader(order.home)(text, plan.file)
    return _Old(Source(plan, since, text, tree, dataset), data, found)


def _as_written(text: str, data: bytes) -> bytes:
    """A text as bytes, with the line ends and the mark at the beginning of the file that it comes from."""
    if b"\r\n" in data:
        text = text.replace("\n", "\r\n")
    return (BOM if data.startswith(BOM) else b"") + text.encode()


def _stands(target: Path, new: bytes, order: Order, since: Period) -> bool:
    """Whether the plan is there, just so; raises ReportError (roll-exists) where another one is."""
    if not target.exists():
        return False
    file = order.home.name(target)
    if bytes_of(target, file) != new:
        raise ReportError([problem("roll-exists", file, since=since, period=order.period)])
    return True


def _paper(order: Order, old: _Old, made: Renewed, inputs: Inputs) -> Result:
    language = Language(order.language)
    say = language.catalogue.say
    title = say("roll.title", period=language.when(order.period))
    subtitle = say("roll.subtitle", title=old.source.plan.title)
    parts = sections(made.entries, language.catalogue)
    return write_paper(order, PAPER, title, subtitle, parts, old.source.dataset, inputs, old.problems)
