"""Everything of a report short of writing it: texts and figures read, checked, printed and put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from figures.chart import ChartError
from reports import compose, sources
from reports.attachments import Attached, attached_periods, attachments
from reports.chart_worker import ChartWorker, Picture
from reports.charts import Chosen
from reports.compose import Chapter, Composition
from reports.consistency.figures import check_shares, check_sums
from reports.document import Document, Section
from reports.drawings import Drawings, drawn, narrowed, undrawn
from reports.errors import Place, Problem, ReportError, problem
from reports.finnish import Language
from reports.messages import LANGUAGES
from reports.model import Dataset
from reports.named import named_in
from reports.narrative import read_narrative
from reports.order import Order, Say, silent
from reports.period import Period, PeriodError
from reports.printer import FactPrinter, kept_fact, name_facts
from reports.recipe import Content, Part, Recipe, read_recipe
from reports.text import Text
from reports.write.template import Template

if TYPE_CHECKING:
    from reports.public.record import Record

# The module whose `composed` puts a document of each content together; loaded when it is asked for.
COMPOSED_BY = {
    Content.PLAN: "reports.plan.planned",
    Content.FOLLOWUP: "reports.plan.planned",
    Content.MONTHLY: "reports.month.monthly",
    Content.SHORT: "reports.public.short",
    Content.RELEASE: "reports.family.release",
    Content.SLIDES: "reports.slides.compose",
}


class Prepared(NamedTuple):
    """A report ready to be written, and what its making found.

    `chosen` are its charts by name; `drawable` says where each of those that can be drawn is asked for. `years` are
    those whose statistics were read, `layouts` the template folders it is laid out by. `record` is what goes to the
    public site, `extra` further files with the documents.
    """

    document: Document
    template: Template
    recipe: Recipe
    dataset: Dataset
    chosen: Mapping[str, Chosen]
    drawable: Mapping[str, Place]
    problems: tuple[Problem, ...]
    years: tuple[int, ...]
    facts: tuple[Mapping[str, str], ...]
    layouts: tuple[str, ...]
    record: Record | None = None
    extra: Mapping[str, bytes] = {}


Meanwhile = Callable[[Prepared], None]


def idle(made: Prepared) -> None:
    """A `Meanwhile` that does nothing."""


def prepare(
    order: Order, say: Say = silent, meanwhile: Meanwhile = idle, worker: ChartWorker | None = None
) -> Prepared:
    """Read and check everything, compose the document, and draw its charts; without a `worker` they stay undrawn.

    While they are drawn, `meanwhile` runs with the report as far as it is. Problems are gathered, not raised, unless
    nothing can be read at all (ReportError).
    """
    recipe = read_recipe(order.home, order.name)
    if order.language not in LANGUAGES and recipe.content is not Content.SHORT:
        raise ReportError([problem("document-language", found=order.language, name=order.name)], exit_code=2)
    layout = recipe.layout or order.name
    folders = order.home.template_folders(order.name, layout)
    values, found = theme(order)
    template = Template(layout, folders, values)
    drawings = Drawings(order.drawings, values, folders, worker) if worker else None
    made: Prepared
    if recipe.content is Content.TEXT:
        made = _composed(order, recipe, template, found, say)
    else:
        made = import_module(COMPOSED_BY[recipe.content]).composed(order, recipe, template, found, say)
    if drawings is None:
        return made
    say("drawing")
    charts = {name: one.chart for name, one in made.chosen.items() if name in made.drawable}
    small = narrowed(charts) if recipe.content is Content.SHORT and "html" in (order.formats or recipe.formats) else {}
    pictures = drawings.draw({**charts, **small}, lambda: meanwhile(made))
    faulty = _undrawable({name: pictures[name] for name in charts}, made.drawable)
    return made._replace(document=drawn(made.document, pictures), problems=in_order([*made.problems, *faulty]))


def _composed(order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say) -> Prepared:
    language = Language(order.language)
    say("reading")
    texts = texts_of(order, recipe)
    years = years_of(order, [text for _, text in texts])
    dataset, problems = read_data(order, years)
    say("composing")
    work = Composition(dataset, language, undrawn, order=recipe.sections)
    chapters = [chapter_of(part, text, dataset, language, problems) for part, text in texts]
    chapters = _chosen(chapters, recipe, problems)
    problems += _untitled(texts[0][1])
    attached = attachments(order, recipe, texts[0][1], problems)
    makers = {one.name: partial(_attachment, one, order, chapters, work, problems) for one in attached}
    document = compose.document(order.name, order.period, chapters, makers, work)
    document = replace(document, contents=recipe.contents, levels=recipe.levels)
    if any(text.pictures for _, text in texts):
        from reports.pictures import filled

        document = filled(document, order, [text for _, text in texts], problems)
    problems += [*found, *recipe.problems]
    problems += [one for _, text in texts for one in text.problems]
    problems += work.problems
    problems += [one for chapter in chapters for one in (*chapter.narrative.problems, *chapter.printer.problems)]
    if order.thorough:
        problems += words_of(order, chapters, len(attached), dataset)
    specs = {name: spec for chapter in chapters for name, spec in chapter.text.figures.items()}
    places = {name: specs[name].place if name in specs else recipe.place for name in work.figures}
    layouts = tuple(dict.fromkeys((order.name, template.name, *(one.name for one in attached if one.period))))
    return Prepared(
        document, template, recipe, dataset, work.shown, places, in_order(problems), years, facts_of(chapters), layouts
    )


def _chosen(chapters: list[Chapter], recipe: Recipe, problems: list[Problem]) -> list[Chapter]:
    """The texts without the sections that the recipe does not list; all where it lists none."""
    if not recipe.sections:
        return chapters
    names = [one.name for chapter in chapters for one in chapter.narrative.passages]
    for name in recipe.sections:
        if name not in names:
            values = {"found": name, "name": "sections", "have": ", ".join(names)}
            problems.append(Problem("recipe-word", recipe.place, values))
    unlisted = tuple(name for name in names if name not in recipe.sections)
    return [one._replace(leave_out=(*one.leave_out, *unlisted)) for one in chapters]


def _untitled(text: Text) -> list[Problem]:
    """A report made of texts has the title of the first."""
    return [] if text.title or text.problems else [problem("key-missing", text.file, 1, name="title")]


def years_of(order: Order, texts: Sequence[Text]) -> tuple[int, ...]:
    """The calendar years whose statistics are read: the period's, the year before, those that facts and sums name."""
    from reports.read.setup import read_sums

    years = {year - back for year in order.period.years for back in (0, 1)}
    sums, _ = read_sums(order.home, order.home.period_folder(order.area, order.period) / "sums.yaml")
    years |= {year for one in sums for notation in (one.total, *one.parts) for year in _years(notation)}
    for text in texts:
        years |= {year - back for one in attached_periods(text) for year in one.years for back in (0, 1, 2)}
        notations: list[str] = [*text.facts.values()]
        for figure in text.figures.values():
            notations += [*figure.data, *figure.compare]
        notations += [table.data for table in text.tables.values()]
        years |= {year for notation in notations for year in _years(notation)}
    return tuple(sorted(years))


