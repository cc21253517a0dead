"""The slides of a meeting put together: those that the month's figures make, and those that people write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from reports import compose
from reports.compose import Chapter, Composition
from reports.document import KeyFigure, Notice, Section
from reports.drawings import undrawn
from reports.errors import Place, Problem
from reports.finnish import Language
from reports.model import NamedDate, Observation, Status
from reports.month import monthly, monthly_document
from reports.month.monthly_figures import Month, shown_observations
from reports.order import Order, Say
from reports.prepare import Prepared, chapter_of, facts_of, in_order, read_data, texts_of, words_of, years_of
from reports.recipe import MONTHLY, SECTIONS, Recipe
from reports.references import resolved
from reports.slides import authored, automatic
from reports.slides.fitting import fitted
from reports.slides.origins import notes
from reports.slides.plots import plots
from reports.text import Text
from reports.write.pptx_deck import KEY_FIGURES, Deck
from reports.write.template import Template

PICTURED = "pdf"  # the one format that takes a chart as a picture
TEXT, OPENING = "text", "opening"  # among the sections of a recipe


class Cast(NamedTuple):
    """What a deck is made of: printed texts, what was shown of the figures, and the month where it is of one."""

    chapters: Sequence[Chapter]
    work: Composition
    month: Month | None = None

    def key_figures(self) -> tuple[KeyFigure, ...]:
        """The text's own key figures, then those of the month, five at most."""
        own = compose.key_figures(self.chapters[0], self.work) if self.chapters else ()
        of_month = monthly_document.key_figures(self.month) if self.month else ()
        return (*own, *monthly_document.flowing(of_month))[: compose.MOST_KEY_FIGURES]


class Draft(NamedTuple):
    """A deck before it is cut to size, where each of its slides was written, by anchor, and its texts."""

    deck: Deck
    places: Mapping[str, Place]
    texts: Sequence[Text]


def composed(order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say) -> Prepared:
    """The deck of an order, cut to the size of its slides, but for its drawings; problems are gathered.

    An area with a monthly.yaml gets the slides of the month as well. Raises ReportError where the master of the slides
    cannot be used.
    """
    of_month = order.period.kind == "month" and (order.home.area_folder(order.area) / MONTHLY).is_file()
    made, drafted = (_of_month if of_month else _of_text)(order, recipe, template, found, say)
    pictured, unread = _with_pictures(drafted, order)
    deck, tight = fitted(pictured, template, Language(order.language), drafted.places)
    wanted = PICTURED in (order.formats or recipe.formats)
    return made._replace(
        document=deck,
        drawable=made.drawable if wanted else {},
        problems=in_order([*made.problems, *unread, *tight]),
    )


def _of_month(
    order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say
) -> tuple[Prepared, Draft]:
    reading = monthly.read(order, recipe, say)
    month = reading.month
    makers = automatic.makers(month, monthly.judged_at(order, month, reading.problems))
    draft = _draft(order, recipe, Cast(reading.chapters, month.work, month), makers)
    return monthly.prepared(draft.deck, reading, order, recipe, template, found), draft


def _of_text(
    order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say
) -> tuple[Prepared, Draft]:
    """A deck of a text alone, which then has to be there."""
    say("reading")
    needed = tuple(replace(part, optional=False) for part in recipe.parts)
    parts = texts_of(order, replace(recipe, parts=needed))
    texts = [text for _, text in parts]
    years = years_of(order, texts)
    dataset, problems = read_data(order, years)
    say("composing")
    work = Composition(dataset, Language(order.language), undrawn)
    chapters = [chapter_of(part, text, dataset, work.language, problems) for part, text in parts]
    draft = _draft(order, recipe, Cast(chapters, work), {})
    problems += [*found, *recipe.problems, *work.problems]
    problems += [one for text in texts for one in text.problems]
    problems += [one for chapter in chapters for one in (*chapter.narrative.problems, *chapter.printer.problems)]
    problems += words_of(order, chapters, 0, dataset) if order.thorough else []
    specs = {name: spec.place for chapter in chapters for name, spec in chapter.text.figures.items()}
    layouts = tuple(dict.fromkeys((order.name, template.name)))
    facts, told = facts_of(chapters), in_order(problems)
    return Prepared(draft.deck, template, recipe, dataset, work.shown, specs, told, years, facts, layouts), draft


