"""Prints facts into text: `{{ name | filter(other) }}` becomes a finished number, and is remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from reports import facts
from reports.document import Cell, Paragraph, Runs, text_cell
from reports.errors import Place, Problem, problem
from reports.facts import Fact, FactError
from reports.finnish import Language
from reports.model import MOST_DECIMALS, Dataset
from reports.text import Placed

if TYPE_CHECKING:
    from jinja2 import nodes

FIRST = 0xF0000  # supplementary private use: one character stands for one printed fact while Markdown is read
EXPRESSION = re.compile(r"\{\{(.*?)\}\}")
TAG = re.compile(r"\{[%#]|[%#]\}|\{\{|\}\}")
PLACEHOLDER = re.compile(f"[{chr(FIRST)}-{chr(FIRST + 0xFFFD)}]")
FAILED = "fact-failed"  # a name whose own notation failed: no second problem where the text uses it

CALCULATIONS: Mapping[str, Callable[..., Fact]] = {
    "share": facts.share,
    "change": facts.change,
    "difference": facts.difference,
    "change_percent": facts.change_percent,
    "difference_percent": facts.difference_percent,
    "ratio": facts.ratio,
    "plus": facts.plus,
    "minus": facts.minus,
    "millions": facts.millions,
    "precision": facts.precision,
}


class Printed(NamedTuple):
    """A fact as it stands in the text, and where the text says it."""

    expression: str
    text: str
    fact: Fact
    place: Place


class FactPrinter:
    """The named facts of one text, printed in one language.

    `cut` replaces every `{{ ... }}` of a line by one private character, `put` gives the printed text for them again;
    between the two a line may be read as Markdown without a value ever being taken for markup.
    """

    def __init__(self, named: Mapping[str, Fact], dataset: Dataset, language: Language) -> None:
        self.named = named
        self.failed = named.failed if isinstance(named, Named) else frozenset()
        self.dataset = dataset
        self.language = language
        self.printed: list[Printed] = []
        self.problems: list[Problem] = []

    def cut(self, line: str, place: Place) -> str:
        """The line with its facts cut out; what cannot be printed becomes a problem at its column."""
        if foreign := PLACEHOLDER.search(line):
            found = f"U+{ord(foreign[0]):04X}"
            self.problems.append(
                problem("character", place.file, place.row, column_of(place, foreign.start()), found=found)
            )
            line = PLACEHOLDER.sub(" ", line)

        def one(match: re.Match[str]) -> str:
            where = place._replace(column=column_of(place, match.start()))
            try:
                text, fact = self.evaluate(match[1].strip())
            except FactError as error:
                if error.code != FAILED:
                    self.problems.append(Problem(error.code, where, {"expression": match[1].strip(), **error.values}))
                return ""
            self.printed.append(Printed(match[1].strip(), text, fact, where))
            return chr(FIRST + len(self.printed) - 1)

        if left := TAG.search(covered(line)):
            where = column_of(place, left.start())
            self.problems.append(problem("text-tag", place.file, place.row, where, found=left[0]))
        return EXPRESSION.sub(one, line)

    def put(self, text: str) -> str:
        """The text with the printed facts in their places."""
        return PLACEHOLDER.sub(lambda match: self.printed[ord(match[0]) - FIRST].text, text)

    def at(self, placeholder: str) -> Printed:
        """What a placeholder stands for."""
        return self.printed[ord(placeholder) - FIRST]

    def only(self, cut: str) -> Fact | None:
        """The fact whose number is all that a cut text holds, for a table cell."""
        if not PLACEHOLDER.fullmatch(cut.strip()):
            return None
        one = self.at(cut.strip())
        return one.fact if one.text == self.show(one.fact) else None

    def cell(self, cut: str, runs: Runs) -> Cell:
        """A table cell of these words; where a cut text holds a fact alone, with the bare number.

        A nil shows its mark here, as statistics do, and is 0 in running text.
        """
        fact = self.only(cut)
        if fact and fact.value is not None and fact.mark:
            return text_cell(fact.mark)
        bare = fact.value if fact and fact.upper is None else None
        return Cell((Paragraph(runs),), bare, fact.decimals if fact else 0)

    def evaluate(self, expression: str) -> tuple[str, Fact]:
        """The printed text of an expression and the fact behind it; raises FactError."""
        if (fact := self.named.get(expression)) is not None:  # most expressions are a bare name and need no parser
            return self.show(fact), fact
        try:
            found = self._walk(_parse(expression))
        except RecursionError:
            raise FactError("fact-expression", found=expression) from None
        if isinstance(found, Fact):
            return self.show(found), found
        if isinstance(found, tuple):
            return found
        raise FactError("fact-expression", found=expression)

    def show(self, fact: Fact) -> str:
        """A fact as text: a number with its unit, a date, or the mark of an unknown value."""
        if fact.is_date:
            return self.language.when(fact.period)
        if fact.value is None:
            return fact.mark
        return self.language.number(fact.value, fact.decimals, fact.unit, fact.signed, fact.upper)

    def _walk(self, node: nodes.Node) -> Any:
        from jinja2 import nodes

        match node:
            case nodes.Name():
                if node.name in self.failed:
                    raise FactError(FAILED, found=node.name)
                if node.name not in self.named:
                    raise FactError("unknown-fact", found=node.name, nearest=facts.nearest(node.name, self.named))
                return self.named[node.name]
            case nodes.Const() if type(node.value) is int and node.value <= MOST_DECIMALS:
                return node.value
            case nodes.Filter() if node.node is not None and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
                return self._filter(node.name, self._walk(node.node), [self._walk(argument) for argument in node.args])
        raise FactError("fact-expression", found=type(node).__name__)

    def _filter(self, word: str, subject: Any, arguments: list[Any]) -> Any:
        names = facts.words("filters")
        if word not in names:
            raise FactError("unknown-filter", found=word, nearest=facts.nearest(word, names))
        if not isinstance(subject, Fact):
            raise FactError("filter-order", found=word)
        name = names[word]
        takes, needs = _signature(CALCULATIONS[name]) if name in CALCULATIONS else ((), 0)
        fits = all(isinstance(one, kind) for one, kind in zip(arguments, takes, strict=False))
        if not fits or not needs <= len(arguments) <= len(takes):
            raise FactError("filter-arguments", found=word)
        if name in CALCULATIONS:
            return CALCULATIONS[name](subject, *arguments)
        # a word prints no number, so there is nothing for *noin* to stand before
        return self._word(name, word, subject), subject._replace(approximate=False)

    def _word(self, name: str, word: str, fact: Fact) -> str:
        if name == "year" or name.startswith("month_"):
            first, last = fact.period.first, fact.period.last
            if first.year != last.year or (name != "year" and first.month != last.month):
                raise FactError("filter-period", found=word, period=self.language.when(fact.period))
            return str(first.year) if name == "year" else self.language.month(fact.period, name)
        area = self.dataset.area(fact.area) if fact.area else None
        form = self.language.place(area, name) if area else ""
        if not form:
            raise FactError("filter-place", found=word)
        return form


class Named(dict[str, Fact]):
    """Facts by name; `failed` are the names whose notation cannot be given, which was said where it stands."""

    failed: frozenset[str] = frozenset()


def name_facts(notations: Mapping[str, Placed], dataset: Dataset) -> tuple[Named, list[Problem]]:
    """The facts of a text's `facts` table by name, and a problem for each that cannot be given."""
    found = Named()
    problems: list[Problem] = []
    for name, notation in notations.items():
        try:
            found[name] = facts.resolve(notation, dataset)
        except FactError as error:
            problems.append(Problem(error.code, notation.place, {"expression": notation, **error.values}))
    found.failed = frozenset(notations) - found.keys()
    return found, problems


