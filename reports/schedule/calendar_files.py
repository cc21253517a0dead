"""The reporting calendar of a year -> the year clock as a picture, and a file of days for calendar programs."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping

from figures.chart import ChartError
from reports import manifest
from reports.chart_worker import ChartWorker
from reports.deliver import digest
from reports.drawings import Drawings
from reports.errors import Place, Problem, ReportError, problem
from reports.finnish import Language
from reports.manifest import Entry, Hashes
from reports.model import AreaSetup
from reports.order import Order, Say, silent
from reports.pipeline import Result, place
from reports.prepare import theme
from reports.read.setup import read_setup
from reports.schedule import clock, rhythm
from reports.schedule.occasions import Coming, Occasion, coming, occasions
from reports.schedule.workdays import YEARS
from reports.write.ics import Event, write

NAME = "calendar"


def make_calendar(order: Order, tell: Say = silent) -> Result:
    """Write the year clock as SVG and PNG and the days as ICS, in the order's language.

    Raises ReportError: calendar-year (exit 2) for another period than a year, calendar-empty where there is nothing to
    show, and what is wrong in the area's YAML files.
    """
    begun = time.perf_counter()
    if order.period.kind != "year" or order.period.first.year not in YEARS:
        raise ReportError([problem("calendar-year", found=order.period)], exit_code=2)
    hashes = Hashes(order.cache / "hashes.json")
    inputs = manifest.chosen((), (), manifest.input_hashes(order.home, order.area, hashes))
    hashes.save()
    tell("reading")
    setup, problems = read_calendar(order)
    colours, wrong = theme(order)
    language = Language(order.language)
    tell("drawing")
    files = _drawn(order, setup, colours, language)
    files[order.file("ics")] = days(setup, order, language)
    found = (*problems, *wrong)
    outputs = {name: digest(data) for name, data in files.items()}
    beside = place(order, order.stem, files, Entry(inputs, outputs, {"report": NAME}, problems=found))
    seconds = (time.perf_counter() - begun) / len(files)
    return Result(dict.fromkeys(files, seconds), found, beside)


def read_calendar(order: Order) -> tuple[AreaSetup, tuple[Problem, ...]]:
    """The area's calendar, and warnings; raises ReportError for errors, and calendar-empty where it has none."""
    setup = read_setup(order.home, order.area)
    problems = list(setup.problems)
    if not problems and not (setup.area.reporting or setup.area.releases):
        problems.append(problem("calendar-empty", order.home.name(order.home.area_folder(order.area) / "area.yaml")))
    if any(not one.warning for one in problems):
        raise ReportError(problems)
    return setup.area, tuple(problems)


def days(setup: AreaSetup, order: Order, language: Language) -> bytes:
    """Everything that falls due in the order's year, and the releases, as a calendar file."""
    due, come = occasions(setup, order.period), coming(setup, order.period)
    events = [*_due(due, setup, order, language), *_released(come, order, language)]
    say = language.catalogue.say
    # Some programs show the backslash before a comma in a calendar's name, so the name has none of ours.
    name = say("reporting.calendar", municipality=setup.municipality, year=order.period)
    return write(name, language.code, order.period.first, sorted(events, key=lambda one: (one.first, one.summary)))


def _drawn(order: Order, setup: AreaSetup, colours: Mapping[str, str], language: Language) -> dict[str, bytes]:
    """The year clock with its title, as SVG and PNG by file name."""
    chart = clock.year_clock(setup, order.period, language)
    with ChartWorker(order.cache) as worker:
        drawings = Drawings(order.drawings, colours, order.home.template_folders(order.name), worker)
        made = drawings.draw({NAME: chart}, standalone=True)[NAME]
    if isinstance(made, ChartError):
        raise ReportError([Problem(made.code, Place(NAME), dict(made.values))])
    drawing, png = made
    return {order.file("svg"): drawing.svg.encode(), order.file("png"): png}


def _due(due: Iterable[Occasion], setup: AreaSetup, order: Order, language: Language) -> Iterator[Event]:
    for one in due:
        uid = _uid(order.area, one.line.audience, one.line.what, str(one.month))
        told = "\n".join(_told(one, setup, language))
        yield Event(uid, one.day, one.day, rhythm.named(one.line, language), told)


def _told(one: Occasion, setup: AreaSetup, language: Language) -> Iterator[str]:
    """What else there is to say: the period, who answers for it, which figures it waits for, the note."""
    line, say = one.line, language.catalogue.say
    if line.report or line.about:
        yield say("reporting.about", when=language.when(one.about))
    if line.by:
        yield say("reporting.by", by=line.by)
    if line.needs:
        yield say("reporting.needs", needs=", ".join(setup.releases[name].title for name in line.needs))
    if line.note:
        yield line.note


def _released(come: Iterable[Coming], order: Order, language: Language) -> Iterator[Event]:
    say = language.catalogue.say
    for release, between, about in come:
        uid = _uid(order.area, release.publisher, release.title, str(about))
        when = language.when(about)
        summary = say("reporting.release", publisher=release.publisher, title=release.title, when=when)
        told = "" if between.kind == "day" else say("reporting.release_within")
        yield Event(uid, between.first, between.last, summary, told)


def _uid(*parts: str) -> str:
    """The name of an event that stays the same when its day moves, and in every run."""
    return f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@{NAME}.vuosikello"
