"""Recipe, texts, facts and charts to a Document: numbers figures and tables, resolves references, adds attachments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from reports import charts, tables
from reports.charts import Chosen
from reports.document import (
    Block,
    Document,
    Figure,
    Heading,
    KeyFigure,
    Notice,
    Section,
    Table,
)
from reports.errors import Place, Problem, nearest, problem, warning
from reports.facts import FactError
from reports.family import slots
from reports.finnish import Language
from reports.model import Dataset, Observation, Status
from reports.narrative import Narrative, Passage, Placement
from reports.period import Period
from reports.printer import FactPrinter, Printed
from reports.references import resolved
from reports.text import FigureSpec, PictureSpec, Placed, Slot, TableSpec, Text

Draw = Callable[[str, Chosen], Figure]
MOST_KEY_FIGURES = 5
Maker = Callable[[], Section]


class Chapter(NamedTuple):
    """One text of a report, read and printed; `leave_out` are the anchors of sections that stay out (`viestinta`)."""

    text: Text
    narrative: Narrative
    printer: FactPrinter
    leave_out: tuple[str, ...] = ()

    def shown(self) -> list[Passage]:
        """The passages that the report holds."""
        return [one for one in self.narrative.passages if not self._left_out(one)]

    def printed(self) -> list[Printed]:
        """The facts that the report shows: those of left-out passages are not among them."""
        hidden = self._hidden()
        return [one for one in self.printer.printed if one.place.row not in hidden]

    def references(self) -> list[tuple[str, Place]]:
        """What the report's text refers to, and where."""
        hidden = self._hidden()
        return [one for one in self.narrative.references if one[1].row not in hidden]

    def placed(self) -> set[tuple[str, str]]:
        """Kind and name of every figure and table that the text places, in left-out passages as well."""
        blocks = (block for one in self.narrative.passages for block in one.blocks)
        return {(block.kind, block.name) for block in blocks if isinstance(block, Placement)}

    def _left_out(self, passage: Passage) -> bool:
        return passage.name in self.leave_out

    def _hidden(self) -> set[int]:
        """The rows of the left-out passages."""
        passages = self.narrative.passages
        last = self.text.body_row + self.text.body.count("\n")
        ends = [*(one.place.row for one in passages[1:]), last + 1]
        pairs = zip(passages, ends, strict=False)
        return {row for one, end in pairs if self._left_out(one) for row in range(one.place.row, end)}


@dataclass(slots=True)
class Composition:
    """What is known while a document is put together: numbers given so far, and what was shown.

    `order` are the anchors of sections (`viestinta`) as the recipe has them follow; as they are written where empty.
    `foreign` is the language of the city's own texts where it is not the document's.
    """

    dataset: Dataset
    language: Language
    draw: Draw
    numbers: dict[str, str] = field(default_factory=dict)
    shown: dict[str, Chosen] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    listed: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    order: Sequence[str] = ()
    foreign: str = ""

    def label(self, name: str) -> str:
        """A word of the document's language: `Kuvio`, `Taulukko`."""
        return self.say(f"document.{name}")

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the document's language."""
        return self.language.catalogue.say(key, **values)

    def number(self, kind: str, name: str) -> str:
        """The next number of a kind (`figure`, `table`), given to the block of this name."""
        number = str(1 + sum(one.startswith(f"{kind}-") for one in self.numbers))
        self.numbers[f"{kind}-{name}"] = number
        return number

    def figure(self, name: str, chosen: Chosen, caption: str = "") -> Figure:
        """A chart with its number, the next where it has none yet, and its caption: what it shows and whence."""
        self.shown[name] = chosen
        made = self.figures[name] = replace(
            self.draw(name, chosen),
            anchor=f"figure-{name}",
            label=self.label("figure"),
            number=self.numbers.get(f"figure-{name}") or self.number("figure", name),
            caption=caption or tables.caption(chosen, self.language),
            name=name,
        )
        return made


def sections(chapters: Sequence[Chapter], work: Composition) -> list[Section]:
    """The sections of the texts, their figures and tables drawn and numbered in the order in which they are shown."""
    shown = [(chapter, passage) for chapter in chapters for passage in chapter.shown()]
    if work.order:
        shown.sort(key=lambda pair: work.order.index(pair[1].name))
    for _, passage in shown:
        _once(passage, work)
    out = []
    for chapter, passage in shown:
        blocks = [block for one in passage.blocks for block in _placed(one, chapter, work)]
        out.append(Section(passage.anchor, passage.title, tuple(blocks)))
    for chapter in chapters:
        _unplaced(chapter, work)
    return out


def check_references(chapters: Sequence[Chapter], work: Composition) -> None:
    """A problem for every reference to something the document does not hold, with the nearest there is."""
    for chapter in chapters:
        for target, place in chapter.references():
            if target not in work.numbers:
                near = nearest(_written(target), [_written(one) for one in work.numbers])
                found = _written(target)
                work.problems.append(problem("reference-nowhere", place.file, place.row, found=found, nearest=near))


def key_figures(chapter: Chapter, work: Composition) -> tuple[KeyFigure, ...]:
    """The figures that the report opens with; one that an example figure stands behind says so."""
    out = []
    if len(chapter.text.key_figures) > MOST_KEY_FIGURES:
        values = {"found": len(chapter.text.key_figures), "most": MOST_KEY_FIGURES}
        place = chapter.text.key_figures[MOST_KEY_FIGURES].place
        work.problems.append(Problem("key-figures-many", place, values))
    for spec in chapter.text.key_figures:
        before = len(chapter.printer.printed)
        value, label = (line(part, chapter, work) for part in (spec.value, spec.label))
        example = any(one.fact.is_example for one in chapter.printer.printed[before:])
        mark = f" ({work.language.catalogue.say('status.example')})" if example else ""
        out.append(KeyFigure(value, label + mark))
    return tuple(out)


