"""The slides that the figures of a month make: in short, key figures, areas, services, goals, what changed, dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reports.charts import source_line
from reports.document import Block, Entry, Figure, List, Paragraph, Run, Section, Table
from reports.model import Observation, Status
from reports.month import monthly_charts, monthly_document
from reports.month.monthly import lacks
from reports.month.monthly_figures import Month, shown_observations
from reports.month.monthly_goals import Judged
from reports.sentences import sentences
from reports.slides import coming, goals
from reports.slides.authored import captioned
from reports.slides.origins import mark, notes
from reports.write.pptx_deck import KEY_FIGURES

Maker = Callable[[], Sequence[Section]]


def makers(month: Month, judged: Judged) -> dict[str, Callable[[], list[Section]]]:
    """What makes the slides of each section, by its name in the recipe; nothing to show gives no slide.

    Each slide has the sources of its own figures in its notes, and a mark where one of them is an example.
    """
    of_month = monthly_document.makers(month, judged)
    found: dict[str, Maker] = {
        "opening": lambda: _opening(month),
        "key-figures": lambda: _key_figures(month),
        "people": lambda: _people(month),
        "areas": lambda: _cut(of_month["areas"]()),
        "services": lambda: _cut(of_month["services"]()),
        "goals": lambda: goals.board(judged.now, month),
        "attention": lambda: goals.attention(judged.now, month),
        "changed": lambda: _changed(of_month["turned"](), month),
        "coming": lambda: coming.slides(month),
    }
    return {name: partial(_with_notes, make, month) for name, make in found.items()}


def _with_notes(make: Maker, month: Month) -> list[Section]:
    """The slides that a maker makes, with where the numbers come from that it has shown meanwhile."""
    before = len(month.printed)
    made = make()
    told = shown_observations(month.printed[before:])
    out = []
    for slide in made:
        shown = _shown(slide, told, month)
        blocks = [_sourced(one, shown, month) for one in slide.blocks]
        out.append(replace(slide, blocks=(*mark(shown, month.work), *blocks, *notes(shown, month.work))))
    return out


def _shown(slide: Section, told: Sequence[Observation], month: Month) -> Sequence[Observation]:
    """The figures of a slide among those that its maker has shown: a chart's own; vacancies apart from people."""
    names = [one.name for one in slide.blocks if isinstance(one, Figure)]
    if names:
        return [o for name in names for o in month.work.shown[name].observations]
    vacancies = str(month.setup.vacancies)
    own = {"slides-monthly-vacancies": True, "slides-monthly-areas": False}.get(slide.anchor)
    return [o for o in told if own is None or (o.indicator == vacancies) is own]


def _sourced(block: Block, shown: Sequence[Observation], month: Month) -> Block:
    """A table without words under it with the sources of its figures there."""
    if not isinstance(block, Table) or block.caption:
        return block
    source = source_line(shown, month.work.dataset)
    return replace(block, caption=f"{month.work.label('source')}: {source}." if source else "")


def _opening(month: Month) -> list[Section]:
    """What happened, in sentences; what must be remembered of each stands under it, and last what is missing."""
    subjects = [
        one for one in monthly_document.main_subjects(month) if sentences.level(one, month.at, month.work.language)
    ]
    beside = [one for one in [month.rate(str(month.setup.country))] if one]
    said = sentences.lead(subjects, month.at, month.work.language, beside) if subjects else ()
    entries = []
    for one in said:
        monthly_document.remember(one.facts, one.kind, month)
        entries.append(Entry((Run(one.text.removesuffix(one.note).strip()),)))
        entries += [Entry((Run(one.note),), 1)] if one.note else []
    if month.lacking:
        entries.append(Entry((Run(lacks(month)),)))
    return _slide("opening", month.work.say("monthly.section_opening"), [List(tuple(entries))] if entries else [])


def _key_figures(month: Month) -> list[Section]:
    if not monthly_document.key_figures(month):
        return []
    return [Section(KEY_FIGURES, month.work.label("key_figures"), ())]


def _people(month: Month) -> list[Section]:
    """The people of the month against the two years before, with what is to be seen in the chart."""
    people, language = month.subject(month.setup.people, month.main), month.work.language
    if people is None:
        return []
    name = month.work.dataset.indicators[month.setup.people].name
    title = month.work.say("slides.people", what=name, where=month.main)
    figure = monthly_charts.years(people, title, month)
    makers = (sentences.changes, sentences.highest_or_lowest)
    said = [one for make in makers if (one := make(people, month.at, language))]
    for one in said:
        monthly_document.remember(one.facts, one.kind, month)
    texts = [List(tuple(Entry((Run(one.text.removesuffix(one.note).strip()),)) for one in said))] if said else []
    return _slide("people", title, [*texts, captioned(figure)]) if figure else []


def _cut(sections: Sequence[Section]) -> list[Section]:
    """A slide for each chart and table of sections of the monthly follow-up, by its own title."""
    blocks = [one for section in sections for one in section.blocks if isinstance(one, Figure | Table)]
    return [Section(f"slides-{one.name}", one.title, (_bare(one),)) for one in blocks]


def _bare(block: Figure | Table) -> Block:
    """A chart without its number; a table also without its caption, which says what the slide's title says."""
    return replace(captioned(block), caption="") if isinstance(block, Table) else captioned(block)


def _changed(sections: Sequence[Section], month: Month) -> list[Section]:
    """What turned since the month before, and which of the figures shown were revised, be it none."""
    blocks = [_listed(one) for section in sections for one in section.blocks]
    if not any(o.status is Status.REVISED for o in shown_observations(month.printed)):
        blocks.append(List((Entry((Run(month.work.say("slides.none_revised")),)),)))
    return _slide("changed", month.work.say("slides.changed"), blocks)


def _listed(block: Block) -> Block:
    return List((Entry(block.runs),)) if isinstance(block, Paragraph) else block


def _slide(name: str, title: str, blocks: Sequence[Block]) -> list[Section]:
    return [Section(f"slides-{name}", title, tuple(blocks))] if blocks else []
