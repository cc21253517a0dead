"""Recipe, texts, facts and charts to a Document: numbers figures and tables, resolves references, adds attachments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reports import charts, tables
from reports.charts import Chosen
from reports.document import Block, Document, Figure, KeyFigure, List, Notice, Paragraph, Runs, Section, Table
from reports.errors import Problem, problem, warning
from reports.facts import FactError, nearest
from reports.finnish import Language
from reports.model import Dataset
from reports.narrative import Narrative, Passage, Placement
from reports.printer import FactPrinter
from reports.text import FigureSpec, Placed, TableSpec, Text

Draw = Callable[[str, Chosen], Figure]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One text of a report, read and printed."""

    text: Text
    narrative: Narrative
    printer: FactPrinter


@dataclass(slots=True)
class Composition:
    """What is known while a document is put together: numbers given so far, and what was shown."""

    dataset: Dataset
    language: Language
    draw: Draw
    numbers: dict[str, str] = field(default_factory=dict)
    shown: dict[str, Chosen] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def label(self, name: str) -> str:
        """A word of the document's language: `Kuvio`, `Taulukko`."""
        return self.language.catalogue.say(f"document.{name}")


def sections(chapters: Sequence[Chapter], work: Composition, leave_out: Sequence[str] = ()) -> list[Section]:
    """The sections of the texts, their figures and tables drawn and numbered in the order of the text."""
    out = []
    for chapter in chapters:
        specs = {**chapter.text.figures, **chapter.text.tables}
        for passage in chapter.narrative.passages:
            if passage.anchor.removeprefix("section-") in leave_out:
                continue
            blocks = [block for one in passage.blocks for block in _placed(one, chapter, work)]
            _once(passage, work)
            out.append(Section(passage.anchor, passage.title, tuple(blocks)))
        _unplaced(chapter, specs, work)
    return out


def resolved(parts: Iterable[Section], numbers: Mapping[str, str]) -> tuple[Section, ...]:
    """The sections with the number of its target in every reference."""
    return tuple(
        replace(section, blocks=tuple(_resolve(block, numbers) for block in section.blocks)) for section in parts
    )


def check_references(chapters: Sequence[Chapter], work: Composition) -> None:
    """A problem for every reference to something the document does not hold, with the nearest there is."""
    for chapter in chapters:
        for target, place in chapter.narrative.references:
            if target not in work.numbers:
                near = nearest(target, work.numbers)
                work.problems.append(problem("reference-nowhere", place.file, place.row, found=target, nearest=near))


def key_figures(chapter: Chapter, work: Composition) -> tuple[KeyFigure, ...]:
    """The figures that the report opens with."""
    out = []
    for spec in chapter.text.key_figures:
        value, label = (line(part, chapter, work) for part in (spec.value, spec.label))
        out.append(KeyFigure(value, label))
    return tuple(out)


def line(source: Placed, chapter: Chapter, work: Composition) -> str:
    """One line of the front matter with its facts printed and its numbers looked at."""
    return tables.line(source, chapter.printer, chapter.text.not_facts, work.problems)


def document(
    name: str, chapters: Sequence[Chapter], body: Sequence[Section], work: Composition
) -> Document:
    """The document without its attachments, from the main text's front matter and the sections made before."""
    main = chapters[0]
    text = main.text
    opening = key_figures(main, work)
    check_references(chapters, work)
    example = any(one.fact.is_example for chapter in chapters for one in chapter.printer.printed) or any(
        figure.chart.status for figure in work.shown.values()
    )
    return Document(
        name=name,
        title=line(text.title, main, work),
        subtitle=line(text.subtitle, main, work),
        organisation=work.dataset.setup.organisation,
        date=work.language.when(text.date) if text.date else "",
        roles=text.roles,
        language=work.language.code,
        area=work.dataset.id,
        period="",
        sections=resolved(body, work.numbers),
        separate=tuple(line(one, main, work) for one in text.separate),
        notices=(Notice(work.label("example_notice")),) if example else (),
        key_figures=opening,
        labels=work.language.catalogue.part("document"),
    )


def _placed(block: Block | Placement, chapter: Chapter, work: Composition) -> list[Block]:
    if not isinstance(block, Placement):
        return [block]
    specs: Mapping[str, FigureSpec | TableSpec] = chapter.text.figures if block.kind == "figure" else chapter.text.tables
    target = f"{block.kind}-{block.name}"
    place = block.place
    if block.name not in specs:
        values = {"found": block.name, "nearest": nearest(block.name, specs)}
        work.problems.append(Problem(f"unknown-{block.kind}", place, values))
        return []
    if target in work.numbers:
        work.problems.append(problem("placed-twice", place.file, place.row, found=target))
        return []
    work.numbers[target] = str(1 + sum(one.startswith(f"{block.kind}-") for one in work.numbers))
    try:
        return [_figure(block, chapter, work) if block.kind == "figure" else _table(block, chapter, work)]
    except FactError as error:
        spec = specs[block.name]
        work.problems.append(Problem(error.code, spec.place, {"expression": block.name, **error.values}))
        return []


def _figure(block: Placement, chapter: Chapter, work: Composition) -> Figure:
    spec = chapter.text.figures[block.name]
    callout, note = (line(part, chapter, work) for part in (spec.callout, spec.note))
    chosen = charts.choose(spec, block.title, callout, note, work.dataset, work.language)
    work.shown[block.name] = chosen
    made = work.draw(block.name, chosen)
    made = replace(
        made,
        anchor=f"figure-{block.name}",
        label=work.label("figure"),
        number=work.numbers[f"figure-{block.name}"],
        caption=tables.caption(chosen, work.language),
        name=block.name,
    )
    work.figures[block.name] = made
    return made


def _table(block: Placement, chapter: Chapter, work: Composition) -> Table:
    spec = chapter.text.tables[block.name]
    made = tables.from_text(block.name, block.title, spec, chapter.printer, chapter.text.not_facts, work.problems)
    return replace(made, label=work.label("table"), number=work.numbers[f"table-{block.name}"])


def _once(passage: Passage, work: Composition) -> None:
    if passage.anchor in work.numbers:
        place = passage.place
        work.problems.append(problem("heading-twice", place.file, place.row, found=passage.title))
    work.numbers[passage.anchor] = ""


def _unplaced(chapter: Chapter, specs: Mapping[str, FigureSpec | TableSpec], work: Composition) -> None:
    for name, spec in specs.items():
        kind = "figure" if isinstance(spec, FigureSpec) else "table"
        if f"{kind}-{name}" not in work.numbers:
            work.problems.append(warning(f"{kind}-not-placed", spec.place.file, spec.place.row, found=name))


def _resolve(block: Block, numbers: Mapping[str, str]) -> Block:
    match block:
        case Paragraph():
            return replace(block, runs=_numbered(block.runs, numbers))
        case List():
            return replace(block, entries=tuple(replace(e, runs=_numbered(e.runs, numbers)) for e in block.entries))
        case Table():
            rows = tuple(
                replace(row, cells=tuple(replace(c, blocks=tuple(_resolve(b, numbers) for b in c.blocks)) for c in row.cells))  # type: ignore[misc]
                for row in block.rows
            )
            return replace(block, rows=rows)
    return block


def _numbered(runs: Runs, numbers: Mapping[str, str]) -> Runs:
    return tuple(replace(run, number=numbers.get(run.target, "")) if run.target else run for run in runs)
