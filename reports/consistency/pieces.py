"""The words of a text or a plan, piece by piece with their places, and all of them as one whole to look through."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from reports.consistency.finding import finding
from reports.errors import Place, Problem
from reports.printer import EXPRESSION, FIRST, column_of
from reports.text import Placed, Text

if TYPE_CHECKING:
    from reports.model import Dataset
    from reports.plan.model import Action, GoalRow, Measure, Plan

# Where a link points, and addresses: not words of the text.
ADDRESS = r"\]\([^)]*\)|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+"
COVER = chr(FIRST)  # stands for what is no word: no letter, no digit, no space
BETWEEN = "\n\n"  # no pattern that looks for neighbours reaches over it


class Piece(NamedTuple):
    """Some words, where their first character stands, and the part of the document they are in (a row of a plan)."""

    text: str
    place: Place
    part: str = ""


def of(text: Placed, part: str = "") -> Piece:
    """A placed text as a piece."""
    return Piece(text, text.place, part)


def prose(text: Text) -> Iterator[Piece]:
    """Everything a text file says in words: its front matter, then its body by paragraphs. Facts are left in it."""
    yield from map(of, (text.title, text.subtitle, *text.roles))
    yield from (of(one) for figure in text.key_figures for one in (figure.value, figure.label))
    for figure in text.figures.values():
        yield from map(of, (figure.title, figure.callout, figure.note))
    for name, table in text.tables.items():
        yield from (of(one, f"table {name}") for one in (table.title, *table.columns, *table.rows, table.note))
    yield from (of(one) for slot in text.slots.values() for one in (*slot.text, slot.by))
    yield from (of(one, "separate") for one in text.separate)
    yield from _paragraphs(text)


def _paragraphs(text: Text) -> Iterator[Piece]:
    """The body by its empty lines and headings."""
    lines: list[str] = []
    start = text.body_row
    for row, line in enumerate([*text.body.split("\n"), ""], text.body_row):
        heading = line.startswith("#")
        if lines and (heading or not line.strip()):
            yield Piece("\n".join(lines), Place(text.file, start, 1), f"paragraph {start}")
            lines = []
        if heading:
            yield Piece(line, Place(text.file, row, 1), f"paragraph {row}")
        elif line.strip():
            start = start if lines else row
            lines.append(line)


def spoken(plan: Plan, dataset: Dataset) -> Iterator[Piece]:
    """Everything a plan's document says in words; targets and figures are left out.

    A measure without a name of its own brings its indicator's. The reporting calendar of area.yaml, which the
    document prints as well, knows its file only.
    """
    yield from map(of, (plan.title, plan.subtitle, *plan.roles))
    for goal in plan.goals.values():
        yield from (of(one, goal.id) for one in (goal.title, goal.means))
        for at, row in enumerate(goal.rows):
            yield from (of(one, f"{goal.id} {at}") for one in _row(row, dataset))
    for at, section in enumerate(plan.sections):
        yield from (of(one, f"section {at}") for one in (section.title, *_actions(section.items)))
    yield from map(of, (plan.terms or {}).values())
    file = Place(f"data/{dataset.id}/area.yaml")
    for at, one in enumerate(dataset.setup.reporting):
        yield from (Piece(words, file, f"reporting {at}") for words in (one.audience, one.what, one.by, one.note))


def _row(row: GoalRow, dataset: Dataset) -> Iterator[Placed]:
    yield row.title
    for measure in row.measures:
        yield from _measure(measure, dataset)
    yield from _actions(row.actions)
    yield from (*row.responsible, row.note, row.acknowledged)


def _measure(measure: Measure, dataset: Dataset) -> Iterator[Placed]:
    indicator = dataset.indicators.get(measure.indicator)
    named = measure.name or measure.text
    if indicator:
        named = named or Placed(indicator.name, measure.indicator.place)
        yield Placed(indicator.unit, measure.indicator.place)
    yield from (measure.under, named, measure.group, measure.note)


def _actions(actions: Iterable[Action]) -> Iterator[Placed]:
    for action in actions:
        yield action.text
        yield from action.parts


class Slip(NamedTuple):
    """What is found about a passage, and where in the whole that stands."""

    at: int
    problem: Problem


class Whole:
    """Pieces as one text, so that a pattern runs over all of them at once; `place` and `part` lead back.

    `printed` gives what an expression of the fact notation prints (`salolaiset` -> `2 608`); an expression that it
    lacks, and addresses, are covered by a character that is no word.
    """

    def __init__(self, pieces: Iterable[Piece], printed: Mapping[str, str]) -> None:
        self._pieces = [piece for piece in pieces if piece.text.strip()]
        self._steps: dict[int, list[tuple[int, int, bool]]] = {}
        self._starts: list[int] = []
        shown: list[str] = []
        at = 0
        for number, piece in enumerate(self._pieces):
            words = self._words(number, piece.text, printed)
            self._starts.append(at)
            shown.append(words)
            at += len(words) + len(BETWEEN)
        self.text = BETWEEN.join(shown)

    def place(self, at: int) -> Place:
        """The file, row and column of a character of `text`."""
        number = self._number(at)
        piece = self._pieces[number]
        offset = self._offset(number, at - self._starts[number])
        below = piece.text.count("\n", 0, offset)
        if below:
            return Place(piece.place.file, piece.place.row + below, offset - piece.text.rfind("\n", 0, offset))
        return piece.place._replace(column=column_of(piece.place, offset)) if piece.place.row else piece.place

    def part(self, at: int) -> str:
        """The part of the document that a character of `text` is in."""
        return self._pieces[self._number(at)].part

    def finding(self, at: int, code: str, reason: str = "", **values: str) -> Slip:
        """What is found at a character of `text`, as `finding` of reports/consistency/finding.py."""
        return Slip(at, finding(code, self.place(at), reason, **values))

    def _number(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _words(self, number: int, text: str, printed: Mapping[str, str]) -> str:
        """A piece with its facts printed; the steps remember where the written and the printed text part."""
        if "](" in text or "://" in text or "@" in text:
            text = re.sub(ADDRESS, lambda match: COVER * len(match[0]), text)
        if "{{" not in text:
            return text
        out, written, length = [], 0, 0
        steps = []
        for match in EXPRESSION.finditer(text):
            for words, start, fact in (
                (text[written : match.start()], written, False),
                (printed.get(match[1].strip()) or COVER, match.start(), True),
            ):
                steps.append((length, start, fact))
                out.append(words)
                length += len(words)
            written = match.end()
        self._steps[number] = [*steps, (length, written, False)]
        return "".join([*out, text[written:]])

    def _offset(self, number: int, at: int) -> int:
        """Where a character of the printed piece stands in the written one; inside a fact, where the fact begins."""
        steps = self._steps.get(number)
        if steps is None:
            return at
        start, written, fact = steps[bisect_right(steps, at, key=lambda step: step[0]) - 1]
        return written if fact else written + at - start
