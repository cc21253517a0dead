"""The sections of a monthly follow-up: the month in short, the areas, services, goals, coming reports, the method."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from reports.charts import cite, source_of
from reports.document import (
    NBSP,
    Block,
    Cell,
    Column,
    KeyFigure,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    text_cell,
)
from reports.facts import Fact
from reports.model import Mark, Source
from reports.month import monthly_charts, monthly_coming, monthly_goals, monthly_turned
from reports.month.monthly_figures import Month, shown_observations
from reports.month.monthly_goals import Judged
from reports.month.monthly_setup import reference
from reports.period import Period, PeriodError
from reports.sentences import sentences
from reports.sentences.subject import Back, Subject
from reports.tables import sentences as joined

MOST_LACKING = 4  # services that are named where none has a figure
ROOM = 4  # letters that the space between two columns takes


def key_figures(month: Month) -> tuple[KeyFigure, ...]:
    """The main area's figures of the month, each with its change from a year and a month before."""
    subjects = main_subjects(month)
    subjects += [one for one in map(month.service, month.setup.services[:1]) if one.figures.get(month.at)]
    return tuple(_key_figure(one, month) for one in subjects if _known(one, month))


def flowing(figures: Iterable[KeyFigure]) -> tuple[KeyFigure, ...]:
    """Key figures with their changes in a row, where there is no room for a line each."""
    return tuple(replace(one, label=", ".join(one.label.split("\n"))) for one in figures)


def opening(month: Month) -> list[Section]:
    """The month in a few sentences, and the year so far against the two before it."""
    work, subjects = month.work, main_subjects(month)
    blocks: list[Block] = []
    beside = [one for one in [month.rate(str(month.setup.country))] if one]
    subjects = [one for one in subjects if sentences.level(one, month.at, work.language)]  # those there are words for
    said = sentences.lead(subjects, month.at, work.language, beside) if subjects else ()
    if said:
        blocks.append(Paragraph((Run(" ".join(one.bare for one in said)),)))
    if notes := " ".join(one.note for one in said if one.note):
        blocks.append(Paragraph((Run(work.say("monthly.breaks", notes=notes)),), role="note"))
        month.told = notes
    for one in said:
        remember(one.facts, one.kind, month)
    people = month.subject(month.setup.people, month.main)
    title = work.say("monthly.years", what=_name(month.setup.people, month), where=month.main)
    figure = monthly_charts.years(people, title, month) if people else None
    if people is None or not _known(people, month):
        month.lacking.append(_lack(month.setup.people, month.main, month))
    blocks += [figure] if figure else []
    return _section("opening", blocks, month)


def makers(month: Month, judged: Judged) -> dict[str, Callable[[], list[Section]]]:
    """What makes each section, by name; a part with nothing to show gives none."""
    return {
        "opening": lambda: [] if month.is_empty else opening(month),
        "areas": lambda: _section("areas", [*_areas(month), *_vacancies(month)], month),
        "services": lambda: _section("services", _of_services(month), month),
        "goals": lambda: _section("goals", monthly_goals.goals(judged, month), month),
        "board": lambda: _section("goals", monthly_goals.board(judged, month), month),
        "turned": lambda: _section("turned", monthly_turned.turned(judged, month), month),
        "coming": lambda: _section("coming", monthly_coming.table(month), month),
        "method": lambda: [method(month)] if sources(month) else [],
    }


def method(month: Month) -> Section:
    """Where the figures come from, how they are worked out, and what else must be remembered of a comparison."""
    say = month.work.say
    said = [say("monthly.method")]
    said += [say(f"monthly.mark_{one.name.lower()}") for one in (Mark.UNAVAILABLE, Mark.HIDDEN) if one in month.marks]
    if month.setup.rate:
        parts = [_name(one, month) for one in (month.setup.rate.part, month.setup.rate.whole)]
        said.append(say("monthly.method_rate", rate=month.setup.rate.name, part=parts[0], whole=parts[1]))
    notes = [say("monthly.sources", sources=" ".join(cited(one, month) for one in sources(month))), " ".join(said)]
    if left := [note for note in month.notes if note not in month.told]:
        notes.append(say("monthly.breaks", notes=" ".join(left)))
    blocks = tuple(Paragraph((Run(note),), role="note") for note in notes)
    return Section("monthly-method", say("monthly.section_method"), blocks)


