"""A press release of a month: headline and lead drafted from the figures, a person's words, background, contacts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reports import compose
from reports.compose import Chapter
from reports.document import Block, Document, Entry, List, Paragraph, Run, Section
from reports.errors import Problem, warning
from reports.family import slots
from reports.month import monthly, monthly_document
from reports.month.monthly import Reading
from reports.month.monthly_figures import Month
from reports.order import Order, Say
from reports.prepare import Prepared
from reports.public.record import shown_figures
from reports.public.safe import Safe
from reports.public.told import of_draft, of_texts
from reports.public.worked_out import worked_out
from reports.recipe import SECTIONS, Recipe
from reports.references import resolved
from reports.sentences import sentences
from reports.sentences.sentences import Sentence
from reports.sentences.subject import Subject
from reports.write.template import Template

GROUP = " / "  # in the notation of facts
IN_LEAD = 2  # sentences of the lead; what else there is to tell is the body's


class Draft(NamedTuple):
    """What the figures of a month say: the main fact, the lead, and the rest of the news."""

    headline: str
    lead: str
    body: tuple[str, ...]


def composed(order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say) -> Prepared:
    """The release of an order's month, undrawn; problems are gathered.

    It shows only what may be published. Raises ReportError as `monthly.read`, and where the figures cannot be published
    without giving a hidden one away (exit 5).
    """
    safe = Safe(order, recipe)
    reading = monthly.read(order, recipe, say, safe.published)
    document = _document(order, recipe, reading)
    made = monthly.prepared(document, reading, order, recipe, template, found)
    told = shown_figures([*of_draft(reading), *of_texts(reading)], reading.month.work.dataset)
    return made._replace(extra=safe.lists(told, worked_out(reading.month)))


def _document(order: Order, recipe: Recipe, reading: Reading) -> Document:
    work, chapters = reading.month.work, reading.chapters
    draft = _draft(reading.month)
    makers: Mapping[str, Callable[[], list[Section]]] = {
        "opening": lambda: _opening(draft, reading.month),
        "text": lambda: compose.sections(chapters, work) or [_unwritten(order, reading)],
        "contacts": lambda: _contacts(reading),
        "sources": lambda: _sources(reading.month),
    }
    sections = [section for name in recipe.sections or SECTIONS[recipe.content] for section in makers[name]()]
    compose.check_references(chapters, work)
    text = chapters[0].text if chapters else None
    kind = recipe.title.get(order.language) or next(iter(recipe.title.values()))
    date = text.date if text else None
    return Document(
        name=order.name,
        title=_line("title", reading) or draft.headline,
        subtitle=_line("subtitle", reading) or draft.lead,
        organisation=work.dataset.setup.organisation,
        date=work.language.when(date) if date else "",
        roles=(kind, _embargo(reading)),
        language=order.language,
        area=order.area,
        period=str(order.period),
        sections=resolved(sections, work.numbers),
        notices=monthly.notices(reading),
        key_figures=compose.key_figures(chapters[0], work) if chapters else (),
        labels=work.language.catalogue.part("document"),
        day=(date or order.period).last.isoformat(),
        contents=False,
    )


def _line(name: str, reading: Reading) -> str:
    """A line of the text's front matter; nothing where it has none."""
    chapter = reading.chapters[0] if reading.chapters else None
    return compose.line(getattr(chapter.text, name), chapter, reading.month.work) if chapter else ""


def _embargo(reading: Reading) -> str:
    """That the release is free, at once or from a day and an hour on."""
    until = _line("embargo", reading)
    return reading.month.work.say("release.from" if until else "release.now", when=until)