def _years(notation: str) -> Iterator[int]:
    """The years of every period in a notation, `2020-2024` with those in between."""
    for word in notation.split():
        with suppress(PeriodError):
            yield from Period.of(word).years


def read_data(order: Order, years: Iterable[int]) -> tuple[Dataset, list[Problem]]:
    """The figures of the order's area, and every problem found in them."""
    from reports.read.dataset import read_dataset
    from reports.read.setup import read_home

    dataset = read_dataset(order.home, order.area, set(years))
    folder = order.home.name(order.home.period_folder(order.area, order.period))
    language = Language(order.language)
    mine = [o for o in dataset.observations.values() if o.place.file.startswith(f"{folder}/")]
    own = replace(dataset, sums=tuple(one for one in dataset.sums if one.place.file.startswith(f"{folder}/")))
    sums, shares = check_sums(own, language), check_shares(mine, dataset, language)
    return named_in(dataset, order.language), [*read_home(order.home)[1], *dataset.problems, *sums, *shares]


def theme(order: Order) -> tuple[dict[str, str], list[Problem]]:
    """The colours, fonts and sizes of theme.yaml, the city's values over the program's, and warnings about the files.

    Raises ReportError where there are errors.
    """
    from reports.read.decode import decode
    from reports.read.parsed import reader

    out: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in reversed(order.home.template_folders("shared")):
        path = folder / "theme.yaml"
        if path.is_file():
            text, wrong = decode(path.read_bytes(), order.home.name(path))
            tree, slips = reader(order.home)(text, order.home.name(path))
            problems += [*wrong, *slips]
            values = tree.data.items() if isinstance(tree.data, dict) else ()
            out |= {key: value for key, value in values if isinstance(value, str)}
    if any(not one.warning for one in problems):
        raise ReportError(problems)
    return out, problems


