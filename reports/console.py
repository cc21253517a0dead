"""The terminal: language of messages, shared options, problems in sentences, progress, exit codes."""

from __future__ import annotations

import errno
import gettext
import io
import os
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.arguments import option
from reports.errors import Problem, ReportError, problem
from reports.home import Home, HomeSetup, open_home, plain_setup
from reports.messages import LANGUAGES, Catalogue, catalogue
from reports.period import Period, PeriodError
from reports.progress import Progress

if TYPE_CHECKING:
    from reports.order import Order
    from reports.pipeline import Result

VARIABLE = "VUOSIKELLO_LANG"
LEAST_WIDTH = 40  # columns of a terminal below which nothing is wrapped
MOST_KNOWN = 3  # findings that a build names one by one
_spoken: list[Catalogue] = [catalogue("fi")]


def words() -> Catalogue:
    """The catalogue that messages are spoken in now."""
    return _spoken[0]


def _click_word(message: str) -> str:
    return str(words().part("click").get(message, message))


def _click_words(msgid1: str, msgid2: str, n: int) -> str:
    return _click_word(msgid1 if n == 1 else msgid2)


# Click binds these names when it is imported, so they are put in place first; it has no catalogue of its own.
gettext.gettext, gettext.ngettext = _click_word, _click_words

try:
    import click
except ModuleNotFoundError:  # build.py says what to do
    click = None  # type: ignore[assignment]


