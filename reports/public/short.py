"""The short version of a month for the public: a headline, a few sentences, one chart, one small table, the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from reports import compose
from reports.charts import source_of
from reports.compose import Chapter, Composition
from reports.document import Block, Document, Figure, KeyFigure, Paragraph, Run, Section, Table
from reports.errors import Problem, ReportError, problem
from reports.finnish import Language
from reports.model import Area, Dataset, Indicator, Mark, Source
from reports.month import monthly, monthly_charts, monthly_document
from reports.month.monthly_figures import YEARS_SHOWN, Month, shown_observations
from reports.order import Order, Say
from reports.period import Period
from reports.prepare import Prepared
from reports.public.record import Record, shown_figures, updated
from reports.public.safe import Safe
from reports.public.told import Found, of_texts
from reports.public.worked_out import worked_out
from reports.recipe import Recipe
from reports.references import resolved
from reports.sentences import sentences
from reports.sentences.sentences import Sentence
from reports.sentences.subject import Subject, before
from reports.write.template import Template

ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
MARKS = {"unavailable": Mark.UNAVAILABLE, "hidden": Mark.HIDDEN}
SHARES = (0.43, 0.13, 0.21, 0.23)  # of the table's width


class Page(NamedTuple):
    """What the page says before it is a document: its month, the subjects in the order of their weight, the news."""

    month: Month
    subjects: Sequence[Subject]
    others: Sequence[Subject]
    headline: str
    lead: Sequence[Sentence]


def composed(order: Order, recipe: Recipe, template: Template, found: Sequence[Problem], say: Say) -> Prepared:
    """The short version of an order's month, undrawn; problems are gathered.

    Raises ReportError as `monthly.read`, where there are no figures of the month yet (exit 4), and where they cannot be
    published (exit 5).
    """
    safe = Safe(order, recipe)
    reading = monthly.read(order, recipe, say, safe.published)
    page = _page(reading.month, order)
    document = _document(order, page, reading)
    reading.problems.extend(_address(order, reading.month.work.dataset))
    made = monthly.prepared(document, reading, order, recipe, template, found)
    day = reading.chapters[0].text.date if reading.chapters else None
    record = _record(page, made.document, day, of_texts(reading))
    return made._replace(record=record, extra=safe.lists(record.figures, worked_out(reading.month)))


def _address(order: Order, dataset: Dataset) -> Iterator[Problem]:
    """That the address of the site is none."""
    if dataset.setup.site and not ADDRESS.fullmatch(dataset.setup.site):
        file = order.home.name(order.home.area_folder(order.area) / "area.yaml")
        yield problem("site-address", file, found=dataset.setup.site)


def _page(month: Month, order: Order) -> Page:
    """The month's figures and what they say.

    Raises ReportError where nothing of the month is known (exit 4), and where there are no words for what is.
    """
    language = month.work.language
    subjects = [_local(one, language) for one in monthly_document.main_subjects(month)]
    told = [one for one in subjects if sentences.level(one, month.at, language)]
    beside = [_local(one, language) for name in month.listed if name != month.main and (one := month.rate(name))]
    country = [one for one in beside if one.area.name == _called(month, str(month.setup.country))]
    headline = sentences.headline(told, month.at, language) if told else None
    known = [one for one in subjects if (fact := one.figures.get(month.at)) and fact.mark != Mark.NOT_APPLICABLE]
    folder = order.home.area_folder(order.area)
    if not known:
        nothing = problem("short-nothing", order.home.name(folder), when=month.at)
        raise ReportError([nothing], exit_code=4)
    if headline is None:
        found = ", ".join(dict.fromkeys(one.indicator.id or one.indicator.name for one in known))
        file = order.home.name(folder / "indicators.yaml")
        raise ReportError([problem("short-unnamed", file, found=found, language=language.code)])
    lead = sentences.lead(told, month.at, language, country)
    for sentence in (headline, *lead):
        monthly_document.remember(sentence.facts, sentence.kind, month)
    return Page(month, subjects, beside, headline.text, lead)


def _called(month: Month, name: str) -> str:
    area = month.work.dataset.area(name)
    return area.together(month.work.language.code) if area else name


def _local(subject: Subject, language: Language) -> Subject:
    """A subject with its names as the document's language has them, for labels; Finnish where it has none."""
    subject = subject._replace(area=replace(subject.area, name=subject.area.together(language.code)))
    if language.code == "fi":
        return subject
    name = _capital(_named(subject.indicator, language)) or subject.indicator.name
    unit = language.catalogue.part("short")["units"].get(subject.indicator.unit, subject.indicator.unit)
    indicator = replace(subject.indicator, name=name, unit=unit)
    return subject._replace(indicator=indicator)


def _named(indicator: Indicator, language: Language) -> str:
    """What an indicator is called in running text, or what it counts; empty where a language has no words for it."""
    noun = getattr(indicator.nouns, language.code)
    called: str = getattr(indicator.called, language.code)
    return called or (noun.many if noun else "")


def _within(area: Area, language: Language) -> str:
    """An area's label within a line: `koko maa`, `hela landet`, where it is called by no proper name."""
    called = area.locative if language.code == "fi" else getattr(area, language.code, "")
    return area.name[:1].lower() + area.name[1:] if called[:1].islower() else area.name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _document(order: Order, page: Page, reading: monthly.Reading) -> Document:
    work, chapters = page.month.work, reading.chapters
    text = chapters[0].text if chapters else None
    first = _opening(page)
    sections = [first, *compose.sections(chapters, work), _figures(page, first), _sources(page)]
    compose.check_references(chapters, work)
    date = text.date if text else None
    return Document(
        name=order.name,
        title=(compose.line(text.title, chapters[0], work) if text else "") or page.headline,
        subtitle=work.say("short.subtitle", when=work.language.when(order.period)),
        organisation=work.dataset.setup.organisation,
        date=work.language.when(date) if date else "",
        roles=tuple(compose.line(one, chapters[0], work) for one in text.roles) if text else (),
        language=order.language,
        area=order.area,
        period=str(order.period),
        sections=resolved(sections, work.numbers),
        notices=monthly.notices(reading),
        key_figures=_key_figures(chapters, work),
        labels={**work.language.catalogue.part("document"), **_labels(work)},
        day=(date or order.period).last.isoformat(),
        contents=False,
    )


