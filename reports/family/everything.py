"""Every document that an area has of a period: which they are, and the table that tells how their making ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reports.errors import ReportError, problem
from reports.family.builds import Made
from reports.family.pages import pages_of
from reports.messages import catalogue
from reports.order import Order
from reports.recipe import names, read_recipe

GAP = "  "


class Line(NamedTuple):
    """A line of the closing table."""

    document: str
    formats: str
    pages: str
    warnings: str


def orders(order: Order) -> Iterator[Order]:
    """An order for each report that the order's area, period and language have words or figures for.

    Raises ReportError(all-nothing, exit 2), with the periods there are, where there is none.
    """
    home, area, period = order.home, order.area, order.period
    nothing = True
    for name in names(home):
        if read_recipe(home, name).written(home, area, period, order.language):
            nothing = False
            yield order._replace(name=name)
    if nothing:
        have = ", ".join(map(str, home.periods(area)))
        raise ReportError([problem("all-nothing", found=period, area=area, have=have)], exit_code=2)


def table(made: Sequence[Made], language: str) -> Iterator[str]:
    """What was made, a line each: document, formats, pages of its PDF, warnings that nobody has acknowledged."""
    words = catalogue(language)
    head = Line(*(words.say(f"all.{name}") for name in ("document", "formats", "pages", "warnings")))
    lines = [head, *(_line(one, language) for one in made)]
    wide = [max(len(text) for text in column) for column in zip(*lines, strict=True)]
    for line in lines:
        words_of_it = (line.document.ljust(wide[0]), line.formats.ljust(wide[1]))
        yield GAP.join((*words_of_it, line.pages.rjust(wide[2]), line.warnings.rjust(wide[3])))


def _line(made: Made, language: str) -> Line:
    words = catalogue(language)
    if made.result is None:
        return Line(made.order.name, words.say("all.stopped"), words.say("all.none"), words.say("all.none"))
    title = made.result.title.get(language) or next(iter(made.result.title.values()))
    files = [made.result.beside.get(name, name) for name in made.result.documents]
    formats = ", ".join(name.rpartition(".")[2] for name in files)
    pages = next((pages_of((made.order.folder / name).read_bytes()) for name in files if name.endswith(".pdf")), 0)
    warnings = sum(one.warning and not one.acknowledged for one in made.problems)
    return Line(title, formats, str(pages) if pages else words.say("all.none"), str(warnings))