class Finished(Exception):
    """A command that ended with findings: `code` is the exit code."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(code)


if click is not None:

    class Commands(click.Group):
        """A group that lists its commands in the order in which they are used."""

        def list_commands(self, ctx: click.Context) -> list[str]:
            """The names in the order of build.py."""
            return list(self.commands)


@dataclass(slots=True)
class Shared:
    """What every command is told: home, strictness, quietness; and what it needs to answer."""

    home: Home
    strict: bool
    quiet: bool
    begun: float

    @property
    def language(self) -> str:
        """The language of messages."""
        return words().language

    def say(self, key: str, **values: Any) -> None:
        """Print a sentence of the catalogue's `say` table, unless quiet."""
        if not self.quiet:
            click.echo(words().say(f"say.{key}", **values))

    def progress(self) -> Progress:
        """Tells what begins, where a run takes longer than a second."""
        return Progress(self.begun, lambda step, **values: words().say(f"step.{step}", **values), self.quiet)

    def areas(self, area: str | None) -> list[str]:
        """The area asked for, or all there are."""
        return [self._known(area)] if area else self.home.areas()

    def period(self, text: str) -> Period:
        """A period as typed on the command line; raises ReportError (exit 2)."""
        months = {name.lower(): at for at, name in enumerate(words().part("language")["months"], 1)}
        try:
            return Period.of(text, months)
        except PeriodError:
            raise ReportError([problem("argument-period", found=text)], exit_code=2) from None

    def order(
        self,
        name: str,
        period: str,
        area: str | None = None,
        formats: Sequence[str] = (),
        document_lang: str | None = None,
    ) -> Order:
        """The order of a command line; raises ReportError (exit 2) for an area that is not there."""
        from reports.order import Order

        setup = home_setup(self.home)
        chosen = self._known(area or setup.area or next(iter(self.home.areas()), ""))
        language = document_lang or setup.language
        return Order(self.home, name, chosen, self.period(period), tuple(dict.fromkeys(formats)), language)

    def end(self, order: Order, result: Result) -> None:
        """Say what a command found and made, and end it with its exit code."""
        say_problems(result.problems, self, brief=True)
        say_result(order, result, self)
        self.finish(result.problems)

    def finish(self, problems: Sequence[Problem]) -> None:
        """End with exit code 1 where there are errors, or under --strict warnings that nobody acknowledged."""
        errors = any(not one.warning for one in problems)
        if errors or (self.strict and any(not one.acknowledged for one in problems)):
            raise Finished(1)

    def _known(self, area: str) -> str:
        areas = self.home.areas()
        if not areas:
            raise ReportError([problem("home-without-area", self.home.name(self.home.data))], exit_code=2)
        if area not in areas:
            raise ReportError([problem("argument-area", found=area, have=", ".join(areas))], exit_code=2)
        return area


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command, handed to it as one `Shared`."""

    def run(home: str | None, strict: bool, quiet: bool, **arguments: Any) -> None:
        command(shared=Shared(open_home(home), strict, quiet, time.perf_counter()), **arguments)

    run.__name__ = command.__name__
    run.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for shared_option in (
        click.option("--quiet", "-q", is_flag=True),
        click.option("--strict", is_flag=True),
        click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False),  # `speak` has read it
        click.option("--home"),
    ):
        run = shared_option(run)
    return run


def speak(arguments: Sequence[str], group: Any) -> None:
    """Choose the language of messages (--lang, then VUOSIKELLO_LANG, then home.yaml) and give every help its words."""
    choose_language(arguments)
    texts = words().part("help")
    group.help, group.epilog, group.subcommand_metavar = texts["group"], texts["epilog"], texts["metavars"]["command"]
    for name, command in group.commands.items():
        command.help = f"{texts[name]}\n\n\b\n{texts['example']} {texts[f'{name}-example']}"
    for command in (group, *group.commands.values()):
        command.options_metavar = texts["metavars"]["options"]
        if help_option := command.get_help_option(click.Context(command)):
            help_option.help = texts["options"]["help"]
        for parameter in command.params:
            _speak_parameter(parameter, texts)


def choose_language(arguments: Sequence[str]) -> None:
    """Speak the language that is asked for, or that of the home, or Finnish."""
    wanted = option(arguments, "--lang") or os.environ.get(VARIABLE, "") or _home_language(arguments)
    _spoken[0] = catalogue(wanted if wanted in LANGUAGES else LANGUAGES[0])


def _speak_parameter(parameter: Any, texts: dict[str, Any]) -> None:
    if isinstance(parameter, click.Option):
        parameter.help = texts["options"][parameter.name]
    if name := texts["metavars"].get(parameter.name):
        parameter.metavar = name if parameter.required or isinstance(parameter, click.Option) else f"[{name}]"


def say_problems(problems: Sequence[Problem], shared: Shared | None = None, brief: bool = False) -> None:
    """Print problems to standard error, errors first; a quiet run says only what gives its exit code.

    A `brief` run counts the known ones where they are many: `check` shows them.
    """
    known = sum(one.acknowledged for one in problems)
    if brief and known > MOST_KNOWN:
        problems = [one for one in problems if not one.acknowledged]
        if shared and not shared.quiet:
            click.echo(_wrapped(words().say("say.known-many", count=known)), err=True)
    for one in sorted(problems, key=lambda each: each.warning):
        if shared and shared.quiet and one.warning and (one.acknowledged or not shared.strict):
            continue
        kind = "known" if one.acknowledged else "warning" if one.warning else "error"
        click.echo(_wrapped(words().say(f"say.{kind}", text=words().problem(one))), err=True)


def _wrapped(text: str) -> str:
    """A sentence broken to the width of the terminal, its later lines set in; one line where a program reads it."""
    width = shutil.get_terminal_size().columns - 1
    if not sys.stderr.isatty() or width < LEAST_WIDTH:
        return text
    return textwrap.fill(text, width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def say_result(order: Order, result: Result, shared: Shared) -> None:
    """Print where the documents lie and how long each took."""
    if shared.quiet:
        return
    if result.title:
        title = result.title.get(shared.language) or next(iter(result.title.values()))
        shared.say("heading", title=title, period=order.period, area=order.area)
    for name, seconds in result.documents.items():
        path = _near(order.folder / result.beside.get(name, name))
        key = "beside" if name in result.beside else "made" if result.fresh else "current"
        click.echo(words().say(f"say.{key}", path=path, old=name, seconds=in_seconds(seconds)))
    if result.site:
        shared.say("site", path=_near(result.site))
    shared.say("done", seconds=in_seconds(time.perf_counter() - shared.begun))


def fail(error: ReportError) -> int:
    """Print what stopped a run; gives its exit code."""
    say_problems(error.problems, brief=True)
    errors = sum(not one.warning for one in error.problems)
    if error.exit_code == 1:
        click.echo(words().say("say.stopped", errors=errors), err=True)
    return error.exit_code


def interrupted() -> int:
    """Say that a run was interrupted; gives exit code 130."""
    click.echo(words().say("say.interrupted"), err=True)
    return 130


def file_words(error: OSError) -> str:
    """Which file could not be read or written, and why."""
    name = Path(str(error.filename2 or error.filename or "")).name
    reasons = words().part("reason")
    reason = reasons.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or reasons["other"])
    return _wrapped(words().say("say.file-trouble", file=name or "?", reason=reason))


def let_all_letters_pass() -> None:
    """A terminal or file that lacks some letters gets a substitute for them, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def without_packages(error: ModuleNotFoundError) -> str:
    """What to run when a package is missing."""
    return words().say("say.packages", name=error.name)


def _home_language(arguments: Sequence[str]) -> str:
    try:
        return home_setup(open_home(option(arguments, "--home") or None)).language
    except (ReportError, OSError):
        return ""


def home_setup(home: Home) -> HomeSetup:
    """home.yaml; what is wrong in it is said when the home is checked."""
    if not (home.data / "home.yaml").is_file():
        return HomeSetup()
    if plain := plain_setup(home):
        return plain
    from reports.read.setup import read_home

    return read_home(home)[0]


def in_seconds(seconds: float) -> str:
    """A time as it is told: `0,08`."""
    return f"{seconds:.2f}".replace(".", words().part("language")["decimal"])


def _near(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