def line(source: Placed, chapter: Chapter, work: Composition) -> str:
    """One line of the front matter with its facts printed and its numbers looked at."""
    return tables.line(source, chapter.printer, chapter.text.not_facts, work.problems)


def document(
    name: str, period: Period, chapters: Sequence[Chapter], makers: Mapping[str, Maker], work: Composition
) -> Document:
    """The document: the sections of the texts, what the main text's front matter says, an attachment of each maker.

    `makers` are in the order of the attachments, by the name that a text refers to.
    """
    body = sections(chapters, work)
    for number, attachment in enumerate(makers, 1):
        work.numbers[f"attachment-{attachment}"] = str(number)
    main = chapters[0]
    text = main.text
    title, subtitle = (line(one, main, work) for one in (text.title, text.subtitle))
    roles, separate = (tuple(line(one, main, work) for one in group) for group in (text.roles, text.separate))
    opening = key_figures(main, work)
    check_references(chapters, work)
    attachments = _attachments(makers, work)  # last, since they list what all the rest shows
    return Document(
        name=name,
        title=title,
        subtitle=subtitle,
        organisation=work.dataset.setup.organisation,
        date=work.language.when(text.date) if text.date else "",
        roles=roles,
        language=work.language.code,
        area=work.dataset.id,
        period=str(period),
        sections=resolved(body, work.numbers),
        attachments=resolved(attachments, work.numbers),
        separate=separate,
        notices=(Notice(work.label("example_notice")),) if _has_examples(chapters, work) else (),
        key_figures=opening,
        labels=work.language.catalogue.part("document"),
        day=text.date.first.isoformat() if text.date else "",
    )


def _attachments(makers: Mapping[str, Maker], work: Composition) -> list[Section]:
    label = work.label("attachment")
    return [replace(make(), label=label, number=str(number)) for number, make in enumerate(makers.values(), 1)]


def _has_examples(chapters: Sequence[Chapter], work: Composition) -> bool:
    """Whether an example figure stands anywhere in the document."""
    printed = any(one.fact.is_example for chapter in chapters for one in chapter.printed())
    listed = any(o.status is Status.EXAMPLE for group in work.listed.values() for o in group)
    return printed or listed or any(one.chart.status for one in work.shown.values())


def _placed(block: Block | Placement, chapter: Chapter, work: Composition) -> list[Block]:
    if isinstance(block, Heading):
        return [_named(block, work)]
    if not isinstance(block, Placement):
        return [block]
    specs = _specs(chapter)[block.kind]
    target = f"{block.kind}-{block.name}"
    place = block.place
    if block.name not in specs:
        values = {"found": block.name, "nearest": nearest(block.name, specs)}
        work.problems.append(Problem(f"unknown-{block.kind}", place, values))
        return []
    if target in work.numbers:
        work.problems.append(problem("placed-twice", place.file, place.row, found=_written(target)))
        return []
    if block.kind == "picture":
        work.numbers[target], picture = "", chapter.text.pictures[block.name]
        return [tables.picture(target, block.title, picture, chapter.printer, chapter.text.not_facts, work.problems)]
    work.number(block.kind, block.name)
    if block.kind == "slot":
        slot, not_facts = chapter.text.slots[block.name], chapter.text.not_facts
        return slots.filled(block.title, slot, chapter.printer, not_facts, work.problems)
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
    return work.figure(block.name, chosen)


def _table(block: Placement, chapter: Chapter, work: Composition) -> Table:
    spec = chapter.text.tables[block.name]
    made, listed = tables.from_text(
        block.name, block.title, spec, chapter.printer, chapter.text.not_facts, work.problems
    )
    work.listed.update({block.name: listed} if listed else {})
    return replace(made, label=work.label("table"), number=work.numbers[f"table-{block.name}"])


def _once(passage: Passage, work: Composition) -> None:
    if passage.anchor in work.numbers:
        place = passage.place
        work.problems.append(problem("heading-twice", place.file, place.row, found=passage.title))
    work.numbers[passage.anchor] = ""


def _named(heading: Heading, work: Composition) -> Heading:
    """A sub-heading with an anchor of its own: the second of the same words gets a number."""
    anchor, count = heading.anchor, 2
    while anchor in work.numbers:
        anchor, count = f"{heading.anchor}-{count}", count + 1
    work.numbers[anchor] = ""
    return replace(heading, anchor=anchor)


def _written(target: str) -> str:
    """An anchor as an author writes it: `figure:ikajakauma`, `#talous`."""
    kind, _, name = target.partition("-")
    return f"#{name}" if kind == "section" else f"{kind}:{name}"


def _specs(chapter: Chapter) -> Mapping[str, Mapping[str, FigureSpec | PictureSpec | TableSpec | Slot]]:
    """What a text may place, by kind and name."""
    text = chapter.text
    return {"figure": text.figures, "table": text.tables, "slot": text.slots, "picture": text.pictures}


def _unplaced(chapter: Chapter, work: Composition) -> None:
    specs = [(kind, name, spec) for kind, named in _specs(chapter).items() for name, spec in named.items()]
    placed = chapter.placed()
    for kind, name, spec in specs:
        if (kind, name) not in placed:
            work.problems.append(warning(f"{kind}-not-placed", spec.place.file, spec.place.row, found=name))
