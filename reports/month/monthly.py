"""The follow-up of a month: the figures, the plan's goals and a person's comments put together, undrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from reports import compose
from reports.compose import Chapter, Composition
from reports.document import Document, Notice, Section
from reports.drawings import undrawn
from reports.errors import Problem, ReportError, problem, warning
from reports.finnish import Language
from reports.goals.follow import follow
from reports.model import Dataset, Status
from reports.month import monthly_document
from reports.month.monthly_figures import YEARS_SHOWN, Month, shown_observations
from reports.month.monthly_goals import Judged, is_followed, is_known
from reports.month.monthly_revisions import read_log
from reports.month.monthly_setup import read_breaks, read_monthly
from reports.order import Order, Say
from reports.period import Period
from reports.prepare import Prepared, chapter_of, facts_of, in_order, read_data, texts_of, words_of, years_of
from reports.printer import kept_fact
from reports.read.plan import plan_for, read_notes, read_plan
from reports.recipe import MONTHLY, SECTIONS, Part, Recipe
from reports.references import resolved
from reports.sentences.subject import before
from reports.text import Text
from reports.write.template import Template

Texts = Sequence[tuple[Part, Text]]


class Reading(NamedTuple):
    """What a document of a month is made of: its texts as read and as printed, and the figures of the month."""

    texts: Texts
    years: tuple[int, ...]
    chapters: list[Chapter]
    month: Month
    problems: list[Problem]


def composed(order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say) -> Prepared:
    """The follow-up of an order's month; problems are gathered, also that nothing is known of the month.

    Raises ReportError as `read`.
    """
    reading = read(order, recipe, say)
    if reading.month.is_empty:
        file = order.home.name(order.home.area_folder(order.area) / MONTHLY)
        reading.problems.append(warning("monthly-nothing", file, when=reading.month.work.language.when(order.period)))
    judged = judged_at(order, reading.month, reading.problems)
    return prepared(_document(order, recipe, reading, judged), reading, order, recipe, template, found)


def read(order: Order, recipe: Recipe, say: Say, seen: Callable[[Dataset], Dataset] = lambda all_of: all_of) -> Reading:
    """The texts and figures of an order's month; `seen` takes out of the figures what a document must not show.

    Raises ReportError where the period is no month or the area has no monthly.yaml (exit 2), or where that cannot be
    used.
    """
    if order.period.kind != "month":
        raise ReportError([problem("monthly-period", found=order.period)], exit_code=2)
    say("reading")
    texts = texts_of(order, recipe)
    years = _years(order, texts)
    dataset, problems = read_data(order, years)
    dataset = seen(dataset)
    setup, wrong = read_monthly(order.home, order.area, order.period, dataset)
    breaks, slips = read_breaks(order.home, order.area, dataset)
    problems += [*wrong, *slips]
    say("composing")
    work = Composition(dataset, Language(order.language), undrawn)
    chapters = [chapter_of(part, text, dataset, work.language, problems) for part, text in texts]
    return Reading(texts, years, chapters, Month(order.period, setup, breaks, work), problems)


def prepared(
    document: Document, reading: Reading, order: Order, recipe: Recipe, template: Template, found: Sequence[Problem]
) -> Prepared:
    """A document of the month with all that was found in its making."""
    work, chapters = reading.month.work, reading.chapters
    problems = [*reading.problems, *found, *recipe.problems, *work.problems, *_of_texts(order, reading)]
    specs = {name: spec.place for chapter in chapters for name, spec in chapter.text.figures.items()}
    places = {name: specs.get(name, recipe.place) for name in work.shown}
    layouts = tuple(dict.fromkeys((order.name, template.name)))
    facts = (*facts_of(chapters), *_facts(reading.month))
    told = _until(order.period, work.dataset)
    years = reading.years
    return Prepared(document, template, recipe, told, work.shown, places, in_order(problems), years, facts, layouts)


def _until(at: Period, dataset: Dataset) -> Dataset:
    """The figures without those of later months, which the workbook of an old month must not tell."""
    return replace(dataset, observations={k: o for k, o in dataset.observations.items() if o.period.first <= at.last})


def _years(order: Order, texts: Texts) -> tuple[int, ...]:
    """The years of statistics that are read: those of the charts, and those that the text names."""
    year = order.period.first.year
    own = {year - back for back in range(YEARS_SHOWN)}
    return tuple(sorted({*own, *years_of(order, [text for _, text in texts])}))


def judged_at(order: Order, month: Month, problems: list[Problem]) -> Judged:
    """The plan's measures judged at the month and at the one before it, where a plan is followed then.

    What is wrong with the plan joins the problems; one that cannot be read is left out, since the rest stands alone.
    """
    dataset = month.work.dataset
    found = Judged(log=read_log(order, dataset, problems))
    period = plan_for(order.home, order.area, order.period)
    if period is None:
        month.lacking.append(month.work.say("monthly.lacks_plan"))
        return found
    plan, wrong = read_plan(order.home, order.area, period, dataset)
    problems += wrong
    if any(not one.warning for one in wrong):
        return found
    if not is_followed(plan, period, order.period, dataset):
        month.lacking.append(month.work.say("monthly.lacks_plan"))
        return found
    notes, slips = read_notes(order.home, order.area, order.period, plan)
    problems += slips
    now = follow(plan, period, dataset, order.period, notes.overrides)
    if not any(map(is_known, now)):
        month.lacking.append(month.work.say("monthly.lacks_measures"))
    earlier = follow(plan, period, dataset, before(order.period, "month"))
    return found._replace(title=str(plan.title), now=now, earlier=earlier)


def _document(order: Order, recipe: Recipe, reading: Reading, judged: Judged) -> Document:
    month, chapters, work = reading.month, reading.chapters, reading.month.work
    figures = monthly_document.key_figures(month)
    figures = monthly_document.flowing(figures) if recipe.pages else figures
    sections, apart = _sections(recipe, reading, judged)
    text = chapters[0].text if chapters else None
    title = compose.line(text.title, chapters[0], work) if text else ""
    subtitle = compose.line(text.subtitle, chapters[0], work) if text else ""
    roles = [compose.line(one, chapters[0], work) for one in text.roles] if text else []
    own = compose.key_figures(chapters[0], work) if chapters else ()
    compose.check_references(chapters, work)
    date = text.date if text else None
    return Document(
        name=order.name,
        title=title or work.say("monthly.title", when=work.language.when(order.period)),
        subtitle=subtitle,
        organisation=work.dataset.setup.organisation,
        date=work.language.when(date) if date else "",
        roles=tuple(roles),
        language=order.language,
        area=order.area,
        period=str(order.period),
        sections=resolved(sections, work.numbers),
        attachments=resolved(apart, work.numbers),
        separate=tuple(compose.line(one, chapters[0], work) for one in text.separate) if text else (),
        notices=notices(reading),
        key_figures=(*own, *figures)[: compose.MOST_KEY_FIGURES],
        labels=work.language.catalogue.part("document"),
        day=(date or order.period).last.isoformat(),
        contents=recipe.contents,
    )


def _sections(recipe: Recipe, reading: Reading, judged: Judged) -> tuple[list[Section], list[Section]]:
    """The sections that the recipe asks for, in its order; and those of texts that stand apart."""
    month = reading.month
    beside = [chapter for chapter, (part, _) in zip(reading.chapters, reading.texts, strict=True) if part.apart]
    makers = monthly_document.makers(month, judged)
    makers["text"] = lambda: compose.sections([one for one in reading.chapters if one not in beside], month.work)
    wanted = recipe.sections or SECTIONS[recipe.content]
    made = [section for name in wanted for section in makers[name]()]
    return made, compose.sections(beside, month.work)


def notices(reading: Reading) -> tuple[Notice, ...]:
    """That there are example figures, and what is missing."""
    month, chapters, say = reading.month, reading.chapters, reading.month.work.say
    drawn = [o for one in month.work.shown.values() for o in one.observations]
    typed = any(one.fact.is_example for chapter in chapters for one in chapter.printed())
    example = typed or any(o.status is Status.EXAMPLE for o in (*drawn, *shown_observations(month.printed)))
    found = [month.work.label("example_notice")] if example else []
    if month.is_empty:
        name = month.work.language.month(month.at)
        found.append(say("monthly.lacks_all", month=name[:1].upper() + name[1:], year=month.at.first.year))
    elif month.lacking:
        found.append(lacks(month))
    return tuple(map(Notice, found))


def lacks(month: Month) -> str:
    """What is missing of the month, in a sentence."""
    lacking = dict.fromkeys(month.lacking)
    return month.work.say(f"monthly.lacks{'_many' if len(lacking) > 1 else ''}", what="; ".join(lacking))


def _of_texts(order: Order, reading: Reading) -> list[Problem]:
    """What is wrong with a person's text."""
    texts, chapters, month = reading.texts, reading.chapters, reading.month
    found = [one for _, text in texts for one in text.problems]
    found += [one for chapter in chapters for one in (*chapter.narrative.problems, *chapter.printer.problems)]
    return found + (words_of(order, chapters, 0, month.work.dataset) if order.thorough else [])


def _facts(month: Month) -> list[Mapping[str, str]]:
    """What the document prints and where each figure was read, for the manifest."""
    return [kept_fact(one.text, one.expression, one.fact) for one in month.printed]