def sources(month: Month) -> list[Source]:
    """The sources of all figures that the document has shown so far, each once."""
    drawn = [o for one in month.work.shown.values() for o in one.observations]
    known = dict.fromkeys((*shown_observations(month.printed), *drawn))
    return list(dict.fromkeys(found for o in known if (found := source_of(o, month.work.dataset))))


def main_subjects(month: Month) -> list[Subject]:
    """The main area's people, their rate and vacancies, as far as there are such figures."""
    found = [month.subject(month.setup.people, month.main), month.rate(month.main)]
    found += [month.subject(month.setup.vacancies, month.main)] if month.setup.vacancies else []
    return [one for one in found if one]


def _key_figure(subject: Subject, month: Month) -> KeyFigure:
    fact = subject.figures[month.at]
    number = month.show(month.value(fact), _expression(subject, month), fact)
    lines = [month.work.say("monthly.key", name=subject.indicator.name, where=subject.area.name)]
    ways: Iterable[Back] = ("year", "month")
    lines += [
        month.work.say(f"monthly.key_{way}", change=month.change_cell(subject, way).text)
        for way in ways
        if month.change(subject, way)
    ]
    return KeyFigure(number, "\n".join(lines))


def _areas(month: Month) -> list[Block]:
    """A table of the people and their rate in each area, and the rates as bars."""
    setup, work = month.setup, month.work
    people = [one for area in month.listed if (one := month.subject(setup.people, area))]
    shown_here = [one for one in people if one.figures.get(month.at)]
    if not shown_here:
        return []
    name = _name(setup.people, month)
    heads = [work.say("monthly.area"), name, work.say("monthly.from_year"), work.say("monthly.from_month")]
    heads += [setup.rate.name, work.say("monthly.rate_from_year")] if setup.rate else []
    rows = [(month.label(one), [*month_cells(one, month), *_rate_cells(one.area.name, month)]) for one in people]
    title = work.say("monthly.by_area", what=name, when=work.language.when(month.at))
    table = month_table("areas", title, heads, rows, month)
    blocks: list[Block] = [replace(table, caption=joined(title, *_of_total(people, month)))]
    rates = [one for area in month.listed if (one := month.rate(area))]
    if setup.rate and (figure := monthly_charts.ranked(rates, setup.rate.name, month)):
        blocks.append(figure)
    return blocks


def _of_total(people: Sequence[Subject], month: Month) -> Iterator[str]:
    """That a sum with a name of its own is not of the customers who are called by the area's name."""
    for one in people:
        if any((one.area.total.fi, one.area.total.sv, one.area.total.en)):
            yield month.work.say("monthly.total", total=month.label(one))


def _rate_cells(area: str, month: Month) -> list[Cell]:
    if month.setup.rate is None:
        return []
    rate = month.rate(area)
    if rate is None:
        return [text_cell(month.value(None))] * 2
    value, year, _ = month_cells(rate, month)
    return [value, year]


def _vacancies(month: Month) -> list[Block]:
    if not month.setup.vacancies:
        return []
    name = _name(month.setup.vacancies, month)
    found = [one for area in month.listed if (one := month.subject(month.setup.vacancies, area))]
    if not any(one.figures.get(month.at) for one in found):
        month.lacking.append(month.work.say("monthly.lack", name=name, where=month.main))
        return []
    say = month.work.say
    heads = [say("monthly.area"), name, say("monthly.from_year"), say("monthly.from_month")]
    title = say("monthly.by_area", what=name, when=month.work.language.when(month.at))
    rows = [(month.label(one), month_cells(one, month)) for one in found]
    return [month_table("vacancies", title, heads, rows, month)]