def _labels(work: Composition) -> dict[str, str]:
    """The words that the site's pages print themselves."""
    return {f"site_{name}": words for name, words in work.language.catalogue.part("site").items()}


def _key_figures(chapters: Sequence[Chapter], work: Composition) -> tuple[KeyFigure, ...]:
    return compose.key_figures(chapters[0], work) if chapters else ()


def _opening(page: Page) -> Section:
    """The sentences, and the year so far against the two before it."""
    month, say = page.month, page.month.work.say
    blocks: list[Block] = []
    if page.lead:
        news = " ".join(one.bare for one in page.lead)
        blocks.append(Paragraph((Run(news),)))
    if noted := _noted(page):
        blocks.append(Paragraph((Run(noted),), role="note"))
    people = next((one for one in page.subjects if one.indicator.id == month.setup.people), None)
    if people:
        title = say("short.chart", what=people.indicator.name, where=people.area.name)
        figure = monthly_charts.years(people, title, month)
        blocks += [figure] if figure else []
    title = _capital(say("short.section_opening", when=month.work.language.when(month.at)))
    return Section("short-opening", title, tuple(blocks))


def _noted(page: Page) -> str:
    """What the comparisons of the sentences must bear in mind; nothing where they need no note."""
    notes = " ".join(one.note for one in page.lead if one.note)
    return page.month.work.say("short.breaks", notes=notes) if notes else ""


def _charted(at: Period) -> list[Period]:
    """The months that the chart shows: this year up to the page's month, and the years before it."""
    return list(Period(Period.year(at.first.year - YEARS_SHOWN + 1).first, at.last).months())


def _figures(page: Page, opening: Section) -> Section:
    """The main area's figures and the others' rates, with their changes; what the signs mean that stand on the page."""
    month, say = page.month, page.month.work.say
    when = month.work.language.when(month.at)
    table = _table(page, say("short.table", when=when))
    tables = [table, *(block.table for block in opening.blocks if isinstance(block, Figure))]
    marks = {cell.text for one in tables for row in one.rows for cell in row.cells}
    meant = [say(f"short.mark.{name}") for name, mark in MARKS.items() if mark in marks]
    legend = (Paragraph((Run(" ".join(meant)),), role="note"),) if meant else ()
    return Section("short-figures", say("short.section_figures"), (table, *legend))


def _table(page: Page, title: str) -> Table:
    month, say = page.month, page.month.work.say
    heads = [say("short.figure"), month.work.language.short(month.at), say("short.from_year"), say("short.from_month")]
    rows = []
    for one in (*page.subjects, *page.others):
        name = say("short.row", name=one.indicator.name, where=_within(one.area, month.work.language))
        rows.append((name, monthly_document.month_cells(one, month)))
    made = monthly_document.month_table("figures", title, heads, rows, month)
    columns = tuple(replace(one, share=share) for one, share in zip(made.columns, SHARES, strict=True))
    return replace(made, columns=columns)


def _sources(page: Page) -> Section:
    """Where the figures come from, how they are worked out, and what a comparison must bear in mind."""
    month, say = page.month, page.month.work.say
    runs: list[Run] = []
    for source in _used(month):
        runs += [Run(say("short.source")), Run(monthly_document.cited(source, month), href=source.address), Run(" ")]
    said = [say("short.method")]
    told = " ".join(one.note for one in page.lead)
    if notes := [note for note in month.notes if note not in told]:
        said.append(say("short.breaks", notes=" ".join(notes)))
    blocks = (Paragraph((*runs, Run(" ".join(said))), role="note"),)
    return Section("short-sources", say("short.section_sources"), blocks)


def _used(month: Month) -> list[Source]:
    drawn = [o for one in month.work.shown.values() for o in one.observations]
    known = dict.fromkeys((*shown_observations(month.printed), *drawn))
    found = (source_of(o, month.work.dataset) for o in known)
    return list(dict.fromkeys(one for one in found if one))


def _behind(month: Month) -> Iterator[Subject]:
    """What the rates are worked out from, which a reader may want to check; other months are held against it too."""
    parts = (month.setup.rate.part, month.setup.rate.whole) if month.setup.rate else ()
    found = (month.subject(part, area) for area in month.listed for part in parts)
    yield from (_local(one, month.work.language) for one in found if one)


def _record(page: Page, document: Document, day: Period | None, texts: Iterable[Found]) -> Record:
    month = page.month
    months = (month.at, before(month.at, "month"), before(month.at, "year"))
    compared = [*months, *dict.fromkeys(Period.year(one.first.year) for one in months)]
    charted = [one for one in page.subjects if one.indicator.id == month.setup.people]
    wanted = [(one, compared) for one in (*page.subjects, *page.others, *_behind(month))]
    wanted += [(one, _charted(month.at)) for one in charted]
    noted = _noted(page)
    in_texts = [(_local(one, month.work.language), periods) for one, periods in texts]
    figures = shown_figures([*wanted, *in_texts], month.work.dataset)
    return Record(
        document.period,
        document.language,
        document.area,
        document.organisation,
        document.title,
        (*(one.bare for one in page.lead), *([noted] if noted else [])),
        updated(figures, month.work.dataset, month.at, day),
        figures,
    )