def _draft(month: Month) -> Draft:
    """The month in sentences made by rules; empty where no figure of it has words."""
    at, language = month.at, month.work.language
    subjects = [one for one in _subjects(month) if sentences.level(one, at, language)]
    if not subjects:
        return Draft("", "", ())
    country = month.rate(str(month.setup.country))
    headline = sentences.headline(subjects, at, language)
    lead = list(sentences.lead(subjects, at, language, [country] if country else []))
    begin = _begin(headline, lead, sentences.changes(subjects[0], at, language))
    lead = [*begin, *lead[IN_LEAD:]]
    more = [one for one in _areas(month) if one]
    for said in filter(None, (headline, *lead, *more)):
        monthly_document.remember(said.facts, said.kind, month)
    marks = [one for one in lead if one.kind == "status"]  # that all figures are examples: told with the first ones
    told = [one for one in lead if one.kind != "status"]
    return Draft(
        headline.text if headline else "",
        _joined((*told[: len(begin)], *marks)),
        tuple(filter(None, (_joined(told[len(begin) :]), _joined(more)))),
    )


def _begin(headline: Sentence | None, lead: Sequence[Sentence], changes: Sentence | None) -> list[Sentence]:
    """How the lead begins: with the changes alone where its first sentence says no more than the headline."""
    begin = list(lead[:IN_LEAD])
    marked = any(one.kind == "status" for one in lead)  # of sentences that are told without their own marks
    told = [one.facts for one in begin]
    says_no_more = headline and told[:1] == [headline.facts[: len(told[0])]]
    return [changes] if changes and not marked and says_no_more and told[1:] == [changes.facts] else begin


def _subjects(month: Month) -> list[Subject]:
    """What the release tells of: the people, their rate, vacancies, then the services of the whole."""
    services = [one for one in month.setup.services if GROUP not in one]  # no sentence can name a group
    return [*monthly_document.main_subjects(month), *(month.service(one) for one in services)]


def _areas(month: Month) -> Iterator[Sentence | None]:
    """The rates of the municipalities beside each other, or their people where there is no rate."""
    names = [str(one) for one in month.setup.areas]
    rates = [month.rate(name) or month.subject(month.setup.people, name) for name in names]
    found = [one for one in rates if one]
    if len(found) > 1:
        yield sentences.compare_areas(found, month.at, month.work.language)


def _joined(said: Sequence[Sentence]) -> str:
    return " ".join(one.text for one in said)


def _opening(draft: Draft, month: Month) -> list[Section]:
    if not draft.body:
        return []
    title = month.work.say("release.section_opening", when=month.work.language.when(month.at))
    title = title[:1].upper() + title[1:]
    return [Section("release-opening", title, tuple(Paragraph((Run(one),)) for one in draft.body))]


def _unwritten(order: Order, reading: Reading) -> Section:
    """A place for somebody's words, where nobody has written any."""
    say = reading.month.work.say
    what = say("release.statement")
    file = order.home.name(order.home.period_folder(order.area, order.period) / f"{order.name}.md")
    reading.problems.append(warning("slot-empty", file, title=what))
    return Section("release-statement", what, (slots.missing(what, reading.month.work.language),))


def _contacts(reading: Reading) -> list[Section]:
    """Who answers questions, by role; that nobody is named, where the text names none."""
    say = reading.month.work.say
    chapter: Chapter | None = reading.chapters[0] if reading.chapters else None
    lines = [compose.line(one, chapter, reading.month.work) for one in chapter.text.roles] if chapter else []
    block: Block = List(tuple(Entry((Run(line),)) for line in lines))
    if not lines:
        block = slots.missing(say("release.section_contacts"), reading.month.work.language)
    return [Section("release-contacts", say("release.section_contacts"), (block,))]


def _sources(month: Month) -> list[Section]:
    """Where the figures of the release come from."""
    sources = " ".join(monthly_document.cited(one, month) for one in monthly_document.sources(month))
    if not sources:
        return []
    said = month.work.say("monthly.sources", sources=sources)
    return [
        Section("release-sources", month.work.say("release.section_sources"), (Paragraph((Run(said),), role="note"),))
    ]