def kept_fact(text: str, expression: str, fact: Fact, place: str = "") -> Mapping[str, str]:
    """A printed number as the manifest keeps it: what it was made of, and how (`share`; nothing for one as read)."""
    origins = "; ".join(dict.fromkeys(str(origin.place) for origin in fact.origins))
    return {"text": text, "expression": expression, "place": place, "origins": origins, "how": fact.how}


def covered(line: str) -> str:
    """The line with its facts covered by as many private characters, so that columns stay what they are in the file."""
    return EXPRESSION.sub(lambda match: chr(FIRST) * len(match[0]), line)


def column_of(place: Place, offset: int) -> int:
    """The column of a character in its file; `place` is where its line or value begins."""
    return offset + (place.column if isinstance(place.column, int) else 1)


@cache
def _signature(calculation: Callable[..., Fact]) -> tuple[tuple[type, ...], int]:
    """What a filter takes besides the fact before it (facts, then a number of decimals), and how many it needs."""
    from inspect import signature

    rest = list(signature(calculation).parameters.values())[1:]
    return tuple(Fact if one.annotation == "Fact" else int for one in rest), sum(
        one.default is one.empty for one in rest
    )


@cache
def _environment() -> Any:
    from jinja2 import Environment

    return Environment(autoescape=True)


def _parse(expression: str) -> nodes.Node:
    from jinja2 import TemplateSyntaxError, nodes

    try:
        body = _environment().parse("{{ " + expression + " }}").body
    except TemplateSyntaxError:
        raise FactError("fact-expression", found=expression) from None
    if len(body) == 1 and isinstance(body[0], nodes.Output) and len(body[0].nodes) == 1:
        return body[0].nodes[0]
    raise FactError("fact-expression", found=expression)