def _of_services(month: Month) -> list[Block]:
    """The services whose figures of the month are known; those that are not are told as missing, very many at once."""
    rows, missing = [], []
    for notation in month.setup.services:
        found = reference(notation, month.at, month.work.dataset)
        subject = month.service(notation)
        group = f", {found.group}" if found.group else ""
        name = f"{month.work.dataset.indicators[found.indicator].name}{group}"
        if subject.figures.get(month.at) is None:
            missing.append(f"{name} ({found.area})")
            continue
        rows.append((f"{name} ({found.area})", month_cells(subject, month)))
    if not rows and len(missing) > MOST_LACKING:
        missing = [month.work.say("monthly.lacks_services")]
    month.lacking += missing
    if not rows:
        return []
    say = month.work.say
    heads = [say("monthly.service"), say("monthly.value"), say("monthly.from_year"), say("monthly.from_month")]
    if all(cell.text == Mark.UNAVAILABLE for _, cells in rows for cell in cells[1:]):
        heads, rows = heads[:2], [(name, cells[:1]) for name, cells in rows]  # nothing to compare with
    title = say("monthly.services", when=month.work.language.when(month.at))
    return [month_table("services", title, heads, rows, month)]


def month_cells(subject: Subject, month: Month) -> list[Cell]:
    """The figure of the month, its change from the year before and from the month before."""
    fact = subject.figures.get(month.at)
    text = month.show(month.value(fact), _expression(subject, month), fact) if fact else month.value(None)
    bare = fact.value if fact and not fact.mark and fact.upper is None else None
    ways: Iterable[Back] = ("year", "month")
    return [text_cell(text, bare, subject.indicator.decimals), *(month.change_cell(subject, way) for way in ways)]


def month_table(
    name: str, title: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Cell]]], month: Month
) -> Table:
    """A numbered table of the month: a name and its cells in each row, columns as wide as what stands in them."""
    filled = [(text_cell(head), *cells) for head, cells in rows]
    widths = [_width(head, [row[at].text for row in filled]) for at, head in enumerate(heads)]
    columns = tuple(
        Column(head, "right" if at else "left", width / sum(widths), _parts(head, [row[at] for row in filled], month))
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )
    number = month.work.number("table", f"monthly-{name}")
    made = tuple(map(Row, filled))
    month.marks.update(cell.text for row in filled for cell in row)
    label = month.work.label("table")
    return Table(f"table-monthly-{name}", title, columns, made, label, number, joined(title), f"monthly-{name}")


def _parts(head: str, cells: Sequence[Cell], month: Month) -> tuple[str, ...]:
    """The headings of a column of changes in a workbook: their sizes, and beside these their per cent."""
    percent = any(part.value is not None for cell in cells for part in cell.parts[1:])
    return (head, month.work.say("document.in_percent", head=head)) if percent else ()


def _width(head: str, texts: Sequence[str]) -> int:
    """How much room a column needs beside others: its longest cell, or the longest word of its head."""
    return max(*map(len, texts), *map(len, head.split())) + ROOM


def _section(name: str, blocks: Sequence[Block], month: Month) -> list[Section]:
    return [Section(f"monthly-{name}", month.work.say(f"monthly.section_{name}"), tuple(blocks))] if blocks else []


def cited(source: Source, month: Month) -> str:
    """A source with its licence and the day it was read."""
    day = source.retrieved
    with suppress(PeriodError):
        day = month.work.language.when(Period.of(day))
    retrieved = month.work.say("sources.retrieved", when=day) if day else ""
    return joined(cite(source), source.licence.replace(" ", NBSP), retrieved)


def remember(found: Iterable[Fact], kind: str, month: Month) -> None:
    """Tell the manifest of figures that a sentence prints."""
    for fact in found:
        month.show(month.value(fact), kind, fact)


def _known(subject: Subject, month: Month) -> bool:
    return month.at in subject.figures


def _expression(subject: Subject, month: Month) -> str:
    return f"{subject.indicator.id} {month.at} {subject.area.name}"


def _name(indicator: str, month: Month) -> str:
    return month.work.dataset.indicators[indicator].name


def _lack(indicator: str, area: str, month: Month) -> str:
    return month.work.say("monthly.lack", name=_name(indicator, month), where=area)