def texts_of(order: Order, recipe: Recipe) -> list[tuple[Part, Text]]:
    """The texts of an order with their parts of the recipe; optional ones that are not there are left out."""
    from reports.read.front_matter import read_text

    folder = order.home.period_folder(order.area, order.period)
    texts = []
    for part in recipe.parts:
        name = part.file(order.language)
        if part.optional and not (folder / name).is_file():
            continue
        text = read_text(order.home, folder / name)
        if text.embargo and recipe.content is not Content.RELEASE:
            unused = Problem("embargo-unused", text.embargo.place, warning=True)
            text = replace(text, problems=(*text.problems, unused))
        texts.append((part, text))
    return texts


def chapter_of(part: Part, text: Text, dataset: Dataset, language: Language, problems: list[Problem]) -> Chapter:
    """A text read and printed; what is wrong with the names of its facts and of sections left out joins `problems`."""
    named, wrong = name_facts(text.facts, dataset)
    problems += wrong
    printer = FactPrinter(named, dataset, language)
    narrative = read_narrative(text.body, text.file, text.body_row, printer, text.not_facts)
    anchors = [one.name for one in narrative.passages]
    for name in part.leave_out:
        if name not in anchors:
            have = ", ".join(anchors)
            problems.append(Problem("recipe-word", part.place, {"found": name, "name": "leave-out", "have": have}))
    return Chapter(text, narrative, printer, part.leave_out)


def _attachment(
    one: Attached, order: Order, chapters: Sequence[Chapter], work: Composition, problems: list[Problem]
) -> Section:
    if one.name == sources.NAME:
        return sources.attachment(chapters, work, [each for each in in_order(problems) if each.acknowledged])
    from reports.plan.planned import attachment

    return attachment(one, order, work, problems)


def words_of(order: Order, chapters: Sequence[Chapter], attached: int, dataset: Dataset) -> list[Problem]:
    """What is amiss in the words of the texts: doubled, glued, unexplained, a date said in two ways."""
    from reports.consistency.pieces import prose
    from reports.consistency.text import check_texts

    pieces = [piece for chapter in chapters for piece in prose(chapter.text)]
    printed = {one.expression: one.text for chapter in chapters for one in chapter.printer.printed}
    language = Language(order.language)
    aliases = {area.name: area.aliases for area in dataset.setup.areas if area.aliases}
    return check_texts(pieces, language, attachments=attached, printed=printed, dates=dataset.dates, aliases=aliases)


def _undrawable(pictures: Mapping[str, Picture | ChartError], places: Mapping[str, Place]) -> list[Problem]:
    faults = {name: made for name, made in pictures.items() if isinstance(made, ChartError)}
    return [Problem(fault.code, places[name], dict(fault.values)) for name, fault in faults.items()]


def facts_of(chapters: Sequence[Chapter]) -> tuple[Mapping[str, str], ...]:
    """What the text prints and where each figure was read, for the manifest."""
    return tuple(
        kept_fact(one.text, one.expression, one.fact, str(one.place))
        for chapter in chapters
        for one in chapter.printed()
    )


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once: errors first, then by place."""
    seen: dict[str, Problem] = {}
    for one in problems:
        seen.setdefault(f"{one.place}{one.code}{one.values}", one)
    return tuple(sorted(seen.values(), key=_order))


def _order(one: Problem) -> tuple[bool, str, int]:
    return one.warning, one.place.file, one.place.row
