"""Runs the publishing job without anybody watching: an exit code, one line that says what to do, the rest in a log."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.console import Finished, Shared, file_words, words
from reports.errors import Problem, ReportError
from reports.finnish import Language
from reports.home import Home
from reports.public.log import Log, unquoted
from reports.public.publish import Asked, Published, publish

if TYPE_CHECKING:
    from reports.intake.statfin import Fetched

LOG = "publish.log"
DATA, FILES = 1, 3  # exit codes


def run(asked: Asked, shared: Shared) -> None:
    """Publish; raises Finished with the exit code where that is not 0. What happened stands in out/AREA/publish.log."""
    log = Log(asked.order.home.out / asked.order.area / LOG)
    try:
        with shared.progress() as tell:
            done = publish(asked, tell)
    except ReportError as error:
        raise _failed(log, asked, error.problems, error.exit_code) from error
    except OSError as error:
        raise _stopped(log, asked, file_words(error), FILES) from error
    except Exception as error:
        log.add(_where(error, asked.order.home))
        raise _stopped(log, asked, words().say("publish.bug", kind=type(error).__name__), DATA) from error
    said = _said(done)
    log.add([*_brought(done.fetched), *(words().problem(unquoted(one)) for one in done.problems), said])
    if not shared.quiet:
        click.echo(said)


def _said(done: Published) -> str:
    when = Language(words().language).when
    if not done.made:
        return words().say("publish.nothing", newest=when(done.newest))
    return words().say("publish.done", months=", ".join(map(when, done.made)), files=done.files)


def _brought(fetched: Sequence[Fetched]) -> Iterator[str]:
    """What was fetched, in lines."""
    if fetched:
        from reports.intake.fetched import lines

        for one in fetched:
            yield from lines(one, words().language)


def _failed(log: Log, asked: Asked, problems: Sequence[Problem], code: int) -> Finished:
    """Write every problem to the log, and the first error with how many more there are as the line."""
    told = [words().problem(unquoted(one)) for one in sorted(problems, key=lambda one: one.warning)]
    log.add(told[1:])
    more = words().say("publish.more", count=len(told) - 1) if told[1:] else ""
    return _stopped(log, asked, told[0] + more, code)


def _stopped(log: Log, asked: Asked, text: str, code: int) -> Finished:
    """Say one line on standard error, and in the log with the exit code."""
    said = " ".join(words().say("publish.stopped", text=text, log=asked.order.home.name(log.path)).split())
    log.add([words().say("publish.logged", text=said, code=code)])
    click.echo(said, err=True)
    return Finished(code)


def _where(error: Exception, home: Home) -> list[str]:
    """Where an exception came from, without its words, which may quote data, and without the machine's folders."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{home.name(Path(frame.filename))}:{frame.lineno} {frame.name}" for frame in frames]