def _with_pictures(draft: Draft, order: Order) -> tuple[Deck, list[Problem]]:
    """The deck with the contents of its pictures' files, and what is wrong with those; without them as it is."""
    if not any(text.pictures for text in draft.texts):
        return draft.deck, []
    from reports.pictures import filled

    problems: list[Problem] = []
    return replace(draft.deck, sections=filled(draft.deck, order, draft.texts, problems).sections), problems


def _draft(order: Order, recipe: Recipe, cast: Cast, makers: Mapping[str, Callable[[], list[Section]]]) -> Draft:
    """The deck of what was read, its slides as long as they are."""
    work, chapters = cast.work, cast.chapters
    figures = cast.key_figures()
    slides, places = _slides(recipe, cast, makers)
    text = chapters[0].text if chapters else None
    title = compose.line(text.title, chapters[0], work) if text else ""
    date = text.date if text else None
    deck = Deck(
        name=order.name,
        title=title or work.say("slides.title", when=work.language.when(order.period)),
        subtitle=compose.line(text.subtitle, chapters[0], work) if text else "",
        organisation=work.dataset.setup.organisation,
        date=work.language.when(date) if date else "",
        roles=tuple(compose.line(one, chapters[0], work) for one in text.roles) if text else (),
        language=order.language,
        area=order.area,
        period=str(order.period),
        sections=resolved(slides, work.numbers),
        notices=_notices(cast),
        key_figures=figures,
        labels=work.language.catalogue.part("document"),
        day=(date or order.period).last.isoformat(),
        contents=False,
        plots=plots(work.shown, work.language),
    )
    return Draft(deck, places, [one.text for one in chapters])


def _slides(
    recipe: Recipe, cast: Cast, makers: Mapping[str, Callable[[], list[Section]]]
) -> tuple[list[Section], dict[str, Place]]:
    """The slides of the sections that the recipe asks for, in its order; those of a text know where they stand."""
    wanted = recipe.sections or SECTIONS[recipe.content]
    written = [pair for chapter in cast.chapters for pair in _written(chapter, cast)]
    places = {slide.anchor: place for slide, place in written}
    if cast.chapters and (typed := cast.chapters[0].text.key_figures):
        places[KEY_FIGURES] = typed[0].place
    made: dict[str, list[Section]] = {TEXT: [slide for slide, _ in written]}
    if not cast.month and cast.key_figures():
        makers = {"key-figures": lambda: [_key_figures(cast)]}
    for name in sorted(makers, key=lambda one: one == OPENING):  # last the one that says what the others lack
        if name in wanted:
            made[name] = makers[name]()
    slides = [slide for name in wanted for slide in made.get(name, ())]
    return slides, {one.anchor: places.get(one.anchor, recipe.place) for one in slides}


def _written(chapter: Chapter, cast: Cast) -> Iterable[tuple[Section, Place]]:
    return authored.slides(chapter, compose.sections([chapter], cast.work), cast.work)


def _key_figures(cast: Cast) -> Section:
    """The slide of the key figures that the text's front matter has."""
    told = [one for chapter in cast.chapters for one in chapter.printed() if one.place.row < chapter.text.body_row]
    title = cast.work.label("key_figures")
    return Section(KEY_FIGURES, title, notes((o for one in told for o in _observations(one.fact.origins)), cast.work))


def _observations(origins: Iterable[Observation | NamedDate]) -> list[Observation]:
    return [one for one in origins if not isinstance(one, NamedDate)]


def _notices(cast: Cast) -> tuple[Notice, ...]:
    """That there are example figures among those shown."""
    drawn = [o for one in cast.work.shown.values() for o in one.observations]
    listed = [o for group in cast.work.listed.values() for o in group]
    told = [o for chapter in cast.chapters for one in chapter.printed() for o in _observations(one.fact.origins)]
    of_month = shown_observations(cast.month.printed) if cast.month else []
    example = any(o.status is Status.EXAMPLE for o in (*drawn, *listed, *told, *of_month))
    return (Notice(cast.work.label("example_notice")),) if example else ()
